"""A document of a word processor has our look, and each word and cell of the page."""

import datetime as dt
import time
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from publishing.office import write_document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
DATED = dt.datetime(2026, 3, 10, 8, tzinfo=dt.UTC)
PAGE = """<!doctype html><html lang="fr"><head><title>x</title></head><body><h1>Feuille de route</h1>
<h2>Axe</h2><h3>Objectif</h3><h4>Action</h4><h5>Détail</h5><p>Un texte, <a href="https://exemple.test/">un lien</a>.</p>
<blockquote><p>Une parole</p></blockquote><ul><li>un</li></ul><dl><dt>Pilote</dt><dd>La ville</dd></dl>
<ol class="timeline"><li><p>2024</p><h3>Cadrage</h3></li></ol>
<table class="synopsis"><caption>Actions</caption>
<thead><tr><th scope="col">Action</th><th scope="col" class="num">Coût</th><th class="paper-only">Page</th></tr></thead>
<tbody><tr><th scope="rowgroup" colspan="3">Objectif 1</th></tr>
<tr><th scope="row">Ouvrir un lieu</th><td class="num">12</td><td class="paper-only"><svg></svg></td></tr>
<tr><th scope="row">Former<br><span>quarante élus</span></th><td class="num">7</td><td class="paper-only"></td></tr>
</tbody></table></body></html>"""
SAID = [["Action", "Coût"], ["Objectif 1"], ["Ouvrir un lieu", "12"], ["Former quarante élus", "7"]]


def written(folder: Path, kind: str) -> Path:
    path = folder / f"essai.{kind}"
    write_document(PAGE, path, kind, DATED)
    return path


def tree(path: Path, member: str) -> etree._Element:
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read(member))


def words(cell: etree._Element) -> str:
    return " ".join(" ".join(text.strip() for text in cell.itertext()).split())


def test_a_docx_names_no_style_that_it_does_not_define_and_stands_on_a_numbered_a4(tmp_path: Path) -> None:
    path = written(tmp_path, "docx")
    document, styles = tree(path, "word/document.xml"), tree(path, "word/styles.xml")
    defined = {style.get(f"{W}styleId") for style in styles.iter(f"{W}style")}
    named = {node.get(f"{W}val") for kind in ("pStyle", "rStyle", "tblStyle") for node in document.iter(f"{W}{kind}")}
    assert {"Title", "Heading1", "Heading4", "TableCaption", "Table", "Hyperlink"} <= named
    assert named - defined == set()
    size = document.find(f".//{W}sectPr/{W}pgSz")
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")
    fields = [field.get(f"{W}instr").strip() for field in tree(path, "word/footer.xml").iter(f"{W}fldSimple")]
    assert fields == ["PAGE", "NUMPAGES"]
    (target,) = [
        link.get("Target") for link in tree(path, "word/_rels/document.xml.rels") if link.get("Id") == "rIdFooter"
    ]
    assert target == "footer.xml"
    parts = [part.get("PartName") for part in tree(path, "[Content_Types].xml")]
    assert parts.count("/word/footer.xml") == 1


def test_so_does_an_odt(tmp_path: Path) -> None:
    path = written(tmp_path, "odt")
    content, styles = tree(path, "content.xml"), tree(path, "styles.xml")
    defined = {style.get(f"{STYLE}name") for page in (content, styles) for style in page.iter(f"{STYLE}style")}
    named = {node.get(name) for node in content.iter() for name in (f"{TEXT}style-name", f"{STYLE}parent-style-name")}
    lists = {node.get(f"{STYLE}name") for node in content.iter(f"{TEXT}list-style")}
    assert named - defined - lists - {None} == set()
    parents = {style.get(f"{STYLE}parent-style-name") for style in content.iter(f"{STYLE}style")}
    assert [name for name in parents if name and name.startswith("P")] == []
    size = styles.find(f".//{STYLE}page-layout-properties")
    assert (size.get(f"{FO}page-width"), size.get(f"{FO}page-height")) == ("21cm", "29.7cm")
    footer = styles.find(f".//{STYLE}footer")
    assert [len(list(footer.iter(f"{TEXT}{name}"))) for name in ("page-number", "page-count")] == [1, 1]


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_a_table_keeps_its_rows_their_heads_and_no_empty_column(kind: str, tmp_path: Path) -> None:
    path = written(tmp_path, kind)
    page = tree(path, "word/document.xml" if kind == "docx" else "content.xml")
    row, cell = (f"{W}tr", f"{W}tc") if kind == "docx" else (f"{TABLE}table-row", f"{TABLE}table-cell")
    assert [[words(one) for one in line.iter(cell)] for line in page.iter(row)] == SAID


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_the_same_page_is_written_in_the_same_bytes_later(kind: str, tmp_path: Path) -> None:
    first = written(tmp_path, kind).read_bytes()
    time.sleep(2.1)  # a zip counts in steps of two seconds
    assert written(tmp_path, kind).read_bytes() == first
