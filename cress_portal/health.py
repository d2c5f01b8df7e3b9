"""What a monitor asks the portal: is it well?"""

import shutil
import tomllib
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

VERSION = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]["version"]


@require_safe
@never_cache
@login_not_required
def health(request: HttpRequest) -> JsonResponse:
    """Say whether the database answers, how many tasks wait, and how much room is left where files are kept."""
    report: dict[str, object] = {"status": "ok", "database": "ok", "version": VERSION}
    files = next(folder for folder in (settings.MEDIA_ROOT, *settings.MEDIA_ROOT.parents) if folder.exists())
    report["disk_free_mb"] = shutil.disk_usage(files).free // 1_000_000
    try:
        report["pending_tasks"] = DBTaskResult.objects.ready().count()
    except (DatabaseError, InterfaceError):
        report |= {"status": "unavailable", "database": "unavailable", "pending_tasks": None}
        return JsonResponse(report, status=HTTPStatus.SERVICE_UNAVAILABLE)
    return JsonResponse(report)
