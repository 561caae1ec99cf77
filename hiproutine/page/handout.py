"""The exercises of a session to read: below the player on the screen, and on paper the handout of a therapist."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from hiproutine.catalogue.describe import Section
from hiproutine.catalogue.model import Exercise, needs, own_dose
from hiproutine.coach.instructions import dose_in_words
from hiproutine.coach.session import Session
from hiproutine.settings.model import Manner

DAYS = 14
"""Days to tick."""
_LARGE = 2
"""Up to so few exercises each card is as wide as the sheet."""
_LINE, _LINES = 48, 8
"""Characters in a line of a card, and lines that each card has besides."""
_SIZES = {"middle": 36, "small": 47.5, "least": 62}
"""Classes of the style sheet, and lines of cards one below the other that they have room for on a sheet of A4."""


def handout(session: Session, manner: Manner, careful: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield the lines of the handout, into which the page's script draws the figures.

    An exercise that comes twice has one card, with both doses.
    """
    doses: dict[Exercise, list[str]] = {}
    for exercise, prescription in session.items:
        words = dose_in_words(exercise, prescription, manner).removesuffix(".")
        code = own_dose(exercise, prescription)
        doses.setdefault(exercise, []).append(f"{escape(words)} <small>{escape(code)}</small>")
    yield f'<section id="handout" class="{_size(list(doses))}" aria-label="The exercises">'
    yield f"<header><h2>{escape(session.name)}</h2>"
    yield '<p class="paper">Name: <span class="line"></span> Date: <span class="line"></span></p></header>'
    if session.honest:
        yield f'<p class="note">{escape(session.honest)}</p>'
    yield '<div class="cards">'
    for number, (exercise, each) in enumerate(doses.items(), 1):
        yield f'<article><div class="head"><h3><span class="number">{number}</span> {escape(exercise.name)}</h3>'
        yield f'<p class="dose">{"; later ".join(each)}</p>'
        if exercise.equipment:
            yield f'<p class="gear">You need: {escape(needs(exercise.equipment))}</p>'
        yield f'</div><div class="drawing" data-exercise="{escape(exercise.id)}"></div>'
        yield from _words(exercise, careful.get(exercise.id, ()))
        yield "</article>"
    yield "</div>"
    yield from _days(list(doses))
    yield "</section>"


def _size(exercises: Sequence[Exercise]) -> str:
    """Return the class of the cards' size on paper: the fewer words, the larger."""
    if len(exercises) <= _LARGE:
        return "large"
    lines = [_LINES + sum(map(len, (*each.setup, *each.cues, *each.stop_if))) / _LINE for each in exercises]
    rows = sum(max(lines[number : number + 2]) for number in range(0, len(lines), 2))
    return next((name for name, most in _SIZES.items() if rows <= most), "small")  # on two sheets


def _words(exercise: Exercise, careful: Sequence[str]) -> Iterator[str]:
    yield f"<ol>{''.join(f'<li>{escape(line)}</li>' for line in exercise.setup)}</ol>"
    if exercise.cues:
        yield f'<p class="cues">{escape("; ".join(exercise.cues))}.</p>'
    for line in careful:
        yield f'<p class="careful">Careful: {escape(line)}</p>'
    if exercise.stop_if:
        yield f'<p class="stop"><strong>Stop if you feel</strong> {escape(", ".join(exercise.stop_if))}.</p>'


def _days(exercises: Sequence[Exercise]) -> Iterator[str]:
    """Yield the table of days to tick, for paper alone."""
    yield '<table class="paper"><caption>Tick what you did; pain from 0 to 10.</caption>'
    yield "<thead><tr><td></td>" + "".join(f'<th scope="col">{day}</th>' for day in range(1, DAYS + 1))
    yield "</tr></thead><tbody>"
    cells = "<td></td>" * DAYS
    for number, exercise in enumerate(exercises, 1):
        yield f'<tr><th scope="row">{number} {escape(exercise.short or exercise.name)}</th>{cells}</tr>'
    yield f'<tr><th scope="row">Pain afterwards</th>{cells}</tr></tbody></table>'


def warning(sections: Sequence[Section]) -> Iterator[str]:
    """Yield the lines of the warning signs."""
    for section in sections:
        if section.heading:
            yield f"<h3>{escape(section.heading)}</h3>"
        yield f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in section.lines)}</ul>"
