"""What everyone reads of the policy pages."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from editorial.models import FormerAddress
from tests.editorial.factories import PageFactory
from tests.html_client import ReadingClient

pytestmark = pytest.mark.django_db


def branch():
    """Write a page, two below it, and one beside."""
    top = PageFactory(title="Engager", slug="engager", published=True)
    first = PageFactory(title="Pourquoi", slug="pourquoi", parent=top, published=True)
    second = PageFactory(title="Comment", slug="comment", parent=top, published=True)
    beside = PageFactory(title="Contact", slug="contact", published=True)
    return top, first, second, beside


def titles_in(page: bytes, region: str) -> list[str]:
    inside = re.search(region, page.decode(), re.DOTALL)[0]
    return [" ".join(re.sub("<[^>]+>", " ", found).split()) for found in re.findall(r"<a .*?</a>", inside, re.DOTALL)]


def test_the_index_gives_the_tree_in_order_and_no_draft(client: ReadingClient) -> None:
    branch()
    PageFactory(title="Brouillon")
    page = client.get("/politiques-ess/")
    assert titles_in(page.content, r"<main .*</main>") == ["Engager", "Pourquoi", "Comment", "Contact"]


def test_a_page_says_what_was_published_and_not_what_is_being_written(client: ReadingClient) -> None:
    page = PageFactory(title="Engager", published=True)
    page.title, page.body = "Engager autrement", "<p>Secret.</p>"
    page.save()
    answer = client.get(page.get_absolute_url())
    assert answer.context["reading"].title == "Engager"
    assert "Secret" not in answer.content.decode()
    assert "Dernière mise à jour le 15 janvier 2026" in answer.content.decode()


def test_a_page_leads_above_below_before_and_after(client: ReadingClient) -> None:
    top, first, second, beside = branch()
    reading = client.get(second.get_absolute_url()).context["reading"]
    assert [link.title for link in reading.above] == ["Engager"]
    assert (reading.previous.title, reading.following.title) == ("Pourquoi", "Contact")
    reading = client.get(top.get_absolute_url()).context["reading"]
    assert [link.url for link in reading.children] == [first.get_absolute_url(), second.get_absolute_url()]
    assert (reading.previous, reading.following.title) == (None, "Pourquoi")
    assert client.get(beside.get_absolute_url()).context["reading"].following is None


def test_the_address_of_a_page_goes_through_the_pages_above(client: ReadingClient) -> None:
    _, first, _, _ = branch()
    assert first.get_absolute_url() == "/politiques-ess/engager/pourquoi/"
    assert client.get("/politiques-ess/pourquoi/").status_code == 404


def test_a_long_page_lists_its_headings_and_a_short_one_does_not(client: ReadingClient) -> None:
    body = "<h3>Pourquoi&nbsp;?</h3><p>A</p><h4>Détail</h4><p>B</p><h3>Comment</h3><p>C</p><h3>Comment</h3><p>D</p>"
    long = client.get(PageFactory(body=body, published=True).get_absolute_url())
    assert titles_in(long.content, r'<nav class="document-contents".*?</nav>') == ["Pourquoi ?", "Comment", "Comment"]
    assert [heading.key for heading in long.context["reading"].contents] == [
        "partie-pourquoi", "partie-comment", "partie-comment--2",
    ]  # fmt: skip
    short = client.get(PageFactory(body="<h3>Un</h3><p>A</p><h3>Deux</h3><p>B</p>", published=True).get_absolute_url())
    assert short.context["reading"].contents == []


def test_a_reader_who_has_the_page_is_not_sent_it_again(client: ReadingClient) -> None:
    page = PageFactory(published=True)
    for address in (page.get_absolute_url(), "/politiques-ess/"):
        tag = client.get(address)["ETag"]
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    page.online.body = "<p>Autre chose.</p>"
    page.online.save()
    assert client.get(page.get_absolute_url(), headers={"If-None-Match": tag}).status_code == 200


def test_a_former_address_leads_for_ever_to_the_page_and_to_nothing_once_it_is_hidden(client: ReadingClient) -> None:
    page = PageFactory(published=True)
    FormerAddress.objects.create(path="ancienne/adresse", page=page)
    answer = client.get("/politiques-ess/ancienne/adresse/")
    assert (answer.status_code, answer["Location"]) == (301, page.get_absolute_url())
    page.online.delete()
    assert client.get("/politiques-ess/ancienne/adresse/").status_code == 404


@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_pages_cost_the_same_whatever_their_number(client: ReadingClient, editor, count: int) -> None:
    pages = [PageFactory(published=True) for _ in range(count)]
    PageFactory(parent=pages[0], published=True)
    spent = {}
    for reader, address in (
        (client, reverse("page-index")),
        (client, pages[0].get_absolute_url()),
        (editor, reverse("workspace-page-list")),
        (editor, reverse("page-edit", args=[pages[0].pk])),
    ):
        with CaptureQueriesContext(connection) as queries:
            reader.get(address)
        spent[address] = len(queries)
    assert list(spent.values()) == [1, 2, 5, 5]


@pytest.mark.parametrize(
    "path",
    ["inconnue/", "Engager/", "engager//pourquoi/", "engager/../contact/", "engager/%27%20OR%201=1/", f"{'a' * 9000}/"],
)
def test_an_address_that_no_page_has_is_not_found(client: ReadingClient, path: str) -> None:
    branch()
    answer = client.get(f"/politiques-ess/{path}")
    assert (answer.status_code, "Cette page n’existe pas" in answer.content.decode()) == (404, True)
