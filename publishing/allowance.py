"""How often one visitor may ask for what costs: nobody keeps it from everyone else.

The count is in the shared cache, which all the portal’s processes read; two at the same instant may count for one.
"""

import datetime as dt
import ipaddress
import time
from dataclasses import dataclass

from django.core.cache import cache

IPV6_NETWORK = 64  # bits: the addresses of one subscriber are one visitor


class SpentAllowanceError(Exception):
    """A visitor has had as much as he may for now.

    Args:
        until: when he may ask again.
    """

    def __init__(self, until: dt.datetime) -> None:
        super().__init__(f"trop de demandes jusqu’à {until}")
        self.until = until

    @property
    def seconds(self) -> int:
        """How long that is from now."""
        return max(1, round(self.until.timestamp() - time.time()))


@dataclass(frozen=True)
class Allowance:
    """So many times in so many seconds, for each visitor.

    Args:
        name: of what is counted.
        amount: times.
        duration: in seconds.
    """

    name: str
    amount: int
    duration: int

    def take(self, address: str) -> None:
        """Count one more for a visitor.

        Args:
            address: IPv4 or IPv6.

        Raises:
            SpentAllowanceError: he has had his share.
        """
        key, count = self._key(address), cache.get(self._key(address), 0)
        if count >= self.amount:
            raise SpentAllowanceError(dt.datetime.fromtimestamp((self._turn + 1) * self.duration, dt.UTC))
        cache.set(key, count + 1, self.duration)

    def give_back(self, address: str) -> None:
        """Count one less: what was asked for could not be had."""
        cache.set(self._key(address), max(0, cache.get(self._key(address), 1) - 1), self.duration)

    @property
    def _turn(self) -> int:
        return int(time.time()) // self.duration

    def _key(self, address: str) -> str:
        return f"{self.name}:{visitor(address)}:{self._turn}"


def visitor(address: str) -> str:
    """Give what tells a visitor from another: his address, or his network where addresses abound."""
    known = ipaddress.ip_address(address)
    if isinstance(known, ipaddress.IPv4Address):
        return address
    return str(ipaddress.ip_network(f"{known}/{IPV6_NETWORK}", strict=False).network_address)
