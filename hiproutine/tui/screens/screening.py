"""The screening: one question after the other, and what the answers mean."""

from collections.abc import Callable, Collection

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Label, Static

from hiproutine.coach.questions import ANSWERS, QUESTIONS, WHY, Meaning, answered
from hiproutine.tui.pages import Page
from hiproutine.tui.widgets.footer import Footer


class ScreeningScreen(Page[None]):
    """Starts from the known `conditions`; `answer` applies the answers, and returns what they mean."""

    CSS_PATH = "screening.tcss"
    BINDINGS = [
        Binding("y", "answer('y')", "Yes"),
        Binding("n", "answer('n')", "No"),
        Binding("u", "answer('u')", "Not sure", tooltip="Not sure, which counts as yes"),
        Binding("enter", "leave", "Go on", priority=True),
        Binding("left,backspace,b", "back", "Back", key_display="←", tooltip="The question before"),
        Binding("escape,q", "skip", "Skip the rest", key_display="esc", tooltip="The questions left stay as they were"),
    ]

    def __init__(self, conditions: Collection[str], answer: Callable[[tuple[str, ...]], tuple[Meaning, str]]) -> None:
        super().__init__()
        self._conditions = tuple(conditions)
        self._answer = answer
        self._answers: dict[str, str] = {}
        self._codes = list(QUESTIONS)
        self._at = 0

    def compose(self) -> ComposeResult:
        yield Label(id="count", classes="title")
        with VerticalScroll(id="screening"):
            yield Static(id="question")
            yield Static(id="about")
        yield Footer()

    def on_mount(self) -> None:
        self._show()

    @property
    def _over(self) -> bool:
        return self._at == len(self._codes)

    def check_action(self, action: str, _: tuple[object, ...]) -> bool | None:
        if action == "leave":
            return self._over
        if action == "back":
            return self._at > 0
        return not self._over if action in ("answer", "skip") else True

    def _show(self) -> None:
        self.refresh_bindings()
        if self._over:
            self._show_meaning()
            return
        code = self._codes[self._at]
        now = ANSWERS[self._answers[code]] if code in self._answers else "yes" if code in self._conditions else ""
        lines = [
            Content("y  yes\nn  no\nu  not sure: it counts as yes"),
            Content(f"Your answer: {now}" if now else "").stylize("$secondary"),
            Content(f"{len(QUESTIONS)} short questions, one key each. {WHY}" if self._at == 0 else "").stylize(
                "$foreground-muted"
            ),
        ]
        self.query_one("#count", Label).update(f"Screening: question {self._at + 1} of {len(self._codes)}")
        self.query_one("#question", Static).update(Content(QUESTIONS[code]))
        self.query_one("#about", Static).update(Content("\n\n").join(filter(None, lines)))

    def _show_meaning(self) -> None:
        meaning, told = self._answer(answered(self._conditions, self._answers))
        self.query_one("#count", Label).update("What your answers mean")
        self.query_one("#question", Static).update(Content("\n".join(meaning.words)))
        self.query_one("#about", Static).update(Content(told or "All of it can be changed in the settings."))

    def action_answer(self, answer: str) -> None:
        self._answers[self._codes[self._at]] = answer
        self._at += 1
        self._show()

    def action_back(self) -> None:
        self._at -= 1
        self._show()

    def action_skip(self) -> None:
        if not self._answers:
            self.dismiss()
            return
        self._at = len(self._codes)
        self._show()

    def action_leave(self) -> None:
        self.dismiss()
