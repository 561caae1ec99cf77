"""The closed vocabularies of the catalogue: the word that files use, and its label for people.

A category or an area is one entry here, with everything that the coach knows about it.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class Repeat(NamedTuple):
    """Limits of hard work: days per week, and days between; two days are 48 h."""

    label: str
    days: int
    apart: int


class Stage(StrEnum):
    """The stages of a session, in order."""

    WARM = "warm"
    MOBILISE = "mobilise"
    STRENGTHEN = "strengthen"
    STRETCH = "stretch"
    SETTLE = "settle"


class PainLimits(NamedTuple):
    """The traffic light of a pain score from 0 to 10: green up to one score, amber up to the other, red above (E18)."""

    green: int
    amber: int


class Category(NamedTuple):
    """A category of exercises, and the coach's rules for it."""

    label: str
    stage: Stage
    """Its stage in a session."""
    pain: PainLimits
    self_check: str = ""
    """Why a self-check prefers it, as a reason of the plan."""
    held_stage: Stage | None = None
    """Its stage if it is a hold."""
    trains: bool = True
    """Whether it counts as dose and progresses; release work stays as it is (2.13)."""
    lengthens: bool = False
    """Whether it lengthens muscles: excluded on days of much pain, and kept for two weeks before holds get longer."""
    strengthens: bool = False
    """Whether it is strength work, whose holds are not at the end of the range."""
    mixed: bool = False
    """Whether it has its own share of the week's minutes."""
    tops: Mapping[str, int] = {}
    """The maximum repetitions and sets of its ladder; None if it has no ladder (E13)."""
    repeat: Repeat | None = None
    """Maximum frequency."""
    reps_repeat: Repeat | None = None
    """Maximum frequency with repetitions."""


STRETCH, MOBILITY, STRENGTH, RELEASE = "stretch", "mobility", "strength", "release"

CATEGORY = {
    STRETCH: Category(
        "stretch",
        Stage.STRETCH,
        PainLimits(2, 3),
        "your check: worth stretching",
        lengthens=True,
        tops={"reps": 10, "sets": 2},
        reps_repeat=Repeat("resistance stretch", 3, 2),
    ),
    MOBILITY: Category(
        "mobility", Stage.MOBILISE, PainLimits(2, 3), "your check: moving before stretching", mixed=True
    ),
    STRENGTH: Category(
        "strength",
        Stage.STRENGTHEN,
        PainLimits(2, 5),
        "your check: strength before stretching",
        strengthens=True,
        tops={"reps": 12, "sets": 3},
        repeat=Repeat("strength", 3, 2),
    ),
    RELEASE: Category("release", Stage.MOBILISE, PainLimits(2, 3), held_stage=Stage.SETTLE, trains=False),
}
SESSION, BREAK = "session", "break"
ROUTINES = {SESSION: "routine", BREAK: "micro-break"}
"""Kinds of routine: a session of its own, or a minute or two in between, at the desk."""

CATEGORIES = {word: each.label for word, each in CATEGORY.items()}


class Area(NamedTuple):
    """A part of the body that exercises work on."""

    label: str
    dosed: bool = True
    """Whether it has a weekly dose; whole-body movement is for warming up."""
    hip_flexor: bool = False
    weight: float = 1
    """Its weight for the coach unless it is asked for."""
    pain_key: str = ""
    """The key that says that it hurts there; without one, it is not asked about."""
    pain_label: str = ""
    """Its name as a place that hurts; empty for its label."""
    pain_word: str = ""
    """Its word beside that key; empty for its name as a place that hurts."""
    short: str = ""
    """Its label in a narrow column; empty for its label."""
    pain: PainLimits | None = None
    """Its traffic light in exercises that are first of all for it, where that is stricter than their category's."""
    strained_with: tuple[str, ...] = ()
    """Of a place that no exercise is for: conditions whose grades say which exercises strain it."""


AREA = {
    "front-of-hip": Area("front of hip", hip_flexor=True, pain_key="f", pain_word="front"),
    "outside-of-hip": Area("outside of hip", pain_key="o", pain_word="outside"),
    "buttock": Area("buttock", pain_key="b"),
    "inner-thigh": Area("inner thigh", pain_key="g", pain_label="groin", pain=PainLimits(2, 3)),  # E14
    "hip-joint": Area("hip joint"),
    "front-of-thigh": Area("front of thigh", hip_flexor=True),
    "back-of-thigh": Area("back of thigh", pain_key="t"),
    "low-back": Area("low back and pelvis", weight=0.3, pain_key="w", pain_word="low back", short="low back"),
    "trunk": Area("trunk"),
    "knee": Area("knee", dosed=False, pain_key="k", strained_with=("knee_flexion", "knee_kneel", "knee_twist")),
    "calf": Area("calf", weight=0.3),
    "ankle": Area("ankle", weight=0.3),
    "whole-body": Area("whole body", dosed=False),
}
AREAS = {word: each.label for word, each in AREA.items() if not each.strained_with}
"""Areas that exercises work on."""
PAIN_AREAS = {word: each.pain_label or each.label for word, each in AREA.items() if each.dosed or each.strained_with}
"""Areas that may hurt, by their names as such."""
DOSED_AREAS = {word: each.label for word, each in AREA.items() if each.dosed}
HIP_FLEXORS = frozenset(word for word, each in AREA.items() if each.hip_flexor)

NERVE = "sciatic-nerve"
"""The muscle of nerve glides, which do not progress and have their own pain limits."""
NERVE_PAIN = PainLimits(2, 2)

MUSCLES = {
    "iliopsoas": "iliopsoas (deep hip flexor)",
    "rectus-femoris": "rectus femoris",
    "quadriceps": "quadriceps",
    "tensor-fasciae-latae": "tensor fasciae latae",
    "sartorius": "sartorius",
    "gluteus-maximus": "gluteus maximus",
    "gluteus-medius": "gluteus medius and minimus",
    "deep-rotators": "piriformis and the deep outward rotators",
    "internal-rotators": "inward rotators",
    "adductors": "adductors",
    "hamstrings": "hamstrings",
    "calf": "calf (gastrocnemius)",
    "soleus": "soleus",
    "abdominals": "abdominals",
    "obliques": "obliques",
    "quadratus-lumborum": "quadratus lumborum",
    "back-extensors": "back muscles",
    "diaphragm": "diaphragm",
    NERVE: "sciatic nerve (moved, not stretched)",
    "joint": "the joint itself",
}

EQUIPMENT = {
    "mat": "mat",
    "cushion": "cushion or pad",
    "chair": "sturdy chair without wheels",
    "wall": "wall",
    "support": "post, door frame or counter",
    "bed": "firm bed or bench",
    "couch": "couch",
    "table": "table",
    "step": "low step or bench",
    "strap": "strap",
    "towel": "towel",
    "ball": "ball",
    "roller": "foam roller",
    "band": "strong loop band and a fixed anchor",
    "mini-band": "mini loop band",
    "weight": "light weight or heavy book",
}
ALWAYS_AT_HAND = frozenset({"wall"})
"""Words of EQUIPMENT that everyone has."""

LOADS = {"band": "a band", "kg": "a weight in kilograms"}
"""Loads that make an exercise harder."""


class Position(NamedTuple):
    """A position to practise in."""

    label: str
    short: str
    """The label in a narrow column."""


POSITION = {
    "standing": Position("standing", "standing"),
    "half-kneeling": Position("half-kneeling", "half-kneeling"),
    "seated-chair": Position("sitting on a chair", "on a chair"),
    "seated-floor": Position("sitting on the floor", "sitting"),
    "supine": Position("lying on the back", "on the back"),
    "prone": Position("lying on the front", "on the front"),
    "side-lying": Position("lying on the side", "on the side"),
    "quadruped": Position("on hands and knees", "on all fours"),
}
POSITIONS = {word: each.label for word, each in POSITION.items()}

SIDES = {
    "per_side": "each side",
    "both": "both sides at once",
    "alternating": "left and right in turn",
}

TESTS = {
    "hanging-leg": "hanging leg",
    "knee-lift": "seated knee lift",
    "knee-to-wall": "knee to the wall",
    "ninety": "90/90 sit",
    "chair-stand-30s": "chair stands in 30 seconds",
    "heel-raise-count": "one-leg heel raises",
    "squat-sit": "sitting in the squat",
    "straddle-width": "how far the legs open",
}
"""The self-checks that a programme may be measured by."""

LEVELS = {1: "easy", 2: "middle", 3: "hard"}

# How certain it is that an exercise goes with a video, strongest first.
STRENGTHS = {
    "established": "established: independent sources describe this move in it",
    "likely": "likely: the caption names this technique, position and body part",
    "thematic": "thematic: the same theme only",
}

# How thoroughly a source was read.
READ = {
    "abstract": "the abstract or the passage was read",
    "report": "a report by others was read",
    "both": "read in part, in part a report of it",
    "general": "not looked up",
}
