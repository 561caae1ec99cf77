"""The colour of each phase, on a dark ground and on a light one. A word always goes with it."""

from hiproutine.practice.cues import PHASES

# The colour of each phase. Words on it, in `phase-text`, have a contrast of 7 and more; the colours differ in lightness
# as well as in hue, so that the colour-blind can tell them apart, and stay six where a terminal has 16 colours.
PHASE_COLOURS = {
    "phase-ready": "#ffd850",
    "phase-hold": "#51a8e0",
    "phase-contract": "#f4804d",
    "phase-relax": "#91fcb4",
    "phase-move": "#d68aa3",
    "phase-rest": "#e0ecf5",
    "phase-text": "#0c1116",
}
PHASE_COLOURS_ON_LIGHT = {
    "phase-ready": "#ffda64",
    "phase-hold": "#71c5f6",
    "phase-contract": "#d3966a",
    "phase-relax": "#a3ffa0",
    "phase-move": "#f178a7",
    "phase-rest": "#e6eaf6",
    "phase-text": "#0c1116",
}

PHASE_ROLES = tuple(dict.fromkeys(each.role for each in PHASES.values()))
