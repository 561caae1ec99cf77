"""The leader and its clock; what it leads through is tested with the player and with the screens."""

from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.session import find
from hiproutine.history.store import Store
from hiproutine.practice.leader import Leader
from tests.conftest import HandClock


def test_what_takes_time_after_the_clock_was_read_makes_the_wait_shorter(
    store: Store, catalogue: Catalogue, clock: HandClock
) -> None:
    leader = Leader(store, clock, find(catalogue, None), "1")
    leader.begin()
    assert leader.wait_ms == 1000
    clock.turn(30)
    assert leader.wait_ms == 970
    clock.turn(1070)
    assert leader.wait_ms == 1
    leader.tick()
    assert leader.wait_ms == 900
    leader.hold_still()
    assert leader.wait_ms == 0
