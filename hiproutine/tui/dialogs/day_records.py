"""One day of the history: its sessions with their steps, and what else was recorded."""

from collections.abc import Iterator
from datetime import date, timedelta, timezone

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Label, Static

from hiproutine.history.records import Record, SessionRecord
from hiproutine.history.store import Past
from hiproutine.history.words import day_words, record_words
from hiproutine.review import statistics
from hiproutine.tui.theme import step_words


class DayScreen(ModalScreen[None]):
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
    found = statistics.within(past, day, day)
    for session in found.sessions:
        yield f"{_time(session)}  {record_words(session)}"
        yield from map(step_words, session.steps)
        yield ""
    others: list[Record] = [*found.pains, *found.hurts, *found.checks, *found.rests]
    yield from map(record_words, others)


def _time(session: SessionRecord) -> str:
    """When it began, by the clock there and then."""
    return f"{session.start.astimezone(timezone(timedelta(minutes=session.opening.offset_min))):%H:%M}"
