"""A dialog to begin a programme, or to end the one that runs."""

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
            rows.append((each.id, f"{each.name:<{width}}  {weeks}"))
        with VerticalScroll(id="choose-programme", can_focus=False):
            yield Label("Which programme?", classes="title")
            yield Listing(*(Option(Content(words), id=name) for name, words in rows))
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
        return tuple(filter(None, (first, *description(programme, screened))))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        name = event.option.id
        self.dismiss(None if name == self._followed else Follow(None if name == _NONE else name))
