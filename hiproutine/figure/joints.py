"""The joints of the body, in the words of anatomy: which ways each one bends, and how far.

Degrees. The limits are ours, and no physiotherapist has seen them: AAOS stands for the normal ranges of the American
Academy of Orthopaedic Surgeons (1965), which a stretch may exceed; where ours differ, the source says why.
"""

from typing import NamedTuple


class Direction(NamedTuple):
    """One way in which a joint moves: the word for more of it, for less of it, how far, at rest, and by whom."""

    more: str
    less: str
    lowest: float
    highest: float
    rest: float
    source: str


_TRUNK = "ours; the spine as two joints that share it; AAOS 80 bent forward, 25 back, 35 aside, 45 turned"
_NECK = "AAOS 45 bent either way, 45 aside, 60 turned; ours 10 more bent or turned, 5 less aside"
_FREE = "not a joint: how the whole body stands in space"

JOINTS: dict[str, tuple[Direction, ...]] = {
    "body": (
        Direction("leaning forward", "leaning back", -200, 200, 0, _FREE),
        Direction("tilted to the right", "tilted to the left", -200, 200, 0, _FREE),
        Direction("turned to the right", "turned to the left", -200, 200, 0, _FREE),
    ),
    "spine": (
        Direction("flexion", "extension", -30, 60, 0, _TRUNK),
        Direction("bend to the right", "bend to the left", -35, 35, 0, _TRUNK),
        Direction("turn to the right", "turn to the left", -45, 45, 0, _TRUNK),
    ),
    "neck": (
        Direction("flexion", "extension", -55, 55, 0, _NECK),
        Direction("bend to the right", "bend to the left", -40, 40, 0, _NECK),
        Direction("turn to the right", "turn to the left", -70, 70, 0, _NECK),
    ),
    "hip": (
        Direction("flexion", "extension", -30, 130, 0, "AAOS 120 and 30; 130 with the thigh held on the belly"),
        Direction(
            "abduction", "adduction", -35, 75, 2, "AAOS 45 and 30; at 90 degrees of flexion, as in the frog, more"
        ),
        Direction("external rotation", "internal rotation", -50, 75, 0, "AAOS 45 and 45; sitting cross-legged, more"),
    ),
    "knee": (
        Direction("flexion", "extension", 0, 152, 3, "AAOS 135; 152 kneeling on the heels or with the heel held"),
    ),
    "ankle": (
        Direction(
            "dorsiflexion", "plantar flexion", -60, 32, 0, "AAOS 20 and 50; 32 under load, 60 with the foot's own"
        ),
    ),
    "foot": (
        Direction("turned out", "turned in", -30, 35, 0, "ours: the foot's own abduction with the shin's rotation"),
    ),
    "shoulder": (
        Direction("flexion", "extension", -60, 178, 0, "AAOS 180 and 60"),
        Direction("abduction", "adduction", -40, 130, 8, "AAOS 180; ours less, since higher is flexion here"),
        Direction(
            "external rotation", "internal rotation", -90, 90, 0, "AAOS 90 and 70; ours 90, with the shoulder blade"
        ),
    ),
    "elbow": (Direction("flexion", "extension", 0, 148, 8, "AAOS 150"),),
    "wrist": (Direction("extension", "flexion", -60, 85, 0, "AAOS 70 and 80; 85 in a hand that is leant on"),),
}
CENTRAL = ("body", "spine", "neck")
SIDED = tuple(name for name in JOINTS if name not in CENTRAL)
PAIRED = {{"foot": "feet"}.get(name, f"{name}s"): name for name in SIDED}
"""The words for a joint of both sides at once."""


class Angle(NamedTuple):
    """One number of a pose: `l.hip`, its first direction."""

    joint: str
    number: int

    @property
    def direction(self) -> Direction:
        return JOINTS[self.joint.rpartition(".")[2]][self.number]


def _angles(joint: str) -> "list[Angle]":
    return [Angle(joint, number) for number in range(len(JOINTS[joint.rpartition(".")[2]]))]


ANGLES = tuple(
    angle for joint in (*CENTRAL, *(f"{side}.{name}" for side in "lr" for name in SIDED)) for angle in _angles(joint)
)
INDEX = {angle: index for index, angle in enumerate(ANGLES)}
REST = tuple(angle.direction.rest for angle in ANGLES)
LOWEST = tuple(angle.direction.lowest for angle in ANGLES)
HIGHEST = tuple(angle.direction.highest for angle in ANGLES)
LEFT, RIGHT = INDEX[Angle("l.hip", 0)], INDEX[Angle("r.hip", 0)]
"""Index of each side's first angle; those before belong to the trunk."""
TURNED_BY_A_MIRROR = tuple(INDEX[angle] for angle in ANGLES[:LEFT] if angle.number)
