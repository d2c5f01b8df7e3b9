"""What everyone takes away of an edition: versions of its PDF, its text, the proof."""

import io
import os
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
import time_machine
from django.conf import settings
from django.template import Template
from django.test.signals import template_rendered
from django.urls import reverse
from django.utils.text import slugify
from django_tasks_db.models import DBTaskResult
from lxml import etree
from pypdf import PdfReader
from zeal import zeal_ignore

from publishing.allowance import Allowance
from publishing.pdf import attached_in, free_press
from publishing.stock import in_turn, place_of
from roadmaps.editions import publish
from roadmaps.models import Action, Objective, Printing
from roadmaps.open_data import open_data_bytes, sha256_of
from roadmaps.printing import kept_printing
from roadmaps.tasks import print_published
from tests.html_client import ReadingClient
from tests.people.factories import member
from tests.roadmaps.factories import MilestoneFactory
from tests.roadmaps.whole import whole_edition

pytestmark = pytest.mark.django_db
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def got(client: ReadingClient, name: str, *args: object, **query: str) -> tuple[bytes, str]:
    """Give a file and the name that it is saved under."""
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    named = re.search(r'filename="([^"]+)"', answer["Content-Disposition"])
    return b"".join(answer.streaming_content), named[1]


def kept_files() -> list[str]:
    folder = Path(settings.MEDIA_ROOT) / "impressions"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_version_is_printed_once_and_named_for_what_it_is(client: ReadingClient) -> None:
    edition = whole_edition(published=True)
    slug, axis = edition.roadmap.slug, Objective.objects.get(depth=1)
    query = {"version": f"axe-{axis.uid}", "grands-caracteres": "on"}
    first, name = got(client, "roadmap-pdf", slug, **query)
    assert name == f"{slug}-edition-1-axe-1-entreprendre-autrement-grands-caracteres.pdf"
    (file,) = kept_files()
    path = Path(settings.MEDIA_ROOT) / "impressions" / file
    assert path.read_bytes() == first
    path.write_bytes(b"kept")
    with zeal_ignore():
        assert got(client, "edition-pdf", slug, 1, **query) == (b"kept", name)
    assert Printing.objects.count() == 0


@pytest.mark.django_db(transaction=True)  # what changes is counted once it is certain
def test_a_version_that_is_printed_is_found_without_being_laid_out_again(client: ReadingClient) -> None:
    edition = whole_edition(published=True)
    slug, laid_out = edition.roadmap.slug, []

    def note(sender: object, template: Template, **kwargs: object) -> None:
        laid_out.append(template.name)

    def taken() -> list[tuple[bytes, str]]:
        return [got(client, name, slug, econome="1") for name in ("roadmap-pdf", "roadmap-docx")]

    template_rendered.connect(note)
    try:
        with zeal_ignore():
            first, again = taken(), taken()
            assert (again, laid_out.count("roadmaps/print/booklet.html")) == (first, 2)
            MilestoneFactory(roadmap=edition.roadmap)
            pdf, docx = taken()
    finally:
        template_rendered.disconnect(note)
    assert (pdf != first[0], docx == first[1], len(kept_files())) == (True, True, 3)


def test_one_address_has_so_many_documents_printed_and_no_more(
    client: ReadingClient, client_for: Callable[..., ReadingClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roadmaps.views.printing.PRINTINGS", Allowance("printings", amount=2, duration=600))
    edition = whole_edition(published=True)
    address = reverse("roadmap-pdf", args=[edition.roadmap.slug])
    versions = ({"version": "conseil"}, {"econome": "1"}, {"version": "conseil"}, {"avancement": "sans"})
    with zeal_ignore(), time_machine.travel(datetime(2026, 6, 1, 12, 34, tzinfo=UTC), tick=False):
        answers = [client.get(address, query) for query in versions]
        neighbour = client.get(address, {"avancement": "sans"}, REMOTE_ADDR="192.0.2.7")
        known = client_for(member(edition.roadmap.collectivite)).get(address, {"grands-caracteres": "1"})
    for answer in (*answers, neighbour, known):
        list(answer)  # read to its end, it is closed
    assert [answer.status_code for answer in (*answers, neighbour, known)] == [200, 200, 200, 429, 200, 200]
    refused = answers[3]
    assert refused["Retry-After"] == "360"
    page = " ".join(refused.content.decode().split())
    assert "Redemandez celui-ci à partir de <strong>14 h 40</strong>." in page
    assert "Depuis votre réseau, 2 documents ont été imprimés en 10 minutes." in page
    with time_machine.travel(datetime(2026, 6, 1, 12, 40, tzinfo=UTC), tick=False), zeal_ignore():
        got(client, "roadmap-pdf", edition.roadmap.slug, avancement="sans")


def test_every_version_is_another_file(client: ReadingClient) -> None:
    edition = whole_edition(published=True)
    queries = ({"version": "conseil"}, {"econome": "1"}, {"grands-caracteres": "1"}, {"avancement": "sans"})
    with zeal_ignore():
        files = {got(client, "roadmap-pdf", edition.roadmap.slug, **query)[0] for query in ({}, *queries)}
    assert len(files) == 5


@pytest.mark.parametrize("version", ["tout", "axe-zzzzzzzz", "fiche-zzzzzzzz", "axe-of-a-lower-level"])
def test_a_version_that_is_not_there_is_not_found(version: str, client: ReadingClient) -> None:
    edition = whole_edition(published=True)
    if version.startswith("axe-of"):
        version = f"axe-{Objective.objects.get(depth=2).uid}"
    answer = client.get(reverse("roadmap-pdf", args=[edition.roadmap.slug]), {"version": version})
    assert answer.status_code == 404


def test_versions_of_a_draft_are_printed_for_its_readers_and_not_kept(
    client_for: Callable[..., ReadingClient],
) -> None:
    draft = whole_edition()
    reader = client_for(member(draft.roadmap.collectivite))
    action = Action.objects.get()
    answer = reader.get(reverse("roadmap-pdf", args=[draft.roadmap.slug]), {"version": f"fiche-{action.uid}"})
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    assert f"edition-1-brouillon-fiche-a0-{slugify(action.title)}.pdf" in answer["Content-Disposition"]
    assert kept_files() == []


def test_the_file_holds_the_data_of_the_edition_and_prints_their_hash() -> None:
    edition = whole_edition(published=True)
    with kept_printing(edition).file.open() as file:
        pdf = file.read()
    with zeal_ignore():
        data = open_data_bytes(edition)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        (inside,) = document.Root.AF
        assert inside.EF.F.read_bytes() == data == attached_in(pdf)
        assert f"{edition.roadmap.slug}-edition-1.json" == inside.UF
    text = "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())
    assert sha256_of(data) in text


@pytest.mark.parametrize(
    "query", [{"version": "conseil"}, {"version": "axe"}, {"version": "fiche"}, {"avancement": "sans"}]
)
def test_what_leaves_something_out_does_not_hold_it_in_its_data(client: ReadingClient, query: dict[str, str]) -> None:
    edition = whole_edition(published=True)
    uids = {"axe": Objective.objects.get(depth=1).uid, "fiche": Action.objects.get().uid}
    if uid := uids.get(query.get("version", "")):
        query = {"version": f"{query['version']}-{uid}"}
    pdf, _ = got(client, "roadmap-pdf", edition.roadmap.slug, **query)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert "/AF" not in document.Root


def test_the_data_of_an_edition_stay_what_they_were_when_it_was_printed(client: ReadingClient) -> None:
    edition = whole_edition(published=True)
    kept_printing(edition)
    address = reverse("roadmap-data", args=[edition.roadmap.slug])
    before = client.get(address)
    MilestoneFactory(roadmap=edition.roadmap, title="Ajoutée après")
    after = client.get(address)
    assert (after.content, after["ETag"]) == (before.content, before["ETag"])
    assert b"Ajout" not in after.content


def test_a_draft_is_under_no_licence(client_for: Callable) -> None:
    draft = whole_edition()
    reader = client_for(member(draft.roadmap.collectivite))
    address = reverse("roadmap-data", args=[draft.roadmap.slug])
    assert reader.get(address).json()["licence"] == ""
    publish(draft, by=None)
    assert reader.get(address).json()["licence"].endswith("/licence-ouverte-open-licence/")


def word(data: bytes) -> tuple[etree._Element, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not [name for name in archive.namelist() if name.startswith("word/media")]
        styles = archive.read("word/styles.xml").decode()
        return etree.fromstring(archive.read("word/document.xml")), styles


def paragraphs(document: etree._Element, style: str) -> list[str]:
    found = document.iterfind(f".//{WORD}p[{WORD}pPr]")
    return [
        "".join(paragraph.itertext(f"{WORD}t"))
        for paragraph in found
        if paragraph.find(f"{WORD}pPr/{WORD}pStyle") is not None
        and paragraph.find(f"{WORD}pPr/{WORD}pStyle").get(f"{WORD}val") == style
    ]


def test_a_word_document_keeps_headings_tables_captions_and_language(client: ReadingClient) -> None:
    edition = whole_edition(2, published=True)
    data, name = got(client, "roadmap-docx", edition.roadmap.slug)
    assert name == f"{edition.roadmap.slug}-edition-1.docx"
    document, styles = word(data)
    assert paragraphs(document, "Title") == [edition.roadmap.title]
    assert "Entreprendre autrement" in " ".join(paragraphs(document, "Heading1"))
    assert "Indicateurs" in " ".join(paragraphs(document, "TableCaption"))
    assert len(document.findall(f".//{WORD}tbl")) >= 4
    assert 'w:lang w:val="fr-FR"' in styles
    assert [node for node in document.iter() if "picture" in str(node.tag)] == []
    with zeal_ignore():
        assert got(client, "edition-docx", edition.roadmap.slug, 1)[0] == data


def test_an_opendocument_keeps_them_too(client: ReadingClient) -> None:
    edition = whole_edition(2, published=True)
    data, name = got(client, "roadmap-odt", edition.roadmap.slug)
    assert name == f"{edition.roadmap.slug}-edition-1.odt"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.read("mimetype") == b"application/vnd.oasis.opendocument.text"
        assert [name for name in archive.namelist() if name.startswith("Pictures/")] == []
        content, styles = etree.fromstring(archive.read("content.xml")), archive.read("styles.xml").decode()
    headings = [(int(node.get(f"{TEXT}outline-level")), "".join(node.itertext())) for node in content.iter(f"{TEXT}h")]
    assert {level for level, _ in headings} == {1, 2, 3, 4}
    assert [text for level, text in headings if level == 1 and "Entreprendre" in text] != []
    tables = content.findall(".//{urn:oasis:names:tc:opendocument:xmlns:table:1.0}table")
    assert len(tables) >= 4
    assert 'fo:language="fr" fo:country="FR"' in styles


def test_a_portal_without_pandoc_says_so(client: ReadingClient, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = whole_edition(published=True)
    monkeypatch.setattr("publishing.office.PANDOC", "/usr/bin/pandoc-is-not-here")
    answer = client.get(reverse("roadmap-docx", args=[edition.roadmap.slug]))
    assert answer.status_code == 503
    assert "pandoc, qui n’est pas installé" in answer.content.decode()


@zeal_ignore()
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # a server closes what it does not send
@pytest.mark.parametrize(
    ("name", "query", "ends"),
    [
        ("roadmap-pdf", {}, "edition-1.pdf"),
        ("roadmap-pdf", {"version": "conseil"}, "edition-1-conseil.pdf"),
        ("roadmap-docx", {}, "edition-1.docx"),
        ("roadmap-odt", {}, "edition-1.odt"),
        ("roadmap-data", {}, "edition-1.json"),
    ],
)
def test_whoever_has_a_file_already_is_not_sent_it_again(
    client: ReadingClient, name: str, query: dict[str, str], ends: str
) -> None:
    address = reverse(name, args=[whole_edition(published=True).roadmap.slug])
    whole = client.get(address, query)
    content = b"".join(whole)
    assert (whole.status_code, whole["Content-Length"]) == (200, str(len(content)))
    assert whole["Content-Disposition"].endswith(f'-{ends}"')
    head = client.head(address, query)
    list(head)
    told = ("Content-Type", "Content-Disposition", "Content-Length", "ETag")
    assert (head.status_code, [head[one] for one in told]) == (200, [whole[one] for one in told])
    again = client.get(address, query, headers={"If-None-Match": whole["ETag"]})
    assert (again.status_code, b"".join(again)) == (304, b"")
    part = client.get(address, query, headers={"Range": "bytes=0-9"})
    assert (part.status_code, b"".join(part), "Accept-Ranges" in part) == (200, content, False)  # whole or not at all


def test_the_page_of_downloads_leads_to_every_file(client: ReadingClient) -> None:
    edition = whole_edition(2, published=True)
    kept_printing(edition)
    slug = edition.roadmap.slug
    with zeal_ignore():
        page = client.get(reverse("edition-download", args=[slug, 1])).content.decode()
    names = ("edition-docx", "edition-odt", "edition-data", "edition-verify")
    assert [page.count(f'href="{reverse(name, args=[slug, 1])}"') for name in names] == [1, 1, 1, 1]
    assert f'action="{reverse("edition-pdf", args=[slug, 1])}"' in page
    axis = Objective.objects.get(depth=1)
    actions = Action.objects.values_list("uid", flat=True)
    versions = re.findall(r'<option value="([^"]+)"', page)
    assert versions == ["document", "conseil", f"axe-{axis.uid}", *(f"fiche-{uid}" for uid in actions)]


@pytest.mark.parametrize("actions", [1, 3, 40])
def test_the_page_of_downloads_takes_as_many_queries_whatever_the_edition_holds(
    actions: int, client: ReadingClient, django_assert_num_queries: Callable
) -> None:
    edition = whole_edition(actions, published=True)
    with django_assert_num_queries(7):
        client.get(reverse("roadmap-download", args=[edition.roadmap.slug]))


def test_the_public_page_shows_the_hash_of_the_pdf(client: ReadingClient) -> None:
    edition = whole_edition(published=True)
    printing = kept_printing(edition)
    with zeal_ignore():
        page = client.get(edition.roadmap.get_absolute_url()).content.decode()
    assert printing.sha256 in page
    assert f'href="{reverse("edition-verify", args=[edition.roadmap.slug, 1])}"' in page


def test_a_hash_is_told_for_what_it_is(client: ReadingClient) -> None:
    edition = whole_edition(published=True)
    printing = kept_printing(edition)
    with printing.file.open() as file:
        data = sha256_of(attached_in(file.read()))
    address = reverse("edition-verify", args=[edition.roadmap.slug, 1])
    spaced = " ".join(re.findall("..", printing.sha256.upper()))  # as older Windows prints it
    told = {
        f"{printing.sha256}  edition.pdf": "C’est bien cette édition",
        spaced: "C’est bien cette édition",
        data: "Ce sont bien les données de cette édition",
        "0" * 64: "Ce n’est pas le document mis en ligne",
        "abc": "Une empreinte SHA-256 compte 64 signes",
    }
    for typed, words in told.items():
        page = client.get(address, {"empreinte": typed}).content.decode()
        assert [one for one in set(told.values()) if one in page] == [words]


@pytest.mark.parametrize("name", ["roadmap-pdf", "roadmap-docx"])
def test_a_document_that_waits_for_a_press_says_that_it_is_being_prepared(
    name: str, client: ReadingClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    edition = whole_edition(published=True)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))  # presses of its own
    monkeypatch.setattr("publishing.pdf.PATIENCE_SECONDS", 0)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    with free_press(0):
        answer = client.get(reverse(name, args=[edition.roadmap.slug]))
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    page = answer.content.decode()
    assert "Votre document se prépare" in page
    assert "Un document s’imprime en ce moment, depuis 1\u00a0seconde." in page.replace("&nbsp;", "\u00a0")
    assert list(Path(settings.MEDIA_ROOT).rglob("*.part")) == []


@pytest.mark.django_db(transaction=True)
def test_a_document_that_a_worker_is_to_print_says_that_it_waits(client: ReadingClient) -> None:
    edition = whole_edition(published=True)
    DBTaskResult.objects.create(
        task_path=print_published.module_path,
        args_kwargs={"args": [edition.pk], "kwargs": {}},
        backend_name="default",
        run_after=datetime(2026, 1, 1, tzinfo=UTC),
    )
    answer = client.get(reverse("roadmap-pdf", args=[edition.roadmap.slug]))
    assert (answer.status_code, Printing.objects.count()) == (503, 0)
    assert "Il attend son tour" in answer.content.decode()


def test_the_stock_forgets_what_nobody_asks_for(client: ReadingClient) -> None:
    edition = whole_edition(published=True)
    folder = Path(settings.MEDIA_ROOT) / "impressions"
    folder.mkdir(parents=True)
    (folder / "vieux.pdf").touch()
    (folder / "recent.pdf").touch()
    os.utime(folder / "vieux.pdf", (0, 0))
    got(client, "roadmap-pdf", edition.roadmap.slug, econome="1")
    assert [name for name in kept_files() if "econome" not in name] == ["recent.pdf"]


def test_an_action_and_a_first_level_objective_lead_to_their_own_pdf(client: ReadingClient) -> None:
    edition = whole_edition(published=True)
    slug, action, axis = edition.roadmap.slug, Action.objects.get(), Objective.objects.get(depth=1)
    address = reverse("edition-pdf", args=[slug, 1])
    with zeal_ignore():
        pages = [
            client.get(reverse(name, args=[slug, uid])).content.decode()
            for name, uid in (
                ("action-detail", action.uid),
                ("objective-detail", axis.uid),
                ("objective-detail", Objective.objects.get(depth=2).uid),
            )
        ]
    assert [re.findall(rf'href="{address}\?version=([^"]+)"', page) for page in pages] == [
        [f"fiche-{action.uid}"],
        [f"axe-{axis.uid}"],
        [],
    ]


def test_a_draft_is_written_for_a_word_processor_in_turn(
    client_for: Callable[..., ReadingClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = whole_edition()
    reader = client_for(member(draft.roadmap.collectivite))
    with in_turn(place_of(f"brouillon-{draft.pk}.docx")), monkeypatch.context() as patch:  # somebody else asks for it
        patch.setattr("publishing.pdf.PATIENCE_SECONDS", 0)
        assert reader.get(reverse("roadmap-docx", args=[draft.roadmap.slug])).status_code == 503
    with zeal_ignore():
        assert got(reader, "roadmap-docx", draft.roadmap.slug)[1].endswith("-edition-1-brouillon.docx")
    assert kept_files() == []
