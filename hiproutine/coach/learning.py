"""Lessons from the history: how long changes of position take, and which exercises are omitted. Pure."""

from collections.abc import Iterator
from datetime import date, timedelta

from hiproutine.coach.transitions import USUAL
from hiproutine.history.past import Past
from hiproutine.history.records import SessionRecord, StepRecord
from hiproutine.settings.model import Changes

WITHIN = timedelta(weeks=4)
TIMES = 2
"""Sessions in WITHIN that leave an exercise out before it is asked about; both are our choice."""

FEWEST, LAST = 3, 12
"""Timed changes of a kind that must be known, and of these the last that count; our choice, as are the bounds."""
LEAST, MOST = 0.5, 3.0
"""Bounds of what is learned, as factors of the usual time."""
_KINDS = {
    "same": "in the same position",
    "near": "turning over",
    "kneel": "kneeling down or getting up",
    "lie": "lying down or getting up",
    "places": "changing legs on one's knees",
    "turn": "turning round on the floor",
}


def changes(past: Past, day: date, after: str | None = None) -> Changes:
    """Return the seconds that changes of position take this person, by the sessions before a day.

    For each kind: the usual time x the median of (took ÷ usual) of its last changes, within the bounds. Sessions up to
    the day `after`, such as 2026-11-28, are forgotten.
    """
    ratios: dict[str, list[float]] = {}
    for session in past.of(SessionRecord):
        if session.day < day and (after is None or session.day.isoformat() > after):
            for timed in (step.change for step in session.steps):
                if timed and timed.usual_ms:
                    ratios.setdefault(timed.kind, []).append(timed.took_ms / timed.usual_ms)
    usual = USUAL._asdict()
    return Changes(
        **{
            kind: round(seconds * min(MOST, max(LEAST, _median(ratios[kind][-LAST:]))))
            for kind, seconds in usual.items()
            if len(ratios.get(kind, ())) >= FEWEST
        }
    )


def changes_words(learned: Changes) -> str:
    """Return what was learned, such as `turning over 11 s instead of 8`; empty if that is nothing."""
    pairs = zip(_KINDS.values(), learned, USUAL, strict=True)
    return ", ".join(f"{kind} {now} s instead of {usual}" for kind, now, usual in pairs if now != usual)


def _median(values: list[float]) -> float:
    ordered, middle = sorted(values), len(values) // 2
    return (ordered[middle] + ordered[~middle]) / 2


def skipped(past: Past, day: date) -> Iterator[str]:
    """Yield the exercises to ask about on a day: omitted TIMES in WITHIN, the last time in the last session.

    So each is asked about from that session to the next one, and not again for the same sessions.
    """
    sessions = [each for each in past.of(SessionRecord) if each.counts and day - WITHIN <= each.day < day]
    if not sessions:
        return
    times: dict[str, int] = {}
    for session in sessions:
        for name in left_out(session):
            times[name] = times.get(name, 0) + 1
    for name in left_out(sessions[-1]):
        if times[name] == TIMES:
            yield name


def left_out(session: SessionRecord) -> list[str]:
    """Return the exercises that were dropped or swapped out before a session, or passed over in it."""
    held = {step.exercise for step in session.steps if step.held_ms}
    names = dict.fromkeys((*session.opening.left_out, *passed_over(session.steps)))
    return [name for name in names if name not in held]


def passed_over(steps: tuple[StepRecord, ...]) -> list[str]:
    """Return the exercises of which nothing was done, though something after them was; a session may end early."""
    done = [number for number, step in enumerate(steps) if step.held_ms]
    last = max(done, default=0)
    held = {steps[number].exercise for number in done}
    missed = (step.exercise for step in steps[:last] if step.end == "skipped")
    return [name for name in dict.fromkeys(missed) if name not in held]
