"""The themes. Meaning is never in colour alone: a word always goes with it."""

import re

from textual.content import Content
from textual.style import Style
from textual.theme import Theme

from hiproutine import links
from hiproutine.catalogue.describe import Description
from hiproutine.catalogue.vocabulary import LEVELS
from hiproutine.history.records import StepRecord
from hiproutine.practice.colours import PHASE_COLOURS, PHASE_COLOURS_ON_LIGHT
from hiproutine.text import clock_length
from hiproutine.tui.prose import Prose

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

_ENDS = {"done": "✓ done", "shortened": "~ in part", "skipped": "- skipped", "hurt": "! hurt"}

# Spaces at the start of a line are lost where text is wrapped.
NO_BREAK = "\u00a0"
_ADDRESS = re.compile(r"https://\S+")
_BEHIND = ".,;:!?*)]>\N{HORIZONTAL ELLIPSIS}"
"""Punctuation at the end of an address, which is not part of it."""

# What a colour means: `primary` where you are and what can be pressed, `success` done and reached, `accent` today and a
# goal, `warning` pain and less because of it, `error` stop and nothing else, `secondary` a second measure of a chart.
THEMES = (
    Theme(
        name="hiproutine",
        primary="#6cc3f0",
        secondary="#b79df2",
        accent="#f5c451",
        warning="#f0934e",
        error="#f4716a",
        success="#52c99b",
        foreground="#e8edf1",
        background="#10151a",
        surface="#171e25",
        panel="#212a33",
        dark=True,
        variables=PHASE_COLOURS,
    ),
    Theme(
        name="hiproutine-light",
        primary="#005f99",
        secondary="#6a3fc0",
        accent="#8a5a00",
        warning="#a84300",
        error="#b3261e",
        success="#00704a",
        foreground="#182028",
        background="#f8f9fa",
        surface="#eef1f4",
        panel="#dfe5ea",
        dark=False,
        variables=PHASE_COLOURS_ON_LIGHT,
    ),
    Theme(
        name="hiproutine-contrast",
        primary="#66e0ff",
        secondary="#d2b8ff",
        accent="#ffff00",
        warning="#ffb066",
        error="#ff8a80",
        success="#5cff9d",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#262626",
        dark=True,
        variables=_PHASE_COLOURS_IN_CONTRAST | {"text-muted": "#ffffff", "foreground-muted": "#ffffff"},
    ),
)


def styled(description: Description) -> Prose:
    """Return a description as styled text; its words are never parsed as markup.

    A section of one line has it beside its heading.
    """
    lines = [("", Content(description.subtitle).stylize("$foreground-muted"))] if description.subtitle else []
    beside = False
    for section in description.sections:
        before, beside = beside, bool(section.heading) and len(section.lines) == 1 and not section.numbered
        if lines and not (before and beside):
            lines.append(("", Content("")))
        heading = Content(section.heading).stylize("bold $error" if section.warns else "bold $primary")
        if beside:
            lines.append(("", Content("  ").join([heading, _linked(Content(section.lines[0]))])))
            continue
        if section.heading:
            lines.append(("", heading))
        for number, line in enumerate(section.lines, 1):
            mark = f"{number}  " if section.numbered else "- " if section.heading else ""
            lines.append((mark, _linked(Content(line))))
    return Prose(lines)


def dots(level: int) -> str:
    """Return a level as dots: `●●○` is 2 of 3."""
    return "●" * level + "○" * (max(LEVELS) - level)


def _linked(line: Content) -> Content:
    """Turn addresses of known hosts into terminal links (OSC 8), which survive wrapping."""
    for found in _ADDRESS.finditer(line.plain):
        address = found[0].rstrip(_BEHIND)
        if links.problem(address) is None and links.host(address) in links.KNOWN_HOSTS:
            line = line.stylize(Style(link=address), found.start(), found.start() + len(address))
    return line


def step_words(step: StepRecord) -> str:
    """Return a line on how a step ended."""
    name = ", ".join(filter(None, (step.name, step.side, step.load)))
    end = "- no time" if step.no_time else _ENDS[step.end]
    return f"{end:<10} {clock_length(step.held_ms):>5}  {name}"
