"""A logo for the demonstration, drawn here: no collectivité has ever had it, and it says so."""

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from territories.logos import keep_logo, redrawn
from territories.models import Collectivite

FONTS = Path(__file__).parents[2] / "static" / "fonts"
PETROL, SAFFRON, TERRACOTTA = "#0b4f5c", "#f4b860", "#b0401a"
SIZE = (1400, 480)


def give_sample_logo(collectivite: Collectivite) -> None:
    """Give a collectivité the logo of the demonstration: three hills under a sun, and « Logo d’exemple »."""
    picture = Image.new("RGB", SIZE, "white")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((150, 20, 310, 180), fill=SAFFRON)
    for left, top, colour in ((0, 190, TERRACOTTA), (230, 150, PETROL), (110, 250, "#1d6472")):
        pen.pieslice((left, top, left + 340, top + 400), 180, 360, fill=colour)
    pen.rectangle((0, 410, 580, 480), fill="white")
    pen.text((640, 90), "Logo", PETROL, ImageFont.truetype(FONTS / "SourceSans3-Bold.ttf", 170))
    pen.text((640, 250), "d’exemple", PETROL, ImageFont.truetype(FONTS / "SourceSans3-Regular.ttf", 150))
    sent = io.BytesIO()
    picture.save(sent, "PNG")
    keep_logo(collectivite, redrawn(sent))
