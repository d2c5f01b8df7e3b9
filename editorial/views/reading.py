"""What everyone reads."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from editorial.models import FormerAddress, Page
from editorial.reading import Reading
from editorial.tree import Tree
from ui.linked_data import breadcrumb, linked_data

SCREEN = "layouts/screen.html"


@login_not_required
@require_safe
def page_index(request: HttpRequest) -> HttpResponse:
    """The tree of the pages, with their summaries."""
    return render(request, "editorial/index_page.html", {"branches": branches(Tree.online())})


def branches(tree: Tree) -> list[dict[str, object]]:
    """Give each page of the first level with those below it, flat and in reading order."""
    return [{"page": page, "below": [*tree.below(page)]} for page in tree.roots]


@login_not_required
@require_safe
def page_detail(request: HttpRequest, path: str) -> HttpResponse:
    """One page; a former address leads for ever to the new one."""
    page = Page.objects.published().select_related("online").filter(path=path).first()
    if page is None:
        return redirect(moved_page(path), permanent=True)
    reading = Reading.online(page, Tree.online())
    context = {"reading": reading, "page": page, "layout": SCREEN, "linked_data": told_to_machines(reading, page)}
    return render(request, "editorial/detail_page.html", context)


def told_to_machines(reading: Reading, page: Page) -> SafeString:
    """Say what a page is, and the way to it, in JSON-LD."""
    home = settings.PUBLIC_URL
    way = [("Politiques ESS", reverse("page-index")), *((link.title, link.url) for link in reading.above)]
    return linked_data(
        "WebPage",
        name=reading.title,
        description=reading.summary,
        url=home + page.get_absolute_url(),
        dateModified=reading.updated_at.isoformat(),
        inLanguage="fr",
        publisher={"@type": "Organization", "name": settings.CRESS_NAME},
        breadcrumb=breadcrumb([(title, home + url) for title, url in [*way, (reading.title, page.get_absolute_url())]]),
    )


def moved_page(path: str) -> Page:
    """Give the page that was at an address.

    Raises:
        Http404: none was, or it is not online.
    """
    former = get_object_or_404(FormerAddress.objects.select_related("page__online"), path=path)
    if not former.page.is_published:
        raise Http404
    return former.page
