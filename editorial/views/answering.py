"""The team reads what visitors wrote, gives it to somebody, answers it."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from editorial.contact import answer, assign, file_away
from editorial.forms.contact import AnswerForm, AssignForm
from editorial.models import ContactMessage
from editorial.views.access import message_to_handle, require
from publishing.versions import StaleVersionError
from roadmaps.forms.rows import sent_back

PAGE_SIZE = 30
STALE = "Quelqu’un d’autre vient de s’occuper de ce message : voici ce qu’il en est."
NOT_SENT = "La réponse est gardée, mais le courriel n’est pas parti : envoyez-la de nouveau dans quelques minutes."


@require_safe
def message_list(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, or, with ``voir=traites``, what had one."""
    require(request, "answer_messages")
    shows_handled = request.GET.get("voir") == "traites"
    found = ContactMessage.objects.with_people()
    found = found.handled() if shows_handled else found.to_handle()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "editorial/workspace/message_list_page.html", {"page": page, "shows_handled": shows_handled})


@require_safe
def message_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One message, with what may be done of it."""
    return message_page(request, message_to_handle(request, pk))


def message_page(
    request: HttpRequest, message: ContactMessage, answering: AnswerForm | None = None, status: int = 200
) -> HttpResponse:
    read = {"version": message.version}
    context = {
        "message": message,
        "assigning": AssignForm(initial=read | {"assigned_to": message.assigned_to_id}, prefix="confier"),
        "answering": answering or AnswerForm(initial=read | {"answer": message.answer}, prefix="repondre"),
    }
    return render(request, "editorial/workspace/message_page.html", context, status=status)


@require_POST
def message_assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a message to somebody of the team."""
    message = message_to_handle(request, pk)
    form = AssignForm(request.POST, prefix="confier")
    if not form.is_valid():
        messages.error(request, "Cette personne n’est plus dans l’équipe : choisissez-en une autre.")
        return redirect("message-detail", pk)
    user, version = form.cleaned_data["assigned_to"], form.cleaned_data["version"]
    said = f"Le message est confié à {user}." if user else "Le message n’est confié à personne."
    return gesture(request, message, lambda: assign(message, user, version=version), said)


@require_POST
def message_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a message, or send again an answer that did not leave."""
    message = message_to_handle(request, pk)
    form = AnswerForm(request.POST, prefix="repondre")
    if not form.is_valid():
        return message_page(request, message, form, status=422)
    try:
        is_sent = answer(message, form.cleaned_data["answer"], request.user, version=form.cleaned_data["version"])
    except StaleVersionError:
        messages.error(request, STALE)
        message.refresh_from_db()
        form.data = form.data | {form.add_prefix("version"): str(message.version)}
        return message_page(request, message, form, status=409)
    if is_sent:
        messages.success(request, f"La réponse est partie à {message.email}.")
    else:
        messages.error(request, NOT_SENT)
    return redirect("message-detail", pk)


@require_POST
def message_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a message needs no answer."""
    message = message_to_handle(request, pk)
    version = sent_back(request.POST.get("version", ""))
    return gesture(
        request,
        message,
        lambda: file_away(message, request.user, version=version),
        "Le message est classé sans réponse.",
    )


def gesture(request: HttpRequest, message: ContactMessage, verb: Callable[[], None], said: str) -> HttpResponse:
    """Do something of a message, and come back to it."""
    try:
        verb()
    except StaleVersionError:
        messages.error(request, STALE)
    else:
        messages.success(request, said)
    return redirect("message-detail", message.pk)
