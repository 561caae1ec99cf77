"""The keys of a person, for questions that one key answers."""

from collections.abc import Callable, Collection

from hiproutine.clock import Clock
from hiproutine.plain.keyboard import ASKED, IDLE_MS, PRESENTS, SUSPEND

AT_ONCE = "Keys act at once, without Enter."
ENTER = ("\r", "\n")
STARTS = (*ENTER, *PRESENTS)
"""Keys that start a session: Enter, and what a presenter starts with."""
_UNREAD_MS = 1_000
"""A question cannot have been read in less time."""


class Keys:
    """Keys one by one; `keys` waits some milliseconds for one, and raises Gone when the terminal is gone.

    An Enter right after a key that has already answered belongs to that answer: it is dropped, with a word on it,
    unless the next question could have been read before.
    """

    def __init__(self, keys: Callable[[int], str | None], say: Callable[[str], None], clock: Clock) -> None:
        self._keys = keys
        self._say = say
        self._clock = clock
        self._answered = False
        self._asked_ms: int | None = None
        """When the program began to wait for this key, with its question written."""

    def next(self, wait_ms: int, *, confirms: bool = False) -> str | None:
        """Return the next key; None after the timeout. `confirms`: Enter goes with what was typed before it."""
        if self._asked_ms is None:
            self._asked_ms = self._now_ms
        key = self._keys(wait_ms)
        if key in (None, SUSPEND, ASKED):
            return key
        stray = key in ENTER and self._answered and not confirms and self._now_ms - self._asked_ms < _UNREAD_MS
        self._answered, self._asked_ms = key not in ENTER, None
        if stray:
            self._say(AT_ONCE)
        return None if stray else key

    def key(self, *, confirms: bool = False) -> str:
        """Wait for the next key."""
        while (key := self.next(IDLE_MS, confirms=confirms)) in (None, SUSPEND, ASKED):
            pass
        return key or ""

    def answer(self, words: str, answers: Collection[str]) -> str:
        """Say which keys answer, again after every other key; return the one that does."""
        self._say(words)
        while (key := self.key()) not in answers:
            self._say(words)
        return key

    @property
    def _now_ms(self) -> int:
        return self._clock.instant().running_ms
