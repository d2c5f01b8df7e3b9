"""Whoever sends a form after the session ended loses nothing of it."""

import pytest
from django.urls import reverse
from lxml import html

from people.models import Role
from tests.html_client import ReadingClient
from tests.people.factories import team_member
from tests.roadmaps.factories import SectionFactory
from tests.roadmaps.writing.hands import typed

pytestmark = pytest.mark.django_db

SECTION = {"kind": "context", "title": "Repris", "body": "<p>Un « texte »</p>\n<p>long</p>"}


@pytest.fixture
def address():
    section = SectionFactory(title="Avant")
    base = reverse("edition-edit", args=[section.edition.roadmap.slug, section.edition.number])
    return f"{base}sections/{section.uid}/"


@pytest.fixture
def browser():
    """A browser whose forms are checked as those of a visitor are."""
    return ReadingClient(enforce_csrf_checks=True)


def form_of(response):
    (form,) = html.fromstring(response.content.decode()).xpath("//main//form")
    return form.get("action"), [(field.get("name"), field.get("value")) for field in form.xpath(".//input")]


def test_what_was_typed_waits_while_one_signs_in(client, client_for, address):
    editor = client_for(team_member(Role.EDITOR))
    sent = typed(editor.get(address)) | SECTION
    answer = client.post(address, sent)
    assert answer.status_code == 401
    action, fields = form_of(answer)
    assert action == address
    kept = [(name, value) for name, value in fields if name != "csrfmiddlewaretoken"]
    assert kept == [
        (name, value) for name, said in sent.items() for value in (said if isinstance(said, list) else [said])
        if name != "csrfmiddlewaretoken"
    ]  # fmt: skip
    assert f"?next={address}" in answer.content.decode()
    assert editor.post(action, dict(kept)).status_code == 302
    assert "Repris" in editor.get(address).content.decode()


def test_nothing_typed_leads_to_sign_in_at_once(client, address):
    assert client.post(address).status_code == 302


@pytest.mark.parametrize("header", ["X-Autosave", "X-Plan"])
def test_a_script_is_led_to_sign_in_as_it_expects(client, address, header):
    assert client.post(address, SECTION, headers={header: "1"}).status_code == 302


def test_a_form_older_than_the_sign_in_is_sent_again_with_a_new_token(browser, address):
    browser.force_login(team_member(Role.EDITOR))
    sent = typed(browser.get(address)) | SECTION | {"csrfmiddlewaretoken": "x" * 64}
    answer = browser.post(address, sent, headers={"Origin": "http://testserver"})
    assert answer.status_code == 403
    action, fields = form_of(answer)
    assert browser.post(action, dict(fields), headers={"Origin": "http://testserver"}).status_code == 302


@pytest.mark.parametrize("origin", [{}, {"Origin": "https://ailleurs.example"}, {"Origin": "null"}])
def test_what_another_site_sends_is_not_given_back(browser, address, origin):
    browser.force_login(team_member(Role.EDITOR))
    answer = browser.post(address, SECTION, headers=origin)
    assert answer.status_code == 403
    assert html.fromstring(answer.content.decode()).xpath("//main//form") == []


def test_a_password_is_never_written_in_a_page(browser):
    sent = {"login": "elsa@exemple.test", "password": "secret-de-elsa"}
    answer = browser.post(reverse("account_login"), sent, headers={"Origin": "http://testserver"})
    assert answer.status_code == 403
    assert "secret-de-elsa" not in answer.content.decode()
