"""Each programme to its end, with varied people: what sessions share, what is new, how long they are, broken rules.

People skip a tenth of their days. Rules are checked from the plans and records alone: grades, equipment, positions, the
minutes by the compiled timeline, strength of an area on two days running, and what is new.
"""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from statistics import mean
from typing import NamedTuple

from hiproutine import paths
from hiproutine.catalogue import cache
from hiproutine.catalogue.model import Catalogue, Exercise, Programme
from hiproutine.catalogue.vocabulary import CATEGORY, Stage
from hiproutine.coach.ordering import stage_of
from hiproutine.coach.planner import Plan, todays_or_none
from hiproutine.coach.profile import FLOOR, missing
from hiproutine.coach.programme import refusal
from hiproutine.coach.screening import Screened, screen_for
from hiproutine.history.past import Past
from hiproutine.history.records import Opening, ProgrammeStep, Record, closed
from hiproutine.practice.recording import planned
from hiproutine.practice.timeline import compile_session
from hiproutine.settings.model import Manner, Profile

FIRST = date(2026, 1, 5)  # a Monday
WEEK = timedelta(days=7)
LONGEST = timedelta(weeks=26)
PEOPLE = {
    "healthy": Profile(level=2),
    "on a chair": Profile(avoid_positions=(*FLOOR, "standing"), equipment=("chair", "cushion"), level=2),
    "nothing at hand": Profile(equipment=(), level=2),
    **{
        code: Profile(conditions=(code,), screened=FIRST.isoformat(), level=2)
        for code in (
            "hypermobile",
            "knee_kneel",
            "fai",
            "hip_oa",
            "osteoporosis",
            "balance",
            "thr_posterior",
            "achilles",
        )
    },
}


class Course(NamedTuple):
    """What a programme came to; `days` has the plan of each day of practice."""

    days: dict[date, Plan]
    records: tuple[Record, ...]
    broken: Counter[str]


def follow(catalogue: Catalogue, programme: Programme, profile: Profile, minutes: int) -> Course:
    """Follow a programme until it is finished, or for half a year."""
    luck = random.Random(programme.id)
    profile = profile._replace(minutes=minutes, days_per_week=programme.days_a_week)
    wanted = {round(n * 7 / profile.days_per_week) for n in range(profile.days_per_week)}
    records: list[Record] = [ProgrammeStep("start", FIRST, at(FIRST), programme.id, 1, "start")]
    days: dict[date, Plan] = {}
    broken: Counter[str] = Counter()
    for day in (FIRST + timedelta(days=n) for n in range(LONGEST.days)):
        if day.weekday() not in wanted or luck.random() < 0.1:
            continue
        screened = screen_for(catalogue, profile, day)
        made = todays_or_none(screened, profile, Manner(), Past(records), day)
        if made.programme and made.programme.over:
            break
        if not made.session.items:
            broken["nothing"] += 1
            continue
        broken.update(wrong(made, screened, profile, days, day))
        days[day] = made
        steps = [
            step._replace(held_ms=step.planned_ms, end="done")
            for step in planned(compile_session(made.session, Manner()))
        ]
        records.append(closed(Opening(str(day), day, at(day), 0, None, 240, "", None, ""), at(day), steps))
    return Course(days, tuple(records), broken)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 7, tzinfo=UTC)


def wrong(made: Plan, screened: Screened, profile: Profile, before: dict[date, Plan], day: date) -> Iterator[str]:
    """The rules that a plan breaks."""
    yesterday = before.get(day - timedelta(days=1))
    strong = {area for each in exercises(yesterday) if hard(each) for area in each.areas} if yesterday else set()
    for each in exercises(made):
        if each.id in screened.hidden or each.id in screened.unplanned:
            yield "grade"
        if profile.equipment is not None and missing(each, profile.equipment):
            yield "equipment"
        if each.position in profile.avoid_positions:
            yield "position"
        if hard(each) and strong & set(each.areas):
            yield "two days running"
    if compile_session(made.session, Manner()).total_ms > 60_000 * (profile.minutes or 0):
        yield "minutes"
    if len(learnt(made) - {name for each in before.values() for name in learnt(each)}) > 2:
        yield "too much that is new"


def exercises(made: Plan) -> list[Exercise]:
    return [item.exercise for item in made.session.items]


def hard(exercise: Exercise) -> bool:
    return CATEGORY[exercise.category].strengthens


def learnt(made: Plan) -> set[str]:
    """The exercises that count as new when they are: not those to get warm and to settle."""
    return {each.id for each in exercises(made) if stage_of(each) not in (Stage.WARM, Stage.SETTLE)}


def summary(course: Course) -> str:
    sessions = [{each.id for each in exercises(made)} for made in course.days.values()]
    shared = [len(now & before) / len(now) for before, now in pairwise(sessions)]
    first = {name for day, made in course.days.items() if day < FIRST + WEEK for name in learnt(made)}
    minutes = [compile_session(made.session, Manner()).total_ms / 60_000 for made in course.days.values()]
    weeks = (max(course.days) - FIRST).days // 7 + 1
    return (
        f"{weeks:>3} weeks {mean(shared):>4.0%} shared {len(first):>2} new first {max(map(len, sessions)):>2} items "
        f"{mean(minutes):>5.1f} min  {dict(course.broken) or ''}"
    )


def main() -> None:
    catalogue = cache.load(paths.shipped(), None).catalogue
    for programme in catalogue.programmes.values():
        for minutes in sorted({10, programme.minutes}):
            for name, profile in PEOPLE.items():
                screened = screen_for(catalogue, profile, FIRST)
                if refusal(programme, screened, profile):
                    continue
                course = follow(catalogue, programme, profile, minutes)
                told = summary(course) if course.days else "nothing"
                print(f"{programme.id:<13} {minutes:>2} min  {name:<16} {told}")


if __name__ == "__main__":
    main()
