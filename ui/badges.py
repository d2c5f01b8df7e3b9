"""Badges: a word and a shape, never a colour alone.

Plain functions, so that a long page can prepare its badges once; the tags of `ui.templatetags.ui` are the same ones.
"""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from ui.icons import icon

# status: (kind of badge, shape)
LOOKS = {
    # an edition
    "draft": ("draft", "pencil-line"),
    "consultation": ("info", "messages-square"),
    "validated": ("info", "stamp"),
    "published": ("success", "book-open-check"),
    "superseded": ("neutral", "archive"),
    # an action
    "planned": ("neutral", "circle-dashed"),
    "ongoing": ("info", "circle-play"),
    "done": ("success", "circle-check-big"),
    "paused": ("warning", "circle-pause"),
    "dropped": ("neutral", "circle-x"),
    "unsaid": ("neutral", "circle-question-mark"),
    "late": ("danger", "clock-alert"),
}


def badge(label: str, kind: str = "neutral", shape: str = "") -> SafeString:
    """Show a word in a badge of a kind (neutral, info, success, warning, danger, draft, axis), with a Lucide shape."""
    return format_html(
        '<span class="badge badge-{}">{}{}</span>',
        kind,
        icon(shape, 16) if shape else "",
        label,
    )


def status_badge(status: str, label: str) -> SafeString:
    """Show the status of an edition or of an action; the statuses are the keys of `LOOKS`."""
    kind, shape = LOOKS[status]
    return badge(label, kind, shape)
