"""The profile: what of the catalogue a person can do, and what is different for today alone. Pure."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from hiproutine.catalogue.model import Exercise, needs
from hiproutine.catalogue.vocabulary import ALWAYS_AT_HAND, AREAS, EQUIPMENT, LEVELS, POSITIONS
from hiproutine.settings.model import Profile

FLOOR = tuple(word for word in POSITIONS if word not in ("standing", "seated-chair"))
"""The positions that need the floor."""


class Only(NamedTuple):
    """Changes for today alone; everything else is as in the profile."""

    minutes: int | None = None
    focus: tuple[str, ...] = ()
    no_floor: bool = False
    equipment: tuple[str, ...] | None = None

    @property
    def words(self) -> str:
        """Such as `Only today: 7 min, no floor`; empty if nothing is different."""
        found = [f"{self.minutes} min"] if self.minutes else []
        found += [f"for {' and '.join(AREAS[area] for area in self.focus)}"] if self.focus else []
        found += ["no floor"] if self.no_floor else []
        if self.equipment is not None:
            names = " and ".join(map(EQUIPMENT.__getitem__, self.equipment)) or "nothing at hand"
            found.append(f"with {names if len(self.equipment) < 3 else f'{len(self.equipment)} things at hand'}")
        return f"Only today: {', '.join(found)}" if found else ""


def for_today(
    profile: Profile,
    *,
    minutes: int | None = None,
    focus: Sequence[str] = (),
    no_floor: bool = False,
    equipment: Sequence[str] | None = None,
) -> Profile:
    """The profile as it is today; what is not given stays. Each focus of today has the highest weight."""
    return profile._replace(
        minutes=minutes or profile.minutes,
        focus=tuple((area, 3) for area in focus) or profile.focus,
        equipment=profile.equipment if equipment is None else tuple(equipment),
        avoid_positions=(*profile.avoid_positions, *(FLOOR if no_floor else ())),
    )


def missing(exercise: Exercise, at_hand: Collection[str]) -> tuple[tuple[str, ...], ...]:
    """The needs of an exercise that are not at hand, each with its alternatives."""
    there = ALWAYS_AT_HAND.union(at_hand)
    return tuple(need for need in exercise.equipment if there.isdisjoint(need))


def within_reach(exercises: Mapping[str, Exercise], profile: Profile) -> dict[str, Exercise]:
    """The exercises that nothing but their level may keep the person from."""
    able = profile._replace(level=max(LEVELS))
    return {name: each for name, each in exercises.items() if obstacle(each, able) is None}


def obstacle(exercise: Exercise, profile: Profile) -> str | None:
    """Why the exercise is out of reach, in words; None if it is not."""
    lacking = () if profile.equipment is None else missing(exercise, profile.equipment)
    if lacking:
        return f"needs {needs(lacking)}"
    if exercise.position in profile.avoid_positions:
        return f"is done {POSITIONS[exercise.position]}"
    if exercise.level > profile.level:
        return f"is of level {exercise.level} ({LEVELS[exercise.level]})"
    return None
