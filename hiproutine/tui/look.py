"""The theme, and the colour of each phase. Meaning is never in colour alone: a word always goes with it."""

from textual.content import Content
from textual.theme import Theme

from hiproutine.catalogue.describe import Description
from hiproutine.history.records import StepRecord
from hiproutine.practice.timeline import Phase
from hiproutine.practice.words import clock_length

# The colour of each phase, from the palette of Okabe and Ito: distinct for the colour-blind too.
PHASE_COLOURS = {
    "phase-ready": "#f0c75e",
    "phase-hold": "#6cc3f0",
    "phase-contract": "#f28a4b",
    "phase-relax": "#4fc79a",
    "phase-move": "#d9a3e0",
    "phase-rest": "#9aa7b3",
    "phase-text": "#12171c",
}
# The same hues, dark enough to be read on a light ground.
PHASE_COLOURS_ON_LIGHT = {
    "phase-ready": "#8a6400",
    "phase-hold": "#00629b",
    "phase-contract": "#a8430b",
    "phase-relax": "#00704f",
    "phase-move": "#84408f",
    "phase-rest": "#4c5863",
    "phase-text": "#ffffff",
}

PHASE_ROLE = {
    Phase.READY: "ready",
    Phase.SWITCH: "ready",
    Phase.REST: "rest",
    Phase.HOLD: "hold",
    Phase.STRETCH: "hold",
    Phase.DEEPEN: "hold",
    Phase.SETTLE: "relax",
    Phase.RELAX: "relax",
    Phase.CONTRACT: "contract",
    Phase.RAMP: "contract",
    Phase.PUSH: "contract",
    Phase.PULL: "contract",
    Phase.MOVE: "move",
    Phase.CIRCLE: "move",
}

_ENDS = {"done": "✓ done", "shortened": "~ in part", "skipped": "- skipped", "hurt": "! hurt"}

# Spaces at the start of a line are lost where text is wrapped.
NO_BREAK = "\u00a0"

THEME = Theme(
    name="hiproutine",
    primary="#6cc3f0",
    secondary="#4fc79a",
    accent="#f0c75e",
    warning="#f0c75e",
    error="#f28a4b",
    success="#4fc79a",
    foreground="#e6ebef",
    background="#12171c",
    surface="#1a2128",
    panel="#232c35",
    dark=True,
)


def described(description: Description) -> Content:
    """A description as styled text; its words are never read as markup."""
    parts = [Content(description.subtitle).stylize("$text-muted")] if description.subtitle else []
    for section in description.sections:
        if parts:
            parts.append(Content(""))
        if section.heading:
            parts.append(Content(section.heading).stylize("bold $primary"))
        for number, line in enumerate(section.lines, 1):
            mark = f"{number}. " if section.numbered else "- " if section.heading else ""
            parts.append(Content(mark + line))
    return Content("\n").join(parts)


def step_words(step: StepRecord) -> str:
    """How a step ended, in a line."""
    name = f"{step.name}, {step.side}" if step.side else step.name
    return f"{_ENDS[step.end]:<10} {clock_length(step.held_ms):>5}  {name}"
