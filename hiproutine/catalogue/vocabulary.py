"""The closed vocabularies of the catalogue: the word that files use, and its label for people.

A category or an area is one entry here, with everything that the coach knows about it.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class Repeat(NamedTuple):
    """How often hard work may be done: on how many days of a week, and how many days apart; two days are 48 h."""

    label: str
    days: int
    apart: int


class Stage(StrEnum):
    """The stages of a session, in their order."""

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
    """A kind of work, and the rules of the coach for it."""

    label: str
    stage: Stage
    """When in a session it is done."""
    pain: PainLimits
    self_check: str = ""
    """Why a self-check prefers it, as a reason of the plan."""
    held_stage: Stage | None = None
    """When in a session it is done where it is held."""
    trains: bool = True
    """Whether it counts as dose and progresses; what only releases is kept as it is (2.13)."""
    lengthens: bool = False
    """Whether it lengthens muscles: not done on a day of much pain, and held for two weeks before it is held longer."""
    strengthens: bool = False
    """Whether it is strength, where a hold is not one at the end of the range."""
    mixed: bool = False
    """Whether it has a share of the week's minutes of its own."""
    tops: Mapping[str, int] = {}
    """The most repetitions and sets of its ladder; without any it has none (E13)."""
    repeat: Repeat | None = None
    """How often it may be done."""
    reps_repeat: Repeat | None = None
    """How often it may be done with repetitions."""


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
        mixed=True,
        tops={"reps": 12, "sets": 3},
        repeat=Repeat("strength", 3, 2),
    ),
    RELEASE: Category("release", Stage.MOBILISE, PainLimits(2, 3), held_stage=Stage.SETTLE, trains=False),
}
CATEGORIES = {word: each.label for word, each in CATEGORY.items()}


class Area(NamedTuple):
    """A part of the body that an exercise is for."""

    label: str
    dosed: bool = True
    """Whether a weekly dose is counted for it; moving the whole body is for getting warm."""
    hip_flexor: bool = False


AREA = {
    "front-of-hip": Area("front of hip", hip_flexor=True),
    "outside-of-hip": Area("outside of hip"),
    "buttock": Area("buttock"),
    "inner-thigh": Area("inner thigh"),
    "hip-joint": Area("hip joint"),
    "front-of-thigh": Area("front of thigh", hip_flexor=True),
    "back-of-thigh": Area("back of thigh"),
    "low-back": Area("low back and pelvis"),
    "trunk": Area("trunk"),
    "calf": Area("calf"),
    "ankle": Area("ankle"),
    "whole-body": Area("whole body", dosed=False),
}
AREAS = {word: each.label for word, each in AREA.items()}
DOSED_AREAS = {word: each.label for word, each in AREA.items() if each.dosed}
HIP_FLEXORS = frozenset(word for word, each in AREA.items() if each.hip_flexor)

NERVE = "sciatic-nerve"
"""The muscle of an exercise that glides a nerve, which is only kept, and has pain limits of its own."""
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
"""Words of EQUIPMENT that everybody has."""

POSITIONS = {
    "standing": "standing",
    "half-kneeling": "half-kneeling",
    "seated-chair": "sitting on a chair",
    "seated-floor": "sitting on the floor",
    "supine": "lying on the back",
    "prone": "lying on the front",
    "side-lying": "lying on the side",
    "quadruped": "on hands and knees",
}

SIDES = {
    "per_side": "each side",
    "both": "both sides at once",
    "alternating": "left and right in turn",
}

LEVELS = {1: "easy", 2: "middle", 3: "hard"}

# How sure it is that an exercise goes with a video, the strongest first.
STRENGTHS = {
    "established": "established: independent sources describe this move in it",
    "likely": "likely: the caption names this technique, position and body part",
    "thematic": "thematic: the same theme only",
}

# How surely a source was read.
READ = {
    "abstract": "the abstract or the passage was read",
    "report": "somebody else's report of it was read",
    "both": "read in part, in part a report of it",
    "general": "not looked up",
}

# Conditions that hide an exercise (avoid) or show a line (caution); the labels are what a card shows.
CONDITIONS = {
    "thr_posterior": "hip replacement with \"don't bend past 90, don't cross, don't turn in\"",
    "thr_anterior": "hip replacement with \"don't take the leg far back, don't turn out\"",
    "thr_lateral": 'hip replacement with "no active side lifting"',
    "surgery_recent": "hip, knee or back surgery in the last 12 weeks, or not yet cleared",
    "fai": "impingement or labral tear, or a pinch in the groin when the knee comes up",
    "gtps": "pain on the bony outside of the hip",
    "pht": "pain exactly at the sitting bone",
    "disc_acute": "new back pain going into the leg in the last 6 weeks",
    "neuro_progressive": "a leg getting weaker, or a numb area that grows",
    "spine_surgery_recent": "back surgery in the last 6 months",
    "osteoporosis": "low bone density or an earlier spine fracture",
    "dysplasia": "shallow or unstable hips",
    "hypermobile": "very bendy joints",
    "preg": "pregnancy",
    "pgp": "pain in the pelvic joints or the pubic bone",
    "hf_strain": "a fresh pull at the front of the hip",
    "groin_strain": "a fresh pull at the inner thigh",
    "knee_flexion": "a knee that cannot bend fully",
    "knee_kneel": "kneeling that hurts",
    "knee_twist": "ligament or meniscus trouble in the knee",
    "ankle_unstable": "an ankle that gives way",
    "achilles": "a sore Achilles tendon",
    "balance": "unsteadiness on one leg",
    "shoulder_wrist": "trouble leaning on the hands or an elbow",
    "bp_uncontrolled": "uncontrolled blood pressure (effort under 30 %, keep breathing)",
    "clot_bleed": "blood thinners, a history of clots, or a swollen calf",
}
