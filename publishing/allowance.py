"""How many documents one address may have printed in a while, so that nobody keeps the presses from everyone else.

What is printed already costs nothing, and is not counted.
"""

import datetime as dt
import ipaddress
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache

from publishing.pdf import BusyPressError

AMOUNT = 20  # documents
WHILE = 600  # seconds


class TooManyPrintingsError(Exception):
    """An address has had as many documents printed as it may for now.

    Args:
        until: when it may ask for another one.
    """

    def __init__(self, until: dt.datetime) -> None:
        super().__init__(f"trop d’impressions jusqu’à {until}")
        self.until = until

    @property
    def seconds(self) -> int:
        """How long that is from now."""
        return max(1, round(self.until.timestamp() - time.time()))


@contextmanager
def one_printing(address: str) -> Iterator[None]:
    """Count a printing for whoever asks for it; one that found no free press does not count.

    The count is in the shared cache, which all the portal’s processes read; two at the same instant may count for one.

    Args:
        address: of the visitor, IPv4 or IPv6; the addresses of one IPv6 network are one.

    Raises:
        TooManyPrintingsError: the address has had its share.
    """
    turn = int(time.time()) // WHILE
    key = f"printings:{network(address)}:{turn}"
    count = cache.get(key, 0)
    if count >= AMOUNT:
        raise TooManyPrintingsError(dt.datetime.fromtimestamp((turn + 1) * WHILE, dt.UTC))
    cache.set(key, count + 1, WHILE)
    try:
        yield
    except BusyPressError:
        cache.set(key, max(0, cache.get(key, 1) - 1), WHILE)
        raise


def network(address: str) -> str:
    known = ipaddress.ip_address(address)
    return str(ipaddress.ip_network(f"{known}/{64 if known.version == 6 else 32}", strict=False).network_address)  # noqa: PLR2004
