"""The logo of a collectivité: a picture that is sent, drawn again on white, and kept under the hash of what it shows.

What is sent is neither kept nor given to anyone: only the pixels drawn from it here are, without its metadata. A kept
file is never taken away, for its name says all that it shows: what was printed with a logo is printed again with it.
"""

import base64
import hashlib
import io
import logging
import secrets
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from PIL import Image, ImageChops, ImageFile, ImageOps

from territories.models import Collectivite

logger = logging.getLogger(__name__)
FOLDER = "logos"
FORMATS = ("PNG", "JPEG", "WEBP")
ACCEPTED = "PNG, JPEG ou WebP"
MEGABYTE = 1024 * 1024
LARGEST = 5 * MEGABYTE
MOST_PIXELS = 16_000_000  # a small file may unfold into more than the memory holds
LEAST_PIXELS = 150  # of the longer side: less is blurred on paper
BOX = (720, 240)  # pixels: 60 mm by 20 at 300 dots an inch

TOO_HEAVY = f"Cette image dépasse {LARGEST // MEGABYTE}\u00a0Mo\u00a0: enregistrez-la en plus petit."
TOO_MANY_PIXELS = "Cette image a plus de 16\u00a0millions de pixels\u00a0: réduisez-la, 1\u202f000 de large suffisent."
TOO_SMALL = f"Cette image a moins de {LEAST_PIXELS}\u00a0pixels de côté\u00a0: elle serait floue sur le papier."
UNREADABLE = (
    f"Ce fichier ne se lit pas comme une image {ACCEPTED}\u00a0: ouvrez le logo dans un logiciel de dessin, "
    "et exportez-le en PNG."
)
ALL_WHITE = (
    "Cette image est vide ou toute blanche\u00a0: elle ne se verrait pas. Prenez le logo en couleurs, ou en noir."
)


def redrawn(sent: IO[bytes]) -> bytes:
    """Draw a picture again, on white, without its margins, within what print needs, as PNG.

    Args:
        sent: a PNG, JPEG or WebP picture, as its content says; of one that moves, the first image is taken.

    Raises:
        ValidationError: it is none of these, or it is too large, too small or blank.
    """
    if sent.seek(0, io.SEEK_END) > LARGEST:
        raise ValidationError(TOO_HEAVY)
    sent.seek(0)
    picture = trimmed(on_white(sent))
    if max(picture.size) < LEAST_PIXELS:
        raise ValidationError(TOO_SMALL)
    picture.thumbnail(BOX, Image.Resampling.LANCZOS)
    drawn = io.BytesIO()
    picture.save(drawn, "PNG", optimize=True)
    return drawn.getvalue()


def on_white(sent: IO[bytes]) -> Image.Image:
    """Read the pixels of a picture onto white.

    Raises:
        ValidationError: it cannot be read, or has too many of them; these are counted before any is read.
    """
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint, where it is loaded too, lets half a picture pass
    try:
        with Image.open(sent, formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise ValidationError(TOO_MANY_PIXELS)
            pixels = ImageOps.exif_transpose(opened).convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValidationError(TOO_MANY_PIXELS) from None
    except (OSError, ValueError, SyntaxError):  # all that Pillow raises at what is no picture, or half of one
        raise ValidationError(UNREADABLE) from None
    page = Image.new("RGBA", pixels.size, "white")
    page.alpha_composite(pixels)
    return page.convert("RGB")


def trimmed(picture: Image.Image) -> Image.Image:
    """Cut the white margins of a picture: two logos side by side are then of the same height.

    Raises:
        ValidationError: nothing is drawn in it.
    """
    drawn = ImageChops.difference(picture, Image.new("RGB", picture.size, "white")).getbbox()
    if drawn is None:
        raise ValidationError(ALL_WHITE)
    return picture.crop(drawn)


def keep_logo(collectivite: Collectivite, picture: bytes) -> None:
    """Give a collectivité a logo, instead of the one that it had.

    Args:
        collectivite: whose it is.
        picture: as ``redrawn`` gives it.
    """
    name = f"{FOLDER}/{hashlib.sha256(picture).hexdigest()[:32]}.png"
    path = Path(settings.MEDIA_ROOT) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{secrets.token_hex(4)}.part")
    part.write_bytes(picture)
    part.replace(path)
    name_logo(collectivite, name)


def withdraw_logo(collectivite: Collectivite) -> None:
    """Leave a collectivité without a logo."""
    name_logo(collectivite, "")


def name_logo(collectivite: Collectivite, name: str) -> None:
    collectivite.logo.name = name
    collectivite.save(update_fields=["logo"])


def inline_logo(name: str) -> str:
    """Write a kept logo as an address that holds the picture itself: what prints opens no file for it.

    Args:
        name: as ``Collectivite.logo`` names it; empty without one.

    Returns:
        Nothing where there is none, or where its file is lost: a document is not held up for it.
    """
    if not name:
        return ""
    try:
        picture = (Path(settings.MEDIA_ROOT) / name).read_bytes()
    except FileNotFoundError:
        logger.exception("Missing logo %s", name)
        return ""
    return f"data:image/png;base64,{base64.b64encode(picture).decode()}"
