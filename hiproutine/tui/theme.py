"""The themes, and the colour of each phase. Meaning is never in colour alone: a word always goes with it."""

import re

from textual.content import Content
from textual.style import Style
from textual.theme import Theme

from hiproutine import links
from hiproutine.catalogue.describe import Description
from hiproutine.catalogue.prescription import Phase
from hiproutine.history.records import StepRecord
from hiproutine.text import clock_length

# The colour of each phase. They differ in lightness as well as in hue, so that the colour-blind can tell them apart;
# `phase-text` is readable on all of them.
PHASE_COLOURS = {
    "phase-ready": "#ffd23f",
    "phase-hold": "#5f91b5",
    "phase-contract": "#de642b",
    "phase-relax": "#72f2a4",
    "phase-move": "#cd62f2",
    "phase-rest": "#e4f1f8",
    "phase-text": "#12171c",
}
PHASE_COLOURS_ON_LIGHT = {
    "phase-ready": "#8c7211",
    "phase-hold": "#06214a",
    "phase-contract": "#4a1b00",
    "phase-relax": "#2f8250",
    "phase-move": "#a71dc4",
    "phase-rest": "#4f5663",
    "phase-text": "#ffffff",
}
# As far from black as they get.
_PHASE_COLOURS_IN_CONTRAST = {
    "phase-ready": "#efd402",
    "phase-hold": "#5d94ff",
    "phase-contract": "#ff6943",
    "phase-relax": "#66ffa2",
    "phase-move": "#d778b2",
    "phase-rest": "#f0faff",
    "phase-text": "#000000",
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
_ADDRESS = re.compile(r"https://\S+")
_BEHIND = ".,;:!?*)]>\N{HORIZONTAL ELLIPSIS}"
"""What ends the sentence around an address is no part of it."""

PHASE_ROLES = tuple(dict.fromkeys(PHASE_ROLE.values()))

THEMES = (
    Theme(
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
        variables=PHASE_COLOURS,
    ),
    Theme(
        name="hiproutine-light",
        primary="#00629b",
        secondary="#00704f",
        accent="#8a6400",
        warning="#8a6400",
        error="#a8430b",
        success="#00704f",
        foreground="#1c2227",
        background="#f7f8f9",
        surface="#eceff1",
        panel="#dfe4e8",
        dark=False,
        variables=PHASE_COLOURS_ON_LIGHT,
    ),
    Theme(
        name="hiproutine-contrast",
        primary="#66e0ff",
        secondary="#5cff9d",
        accent="#ffff00",
        warning="#ffff00",
        error="#ffa352",
        success="#5cff9d",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#262626",
        dark=True,
        variables=_PHASE_COLOURS_IN_CONTRAST | {"text-muted": "#ffffff", "foreground-muted": "#ffffff"},
    ),
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
            parts.append(_linked(Content(mark + line)))
    return Content("\n").join(parts)


def _linked(line: Content) -> Content:
    """With addresses of known hosts as links of the terminal (OSC 8), which wrapping does not cut."""
    for found in _ADDRESS.finditer(line.plain):
        address = found[0].rstrip(_BEHIND)
        if links.problem(address) is None and links.host(address) in links.KNOWN_HOSTS:
            line = line.stylize(Style(link=address), found.start(), found.start() + len(address))
    return line


def step_words(step: StepRecord) -> str:
    """How a step ended, in a line."""
    name = f"{step.name}, {step.side}" if step.side else step.name
    return f"{_ENDS[step.end]:<10} {clock_length(step.held_ms):>5}  {name}"
