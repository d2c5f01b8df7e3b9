"""The weekly mail: to whom, about what, once a week, each line a link, refused from the mail itself."""

import datetime as dt
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from instances.digests import send_digests, token_of
from instances.models import Digest
from people.models import Role
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
    assert send_digests(TODAY) == 1
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
    assert send_digests(TODAY) == 0


def test_one_leaves_a_week_at_most():
    team_member(Role.EDITOR)
    InstanceFactory()
    week = [send_digests(TODAY + dt.timedelta(days=n)) for n in range(9)]
    assert week == [1, 0, 0, 0, 0, 0, 0, 1, 0]


def test_the_mail_is_refused_from_the_mail_and_taken_again_from_the_board(client, client_for):
    editor = team_member(Role.EDITOR)
    InstanceFactory()
    send_digests(TODAY)
    headers = mail.outbox[0].extra_headers
    address = reverse("digest-refuse", args=[token_of(editor)])
    assert headers["List-Unsubscribe"].endswith(f"{address}>")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    client.get(address)
    assert Digest.objects.get().is_refused is False  # a scanner of mails opens links
    client.post(address, {"List-Unsubscribe": "One-Click"})
    assert send_digests(TODAY + dt.timedelta(days=30)) == 0
    assert "Vous ne recevez pas" in client_for(editor).get(reverse("workspace-instance-list")).text
    client_for(editor).post(reverse("digest-choose"))
    assert send_digests(TODAY + dt.timedelta(days=30)) == 1


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
