"""A TOML file read table by table, each knowing where it is, so that a mistake is told by file, key and reason."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model


class DemoFileError(Exception):
    """A demonstration file that cannot be installed: in which file, at which key, and why."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place} : {reason}")


class Table:
    """A TOML table; what is not taken out of it must be fields of the row that it becomes."""

    def __init__(self, file: str, values: dict[str, Any], path: str = "") -> None:
        self.file, self.path = file, path
        self.values = dict(values)

    @classmethod
    def read(cls, path: Path) -> "Table":
        """Read a whole file. Raises DemoFileError if it is no TOML."""
        try:
            return cls(path.name, tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal))
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise DemoFileError(path.name, str(error)) from error

    def refuse(self, key: str, reason: str) -> NoReturn:
        keys = ".".join(filter(None, (self.path, key)))
        raise DemoFileError(f"{self.file}, {keys}" if keys else self.file, reason)

    def take(self, key: str, default: Any = None) -> Any:
        """Take a value out of the table."""
        return self.values.pop(key, default)

    def table(self, key: str) -> "Table":
        """Take a table out of the table; an absent one is empty."""
        return self._inside(key, self.values.pop(key, {}))

    def tables(self, key: str) -> list["Table"]:
        """Take an array of tables out of the table, in its order."""
        return [self._inside(f"{key}[{number}]", values) for number, values in enumerate(self.values.pop(key, []), 1)]

    def _inside(self, key: str, values: Any) -> "Table":
        if not isinstance(values, dict):
            self.refuse(key, "une table était attendue.")
        return Table(self.file, values, ".".join(filter(None, (self.path, key))))

    def nothing_left(self) -> None:
        """Refuse a key that nobody took: it is misspelt."""
        for key in self.values:
            self.refuse(key, "clé inconnue.")

    def fill(self, row: Model) -> None:
        """Give the values left in the table to the fields of a row."""
        fields = {field.name for field in row._meta.concrete_fields}
        for key, value in self.values.items():
            if key not in fields:
                self.refuse(key, "clé inconnue.")
            setattr(row, key, value)

    def check(self, row: Model) -> None:
        """Refuse a row that its model refuses, naming the key at fault."""
        try:
            row.full_clean()
        except ValidationError as error:
            key, messages = next(iter(error.message_dict.items()))
            self.refuse("" if key == NON_FIELD_ERRORS else key, " ".join(messages))

    def save(self, row: Model) -> None:
        """Fill, check and save a row."""
        self.fill(row)
        self.check(row)
        row.save()
