"""Which pages show others inside them: the preview and the sheets show drafts; nothing else is framed, by anybody."""

from csp.constants import SELF
from django.http import HttpResponse

from roadmaps.models import Edition


def framing(response: HttpResponse) -> HttpResponse:
    """Let a page show pages of the portal in a frame."""
    response._csp_update = {"frame-src": [SELF]}  # type: ignore[attr-defined]  # read by django-csp
    return response


def framed(edition: Edition, response: HttpResponse) -> HttpResponse:
    """Let the preview show what is answered, if it is a draft: what is published is never framed."""
    if not edition.is_published:
        response._csp_replace = {"frame-ancestors": [SELF]}  # type: ignore[attr-defined]
        response["X-Frame-Options"] = "SAMEORIGIN"
    return response
