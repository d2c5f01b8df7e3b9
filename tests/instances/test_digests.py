"""The weekly mail: to whom, about what, once a week, each line a link, refused from the mail itself."""

import datetime as dt
import threading
from io import StringIO
from smtplib import SMTPRecipientsRefused

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import CommandError, call_command
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from instances.digests import send_digests, token_of
from instances.models import Digest, Mailing
from people.models import Role, User
from publishing.mails import Sending
from tests.instances.factories import InstanceFactory, MandateFactory, MeetingFactory
from tests.people.factories import PersonFactory, member, team_member
from tests.territories.factories import CollectiviteFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
TODAY = dt.date(2026, 11, 24)


@pytest.fixture
def today():
    with time_machine.travel("2026-11-24T10:00:00+01:00", tick=False):
        yield


def test_who_writes_is_told_of_everything_each_line_with_its_link(settings):
    settings.PUBLIC_URL = "https://portail.test"
    editor = team_member(Role.EDITOR)
    member(CollectiviteFactory())
    held = MandateFactory(seat__label="Siège", seat__instance__name="CESER", seat__instance__slug="ceser",
                          person__first_name="Bo", person__last_name="Li", term_on=dt.date(2026, 12, 31))  # fmt: skip
    meeting = MeetingFactory(instance=held.seat.instance, held_on=dt.date(2026, 11, 2))
    assert send_digests(TODAY).sent == 1
    (sent,) = mail.outbox
    assert sent.to == [editor.email]
    lines = sent.body.replace("\u00a0", " ").splitlines()
    start = lines.index("Mandats à renouveler ou à pourvoir (1)")
    assert lines[start : start + 11] == [
        "Mandats à renouveler ou à pourvoir (1)",
        "- CESER, Siège : le mandat de Bo Li arrive à échéance le 31 décembre 2026",
        "  https://portail.test/espace/instances/ceser/",
        "",
        "Séances sans retour (1)",
        "- CESER, séance du 2 novembre 2026",
        f"  https://portail.test/espace/instances/ceser/seances/{meeting.uid}/",
        "",
        "Instances à vérifier (1)",
        "- CESER : jamais vérifiée",
        "  https://portail.test/espace/instances/ceser/",
    ]


def test_any_other_member_is_told_of_the_bodies_where_he_sits():
    reader = team_member(Role.READER)
    MandateFactory(person=PersonFactory(user=reader), seat__instance__name="Ici")
    InstanceFactory(name="Ailleurs")
    send_digests(TODAY)
    assert [("Ici" in sent.body, "Ailleurs" in sent.body) for sent in mail.outbox] == [(True, False)]


def test_nothing_is_sent_where_nothing_awaits():
    team_member(Role.EDITOR)
    InstanceFactory(verified_on=dt.date(2025, 11, 24))
    assert send_digests(TODAY).sent == 0


def test_one_leaves_a_week_at_most_and_weeks_start_on_monday():
    team_member(Role.EDITOR)
    InstanceFactory()
    week = [send_digests(TODAY + dt.timedelta(days=n)).sent for n in range(9)]
    assert week == [1, 0, 0, 0, 0, 0, 1, 0, 0]


class PickyBackend(BaseEmailBackend):
    """A server that refuses one address."""

    refused = "cassee@cress.test"

    def send_messages(self, messages):
        for message in messages:
            if message.to == [self.refused]:
                raise SMTPRecipientsRefused({self.refused: (550, b"no such user")})
            mail.outbox.append(message)
        return len(messages)


@pytest.fixture
def picky(settings):
    settings.EMAIL_BACKEND = "tests.instances.test_digests.PickyBackend"
    mail.outbox = []
    return settings


def test_a_mail_that_fails_stops_no_other_and_leaves_at_the_next_run(picky, caplog):
    for email in ("avant@cress.test", PickyBackend.refused, "suivante@cress.test"):
        User.objects.filter(pk=team_member(Role.EDITOR).pk).update(email=email)
    InstanceFactory()
    said = StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command("envoyer_rappels", stdout=said)
    assert str(refusal.value) == "1\u00a0message n’est pas parti\u00a0: le journal dit pourquoi. Relancez la commande."
    assert refusal.value.returncode == 1
    assert said.getvalue().splitlines() == [
        "  avant@cress.test",
        "  suivante@cress.test",
        "Envoyés\u00a0: 2\u00a0messages.",
    ]
    (record,) = caplog.records
    assert (record.levelname, "550" in record.exc_text) == ("ERROR", True)
    picky.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_digests(TODAY + dt.timedelta(days=1)) == Sending(sent=1)
    assert mail.outbox[-1].to == [PickyBackend.refused]


def test_what_a_run_took_and_never_sent_is_taken_again_after_an_hour():
    editor = team_member(Role.EDITOR)
    InstanceFactory()
    monday, now = dt.date(2026, 11, 23), timezone.now()
    lost = Mailing.objects.create(user=editor, week=monday, taken_at=now - dt.timedelta(minutes=59))
    assert send_digests(TODAY) == Sending()
    Mailing.objects.filter(pk=lost.pk).update(taken_at=now - dt.timedelta(minutes=61))
    assert send_digests(TODAY) == Sending(sent=1)


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_write_once_to_each():
    for _ in range(6):
        team_member(Role.EDITOR)
    InstanceFactory()
    start, said = threading.Barrier(2), []

    def run():
        start.wait()
        said.append(send_digests(TODAY))
        connections.close_all()

    runs = [threading.Thread(target=run) for _ in range(2)]
    for one in runs:
        one.start()
    for one in runs:
        one.join()
    written = [message.to[0] for message in mail.outbox]
    assert (len(written), len(set(written)), sum(one.sent for one in said)) == (6, 6, 6)
    assert Mailing.objects.exclude(sent_at=None).count() == 6


def test_the_mail_is_refused_from_the_mail_and_taken_again_from_the_board(client, client_for):
    editor = team_member(Role.EDITOR)
    InstanceFactory()
    send_digests(TODAY)
    headers = mail.outbox[0].extra_headers
    address = reverse("digest-refuse", args=[token_of(editor)])
    assert headers["List-Unsubscribe"].endswith(f"{address}>")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    client.get(address)
    assert Digest.objects.count() == 0  # a scanner of mails opens links
    client.post(address, {"List-Unsubscribe": "One-Click"})
    assert send_digests(TODAY + dt.timedelta(days=30)).sent == 0
    assert "Vous ne recevez pas" in client_for(editor).get(reverse("workspace-instance-list")).text
    client_for(editor).post(reverse("digest-choose"))
    assert send_digests(TODAY + dt.timedelta(days=30)).sent == 1


@pytest.mark.parametrize("token", ["x", "1:aaaa:bbbb"])
def test_a_word_that_was_not_signed_here_refuses_nothing(client, token):
    assert client.post(reverse("digest-refuse", args=[token])).status_code == 404


def test_the_command_says_whom_it_wrote_to():
    editor, said = team_member(Role.EDITOR), StringIO()
    InstanceFactory()
    call_command("envoyer_rappels", stdout=said)
    assert said.getvalue().splitlines() == [f"  {editor.email}", "Envoyés\u00a0: 1\u00a0message."]


def test_the_desk_tells_how_much_awaits(client_for):
    MandateFactory(term_on=dt.date(2026, 12, 31))
    MandateFactory(term_on=dt.date(2036, 12, 31))
    page = client_for(team_member(Role.EDITOR)).get("/espace/")
    assert page.context["seats_awaiting"] == 1
    assert reverse("seat-vacancies") in page.text
    assert client_for(member(CollectiviteFactory())).get("/espace/").context["seats_awaiting"] == 0
