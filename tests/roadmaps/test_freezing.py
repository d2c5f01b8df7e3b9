"""What is published is frozen: its PDF, texts and data stay what they were, whatever the portal says afterwards."""

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse
from zeal import zeal_ignore

from people.models import Organisation, Person
from roadmaps.editions import publish
from roadmaps.models import Edition, FrozenPage, Lever, Milestone, Printing, Roadmap, RoadmapActor
from roadmaps.print_choice import PrintChoice
from roadmaps.printing import frozen_sheets, kept_data, kept_printing, office_document, printed_again, printed_html
from territories.models import Collectivite
from tests.html_client import ReadingClient
from tests.instances.factories import InstanceFactory
from tests.people.factories import PersonFactory
from tests.roadmaps.factories import MilestoneFactory, ProgressReportFactory, RoadmapActorFactory
from tests.roadmaps.whole import whole_edition
from ui.partial_date import PartialDate

pytestmark = pytest.mark.django_db

CHANGES: dict[str, Callable[[Roadmap], object]] = {
    "a milestone": lambda _: Milestone.objects.update(title="Un tout autre atelier"),
    "a milestone more": lambda roadmap: MilestoneFactory(roadmap=roadmap),
    "an actor": lambda _: RoadmapActor.objects.update(role=RoadmapActor.Role.FUNDER),
    "an actor less": lambda _: RoadmapActor.objects.all().delete(),
    "the name of the collectivité": lambda _: Collectivite.objects.update(display_name="Autre nom"),
    "the name of an organisation": lambda _: Organisation.objects.update(name="Autre organisme"),
    "the name of a person": lambda _: Person.objects.update(last_name="Autrement"),
    "the title of the roadmap": lambda _: Roadmap.objects.update(title="Un autre titre"),
    "a word of a vocabulary": lambda _: Lever.objects.filter(pk=Lever.objects.all()[0].pk).update(label="Autre levier"),
    "a body": lambda roadmap: roadmap.steering_instances.add(InstanceFactory()),
}


def published(**fields: object) -> Edition:
    """Publish an edition that shows a bit of all that it does not hold."""
    draft = whole_edition(2, **fields)
    MilestoneFactory(roadmap=draft.roadmap, held_on=PartialDate(2027))
    with zeal_ignore():
        RoadmapActorFactory(roadmap=draft.roadmap, organisation=Organisation.objects.first() or None)
        Roadmap.objects.update(referent=PersonFactory())
        publish(draft, by=None)
    return Edition.objects.with_carriers().get(pk=draft.pk)


def plain(html: str) -> str:
    return html.replace("\u00a0", " ")


def now_shown() -> str:
    return printed_html(Edition.objects.with_carriers().get(), PrintChoice("conseil"))


@zeal_ignore()
@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_is_shown_by_other_versions_only(change: str) -> None:
    edition = published()
    living, frozen = now_shown(), frozen_sheets(edition)
    CHANGES[change](edition.roadmap)
    assert now_shown() != living
    assert frozen_sheets(Edition.objects.with_carriers().get()) == frozen


@zeal_ignore()
def test_an_edition_is_reprinted_in_the_same_bytes_whatever_has_changed(tmp_path: Path) -> None:
    edition = published()
    printing = kept_printing(edition)
    for change in CHANGES.values():
        change(edition.roadmap)
    assert printed_again(Edition.objects.with_carriers().get(), tmp_path / "encore.pdf") == printing.sha256


@zeal_ignore()
def test_what_a_version_shows_is_what_the_portal_says_that_day() -> None:
    edition = published()
    for change in ("a milestone", "the title of the roadmap", "the name of the collectivité"):
        CHANGES[change](edition.roadmap)
    with time_machine.travel(datetime(2026, 12, 1, 12, tzinfo=UTC)):
        page = now_shown()
    told = ("Un tout autre atelier", "Un autre titre", "Autre nom", "État au 1er décembre 2026")
    assert [text in plain(page) for text in told] == [True] * 4
    assert [text in plain(FrozenPage.objects.get().html) for text in (*told, "État au")] == [False] * 5


@zeal_ignore()
def test_an_edition_is_frozen_when_it_is_published_not_when_it_is_printed() -> None:
    edition = published()
    assert Printing.objects.count() == 0  # a worker prints it later
    CHANGES["a milestone"](edition.roadmap)
    with kept_printing(edition).file.open() as file:
        assert hashlib.sha256(file.read()).hexdigest() == Printing.objects.get().sha256
    assert "tout autre atelier" not in plain(FrozenPage.objects.get().html)
    assert "tout autre atelier" not in kept_data(edition).decode()


@zeal_ignore()
def test_its_text_for_a_word_processor_stays_what_it_was() -> None:
    edition = published()
    with office_document(edition, "docx") as file:
        first = file.read()
    Milestone.objects.update(title="Un tout autre atelier")
    ProgressReportFactory(action=edition.action_set.first())
    with office_document(edition, "docx") as file:
        assert file.read() == first


def test_a_frozen_page_needs_nothing_of_the_portal_but_fonts() -> None:
    published()
    page = FrozenPage.objects.get().html
    assert [link for link in re.findall(r"<link[^>]*>", page) if "stylesheet" in link] == []
    addresses = set(re.findall(r'url\("(?!data:)([^"]+)"\)', page))
    assert {address.rpartition("/")[0] for address in addresses} == {"/static/fonts"}
    assert page.count("@font-face") == 5


@zeal_ignore()
def test_a_reprint_is_compared_with_the_pdf_that_is_kept(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    edition = published()
    order = ("reimprimer_edition", edition.roadmap.slug, "1")
    with pytest.raises(CommandError, match="Aucun PDF gardé"):
        call_command(*order)
    printing = kept_printing(edition)
    call_command(*order, "--vers", tmp_path / "encore.pdf")
    assert capsys.readouterr().out.count(printing.sha256) == 2
    assert (tmp_path / "encore.pdf").read_bytes() == Path(printing.file.path).read_bytes()
    Printing.objects.update(sha256="0" * 64)
    with pytest.raises(CommandError, match="le moteur d’impression ou une police a changé"):
        call_command(*order)


@zeal_ignore()
def test_an_edition_printed_before_pages_were_kept_says_why_it_differs(client: ReadingClient) -> None:
    edition = published()
    kept_printing(edition)
    data = kept_data(edition)
    FrozenPage.objects.all().delete()
    Roadmap.objects.update(title="Un autre titre")
    address = reverse("edition-data", args=[edition.roadmap.slug, 1])
    assert client.get(address).content == data  # its PDF holds them
    with pytest.raises(CommandError, match="avant que le portail ne garde la page"):
        call_command("reimprimer_edition", edition.roadmap.slug, "1")
    assert client.get(address).content == data
