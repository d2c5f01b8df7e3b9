"""Print one file that is both PDF/A-3a (ISO 19005-3, to be archived) and PDF/UA-1 (ISO 14289-1, to be read aloud).

WeasyPrint 70 writes either, and a structure tree with gaps, closed here once the document is laid out, in its
public ``finisher`` hook (docs/decisions/0005-one-file-archivable-and-accessible.md):

- its issue 2508: a header cell has no Scope, and no IDTree leads to the cells that data cells name;
- its issue 1836: what is in the margins is content of nobody, where it should be an artifact;
- its issue 2903: an element that goes on over a page break is written as one element a page;
- what HTML hides from assistive technology (``aria-hidden``) is content, where it should be an artifact;
- a list holds the groups of a ``dl`` as Div, and white space, where it may hold items only;
- what is inside a link has a second annotation, that no link holds; what is empty is an element all the same;
- a figure’s BBox is in the units of the layout, from the top of the page.

One thing is private: ``weasyprint.pdf.tags._build_box_tree`` is wrapped, to remember which HTML element each structure
element comes from. ``tests/publishing/test_tagging.py`` says when it changes shape.
"""

import ctypes
import datetime as dt
import gc
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pydyf
from weasyprint import Attachment
from weasyprint.document import Document
from weasyprint.formatting_structure.boxes import PageBox
from weasyprint.pdf import tags

from publishing.structure_tree import ORIGIN, StructureTree
from publishing.table_headers import name_headers

VARIANT = "pdf/a-3a"
LIBC = ctypes.CDLL(None)

# The PDF/UA identifier, with the schema that PDF/A wants of every property that it does not know.
PDF_UA = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""

_build_box_tree = tags._build_box_tree


def remember_origins() -> None:
    """Have every structure element keep the HTML element, and the pseudo-element, that it comes from."""
    tags._build_box_tree = remembering


def remembering(box: Any, parent: Any, pdf: Any, *context: Any) -> Iterator[Any]:
    page = box
    if isinstance(page, PageBox):  # the references of all pages are worked out once for it, not for each element
        pdf = SimpleNamespace(add_object=pdf.add_object, page_references=pdf.page_references)
    for element in _build_box_tree(box, parent, pdf, *context):
        if not hasattr(element, ORIGIN):
            box = getattr(box, "_box", box)  # a placeholder stands for what is placed out of the flow
            setattr(element, ORIGIN, (box.element, getattr(box, "element_tag", None)))
        yield element
    if isinstance(page, PageBox):
        page.children = ()  # it is painted and told: its boxes make room for the structure of the next
        LIBC.malloc_trim(0)  # which is made of smaller things: they would not go where the boxes were


def attachment(name: str, description: str, content: str, date: str, fetcher: Any) -> Attachment:
    """Make a file to go inside the document, which holds the data that it shows.

    Args:
        name: of the file, whose ending says its type.
        description: in words.
        content: text.
        date: ISO 8601, in UTC; of the content, so that the same content is written in the same bytes.
        fetcher: that of the document; nothing is fetched.
    """
    at = dt.datetime.fromisoformat(date)
    return Attachment(
        string=content, name=name, description=description, created=at, modified=at, relationship="Data",
        url_fetcher=fetcher,
    )  # fmt: skip


def write_accessible_pdf(document: Document, target: str, attachments: list[Attachment]) -> None:
    """Write a document that was laid out with ``pdf_tags`` after ``remember_origins``.

    Args:
        document: laid out.
        target: path of the file.
        attachments: files to go inside it.
    """
    metadata = document.metadata
    described = metadata.generate_rdf_metadata
    metadata.generate_rdf_metadata = lambda *what: described(*what).replace(b"</rdf:RDF>", PDF_UA + b"</rdf:RDF>")
    document.write_pdf(target, finisher=finish, pdf_variant=VARIANT, pdf_tags=True, attachments=attachments)


def finish(document: Document, pdf: pydyf.PDF) -> None:
    """Close the gaps, right before the file is written."""
    gc.collect()  # the styles of the pages, which hold each other
    tree = StructureTree(pdf)
    tree.leave_decoration_out(tree.top)
    tree.join_fragments(tree.top)
    tree.tidy_lists()
    tree.leave_void_out(tree.top)
    tree.hold_links()
    name_headers(tree)
    tree.place_figures()
    tree.set_margins_apart()
    if "AF" in pdf.catalog:  # each attachment is named twice
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
    pack(pdf)


def pack(pdf: pydyf.PDF) -> None:
    """Compress the streams once, to the bytes that they have anyway: pydyf does it twice, to write and to identify."""
    for thing in pdf.objects:
        if isinstance(thing, pydyf.Stream) and thing.compress:
            packed = thing.data.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
            thing.stream, thing.extra, thing.compress = [packed], {**thing.extra, "Filter": "/FlateDecode"}, False
