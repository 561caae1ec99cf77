"""The profile: which exercises suit a person, and changes for today only. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from hiproutine.catalogue.model import Exercise, needs
from hiproutine.catalogue.vocabulary import ALWAYS_AT_HAND, AREAS, EQUIPMENT, LEVELS, POSITIONS
from hiproutine.coach.reasons import Cause, Reason
from hiproutine.settings.model import Profile

if TYPE_CHECKING:
    from datetime import date

    from hiproutine.history.past import Past
    from hiproutine.settings.options import Values

FLOOR = tuple(word for word in POSITIONS if word not in ("standing", "seated-chair"))
"""The positions that need the floor."""


def avoids_floor(profile: Profile) -> bool:
    """Return whether nothing that needs the floor is chosen for the person."""
    return set(FLOOR) <= set(profile.avoid_positions)


def off_the_floor(avoided: Sequence[str]) -> tuple[str, ...]:
    """Return the positions to avoid with all that need the floor."""
    return tuple(dict.fromkeys((*avoided, *FLOOR)))


def with_goal(profile: Profile, past: "Past", day: "date") -> Profile:
    """The profile with the days of the goal in force; until one is set, with those of the settings."""
    from hiproutine.history.records import Goal
    from hiproutine.history.streak import goal_on

    goal = goal_on(past.of(Goal), day)
    return profile._replace(days_per_week=goal.days_per_week, rest_days=goal.rest_days) if goal.id else profile


class Only(NamedTuple):
    """Changes for today only; everything else is as in the profile."""

    minutes: int | None = None
    focus: tuple[str, ...] = ()
    no_floor: bool = False
    equipment: tuple[str, ...] | None = None

    @property
    def words(self) -> str:
        """A summary such as `Only today: 7 min, no floor`; empty without changes."""
        found = [f"{self.minutes} min"] if self.minutes else []
        found += [f"for {' and '.join(AREAS[area] for area in self.focus)}"] if self.focus else []
        found += ["no floor"] if self.no_floor else []
        if self.equipment is not None:
            names = " and ".join(map(EQUIPMENT.__getitem__, self.equipment)) or "nothing at hand"
            found.append(f"with {names if len(self.equipment) < 3 else f'{len(self.equipment)} things at hand'}")
        return f"Only today: {', '.join(found)}" if found else ""

    @property
    def values(self) -> "Values":
        """The values of the rows of today alone."""
        return {
            "minutes": str(self.minutes) if self.minutes else None,
            "focus": self.focus or None,
            "no_floor": "yes" if self.no_floor else "no",
            "equipment": self.equipment,
        }

    @classmethod
    def of(cls, values: "Values") -> "Only":
        """Return the changes that the values of the rows make."""
        minutes, equipment = values["minutes"], values["equipment"]
        return cls(
            minutes=int(minutes) if isinstance(minutes, str) else None,
            focus=tuple(values["focus"] or ()),
            no_floor=values["no_floor"] == "yes",
            equipment=None if equipment is None else tuple(equipment),
        )


def for_today(
    profile: Profile,
    *,
    minutes: int | None = None,
    focus: Sequence[str] = (),
    no_floor: bool = False,
    equipment: Sequence[str] | None = None,
) -> Profile:
    """The profile with today's changes; each focus of today has the highest weight."""
    return profile._replace(
        minutes=minutes or profile.minutes,
        focus=tuple((area, 3) for area in focus) or profile.focus,
        equipment=profile.equipment if equipment is None else tuple(equipment),
        avoid_positions=off_the_floor(profile.avoid_positions) if no_floor else profile.avoid_positions,
    )


def missing(exercise: Exercise, at_hand: Collection[str]) -> tuple[tuple[str, ...], ...]:
    """The needs of an exercise that are not at hand, each with its alternatives."""
    there = ALWAYS_AT_HAND.union(at_hand)
    return tuple(need for need in exercise.equipment if there.isdisjoint(need))


def within_reach(exercises: Mapping[str, Exercise], profile: Profile) -> dict[str, Exercise]:
    """The exercises that are within reach apart from their level."""
    able = profile._replace(level=max(LEVELS))
    return {name: each for name, each in exercises.items() if obstacle(each, able) is None}


def obstacle(exercise: Exercise, profile: Profile) -> Reason | None:
    """Return why the exercise is out of reach; None if it is within reach."""
    return next(obstacles(exercise, profile), None)


def obstacles(exercise: Exercise, profile: Profile) -> Iterator[Reason]:
    """Everything that puts the exercise out of reach."""
    lacking = () if profile.equipment is None else missing(exercise, profile.equipment)
    if lacking:
        yield Reason(Cause.EQUIPMENT, f"needs {needs(lacking)}")
    if exercise.position in profile.avoid_positions:
        on_the_floor = exercise.position in FLOOR and avoids_floor(profile)
        where = "on the floor, which you do not get down to" if on_the_floor else POSITIONS[exercise.position]
        yield Reason(Cause.POSITION, f"is done {where}")
    if exercise.level > profile.level:
        words = f"is level {exercise.level} ({LEVELS[exercise.level]}), above level {profile.level} of your settings"
        yield Reason(Cause.LEVEL, words)
