"""Creating light: a title on a small page, a line typed in the outline, a list pasted from elsewhere."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from publishing.versions import new_uid
from roadmaps.editions import EditionClosedError
from roadmaps.forms.quick import ListForm, TitleForm, complaint
from roadmaps.models import Edition
from roadmaps.pane import Pane
from roadmaps.parts import BY_ADDRESS, Part
from roadmaps.quick import GoneError, TooDeepError, add_many, titles_of
from roadmaps.views.access import edition_for
from roadmaps.views.outlining import answer_gesture, answer_refusal
from roadmaps.views.writing_parts import desk, part_url, quoted
from roadmaps.views.writing_sheet import closed
from ui.typography import plural

KINDS = ("actions", "objectifs")
WORDS = {"actions": ("action", "actions"), "objectifs": ("objectif", "objectifs")}
REFUSALS = (GoneError, TooDeepError)


def kind_in(request: HttpRequest) -> Part:
    """Give what the address adds: actions by default.

    Raises:
        Http404: it names something else.
    """
    kind = request.GET.get("quoi", "actions")
    if kind not in KINDS:
        raise Http404
    return BY_ADDRESS[kind]


@require_http_methods(["GET", "POST"])
def quick_add(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Add an action or an objective by its title, then open its sheet."""
    edition, part = edition_for("write", request, slug, number), kind_in(request)
    posted = request.method == "POST"
    if edition.is_published and not posted:
        return closed(request, edition.roadmap)
    first = {"objectif": request.GET.get("objectif", "")}
    form = TitleForm(request.POST if posted else None, initial=first, edition=edition, kind=part.address)
    status = 422 if posted else 200
    if posted and form.is_valid():
        titles, objective = [form.cleaned_data["title"]], form.cleaned_data["objectif"]
        try:
            (row,) = add_many(part.model, edition, objective, titles, by=request.user)
        except REFUSALS as refusal:
            form.add_error("objectif", str(refusal))
        except EditionClosedError as refusal:
            form.add_error(None, str(refusal))
            status = 409
        else:
            messages.success(request, f"{quoted(part, row.title)} est {part.agree('ajouté')} : complétez sa fiche.")
            return redirect(part_url("part-edit", edition, part, row.uid))
    return show_title(request, edition, part, form, status)


def show_title(request: HttpRequest, edition: Edition, part: Part, form: TitleForm, status: int) -> HttpResponse:
    context = {
        "roadmap": edition.roadmap,
        "edition": edition,
        "part": part,
        "form": form,
        "pane": None if edition.is_published else Pane(request, edition),
        "back": desk(edition, "plan"),
        "objective": form["objectif"].value() or "",
    }
    return render(request, "roadmaps/workspace/quick_page.html", context, status=status)


@require_POST
def quick_lines(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Add what was typed in the lines of the outline, and come back to the line that was typed last."""
    edition = edition_for("write", request, slug, number)
    sent = ((name.replace("\0", ""), str(text).replace("\0", "")) for name, text in request.POST.items())
    typed = [(name, " ".join(text.split())) for name, text in sent if name.startswith(KINDS)]
    typed = [(*name.partition("-")[::2], text) for name, text in typed if text]
    said, batch, focus = "Tapez un intitulé, puis Entrée.", new_uid(), "plan"
    refused: list[tuple[Part, TitleForm]] = []
    for kind, objective, title in typed:
        part = BY_ADDRESS.get(kind) or BY_ADDRESS["actions"]
        form = TitleForm({"title": title, "objectif": objective}, edition=edition, kind=part.address)
        try:
            if form.is_valid():
                add_many(part.model, edition, objective, [title], by=request.user, batch=batch)
                said, focus = f"{quoted(part, title)} est {part.agree('ajouté')}.", f"ajout-{kind}-{objective}"
        except REFUSALS as refusal:
            form.add_error("objectif", str(refusal))
        except EditionClosedError as refusal:
            return answer_refusal(request, str(refusal), closed(request, edition.roadmap))
        if form.errors:
            refused.append((part, form))
    if refused:
        return answer_refused_lines(request, edition, refused)
    edition = edition_for("write", request, slug, number)  # to read its outline again
    return answer_gesture(request, edition, said, desk(edition, "plan"), focus)


def answer_refused_lines(request: HttpRequest, edition: Edition, refused: list[tuple[Part, TitleForm]]) -> HttpResponse:
    """Show the first line that could not be added, to be mended, and say the others; the rest is added."""
    (part, form), *others = refused
    complaints = " ".join(str(error) for errors in form.errors.values() for error in errors)
    if others:
        titles = ", ".join(quoted(of, other["title"].value()) for of, other in others)
        form.add_error(None, f"À reprendre aussi : {titles}.")
    return answer_refusal(request, complaints, show_title(request, edition, part, form, 422))


@require_http_methods(["GET", "POST"])
def list_paste(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Turn a list copied from elsewhere into actions or objectives, once it is seen what they will be."""
    edition, part = edition_for("write", request, slug, number), kind_in(request)
    if edition.is_published and request.method != "POST":
        return closed(request, edition.roadmap)
    if "titre" in request.POST and "revenir" not in request.POST:
        return answer_titles(request, edition, part)
    titles = request.POST.getlist("titre")
    first = {"objectif": request.POST.get("objectif") or request.GET.get("objectif", ""), "texte": "\n".join(titles)}
    data = request.POST if "texte" in request.POST else None
    form = ListForm(data, initial=first, edition=edition, kind=part.address)
    if form.is_valid():
        titles = titles_of(form.cleaned_data["texte"])
        return show_titles(request, edition, part, titles, form.cleaned_data["objectif"], fault=complaint(titles))
    context = paste_context(request, edition, part) | {"form": form}
    return render(request, "roadmaps/workspace/paste_page.html", context, status=422 if data else 200)


def answer_titles(request: HttpRequest, edition: Edition, part: Part) -> HttpResponse:
    """Create what was shown, as it was corrected; a line left empty is left out."""
    typed = [" ".join(title.replace("\0", "").split()) for title in request.POST.getlist("titre")]
    titles, objective = [title for title in typed if title], request.POST.get("objectif", "").replace("\0", "")
    batch = new_uid()
    fault = complaint(titles) or ("" if titles else "Il ne reste aucun intitulé : écrivez-en un.")
    if not fault:
        try:
            add_many(part.model, edition, objective, titles, by=request.user, batch=batch)
        except (*REFUSALS, EditionClosedError) as refusal:
            fault = str(refusal)
        else:
            created = plural(len(titles), *WORDS[part.address])
            are = "sont" if len(titles) > 1 else "est"
            ended = part.agree("ajouté") + ("s" if len(titles) > 1 else "")
            messages.success(request, f"{created} {are} {ended}.", extra_tags=batch)
            return redirect(desk(edition, f"ligne-{objective}" if objective else "plan"))
    return show_titles(request, edition, part, titles or [""], objective, fault=fault)


def show_titles(
    request: HttpRequest, edition: Edition, part: Part, titles: list[str], objective: str, *, fault: str
) -> HttpResponse:
    """Show what would be created, each title open to correction."""
    context = paste_context(request, edition, part) | {
        "titles": [(title, bool(complaint([title]))) for title in titles],
        "objective": objective,
        "fault": fault,
        "created": plural(len(titles), *WORDS[part.address]),
        "word": WORDS[part.address][0].capitalize(),
    }
    return render(request, "roadmaps/workspace/paste_page.html", context, status=422 if fault else 200)


def paste_context(request: HttpRequest, edition: Edition, part: Part) -> dict[str, object]:
    pane = None if edition.is_published else Pane(request, edition)
    words = {"plural": WORDS[part.address][1], "part": part}
    return words | {"roadmap": edition.roadmap, "edition": edition, "pane": pane, "back": desk(edition, "plan")}
