"""Asking how much it hurts, before and after practising: never twice. Pure."""

from datetime import date, datetime, timedelta

from hiproutine.history.making import CORRECT_WITHIN
from hiproutine.history.past import Past
from hiproutine.history.records import Pain, SessionRecord
from hiproutine.practice.pain_prompt import MOST, RANGE

AFTER = f"How much does it hurt now? {RANGE}; Enter skips."
_MORNING_UNTIL_H = 12


def before_question(past: Past, now: datetime, day: date) -> str:
    """What is asked before practising on `day`; empty if it was answered, or something was practised already."""
    if _levels(past, day) or any(session.day == day for session in past.of(SessionRecord)):
        return ""
    yesterday = any(session.counts and session.day == day - timedelta(days=1) for session in past.of(SessionRecord))
    if yesterday and now.hour < _MORNING_UNTIL_H:
        return f"This morning, how much does it hurt? {RANGE}."
    return f"How much does it hurt right now? {RANGE}."


def correctable(past: Past, now: datetime, day: date, session: str | None = None) -> Pain | None:
    """The level of a few minutes ago, before practising or after `session`, which may have been a wrong key."""
    asked = ("before", None) if session is None else ("after", session)
    levels = (each for each in past.of(Pain) if each.day == day and (each.when, session and each.session) == asked)
    return next((pain for pain in levels if abs(now - pain.at) <= CORRECT_WITHIN), None)


def before_line(past: Past, now: datetime, day: date) -> str:
    """The line for a screen: the question, then for a few minutes the answer, then nothing."""
    if answer := correctable(past, now, day):
        return f"Noted: {answer.score} of {MOST}. Type another number to correct it, z takes it back."
    return before_question(past, now, day)


def _levels(past: Past, day: date) -> list[Pain]:
    return [pain for pain in past.of(Pain) if pain.day == day and pain.when == "before"]
