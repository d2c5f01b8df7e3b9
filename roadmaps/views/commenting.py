"""Where the collectivité comments on the draft of its roadmap, and the CRESS answers."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from publishing.versions import StaleVersionError
from roadmaps.commenting import TooLateError, answer, close, comment, reopen, withdraw
from roadmaps.consultation import DOCUMENT, CommentedDocument, Consultation, Thread, subject_parts
from roadmaps.editions import EditionClosedError
from roadmaps.forms.comments import AnswerForm, CommentForm, TextForm
from roadmaps.models import Comment
from roadmaps.rules import may_comment, may_handle_comments
from roadmaps.views.access import comment_for, edition_to_discuss, require
from roadmaps.views.outlining import came_from

ANSWERED = "Ce commentaire a changé pendant que vous écriviez : relisez-le ci-dessus, puis envoyez de nouveau."

WITHDRAWN = "Son auteur vient de retirer ce commentaire : votre réponse est gardée ici, envoyez-la si elle sert encore."


@require_http_methods(["GET", "POST"])
def roadmap_consultation(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft, or the edition asked for by number, with its comments; ``voir=a-traiter`` leaves closed ones out."""
    edition, editions = edition_to_discuss(request.user, slug, request.GET.get("edition", ""))
    document = CommentedDocument(edition, editions)
    if request.method != "POST":
        return consultation_page(request, document)
    require("comment", request.user, edition.roadmap)
    form = CommentForm(request.POST, document.names)
    if not form.is_valid():
        return consultation_page(request, document, form, status=422)
    try:
        said = comment(
            edition, request.user, form.cleaned_data["text"], title=form.title, **subject_parts(form.subject)
        )
    except EditionClosedError as refusal:
        form.refuse(str(refusal))
        return consultation_page(request, document, form, status=409)
    messages.success(request, "Votre commentaire est envoyé à la CRESS.")
    return lead_back(request, said)


@require_POST
def comment_answer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Answer a comment, and close it if asked (``clore``)."""
    try:
        said = comment_for("handle_comments", request, slug, pk)
    except Http404:
        return give_back(request, slug)
    form = AnswerForm(request.POST, f"commentaire-{pk}")
    status = 422
    if form.is_valid():
        try:
            answer(said, request.user, form.cleaned_data["text"], form.version, is_closing="clore" in request.POST)
        except StaleVersionError:
            form.refuse(ANSWERED)
        except EditionClosedError as refusal:
            form.refuse(str(refusal))
        else:
            messages.success(request, "La réponse est enregistrée.")
            return lead_back(request, said)
        status = 409
    document = CommentedDocument(*edition_to_discuss(request.user, slug, str(said.edition.number)))
    return consultation_page(request, document, form, status=status)


def give_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Give back an answer to a comment that its author withdrew meanwhile.

    Raises:
        Http404: there is no answer, or nothing of the roadmap is there for this user.
        PermissionDenied: he may not answer.
    """
    document = CommentedDocument(*edition_to_discuss(request.user, slug))
    require("handle_comments", request.user)
    form = AnswerForm(request.POST, f"discussion-{DOCUMENT}")
    if not form.is_valid():
        raise Http404
    form.refuse(WITHDRAWN)
    return consultation_page(request, document, form, status=409)


@require_POST
def comment_close(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Close a comment: what it asks for is settled."""
    said = comment_for("handle_comments", request, slug, pk)
    try:
        close(said, request.user)
    except EditionClosedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Le commentaire est clos.")
    return lead_back(request, said)


@require_POST
def comment_reopen(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Open a closed comment again."""
    said = comment_for("reopen_comment", request, slug, pk)
    try:
        reopen(said, request.user)
    except EditionClosedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Le commentaire est rouvert : il est de nouveau à traiter.")
    return lead_back(request, said)


@require_POST
def comment_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take back one’s own comment while nobody has answered."""
    said = comment_for("withdraw_comment", request, slug, pk)
    try:
        withdraw(said)
    except (EditionClosedError, TooLateError) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Votre commentaire est retiré.")
    return lead_back(request, said)


@never_cache
def consultation_page(
    request: HttpRequest, document: CommentedDocument, refused: TextForm | None = None, *, status: int = 200
) -> HttpResponse:
    """Show an edition with what is said of it.

    Args:
        request: says whether closed comments are left out.
        document: of the edition.
        refused: what was sent and not taken.
        status: of the answer.
    """
    is_only_to_handle = request.GET.get("voir") == "a-traiter"
    consultation = Consultation(document.edition, request.user, is_only_to_handle=is_only_to_handle, refused=refused)
    threads = [consultation.thread(subject, name) for subject, name in document.names.items()]
    document.show({thread.subject: drawn(request, thread) for thread in threads})
    lost = consultation.lost(document.names)
    context = {
        "document": document,
        "roadmap": document.roadmap,
        "layout": "layouts/workspace.html",
        "consultation": consultation,
        "remarks": [remark for thread in [*threads, *lost] for remark in thread.remarks],
        "lost": lost,
        "refused": refused,
        "may_comment": may_comment(request.user, document.roadmap),
        "may_handle": may_handle_comments(request.user),
        "others": [one for one in document.editions if one != document.edition and one.comment_count],
    }
    return render(request, "roadmaps/workspace/consultation_page.html", context, status=status)


def drawn(request: HttpRequest, thread: Thread) -> SafeString:
    """Draw what is said of one thing, to be put under it."""
    return get_template("roadmaps/workspace/_discussion.html").render({"thread": thread}, request)


def lead_back(request: HttpRequest, said: Comment) -> HttpResponse:
    """Lead back to the comment, or to where it was, on the page from which the gesture was made."""
    kept = Comment.objects.filter(pk=said.pk, closed_at__isnull=True).exists()
    page = came_from(request) or Consultation(said.edition, request.user).url
    return redirect(f"{page}#{f'commentaire-{said.pk}' if kept else f'discussion-{said.subject}'}")
