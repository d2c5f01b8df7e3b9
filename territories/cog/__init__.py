"""The code officiel géographique (COG): reading a year's files, and bringing the collectivités in line with them."""

from territories.cog.files import VintageError
from territories.cog.importing import ImportReport, import_vintage
from territories.cog.reading import SHIPPED_FOLDER, Vintage, read_vintage

__all__ = ["SHIPPED_FOLDER", "ImportReport", "Vintage", "VintageError", "import_vintage", "read_vintage"]
