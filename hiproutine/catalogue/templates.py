"""Files to begin with: valid, short, and with a word beside each line on what else it may be."""

import json
import re

from hiproutine.catalogue.schema import MODELINE
from hiproutine.catalogue.vocabulary import AREAS, CATEGORIES, EQUIPMENT, LEVELS, POSITIONS, SIDES

# Words that no YAML reader takes for anything else.
_PLAIN = re.compile(r"(?!(?:null|true|false|yes|no|on|off)$)[^\W\d_](?:[^\W_]|[ ,.'()/-](?! |$))*[.)]?", re.IGNORECASE)

_EXERCISE = """\
{modeline}
# An exercise of your own. `hiproutine check` tells what is wrong with it, `hiproutine show {id}` shows it.
exercises:
  - id: {id} # what other entries and commands call it
    name: {name}
    category: {category} # {categories}
    level: 1 # {levels}
    position: {position} # {positions}
    sides: {sides} # {all_sides}
    areas: [{area}] # {areas}
    # How much, as on paper: 2x30s; 2x10 @2-1-2 (2 s, 1 s and 2 s a repetition); 3/dir; contract-relax 3x(6/4/20);
    # flow 2min; and after it: rest 10s, effort 20-50%.
    prescription: {dose}
    setup: # how to get there, a line a step
      - {setup}
    cues: # what to think of meanwhile
      - Breathe calmly
    # Take away the "# " of what you need.
    # side_is: the back leg
    # equipment: [mat or cushion, wall] # {equipment}
    # mistakes: [Arching the back]
    # stop_if: [sharp pain]
    # easier: [] # ids of others
    # videos: {{}} # "id of a video": established, likely or thematic
    # prescribed_by: Anna Rey, physiotherapist
    # notes: The left side first.
    # until: 2027-01-31
"""

_ROUTINE = """\
{modeline}
# A routine of your own. `hiproutine list` shows the ids of all exercises, `hiproutine start {id}` starts it.
routines:
  - id: {id} # what commands call it
    name: {name}
    why: {why}
    # A line a step: an exercise, and how much of it where that is not as usual: 2x30s, 2x10 @2-1-2, 3/dir.
    steps:
{steps}
    # Take away the "# " of what you need.
    # not_for: A pinch in the groin.
    # prescribed_by: Anna Rey, physiotherapist
    # notes: In the morning.
    # until: 2027-01-31
"""

_VIDEO = """\
{modeline}
# A video of your own. `hiproutine video {id}` opens it; exercises name it in their `videos`.
videos:
  - id: "{id}"
    url: {url}
    section: {section} # the heading that it stands under
    caption: {caption} # what you call it
    checked: {checked} # the last day that you saw it open
{start}    # Take away the "# " of what you need.
{offered}    # note: The second half is the same on the other side.
"""


def exercise(answers: dict[str, str]) -> str:
    """A file with one exercise; `answers` are id, name, category, position, sides, area, dose, setup."""
    return _EXERCISE.format(
        modeline=MODELINE,
        categories=", ".join(CATEGORIES),
        levels=", ".join(f"{level} {word}" for level, word in LEVELS.items()),
        positions=", ".join(POSITIONS),
        all_sides=", ".join(f"{word}: {says}" for word, says in SIDES.items()),
        areas=", ".join(AREAS),
        equipment=", ".join(EQUIPMENT),
        **answers | {key: _scalar(answers[key]) for key in ("name", "setup")},
    )


def routine(answers: dict[str, str], steps: list[str]) -> str:
    """A file with one routine; `answers` are id, name, why."""
    lines = "\n".join(f"      - {step}" for step in steps)
    words = answers | {key: _scalar(answers[key]) for key in ("name", "why")}
    return _ROUTINE.format(modeline=MODELINE, steps=lines, **words)


def video(answers: dict[str, str], start_s: int) -> str:
    """A file with one video, from that second on; `answers` are id, url, section, caption, checked."""
    words = answers | {key: _scalar(answers[key]) for key in ("url", "section", "caption")}
    start = f"    start_s: {start_s} # the second to begin at\n" if start_s else ""
    offered = "" if start_s else "    # start_s: 90 # the second to begin at\n"
    return _VIDEO.format(modeline=MODELINE, start=start, offered=offered, **words)


def _scalar(text: str) -> str:
    """Words as YAML, in quotes where they would be anything else without."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
