"""The timeline: a session compiled to a flat row of segments before it is played. Pure; lengths are milliseconds.

Left and right are steps of their own, each with its full prescription. A segment is a beat of its prescription; the
time between two steps comes from the change of position (`coach.transitions`).
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.notation import brief
from hiproutine.catalogue.prescription import CIRCLES, IDLE, Phase, Prescription, sets_of, with_sets
from hiproutine.coach.durations import changing_sides_s, getting_ready_s, in_breaths, into
from hiproutine.coach.instructions import Said, dose_in_words, explained, guide
from hiproutine.coach.session import Item, Session
from hiproutine.coach.transitions import FIRST_S, START, USUAL, kind_of, seconds_of, switch_kind
from hiproutine.settings.model import Manner

_SAID = {"pause": "stay"}
"""Beats by another word: what the screen shows as the state of a session is no part of a movement."""


class Part(NamedTuple):
    """A piece of a step. `label` says what to do ("squeeze"), `where` says where in the exercise this is.

    Before an exercise, `where` is how to get into its position; otherwise it is such as "set 1 of 2, rep 3 of 10".
    `rep` is the number of the repetition or the circle that the part belongs to, if any.
    """

    phase: Phase
    length_ms: int
    label: str
    where: str = ""
    rep: int = 0


class Change(NamedTuple):
    """The change of position that a step opens with: its kind, the time that it has, and what it usually would have.

    `waits_ms` is what the opening has beyond the change and the set-up, for words.
    """

    kind: str
    ms: int
    usual_ms: int
    waits_ms: int

    def took_ms(self, longer_ms: int) -> int:
        """Return what the change took, if the opening lasted so much longer than planned, or less (negative)."""
        if longer_ms >= 0:
            return self.ms + longer_ms
        return max(0, min(self.ms, self.ms + self.waits_ms + longer_ms))


class Step(NamedTuple):
    """One side of one exercise (`side` is left, right or None); `item` counts the session's exercises from 0.

    The first of its parts is the get-ready or the switch.
    """

    item: int
    exercise: Exercise
    prescription: Prescription
    side: str | None
    planned_ms: int
    parts: tuple[Part, ...]
    first: int = 0
    """Index of the step's first segment."""
    guide: tuple[Said, ...] = ()
    """Speech after the announcement, during the get-ready."""
    change: Change | None = None
    full: Prescription | None = None
    """The original plan, if there was less time."""
    eased: bool = False
    """Whether it was left out for an easier exercise."""

    @property
    def dose(self) -> str:
        """The dose of this side for people, such as `2 × 30 s`."""
        return brief(self.prescription)

    @property
    def title(self) -> str:
        return f"{self.exercise.name}, {self.side} side" if self.side else self.exercise.name


class Segment(NamedTuple):
    """A part at its time in the session; `step` is the index of its step."""

    start_ms: int
    length_ms: int
    phase: Phase
    step: int
    label: str
    where: str
    rep: int

    @property
    def work(self) -> bool:
        return self.phase not in IDLE

    @property
    def end_ms(self) -> int:
        return self.start_ms + self.length_ms


class Timeline(NamedTuple):
    """The whole session: its segments without gaps, and the steps that they belong to."""

    segments: tuple[Segment, ...]
    steps: tuple[Step, ...]
    manner: Manner

    @property
    def total_ms(self) -> int:
        return self.segments[-1].end_ms if self.segments else 0

    @property
    def items(self) -> int:
        return self.steps[-1].item + 1

    def item_ms(self, item: int) -> int:
        """Return the whole time of one exercise: both sides, get-ready, switch and rests."""
        return sum(part.length_ms for step in self.steps if step.item == item for part in step.parts)


def compile_session(session: Session, manner: Manner) -> Timeline:
    """Compile a session, which must have an item, to a timeline."""
    steps: list[Step] = []
    for index, item in enumerate(session.items):
        for side in _sides(item.exercise, manner):
            extra = manner.extra_set and side is not None and side == manner.stiff_side
            prescription = with_sets(item.prescription, sets_of(item.prescription) + 1) if extra else item.prescription
            before = steps[-1] if steps else None
            steps.append(_step(index, Item(item.exercise, prescription), side, before, manner))
    return _lay(steps, manner)


def length_ms(item: Item, manner: Manner) -> int:
    """Return the duration of one exercise with everything around it."""
    return compile_session(Session("", None, "", None, (item,)), manner).total_ms


# ---- changes on the way; what lies before them stays as it is ----


def instead(timeline: Timeline, number: int, exercise: Exercise) -> Timeline:
    """Insert another exercise after a step, for all that remains of what the step belongs to, which loses its parts.

    It comes in its usual dose, in no more sets than were planned: on the side of the step and on those that remain, on
    both if the step has none, or once if it has none itself.
    """
    steps, manner = timeline.steps, timeline.manner
    here = steps[number]
    again = (here.exercise.id, exercise.id)
    after = [
        step._replace(parts=(), guide=(), eased=True) if step.item == here.item and step.exercise.id in again else step
        for step in steps[number + 1 :]
    ]
    left = (old.side for old, new in zip(steps[number + 1 :], after, strict=True) if old.parts and not new.parts)
    sides = dict.fromkeys((here.side, *left)) if here.side and _sided(exercise) else _sides(exercise, manner)
    own = exercise.prescription
    dose = with_sets(own, min(sets_of(own), sets_of(here.full or here.prescription)))
    fresh, before = list[Step](), here
    for side in sides:
        before = _step(here.item, Item(exercise, dose), side, before, manner)
        fresh.append(before)
    fresh[0] = _with_time_to_begin(fresh[0], manner)
    coming = next((n for n, step in enumerate(after) if step.parts), None)
    if coming is not None:
        after[coming] = _opened(after[coming]._replace(parts=after[coming].parts[1:]), before, manner)
    return _lay((*steps[: number + 1], *fresh, *after), manner)


def cut(timeline: Timeline, sets: Mapping[int, int], running: int | None = None) -> Timeline:
    """Leave that many sets of these steps, or rounds, which keep their numbers and what was planned; with 0 no parts.

    What comes after a gap is got into anew, and a changed dose is announced anew, but for the `running` step.
    """
    steps: list[Step] = []
    before: Step | None = None
    gap = False
    for number, step in enumerate(timeline.steps):
        kept = _with_sets(step, sets[number], timeline.manner) if number in sets else step
        gap = gap or number in sets
        if kept.parts and gap and number != running:
            kept = _opened(kept._replace(parts=kept.parts[1:]), before, timeline.manner)
        if kept.parts:
            before, gap = kept, False
        steps.append(kept)
    return _lay(steps, timeline.manner)


def fitting(
    timeline: Timeline, at: int, remaining_ms: int, minutes: int, worth: Mapping[str, float]
) -> Mapping[int, int]:
    """Return the sets that are left of steps so that what remains from the segment `at` on takes `minutes` at most.

    First everything has one set, then one more, and so on, as far as there is time: both sides or none, what was begun
    first, then by worth, by the ids of exercises. The running set stays.
    """
    here = timeline.segments[at].step
    whole = {
        number: most_sets(step)
        for number, step in enumerate(timeline.steps)
        if number >= here and _intact(step, timeline.manner)
    }
    least = dict.fromkeys(whole, 0) | ({here: _least_sets(timeline, at)} if here in whole else {})
    items: dict[int, list[int]] = {}
    for number in whole:
        items.setdefault(timeline.steps[number].item, []).append(number)
    own = timeline.steps[here].item
    ranked = sorted(items, key=lambda item: (item != own, -worth.get(timeline.steps[items[item][0]].exercise.id, 0)))
    sets, reached = least, dict.fromkeys(items, 0)
    for count in range(1, max(whole.values(), default=0) + 1):
        for item in (each for each in ranked if reached[each] == count - 1):
            more = sets | {number: max(least[number], min(count, whole[number])) for number in items[item]}
            line = cut(timeline, more, here)
            if line.total_ms - line.segments[at].end_ms + remaining_ms <= 60_000 * minutes:
                sets, reached[item] = more, count
    return {number: count for number, count in sets.items() if count != sets_now(timeline.steps[number])}


def most_sets(step: Step) -> int:
    """Return the sets of a step as it was planned, however little time there was since."""
    return sets_of(step.full or step.prescription)


def sets_now(step: Step) -> int:
    return sets_of(step.prescription) if step.parts else 0


def _intact(step: Step, manner: Manner) -> bool:
    """Whether a step was not shortened or left out because it hurt."""
    return not step.eased and (not step.parts or step.parts[1:] == _parts(step.exercise, step.prescription, manner))


def _least_sets(timeline: Timeline, at: int) -> int:
    """Return the sets of the running step up to the running one."""
    step = timeline.steps[timeline.segments[at].step]
    some = (with_sets(step.prescription, count) for count in range(1, sets_now(step)))
    begun = (sets_of(each) for each in some if 1 + len(_parts(step.exercise, each, timeline.manner)) > at - step.first)
    return next(begun, sets_now(step))


def _with_sets(step: Step, count: int, manner: Manner) -> Step:
    full = step.full or step.prescription
    if not count:
        return step._replace(prescription=full, parts=(), guide=(), full=full)
    some = with_sets(full, count)
    opening = step.parts[:1] or (Part(Phase.READY, 0, ""),)
    return step._replace(prescription=some, parts=(*opening, *_parts(step.exercise, some, manner)), full=full)


def shorter(timeline: Timeline, at: int, remaining_ms: int) -> tuple[Timeline, int]:
    """Halve what remains of the exercise of the segment `at`; return also the time that then remains of the segment."""
    manner = timeline.manner
    number = timeline.segments[at].step
    step, *after = timeline.steps[number:]
    here = at - step.first
    kept = _half((step.parts[here]._replace(length_ms=remaining_ms), *step.parts[here + 1 :]), manner)
    fresh = step._replace(parts=(*step.parts[: here + 1], *kept[1:]))
    others = _others_halved(step, after, manner)
    return _lay((*timeline.steps[:number], fresh, *others), manner), kept[0].length_ms


def halved(timeline: Timeline, number: int) -> Timeline:
    """Halve what comes of an exercise after a step of it, as `shorter` does."""
    step, *after = timeline.steps[number:]
    others = _others_halved(step, after, timeline.manner)
    return _lay((*timeline.steps[: number + 1], *others), timeline.manner)


def _others_halved(step: Step, after: Iterable[Step], manner: Manner) -> Iterable[Step]:
    return (
        other._replace(parts=(other.parts[0], *_half(other.parts[1:], manner)))
        if other.parts and (other.item, other.exercise.id) == (step.item, step.exercise.id)
        else other
        for other in after
    )


def adjusted(timeline: Timeline, number: int, part: int, ms: int) -> Timeline:
    """Give a part of a step another length, of a second at least."""
    step = timeline.steps[number]
    parts = list(step.parts)
    parts[part] = parts[part]._replace(length_ms=max(1000, ms))
    fresh = step._replace(parts=tuple(parts))
    return _lay((*timeline.steps[:number], fresh, *timeline.steps[number + 1 :]), timeline.manner)


def _half(ahead: Sequence[Part], manner: Manner) -> Sequence[Part]:
    """Return half of what is ahead: whole repetitions, sets or rounds, including the running one.

    If not even one fits into the half, it is the first working part alone, halved.
    """
    room_ms = _work_ms(ahead) // 2
    kept: list[Part] = []
    for _, group in groupby(ahead, key=lambda part: part.where):
        parts = list(group)
        if _work_ms(kept) + _work_ms(parts) > room_ms:
            break
        kept += parts
    while kept and kept[-1].phase is Phase.REST:
        kept.pop()
    if _work_ms(kept):
        return kept
    until = next((index for index, part in enumerate(ahead) if part.phase not in IDLE), 0)
    return [*ahead[:until], _halved(ahead[until], manner)]


def ending(timeline: Timeline, at: int, *, halved: bool = False) -> Timeline:
    """End the step of the segment `at` with that segment, or with half of it, as `shorter` does."""
    number = timeline.segments[at].step
    step = timeline.steps[number]
    here = at - step.first
    last = _halved(step.parts[here], timeline.manner) if halved else step.parts[here]
    fresh = step._replace(parts=(*step.parts[:here], last))
    return _lay((*timeline.steps[:number], fresh, *timeline.steps[number + 1 :]), timeline.manner)


def afresh(timeline: Timeline, number: int) -> Timeline:
    """Give a step a get-ready for someone who comes from the keyboard."""
    step = timeline.steps[number]
    fresh = _opened(step._replace(parts=step.parts[1:]), None, timeline.manner)
    return _lay((*timeline.steps[:number], fresh, *timeline.steps[number + 1 :]), timeline.manner)


def unit_ms(phase: Phase, manner: Manner) -> int:
    """Return what half of a part is rounded up to: a whole second, or a whole breath."""
    return manner.breath.whole_s * 1000 if manner.breath and phase is Phase.HOLD else 1000


def _halved(part: Part, manner: Manner) -> Part:
    """Return half of a part, rounded up."""
    unit = unit_ms(part.phase, manner)
    return part._replace(length_ms=min(part.length_ms, -(-part.length_ms // (2 * unit)) * unit))


# ---- how a step is made ----


def _lay(steps: Iterable[Step], manner: Manner) -> Timeline:
    """Return the timeline of these steps, one after the other."""
    segments: list[Segment] = []
    laid: list[Step] = []
    start_ms = 0
    for number, step in enumerate(steps):
        laid.append(step._replace(first=len(segments)))
        for part in step.parts:
            segments.append(Segment(start_ms, part.length_ms, part.phase, number, part.label, part.where, part.rep))
            start_ms += part.length_ms
    return Timeline(tuple(segments), tuple(laid), manner)


def _sided(exercise: Exercise) -> bool:
    return exercise.sides == "per_side"


def _sides(exercise: Exercise, manner: Manner) -> Iterable[str | None]:
    if not _sided(exercise):
        return (None,)
    return ("right", "left") if manner.stiff_side == "right" else ("left", "right")


def _step(index: int, item: Item, side: str | None, before: Step | None, manner: Manner) -> Step:
    parts = _parts(item.exercise, item.prescription, manner)
    return _opened(Step(index, *item, side, _work_ms(parts), parts), before, manner)


def _parts(exercise: Exercise, prescription: Prescription, manner: Manner) -> tuple[Part, ...]:
    own = _SAID | dict(zip(CIRCLES, (f"circle {way}" for way in exercise.ways), strict=False))
    return tuple(
        Part(beat.phase, beat.seconds * 1000, own.get(beat.label, beat.label), beat.where, beat.rep)
        for beat in in_breaths(prescription, manner).beats()
        if beat.seconds
    )


def _opened(step: Step, before: Step | None, manner: Manner) -> Step:
    """Return a step with its opening: the get-ready, or the switch to the other side of the same exercise."""
    exercise, last = step.exercise, before.exercise if before else None
    if before and (before.item, before.exercise.id) == (step.item, exercise.id):
        switch_ms = 1000 * changing_sides_s(exercise, manner)
        change = _change(switch_kind(exercise), exercise, switch_ms, manner)
        opening = Part(Phase.SWITCH, switch_ms, "switch sides")
        return step._replace(parts=(opening, *step.parts), guide=(), change=change)
    position = into(last, exercise)
    ready_ms = 1000 * getting_ready_s(last, exercise, manner, step.side)
    said: tuple[Said, ...] = ()
    if explained(exercise, manner):
        dose = dose_in_words(exercise, in_breaths(step.prescription, manner), manner)
        said = guide(exercise, step.side, position, manner, dose=dose, ready_ms=ready_ms)
    change = _change(kind_of(last.position if last else START, exercise.position), exercise, ready_ms, manner)
    opening = Part(Phase.READY, ready_ms, "get ready", position)
    return step._replace(parts=(opening, *step.parts), guide=said, change=change)


def _with_time_to_begin(step: Step, manner: Manner) -> Step:
    """Return a step with the get-ready that any beginning has: nobody expected it, or has at hand what it needs."""
    opening, *parts = step.parts
    least_ms = round(1000 * (FIRST_S + step.exercise.setup_s) * manner.ready_factor)
    more_ms = max(0, least_ms - opening.length_ms)
    change = step.change and step.change._replace(waits_ms=step.change.waits_ms + more_ms)
    return step._replace(parts=(opening._replace(length_ms=opening.length_ms + more_ms), *parts), change=change)


def _change(kind: str, exercise: Exercise, opening_ms: int, manner: Manner) -> Change:
    ms, usual_ms, setup_ms = (
        round(1000 * seconds * manner.ready_factor)
        for seconds in (seconds_of(kind, manner.changes), seconds_of(kind, USUAL), exercise.setup_s)
    )
    return Change(kind, ms, usual_ms, max(0, opening_ms - ms - setup_ms))


def _work_ms(parts: Iterable[Part]) -> int:
    return sum(part.length_ms for part in parts if part.phase not in IDLE)
