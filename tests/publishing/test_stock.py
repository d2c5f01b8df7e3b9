"""Files made on demand: each once, however many ask for it."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

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
