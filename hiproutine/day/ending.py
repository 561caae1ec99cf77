"""The end of a session in words: the streak, what the week gained, what was less than planned, tomorrow. Pure."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import NamedTuple

from hiproutine.catalogue.model import Exercise
from hiproutine.coach.pain import outcome
from hiproutine.coach.planner import Plan, todays_or_none
from hiproutine.coach.weekly_volume import WEEK, of_days
from hiproutine.day.today import Day
from hiproutine.day.words import (
    Days,
    Meter,
    StreakWords,
    minutes,
    session_words,
    streak_words,
    strength_meter,
    stretch_meter,
)
from hiproutine.history.calendar import WEEKDAYS
from hiproutine.history.past import Past
from hiproutine.history.records import Hurt, ProgrammeStep, Rest, SessionRecord, StepRecord
from hiproutine.history.streak import Streak, done_days, last_days, streak
from hiproutine.practice.pain_prompt import MOST
from hiproutine.practice.timeline import compile_session
from hiproutine.text import clock_length, counted

MILESTONES = {7: "a week", 30: "a month", 100: "a hundred days"}
"""Days in a row that have a moment of their own."""
_BEST_FROM = 3
"""A best streak below this is not said: the first days would all be one."""
_ENDS = {"skipped": "skipped", "hurt": "stopped because it hurt"}


class Gain(NamedTuple):
    """The weekly volume of an area now and before the session."""

    meter: Meter
    before: float


class EndingWords(NamedTuple):
    """The texts of the end page."""

    done: str
    session: str
    loads: tuple[str, ...]
    """Loads added to exercises, such as `Clamshell, red band`."""
    streak: StreakWords
    week: Days
    moment: str
    """Milestones of today; mostly empty."""
    gained: tuple[Gain, ...]
    less: tuple[tuple[str, str], ...]
    """Exercises of which less was done than planned, and why; then what follows for those that hurt."""
    tomorrow: str
    exercises: tuple[tuple[str, str, str], ...]
    """Of tomorrow's session: name, dose, length."""
    shorts: Mapping[str, str] = {}
    """The names of `less` and `exercises` for little room, by those in full."""


def ending(day: Day, record: SessionRecord, name: str) -> EndingWords:
    """Return the texts of a session that has just ended; `day` has its record."""
    past = day.past.adding(() if record in day.past.of(SessionRecord) else (record,))
    found = streak(past, day.now)
    tomorrow = day.date + timedelta(days=1)
    plan = todays_or_none(day.screened, day.settings.profile, day.manner, past, tomorrow)
    rests = rest_day(day, past)
    less = _less(past, record, day.catalogue.exercises)
    exercises = () if rests else _exercises(plan, day)
    return EndingWords(
        session_words(record),
        name,
        tuple(dict.fromkeys(f"{step.name}, {step.load}" for step in record.steps if step.load and step.held_ms)),
        streak_words(found),
        last_days(done_days(past.of(SessionRecord)), day.date),
        _moment(past, record, found, day),
        tuple(_gained(past, record, day)),
        less,
        "A rest day." if rests else _tomorrow_words(plan, day),
        exercises,
        _shorts((name for name, *_ in (*less, *exercises)), day.screened.whole.exercises.values()),
    )


def _shorts(names: Iterable[str], exercises: Iterable[Exercise]) -> dict[str, str]:
    """Return the short names, with the side, if there is one."""
    short = {each.name: each.short for each in exercises if each.short}
    found = {}
    for name in names:
        whole, comma, side = (name, "", "") if name in short else name.rpartition(", ")
        if whole in short:
            found[name] = f"{short[whole]}{comma}{side}"
    return found


def rest_day(day: Day, past: Past) -> bool:
    """Whether tomorrow is a rest day."""
    tomorrow = day.date + timedelta(days=1)
    declared = any(rest.day == tomorrow for rest in past.of(Rest))
    return declared or WEEKDAYS[tomorrow.weekday()] in day.settings.profile.rest_days


def _moment(past: Past, record: SessionRecord, found: Streak, day: Day) -> str:
    """Return what is special about today; once a day."""
    counting = [each for each in past.of(SessionRecord) if each.counts]
    if not record.counts or any(each.day == record.day and each.id != record.id for each in counting):
        return ""
    if len(counting) == 1:
        return "Your first session."
    for step in past.of(ProgrammeStep):
        if step.day == record.day and step.event == "stop" and step.programme in day.catalogue.programmes:
            programme = day.catalogue.programmes[step.programme]
            return f"{programme.name} is finished: {counted(programme.weeks, 'week')}."
    if words := MILESTONES.get(found.current):
        return f"{counted(found.current, 'day')} in a row: {words}."
    earlier = streak(_without(past, record), day.now).best
    if found.current > earlier >= _BEST_FROM:
        return f"Your longest streak so far: {counted(found.current, 'day')}."
    return ""


def _without(past: Past, record: SessionRecord) -> Past:
    return Past((each for each in past.all() if each.id != record.id), past.unreadable)


def _gained(past: Past, record: SessionRecord, day: Day) -> list[Gain]:
    """Return the areas whose week the session has changed, of stretching and of strength."""
    exercises, since = day.catalogue.exercises, day.date - WEEK
    sessions = past.of(SessionRecord)
    now = of_days(sessions, exercises, since, day.date)
    then = of_days((each for each in sessions if each.id != record.id), exercises, since, day.date)
    weeks = [(week, then.of(week.area)) for week in now.areas()]
    return [
        *(
            Gain(stretch_meter(week), stretch_meter(before).value)
            for week, before in weeks
            if week.stretch_s != before.stretch_s
        ),
        *(
            Gain(strength_meter(week)._replace(label=f"{strength_meter(week).label}, strength"), min(before.strength))
            for week, before in weeks
            if week.strength != before.strength
        ),
    ]


def _less(past: Past, record: SessionRecord, exercises: Mapping[str, Exercise]) -> tuple[tuple[str, str], ...]:
    """Return the exercises that were not done whole, a side each unless both ended alike; then what follows."""
    own = sorted((hurt for hurt in past.of(Hurt) if hurt.session == record.id), key=lambda hurt: hurt.score)
    hurts = {(hurt.exercise, side): hurt for hurt in own for side in (None, hurt.side)}
    ends: dict[str, dict[str, str]] = {}
    for step in record.steps:
        if step.end != "done":
            ends.setdefault(step.name, {})[f"{step.name}, {step.side}" if step.side else step.name] = _why(step, hurts)
    found = list[tuple[str, str]]()
    for name, sides in ends.items():
        alike = len(sides) > 1 and len({*sides.values()}) == 1
        found += [(f"{name}, both sides", next(iter(sides.values())))] if alike else sides.items()
    worst = {hurt.exercise: hurt for hurt in own if hurt.exercise in exercises}
    follows = ((exercises[name].name, outcome(exercises[name], hurt)) for name, hurt in worst.items())
    return (*found, *((name, words) for name, words in follows if words))


def _why(step: StepRecord, hurts: Mapping[tuple[str, str | None], Hurt]) -> str:
    part = f"{clock_length(step.held_ms)} of {clock_length(step.planned_ms)}" if step.held_ms else ""
    end = "no time" if step.no_time else _ENDS.get(step.end, "")
    # What hurt may be the other side.
    hurt = hurts.get((step.exercise, step.side), hurts.get((step.exercise, None))) if step.end == "hurt" else None
    return ", ".join(filter(None, (part, f"it hurt {hurt.score} of {MOST}" if hurt else end)))


def _tomorrow_words(plan: Plan, day: Day) -> str:
    if not plan.session.items:
        return plan.session.honest or ""
    more = f"; ready for more: {plan.suggestions[0].words}" if plan.suggestions else ""
    name = f"{plan.session.name}, " if plan.session.routine else ""  # the coach's is called after today
    return f"{name}{minutes(compile_session(plan.session, day.manner).total_ms)}{more}"


def _exercises(plan: Plan, day: Day) -> tuple[tuple[str, str, str], ...]:
    line = compile_session(plan.session, day.manner)
    items = enumerate(plan.session.items)
    return tuple((item.exercise.name, item.brief, clock_length(line.item_ms(number))) for number, item in items)
