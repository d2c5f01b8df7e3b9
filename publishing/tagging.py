"""Print one file that is both PDF/A-3a (ISO 19005-3, to be archived) and PDF/UA-1 (ISO 14289-1, to be read aloud).

WeasyPrint 70 writes either, and a structure tree with gaps, closed here once the document is laid out, in its
public ``finisher`` hook (docs/decisions/0005-…):

- its issue 2508: a header cell has no Scope, and no IDTree leads to the cells that data cells name;
- its issue 1836: what is in the margins is content of nobody, where it should be an artifact;
- its issue 2903: an element that goes on over a page break is written as one element a page;
- what HTML hides from assistive technology (``aria-hidden``) is content, where it should be an artifact;
- a list holds the groups of a ``dl`` as Div, and white space, where it may hold items only;
- a figure’s BBox is in the units of the layout, from the top of the page.

One thing is private: ``weasyprint.pdf.tags._build_box_tree`` is wrapped, to remember which HTML element each structure
element comes from. ``tests/publishing/test_tagging.py`` says when it changes shape.
"""

import datetime as dt
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import pydyf
from weasyprint import Attachment
from weasyprint.document import Document
from weasyprint.pdf import tags

VARIANT = "pdf/a-3a"
POINTS_PER_PIXEL = 0.75
ORIGIN = "_html_origin"
SCOPES = {"col": "/Column", "colgroup": "/Column", "row": "/Row", "rowgroup": "/Row"}

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


def remembering(box: Any, *context: Any) -> Iterator[Any]:
    for element in _build_box_tree(box, *context):
        if not hasattr(element, ORIGIN):
            box = getattr(box, "_box", box)  # a placeholder stands for what is placed out of the flow
            setattr(element, ORIGIN, (box.element, getattr(box, "element_tag", None)))
        yield element


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
    tree = StructureTree(pdf)
    tree.leave_decoration_out(tree.top)
    tree.join_fragments(tree.top)
    tree.tidy_lists()
    tree.name_headers()
    tree.place_figures()
    tree.set_margins_apart()
    if "AF" in pdf.catalog:  # each attachment is named twice
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


class StructureTree:
    """The structure tree of a PDF that is about to be written."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self.pdf = pdf
        self.objects: dict[Any, Any] = {thing.reference: thing for thing in pdf.objects if hasattr(thing, "reference")}
        self.root = self.objects[pdf.catalog["StructTreeRoot"]]
        self.top = self.objects[self.root["K"][0]]
        self.repeated_headers: dict[bytes, Any] = {}  # by ID: the ID of the header that it repeats

    def kids(self, element: Any) -> list[Any]:
        """Give the structure elements right under one, in reading order."""
        found = (self.objects.get(kid) for kid in element["K"] if not isinstance(kid, int))
        return [kid for kid in found if isinstance(kid, dict) and kid.get("Type") == "/StructElem"]

    def walk(self, element: Any, parents: tuple[Any, ...] = ()) -> Iterator[tuple[Any, tuple[Any, ...]]]:
        """Go through an element and all under it, each with those above it, the nearest last."""
        yield element, parents
        for kid in self.kids(element):
            yield from self.walk(kid, (*parents, element))

    @cached_property
    def everything(self) -> list[tuple[Any, tuple[Any, ...]]]:
        """All that the tree holds, once its fragments are joined."""
        return list(self.walk(self.top))

    def leave_decoration_out(self, parent: Any) -> None:
        """Take out of the tree what its HTML hides from those who listen: it becomes an artifact."""
        for kid in self.kids(parent):
            html = origin(kid)[0]
            if html is not None and html.get("aria-hidden") == "true":
                parent["K"].remove(kid.reference)
            else:
                self.leave_decoration_out(kid)

    def join_fragments(self, parent: Any) -> None:
        """Make one element of those that a page break parted, under ``parent`` and below."""
        heads: dict[tuple[Any, ...], Any] = {}
        pages: dict[tuple[Any, ...], Any] = {}
        previous = None
        for kid in self.kids(parent):
            key = (*origin(kid), kid["S"])
            head = previous if origin(kid) == origin(parent) else heads.get(key)  # an anonymous box has no identity
            if head and key == (*origin(head), head["S"]) and is_continued(head, kid) and pages[key] != kid["Pg"]:
                self._join(parent, head, kid)
            else:
                heads[key] = previous = kid
            pages[key] = kid["Pg"]
        for kid in self.kids(parent):
            self.join_fragments(kid)

    def _join(self, parent: Any, head: Any, fragment: Any) -> None:
        parent["K"].remove(fragment.reference)
        if head["S"] == "/THead":  # repeated at the top of the page: a reminder, no content
            for first, again in zip(self._header_cells(head), self._header_cells(fragment), strict=True):
                self.repeated_headers[again["ID"].data] = first["ID"]
            return
        for kid in self.kids(fragment):
            kid["P"] = head.reference
        head["K"].extend(fragment["K"])

    def _header_cells(self, element: Any) -> list[Any]:
        return [cell for cell, _ in self.walk(element) if cell["S"] == "/TH"]

    def tidy_lists(self) -> None:
        """Leave nothing but items in a list: a group of a ``dl`` becomes one, white space between items is left out."""
        for element, _ in list(self.walk(self.top)):
            if element["S"] == "/L":
                for kid in self.kids(element):
                    if kid["S"] == "/Div":
                        self._make_item(kid)
                    elif kid["S"] == "/Span":
                        element["K"].remove(kid.reference)

    def _make_item(self, group: Any) -> None:
        """Make one item of a term and its definitions, each of which is an item of its own until then."""
        group["S"] = "/LI"
        group["K"] = pydyf.Array(part for item in self.kids(group) if item["S"] == "/LI" for part in item["K"])
        for part in self.kids(group):
            part["P"] = group.reference
            part["S"] = "/Lbl" if origin(part)[1] == "dt" else "/LBody"

    def name_headers(self) -> None:
        """Give each header cell its Scope, and the tree an index of the headers that data cells name."""
        identifiers = {}
        for cell, parents in self.everything:
            if cell["S"] == "/TH":
                cell["A"]["Scope"] = scope(cell, parents)
                identifiers[cell["ID"].data] = cell["ID"], cell.reference
            elif cell["S"] == "/TD":
                headers = cell["A"].get("Headers", ())
                cell["A"]["Headers"] = pydyf.Array(self.repeated_headers.get(name.data, name) for name in headers)
        if identifiers:
            names = pydyf.Array(part for _, pair in sorted(identifiers.items()) for part in pair)
            index = pydyf.Dictionary({"Names": names})
            self.pdf.add_object(index)
            self.root["IDTree"] = index.reference

    def place_figures(self) -> None:
        """Say where each figure is, in the units of the page and from its bottom."""
        for figure, _ in self.everything:
            if figure["S"] == "/Figure":
                height = self.objects[figure["Pg"]]["MediaBox"][3]
                left, top, right, bottom = (POINTS_PER_PIXEL * side for side in figure["A"]["BBox"])
                figure["A"]["BBox"] = pydyf.Array((left, height - bottom, right, height - top))

    def set_margins_apart(self) -> None:
        """Make artifacts of what is in no element: running heads, page numbers, repeated heads of tables."""
        reached = {element.reference for element, _ in self.everything}
        numbers = self.objects[self.root["ParentTree"]]["Nums"]
        owners = dict(zip(numbers[::2], numbers[1::2], strict=True))
        for reference in self.pdf.page_references:
            page = self.objects[reference]
            of_page = owners[page["StructParents"]]
            apart = {rank for rank, owner in enumerate(of_page) if owner not in reached}
            for rank in apart:
                of_page[rank] = "null"
            mark_as_artifacts(self.objects[page["Contents"]].stream, apart)


def origin(element: Any) -> tuple[Any, Any]:
    return getattr(element, ORIGIN, (None, None))


def is_continued(head: Any, fragment: Any) -> bool:
    """Say whether two elements are parts of one. What holds marks of its own page (image, link) has no parts."""
    return origin(head)[0] is not None and not any(isinstance(kid, int) for kid in (*head["K"], *fragment["K"]))


def scope(cell: Any, parents: tuple[Any, ...]) -> str:
    """Say what a header cell heads: what its HTML says, else a column in the head of a table and a row elsewhere."""
    said = SCOPES.get(origin(cell)[0].get("scope", ""))
    is_in_head = any(parent["S"] == "/THead" for parent in parents)
    return said or ("/Column" if is_in_head else "/Row")


def mark_as_artifacts(stream: list[Any], ranks: set[int]) -> None:
    """Turn marked contents of a page, by rank, into artifacts."""
    for position, properties in enumerate(stream):
        if isinstance(properties, dict) and properties.get("MCID") in ranks:
            stream[position - 1] = "/Artifact"
            stream[position] = pydyf.Dictionary({"Type": "/Pagination"})
