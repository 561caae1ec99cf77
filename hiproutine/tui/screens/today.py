"""Today: the streak, the last seven days, and the session that Enter starts, with its editing keys."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import Layout, WidgetPlacement
from textual.widget import Widget
from textual.widgets import Static

from hiproutine.clock import Clock
from hiproutine.coach.planner import Plan
from hiproutine.coach.screening import cautions
from hiproutine.coach.session import Item
from hiproutine.day.events import (
    AskWhatToAdd,
    Dose,
    Drop,
    Event,
    LevelUp,
    Move,
    Note,
    NoteOff,
    PlanLess,
    Swap,
    Tick,
    Undo,
)
from hiproutine.day.today import Day
from hiproutine.day.words import TodayWords, cards_named, today_words, week_words
from hiproutine.practice.pain_prompt import DROP, NOW, PainLine, Where
from hiproutine.tui.keys import bindings
from hiproutine.tui.pages import show
from hiproutine.tui.screens.pain import PainScreen
from hiproutine.tui.screens.today_layout import HIGH, PANELS, Needs, places
from hiproutine.tui.screens.today_parts import CardText, EditKeys, Marked, SessionHead, StartButton, WeekPart
from hiproutine.tui.widgets.description import CardWanted
from hiproutine.tui.widgets.figure import ExerciseView, at_end
from hiproutine.tui.widgets.footer import Footer
from hiproutine.tui.widgets.nav_bar import NavBar
from hiproutine.tui.widgets.pain_strip import PainStrip
from hiproutine.tui.widgets.painted import MUTED
from hiproutine.tui.widgets.session_list import ItemList

if TYPE_CHECKING:
    from hiproutine.figure.model import Figure

_MINUTE_CHECK_S = 10
_TALL = 20
_NOTE_LINES, _FEW_NOTE_LINES = 7, 4
"""Lines for the name of the session and its notes, in a high window and in a low one; `w` shows the rest."""
_WITHOUT_A_SESSION = (
    "The settings (key ,) have what you chose and answered; the Library (l) has the warning signs, and more to read."
)


class TodayScreen(PainScreen):
    """Show a day. Most keys are actions of the app; `send` sends an event and returns the new day."""

    HORIZONTAL_BREAKPOINTS = [(0, "-plain"), (PANELS, "-panels")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (HIGH + 2, "-high")]
    BINDINGS = bindings("today")
    OPENED_BY = "today"
    takes_keys = True  # the first page: no key before it leads to another

    def __init__(
        self, day: Day, clock: Clock, send: Callable[[Event], Day], find: "Callable[[str], Figure | None]"
    ) -> None:
        super().__init__(clock)
        self._day = day
        self._send = send
        self._find = find
        self._view: ExerciseView | None = None
        self._said = words = self._words()
        self._nav = NavBar(self.OPENED_BY, words.date, words.day)
        self._week, self._head = WeekPart(words), SessionHead(words, self._notes(words))
        self._items = ItemList(day.plan.session.items, words.exercises)
        self._start, self._card, self._pain = StartButton(words.start), CardText(), PainStrip(*self._pain_line(words))
        self._panel = Static(id="panel")
        self._edit: EditKeys | None = None

    @property
    def plan(self) -> Plan:
        """The plan that Enter starts."""
        return self._day.plan

    @property
    def marked(self) -> Item | None:
        """The marked exercise, if there is any."""
        return next(iter(self.plan.session.items[self._items.marked :]), None)

    @property
    def layout(self) -> Layout:
        return _Placed()

    def places(self, size: Size) -> dict[str, Region]:
        """Return the regions of the parts, by their ids."""
        figure = self._view is not None and not self._view.has_class("-none")
        needs = Needs(
            week=self._week.wanted,
            head=lambda width: len(self._head.lines(width, _NOTE_LINES if size.height >= _TALL else _FEW_NOTE_LINES)),
            items=len(self.plan.session.items),
            card=self._card.rows,
            figure=figure,
            pain=lambda width: len(self._pain.lines(width - 4, size.height)),
            edit=lambda width: len(self._edit.lines(width - 4, size.height)) if self._edit else 0,
        )
        return places(size, needs)

    def compose(self) -> ComposeResult:
        # Each widget makes the start longer. The classes, too, are there at once.
        width, height = self.app.size
        self.update_classes({"-panels": width >= PANELS, "-high": height >= HIGH + 2})
        self._show_parts(self._said)
        yield from (self._nav, self._week, self._head, self._items, self._start)
        if width >= PANELS:
            yield self._panel
        yield from (self._card, self._pain, Footer())
        self.call_after_refresh(self._show_figure)  # the first frame waits for no figure

    # ---- the figure of the marked exercise ----

    def _show_figure(self) -> None:
        settings, view = self._day.settings, self._view
        if view is None:
            if not settings.figure or not self.marked:
                return
            self._view = view = self._new_view("figure").without_room()
            self.mount(view, before=self._card)
        elif view.settings != settings:
            view.use(settings)
        view.show(self.marked.exercise.id if self.marked else None)
        if settings.figure and self.marked:
            self._items.show_pictures(self._new_view)

    def _new_view(self, id: str | None = None) -> ExerciseView:  # noqa: A002 -- as everywhere
        return ExerciseView(self._find, self._day.settings, at_end, self._clock, id=id)

    def on_exercise_view_shown(self) -> None:
        """Give the room of a missing figure to the texts."""
        self.refresh(layout=True)

    def on_mount(self) -> None:
        self.set_interval(_MINUTE_CHECK_S, self.look_at_the_clock)

    def look_at_the_clock(self) -> None:
        if not self.is_active:  # the whole screen above would be painted again
            return
        before = self._day
        day = self._send(Tick())
        if day.planned_on != before.planned_on:
            self.show(day)
        else:
            self._day = day
            self.show_texts()

    def show(self, day: Day) -> None:
        """Show the day; after a change, mark its row."""
        before, self._day = self._day, day
        marked = self._items.marked if day.draft is before.draft else day.row
        self._said = self._words()
        self._items.show(day.plan.session.items, self._said.exercises, marked)
        self.show_texts()
        self._show_figure()
        self.refresh(layout=True)
        self.refresh_bindings()

    def show_texts(self) -> None:
        """Update all parts but the list."""
        self._said = words = self._words()
        self._nav.show_day(words.date, words.day)
        self._head.show(words, self._notes(words))
        self._start.show(words.start)
        self._pain.show(*self._pain_line(words))
        self._show_parts(words)

    def _show_parts(self, words: TodayWords) -> None:
        """Show what depends on the width and on the marked exercise."""
        panels = self.app.size.width >= PANELS
        day = self._day
        week = week_words(day.now, day.past, day.plan, day.catalogue.exercises) if panels else None
        self._week.show(words, week)
        item, said = self.marked, words.exercises[self._items.marked : self._items.marked + 1]
        if item is None or not said:
            self._card.show(None)
            return
        self._panel.border_title = Content(item.exercise.name)
        careful = cautions(item.exercise, day.screened.codes)
        video = bool(item.exercise.videos)
        self._card.show(Marked(item.exercise, said[0].dose, careful, said[0].why, video, panels))

    def on_resize(self) -> None:
        if self.app.size.width >= PANELS and not self._panel.is_attached:
            self.mount(self._panel, before=self._card)
        self.show_texts()
        self.call_after_refresh(self._show_figure)

    def on_item_list_marked(self) -> None:
        self.show_texts()
        self._show_figure()

    def _words(self) -> TodayWords:
        day, now = self._day, self._clock.now()
        return today_words(now, day.past, day.plan, day.manner, resumable=day.resumable, elsewhere=day.elsewhere)

    def _notes(self, words: TodayWords) -> list[tuple[str, str]]:
        """Return the sentences below the name of the session with their styles, the most important first."""
        day = self._day
        unreadable = f"Kept, but not readable: {day.past.unreadable[0]}" if day.past.unreadable else ""
        found = (
            (words.interrupted, "$accent"),
            (words.honest, "bold $error" if day.screened.stop else "bold"),
            (_WITHOUT_A_SESSION if words.honest else "", MUTED),
            (words.done, "$success"),
            (unreadable, "$warning"),
            (day.only.words if words.exercises else "", "$accent"),
            *((note, "") for note in words.notes),
            (self._offer_words(), "$success"),
            (_due_words(day.checks_due) if words.exercises else "", MUTED),
            (day.loaded.told, MUTED),
        )
        return [(said, style) for said, style in found if said]

    def _pain_line(self, words: TodayWords) -> PainLine:
        if self.prompt.typed is None:
            return words.pain
        return PainLine(NOW, self.prompt.words, self.prompt.typed)

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

    def note(self, score: int, where: Where) -> None:
        self._let(Note(score, where=where))

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

    def action_plan_less(self) -> None:
        self._let(PlanLess())

    def action_off(self) -> None:
        self._let(NoteOff())

    async def action_afar(self) -> None:
        """Let a typed number count, or else start or resume."""
        if not self.settle():
            await self.run_action("app.resume" if self._day.resumable else "app.start")

    def action_undo(self) -> None:
        """Take back the typed number, or else the last change or score."""
        if not self.press(DROP):
            self._let(Undo(self._items.marked))

    # ---- what is said about it ----

    def action_edit(self) -> None:
        """Show the keys that change the session, or hide them."""
        if self._edit:
            self._edit.remove()
            self._edit = None
        else:
            self._edit = EditKeys()
            self.mount(self._edit, before=self._pain)

    def action_why(self) -> None:
        from hiproutine.tui.dialogs.why import WhyScreen

        show(self, WhyScreen(self._day, self._words()))

    def action_card(self) -> None:
        self.post_message(CardWanted(self, cards_named(self.plan)[0]))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        allowed = _ALLOWED.get(action)
        return allowed(self._day) if allowed else super().check_action(action, parameters)


_ALLOWED: Mapping[str, Callable[[Day], bool]] = {
    "back": lambda _: False,  # there is no page below
    "afar": lambda day: day.allows("start") or day.allows("resume"),
    **dict.fromkeys(("swap", "drop", "move", "dose", "edit"), lambda day: bool(day.draft.items)),
    "plan_less": lambda day: day.coached.skipped is not None,
    "level_up": lambda day: day.offered is not None,
    "card": lambda day: bool(cards_named(day.plan)),
}
"""Whether an action is available on a day."""


def _due_words(count: int) -> str:
    return f"{count} self-check{'s are' if count > 1 else ' is'} due: C." if count else ""


class _Placed(Layout):
    """Place the parts as `TodayScreen.places` says."""

    name = "today"

    def arrange(
        self,
        parent: Widget,
        children: list[Widget],
        size: Size,
        greedy: bool = True,  # noqa: ARG002 -- Textual asks for it
    ) -> list[WidgetPlacement]:
        assert isinstance(parent, TodayScreen)
        found = parent.places(size)
        shown = ((child, found[child.id]) for child in children if child.id in found)
        return [WidgetPlacement(region, NULL_OFFSET, NULL_SPACING, child) for child, region in shown]
