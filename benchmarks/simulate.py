"""A year with the coach, for varied people: the dose that each area reaches, repetition, and every broken rule.

Every rule is checked from the records alone, apart from the code that keeps it: the days between, the screening, the
ceiling, and the time by the compiled timeline.
"""

import argparse
import random
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from statistics import mean
from typing import NamedTuple

from hiproutine import paths
from hiproutine.catalogue import cache
from hiproutine.catalogue.model import Catalogue, Exercise
from hiproutine.catalogue.prescription import ContractRelax, PailsRails, Reps
from hiproutine.catalogue.vocabulary import CONDITIONS, DOSED_AREAS, EQUIPMENT
from hiproutine.coach.plan import Plan, plan
from hiproutine.coach.profile import FLOOR, obstacle
from hiproutine.coach.screening import screen
from hiproutine.errors import HiproutineError
from hiproutine.history.records import Opening, SessionRecord, StepRecord, closed
from hiproutine.history.store import Past
from hiproutine.practice.session_log import planned
from hiproutine.practice.timeline import compile_session
from hiproutine.settings import Manner, Profile

FIRST = date(2026, 1, 5)  # a Monday
FLOOR_S, CEILING_S = 300, 600
WEEKS_UNTOUCHED = 3


class Person(NamedTuple):
    """A profile, how often a practice day is skipped all the same, and how often pain begins that stops practising."""

    profile: Profile
    skips: float = 0
    bouts: float = 0


class Year(NamedTuple):
    """What a year came to. `weeks` has the seconds of each area, its worse side, for each whole week from the first."""

    weeks: list[dict[str, float]]
    reachable: frozenset[str]
    untouched: dict[str, int]
    repeated: float
    used: list[float]
    broken: Counter[str]
    sessions: int


def live(catalogue: Catalogue, person: Person, days: int, some: random.Random) -> Year:
    """Practises what the coach plans, every step to its end."""
    profile, manner = person.profile, Manner()
    screened = screen(catalogue, profile.conditions)
    records: list[SessionRecord] = []
    used: list[float] = []
    broken: Counter[str] = Counter()
    repeats: list[float] = []
    pain_until = FIRST
    for day in _practice_days(profile, days):
        if some.random() < person.bouts:
            pain_until = day + timedelta(days=some.randint(2, 6))
        if day < pain_until or some.random() < person.skips:
            continue
        try:
            made = plan(screened, profile, manner, Past(tuple(records), ()), day)
        except HiproutineError:
            broken["no session at all"] += 1
            continue
        line = compile_session(made.session, manner)
        assert profile.minutes
        used.append(line.total_ms / 60_000 / profile.minutes)
        broken["above the time"] += used[-1] > 1
        broken["hidden or out of reach"] += sum(not _may(item.exercise, profile) for item in made.session.items)
        repeats.append(_repeated(made, records))
        steps = [step._replace(held_ms=step.planned_ms, end="done") for step in planned(line)]
        records.append(_record(day, steps))
    broken.update(_broken_rules(records, catalogue.exercises))
    reachable = {
        area
        for each in screened.catalogue.exercises.values()
        if not obstacle(each, profile) and each.category != "release"
        for area in each.areas
        if area in DOSED_AREAS
    }
    doses = _doses(records, catalogue.exercises)
    weeks = [
        {area: min(_sum(doses, area, side, 7 * week, 7) for side in ("left", "right")) for area in DOSED_AREAS}
        for week in range(days // 7)
    ]
    return Year(weeks, frozenset(reachable), _untouched(doses, days), mean(repeats or [0]), used, broken, len(records))


def _practice_days(profile: Profile, days: int) -> list[date]:
    """So many days a week, spread over it."""
    chosen = {round(n * 7 / profile.days_per_week) for n in range(profile.days_per_week)}
    every = (FIRST + timedelta(days=number) for number in range(days))
    return [day for day in every if day.weekday() in chosen]


def _record(day: date, steps: list[StepRecord]) -> SessionRecord:
    start = datetime(day.year, day.month, day.day, 7, tzinfo=UTC)
    return closed(Opening(str(day), day, start, 0, None, 240, "", None, ""), start, steps)


def _may(exercise: Exercise, profile: Profile) -> bool:
    codes = set(profile.conditions) | ({"thr_posterior"} if "thr_lateral" in profile.conditions else set())
    return not codes & set(exercise.avoid) and not obstacle(exercise, profile)


def _repeated(made: Plan, records: list[SessionRecord]) -> float:
    """The share of the exercises that were in the session before as well."""
    last = {step.exercise for step in records[-1].steps} if records else set()
    return mean(item.exercise.id in last for item in made.session.items)


# ---- from the records alone ----

_Doses = dict[tuple[str, str], dict[int, float]]


def _doses(records: list[SessionRecord], exercises: Mapping[str, Exercise]) -> _Doses:
    """Seconds by place and number of the day."""
    found: _Doses = {(area, side): {} for area in DOSED_AREAS for side in ("left", "right")}
    for record in records:
        number = (record.day - FIRST).days
        for step in record.steps:
            exercise = exercises[step.exercise]
            if exercise.category == "release":
                continue
            share = 0.5 if exercise.sides == "alternating" else 1
            for area in set(exercise.areas) & set(DOSED_AREAS):
                for side in (step.side,) if step.side else ("left", "right"):
                    days = found[area, side]
                    days[number] = days.get(number, 0) + share * step.held_ms / 1000
    return found


def _sum(doses: _Doses, area: str, side: str, first: int, days: int) -> float:
    return sum(doses[area, side].get(number, 0) for number in range(first, first + days))


def _untouched(doses: _Doses, days: int) -> dict[str, int]:
    """The longest run of days without each area."""
    longest = {}
    for area in DOSED_AREAS:
        touched = sorted({-1, days} | set(doses[area, "left"]) | set(doses[area, "right"]))
        longest[area] = max(after - before - 1 for before, after in pairwise(touched))
    return longest


def _broken_rules(records: list[SessionRecord], exercises: Mapping[str, Exercise]) -> Counter[str]:
    broken: Counter[str] = Counter()
    days: dict[tuple[str, str], set[int]] = {}
    for record in records:
        for step in record.steps:
            exercise = exercises[step.exercise]
            for area in exercise.areas:
                days.setdefault((_kind(exercise), area), set()).add((record.day - FIRST).days)
    for (kind, _), numbers in days.items():
        for number in numbers:
            apart = kind in ("strength", "resistance stretch") and number - 1 in numbers
            week = sum(number - 6 <= other <= number for other in numbers)
            broken["frequency"] += apart or (kind != "free" and week > 3)
    doses = _doses(records, exercises)
    for (area, side), held in doses.items():
        broken["above the ceiling"] += sum(_sum(doses, area, side, number - 6, 7) > CEILING_S for number in held)
    return broken


def _kind(exercise: Exercise) -> str:
    if exercise.category == "strength":
        return "strength"
    if isinstance(exercise.prescription, ContractRelax | PailsRails):
        return type(exercise.prescription).__name__
    return (
        "resistance stretch" if exercise.category == "stretch" and isinstance(exercise.prescription, Reps) else "free"
    )


# ---- people, and what is printed ----


def somebody(some: random.Random) -> Person:
    """A varied person."""
    gear = ("mat", "cushion", "chair", *some.sample(list(EQUIPMENT), some.randint(0, 8)))
    codes = [code for code in CONDITIONS if code not in ("surgery_recent", "neuro_progressive")]
    profile = Profile(
        minutes=some.choice([3, 5, 7, 10, 15, 20, 30]),
        days_per_week=some.randint(2, 7),
        focus=tuple((area, some.randint(1, 3)) for area in some.sample(list(DOSED_AREAS), some.randint(0, 3))),
        equipment=some.choice([None, gear]),
        avoid_positions=some.choice([(), (), (), FLOOR, ("half-kneeling", "quadruped")]),
        level=some.randint(1, 3),
        conditions=tuple(some.sample(codes, some.choice([0, 0, 1, 2]))),
    )
    return Person(profile, skips=some.choice([0, 0.1, 0.3]), bouts=some.choice([0, 0, 0.02]))


def target_person(some: random.Random) -> Person:
    """Ten minutes on five days a week, up to three focus areas, everything else at its default."""
    focus = some.sample(list(DOSED_AREAS), some.randint(1, 3))
    return Person(
        Profile(minutes=10, days_per_week=5, focus=tuple((area, 2) for area in focus), level=some.randint(1, 3))
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=40, help="of each sort (default: 40)")
    parser.add_argument("--days", type=int, default=364)
    parser.add_argument("--seed", type=int, default=2026)
    args = parser.parse_args()
    catalogue = cache.load(paths.shipped(), None).catalogue
    some = random.Random(args.seed)
    for title, make in (("10 minutes, 5 days, up to 3 focus areas", target_person), ("varied people", somebody)):
        people = [make(some) for _ in range(args.people)]
        years = [live(catalogue, person, args.days, some) for person in people]
        print(f"\n{title}: {len(people)} people, {sum(year.sessions for year in years)} sessions")
        _report(people, years)


def _report(people: list[Person], years: list[Year]) -> None:
    broken: Counter[str] = sum((year.broken for year in years), Counter())
    print("broken rules: " + (", ".join(f"{name} {count}" for name, count in (+broken).items()) or "none"))
    used = [share for year in years for share in year.used]
    print(f"time used: mean {mean(used):.1%}, below 85 % in {sum(share < 0.85 for share in used) / len(used):.2%}")
    print(f"exercises that were in the session before as well: {mean(year.repeated for year in years):.1%}")
    by_week_3 = [
        any(week[area] >= FLOOR_S for week in year.weeks[:3])
        for person, year in zip(people, years, strict=True)
        for area, _ in person.profile.focus
        if area in year.reachable
    ]
    held = [
        week[area] >= FLOOR_S
        for person, year in zip(people, years, strict=True)
        for area, _ in person.profile.focus
        if area in year.reachable
        for week in year.weeks[2:]
    ]
    in_week_3 = [
        year.weeks[2][area] >= FLOOR_S
        for person, year in zip(people, years, strict=True)
        for area, _ in person.profile.focus
        if area in year.reachable
    ]
    if by_week_3:
        print(f"focus areas with 5 min a side in the third week itself: {mean(in_week_3):.1%}")
        print(f"focus areas with 5 min a week and side by week 3: {mean(by_week_3):.1%} of {len(by_week_3)}")
        print(f"weeks from the third on in which a focus area has them: {mean(held):.1%}")
    reachable = [(area, year.untouched[area]) for year in years for area in year.reachable]
    long = Counter(area for area, days in reachable if days >= 7 * WEEKS_UNTOUCHED)
    print(f"areas untouched for {WEEKS_UNTOUCHED} weeks: {long.total()} of {len(reachable)} {dict(long)}")
    print("area, mean minutes a week of its worse side, longest untouched days:")
    for area in DOSED_AREAS:
        found = [mean(week[area] for week in year.weeks) / 60 for year in years if area in year.reachable]
        days = [year.untouched[area] for year in years if area in year.reachable]
        if found:
            print(f"  {area:<16} {mean(found):5.1f} {max(days):5}")


if __name__ == "__main__":
    main()
