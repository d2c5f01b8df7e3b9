"""The team handles messages: given to somebody, answered once, filed, forgotten after a year."""

import datetime as dt
from io import StringIO

import pytest
import time_machine
from django.conf import LazySettings
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from editorial.contact import answer
from editorial.models import ContactMessage
from people.models import Role
from publishing.versions import StaleVersionError
from tests.editorial.factories import ContactMessageFactory
from tests.people.factories import UserFactory, team_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(settings: LazySettings) -> object:
    settings.DEMO = True  # no second factor here
    return team_member(Role.EDITOR)


def said(message: ContactMessage, **fields: object) -> dict[str, object]:
    return {f"repondre-{name}": value for name, value in ({"version": message.version} | fields).items()}


def test_an_answer_leaves_once_and_says_what_it_answers(editor, client_for) -> None:
    message, browser = ContactMessageFactory(), client_for(editor)
    address = reverse("message-answer", args=[message.pk])
    browser.post(address, said(message, answer="Par un diagnostic."))
    message.refresh_from_db()
    assert (message.answer, message.is_answer_sent, message.handled_by) == ("Par un diagnostic.", True, editor)
    assert [one.to for one in mail.outbox] == [[message.email]]
    assert "Par un diagnostic." in mail.outbox[0].body
    assert message.text in mail.outbox[0].body
    again = browser.post(address, said(message, version=1, answer="Autre chose."))
    assert (again.status_code, len(mail.outbox)) == (409, 1)
    assert "Autre chose." in again.content.decode() or message.is_handled


def test_an_answer_that_does_not_leave_is_kept_and_sent_again(editor, client_for, settings) -> None:
    message, browser = ContactMessageFactory(), client_for(editor)
    address = reverse("message-answer", args=[message.pk])
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    page = browser.post(address, said(message, answer="Par un diagnostic."), follow=True)
    message.refresh_from_db()
    assert (message.answer, message.is_answer_sent) == ("Par un diagnostic.", False)
    assert "n’est pas parti" in page.content.decode()
    settings.EMAIL_BACKEND = backend
    browser.post(address, said(message, answer="Par un diagnostic."))
    message.refresh_from_db()
    assert message.is_answer_sent


def test_two_people_who_answer_at_once_send_one_answer(editor) -> None:
    message = ContactMessageFactory()
    other = ContactMessage.objects.get(pk=message.pk)
    answer(message, "Le premier.", editor, version=1)
    with pytest.raises(StaleVersionError):
        answer(other, "Le second.", editor, version=1)
    assert [one.body.splitlines()[0] for one in mail.outbox] == ["Le premier."]


def test_a_message_is_given_to_somebody_of_the_team_and_to_nobody_else(editor, client_for) -> None:
    message, browser, stranger = ContactMessageFactory(), client_for(editor), UserFactory()
    address = reverse("message-assign", args=[message.pk])
    browser.post(address, {"confier-assigned_to": stranger.pk, "confier-version": 1})
    message.refresh_from_db()
    assert message.assigned_to is None
    browser.post(address, {"confier-assigned_to": editor.pk, "confier-version": 1})
    message.refresh_from_db()
    assert message.assigned_to == editor


def test_a_message_is_filed_without_an_answer_and_leaves_the_list(editor, client_for) -> None:
    message, browser = ContactMessageFactory(), client_for(editor)
    browser.post(reverse("message-file", args=[message.pk]), {"version": message.version})
    assert list(browser.get(reverse("message-list")).context["page"]) == []
    assert list(browser.get(reverse("message-list") + "?voir=traites").context["page"]) == [message]
    assert mail.outbox == []


@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_list_costs_the_same_whatever_it_holds(count, editor, client_for, django_assert_num_queries) -> None:
    for _ in range(count):
        ContactMessageFactory(assigned_to=team_member(Role.EDITOR))
    browser = client_for(editor)
    with django_assert_num_queries(5):
        browser.get(reverse("message-list"))


def test_the_desk_says_what_waits(editor, client_for) -> None:
    ContactMessageFactory()
    ContactMessageFactory(handled_at=timezone.now())
    assert "1\u00a0message à traiter" in client_for(editor).get("/espace/").content.decode()


def test_what_was_handled_a_year_ago_is_shown_then_erased() -> None:
    with time_machine.travel(dt.datetime(2025, 11, 23, 12, tzinfo=dt.UTC), tick=False):
        old = ContactMessageFactory(handled_at=timezone.now())
    ContactMessageFactory(handled_at=dt.datetime(2025, 11, 25, 12, tzinfo=dt.UTC))
    waiting = ContactMessageFactory()
    with time_machine.travel(dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC), tick=False):
        call_command("effacer_messages", stdout=(shown := StringIO()))
        assert ContactMessage.objects.count() == 3
        call_command("effacer_messages", "--effacer", stdout=StringIO())
    assert f"  {old.pk}, traité le 2025-11-23" in shown.getvalue()
    assert set(ContactMessage.objects.values_list("pk", flat=True)) == {waiting.pk, waiting.pk - 1}
