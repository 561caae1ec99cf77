"""Today: the streak, the last seven days, and the session that Enter starts."""

from datetime import datetime, timedelta

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, Static

from hiproutine.coach.session import Item, Session
from hiproutine.history.days import done_days, last_days, streak, today
from hiproutine.history.store import LeftOver, Past
from hiproutine.practice.timeline import compile_session
from hiproutine.practice.words import clock_length
from hiproutine.tui.world import World

_MINUTE_CHECK_S = 10
# Cells of a row besides name and dose: margins, number, time, gaps.
_AROUND = 19


class ItemRow(Horizontal, can_focus=True):
    """One exercise of the session; a click, or `i` on it, opens its card."""

    BINDINGS = [
        Binding("i", "card", "Card", tooltip="The whole card of the marked exercise"),
        Binding("down,j", "app.focus_next", "Mark", show=False, tooltip="Mark the next exercise"),
        Binding("up,k", "app.focus_previous", "Mark", show=False, tooltip="Mark the exercise before"),
    ]

    class Opened(Message):
        """The card of `item` is wanted."""

        def __init__(self, item: Item) -> None:
            super().__init__()
            self.item = item

    def __init__(self, number: int, item: Item, length_ms: int) -> None:
        super().__init__()
        self._item = item
        self._texts = (f"{number:>2}  {item.exercise.name}", clock_length(length_ms), item.dose)

    def compose(self) -> ComposeResult:
        for text, name in zip(self._texts, ("item", "time", "dose"), strict=True):
            yield Static(Content(text), classes=name)

    def on_click(self, event: Click) -> None:
        event.stop()
        self.action_card()

    def action_card(self) -> None:
        self.post_message(self.Opened(self._item))


class TodayScreen(Screen[None]):
    """Shows `session`, and what the history says of the days before. The app does what its keys ask for."""

    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall")]
    BINDINGS = [
        Binding("enter", "app.start", "Start", priority=True, tooltip="Start the session"),
        Binding("c", "app.choose", "Choose", tooltip="Choose another routine for today"),
        Binding("r", "app.resume", "Resume", tooltip="Go on with the unfinished session"),
        Binding("l", "app.library", "Library", tooltip="Browse and search all exercises and videos"),
        Binding("q", "app.quit", "Quit"),
        Binding("question_mark,f1", "app.keys", "Keys", key_display="?", tooltip="These keys"),
    ]

    def __init__(self, world: World, past: Past, session: Session, left: LeftOver | None) -> None:
        super().__init__()
        self._world = world
        self._past = past
        self._session = session
        self._left = left

    def compose(self) -> ComposeResult:
        yield Static(id="date")
        yield Static(id="days")
        yield Static(id="left-over")
        yield Static(id="session")
        yield Static(id="honest")
        yield VerticalScroll(id="items", can_focus=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.set_interval(_MINUTE_CHECK_S, self._show_times)
        self.call_later(self.show, self._past, self._session, self._left)

    async def show(self, past: Past, session: Session, left: LeftOver | None) -> None:
        """Shows another session, or the same after something was practised."""
        self._past, self._session, self._left = past, session, left
        line = compile_session(session)
        self._total_ms = line.total_ms
        items = self.query_one("#items")
        await items.remove_children()
        await items.mount_all(ItemRow(n + 1, item, line.item_ms(n)) for n, item in enumerate(session.items))
        for row in list(items.query(ItemRow))[:1]:
            row.focus()
        self.on_resize()
        self._put("#honest", session.honest or "")
        self._show_times()
        self.refresh_bindings()

    def on_resize(self) -> None:
        """A row is one line where every name and dose fits beside the other, else two."""
        doses = max(len(item.dose) for item in self._session.items)
        names = max(len(item.exercise.name) for item in self._session.items)
        items = self.query_one("#items")
        two_lines = names + doses + _AROUND > self.size.width
        items.set_class(two_lines, "-two-lines")
        for dose in items.query(".dose"):
            dose.styles.width = "1fr" if two_lines else doses + 2

    def _show_times(self) -> None:
        """Everything that the clock alone can change."""
        now = self._world.clock.now()
        self._put("#left-over", self._left_words(now))
        self._put("#date", f"Today, {now:%A} {now.day} {now:%B}")
        self.query_one("#days", Static).update(self._days())
        ends = now + timedelta(milliseconds=self._total_ms)
        length = f"{clock_length(self._total_ms)} min, ends {ends:%H:%M}"
        self.query_one("#session", Static).update(
            Content.assemble((self._session.name, "bold"), "   ", (length, "$text-muted"))
        )

    def _days(self) -> Content:
        """The streak in words; the last seven days as letters, with a filled mark under each that was practised."""
        sessions = self._past.sessions
        done, day = done_days(sessions), today(self._world.clock.now(), sessions)
        found = streak(done, day)
        days = last_days(done, day)
        letters = "  ".join(f"{each:%a}"[:2] for each, _ in days)
        marks = "  ".join("● " if was else "· " if each == day else "○ " for each, was in days)
        lines = [
            Content(found.words()).stylize("bold"),
            Content(letters).stylize("$text-muted"),
            Content(marks).stylize("$secondary"),
        ]
        if self._past.unreadable:
            lines.append(Content(f"Kept, but not readable: {self._past.unreadable[0]}").stylize("$warning"))
        return Content("\n").join(lines)

    def _left_words(self, now: datetime) -> str:
        if not self._left or not self._left.fresh(now):
            return ""
        done = sum(step.end == "done" for step in self._left.ended.values())
        at = self._left.opening.start.astimezone()
        return f"Unfinished since {at:%H:%M}: {done} of {len(self._left.planned)} done. r goes on with it."

    def _put(self, selector: str, text: str) -> None:
        widget = self.query_one(selector, Static)
        widget.update(Content(text))
        widget.display = bool(text)
