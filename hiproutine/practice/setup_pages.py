"""The set-up of an exercise in pages that turn while one gets ready, so that all of it fits into any window. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from textwrap import wrap
from typing import NamedTuple

from hiproutine.coach.instructions import stop_words, warnings
from hiproutine.practice.player import Player

_LEAST_ROWS = 5
"""Rows that a page must have for the set-up, beside what is on each page."""
_HEADED_ROWS = 16
"""Rows from which on the name and the working leg are above every page; below that they are on the first one."""
_STOP_ROWS = 2
"""Rows for reasons to stop, where all of them would make another page or hide the figure; the card has all."""


class Line(NamedTuple):
    """A line of text, and when its turn comes, in ms of the get-ready."""

    text: str
    at_ms: int


class Page(NamedTuple):
    """Rows of text, and when their turn comes, in ms of the get-ready. One of several pages fills its room."""

    rows: tuple[str, ...]
    from_ms: int


def setup_pages(player: Player, careful: Sequence[str], width: int, rows: int, drawn_rows: int) -> tuple[Page, ...]:
    """Return how to get ready for the running exercise in pages of `width` columns.

    Each page has the heading, where there is room. Of the other `rows`, the figure takes `drawn_rows`: on each page,
    or, where that leaves too little, on the first one. What to be `careful` with, and when to stop, is at the bottom of
    each page, or comes first where that leaves too little.
    """
    head = heading(player, width) if rows >= _HEADED_ROWS else ()
    first = () if head else heading(player, width)
    rows -= len(head)
    reasons = player.step.exercise.stop_if
    few, whole = (
        _laid(player, [*careful, *stops], width, rows, drawn_rows, first=first)
        for stops in (_stops(reasons, width), [stop_words(reasons)] if reasons else [])
    )
    beside = rows - drawn_rows
    fits = len(whole) == len(few) and all(
        len(page.rows) <= max(len(other.rows), beside) for page, other in zip(whole, few, strict=True)
    )
    return tuple(page._replace(rows=(*head, *page.rows)) for page in (whole if fits else few))


def heading(player: Player, width: int) -> tuple[str, ...]:
    """Return the rows with the whole name, and with what the side means."""
    return (*wrap(player.step.exercise.name, width), *wrap(side_words(player), width))


def side_words(player: Player) -> str:
    """Return which leg works, such as `left: the front leg`; empty where that needs no words."""
    step = player.step
    return f"{step.side}: {step.exercise.side_is}" if step.side and step.exercise.side_is else ""


def _laid(
    player: Player, always: Sequence[str], width: int, rows: int, drawn_rows: int, *, first: Sequence[str]
) -> tuple[Page, ...]:
    """Return the pages with what comes `first`, and what is `always` shown."""
    step = player.step
    how = [line for line in (player.segment.where, step.dose) if line]
    if len(" · ".join(how)) <= width:
        how = [" · ".join(how)]
    before = [*first, *how]
    foot = tuple(row for text in always for row in wrap(text, width))
    if len(foot) + _LEAST_ROWS > rows:
        before, foot = [*always, *before], ()
    beside = rows - drawn_rows
    others = beside if beside >= len(foot) + _LEAST_ROWS else rows
    lines = _wrapped(_timed(before, player), width)
    return _pages(lines, foot, beside if beside > len(foot) else others, others)


def _stops(reasons: Sequence[str], width: int) -> list[str]:
    """Return the line on when to stop, with as many reasons as _STOP_ROWS have room for, the first in any case."""
    some = [*reasons[:1]]
    for number in range(2, len(reasons) + 1):
        if len(wrap(stop_words(reasons[:number], more=number < len(reasons)), width)) <= _STOP_ROWS:
            some = [*reasons[:number]]
    return [stop_words(some, more=len(some) < len(reasons))] if some else []


def _timed(before: Sequence[str], player: Player) -> tuple[Line, ...]:
    """Return the lines before the set-up, and its sentences, numbered.

    Where a voice says the set-up, a sentence has its turn as it is said; otherwise each line has its share of the time,
    by its length.
    """
    step = player.step
    setup = [f"{number}. {text}" for number, text in enumerate(step.exercise.setup, 1)]
    passed, whole = accumulate(map(len, (*before, *setup)), initial=0), sum(map(len, (*before, *setup)))
    times = [step.parts[0].length_ms * characters // whole for characters in passed][:-1]
    if step.guide:  # the last that is said are the warnings and the dose
        end = len(step.guide) - len(warnings(step.exercise, step.side, player.timeline.manner)) - 1
        said = [each.at_ms for each in step.guide[end - len(setup) : end]]
        times = [said[0] * number // len(before) for number in range(len(before))] + said
    return tuple(Line(text, at_ms) for text, at_ms in zip((*before, *setup), times, strict=True))


def _pages(lines: Iterable[list[Line]], foot: tuple[str, ...], first: int, others: int) -> tuple[Page, ...]:
    """Return pages of `first` rows for the first one, and of `others` for the rest, each with `foot` at the bottom.

    A line is broken only where a whole page does not do for it.
    """
    room = first
    found: list[Page] = []
    rows: list[Line] = []
    for line in lines:
        rest = line
        while rest:
            free = room - len(foot) - len(rows)
            if rows and free < len(rest) and (not free or len(rest) <= others - len(foot)):
                found.append(_page(rows, foot, room))
                rows, room = [], others
            else:
                rows, rest = [*rows, *rest[:free]], rest[free:]
    return (*found, _page(rows, foot, room if found else 0))


class Turn(NamedTuple):
    """The index of the page whose turn it is, and the time until the next one's."""

    at: int
    until_ms: int


def turn(every: Sequence[Page], player: Player) -> Turn:
    """Return whose turn it is while one gets ready. Time that is added, and a pause, go through the pages again."""
    whole_ms = player.segment.length_ms
    now_ms = (player.elapsed_ms + player.paused_ms) % whole_ms
    at = max(0, sum(page.from_ms <= now_ms for page in every) - 1)
    return Turn(at, (*(page.from_ms for page in every[at + 1 :]), whole_ms)[0] - now_ms)


def _page(rows: Sequence[Line], foot: tuple[str, ...], room: int) -> Page:
    gap = ("",) * (room - len(rows) - len(foot))
    return Page((*(row.text for row in rows), *gap, *foot), rows[0].at_ms)


def _wrapped(lines: Sequence[Line], width: int) -> Iterator[list[Line]]:
    """Yield the rows of each line; the time until the next line is spread over them."""
    ends = [*(line.at_ms for line in lines[1:]), lines[-1].at_ms]
    for line, end_ms in zip(lines, ends, strict=True):
        rows = wrap(line.text, width)
        yield [Line(row, line.at_ms + (end_ms - line.at_ms) * number // len(rows)) for number, row in enumerate(rows)]
