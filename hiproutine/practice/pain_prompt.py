"""The question of pain: digits build a number from 0 to 10, which is shown before it counts. Pure.

Every front end feeds it with keys and with its clock. A number counts with Enter, with the next choice (`settled`), or
after `COUNTS_AFTER_MS` without another key (`at`). What then corrects it or takes it back is the front end's, since
that is in its records.
"""

from typing import NamedTuple

MOST = 10
COUNTS_AFTER_MS = 3_000
DIGITS = tuple("0123456789")
CONFIRM, ERASE, DROP = "enter", "backspace", "z"
RANGE = f"0 to {MOST}"


class PainPrompt(NamedTuple):
    """The number typed so far, None if there is none, and when its last key came."""

    typed: int | None = None
    typed_ms: int = 0

    @property
    def words(self) -> str:
        """The number and its keys; empty while nothing is typed."""
        if self.typed is None:
            return ""
        return f"{self.typed} of {MOST}. Enter notes it (or wait {COUNTS_AFTER_MS // 1000} s), Backspace corrects it."

    def press(self, key: str, now_ms: int) -> "Answer | None":
        """Take a digit, or with a number typed Enter, Backspace or z; None if the key is no answer."""
        if key in DIGITS:
            return Answer(PainPrompt(self._with(int(key)), now_ms))
        if self.typed is None:
            return None
        if key == CONFIRM:
            return self.settled()
        if key == ERASE:
            return Answer(PainPrompt(self.typed // 10 or None, now_ms))
        return Answer(PainPrompt()) if key == DROP else None

    def settled(self) -> "Answer":
        """Let the typed number count, if there is one."""
        return Answer(PainPrompt(), self.typed)

    def at(self, now_ms: int) -> "Answer":
        """Let the typed number count if its time is up."""
        return self.settled() if self.typed is not None and not self.wait_ms(now_ms) else Answer(self)

    def wait_ms(self, now_ms: int) -> int:
        """How long until the typed number counts by itself; 0 if it may, or if there is none."""
        return 0 if self.typed is None else max(0, self.typed_ms + COUNTS_AFTER_MS - now_ms)

    def _with(self, digit: int) -> int:
        """The number with one digit more; where that is more than ten, the digit starts anew."""
        longer = 10 * (self.typed or 0) + digit
        return longer if longer <= MOST else digit


class Answer(NamedTuple):
    """What became of a prompt, and the score that counts from now on, if one does."""

    prompt: PainPrompt
    counted: int | None = None
