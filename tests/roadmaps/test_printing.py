import hashlib
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from pypdf import PdfReader
from zeal import zeal_ignore

from publishing.pdf import AttachedFile, BusyPressError, PrintingError, free_press, pdf_bytes, write_pdf
from roadmaps.editions import open_draft, publish
from roadmaps.models import Action, Edition, Printing
from roadmaps.printing import kept_printing
from tests.html_client import ReadingClient
from tests.people.factories import member
from tests.roadmaps.factories import ProgressReportFactory
from tests.roadmaps.whole import whole_edition

pytestmark = pytest.mark.django_db


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


@pytest.mark.django_db(transaction=True)
def test_publishing_prints_and_keeps_the_pdf_with_its_hash(client: ReadingClient) -> None:
    edition = whole_edition(actions=2)
    publish(edition, by=None)
    printing = Printing.objects.get(edition=edition)
    with closing(client.get(reverse("roadmap-pdf", args=[edition.roadmap.slug]))) as answer:
        served = b"".join(answer.streaming_content)
    assert hashlib.sha256(served).hexdigest() == printing.sha256
    document = PdfReader(BytesIO(served))
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert document.trailer["/Root"]["/Lang"] == "fr"
    assert "Soutenir le projet" in words(served)
    assert "BROUILLON" not in words(served)


def test_a_pdf_is_printed_once_and_again_if_a_crash_lost_it() -> None:
    edition = whole_edition(published=True)
    first = kept_printing(edition)
    path = Path(first.file.path)
    first.delete()
    path.unlink()
    with zeal_ignore():
        again = kept_printing(edition)
    assert again.sha256 == first.sha256
    assert kept_printing(edition).pk == again.pk
    assert [entry.name for entry in path.parent.iterdir()] == [Path(again.file.name).name]


def test_a_draft_is_printed_on_demand_and_marked(client_for: Callable[..., ReadingClient]) -> None:
    edition = whole_edition(published=True)
    draft = open_draft(edition.roadmap)
    reader = client_for(member(edition.roadmap.collectivite))
    answer = reader.get(reverse("edition-pdf", args=[draft.roadmap.slug, 2]))
    assert answer["Cache-Control"] == "private, no-store"
    assert "BROUILLON" in words(answer.content)
    assert Printing.objects.count() == 0


def test_an_internal_note_is_not_printed() -> None:
    edition = whole_edition(published=True)
    Action.objects.update(internal_note="À garder pour nous")
    with kept_printing(edition).file.open() as file:
        assert "garder" not in words(file.read())


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "http://127.0.0.1:9/x.png", "https://exemple.invalid/x.png", "/static/../manage.py"],
)
def test_content_cannot_make_the_printer_read_a_file_or_an_address(address: str, tmp_path: Path) -> None:
    html = f'<!DOCTYPE html><html lang="fr"><title>T</title><p>Bonjour</p><img src="{address}" alt="rien"></html>'
    pdf = pdf_bytes(html)
    assert words(pdf) in {"Bonjour", "Bonjour rien"}
    assert b"root:" not in pdf


def test_a_printing_leaves_nothing_in_the_folder_of_temporary_files(tmp_path: Path) -> None:
    here = Path(tempfile.gettempdir())
    before = {*here.glob("weasyprint-*")}
    sheet = f"{settings.PUBLIC_URL}{settings.STATIC_URL}css/print.css"  # with the fonts that the press unpacks
    write_pdf(f"<html lang=fr><title>A</title><link rel=stylesheet href={sheet}><p>A", tmp_path / "a.pdf")
    assert {*here.glob("weasyprint-*")} <= before


def test_a_missing_file_of_ours_is_a_failure_and_leaves_no_file(tmp_path: Path) -> None:
    html = '<!DOCTYPE html><html lang="fr"><title>T</title><link rel="stylesheet" href="/static/css/absent.css"></html>'
    with pytest.raises(PrintingError, match="absent"):
        pdf_bytes(html)


def test_a_printer_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("publishing.pdf.SECONDS", 0.05)
    with pytest.raises(PrintingError, match="secondes"):
        pdf_bytes("<p>Bonjour</p>")


def test_the_page_of_a_failed_printing_leads_back_to_the_document(
    client: ReadingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = whole_edition(published=True)
    monkeypatch.setattr("publishing.pdf.SECONDS", 0.05)
    answer = client.get(reverse("roadmap-pdf", args=[edition.roadmap.slug]))
    assert answer.status_code == 503
    assert edition.get_absolute_url() in answer.content.decode()


def test_a_printing_keeps_the_bytes_of_its_hash_when_another_machine_comes_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    edition = whole_edition(published=True)

    def slow(html: str, target: Path, attached: AttachedFile, **options: Any) -> None:
        """The printing of another machine ends while ours is at work."""
        write_pdf(html, target, attached, **options)
        other = target.with_name("other.pdf")
        other.write_bytes(target.read_bytes())
        sha256 = hashlib.sha256(other.read_bytes()).hexdigest()
        Printing.objects.create(edition=edition, file="editions/other.pdf", sha256=sha256)
        target.write_bytes(b"other bytes")

    monkeypatch.setattr("roadmaps.printing.write_pdf", slow)
    printing = kept_printing(edition)
    with printing.file.open() as file:
        assert hashlib.sha256(file.read()).hexdigest() == printing.sha256
    assert len(list(Path(printing.file.path).parent.iterdir())) == 1


@pytest.mark.django_db(transaction=True)
def test_a_pdf_is_printed_once_however_many_ask_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    edition, printed = whole_edition(published=True), []

    def counted(html: str, target: Path, attached: AttachedFile, **options: Any) -> None:
        printed.append(target)
        write_pdf(html, target, attached, **options)

    def ask(_: int) -> int:
        try:
            return kept_printing(Edition.objects.with_carriers().get(pk=edition.pk)).pk
        finally:
            connection.close()

    monkeypatch.setattr("roadmaps.printing.write_pdf", counted)
    with ThreadPoolExecutor(2) as pool:
        kept = list(pool.map(ask, range(2)))
    assert (len(printed), kept) == (1, [Printing.objects.get().pk] * 2)


def test_a_lost_pdf_is_told_and_not_printed_anew(client: ReadingClient) -> None:
    edition = whole_edition(published=True)
    Path(kept_printing(edition).file.path).unlink()
    answer = client.get(reverse("roadmap-pdf", args=[edition.roadmap.slug]))
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")


def test_a_busy_printer_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))  # presses of its own
    monkeypatch.setattr("publishing.pdf.PATIENCE_SECONDS", 0)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    with free_press(0), pytest.raises(PrintingError, match="occupées"):
        pdf_bytes("<p>Bonjour</p>")


def test_a_pdf_printed_again_after_reports_is_the_same_to_the_byte() -> None:
    edition = whole_edition(published=True)
    first = kept_printing(edition)
    ProgressReportFactory(action=edition.action_set.get(), text="Le lieu est trouvé.")
    Path(first.file.path).unlink()
    first.delete()
    with zeal_ignore():
        assert kept_printing(edition).sha256 == first.sha256


def test_what_everyone_asks_for_leaves_a_press_to_drafts_and_publications(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    with free_press(0, leaves_one=True):
        with pytest.raises(BusyPressError), free_press(0, leaves_one=True):
            pass
        with free_press(0):
            pass
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    with free_press(0, leaves_one=True), pytest.raises(BusyPressError), free_press(0):
        pass
