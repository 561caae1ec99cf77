"""A dialog to begin a programme, or to end the one that runs."""

import re

from textual._widget_navigation import Direction
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Label, OptionList, Static
from textual.widgets.option_list import Option

from hiproutine.coach.programme import description, refusal
from hiproutine.day.events import Follow
from hiproutine.day.today import Day
from hiproutine.text import counted
from hiproutine.tui.pages import Dialog, Listing

_NONE = "No programme"
_ABOUT_NONE = "The coach plans each session from what your week still lacks."
_ENDS = "This ends the current programme."


_NOT_NOW = "not for you now"
_SOURCES = re.compile(r" \(E\d+(?:, E\d+)*\)|(?:, E\d+)+(?=\))|(?<=\()(?:E\d+, )+")
"""Codes of sources in a text, which only the lists of sources explain."""


class _Programmes(Listing):
    """The list, whose pages are those of the text below where that has more than the window."""

    def _move_page(self, direction: Direction) -> None:
        whole = self.screen.query_one("#choose-programme")
        if whole.max_scroll_y:
            whole.scroll_relative(y=direction * max(1, whole.size.height - 2), animate=False)
        else:
            super()._move_page(direction)


class ProgrammeScreen(Dialog[Follow | None]):
    """List the programmes with their lengths; return the one to begin, or the end of the running one, or None.

    The cursor is on the `proposed` one, or on what is followed now.
    """

    CSS_PATH = "choose_programme.tcss"

    def __init__(self, day: Day, proposed: str = "") -> None:
        super().__init__()
        self._day = day
        self._proposed = proposed
        self._programmes = day.catalogue.programmes

    @property
    def _followed(self) -> str:
        running = self._day.coached.programme
        return running.programme.id if running and not running.over else _NONE

    def compose(self) -> ComposeResult:
        width = max((len(each.name) for each in self._programmes.values()), default=0)
        rows = [(_NONE, _NONE)]
        for each in self._programmes.values():
            weeks = f"{counted(each.weeks, 'week'):>8}, {each.days_a_week} days a week, {each.minutes:>2} min"
            refused = f"  {_NOT_NOW}" if refusal(each, self._day.screened, self._day.profile) else ""
            rows.append((each.id, f"{each.name:<{width}}  {weeks}{refused}"))
        with VerticalScroll(id="choose-programme", can_focus=False):
            yield Label("Which programme? (pagedown, pageup: the rest of the text)", classes="title")
            yield _Programmes(*(Option(Content(words), id=name) for name, words in rows))
            yield Static(id="about")

    def on_mount(self) -> None:
        options = self.query_one(OptionList)
        options.highlighted = options.get_option_index(self._proposed or self._followed)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        self.query_one("#about", Static).update(Content("\n".join(self._about(event.option.id or ""))))

    def _about(self, name: str) -> tuple[str, ...]:
        if name == _NONE:
            return (_ABOUT_NONE if name == self._followed else f"{_ABOUT_NONE} {_ENDS}",)
        programme, screened = self._programmes[name], self._day.screened
        running = self._day.coached.programme
        first = running.words if running and name == self._followed else refusal(programme, screened, self._day.profile)
        return tuple(_SOURCES.sub("", line) for line in (first, *description(programme, screened)) if line)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        name = event.option.id
        self.dismiss(None if name == self._followed else Follow(None if name == _NONE else name))
