"""Twelve people save the same fiche a hundred times each, at once: `python -m bench.competing_saves`.

Each reads the page, changes the title, sends it, as a browser does. Every save that the portal accepts must be in the
history with the text that was sent, and the version of the fiche must count them all: anything else is a silent loss.
"""

import os
import threading
import time
from collections import Counter
from http import HTTPStatus

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from roadmaps.models import Action, Revision
from tests.people.factories import team_member
from tests.roadmaps.whole import whole_edition
from tests.roadmaps.writing.hands import typed

PEOPLE = 12
SAVES = 100


def compete(clients: list[Client], address: str, saves: int) -> tuple[list[str], Counter]:
    """Let some people save the same page at once, so many times each.

    Returns:
        The titles that the portal accepted, and how often it gave each status.
    """
    accepted: list[str] = []
    answers: Counter = Counter()
    people = [
        threading.Thread(target=save_often, args=(client, address, titles(rank, saves), accepted, answers))
        for rank, client in enumerate(clients)
    ]
    for one in people:
        one.start()
    for one in people:
        one.join()
    return accepted, answers


def titles(rank: int, saves: int) -> list[str]:
    """Give what somebody writes, each time something else."""
    return [f"Personne {rank}, saisie {number}" for number in range(saves)]


def save_often(client: Client, address: str, wanted: list[str], accepted: list[str], answers: Counter) -> None:
    """Save again and again from what the page says at the time; a refusal is taken as the answer that it is."""
    for title in wanted:
        answer = client.post(address, typed(client.get(address)) | {"title": title})
        answers[answer.status_code] += 1
        if answer.status_code == HTTPStatus.FOUND:
            accepted.append(title)
    connections.close_all()


def main() -> None:
    name = connection.creation.create_test_db(verbosity=0)
    try:
        edition = whole_edition(1)
        action = Action.objects.get()
        address = reverse("part-edit", args=[edition.roadmap.slug, edition.number, "actions", action.uid])
        clients = [Client(SERVER_NAME="localhost") for _ in range(PEOPLE)]
        for client in clients:
            client.force_login(team_member())
        start = time.perf_counter()
        accepted, answers = compete(clients, address, SAVES)
        report(accepted, answers, time.perf_counter() - start)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def count_lost(accepted: list[str]) -> int:
    """Count what was accepted and is neither in the history nor in the version of the fiche."""
    revisions = Revision.objects.values_list("after", flat=True)
    kept = Counter(after["action"][0]["title"] for after in revisions)
    version = Action.objects.values_list("version", flat=True).get()
    return sum((Counter(accepted) - kept).values()) + abs(version - 1 - len(accepted))


def report(accepted: list[str], answers: Counter, took: float) -> None:
    lost = count_lost(accepted)
    print(f"{connection.vendor}: {sum(answers.values())} saves in {took:.0f} s, answers {dict(answers)}")
    print(f"accepted {len(accepted)}, refused with both texts {answers[HTTPStatus.CONFLICT]}, lost {lost}")
    if lost or set(answers) - {HTTPStatus.FOUND, HTTPStatus.CONFLICT}:
        raise SystemExit("Une saisie acceptée manque, ou une réponse est inattendue.")


if __name__ == "__main__":
    main()
