"""A real browser on a real server: what it fetches, runs and shows is watched on every page."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from people.models import User

AXE = Path(__file__).with_name("axe.min.js").read_text()
AXE_TAGS = ["RGAAv4", "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 1280)
CHROMIUM = "/usr/bin/chromium"
CHROMIUM_OPTIONS = [
    "--no-sandbox",  # as root, and only pages of our own
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright’s loop runs in this thread, and Django takes it for an asynchronous caller.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)


@pytest.fixture(autouse=True)
def nothing_in_flight(browser: Browser, live_server: object, transactional_db: None) -> Iterator[None]:
    """Let the server end the answers that nobody reads any more: emptying the database under one locks PostgreSQL."""
    yield
    for context in browser.contexts:
        context.close()
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)
            assert not thread.is_alive(), "A connection of the closed browser is still being served."


@pytest.fixture
def context(browser: Browser, live_server: object) -> Iterator[BrowserContext]:
    """Open a clean browser, 1280 px wide."""
    context = browser.new_context(
        base_url=live_server.url, locale="fr-FR", timezone_id="Europe/Paris", viewport={"width": 1280, "height": 900}
    )
    context.set_default_timeout(30_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Browse, and fail if a page called another host, ran into an error or broke the policy of scripts."""
    page = context.new_page()
    faults: list[str] = []
    page.on("request", lambda request: faults.append(f"called {request.url}") if is_elsewhere(request.url) else None)
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    assert faults == []


def is_elsewhere(url: str) -> bool:
    address = urlsplit(url)
    return address.scheme in {"http", "https", "ws", "wss"} and address.hostname not in {"localhost", "127.0.0.1"}


@pytest.fixture
def browse_as(context: BrowserContext, client_for: Callable, live_server: object) -> Callable[[User], None]:
    """Give the browser the session of a user."""

    def sign_in(user: User) -> None:
        session = client_for(user).cookies["session"].value
        context.add_cookies([{"name": "session", "value": session, "url": live_server.url}])

    return sign_in


def axe(page: Page) -> list[str]:
    """Give the accessibility faults that axe-core finds, each with its rule and elements; the page must have none."""
    page.evaluate(AXE)
    found = page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", AXE_TAGS)
    return [
        f"{fault['id']}: {fault['help']} – {' | '.join(node['html'][:120] for node in fault['nodes'])}"
        for fault in found["violations"]
    ]


def faults(page: Page) -> list[str]:
    """Give what axe finds, and what overflows, at each width."""
    found: list[str] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        overflow = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
        found += [*axe(page), *([f"{overflow} px"] if overflow > 0 else [])]
    return found
