"""Every address is in the table, and answers what the table says to each role."""

from itertools import product
from operator import attrgetter

import pytest
from django.conf import settings
from django.db import transaction
from django.forms import ModelChoiceField
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.permissions.table import FAMILIES, SIGN_IN_PAGES, TABLE
from tests.permissions.world import ROLES, build_world

UNKNOWN = {
    "part": "objectifs",
    "path": "inconnu",
    "which": "document",
    "pk": 999_999,
    "number": 999,
    "version": 999_999,
    "slug": "inconnu",
    "uid": "zzzzzzzz",
    "identifiant": "999999",
    "rest": "inconnu",
    "token": "inconnu",
    "batch": "zzzzzzzz",
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return build_world()


@pytest.fixture
def visit(world, client, client_for):
    """Ask for an address with a method, as a role."""

    def answer(role: str, method: str, path: str) -> HttpResponse:
        user = world.users[role]
        browser = client_for(user) if user else client
        response = browser.generic(method, path)
        if response.streaming:
            list(response)  # to its end, so that the file is closed
        return response

    return answer


def patterns(resolver: URLResolver, namespaces: tuple[str, ...] = ()) -> list[tuple[str, URLPattern]]:
    found = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            found += patterns(entry, (*namespaces, entry.namespace) if entry.namespace else namespaces)
        else:
            found.append((":".join([*namespaces, entry.name or ""]), entry))
    return found


ADDRESSES = patterns(get_resolver())
FAMILY_NAMES = sorted(name for name, _ in ADDRESSES if name.startswith(FAMILIES))
ADMIN_NAMES = sorted(
    name
    for name, entry in ADDRESSES
    if name.startswith("admin:") and name != "admin:login" and not entry.pattern.regex.groups
)


def outcome(response: HttpResponse) -> str:
    leads_to_login = response.status_code == 302 and response["Location"].startswith(resolve_url(settings.LOGIN_URL))
    return "login" if leads_to_login else str(response.status_code)


def name_in(row: str) -> str:
    """Give the name of the address, without the document in brackets."""
    return row.split(maxsplit=1)[0]


def path_of(name: str, world: object) -> str:
    where = TABLE[name][2]
    return reverse(name_in(name), kwargs={argument: attrgetter(source)(world) for argument, source in where.items()})


def test_every_address_has_a_row_and_every_row_an_address():
    names = {name for name, _ in ADDRESSES if not name.startswith((*FAMILIES, "admin:"))}
    assert names == set(map(name_in, TABLE))


@pytest.mark.parametrize(("method", "column"), [("GET", 0), ("POST", 1)])
@pytest.mark.parametrize("name", TABLE)
def test_an_address_answers_each_role_as_the_table_says(name, method, column, world, visit):
    path = path_of(name, world)
    answered = {}
    for role in ROLES:
        with transaction.atomic():  # what one role did is undone before the next one tries
            answered[role] = outcome(visit(role, method, path))
            transaction.set_rollback(True)
    assert answered == dict(zip(ROLES, TABLE[name][column].split(), strict=True))


@pytest.mark.parametrize("name", [name for name, row in TABLE.items() if row[2] and "404" in row[0].split()])
def test_what_is_hidden_answers_as_what_does_not_exist(name, world, visit):
    unknown = reverse(name_in(name), kwargs={argument: UNKNOWN[argument] for argument in TABLE[name][2]})
    for role, status in zip(ROLES, TABLE[name][0].split(), strict=True):
        if status == "404":
            hidden = visit(role, "GET", path_of(name, world))
            assert hidden.content == visit(role, "GET", unknown).content


@pytest.mark.parametrize("name", FAMILY_NAMES)
def test_an_account_page_asks_to_sign_in_unless_it_serves_to(name, visit):
    arguments = {"kwargs": {"pk": 1}} if name in {"mfa_edit_webauthn", "mfa_remove_webauthn"} else {}
    assert outcome(visit("anonymous", "GET", reverse(name, **arguments))) == SIGN_IN_PAGES.get(name, "login")


@pytest.mark.parametrize("role", ROLES)
def test_no_role_of_the_portal_opens_the_admin(role, visit):
    opened = [name for name in ADMIN_NAMES if visit(role, "GET", reverse(name)).status_code == 200]
    assert opened == []


NUMBERS = {"pk", "number", "version"}
NUMBERED = [name for name, row in TABLE.items() if NUMBERS & set(row[2])]
# Past the keys of PostgreSQL’s short and long numbers, and past what Python reads as a number.
TOO_FAR = ("2147483648", "9223372036854775808", "9" * 4400)


@pytest.mark.parametrize("name", NUMBERED)
def test_a_number_that_is_no_key_leads_nowhere(name, world, visit):
    known = {argument: attrgetter(source)(world) for argument, source in TABLE[name][2].items()}
    for argument, digits in product(sorted(NUMBERS & set(known)), TOO_FAR):
        path = reverse(name_in(name), kwargs=known | {argument: 777_000_777}).replace("777000777", digits)
        for method, column in (("GET", 0), ("POST", 1)):
            is_refused = TABLE[name][column].split()[-1] == "405" and digits is not TOO_FAR[-1]
            answered = outcome(visit("CRESS manager", method, path))
            assert answered == ("405" if is_refused else "404"), (method, argument, digits)


CHOOSING = [name for name, row in TABLE.items() if row[0].split()[-1] == "200" and row[1].split()[-1] != "405"]


@pytest.mark.parametrize("name", CHOOSING)
def test_a_choice_that_is_no_key_is_refused_in_words(name, world, client_for):
    browser = client_for(world.users["CRESS manager"])
    path = path_of(name, world)
    page = browser.get(path)
    form = page.context.get("form") if page.context else None
    choices = [key for key, field in getattr(form, "fields", {}).items() if isinstance(field, ModelChoiceField)]
    for digits in TOO_FAR:
        for key in choices:
            with transaction.atomic():
                answer = browser.post(path, {form.add_prefix(key): digits, "version": form.initial.get("version", "")})
                assert (answer.status_code, key in answer.context["form"].errors) == (422, True), (key, digits)
                transaction.set_rollback(True)
