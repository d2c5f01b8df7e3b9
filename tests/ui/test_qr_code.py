import re

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

from ui.qr_code import qr_path

ADDRESS = "https://portail.exemple.fr/feuilles-de-route/nantes/editions/2/"


def test_the_path_draws_each_dark_module_and_no_other() -> None:
    drawn = qr_path(ADDRESS)
    dark = {
        (int(x) + step, int(y))
        for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", drawn.path)
        for step in range(int(width))
    }
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(ADDRESS)
    matrix = code.get_matrix()
    assert drawn.size == len(matrix)
    assert dark == {(x, y) for y, row in enumerate(matrix) for x, is_dark in enumerate(row) if is_dark}
    assert re.sub(r"M\d+ \d+h(\d+)v1h-\1z", "", drawn.path) == ""
