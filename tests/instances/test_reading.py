"""What everyone reads: the register sifted, a body, a person, the agenda; nothing internal, at a constant cost."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from instances.models import Instance
from people.models import Role
from tests.instances.factories import (
    DocumentFactory,
    InstanceFactory,
    MandateFactory,
    MeetingFactory,
    SeatFactory,
    SubjectFactory,
)
from tests.people.factories import OrganisationFactory, PersonFactory, team_member
from tests.roadmaps.factories import ActionFactory, EditionFactory
from tests.territories.factories import CollectiviteFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
SECRET = "À ne pas répéter"


@pytest.fixture
def today():
    with time_machine.travel("2026-11-24T10:00:00+01:00", tick=False):
        yield


def body(**fields):
    """Make a body with a bit of everything."""
    instance = InstanceFactory(is_to_confirm=True, mission="Débattre.", **fields)
    instance.organisers.add(OrganisationFactory())
    held = MandateFactory(seat__instance=instance, term_on=dt.date(2030, 1, 1), on_behalf_of=OrganisationFactory())
    SeatFactory(instance=instance, alternate_of=held.seat)
    MeetingFactory(instance=instance, is_cancelled=True, agenda="Budget", starts_at=dt.time(9, 30), ends_at=dt.time(12))
    return instance


def names(page):
    return [row.name for group in page.context["groups"] for row in group["rows"]] + [
        row.name for row in page.context["rows"]
    ]


@pytest.mark.parametrize("count", [1, 3, 40])
@pytest.mark.parametrize("query", ["", "?tri=nom", "?niveau=regional&siege=vacant&nature=steering"])
def test_the_register_costs_the_same_whatever_its_length(client, count, query, django_assert_num_queries):
    for _ in range(count):
        body().territories.add(CollectiviteFactory(as_departement=True))
    with django_assert_num_queries(11):
        page = client.get(f"/instances/{query}")
    assert len(names(page)) == min(count, 25)


@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_page_of_a_body_costs_the_same_whatever_it_holds(client, count, django_assert_num_queries):
    instance = body(parent=InstanceFactory())
    edition = EditionFactory(published=True)
    for _ in range(count):
        held = MandateFactory(seat__instance=instance, on_behalf_of=OrganisationFactory())
        MandateFactory(seat=held.seat, starts_on=dt.date(2020, 1, 1), ended_on=dt.date(2021, 1, 1))
        past = MeetingFactory(instance=instance, held_on=dt.date(2026, 10, 1))
        for meeting in (None, past, MeetingFactory(instance=instance)):
            DocumentFactory(instance=instance, is_public=True, meeting=meeting)
        SubjectFactory(instance=instance, roadmap=edition.roadmap, uid=ActionFactory(objective__edition=edition).uid)
        instance.roadmaps.add(edition.roadmap)
        InstanceFactory(parent=instance)
    with django_assert_num_queries(13):
        page = client.get(instance.get_absolute_url())
    assert len(page.context["portrait"].subjects) == count


@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_agenda_and_a_person_cost_the_same_whatever_they_hold(client, count, django_assert_num_queries):
    person = PersonFactory()
    for _ in range(count):
        MeetingFactory(instance=MandateFactory(person=person).seat.instance)
    with django_assert_num_queries(2):
        client.get("/instances/agenda/")
    with django_assert_num_queries(1):
        client.get(reverse("holder-detail", args=[person.pk]))


def test_the_register_is_sifted_by_what_the_address_says(client):
    place = CollectiviteFactory(as_departement=True)
    local = body(name="Conseil de développement", level="local", kind="development")
    local.territories.add(place)
    theme = local.themes.create(code="mobilite-x", label="Mobilité douce")
    vacant = SeatFactory(instance=InstanceFactory(name="Bureau national", level="national", kind="bureau")).instance
    body(name="Comité régional", acronym="CRE")
    for query, expected in {
        "": ["Bureau national", "Comité régional", "Conseil de développement"],
        "?tri=nom": ["Bureau national", "Comité régional", "Conseil de développement"],
        "?niveau=local": ["Conseil de développement"],
        "?nature=bureau": ["Bureau national"],
        f"?theme={theme.code}": ["Conseil de développement"],
        f"?territoire={place.slug}": ["Conseil de développement"],
        "?siege=held": ["Comité régional", "Conseil de développement"],
        "?siege=vacant&niveau=national": [vacant.name],
        "?q=cre": ["Comité régional"],
        "?q=XYZ": [],
        "?niveau=lune": ["Bureau national", "Comité régional", "Conseil de développement"],
    }.items():
        assert names(client.get(f"/instances/{query}")) == expected, query


def test_each_choice_tells_how_many_bodies_it_leads_to(client):
    region = CollectiviteFactory(kind="region", code="52", name="Pays")
    place = CollectiviteFactory(as_departement=True, region=region)
    theme = body(name="Local", level="local", kind="board").themes.create(code="mobilite-x", label="Mobilité douce")
    Instance.objects.get(name="Local").territories.add(place)
    wide = body(name="Régional", kind="board")
    wide.territories.add(region, place)
    epci = CollectiviteFactory()
    epci.departements.add(place)
    town = CollectiviteFactory(commune=True, departement=place, epci=epci)
    for one in (epci, town):
        body(name=one.name, level="local").territories.add(one)
    wide.themes.add(theme)
    SeatFactory(instance=InstanceFactory(name="Vide", dissolved_on=dt.date(2020, 1, 1)))
    for query in ("", "niveau=local", "nature=board&siege=held", f"theme=mobilite-x&territoire={region.slug}",
                  "q=vide", "q=vide&anciennes=on", f"territoire={place.slug}&niveau=national",
                  f"territoire={town.slug}"):  # fmt: skip
        form = client.get(f"/instances/?{query}").context["sieve"]
        for name in ("niveau", "nature", "theme", "territoire", "siege"):
            others = "&".join(part for part in query.split("&") if not part.startswith(f"{name}="))
            for value, label in form.fields[name].choices[1:]:
                led = names(client.get(f"/instances/?{others}&{name}={value}"))
                assert label.endswith(f" ({len(led)})"), (query, name, value)
    places = dict(client.get("/instances/").context["sieve"].fields["territoire"].choices)
    assert [places[one.slug] for one in (region, place, epci, town)] == [
        "Pays (1)", f"{place.name} (2)", f"{epci.name} (3)", f"{town.name} (4)",
    ]  # fmt: skip


def test_each_chosen_filter_is_removed_by_a_link(client):
    body()
    page = client.get("/instances/?niveau=regional&q=lune&tri=nom&page=2&anciennes=on&nature=inconnue")
    assert [(one["label"].replace("\u00a0", " "), one["url"]) for one in page.context["sieve"].removals] == [
        ("Mots : lune", "?niveau=regional&tri=nom&anciennes=on&nature=inconnue"),
        ("Niveau : Régional", "?q=lune&tri=nom&anciennes=on&nature=inconnue"),
        ("Aussi celles qui n’existent plus", "?niveau=regional&q=lune&tri=nom&nature=inconnue"),
    ]
    assert "Retirez un des filtres ci-dessus" in page.text
    assert "retirer ce filtre" not in client.get("/instances/").text


def test_the_picture_and_the_list_count_the_same_seats(client):
    body(kind="board")
    body(kind="board")
    SeatFactory(instance=InstanceFactory(level="local"), closed_on=dt.date(2026, 1, 1))
    page = client.get("/instances/")
    drawn = page.context["picture"]
    assert (drawn["instances"], drawn["held"], drawn["vacant"]) == (3, 2, 2)
    rows = [row.seats.replace("\u00a0", " ") for group in page.context["groups"] for row in group["rows"]]
    assert rows == ["2 sièges : 1 pourvu, 1 vacant"] * 2 + ["Aucun siège enregistré"]
    (band,) = drawn["levels"][0]["bands"]
    assert (band.kind, band.width, band.height) == ("Conseil d’administration", 64, 16)
    assert [dot["is_vacant"] for dot in band.dots] == [False, False, True, True]


def test_the_picture_is_of_the_whole_even_when_the_list_has_several_pages(client):
    InstanceFactory.create_batch(25, level="local")
    InstanceFactory(name="Zéro", level="national")
    page = client.get("/instances/")
    assert (len(names(page)), page.context["picture"]["instances"]) == (25, 26)
    assert names(page)[0] == "Zéro"
    assert len(names(client.get("/instances/?page=2&tri=nom"))) == 1


def test_a_dissolved_body_leaves_the_register_and_keeps_its_page(client):
    new = InstanceFactory(name="Commission inclusion")
    old = InstanceFactory(name="CDIAE", dissolved_on=dt.date(2024, 7, 1))
    old.successors.add(new)
    assert names(client.get("/instances/")) == ["Commission inclusion"]
    past = client.get("/instances/?anciennes=on&q=cdiae")
    assert names(past) == ["CDIAE"]
    assert "N’existe plus" in past.text
    page = client.get(old.get_absolute_url()).text
    assert "Cette instance n’existe plus depuis le 1er\u00a0juillet 2024" in page
    assert f'href="{new.get_absolute_url()}"' in page
    assert f'href="{old.get_absolute_url()}"' in client.get(new.get_absolute_url()).text


def test_a_former_holder_is_shown_as_former_and_a_next_one_as_next(client):
    seat = SeatFactory()
    MandateFactory(seat=seat, person__last_name="Ancien", ended_on=dt.date(2025, 12, 31))
    MandateFactory(seat=seat, person__last_name="Suivante", starts_on=dt.date(2027, 1, 1))
    portrait = client.get(seat.instance.get_absolute_url()).context["portrait"]
    assert [one["period"].replace("\u00a0", " ") for one in portrait.former] == [
        "du 1er janvier 2024 au 31 décembre 2025"
    ]
    assert [str(one["mandate"].person.last_name) for one in portrait.next_holders] == ["Suivante"]
    assert [one.standing for one in portrait.seats] == ["vacant"]


def test_a_person_tells_name_quality_and_mandates_and_nothing_else(client):
    user = team_member()
    person = PersonFactory(first_name="Ana", last_name="Roy", job="Présidente", user=user)
    MandateFactory(person=person, ended_on=dt.date(2025, 1, 1), internal_note=SECRET)
    page = client.get(reverse("holder-detail", args=[person.pk])).text
    assert "Ancien·ne mandataire" in page
    assert [word for word in (user.email, SECRET) if word in page] == []
    MandateFactory(person=person)
    assert "Ancien·ne mandataire" not in client.get(reverse("holder-detail", args=[person.pk])).text


def test_who_holds_no_public_mandate_has_no_page(client):
    hidden = MandateFactory(seat__instance__is_public=False).person
    for pk in (PersonFactory().pk, hidden.pk, 999_999):
        assert client.get(reverse("holder-detail", args=[pk])).status_code == 404


def test_what_is_internal_never_shows_whoever_reads(client, client_for):
    held = MandateFactory(internal_note=SECRET, seat__instance__internal_note=SECRET)
    instance = held.seat.instance
    MeetingFactory(instance=instance, held_on=dt.date(2026, 1, 5), report_back=f"<p>{SECRET}</p>",
                   minutes=f"<p>{SECRET}</p>", link="https://visio.example/x", report_sent_to=SECRET)  # fmt: skip
    MeetingFactory(instance=instance, title=SECRET, agenda=SECRET, is_public=False)
    hidden = MeetingFactory(instance=instance, is_public=False)
    DocumentFactory(instance=instance, title=SECRET)
    DocumentFactory(instance=instance, title=SECRET, meeting=hidden, is_public=True)
    InstanceFactory(name=SECRET, parent=instance, is_public=False)
    InstanceFactory(name=SECRET, is_public=False).successors.add(instance)
    for browser in (client, client_for(team_member(Role.EDITOR))):
        for address in (
            instance.get_absolute_url(),
            "/instances/",
            "/instances/agenda/",
            reverse("holder-detail", args=[held.person_id]),
        ):
            page = browser.get(address).text
            assert [word for word in (SECRET, "visio.example") if word in page] == [], address


def test_every_past_meeting_and_its_public_documents_are_within_reach(client):
    instance = InstanceFactory()
    for month in range(1, 9):
        meeting = MeetingFactory(instance=instance, held_on=dt.date(2024, month, 1))
        DocumentFactory(instance=instance, meeting=meeting, title=f"Avis {month}", is_public=month != 2)
    MeetingFactory(instance=instance, held_on=dt.date(2025, 5, 1), is_public=False, title=SECRET)
    body_page = client.get(instance.get_absolute_url())
    assert [one.held_on.month for one in body_page.context["portrait"].past] == [8, 7, 6, 5, 4, 3]
    address = reverse("meeting-list", args=[instance.slug])
    assert f'href="{address}"' in body_page.text
    page = client.get(address)
    past = page.context["past"]
    assert (past.years, [one.held_on.month for one in past.page]) == ([(2024, 8)], [8, 7, 6, 5, 4, 3, 2, 1])
    assert [f"Avis {month}" in page.text for month in range(1, 9)] == [True, False, *[True] * 6]
    assert SECRET not in page.text
    for asked in ("2025", "99999999999999999999", "x"):
        assert client.get(address, {"annee": asked}).context["past"].year == 2024


def test_what_is_public_of_a_coming_meeting_shows_on_the_page_of_its_body(client):
    meeting = MeetingFactory()
    shown = DocumentFactory(instance=meeting.instance, meeting=meeting, title="Ordre du jour signé", is_public=True)
    DocumentFactory(instance=meeting.instance, meeting=meeting, title=SECRET)
    page = client.get(meeting.instance.get_absolute_url()).text
    assert reverse("instance-document", args=[meeting.instance.slug, shown.pk]) in page
    assert SECRET not in page


@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_past_meetings_of_a_body_cost_the_same_whatever_their_number(client, count, django_assert_num_queries):
    instance = InstanceFactory()
    for _ in range(count):
        meeting = MeetingFactory(instance=instance, held_on=dt.date(2026, 10, 1))
        DocumentFactory(instance=instance, meeting=meeting, is_public=True)
    with django_assert_num_queries(6):
        page = client.get(reverse("meeting-list", args=[instance.slug]))
    assert len(page.context["past"].page) == min(count, 20)


def test_a_document_is_opened_once_public(client, client_for):
    document = DocumentFactory()
    address = reverse("instance-document", args=[document.instance.slug, document.pk])
    assert client.get(address).status_code == 404
    kept = client_for(team_member(Role.READER)).get(address)
    assert (kept.status_code, kept["Cache-Control"]) == (200, "private, no-store")
    assert list(kept) == [b"%PDF-1.7"]
    document.is_public = True
    document.save()
    opened = client.get(address)
    assert (opened.status_code, opened["Content-Disposition"][:10]) == (200, "attachment")
    assert list(opened) == [b"%PDF-1.7"]


def test_the_agenda_tells_of_what_comes_month_by_month(client):
    MeetingFactory(held_on=dt.date(2026, 11, 23))
    MeetingFactory(held_on=dt.date(2026, 11, 24), title="Le jour même")
    MeetingFactory(held_on=dt.date(2027, 1, 5), is_cancelled=True)
    MeetingFactory(instance__is_public=False)
    page = client.get("/instances/agenda/")
    assert [(month["first"], len(month["meetings"])) for month in page.context["months"]] == [
        (dt.date(2026, 11, 1), 1),
        (dt.date(2027, 1, 1), 1),
    ]
    assert "Annulée" in page.text


def test_a_subject_is_read_in_the_current_edition_only(client):
    edition = EditionFactory(published=True)
    action, draft = ActionFactory(objective__edition=edition, title="Une foncière"), ActionFactory(title=SECRET)
    instance = InstanceFactory()
    SubjectFactory(instance=instance, roadmap=edition.roadmap, uid=action.uid, note="Avis rendu")
    SubjectFactory(instance=instance, roadmap=draft.edition.roadmap, uid=draft.uid)
    instance.roadmaps.set([edition.roadmap, draft.edition.roadmap])
    page = client.get(instance.get_absolute_url())
    assert [(one["word"], one["title"]) for one in page.context["portrait"].subjects] == [("Action", "Une foncière")]
    assert [one.url for one in page.context["portrait"].roadmaps] == [edition.roadmap.get_absolute_url()]
    assert SECRET not in page.text


def test_a_body_not_public_is_kept_out_of_caches(client_for):
    instance = InstanceFactory(is_public=False)
    page = client_for(team_member(Role.READER)).get(instance.get_absolute_url())
    assert page["Cache-Control"] == "private, no-store"
    assert Instance.objects.public().count() == 0


@pytest.mark.parametrize("path", ["", ".ics"])
def test_a_number_that_is_no_key_leads_nowhere(client, path):
    address = f"/instances/personnes/99999999999999999999999{path or '/'}"
    assert client.get(address).status_code == 404
