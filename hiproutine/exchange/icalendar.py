"""Done sessions as an iCalendar file (RFC 5545), for any calendar to show."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from hiproutine.history.records import SessionRecord
from hiproutine.text import clean

_LONGEST_LINE = 75  # bytes
_ESCAPED = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,"})
_LINE_END = r"\n"


def calendar(sessions: Iterable[SessionRecord]) -> str:
    """Return the content of a file: an event, in UTC, for each session that counts; events block no time.

    An event starts with its session, and lasts as long as that took without its pauses.
    The same records always make the same text, so a calendar that reads it again finds no event twice.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//hiproutine//hiproutine//EN"]
    for session in sessions:
        if session.counts:
            lines += _event(session)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(session: SessionRecord) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(session.id)}@hiproutine"
    yield f"DTSTAMP:{_instant(session.at)}"
    yield f"DTSTART:{_instant(session.start)}"
    end = session.start + session.lasted
    if _instant(end) > _instant(session.start):  # an end at the start is forbidden, and no end means that
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
    """Return a line in parts that are no longer than the format allows, each but the first after a space."""
    parts, size = [""], 0
    for char in line:
        width = len(char.encode())
        if size + width > _LONGEST_LINE:
            parts.append("")
            size = 1
        parts[-1] += char
        size += width
    return "\r\n ".join(parts)
