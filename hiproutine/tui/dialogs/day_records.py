"""A dialog with one day of the history: its sessions with their steps, and other records."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta, timezone

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Label, Static

from hiproutine.history.past import Past
from hiproutine.history.records import SessionRecord
from hiproutine.history.words import done_words, record_words
from hiproutine.review.statistics import held_ms
from hiproutine.text import day_words, length_words
from hiproutine.tui.keys import bindings
from hiproutine.tui.pages import Dialog
from hiproutine.tui.theme import step_words

Called = Callable[[str], str]
"""Returns the name of a thing by its id."""


class DayScreen(Dialog[None]):
    """Show the records of `day`, in which things are `called` by their names."""

    BINDINGS = bindings("reading")

    def __init__(self, past: Past, day: date, called: Called) -> None:
        super().__init__()
        self._lines = list(day_lines(past, day, called))
        self._day = day

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="box"):
            yield Label(day_words(self._day), classes="title")
            yield Static(Content("\n".join(self._lines) or "Nothing recorded."))
            yield Static(Content("esc goes back"), classes="hint")


def day_lines(past: Past, day: date, called: Called) -> Iterator[str]:
    found = past.of_day(day)
    for record in found:
        if isinstance(record, SessionRecord):
            yield f"{_time(record)}  {record_words(record, called)}"
            yield from map(step_words, record.steps)
            yield ""
    yield from (record_words(record, called) for record in found if not isinstance(record, SessionRecord))


def brief_lines(past: Past, day: date, called: Called) -> Iterator[str]:
    """Yield the records of a day as short lines, its sessions without their steps."""
    for record in past.of_day(day):
        if isinstance(record, SessionRecord):
            routine = record.opening.routine or ""
            yield f"{_time(record)}  {called(routine) or 'own session'}"
            yield f"{length_words(held_ms(record))}, {done_words(record.steps)}"
        else:
            yield record_words(record, called)


def _time(session: SessionRecord) -> str:
    """Return the local time at which a session began."""
    return f"{session.start.astimezone(timezone(timedelta(minutes=session.opening.offset_min))):%H:%M}"
