"""The child process that prints (see ``publishing.pdf``): an order in JSON comes in, a PDF file goes out.

It knows nothing of Django and reads no other file than the portal’s own static files: rich text cannot make
it open an address or a file of the machine.
"""

import ctypes
import gc
import json
import logging
import mimetypes
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def main() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)  # it does not outlive the portal's process
    order = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"], order["seconds"]))
    from publishing.drawings import let_layouts_go
    from publishing.styles import Page
    from publishing.tagging import attachment, remember_origins, write_accessible_pdf

    gc.freeze()  # what was imported stays: collecting looks at the pages alone
    gc.set_threshold(50_000)  # and seldom: nearly all that a layout makes is there until its end
    logging.getLogger("weasyprint").addHandler(logging.StreamHandler(sys.stderr))
    fetcher = static_files_fetcher(order["base_url"], order["static_url"], [Path(r) for r in order["static_roots"]])
    remember_origins()
    let_layouts_go()
    page = Page(string=order["html"], base_url=order["base_url"], url_fetcher=fetcher)
    attachments = [attachment(**file, fetcher=fetcher) for file in order["attachments"]]
    document = page.render(pdf_tags=True)
    gc.collect()  # what the layout alone needed
    write_accessible_pdf(document, order["target"], attachments)


def static_files_fetcher(base_url: str, static_url: str, roots: list[Path]) -> Any:
    """Make the fetcher that finds the portal’s static files on disk, and nothing else anywhere."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    prefix = base_url.rstrip("/") + static_url

    class StaticFilesFetcher(URLFetcher):
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            if not url.startswith(prefix):
                raise ValueError(f"adresse refusée à l’impression : {url}")
            name = url.removeprefix(prefix).split("?")[0]
            for root in roots:
                path = (root / name).resolve()
                if path.is_relative_to(root.resolve()) and path.is_file():
                    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
                    return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})
            raise FatalURLFetchingError(f"fichier statique absent : {name}")

    return StaticFilesFetcher()


if __name__ == "__main__":
    main()
    # The file is whole. Pango may still have a thread at work: taking the libraries from under it would crash.
    sys.stderr.flush()
    os._exit(0)
