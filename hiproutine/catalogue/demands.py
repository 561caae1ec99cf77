"""The demands of an exercise on the body: its mechanics, position and dose, as the rules of the screening read them."""

from typing import NamedTuple

from hiproutine.catalogue import loads
from hiproutine.catalogue.mechanics import EFFORTS, Mechanics
from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.prescription import ContractRelax, Hold, PailsRails, load_of

LIGHT, MIDDLE, HARD = range(len(EFFORTS))
_EFFORT = {word: number for number, word in enumerate(EFFORTS)}


class Demands(NamedTuple):
    """The demands of an exercise on the body, as the rules read them; none where its mechanics are not known."""

    position: str
    level: int
    areas: frozenset[str]
    tags: frozenset[str]
    lengthens: frozenset[str]
    loads: frozenset[str]
    flexion: int
    extension: int
    abduction: int
    turn_out: int
    turn_in: int
    knee: int
    """Degrees: the first five of the hip, the last of the knee."""
    effort: int
    """LIGHT, MIDDLE or HARD."""
    hold: bool
    repeated: bool
    pails_rails: bool
    held_end: bool
    """Whether the end of the range is held."""
    weight: bool

    def has(self, *tags: str) -> bool:
        """Return whether any of these tags is there."""
        return not self.tags.isdisjoint(tags)


_NOTHING = Mechanics(0, 0, 0, 0, 0, 0, next(iter(EFFORTS)))


def demands(exercise: Exercise) -> Demands:
    mech, dose = exercise.mech or _NOTHING, exercise.prescription
    return Demands(
        position=exercise.position,
        level=exercise.level,
        areas=frozenset(exercise.areas),
        tags=frozenset(mech.tags),
        lengthens=frozenset(mech.lengthens),
        loads=frozenset(mech.loads),
        flexion=mech.hip_flexion_max,
        extension=mech.hip_extension,
        abduction=mech.hip_abduction,
        turn_out=mech.hip_rotation_out,
        turn_in=mech.hip_rotation_in,
        knee=mech.knee_flexion_max,
        effort=_EFFORT[mech.effort],
        hold=isinstance(dose, Hold),
        repeated=not isinstance(dose, Hold | ContractRelax | PailsRails),
        pails_rails=isinstance(dose, PailsRails),
        held_end="end_range" in mech.tags and isinstance(dose, Hold | ContractRelax | PailsRails),
        weight=_weighs(exercise),
    )


def _weighs(exercise: Exercise) -> bool:
    """Return whether a weight is held: one that the exercise needs, or one that the dose adds."""
    load = load_of(exercise.prescription)
    return any("weight" in need for need in exercise.equipment) or (
        load is not None and loads.kind_of(load) == loads.KG
    )
