"""Why today's session is as it is: what was said about it, why each exercise is in, and what was left out."""

from collections.abc import Iterable, Iterator

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Label, Static

from hiproutine.coach.planner import Plan, by_reason
from hiproutine.day.words import TodayWords
from hiproutine.tui.pages import Dialog


class WhyScreen(Dialog[None]):
    """Shows the reasons of `plan`, whose `words` are those of Today."""

    CSS_PATH = "why.tcss"
    BINDINGS = [Binding("escape,q,w,enter", "dismiss", "Back", key_display="esc")]

    def __init__(self, plan: Plan, words: TodayWords) -> None:
        super().__init__()
        self._text = Content("\n\n").join(Content("\n").join(part) for part in _parts(plan, words))

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="why-page"):
            yield Label("Why this session", classes="title")
            yield Static(self._text)
            yield Static(Content("esc goes back"), classes="hint")


def _parts(plan: Plan, words: TodayWords) -> Iterator[Iterable[Content]]:
    if words.notes:
        yield map(Content, words.notes)
    if any(plan.reasons):
        yield _part("What is in it", ((each.name, each.why) for each in words.exercises if each.why))
    else:
        yield [Content(f"{words.name} is a routine: it stays as it is, whatever the week has had.")]
    if plan.left_out:
        yield _part("Left out", ((why, ", ".join(names)) for why, names in by_reason(plan.left_out).items()))


def _part(heading: str, lines: Iterable[tuple[str, str]]) -> Iterator[Content]:
    yield Content(heading).stylize("bold $primary")
    yield from (Content(f"- {what}: {says}") for what, says in lines)
