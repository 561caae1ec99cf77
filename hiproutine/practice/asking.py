"""Asking how much it hurts, before and after practising: one key each, and never twice. Pure."""

from datetime import date, datetime, timedelta

from hiproutine.history.records import Pain
from hiproutine.history.store import Past
from hiproutine.practice.by_hand import CORRECT_WITHIN

SCORES = {str(score): score for score in range(10)} | {"x": 10}
"""The level that a key gives."""
KEYS = "0 to 9, x is ten"
AFTER = f"How much does it hurt now? {KEYS}; Enter skips."
_MORNING_UNTIL_H = 12


def before_question(past: Past, now: datetime, day: date) -> str:
    """What is asked before practising on `day`; empty if it was answered, or something was practised already."""
    if _levels(past, day) or any(session.day == day for session in past.sessions):
        return ""
    yesterday = any(session.counts and session.day == day - timedelta(days=1) for session in past.sessions)
    if yesterday and now.hour < _MORNING_UNTIL_H:
        return f"This morning, how much does it hurt? {KEYS}."
    return f"How much does it hurt right now? {KEYS}."


def correctable(past: Past, now: datetime, day: date) -> Pain | None:
    """The level of a few minutes ago, which may have been a wrong key."""
    return next((pain for pain in _levels(past, day) if abs(now - pain.at) <= CORRECT_WITHIN), None)


def before_line(past: Past, now: datetime, day: date) -> str:
    """The line for a screen: the question, then for a few minutes the answer, then nothing."""
    if answer := correctable(past, now, day):
        return f"Noted: {answer.score} of 10. Another digit corrects it, z drops it."
    return before_question(past, now, day)


def _levels(past: Past, day: date) -> list[Pain]:
    return [pain for pain in past.pains if pain.day == day and pain.when == "before"]
