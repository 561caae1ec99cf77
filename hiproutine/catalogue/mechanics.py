"""The mechanics of an exercise: joint angles, effort and load in closed words, for the rules of safety to read.

Degrees are the most that the set-up asks of either hip or knee, and estimates (our choice, about 10 either way). What
the words mean is said here once; which condition minds which of them is for the rules.
"""

from typing import NamedTuple

DEGREES = {
    "hip_flexion_max": 150,
    "hip_extension": 45,
    "hip_abduction": 90,
    "hip_rotation_out": 90,
    "hip_rotation_in": 90,
    "knee_flexion_max": 160,
}
"""The most degrees of each joint angle; `hip_extension` and the two rotations count past neutral only."""

EFFORTS = {
    "light": "up to about 30 % of full effort",
    "middle": "about 30 to 60 % of full effort",
    "hard": "more than that, or body weight on a long lever",
}
"""Degrees of effort, the lightest first."""

IMPACTS = {"none": "no jump and no landing"}

GROUPS = {
    "hip-flexor": "hip flexors",
    "quad": "front of the thigh",
    "glute": "buttock",
    "hamstring": "back of the thigh",
    "adductor": "inner thigh",
    "abductor": "outside of the hip",
    "calf": "calf",
    "trunk": "trunk",
}
"""Muscle groups that are lengthened or loaded."""

TAGS = {
    "end_range": "reaches the end of a hip's range, held or repeated",
    "isometric": "an effort is held still for about 3 s or more in each repetition or hold",
    "hands_loaded": "weight goes through the hands",
    "forearm_loaded": "weight goes through a forearm and its shoulder",
    "knee_loaded_kneeling": "weight on a bent knee on the floor",
    "knee_side_on_floor": "the side of a knee carries some weight",
    "knee_near_floor": "the knee comes close to the floor and may touch it",
    "single_leg_stance": "stands on one leg at some moment, hold allowed",
    "split_stance": "weight on legs set one before or beside the other, unevenly",
    "unsupported_balance": "steadiness is needed and the set-up has no hold",
    "narrow_base": "sits on one buttock or a seat's edge, could slide off",
    "on_a_step": "stands on something one can fall from",
    "deep_low": "a low position that is hard to get out of",
    "wide_stance": "legs far apart",
    "one_leg_moves": "one leg moves or works while the pelvis must stay level",
    "crosses_midline": "a thigh goes past the middle, or the pelvis drops toward it",
    "knee_torsion": "the bent knee takes a twist from the hip above",
    "strong_band": "a strong band pulls on a joint",
    "pressure": "a ball or roller presses on tissue",
    "lumbar_flexion_end": "the low back is rounded toward its end",
    "lumbar_flexion_repeated": "the low back rounds again and again in mid range",
    "lumbar_extension_end": "the low back is hollowed toward its end",
    "lumbar_rotation": "the low back or trunk turns",
    "lumbar_side_bend": "the trunk bends sideways",
    "trunk_tipped_forward": "the trunk leans forward standing, held by the back muscles",
    "long_lever": "a straight leg or the whole body is the lever on the trunk",
    "extends_to_neutral": "the hip is pushed to straight, and may go past it when done carelessly",
    "nerve_glide": "a nerve is moved to and fro",
    "nerve_tension": "the position pulls on the sciatic nerve",
    "ankle_end_range": "the ankle is bent toward its end under weight",
    "heel_lifted": "stands on the ball of a foot",
    "lying_flat": "on the back, flat",
    "lying_prone": "on the front",
    "lying_on_side": "on the side, weight on the lower hip",
    "head_down": "the head is at or below the hips for more than a moment",
}
"""Further effects and demands of an exercise, each word with its meaning."""


class Mechanics(NamedTuple):
    """The effect of an exercise on the joints, and its demands on the body."""

    hip_flexion_max: int
    hip_extension: int
    hip_abduction: int
    hip_rotation_out: int
    hip_rotation_in: int
    knee_flexion_max: int
    effort: str
    """A word of EFFORTS."""
    impact: str = "none"
    """A word of IMPACTS."""
    lengthens: tuple[str, ...] = ()
    """Words of GROUPS that are stretched toward their end."""
    loads: tuple[str, ...] = ()
    """Words of GROUPS that work against a load, which may be the limb's own weight."""
    tags: tuple[str, ...] = ()
    """Words of TAGS."""
