"""Descriptions of records, shared by the shell and the screens."""

from collections import Counter
from typing import TYPE_CHECKING, assert_never

from hiproutine.history.records import (
    YES_NO,
    Check,
    Effort,
    Goal,
    Hurt,
    Ladder,
    Off,
    Pain,
    ProgrammeStep,
    Record,
    Rest,
    SessionRecord,
    StepRecord,
    VideoNote,
    Void,
)
from hiproutine.text import clean, counted, day_words, length_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hiproutine.history.undo import Act


def done_words(steps: "Iterable[StepRecord]") -> str:
    """Return how many exercises were done with all their sides, or else begun, of how many: `3 of 4 done`."""
    seen = Counter[tuple[str, str | None]]()
    exercises: dict[tuple[str, int], list[StepRecord]] = {}
    for step in steps:
        sided = step.exercise, step.side
        seen[sided] += 1  # the same one may come again later
        exercises.setdefault((step.exercise, seen[sided]), []).append(step)
    done = sum(all(side.end == "done" for side in sides) for sides in exercises.values())
    begun = sum(any(side.held_ms for side in sides) for sides in exercises.values())
    return f"{done or begun} of {len(exercises)} {'done' if done or not begun else 'begun'}"


def held_ms(steps: "Iterable[StepRecord]") -> int:
    """Return the working time held, each side in whole seconds, as it is shown: the parts add up to it."""
    return sum(-(-step.held_ms // 1000) * 1000 for step in steps)


def record_words(record: Record, called: "Callable[[str], str]" = str) -> str:  # noqa: PLR0912 -- a case each
    """Describe a record, without its day; `called` returns the name of what it is of, by its id."""
    match record:
        case SessionRecord():
            steps = record.steps
            held = length_words(held_ms(steps))
            what = called(record.opening.routine or "") or ", ".join(dict.fromkeys(step.name for step in steps))
            loads = dict.fromkeys(step.load for step in steps if step.load and step.held_ms)
            added = f", with {' and '.join(loads)}" if loads else ""
            later = ", added later" if record.logged_at else ""
            return f"{clean(what)}, {done_words(steps)}, {held} of exercise{added}{later}"
        case Pain():
            where = "".join(f", {each}" for each in (_place(record.area), record.side) if each)
            return f"pain {record.score} of 10 {record.when}{' a session' if record.session else ''}{where}"
        case Hurt():
            where = f", {_place(record.area)}" if record.area else ""
            what = _sided(called(record.exercise), record.side)
            return f"hurt {record.score} of 10 in {what}{where}, chose {record.chose}"
        case Check():
            return f"{_sided(called(record.check), record.side)}: {value_words(record.value, record.unit)}"
        case Rest():
            return "rest day"
        case Goal():
            rests = f", rest days {', '.join(record.rest_days)}" if record.rest_days else ""
            weeks = f", weeks start on {record.week_starts}" if record.week_starts != "mon" else ""
            return f"goal of {counted(record.days_per_week, 'day')} a week{rests}{weeks}"
        case VideoNote():
            watched = f"watched on {record.watched}" if record.watched else "not watched"
            return f"video {called(record.video)} {watched}{f': {record.note}' if record.note else ''}"
        case Ladder():
            of = f" in place of {called(record.instead)}" if record.instead != record.exercise else ""
            return f"a step {record.event}: {called(record.exercise)} {record.dose}{of}"
        case ProgrammeStep():
            why = f": {record.why}" if record.why else ""
            return f"programme {called(record.programme)}, {phase_words(record)}{why}"
        case Effort():
            return f"{called(record.exercise)} felt {record.felt}"
        case Off():
            return "off day"
        case Void():
            return "record taken back"
        case _:
            assert_never(record)


def phase_words(step: ProgrammeStep) -> str:
    """Describe a change of phase, such as `on to phase 2`."""
    return _PROGRAMME[step.event].format(step.phase)


_PROGRAMME = {"start": "begun", "advance": "on to phase {}", "repeat": "phase {} again", "stop": "ended"}


def act_words(act: "Act", called: "Callable[[str], str]" = str) -> str:
    """Describe an act: `Mon 2026-11-23, rest day`."""
    record, *more = act.records
    if not more:
        return f"{day_words(record.day)}, {record_words(record, called)}"
    days = [each.day for each in act.records]
    if act.rests:
        return f"{day_words(min(days))} to {day_words(max(days))}, {len(days)} rest days"
    source = f" of {act.source}" if act.source else ""
    return f"the whole import{source}: {len(days)} records, from {day_words(min(days))} to {day_words(max(days))}"


def value_words(value: float, unit: str) -> str:
    """Return a value of a self-check, such as `9.5 cm` or `yes`."""
    return plain_value(value, unit) if unit == YES_NO else f"{value:g} {unit}"


def plain_value(value: float, unit: str) -> str:
    """Return a value of a self-check without its unit."""
    return ("no", "yes")[value == 1] if unit == YES_NO else f"{value:g}"


def _place(area: str | None) -> str:
    """Return the word of an area as a place that hurts: `front of hip`."""
    return _CALLED.get(area or "", (area or "").replace("-", " "))


_CALLED = {"inner-thigh": "groin"}
"""Areas by another word as places that hurt, as beside their keys; the catalogue is not known here."""


def _sided(what: str, side: str | None) -> str:
    return f"{what}, {side}" if side else what
