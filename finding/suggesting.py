"""What a misspelt word may have meant, among those that public texts say."""

from django.db.models.functions import Length

from finding.models import KnownWord
from finding.searching import Query
from finding.words import Word, unaccented

SHORT = 5  # letters up to which one slip is forgiven; two beyond
CANDIDATES = 2_000
MOST = 3  # words of a query that are looked at


def suggestion(query: Query, unknown: tuple[Word, ...]) -> str:
    """Give the query with each unknown word replaced by the nearest known one; nothing if one has none near."""
    if not 0 < len(unknown) <= MOST:
        return ""
    text = query.text
    for word in reversed(unknown):
        meant = nearest(word.shown)
        if not meant:
            return ""
        text = f"{text[: word.start]}{meant}{text[word.end :]}"
    return text


def nearest(shown: str) -> str:
    """Give the known word that is fewest slips away, the commonest of equals; nothing if none is near."""
    folded = unaccented(shown)
    slips = 1 if len(folded) <= SHORT else 2
    candidates = (
        KnownWord.objects.annotate(length=Length("folded"))
        .filter(folded__startswith=folded[0], length__gte=len(folded) - slips, length__lte=len(folded) + slips)
        .order_by("-count", "word")
        .values_list("word", "folded")[:CANDIDATES]
    )
    near = ((distance(folded, other, slips), rank, word) for rank, (word, other) in enumerate(candidates))
    return min((one for one in near if one[0] <= slips), default=(0, 0, ""))[2]


def distance(one: str, other: str, most: int) -> int:
    """Count the slips from a word to another: a letter missing, added, wrong, or two swapped.

    Args:
        one: a word.
        other: another word.
        most: beyond it, the count may stop.
    """
    former: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, former, row = former, row, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(former[j] + 1, row[j - 1] + 1, former[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
