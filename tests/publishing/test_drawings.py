"""A layout is not held by the drawings in it, which draw what they drew."""

import base64
import gc
import inspect
import io

import pymupdf
import pytest
from PIL import Image
from weasyprint import HTML, document
from weasyprint.html import HTML_HANDLERS
from weasyprint.layout import LayoutContext

from publishing.drawings import PassingLayoutContext

PIXELS = io.BytesIO()
Image.new("RGB", (4, 4), "red").save(PIXELS, "PNG")
PIXEL = base64.b64encode(PIXELS.getvalue()).decode()
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="48"><title>Un essai</title>'
    f'<text y="20">Mot</text><image width="9" height="9" href="data:image/png;base64,{PIXEL}"/></svg>'
)
FILE = f"data:image/svg+xml;base64,{base64.b64encode(DRAWING.encode()).decode()}"
PAGE = f'<!DOCTYPE html><html lang="fr"><title>Un essai</title><h1>Essai</h1>{DRAWING}<img alt="Un essai" src="{FILE}">'


def layouts() -> list[object]:
    gc.collect()
    return [thing for thing in gc.get_objects() if isinstance(thing, LayoutContext)]


def test_the_private_class_has_not_changed_shape() -> None:
    names = list(inspect.signature(LayoutContext).parameters)
    assert names == ["style_for", "get_image_from_uri", "font_config", "counter_style", "target_collector"]
    assert "self.get_image_from_uri = partial(get_image_from_uri, context=self)" in inspect.getsource(LayoutContext)
    handler = inspect.getsource(HTML_HANDLERS["{http://www.w3.org/2000/svg}svg"])
    assert "context = get_image_from_uri.keywords['context']" in handler
    assert document.LayoutContext is LayoutContext  # it is the press, another process, that puts ours in its place


def test_a_layout_goes_once_its_pages_are_made_and_its_drawings_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    assert layouts() == []
    rendered = HTML(string=PAGE).render()
    assert len(layouts()) == 1
    expected = rendered.write_pdf()
    with pymupdf.open(stream=expected) as drawn:
        assert [word[4] for word in drawn[0].get_text("words")] == ["Essai", "Mot", "Mot"]
        assert len(drawn[0].get_images()) == 1
    del rendered
    monkeypatch.setattr(document, "LayoutContext", PassingLayoutContext)
    rendered = HTML(string=PAGE).render()
    assert layouts() == []
    assert rendered.write_pdf() == expected
