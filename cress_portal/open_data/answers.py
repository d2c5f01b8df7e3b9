"""What the API answers when it refuses: JSON in French, with what to mend."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Schema
from pydantic import Field

PLACE = "/api/"


class Detail(Schema):
    """One thing to mend."""

    parametre: str = Field(description="Le paramètre en cause.")
    raison: str = Field(description="Ce qui ne va pas.")


class Answer(Schema):
    """Why nothing is given."""

    erreur: str = Field(description="Ce qui ne va pas, en une phrase.")
    details: list[Detail] = Field(description="Ce qu’il faut corriger.")


def refusal(status: int, message: str, details: Sequence[dict[str, str]] = (), **headers: Any) -> HttpResponse:
    """Answer why nothing is given."""
    content = {"erreur": message, "details": list(details)}
    options = {"ensure_ascii": False}
    return JsonResponse(content, status=HTTPStatus(status), headers=headers, json_dumps_params=options)


def is_asked(request: HttpRequest) -> bool:
    """Say whether a request is for the API, whatever became of it."""
    return request.path.startswith(PLACE)
