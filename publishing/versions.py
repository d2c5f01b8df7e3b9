"""Lost updates are refused: whoever saves says which version was read."""

import secrets

from django.db import models

UID_ALPHABET = "23456789abcdefghijkmnpqrstuvwxyz"  # no 0 o 1 l: a uid is read aloud and typed
UID_LENGTH = 8


def new_uid() -> str:
    """Draw the 8 characters by which a row is known from edition to edition and in its address."""
    return "".join(secrets.choice(UID_ALPHABET) for _ in range(UID_LENGTH))


def is_uid(text: str) -> bool:
    """Say whether a text that a browser sends back may be a uid."""
    return len(text) == UID_LENGTH and set(text) <= set(UID_ALPHABET)


class StaleVersionError(Exception):
    """Somebody saved the row after it was read; nothing was written."""


class Versioned(models.Model):
    """A row that two people may open at once: its version says which text each of them read."""

    version = models.PositiveIntegerField("version", default=1, editable=False)

    class Meta:
        abstract = True

    def claim(self, version: int) -> None:
        """Take the right to write over ``version``, in the transaction that writes.

        The row stays locked until the transaction ends, so exactly one of two claims on a version succeeds.

        Raises:
            StaleVersionError: the row moved on since ``version`` was read, or is gone.
        """
        rows = type(self)._base_manager.filter(pk=self.pk, version=version)
        if not rows.update(version=version + 1):
            raise StaleVersionError
        self.version = version + 1
