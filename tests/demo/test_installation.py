"""The demonstration as it is shipped, on the real list of collectivités less the communes of the other regions."""

import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker
from zeal import zeal_ignore

from cress_portal.demo import DemoFileError, install
from cress_portal.demo.documents import read_documents, write_document
from editorial.models import OnlineText, Page, Publication
from people.models import Membership, Person, User
from roadmaps.models import Action, Comment, Edition, Funding, Measure, Objective, ProgressReport, Roadmap, Step
from roadmaps.printing import sheets
from territories.cog import SHIPPED_FOLDER, import_vintage, read_vintage
from tests.html_client import ReadingClient
from tests.publishing.structure import damage, faults

DEPARTEMENTS = {"44", "49", "53", "72", "85"}
FICTIONAL = {
    "mauges-communaute-plan-transversal-ess-2025-2030",
    "nantes-metropole-feuille-de-route-ess-2027-2032",
    "saint-nazaire-agglomeration-feuille-de-route-ess-2024-2029",
}
MINIMAL = """
slug = "essai"
[roadmap]
siren = "244400404"
title = "Essai"
[edition]
published_on = "2026-01-15"
"""
AN_ACTION = '[[objectives]]\ntitle = "A"\n[[objectives.actions]]\ntitle = "B"\nuid = "abcd2345"'

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def installed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[str]]:
    """Install once for the module, in a transaction that is undone: nothing is printed."""
    with django_db_blocker.unblock(), transaction.atomic():
        vintage = read_vintage(SHIPPED_FOLDER)
        kept = {
            key: body
            for key, body in vintage.bodies.items()
            if body.family != "commune" or body.departement in DEPARTEMENTS
        }
        import_vintage(vintage._replace(bodies=kept))
        titles: list[str] = []
        install(titles.append)
        yield titles
        transaction.set_rollback(True)


def counts() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_a_second_run_changes_nothing_and_says_so(settings: LazySettings) -> None:
    settings.DEMO = True
    before, output = counts(), StringIO()
    call_command("installer_demo", stdout=output)
    assert counts() == before
    assert output.getvalue().splitlines() == [
        "La démonstration était déjà installée : rien n’a changé.",
        "Comptes de démonstration :",
        "  cress@demo.test – Pilotage, Équipe de la CRESS – mot de passe : demo-ess-2026",
        "  redaction@demo.test – Rédaction, Équipe de la CRESS – mot de passe : demo-ess-2026",
        "  agent@demo.test – Contribution, Nantes Métropole – mot de passe : demo-ess-2026",
        "  elue@demo.test – Lecture, Nantes Métropole – mot de passe : demo-ess-2026",
        "  autre@demo.test – Contribution, Angers Loire Métropole – mot de passe : demo-ess-2026",
    ]


def test_a_portal_that_is_no_demonstration_refuses(settings: LazySettings) -> None:
    settings.DEMO = settings.DEBUG = False
    with pytest.raises(CommandError, match=r"^Rien n’a été installé"):
        call_command("installer_demo")


def test_each_account_has_its_role() -> None:
    rows = Membership.objects.values_list("user__email", "role", "collectivite__slug")
    assert sorted(rows) == [
        ("agent@demo.test", 2, "nantes-metropole"),
        ("autre@demo.test", 2, "angers-loire-metropole"),
        ("cress@demo.test", 4, None),
        ("elue@demo.test", 1, "nantes-metropole"),
        ("redaction@demo.test", 3, None),
    ]


def test_each_account_signs_in_with_a_verified_address() -> None:
    verified = User.objects.filter(emailaddress__verified=True, emailaddress__primary=True)
    assert {user.email for user in verified if user.check_password("demo-ess-2026")} == {
        "agent@demo.test", "autre@demo.test", "cress@demo.test", "elue@demo.test", "redaction@demo.test",
    }  # fmt: skip


def test_every_file_became_a_roadmap(installed: list[str]) -> None:
    assert sorted(installed[:-1]) == sorted(Roadmap.objects.values_list("title", flat=True))
    assert set(read_documents()) == set(Roadmap.objects.values_list("slug", flat=True))


def test_a_fictional_roadmap_says_so_and_no_other_does() -> None:
    assert set(Roadmap.objects.filter(is_fictional=True).values_list("slug", flat=True)) == FICTIONAL
    warned = Edition.objects.filter(caveat__startswith="Exemple fictif").values_list("roadmap__slug", flat=True)
    assert set(warned) == FICTIONAL


def test_what_is_told_as_real_has_links_to_its_sources() -> None:
    real = Edition.objects.filter(roadmap__is_fictional=False)
    assert [
        edition.roadmap.slug for edition in real.select_related("roadmap") if "<a href=" not in edition.sources
    ] == []
    assert [edition.pk for edition in real if "…" in edition.sources] == []  # a shortened address leads nowhere
    assert Action.objects.filter(edition__in=real, source="").count() == 0
    assert [milestone.title for roadmap in Roadmap.objects.filter(is_fictional=False).prefetch_related("milestones")
            for milestone in roadmap.milestones.all() if not milestone.source] == []  # fmt: skip


def test_a_real_position_carries_its_source_and_an_invented_one_says_so_in_its_title() -> None:
    online = Publication.objects.online()
    assert (online.count(), Publication.objects.written().filter(online=None).count()) == (9, 1)
    assert [str(one) for one in online.filter(is_fictional=False, source="")] == []
    assert [str(one) for one in online.filter(source_url__contains="…")] == []
    invented = set(Publication.objects.filter(is_fictional=True))
    assert invented == set(Publication.objects.filter(title__contains="exemple fictif"))
    tied = online.exclude(instance=None, supports=None)
    assert [one for one in tied if one not in invented] == []  # nobody real is said to support what he may not
    assert tied.filter(meeting__isnull=False, supports__isnull=False).distinct().count() == 2


def test_the_fictional_persons_follow_no_real_roadmap() -> None:
    followed = Roadmap.objects.filter(referent__in=Person.objects.all())
    assert set(followed.values_list("slug", flat=True)) == FICTIONAL


def test_generations_and_strategies_are_linked() -> None:
    nantes = Roadmap.objects.get(slug="nantes-metropole-feuille-de-route-ess-2021-2026")
    generations = []
    while nantes:
        generations.append(nantes.slug[-9:])
        nantes = nantes.predecessor
    assert generations == ["2021-2026", "2015-2020", "2013-2014", "2009-2011", "2006-2008"]
    strategy = Roadmap.objects.get(slug="region-pays-de-la-loire-strategie-ess-2017-2021")
    assert sorted(plan.slug[-9:] for plan in strategy.action_plans.all()) == ["2017-2019", "2019-2021"]


def test_the_four_levels_of_toulouse_are_in_place() -> None:
    objectives = Objective.objects.filter(edition__roadmap__slug="grand-toulouse-plan-actions-ess-2012-2014")
    assert [objectives.filter(depth=depth).count() for depth in (1, 2, 3)] == [2, 5, 13]
    assert sorted(objectives.filter(actions__isnull=False).values_list("depth", flat=True)) == [1, 3, 3, 3, 3]


def test_only_a_fictional_draft_is_commented_on_and_each_comment_is_about_what_is_there() -> None:
    comments = list(Comment.objects.select_related("edition__roadmap").with_people())
    assert {one.edition.roadmap.slug for one in comments} == {"nantes-metropole-feuille-de-route-ess-2027-2032"}
    assert {(one.author.email, one.kind, bool(one.answer), one.is_closed) for one in comments} == {
        ("agent@demo.test", "document", True, False),
        ("agent@demo.test", "section", False, False),
        ("agent@demo.test", "objective", True, True),
        ("agent@demo.test", "action", False, False),
        ("redaction@demo.test", "action", False, False),
    }


def test_a_published_edition_is_dated_as_its_file_says() -> None:
    edition = Edition.objects.get(roadmap__slug="mauges-communaute-plan-transversal-ess-2025-2030")
    assert edition.published_at.isoformat() == "2025-06-24T07:00:00+00:00"
    assert edition.published_by.email == "cress@demo.test"


@pytest.mark.parametrize(
    ("mistake", "message"),
    [
        ('[[sections]]\nkind = "preamble"\ntitel = "Faute"', "essai.toml, sections[1].titel : clé inconnue."),
        ('[[sections]]\ntitle = "Sans nature"', "essai.toml, sections[1].kind : Ce champ ne peut pas être vide."),
        (
            f'{AN_ACTION}\nlevers = ["LOTO"]',
            "essai.toml, objectives[1].actions[1].levers : « LOTO » n’est pas dans le vocabulaire.",
        ),
        (
            f'{AN_ACTION}\nactors = [["lead", "X"]]',
            "essai.toml, objectives[1].actions[1].actors : « X » n’est pas dans organisations.toml.",
        ),
        (
            '[[comments]]\nauthor = "agent@demo.test"\ntext = "A"\nabout = "action-abcd2345"',
            "essai.toml, comments[1].about : « action-abcd2345 » n’est pas dans cette édition.",
        ),
    ],
)
def test_a_mistake_is_told_by_file_key_and_reason(mistake: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "essai.toml").write_text(f"{MINIMAL}\n{mistake}\n", encoding="utf-8")
    document = read_documents(tmp_path)["essai"]
    with pytest.raises(DemoFileError) as caught:
        write_document("essai", document, User.objects.first(), Person.objects.first())
    assert str(caught.value) == message
    assert Roadmap.objects.filter(slug="essai").count() == 0


def test_roadmaps_that_follow_each_other_in_a_circle_are_refused(tmp_path: Path) -> None:
    for slug, other in (("un", "deux"), ("deux", "un")):
        text = f'slug = "{slug}"\n[roadmap]\npredecessor = "{other}"\n'
        (tmp_path / f"{slug}.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DemoFileError, match="se suivent en rond"):
        read_documents(tmp_path)


def test_an_edition_tells_nothing_that_was_not_known_when_it_was_published() -> None:
    first, second = Edition.objects.filter(roadmap__slug__contains="saint-nazaire").order_by("number")
    published_on = first.published_at.date()
    done = Step.objects.filter(done_on__isnull=False)
    read = Measure.objects.filter(measured_on__isnull=False)
    assert [step for step in done.filter(edition=first) if step.done_on.last_day > published_on] == []
    assert [measure for measure in read.filter(edition=first) if measure.measured_on.last_day > published_on] == []
    spent = Funding.objects.filter(edition=first, year__gt=published_on.year).exclude(status="planned")
    assert list(spent) == []
    assert done.filter(edition=second).count() > done.filter(edition=first).count()
    assert read.filter(edition=second).count() > read.filter(edition=first).count()


def test_a_real_document_goes_online_when_the_demonstration_is_installed() -> None:
    real = Edition.objects.published().filter(roadmap__is_fictional=False)
    assert {edition.published_at.date() for edition in real} == {timezone.now().date()}


def test_only_fictional_roadmaps_are_followed_and_each_action_has_its_last_word() -> None:
    reports = ProgressReport.objects.all()
    assert set(reports.values_list("roadmap__is_fictional", flat=True)) == {True}
    invented = reports.exclude(text="").exclude(text__contains="Exemple fictif")
    assert [report.text for report in invented] == []
    latest = dict(reports.latest_of_each().values_list("uid", "status"))
    assert (latest["ed6fdrba"], latest["d7y282px"]) == ("done", "paused")


def test_every_policy_page_is_online_but_the_one_that_shows_a_draft(client: ReadingClient) -> None:
    pages = Page.objects.in_brief().order_by("path")
    assert [page.path for page in pages if not page.is_published] == ["questions-frequentes"]
    assert [client.get(page.get_absolute_url()).status_code for page in pages.published()] == [200] * 17
    assert {page.version for page in pages} == {1}


def test_every_link_of_a_policy_page_to_the_portal_leads_somewhere(client: ReadingClient) -> None:
    bodies = OnlineText.objects.values_list("body", flat=True)
    links = {link for body in bodies for link in re.findall(r'href="(/[^"]*)"', body)}
    lost = sorted(link for link in links if client.get(link).status_code != 200)
    assert lost == ["/espace/"]  # for those who sign in
    assert len(links) > 15


def test_a_policy_page_gives_its_sources_or_says_that_it_is_an_example() -> None:
    untold = [
        text.title
        for text in OnlineText.objects.all()
        if not re.search(r"<h3>Sources?</h3>\s*<ul>\s*<li>|exemple fictif", text.body, re.IGNORECASE)
    ]
    assert untold == []


def test_the_longest_document_is_read_aloud_without_an_error_and_is_well_formed(tmp_path: Path) -> None:
    longest = Edition.objects.annotate(size=Count("action")).select_related("roadmap__collectivite").latest("size")
    path = tmp_path / "edition.pdf"
    with zeal_ignore():
        sheets(longest).write(path, wait=60)
    assert faults(path.read_bytes(), tmp_path, "error") == []
    assert damage(path) == (0, "")
