"""What is refused before any view sees it."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

from cress_portal.open_data.answers import is_asked


def refuse_null_character(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse an address that holds U+0000, which PostgreSQL cannot store nor look for and no reader types."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest
        return get_response(request)

    return middleware


def open_to_other_sites(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Let scripts of other sites read the API, which says to everyone the same, whoever is signed in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if is_asked(request):
            response["Access-Control-Allow-Origin"] = "*"
        return response

    return middleware
