"""What runs the portal is installed by the lock that runs it: a package that only developers have would fell it."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

from tests.architecture.test_documentation import OURS

ROOT = Path(__file__).parents[2]
RUNNING = ("cress_portal", *OURS)


def folded(name: str) -> str:
    """Write the name of a package as locks do, whatever its author’s taste (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def imported(path: Path) -> set[str]:
    """Give the packages that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return {name.partition(".")[0] for name in found}


def test_all_that_the_portal_imports_is_in_the_lock_that_runs_it() -> None:
    lock = (ROOT / "requirements.txt").read_text()
    locked = {folded(name) for name in re.findall(r"^([\w.-]+)(?:\[.*\])?==", lock, re.MULTILINE)}
    distributions = packages_distributions()
    missing = {
        f"{path.relative_to(ROOT)}: {name}"
        for room in RUNNING
        for path in (ROOT / room).rglob("*.py")
        for name in imported(path) - set(sys.stdlib_module_names) - set(RUNNING)
        if not {folded(one) for one in distributions.get(name, [])} & locked
    }
    assert missing == set()
