"""The grades, checked on plans: random profiles, and eight weeks of each condition beside those of a healthy person.

`--profiles N`: N random people with one to five conditions; nothing that may be chosen, swapped in or take the place of
what hurts, nothing in a routine, and no easier or harder variant may be graded `avoid` or `not_planned` for them. Of
each EVERYth the session and its suggestion are made and checked too. Grades are read from the exercises' own fields.
`--weeks N`: for each condition that stops nothing, N weeks of a person who does what is planned: the same days of a
healthy person, and how many of those that hold something graded `avoid` or `not_planned` were planned otherwise.
"""

import argparse
import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from statistics import mean
from typing import NamedTuple

from hiproutine import paths
from hiproutine.catalogue import cache
from hiproutine.catalogue.conditions import CONDITION, GRADES, STOPS, graded, with_implied
from hiproutine.catalogue.model import Catalogue, Exercise
from hiproutine.coach.eligibility import look, on_the_way, waiting
from hiproutine.coach.planner import Plan, todays_or_none
from hiproutine.coach.profile import FLOOR
from hiproutine.coach.screening import Screened, current, screen_for
from hiproutine.history.past import Past
from hiproutine.history.records import Opening, SessionRecord, closed
from hiproutine.practice.recording import planned
from hiproutine.practice.timeline import compile_session
from hiproutine.settings.model import Manner, Profile

FIRST = date(2026, 1, 5)  # a Monday
RULED_OUT = ("avoid", "not_planned")
FULL = 0.9
EVERY = 5
CODES = [code for code in CONDITION if code not in STOPS]


def grade(exercise: Exercise, codes: frozenset[str]) -> str:
    """The strictest grade of an exercise for a person with these conditions."""
    return next((each for each in GRADES if not codes.isdisjoint(getattr(exercise, each))), "")


def somebody(some: random.Random) -> Profile:
    return Profile(
        minutes=some.choice([5, 10, 15, 20, 30]),
        days_per_week=some.randint(2, 7),
        level=some.randint(1, 3),
        avoid_positions=some.choice([(), (), (), FLOOR, ("half-kneeling", "quadruped")]),
        conditions=tuple(some.sample(CODES, some.randint(1, 5))),
        screened=some.choice([None, FIRST.isoformat(), (FIRST - timedelta(weeks=8)).isoformat()]),
    )


def reachable(catalogue: Catalogue, screened: Screened, profile: Profile, past: Past, day: date) -> Iterator[Exercise]:
    """Everything that may be chosen for a person, or come in of itself."""
    today = look(screened, past, day)
    names = today.exercises.keys() - waiting(today, profile).keys()
    names |= on_the_way(screened, profile, past, day).keys()
    yield from (catalogue.exercises[name] for name in names)
    for routine in screened.catalogue.routines.values():
        for step in routine.steps:
            exercise = catalogue.exercises[step.exercise]
            same = type(step.prescription) is type(exercise.prescription)
            yield exercise if same else graded(exercise._replace(prescription=step.prescription))
    for name, each in screened.catalogue.exercises.items():
        if name not in screened.unplanned:
            yield from (catalogue.exercises[other] for other in (*each.easier, *each.harder))


def made(catalogue: Catalogue, screened: Screened, profile: Profile, past: Past, day: date) -> list[Exercise]:
    """The session of a person and its suggestion, each exercise in the dose that it has there."""
    plan = todays_or_none(screened, profile, Manner(), past, day)
    doses = [*plan.session.items, *((each.exercise, each.prescription) for each in plan.suggestions)]
    return [graded(catalogue.exercises[exercise.id]._replace(prescription=dose)) for exercise, dose in doses]


def check_profiles(catalogue: Catalogue, count: int, some: random.Random) -> None:
    found: Counter[str] = Counter()
    empty = sessions = 0
    for number in range(count):
        profile = somebody(some)
        codes = with_implied(current(profile, FIRST))
        screened = screen_for(catalogue, profile, FIRST)
        there = list(reachable(catalogue, screened, profile, Past(), FIRST))
        if number % EVERY == 0:
            session = made(catalogue, screened, profile, Past(), FIRST)
            sessions += 1
            empty += not session
            there += session
        for each in there:
            if grade(each, codes) in RULED_OUT:
                found[each.id] += 1
    print(
        f"{count} profiles: ruled out and yet there {found.total()} {dict(found)}; {sessions} sessions, {empty} empty"
    )


# ---- weeks of one person ----


class Day(NamedTuple):
    """A day of practice: what was planned, and the share of the minutes that it takes."""

    plan: Plan
    used: float

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(item.exercise.id for item in self.plan.session.items)

    @property
    def says_why_short(self) -> bool:
        return any(" min: " in note for note in self.plan.notes) or not self.plan.session.items


def live(catalogue: Catalogue, profile: Profile, days: int) -> list[Day]:
    """The days of a person who practises what is planned, from FIRST on."""
    assert profile.minutes
    wanted = {round(n * 7 / profile.days_per_week) for n in range(profile.days_per_week)}
    records: list[SessionRecord] = []
    found = []
    for day in (FIRST + timedelta(days=number) for number in range(days)):
        if day.weekday() not in wanted:
            continue
        screened = screen_for(catalogue, profile, day)
        made = todays_or_none(screened, profile, Manner(), Past(records), day)
        line = compile_session(made.session, Manner())
        found.append(Day(made, line.total_ms / 60_000 / profile.minutes))
        at = datetime(day.year, day.month, day.day, 7, tzinfo=UTC)
        steps = [step._replace(held_ms=step.planned_ms, end="done") for step in planned(line)]
        records.append(closed(Opening(str(day), day, at, 0, None, 240, "", None, ""), at, steps))
    return found


def check_weeks(catalogue: Catalogue, weeks: int) -> None:
    healthy = {level: live(catalogue, Profile(minutes=10, level=level), 7 * weeks) for level in (1, 2)}
    print("condition, level, days of a healthy person with something ruled out, of these the same plan, time used:")
    for code in CODES:
        codes = with_implied([code])
        for level, usual in healthy.items():
            profile = Profile(minutes=10, level=level, conditions=(code,), screened=FIRST.isoformat())
            days = live(catalogue, profile, 7 * weeks)
            must = [
                (one, other)
                for one, other in zip(days, usual, strict=True)
                if any(grade(catalogue.exercises[name], codes) in RULED_OUT for name in other.ids)
            ]
            same = sum(one.ids == other.ids for one, other in must)
            there = sum(grade(catalogue.exercises[name], codes) in RULED_OUT for day in days for name in day.ids)
            short = [each for each in days if each.used < FULL]
            silent = sum(not each.says_why_short for each in short)
            print(
                f"  {code:<21} {level} {len(must):3} of {len(usual)} {same:3} {mean(each.used for each in days):6.1%}"
                f", ruled out and yet there {there}"
                f", under {FULL:.0%} on {len(short)} days, {silent} of them without a reason"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profiles", type=int, default=10_000)
    parser.add_argument("--weeks", type=int, default=8)
    parser.add_argument("--seed", type=int, default=2026)
    args = parser.parse_args()
    catalogue = cache.load(paths.shipped(), None).catalogue
    if args.profiles:
        check_profiles(catalogue, args.profiles, random.Random(args.seed))
    if args.weeks:
        check_weeks(catalogue, args.weeks)


if __name__ == "__main__":
    main()
