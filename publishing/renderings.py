"""Public pages kept as they are sent, each with the stamp of what it shows: another stamp, and it is made anew."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import brotli
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from publishing.models import Rendering

QUALITY = 5  # of Brotli: a page of 60 kB in about a millisecond; 11 would take a hundred
MOMENT = 200  # milliseconds
FIND = f"SELECT body, content_type FROM {Rendering._meta.db_table} WHERE address = %s AND stamp = %s"  # noqa: S608


def stamp_of(version: int, day: dt.date, release: str) -> str:
    """Name what pages show: the data, the day (what is late, what is to come), and the code that lays them out."""
    return f"{version}.{day.isoformat()}.{release}"


def find(address: str, stamp: str) -> tuple[bytes, str] | None:
    """Give the page kept for an address, compressed, and its content type; one query, without the ORM’s own cost."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(FIND, [address, stamp])
        row = cursor.fetchone()
    return (bytes(row[0]), row[1]) if row else None


def keep(address: str, stamp: str, content_type: str, page: bytes) -> None:
    """Keep a page in the place of the one that had its address.

    Args:
        address: its path.
        stamp: taken before it was laid out: what changed meanwhile has given another.
        content_type: as it was answered.
        page: as it was answered.

    Raises:
        DatabaseError: the database takes nothing in at the moment.
    """
    body = brotli.compress(page, quality=QUALITY)
    with soon_or_never(connections[DEFAULT_DB_ALIAS]), transaction.atomic():
        if not Rendering.objects.filter(stamp=stamp).exists():
            Rendering.objects.all().delete()  # the first page of a new stamp: the others will be served no more
        Rendering.objects.bulk_create(
            [Rendering(address=address, stamp=stamp, content_type=content_type, body=body)],
            update_conflicts=True,
            unique_fields=["address"],
            update_fields=["stamp", "content_type", "body"],
        )


@contextmanager
def soon_or_never(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Wait for SQLite’s one writer a moment only: a reader waits behind no import."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        (usual,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {MOMENT}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
