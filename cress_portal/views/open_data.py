"""Open data: the page that offers it, a data set as a file, all of them as an archive, and what explains the API."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.safestring import SafeString
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from cress_portal.open_data import api
from cress_portal.open_data.answers import refusal
from cress_portal.open_data.archive import folder_name, write_archive
from cress_portal.open_data.datasets import DATASETS, Dataset
from cress_portal.open_data.words import KIND_WORDS
from publishing.pdf import BusyPressError
from publishing.public_state import version
from publishing.release import release
from publishing.renderings import stamp_of
from publishing.stock import stocked
from publishing.tables import FORMATS, file_response
from roadmaps.list_tables import about
from roadmaps.open_data import LICENCE
from ui.linked_data import linked_data

BUSY = "L’archive est en train d’être préparée\u00a0: redemandez-la dans une minute."


@login_not_required
@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """Every data set: what it holds, what its columns mean, how to take it away."""
    context = {
        "datasets": [{"dataset": one, "rows": column_rows(one)} for one in DATASETS.values()],
        "columns": [{"label": label} for label in ("Nom en JSON", "Colonne", "Nature", "Sens")],
        "formats": list(FORMATS),
        "today": timezone.localdate(),
        "linked_data": catalog(),
    }
    return render(request, "portal/open_data_page.html", context)


def catalog() -> SafeString:
    """Tell the data sets to what looks for them: search engines, catalogues of data."""
    page = settings.PUBLIC_URL + reverse("open-data")
    sets = [
        {
            "@type": "Dataset",
            "name": one.title,
            "description": one.meaning,
            "url": f"{page}#{one.name}",
            "license": LICENCE,
            "distribution": [
                {
                    "@type": "DataDownload",
                    "encodingFormat": mime_type,
                    "contentUrl": settings.PUBLIC_URL + reverse("open-data-file", args=[one.name, file_format]),
                }
                for file_format, mime_type in FORMATS.items()
            ],
        }
        for one in DATASETS.values()
    ]
    creator = {"@type": "Organization", "name": settings.CRESS_NAME}
    return linked_data("DataCatalog", name="Données ouvertes", url=page, license=LICENCE, creator=creator, dataset=sets)


def column_rows(dataset: Dataset) -> list[list[dict[str, str]]]:
    return [
        [{"value": value} for value in (key, one.label, KIND_WORDS[one.kind], one.meaning)]
        for key, one in dataset.columns.items()
    ]


@login_not_required
@require_safe
def open_data_file(request: HttpRequest, name: str, file_format: str) -> HttpResponse:
    """A data set, whole, as a file."""
    if name not in DATASETS or file_format not in FORMATS:
        raise Http404
    dataset = DATASETS[name]
    return file_response([dataset.table(dataset.rows())], file_format, name, about(dataset.title, request.path))


@login_not_required
@require_safe
def open_data_archive(request: HttpRequest) -> HttpResponse:
    """All the data sets in one file, made once for each state of the portal."""
    day = timezone.localdate()
    stamp = stamp_of(version(), day, release())
    etag = f'"{stamp}"'
    if known := get_conditional_response(request, etag=etag):
        return known
    try:
        file = stocked(f"donnees-{stamp}.zip", lambda target: write_archive(target, day, reverse("open-data")))
    except BusyPressError:
        return HttpResponse(BUSY, status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": 30})
    response = FileResponse(file, as_attachment=True, filename=f"{folder_name(day)}.zip")
    response["ETag"] = etag
    return response


@login_not_required
@require_safe
def api_root(request: HttpRequest) -> HttpResponse:
    """Lead whoever comes to the root of the API to its documentation."""
    return redirect("api-docs")


@login_not_required
@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    """How the API is asked, in words, from the same tables as its schema."""
    context = {
        "datasets": [
            {"dataset": one, "list": reverse(f"api-{one.name}-list"), "rows": parameter_rows(one)}
            for one in DATASETS.values()
        ],
        "columns": [{"label": label} for label in ("Paramètre", "Ce que c’est", "Valeurs")],
        "calls": api.CALLS,
        "minutes": api.CALLS.duration // 60,
        "usual": api.USUAL_SIZE,
        "largest": api.LARGEST_SIZE,
        "last": api.LAST_PAGE,
    }
    return render(request, "portal/api_docs_page.html", context)


def parameter_rows(dataset: Dataset) -> list[list[dict[str, str]]]:
    return [[{"value": value} for value in (name, one.meaning, one.values)] for name, one in dataset.filters.items()]


@login_not_required
@require_safe
def api_schema(request: HttpRequest) -> HttpResponse:
    """The OpenAPI schema, for programs."""
    return JsonResponse(api.schema(), json_dumps_params={"ensure_ascii": False})


@csrf_exempt  # as the addresses that exist
@login_not_required
def api_unknown(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Say, to a program, that an address of the API does not exist."""
    return refusal(404, "Cette adresse n’existe pas\u00a0: voyez la documentation de l’API, /api/v1/docs.")
