"""What a drawing keeps of the layout that it is in: little, so that the layout goes once the pages are made.

WeasyPrint 70 gives each SVG image the whole context of the layout, to draw its texts and images with. One drawing then
keeps the boxes as they were before they were cut into pages, and the styles of every element, until the file is
written: a fifth of the memory. ``weasyprint.document.LayoutContext`` is private; ``tests/publishing/test_lightness.py``
says when it changes shape.
"""

from functools import partial
from typing import Any

from weasyprint import document
from weasyprint.layout import LayoutContext


class DrawingContext:
    """What a drawing needs: the fonts, the hyphenation of its language, and images of its own."""

    def __init__(self, layout: LayoutContext) -> None:
        self.font_config = layout.font_config
        self.dictionaries = layout.dictionaries
        self.get_image_from_uri = partial(layout.get_image_from_uri, context=self)


class PassingLayoutContext(LayoutContext):
    """The context of a layout, which the drawings in it do not hold."""

    def __init__(self, *what: Any) -> None:
        super().__init__(*what)
        self.get_image_from_uri = DrawingContext(self).get_image_from_uri


def let_layouts_go() -> None:
    """Have WeasyPrint lay out pages in contexts that their drawings do not hold."""
    document.LayoutContext = PassingLayoutContext
