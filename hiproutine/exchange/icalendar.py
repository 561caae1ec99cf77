"""Done sessions, or those to come, as an iCalendar file (RFC 5545)."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from hiproutine.history.records import SessionRecord
from hiproutine.text import clean

_LONGEST_LINE = 75  # bytes
_ESCAPED = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,"})
_LINE_END = r"\n"
_LOCAL = "%Y%m%dT%H%M%S"


def calendar(sessions: Iterable[SessionRecord]) -> str:
    """Return the content of a file: an event, in UTC, for each session that counts; events do not block time.

    An event starts with its session, and lasts as long as the session without pauses. The same records always make the
    same text, so importing it again duplicates no event.
    """
    return _whole(line for session in sessions if session.counts for line in _event(session))


class Planned(NamedTuple):
    """A session to come, at a local time wherever one is then."""

    start: datetime
    length: timedelta
    name: str
    exercises: tuple[str, ...]


def plan_calendar(sessions: Iterable[Planned], now: datetime) -> str:
    """Return the content of a file: an event with an alarm for each session to come, one a day.

    The event of a day has the same id in every file, so that importing a newer one replaces it.
    """
    return _whole(line for session in sessions for line in _planned(session, now))


def _whole(lines: Iterable[str]) -> str:
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//hiproutine//hiproutine//EN")
    return "".join(f"{_folded(line)}\r\n" for line in (*head, *lines, "END:VCALENDAR"))


def _planned(session: Planned, now: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:plan-{session.start:%Y%m%d}@hiproutine"
    yield f"DTSTAMP:{_instant(now)}"
    yield f"DTSTART:{session.start:{_LOCAL}}"
    yield f"DTEND:{session.start + session.length:{_LOCAL}}"
    yield f"SUMMARY:{_text(f'Hips: {session.name}')}"
    yield f"DESCRIPTION:{_LINE_END.join(map(_text, session.exercises))}"
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"DESCRIPTION:{_text(f'Hips: {session.name}')}"
    yield "TRIGGER:PT0M"
    yield "END:VALARM"
    yield "END:VEVENT"


def _event(session: SessionRecord) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(session.id)}@hiproutine"
    yield f"DTSTAMP:{_instant(session.at)}"
    yield f"DTSTART:{_instant(session.start)}"
    end = session.start + session.lasted
    if _instant(end) > _instant(session.start):  # an end equal to the start is forbidden; omitting it means the same
        yield f"DTEND:{_instant(end)}"
    yield f"SUMMARY:{_text(f'Hips: {session.opening.routine}' if session.opening.routine else 'Hips')}"
    yield f"DESCRIPTION:{_LINE_END.join(map(_text, _steps(session)))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _steps(session: SessionRecord) -> Iterator[str]:
    for step in session.steps:
        if step.end != "skipped":
            side = f", {step.side}" if step.side else ""
            held = f": {round(step.held_ms / 1000)} s" if step.held_ms else ""
            yield f"{step.name}{side}{held}"


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    return clean(text).translate(_ESCAPED)


def _folded(line: str) -> str:
    """Return a line folded at the maximum length of the format."""
    parts, size = [""], 0
    for char in line:
        width = len(char.encode())
        if size + width > _LONGEST_LINE:
            parts.append("")
            size = 1
        parts[-1] += char
        size += width
    return "\r\n ".join(parts)
