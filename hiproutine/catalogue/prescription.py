"""Prescriptions: how much of an exercise, in one of six kinds, for one side. Seconds are whole, efforts are per cent.

The kinds and their default doses come from the sources of data/sources.yaml; an effort pair is (start, ceiling).
"""

from functools import cache
from typing import NamedTuple, TypeVar

T = TypeVar("T", bound=tuple[object, ...])
Effort = tuple[int, int]


REST = "rest"
"""The word of a tempo that is a rest: nothing is worked in it."""


def _kind(made: type[T]) -> type[T]:
    """A kind whose values equal those of no other kind, even where the numbers are the same.

    A tuple compares numbers alone. Frozen dataclasses would say the same, and their import would double that of `list`.
    """
    equal, differs = made.__eq__, made.__ne__
    setattr(made, "__eq__", lambda one, other: type(one) is type(other) and equal(one, other))  # noqa: B010
    setattr(made, "__ne__", lambda one, other: type(one) is not type(other) or differs(one, other))  # noqa: B010
    return made


@_kind
class Hold(NamedTuple):
    """Stay in the position: `sets` times `hold_s`, with `rest_s` between (E1, E2)."""

    sets: int
    hold_s: int
    rest_s: int


@_kind
class Reps(NamedTuple):
    """Repetitions whose parts are timed: `tempo` is ((what to do, seconds), ...) of one repetition (E10, E13)."""

    sets: int
    reps: int
    tempo: tuple[tuple[str, int], ...]
    rest_s: int
    effort_pct: Effort | None = None


@_kind
class ContractRelax(NamedTuple):
    """Stretch, then rounds of contracting, letting go and going deeper (E5, E6)."""

    settle_s: int
    rounds: int
    contract_s: int
    effort_pct: Effort
    relax_s: int
    deepen_s: int


@_kind
class PailsRails(NamedTuple):
    """A long stretch, pushing against it with a slow ramp, pulling deeper, settling (E8)."""

    rounds: int
    passive_s: int
    passive_next_s: int
    ramp_s: int
    pails_s: int
    pails_effort_pct: Effort
    rails_s: int
    rails_effort_pct: Effort
    settle_s: int


@_kind
class Cars(NamedTuple):
    """Controlled circles of a joint, one way and then the other (E9)."""

    sets: int
    reps_per_direction: int
    seconds_per_rep: int
    tension_pct: Effort


@_kind
class TimedFlow(NamedTuple):
    """Keep moving: `sets` times `work_s`, with `rest_s` between."""

    sets: int
    work_s: int
    rest_s: int


Prescription = Hold | Reps | ContractRelax | PailsRails | Cars | TimedFlow

KINDS: "dict[str, type[Prescription]]" = {
    "hold": Hold,
    "reps": Reps,
    "contract_relax": ContractRelax,
    "pails_rails": PailsRails,
    "cars": Cars,
    "timed_flow": TimedFlow,
}


def kind_of(prescription: Prescription) -> str:
    return next(kind for kind, made in KINDS.items() if type(prescription) is made)


def effort(prescription: Prescription) -> Effort | None:
    """How hard to work, if the prescription says: (start, ceiling) in per cent of full effort."""
    match prescription:
        case Reps() | ContractRelax():
            return prescription.effort_pct
        case PailsRails():
            return prescription.pails_effort_pct
        case Cars():
            return prescription.tension_pct
        case _:
            return None


class Length(NamedTuple):
    """Seconds of one side: the whole of it, and what of that is exercise, not rest."""

    whole_s: int
    work_s: int


# A plan of thousands of exercises asks for the same few doses again and again.
@cache
def length(prescription: Prescription) -> Length:
    """How long one side lasts, without getting ready for it."""
    match prescription:
        case Hold(sets, set_s, rest_s) | TimedFlow(sets, set_s, rest_s):
            return Length(sets * set_s + (sets - 1) * rest_s, sets * set_s)
        case Reps(sets, reps, tempo, rest_s, _):
            work_s = sum(beat_s for label, beat_s in tempo if label != REST)
            whole_s = sum(beat_s for _, beat_s in tempo)
            return Length(sets * reps * whole_s + (sets - 1) * rest_s, sets * reps * work_s)
        case Cars(sets, per_direction, per_rep_s, _):
            whole_s = sets * per_direction * 2 * per_rep_s
        case ContractRelax(settle_s, rounds, contract_s, _, relax_s, deepen_s):
            whole_s = settle_s + rounds * (contract_s + relax_s + deepen_s)
        case PailsRails(rounds, passive_s, passive_next_s, ramp_s, pails_s, _, rails_s, _, settle_s):
            whole_s = passive_s + (rounds - 1) * passive_next_s + rounds * (ramp_s + pails_s + rails_s + settle_s)
    return Length(whole_s, whole_s)


def sets_of(prescription: Prescription) -> int:
    """How many sets, or rounds where those are counted."""
    return prescription.rounds if isinstance(prescription, ContractRelax | PailsRails) else prescription.sets


def with_sets(prescription: Prescription, count: int) -> Prescription:
    """The same with that many sets or rounds."""
    if isinstance(prescription, ContractRelax | PailsRails):
        return prescription._replace(rounds=count)
    return prescription._replace(sets=count)


def seconds(count: int) -> str:
    """`45 s`, `2 min` or `1:30 min`."""
    minutes, rest = divmod(count, 60)
    if not minutes:
        return f"{count} s"
    return f"{minutes}:{rest:02} min" if rest else f"{minutes} min"
