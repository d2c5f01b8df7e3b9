"""A QR code as one path of an SVG: it needs neither a file nor a font, and prints sharp at any size."""

from dataclasses import dataclass
from itertools import groupby

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M


@dataclass(frozen=True)
class QrPath:
    """The dark modules of a code, one unit wide each."""

    size: int
    path: str


def qr_path(text: str) -> QrPath:
    """Draw ``text`` as a QR code without its quiet zone: the page leaves four modules of white around it."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    matrix = code.get_matrix()
    runs = []
    for y, row in enumerate(matrix):
        for is_dark, modules in groupby(enumerate(row), key=lambda module: module[1]):
            columns = [x for x, _ in modules]
            if is_dark:
                runs.append(f"M{columns[0]} {y}h{len(columns)}v1h-{len(columns)}z")
    return QrPath(len(matrix), "".join(runs))
