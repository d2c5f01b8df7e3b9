"""How every page that writes answers: it does what was asked and leads on, or shows the form with the reason."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from instances.forms.names import PersonField
from instances.models import Instance
from instances.writing import save_sheet
from publishing.versions import StaleVersionError, Versioned
from roadmaps.forms.names import NameField, Organisations, Persons, share_registers
from roadmaps.forms.sheet import SheetForm
from roadmaps.views.writing_sheet import SAVED, STATUS, draft_key, media
from roadmaps.writing import Outcome

STALE = "Quelqu’un d’autre a modifié cette fiche pendant que vous écriviez : relisez-la, puis envoyez de nouveau."


@dataclass
class GesturePage:
    """What surrounds a form on its page."""

    instance: Instance | None
    title: str
    submit: str
    said: str  # once it is done
    back: str  # address that it leads to, and that « Annuler » returns to
    lead: str = ""
    leads_to_desk: bool = False  # of the body that was just created
    keep: str = "Annuler"  # says that nothing is done


def posted(request: HttpRequest, initial: dict[str, Any]) -> dict[str, Any]:
    """Give a form what was sent, or what it shows at first."""
    return {"data": request.POST} if request.method == "POST" else {"initial": initial}


def answer_gesture(
    request: HttpRequest, form: Any, page: GesturePage, act: Callable[[], object], row: Versioned | None = None
) -> HttpResponse:
    """Do what a form asks and lead back with a message, or show the form with the reason and all that was typed.

    Args:
        request: asks by POST.
        form: bound if it is a POST.
        page: what surrounds it.
        act: the verb, called on a checked form in a transaction of its own.
        row: what the gesture is about; its version is read again when somebody changed it.
    """
    status = 200
    if request.method == "POST":
        status = done(form, act, row)
        if not status:
            messages.success(request, page.said)
            return redirect(page.back)
    kinds: set[Any] = {Persons} if any(isinstance(field, PersonField) for field in form.fields.values()) else set()
    named = any(isinstance(field, NameField) for field in form.fields.values())
    form.registers = share_registers([form], kinds | ({Organisations} if named else set()))
    context = {"form": form, "page": page, "instance": page.instance}
    return render(request, "instances/workspace/gesture_page.html", context, status=status)


def done(form: Any, act: Callable[[], object], row: Versioned | None) -> int:
    """Do what a form asks; give the status of the page that says why not, 0 once it is done."""
    if not form.is_valid():
        return 422
    try:
        with transaction.atomic():
            act()
    except ValidationError as refusal:
        refuse(form, refusal)
        return 422
    except StaleVersionError:
        form.add_error(None, STALE)
        stored = type(row)._base_manager.filter(pk=row.pk).first() if row else None
        if stored:
            form.data = form.data.copy()
            form.data["version"] = str(stored.version)
        return 409
    return 0


def refuse(form: Any, refusal: ValidationError) -> None:
    """Say why a verb refused, beside the field at fault where the form has it."""
    said = refusal.message_dict if hasattr(refusal, "error_dict") else {NON_FIELD_ERRORS: refusal.messages}
    for name, texts in said.items():
        form.add_error(name if name in form.fields else None, texts)


def answer_sheet(request: HttpRequest, form: SheetForm, page: GesturePage) -> HttpResponse:
    """Save a sheet and lead back with a message, or show it; what two people wrote stands side by side."""
    key = draft_key(request, form)
    outcome = save_sheet(form, by=request.user) if request.method == "POST" else None
    if outcome is Outcome.SAVED:
        messages.success(request, page.said)
        response = redirect("instance-desk", form.instance.slug) if page.leads_to_desk else redirect(page.back)
        response.set_cookie(SAVED, quote(key, safe=""), max_age=60, secure=request.is_secure(), samesite="Lax")
        return response
    context = {
        "form": form,
        "page": page,
        "instance": page.instance,
        "media": media(request, form),
        "draft_key": key,
    }
    return render(request, "instances/workspace/sheet_page.html", context, status=STATUS[outcome])
