"""The policy pages of the demonstration (`pages.toml`): written, then published, through the verbs of the CRESS."""

from pathlib import Path

from cress_portal.demo.tables import Table
from editorial.history import remember
from editorial.models import Page, PageRevision
from editorial.online import publish
from editorial.pages import snapshot
from editorial.placing import path_under
from people.models import User

FILE = Path(__file__).parent / "pages.toml"


def fill_pages(by: User) -> int:
    """Write the pages in a portal that has none; count them.

    Raises:
        DemoFileError: the file does not hold together.
    """
    return 0 if Page.objects.exists() else write_pages(Table.read(FILE), None, by)


def write_pages(table: Table, parent: Page | None, by: User) -> int:
    """Write the pages that a table holds, those below them included; count them."""
    tables = table.tables("pages")
    table.nothing_left()
    return sum(write_page(one, parent, position, by) for position, one in enumerate(tables))


def write_page(table: Table, parent: Page | None, position: int, by: User) -> int:
    below = Table(table.file, {"pages": table.take("pages", [])}, table.path)
    is_draft = table.take("is_draft", default=False)
    table.values["body"] = "".join(table.values.get("body", "").splitlines())  # as the editor sends it
    page = Page(parent=parent, path=path_under(parent, table.values.get("slug", "")), position=position)
    table.save(page)
    remember(page, by, PageRevision.Gesture.CREATED, after=snapshot(page))
    if not is_draft:
        publish(page, page.version, by)
    return 1 + write_pages(below, page, by)
