"""Whether to know on which weekdays somebody practises would spread the week's dose better. Nothing of it is built.

People who practise on other days than they say: each lives some weeks with the room of a day as it is, by the days a
week of the profile; with the days a week that they really had, (done + 1) ÷ (offered + 2) of each weekday over six
weeks; and with that of each weekday that is left in the week.
"""

import random
from collections.abc import Callable
from datetime import date, timedelta
from statistics import mean

from simulate import FIRST, Person, Year, live

from hiproutine import paths
from hiproutine.catalogue import cache
from hiproutine.coach import objective
from hiproutine.coach.weekly_volume import (
    AHEAD,
    CEILING_S,
    LEAST_S,
    SESSION_S,
    STEADY,
    TARGET_S,
    Before,
    Place,
    stretch_room_s,
)
from hiproutine.settings.model import Profile

WEEKS = 16
LOOK_BACK = timedelta(weeks=6)
Room = Callable[[Before, Place, int], float]

REALLY = {
    "says 5, practises 3: Mon, Wed, Fri": (5, (0.9, 0.05, 0.9, 0.05, 0.9, 0.05, 0.05)),
    "says 5, at weekends and once more": (5, (0.1, 0.1, 0.5, 0.1, 0.1, 0.95, 0.95)),
    "says 3, practises 5: Mon to Fri": (3, (0.9, 0.9, 0.9, 0.9, 0.9, 0.05, 0.05)),
    "says 5, practises 5, Mon to Fri": (5, (0.95, 0.95, 0.95, 0.95, 0.95, 0.05, 0.05)),
}
"""What people say, and how likely they practise on each weekday from Monday on."""


def learned(known: Before) -> list[float]:
    """How likely each weekday is, by the days of the last six weeks with any work."""
    since = max(known.first, known.day - LOOK_BACK)
    done = frozenset[date]().union(*known.days_of_area.values())
    found = []
    for weekday in range(7):
        offered = [day for n in range((known.day - since).days) if (day := since + timedelta(n)).weekday() == weekday]
        found.append((sum(day in done for day in offered) + 1) / (len(offered) + 2))
    return found


def room(days: Callable[[Before], tuple[float, float]]) -> Room:
    """The room of a day with other days: those of a week, and those that are left of it, today included."""

    def room_s(known: Before, place: Place, _: int) -> float:
        whole, left = days(known)
        had_s = known.week.stretch_s.get(place, 0)
        share_s = AHEAD * (TARGET_S - had_s) / max(1, left)
        steady_s = STEADY * TARGET_S / max(1, whole)
        return min(max(LEAST_S, min(share_s, steady_s, SESSION_S)), max(0, CEILING_S - had_s))

    return room_s


def by_rate(known: Before) -> tuple[float, float]:
    whole = sum(learned(known))
    return whole, whole - len(known.practised)


def by_weekday(known: Before) -> tuple[float, float]:
    likely = learned(known)
    return sum(likely), 1 + sum(likely[known.day.weekday() + 1 :])


ROOMS: dict[str, Room] = {
    "as it is": stretch_room_s,
    "days a week that are learned": room(by_rate),
    "weekdays that are learned": room(by_weekday),
}


def lived(person: Person, likely: tuple[float, ...], seed: int) -> Year:
    """Live some weeks, practising on each weekday as likely as it is for the person."""
    luck = random.Random(seed)
    every = (FIRST + timedelta(days=n) for n in range(7 * WEEKS))
    days = [day for day in every if luck.random() < likely[day.weekday()]]
    return live(cache.load(paths.shipped(), None).catalogue, person, 7 * WEEKS, random.Random(seed), days)


def main() -> None:
    for who, (says, likely) in REALLY.items():
        print(f"\n{who}")
        person = Person(Profile(minutes=10, days_per_week=says, focus=(("front-of-hip", 2), ("back-of-thigh", 2))))
        for name, of_day in ROOMS.items():
            setattr(objective, "stretch_room_s", of_day)  # noqa: B010
            years = [lived(person, likely, seed) for seed in range(3)]
            weeks = [week[area] / 60 for year in years for week in year.weeks[4:] for area in year.on_focus]
            crowded = [share for year in years for share in year.crowded[4:]]
            print(
                f"  {name:<30} stretching {mean(weeks):.1f} min a week, below 5 in "
                f"{mean(each < 5 for each in weeks):.0%}; two fullest days {mean(crowded):.0%}"
            )


if __name__ == "__main__":
    main()
