"""How French text is set: no-break spaces around signs, thousands, and no last word left alone in a title."""

import re

from django.utils.safestring import SafeString

from ui.typography import NARROW_SPACE, NO_BREAK_SPACE

LONGEST_TIE = 24  # signs: two last words longer than that stay apart, or the line before them would gape
_TAG = re.compile(r"(<[^>]*>)")
_BEFORE_A_SIGN = re.compile(r" (?=[:;!?»%€])")
_AFTER_A_QUOTE = re.compile(r"(?<=«) ")
_THOUSANDS = re.compile(r"(?<![\d\u202f,.])\d{1,3}(?:[ \u00a0]\d{3})+(?![\d ]\d|\d)")


def composed(text: str) -> str:
    """Put the no-break spaces that French wants in a plain text: "12 000 € : oui" breaks nowhere wrong."""
    text = _BEFORE_A_SIGN.sub(NO_BREAK_SPACE, text)
    text = _AFTER_A_QUOTE.sub(NO_BREAK_SPACE, text)
    return _THOUSANDS.sub(lambda found: re.sub("[ \u00a0]", NARROW_SPACE, found[0]), text)


def composed_html(html: str) -> SafeString:
    """Compose the text of a sanitised rich text, its tags untouched."""
    return SafeString("".join(part if part.startswith("<") else composed(part) for part in _TAG.split(html)))


def composed_title(text: str) -> str:
    """Compose a title, its last two words held together: no word stands alone on its last line."""
    words = composed(text.strip()).rsplit(" ", 2)
    if len(words) < 3 or len(words[1]) + len(words[2]) > LONGEST_TIE:  # noqa: PLR2004 two words have nothing before
        return " ".join(words)
    return f"{words[0]} {words[1]}{NO_BREAK_SPACE}{words[2]}"
