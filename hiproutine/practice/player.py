"""The player: a cursor on a timeline, as a value. Every method returns the player that follows and the cues due.

Everything that affects the course of a session lives in this file. It knows no clock: time comes in as milliseconds
that have passed. Its laws (`tests/practice/test_player.py`): many short steps are one long step, no time is lost or
made up, and every event is welcome in every state.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.prescription import IDLE, Phase
from hiproutine.practice.cues import COUNT_IN_MS, Cue, CueKind, entered, within
from hiproutine.practice.timeline import Segment, Step, Timeline, afresh, cut, fitting, instead, shorter

LONGEST_MS = 3_600_000


class Player(NamedTuple):
    """The state of a session.

    `at` is the index of the segment (the number of segments when finished), `elapsed_ms` the time spent in it,
    `extra_ms` what the user added to its length or took from it, `paused_ms` the time for which it stood still.
    `attempt_ms` is the working time of the running attempt at the step; `held_ms` the best attempt at each step; `hurt`
    are the indices of the steps that hurt, and `dropped` of those omitted because there was less time. `change_ms` is,
    by step, how long the change of position before it took.
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
    dropped: frozenset[int] = frozenset()
    paused_ms: int = 0
    change_ms: Mapping[int, int] = MappingProxyType({})

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
        """Time remaining in the running segment."""
        return 0 if self.finished else self.segment.length_ms + self.extra_ms - self.elapsed_ms

    @property
    def step_remaining_ms(self) -> int:
        """Until the end of the running side of the exercise."""
        here = self.segment
        return self.remaining_ms + sum(
            each.length_ms for each in self.timeline.segments[self.at + 1 :] if each.step == here.step
        )

    @property
    def session_remaining_ms(self) -> int:
        """Time until the end of the session if nothing interrupts it."""
        return (
            0 if self.finished else self.timeline.total_ms - self.segment.end_ms + self.remaining_ms + self.count_in_ms
        )

    @property
    def until_change_ms(self) -> int:
        """Time until the displayed second changes or a cue is due."""
        second = ((self.count_in_ms or self.remaining_ms) - 1) % 1000 + 1
        return min(second, self.until_cue_ms or second)

    @property
    def until_cue_ms(self) -> int:
        """Time until the next cue if nothing interrupts the session."""
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
        """Return the end of a step: `done`, `shortened`, `skipped` or `hurt`."""
        if step in self.hurt:
            return "hurt"
        held = self.held_ms[step]
        if held >= self.timeline.steps[step].planned_ms:
            return "done"
        return "shortened" if held or step in self.dropped else "skipped"

    # ---- what can happen ----

    def advance(self, ms: int) -> "Played":
        """Let `ms` milliseconds pass."""
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

    def stand(self, ms: int) -> "Player":
        """Let `ms` milliseconds pass while it is paused."""
        return self._replace(paused_ms=self.paused_ms + ms) if self.paused else self

    def resume(self) -> "Played":
        """Resume after a count-in, which takes no time of the session."""
        if not self.paused:
            return Played(self, ())
        return Played(self._replace(paused=False, count_in_ms=COUNT_IN_MS), (Cue(CueKind.GO_ON, self.at),))

    def next(self) -> "Played":
        """End a get-ready, switch or rest at once; otherwise go to the next side or exercise, with its get-ready."""
        if self.finished:
            return Played(self, ())
        segments = self.timeline.segments
        here = self.segment
        for index in range(self.at + 1, len(segments)):
            if segments[index].step != here.step or (here.phase in IDLE and segments[index].work):
                return self._enter(index)
        return self._enter(len(segments))

    def previous(self) -> "Played":
        """Restart this side with its get-ready; during the get-ready, go to the side or exercise before it."""
        if self.finished:
            return Played(self, ())
        step = self.segment.step
        if self.segment.phase in (Phase.READY, Phase.SWITCH):
            step = max((before for before in range(step) if self.timeline.steps[before].parts), default=0)
        return self._replace(attempt_ms=0)._enter(self.timeline.steps[step].first)

    def adjust(self, ms: int) -> "Played":
        """Lengthen the running segment, or shorten it (negative `ms`); without remaining time it ends."""
        if self.finished:
            return Played(self, ())
        remaining = max(0, min(self.remaining_ms + ms, LONGEST_MS))
        player = self._replace(extra_ms=self.extra_ms + remaining - self.remaining_ms)
        return Played(player, ()) if remaining else player._enter(self.at + 1)

    def fitted(self, minutes: int, worth: Mapping[str, float]) -> "Player":
        """Leave out what does not fit into the minutes that are left; what was omitted before may come back."""
        if self.finished:
            return self
        sets = fitting(self.timeline, self.at, self.remaining_ms, minutes, worth)
        gone = {number for number, count in sets.items() if not count}
        timeline = cut(self.timeline, sets, self.segment.step)
        return self._replace(timeline=timeline, dropped=self.dropped - sets.keys() | gone)

    # ---- what can happen when it hurts ----

    def hurts(self) -> "Player":
        """Mark the running step as one that hurt."""
        return self._replace(hurt=self.hurt | {self.segment.step})

    def eased(self, exercise: Exercise) -> "Played":
        """Continue with another exercise for all that remains of this one, from its get-ready."""
        number = self.segment.step
        timeline = instead(self.timeline, number, exercise)
        more = len(timeline.steps) - len(self.timeline.steps)
        moved = {step: step + more * (step > number) for step in range(len(self.timeline.steps))}
        player = self._replace(
            timeline=timeline,
            held_ms=(*self.held_ms[: number + 1], *[0] * more, *self.held_ms[number + 1 :]),
            hurt=frozenset(moved[step] for step in self.hurt | {number}),
            dropped=frozenset(moved[step] for step in self.dropped),
            change_ms={moved[step]: ms for step, ms in self.change_ms.items()},
            paused=False,
        )
        return player._enter(timeline.steps[number + 1].first)

    def shortened(self) -> "Played":
        """Continue with half of the rest of this step, after the count-in."""
        timeline, remaining_ms = shorter(self.timeline, self.at, self.remaining_ms)
        extra_ms = self.extra_ms + remaining_ms - self.remaining_ms
        return self.hurts()._replace(timeline=timeline, extra_ms=extra_ms, paused=True).resume()

    def passed_over(self, *, whole: bool = False) -> "Played":
        """Continue with the next side or exercise, from its get-ready; as a `whole` it is left with its other side."""
        number = self.segment.step + 1
        steps, segments = self.timeline.steps, self.timeline.segments
        if whole:
            here = steps[number - 1].exercise.id
            number = next((at for at in range(number, len(steps)) if steps[at].exercise.id != here), len(steps))
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
        here, segments = self.segment, self.timeline.segments
        same = index < len(segments) and segments[index].step == here.step
        opened = same and index > self.at and here.phase in (Phase.READY, Phase.SWITCH)
        player = self._replace(
            at=index,
            elapsed_ms=0,
            extra_ms=0,
            paused_ms=0,
            count_in_ms=0,
            attempt_ms=self.attempt_ms if same else 0,
            change_ms=self._with_change() if opened else self.change_ms,
        )
        if player.finished:
            player = player._replace(paused=False)
        return Played(player, entered(self.timeline, index))

    def _with_change(self) -> Mapping[int, int]:
        """Return the times of the changes with that of the running step, unless it is done again, in its position."""
        change, number = self.step.change, self.segment.step
        if not change or number in self.change_ms:
            return self.change_ms
        return {**self.change_ms, number: change.took_ms(self.elapsed_ms + self.paused_ms - self.segment.length_ms)}

    def _due(self, ms: int) -> Iterator[Cue]:
        """Return the cues inside the segment due within the next `ms`."""
        for ahead_ms, cue in within(self.timeline, self.at):
            if self.remaining_ms > ahead_ms >= self.remaining_ms - ms:
                yield cue


class Played(NamedTuple):
    """A player and the cues that were due on the way to it, in order."""

    player: Player
    cues: tuple[Cue, ...]


def begin(
    timeline: Timeline,
    ended: Mapping[int, int],
    running: Mapping[int, int],
    hurt: frozenset[int] = frozenset(),
    dropped: frozenset[int] = frozenset(),
) -> Played:
    """Return a player at the first unfinished step; the mappings hold the ms held by steps before."""
    timeline = cut(timeline, dict.fromkeys(dropped, 0)) if dropped else timeline
    ahead = [number for number, step in enumerate(timeline.steps) if step.parts and number not in ended]
    held = {**running, **ended}
    best = tuple(held.get(number, 0) for number in range(len(timeline.steps)))
    if ahead:
        # On return, one is at the keyboard.
        timeline = afresh(timeline, ahead[0])
    first = timeline.steps[ahead[0]].first if ahead else len(timeline.segments)
    player, cues = Player(timeline, best, hurt=hurt, dropped=dropped)._enter(first)
    return Played(player, tuple(cue for cue in cues if cue.kind is not CueKind.END))
