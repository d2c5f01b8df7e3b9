"""The cells of a line of the register: read as what they say, compared with what is stored, told in words."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError

from instances.columns import CHOICES, COLUMNS, DATES, FLAGS, NO, YES
from publishing.tables import UNPRINTABLE
from territories.names import fold
from ui.partial_date import INVALID, PartialDate
from ui.typography import day as told_day

NAMED = {key: key for key in COLUMNS} | {"name": "instance", "label": "seat", "last_name": "person"}  # by field
DERIVED = "standing"  # a column that goes out, and comes in to tell the seats that are no more
NOT_A_CHOICE = "{column} : « {value} » n’est pas proposé. Choisissez parmi : {choices}."
NOT_A_NUMBER = "{column} : « {value} » n’est pas un numéro."
LAST_DAYS = ("term_on", "ended_on")  # of which a month, or a year, alone is its last day
SHOWN = 60  # signs of a text, in a difference


def read_cells(cells: dict[str, str]) -> dict[str, Any]:
    """Read the choices, the flags and the days of a line.

    Raises:
        ValidationError: all that does not read, at once.
    """
    read: dict[str, Any] = {key: cell for key, cell in cells.items() if key != DERIVED}
    errors = [] if read.get("instance") else ["Instance : à remplir sur chaque ligne."]
    for key in {*CHOICES, *DATES, *FLAGS} & set(read):
        try:
            read[key] = day_in(key, read[key]) if key in DATES else read_choice(key, read[key])
        except ValidationError as refusal:
            errors += refusal.messages
        except ValueError:
            errors.append(f"{COLUMNS[key]} : « {read[key]} ». {INVALID}")
    if errors:
        raise ValidationError(errors)
    return read


def read_choice(key: str, cell: str) -> Any:
    """Give the value whose label is in a cell, accents and case aside."""
    choices: Any = [(True, YES), (False, NO)] if key in FLAGS else CHOICES[key].choices
    known = {fold(str(label)): value for value, label in choices}
    if fold(cell) not in known:
        offered = ", ".join(str(label) for _, label in choices)
        raise ValidationError(NOT_A_CHOICE.format(column=COLUMNS[key], value=cell, choices=offered))
    return known[fold(cell)]


def read_key(key: str, cell: str) -> int:
    """Give the number that a cell holds."""
    if not (cell.isdecimal() and len(cell) < 19):  # noqa: PLR2004 signs of the longest key
        raise ValidationError(NOT_A_NUMBER.format(column=COLUMNS[key], value=cell))
    return int(cell)


def parts(cells: dict[str, Any], key: str) -> list[str]:
    """Give the several names that a cell holds."""
    return [name for name in (part.strip() for part in cells.get(key, "").split(";")) if name]


def day_in(key: str, text: str) -> dt.date:
    """Read a day; a month or a year alone is its last day for an end, its first day otherwise.

    Raises:
        ValueError: nothing of that is in the text.
    """
    date = PartialDate.parse(text)
    return date.last_day if key in LAST_DAYS else dt.date(date.year, date.month or 1, date.day or 1)


def says_the_same(key: str, cell: str, stored: Any) -> bool:
    """Say whether a cell says what is stored, as an export writes it; spaces aside, and case for choices."""
    if key in DATES:
        return day_in(key, cell) == stored
    if key in CHOICES or key in FLAGS:
        return fold(cell) == fold(str(stored))
    return plain(cell) == plain(str(stored))


def plain(text: str) -> str:
    """Give a text as a spreadsheet brings it back."""
    return " ".join(UNPRINTABLE.sub("", text).split())


def difference(key: str, cell: str, stored: Any) -> str:
    """Tell what a cell would change: « Mission : « Débattre » devient « Décider » »."""
    before, after = (in_words(key, value) for value in (stored, day_in(key, cell) if key in DATES else cell))
    return f"{COLUMNS[key]} : {before} devient {after}"


def in_words(key: str, value: Any) -> str:
    if value in (None, ""):
        return "vide"
    if key in DATES:
        return told_day(value)
    text = plain(str(value))
    return f"« {text if len(text) <= SHOWN else text[:SHOWN] + '…'} »"


def said(refusal: ValidationError) -> list[str]:
    """Give the messages of a refusal, each once, after the column that it is about."""
    if not hasattr(refusal, "error_dict"):
        return list(refusal.messages)
    told: dict[str, str] = {}
    for name, messages in refusal.message_dict.items():
        for message in messages:
            told.setdefault(message, f"{COLUMNS[NAMED[name]]} : {message}" if name in NAMED else message)
    return list(told.values())
