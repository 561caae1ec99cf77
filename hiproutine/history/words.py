"""Records of the history in words: one wording for the shell and the screen."""

from typing import TYPE_CHECKING, assert_never

from hiproutine.history.records import YES_NO, Check, Goal, Hurt, Pain, Record, Rest, SessionRecord, VideoNote, Void
from hiproutine.text import clean, clock_length, day_words

if TYPE_CHECKING:
    from hiproutine.history.undo import Act


def record_words(record: Record) -> str:
    """Return what a record says, without its day."""
    match record:
        case SessionRecord():
            steps = record.steps
            done = sum(step.end == "done" for step in steps)
            held = clock_length(sum(step.held_ms for step in steps))
            what = record.opening.routine or ", ".join(dict.fromkeys(step.exercise for step in steps))
            later = ", added later" if record.logged_at else ""
            return f"{clean(what)}, {done} of {len(steps)} done, {held} min of exercise{later}"
        case Pain():
            return f"pain {record.score} of 10 {record.when}{' a session' if record.session else ''}"
        case Hurt():
            return f"hurt {record.score} of 10 in {_sided(record.exercise, record.side)}, chose {record.chose}"
        case Check():
            return f"{_sided(record.check, record.side)}: {value_words(record.value, record.unit)}"
        case Rest():
            return "a day of rest"
        case Goal():
            rests = f", {', '.join(record.rest_days)} free" if record.rest_days else ""
            weeks = f", weeks start on {record.week_starts}" if record.week_starts != "mon" else ""
            return f"a goal of {record.days_per_week} of 7 days{rests}{weeks}"
        case VideoNote():
            watched = f"watched on {record.watched}" if record.watched else "not watched"
            return f"video {record.video} {watched}{f': {record.note}' if record.note else ''}"
        case Void():
            return "something taken back"
        case _:
            assert_never(record)


def act_words(act: "Act") -> str:
    """Return what was written in one go, to follow a comma: `of Mon 2026-11-23: a day of rest`."""
    record, *more = act.records
    if not more:
        return f"of {day_words(record.day)}: {record_words(record)}"
    days = [each.day for each in act.records]
    source = f" of {act.source}" if act.source else ""
    return f"all of the import{source}: {len(days)} records, from {day_words(min(days))} to {day_words(max(days))}"


def value_words(value: float, unit: str) -> str:
    """Return a value of a self-check: `9.5 cm`, `yes`."""
    return plain_value(value, unit) if unit == YES_NO else f"{value:g} {unit}"


def plain_value(value: float, unit: str) -> str:
    """Return the same without its unit."""
    return ("no", "yes")[value == 1] if unit == YES_NO else f"{value:g}"


def _sided(what: str, side: str | None) -> str:
    return f"{what}, {side}" if side else what
