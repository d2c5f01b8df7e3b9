"""Who asks for a document while all the presses are at work waits on a page that becomes the document."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from publishing.pdf import free_press
from tests.browser.conftest import WIDTHS, axe
from tests.roadmaps.whole import whole_edition

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "[data-refresh-words]"


@pytest.fixture
def presses(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[ExitStack]:
    """Hold every press of a machine of ours, until it is closed."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("publishing.pdf.PATIENCE_SECONDS", 0.2)
    with ExitStack() as held:
        for _ in range(os.cpu_count() or 1):
            held.enter_context(free_press(0))
        yield held


@pytest.fixture
def address() -> str:
    """The version for the council of a published edition."""
    edition = whole_edition(published=True)
    return f"{reverse('edition-pdf', args=[edition.roadmap.slug, 1])}?version=conseil"


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_becomes_the_document(page: Page, presses: ExitStack, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    expect(page.locator("h1")).to_have_text("Votre document se prépare")
    expect(page.locator(WORDS)).to_contain_text("Le vôtre vient ensuite")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with page.expect_response(lambda answer: answer.status == 200 and answer.url.endswith("=conseil")) as answer:
        presses.close()
    assert answer.value.headers["content-type"] == "application/pdf"
    assert "edition-1-conseil.pdf" in answer.value.headers["content-disposition"]
    page.wait_for_function("document.contentType === 'application/pdf'")


def test_a_text_to_take_away_comes_too_and_the_page_says_so(page: Page, presses: ExitStack, address: str) -> None:
    page.goto(address.replace(".pdf?version=conseil", ".docx"))
    expect(page.locator("h1")).to_have_text("Votre document se prépare")
    with page.expect_download() as download:
        presses.close()
    assert download.value.suggested_filename.endswith("-edition-1.docx")
    expect(page.locator(WORDS)).to_have_text("Il est prêt.")
    expect(page.locator("[data-refresh-status]")).to_have_text("Il est prêt.")
    assert axe(page) == []


def test_what_went_wrong_meanwhile_is_told(
    page: Page, presses: ExitStack, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.goto(address)
    monkeypatch.setattr("publishing.pdf.SECONDS", 0.05)
    presses.close()
    expect(page.locator("h1")).to_have_text("Le PDF n’a pas pu être imprimé")


def test_without_script_a_link_asks_for_the_document_again(
    browser: Browser, live_server: object, presses: ExitStack, address: str
) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(address.replace(".pdf?version=conseil", ".docx"))
    page.get_by_role("link", name="Redemander le document").click()
    expect(page.locator("h1")).to_have_text("Votre document se prépare")
    presses.close()
    with page.expect_download() as download:
        page.get_by_role("link", name="Redemander le document").click()
    assert download.value.suggested_filename.endswith("-edition-1.docx")
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_whoever_asked_for_too_much_is_told_when_to_come_back(
    page: Page, address: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("publishing.allowance.AMOUNT", 0)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    expect(page.locator("h1")).to_have_text("Trop de documents demandés")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
