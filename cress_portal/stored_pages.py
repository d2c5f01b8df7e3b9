"""Answer a visitor with the page as it was laid out for another, as long as nothing that pages show has changed.

It stands before sessions and rights: a visitor without a session reads what every visitor reads. Whoever is signed in
reads pages laid out for him. `STORED_PAGES=0` lays out each page for each reader; both give the same bytes.
"""

import logging
from collections.abc import Callable
from http import HTTPStatus

import brotli
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from cress_portal.shown import STORED
from publishing.public_state import version
from publishing.release import release
from publishing.renderings import find, keep, stamp_of

logger = logging.getLogger(__name__)
AT_HAND = 500  # compressed pages in the memory of a process: some 6 MB


class StoredPages:
    """Give the stored page of an address, a 304 to whoever has it already, or lay it out and keep it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.STORED_PAGES:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.release = release()
        self.at_hand: dict[tuple[str, str], tuple[bytes, str]] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_everyones(request):
            return self.get_response(request)
        stamp = stamp_of(version(), timezone.localdate(), self.release)
        etag = f'W/"{stamp}"'
        if etag in parse_etags(request.headers.get("If-None-Match", "")):
            return labelled(HttpResponseNotModified(), etag)
        address = "" if request.META.get("QUERY_STRING") else request.path
        if address and (found := self.kept(address, stamp)):
            body, content_type = found
            return labelled(compressed(request, body, content_type), etag)
        response = self.get_response(request)
        if response.status_code != HTTPStatus.OK or response.streaming or response.has_header("Cache-Control"):
            return response
        if address and request.method == "GET":
            try_to_keep(address, stamp, response)
        return labelled(response, etag)

    def kept(self, address: str, stamp: str) -> tuple[bytes, str] | None:
        """Give the page kept for an address: asked of the database once, then at hand in this process."""
        if found := self.at_hand.get((address, stamp)):
            return found
        if found := find(address, stamp):
            if len(self.at_hand) >= AT_HAND:  # or the pages of former stamps have piled up
                self.at_hand.clear()
            self.at_hand[address, stamp] = found
        return found


def is_everyones(request: HttpRequest) -> bool:
    """Say whether a visitor without a session asks for one of the pages that are the same for all."""
    if request.method not in {"GET", "HEAD"} or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return False
    try:
        return resolve(request.path_info).url_name in STORED
    except Resolver404:
        return False


def compressed(request: HttpRequest, body: bytes, content_type: str) -> HttpResponse:
    """Answer with a stored page; in plain to the few that do not read Brotli."""
    if "br" not in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(brotli.decompress(body), content_type=content_type)
    return HttpResponse(body, content_type=content_type, headers={"Content-Encoding": "br"})


def try_to_keep(address: str, stamp: str, response: HttpResponse) -> None:
    """Keep a page for the next visitor; a database that cannot be written to is no reason not to answer this one."""
    try:
        keep(address, stamp, response["Content-Type"], response.content)
    except DatabaseError:
        logger.warning("The page %s could not be kept.", address, exc_info=True)


def labelled(response: HttpResponse, etag: str) -> HttpResponse:
    """Say to browsers and proxies what they may keep, and how to ask whether it still holds."""
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age=0, s-maxage={settings.PROXY_SECONDS}, must-revalidate"
    response["X-Frame-Options"] = settings.X_FRAME_OPTIONS
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
    return response
