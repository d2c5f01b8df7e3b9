"""French typography for figures, as plain functions that views and templates share.

Source of the rules: Lexique des règles typographiques en usage à l'Imprimerie nationale. Thousands are parted by a
narrow no-break space (U+202F), a unit by a no-break space (U+00A0), decimals by a comma.
"""

import datetime as dt
from decimal import Decimal

from ui.partial_date import PartialDate

NARROW_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"


def number(value: float | Decimal) -> str:
    """Write a figure: 1234.5 gives "1 234,5". A float keeps its shortest form, a Decimal its own decimals."""
    return f"{value:,}".replace(",", NARROW_SPACE).replace(".", ",").replace("-", "\u2212")


def euros(value: float | Decimal) -> str:
    """Write an amount of money: whole euros without decimals, else to the cent: "2 700 000 €", "12,50 €"."""
    rounded = Decimal(str(value)).quantize(Decimal("0.01"))
    amount = int(rounded) if rounded == rounded.to_integral_value() else rounded
    return f"{number(amount)}{NO_BREAK_SPACE}€"


def plural(count: float, singular: str, plural_form: str) -> str:
    """Count things: "0 action", "1,5 action", "12 actions" (in French the plural starts at two)."""
    return f"{number(count)}{NO_BREAK_SPACE}{plural_form if abs(count) >= 2 else singular}"  # noqa: PLR2004


def percent(value: float | Decimal) -> str:
    """Write a share that is already out of a hundred: 9.5 gives "9,5 %"."""
    return f"{number(value)}{NO_BREAK_SPACE}%"


def file_size(count: int) -> str:
    """Write the size of a file: "1,2 Mo", "84 ko"."""
    kilobytes, megabytes = Decimal(count) / 1000, Decimal(count) / 1_000_000
    if megabytes >= 1:
        return f"{number(megabytes.quantize(Decimal('0.1')))}{NO_BREAK_SPACE}Mo"
    return f"{number(max(1, round(kilobytes)))}{NO_BREAK_SPACE}ko"


def day(value: dt.date) -> str:
    """Write a day: "1er juillet 2026"."""
    return str(PartialDate(value.year, value.month, value.day))


def hour(value: dt.time) -> str:
    """Write an hour: "9 h 30", "13 h"."""
    return f"{value.hour}{NO_BREAK_SPACE}h" + (f"{NO_BREAK_SPACE}{value.minute:02}" if value.minute else "")
