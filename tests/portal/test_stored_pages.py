"""Stored pages: the same bytes as laid out, gone the moment anything that they show changes, on both databases."""

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator

import brotli
import pytest
import time_machine
from django.conf import LazySettings
from django.db import connection
from django.db.models import F, Model
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cress_portal import stored_pages
from cress_portal.shown import SHOWN, STORED, UNSHOWN, project_models
from editorial.models import FormerAddress, FormerSlug, Publication
from publishing.models import Rendering
from publishing.public_state import version
from roadmaps.listing import list_all
from roadmaps.models import Printing, ProgressReport
from roadmaps.models.terms import EssFamily, Lever, SustainableGoal, Theme
from territories.models import PostalCode
from tests.html_client import ReadingClient
from tests.permissions.table import TABLE
from tests.permissions.test_table import name_in, path_of
from tests.permissions.world import World, build_world
from tests.roadmaps.factories import EditionFactory, RoadmapActorFactory

pytestmark = pytest.mark.django_db(transaction=True)

# Public addresses that are not kept: files, feeds and calendars, what depends on the moment, what follows a form.
NOT_STORED = {
    "action-list-export", "agenda-calendar", "annex-file", "collectivite-list-export", "collectivite-logo",
    "contact", "contact-received", "deliberation-file", "digest-refuse", "edition-csv", "edition-data",
    "edition-docx", "edition-ods", "edition-odt", "edition-pdf", "edition-xlsx", "health", "holder-calendar",
    "instance-calendar", "instance-document", "instance-export", "invitation-accept", "mandate-feed",
    "meeting-feed", "milestone-file", "publication-answer", "publication-export", "publication-feed",
    "publication-file", "publication-pdf", "roadmap-calendar", "roadmap-csv", "roadmap-data", "roadmap-docx",
    "roadmap-feed", "roadmap-list-export", "roadmap-ods", "roadmap-odt", "roadmap-pdf", "roadmap-xlsx",
    "robots", "sitemap",
}  # fmt: skip


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def stored(settings: LazySettings) -> Iterator[ReadingClient]:
    """Browse with pages that are stored."""
    settings.STORED_PAGES = True
    return ReadingClient()


def public_rows() -> list[str]:
    return [row for row, (got, _, _) in TABLE.items() if got.split()[0] == "200" and "(" not in row]


def test_every_table_is_known_to_be_shown_or_not() -> None:
    assert set(SHOWN) | UNSHOWN == project_models()
    assert set(SHOWN) & UNSHOWN == set()


def test_every_public_page_is_stored_or_known_not_to_be() -> None:
    assert {name_in(row) for row in public_rows()} - STORED == NOT_STORED


@pytest.mark.parametrize("row", [row for row in public_rows() if name_in(row) in STORED])
def test_a_stored_page_is_the_page_that_is_laid_out(
    row: str, world: World, client: ReadingClient, stored: ReadingClient
) -> None:
    path = path_of(row, world)
    plain = client.get(path)
    first, second, squeezed = stored.get(path), stored.get(path), Client().get(path, headers={"Accept-Encoding": "br"})
    assert squeezed["Content-Encoding"] == "br"
    kept = {"Content-Type", "Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy"}
    for answer in (first, second, squeezed):
        assert {name: answer.get(name) for name in kept} == {name: plain.get(name) for name in kept}
    assert first.content == second.content == brotli.decompress(squeezed.content) == plain.content
    assert Rendering.objects.get().address == path


def test_a_stored_page_asks_the_database_two_things_once_then_as_a_known_one_a_single_thing(
    world: World, stored: ReadingClient
) -> None:
    path = reverse("roadmap-detail", args=[world.published.slug])
    etag = stored.get(path)["ETag"]
    with CaptureQueriesContext(connection) as queries:
        stored.get(path)
    assert len(queries) == 2
    with CaptureQueriesContext(connection) as queries:
        stored.get(path)
    assert len(queries) == 1
    with CaptureQueriesContext(connection) as queries:
        answer = stored.get(path, headers={"If-None-Match": etag})
    assert (answer.status_code, len(queries)) == (304, 1)
    assert answer["ETag"] == etag


def complete(world: World) -> None:
    """Give a row to the tables that the world leaves empty."""
    RoadmapActorFactory(roadmap=world.published.edition.roadmap)
    Printing.objects.create(edition=world.published.edition, file="a.pdf", sha256="0" * 64)
    for vocabulary in (Lever, Theme, EssFamily, SustainableGoal):
        vocabulary.objects.create(code="essai", label="Essai", position=99)
    PostalCode.objects.create(commune=world.a, code="44000")
    list_all()
    FormerAddress.objects.create(page=world.page, path="ancienne")
    FormerSlug.objects.create(publication=world.position, slug="ancienne")


@pytest.mark.parametrize("model", SHOWN, ids=lambda model: model.__name__)
def test_a_row_of_any_table_that_pages_show_is_seen_to_change(model: type[Model], world: World) -> None:
    complete(world)
    field = next(field.name for field in model._meta.local_concrete_fields if not field.primary_key)
    before = version()
    assert model._base_manager.update(**{field: F(field)})
    assert version() > before


def test_a_row_that_comes_or_goes_is_seen_too_and_so_is_a_tie(world: World) -> None:
    before = version()
    lever = Lever.objects.create(code="essai", label="Essai", position=99)
    assert version() == before + 1
    lever.delete()
    assert version() == before + 2
    world.published.edition.roadmap.co_carriers.add(world.a)
    assert version() == before + 3


def test_pages_at_hand_are_bounded(world: World, stored: ReadingClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored_pages, "AT_HAND", 1)
    paths = [reverse("roadmap-detail", args=[world.published.slug]), reverse("licence")]
    for path in [*paths, *paths]:
        stored.get(path)
    with CaptureQueriesContext(connection) as queries:
        stored.get(paths[1])  # the last of them
        stored.get(paths[0])  # put aside by it
    assert len(queries) == 1 + 2


@pytest.mark.skipif(connection.vendor != "postgresql", reason="there is no server to leave us")
def test_a_connection_that_the_server_has_left_is_opened_again(world: World) -> None:
    before = version()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    other = connection.copy()
    with contextlib.closing(other), other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    assert version() == before
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone() != (pid,)


def test_what_is_in_preparation_is_not_counted(world: World) -> None:
    before = version()
    world.hidden.action.title = "Autre titre"
    world.hidden.action.save()
    world.hidden.edition.foreword = "<p>Un mot.</p>"
    world.hidden.edition.save()
    assert version() == before


GESTURES: dict[str, Callable[[World], object]] = {
    "progress": lambda world: ProgressReport.objects.filter(pk=world.published.report.pk).update(status="dropped"),
    "a body": lambda world: type(world.body.instance).objects.update(name="Un autre nom d’instance"),
    "a position": lambda world: Publication.objects.filter(draft=world.position).update(title="Un autre titre"),
    "a collectivité": lambda world: type(world.a).objects.update(display_name="Un autre nom", name="Un autre nom"),
    "a step of the démarche": lambda world: world.published.milestone.delete(),
}


@pytest.mark.parametrize("gesture", GESTURES)
def test_the_roadmap_is_laid_out_anew_when_what_it_shows_changes(
    gesture: str, world: World, client: ReadingClient, stored: ReadingClient
) -> None:
    path = reverse("roadmap-detail", args=[world.published.slug])
    before = stored.get(path)
    GESTURES[gesture](world)
    after = stored.get(path, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert before.content != after.content == client.get(path).content


def test_a_new_edition_takes_the_place_of_the_stored_one(world: World, stored: ReadingClient) -> None:
    path = reverse("roadmap-detail", args=[world.published.slug])
    assert "Édition 1" in stored.get(path).content.decode()
    EditionFactory(roadmap=world.published.edition.roadmap, number=9, published=True)
    assert "Édition 9" in stored.get(path).content.decode()


def test_another_day_lays_it_out_anew(world: World, stored: ReadingClient) -> None:
    path = reverse("home")
    with time_machine.travel(dt.datetime(2026, 11, 24, 23, 59, tzinfo=dt.UTC).astimezone(), tick=False):
        first = stored.get(path)["ETag"]
    with time_machine.travel(dt.datetime(2026, 11, 26, 0, 1, tzinfo=dt.UTC).astimezone(), tick=False):
        assert stored.get(path)["ETag"] != first
    assert Rendering.objects.count() == 1


def test_who_is_signed_in_reads_his_own_pages(world: World, stored: ReadingClient) -> None:
    path = reverse("edition-list", args=[world.published.slug])
    public = stored.get(path)
    stored.force_login(world.users["CRESS manager"])
    mine = stored.get(path)
    assert "no-store" in mine["Cache-Control"]
    assert mine.content != public.content
    stored.logout()
    assert stored.get(path).content == public.content


@pytest.mark.parametrize("path", ["/inconnu/", "/feuilles-de-route/inconnue/", "/feuilles-de-route/?page=2", "/sante/"])
def test_nothing_else_is_kept(path: str, stored: ReadingClient) -> None:
    stored.get(path)
    assert list(Rendering.objects.all()) == []


def test_a_list_with_filters_is_not_kept_but_is_known_again(world: World, stored: ReadingClient) -> None:
    first = stored.get("/feuilles-de-route/?page=1")
    again = stored.get("/feuilles-de-route/?page=1", headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)


def test_a_database_that_takes_nothing_in_still_answers(world: World, stored: ReadingClient) -> None:
    on, off = {
        "sqlite": ("PRAGMA query_only = 1", "PRAGMA query_only = 0"),
        "postgresql": ("SET default_transaction_read_only = on", "SET default_transaction_read_only = off"),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(on)
        try:
            answer = stored.get("/")
        finally:
            cursor.execute(off)
    assert answer.status_code == 200
    assert list(Rendering.objects.all()) == []


def test_a_proxy_is_told_what_it_may_keep(stored: ReadingClient, settings: LazySettings) -> None:
    settings.PROXY_SECONDS = 5
    answer: HttpResponse = stored.get("/")
    assert answer["Cache-Control"] == "public, max-age=0, s-maxage=5, must-revalidate"
    assert answer["Vary"] == "Cookie, Accept-Encoding"
