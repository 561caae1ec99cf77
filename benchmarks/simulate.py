"""A year with the coach, for varied people: the week of each area, how it is spread, and every broken rule.

People skip days and have bouts of pain, worse before, after and on the next morning, in which exercises hurt; some take
every step that is suggested; all do the self-checks every two weeks. Every rule is checked from the records alone, not
by the code that keeps it: the days between, the screening, equipment, positions, the ceiling, pain, what hurt too much,
what is new, and the time by the compiled timeline, before a suggested step is taken and with it.
"""

import argparse
import random
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from statistics import mean
from typing import NamedTuple

from hiproutine import paths
from hiproutine.catalogue import cache
from hiproutine.catalogue.conditions import CONDITIONS, STOPS, with_implied
from hiproutine.catalogue.model import Catalogue, Exercise
from hiproutine.catalogue.prescription import ContractRelax, PailsRails, Reps, length, sets_of
from hiproutine.catalogue.vocabulary import DOSED_AREAS, EQUIPMENT
from hiproutine.coach.pain import Advice, of_day
from hiproutine.coach.planner import Plan, plan
from hiproutine.coach.profile import FLOOR, obstacle
from hiproutine.coach.screening import EASY_DAYS, screen
from hiproutine.coach.session import of_items
from hiproutine.errors import HiproutineError
from hiproutine.history.past import Past
from hiproutine.history.records import YES_NO, Check, Hurt, Opening, Pain, SessionRecord, StepRecord, closed
from hiproutine.practice.recording import planned
from hiproutine.practice.timeline import compile_session
from hiproutine.settings.model import Manner, Profile

FIRST = date(2026, 1, 5)  # a Monday
CEILING_S = 600
USUAL_FOCUS = (("front-of-hip", 2),)
WITHOUT_FOCUS = {"hypermobile"}
"""Conditions with which no area is the focus unasked."""
WEEKS_UNTOUCHED = 3


class Person(NamedTuple):
    """A profile, how often a practice day is skipped all the same, how often a bout of pain begins, and how they are.

    `climbs` says whether suggested steps are taken, `free` whether the hanging leg is found to hang freely.
    """

    profile: Profile
    skips: float = 0
    bouts: float = 0
    climbs: bool = False
    free: bool = False


class Year(NamedTuple):
    """What a year came to.

    `weeks` has the seconds of stretching of each area, its worse side, and `strong` its days of strength, for each
    whole week from the first; `crowded` the share of its two fullest days in each week's stretching of a focus area;
    `on_focus` the share of the sessions with each focus area.
    """

    weeks: list[dict[str, float]]
    strong: list[dict[str, int]]
    crowded: list[float]
    on_focus: dict[str, float]
    reachable: frozenset[str]
    stretched: frozenset[str]
    untouched: dict[str, int]
    repeated: float
    used: list[float]
    broken: Counter[str]
    sessions: int
    happened: Counter[str]


class _Life:
    """One person's year as it goes."""

    def __init__(self, catalogue: Catalogue, person: Person, some: random.Random) -> None:
        self._person, self._some = person, some
        self._screened = screen(catalogue, person.profile.conditions)
        easy = (catalogue.routines[name] for name in EASY_DAYS if name in catalogue.routines)
        self._easy = {step.exercise for routine in easy for step in routine.steps}
        self.records: list[SessionRecord] = []
        self._pains: list[Pain] = []
        self._hurts: list[Hurt] = []
        self._checks: list[Check] = []
        self._taken: set[str] = set()
        self._met: set[str] = set()
        self._sore_until, self._sore = FIRST, 0
        self.used: list[float] = []
        self.repeats: list[float] = []
        self.broken: Counter[str] = Counter()
        self.happened: Counter[str] = Counter()

    def live(self, day: date) -> None:
        """A day that is meant for practice."""
        some, person = self._some, self._person
        if some.random() < person.bouts:
            self._sore_until, self._sore = day + timedelta(days=some.randint(3, 12)), some.randint(1, 7)
        if (day - FIRST).days % 14 < 3 and not any(day - each.day < timedelta(days=10) for each in self._checks[-1:]):
            self._check(day)
        if some.random() < person.skips:
            return
        sore = self._sore if day < self._sore_until else 0
        if person.bouts:
            self._feel(day, "before", sore + some.randint(0, 1))
        try:
            made = plan(self._screened, person.profile, Manner(), self._past(day), day)
        except HiproutineError:
            easy = of_day(self._past(day), day).advice >= Advice.EASY_DAY
            (self.happened if easy else self.broken)["no session at all"] += 1
            return
        self._judge(made, day)
        self._practise(made, day, sore)
        if person.bouts:
            self._feel(day, "after", sore + some.choice([0, 0, 0, 2 if sore else 1]))

    def _past(self, day: date) -> Past:
        """As it is read for a plan: steps of the last weeks only."""
        lately = [each for each in self.records if day - each.day <= timedelta(weeks=10)]
        return Past((*tuple(lately), *tuple(self._pains), *tuple(self._hurts), *tuple(self._checks)))

    def _judge(self, made: Plan, day: date) -> None:
        profile, broken = self._person.profile, self.broken
        assert profile.minutes
        self.used.append(compile_session(made.session, Manner()).total_ms / 60_000 / profile.minutes)
        broken["above the time"] += self.used[-1] > 1
        exercises = [item.exercise for item in made.session.items]
        # What gets one warm in place of the warm-up says so, and is not new either.
        warm = {each.id for each, why in zip(exercises, made.reasons, strict=True) if why[0].startswith("to get warm")}
        new = [each for each in exercises if each.id not in self._met | warm and not _framing(each)]
        broken["too much that is new"] += len(new) > 2
        self._met |= {each.id for each in exercises}
        able = profile._replace(level=profile.level + 1)
        broken["hidden or out of reach"] += sum(
            not _may(each, able if each.id in self._taken else profile) for each in exercises
        )
        now = max((each.score for each in self._pains if each.day == day and each.when == "before"), default=0)
        if now >= 6:
            broken["too much in pain"] += sum(
                each.id not in self._easy or each.category == "stretch" for each in exercises
            )
        if now > 2:
            broken["PAILs/RAILs in pain"] += sum(isinstance(each.prescription, PailsRails) for each in exercises)
        red = {each.exercise for each in self._hurts if day - each.day <= timedelta(days=7) and each.score >= 6}
        broken["what hurt too much"] += len(red & {each.id for each in exercises})
        last = {step.exercise for step in self.records[-1].steps} if self.records else set()
        self.repeats.append(mean(each.id in last for each in exercises))
        lowered = [why for whys in made.reasons for why in whys if ", was " in why]
        self.happened["eased sessions"] += bool(lowered)
        self.happened["steps back"] += sum("a week off" in why for why in lowered)
        self.happened["suggestions"] += len(made.suggestions)
        for suggested in made.suggestions:
            taken_ms = compile_session(of_items(suggested.taken), Manner()).total_ms
            broken["above the time with a step"] += taken_ms > 60_000 * profile.minutes

    def _practise(self, made: Plan, day: date, sore: int) -> None:
        items = made.session.items
        for suggested in made.suggestions if self._person.climbs else ():
            items = suggested.taken
            self.happened["harder variants taken"] += suggested.exercise != suggested.instead
            self._taken.add(suggested.exercise.id)
            self._met.add(suggested.exercise.id)
        steps = planned(compile_session(of_items(items), Manner()))
        hurting = self._some.choice(items).exercise if sore and self._some.random() < 0.3 else None
        if hurting:
            score = self._some.randint(2, 8)
            self._hurts.append(Hurt(f"{day}", day, _at(day), None, hurting.id, None, score, "skip"))
        self.records.append(_record(day, [_ended(step, hurting) for step in steps]))

    def _feel(self, day: date, when: str, score: int) -> None:
        self._pains.append(Pain(f"{when} {day}", day, _at(day), when, min(10, score), None))

    def _check(self, day: date) -> None:
        free = float(self._person.free)
        for side in ("left", "right"):
            for name, value in (("hanging-leg-thigh", free), ("hanging-leg-knee", free), ("ninety-hands", 1 - free)):
                self._checks.append(Check(f"{name} {side} {day}", day, _at(day), name, side, value, YES_NO))


def live(
    catalogue: Catalogue, person: Person, days: int, some: random.Random, on: Iterable[date] | None = None
) -> Year:
    """Practises what the coach plans, `on` these days, or else spread over the week."""
    life = _Life(catalogue, person, some)
    for day in _practice_days(person.profile, days) if on is None else on:
        life.live(day)
    exercises, records = catalogue.exercises, life.records
    possible = [each for each in exercises.values() if _may(each, person.profile) and each.category != "release"]
    reachable = {area for each in possible for area in each.areas if area in DOSED_AREAS}
    # An area that only stretches for something else reach, and those by half, is not stretched for itself.
    stretched = {each.areas[0] for each in possible if each.category == "stretch"}
    entered = _entered(records, exercises)
    stretch_s, sets = entered["stretch"], entered["strength"]
    firsts = range(0, 7 * (days // 7), 7)
    weeks = [
        {area: min(_sum(stretch_s, area, side, first, 7) for side in _SIDES) for area in DOSED_AREAS}
        for first in firsts
    ]
    strong = [
        {area: min(_whole(sets, area, side, first) for side in _SIDES) for area in DOSED_AREAS} for first in firsts
    ]
    usual = USUAL_FOCUS if WITHOUT_FOCUS.isdisjoint(person.profile.conditions) else ()
    focus = [area for area, _ in person.profile.focus or usual if area in reachable]
    crowded = [_crowded(stretch_s, area, first) for area in focus if area in stretched for first in firsts[1:]]
    return Year(
        weeks,
        strong,
        crowded,
        {area: mean(_has(record, exercises, area) for record in records) for area in focus if records},
        frozenset(reachable),
        frozenset(stretched),
        _untouched(entered, days),
        mean(life.repeats or [0]),
        life.used,
        life.broken + _broken_rules(records, exercises),
        len(records),
        life.happened,
    )


def _practice_days(profile: Profile, days: int) -> list[date]:
    """So many days a week, spread over it."""
    chosen = {round(n * 7 / profile.days_per_week) for n in range(profile.days_per_week)}
    every = (FIRST + timedelta(days=number) for number in range(days))
    return [day for day in every if day.weekday() in chosen]


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 7, tzinfo=UTC)


def _record(day: date, steps: list[StepRecord]) -> SessionRecord:
    return closed(Opening(str(day), day, _at(day), 0, None, 240, "", None, ""), _at(day), steps)


def _ended(step: StepRecord, hurting: Exercise | None) -> StepRecord:
    """Every step to its end, but half of what hurts."""
    if hurting and step.exercise == hurting.id:
        return step._replace(held_ms=step.planned_ms // 2, end="hurt")
    return step._replace(held_ms=step.planned_ms, end="done")


def _may(exercise: Exercise, profile: Profile) -> bool:
    ruled_out = {*exercise.avoid, *exercise.not_planned}
    return not with_implied(profile.conditions) & ruled_out and not obstacle(exercise, profile)


# ---- from the records alone ----

_SIDES = ("left", "right")
_Entered = dict[tuple[str, str], dict[int, float]]


def _entered(records: list[SessionRecord], exercises: Mapping[str, Exercise]) -> dict[str, _Entered]:
    """By category the seconds, or of strength the sets, by place and number of the day; half of areas but the first."""
    found: dict[str, _Entered] = {
        category: {(area, side): {} for area in DOSED_AREAS for side in _SIDES}
        for category in ("stretch", "strength", "mobility", "release")
    }
    for record in records:
        number = (record.day - FIRST).days
        for step in record.steps:
            exercise = exercises[step.exercise]
            amount = step.held_ms / 1000
            if exercise.category == "strength":
                amount = sets_of(exercise.prescription) * min(1, amount / length(exercise.prescription).work_s)
            elif exercise.sides == "alternating":
                amount /= 2
            for area in exercise.areas:
                for side in (step.side,) if step.side else _SIDES:
                    if area in DOSED_AREAS:
                        days = found[exercise.category][area, side]
                        days[number] = days.get(number, 0) + amount / (1 if area == exercise.areas[0] else 2)
    return found


def _sum(entered: _Entered, area: str, side: str, first: int, days: int) -> float:
    return sum(entered[area, side].get(number, 0) for number in range(first, first + days))


def _whole(sets: _Entered, area: str, side: str, first: int) -> int:
    return sum(sets[area, side].get(number, 0) >= 1 for number in range(first, first + 7))


def _crowded(entered: _Entered, area: str, first: int) -> float:
    """The share of the two fullest days in a week, of the side where it is more."""
    shares = [0.0]
    for side in _SIDES:
        days = sorted(entered[area, side].get(number, 0) for number in range(first, first + 7))
        shares += [sum(days[-2:]) / sum(days)] if any(days) else []
    return max(shares)


def _has(record: SessionRecord, exercises: Mapping[str, Exercise], area: str) -> bool:
    done = (exercises[step.exercise] for step in record.steps)
    return any(area in each.areas and each.category != "release" for each in done)


def _framing(exercise: Exercise) -> bool:
    """Return whether an exercise is for getting warm or for settling."""
    return exercise.category == "release" or DOSED_AREAS.keys().isdisjoint(exercise.areas)


def _untouched(entered: Mapping[str, _Entered], days: int) -> dict[str, int]:
    """The longest run of days without any work for each area."""
    longest = {}
    for area in DOSED_AREAS:
        trained = (entered[category] for category in ("stretch", "strength", "mobility"))
        touched = sorted({-1, days}.union(*(each[area, side] for each in trained for side in _SIDES)))
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
    entered = _entered(records, exercises)["stretch"]
    for (area, side), held in entered.items():
        broken["above the ceiling"] += sum(_sum(entered, area, side, number - 6, 7) > CEILING_S for number in held)
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
    codes = [code for code in CONDITIONS if code not in STOPS]
    profile = Profile(
        minutes=some.choice([3, 5, 7, 10, 15, 20, 30]),
        days_per_week=some.randint(2, 7),
        focus=tuple((area, some.randint(1, 3)) for area in some.sample(list(DOSED_AREAS), some.randint(0, 3))),
        equipment=some.choice([None, gear]),
        avoid_positions=some.choice([(), (), (), FLOOR, ("half-kneeling", "quadruped")]),
        level=some.randint(1, 3),
        conditions=tuple(some.sample(codes, some.choice([0, 0, 1, 2]))),
    )
    return Person(
        profile,
        skips=some.choice([0, 0.1, 0.3]),
        bouts=some.choice([0, 0.02, 0.05]),
        climbs=some.random() < 0.5,
        free=some.random() < 0.5,
    )


def target_person(some: random.Random) -> Person:
    """Ten minutes on five days a week, up to three focus areas; every other one takes the steps that are suggested."""
    focus = some.sample(list(DOSED_AREAS), some.randint(1, 3))
    return Person(
        Profile(minutes=10, days_per_week=5, focus=tuple((area, 2) for area in focus), level=some.randint(1, 3)),
        climbs=some.random() < 0.5,
        free=some.random() < 0.5,
    )


def with_each_condition() -> list[Person]:
    """Ten minutes on five days a week without a focus, with one condition each; those that stop everything left out."""
    codes = [code for code in CONDITIONS if code not in STOPS]
    return [Person(Profile(minutes=10, days_per_week=5, conditions=(code,))) for code in codes]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=40, help="of each sort (default: 40)")
    parser.add_argument("--days", type=int, default=364)
    parser.add_argument("--seed", type=int, default=2026)
    args = parser.parse_args()
    catalogue = cache.load(paths.shipped(), None).catalogue
    some = random.Random(args.seed)
    sorts = {
        "10 minutes, 5 days, up to 3 focus areas": [target_person(some) for _ in range(args.people)],
        "varied people": [somebody(some) for _ in range(args.people)],
        "10 minutes, 5 days, each condition": with_each_condition(),
    }
    for title, people in sorts.items():
        years = [live(catalogue, person, args.days, some) for person in people]
        print(f"\n{title}: {len(people)} people, {sum(year.sessions for year in years)} sessions")
        _report(people, years)


def _report(people: list[Person], years: list[Year]) -> None:
    broken: Counter[str] = sum((year.broken for year in years), Counter())
    happened: Counter[str] = sum((year.happened for year in years), Counter())
    print(", ".join(f"{name} {count}" for name, count in happened.items()))
    print("broken rules: " + (", ".join(f"{name} {count}" for name, count in (+broken).items()) or "none"))
    used = [share for year in years for share in year.used]
    print(f"time used: mean {mean(used):.1%}, below 85 % in {sum(share < 0.85 for share in used) / len(used):.2%}")
    print(f"exercises that were in the session before as well: {mean(year.repeated for year in years):.1%}")
    on_focus = [share for year in years for share in year.on_focus.values()]
    print(
        f"sessions with a focus area: mean {mean(on_focus):.1%}, fewer than 80 % for {sum(s < 0.8 for s in on_focus)}"
    )
    stretch = [
        week[area] / 60 for year in years for area in year.on_focus if area in year.stretched for week in year.weeks[1:]
    ]
    if stretch:
        low, high = sum(each < 5 for each in stretch), sum(each > 7.5 for each in stretch)
        print(
            f"stretching of a focus area, minutes a week: mean {mean(stretch):.1f}, min {min(stretch):.1f}, max",
            end=" ",
        )
        print(f"{max(stretch):.1f}; below 5 in {low / len(stretch):.1%}, above 7.5 in {high / len(stretch):.1%}")
    for often, title in ((True, "5 days and more"), (False, "fewer days")):
        found = [
            share
            for person, year in zip(people, years, strict=True)
            if (person.profile.days_per_week >= 5) is often
            for share in year.crowded
        ]
        if found:
            more = sum(share > 0.5 + 1e-9 for share in found) / len(found)
            print(f"two fullest days of a week, {title}: mean {mean(found):.1%}, more than half in {more:.1%}")
    reachable = [(area, year.untouched[area]) for year in years for area in year.reachable]
    long = Counter(area for area, days in reachable if days >= 7 * WEEKS_UNTOUCHED)
    print(f"areas untouched for {WEEKS_UNTOUCHED} weeks: {long.total()} of {len(reachable)} {dict(long)}")
    print("area, mean minutes of stretching a week and days of strength, of the worse side; longest untouched days:")
    for area in DOSED_AREAS:
        there = [year for year in years if area in year.reachable]
        if there:
            stretch = [mean(week[area] for week in year.weeks) / 60 for year in there]
            strong = [mean(week[area] for week in year.strong) for year in there]
            longest = max(year.untouched[area] for year in there)
            print(f"  {area:<16} {mean(stretch):5.1f} {mean(strong):5.1f} {longest:5}")


if __name__ == "__main__":
    main()
