"""A screen on which a pain score is typed: its keys, its timer, and the score once it counts."""

from textual.binding import Binding
from textual.events import Key
from textual.timer import Timer

from hiproutine.clock import Clock
from hiproutine.practice.pain_prompt import CONFIRM, DIGITS, DROP, ERASE, Answer, PainPrompt
from hiproutine.tui.pages import Page

_OF_THE_PROMPT = (*DIGITS, ERASE, DROP, CONFIRM)


def bindings(tooltip: str) -> list[Binding]:
    """The keys that type a number; z and Enter belong to the screen."""
    digits = [Binding(key, f"typed({key!r})", "Pain", show=False, key_display="0-9", tooltip=tooltip) for key in DIGITS]
    erase = Binding(ERASE, f"typed({ERASE!r})", "Erase", show=False, tooltip="Erase the last digit of a pain score")
    return [*digits, erase]


class PainScreen(Page[None]):
    """Holds the prompt; `note` is given each score that counts, and `show_pain` is called after each change."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.prompt = PainPrompt()
        self._clock = clock
        self._counting: Timer | None = None

    def note(self, score: int) -> None:
        """Take a score that counts from now on."""
        raise NotImplementedError

    def show_pain(self) -> None:
        """Show what is typed."""
        raise NotImplementedError

    def press(self, key: str) -> bool:
        """Whether the key answered the prompt."""
        answer = self.prompt.press(key, self._now_ms)
        return self._answered(answer) if answer else False

    def settle(self) -> bool:
        """Let a typed number count; whether there was one."""
        return self.prompt.typed is not None and self._answered(self.prompt.settled())

    def count(self) -> None:
        """Let a typed number count if its time is up."""
        self._answered(self.prompt.at(self._now_ms))

    def on_key(self, event: Key) -> None:
        """Any key that does not belong to the number lets it count first."""
        if event.key not in _OF_THE_PROMPT:
            self.settle()

    def on_screen_suspend(self) -> None:
        """What is typed counts before anything else is done."""
        self.settle()

    def action_typed(self, key: str) -> None:
        self.press(key)

    def _answered(self, answer: Answer) -> bool:
        self.prompt = answer.prompt
        if self._counting:
            self._counting.stop()
        if answer.counted is not None:
            self.note(answer.counted)
        elif self.prompt.typed is not None:
            self._counting = self.set_timer(max(1, self.prompt.wait_ms(self._now_ms)) / 1000, self.count)
        self.show_pain()
        return True

    @property
    def _now_ms(self) -> int:
        return self._clock.instant().running_ms
