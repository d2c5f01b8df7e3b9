"""How often one visitor may ask: his own count, his own network, his own time."""

import pytest
import time_machine

from publishing.allowance import Allowance, SpentAllowanceError, visitor
from publishing.pdf import BusyPressError, PrintingError
from roadmaps.views.printing import PRINTINGS, one_printing

HERE, THERE = "203.0.113.9", "203.0.113.10"
THRICE = Allowance("essai", amount=3, duration=600)


@time_machine.travel(1_800_000_300, tick=False)  # the middle of a turn
def test_each_visitor_has_his_share() -> None:
    for _ in range(3):
        THRICE.take(HERE)
    with pytest.raises(SpentAllowanceError) as refusal:
        THRICE.take(HERE)
    assert refusal.value.seconds == 300
    THRICE.take(THERE)
    THRICE.give_back(HERE)
    THRICE.take(HERE)


@time_machine.travel(1_800_000_000, tick=False)
def test_waiting_for_a_press_costs_nothing_and_a_failed_printing_does() -> None:
    for _ in range(PRINTINGS.amount + 1):
        with pytest.raises(BusyPressError), one_printing(HERE):
            raise BusyPressError(1, 2.0)
    for _ in range(PRINTINGS.amount):
        with pytest.raises(PrintingError), one_printing(HERE):
            raise PrintingError
    with pytest.raises(SpentAllowanceError), one_printing(HERE):
        pass


@pytest.mark.parametrize(
    ("address", "known_as"),
    [(HERE, HERE), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"), ("2001:db8:1:3:3:4:5:6", "2001:db8:1:3::")],
)
def test_a_network_is_one_visitor(address: str, known_as: str) -> None:
    assert visitor(address) == known_as
