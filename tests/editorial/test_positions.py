"""What everyone reads of the positions: the list, one of them, its results, its documents, and nothing of a draft."""

import csv
import datetime as dt
import io
import json
import re
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import etree

from editorial.models import FormerSlug, Publication
from editorial.position import Position
from editorial.positions import whole
from roadmaps.models import Theme
from tests.editorial.factories import PUBLISHED_AT, PublicationFactory
from tests.html_client import ReadingClient
from tests.instances.factories import InstanceFactory, MeetingFactory
from tests.people.factories import OrganisationFactory
from tests.publishing.structure import damage, faults, structure
from tests.roadmaps.factories import ActionFactory, EditionFactory
from ui.links import Link
from ui.partial_date import PartialDate

pytestmark = pytest.mark.django_db
LIST = "/prises-de-position/"
SURVEY = Publication.Kind.SURVEY


def titles(response) -> list[str]:
    return [str(row) for row in response.context["page"]]


def facet(response, name: str) -> list[str]:
    return [label for value, label in response.context["sieve"].fields[name].choices if value]


def three() -> tuple[Publication, ...]:
    """Publish a letter that was answered, another that was not, and a survey."""
    theme = Theme.objects.get(code="mobilite")
    instance = InstanceFactory(name="CESER", slug="ceser")
    return (
        PublicationFactory(
            title="Épargnons l’insertion", recipients=["Le préfet"], answer="Nous en tenons compte.",
            themes=[theme], dated_on=PartialDate(2024, 12, 4), published=True,
        ),
        PublicationFactory(title="Budget", recipients=["La Région"], instance=instance, published=True),
        PublicationFactory(kind=SURVEY, title="Trésorerie", dated_on=PartialDate(2025), published=True),
    )  # fmt: skip


def test_the_list_gives_the_latest_first_and_no_draft(client: ReadingClient) -> None:
    three()
    PublicationFactory(title="Secrète")
    answer = client.get(LIST)
    assert titles(answer) == ["Budget", "Trésorerie", "Épargnons l’insertion"]
    assert "Secrète" not in answer.content.decode()


def test_each_facet_says_how_many_positions_it_leads_to_and_is_taken_away_by_a_link(client: ReadingClient) -> None:
    three()
    answer = client.get(LIST)
    assert {name: facet(answer, name) for name in ("nature", "theme", "annee", "instance", "reponse")} == {
        "nature": ["Enquête-flash (1)", "Lettre ouverte (2)"],
        "theme": ["Mobilité (1)"],
        "annee": ["2025 (2)", "2024 (1)"],
        "instance": ["CESER (1)"],
        "reponse": ["Avec une réponse (1)", "Sans réponse à ce jour (1)"],
    }
    sifted = client.get(f"{LIST}?nature=letter&reponse=sans&page=1")
    assert titles(sifted) == ["Budget"]
    assert sifted.context["sieve"].removals == [
        {"label": "Nature\u00a0: Lettre ouverte", "url": "?reponse=sans"},
        {"label": "Réponse\u00a0: Sans réponse à ce jour", "url": "?nature=letter"},
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=epargnons", ["Épargnons l’insertion"]),
        ("q=INSERTION", ["Épargnons l’insertion"]),
        ("theme=mobilite", ["Épargnons l’insertion"]),
        ("annee=2025", ["Budget", "Trésorerie"]),
        ("instance=ceser", ["Budget"]),
        ("reponse=avec", ["Épargnons l’insertion"]),
        ("tri=ancien", ["Épargnons l’insertion", "Trésorerie", "Budget"]),
        ("tri=titre", ["Budget", "Épargnons l’insertion", "Trésorerie"]),
        ("nature=inconnue&annee=x&page=999999&tri=x", ["Budget", "Trésorerie", "Épargnons l’insertion"]),
        ("q=introuvable", []),
    ],
)
def test_the_list_is_searched_sifted_and_sorted(client: ReadingClient, query: str, found: list[str]) -> None:
    three()
    assert titles(client.get(f"{LIST}?{query}")) == found


def test_a_page_says_from_whom_to_whom_and_that_nobody_answered(client: ReadingClient) -> None:
    OrganisationFactory(name="Les Ecossolies", website="https://ecossolies.fr/")
    row = PublicationFactory(
        signatories=["CRESS", "les ecossolies"], recipients=["La présidente de la Région"], published=True
    )
    position = client.get(row.get_absolute_url()).context["position"]
    assert position.signatories == [
        {"name": "CRESS", "url": ""},
        {"name": "Les Ecossolies", "url": "https://ecossolies.fr/"},
    ]
    assert [one["name"] for one in position.recipients] == ["La présidente de la Région"]
    assert position.answer_title == "Sans réponse à ce jour"
    answered = PublicationFactory(recipients=["X"], answer="Oui.", answer_on=PartialDate(2025, 4), published=True)
    assert client.get(answered.get_absolute_url()).context["position"].answer_title == "Réponse reçue en avril 2025"


def test_results_are_drawn_beside_their_table_with_what_is_needed_to_read_them(client: ReadingClient) -> None:
    row = PublicationFactory(
        kind=SURVEY,
        results=[{"title": "Trésorerie", "figures": [["Tendue", "62"], ["Bonne", "31"], ["Sans avis", "0"]]}],
        published=True,
    )
    answer = client.get(row.get_absolute_url())
    (result,) = answer.context["position"].results
    assert [(one["label"], one["shown"], one["width"]) for one in result["bars"].rows] == [
        ("Tendue", "62\u00a0%", "100.0"),
        ("Bonne", "31\u00a0%", "50.0"),
        ("Sans avis", "0\u00a0%", "0.0"),
    ]
    assert result["note"] == "Base\u00a0: 111\u00a0réponses · 2025 · CRESS"
    table = re.search(r'<table class="bars">.*?</table>', answer.content.decode(), re.DOTALL)[0]
    assert (table.count("<svg"), table.count('<th scope="row">'), table.count('<td class="num">')) == (3, 3, 3)


def test_what_a_position_supports_is_told_from_what_is_in_force_and_nothing_hidden_is_named(
    client: ReadingClient,
) -> None:
    edition = EditionFactory(published=True)
    action = ActionFactory(objective__edition=edition, title="Ouvrir une recyclerie")
    hidden = ActionFactory(objective__edition=EditionFactory(), title="Secrète")
    closed = InstanceFactory(name="Comité discret", is_public=False)
    row = PublicationFactory(
        instance=closed,
        meeting=MeetingFactory(instance=closed),
        supports=[
            (edition.roadmap, ""),
            (edition.roadmap, action.uid),
            (edition.roadmap, action.objective.uid),
            (hidden.edition.roadmap, ""),
            (hidden.edition.roadmap, hidden.uid),
        ],
        published=True,
    )
    answer = client.get(row.get_absolute_url())
    text = answer.content.decode()
    assert [(one["word"], one["title"].split()[0]) for one in answer.context["position"].supports] == [
        ("Feuille de route", edition.roadmap.title.split()[0]),
        ("Action", str(action).split()[0]),
        ("Objectif", str(action.objective).split()[0]),
    ]
    assert ("Comité discret" in text, "Secrète" in text, hidden.edition.roadmap.title in text) == (False, False, False)
    exported = client.get(f"{LIST}liste.json").json()
    assert ["/feuilles-de-route/" in one for one in exported[0]["Soutient"]] == [True] * 3
    assert exported[0]["Portée dans"] == ""


def test_what_everyone_reads_is_what_was_published(client: ReadingClient) -> None:
    row = PublicationFactory(title="Publiée", body="<p>Ancien.</p>", published=True)
    Publication.objects.filter(pk=row.pk).update(title="Secret", body="<p>Secret.</p>")
    for address in (row.get_absolute_url(), LIST, f"{LIST}liste.csv", f"{LIST}flux.atom"):
        text = client.get(address).content.decode()
        assert ("Publiée" in text, "Secret" in text) == (True, False), address


@pytest.mark.parametrize(
    "query",
    [f"q={'a' * 10_000}", "q=le+la+les", "q=%27+OR+1%3D1--", "q=%25_%5B(*", "page=0", "page=-1", "annee=2025&annee=1",
     "&".join(f"nature=x{n}" for n in range(50)), "inconnu=1"],
)  # fmt: skip
def test_a_strange_address_is_answered_with_a_page_that_helps(client: ReadingClient, query: str) -> None:
    three()
    for address in (LIST, f"{LIST}flux.atom", f"{LIST}liste.csv"):
        assert client.get(f"{address}?{query}").status_code == 200
    assert client.get(f"{LIST}?{query}").context["page"].paginator.count in {0, 3}


def test_a_draft_has_no_address(client: ReadingClient) -> None:
    row = PublicationFactory(file=ContentFile(b"%PDF-1.7", "lettre.pdf"))
    ends = ("/", ".pdf", "/document/", "/reponse/")
    assert [client.get(f"{LIST}{row.slug}{end}").status_code for end in ends] == [404] * 4


def test_a_former_address_leads_for_ever_to_the_position_and_to_nothing_once_it_is_hidden(
    client: ReadingClient,
) -> None:
    row = PublicationFactory(published=True)
    FormerSlug.objects.create(slug="ancienne", publication=row)
    answer = client.get(f"{LIST}ancienne/")
    assert (answer.status_code, answer["Location"]) == (301, row.get_absolute_url())
    row.online.delete()
    assert client.get(f"{LIST}ancienne/").status_code == 404


def test_a_printed_position_can_be_read_aloud_and_is_well_formed(client: ReadingClient, tmp_path: Path) -> None:
    edition = EditionFactory(published=True)
    row = PublicationFactory(
        kind=SURVEY,
        signatories=["CRESS"],
        recipients=["La Région"],
        source="ESS France",
        supports=[(edition.roadmap, "")],
        results=[{"figures": [["Oui", "62"], ["Non", "38"]]}, {"title": "Pourquoi", "figures": [["Parce que", "1"]]}],
        published=True,
    )
    address = reverse("publication-pdf", args=[row.slug])
    pdf = b"".join(client.get(address).streaming_content)
    assert faults(pdf, tmp_path, "error") == []
    assert damage(tmp_path / "read.pdf") == (0, "")
    assert structure(pdf).shape.count("Table(") == 2
    assert b"".join(client.get(address).streaming_content) == pdf


def test_documents_are_sent_to_be_saved_as_what_they_are(client: ReadingClient) -> None:
    row = PublicationFactory(file=ContentFile(b"%PDF-1.7 a", "lettre.pdf"), published=True)
    answer = client.get(reverse("publication-file", args=[row.slug]))
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 a"
    assert client.get(reverse("publication-answer", args=[row.slug])).status_code == 404


def test_the_list_is_taken_away_with_its_filters(client: ReadingClient) -> None:
    three()
    answer = client.get(f"{LIST}liste.csv?nature=letter")
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(line["Titre"], line["Date"], line["Destinataires"]) for line in lines] == [
        ("Budget", "2025-03", "La Région"),
        ("Épargnons l’insertion", "2024-12-04", "Le préfet"),
    ]
    formats = ("xlsx", "ods", "json", "exe")
    assert [client.get(f"{LIST}liste.{one}").status_code for one in formats] == [200, 200, 200, 404]


def test_a_formula_in_a_title_is_not_one_for_a_spreadsheet(client: ReadingClient) -> None:
    PublicationFactory(title="=1+1", published=True)
    assert b"'=1+1" in client.get(f"{LIST}liste.csv").content


def test_the_feed_follows_the_filters_of_the_list(client: ReadingClient) -> None:
    three()
    feed = etree.fromstring(client.get(f"{LIST}flux.atom?nature=survey").content)
    atom = {"a": "http://www.w3.org/2005/Atom"}
    assert feed.xpath("//a:entry/a:title/text()", namespaces=atom) == ["Enquête-flash\u00a0: Trésorerie"]
    assert feed.xpath("string(//a:entry/a:updated)", namespaces=atom) == PUBLISHED_AT.isoformat()
    assert feed.xpath("string(a:link[@rel='self']/@href)", namespaces=atom).endswith("flux.atom?nature=survey")


def test_machines_are_told_what_a_position_is(client: ReadingClient) -> None:
    row = PublicationFactory(title="Budget </script>", signatories=["CRESS"], published=True)
    text = client.get(row.get_absolute_url()).content.decode()
    told = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])
    assert (told["@type"], told["headline"], told["datePublished"], told["author"]) == (
        "Article", "Budget </script>", "2025-03", [{"@type": "Organization", "name": "CRESS"}],
    )  # fmt: skip
    assert '<meta property="og:type" content="article">' in text


def test_a_reader_who_has_the_page_is_not_sent_it_again(client: ReadingClient) -> None:
    row = PublicationFactory(published=True)
    for address in (row.get_absolute_url(), LIST):
        tag = client.get(address)["ETag"]
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    ("fields", "answered"),
    [
        ({}, ""),
        ({"recipients": ["X"]}, "sans"),
        ({"signatories": ["X"]}, ""),
        ({"recipients": ["X"], "answer": "Oui."}, "avec"),
        ({"recipients": ["X"], "answer_on": PartialDate(2025)}, "avec"),
        ({"answer_file": ContentFile(b"%PDF-1.7", "a.pdf")}, "avec"),
    ],
)
def test_the_page_and_the_list_agree_on_whether_an_answer_came(fields: dict[str, object], answered: str) -> None:
    row = PublicationFactory(**fields)
    position = Position(whole(row.pk))
    said = "avec" if position.has_answer else "sans" if position.is_unanswered else ""
    assert (said, Publication.objects.with_answer().get().answered) == (answered, answered)


@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_positions_cost_the_same_whatever_their_number(client: ReadingClient, editor, count: int) -> None:
    edition = EditionFactory(published=True)
    actions = [ActionFactory(objective__edition=edition) for _ in range(count)]
    themes = list(Theme.objects.all()[:2])
    meeting = MeetingFactory()
    rows = [
        PublicationFactory(
            instance=meeting.instance,
            meeting=meeting,
            themes=themes,
            signatories=[f"Signataire {n}" for n in range(count)],
            supports=[(edition.roadmap, ""), *((edition.roadmap, action.uid) for action in actions)],
            results=[{"figures": [["Oui", "62"], ["Non", "38"]]}] * count,
            published=True,
        )
        for _ in range(count)
    ]
    spent = {}
    for reader, address in (
        (client, LIST),
        (client, rows[0].get_absolute_url()),
        (client, f"{LIST}liste.csv"),
        (client, f"{LIST}flux.atom"),
        (editor, reverse("workspace-publication-list")),
        (editor, reverse("publication-edit", args=[rows[0].pk])),
        (editor, reverse("publication-preview", args=[rows[0].pk])),
    ):
        with CaptureQueriesContext(connection) as queries:
            reader.get(address)
        spent[address] = len(queries)
    assert list(spent.values()) == [6, 8, 9, 2, 11, 13, 12]


def test_a_position_and_what_it_is_tied_to_lead_to_each_other(client: ReadingClient, editor) -> None:
    meeting = MeetingFactory(held_on=dt.date(2025, 3, 6))
    edition = EditionFactory(published=True)
    action = ActionFactory(objective__edition=edition)
    row = PublicationFactory(
        title="Budget", instance=meeting.instance, meeting=meeting,
        supports=[(edition.roadmap, action.uid), (edition.roadmap, action.objective.uid)], published=True,
    )  # fmt: skip
    other = PublicationFactory(title="Ailleurs", dated_on=None, supports=[(edition.roadmap, "")], published=True)
    PublicationFactory(title="Secrète", instance=meeting.instance, supports=[(edition.roadmap, action.uid)])
    mine = Link("Budget", row.get_absolute_url(), "Lettre ouverte, mars 2025", action.uid)
    roadmap = edition.roadmap.get_absolute_url()
    around = {
        address: client.get(address).context
        for address in (roadmap, f"{roadmap}actions/{action.uid}/", f"{roadmap}objectifs/{action.objective.uid}/")
    }
    whole, of_action, of_objective = around.values()
    assert [one.title for one in whole["document"].around.positions] == ["Budget", "Ailleurs"]
    assert of_action["around"].positions == [mine]
    assert [one.url for one in of_objective["around"].positions] == [row.get_absolute_url()]
    portrait = client.get(meeting.instance.get_absolute_url()).context["portrait"]
    assert [(one.title, one.about) for one in portrait.positions] == [("Budget", meeting.uid)]
    assert [[link.title for link in one.told_positions] for one in portrait.past] == [["Budget"]]
    every = client.get(reverse("meeting-list", args=[meeting.instance.slug]))
    assert f'Position portée : <a href="{row.get_absolute_url()}">Budget</a>' in every.text
    desk = editor.get(reverse("meeting-detail", args=[meeting.instance.slug, meeting.uid]))
    assert [one.title for one in desk.context["positions"]] == ["Budget"]
    assert [str(one) for one in client.get("/").context["positions"]] == ["Budget", "Ailleurs"]
    assert other.get_absolute_url() in client.get("/plan-du-site/").text
