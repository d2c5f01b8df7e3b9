"""How a document of a word processor looks: styles of ours instead of pandoc’s, on A4, with numbers of pages.

pandoc names what each paragraph is, and its styles say how that looks: `office_parts/` holds ours. What its styles
cannot say (the page, how wide a table is, the borders of cells in ODT) is written into what it made.
"""

import datetime as dt
import io
import re
import zipfile
from pathlib import Path

PARTS = Path(__file__).parent / "office_parts"
STYLES = {"docx": "word/styles.xml", "odt": "styles.xml"}
FOOTER = "word/footer.xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SECTION = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rIdFooter"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1134" w:right="1247" w:bottom="1134" w:left="1247" w:header="567" w:footer="567" w:gutter="0"/>'
    "</w:sectPr>"
)
RULE = 'fo:border-left="none" fo:border-right="none" fo:padding="0.08cm"'
PARENT = re.compile(rb'(style:name="(P\d+)" style:family="paragraph" style:parent-style-name=")([^"]+)')
HEAD_CELL = 'fo:border-top="1pt solid #0b4f5c" fo:border-bottom="1pt solid #0b4f5c" fo:background-color="#e5eff0"'
# What is written into what pandoc made: by kind and file, a pattern and what takes its place.
CHANGES: dict[str, dict[str, list[tuple[str, str]]]] = {
    "docx": {
        "word/document.xml": [
            (r"<w:sectPr\b(?:[^>]*/>|.*?</w:sectPr>)(?=\s*</w:body>)", SECTION),
            (r'<w:tblW w:type="auto" w:w="0" ?/>', '<w:tblW w:type="pct" w:w="5000"/>'),
            (r"<w:tr>(?!<w:trPr>)", "<w:tr><w:trPr><w:cantSplit/></w:trPr>"),
        ],
        "word/_rels/document.xml.rels": [
            ("</Relationships>", f'<Relationship Id="rIdFooter" Type="{OFFICE}/footer" Target="footer.xml"/>\\g<0>'),
        ],
        "[Content_Types].xml": [
            ("</Types>", f'<Override PartName="/{FOOTER}" ContentType="{WORD}.footer+xml"/>\\g<0>'),
        ],
    },
    "odt": {
        "content.xml": [
            (
                r'(style:name="TableHeaderRowCell".*?<style:table-cell-properties )fo:border="none"',
                rf"\1{RULE} {HEAD_CELL}",
            ),
            (
                r'(style:name="TableRowCell".*?<style:table-cell-properties )fo:border="none"',
                rf'\1{RULE} fo:border-top="none" fo:border-bottom="0.5pt solid #ddd5c6"',
            ),
            ('table:align="center"[^>]*/>', 'table:align="margins" style:rel-width="100%"/>'),
        ],
    },
}


def dress(path: Path, kind: str, dated: dt.datetime) -> None:
    """Give a document that pandoc wrote the look of ours.

    Args:
        path: of the document, which is written again; in the same bytes for the same content.
        kind: "docx" or "odt".
        dated: when its files say that they were made.
    """
    written = io.BytesIO()
    with zipfile.ZipFile(path) as made, zipfile.ZipFile(written, "w") as dressed:
        for member in made.infolist():
            content = dressed_member(kind, member.filename, made.read(member))
            dressed.writestr(member_of(member.filename, dated), content, member.compress_type)
        if kind == "docx":
            footer = (PARTS / "docx-footer.xml").read_bytes()
            dressed.writestr(member_of(FOOTER, dated), footer, zipfile.ZIP_DEFLATED)
    path.write_bytes(written.getvalue())


def dressed_member(kind: str, name: str, content: bytes) -> bytes:
    """Give one file of a document as ours has it."""
    if name == STYLES[kind]:
        return (PARTS / f"{kind}-styles.xml").read_bytes()
    for pattern, ours in CHANGES[kind].get(name, []):
        content = re.sub(pattern.encode(), ours.encode(), content, flags=re.DOTALL)
    return rooted(content) if name == "content.xml" else content


def rooted(content: bytes) -> bytes:
    """Hang each style of an ODT on one of ours: pandoc hangs some on each other, which no word processor follows."""
    parents = {name: parent for _, name, parent in PARENT.findall(content)}

    def hung(found: re.Match[bytes]) -> bytes:
        parent = found[3]
        while parent in parents:
            parent = parents[parent]
        return found[1] + parent

    return PARENT.sub(hung, content)


def member_of(name: str, dated: dt.datetime) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, dated.astimezone(dt.UTC).timetuple()[:6])
