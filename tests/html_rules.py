"""What every HTML page of the portal obeys: each rule is a function that yields the faults of a page, in words."""

import re
from collections import Counter
from collections.abc import Iterator

import html5lib
from lxml.etree import _Element as Element

HEADINGS = {f"h{level}": level for level in range(1, 7)}
BUTTONS = {"submit", "button", "reset", "image"}
SILENT = {"script", "style", "template"}
TITLE = re.compile(r"\S.* – .*\S")
PROGRAMMING = re.compile(r"\{\{|\{%|\{#|\bNone\b(?!-Match)|\bundefined\b")
SPOKEN_ATTRIBUTES = ("alt", "aria-label", "content", "href", "placeholder", "src", "title", "value")
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-errormessage", "list", "form")
SOURCES = {
    "script": "src", "img": "src", "source": "src", "video": "src", "audio": "src", "track": "src", "iframe": "src",
    "embed": "src", "object": "data", "image": "href", "use": "href", "link": "href",
}  # fmt: skip
DATA_BLOCKS = {"application/json", "application/ld+json"}  # read, not run
POINTERS = {"alternate", "canonical", "license", "next", "prev"}  # a <link> that fetches nothing


class Page:
    """An HTML document and the nonce that its answer allows."""

    def __init__(self, html: str, nonce: str = "") -> None:
        parser = html5lib.HTMLParser(html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False)
        root = parser.parse(html).getroot()
        self.nonce = nonce
        self.errors = parser.errors
        self.elements = [element for element in root.iter() if isinstance(element.tag, str)]
        self.by_id = {element.get("id"): element for element in self.elements if element.get("id") is not None}

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def name_of(page: Page, element: Element) -> str:
    """Give the name that a screen reader says of a link, button or field, its label aside."""
    labelling = [page.by_id[key] for key in element.get("aria-labelledby", "").split() if key in page.by_id]
    images = [image.get("alt", "") for image in element.iter("img")]
    return " ".join([element.get("aria-label", ""), *map(text_of, labelling), *images]).strip()


def shown(element: Element) -> str:
    attributes = " ".join(f'{key}="{value}"' for key, value in list(element.attrib.items())[:3])
    return f"<{element.tag} {attributes}>".replace(" >", ">")


def parses(page: Page) -> Iterator[str]:
    for (line, column), code, _ in page.errors:
        yield f"line {line}, column {column}: {code}"


def has_one_h1(page: Page) -> Iterator[str]:
    if (count := len(page.all("h1"))) != 1:
        yield f"{count} <h1>"


def skips_no_heading_level(page: Page) -> Iterator[str]:
    before = 0
    for heading in page.all(*HEADINGS):
        if HEADINGS[heading.tag] > before + 1:
            yield f"<{heading.tag}> « {text_of(heading)} » follows level {before}"
        before = HEADINGS[heading.tag]


def has_a_title(page: Page) -> Iterator[str]:
    titles = [text_of(title) for title in page.all("title") if title.getparent().tag == "head"]
    if len(titles) != 1 or not TITLE.fullmatch(titles[0]):
        yield f"titles are {titles}, not one « page – portal »"


def is_in_french(page: Page) -> Iterator[str]:
    if (lang := page.all("html")[0].get("lang")) != "fr":
        yield f"lang is {lang}"


def repeats_no_id(page: Page) -> Iterator[str]:
    ids = Counter(element.get("id") for element in page.elements if element.get("id") is not None)
    yield from (f"{count} elements have the id « {key} »" for key, count in ids.items() if count > 1 or not key)


def references_what_exists(page: Page) -> Iterator[str]:
    for element in page.elements:
        keys = [key for name in REFERENCES for key in element.get(name, "").split()]
        if element.tag == "a" and element.get("href", "").startswith("#") and element.get("href") != "#":
            keys.append(element.get("href")[1:])
        yield from (f"{shown(element)} points at no id « {key} »" for key in keys if key not in page.by_id)


def labels_every_field(page: Page) -> Iterator[str]:
    labels = {label.get("for"): text_of(label) for label in page.all("label")}
    for field in page.all("input", "select", "textarea"):
        if field.get("type") in BUTTONS | {"hidden"}:
            continue
        around = " ".join(text_of(label) for label in field.iterancestors("label"))
        if not (name_of(page, field) or around or labels.get(field.get("id"))):
            yield f"no label for {shown(field)}"


def names_every_link_and_button(page: Page) -> Iterator[str]:
    for element in page.all("a", "button", "summary"):
        if not text_of(element) and not name_of(page, element):
            yield f"nothing to read in {shown(element)}"


def describes_every_image(page: Page) -> Iterator[str]:
    yield from (f"no alt in {shown(image)}" for image in page.all("img") if image.get("alt") is None)


def describes_every_table(page: Page) -> Iterator[str]:
    for table in page.all("table"):
        if table.get("role") in {"presentation", "none"}:
            continue
        if not any(text_of(caption) for caption in table.iter("caption")):
            yield f"no caption in {shown(table)}"
        headers = list(table.iter("th"))
        if not headers:
            yield f"no <th> in {shown(table)}"
        yield from (f"no scope in <th> « {text_of(th)} »" for th in headers if not th.get("scope"))


def has_no_inline_style_or_handler(page: Page) -> Iterator[str]:
    for element in page.elements:
        for name in element.attrib:
            if name == "style" or name.startswith("on"):
                yield f"{name}= in {shown(element)}"


def runs_only_its_own_code(page: Page) -> Iterator[str]:
    for element in page.all("script", "style"):
        from_file = element.get("src", "").startswith("/static/")
        if element.get("type") in DATA_BLOCKS:
            continue
        if not from_file and not (page.nonce and element.get("nonce") == page.nonce):
            yield f"neither from /static/ nor with the nonce: {shown(element)}"


def fetches_from_its_own_host(page: Page) -> Iterator[str]:
    for element in page.elements:
        if element.tag == "link" and set(element.get("rel", "").split()) <= POINTERS:
            continue
        sources = [element.get(SOURCES[element.tag], "")] if element.tag in SOURCES else []
        sources += [candidate.split()[0] for candidate in element.get("srcset", "").split(",") if candidate.strip()]
        for source in sources:
            if re.match(r"(?!data:image/)[a-z]+:|//", source):
                yield f"another host: {shown(element)}"


def shows_no_programming(page: Page) -> Iterator[str]:
    for element in page.elements:
        said = [element.get(name, "") for name in SPOKEN_ATTRIBUTES]
        said += [element.tail or ""] + ([] if element.tag in SILENT else [element.text or ""])
        yield from (f"« {text.strip()[:80]} » in {shown(element)}" for text in said if PROGRAMMING.search(text))


RULES = (
    parses,
    has_one_h1,
    skips_no_heading_level,
    has_a_title,
    is_in_french,
    repeats_no_id,
    references_what_exists,
    labels_every_field,
    names_every_link_and_button,
    describes_every_image,
    describes_every_table,
    has_no_inline_style_or_handler,
    runs_only_its_own_code,
    fetches_from_its_own_host,
    shows_no_programming,
)


def faults(page: Page) -> list[str]:
    """Give what is wrong with a page, each fault after the name of its rule; nothing when all is well."""
    return [f"{rule.__name__}: {fault}" for rule in RULES for fault in rule(page)]
