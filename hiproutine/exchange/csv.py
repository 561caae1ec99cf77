"""The steps of sessions as comma-separated values, for spreadsheets."""

import csv
import io
from collections.abc import Iterable, Iterator

from hiproutine.history.records import SessionRecord, instant
from hiproutine.text import clean

HEADS = (
    *("day", "start", "routine", "exercise", "name", "side"),
    *("planned_s", "held_s", "end", "logged", "session", "load"),
)
_FORMULA = ("=", "+", "-", "@")
"""Characters that start a formula; so do tab and return, which `clean` removes."""


def table(sessions: Iterable[SessionRecord], exercise: str | None = None) -> str:
    """Return a table with a row for each step, or each step of one exercise; times in seconds.

    Text that a spreadsheet could run as a formula is prefixed with an apostrophe.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(HEADS)
    writer.writerows(map(_cell, row) for session in sessions for row in _rows(session, exercise))
    return stream.getvalue()


def _rows(session: SessionRecord, exercise: str | None) -> Iterator[tuple[object, ...]]:
    logged = instant(session.logged_at) if session.logged_at else None
    for step in session.steps:
        if exercise in (None, step.exercise):
            yield (
                *(session.day, instant(session.start), session.opening.routine),
                *(step.exercise, step.name, step.side, step.planned_ms / 1000, step.held_ms / 1000, step.end),
                *(logged, session.id, step.load),
            )


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = clean(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
