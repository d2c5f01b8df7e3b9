"""How staff keep the register: each gesture by its page, refusals in words, nothing half-written."""

import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from instances.models import Attendance, Document, Instance, Mandate, Meeting, Seat
from people.models import Organisation, Person, Role
from tests.instances.factories import (
    AttendanceFactory,
    DocumentFactory,
    InstanceFactory,
    MandateFactory,
    MeetingFactory,
    SeatFactory,
    SubjectFactory,
)
from tests.people.factories import OrganisationFactory, PersonFactory, member, team_member
from tests.roadmaps.factories import ActionFactory, EditionFactory
from tests.territories.factories import CollectiviteFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
BODY = {"name": "Comité régional", "level": "regional", "kind": "steering", "warning": "6"}
WHO = {"quality": "elected", "starts_on": "2026-12-01"}
MEETING = {"title": "Plénière", "held_on": "2026-12-10", "is_public": "on"}


@pytest.fixture
def today():
    with time_machine.travel("2026-11-24T10:00:00+01:00", tick=False):
        yield


@pytest.fixture
def editor(client_for):
    """The browser of someone who writes in the CRESS team."""
    return client_for(team_member(Role.EDITOR))


def errors(page):
    return " ".join(page.context["form"].errors.as_text().split()).replace("\u00a0", " ")


def address(name, instance, *rest):
    return reverse(name, args=[instance.slug, *rest])


def test_a_body_is_entered_with_what_is_known(editor):
    place, network = CollectiviteFactory(name="Sarthe"), OrganisationFactory(name="Les Écossolies")
    answers = BODY | {
        "acronym": "COPIL", "organisers": "les ecossolies\nUn nouveau réseau", "territories": f"Sarthe ({place.code})",
        "website": "exemple.fr", "is_public": "on",
    }  # fmt: skip
    answer = editor.post(reverse("instance-create"), answers)
    body = Instance.objects.get()
    assert answer["Location"] == address("instance-desk", body)
    assert (body.slug, body.website, list(body.territories.all())) == ("copil", "https://exemple.fr", [place])
    assert {str(one) for one in body.organisers.all()} == {network.name, "Un nouveau réseau"}
    shown = editor.get(address("instance-edit", body)).context["form"]
    assert shown["organisers"].value() == "Les Écossolies\nUn nouveau réseau"
    sent = answers | {"version": body.version, "base": shown.initial["base"], "name": "Autre nom"}
    assert editor.post(address("instance-edit", body), sent).status_code == 302
    body.refresh_from_db()
    assert (body.name, body.slug, body.version) == ("Autre nom", "copil", 2)


def test_two_people_on_one_body_do_not_erase_each_other(editor):
    body = InstanceFactory(name="Avant")
    base = editor.get(address("instance-edit", body)).context["form"].initial["base"]
    sent = BODY | {"version": 1, "base": base}
    editor.post(address("instance-edit", body), sent | {"name": "Premier"})
    page = editor.post(address("instance-edit", body), sent | {"name": "Second"})
    assert page.status_code == 409
    assert [one.name for one in page.context["form"].conflicts] == ["name"]
    assert Instance.objects.get().name == "Premier"


def test_a_body_is_verified_in_one_gesture(editor):
    body = InstanceFactory()
    editor.post(address("instance-verify", body))
    assert Instance.objects.get().verified_on == dt.date(2026, 11, 24)


def test_a_body_is_dissolved_into_those_that_are_named(editor):
    body, new = InstanceFactory(), InstanceFactory(name="Commission inclusion", acronym="CIIAE")
    page = editor.post(
        address("instance-dissolve", body), {"dissolved_on": "2027-01-01", "successors": "xyz", "version": 1}
    )
    assert "« xyz » : Aucune instance ne porte ce nom" in errors(page)
    page = editor.post(
        address("instance-dissolve", body), {"dissolved_on": "2027-01-01", "successors": "ciiae", "version": 9}
    )
    assert page.status_code == 409
    editor.post(address("instance-dissolve", body), {"dissolved_on": "2027-01-01", "successors": "ciiae", "version": 1})
    assert list(Instance.objects.get(pk=body.pk).successors.all()) == [new]


def test_a_seat_is_added_and_its_alternate_after_it(editor):
    body = InstanceFactory()
    seat = {"label": "Titulaire", "voice": "deliberative", "cress_role": "member", "position": "0"}
    editor.post(address("seat-create", body), seat)
    full = Seat.objects.get()
    editor.post(address("seat-create", body), seat | {"label": "Suppléance", "alternate_of": full.pk})
    assert [one.label for one in Seat.objects.in_order()] == ["Titulaire", "Suppléance"]
    elsewhere = SeatFactory()
    page = editor.post(address("seat-create", body), seat | {"alternate_of": elsewhere.pk})
    assert page.status_code == 422
    assert Seat.objects.filter(instance=body).count() == 2


def test_somebody_is_appointed_in_two_gestures(editor):
    seat = SeatFactory()
    page = editor.get(address("instance-desk", seat.instance))
    assert address("mandate-appoint", seat.instance, seat.pk) in page.text
    sent = WHO | {"person": "Ana Roy", "on_behalf_of": "Réseau neuf", "term_on": "2029-11-30"}
    assert editor.post(address("mandate-appoint", seat.instance, seat.pk), sent).status_code == 302
    mandate = Mandate.objects.select_related("person", "on_behalf_of").get()
    assert (str(mandate.person), str(mandate.on_behalf_of), mandate.term_on) == (
        "Ana Roy",
        "Réseau neuf",
        dt.date(2029, 11, 30),
    )


def test_a_refused_appointment_creates_nobody(editor):
    held = MandateFactory(person__first_name="Bo", person__last_name="Li")
    sent = WHO | {"person": "Ana Roy", "on_behalf_of": "Réseau neuf"}
    page = editor.post(address("mandate-appoint", held.seat.instance, held.seat.pk), sent)
    assert page.status_code == 422
    assert "Bo Li occupe déjà ce siège" in errors(page)
    assert (Person.objects.count(), Organisation.objects.count()) == (1, 0)
    assert page.context["form"]["person"].value() == "Ana Roy"


def test_of_two_people_of_one_name_the_page_asks_which(editor):
    one, two = PersonFactory.create_batch(2, first_name="Ana", last_name="Roy")
    seat = SeatFactory()
    url = address("mandate-appoint", seat.instance, seat.pk)
    page = editor.post(url, WHO | {"person": "ana roy"})
    assert f"Ana Roy (n° {one.pk}) ; Ana Roy (n° {two.pk}) ; ou « ana roy (nouvelle personne) »" in errors(page)
    assert "recopiez l’un" in errors(editor.post(url, WHO | {"person": "Ana Roy (n° 999999)"}))
    editor.post(url, WHO | {"person": f"Ana Roy (n° {two.pk})"})
    assert Mandate.objects.get().person == two
    seat = SeatFactory()
    editor.post(address("mandate-appoint", seat.instance, seat.pk), WHO | {"person": "Ana Roy (nouvelle personne)"})
    assert Person.objects.count() == 3


def test_a_mandate_is_renewed_replaced_ended_and_corrected_by_its_pages(editor):
    first = MandateFactory(term_on=dt.date(2026, 12, 31))
    body = first.seat.instance
    shown = editor.get(address("mandate-renew", body, first.pk)).context["form"]["starts_on"].value()
    assert shown == dt.date(2027, 1, 1)
    editor.post(
        address("mandate-renew", body, first.pk), {"starts_on": "2027-01-01", "term_on": "2029-12-31", "version": 1}
    )
    second = Mandate.objects.latest("pk")
    sent = WHO | {"person": "Ana Roy", "starts_on": "2028-01-01", "reason": "resigned", "version": 1}
    editor.post(address("mandate-replace", body, second.pk), sent)
    third = Mandate.objects.latest("pk")
    assert (third.term_on, str(third.person)) == (dt.date(2029, 12, 31), "Ana Roy")
    page = editor.post(
        address("mandate-end", body, third.pk), {"ended_on": "2027-06-30", "reason": "other", "version": 1}
    )
    assert errors(page).startswith("* ended_on * La fin tombe avant le début du mandat, le 1er janvier 2028 : ")
    editor.post(address("mandate-end", body, third.pk), {"ended_on": "2028-06-30", "reason": "other", "version": 1})
    third.refresh_from_db()
    assert third.ended_on == dt.date(2028, 6, 30)
    shown = editor.get(address("mandate-correct", body, third.pk)).context["form"]
    assert shown["person"].value() == f"Ana Roy (n° {third.person_id})"
    fixed = {
        "person": "Ana Roy",
        "quality": "staff",
        "starts_on": "2028-01-01",
        "ended_on": "2028-05-31",
        "end_reason": "other",
    }
    editor.post(address("mandate-correct", body, third.pk), fixed | {"version": third.version})
    third.refresh_from_db()
    assert (third.quality, third.ended_on) == ("staff", dt.date(2028, 5, 31))
    page = editor.post(
        address("mandate-correct", body, third.pk), fixed | {"version": third.version, "starts_on": "2027-06-01"}
    )
    assert "est déjà nommé·e sur ce siège du 1er janvier 2027 au 31 décembre 2027" in errors(page)


def test_a_gesture_on_what_changed_meanwhile_is_asked_again(editor):
    mandate = MandateFactory(version=3)
    sent = {"ended_on": "2026-11-24", "reason": "other", "version": 2}
    page = editor.post(address("mandate-end", mandate.seat.instance, mandate.pk), sent)
    assert page.status_code == 409
    assert page.context["form"]["version"].value() == "3"
    assert Mandate.objects.get().ended_on is None


def test_an_election_is_entered_at_once_or_not_at_all(editor):
    held = MandateFactory(person__first_name="Bo", person__last_name="Li")
    body, free = held.seat.instance, SeatFactory(instance=held.seat.instance)
    sent = {
        "starts_on": "2026-12-01",
        "term_on": "2029-11-30",
        f"siege-{free.pk}": "Ana Roy",
        f"siege-{held.seat.pk}": "Ana Roy",
    }
    page = editor.post(address("seats-fill", body), sent)
    assert "Bo Li occupe déjà ce siège" in errors(page)
    assert (Mandate.objects.count(), Person.objects.count()) == (1, 1)
    editor.post(address("seats-fill", body), sent | {"closes_running": "on"})
    held.refresh_from_db()
    assert held.ended_on == dt.date(2026, 11, 30)
    assert (Mandate.objects.count(), Person.objects.count()) == (3, 2)
    assert "Nommez au moins une personne" in errors(
        editor.post(address("seats-fill", body), {"starts_on": "2026-12-01"})
    )


def test_an_election_asks_which_of_two_people_of_one_name_and_keeps_the_rest_typed(editor):
    one, two = PersonFactory.create_batch(2, first_name="Ana", last_name="Roy")
    first = SeatFactory()
    body, second = first.instance, SeatFactory(instance=first.instance)
    sent = {"starts_on": "2026-12-01", f"siege-{first.pk}": "Ana Roy", f"siege-{second.pk}": "Bo Li"}
    page = editor.post(address("seats-fill", body), sent)
    assert page.status_code == 422
    assert f"Ana Roy (n° {one.pk}) ; Ana Roy (n° {two.pk})" in errors(page)
    assert page.context["form"][f"siege-{second.pk}"].value() == "Bo Li"
    assert Mandate.objects.count() == 0
    editor.post(address("seats-fill", body), sent | {f"siege-{first.pk}": f"Ana Roy (n° {two.pk})"})
    assert [str(mandate.person) for mandate in Mandate.objects.select_related("person").order_by("seat")] == [
        "Ana Roy",
        "Bo Li",
    ]
    assert Mandate.objects.get(seat=first).person == two


@pytest.mark.parametrize("count", [1, 3, 40])
def test_an_election_page_costs_the_same_whatever_the_seats(editor, count, django_assert_num_queries):
    body = InstanceFactory()
    for _ in range(count):
        MandateFactory(seat__instance=body)
    with django_assert_num_queries(8):
        editor.get(address("seats-fill", body))


def test_a_meeting_is_announced_then_told(editor):
    body = InstanceFactory()
    editor.post(address("meeting-create", body), MEETING | {"starts_at": "09:30", "ends_at": "12:00"})
    meeting = Meeting.objects.get()
    told = MEETING | {"version": 1, "report_back": "<p>Entendu</p><script>x</script>", "report_sent_to": "Bureau"}
    editor.post(address("meeting-edit", body, meeting.uid), told)
    meeting.refresh_from_db()
    assert (meeting.report_back, meeting.report_sent_to) == ("<p>Entendu</p>", "Bureau")
    page = editor.get(address("meeting-detail", body, meeting.uid))
    assert "Envoyé à Bureau" in page.text
    page = editor.post(
        address("meeting-edit", body, meeting.uid), told | {"version": 2, "starts_at": "12:00", "ends_at": "11:00"}
    )
    assert "finit avant de commencer" in errors(page)


def test_who_came_is_noted_with_alternates_and_late_arrivals(editor):
    held = MandateFactory()
    body, other = held.seat.instance, MandateFactory(seat__instance=held.seat.instance)
    alternate = MandateFactory(seat=SeatFactory(instance=body, alternate_of=held.seat))
    meeting = MeetingFactory(instance=body, held_on=dt.date(2026, 11, 20))
    sent = {
        "version": 1, f"presence-{held.pk}": "represented", f"supplee-{held.pk}": alternate.pk,
        f"presence-{other.pk}": "late", f"arrivee-{other.pk}": "10:15",
    }  # fmt: skip
    assert editor.post(address("meeting-attendance", body, meeting.uid), sent).status_code == 302
    page = editor.get(address("meeting-detail", body, meeting.uid)).text.replace("\u00a0", " ")
    assert f"Suppléé·e par {alternate.person}" in page
    assert "Arrivé·e en cours de séance à 10 h 15" in page
    sent |= {"version": 2, f"presence-{held.pk}": "present"}
    page = editor.post(address("meeting-attendance", body, meeting.uid), sent)
    assert "Suppléé·e » se dit avec le nom" in errors(page)
    assert set(Attendance.objects.values_list("state", flat=True)) == {"represented", "late"}


def test_nobody_is_noted_on_a_day_without_mandate(editor):
    gone = MandateFactory(ended_on=dt.date(2026, 6, 30))
    body = gone.seat.instance
    meeting = MeetingFactory(instance=body, held_on=dt.date(2026, 7, 1))
    page = editor.get(address("meeting-attendance", body, meeting.uid))
    assert page.context["form"].mandates == {}
    assert "il n’y a rien à noter" in page.text
    noted = AttendanceFactory(mandate=gone, meeting=MeetingFactory(instance=body, held_on=dt.date(2026, 6, 30)))
    sent = MEETING | {"held_on": "2026-07-01", "version": 1}
    page = editor.post(address("meeting-edit", body, noted.meeting.uid), sent)
    assert f"{gone.person} n’avait pas de mandat" in errors(page)


def test_an_alternate_is_noted_beside_the_holder_and_the_voices_are_told(editor):
    held = MandateFactory(person__first_name="Bo", person__last_name="Li")
    body = held.seat.instance
    alternate = MandateFactory(seat=SeatFactory(instance=body, alternate_of=held.seat, label="Suppléance"))
    vacant = SeatFactory(instance=body, label="Vacant")
    lonely = MandateFactory(seat=SeatFactory(instance=body, alternate_of=vacant))
    meeting = MeetingFactory(instance=body, held_on=dt.date(2026, 11, 20))
    url = address("meeting-attendance", body, meeting.uid)
    form = editor.get(url).context["form"]
    assert list(form.mandates) == [held.pk, alternate.pk, lonely.pk]
    offered = [value for value, _ in form.fields[f"presence-{alternate.pk}"].choices]
    assert offered == ["", "present", "late", "excused", "absent"]
    sent = {
        "version": 1, f"presence-{held.pk}": "present", f"presence-{alternate.pk}": "late",
        f"arrivee-{alternate.pk}": "10:15", f"presence-{lonely.pk}": "present",
    }  # fmt: skip
    assert editor.post(url, sent).status_code == 302
    page = editor.get(address("meeting-detail", body, meeting.uid)).text.replace("\u00a0", " ")
    assert "2 voix délibératives entendues" in page
    assert f"<strong>{alternate.person}</strong>, Suppléance (suppléant·e)" in page
    shown = editor.get(url).context["form"]
    assert shown[f"presence-{alternate.pk}"].value() == "late"
    sent |= {"version": 2, f"presence-{held.pk}": "represented", f"supplee-{held.pk}": alternate.pk}
    sent |= {f"presence-{alternate.pk}": "absent", f"arrivee-{alternate.pk}": ""}
    assert "se contredisent" in errors(editor.post(url, sent))
    assert Attendance.objects.get(mandate=alternate).state == "late"


def test_a_presence_left_without_mandate_is_shown_and_never_lost_unsaid(editor):
    held = MandateFactory()
    body, meeting = held.seat.instance, MeetingFactory(instance=held.seat.instance, held_on=dt.date(2026, 11, 20))
    AttendanceFactory(meeting=meeting, mandate=held)
    Mandate.objects.update(ended_on=dt.date(2026, 11, 19))  # as no verb does
    url = address("meeting-attendance", body, meeting.uid)
    assert editor.get(url).context["form"][f"presence-{held.pk}"].value() == "present"
    page = editor.post(url, {"version": 1, f"presence-{held.pk}": "present"})
    assert "n’avait pas de mandat" in errors(page)
    assert Attendance.objects.count() == 1
    editor.post(url, {"version": 1, f"presence-{held.pk}": ""})
    assert Attendance.objects.count() == 0


def test_an_appointment_is_cancelled_from_the_desk_and_the_seat_given_back_if_asked(editor):
    former = MandateFactory(person__first_name="Bo", person__last_name="Li", term_on=dt.date(2026, 12, 31))
    body = former.seat.instance
    editor.post(address("mandate-renew", body, former.pk), {"starts_on": "2027-01-01", "version": 1})
    new = Mandate.objects.latest("pk")
    page = editor.get(address("instance-desk", body)).text
    assert "Nominations à venir" in page
    for name, mandate, is_offered in [
        ("mandate-cancel", new, True), ("mandate-correct", new, True), ("mandate-end", former, True),
        ("mandate-replace", former, True), ("mandate-renew", former, False),
    ]:  # fmt: skip
        assert (f'href="{address(name, body, mandate.pk)}"' in page) == is_offered
    page = editor.get(address("mandate-cancel", body, new.pk))
    assert page.context["form"]["resumes"].initial is True
    assert "Garder cette nomination" in page.text
    stale = editor.post(address("mandate-cancel", body, new.pk), {"version": 9})
    assert (stale.status_code, stale.context["form"]["version"].value()) == (409, "1")
    editor.post(address("mandate-cancel", body, new.pk), {"version": 1, "resumes": "on"})
    former.refresh_from_db()
    assert (Mandate.objects.count(), former.ended_on) == (1, None)
    AttendanceFactory(meeting=MeetingFactory(instance=body, held_on=dt.date(2026, 3, 1)), mandate=former)
    assert "Ce mandat a donc été exercé" in editor.get(address("mandate-cancel", body, former.pk)).text
    page = editor.post(address("mandate-cancel", body, former.pk), {"version": former.version})
    assert "Ce mandat a donc été exercé" in errors(page)
    assert editor.get(address("mandate-cancel", body, new.pk)).status_code == 404


def test_a_body_that_ends_leads_on_and_its_end_is_taken_back(editor):
    body, new = InstanceFactory(), InstanceFactory(name="Commission inclusion")
    MandateFactory(seat__instance=body)
    sent = {"dissolved_on": "2026-12-01", "successors": new.name, "version": 1}
    editor.post(address("instance-dissolve", body), sent)
    desk = address("instance-desk", body)
    for day, ends in [("2026-11-30", "n’existera plus à partir du"), ("2026-12-01", "n’existe plus depuis le")]:
        with time_machine.travel(f"{day}T12:00:00+01:00", tick=False):
            page = editor.get(desk).text.replace("\u00a0", " ")
        assert f"Cette instance {ends} 1er décembre 2026" in page
        assert f'href="{address("instance-desk", new)}"' in page
        assert address("instance-dissolve", body) not in page.replace(address("instance-revive", body), "")
    with time_machine.travel("2026-12-01T12:00:00+01:00", tick=False):
        page = editor.post(address("meeting-create", body), MEETING)
        assert "n’existe plus depuis le 1er décembre 2026, remplacée par « Commission inclusion »" in errors(page)
        assert editor.post(address("meeting-create", body), MEETING | {"held_on": "2026-11-30"}).status_code == 302
        seat = {"label": "Autre", "voice": "deliberative", "cress_role": "member", "position": "0"}
        assert "On n’y ajoute plus de siège" in errors(editor.post(address("seat-create", body), seat))
        closed = editor.post(address("mandate-appoint", body, Seat.objects.get().pk), WHO | {"person": "Ana Roy"})
        assert "Ce siège n’existe plus à partir du 1er décembre 2026" in errors(closed)
        editor.post(address("instance-revive", body), {"version": 2})
    assert Instance.objects.current(dt.date(2026, 12, 1)).count() == 2
    assert Mandate.objects.get().ended_on is None


def test_the_board_says_what_each_body_is_part_of_whether_it_is_shown_and_until_when(editor):
    parent = InstanceFactory(name="A, principale")
    InstanceFactory(name="B, groupe", parent=parent, is_public=False)
    InstanceFactory(name="C, finie", dissolved_on=dt.date(2026, 11, 24))
    InstanceFactory(name="D, qui finit", dissolved_on=dt.date(2026, 11, 25))
    text = " ".join(editor.get(reverse("workspace-instance-list")).text.split())
    assert "Sous-groupe de A, principale" in text
    assert text.count("Non publique") == 1
    assert "depuis le 24 novembre 2026" in text
    assert "n’existera plus à partir du 25 novembre 2026" in text


def test_a_document_is_joined_published_and_removed(editor, client):
    body, file = InstanceFactory(), SimpleUploadedFile("avis.pdf", b"%PDF-1.7 avis")
    meeting = MeetingFactory(instance=body)
    shown = editor.get(address("document-create", body), {"seance": meeting.uid}).context["form"]
    assert shown["meeting"].value() == meeting.pk
    sent = {"title": "Avis", "kind": "opinion", "file": file, "meeting": meeting.pk}
    editor.post(address("document-create", body), sent)
    document = Document.objects.get()
    assert client.get(address("instance-document", body, document.pk)).status_code == 404
    editor.post(address("document-edit", body, document.pk), {"title": "Avis", "kind": "opinion", "is_public": "on"})
    assert list(client.get(address("instance-document", body, document.pk))) == [b"%PDF-1.7 avis"]
    page = editor.post(address("document-create", body), sent | {"file": SimpleUploadedFile("avis.pdf", b"MZ")})
    assert "n’est pas lisible comme" in errors(page)
    assert list(client.get(address("instance-document", body, document.pk))) == [b"%PDF-1.7 avis"]


def pdf(text):
    return SimpleUploadedFile("avis.pdf", b"%PDF-1.7 " + text)


def replace_file(browser, document, text):
    sent = {"title": document.title, "kind": "opinion", "is_public": "on", "file": pdf(text)}
    return browser.post(address("document-edit", document.instance, document.pk), sent)


def test_a_file_that_is_replaced_stays_readable_by_the_team(editor, client, client_for):
    body = InstanceFactory()
    editor.post(address("document-create", body), {"title": "Avis", "kind": "opinion", "file": pdf(b"un")})
    document = Document.objects.get()
    for text in (b"deux", b"trois"):
        assert replace_file(editor, document, text).status_code == 302
    editor.post(address("document-edit", body, document.pk), {"title": "Avis rendu", "kind": "opinion"})
    assert list(editor.get(address("instance-document", body, document.pk))) == [b"%PDF-1.7 trois"]
    formers = [address("document-version", body, document.pk, one.pk) for one in document.former_files.all()]
    opened = [editor.get(former) for former in formers]
    assert [list(one) for one in opened] == [[b"%PDF-1.7 deux"], [b"%PDF-1.7 un"]]
    assert {one["Cache-Control"] for one in opened} == {"private, no-store"}
    desk = editor.get(address("instance-desk", body)).text
    assert [former in desk for former in formers] == [True, True]
    assert client.get(formers[0]).status_code == 302
    assert client_for(member(CollectiviteFactory())).get(formers[0]).status_code == 403


def test_a_refused_file_replaces_nothing(editor):
    document = DocumentFactory()
    sent = {"title": "Avis", "kind": "opinion", "file": SimpleUploadedFile("avis.pdf", b"MZ")}
    page = editor.post(address("document-edit", document.instance, document.pk), sent)
    assert page.status_code == 422
    assert (document.former_files.count(), Document.objects.get().file.name) == (0, document.file.name)


def test_a_deletion_asks_goes_to_the_bin_and_comes_back(editor, client):
    document = DocumentFactory(is_public=True, title="Avis")
    body, opened = document.instance, address("instance-document", document.instance, document.pk)
    page = editor.get(address("document-delete", body, document.pk))
    assert "Ce document ira à la corbeille" in page.text
    assert Document.objects.kept().count() == 1
    said = editor.post(address("document-delete", body, document.pk), follow=True)
    assert "est à la corbeille" in said.text
    assert (said.context["documents"], said.context["removed"]) == ([], [document])
    assert [browser.get(opened).status_code for browser in (client, editor)] == [404, 404]
    assert "Avis" not in client.get(body.get_absolute_url()).text
    editor.post(address("document-restore", body, document.pk))
    assert list(client.get(opened)) == [b"%PDF-1.7"]


def test_from_the_bin_a_document_is_deleted_for_good_with_all_its_files(editor, django_capture_on_commit_callbacks):
    document = DocumentFactory()
    body = document.instance
    replace_file(editor, document, b"deux")
    document.refresh_from_db()
    files = [document.file, document.former_files.get().file]
    editor.post(address("document-delete", body, document.pk))
    assert "définitive" in editor.get(address("document-delete", body, document.pk)).text
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(address("document-delete", body, document.pk))
    assert Document.objects.count() == 0
    assert [file.storage.exists(file.name) for file in files] == [False, False]


def test_two_bodies_in_force_do_not_share_a_name(editor):
    first = InstanceFactory(name="Comité de l’ESS")
    sent = BODY | {"name": "COMITE de l'ess"}
    page = editor.post(reverse("instance-create"), sent)
    assert page.status_code == 422
    assert "Une instance porte déjà ce nom" in errors(page)
    parent = InstanceFactory(name="CESER")
    assert editor.post(reverse("instance-create"), sent | {"parent": parent.pk}).status_code == 302
    assert editor.post(reverse("instance-create"), sent | {"parent": parent.pk}).status_code == 422
    Instance.objects.filter(pk=first.pk).update(dissolved_on=dt.date(2026, 1, 1))
    assert editor.post(reverse("instance-create"), sent).status_code == 302
    assert Instance.objects.count() == 4


def test_the_database_itself_refuses_a_second_body_of_one_name():
    InstanceFactory(name="CESER")
    with pytest.raises(IntegrityError), transaction.atomic():
        InstanceFactory(name="ceser")


@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_past_meetings_cost_the_same_whatever_their_number(editor, count, django_assert_num_queries):
    body = InstanceFactory()
    for _ in range(count):
        DocumentFactory(instance=body, meeting=MeetingFactory(instance=body, held_on=dt.date(2026, 10, 1)))
    with django_assert_num_queries(9):
        page = editor.get(address("workspace-meeting-list", body))
    assert (page.context["past"].years, len(page.context["past"].page)) == ([(2026, count)], min(count, 20))


def test_meetings_too_old_for_the_desk_are_read_year_by_year(editor):
    body = InstanceFactory()
    for year in range(2012, 2026):
        MeetingFactory(instance=body, held_on=dt.date(year, 6, 1), is_public=year % 2 == 0)
    desk = editor.get(address("instance-desk", body))
    assert [one.held_on.year for one in desk.context["past"]] == list(range(2025, 2013, -1))
    assert address("workspace-meeting-list", body) in desk.text
    page = editor.get(address("workspace-meeting-list", body), {"annee": "2012"})
    assert [one.held_on.year for one in page.context["past"].page] == [2012]
    assert [year for year, _ in page.context["past"].years] == list(range(2025, 2011, -1))


@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_board_the_vacancies_and_the_workload_cost_the_same_whatever_they_hold(
    editor, count, django_assert_num_queries
):
    person = PersonFactory()
    for _ in range(count):
        held = MandateFactory(person=person, term_on=dt.date(2026, 12, 31))
        SeatFactory(instance=held.seat.instance)
        MeetingFactory(instance=held.seat.instance)
        meeting = MeetingFactory(instance=held.seat.instance, held_on=dt.date(2026, 10, 1))
        AttendanceFactory(meeting=meeting, mandate=held)
    for name, queries in {"workspace-instance-list": 17, "seat-vacancies": 7, "workload": 8}.items():
        with django_assert_num_queries(queries):
            page = editor.get(reverse(name))
        assert page.status_code == 200
    (load,) = page.context["loads"]
    assert (len(load.mandates), load.coming, load.attended, load.unreported) == (count, count, count, count)


@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_desk_of_a_body_costs_the_same_whatever_it_holds(editor, count, django_assert_num_queries):
    body, edition = InstanceFactory(), EditionFactory(published=True)
    for _ in range(count):
        MandateFactory(seat__instance=body)
        MandateFactory(seat__instance=body, ended_on=dt.date(2025, 1, 1))
        DocumentFactory(instance=body, meeting=MeetingFactory(instance=body))
        MeetingFactory(instance=body, held_on=dt.date(2026, 10, 1))
        SubjectFactory(instance=body, roadmap=edition.roadmap, uid=ActionFactory(objective__edition=edition).uid)
    with django_assert_num_queries(13):
        page = editor.get(address("instance-desk", body))
    told = page.context
    assert [len(told[name]) for name in ("seats", "former", "coming", "past", "subjects")] == [
        2 * count, count, count, min(count, 12), count,
    ]  # fmt: skip


def test_the_board_echoes_what_matters(editor):
    body = InstanceFactory(name="CESER", verified_on=dt.date(2025, 11, 23))
    MandateFactory(seat__instance=body, seat__label="Siège", person__first_name="Bo", person__last_name="Li",
                   term_on=dt.date(2026, 6, 30))  # fmt: skip
    MeetingFactory(instance=body, held_on=dt.date(2026, 11, 2))
    MeetingFactory(instance=body, held_on=dt.date(2026, 12, 23))
    page = editor.get(reverse("workspace-instance-list"))
    told = [one.text.replace("\u00a0", " ") for group in page.context["reminders"] for one in group.reminders]
    assert told == [
        "CESER, Siège : le mandat de Bo Li est échu depuis le 30 juin 2026",
        "CESER, séance du 2 novembre 2026",
        "CESER : vérifiée le 23 novembre 2025",
    ]
    assert [meeting.held_on.day for meeting in page.context["soon"]] == [23]


def test_the_board_tells_the_most_pressing_and_counts_the_rest(editor):
    for month in range(1, 8):
        body = InstanceFactory(verified_on=dt.date(2025, month, 1) if month > 1 else None)
        MandateFactory(seat__instance=body, term_on=dt.date(2026, month, 1))
        MeetingFactory(instance=body, held_on=dt.date(2026, month, 1))
        for day in (1, 2):
            MeetingFactory(instance=body, held_on=dt.date(2026, 12, day))
    page = editor.get(reverse("workspace-instance-list"))
    told = [(group.key, len(group.reminders), group.count, group.more) for group in page.context["reminders"]]
    assert told == [("mandats", 5, 7, 2), ("seances", 5, 7, 2), ("verifications", 5, 7, 2)]
    firsts = [group.reminders[0].text.replace("\u00a0", " ") for group in page.context["reminders"]]
    assert [text.split(maxsplit=2)[2] for text in firsts][1:] == ["séance du 1er juillet 2026", ": jamais vérifiée"]
    assert firsts[0].endswith("est échu depuis le 1er janvier 2026")
    assert (len(page.context["soon"]), page.context["soon_count"]) == (8, 14)
    assert "Voir toutes les séances du mois" in page.text
    whole = editor.get(reverse("workspace-instance-list"), {"rappels": "seances"})
    assert [group.more for group in whole.context["reminders"]] == [2, 0, 2]
    assert len(editor.get(reverse("workspace-instance-list"), {"rappels": "mois"}).context["soon"]) == 14


def test_the_team_follows_without_writing(client_for):
    reader = client_for(team_member(Role.READER))
    held = MandateFactory(seat__instance__internal_note="Entre nous")
    body = held.seat.instance
    meeting = MeetingFactory(instance=body, report_back="<p>Confidentiel</p>")
    page = reader.get(address("instance-desk", body)).text
    assert "Entre nous" in page
    assert "Nommer" not in page
    assert "Confidentiel" in reader.get(address("meeting-detail", body, meeting.uid)).text
    assert reader.get(address("mandate-end", body, held.pk)).status_code == 403
