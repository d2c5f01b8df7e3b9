"""A logo is drawn again from what is sent: nothing else of it stays, and what is no picture is refused."""

import hashlib
import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from PIL import Image, ImageFile, ImageOps

from territories.logos import (
    ALL_WHITE,
    LARGEST,
    TOO_HEAVY,
    TOO_MANY_PIXELS,
    TOO_SMALL,
    UNREADABLE,
    inline_logo,
    keep_logo,
    redrawn,
    withdraw_logo,
)
from tests.territories.factories import CollectiviteFactory
from tests.territories.pictures import bomb, picture

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><circle r="9"/></svg>'


def drawn(sent: bytes) -> Image.Image:
    return Image.open(io.BytesIO(redrawn(io.BytesIO(sent))))


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "LA", "1", "I;16"])
def test_every_kind_of_png_is_drawn_on_white_without_its_margins(mode: str) -> None:
    logo = drawn(picture(mode))
    assert (logo.format, logo.mode, logo.size) == ("PNG", "RGB", (301, 151))
    assert logo.getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize(("mode", "kind"), [("RGB", "JPEG"), ("CMYK", "JPEG"), ("L", "JPEG"), ("RGBA", "WEBP")])
def test_so_is_a_jpeg_or_a_webp(mode: str, kind: str) -> None:
    logo = drawn(picture(mode, kind, quality=100))
    assert (logo.format, logo.mode) == ("PNG", "RGB")
    assert abs(logo.width / logo.height - 2) < 0.2


def test_a_large_picture_is_reduced_and_not_distorted() -> None:
    assert [drawn(picture(size=size)).size for size in ((4000, 1000), (1000, 4000))] == [(720, 180), (60, 240)]


def test_nothing_of_the_file_that_was_sent_stays_but_what_it_shows() -> None:
    exif = Image.Exif()
    exif[0x010E] = "Chez Camille, 3 rue du Port"
    sent = picture("RGB", "JPEG", exif=exif, comment=b"secret", icc_profile=b"un profil")
    assert b"Chez Camille" in sent
    kept = redrawn(io.BytesIO(sent + b"<script>alert(1)</script>"))
    assert [word in kept for word in (b"Camille", b"secret", b"profil", b"script")] == [False] * 4
    assert [name for name in chunks(kept) if name != "IDAT"] == ["IHDR", "IEND"]


def chunks(png: bytes) -> list[str]:
    found, at = [], 8
    while at < len(png):
        found.append(png[at + 4 : at + 8].decode())
        at += 12 + int.from_bytes(png[at : at + 4])
    return found


def test_a_photograph_stands_as_its_camera_was_held() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    turned = drawn(picture("RGB", "JPEG", exif=exif))
    assert turned.height > turned.width


def test_of_a_picture_that_moves_the_first_image_is_taken() -> None:
    first = Image.open(io.BytesIO(picture("RGB")))
    file = io.BytesIO()
    first.save(file, "WEBP", save_all=True, append_images=[ImageOps.invert(first)], lossless=True)
    assert redrawn(file) == redrawn(io.BytesIO(picture("RGB")))


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        (SVG, UNREADABLE),
        (picture("P", "GIF"), UNREADABLE),
        (picture("RGB", "TIFF"), UNREADABLE),
        (b"%PDF-1.7 " * 50, UNREADABLE),
        (b"", UNREADABLE),
        (picture()[:-400], UNREADABLE),  # half of one
        (b"\x89PNG\r\n\x1a\n<script>", UNREADABLE),
        (picture() + b"\0" * LARGEST, TOO_HEAVY),
        (bomb(4001), TOO_MANY_PIXELS),
        (bomb(10_000), TOO_MANY_PIXELS),  # of which Pillow warns
        (bomb(60_000), TOO_MANY_PIXELS),  # that Pillow refuses
        (picture(size=(200, 100)), TOO_SMALL),
        (picture("RGBA", size=(1, 1)), ALL_WHITE),
    ],
)
def test_what_is_no_picture_or_too_much_of_one_is_refused_in_words(sent: bytes, message: str) -> None:
    with pytest.raises(ValidationError) as refused:
        redrawn(io.BytesIO(sent))
    assert refused.value.messages == [message]


def test_half_a_picture_is_refused_whatever_another_library_lets_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(ValidationError, match="ne se lit pas"):
        redrawn(io.BytesIO(picture()[:-400]))


def test_a_white_logo_without_ground_is_refused_for_it_would_not_be_seen() -> None:
    file = io.BytesIO()
    Image.new("RGBA", (400, 400), (255, 255, 255, 90)).save(file, "PNG")
    with pytest.raises(ValidationError, match="toute blanche"):
        redrawn(file)


@pytest.mark.django_db
def test_a_logo_is_kept_under_the_hash_of_what_it_shows_and_stays_for_what_was_printed() -> None:
    collectivite = CollectiviteFactory()
    first, second = (redrawn(io.BytesIO(picture(size=size))) for size in ((600, 300), (600, 600)))
    names = []
    for content in (first, second, first):
        keep_logo(collectivite, content)
        collectivite.refresh_from_db()
        names.append(collectivite.logo.name)
        assert Path(settings.MEDIA_ROOT, names[-1]).read_bytes() == content
    assert names == [f"logos/{hashlib.sha256(content).hexdigest()[:32]}.png" for content in (first, second, first)]
    withdraw_logo(collectivite)
    collectivite.refresh_from_db()
    assert (collectivite.logo.name, collectivite.logo_url) == ("", "")
    assert sorted(path.name for path in Path(settings.MEDIA_ROOT, "logos").iterdir()) == sorted(
        name.removeprefix("logos/") for name in set(names)
    )


def test_a_lost_file_prints_no_logo_and_says_so(caplog: Any) -> None:
    assert (inline_logo(""), caplog.messages) == ("", [])
    assert inline_logo("logos/perdu.png") == ""
    assert caplog.messages == ["Missing logo logos/perdu.png"]
