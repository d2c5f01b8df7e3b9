"""Files made on demand: each once, however many ask for it."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from publishing.pdf import BusyPressError, sweep
from publishing.stock import stocked


def test_who_asks_while_a_file_is_made_waits_for_it() -> None:
    made: list[Path] = []

    def make(path: Path) -> None:
        made.append(path)
        time.sleep(0.5)
        path.write_bytes(b"one")

    def ask(_: int) -> bytes:
        with stocked("essai.pdf", make) as file:
            return file.read()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(ask, range(2))) == [b"one", b"one"]
    assert [path.name for path in made] == ["essai.pdf"]
    assert [path.name for path in made[0].parent.iterdir()] == ["essai.pdf"]


def test_who_asks_for_a_file_that_is_long_to_make_is_not_kept_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(path: Path) -> None:
        monkeypatch.setattr("publishing.pdf.PATIENCE_SECONDS", 0)
        with pytest.raises(BusyPressError):
            stocked("essai.pdf", ask)
        path.write_bytes(b"one")

    with stocked("essai.pdf", ask) as file:
        assert file.read() == b"one"


def put(name: str, size: int) -> None:
    stocked(name, lambda path: path.write_bytes(b"." * size) and None).close()


def test_the_stock_holds_in_its_share_of_the_disk(settings: Any) -> None:
    settings.PRINT_STOCK_BYTES = 100
    folder = Path(settings.MEDIA_ROOT) / "impressions"
    for age, name in enumerate(("a.pdf", "b.docx", "c.pdf")):
        put(name, 30)
        os.utime(folder / name, (time.time() - 100 + age,) * 2)
    (folder / "d.part").write_bytes(b"." * 90)  # somebody is making it
    put("a.pdf", 30)  # asked for again: it is the latest now
    put("e.pdf", 30)
    assert sorted(path.name for path in folder.iterdir()) == ["a.pdf", "c.pdf", "d.part", "e.pdf"]


def test_a_file_larger_than_the_stock_is_given_and_not_kept(settings: Any) -> None:
    settings.PRINT_STOCK_BYTES = 100
    with stocked("grand.pdf", lambda path: path.write_bytes(b"." * 101) and None) as file:
        assert len(file.read()) == 101
    assert list((Path(settings.MEDIA_ROOT) / "impressions").iterdir()) == []


def test_what_killed_processes_left_is_swept(tmp_path: Path) -> None:
    for name in ("a.part", "b.pdf.lock", "c.pdf"):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (0, 0))
    (tmp_path / "d.part").touch()
    sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["c.pdf", "d.part"]
