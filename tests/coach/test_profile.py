"""What is out of reach for a person, and what is different for today alone."""

import pytest

from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.profile import FLOOR, for_today, obstacle
from hiproutine.settings.model import Profile


@pytest.mark.parametrize(
    ("exercise", "profile", "says"),
    [
        ("supine-hamstring-strap", Profile(), None),
        ("supine-hamstring-strap", Profile(equipment=("towel",)), None),
        ("supine-hamstring-strap", Profile(equipment=("mat",)), "needs strap or towel"),
        ("wall-calf-stretch", Profile(equipment=()), None),
        ("glute-bridge", Profile(avoid_positions=FLOOR), "is done on the floor, which you do not get down to"),
        ("glute-bridge", Profile(avoid_positions=("supine",)), "is done lying on the back"),
        ("sit-to-stand", Profile(avoid_positions=FLOOR), None),
        ("couch-stretch", Profile(level=2), "is level 3 (hard), above level 2 of your settings"),
        ("couch-stretch", Profile(level=3), None),
    ],
)
def test_what_is_out_of_reach_is_told(catalogue: Catalogue, exercise: str, profile: Profile, says: str | None) -> None:
    why = obstacle(catalogue.exercises[exercise], profile)
    assert (why and why.words) == says


def test_today_changes_only_what_is_given() -> None:
    usual = Profile(minutes=10, focus=(("calf", 1),), equipment=("mat",), avoid_positions=("prone",))
    assert for_today(usual) == usual
    changed = for_today(usual, minutes=7, focus=["ankle"], no_floor=True, equipment=[])
    assert (changed.minutes, changed.focus, changed.equipment) == (7, (("ankle", 3),), ())
    assert set(changed.avoid_positions) == {"prone", *FLOOR}
