"""Somebody is appointed in two gestures: by keyboard, on a small screen, and without script."""

import pytest
from playwright.sync_api import Browser

from instances.models import Mandate
from people.models import Role
from tests.browser.conftest import axe
from tests.instances.factories import MandateFactory, SeatFactory
from tests.people.factories import team_member


def appoints(page, slug: str, day: str) -> None:
    page.goto(f"/espace/instances/{slug}/")
    page.get_by_role("link", name="Nommer").click()
    page.fill("#id_person", "Ana Roy")
    page.fill("#id_starts_on", day)
    page.focus("#id_person")
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def test_a_refused_appointment_leads_to_its_field_then_is_made(page, browse_as):
    seat = SeatFactory(label="Siège")
    MandateFactory(seat=seat, starts_on="2027-01-01")
    browse_as(team_member(Role.EDITOR))
    page.set_viewport_size({"width": 320, "height": 800})
    appoints(page, seat.instance.slug, "2020-01-01")
    assert "est déjà nommé·e sur ce siège" in page.locator("[data-error-summary]").inner_text()
    assert page.evaluate("document.activeElement.className") == "error-summary"
    assert axe(page) == []
    assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
    assert page.input_value("#id_person") == "Ana Roy"
    Mandate.objects.all().delete()
    page.focus("#id_person")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/espace/instances/{seat.instance.slug}/")
    assert str(Mandate.objects.select_related("person").get().person) == "Ana Roy"
    assert axe(page) == []


@pytest.mark.usefixtures("live_server")
def test_it_needs_no_script(browser: Browser, client_for, live_server):
    seat, user = SeatFactory(), team_member(Role.EDITOR)
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    session = client_for(user).cookies["session"].value
    context.add_cookies([{"name": "session", "value": session, "url": live_server.url}])
    page = context.new_page()
    appoints(page, seat.instance.slug, "2026-01-01")
    page.wait_for_url(f"**/espace/instances/{seat.instance.slug}/")
    assert Mandate.objects.count() == 1
    context.close()
