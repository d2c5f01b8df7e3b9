"""A visitor asks for an alert with an address alone, confirms it from the mailbox, changes it and ends it."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alerts.models import Alert, Request, Subscriber
from alerts.subscribing import CONFIRM, END, MINE, confirm, end, forget_unconfirmed, token_of
from alerts.views import MAIL_IS_DOWN
from roadmaps.models import Theme
from tests.alerts.factories import AlertFactory, RequestFactory, SubscriberFactory
from tests.html_client import ReadingClient
from tests.people.factories import team_member
from tests.roadmaps.factories import EditionFactory
from tests.roadmaps.whole import whole_edition
from ui.visitors import TOO_QUICK, TRAPPED

pytestmark = pytest.mark.django_db


@pytest.fixture
def typed(client: ReadingClient, clock) -> dict[str, str]:
    """Read the form, and take the time to fill it in."""
    read_at = client.get("/alertes/actions/").context["form"]["read_at"].value()
    clock.shift(20)
    return {"email": "Camille@Exemple.test", "frequency": "daily", "read_at": read_at}


def path_in(body: str, name: str) -> str:
    """Give the path of the link of that kind that a mail holds."""
    return re.search(rf"http://127\.0\.0\.1:8000(/alertes/{name}/\S+)", body)[1]


def words_of(response) -> str:
    return response.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")


def test_an_alert_starts_when_the_owner_of_the_address_confirms_it(client: ReadingClient, typed, clock) -> None:
    theme = Theme.objects.all()[0]
    whole_edition(published=True)
    answer = client.post(f"/alertes/actions/?theme={theme.code}&tri=echeance&page=3&inconnu=1", typed)
    assert (answer.status_code, answer["Location"]) == (302, "/alertes/demandee/")
    (asked,) = mail.outbox
    assert (asked.to, asked.subject) == (
        ["camille@exemple.test"],
        "Confirmez votre alerte – Portail ESS des Pays de la Loire",
    )
    assert f"Les actions (Thématique\u00a0: {theme.label})" in asked.body
    assert (Alert.objects.count(), Subscriber.objects.count()) == (0, 0)

    path = path_in(asked.body, "confirmer")
    assert "camille@exemple.test" in words_of(client.get(path))
    assert Alert.objects.count() == 0  # opening the link confirms nothing
    clock.shift(60)
    answer = client.post(path)
    alert = Alert.objects.select_related("subscriber").get()
    assert (alert.subscriber.email, alert.kind, alert.query, alert.frequency) == (
        "camille@exemple.test",
        "actions",
        f"theme={theme.code}",
        "daily",
    )
    assert Request.objects.count() == 0
    assert "Votre alerte est en place." in words_of(client.get(answer["Location"]))
    assert (client.get(path).status_code, client.post(path).status_code) == (410, 410)
    assert len(mail.outbox) == 1
    assert client.cookies == {}


def test_whoever_asks_for_an_alert_that_runs_is_told_nothing_of_it(client: ReadingClient, typed) -> None:
    pages = []
    for address in ("nouvelle@exemple.test", "ancienne@exemple.test"):
        if address.startswith("ancienne"):
            AlertFactory(subscriber__email=address, frequency="weekly")
        answer = client.post("/alertes/actions/", typed | {"email": address})
        pages.append((answer.status_code, answer["Location"], client.get(answer["Location"]).content))
    assert pages[0] == pages[1]
    new, old = (re.sub(r"http\S+", "", one.body) for one in mail.outbox)
    assert new == old
    assert Alert.objects.get().frequency == "weekly"  # until its owner says otherwise
    client.post(path_in(mail.outbox[1].body, "confirmer"))
    assert Alert.objects.get().frequency == "daily"


def test_an_address_that_confirms_nothing_gets_three_mails_a_day(client: ReadingClient, typed, clock) -> None:
    answers = [client.post("/alertes/actions/", typed, REMOTE_ADDR=f"10.0.0.{n}")["Location"] for n in range(5)]
    assert (answers, len(mail.outbox)) == (["/alertes/demandee/"] * 5, 3)
    clock.shift(dt.timedelta(days=1))
    read_at = client.get("/alertes/actions/").context["form"]["read_at"].value()
    clock.shift(20)
    client.post("/alertes/actions/", typed | {"read_at": read_at})
    assert len(mail.outbox) == 4


def test_a_mail_that_nobody_asked_for_does_not_carry_what_a_stranger_typed(client: ReadingClient, typed) -> None:
    client.post("/alertes/actions/?q=Gagnez+http%3A%2F%2Fpiege.test", typed)
    assert "Gagnez" not in mail.outbox[0].body + mail.outbox[0].subject
    assert Request.objects.get().title == "Les actions (Mots\u00a0: Gagnez http://piege.test)"


def test_a_visitor_asks_ten_times_an_hour(client: ReadingClient, typed) -> None:
    addresses = [f"visiteuse-{n}@exemple.test" for n in range(11)]
    codes = [client.post("/alertes/actions/", typed | {"email": one}).status_code for one in addresses]
    assert codes == [302] * 10 + [429]


def test_if_mail_is_down_the_visitor_is_told_and_asks_again(client: ReadingClient, typed, mail_is_down) -> None:
    answer = client.post("/alertes/actions/", typed)
    assert (answer.status_code, answer.context["form"].non_field_errors()) == (503, [MAIL_IS_DOWN])
    assert answer.context["form"]["email"].value() == "Camille@Exemple.test"
    assert Request.objects.count() == 0
    mail_is_down()
    assert client.post("/alertes/actions/", typed).status_code == 302
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("changed", "errors"),
    [
        ({"site": "http://robot.test"}, {"__all__": [TRAPPED]}),
        ({"email": "camille"}, {"email": ["Saisissez une adresse de courriel valide."]}),
        ({"frequency": "hourly"}, {"frequency": ["Sélectionnez un choix valide. hourly n’en fait pas partie."]}),
    ],
)
def test_robots_and_mistakes_are_told(client: ReadingClient, typed, changed, errors) -> None:
    answer = client.post("/alertes/actions/", typed | changed)
    assert (answer.status_code, answer.context["form"].errors) == (422, errors)
    assert mail.outbox == []


def test_a_form_sent_too_fast_is_refused(client: ReadingClient, typed, clock) -> None:
    clock.shift(-19)
    answer = client.post("/alertes/actions/", typed)
    assert answer.context["form"].non_field_errors() == [TOO_QUICK]


@pytest.mark.parametrize("email", ["a@exemple.test\nBcc: b@exemple.test", "a@exemple.test\r\n\r\nTexte"])
def test_a_line_break_cannot_forge_a_header(client: ReadingClient, typed, email: str) -> None:
    answer = client.post("/alertes/actions/", typed | {"email": email})
    assert (answer.status_code, list(answer.context["form"].errors), mail.outbox) == (422, ["email"], [])


@pytest.mark.parametrize("kind", ["inconnue", "feuille-de-route", "feuille-de-route/?feuille=brouillon"])
def test_what_does_not_exist_or_is_in_preparation_cannot_be_followed(client: ReadingClient, kind: str) -> None:
    EditionFactory(roadmap__slug="brouillon", roadmap__title="Titre secret")
    address = f"/alertes/{kind}" if "?" in kind else f"/alertes/{kind}/"
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("address", "title", "back", "feed"),
    [
        ("feuille-de-route/?feuille=fdr", "Feuille (Ici)", "/feuilles-de-route/fdr/",
         "/feuilles-de-route/fdr/flux.atom"),
        ("feuilles-de-route/?q=ess", "Les feuilles de route (Mots\u00a0: ess)", "/feuilles-de-route/?q=ess",
         "/feuilles-de-route/flux.atom?q=ess"),
        ("prises-de-position/", "Les prises de position", "/prises-de-position/", "/prises-de-position/flux.atom"),
        ("seances/?q=x", "Les séances des instances", "/instances/agenda/", "/instances/agenda.atom"),
    ],
)  # fmt: skip
def test_the_form_names_what_is_followed(client: ReadingClient, address, title, back, feed) -> None:
    EditionFactory(
        published=True, roadmap__slug="fdr", roadmap__title="Feuille", roadmap__collectivite__display_name="Ici"
    )
    thing = client.get(f"/alertes/{address}").context["thing"]
    assert (thing.title, thing.url, thing.feed) == (title, back, feed)


def test_a_request_that_is_not_confirmed_is_erased_after_seven_days(client: ReadingClient, clock) -> None:
    path = f"/alertes/confirmer/{token_of(CONFIRM, RequestFactory())}/"
    clock.shift(dt.timedelta(days=7, seconds=-1))
    assert (forget_unconfirmed(), client.get(path).status_code) == (0, 200)
    clock.shift(1)
    assert client.post(path).status_code == 410  # whether or not the command has run
    assert (forget_unconfirmed(), Request.objects.count(), Alert.objects.count()) == (1, 0, 0)


def test_a_link_ends_an_alert_without_cookie_and_with_one_request(client: ReadingClient) -> None:
    kept = AlertFactory(kind="seances")
    ended = AlertFactory(subscriber=kept.subscriber)
    path = f"/alertes/arreter/{token_of(END, ended)}/"
    assert "Arrêter cette alerte" in words_of(client.get(path))
    assert Alert.objects.count() == 2  # scanners of mails open links
    bare = ReadingClient(enforce_csrf_checks=True)
    for _ in range(2):  # a second time says the same
        answer = bare.post(path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
        assert (answer.status_code, "C’est arrêté" in words_of(answer)) == (200, True)
    assert list(Alert.objects.all()) == [kept]
    assert (bare.cookies, answer["Cache-Control"].split(", ")[-1]) == ({}, "private")


def test_an_address_is_forgotten_with_its_last_alert(client: ReadingClient) -> None:
    alert = AlertFactory()
    client.post(f"/alertes/arreter/{token_of(END, alert)}/")
    assert (Alert.objects.count(), Subscriber.objects.count()) == (0, 0)
    assert "Vous n’avez plus d’alerte" in words_of(
        client.get(f"/alertes/mes-alertes/{token_of(MINE, alert.subscriber)}/")
    )


def test_one_changes_ends_one_or_ends_all_from_the_link_of_any_mail(client: ReadingClient) -> None:
    subscriber, other = SubscriberFactory(), AlertFactory()
    first, second, third = (
        AlertFactory(subscriber=subscriber, kind=kind) for kind in ("actions", "seances", "feuilles-de-route")
    )
    path = f"/alertes/mes-alertes/{token_of(MINE, subscriber)}/"

    def post(**typed: object) -> int:
        return client.post(path, typed).status_code

    assert post(gesture="changer", alert=first.pk, frequency="daily") == 302
    assert list(Alert.objects.order_by("pk").values_list("frequency", flat=True)) == [
        "weekly",
        "daily",
        "weekly",
        "weekly",
    ]
    assert post(gesture="arreter", alert=second.pk) == 302
    assert set(subscriber.alerts.all()) == {first, third}
    refused = [
        post(gesture="arreter", alert=other.pk), post(gesture="changer", alert=other.pk, frequency="daily"),
        post(gesture="changer", alert=first.pk, frequency="hourly"), post(gesture="arreter"), post(),
    ]  # fmt: skip
    assert refused == [422] * 5
    assert post(gesture="tout-arreter") == 302
    assert list(Alert.objects.all()) == [other]
    assert list(Subscriber.objects.all()) == [other.subscriber]


@pytest.mark.parametrize("name", [CONFIRM, END, MINE])
def test_a_word_opens_nothing_but_what_it_was_signed_for(client: ReadingClient, name: str) -> None:
    alert = AlertFactory(pk=7, subscriber__pk=7)
    request = RequestFactory(pk=7)
    rows = {CONFIRM: request, END: alert, MINE: alert.subscriber}
    folders = {CONFIRM: "confirmer", END: "arreter", MINE: "mes-alertes"}
    words = [token_of(other, rows[other]) for other in rows if other != name] + [
        "faux",
        token_of(name, rows[name]) + "x",
    ]
    assert [client.post(f"/alertes/{folders[name]}/{word}/").status_code for word in words] == [404] * 4
    assert client.get(f"/alertes/{folders[name]}/{token_of(name, rows[name])}/").status_code == 200


@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_list_costs_the_same_whatever_its_length(client: ReadingClient, count: int) -> None:
    subscriber = SubscriberFactory()
    for n in range(count):
        AlertFactory(subscriber=subscriber, query=f"q={n}")
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/alertes/mes-alertes/{token_of(MINE, subscriber)}/")
    assert len(queries) == 2


def test_the_pages_are_the_same_for_whoever_is_signed_in(client: ReadingClient, client_for) -> None:
    alert = AlertFactory()
    path = f"/alertes/mes-alertes/{token_of(MINE, alert.subscriber)}/"
    assert client_for(team_member()).get(path).content == client.get(path).content


def test_the_links_to_follow_keep_the_filters_of_the_list(client: ReadingClient) -> None:
    whole_edition(published=True)
    theme = Theme.objects.all()[0].code
    for path, kind in (("/feuilles-de-route/", "feuilles-de-route"), ("/actions/", "actions")):
        page = client.get(f"{path}?tri=publication&page=1&theme={theme}").content.decode()
        assert re.findall(r'href="(/alertes/[^"]+|[^"]+\.atom[^"]*)"', page) == [
            f"{path}flux.atom?theme={theme}",
            f"/alertes/{kind}/?theme={theme}",
            f"{path}flux.atom?theme={theme}",
        ]


def test_who_confirms_while_the_last_alert_ends_keeps_the_new_one() -> None:
    alert = AlertFactory()
    request = RequestFactory(email=alert.subscriber.email, kind="seances")
    end(alert.subscriber, alert)
    assert confirm(request).subscriber.email == request.email
    assert Alert.objects.get().kind == "seances"
