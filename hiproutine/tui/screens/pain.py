"""A screen with a pain prompt: its keys, its timer, and the score once it counts."""

from textual.events import Key
from textual.timer import Timer

from hiproutine.clock import Clock
from hiproutine.practice.pain_prompt import CONFIRM, DIGITS, DROP, ERASE, Answer, PainPrompt, Where
from hiproutine.tui.keys import bindings
from hiproutine.tui.pages import Page

_OF_THE_PROMPT = (*DIGITS, ERASE, DROP, CONFIRM, "f5")


class PainScreen(Page[None]):
    """Hold the prompt; `note` receives each score that counts, and `show_pain` is called after each change.

    Its keys type a number; z and Enter belong to the screen.
    """

    BINDINGS = bindings("pain")

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.prompt = PainPrompt()
        self._clock = clock
        self._counting: Timer | None = None

    def note(self, score: int, where: Where) -> None:
        """Take a score that counts from now on, and where it hurts."""
        raise NotImplementedError

    def show_pain(self) -> None:
        """Show what is typed."""
        raise NotImplementedError

    def press(self, key: str) -> bool:
        """Send a key to the prompt; return whether it was an answer."""
        answer = self.prompt.press(key, self._now_ms)
        return self._answered(answer) if answer else False

    def settle(self) -> bool:
        """Let a typed number count; return whether there was one."""
        return self.prompt.typed is not None and self._answered(self.prompt.settled())

    def count(self) -> None:
        """Let a typed number count if its time is up."""
        self._answered(self.prompt.at(self._now_ms))

    def on_key(self, event: Key) -> None:
        """Take the key of a place after a number; let the number count before any other key takes effect.

        Where warning signs follow from the number, these are read first.
        """
        if answer := self.prompt.place(event.key):
            event.prevent_default().stop()
            self._answered(answer)
        elif event.key not in _OF_THE_PROMPT and self.settle() and not self.is_active:
            event.prevent_default().stop()

    def on_screen_suspend(self) -> None:
        """Let a typed number count before another screen opens."""
        self.settle()

    def action_settle(self) -> None:
        self.settle()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "settle":
            return self.prompt.typed is not None
        return super().check_action(action, parameters)

    def action_score(self, score: int) -> None:
        """Take a score that was clicked."""
        self._answered(self.prompt.chosen(score, self._now_ms))

    def action_typed(self, key: str) -> None:
        self.press(key)

    def _answered(self, answer: Answer) -> bool:
        self.prompt = answer.prompt
        if self._counting:
            self._counting.stop()
        if answer.counted is not None:
            self.note(answer.counted, answer.where)
        elif self.prompt.counts_by_itself:
            self._counting = self.set_timer(max(1, self.prompt.wait_ms(self._now_ms)) / 1000, self.count)
        self.show_pain()
        self.refresh_bindings()
        return True

    @property
    def _now_ms(self) -> int:
        return self._clock.instant().running_ms
