"""The test client of the portal: it reads every page that it is given, and refuses a faulty one."""

import re
from typing import Any

import zeal
from django.http import HttpResponse
from django.test import Client

from tests.html_rules import Page, faults

NOT_OURS = ("/admin/",)  # Django’s own templates


class ReadingClient(Client):
    """A visitor who fails the test when a page breaks a rule of `tests/html_rules.py`."""

    def request(self, **request: Any) -> HttpResponse:
        with zeal.zeal_context():  # N+1 queries are counted within a page, not over the pages of a test
            response = super().request(**request)
        path = request["PATH_INFO"]
        if response.get("Content-Type", "").startswith("text/html") and not path.startswith(NOT_OURS):
            read(path, response)
        return response


def read(path: str, response: HttpResponse) -> None:
    """Check one answer; an empty one (a redirect) has nothing to check."""
    html = response.content.decode()
    nonce = re.search(r"'nonce-([^']+)'", response.get("Content-Security-Policy", ""))
    if html and (found := faults(Page(html, nonce[1] if nonce else ""))):
        raise AssertionError(f"{path} ({response.status_code})\n" + "\n".join(found))
