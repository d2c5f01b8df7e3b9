"""What the header cells of a table head, said as PDF says it."""

from typing import Any

import pydyf

from publishing.structure_tree import StructureTree, origin

SCOPES = {"col": "/Column", "colgroup": "/Column", "row": "/Row", "rowgroup": "/Row"}


def name_headers(tree: StructureTree) -> None:
    """Give each header cell its Scope, and the tree an index of the headers that data cells name."""
    for cell, parents in tree.everything:
        if cell["S"] == "/TH":
            cell["A"]["Scope"] = scope(cell, parents)
    for table, _ in tree.everything:
        if table["S"] == "/Table":
            unburden(tree, table)
    headers = {cell["ID"].data: cell for cell, _ in tree.everything if cell["S"] == "/TH" and "ID" in cell}
    for cell, _ in tree.everything:
        if cell["S"] == "/TD":
            name_known(cell, headers, tree.repeated_headers)
    names = pydyf.Array(part for _, cell in sorted(headers.items()) for part in (cell["ID"], cell.reference))
    if names:
        index = pydyf.Dictionary({"Names": names})
        tree.pdf.add_object(index)
        tree.root["IDTree"] = index.reference


def name_known(cell: Any, headers: dict[bytes, Any], repeated: dict[bytes, Any]) -> None:
    """Leave to a data cell the names of headers that are there."""
    named = [repeated.get(name.data, name) for name in cell["A"].pop("Headers", ())]
    if known := [name for name in named if name.data in headers]:
        cell["A"]["Headers"] = pydyf.Array(known)


def unburden(tree: StructureTree, table: Any) -> None:
    """Read as data the header cells that tell nothing apart.

    The title of a group of rows stands alone in its row, and PDF has no word for what it heads. Where headers outnumber
    data, in a table of a row or two, or of two columns, the first cell of a row is read with the others anyway.
    """
    rows = [tree.kids(row) for row, _ in tree.walk(table) if row["S"] == "/TR"]
    for row in rows:
        if all(heads_a_row(cell) for cell in row):
            read_as_data(row)
    cells = [cell for row in rows for cell in row]
    if 2 * len([cell for cell in cells if cell["S"] == "/TH"]) > len(cells):
        read_as_data(cells)


def heads_a_row(cell: Any) -> bool:
    return cell["S"] == "/TH" and cell["A"]["Scope"] == "/Row"


def read_as_data(cells: list[Any]) -> None:
    for cell in cells:
        if heads_a_row(cell):
            cell["S"] = "/TD"
            del cell["A"]["Scope"]


def scope(cell: Any, parents: tuple[Any, ...]) -> str:
    """Say what a header cell heads: what its HTML says, else a column in the head of a table and a row elsewhere."""
    said = SCOPES.get(origin(cell)[0].get("scope", ""))
    is_in_head = any(parent["S"] == "/THead" for parent in parents)
    return said or ("/Column" if is_in_head else "/Row")
