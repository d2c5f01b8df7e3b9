"""The register as a table: taken away by everyone, brought in by staff after a preview."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from instances.columns import DICTIONARY, NOT_PUBLIC
from instances.exporting import lines_of, register_table
from instances.forms.sieve import Sieve
from instances.importing import Report, read_lines, run
from instances.models import Instance
from instances.spreadsheets import MOST_LINES, read_rows
from instances.views.access import require
from publishing.tables import FORMATS, file_response
from publishing.versions import new_uid
from ui.forms import form_helper
from ui.typography import number, plural

KEPT = 3600  # seconds between a preview and its confirmation
MOVED = "Le registre a changé depuis l’aperçu : relisez ce que l’import ferait maintenant."
EXPIRED = "L’aperçu a expiré : choisissez de nouveau le fichier."


class ImportForm(forms.Form):
    """The file that holds the register."""

    file = forms.FileField(
        label="Fichier",
        help_text=f"XLSX, ODS ou CSV, {number(MOST_LINES)} lignes au plus. Seule la première feuille est lue.",
        widget=forms.FileInput({"accept": ".xlsx,.ods,.csv"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper()

    def clean(self) -> dict[str, Any]:
        """Read the lines of the file, or say why they cannot be."""
        cleaned = super().clean()
        if file := cleaned.get("file"):
            try:
                cleaned["lines"] = read_lines(read_rows(file.name, file.read()))
            except ValidationError as refusal:
                self.add_error("file", refusal)
        return cleaned


@login_not_required
@require_safe
def instance_export(request: HttpRequest, file_format: str) -> HttpResponse:
    """What the public register shows, with the same filters: bodies, seats, who holds them today."""
    if file_format not in FORMATS:
        raise Http404
    today = timezone.localdate()
    sieve = Sieve(request.GET, Instance.objects.public(), today)
    lines = lines_of(sieve.found(), today, is_whole=False)
    return file_response([register_table(lines, without=NOT_PUBLIC)], file_format, "instances")


@require_safe
def register_export(request: HttpRequest, file_format: str) -> HttpResponse:
    """The whole register, with the mandates that are over: what an import reads back."""
    require("follow", request)
    if file_format not in FORMATS:
        raise Http404
    lines = lines_of(Instance.objects.all(), timezone.localdate(), is_whole=True)
    return file_response([register_table(lines)], file_format, "registre-des-instances")


@require_http_methods(["GET", "POST"])
def register_import(request: HttpRequest) -> HttpResponse:
    """Choose a file, read what each line would do, confirm."""
    require("write", request)
    if request.method == "POST" and request.POST.get("confirm"):
        return confirm(request, request.POST["confirm"])
    posted = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if posted else ImportForm()
    if posted and form.is_valid():
        return preview(request, form.cleaned_data["lines"])
    context = {"form": form, "dictionary": DICTIONARY.values(), "most": number(MOST_LINES)}
    return render(request, "instances/workspace/import_page.html", context, status=422 if posted else 200)


def key_of(request: HttpRequest, token: str) -> str:
    return f"import:{request.user.pk}:{token[:20]}"


def preview(request: HttpRequest, lines: list[dict[str, str]]) -> HttpResponse:
    """Tell what the lines would do, and keep both until it is confirmed."""
    report, token = run(lines, writes=False), new_uid()
    cache.set(key_of(request, token), (lines, report.told), KEPT)
    return show_report(request, report, token)


def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Do what was previewed, all of it or nothing; what differs is changed if ``changes`` is asked."""
    kept = cache.get(key_of(request, token))
    if kept is None:
        messages.error(request, EXPIRED)
        return redirect("register-import")
    lines, told = kept
    with_changes = request.POST.get("changes") == "1"
    report = run(lines, writes=True, with_changes=with_changes, as_told=told, by=request.user)
    if report.errors:
        return show_report(request, report, token)
    cache.delete(key_of(request, token))
    if report.is_stale:
        messages.warning(request, MOVED)
        return preview(request, lines)
    done = [plural(report.effects, "ajout", "ajouts")]
    if with_changes and report.changes:
        done.append(plural(report.changes, "changement", "changements"))
    messages.success(request, f"Registre importé : {', '.join(done)}.")
    return redirect("workspace-instance-list")


def show_report(request: HttpRequest, report: Report, token: str) -> HttpResponse:
    shown = [(line, [line.cells.get(key, "") for key in ("instance", "seat", "person")]) for line in report.lines]
    context = {"report": report, "lines": shown, "token": token}
    return render(
        request, "instances/workspace/import_preview_page.html", context, status=422 if report.errors else 200
    )
