"""The figures agree with the mechanics of their exercises: the degrees of hips and knees, and what the tags say."""

from collections.abc import Callable, Iterator

from hiproutine.catalogue.model import Catalogue
from hiproutine.figure.contacts import FLOOR
from hiproutine.figure.joints import INDEX, Angle
from hiproutine.figure.model import Figure
from hiproutine.figure.skeleton import Body, Pose, length, minus, stand
from tests.figure.test_figure import POSITIONS, drafts, every, figures, keys_of, low

WITHIN = 15
"""Degrees: those of the mechanics are estimates, about 10 either way."""

# How many degrees a pose asks of a hip or knee, by the field of the mechanics.
DEGREES: dict[str, Callable[[Pose, str], float]] = {
    "hip_flexion_max": lambda pose, side: angle(pose, f"{side}.hip"),
    "hip_extension": lambda pose, side: -angle(pose, f"{side}.hip"),
    "hip_abduction": lambda pose, side: angle(pose, f"{side}.hip", 1),
    "hip_rotation_out": lambda pose, side: angle(pose, f"{side}.hip", 2),
    "hip_rotation_in": lambda pose, side: -angle(pose, f"{side}.hip", 2),
    "knee_flexion_max": lambda pose, side: angle(pose, f"{side}.knee"),
}
_ACROSS = "the shin lies across: counted about the thigh, after flexion and abduction, all of that is rotation"
_SIDEWAYS = "the knees are wide in a bent hip: counted after flexion, all of that is abduction"
_TUCKED = "drawn as the set-up corrects it, with the tail tucked; the tag warns of a fault"
_HALFWAY = "drawn as the set-up says: the trunk half-way to level, and turned back to level only"
_MODERATE = "drawn at the depth to begin with; the mechanics are those of the deepest that somebody may go"
# Where a figure and the mechanics differ, and why.
DIFFERS: dict[tuple[str, str], str] = {
    ("supine-figure-four", "hip_rotation_out"): _ACROSS,
    ("figure-four-contract-relax", "hip_rotation_out"): _ACROSS,
    ("seated-figure-four", "hip_rotation_out"): _ACROSS,
    ("elevated-pigeon", "hip_rotation_out"): _ACROSS,
    ("pigeon-floor", "hip_rotation_out"): _ACROSS,
    ("pigeon-floor", "lumbar_extension_end"): _TUCKED,
    ("couch-stretch", "lumbar_extension_end"): _TUCKED,
    ("frog-rock", "hip_rotation_out"): _SIDEWAYS,
    ("ninety-ninety-supported", "hip_abduction"): _SIDEWAYS,
    ("ninety-front-pails-rails", "hip_abduction"): _SIDEWAYS,
    ("ninety-trail-pails-rails", "hip_abduction"): _SIDEWAYS,
    ("ninety-trail-pails-rails", "hip_rotation_out"): _ACROSS,
    ("trail-leg-lift-off", "hip_abduction"): _SIDEWAYS,
    ("trail-leg-lift-off", "hip_rotation_out"): _ACROSS,
    ("ninety-ninety-switch", "hip_abduction"): _SIDEWAYS,
    ("hip-airplane", "hip_rotation_in"): _HALFWAY,
    ("hip-airplane", "crosses_midline"): _HALFWAY,
    ("hip-airplane", "head_down"): _HALFWAY,
    ("split-squat-assisted", "hip_flexion_max"): _MODERATE,
    ("split-squat-assisted", "knee_flexion_max"): _MODERATE,
    ("split-squat-assisted", "knee_near_floor"): _MODERATE,
}


def angle(pose: Pose, joint: str, number: int = 0) -> float:
    return pose.angles[INDEX[Angle(joint, number)]]


def ends(figure: Figure) -> Iterator[tuple[Pose, Body]]:
    """The key frames."""
    for pose in figure.key_poses:
        yield pose, stand(figure.face, pose)


def ever(found: Callable[[Pose, Body, str], bool]) -> Callable[[Figure], bool]:
    """Whether something holds in some key frame, of one side or the other."""
    return lambda figure: any(found(pose, body, side) for pose, body in ends(figure) for side in "lr")


def spine(number: int, lowest: float) -> Callable[[Figure], bool]:
    """Whether the spine bends that way by so many degrees or more, wherever it began."""

    def found(figure: Figure) -> bool:
        ways = [angle(pose, "spine", number) for pose, _ in ends(figure)]
        return max(ways) - min(0.0, *ways) >= lowest if number == 0 else max(map(abs, ways)) >= lowest

    return found


def turns(figure: Figure) -> bool:
    """Whether the trunk turns: in itself, or the whole body on its way."""
    ways = [angle(pose, "body", 2) for pose, _ in ends(figure)]
    return spine(2, 8)(figure) or max(ways) - min(ways) >= 8


def always(position: str) -> Callable[[Figure], bool]:
    return lambda figure: all(POSITIONS[position](body) for _, body in ends(figure))


def leans_on(points: tuple[str, ...], things: tuple[str, ...]) -> Callable[[Figure], bool]:
    """Whether one of these points rests on one of these things in some key frame."""
    return lambda figure: any(
        each.point in points and each.kind in ("on", "at") and each.others[0] in things
        for key in keys_of(drafts()[figure.id])
        for each in key
    )


_FEET = ("l.heel", "l.toe", "r.heel", "r.toe")


def on_one_foot(figure: Figure) -> bool:
    """Whether in some key frame one foot is down and the other is not."""
    for key in keys_of(drafts()[figure.id]):
        down = {each.point[0] for each in key if each.point in _FEET and each.others[0] in (FLOOR, "step")}
        if len(down) == 1:
            return True
    return False


def apart(body: Body, name: str) -> float:
    return length(minus(body.points[f"l.{name}"], body.points[f"r.{name}"]))


# What a tag says of the pose. Those that are of effort, dose or harm alone are not among them.
TAGS: dict[str, Callable[[Figure], bool]] = {
    "hands_loaded": leans_on(("l.hand", "r.hand"), (FLOOR, "chair", "chair-back", "bench", "table", "wall", "step")),
    "forearm_loaded": leans_on(("l.elbow", "r.elbow"), (FLOOR,)),
    "knee_loaded_kneeling": ever(lambda p, b, s: low(b, f"{s}.knee") < 0.01 and angle(p, f"{s}.knee") > 40),
    "knee_side_on_floor": ever(lambda _, b, s: low(b, f"{s}.knee") < 0.01),
    "knee_near_floor": ever(lambda _, b, s: low(b, f"{s}.knee") < 0.16),
    "single_leg_stance": on_one_foot,
    "split_stance": ever(lambda _, b, __: apart(b, "ankle") > 0.24),
    "wide_stance": ever(lambda _, b, __: max(apart(b, "knee"), apart(b, "ankle")) > 0.55),
    "narrow_base": lambda figure: sum(point in ("l.hip", "r.hip") for point, _ in figure.contacts) == 1,
    "on_a_step": leans_on(_FEET, ("step",)),
    "deep_low": ever(lambda _, b, __: b.points["pelvis"][1] < 0.5),
    "crosses_midline": ever(lambda p, _, s: angle(p, f"{s}.hip", 1) < -6),
    "knee_torsion": ever(lambda p, _, s: angle(p, f"{s}.knee") > 60 and abs(angle(p, f"{s}.hip", 2)) > 25),
    "strong_band": lambda figure: bool(figure.straps),
    "pressure": lambda figure: any(block.form != "box" for block in figure.blocks),
    "lumbar_flexion_end": spine(0, 12),
    "lumbar_flexion_repeated": spine(0, 15),
    "lumbar_extension_end": lambda figure: min(angle(pose, "spine") for pose, _ in ends(figure)) < -15,
    "lumbar_rotation": turns,
    "lumbar_side_bend": spine(1, 8),
    "trunk_tipped_forward": ever(lambda _, b, __: b.frames["thorax"][0][1] > 0.5),
    "long_lever": ever(lambda p, _, s: angle(p, f"{s}.knee") < 20),
    "extends_to_neutral": ever(lambda p, _, s: angle(p, f"{s}.hip") < 15),
    "ankle_end_range": ever(lambda p, _, s: angle(p, f"{s}.ankle") > 18),
    "heel_lifted": ever(lambda _, b, s: low(b, f"{s}.toe") < 0.02 and low(b, f"{s}.heel") > 0.04),
    "lying_flat": always("supine"),
    "lying_prone": always("prone"),
    "lying_on_side": always("side-lying"),
    "head_down": ever(lambda _, b, __: b.points["head"][1] < b.points["pelvis"][1] + 0.02),
}
# Tags that no exercise in these positions may lack where its figure shows it.
SHOWN = {
    "single_leg_stance": ("standing",),
    "knee_loaded_kneeling": ("quadruped", "half-kneeling"),
    "lying_prone": ("prone",),
    "on_a_step": ("standing",),
}


def disagreements(figure: Figure, catalogue: Catalogue) -> Iterator[str]:
    """The fields and tags of the mechanics that the figure does not agree with."""
    exercise = catalogue.exercises[figure.id]
    mech = exercise.mech
    assert mech, "a shipped exercise has its mechanics"
    for field, degrees in DEGREES.items():
        most = max(0.0, *(degrees(pose, side) for pose in figure.key_poses for side in "lr"))
        if abs(most - getattr(mech, field)) > WITHIN:
            yield field
    for tag, holds in TAGS.items():
        if tag in mech.tags and not holds(figure):
            yield tag
        if tag not in mech.tags and exercise.position in SHOWN.get(tag, ()) and holds(figure):
            yield tag


@every
def test_the_figure_agrees_with_the_mechanics(figure: Figure, catalogue: Catalogue) -> None:
    named = {word for name, word in DIFFERS if name == figure.id}
    assert set(disagreements(figure, catalogue)) == named


def test_differences_are_of_figures_that_there_are() -> None:
    assert {name for name, _ in DIFFERS} <= {figure.id for figure in figures()}
