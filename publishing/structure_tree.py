"""The structure tree of a PDF that is about to be written, and what is mended in it (see ``publishing.tagging``)."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import pydyf

POINTS_PER_PIXEL = 0.75
ORIGIN = "_html_origin"


class StructureTree:
    """The structure tree of a PDF that is about to be written."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self.pdf = pdf
        self.objects: dict[Any, Any] = {thing.reference: thing for thing in pdf.objects if hasattr(thing, "reference")}
        self.root = self.objects[pdf.catalog["StructTreeRoot"]]
        self.top = self.objects[self.root["K"][0]]
        self.repeated_headers: dict[bytes, Any] = {}  # by ID: the ID of the header that it repeats

    @cached_property
    def owners(self) -> "Owners":
        """Whose each marked content and annotation is."""
        return Owners(self.objects[self.root["ParentTree"]]["Nums"])

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
        previous: Any = None
        for kid in self.kids(parent):
            key = (*origin(kid), kid["S"])
            # an anonymous box has the identity of the one that it is in
            head: Any = previous if origin(kid) == origin(parent) else heads.get(key)
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

    def leave_void_out(self, parent: Any) -> None:
        """Take out of the tree what holds nothing, but for the cells of a table, which keep their place."""
        for kid in self.kids(parent):
            self.leave_void_out(kid)
            if not kid["K"] and kid["S"] not in {"/TD", "/TH"}:
                parent["K"].remove(kid.reference)

    def hold_links(self) -> None:
        """Hang from a link the annotations of what is inside it, which have their own."""
        for element, parents in self.everything:
            link: Any = next((parent for parent in reversed(parents) if parent["S"] == "/Link"), None)
            for kid in [kid for kid in element["K"] if link and self._is_annotation(kid)]:
                element["K"].remove(kid)
                link["K"].append(kid)
                annotation = self.objects[self.objects[kid]["Obj"]]
                self.owners[annotation["StructParent"]] = link.reference

    def _is_annotation(self, kid: Any) -> bool:
        return not isinstance(kid, int) and self.objects[kid].get("Type") == "/OBJR"

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
        for reference in self.pdf.page_references:
            page = self.objects[reference]
            of_page = self.owners[page["StructParents"]]
            apart = {rank for rank, owner in enumerate(of_page) if owner not in reached}
            for rank in apart:
                of_page[rank] = "null"
            mark_as_artifacts(self.objects[page["Contents"]].stream, apart)


class Owners:
    """A number tree of the PDF, read and written as a mapping."""

    def __init__(self, numbers: list[Any]) -> None:
        self.numbers = numbers
        self.places = {number: place for place, number in enumerate(numbers) if place % 2 == 0}

    def __getitem__(self, number: int) -> Any:
        return self.numbers[self.places[number] + 1]

    def __setitem__(self, number: int, owner: Any) -> None:
        self.numbers[self.places[number] + 1] = owner


def origin(element: Any) -> tuple[Any, Any]:
    return getattr(element, ORIGIN, (None, None))


def is_continued(head: Any, fragment: Any) -> bool:
    """Say whether two elements are parts of one. What holds marks of its own page (image, link) has no parts."""
    return origin(head)[0] is not None and not any(isinstance(kid, int) for kid in (*head["K"], *fragment["K"]))


def mark_as_artifacts(stream: list[Any], ranks: set[int]) -> None:
    """Turn marked contents of a page, by rank, into artifacts."""
    for position, properties in enumerate(stream):
        if isinstance(properties, dict) and properties.get("MCID") in ranks:
            stream[position - 1] = "/Artifact"
            stream[position] = pydyf.Dictionary({"Type": "/Pagination"})
