from collections.abc import Callable
from pathlib import Path

import pytest

from territories.cog import ImportReport, import_vintage, read_vintage
from tests.territories.vintages import Tables, write_vintage


@pytest.fixture
def import_tables(db: None, tmp_path: Path) -> Callable[[Tables, int], ImportReport]:
    """Import tables as the files of a year."""

    def write_and_import(tables: Tables, year: int) -> ImportReport:
        return import_vintage(read_vintage(write_vintage(tmp_path / f"cog-{year}", tables)))

    return write_and_import
