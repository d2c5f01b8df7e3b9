"""A collectivité gives its logo, everyone sees it, and its documents wear it."""

import base64
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from lxml import html
from zeal import zeal_ignore

from people.models import Role
from publishing.pdf import pdf_bytes
from roadmaps.printing import printed_html, sheets
from territories.logos import ALL_WHITE, UNREADABLE, keep_logo, redrawn
from territories.models import Collectivite
from tests.html_client import ReadingClient
from tests.people.factories import member, team_member
from tests.publishing.structure import faults, structure
from tests.roadmaps.factories import EditionFactory
from tests.roadmaps.whole import whole_edition
from tests.territories.factories import CollectiviteFactory
from tests.territories.pictures import picture

pytestmark = pytest.mark.django_db

LOGO = redrawn(io.BytesIO(picture()))
OTHER = redrawn(io.BytesIO(picture(size=(600, 600))))


def named() -> Collectivite:
    return CollectiviteFactory(name="Essai Métropole")


def send(client: ReadingClient, collectivite: Collectivite, name: str, content: bytes) -> object:
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("logo-edit", args=[collectivite.slug]), {"logo": file}, follow=True)


def images(page: object) -> list[tuple[str, str]]:
    tree = html.fromstring(page.content.decode())
    return [(image.get("src"), image.get("alt")) for image in tree.iter("img")]


def test_a_contributor_gives_the_logo_of_his_collectivite_sees_it_and_withdraws_it(
    client: ReadingClient, client_for: Callable[..., ReadingClient]
) -> None:
    collectivite = named()
    browser = client_for(member(collectivite, Role.CONTRIBUTOR))
    page = send(browser, collectivite, "logo.svg", picture("RGBA", "WEBP", lossless=True))
    collectivite.refresh_from_db()
    assert Path(collectivite.logo.path).read_bytes() == redrawn(io.BytesIO(picture("RGBA", "WEBP", lossless=True)))
    assert images(page) == [(collectivite.logo_url, "Logo d’Essai Métropole")]
    assert "Le logo est enregistré" in page.content.decode()
    shown = client.get(collectivite.get_absolute_url())
    assert images(shown) == [(collectivite.logo_url, "Logo d’Essai Métropole")]
    browser.post(reverse("logo-edit", args=[collectivite.slug]), {"retirer": "1"})
    assert images(client.get(collectivite.get_absolute_url())) == []


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [("logo.png", b"<svg/>", UNREADABLE), ("logo.png", picture("1", size=(1, 1)), ALL_WHITE)],
)
def test_what_cannot_be_a_logo_is_refused_beside_its_field(
    name: str, content: bytes, message: str, client_for: Callable[..., ReadingClient]
) -> None:
    collectivite = named()
    page = send(client_for(team_member(Role.EDITOR)), collectivite, name, content)
    assert (page.status_code, page.context["form"].errors) == (422, {"logo": [message]})
    collectivite.refresh_from_db()
    assert collectivite.logo.name == ""


def test_a_logo_has_an_address_of_its_own_for_good_and_none_once_replaced(client: ReadingClient) -> None:
    collectivite = named()
    keep_logo(collectivite, LOGO)
    former = collectivite.logo_url
    answer = client.get(former)
    assert b"".join(answer.streaming_content) == LOGO
    assert [answer[name] for name in ("Content-Type", "Cache-Control", "X-Content-Type-Options")] == [
        "image/png",
        "public, max-age=31536000, immutable",
        "nosniff",
    ]
    other = CollectiviteFactory()
    assert client.get(former.replace(collectivite.slug, other.slug)).status_code == 404
    keep_logo(collectivite, OTHER)
    assert client.get(former).status_code == 404
    assert b"".join(client.get(collectivite.logo_url).streaming_content) == OTHER
    Path(collectivite.logo.path).unlink()
    assert client.get(collectivite.logo_url).status_code == 404


def test_the_page_of_a_roadmap_shows_the_logos_of_all_its_carriers(client: ReadingClient) -> None:
    edition = EditionFactory(published=True, roadmap__collectivite=named())
    without, second = CollectiviteFactory(), CollectiviteFactory(name="Département de la Mer")
    edition.roadmap.co_carriers.set([without, second])
    assert images(client.get(edition.roadmap.get_absolute_url())) == []
    keep_logo(edition.roadmap.collectivite, LOGO)
    keep_logo(second, OTHER)
    assert images(client.get(edition.roadmap.get_absolute_url())) == [
        (edition.roadmap.collectivite.logo_url, "Logo d’Essai Métropole"),
        (second.logo_url, "Logo du Département de la Mer"),
    ]


def test_the_desk_of_a_contributor_leads_to_his_logo_and_to_no_other(client_for: Callable[..., ReadingClient]) -> None:
    mine, shared = named(), CollectiviteFactory()
    edition = EditionFactory(published=True, roadmap__collectivite=mine)
    edition.roadmap.co_carriers.add(shared)
    led = {}
    for user in (member(mine, Role.CONTRIBUTOR), member(mine, Role.READER), team_member(Role.EDITOR)):
        links = html.fromstring(client_for(user).get(reverse("desk")).content.decode()).iterlinks()
        led[user] = [address for _, _, address, _ in links if address.endswith("/logo/")]
    assert list(led.values()) == [[reverse("logo-edit", args=[mine.slug])], [], []]


def test_whoever_writes_a_roadmap_finds_the_logos_of_its_carriers(client_for: Callable[..., ReadingClient]) -> None:
    edition = EditionFactory(roadmap__collectivite=named())
    edition.roadmap.co_carriers.add(CollectiviteFactory())
    page = client_for(team_member(Role.EDITOR)).get(reverse("roadmap-edit", args=[edition.roadmap.slug]))
    links = html.fromstring(page.content.decode()).iterlinks()
    assert [address for _, _, address, _ in links if address.endswith("/logo/")] == [
        reverse("logo-edit", args=[carrier.slug]) for carrier in edition.roadmap.carriers
    ]


@zeal_ignore()
def test_the_cover_wears_the_logos_and_the_file_is_still_read_aloud_and_the_same_twice(tmp_path: Path) -> None:
    edition = whole_edition(published=True)
    bare = sheets(edition)
    assert "<img" not in bare.html
    keep_logo(edition.roadmap.collectivite, LOGO)
    second = CollectiviteFactory(name="Département de la Mer")
    edition.roadmap.co_carriers.add(second)
    keep_logo(second, OTHER)
    page = printed_html(edition)
    assert [(image.get("src"), image.get("alt")) for image in html.fromstring(page).iter("img")] == [
        (f"data:image/png;base64,{base64.b64encode(content).decode()}", carrier.logo_alternative)
        for content, carrier in ((LOGO, edition.roadmap.collectivite), (OTHER, second))
    ]
    printed = pdf_bytes(page)
    assert printed == pdf_bytes(page)
    figures = [element.alternative for element in structure(printed).all("/Figure")]
    assert figures[:2] == [edition.roadmap.collectivite.logo_alternative, "Logo du Département de la Mer"]
    assert faults(printed, tmp_path, "error") == []
    assert sheets(edition).html != bare.html
