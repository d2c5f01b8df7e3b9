"""The structure that a printed file has, from pages small enough to be told whole."""

import inspect
import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pydyf
import pytest
import weasyprint
from weasyprint import HTML
from weasyprint.pdf import tags

from publishing.pdf import pdf_bytes
from publishing.styles import light_styles
from publishing.tagging import pack
from tests.publishing.structure import faults, structure

PAGE = """<!DOCTYPE html><html lang="fr"><head><title>Un essai</title>
<style>@font-face {{ font-family: "Source Sans 3"; src: url("/static/fonts/SourceSans3-Regular.ttf") }}
@page {{ size: A6; font-family: "Source Sans 3";
@top-left {{ content: "Titre courant" }} @bottom-right {{ content: counter(page) }} }}
body {{ font-family: "Source Sans 3" }} h1 {{ font-weight: 400 }} {style}</style></head><body>{body}</body></html>"""


def printed(body: str, style: str = "") -> bytes:
    return pdf_bytes(PAGE.format(body=body, style=style))


def table(rows: int, head: str = "") -> str:
    lines = "".join(f'<tr><th scope="row">Ligne {n}</th><td>{n}</td><td>{n}</td></tr>' for n in range(rows))
    return f"<h1>Essai</h1><table><caption>Essai</caption>{head}<tbody>{lines}</tbody></table>"


HEAD = '<thead><tr><th scope="col">Nom</th><th scope="col">Un</th><th scope="col">Deux</th></tr></thead>'


def test_the_private_function_that_is_wrapped_has_not_changed_shape() -> None:
    names = list(inspect.signature(tags._build_box_tree).parameters)
    assert names == ["box", "parent", "pdf", "page_number", "nums", "annotations", "tags"]
    assert inspect.isgeneratorfunction(tags._build_box_tree)
    called = [inspect.getsource(caller).count("_build_box_tree(") for caller in (tags.add_tags, tags._build_box_tree)]
    assert called == [1, 5]  # one of the five is its own name
    used = re.findall(r"\bpdf\.(\w+)", inspect.getsource(tags._build_box_tree))
    assert set(used) == {"add_object", "page_references"}  # all that ``remembering`` hands on


def test_a_stream_is_compressed_once_to_the_bytes_that_it_has_anyway() -> None:
    streams = [
        pydyf.Stream([b"q", "Q", pydyf.Dictionary({"MCID": 1})], compress=True),
        pydyf.Stream([b"a\nstream\nb\nendstream"] * 9, pydyf.Dictionary({"Length1": 4}), compress=True),
        pydyf.Stream([b"q"]),
    ]
    pdf = pydyf.PDF()
    for stream in streams:
        pdf.add_object(stream)
    before = [stream.data for stream in streams]
    pack(pdf)
    assert [stream.data for stream in streams] == before
    assert [stream.compress for stream in streams] == [False, False, False]


def test_a_table_over_three_pages_is_one_table_with_one_head() -> None:
    pdf = printed(table(40, HEAD))
    with pikepdf.open(BytesIO(pdf)) as document:
        assert len(document.pages) == 3
    (found,) = structure(pdf).all("/Table")
    row = "TR(TH TD TD)"
    assert found.shape == f"Table(Caption THead(TR(TH TH TH)) TBody({' '.join([row] * 40)}))"


def test_every_header_cell_says_what_it_heads() -> None:
    scopes = [str(cell.attributes["/Scope"]) for cell in structure(printed(table(30, HEAD))).all("/TH")]
    assert scopes == ["/Column"] * 3 + ["/Row"] * 30


def test_a_header_cell_outside_a_head_is_what_its_html_says() -> None:
    body = '<h1>Essai</h1><table><tr><th scope="col">A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>'
    scopes = [str(cell.attributes["/Scope"]) for cell in structure(printed(body)).all("/TH")]
    assert scopes == ["/Column", "/Row"]


def test_the_only_row_of_a_table_needs_no_header() -> None:
    (found,) = structure(printed(table(1, HEAD))).all("/Table")
    assert found.shape == "Table(Caption THead(TR(TH TH TH)) TBody(TR(TD TD TD)))"
    assert ["/Headers" in cell.attributes for cell in found.all("/TD")] == [False, True, True]


def test_data_cells_of_every_page_name_headers_that_are_there() -> None:
    pdf = printed(table(40, HEAD))
    with pikepdf.open(BytesIO(pdf)) as document:
        names = [bytes(name) for name in document.Root.StructTreeRoot.IDTree.Names[::2]]
    assert names == sorted(set(names))
    cells = structure(pdf).all("/TD")
    named = [bytes(name) for cell in cells for name in cell.attributes["/Headers"]]
    assert len(named) == 2 * len(cells)  # its row and its column
    assert set(named) <= set(names)


@pytest.mark.parametrize(
    ("body", "shape"),
    [
        ("<p>" + "Un paragraphe qui continue. " * 90 + "</p>", "P"),
        ("<ul>" + "<li>Un</li>" * 60 + "</ul>", f"L({' '.join(['LI(Lbl LBody)'] * 60)})"),
        ("<div>" + "<p>Un</p>" * 60 + "</div>", f"Div({' '.join(['P'] * 60)})"),
    ],
)
def test_what_goes_on_over_a_page_break_is_one_element(body: str, shape: str) -> None:
    assert structure(printed(f"<h1>Essai</h1>{body}")).shape == f"Document(H1 {shape})"


def test_a_group_of_definitions_is_an_item_of_a_list() -> None:
    body = "<h1>E</h1><dl><div><dt>Pilote</dt><dd>La Ville</dd></div> <div><dt>Budget</dt><dd>10</dd></div></dl>"
    inline = "dl > div { display: inline-block }"  # white space then stands between the groups
    assert structure(printed(body, inline)).shape == "Document(H1 L(LI(Lbl LBody) LI(Lbl LBody)))"


def test_running_heads_and_decoration_are_no_content(tmp_path: Path) -> None:
    pdf = printed('<h1>Essai</h1><p>Un <span aria-hidden="true">★</span> deux</p>')
    with pikepdf.open(BytesIO(pdf)) as document:
        (page,) = document.pages
        marks = [
            (str(operands[0]), str(operands[1].get("/Type", "")))
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) == "BDC"
        ]
    texts = [mark for mark in marks if mark[0] != "/Artifact"]
    assert marks.count(("/Artifact", "/Pagination")) == 3  # the head, the number of the page, the star
    assert len(texts) == 3  # the title and both words
    assert faults(pdf, tmp_path) == []


def test_a_figure_is_where_it_is_drawn_and_says_what_it_shows() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="48"><title>Un trait</title><path d="M0 0h9"/></svg>'
    )
    (figure,) = structure(printed(f"<h1>Essai</h1>{svg}", "@page { margin: 0 } body, h1 { margin: 0 }")).all("/Figure")
    left, bottom, right, top = (float(side) for side in figure.attributes["/BBox"])
    height = 148 / 25.4 * 72
    assert (round(left), round(right), round(top - bottom)) == (0, 72, 36)
    assert height / 2 < top < height
    assert figure.alternative == "Un trait"


def test_a_page_that_uses_all_of_it_has_no_fault(tmp_path: Path) -> None:
    body = table(40, HEAD) + '<h2>Suite</h2><p><a href="#fin">Aller à la fin</a></p><h2 id="fin">Fin</h2>'
    assert faults(printed(body), tmp_path) == []


def test_the_styles_that_are_left_out_change_no_page_and_the_private_method_is_there() -> None:
    assert list(inspect.signature(HTML._ua_stylesheets).parameters) == ["self", "forms"]
    own = (Path(weasyprint.__file__).parent / "css" / "html5_ua.css").read_text(encoding="utf-8")
    light = light_styles()
    gone = set(own.splitlines()) - set(light.splitlines())
    assert sorted(line.partition(" {")[0] for line in gone) == [
        "::footnote-call", "::footnote-marker", "::marker", "::note-call", "::note-callback", "::note-marker",
    ]  # fmt: skip
    assert set(light.splitlines()) - set(own.splitlines()) == {
        line.replace("::marker", "li::marker") for line in gone if line.startswith("::marker")
    }
