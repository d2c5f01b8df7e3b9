"""Rich text: what may be written, one allow-list for the editor, the database and the page."""

import re
from html import unescape
from typing import Any

import nh3
from django.utils.html import linebreaks
from django.utils.safestring import SafeString
from django_prose_editor.config import allowlist_from_extensions, expand_extensions
from django_prose_editor.fields import ProseEditorField, ProseEditorFormField

EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "Heading": {"levels": [3, 4]},
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "History": True,
    "HardBreak": True,
}
_cleaner = nh3.Cleaner(
    **allowlist_from_extensions(expand_extensions(EXTENSIONS)),
    set_tag_attribute_values={"th": {"scope": "col"}, "table": {"tabindex": "0"}},  # it scrolls on a small screen
)
_BLOCK = re.compile(r"<(?:p|ul|ol|blockquote|h3|h4|table)\b")
_HEADING = re.compile(r"<h([34])>")
_HEADING_TAG = re.compile(r"(</?)h([34])>")
_TABLE_OR_HEADING = re.compile(r"<h[2-6]>(?P<heading>.*?)</h[2-6]>|<table\b[^>]*>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_BREAK = re.compile(r"</(?:p|li|h3|h4|th|td|blockquote|table)>|<br>")
_EMPTY = re.compile(r"(?:<p>(?:\s|<br>|&nbsp;)*</p>|\s)*")


def sanitise(text: str) -> str:
    """Keep what the allow-list names, and only that; what is typed without blocks becomes paragraphs.

    Idempotent: ``sanitise(sanitise(text)) == sanitise(text)``.
    """
    cleaned = _cleaner.clean(text)
    if not _BLOCK.search(cleaned):
        cleaned = linebreaks(cleaned)
    return "" if _EMPTY.fullmatch(cleaned) else cleaned


def render(text: str, *, under: int = 2) -> SafeString:
    """Give the stored text to a page, sanitised again: a row that came by another door is no danger.

    Args:
        text: as stored, its headings being h3 and h4.
        under: level of the heading that it stands under; its own headings go on from there, none skipped.
    """
    return captioned(placed(sanitise(text), under=under))


def plain(text: str) -> str:
    """Give the words of a stored text, its blocks parted by a space."""
    return " ".join(unescape(_TAG.sub("", _BREAK.sub(" ", text))).split())


def captioned(text: SafeString) -> SafeString:
    """Name each table after the heading that it follows, for whoever hears the page: the editor writes no caption."""
    heading = "Tableau"

    def name(found: re.Match[str]) -> str:
        nonlocal heading
        if found["heading"] is None:
            return f'{found[0]}<caption class="visually-hidden">{heading}</caption>'
        heading = _TAG.sub("", found["heading"]).strip() or heading
        return found[0]

    return SafeString(_TABLE_OR_HEADING.sub(name, text))


def placed(cleaned: str, *, under: int) -> SafeString:
    """Give a sanitised text the headings of the place where it is shown."""
    levels = sorted(set(_HEADING.findall(cleaned)))
    new = {level: min(under + rank, 6) for rank, level in enumerate(levels, 1)}
    return SafeString(_HEADING_TAG.sub(lambda tag: f"{tag[1]}h{new[tag[2]]}>", cleaned))


class RichTextFormField(ProseEditorFormField):
    """The editor with its short toolbar; a plain textarea where there is no JavaScript."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs |= {
            "config": {"extensions": EXTENSIONS},
            "preset": "configurable",
            "sanitize": sanitise,
        }
        super().__init__(**kwargs)


class RichTextField(ProseEditorField):
    """Text with headings, lists, links and tables, sanitised when cleaned and when saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs, config={"extensions": EXTENSIONS}, sanitize=sanitise)

    def pre_save(self, model_instance: Any, add: bool) -> str:  # noqa: FBT001 Django’s signature
        value = sanitise(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **kwargs: Any) -> Any:
        return super(ProseEditorField, self).formfield(**{"form_class": RichTextFormField} | kwargs)
