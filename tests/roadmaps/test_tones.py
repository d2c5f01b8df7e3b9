import re
from pathlib import Path

import pytest

from roadmaps.models.objective import TONES

TOKENS = (Path(__file__).parents[2] / "ui/scss/_tokens.scss").read_text()
PAIRS = re.findall(r"^  (\d): \((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", TOKENS, re.MULTILINE)


def luminance(color: str) -> float:
    """Give the relative luminance of a colour, as WCAG 2.2 defines it."""
    parts = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_there_is_a_tone_for_each_choice_and_a_drawing_for_each_tone() -> None:
    drawn = (Path(__file__).parents[2] / "ui/scss/_pictograms.scss").read_text()
    numbers = [str(number) for number in range(1, TONES + 1)]
    assert [number for number, _, _ in PAIRS] == numbers
    assert re.findall(r"^  (\d): \"M", drawn, re.MULTILINE) == numbers


@pytest.mark.parametrize(("number", "tone", "tint"), PAIRS)
def test_each_tone_reads_on_white_and_on_its_tint(number: str, tone: str, tint: str) -> None:
    assert contrast(tone, "#ffffff") >= 7
    assert contrast(tone, tint) >= 4.5


def test_contrast_is_measured_as_the_norm_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
