"""Today in words, for its screen and for the first paint before it. Pure."""

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from hiproutine.coach.planner import Plan
from hiproutine.coach.session import Session
from hiproutine.history.days import done_days, last_days, over_at, past_midnight, streak, today
from hiproutine.history.records import SessionRecord
from hiproutine.history.store import LeftOver, Past
from hiproutine.practice.asking import before_line
from hiproutine.practice.timeline import compile_session
from hiproutine.practice.words import clock_length
from hiproutine.settings.model import Manner


class ItemWords(NamedTuple):
    """One exercise of the session, and why it is there."""

    name: str
    length: str
    dose: str
    why: str


class TodayWords(NamedTuple):
    """The texts of Today, from top to bottom."""

    date: str
    streak: str
    letters: str
    marks: str
    interrupted: str
    done: str
    name: str
    length: str
    honest: str
    notes: tuple[str, ...]
    exercises: tuple[ItemWords, ...]
    pain: str


def today_words(
    now: datetime, past: Past, plan: Plan, manner: Manner, *, interrupted: LeftOver | None = None, elsewhere: str = ""
) -> TodayWords:
    """What Today says at `now`; `elsewhere` is its notice of another hiproutine.

    The last seven days have a filled mark where they were practised.
    """
    session = plan.session
    line = compile_session(session, manner)
    done, day = done_days(past.sessions), today(now, past.sessions)
    days = last_days(done, day)
    return TodayWords(
        date=_date_words(now, day),
        streak=streak(past, now).words(),
        letters="  ".join(f"{each:%a}"[:2] for each, _ in days),
        marks="  ".join("● " if was else "· " if each == day else "○ " for each, was in days),
        interrupted="\n".join(filter(None, (_interrupted_words(now, interrupted), elsewhere))),
        done=_done_words(
            now, [each for each in past.sessions if each.day == day and each.counts], session, interrupted
        ),
        name=session.name,
        length=f"{clock_length(line.total_ms)} min, ends {now + timedelta(milliseconds=line.total_ms):%H:%M}"
        if session.items
        else "",
        honest=session.honest or "",
        notes=tuple(map(with_keys, plan.notes)),
        exercises=tuple(
            ItemWords(item.exercise.name, clock_length(line.item_ms(number)), item.dose, "; ".join(why))
            for number, (item, why) in enumerate(zip(session.items, plan.reasons, strict=True))
        ),
        pain=before_line(past, now, day),
    )


# A screen has keys for the commands that sentences for the shell name.
_CARD = re.compile(r"`hiproutine show (edu-[\w-]+)`")
_ROUTINE = re.compile(r"`hiproutine start ([\w-]+)`")


def cards_named(plan: Plan) -> list[str]:
    """The ids of the cards that the notes of a plan name."""
    return [name for note in plan.notes for name in _CARD.findall(note)]


def with_keys(note: str) -> str:
    """A sentence for the shell, with keys instead of commands."""
    return _ROUTINE.sub(r"\1 (c)", _CARD.sub("o", note)).replace("`--why`", "w")


def _date_words(now: datetime, day: date) -> str:
    """The day, and when it ends where the calendar would say another one."""
    until = f", until {over_at(now):%H:%M}" if past_midnight(now, day) else ""
    return f"Today, {day:%A} {day.day} {day:%B}{until}"


def _interrupted_words(now: datetime, left: LeftOver | None) -> str:
    if not left or not left.fresh(now):
        return ""
    done = sum(step.end == "done" for step in left.ended.values())
    at = left.opening.start.astimezone(now.tzinfo)
    return f"Unfinished since {at:%H:%M}: {done} of {len(left.planned)} done. r goes on with it."


def _done_words(now: datetime, done: list[SessionRecord], session: Session, left: LeftOver | None) -> str:
    """What was practised on this day already, and what Enter does now."""
    over = [each for each in done if not left or each.id != left.opening.id]
    if not over:
        return ""
    last = over[-1]
    steps = sum(step.end == "done" for step in last.steps)
    same = {step.exercise for step in last.steps} == {item.exercise.id for item in session.items}
    enter = "would practise it once more" if same else "would start this one as well"
    at = last.start.astimezone(now.tzinfo)
    return f"Practised at {at:%H:%M}: {steps} of {len(last.steps)} done. Enter {enter}."
