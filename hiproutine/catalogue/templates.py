"""Templates of new files: valid and short, with a comment on each line that lists the alternatives."""

import json
import re

from hiproutine.catalogue.model import LONGEST_SHORT
from hiproutine.catalogue.schema import MODELINE
from hiproutine.catalogue.vocabulary import AREAS, CATEGORIES, EQUIPMENT, LEVELS, LOADS, POSITIONS, SIDES, TESTS

# Text that every YAML reader takes as text.
_PLAIN = re.compile(r"(?!(?:null|true|false|yes|no|on|off)$)[^\W\d_](?:[^\W_]|[ ,.'()/-](?! |$))*[.)]?", re.IGNORECASE)

_EXERCISE = """\
{modeline}
# Your own exercise. `hiproutine check` checks it, `hiproutine show {id}` shows it.
exercises:
  - id: {id} # what other entries and commands call it
    name: {name}
    category: {category} # {categories}
    level: 1 # {levels}
    position: {position} # {positions}
    sides: {sides} # {all_sides}
    areas: [{area}] # {areas}
    # The dose, such as 2x30s; 2x10 @2-1-2 (2 s, 1 s and 2 s per repetition); 3/dir; contract-relax 3x(6/4/20);
    # flow 2min; and after it: rest 10s, effort 20-50%.
    prescription: {dose}
    setup: # how to get into the position, one step per line
      - {setup}
    cues: # what to keep in mind
      - Breathe calmly
    # Remove the "# " before what you need.
    # short: Back lunge # at most {longest_short} characters, for large displays
    # side_is: the back leg
    # ways: [outward, inward] # of circles: the first, and the other
    # load: band # {loads}: what may be added
    # alike: front-of-hip-stretch # the movement family
    # equipment: [mat or cushion, wall] # {equipment}
    # mistakes: [Arching the back]
    # stop_if: [sharp pain]
    # easier: [] # ids of others
    # videos: {{}} # "id of a video": established, likely or thematic
    # figure: {{like: glute-bridge}} # how it is drawn: as another one, or as docs/figures.md says
    # prescribed_by: Anna Rey, physiotherapist
    # notes: The left side first.
    # until: 2027-01-31
"""

_ROUTINE = """\
{modeline}
# Your own routine. `hiproutine list` shows the ids of all exercises, `hiproutine start {id}` starts it.
routines:
  - id: {id} # what commands call it
    name: {name}
    why: {why}
    # One step per line: an exercise, and a dose if it is not the usual one: 2x30s, 2x10 @2-1-2, 3/dir.
    steps:
{steps}
    # Remove the "# " before what you need.
    # not_for: A pinch in the groin.
    # prescribed_by: Anna Rey, physiotherapist
    # notes: In the morning.
    # until: 2027-01-31
"""

_PROGRAMME = """\
{modeline}
# Your own programme. `hiproutine list` shows the ids of all exercises, `hiproutine programme {id}` begins it.
programmes:
  - id: {id} # what commands call it
    name: {name}
    suits: {suits} # whom it is for
    level: 1 # {levels}
    days_a_week: 5
    minutes: 10 # of a session
    phases:
      - name: Begin
        weeks: 2
        # The core, one line each: an exercise with its dose, and on how many days a week; strength has 2 or 3.
        core:
{core}
        rotate: 1 # exercises that the coach adds, of these movement families; 0 for none
        rotate_from: [{family}]
    # Remove the "# " before what you need, and repeat what begins with "- name" for more phases.
    # tests: [hanging-leg] # {tests}
    # instead: {{glute-bridge: [sit-to-stand]}} # what takes the place of what is not possible for somebody
    # advance: {{done: 0.7, worst_pain: 2}} # when a phase is passed
    # equipment: [mat] # {equipment}
    # say_before: Begin on a good day.
    # expect: What may change, and when.
    # not_claimed: What it does not promise.
"""

_VIDEO = """\
{modeline}
# Your own video. `hiproutine video {id}` opens it; exercises name it in their `videos`.
videos:
  - id: "{id}"
    url: {url}
    section: {section} # the heading in the list of videos
    caption: {caption} # what you call it
    checked: {checked} # the last day on which you opened it
{start}    # Remove the "# " before what you need.
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
        loads=", ".join(LOADS),
        longest_short=LONGEST_SHORT,
        **answers | {key: _scalar(answers[key]) for key in ("name", "setup")},
    )


def routine(answers: dict[str, str], steps: list[str]) -> str:
    """A file with one routine; `answers` are id, name, why."""
    lines = "\n".join(f"      - {step}" for step in steps)
    words = answers | {key: _scalar(answers[key]) for key in ("name", "why")}
    return _ROUTINE.format(modeline=MODELINE, steps=lines, **words)


def programme(answers: dict[str, str], core: list[tuple[str, int]], family: str) -> str:
    """A file with one programme of a single phase; `answers` are id, name, suits, `core` has steps with their days."""
    return _PROGRAMME.format(
        modeline=MODELINE,
        levels=", ".join(f"{level} {word}" for level, word in LEVELS.items()),
        tests=", ".join(TESTS),
        equipment=", ".join(EQUIPMENT),
        core="\n".join(f"          - {{do: {step}, days: {days}}}" for step, days in core),
        family=family,
        **answers | {key: _scalar(answers[key]) for key in ("name", "suits")},
    )


def video(answers: dict[str, str], start_s: int) -> str:
    """A file with one video, starting at that second; `answers` are id, url, section, caption, checked."""
    words = answers | {key: _scalar(answers[key]) for key in ("url", "section", "caption")}
    start = f"    start_s: {start_s} # the second to begin at\n" if start_s else ""
    offered = "" if start_s else "    # start_s: 90 # the second to begin at\n"
    return _VIDEO.format(modeline=MODELINE, start=start, offered=offered, **words)


def _scalar(text: str) -> str:
    """Text as YAML, quoted if it could be read as anything else."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
