"""What a policy page says, as its history keeps and tells it."""

from editorial.history import Said, State
from editorial.models import OnlineText, Page
from editorial.models.page import PageQuerySet

TEXTS = {"title": Said("Titre"), "summary": Said("Résumé"), "body": Said("Texte", is_rich=True)}
PLACE = {
    "slug": Said("Fin de l’adresse", is_value=True),
    "under": Said("Sous la page", is_value=True),
    "rank": Said("Rang", is_value=True),
}
FIELDS = TEXTS | PLACE


def texts(said: Page | OnlineText) -> State:
    """Give what a page says, as it is written or as it is online."""
    return {name: getattr(said, name) for name in TEXTS}


def snapshot(page: Page) -> State:
    """Keep what a page says and where it stands, the page above by its title as well."""
    above = {"under": page.parent.title, "parent": page.parent.uid} if page.parent else {"under": "", "parent": ""}
    return texts(page) | above | {"slug": page.slug, "rank": page.position + 1}


def online_snapshot(page: Page) -> State | None:
    """Keep what everyone reads of a page, if anything."""
    return texts(page.published) if page.is_published else None


def branch(page: Page) -> PageQuerySet:
    """Give the pages below one, from the first level down, with what is online of them."""
    return Page.objects.below(page.path).select_related("online").order_by("path")


def lacks(page: Page) -> list[str]:
    """Say what keeps a page from going online."""
    is_hidden = page.parent and not page.parent.is_published
    return ["La page au-dessus n’est pas en ligne : publiez-la d’abord."] if is_hidden else []
