"""The read-only API: for each data set, a list that is sifted and read page by page, and each line by its identifier.

All of it is written from `datasets.DATASETS`; what it takes and gives is told by its OpenAPI schema, and in words by
the page of its documentation.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI, Path, Query, Schema
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer
from pydantic import Field, create_model

from cress_portal.open_data.answers import Answer, refusal
from cress_portal.open_data.datasets import DATASETS, Dataset
from publishing.allowance import Allowance, SpentAllowanceError
from roadmaps.open_data import LICENCE

ROOT = "/api/v1/"
CALLS = Allowance("api", amount=1200, duration=600)  # what has not changed since it was read last is not counted
USUAL_SIZE, LARGEST_SIZE, LAST_PAGE = 50, 100, 1000
REFUSALS = frozenset({400, 404, 405, 422, 429})
READING = ("GET", "HEAD")


class Renderer(JSONRenderer):
    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    title="Données ouvertes des politiques ESS",
    version="1",
    description=(
        "Les feuilles de route de l’économie sociale et solidaire, leurs actions et leur avancement, les instances où "
        "l’ESS est représentée, les prises de position. En lecture, sans inscription, sous Licence Ouverte 2.0."
    ),
    renderer=Renderer(),
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
)


class Question(Schema):
    """What any list may be asked for."""

    page: int = Field(1, ge=1, le=LAST_PAGE, description="Le numéro de la page, à partir de 1.")
    taille: int = Field(USUAL_SIZE, ge=1, le=LARGEST_SIZE, description="Le nombre de lignes d’une page.")


class Sheet(Schema):
    """A page of a list."""

    total: int = Field(description="Le nombre de lignes, toutes pages comprises.")
    page: int = Field(description="Le numéro de cette page.")
    pages: int = Field(description="Le nombre de pages.")
    suivante: str | None = Field(description="L’adresse de la page suivante.")
    precedente: str | None = Field(description="L’adresse de la page précédente.")
    licence: str = Field(description="Ce que l’on peut faire de ces données.")


def question_of(dataset: Dataset) -> Any:
    """Give the model of what a list may be asked for."""
    asked: dict[str, Any] = {
        name: (one.kind, Field(None, title=name, description=one.meaning)) for name, one in dataset.filters.items()
    }
    return create_model(f"question-{dataset.name}", __base__=Question, **asked)


def line_of(dataset: Dataset) -> Any:
    """Give the model of a line: its columns are all there, and may be empty."""
    told = {
        name: (one.kind | None, Field(title=one.label, description=one.meaning or one.label))
        for name, one in dataset.columns.items()
    }
    return create_model(f"ligne-{dataset.name}", __base__=Schema, **told)


def offer(dataset: Dataset) -> None:
    """Give a data set its two addresses."""
    question, line, identifier = question_of(dataset), line_of(dataset), dataset.identifier
    sheet = create_model(f"page-{dataset.name}", __base__=Sheet, resultats=(list[line], ...))

    def several(request: HttpRequest, asked: Query[question]) -> dict[str, Any]:
        refuse_unknown(request, set(question.model_fields))
        return sheet_of(request, dataset, asked)

    def alone(request: HttpRequest, identifiant: Path[identifier]) -> Any:
        refuse_unknown(request, set())
        found = next(iter(dataset.lines(dataset.known_as(dataset.rows(), identifiant)[:1])), None)
        if found is None:
            raise Http404
        return found

    shared = {"tags": [dataset.title], "description": dataset.meaning}
    for path, view, name, gives, summary in (
        (f"/{dataset.name}", several, "list", sheet, dataset.title),
        (f"/{dataset.name}/{{identifiant}}", alone, "detail", line, f"{dataset.title}\u00a0: une seule ligne"),
    ):
        api.default_router.add_api_operation(
            path,
            ["GET"],
            view,
            response={200: gives, REFUSALS: Answer},
            operation_id=f"{dataset.name}-{name}",
            url_name=f"api-{dataset.name}-{name}",
            summary=summary,
            **shared,
        )


def refuse_unknown(request: HttpRequest, known: set[str]) -> None:
    """Refuse a parameter that does not exist, or is said twice: it would sift nothing, and nobody would know."""
    unknown = [name for name in request.GET if name not in known]
    twice = [name for name in known if len(request.GET.getlist(name)) > 1]
    details = [
        *({"parametre": name, "raison": "ce paramètre n’existe pas"} for name in unknown),
        *({"parametre": name, "raison": "ce paramètre est donné deux fois"} for name in sorted(twice)),
    ]
    if details:
        raise ValidationError(details)


def sheet_of(request: HttpRequest, dataset: Dataset, asked: Any) -> dict[str, Any]:
    """Give a page of what is asked for.

    Raises:
        HttpError: there are fewer pages.
    """
    rows = dataset.rows()
    for name, one in dataset.filters.items():
        if (value := getattr(asked, name)) is not None:
            rows = one.keep(rows, value)
    paginator = Paginator(rows, asked.taille)
    pages = min(paginator.num_pages, LAST_PAGE)
    if asked.page > pages:
        raise HttpError(404, "Il n’y a qu’une page." if pages == 1 else f"Il n’y a que {pages} pages.")
    return {
        "total": paginator.count,
        "page": asked.page,
        "pages": pages,
        "suivante": address_of(request, asked.page + 1) if asked.page < pages else None,
        "precedente": address_of(request, asked.page - 1) if asked.page > 1 else None,
        "licence": LICENCE,
        "resultats": list(dataset.lines(paginator.page(asked.page).object_list)),
    }


def address_of(request: HttpRequest, page: int) -> str:
    query = request.GET.copy()
    query["page"] = str(page)
    return f"{settings.PUBLIC_URL}{request.path}?{query.urlencode()}"


for each in DATASETS.values():
    offer(each)


@api.exception_handler(Http404)
def told_unknown(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refusal(404, "Rien de public n’a cet identifiant.")


@api.exception_handler(HttpError)
def told_refused(request: HttpRequest, exception: Any) -> HttpResponse:
    return refusal(exception.status_code, exception.message)


@api.exception_handler(ValidationError)
def told_invalid(request: HttpRequest, exception: Any) -> HttpResponse:
    return refusal(422, "Cette demande ne se comprend pas.", [reason(one) for one in exception.errors])


# What pydantic finds wrong, in French; what is in braces comes from the parameter.
REASONS = {
    "int_parsing": "écrivez un nombre entier",
    "int_from_float": "écrivez un nombre entier",
    "int_parsing_size": "ce nombre est trop grand",
    "greater_than_equal": "écrivez {ge} ou plus",
    "less_than_equal": "écrivez {le} ou moins",
    "literal_error": "choisissez parmi {expected}",
    "string_pattern_mismatch": "la valeur doit répondre à {pattern}",
    "bool_parsing": "écrivez true ou false",
    "day": "écrivez un jour, comme 2026-05-31",
}


def reason(error: dict[str, Any]) -> dict[str, str]:
    """Say in French what is wrong with a parameter."""
    if "raison" in error:
        return error
    told = REASONS.get(error["type"], "la valeur ne convient pas").format_map(error.get("ctx", {}))
    return {"parametre": str(error["loc"][-1]), "raison": told.replace(" or ", " ou ")}


def guarded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let everyone read, as often as the allowance says, and nobody write."""

    @csrf_exempt  # whoever writes is refused in JSON, rather than by the page of forms
    @login_not_required
    @wraps(view)
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.method not in READING:
            return refusal(405, "Cette API se lit seulement, par GET.", Allow=", ".join(READING))
        try:
            CALLS.take(get_adapter().get_client_ip(request))
        except SpentAllowanceError as spent:
            told = (
                f"Trop de demandes\u00a0: revenez dans {spent.seconds} secondes, ou prenez l’archive de tous les jeux."
            )
            return refusal(429, told, **{"Retry-After": spent.seconds})
        request.method = "GET"  # to HEAD the server answers the same, without the content
        return view(request, **kwargs)

    return answer


def addresses() -> list[URLPattern]:
    """Give the addresses of the data sets, guarded."""
    patterns = [one for one in api.urls[0] if one.name != "api-root"]
    for pattern in patterns:
        pattern.callback = guarded(pattern.callback)
    return patterns


def schema() -> dict[str, Any]:
    """Give the OpenAPI schema, with the address of the portal."""
    return api.get_openapi_schema(path_prefix=ROOT) | {"servers": [{"url": settings.PUBLIC_URL}]}
