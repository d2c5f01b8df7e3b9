"""The documents of a body and of its meetings, as staff keep them: replaced, removed, brought back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from instances.documents import erase, remove, restore, save_document
from instances.forms.meetings import DocumentForm
from instances.models import Document, Instance
from instances.views.access import instance_for, require
from instances.views.gestures import GesturePage, answer_gesture
from people.models import User
from roadmaps.views.files import attachment

REMOVED = "Le document « {title} » est à la corbeille, au bas de cette page : il peut en revenir."
ERASED = "Le document « {title} » est supprimé définitivement."
KEPT = "Si vous choisissez un autre fichier, l’ancien reste lisible par l’équipe."


@require_http_methods(["GET", "POST"])
def document_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a document; ``seance`` says of which meeting."""
    instance = instance_for("write", request, slug)
    meeting = instance.meetings.filter(uid=request.GET.get("seance", "")).first()
    return answer_document(request, Document(instance=instance, meeting=meeting), "Ajouter un document")


@require_http_methods(["GET", "POST"])
def document_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change a document, publish it, or give it another file."""
    instance = instance_for("write", request, slug)
    document = get_object_or_404(Document.objects.kept().select_related("meeting"), instance=instance, pk=pk)
    document.instance = instance
    return answer_document(request, document, document.title, KEPT)


def answer_document(request: HttpRequest, document: Document, title: str, lead: str = "") -> HttpResponse:
    user = request.user if isinstance(request.user, User) else None
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DocumentForm(*posted, instance=document)
    back = desk_of(document.instance)
    page = GesturePage(document.instance, title, "Enregistrer", "Le document est enregistré.", back, lead)

    def act() -> None:
        save_document(form.instance, user, has_new_file="file" in form.changed_data)

    return answer_gesture(request, form, page, act)


def desk_of(instance: Instance) -> str:
    return f"{reverse('instance-desk', args=[instance.slug])}#documents"


@require_safe
def document_version(request: HttpRequest, slug: str, pk: int, version: int) -> HttpResponse:
    """What a document said before its file was replaced, for the team alone."""
    require("follow", request)
    document = get_object_or_404(Document.objects.kept(), instance__slug=slug, pk=pk)
    former = get_object_or_404(document.former_files, pk=version)
    response = attachment(former.file)
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "POST"])
def document_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Put a document in the bin after asking; from the bin, delete it for good."""
    instance = instance_for("write", request, slug)
    document = get_object_or_404(Document, instance=instance, pk=pk)
    if request.method == "POST":
        is_final = document.removed_at is not None
        (erase if is_final else remove)(document, by=request.user)
        messages.success(request, (ERASED if is_final else REMOVED).format(title=document))
        return redirect(desk_of(instance))
    context = {"instance": instance, "document": document, "back": desk_of(instance)}
    return render(request, "instances/workspace/document_delete_page.html", context)


@require_POST
def document_restore(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a document out of the bin."""
    instance = instance_for("write", request, slug)
    document = get_object_or_404(Document, instance=instance, pk=pk)
    restore(document, by=request.user)
    messages.success(request, f"Le document « {document} » est de retour.")
    return redirect(desk_of(instance))
