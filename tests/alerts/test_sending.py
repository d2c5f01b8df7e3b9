"""What is new leaves once, in time, to whoever confirmed; what fails is tried again; nothing hidden is told."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from alerts.models import Alert, Request
from alerts.sending import send_alerts
from instances.models import Meeting
from publishing.mails import Sending
from roadmaps.models import Action, ProgressReport, RoadmapListing, Theme
from tests.alerts.conftest import NOW
from tests.alerts.factories import LAST_WEEK, AlertFactory, RequestFactory
from tests.editorial.factories import PublicationFactory
from tests.instances.factories import MeetingFactory
from tests.roadmaps.factories import EditionFactory, RoadmapFactory
from tests.roadmaps.whole import whole_edition

pytestmark = pytest.mark.django_db
YESTERDAY = NOW - dt.timedelta(days=1)
LONG_AGO = NOW - dt.timedelta(days=90)


@pytest.fixture
def edition():
    roadmap = RoadmapFactory(slug="fdr", title="Feuille", collectivite__display_name="Ici")
    edition = whole_edition(actions=2, published_at=LONG_AGO, roadmap=roadmap)
    for rank, action in enumerate(Action.objects.filter(edition=edition).order_by("position")):
        Action.objects.filter(pk=action.pk).update(title=f"Action {rank}", uid=f"uid0000{rank}")
    return edition


def report(edition, uid="uid00000", at=YESTERDAY, **said):
    fields = {"status": "ongoing", "said_on": at.date(), "text": "Les murs sont là.", **said}
    made = ProgressReport.objects.create(roadmap=edition.roadmap, uid=uid, **fields)
    ProgressReport.objects.filter(pk=made.pk).update(reported_at=at)
    return made


def told() -> list[list[str]]:
    """Give the titles of what each mail tells, in the order of the mails."""
    return [
        [line.removeprefix("- ").replace("\u00a0", " ") for line in one.body.splitlines() if line.startswith("- ")]
        for one in mail.outbox
    ]


def test_a_mail_tells_what_is_new_and_how_to_have_no_more(edition, settings):
    settings.PUBLIC_URL = "https://portail.test"
    alert = AlertFactory(kind="feuille-de-route", query="feuille=fdr", title="Feuille (Ici)")
    said = report(edition)
    assert send_alerts() == Sending(sent=1)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (
        [alert.subscriber.email],
        "Du nouveau : Feuille (Ici) – Portail ESS des Pays de la Loire",
    )
    lines = sent.body.splitlines()
    assert lines[2:7] == [
        "Ce qui est nouveau depuis le 17 novembre 2026 dans : Feuille (Ici)",
        "",
        "- A0 Action 0 : en cours",
        "  Les murs sont là.",
        f"  https://portail.test/feuilles-de-route/fdr/actions/uid00000/#point-{said.pk}",
    ]
    ending = next(line.partition(" : ")[2] for line in lines if line.startswith("Arrêter cette alerte"))
    assert sent.extra_headers == {
        "List-Unsubscribe": f"<{ending}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert ending.startswith("https://portail.test/alertes/arreter/")
    assert "https://portail.test/alertes/mes-alertes/" in sent.body


def test_each_kind_tells_its_own_news_and_no_draft(edition):
    here, elsewhere = Theme.objects.all()[0].code, Theme.objects.all()[3].code
    for kind, query in (
        ("feuille-de-route", "feuille=fdr"), ("feuilles-de-route", ""), ("actions", f"theme={here}"),
        ("actions", f"theme={elsewhere}"), ("prises-de-position", ""), ("seances", ""),
    ):  # fmt: skip
        AlertFactory(kind=kind, query=query)
    report(edition)
    report(edition, "uid00001", is_renewal=True)
    report(edition, "uid00001", at=LONG_AGO)
    whole_edition(published_at=YESTERDAY, roadmap__title="Nouvelle", roadmap__collectivite__display_name="Là")
    EditionFactory(roadmap__title="Secrète")
    EditionFactory(roadmap=edition.roadmap, number=2)
    PublicationFactory(title="Lettre", published=True)
    PublicationFactory(title="Ancienne", published=True)
    PublicationFactory(title="Brouillon")
    lately = {"title": "Séance", "held_on": dt.date(2026, 12, 3)}
    MeetingFactory(instance__name="CESER", **lately)
    MeetingFactory(instance__name="Ailleurs", instance__is_public=False, **lately)
    MeetingFactory(instance__name="À part", is_public=False, **lately)
    MeetingFactory(instance__name="Passée", held_on=dt.date(2026, 11, 20))
    online = type(PublicationFactory.build()).objects.online()
    online.filter(title="Lettre").update(published_at=YESTERDAY)
    online.filter(title="Ancienne").update(published_at=LONG_AGO)
    Meeting.objects.update(modified_at=YESTERDAY)
    assert send_alerts() == Sending(sent=5)
    assert told() == [
        ["A0 Action 0 : en cours"],
        ["Nouvelle (Là) : édition 1 publiée"],
        ["Nouvelle (Là) : édition 1 publiée", "Feuille (Ici), A0 Action 0 : en cours"],
        [f"{PublicationFactory._meta.model.objects.online().get(title='Lettre').get_kind_display()} : Lettre"],
        ["CESER : Séance, le 3 décembre 2026"],
    ]


def test_nothing_leaves_before_the_address_is_confirmed(edition):
    RequestFactory()
    report(edition)
    assert (send_alerts(), mail.outbox) == (Sending(), [])


def test_each_thing_is_told_once_every_day_or_every_week(edition, clock):
    AlertFactory(frequency="daily", subscriber__email="jour@exemple.test")
    AlertFactory(frequency="weekly", subscriber__email="semaine@exemple.test")
    sent = []
    for day in range(9):
        report(edition, at=NOW + dt.timedelta(days=day, hours=-1))
        for _ in range(2):  # a second run the same day sends nothing
            mail.outbox.clear()
            send_alerts()
            sent.append(
                [(one.to[0].partition("@")[0], len(lines)) for one, lines in zip(mail.outbox, told(), strict=True)]
            )
        clock.shift(dt.timedelta(days=1))
    assert sent[::2] == [
        [("jour", 1), ("semaine", 1)],
        *([[("jour", 1)]] * 6),
        [("semaine", 7), ("jour", 1)],
        [("jour", 1)],
    ]
    assert sent[1::2] == [[]] * 9


def test_what_is_written_at_the_very_moment_is_for_the_next_mail(edition, clock):
    AlertFactory(frequency="daily")
    report(edition, at=NOW - dt.timedelta(minutes=1))
    assert send_alerts() == Sending()
    clock.shift(dt.timedelta(days=1))
    assert send_alerts() == Sending(sent=1)


def test_a_choice_that_is_gone_tells_nothing_rather_than_everything(edition):
    AlertFactory(query="theme=disparu")
    AlertFactory(kind="feuille-de-route", query="feuille=disparue")
    report(edition)
    assert send_alerts() == Sending()


def test_a_roadmap_that_is_taken_away_tells_nothing(edition):
    AlertFactory()
    report(edition)
    RoadmapListing.objects.all().delete()
    assert send_alerts() == Sending()


def test_a_mail_that_fails_waits_for_the_next_run_and_the_command_says_so(edition, mail_is_down, capsys):
    AlertFactory()
    RequestFactory()
    Request.objects.update(asked_at=LONG_AGO)
    report(edition)
    with pytest.raises(CommandError, match=r"^Non partis\u00a0: 1\u00a0message, relancez plus tard\.$"):
        call_command("envoyer_alertes")
    assert Request.objects.count() == 0
    alert = Alert.objects.get()
    assert (alert.told_until, alert.taken_at) == (LAST_WEEK, None)
    mail_is_down()
    call_command("envoyer_alertes")
    assert told() == [["Feuille (Ici), A0 Action 0 : en cours"]]
    assert (
        capsys.readouterr().out.splitlines()[-1].replace("\u00a0", " ") == "Envoyés : 1 message. Effacées : 0 demande."
    )


def test_one_mail_that_cannot_be_written_to_stops_no_other(edition):
    AlertFactory(subscriber__email="pas une adresse\nBcc: tous@exemple.test")
    AlertFactory()
    report(edition)
    assert send_alerts() == Sending(sent=1, failed=1)


def test_a_mail_taken_by_a_run_that_stopped_is_sent_an_hour_later(edition, clock):
    AlertFactory(taken_at=NOW - dt.timedelta(minutes=1))
    report(edition)
    assert send_alerts() == Sending()
    clock.shift(dt.timedelta(hours=1))
    assert send_alerts() == Sending(sent=1)


@pytest.mark.parametrize("count", [1, 3, 40])
def test_a_list_is_read_once_for_all_who_follow_it(edition, count):
    for _ in range(count):
        AlertFactory(query=f"theme={Theme.objects.all()[0].code}")
    report(edition)
    with CaptureQueriesContext(connection) as queries:
        assert send_alerts() == Sending(sent=count)
    assert len(queries) == 5 + 2 * count  # who is due, four of the list; to take each mail, and to say that it left


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_send_each_mail_once():
    edition = whole_edition(published_at=LONG_AGO)
    for _ in range(8):
        AlertFactory()
    report(edition, Action.objects.get().uid)
    start = Barrier(2)

    def run() -> Sending:
        start.wait()
        try:
            return send_alerts()
        finally:
            connections.close_all()

    with ThreadPoolExecutor() as pool:
        runs = [one.result() for one in [pool.submit(run), pool.submit(run)]]
    assert (sum(one.sent for one in runs), sum(one.failed for one in runs)) == (8, 0)
    assert len({one.to[0] for one in mail.outbox}) == len(mail.outbox) == 8
