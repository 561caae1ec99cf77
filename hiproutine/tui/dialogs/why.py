"""A dialog that explains today's session: its notes, the reason for each exercise, and the omitted ones."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Label, Static

from hiproutine.coach.omissions import Group, grouped
from hiproutine.day.today import Day
from hiproutine.day.words import TodayWords
from hiproutine.text import counted
from hiproutine.tui.keys import bindings
from hiproutine.tui.pages import Dialog
from hiproutine.tui.prose import Prose

_Lines = Iterator[tuple[str, Content]]
"""Lines with their marks, by which the rest of a long one is indented."""


class WhyScreen(Dialog[None]):
    """Show the reasons of the plan of a day; `words` are the texts of Today. The omitted are counted, or named."""

    BINDINGS = bindings("why")

    def __init__(self, day: Day, words: TodayWords) -> None:
        super().__init__()
        self._words = words
        self._omitted = grouped(day.plan.omitted)
        self._named = False
        self._reasons = any(day.plan.reasons)

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="box wide"):
            yield Label("Why this session", classes="title")
            yield Static(self.text, id="why")
            yield Static(Content("esc goes back"), classes="hint")

    def on_mount(self) -> None:
        self._show()

    @property
    def text(self) -> Prose:
        """Content of the page."""
        return Prose([*self._notes(), *self._included(), *self._left_out()])

    def _show(self) -> None:
        self.query_one("#why", Static).update(self.text)

    def action_names(self) -> None:
        """Name the omitted exercises, or only count them."""
        self._named = not self._named
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self._omitted) if action == "names" else super().check_action(action, parameters)

    # ---- the parts ----

    def _notes(self) -> _Lines:
        for note in self._words.notes:
            yield "", Content(note)
        if self._words.notes:
            yield "", Content("")

    def _included(self) -> _Lines:
        if not self._reasons:
            yield "", Content(f"{self._words.name} is a fixed routine: the coach does not change it.")
            return
        yield "", _heading("What is in it")
        for each in self._words.exercises:
            if each.why:
                yield "- ", Content(f"{each.name}: {each.why}")

    def _left_out(self) -> _Lines:
        if not self._omitted:
            return
        count = counted(sum(group.total for group in self._omitted), "exercise")
        yield "", Content("")
        enter = f"   enter {'counts' if self._named else 'names'} them"
        yield "", Content.assemble(_heading("Omitted"), f": {count}", (enter, "$foreground-muted"))
        for group in self._omitted:
            yield f"{group.total:>3}  ", Content(group.what)
            if self._named:
                yield from _names(group)


def _names(group: Group) -> _Lines:
    for why, names in group.reasons.items():
        yield "     ", Content.assemble(f"{why}: ", (f"{'; '.join(names)}.", "$foreground-muted"))


def _heading(words: str) -> Content:
    return Content(words).stylize("bold $primary")
