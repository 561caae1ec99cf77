"""The page as one file of HTML: nothing in it has an address, and nothing but its own script can run. Pure."""

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from hiproutine.catalogue.describe import Section
from hiproutine.catalogue.model import Exercise
from hiproutine.coach.instructions import dose_in_words
from hiproutine.coach.session import Session
from hiproutine.figure.model import Figure
from hiproutine.figure.svg import style
from hiproutine.page.handout import handout, warning
from hiproutine.page.session_data import DETAILS, Detail, all_exercises, moving_figure, session_data
from hiproutine.practice.colours import PHASE_COLOURS, PHASE_COLOURS_ON_LIGHT, PHASE_ROLES
from hiproutine.practice.hurting import nearest_easier
from hiproutine.practice.pain_prompt import MOST, PAIN_SIDES, PLACE_WORDS
from hiproutine.practice.safety import ABOUT, STOP_AT
from hiproutine.practice.timeline import Timeline
from hiproutine.text import clock_length, counted

LARGEST = 150_000
"""In bytes. Where the finest moving figures do not fit, coarser ones are sent, and at last none."""
RESULT = "result"
"""The path, beside that of a served page, to which the page sends its result."""
_FILES = Path(__file__).parent
_Moving = Callable[[str, Detail], dict[str, Any]]
"""Makes the moving figure of an exercise, by its id."""


class Content(NamedTuple):
    """The content of a page; figures and cautions are keyed by exercise id.

    `command` is what logs a result on the computer, without the result.
    """

    session: Session
    timeline: Timeline
    figures: Mapping[str, Figure]
    careful: Mapping[str, Sequence[str]]
    notes: Sequence[str]
    """The coach's notes on the session."""
    warnings: Sequence[Section]
    command: str
    variants: Mapping[str, Exercise] = MappingProxyType({})
    """The exercises that may replace one that hurts."""
    skin: str = "neutral"
    hair: str = "neutral"


def page(content: Content, *, served: bool = False) -> str:
    """Return the page; one that is `served` sends its result back."""
    known = {"command": content.command, "send": RESULT if served else "", "awake": _awake(), "figures": []}

    @cache
    def moving(name: str, detail: Detail) -> dict[str, Any]:
        return moving_figure(content.figures[name], detail)._asdict()

    for variants in (content.variants, _direct(content), {}):
        some = content._replace(variants=variants)
        room = LARGEST - len(_filled(some, known | _data(some, some.figures), served=served).encode())
        found = _fitting(some, room, moving)
        if found or not content.figures:
            break
    data = _data(some, {name: content.figures[name] for name in found})
    return _filled(some, known | data | {"figures": list(found.values())}, served=served)


def _direct(content: Content) -> dict[str, Exercise]:
    """Return the easier variants of the session's own exercises, without those of variants."""
    own = dict.fromkeys(step.exercise for step in content.timeline.steps)
    found = filter(None, (nearest_easier(exercise, content.variants) for exercise in own))
    return {exercise.id: exercise for exercise in found}


def _data(content: Content, figures: Mapping[str, Figure]) -> dict[str, Any]:
    return session_data(content.timeline, figures, content.careful, content.variants)


def _fitting(content: Content, room: int, moving: _Moving) -> dict[str, dict[str, Any]]:
    """Return the moving figures for which there is room, by ids: the session's, and then those of the variants."""
    own = {step.exercise.id for step in content.timeline.steps}
    every = [each.id for each in all_exercises(content.timeline, content.variants) if each.id in content.figures]
    fitting = dict[str, dict[str, Any]]()
    for is_own in (True, False):
        names = [name for name in every if (name in own) is is_own]
        some = next(filter(None, (_all_in(names, detail, room, moving) for detail in DETAILS)), None)
        if some is None:
            break
        fitting |= some
        room -= sum(len(_json(each)) + 1 for each in some.values())
    return fitting


def _all_in(names: Sequence[str], detail: Detail, room: int, moving: _Moving) -> dict[str, dict[str, Any]] | None:
    """Return these moving figures; None if they are larger than the room."""
    found: dict[str, dict[str, Any]] = {}
    for name in names:
        found[name] = moving(name, detail)
        room -= len(_json(found[name]))
        if room < len(names):
            return None
    return found


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _filled(content: Content, data: Mapping[str, object], *, served: bool) -> str:
    script = (_FILES / "player.js").read_text("utf-8")
    manner, session = content.timeline.manner, content.session
    parts = {
        "title": escape(session.name),
        "policy": _policy(script, served=served),
        "style": style(content.skin, content.hair) + (_FILES / "page.css").read_text("utf-8") + _colours(),
        "start": "\n".join(_start(content)),
        "scores": "".join(f'<button type="button" data-score="{score}">{score}</button>' for score in range(MOST + 1)),
        "places": _options("anywhere", PLACE_WORDS),
        "sides": _options("either side", PAIN_SIDES),
        "handout": "\n".join(handout(session, manner, content.careful)),
        "data": _json(data),
        "script": script,
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda mark: parts[mark[1]], (_FILES / "page.html").read_text("utf-8"))


def _policy(script: str, *, served: bool) -> str:
    own = "'self'" if served else "'none'"
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; media-src data:; "
        f"connect-src {own}; base-uri 'none'; form-action 'none'"
    )


def _awake() -> str:
    """Return a silent video as an address: while it plays, the screen stays on where a page may not ask for that."""
    return f"data:video/mp4;base64,{base64.b64encode((_FILES / 'awake.mp4').read_bytes()).decode()}"


def _colours() -> str:
    """Return the style of the phases, on a light and on a dark screen."""

    def rules(colours: Mapping[str, str]) -> str:
        roles = "".join(f'[data-role="{role}"]{{--phase:{colours[f"phase-{role}"]}}}' for role in PHASE_ROLES)
        return f":root{{--phase-text:{colours['phase-text']}}}{roles}"

    dark = f"@media screen and (prefers-color-scheme:dark){{{rules(PHASE_COLOURS)}}}"
    return rules(PHASE_COLOURS_ON_LIGHT) + dark


def _start(content: Content) -> Iterator[str]:
    session, timeline = content.session, content.timeline
    yield f"<h1>{escape(session.name)}</h1>"
    number = len(session.items)
    yield f'<p class="length">{counted(number, "exercise")}, {clock_length(timeline.total_ms)} min</p>'
    yield '<ol class="list">'
    for index, item in enumerate(session.items):
        dose = dose_in_words(item.exercise, item.prescription, timeline.manner).removesuffix(".")
        cells = item.exercise.name, dose, clock_length(timeline.item_ms(index))
        yield f"<li>{' '.join(f'<span>{escape(cell)}</span>' for cell in cells)}</li>"
    yield "</ol>"
    for line in content.notes:
        yield f'<p class="note">{escape(line)}</p>'
    yield f'<p class="safety">{escape(STOP_AT)}</p>'
    yield f"<details><summary>When not to practise, but to get help</summary><p>{escape(ABOUT)}</p>"
    yield from warning(content.warnings)
    yield "</details>"


def _options(unknown: str, words: Mapping[str, str]) -> str:
    """Return the choices of a list, by key, after the one for not known."""
    return "".join(f'<option value="{key}">{escape(said)}</option>' for key, said in {"": unknown, **words}.items())
