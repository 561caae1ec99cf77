"""Today: the streak, the last seven days, and the session that Enter starts; before that it can be changed."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from hiproutine.clock import Clock
from hiproutine.coach.planner import Plan
from hiproutine.day.events import AskWhatToAdd, Dose, Drop, Event, LevelUp, Move, Note, Swap, Tick, Undo
from hiproutine.day.today import Day
from hiproutine.day.words import TodayWords, cards_named, today_words
from hiproutine.practice.pain_prompt import CONFIRM, DROP
from hiproutine.tui.pages import show
from hiproutine.tui.screens.pain import PainScreen, bindings
from hiproutine.tui.screens.today_texts import texts
from hiproutine.tui.widgets.description import CardWanted
from hiproutine.tui.widgets.footer import Footer
from hiproutine.tui.widgets.session_list import ItemList

_ABOVE = ("date", "days", "left-over", "done", "session", "only", "honest", "notes")
_BELOW = ("why", "offered", "pain", "hint")
"""The texts above and below the list, in their order."""
_MINUTE_CHECK_S = 10


class TodayScreen(PainScreen):
    """Shows a day. The app does what most of the keys ask for; `send` lets an event happen and returns the new day."""

    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall")]
    BINDINGS = [
        Binding(CONFIRM, "app.start", "Start", priority=True, tooltip="Start the session"),
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
        Binding("s", "swap", "Swap", show=False, tooltip="Swap the marked exercise for the next best; goes round"),
        Binding("d,delete", "drop", "Drop", show=False, tooltip="Leave the marked exercise out today"),
        Binding("a", "add", "Add", show=False, tooltip="Add an exercise"),
        Binding("K,shift+up", "move('up')", "Up", show=False, tooltip="Move the marked exercise up"),
        Binding("J,shift+down", "move('down')", "Down", show=False, tooltip="Move the marked exercise down"),
        Binding("less_than_sign", "dose('less')", "Less", show=False, key_display="<", tooltip="Less of it"),
        Binding("greater_than_sign", "dose('more')", "More", show=False, key_display=">", tooltip="More of it"),
        Binding(DROP, "back", "Take back", show=False, tooltip="Take back the last change"),
        Binding("u", "level_up", "Level up", show=False, tooltip="Take the step more that is offered, and back"),
        Binding("w", "why", "Why", show=False, tooltip="Why this session: reasons, and what was left out"),
        Binding("o", "card", "Card", show=False, tooltip="The card that a note names"),
        *bindings("How much it hurts before practising"),
        Binding("q", "app.quit", "Quit"),
        Binding("question_mark,f1", "app.keys", "Keys", key_display="?", tooltip="These keys"),
    ]

    def __init__(self, day: Day, clock: Clock, send: Callable[[Event], Day]) -> None:
        super().__init__(clock)
        self.add_class("-tall")  # as most terminals are: the first frame stays as it is then
        self._day = day
        self._send = send
        self._items = ItemList(day.plan.session.items, self._words().exercises)

    @property
    def plan(self) -> Plan:
        """What Enter starts."""
        return self._day.plan

    def compose(self) -> ComposeResult:
        # What has nothing to say is not there: each widget makes the start longer.
        found = self._texts()
        yield from (Static(found[name], id=name) for name in _ABOVE if found[name])
        yield self._items
        yield from (Static(found[name], id=name) for name in _BELOW if found[name])
        yield Footer()

    def on_mount(self) -> None:
        self.set_interval(_MINUTE_CHECK_S, self.look_at_the_clock)

    def look_at_the_clock(self) -> None:
        if not self.is_active:  # the screen above would be painted again, all of it
            return
        before = self._day
        day = self._send(Tick())
        if day.planned_on != before.planned_on:
            self.show(day)
        else:
            self._day = day
            self.show_texts()

    def show(self, day: Day) -> None:
        """Show the day as it is now; the row that was changed last is marked, if one was."""
        before, self._day = self._day, day
        marked = self._items.marked if day.draft is before.draft else day.row
        self._items.show(day.plan.session.items, self._words().exercises, marked)
        self.show_texts()
        self.refresh_bindings()

    def show_texts(self) -> None:
        """Brings everything up to date that the clock alone can change, and the rest with it."""
        there = {widget.id: widget for widget in self.children if isinstance(widget, Static)}
        found = self._texts()
        for names, end in ((_ABOVE, self._items), (_BELOW, self.query_one(Footer))):
            following: Widget = end
            for name in reversed(names):
                text = there.get(name)
                if text is None and found[name]:
                    text = Static(found[name], id=name)
                    self.mount(text, before=following)
                if text is not None:
                    shown = text.content
                    if not (isinstance(shown, Content) and shown.is_same(found[name])):
                        text.update(found[name])
                        text.display = bool(found[name])
                    following = text

    def on_resize(self) -> None:
        self.show_texts()

    def on_item_list_marked(self) -> None:
        self.show_texts()

    def _words(self) -> TodayWords:
        day = self._day
        left = day.resumable.left if day.resumable else None
        now, manner = self._clock.now(), day.settings.manner
        return today_words(now, day.past, day.plan, manner, interrupted=left, elsewhere=day.elsewhere)

    def _texts(self) -> dict[str, Content]:
        words = self._words()
        marked = words.exercises[self._items.marked : self._items.marked + 1]
        why = "" if self._items.tells_why else "".join(each.why for each in marked)
        below = {"why": Content(f"Why: {why}" if why else ""), "offered": Content(self._offer_words())}
        if typed := self.prompt.words:
            below["pain"] = Content(typed)
        return texts(self._day, words, self.size) | below

    def _offer_words(self) -> str:
        offered = self._day.offered
        if not offered:
            return ""
        if (offered.exercise, offered.prescription) in self._day.draft.items:
            return f"{offered.words}: taken for today. u takes it back."
        return f"Ready for more? {offered.words}. u takes it."

    # ---- events ----

    def _let(self, event: Event) -> None:
        self.show(self._send(event))

    def note(self, score: int) -> None:
        self._let(Note(score))

    def show_pain(self) -> None:
        self.show_texts()

    def action_swap(self) -> None:
        self._let(Swap(self._items.marked))

    def action_drop(self) -> None:
        self._let(Drop(self._items.marked))

    def action_move(self, way: str) -> None:
        self._let(Move(self._items.marked, way == "down"))

    def action_dose(self, way: str) -> None:
        self._let(Dose(self._items.marked, way == "more"))

    def action_level_up(self) -> None:
        self._let(LevelUp())

    def action_add(self) -> None:
        self._let(AskWhatToAdd())

    def action_back(self) -> None:
        """Takes back what is typed, or else what was changed or noted last."""
        if not self.press(DROP):
            self._let(Undo(self._items.marked))

    # ---- what is said about it ----

    def action_why(self) -> None:
        from hiproutine.tui.dialogs.why import WhyScreen

        show(self, WhyScreen(self.plan, self._words()))

    def action_card(self) -> None:
        self.post_message(CardWanted(self, cards_named(self.plan)[0]))

    def check_action(self, action: str, _: tuple[object, ...]) -> bool | None:
        match action:
            case "swap" | "drop" | "move" | "dose":
                return bool(self._day.draft.items)
            case "level_up":
                return self._day.offered is not None
            case "card":
                return bool(cards_named(self.plan))
        return True
