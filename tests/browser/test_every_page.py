"""Every page, in a narrow and a wide window: no accessibility fault, no sideways scroll, first a way to the content."""

from operator import attrgetter

import pytest
from django.urls import reverse

from tests.browser.conftest import axe
from tests.browser.pages import PAGES
from tests.permissions.table import TABLE
from tests.permissions.world import build_world

WIDTHS = (320, 1280)


@pytest.mark.parametrize(("role", "row"), PAGES)
def test_a_page_is_read_by_everyone_on_any_screen(role, row, page, browse_as):
    world = build_world()
    where = TABLE[row][2] if row in TABLE else {}
    path = reverse(row.split()[0], kwargs={name: attrgetter(source)(world) for name, source in where.items()})
    if user := world.users[role]:
        browse_as(user)
    faults = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(path)
        faults[f"{width} px, axe"] = axe(page)
        overflow = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
        faults[f"{width} px, sideways"] = [f"{overflow} px"] if overflow > 0 else []
        page.keyboard.press("Tab")
        first = page.evaluate("document.activeElement.textContent.trim()")
        faults[f"{width} px, first stop"] = [] if first == "Aller au contenu" else [first]
    assert {name: found for name, found in faults.items() if found} == {}
