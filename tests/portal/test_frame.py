"""The map of the site, the legal pages, what robots and social networks are told."""

import json
import re

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import etree

from tests.editorial.factories import PUBLISHED_AT, PageFactory, PublicationFactory
from tests.html_client import ReadingClient
from tests.roadmaps.factories import EditionFactory
from ui.linked_data import linked_data

pytestmark = pytest.mark.django_db

ALONE = [
    "/", "/politiques-ess/", "/feuilles-de-route/", "/prises-de-position/", "/collectivites/", "/plan-du-site/",
    "/mentions-legales/", "/donnees-personnelles/", "/accessibilite/", "/licence/",
]  # fmt: skip
LETTER = "/prises-de-position/lettre/"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def online():
    """Publish a page, one below it, a position and a roadmap, beside a draft of each."""
    top = PageFactory(title="Engager", slug="engager", published=True)
    PageFactory(title="Pourquoi", slug="pourquoi", parent=top, published=True)
    PageFactory(title="Brouillon")
    PublicationFactory(slug="lettre", published=True)
    PublicationFactory()
    EditionFactory()
    return EditionFactory(published=True).roadmap


def test_the_map_of_the_site_names_every_public_page_and_no_draft(client: ReadingClient, online) -> None:
    text = client.get("/plan-du-site/").content.decode()
    listed = re.findall('href="([^"]+)"', re.search("<main.*</main>", text, re.DOTALL)[0])
    found = ["/politiques-ess/engager/", "/politiques-ess/engager/pourquoi/", LETTER, online.get_absolute_url()]
    assert sorted(listed) == sorted([*ALONE[:5], *ALONE[6:], "/espace/", "/recherche/", *found])


def test_the_sitemap_gives_the_one_address_of_what_is_public(
    client: ReadingClient, online, settings: LazySettings
) -> None:
    settings.PUBLIC_URL = "https://portail.example"
    tree = etree.fromstring(client.get("/sitemap.xml").content)
    given = {url.findtext(f"{LOC}loc"): url.findtext(f"{LOC}lastmod") for url in tree}
    day = PUBLISHED_AT.date().isoformat()
    expected = {f"https://portail.example{path}": None for path in [*ALONE, online.collectivite.get_absolute_url()]}
    expected |= {
        f"https://portail.example{path}": day
        for path in ("/politiques-ess/engager/", "/politiques-ess/engager/pourquoi/", LETTER, online.get_absolute_url())
    }
    assert given == expected


def test_robots_are_led_to_what_is_public(client: ReadingClient, settings: LazySettings) -> None:
    settings.PUBLIC_URL = "https://portail.example"
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().splitlines() == [
        "User-agent: *", "Disallow: /espace/", "Disallow: /compte/", "Disallow: /admin/",
        "Sitemap: https://portail.example/sitemap.xml",
    ]  # fmt: skip


def test_the_legal_notice_says_what_the_operator_has_said(client: ReadingClient, settings: LazySettings) -> None:
    assert client.get("/mentions-legales/").content.decode().count("sur ce portail.") == 3
    settings.CRESS_ADDRESS, settings.CONTACT_EMAIL = "2 rue des Ponts, Nantes", "bonjour@cress.example"
    settings.PUBLICATION_DIRECTOR, settings.HOSTING = "Ada Morel", "Hébergeur, 3 rue du Port, Angers"
    text = client.get("/mentions-legales/").content.decode()
    assert "sur ce portail." not in text
    for said in ("2 rue des Ponts, Nantes.", "Ada Morel.", "Hébergeur, 3 rue du Port, Angers."):
        assert said in text
    assert text.count('href="mailto:bonjour@cress.example"') == 2


def test_the_portal_claims_no_conformity_that_nobody_has_audited(client: ReadingClient) -> None:
    page = client.get("/accessibilite/").content.decode()
    assert re.findall("<h2>(.*?)</h2>", page) == [
        "État de conformité", "Résultats des tests", "Contenus non accessibles",
        "Établissement de cette déclaration d’accessibilité", "Retour d’information et contact", "Voies de recours",
    ]  # fmt: skip
    assert "est <strong>non conforme</strong>" in page
    assert "Accessibilité&nbsp;: non conforme" in client.get("/").content.decode()


def test_a_page_says_what_it_is_to_machines_and_where_it_is_shared(
    client: ReadingClient, online, settings: LazySettings
) -> None:
    settings.PUBLIC_URL = "https://portail.example"
    page = client.get("/politiques-ess/engager/pourquoi/").content.decode()
    assert dict(re.findall('<meta property="og:([a-z_]+)" content="([^"]*)">', page)) == {
        "type": "article",
        "locale": "fr_FR",
        "site_name": settings.PORTAL_NAME,
        "title": "Pourquoi",
        "description": "Ce que dit la page.",
        "url": "https://portail.example/politiques-ess/engager/pourquoi/",
    }
    assert '<link rel="canonical" href="https://portail.example/politiques-ess/engager/pourquoi/">' in page
    told = json.loads(re.search('<script type="application/ld[+]json">(.*?)</script>', page)[1])
    assert (told["@type"], told["dateModified"]) == ("WebPage", PUBLISHED_AT.isoformat())
    assert [(step["name"], step["item"]) for step in told["breadcrumb"]["itemListElement"]] == [
        ("Politiques ESS", "https://portail.example/politiques-ess/"),
        ("Engager", "https://portail.example/politiques-ess/engager/"),
        ("Pourquoi", "https://portail.example/politiques-ess/engager/pourquoi/"),
    ]


def test_nothing_that_is_told_to_machines_closes_its_block() -> None:
    block = linked_data("WebPage", name="</script><script>alert(1)</script>", description="")
    assert block.count("<") == 2
    assert json.loads(block[len('<script type="application/ld+json">') : -len("</script>")]) == {
        "@context": "https://schema.org", "@type": "WebPage", "name": "</script><script>alert(1)</script>",
    }  # fmt: skip


def test_a_roadmap_gives_its_one_address_and_a_past_edition_does_not(client: ReadingClient, online) -> None:
    first = EditionFactory(published=True, number=1)
    EditionFactory(published=True, number=2, roadmap=first.roadmap)
    shown = [
        'rel="canonical"' in client.get(address).content.decode()
        for address in (first.roadmap.get_absolute_url(), reverse("edition-detail", args=[first.roadmap.slug, 1]))
    ]
    assert shown == [True, False]


@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_maps_cost_the_same_whatever_is_published(client: ReadingClient, count: int) -> None:
    for _ in range(count):
        EditionFactory(published=True)
        PageFactory(published=True)
        PublicationFactory(published=True)
    spent = []
    for address in ("/plan-du-site/", "/sitemap.xml"):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        spent.append(len(queries))
    assert spent == [3, 8]


def test_whoever_reads_the_portal_is_given_no_cookie(client: ReadingClient, online) -> None:
    for address in [*ALONE, "/politiques-ess/engager/", online.get_absolute_url(), "/sitemap.xml", "/robots.txt"]:
        client.get(address)
    assert dict(client.cookies) == {}
