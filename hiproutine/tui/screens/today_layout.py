"""The layout of Today for every size. Pure.

One column below PANELS columns, two from there (the week above the session, the card beside), three from COLUMNS.
"""

from collections.abc import Callable
from typing import NamedTuple

from textual.geometry import Region, Size

PANELS, COLUMNS = 100, 140
"""From how many columns on there are panels side by side: two, three."""
TWO_LINES = 2
"""The height of a row with its dose below its name."""
HIGH, _TALL, _LOW = 30, 20, 14
"""Rows, without the first and the last line, from which on there is room to breathe, for the digit, for the week."""
_FIGURE = Size(24, 8)
_FIGURE_COLUMNS = 36
_PICTURE, _ROOMY = 11, 24
"""The least rows of the figure above the text of a panel that is so high."""
_WEEK_COLUMNS, _SHORT_WEEK = 48, 9
"""The most columns of the week, and the rows of a panel that has the streak and some areas."""
_TEXT_ROWS = 3
"""Less of the card says nothing."""


class Needs(NamedTuple):
    """The rows that the parts need, some of them for a width."""

    week: int
    head: Callable[[int], int]
    items: int
    card: Callable[[int], int]
    figure: bool
    pain: Callable[[int], int]
    edit: Callable[[int], int]


def places(size: Size, needs: Needs) -> dict[str, Region]:
    """Return the region of each part that is shown, by its id; what has no room is absent."""
    width, height = size
    pain = min(needs.pain(width), max(1, height // 3))
    edit = min(needs.edit(width), max(0, height - pain - 4))
    room = Region(0, 0, width, max(0, height - pain - edit))
    padding = int(height >= HIGH)
    found = {"pain": Region(0, height - pain, width, pain), "edit": Region(0, height - pain - edit, width, edit)}
    if width < PANELS:
        found |= _one_column(room, needs)
    elif not needs.items:
        week, session = room.split_vertical(min(_WEEK_COLUMNS, width * 2 // 5))
        found |= {"week": week, "session": session}
    elif width < COLUMNS:
        found |= _two_columns(room, needs, padding)
    else:
        week, session, card = _columns(room, min(_WEEK_COLUMNS, width * 3 // 10))
        found |= {"week": week} | _session(session, needs, padding) | _card(card, needs, padding)
    return {name: region for name, region in found.items() if region.area}


def _columns(room: Region, week: int) -> tuple[Region, Region, Region]:
    """A narrow column, and two that share the rest."""
    left, rest = room.split_vertical(week)
    return left, *rest.split_vertical(-(-rest.width // 2))


def _two_columns(room: Region, needs: Needs, padding: int) -> dict[str, Region]:
    left, right = room.split_vertical(room.width * 5 // 9)
    around = needs.head(left.width - 6) + 4 + 3 * padding
    roomy, least = (room.height - around - needs.items * lines for lines in (TWO_LINES, 1))
    short = _SHORT_WEEK + 2 * padding
    week = min(needs.week + 2 + 2 * padding, roomy if roomy >= short else least)
    if week < 5 + 2 * padding:
        return _session(left, needs, padding) | _card(right, needs, padding)
    above, below = left.split_horizontal(week)
    return {"week": above} | _session(below, needs, padding) | _card(right, needs, padding)


def _inside(panel: Region, padding: int) -> Region:
    """The room inside a border."""
    return panel.shrink((1 + padding, 3, 1 + padding, 3))


def _session(panel: Region, needs: Needs, padding: int) -> dict[str, Region]:
    """A panel with the session: its texts, the list, the button."""
    inner = _inside(panel, padding)
    head = min(needs.head(inner.width), max(1, inner.height - 3))
    top = head + padding
    rows = Region(inner.x - 1, inner.y + top, inner.width + 2, max(0, inner.height - top))
    button = 3 if rows.height - 4 >= needs.items * TWO_LINES else 1
    if rows.height - button - 1 < min(3, needs.items):
        return {"session": panel, "items": rows}
    start = Region(inner.x, inner.bottom - button, inner.width, button)
    return {"session": panel, "items": rows.shrink((0, 0, button + 1, 0)), "start": _middle(start)}


def _middle(region: Region) -> Region:
    width = min(40, region.width)
    return Region(region.x + (region.width - width) // 2, region.y, width, region.height)


def _card(panel: Region, needs: Needs, padding: int) -> dict[str, Region]:
    """A panel with the card: the figure above the text."""
    inner = _inside(panel, padding)
    least = _PICTURE if inner.height >= _ROOMY else _FIGURE.height
    text = min(needs.card(inner.width), inner.height if not needs.figure else max(_TEXT_ROWS, inner.height - least - 1))
    free = inner.height - text - 1
    if not needs.figure or free < _FIGURE.height or inner.width < _FIGURE.width:
        return {"panel": panel, "card": inner}
    figure, below = inner.split_horizontal(free)
    return {"panel": panel, "figure": figure, "card": below.shrink((1, 0, 0, 0))}


def _one_column(room: Region, needs: Needs, top: int = 1) -> dict[str, Region]:
    top = top if room.height > _TALL else 0
    week = 0 if room.height < _LOW else 3 if room.height >= _TALL and room.width >= 80 else 2
    y = top + week + bool(week)
    if not needs.items:
        rest = Region(0, y, room.width, max(0, room.height - y))
        return {"week": Region(0, top, room.width, week), "session": rest}
    head = min(needs.head(room.width - 4), max(1, room.height - y - 3))
    found = {"week": Region(0, top, room.width, week), "session": Region(0, y, room.width, head)}
    y += head
    free = max(0, room.height - y)
    button = 2 if free >= min(3, needs.items) + 2 else 0
    rows = min(needs.items, free - button)
    if needs.items * TWO_LINES + button + 12 <= free:
        rows = needs.items * TWO_LINES
    card = free - rows - button - 1
    if needs.figure and top and card == _FIGURE.height - 1:
        return _one_column(room, needs, top=0)
    if head > 1 and card >= 0 and not _TEXT_ROWS <= card <= _FIGURE.height:  # a row apart from the notes
        y, card = y + 1, card - 1
    found |= {"items": Region(1, y, max(0, room.width - 2), rows)}
    y += rows
    if button:
        found["start"] = _middle(Region(2, y + 1, max(0, room.width - 4), 1))
    y += button + 1
    return found | (_beside(Region(2, y, max(0, room.width - 4), card), needs) if card >= _TEXT_ROWS else {})


def _beside(room: Region, needs: Needs) -> dict[str, Region]:
    """The card without a border: the figure beside the text."""
    if not needs.figure or room.height < _FIGURE.height or room.width < 3 * _FIGURE.width:
        return {"card": room}
    figure, text = room.split_vertical(min(_FIGURE_COLUMNS, max(_FIGURE.width, room.width * 2 // 5)))
    return {"figure": figure, "card": text.shrink((0, 0, 0, 3))}
