"""Where what all processes count is kept."""

import json
import os
import subprocess
import sys

import pytest

SAY = "import json; from cress_portal.settings import CACHES; print(json.dumps(CACHES))"


@pytest.mark.parametrize(
    ("environment", "cache"),
    [
        ({}, {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"}),
        (
            {"CACHE_URL": "redis://10.0.0.5:6379/0"},
            {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://10.0.0.5:6379/0"},
        ),
    ],
    ids=["a table of the database", "Redis"],
)
def test_the_shared_cache_is_where_the_operator_says(environment: dict[str, str], cache: dict[str, str]) -> None:
    surroundings = {name: value for name, value in os.environ.items() if name != "CACHE_URL"} | environment
    said = subprocess.run(
        [sys.executable, "-c", SAY], env=surroundings, check=True, capture_output=True, text=True
    ).stdout
    assert json.loads(said) == {"default": cache}
