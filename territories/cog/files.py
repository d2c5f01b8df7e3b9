"""CSV files of the COG, plain or compressed, read line by line with every mistake noted."""

import csv
import gzip
import lzma
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from pathlib import Path

MAX_PROBLEMS_SHOWN = 20
MAX_NAME_LENGTH = 180  # the model's 200, less the words that a display name adds

_OPENERS: dict[str, Callable] = {".csv": Path.open, ".csv.xz": lzma.open, ".csv.gz": gzip.open}


class VintageError(Exception):
    """A folder that cannot be imported: each problem says in French which file, which line, and why."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))

    def __str__(self) -> str:
        shown = self.problems[:MAX_PROBLEMS_SHOWN]
        if more := len(self.problems) - len(shown):
            shown.append(f"… et {more} autre{'s' if more > 1 else ''} erreur{'s' if more > 1 else ''}.")
        return "\n".join(shown)


@dataclass(slots=True)
class Row:
    """One line of a file. Each reading method returns the value, or notes a problem and returns an empty one."""

    file: str
    line: int
    values: dict[str, str]
    problems: list[str]

    def refuse(self, reason: str) -> None:
        self.problems.append(f"{self.file}, ligne {self.line} : {reason}")

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    def code(self, column: str, pattern: str, *, required: bool = True) -> str:
        value = self.values[column]
        if (value or required) and not re.fullmatch(pattern, value, re.ASCII):
            self.refuse(f"« {value} » n’est pas un code valable (colonne {column}).")
        return value

    def name(self, column: str) -> str:
        value = self.values[column]
        if not value or "\0" in value or len(value) > MAX_NAME_LENGTH:
            self.refuse(f"le nom est vide, trop long ou illisible (colonne {column}).")
        return value

    def integer(self, column: str, *, required: bool = False, maximum: int = 2_000_000_000) -> int | None:
        value = self.values[column]
        if not value and not required:
            return None
        if not re.fullmatch(r"\d{1,10}", value, re.ASCII) or int(value) > maximum:
            self.refuse(f"« {value} » n’est pas un nombre entier (colonne {column}).")
            return None
        return int(value)

    def date(self, column: str) -> date:
        try:
            return date.fromisoformat(self.values[column])
        except ValueError:
            self.refuse(f"« {self.values[column]} » n’est pas une date comme 2027-01-01 (colonne {column}).")
            return date.min

    def one_of(self, column: str, choices: tuple[str, ...]) -> str:
        value = self.values[column]
        if value not in choices:
            self.refuse(f"« {value} » est inconnu (colonne {column} ; attendu : {', '.join(choices)}).")
        return value


@dataclass
class Folder:
    """A year's files and the problems found in them so far."""

    path: Path
    problems: list[str] = field(default_factory=list)

    def refuse_problems(self) -> None:
        if self.problems:
            raise VintageError(self.problems)

    def rows(self, stem: str, columns: tuple[str, ...], *, required: bool = True) -> Iterator[Row]:
        """Yield the rows of `stem`.csv (or .csv.xz, .csv.gz). A file that cannot be read yields none, and says why."""
        path = next((path for suffix in _OPENERS if (path := self.path / f"{stem}{suffix}").is_file()), None)
        if path is None:
            if required:
                self.problems.append(f"{stem}.csv : fichier absent de {self.path}.")
            return
        try:
            with _OPENERS[path.name.removeprefix(stem)](path, "rb") as file:
                data = file.read()
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            self.problems.append(f"{path.name}, ligne {line} : le fichier n’est pas encodé en UTF-8.")
        except (OSError, EOFError, lzma.LZMAError):
            self.problems.append(f"{path.name} : fichier illisible ou incomplet.")
        else:
            yield from self._parse(path.name, text, columns)

    def _parse(self, file: str, text: str, columns: tuple[str, ...]) -> Iterator[Row]:
        reader = csv.reader(StringIO(text, newline=""), strict=True)
        try:
            header = next(reader, [])
            if missing := [column for column in columns if column not in header]:
                self.problems.append(f"{file}, ligne 1 : colonne manquante : {', '.join(missing)}.")
                return
            for cells in reader:
                row = Row(file, reader.line_num, dict(zip(header, map(str.strip, cells), strict=False)), self.problems)
                if len(cells) == len(header):
                    yield row
                else:
                    row.refuse(f"{len(cells)} colonnes au lieu de {len(header)}.")
        except csv.Error:
            self.problems.append(f"{file}, ligne {reader.line_num} : guillemets mal fermés ou ligne illisible.")
