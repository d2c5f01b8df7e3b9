"""Make a page carry its own style sheets and pictures, so that it prints the same once the portal’s have changed."""

import base64
import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

LINK = re.compile(r'<link rel="stylesheet" href="[^"]*/([\w-]+)(?:\.[0-9a-f]{12})?\.css">')  # with or without its hash
PICTURE = re.compile(r'url\("\.\./(img/[\w-]+\.svg)"\)')


def self_contained(html: str) -> str:
    """Write the style sheets of a page inside it, their pictures inside them; only the fonts stay files of the portal.

    Args:
        html: whose style sheets are in ``static/css/``.
    """
    return LINK.sub(lambda link: f"<style>{style_sheet(f'css/{link[1]}.css')}</style>", html)


def style_sheet(name: str) -> str:
    css = static_file(name).read_text(encoding="utf-8-sig")
    return PICTURE.sub(picture, css).replace("../fonts/", f"{settings.STATIC_URL}fonts/")


def picture(found: re.Match[str]) -> str:
    return f'url("data:image/svg+xml;base64,{base64.b64encode(static_file(found[1]).read_bytes()).decode()}")'


def static_file(name: str) -> Path:
    """Find a file of ours under its own name, which it keeps from one version of the portal to the next.

    Raises:
        FileNotFoundError: there is none.
    """
    found = finders.find(name)
    if not found:
        raise FileNotFoundError(name)
    return Path(found)
