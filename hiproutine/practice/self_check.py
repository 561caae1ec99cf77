"""The guide through one self-check by the clock: on each side, hold the position, then answer. No screen."""

from collections.abc import Callable, Mapping
from datetime import date

from hiproutine.catalogue.model import Exercise
from hiproutine.clock import Clock
from hiproutine.coach import self_checks
from hiproutine.coach.self_checks import Asked, SelfCheck
from hiproutine.history.making import checked
from hiproutine.history.past import Past
from hiproutine.history.records import Check
from hiproutine.history.words import value_words
from hiproutine.practice import player as players
from hiproutine.practice.cues import Cue, CueKind
from hiproutine.practice.gaps import credit
from hiproutine.practice.player import Played, Player
from hiproutine.practice.timeline import compile_session
from hiproutine.settings.model import Manner

Cues = tuple[Cue, ...]
_AGO = {0: "today", 1: "yesterday"}
# Heard once the questions are answered.
_LATER = (CueKind.READY, CueKind.SWITCH, CueKind.DONE)


class Guide:
    """A self-check in progress. `asked` is the open question about `side`; without one, the time runs.

    `write` receives each value at once. `over` becomes true once, after the last answer.
    """

    def __init__(
        self,
        check: SelfCheck,
        exercises: Mapping[str, Exercise],
        manner: Manner,
        clock: Clock,
        write: Callable[[Check], None],
    ) -> None:
        self.check = check
        self.over = False
        self._clock = clock
        self._write = write
        # No breath counting and no extra set: the check is the same for everybody.
        line = compile_session(
            self_checks.session(check, exercises),
            Manner(ready_factor=manner.ready_factor, stiff_side=manner.stiff_side),
        )
        self.player: Player
        self.player, self._later = players.begin(line, {}, {})
        self._side = self.player.step.side
        self._questions: tuple[Asked, ...] = ()
        self._last = clock.instant()

    @property
    def asked(self) -> Asked | None:
        return self._questions[0] if self._questions else None

    @property
    def side(self) -> str | None:
        """The side that is looked at; None where both are at once."""
        return self._side

    @property
    def wait_ms(self) -> int:
        """Time until something is to be shown or heard; 0 while a question is open."""
        return 0 if self.asked or self.over else self.player.until_change_ms

    def begin(self) -> Cues:
        """Return the cues of the beginning."""
        self._last = self._clock.instant()
        cues, self._later = self._later, ()
        return cues

    def tick(self) -> Cues:
        """Advance to the clock. A side during which the process was stopped begins again."""
        if not self.wait_ms:
            return ()
        now = self._clock.instant()
        credit_ms, gap = credit(self._last, now, self.wait_ms)
        self._last = now
        return self.again() if gap else self._take(self.player.advance(credit_ms))

    def again(self) -> Cues:
        """Restart this side, with its get-ready and nothing held."""
        player, step = self.player, self.player.segment.step
        player = player._replace(elapsed_ms=0, held_ms=(*player.held_ms[:step], 0, *player.held_ms[step + 1 :]))
        self.player, cues = player.previous() if player.segment.work else Played(player, ())
        return cues

    def enough(self) -> Cues:
        """End the get-ready, or the hold, here."""
        return self.tick() or (self._take(self.player.next()) if self.wait_ms else ())

    def answer(self, value: float | None) -> Cues:
        """Answer the open question; None skips it."""
        asked = self.asked
        assert asked
        if value is not None:
            self._note(asked.check, value, asked.unit)
        self._questions = self._questions[1:]
        if self._questions:
            return ()
        self.over = self.player.finished
        self._side = self.player.step.side or self._side
        return self.begin()

    def _take(self, played: Played) -> Cues:
        before, self.player = self.player, played.player
        if not self.player.finished and self.player.segment.step == before.segment.step:
            return played.cues
        step = before.segment.step
        if self.check.seconds_of:
            self._note(self.check.seconds_of, self.player.held_ms[step] // 1000, "s")
        self._questions = self.check.asked
        self._later = tuple(cue for cue in played.cues if cue.kind in _LATER)
        return tuple(cue for cue in played.cues if cue.kind not in _LATER)

    def _note(self, what: str, value: float, unit: str) -> None:
        self._write(checked(self._clock.now(), what, self._side, value, unit))


def so_far(check: SelfCheck, past: Past, day: date) -> tuple[str, tuple[str, ...]]:
    """Return when the check was last done, and its last values: `toes to wall: left 9.5 cm, right 10 cm`."""
    shorts = self_checks.shorts(check)
    newest: dict[str, dict[str, Check]] = {}
    for each in sorted(past.of(Check), key=lambda each: (each.day, each.at)):
        newest.setdefault(each.check, {})[each.side or "both"] = each
    found = [each for what in shorts for each in newest.get(what, {}).values()]
    if not found:
        return "not done yet", ()
    ago = (day - max(each.day for each in found)).days
    when = _AGO.get(ago, f"{ago} days ago")
    lines = []
    for what, short in shorts.items():
        if what in newest:
            values = (f"{side} {value_words(each.value, each.unit)}" for side, each in sorted(newest[what].items()))
            lines.append(f"{short}: {', '.join(values)}")
    return f"{when}, due again" if ago >= self_checks.EVERY.days else when, tuple(lines)
