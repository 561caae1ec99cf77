"""Today in words: what its screen says, for the screen itself and for what is painted before it is there. Pure."""

from datetime import datetime, timedelta
from typing import NamedTuple

from hiproutine.coach.session import Session
from hiproutine.history.days import done_days, last_days, streak, today
from hiproutine.history.store import LeftOver, Past
from hiproutine.practice.timeline import compile_session
from hiproutine.practice.words import clock_length
from hiproutine.settings import Manner


class TodayWords(NamedTuple):
    """The texts of Today, from top to bottom; `exercises` are (name, length, dose)."""

    date: str
    streak: str
    letters: str
    marks: str
    left: str
    name: str
    length: str
    honest: str
    exercises: tuple[tuple[str, str, str], ...]


def today_words(
    now: datetime, past: Past, session: Session, manner: Manner, *, left: LeftOver | None = None, elsewhere: str = ""
) -> TodayWords:
    """What Today says at `now`; `elsewhere` is its notice of another hiproutine.

    The last seven days have a filled mark where they were practised.
    """
    line = compile_session(session, manner)
    done, day = done_days(past.sessions), today(now, past.sessions)
    days = last_days(done, day)
    return TodayWords(
        date=f"Today, {now:%A} {now.day} {now:%B}",
        streak=streak(past, now).words(),
        letters="  ".join(f"{each:%a}"[:2] for each, _ in days),
        marks="  ".join("● " if was else "· " if each == day else "○ " for each, was in days),
        left="\n".join(filter(None, (_left_words(now, left), elsewhere))),
        name=session.name,
        length=f"{clock_length(line.total_ms)} min, ends {now + timedelta(milliseconds=line.total_ms):%H:%M}"
        if session.items
        else "",
        honest=session.honest or "",
        exercises=tuple(
            (item.exercise.name, clock_length(line.item_ms(number)), item.dose)
            for number, item in enumerate(session.items)
        ),
    )


def _left_words(now: datetime, left: LeftOver | None) -> str:
    if not left or not left.fresh(now):
        return ""
    done = sum(step.end == "done" for step in left.ended.values())
    at = left.opening.start.astimezone()
    return f"Unfinished since {at:%H:%M}: {done} of {len(left.planned)} done. r goes on with it."
