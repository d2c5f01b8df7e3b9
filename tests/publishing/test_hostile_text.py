"""Content can make the printer read neither a file nor an address, even content that no allow-list has cleaned."""

import datetime as dt
import http.server
import io
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from publishing.office import write_document
from publishing.pdf import pdf_bytes
from ui.rich_text import sanitise

SECRET = "le-secret-de-la-machine"
SVG = (
    "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'>"
    "<image href='{0}' xlink:href='{0}' width='9' height='9'/></svg>"
)
HOSTILE = {
    "image": '<img src="{0}" alt="a">',
    "image of several": '<img srcset="{0} 2x" src="{0}" alt="a">',
    "object": '<object data="{0}" type="text/html">a</object>',
    "embed": '<embed src="{0}">',
    "frame": '<iframe src="{0}"></iframe>',
    "video": '<video src="{0}" poster="{0}"><source src="{0}"></video>',
    "style": "<style>@import url('{0}'); p {{ background: url('{0}'); content: url('{0}') }}</style><p>a</p>",
    "inline style": "<p style=\"background: url('{0}'); list-style: url('{0}')\">a</p>",
    "font": "<style>@font-face {{ font-family: f; src: url('{0}') }} p {{ font-family: f }}</style><p>a</p>",
    "sheet": '<link rel="stylesheet" href="{0}">',
    "attachment": '<link rel="attachment" href="{0}">',
    "attached link": '<a rel="attachment" href="{0}">a</a>',
    "base": '<base href="{0}"><img src="x.png" alt="a">',
    "drawing": SVG,
    "drawing as data": '<img alt="a" src="data:image/svg+xml;utf8,' + SVG.replace('"', "'").replace("#", "%23") + '">',
    "script": '<script src="{0}"></script>',
    "meta": '<meta http-equiv="refresh" content="0; url={0}">',
}
PAGE = '<!DOCTYPE html><html lang="fr"><head><title>T</title></head><body><h1>Titre</h1>{}</body></html>'


@pytest.fixture
def visited() -> Iterator[tuple[str, list[str]]]:
    """Give the address of a server of this machine, and what is asked of it."""
    asked: list[str] = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/x.png", asked
    server.shutdown()
    server.server_close()


@pytest.fixture
def secret(tmp_path: Path) -> str:
    path = tmp_path / "secret.txt"
    path.write_text(SECRET)
    return path.as_uri()


def holds(data: bytes, word: str) -> bool:
    """Say whether a PDF holds a word in any of its streams."""
    with pikepdf.open(io.BytesIO(data)) as document:
        streams = [thing.read_bytes() for thing in document.objects if isinstance(thing, pikepdf.Stream)]
    return any(word.encode() in stream for stream in [data, *streams])


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE)
def test_the_press_opens_nothing(html: str, visited: tuple[str, list[str]], secret: str) -> None:
    address, asked = visited
    pdf = pdf_bytes(PAGE.format(html.format(address) + html.format(secret)))
    assert (asked, holds(pdf, SECRET)) == ([], False)


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_the_converter_opens_nothing(kind: str, visited: tuple[str, list[str]], secret: str, tmp_path: Path) -> None:
    address, asked = visited
    body = "".join(html.format(where) for html in HOSTILE.values() for where in (address, secret))
    target = tmp_path / f"essai.{kind}"
    write_document(PAGE.format(body), target, kind, dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    with zipfile.ZipFile(target) as archive:
        held = b"".join(archive.read(name) for name in archive.namelist())
    assert (asked, SECRET.encode() in held) == ([], False)


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE)
def test_the_allow_list_leaves_nothing_to_open(html: str) -> None:
    cleaned = sanitise(html.format("http://127.0.0.1:9/x"))
    assert [word for word in ("src", "style", "url(", "<link", "<object", "http-equiv") if word in cleaned] == []
