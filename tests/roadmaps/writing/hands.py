"""Write as a person does: open the page, change some fields of its form, send the whole form."""

import re
from typing import Any

import html5lib

from tests.html_client import ReadingClient


def typed(response: Any) -> dict[str, list[str]]:
    """Give what the form of a page would send as it stands."""
    tree = html5lib.parse(response.content.decode(), treebuilder="lxml", namespaceHTMLElements=False)
    (form,) = [
        form
        for form in tree.iter("form")
        if form.find(".//input[@name='version']") is not None or form.find(".//*[@name='title']") is not None
    ]
    sent: dict[str, list[str]] = {}
    for field in form.iter("input", "textarea", "select"):
        if any(ancestor.tag == "template" for ancestor in field.iterancestors()) or not field.get("name"):
            continue
        for value in values_of(field):
            sent.setdefault(field.get("name"), []).append(value)
    return sent


def values_of(field: Any) -> list[str]:
    if field.tag == "textarea":
        return [(field.text or "").removeprefix("\n")]
    if field.tag == "select":
        options = list(field.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None]
        return [option.get("value", "") for option in (chosen or options[:1])]
    if field.get("type") in {"checkbox", "radio"} and field.get("checked") is None:
        return []
    return [] if field.get("type") == "file" else [field.get("value", "")]


def write(client: ReadingClient, address: str, **changes: Any) -> Any:
    """Open a page, change some fields, send it."""
    page = client.get(address)
    assert page.status_code == 200, (address, page.status_code)
    return client.post(address, typed(page) | changes)


def complaints(response: Any) -> list[str]:
    """Give what the summary of errors says, or nothing."""
    tree = html5lib.parse(response.content.decode(), treebuilder="lxml", namespaceHTMLElements=False)
    items = [item for box in tree.iter("div") if box.get("class") == "error-summary" for item in box.iter("li")]
    return [re.sub(r"[ \n]+", " ", "".join(item.itertext())).strip() for item in items]
