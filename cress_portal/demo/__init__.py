"""The demonstration: what `manage.py installer_demo` puts into an empty portal.

Accounts, organisations, roadmaps and policy pages. The roadmaps are TOML files (`roadmaps/`), written through the same
verbs as those of the CRESS. Those taken from real documents give their sources; the others are marked as fictional.
"""

from cress_portal.demo.installing import Report, install
from cress_portal.demo.tables import DemoFileError

__all__ = ["DemoFileError", "Report", "install"]
