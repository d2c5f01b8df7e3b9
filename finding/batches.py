"""What is in great number is numbered by batches, and these gathered by two, by four…: the latest are few tokens.

A word that is nearly everywhere is looked for in the latest batches only, as many as give enough results.
"""

from math import ceil

LEVELS = 8  # of batches of batches
AT_MOST = 2  # batches of one level that are asked for, and the one that is being filled
NO_BULK = "@0"  # what is not in great number, and is always looked in


def batch_tokens(batch: int) -> list[str]:
    """Give the tokens of a batch and of those that hold it."""
    return [f"@{level}_{batch >> level}" for level in range(LEVELS)]


def latest(last: int, share: float) -> list[str]:
    """Give the tokens of what is not in great number, and of the latest batches.

    Args:
        last: number of the last batch.
        share: of all batches, that is wanted at least.
    """
    count = ceil(last * min(1.0, share))
    level = next((level for level in range(LEVELS) if ceil(count / 2**level) <= AT_MOST), LEVELS - 1)
    top = last >> level
    return [NO_BULK, *(f"@{level}_{batch}" for batch in range(top, max(-1, top - AT_MOST - 1), -1))]
