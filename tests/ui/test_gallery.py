import re

import pytest
from django.urls import reverse
from lxml import html

from people.models import Role
from tests.people.factories import team_member
from ui.badges import LOOKS, badge, status_badge
from ui.gallery import STATUS_LABELS

pytestmark = pytest.mark.django_db


@pytest.fixture
def gallery(client_for):
    response = client_for(team_member(Role.READER)).get(reverse("component-gallery"))
    assert response.status_code == 200
    return html.fromstring(response.content)


def test_the_gallery_is_for_those_who_sign_in(client):
    response = client.get(reverse("component-gallery"))

    assert (response.status_code, response.url.split("?")[0]) == (302, reverse("account_login"))


def test_the_gallery_shows_each_family_of_components(gallery):
    assert [heading.text_content() for heading in gallery.xpath("//main//h1 | //main//section/h2")] == [
        "Les composants du portail",
        "Textes",
        "Badges et étiquettes",
        "Bandeaux",
        "Cartes",
        "Repères et chiffres",
        "Chronologie",
        "Tableau",
        "Gestes et téléchargements",
        "Axes et fiches action",
        "Formulaires",
    ]


def test_the_first_link_of_a_page_skips_to_its_content(gallery):
    assert gallery.xpath("//a/@href")[0] == "#contenu"


def test_the_summary_of_errors_links_to_each_field_in_error(gallery):
    links = gallery.xpath("//*[@data-error-summary]//a/@href")

    assert links == [
        "#id_refused-form-title",
        "#id_refused-form-horizon",
        "#id_refused-form-needs_0",
        "#id_refused-0-name",
    ]
    assert [len(gallery.xpath(f"//*[@id='{link[1:]}']")) for link in links] == [1, 1, 1, 1]


def test_each_invalid_field_names_its_error(gallery):
    invalid = gallery.xpath("//*[@id='formulaire-refuse']//*[@aria-invalid='true' and @aria-describedby]")
    described = [gallery.get_element_by_id(name) for field in invalid for name in field.get("aria-describedby").split()]

    assert len(described) >= len(invalid) > 0


def test_a_formset_without_script_has_three_blank_rows(gallery):
    rows = gallery.xpath("//*[@data-formset='partners']/*[@data-formset-row]")

    assert [row.get("aria-label") for row in rows] == ["Partenaire 1", "Partenaire 2", "Partenaire 3"]


def test_every_status_has_a_word_and_a_shape_of_its_own():
    assert set(STATUS_LABELS) == set(LOOKS)
    assert len({shape for _, shape in LOOKS.values()}) == len(LOOKS)


def test_a_badge_escapes_its_word():
    assert badge("<b>") == '<span class="badge badge-neutral">&lt;b&gt;</span>'


def test_a_shape_is_hidden_from_screen_readers():
    svg = re.search("<svg[^>]*>", status_badge("late", "En retard"))

    assert svg
    assert 'aria-hidden="true" focusable="false"' in svg[0]
