"""Today: the streak, the last seven days, and the session that Enter starts; before that it can be changed."""

from collections.abc import Callable
from datetime import date

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Footer, Static

from hiproutine.coach import session_editing
from hiproutine.coach.eligibility import Today
from hiproutine.coach.planner import Plan
from hiproutine.coach.profile import for_today
from hiproutine.coach.session_editing import Choices, Draft
from hiproutine.day.words import TodayWords, cards_named, today_words
from hiproutine.history.days import today
from hiproutine.history.records import Pain
from hiproutine.practice.asking import correctable
from hiproutine.practice.pain_prompt import CONFIRM, DROP
from hiproutine.tui.pages import show
from hiproutine.tui.screens.pain import PainScreen, bindings
from hiproutine.tui.screens.today_texts import Given, texts
from hiproutine.tui.widgets.description import CardWanted
from hiproutine.tui.widgets.session_list import ItemList

_ABOVE = ("date", "days", "left-over", "done", "session", "only", "honest", "notes")
_BELOW = ("why", "offered", "pain", "hint")
"""The texts above and below the list, in their order."""
_MINUTE_CHECK_S = 10


class TodayScreen(PainScreen):
    """Shows the session of a plan, and what the history says of the days before; `plan` has what was changed about it.

    The app does what most of the keys ask for; `hurts` is called with each level of pain that counts.
    """

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

    class NoPain(Message):
        """The level of pain that was just noted is to be taken back."""

        def __init__(self, pain: Pain) -> None:
            super().__init__()
            self.pain = pain

    class NewDay(Message):
        """The day that the session was planned for is over."""

    def __init__(self, given: Given, hurts: Callable[[int], None]) -> None:
        super().__init__(given.world.clock)
        self._hurts = hurts
        self._take(given)
        self._items = ItemList(given.plan.session.items, self._words().exercises)

    def _take(self, given: Given) -> None:
        self._given = given
        self._given_on = self._day
        self._draft = session_editing.begin(given.plan)
        self._may_come_in: Choices | None = None
        self._offered = next(iter(given.plan.suggestions), None)

    @property
    def plan(self) -> Plan:
        """What Enter starts."""
        return self._draft.plan

    def compose(self) -> ComposeResult:
        # What has nothing to say is not there: each widget makes the start longer.
        found = self._texts()
        yield from (Static(found[name], id=name) for name in _ABOVE if found[name])
        yield self._items
        yield from (Static(found[name], id=name) for name in _BELOW if found[name])
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.set_interval(_MINUTE_CHECK_S, self.look_at_the_clock)

    def look_at_the_clock(self) -> None:
        if not self.is_active:  # the screen above would be painted again, all of it
            return
        if self._day != self._given_on:
            self.post_message(self.NewDay())
        self.show_texts()

    def show(self, given: Given) -> None:
        """Shows another session, or the same after something was practised, which keeps what was changed about it.

        Unless pain came to speak against something that the person brought in.
        """
        draft, marked = self._draft, self._items.marked
        before = self._choices.today if draft.before and _pain(given) != _pain(self._given) else None
        self._take(given)
        same = draft.made == given.plan
        if same and before and (name := self._came_to_hurt(draft, before)):
            same = False
            self.notify(f"Your changes are undone, because of {name}: a adds it again.", markup=False)
        if same:
            self._draft = draft
        self._show_items(marked if same else 0)

    def _came_to_hurt(self, draft: Draft, before: Today) -> str | None:
        """The name of an exercise that pain speaks against now, and did not before."""
        now = self._choices.today
        return next(
            (each.name for each, _ in draft.items if now.against(each.id) not in ("", before.against(each.id))), None
        )

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
                    text.update(found[name])
                    text.display = bool(found[name])
                    following = text

    def on_resize(self) -> None:
        self.show_texts()

    def on_item_list_marked(self) -> None:
        self.show_texts()

    def _show_items(self, marked: int) -> None:
        self._items.show(self.plan.session.items, self._words().exercises, marked)
        self.show_texts()
        self.refresh_bindings()

    @property
    def _day(self) -> date:
        return today(self._given.world.clock.now(), self._given.past.sessions)

    def _words(self) -> TodayWords:
        now, manner = self._given.world.clock.now(), self._given.world.settings.manner
        return today_words(
            now, self._given.past, self.plan, manner, left=self._given.left, elsewhere=self._given.elsewhere
        )

    def _texts(self) -> dict[str, Content]:
        words = self._words()
        marked = words.exercises[self._items.marked : self._items.marked + 1]
        why = "" if self._items.tells_why else "".join(each.why for each in marked)
        below = {"why": Content(f"Why: {why}" if why else ""), "offered": Content(self._offer_words())}
        if typed := self.prompt.words:
            below["pain"] = Content(typed)
        return texts(self._given, words, self.size) | below

    def _offer_words(self) -> str:
        if not self._offered:
            return ""
        if (self._offered.exercise, self._offered.prescription) in self._draft.items:
            return f"{self._offered.words}: taken for today. u takes it back."
        return f"Ready for more? {self._offered.words}. u takes it."

    # ---- pain ----

    def note(self, score: int) -> None:
        self._hurts(score)

    def show_pain(self) -> None:
        self.show_texts()

    # ---- changes before it begins ----

    @property
    def _choices(self) -> Choices:
        """What may come in today, found out only once somebody wants to change something."""
        if self._may_come_in is None:
            screened, settings = self._given.world.screened, self._given.world.settings
            profile = for_today(settings.profile, **self._given.only._asdict())
            self._may_come_in = session_editing.choices(screened, profile, settings.manner, self._given.past, self._day)
        return self._may_come_in

    def _change(self, draft: Draft | None, marked: int, nothing: str) -> None:
        """Shows what has become of the session; where nothing has, says `nothing`."""
        if draft:
            self._draft = draft
            self._show_items(marked)
        else:
            self.notify(nothing, markup=False)

    def action_swap(self) -> None:
        marked = self._items.marked
        nothing = "Nothing else that fits today does the same; a adds something."
        self._change(session_editing.swap(self._draft, marked, self._choices), marked, nothing)

    def action_drop(self) -> None:
        marked = self._items.marked
        self._change(session_editing.drop(self._draft, marked), marked, "A session has at least one exercise.")

    def action_move(self, way: str) -> None:
        marked, by = self._items.marked, 1 if way == "down" else -1
        self._change(session_editing.move(self._draft, marked, by), marked + by, f"It cannot go further {way}.")

    def action_dose(self, way: str) -> None:
        marked, by = self._items.marked, 1 if way == "more" else -1
        nothing = f"There is no step {way} today; s swaps it."
        if way == "more" and (why := self._choices.held.get(self._draft.items[marked].exercise.id)):
            nothing = f"No more of it today: {why}."
        self._change(session_editing.redose(self._draft, marked, by, self._choices), marked, nothing)

    def action_level_up(self) -> None:
        accepted = session_editing.accept(self._draft, self._offered) if self._offered else None
        if accepted:
            self._change(*accepted, "")

    def action_back(self) -> None:
        """Takes back what is typed, or else the last change, or a level of pain that was noted just now."""
        if self.press(DROP):
            return
        if self._draft.before:
            self._change(self._draft.before, self._items.marked, "")
        elif pain := correctable(self._given.past, self._given.world.clock.now(), self._day):
            self.post_message(self.NoPain(pain))
        else:
            self.notify("There is nothing to take back.", markup=False)

    def action_add(self) -> None:
        from hiproutine.coach.requested import ruled
        from hiproutine.tui.dialogs.add_exercise import AddScreen
        from hiproutine.tui.dialogs.anyway import AnywayScreen

        choices = self._choices

        def added(plan: Plan | None) -> None:
            if plan:
                self._change(*session_editing.add(self._draft, plan), "")

        def chosen(name: str | None) -> None:
            if not name:
                return
            session = session_editing.alone(name, choices)
            plan = ruled(choices.today, session)
            if plan.session == session:
                added(plan)
            else:
                whole = ruled(choices.today, session, anyway=True)
                show(self, AnywayScreen(session.name, plan, whole), added)

        items = session_editing.addable(self._draft, choices)
        show(self, AddScreen(self._given.world.catalogue, items, choices.sore), chosen)

    # ---- what is said about it ----

    def action_why(self) -> None:
        from hiproutine.tui.dialogs.why import WhyScreen

        show(self, WhyScreen(self.plan, self._words()))

    def action_card(self) -> None:
        self.post_message(CardWanted(self, cards_named(self.plan)[0]))

    def check_action(self, action: str, _: tuple[object, ...]) -> bool | None:
        match action:
            case "swap" | "drop" | "move" | "dose":
                return bool(self._draft.items)
            case "level_up":
                return self._offered is not None
            case "card":
                return bool(cards_named(self.plan))
        return True


def _pain(given: Given) -> tuple[object, ...]:
    """What of the history pain speaks from."""
    return given.past.pains, given.past.hurts
