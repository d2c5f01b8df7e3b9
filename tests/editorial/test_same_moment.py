"""What two people do at the same moment: one of them comes first, and the tree holds together."""

import pytest
import zeal

from editorial.forms.page import PageForm
from editorial.models import Page
from editorial.online import publish
from editorial.placing import move
from editorial.writing import save_page
from people.models import Role, User
from roadmaps.writing import Outcome
from tests.editorial.factories import PageFactory
from tests.people.factories import team_member

pytestmark = pytest.mark.django_db


def form_of(page: Page, **changes: object) -> PageForm:
    """Give the form of a page with some changes, sent by somebody who read it just now."""
    page = Page.objects.select_related("online").filter(pk=page.pk).first()
    shown = PageForm(instance=page)
    values = {name: shown[name].value() for name in shown.fields} | changes
    return PageForm({name: "" if value is None else str(value) for name, value in values.items()}, instance=page)


def save(form: PageForm, user: User) -> Outcome:
    with zeal.zeal_context():  # repeated queries are counted within a save, not over those of a test
        return save_page(form, user)


def test_two_pages_put_under_each_other_do_not_make_a_circle() -> None:
    one, two = PageFactory(slug="un"), PageFactory(slug="deux")
    user = team_member(Role.EDITOR)
    first, second = form_of(one, parent=two.pk), form_of(two, parent=one.pk)
    assert (save(first, user), save(second, user)) == (Outcome.SAVED, Outcome.INVALID)
    assert list(Page.objects.order_by("pk").values_list("path", flat=True)) == ["deux/un", "deux"]


def test_a_page_that_goes_online_while_it_is_renamed_keeps_its_address() -> None:
    page = PageFactory(slug="un")
    form = form_of(page, slug="deux")
    publish(page, page.version, team_member(Role.MANAGER))
    assert save(form, team_member(Role.EDITOR)) is Outcome.STALE
    assert Page.objects.get().path == "un"


def test_a_page_moved_while_it_is_saved_stays_where_it_was_moved() -> None:
    first, last = PageFactory(title="A"), PageFactory(title="B")
    form = form_of(first)
    move(last, -1)
    assert save(form, team_member(Role.EDITOR)) is Outcome.SAVED
    assert list(Page.objects.values_list("title", "position")) == [("B", 0), ("A", 1)]


def test_a_page_saved_while_the_one_above_is_renamed_follows_it() -> None:
    top = PageFactory(slug="haut")
    child = PageFactory(slug="bas", parent=top)
    user = team_member(Role.EDITOR)
    form = form_of(child, title="Autre titre")
    assert save(form_of(top, slug="sommet"), user) is Outcome.SAVED
    assert save(form, user) is Outcome.SAVED
    assert Page.objects.get(pk=child.pk).path == "sommet/bas"
