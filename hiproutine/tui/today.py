"""Today: the streak, the last seven days, and the session that Enter starts."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Footer, Static

from hiproutine.coach.plan import Plan
from hiproutine.coach.session import Item
from hiproutine.history.store import LeftOver, Past
from hiproutine.practice.today import TodayWords, today_words
from hiproutine.tui.look import NO_BREAK
from hiproutine.tui.world import World

_WITHOUT_A_SESSION = (
    "The settings (key ,) have what you chose and answered; the Library (l) has the warning signs, and more to read."
)
_MINUTE_CHECK_S = 10
# Cells of a row besides name and dose: margins 4, number 4, time 7, gap 2, scrollbar 1.
_AROUND = 18


class ItemRow(Widget, can_focus=True):
    """One exercise of the session; a click, or `i` on it, opens its card.

    It paints itself, in one line or, where its height is 2, in two: a third of the widgets, and of their start.
    """

    BINDINGS = [
        Binding("i", "card", "Card", show=False, tooltip="The whole card of the marked exercise"),
        Binding("down,j", "app.focus_next", "Mark", show=False, tooltip="Mark the next exercise"),
        Binding("up,k", "app.focus_previous", "Mark", show=False, tooltip="Mark the exercise before"),
    ]

    class Opened(Message):
        """The card of `item` is wanted."""

        def __init__(self, item: Item) -> None:
            super().__init__()
            self.item = item

    def __init__(self, number: int, item: Item, words: tuple[str, str, str], dose_width: int) -> None:
        super().__init__()
        name, length, dose = words
        self._item = item
        self._head = f"{number:>2}  {name}".replace(" ", NO_BREAK)
        self._length = f"{length:>7}"
        self._dose = f"  {dose:<{dose_width}}"

    def render(self) -> Content:
        width, height = self.content_size
        indent = NO_BREAK * 2
        dose = (self._dose if height == 1 else f"\n{indent}{indent}{self._dose.strip()}", "$foreground-muted")
        room = width - len(self._length) - (len(self._dose) if height == 1 else 0)
        head = self._head if len(self._head) <= room else f"{self._head[: room - 1]}…"
        return Content.assemble(f"{head:<{room}}", self._length, dose)

    def on_click(self, event: Click) -> None:
        event.stop()
        self.action_card()

    def action_card(self) -> None:
        self.post_message(self.Opened(self._item))


class TodayScreen(Screen[None]):
    """Shows the session of a plan, and what the history says of the days before. The app does what its keys ask for."""

    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall")]
    BINDINGS = [
        Binding("enter", "app.start", "Start", priority=True, tooltip="Start the session"),
        Binding("c", "app.choose", "Choose", tooltip="Choose another routine for today"),
        Binding("r", "app.resume", "Resume", tooltip="Go on with the unfinished session"),
        Binding(
            "m", "app.only_today", "Only today", show=False, tooltip="Other minutes, focus, equipment, today alone"
        ),
        Binding("comma", "app.settings", "Settings", show=False, key_display=",", tooltip="Everything that can be set"),
        Binding("l", "app.library", "Library", tooltip="Browse and search all exercises and videos"),
        Binding("t", "app.sound", "Sound", show=False, tooltip="Test or change the sound"),
        Binding("g", "app.progress", "Progress", tooltip="What was done so far, and writing down by hand"),
        Binding("e", "app.checks", "Self-checks", show=False, tooltip="Self-checks, every two weeks"),
        Binding("q", "app.quit", "Quit"),
        Binding("question_mark,f1", "app.keys", "Keys", key_display="?", tooltip="These keys"),
    ]

    def __init__(self, world: World, past: Past, plan: Plan, left: LeftOver | None, elsewhere: str) -> None:
        super().__init__()
        self._world = world
        self._past = past
        self._plan = plan
        self._left = left
        self._elsewhere = elsewhere
        self._only = ""

    def compose(self) -> ComposeResult:
        for name, content in self._texts().items():
            text = Static(content, id=name)
            text.display = bool(content)
            yield text
        with VerticalScroll(id="items", can_focus=False):
            yield from self._rows()
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        # Behind another screen it would have that one painted again, all of it.
        self.set_interval(_MINUTE_CHECK_S, lambda: self.show_texts() if self.is_active else None)

    async def show(self, past: Past, plan: Plan, left: LeftOver | None, elsewhere: str) -> None:
        """Shows another session, or the same after something was practised."""
        self._past, self._plan, self._left, self._elsewhere = past, plan, left, elsewhere
        self.show_texts()
        items = self.query_one("#items")
        await items.remove_children()
        await items.mount_all(self._rows())
        if items.children:
            items.children[0].focus()
        self.on_resize()
        self.refresh_bindings()

    def use(self, world: World, only: str) -> None:
        """Takes over changed settings, and what is different for today alone, in words."""
        self._world, self._only = world, only

    def show_texts(self) -> None:
        """Brings everything up to date that the clock alone can change, and the rest with it."""
        for name, content in self._texts().items():
            text = self.query_one(f"#{name}", Static)
            text.update(content)
            text.display = bool(content)

    def on_resize(self) -> None:
        """A row is one line where every name fits beside its dose, else two."""
        exercises = self._words().exercises
        widest = max((len(name) for name, _, _ in exercises), default=0)
        widest += max((len(dose) for _, _, dose in exercises), default=0)
        self.query_one("#items").set_class(widest + _AROUND > self.size.width, "-two-lines")

    def _words(self) -> TodayWords:
        now, manner = self._world.clock.now(), self._world.settings.manner
        return today_words(now, self._past, self._plan.session, manner, left=self._left, elsewhere=self._elsewhere)

    def _rows(self) -> Iterator[ItemRow]:
        exercises = self._words().exercises
        width = max((len(dose) for _, _, dose in exercises), default=0)
        for number, (item, words) in enumerate(zip(self._plan.session.items, exercises, strict=True), 1):
            yield ItemRow(number, item, words, width)

    def _texts(self) -> dict[str, Content]:
        words = self._words()
        days = [
            Content(words.streak).stylize("bold"),
            Content(words.letters).stylize("$foreground-muted"),
            Content(words.marks).stylize("$secondary"),
        ]
        if self._past.unreadable:
            days.append(Content(f"Kept, but not readable: {self._past.unreadable[0]}").stylize("$warning"))
        if self._world.left_out:
            days.append(Content(self._world.left_out).stylize("$foreground-muted"))
        return {
            "date": Content(words.date),
            "days": Content("\n").join(days),
            "left-over": Content(words.left),
            "session": Content.assemble((words.name, "bold"), "   ", (words.length, "$foreground-muted")),
            "only": Content(self._only if words.exercises else "").stylize("$accent"),
            "honest": Content(words.honest)
            if words.exercises
            else Content(f"{words.honest}\n\n{_WITHOUT_A_SESSION}").stylize("$foreground"),
        }
