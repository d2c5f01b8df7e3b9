"""Give a printed page as a document of a word processor (DOCX, ODT), to be pasted in a délibération.

pandoc writes it, in a child process that reads nothing but the page and opens no address; what only paper shows
(drawings, running titles, numbers of pages) is left out first, headings, tables, captions and language stay.
"""

import datetime as dt
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import tinyhtml5

from publishing.office_look import dress
from publishing.pdf import PrintingError, free_press, sweep

FORMATS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
}
PANDOC = "/usr/bin/pandoc"
HEAP = "512m"  # of pandoc’s own
DATA_BYTES = 1024 * 1024 * 1024
SECONDS = 40
IMAGE = '"t":"Image"'  # in the tree that pandoc makes of a page
XHTML = "{http://www.w3.org/1999/xhtml}"
LEFT_OUT = {f"{XHTML}{name}" for name in ("nav", "script", "style", "link", "img", "form", "object", "iframe")}
LEFT_OUT |= {"{http://www.w3.org/2000/svg}svg"}
LEFT_OUT_CLASSES = {"visually-hidden", "screen-only", "paper-only", "toolbar", "page-of"}
FIRST_COLUMN, FIRST_OF_MANY, MANY_COLUMNS = 40, 28, 5  # hundredths of the page, and from how many columns


class NoConverterError(PrintingError):
    """pandoc is not installed on this machine."""


def write_document(html: str, target: Path, kind: str, dated: dt.datetime, *, leaves_one: bool = False) -> None:
    """Write a page as a document of a word processor.

    Args:
        html: the page that is printed.
        target: where the document goes, whole or not at all; its folder is made if missing.
        kind: "docx" or "odt".
        dated: when it was made, as it says; of the content, so that the same content is written in the same bytes.
        leaves_one: the last press is left to others, as `free_press` says.

    Raises:
        NoConverterError: pandoc is not there.
        PrintingError: it failed, or passed its limits of memory or time.
    """
    if not Path(PANDOC).exists():
        raise NoConverterError(PANDOC)
    target.parent.mkdir(parents=True, exist_ok=True)
    sweep(target.parent)
    handle, part = tempfile.mkstemp(suffix=".part", dir=target.parent)
    os.close(handle)
    try:
        with free_press(leaves_one=leaves_one):
            convert(simplified(html), part, kind, dated)
        Path(part).replace(target)
    finally:
        Path(part).unlink(missing_ok=True)


def convert(html: str, path: str, kind: str, dated: dt.datetime) -> None:
    """Have pandoc read the page where it can open nothing, then write what it understood, which names no file.

    Debian’s pandoc writes no document under ``--sandbox``: its own models of documents are files.
    """
    understood = pandoc(html, dated, "--sandbox", "--from=html", "--to=json")
    if IMAGE in understood:
        raise PrintingError("une image est restée dans la page")
    pandoc(understood, dated, "--from=json", f"--to={kind}", "--shift-heading-level-by=-1", f"--output={path}")
    dress(Path(path), kind, dated)


def pandoc(text: str, dated: dt.datetime, *order: str) -> str:
    """Run pandoc within its limits, and give what it says."""
    environment = {"LANG": "C.UTF-8", "PATH": os.environ.get("PATH", "")}
    limits = ["prlimit", f"--data={DATA_BYTES}", f"--cpu={SECONDS}", "--core=0"]
    try:
        child = subprocess.run(  # noqa: S603 every word of the order is ours
            [*limits, PANDOC, *order, "+RTS", f"-M{HEAP}", "-RTS"],
            input=text,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            env=environment | {"SOURCE_DATE_EPOCH": str(int(dated.timestamp()))},
            cwd=tempfile.gettempdir(),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PrintingError(f"plus de {SECONDS} secondes") from None
    if child.returncode:
        raise PrintingError(child.stderr[-2000:])
    return child.stdout


def simplified(html: str) -> str:
    """Leave of a page what a word processor can hold; its first title becomes that of the document."""
    page = tinyhtml5.parse(html)
    leave_out(page)
    for table in page.iter(f"{XHTML}table"):
        set_table(table)
    for timeline in page.iterfind(f".//{XHTML}ol[@class='timeline']"):
        for element in (timeline, *timeline):  # its dates number it
            element.tag = f"{XHTML}div"
    title = page.find(f".//{XHTML}title")
    parents = {kid: parent for parent in page.iter() for kid in parent}
    heading = page.find(f".//{XHTML}h1")
    if heading is not None and title is not None:
        title.text = " ".join("".join(heading.itertext()).split())
        parents[heading].remove(heading)
    ET.register_namespace("", XHTML[1:-1])
    return ET.tostring(page, encoding="unicode", method="html")


def set_table(table: Any) -> None:
    """Give a table what a word processor holds: rows of as many cells, columns of a share of the page."""
    rows = table.findall(f".//{XHTML}tr")
    heads = set(table.iterfind(f"{XHTML}thead/{XHTML}tr"))
    width = max((len(row) for row in rows), default=0)
    for row in rows:
        for cell in row:
            if row not in heads:
                cell.tag = f"{XHTML}td"  # pandoc’s ODT has no cell that heads a row: it would be lost
            if cell.get("colspan"):
                cell.set("colspan", str(width - len(row) + 1))
            if "num" in classes_of(cell):
                cell.set("align", "right")
    if classes_of(table) and width > 1:
        set_columns(table, width)


def set_columns(table: Any, width: int) -> None:
    """Share the page between the columns of a table of ours: the first says of what, the others how much."""
    first = FIRST_COLUMN if width <= MANY_COLUMNS else FIRST_OF_MANY
    for group in table.findall(f"{XHTML}colgroup"):
        table.remove(group)
    group = ET.Element(f"{XHTML}colgroup")
    for share in (first, *[(100 - first) / (width - 1)] * (width - 1)):
        ET.SubElement(group, f"{XHTML}col", style=f"width: {share:.2f}%")
    table.insert(len(table.findall(f"{XHTML}caption")), group)


def leave_out(element: Any) -> None:
    """Take out of an element what only paper or a screen shows; the words that follow stay."""
    previous = None
    for kid in list(element):
        if is_left_out(kid):
            if previous is None:
                element.text = (element.text or "") + (kid.tail or "")
            else:
                previous.tail = (previous.tail or "") + (kid.tail or "")
            element.remove(kid)
        else:
            leave_out(kid)
            previous = kid


def is_left_out(element: Any) -> bool:
    is_shown = element.tag not in LEFT_OUT and element.get("aria-hidden") != "true"
    return not is_shown or bool(classes_of(element) & LEFT_OUT_CLASSES)


def classes_of(element: Any) -> set[str]:
    return set((element.get("class") or "").split())
