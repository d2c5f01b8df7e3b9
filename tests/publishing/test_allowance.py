"""How many documents an address may have printed: its own count, its own network, its own time."""

import pytest
import time_machine

from publishing.allowance import AMOUNT, TooManyPrintingsError, network, one_printing
from publishing.pdf import BusyPressError, PrintingError

HERE, THERE = "203.0.113.9", "203.0.113.10"


def print_as(address: str, error: type[Exception] | None = None, *given: object) -> None:
    with one_printing(address):
        if error:
            raise error(*given)


@time_machine.travel(1_800_000_000, tick=False)  # a turn begins
def test_each_address_has_its_share() -> None:
    for _ in range(AMOUNT - 1):
        print_as(HERE)
    with pytest.raises(PrintingError):
        print_as(HERE, PrintingError)  # it took a press all the same
    with pytest.raises(TooManyPrintingsError) as refusal:
        print_as(HERE)
    assert refusal.value.seconds == 600
    print_as(THERE)


@time_machine.travel(1_800_000_000, tick=False)
def test_waiting_for_a_press_costs_nothing() -> None:
    for _ in range(AMOUNT + 1):
        with pytest.raises(BusyPressError):
            print_as(HERE, BusyPressError, 1, 2.0)
    print_as(HERE)


@pytest.mark.parametrize(
    ("address", "known_as"),
    [(HERE, HERE), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"), ("2001:db8:1:3:3:4:5:6", "2001:db8:1:3::")],
)
def test_a_network_is_one_address(address: str, known_as: str) -> None:
    assert network(address) == known_as
