"""What a PDF says to those who listen: its structure tree, read back as plain objects."""

import io
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import pikepdf


@dataclass
class Element:
    """An element of the structure tree."""

    kind: str
    attributes: dict[str, Any]
    alternative: str
    kids: list["Element"] = field(default_factory=list)

    @classmethod
    def read(cls, node: pikepdf.Object) -> Self:
        kids = node.get("/K", [])
        kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        attributes = {str(key): value for key, value in node.get("/A", {}).items()}
        element = cls(str(node.S), attributes, str(node.get("/Alt", "")))
        element.kids = [cls.read(kid) for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
        return element

    def walk(self) -> Iterator["Element"]:
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def all(self, *kinds: str) -> list["Element"]:
        return [element for element in self.walk() if element.kind in kinds]

    @property
    def shape(self) -> str:
        """Such as "Table(TBody(TR(TH TD)))"; what only groups text is left out."""
        inside = " ".join(kid.shape for kid in self.kids if kid.kind not in {"/Span", "/NonStruct"})
        return f"{self.kind[1:]}({inside})" if inside else self.kind[1:]


def structure(pdf: bytes) -> Element:
    """Give the Document element of a tagged PDF."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        (top,) = document.Root.StructTreeRoot.K
        return Element.read(top)


def faults(pdf: bytes, folder: Path, *kinds: str) -> list[str]:
    """Give what outloud holds against a PDF ("error", "warning"): PDF/UA-1, WCAG and what a validator does not see."""
    from outloud import check

    path = folder / "read.pdf"
    path.write_bytes(pdf)
    result = check(str(path))
    assert result.error is None
    assert [run.rule for run in result.runs if run.status == "crashed"] == []
    wanted = kinds or ("error", "warning")
    return [f"{finding.rule} {finding.message}" for finding in result.findings if finding.severity in wanted]


def damage(path: Path) -> tuple[int, str]:
    """Give what qpdf says of a file: (0, "") of one that is well formed."""
    checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    return checked.returncode, checked.stderr
