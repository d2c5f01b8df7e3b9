"""What templates need to look right: icons, badges, French figures, the current entry of the navigation."""

from django import template
from django.conf import settings
from django.template import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ui import badges, icons, typography

register = template.Library()

register.simple_tag(icons.icon)
register.simple_tag(badges.badge)
register.simple_tag(badges.status_badge)
register.simple_tag(typography.plural)
register.filter(typography.number)
register.filter(typography.euros)
register.filter(typography.percent)
register.filter(typography.day)
register.filter(typography.hour)


@register.simple_tag
def share_image() -> str:
    """Give the whole address of the picture that stands for the portal where a page is shared."""
    return settings.PUBLIC_URL + static("img/share.png")


@register.simple_tag(takes_context=True)
def nav_link(context: Context, url_name: str, label: str, *, exact: bool = False) -> SafeString:
    """Link to a page of the navigation, marked when the reader is on it or, unless exact, below it."""
    url = reverse(url_name)
    path = context["request"].path
    below = path.startswith(url) and url != "/" and not exact
    current = "page" if path == url else "true" if below else ""
    mark = format_html(' aria-current="{}"', current) if current else ""
    return format_html('<a class="nav-link" href="{}"{}>{}</a>', url, mark, label)
