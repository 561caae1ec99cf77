"""One day of the history: its sessions with their steps, and what else was recorded."""

from collections.abc import Iterator
from datetime import date, timedelta, timezone

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Label, Static

from hiproutine.history.records import SessionRecord
from hiproutine.history.store import Past
from hiproutine.history.words import day_words, record_words
from hiproutine.tui.pages import Dialog
from hiproutine.tui.theme import step_words


class DayScreen(Dialog[None]):
    """Shows what `past` holds of `day`."""

    CSS_PATH = "day_records.tcss"
    BINDINGS = [Binding("escape,q,enter", "dismiss", "Back", key_display="esc")]

    def __init__(self, past: Past, day: date) -> None:
        super().__init__()
        self._lines = list(_lines(past, day))
        self._day = day

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="day-page"):
            yield Label(day_words(self._day), classes="title")
            yield Static(Content("\n".join(self._lines) or "Nothing recorded."))
            yield Static(Content("esc goes back"), classes="hint")


def _lines(past: Past, day: date) -> Iterator[str]:
    found = past.of_day(day)
    for record in found:
        if isinstance(record, SessionRecord):
            yield f"{_time(record)}  {record_words(record)}"
            yield from map(step_words, record.steps)
            yield ""
    yield from (record_words(record) for record in found if not isinstance(record, SessionRecord))


def _time(session: SessionRecord) -> str:
    """When it began, by the clock there and then."""
    return f"{session.start.astimezone(timezone(timedelta(minutes=session.opening.offset_min))):%H:%M}"
