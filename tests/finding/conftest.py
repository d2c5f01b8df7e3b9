import pytest

from finding.index import KINDS, SOURCES
from tests.finding import corpus


@pytest.fixture
def things(db, monkeypatch):
    """Give the source of the corpus, which is indexed, and put the others back afterwards."""
    sources, kinds = dict(SOURCES), dict(KINDS)
    yield corpus.write()
    for registry, former in ((SOURCES, sources), (KINDS, kinds)):
        registry.clear()
        registry.update(former)
