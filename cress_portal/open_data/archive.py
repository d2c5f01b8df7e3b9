"""All the data sets in one archive: each as CSV and as JSON, with what they are and what their columns mean.

The same state of the portal, the same day, gives the same bytes.
"""

import datetime as dt
import zipfile
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from cress_portal.open_data.datasets import DATASETS, Dataset
from cress_portal.open_data.words import KIND_WORDS
from publishing.tables import Column, Table, exported
from roadmaps.list_tables import about
from roadmaps.open_data import LICENCE
from ui.typography import plural

MOST_LINES = 200_000  # of a data set
FORMATS = ("csv", "json")
DICTIONARY = {
    "jeu": Column("Jeu de données"),
    "colonne": Column("Colonne"),
    "clef": Column("Nom en JSON et dans l’API"),
    "nature": Column("Nature"),
    "sens": Column("Sens"),
}


def folder_name(day: dt.date) -> str:
    return f"donnees-ess-{day.isoformat()}"


def write_archive(target: Path, day: dt.date, address: str) -> None:
    """Write the archive at a path, whole or not at all.

    Args:
        target: where.
        day: of the data.
        address: of the page that offers it, from the root.
    """
    part = target.with_suffix(".part")
    try:
        with zipfile.ZipFile(part, "w") as archive:
            fill(Writer(archive, day), address)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


class Writer:
    """Puts files in an archive, all of the same day."""

    def __init__(self, archive: zipfile.ZipFile, day: dt.date) -> None:
        self.archive, self.day = archive, day

    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        entry = zipfile.ZipInfo(f"{folder_name(self.day)}/{name}", self.day.timetuple()[:6])
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        with self.archive.open(entry, "w") as file:
            for piece in pieces:
                file.write(piece)


def fill(writer: Writer, address: str) -> None:
    """Write every file of the archive."""
    counts = {}
    for dataset in DATASETS.values():
        counts[dataset.name] = dataset.rows().count()
        for file_format in FORMATS:
            table = dataset.table(dataset.rows()[:MOST_LINES])
            pieces = exported([table], file_format, about(dataset.title, address))
            writer.put(f"{dataset.name}.{file_format}", pieces)
    writer.put("dictionnaire.csv", exported([dictionary()], "csv"))
    writer.put("LISEZMOI.txt", [readme(counts, writer.day, address).encode()])


def dictionary() -> Table:
    """Say what each column of each data set means."""
    lines = (
        {
            "jeu": dataset.name,
            "colonne": column.label,
            "clef": key,
            "nature": KIND_WORDS[column.kind],
            "sens": column.meaning,
        }
        for dataset in DATASETS.values()
        for key, column in dataset.columns.items()
    )
    return Table("Dictionnaire", DICTIONARY, lines)


def readme(counts: dict[str, int], day: dt.date, address: str) -> str:
    """Say what the archive is, what may be done with it, what each file holds."""
    files = "\n\n".join(told(dataset, counts[dataset.name]) for dataset in DATASETS.values())
    return f"""{settings.PORTAL_NAME} : toutes les données ouvertes, le {day:%d/%m/%Y}

Producteur : {settings.CRESS_NAME}
Page : {settings.PUBLIC_URL}{address}
Licence : Licence Ouverte 2.0 (Etalab), {LICENCE}
À citer ainsi : « {settings.CRESS_NAME}, {settings.PORTAL_NAME}, données du {day:%d/%m/%Y} ».

Chaque jeu de données est en CSV (UTF-8, virgules, première ligne de titres) et en JSON.
dictionnaire.csv dit ce que veut dire chaque colonne.

{files}
"""


def told(dataset: Dataset, count: int) -> str:
    lines, most = plural(count, "ligne", "lignes"), plural(MOST_LINES, "ligne", "lignes")
    cut = f"\nCoupé à {most} : l’API donne les autres." if count > MOST_LINES else ""
    return f"{dataset.name}.csv, {dataset.name}.json ({lines})\n{dataset.meaning}{cut}"
