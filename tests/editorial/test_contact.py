"""A visitor writes: the message is kept, told, acknowledged; robots are refused in words; nothing typed is lost."""

import datetime as dt

import pytest
import time_machine
from django.conf import LazySettings
from django.core import mail
from django.urls import reverse

from editorial.contact import AN_ERROR
from editorial.forms.contact import path_only
from editorial.models import ContactMessage
from tests.html_client import ReadingClient
from tests.people.factories import TeamMemberFactory
from ui.visitors import TOO_OLD, TOO_QUICK, TRAPPED

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def typed(client: ReadingClient, clock) -> dict[str, str]:
    """Read the form, and take the time to fill it in."""
    read_at = client.get("/contact/?erreur").context["form"]["read_at"].value()
    clock.shift(20)
    return {
        "subject": AN_ERROR,
        "name": "Camille Riou",
        "email": "camille@exemple.test",
        "text": "La date est fausse.",
        "page": "/instances/",
        "read_at": read_at,
    }


def test_a_message_is_kept_told_and_acknowledged(
    client: ReadingClient, typed: dict[str, str], settings: LazySettings
) -> None:
    settings.CONTACT_EMAIL = "contact@exemple.test"
    answer = client.post("/contact/", typed)
    message = ContactMessage.objects.get()
    assert (message.subject, message.name, message.page) == (AN_ERROR, "Camille Riou", "/instances/")
    assert [(one.to, one.subject.split(" – ")[0]) for one in mail.outbox] == [
        (["contact@exemple.test"], f"Message reçu : {AN_ERROR}"),
        (["camille@exemple.test"], "Votre message est bien reçu"),
    ]
    assert reverse("message-detail", args=[message.pk]) in mail.outbox[0].body
    shown = client.get(answer["Location"]).content.decode()
    assert "Un accusé de réception vient de partir" in shown
    assert "camille@exemple.test" not in shown


def test_it_goes_to_whoever_answers_on_the_subject(client: ReadingClient, typed: dict[str, str]) -> None:
    TeamMemberFactory(subjects="Autre chose")
    member = TeamMemberFactory(subjects="Marchés\nAchats")
    client.post("/contact/", typed | {"subject": "Achats"})
    assert mail.outbox[0].to == [member.email]


def test_if_mail_is_down_the_message_is_kept_and_the_visitor_told_the_truth(
    client: ReadingClient, typed: dict[str, str], settings: LazySettings
) -> None:
    settings.CONTACT_EMAIL = "contact@exemple.test"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    answer = client.post("/contact/", typed)
    message = ContactMessage.objects.get()
    assert (message.is_acknowledged, message.is_forwarded) == (False, False)
    assert "n’a pas pu partir" in client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize(
    ("referer", "page"),
    [
        ("http://testserver/feuilles-de-route/exemple/?page=2", "/feuilles-de-route/exemple/"),
        ("https://ailleurs.example/feuilles-de-route/exemple/", ""),
        ("http://testserver//ailleurs.example/", ""),
        ("", ""),
    ],
)
def test_the_form_knows_the_page_one_comes_from(referer: str, page: str, client: ReadingClient) -> None:
    form = client.get("/contact/?erreur", headers={"Referer": referer}).context["form"]
    assert (form["page"].value(), form["subject"].value()) == (page, AN_ERROR)


@pytest.mark.parametrize("subject", ["Achats", "Inconnu"])
def test_the_page_of_the_team_leads_to_its_subject(subject: str, client: ReadingClient) -> None:
    TeamMemberFactory(subjects="Achats")
    shown = client.get("/contact/", {"sujet": subject}).content.decode()
    assert ('<option value="Achats" selected>' in shown) == (subject == "Achats")


@pytest.mark.parametrize(
    "text", ["//ailleurs.example/", "https://ailleurs.example/", "javascript:alert(1)", "/a\nb", ""]
)
def test_an_address_elsewhere_is_no_page(text: str) -> None:
    assert path_only(text) == ""


def refused(client: ReadingClient, typed: dict[str, str]) -> list[str]:
    answer = client.post("/contact/", typed)
    assert answer.status_code == 422
    assert ContactMessage.objects.count() == 0
    assert mail.outbox == []
    assert answer.context["form"]["text"].value() == typed["text"]
    return list(answer.context["form"].non_field_errors())


def test_a_robot_that_fills_everything_is_refused(client: ReadingClient, typed: dict[str, str]) -> None:
    assert refused(client, typed | {"site": "https://ailleurs.example"}) == [TRAPPED]


def test_what_is_sent_at_once_is_refused(client: ReadingClient, typed: dict[str, str], clock) -> None:
    clock.shift(-19)
    assert refused(client, typed) == [TOO_QUICK]


@pytest.mark.parametrize("word", ["", "faux", "x" * 5000])
def test_a_forged_time_is_refused(word: str, client: ReadingClient, typed: dict[str, str]) -> None:
    assert refused(client, typed | {"read_at": word}) == [TOO_OLD]


def test_a_page_left_open_gives_its_text_back_and_then_sends_it(
    client: ReadingClient, typed: dict[str, str], clock
) -> None:
    clock.shift(dt.timedelta(days=2))
    answer = client.post("/contact/", typed)
    form = answer.context["form"]
    assert form.non_field_errors() == [TOO_OLD]
    clock.shift(10)
    assert client.post("/contact/", typed | {"read_at": form["read_at"].value()}).status_code == 302


def test_a_visitor_sends_five_messages_an_hour(client: ReadingClient, typed: dict[str, str], clock) -> None:
    assert [client.post("/contact/", typed).status_code for _ in range(6)] == [302] * 5 + [429]
    assert client.post("/contact/", typed, REMOTE_ADDR="10.0.0.2").status_code == 302
    clock.shift(3600)
    assert client.post("/contact/", typed).status_code == 302


@pytest.mark.parametrize(
    ("field", "text"), [("subject", "Inconnu"), ("email", "camille"), ("name", ""), ("text", ""), ("text", "x" * 5001)]
)
def test_what_is_missing_or_wrong_is_said_at_its_field(
    field: str, text: str, client: ReadingClient, typed: dict[str, str]
) -> None:
    answer = client.post("/contact/", typed | {field: text})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_a_line_break_in_a_subject_cannot_forge_a_header(client: ReadingClient, typed: dict[str, str]) -> None:
    TeamMemberFactory(subjects="Un sujet")
    answer = client.post("/contact/", typed | {"subject": "Un sujet\r\nBcc: autre@exemple.test"})
    assert answer.status_code == 422


@pytest.mark.parametrize("word", ["faux", "1"])
def test_nobody_reads_the_receipt_of_another(word: str, client: ReadingClient) -> None:
    assert client.get(reverse("contact-received", args=[word])).status_code == 404


def test_a_visitor_gets_no_cookie(client: ReadingClient, typed: dict[str, str]) -> None:
    client.post("/contact/", typed)
    assert dict(client.cookies) == {}


@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_team_is_read_in_one_query(count: int, client: ReadingClient, django_assert_num_queries: object) -> None:
    for _ in range(count):
        TeamMemberFactory()
    with django_assert_num_queries(1):
        subjects = client.get("/equipe/").context["subjects"]
    assert {subject: len(members) for subject, members in subjects.items()} == {
        "Feuilles de route": count,
        "Achats responsables": count,
    }
    assert "exemple.test" not in client.get("/equipe/").content.decode()
