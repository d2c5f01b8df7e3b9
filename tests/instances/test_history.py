"""Who changed what in the register, gesture by gesture, and what is not kept of it."""

import datetime as dt

import pytest
import time_machine
import zeal
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from instances.models import Document, Instance, Mandate, Meeting, Revision, Seat, Subject
from instances.subjects import carry
from people.models import Role
from tests.instances.factories import BodyRevisionFactory, InstanceFactory, MandateFactory, MeetingFactory, SeatFactory
from tests.people.factories import PersonFactory, team_member
from tests.roadmaps.factories import ActionFactory, EditionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
MEETING = {"title": "Plénière", "held_on": "2026-12-10", "is_public": "on"}
BODY = {"name": "Comité régional", "level": "regional", "kind": "steering", "warning": "6", "is_public": "on"}


@pytest.fixture
def today():
    with time_machine.travel("2026-11-24T10:00:00+01:00", tick=False), zeal.zeal_ignore():
        yield


@pytest.fixture
def writer():
    return team_member(Role.EDITOR)


@pytest.fixture
def send(client_for, writer):
    """Post to a page of the register as the writer, and make sure that it was done."""
    client = client_for(writer)

    def post(page, instance, /, *rest, **data):
        answer = client.post(reverse(page, args=[instance.slug, *rest]), data)
        assert answer.status_code == 302, answer.context["form"].errors
        return answer

    return post


def told():
    """Give what was told, the oldest first, without no-break spaces."""
    found = Revision.objects.select_related("by").order_by("pk")
    return [str(one).replace("\u00a0", " ") for one in found]


def changes(**which):
    found = Revision.objects.filter(**which).latest("pk").changes
    return [tuple(text.replace("\u00a0", " ") for text in one) for one in found]


@pytest.fixture
def bo():
    person = PersonFactory(first_name="Bo", last_name="Li")
    return MandateFactory(seat__label="CRESS", person=person, term_on=dt.date(2026, 12, 31))


def test_the_life_of_a_mandate_is_told(send, writer, bo):
    body, seat = bo.seat.instance, bo.seat
    send("mandate-renew", body, bo.pk, starts_on="2027-01-01", term_on="2029-12-31", act="AG", version=1)
    new = Mandate.objects.latest("pk")
    fixed = {"person": "Bo Li", "quality": "staff", "starts_on": "2027-01-01", "term_on": "2029-12-31", "act": "AG"}
    send("mandate-correct", body, new.pk, **fixed, internal_note="Entre nous", version=1)
    send("mandate-cancel", body, new.pk, resumes="on", version=2)
    send("mandate-replace", body, bo.pk, person="Ana Roy", quality="elected", starts_on="2026-12-01",
         reason="resigned", version=3)  # fmt: skip
    ana = Mandate.objects.latest("pk")
    send("mandate-end", body, ana.pk, ended_on="2026-12-15", reason="other", version=1)
    send("mandate-appoint", body, seat.pk, person="Zo Ba", quality="elected", starts_on="2026-12-16")
    assert told() == [
        "a enregistré la fin du mandat de Bo Li, siège « CRESS »",
        "a renouvelé le mandat de Bo Li, siège « CRESS »",
        "a corrigé le mandat de Bo Li, siège « CRESS »",
        "a annulé la nomination de Bo Li, siège « CRESS »",
        "a rétabli le mandat de Bo Li, siège « CRESS »",
        "a remplacé Bo Li, siège « CRESS »",
        "a nommé Ana Roy, siège « CRESS »",
        "a enregistré la fin du mandat de Ana Roy, siège « CRESS »",
        "a nommé Zo Ba, siège « CRESS »",
    ]
    assert {one.by for one in Revision.objects.select_related("by")} == {writer}
    assert changes(gesture="corrected") == [("Qualité", "Élu·e bénévole", "Salarié·e"), ("Note interne", "", "")]
    assert changes(gesture="replaced") == [
        ("Terminé le", "", "30 novembre 2026"), ("Motif de la fin", "", "Démission"),
    ]  # fmt: skip
    assert changes(gesture="renewed") == [
        ("Personne", "", "Bo Li"), ("Qualité", "", "Élu·e bénévole"), ("Acte", "", "AG"),
        ("Début", "", "1er janvier 2027"), ("Échéance", "", "31 décembre 2029"),
    ]  # fmt: skip


def test_an_election_is_told_seat_by_seat(send):
    seat = SeatFactory(label="Un")
    other = SeatFactory(instance=seat.instance, label="Deux")
    sent = {f"siege-{seat.pk}": "Ana Roy", f"siege-{other.pk}": "Bo Li"}
    send("seats-fill", seat.instance, starts_on="2026-12-01", **sent)
    assert told() == ["a nommé Ana Roy, siège « Un »", "a nommé Bo Li, siège « Deux »"]


def test_the_life_of_a_body_is_told(send, client_for, writer):
    client_for(writer).post(reverse("instance-create"), BODY)
    body, new = Instance.objects.get(), InstanceFactory(name="Commission")
    described = BODY | {"name": "Comité", "mission": "Emploi", "themes": [], "internal_note": "Secret"}
    send("instance-edit", body, **described, version=1)
    send("instance-verify", body)
    send("seat-create", body, label="CRESS", voice="deliberative", cress_role="member", position=0)
    seat = Seat.objects.get()
    send("seat-edit", body, seat.pk, label="CRESS", voice="guest", cress_role="member", position=0, version=1)
    send("instance-dissolve", body, dissolved_on="2027-01-01", successors=new.name, version=3)
    send("instance-revive", body, version=4)
    send("seat-close", body, seat.pk, closed_on="2027-01-01", version=2)
    assert told() == [
        "a inscrit l’instance « Comité régional »",
        "a modifié les caractéristiques de l’instance « Comité »",
        "a vérifié l’instance « Comité »",
        "a ajouté le siège « CRESS »",
        "a modifié le siège « CRESS »",
        "a supprimé le siège « CRESS »",
        "a enregistré la fin de l’instance « Comité »",
        "a rétabli le siège « CRESS »",
        "a annulé la fin de l’instance « Comité »",
        "a supprimé le siège « CRESS »",
    ]
    assert changes(gesture="described") == [
        ("Nom", "Comité régional", "Comité"), ("Mission", "", "Emploi"), ("Note interne", "", ""),
    ]  # fmt: skip
    assert changes(gesture="dissolved") == [
        ("N’existe plus depuis le", "", "1er janvier 2027"), ("Remplacée par", "", "Commission"),
    ]  # fmt: skip
    assert changes(gesture="seat_written") == [("Voix", "Délibérative", "Invité")]


def test_the_life_of_a_meeting_is_told_without_what_was_said_there(send, bo):
    body = bo.seat.instance
    send("meeting-create", body, **MEETING)
    meeting = Meeting.objects.get()
    send(
        "meeting-attendance", body, meeting.uid, **{f"presence-{bo.pk}": "late", f"arrivee-{bo.pk}": "10:15"}, version=1
    )
    send("meeting-attendance", body, meeting.uid, **{f"presence-{bo.pk}": "present"}, version=2)
    send("meeting-edit", body, meeting.uid, **MEETING, place="Nantes", version=3)
    send("meeting-edit", body, meeting.uid, **MEETING, place="Nantes", report_back="<p>Secret</p>", version=4)
    send("meeting-edit", body, meeting.uid, **MEETING, place="Nantes", report_back="<p>Secret</p>",
         is_cancelled="on", version=5)  # fmt: skip
    assert told() == [
        "a ajouté la séance « Plénière » du 10 décembre 2026",
        "a noté les présences de la séance « Plénière » du 10 décembre 2026",
        "a noté les présences de la séance « Plénière » du 10 décembre 2026",
        "a modifié la séance « Plénière » du 10 décembre 2026",
        "a rendu compte de la séance « Plénière » du 10 décembre 2026",
        "a annulé la séance « Plénière » du 10 décembre 2026",
    ]
    assert changes(gesture="attendance_noted") == [
        ("Bo Li, CRESS", "Arrivé·e en cours de séance à 10 h 15", "Présent·e"),
    ]  # fmt: skip
    assert changes(gesture="meeting_written") == [("Lieu", "", "Nantes")]
    assert changes(gesture="reported") == [("Retour du mandataire", "", "")]
    assert changes(gesture="meeting_cancelled") == [("Annulée", "non", "oui")]
    assert not Revision.objects.filter(changes__icontains="Secret").exists()


def test_documents_and_subjects_are_told(send, writer):
    body, edition = InstanceFactory(), EditionFactory(published=True)
    action = ActionFactory(objective__edition=edition, code="A7", title="Recycler")
    send("document-create", body, title="Avis", kind="opinion", file=SimpleUploadedFile("avis.pdf", b"%PDF-1.7"))
    document = Document.objects.get()
    send("document-edit", body, document.pk, title="Avis", kind="opinion", is_public="on")
    send("document-delete", body, document.pk)
    send("document-restore", body, document.pk)
    for _ in range(2):
        send("document-delete", body, document.pk)  # to the bin, then for good
    verbs = ["ajouté", "modifié", "mis à la corbeille", "sorti de la corbeille", "mis à la corbeille", "supprimé"]
    assert told() == [f"a {verb} le document « Avis »" for verb in verbs]
    assert changes(gesture="document_written") == [("Publié", "non", "oui")]
    Revision.objects.all().delete()
    carry(body, edition.roadmap, "", by=writer)
    carry(body, edition.roadmap, action.uid, "Fait", by=writer)
    send("subject-remove", body, Subject.objects.get().pk)
    send("steering-remove", body, edition.roadmap.pk)
    whole, part = f"la feuille de route « {edition.roadmap.title} »", "l’action « A7 Recycler »"
    assert told() == [f"a rattaché {whole}", f"a rattaché {part}", f"a retiré {part}", f"a retiré {whole}"]
    assert (Subject.objects.count(), body.roadmaps.count()) == (0, 0)


def test_what_is_refused_or_changes_nothing_leaves_no_trace(client_for, writer, bo):
    client, body = client_for(writer), bo.seat.instance
    late = {"ended_on": "2020-01-01", "reason": "other", "version": 1}
    assert client.post(reverse("mandate-end", args=[body.slug, bo.pk]), late).status_code == 422
    meeting = MeetingFactory(instance=body)
    same = {"title": meeting.title, "held_on": "2026-12-10", "is_public": "on", "version": 1}
    assert client.post(reverse("meeting-edit", args=[body.slug, meeting.uid]), same).status_code == 302
    assert told() == []


@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_history_of_a_body_costs_the_same_whatever_it_holds(client_for, writer, count, django_assert_num_queries):
    body, client = InstanceFactory(), client_for(writer)
    BodyRevisionFactory.create_batch(count, instance=body, by=writer)
    BodyRevisionFactory(title="Ailleurs")
    with django_assert_num_queries(7):
        page = client.get(reverse("instance-history", args=[body.slug]))
    assert len(page.context["entries"]) == count
    assert "Ailleurs" not in page.text
    text = " ".join(page.text.split())
    assert f"<strong>{writer}</strong> a corrigé le mandat de Ana Roy, siège « CRESS »." in text
    assert "texte interne, non gardé ici" in text
    assert page.context["entries"][0].changes[0].marks.count("3 mars 2024") == 1


def test_a_revision_outlives_the_account_of_whoever_made_it(client_for, writer):
    somebody = team_member(Role.EDITOR)
    revision = BodyRevisionFactory(by=somebody)
    somebody.delete()
    page = client_for(writer).get(reverse("instance-history", args=[revision.instance.slug]))
    assert "<strong>Quelqu’un</strong>" in page.text


@pytest.mark.parametrize(("at", "is_kept"), [("2021-11-23", False), ("2021-11-24", True), ("2021-11-25", True)])
def test_the_history_is_kept_five_years(capsys, at, is_kept):
    with time_machine.travel(f"{at}T12:00:00+01:00", tick=False):
        BodyRevisionFactory()
    call_command("oublier_historique")
    assert Revision.objects.count() == 1  # it only says what it would do
    call_command("oublier_historique", "--faire")
    assert Revision.objects.exists() == is_kept
    said = capsys.readouterr().out.replace("\u00a0", " ")
    assert said.count("1 modification" if not is_kept else "0 modification") == 2
