"""Write the content of the peer: `python -m bench.peer.load roadmaps actions`; a second time, it adds what
lacks."""

import os
import random
import sys
import uuid

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.peer.settings"
django.setup()

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from bench.peer.models import ActionIndexPage, ActionPage, HomePage, RoadmapPage
from bench.texts import action_texts, sentence

BLOCKS = 45
ENTRY = apps.get_model("wagtailsearch", "IndexEntry")


def action_block(draw: random.Random, rank: int) -> dict:
    """Write a fiche of as many words as the portal’s."""
    return {
        "type": "action",
        "id": str(uuid.UUID(int=draw.getrandbits(128))),
        "value": {
            "code": f"A{rank}",
            "title": sentence(draw, 8),
            "summary": sentence(draw, 15),
            "description": f"<p>{sentence(draw, 60)}</p>",
            "horizon": "Moyen terme",
            "status": "en-cours",
            "budget": 10_000,
            "is_economic": True,
            "themes": [sentence(draw, 2) for _ in range(2)],
            "levers": [sentence(draw, 2) for _ in range(2)],
            "families": [sentence(draw, 1)],
            "goals": [sentence(draw, 3)],
            "fundings": [{"funder": sentence(draw, 3), "amount": 10_000}],
            "indicators": [{"label": sentence(draw, 3), "year": 2026, "value": 12}],
            "actors": [
                {"role": "Pilote", "name": sentence(draw, 3)},
                {"role": "Partenaire", "name": sentence(draw, 3)},
            ],
            "steps": [{"due": "juin 2026", "label": sentence(draw, 4)}],
        },
    }


def begin(roadmaps: int) -> ActionIndexPage:
    """Write the site, its roadmaps, and the page under which the actions are."""
    call_command("migrate", verbosity=0)
    Page.objects.filter(depth=2).delete()
    root = Page.objects.get(depth=1)
    home = root.add_child(instance=HomePage(title="Feuilles de route", slug="accueil"))
    Site.objects.all().delete()
    Site.objects.create(hostname="127.0.0.1", root_page=home, is_default_site=True)
    draw = random.Random(1)
    for rank in range(roadmaps):
        blocks = [action_block(draw, one) for one in range(BLOCKS)]
        home.add_child(instance=RoadmapPage(
            title=f"Feuille de route {rank}", slug=f"feuille-{rank}", ambition=sentence(draw, 30), actions=blocks,
        ))  # fmt: skip
    return home.add_child(instance=ActionIndexPage(title="Actions", slug="actions", show_in_menus=True))


def add_actions(index: ActionIndexPage, texts: list[tuple[str, str]]) -> None:
    """Write actions, in few statements, as Wagtail would one by one."""
    kind, locale = ContentType.objects.get_for_model(ActionPage), Locale.get_active()
    made = Page.objects.bulk_create(
        Page(
            path=Page._get_path(index.path, index.depth + 1, rank), depth=index.depth + 1, numchild=0,
            title=title, draft_title=title, slug=f"action-{rank}", content_type=kind, locale=locale,
            url_path=f"{index.url_path}action-{rank}/", live=True, first_published_at=timezone.now(),
            search_description=text[:150],
        )
        for rank, (title, text) in enumerate(texts, 1)
    )  # fmt: skip
    draw = random.Random(1)
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO peer_actionpage (page_ptr_id, theme, status, text) VALUES (%s, %s, %s, %s)",
            [
                (page.pk, f"theme-{draw.randrange(12)}", draw.choice(("en-cours", "faite", "a-lancer")), text)
                for page, (_, text) in zip(made, texts, strict=True)
            ],
        )


def copy_actions(index: ActionIndexPage, there: int, wanted: int) -> None:
    """Have the database write the actions again until there are as many as wanted, and what finds them."""
    ranks = list(range(there + 1, wanted + 1))
    paths = [Page._get_path(index.path, index.depth + 1, rank) for rank in ranks]
    names = [field.column for field in Page._meta.local_concrete_fields if not field.primary_key]
    own = {"path": "c.path", "slug": "'action-' || c.rank", "translation_key": "gen_random_uuid()",
           "url_path": f"'{index.url_path}action-' || c.rank || '/'"}  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE copies AS SELECT rank, path, 'action-' || 1 + (rank - 1) %% %s AS of "
            "FROM unnest(%s::int[], %s::text[]) AS c(rank, path)",
            [there, ranks, paths],
        )
        cursor.execute(
            f"INSERT INTO wagtailcore_page ({', '.join(names)}) "
            f"SELECT {', '.join(own.get(one, f'p.{one}') for one in names)} "
            "FROM copies c JOIN wagtailcore_page p ON p.slug = c.of"
        )
        pairs = "copies c JOIN wagtailcore_page p ON p.slug = c.of JOIN wagtailcore_page n ON n.path = c.path"
        cursor.execute(
            "INSERT INTO peer_actionpage (page_ptr_id, theme, status, text) "
            f"SELECT n.id, a.theme, a.status, a.text FROM {pairs} JOIN peer_actionpage a ON a.page_ptr_id = p.id"
        )
        found = [one.column for one in ENTRY._meta.local_concrete_fields if one.column not in {"id", "object_id"}]
        cursor.execute(
            f"INSERT INTO {ENTRY._meta.db_table} (object_id, {', '.join(found)}) "
            f"SELECT n.id::text, {', '.join(f'e.{one}' for one in found)} FROM {pairs} "
            f"JOIN {ENTRY._meta.db_table} e ON e.object_id = p.id::text"
        )
    Page.objects.filter(pk=index.pk).update(numchild=wanted)


def main() -> None:
    roadmaps, actions = map(int, sys.argv[1:])
    if "peer_actionpage" not in connection.introspection.table_names():
        index = begin(roadmaps)
        add_actions(index, list(action_texts(actions)))
        call_command("update_index", verbosity=0)
    else:
        index = ActionIndexPage.objects.get()
        copy_actions(index, ActionPage.objects.count(), actions)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


main()
