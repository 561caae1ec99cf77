"""The player: a cursor on a timeline, as a value. Every method returns the player that follows and the cues due.

Everything that affects the course of a session lives in this file. It knows no clock: time comes in as milliseconds
that have passed. Its laws (`tests/practice/test_player.py`): many short steps are one long step, no time is lost or
made up, and every event is welcome in every state.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.prescription import IDLE, Phase
from hiproutine.practice.cues import Cue, CueKind, entered, within
from hiproutine.practice.timeline import Segment, Step, Timeline, afresh, instead, shorter

COUNT_IN_MS = 3000
LONGEST_MS = 3_600_000


class Player(NamedTuple):
    """Where a session stands.

    `at` is the index of the segment (the number of segments when finished), `elapsed_ms` the time spent in it,
    `extra_ms` what the user added to its length or took from it. `attempt_ms` is the working time of the running
    attempt at the step; `held_ms` the best attempt at each step; `hurt` are the indices of the steps that hurt.
    """

    timeline: Timeline
    held_ms: tuple[int, ...]
    at: int = 0
    elapsed_ms: int = 0
    extra_ms: int = 0
    attempt_ms: int = 0
    paused: bool = False
    count_in_ms: int = 0
    hurt: frozenset[int] = frozenset()

    # ---- what there is to see ----

    @property
    def finished(self) -> bool:
        return self.at >= len(self.timeline.segments)

    @property
    def segment(self) -> Segment:
        """The running segment; the last one when finished."""
        return self.timeline.segments[min(self.at, len(self.timeline.segments) - 1)]

    @property
    def step(self) -> Step:
        return self.timeline.steps[self.segment.step]

    @property
    def remaining_ms(self) -> int:
        """Of the running segment."""
        return 0 if self.finished else self.segment.length_ms + self.extra_ms - self.elapsed_ms

    @property
    def left_ms(self) -> int:
        """Until the end of the session, if nothing disturbs it."""
        return (
            0 if self.finished else self.timeline.total_ms - self.segment.end_ms + self.remaining_ms + self.count_in_ms
        )

    @property
    def until_change_ms(self) -> int:
        """Until the shown second changes or a cue is due."""
        second = ((self.count_in_ms or self.remaining_ms) - 1) % 1000 + 1
        return min(second, self.until_cue_ms or second)

    @property
    def until_cue_ms(self) -> int:
        """Until something is due to be heard, if nothing disturbs the session."""
        if self.count_in_ms or self.finished:
            return self.count_in_ms
        ahead = (ms for ms, _ in within(self.timeline, self.at) if ms < self.remaining_ms)
        return self.remaining_ms - max(ahead, default=0)

    @property
    def coming(self) -> Segment | None:
        """The segment after the running one."""
        after = self.at + 1
        return self.timeline.segments[after] if after < len(self.timeline.segments) else None

    def end_of(self, step: int) -> str:
        """How a step stands: `done`, `shortened`, `skipped` or `hurt`."""
        if step in self.hurt:
            return "hurt"
        held = self.held_ms[step]
        if held >= self.timeline.steps[step].planned_ms:
            return "done"
        return "shortened" if held else "skipped"

    # ---- what can happen ----

    def advance(self, ms: int) -> "Played":
        """`ms` milliseconds pass."""
        player, cues = self, list[Cue]()
        while ms > 0 and not player.paused and not player.finished:
            if player.count_in_ms:
                used = min(ms, player.count_in_ms)
                player = player._replace(count_in_ms=player.count_in_ms - used)
                if not player.count_in_ms:
                    cues.append(Cue(CueKind.RESUMED, player.at))
            else:
                used = min(ms, player.remaining_ms)
                cues += player._due(used)
                player = player._spend(used)
                if player.remaining_ms == 0:
                    player, entered = player._enter(player.at + 1)
                    cues += entered
            ms -= used
        return Played(player, tuple(cues))

    def pause(self) -> "Played":
        return Played(self if self.finished else self._replace(paused=True, count_in_ms=0), ())

    def resume(self) -> "Played":
        """Goes on after a count-in of 3 s, in which no time of the session passes."""
        return Played(self._replace(paused=False, count_in_ms=COUNT_IN_MS) if self.paused else self, ())

    def next(self) -> "Played":
        """Ends a get-ready, switch or rest at once; otherwise goes to the next side or exercise, with its get-ready."""
        if self.finished:
            return Played(self, ())
        segments = self.timeline.segments
        here = self.segment
        for index in range(self.at + 1, len(segments)):
            if segments[index].step != here.step or (here.phase in IDLE and segments[index].work):
                return self._enter(index)
        return self._enter(len(segments))

    def previous(self) -> "Played":
        """Starts this side again, with its get-ready; during that, the side or exercise before it."""
        if self.finished:
            return Played(self, ())
        step = self.segment.step
        if self.segment.phase in (Phase.READY, Phase.SWITCH):
            step = max(0, step - 1)
        return self._replace(attempt_ms=0)._enter(self.timeline.steps[step].first)

    def adjust(self, ms: int) -> "Played":
        """Makes the running segment longer, or shorter (a negative `ms`); one that has no time left ends."""
        if self.finished:
            return Played(self, ())
        remaining = max(0, min(self.remaining_ms + ms, LONGEST_MS))
        player = self._replace(extra_ms=self.extra_ms + remaining - self.remaining_ms)
        return Played(player, ()) if remaining else player._enter(self.at + 1)

    # ---- what can happen when it hurts ----

    def hurts(self) -> "Player":
        """The running step counts as one that hurt."""
        return self._replace(hurt=self.hurt | {self.segment.step})

    def eased(self, exercise: Exercise) -> "Played":
        """Goes on with another exercise on the same side, from its get-ready."""
        number = self.segment.step
        player = self._replace(
            timeline=instead(self.timeline, number, exercise),
            held_ms=(*self.held_ms[: number + 1], 0, *self.held_ms[number + 1 :]),
            hurt=frozenset(step + (step > number) for step in self.hurt | {number}),
            paused=False,
        )
        return player._enter(player.timeline.steps[number + 1].first)

    def shortened(self) -> "Played":
        """Goes on with half of what is left of this step, after the count-in."""
        timeline, remaining_ms = shorter(self.timeline, self.at, self.remaining_ms)
        extra_ms = self.extra_ms + remaining_ms - self.remaining_ms
        return self.hurts()._replace(timeline=timeline, extra_ms=extra_ms, paused=True).resume()

    def passed_over(self) -> "Played":
        """Goes on with the next side or exercise, from its get-ready."""
        number = self.segment.step + 1
        steps, segments = self.timeline.steps, self.timeline.segments
        player = self.hurts()._replace(paused=False)
        return player._enter(steps[number].first if number < len(steps) else len(segments))

    # ---- how it happens ----

    def _spend(self, ms: int) -> "Player":
        player = self._replace(elapsed_ms=self.elapsed_ms + ms)
        if not self.segment.work:
            return player
        step, attempt = self.segment.step, self.attempt_ms + ms
        held = max(self.held_ms[step], attempt)
        return player._replace(attempt_ms=attempt, held_ms=(*self.held_ms[:step], held, *self.held_ms[step + 1 :]))

    def _enter(self, index: int) -> "Played":
        same = index < len(self.timeline.segments) and self.timeline.segments[index].step == self.segment.step
        player = self._replace(
            at=index, elapsed_ms=0, extra_ms=0, count_in_ms=0, attempt_ms=self.attempt_ms if same else 0
        )
        if player.finished:
            player = player._replace(paused=False)
        return Played(player, entered(self.timeline, index))

    def _due(self, ms: int) -> Iterator[Cue]:
        """The cues inside the segment that come up within the next `ms`."""
        for ahead_ms, cue in within(self.timeline, self.at):
            if self.remaining_ms > ahead_ms >= self.remaining_ms - ms:
                yield cue


class Played(NamedTuple):
    """A player and the cues that were due on the way to it, in order."""

    player: Player
    cues: tuple[Cue, ...]


def begin(
    timeline: Timeline, ended: Mapping[int, int], running: Mapping[int, int], hurt: frozenset[int] = frozenset()
) -> Played:
    """A player at the first step that has not ended; the mappings say what steps held before, in ms."""
    ahead = [number for number in range(len(timeline.steps)) if number not in ended]
    held = {**running, **ended}
    best = tuple(held.get(number, 0) for number in range(len(timeline.steps)))
    if ahead:
        # Whoever comes back is at the keyboard.
        timeline = afresh(timeline, ahead[0])
    first = timeline.steps[ahead[0]].first if ahead else len(timeline.segments)
    player, cues = Player(timeline, best, hurt=hurt)._enter(first)
    return Played(player, tuple(cue for cue in cues if cue.kind is not CueKind.END))
