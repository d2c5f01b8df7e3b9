"""What PDF/A-3a (ISO 19005-3) wants of a file, read back point by point: no validator of it installs offline."""

import datetime as dt
import io
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from publishing.pdf import AttachedFile, pdf_bytes
from tests.publishing.structure import damage
from tests.publishing.test_tagging import HEAD, PAGE, table

PRINTED_AT = dt.datetime(2026, 1, 15, 9, tzinfo=dt.UTC)
DATA = AttachedFile("essai.json", "Les données", '{"titre": "Été"}\n'.encode(), PRINTED_AT)
HTML = PAGE.format(style="", body=table(40, HEAD) + '<h2 id="a">A ≥ b → c₂</h2><p><a href="#a">Lien</a></p>')


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return pdf_bytes(HTML, DATA)


@pytest.fixture
def document(pdf: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        yield document


def dictionaries(document: pikepdf.Pdf) -> list[Any]:
    return [thing for thing in document.objects if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream)]


def test_it_says_both_norms_that_it_keeps(document: pikepdf.Pdf) -> None:
    metadata = document.open_metadata()
    said = [metadata[name] for name in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part", "dc:title")]
    assert said == ["3", "A", "1", "Un essai"]
    assert b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>" in document.Root.Metadata.read_bytes()


def test_what_the_metadata_and_the_old_information_say_is_the_same(document: pikepdf.Pdf) -> None:
    metadata = document.open_metadata()
    names = {"/Title": "dc:title", "/Producer": "pdf:Producer"}
    assert {key: str(value) for key, value in document.docinfo.items()} == {
        key: metadata[name] for key, name in names.items()
    }


def test_its_colours_are_those_of_a_profile_inside(document: pikepdf.Pdf) -> None:
    (intent,) = document.Root.OutputIntents
    assert (intent.S, intent.DestOutputProfile.N) == ("/GTS_PDFA1", 3)
    assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"


def test_its_data_are_inside_and_are_said_to_be_its_data(document: pikepdf.Pdf) -> None:
    (file,) = document.Root.AF
    assert (file.AFRelationship, file.UF, file.Desc) == ("/Data", DATA.name, DATA.description)
    assert file.objgen == document.Root.Names.EmbeddedFiles.Names[1].objgen
    inside = file.EF.F
    assert inside.read_bytes() == DATA.content
    assert (inside.Subtype, inside.Params.Size) == ("/application/json", len(DATA.content))
    assert inside.Params.ModDate == "D:20260115090000Z"


def test_every_font_is_inside_and_can_be_read_as_text(document: pikepdf.Pdf) -> None:
    fonts = [thing for thing in dictionaries(document) if thing.get("/Type") == "/Font" and "/DescendantFonts" in thing]
    assert len(fonts) > 0
    for font in fonts:
        assert len(font.ToUnicode.read_bytes()) > 0
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys())
        assert re.match(r"/[A-Z]{6}\+Source-Sans", str(font.BaseFont))


def test_nothing_in_it_runs_hides_or_points_outside(document: pikepdf.Pdf) -> None:
    assert not document.is_encrypted
    forbidden = {"/JS", "/JavaScript", "/AA", "/OpenAction", "/Launch", "/RichMedia", "/XFA"}
    for thing in dictionaries(document):
        assert not forbidden & set(thing.keys())
        assert thing.get("/S") not in {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData"}
        assert "/LZWDecode" not in str(thing.get("/Filter", ""))
    links = [link for page in document.pages for link in page.get("/Annots", [])]
    assert [int(link.F) for link in links] == [4]  # printed, never hidden


def test_it_has_a_language_a_title_that_is_shown_an_outline_and_an_identity(document: pikepdf.Pdf) -> None:
    root = document.Root
    assert (root.Lang, root.ViewerPreferences.DisplayDocTitle, root.MarkInfo.Marked) == ("fr", True, True)
    with document.open_outline() as outline:
        assert [(entry.title, [kid.title for kid in entry.children]) for entry in outline.root] == [
            ("Essai", ["A ≥ b → c₂"])
        ]
    assert len(document.trailer.ID) == 2


def test_qpdf_finds_nothing_to_say(pdf: bytes, tmp_path: Path) -> None:
    path = tmp_path / "essai.pdf"
    path.write_bytes(pdf)
    assert damage(path) == (0, "")


def test_the_same_page_gives_the_same_bytes_elsewhere_and_later(pdf: bytes, tmp_path: Path) -> None:
    """Another process, with other hashes of strings, in another place and another time zone."""
    code = (
        "import sys, pickle, django; django.setup(); from publishing.pdf import pdf_bytes;"
        "sys.stdout.buffer.write(pdf_bytes(*pickle.load(sys.stdin.buffer)))"
    )
    again = subprocess.run(
        [sys.executable, "-c", code],
        input=pickle.dumps((HTML, DATA)),
        env=os.environ | {"PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        check=True,
    )
    assert again.stdout == pdf
