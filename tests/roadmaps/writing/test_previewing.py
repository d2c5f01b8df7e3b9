"""A draft as it will be read, in a frame that only the preview may draw."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.roadmaps.factories import ActionFactory, EditionFactory
from tests.roadmaps.whole import whole_edition


@pytest.fixture
def action(edition):
    return ActionFactory(objective__edition=edition)


def preview(edition, **query):
    return reverse("edition-preview", args=[edition.roadmap.slug, edition.number], query=query)


def policy(response):
    parts = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {name: " ".join(values) for name, *values in parts}


def test_the_preview_shows_the_document_a_sheet_or_the_pdf(edition, action, editor):
    place = [edition.roadmap.slug, 1]
    shown = [
        editor.get(preview(edition, **query)).context["framed"]
        for query in ({}, {"fiche": action.uid}, {"fiche": "zzzzzzzz"}, {"vue": "pdf"})
    ]
    assert shown == [
        reverse("edition-detail", args=place),
        reverse("edition-action", args=[*place, action.uid]),
        reverse("edition-detail", args=place),
        reverse("edition-pdf", args=place),
    ]
    assert editor.get(preview(edition, vue="autre")).status_code == 404


def test_a_frame_is_led_straight_to_what_it_shows(edition, action, editor):
    answer = editor.get(preview(edition, fiche=action.uid, cadre="1"))
    assert answer["Location"] == reverse("edition-action", args=[edition.roadmap.slug, 1, action.uid])


def test_a_sheet_that_is_shown_is_one_click_from_being_written(edition, action, base, editor):
    page = editor.get(preview(edition, fiche=action.uid)).content.decode()
    assert f'href="{base}actions/{action.uid}/"' in page


def test_only_the_preview_and_the_sheets_frame_and_only_drafts_are_framed(edition, action, base, editor):
    published = EditionFactory(published=True)
    of_draft = [edition.roadmap.slug, 1]
    pages = {
        "preview": preview(edition),
        "draft": reverse("edition-detail", args=of_draft),
        "action": reverse("edition-action", args=[*of_draft, action.uid]),
        "objective": reverse("edition-objective", args=[*of_draft, action.objective.uid]),
        "published": published.get_absolute_url(),
        "sheet": f"{base}actions/{action.uid}/",
        "desk": reverse("roadmap-edit", args=[edition.roadmap.slug]),
    }
    answers = {name: editor.get(address) for name, address in pages.items()}
    policies = {name: policy(answer) for name, answer in answers.items()}
    framed = {name for name, one in policies.items() if one["frame-ancestors"] == "'self'"}
    assert framed == {"draft", "action", "objective"}
    assert {name for name, one in policies.items() if one["frame-ancestors"] not in {"'self'", "'none'"}} == set()
    assert {name for name, one in policies.items() if "frame-src" in one} == {"preview", "sheet"}
    assert {name for name, one in answers.items() if one["X-Frame-Options"] != "DENY"} == framed


def test_the_pdf_of_a_draft_is_framed_like_its_page(edition, action, editor):
    answer = editor.get(reverse("edition-pdf", args=[edition.roadmap.slug, 1]))
    assert (policy(answer)["frame-ancestors"], answer["X-Frame-Options"]) == ("'self'", "SAMEORIGIN")


def test_what_is_published_is_not_previewed(editor):
    published = EditionFactory(published=True)
    assert editor.get(preview(published)).status_code == 302


def test_a_preview_costs_the_same_whatever_there_is_to_choose_from(editor):
    costs = set()
    for actions in (1, 3, 40):
        address = preview(whole_edition(actions))
        with CaptureQueriesContext(connection) as captured:
            editor.get(address)
        costs.add(len(captured))
    assert len(costs) == 1
    assert max(costs) <= 8
