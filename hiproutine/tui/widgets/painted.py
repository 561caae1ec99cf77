"""Widgets that paint lines made for their size, and the parts that such lines are made of."""

from collections.abc import Iterable, Sequence
from textwrap import wrap

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from hiproutine.day.words import Days, Meter, StreakWords
from hiproutine.tui.widgets.strokes import rows_of

FAINT = "$foreground 25%"
"""The style of what is not reached, such as the rest of a bar."""
MUTED = "$foreground-muted"
DONE, OPEN, TODAY = "●", "○", "◌"
"""A day that is done, one that is not, and today while it is open."""
_FILLING = "○◔◑◕●"
PROSE = 84
"""Maximum width of sentences."""


class Painted(Widget):
    """Paint the lines that `lines` returns for the size of the widget."""

    def lines(self, width: int, height: int) -> Sequence[Content]:
        """Return the lines for that many columns and at most that many rows."""
        raise NotImplementedError

    def render(self) -> Content:
        return Content("\n").join(self.lines(*self.content_size))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 -- Textual's own
        return len(self.lines(width, viewport.height))

    @property
    def text(self) -> str:
        """The text that is shown."""
        return self.render().plain


def named(name: str, short: str | None, room: int) -> str:
    """Return a name, or the short one, if there is one, where the whole one would be cut."""
    return short if short and cell_len(name) > room else name


def spread(left: Content, right: Content, width: int) -> Content:
    """Put two texts at the ends of a line; the left one is cut where there is no room."""
    room = width - right.cell_length - 1
    if left.cell_length > room:
        left = left.truncate(max(1, room), ellipsis=True)
    return left + Content(" " * max(1, width - left.cell_length - right.cell_length)) + right


def wrapped(text: str, width: int, style: str = "", *, indent: int = 0) -> list[Content]:
    """Break a text into lines, all but the first indented."""
    broken = (
        line
        for paragraph in text.split("\n")
        for line in wrap(paragraph, max(8, min(width, PROSE)), subsequent_indent=" " * indent)
    )
    return [Content(line).stylize(style) for line in broken]


def bar(share: float, cells: int, style: str) -> Content:
    """Return a bar that is full up to `share`; the rest is thinner, so that it shows without colours, too."""
    full = round(cells * max(0.0, min(1.0, share)))
    return Content("━" * full).stylize(style) + Content("─" * (cells - full)).stylize(FAINT)


def meters(shown: Iterable[Meter], width: int) -> list[Content]:
    """Return a line for each meter: label, bar, words."""
    shown = list(shown)
    label = max((len(each.label) for each in shown), default=0)
    words = max((len(each.words) for each in shown), default=0) + 2
    cells = max(4, width - label - words - 4)
    return [
        Content.assemble(
            f"{each.label:<{label}}  ",
            bar(each.value / each.goal, cells, "$success" if each.reached else "$primary"),
            (f"  {each.words} ✓", "$success") if each.reached else (f"  {each.words}", MUTED),
        )
        for each in shown
    ]


def week_dots(week: Days, gap: str = "  ", part: float = 1.0) -> tuple[Content, Content]:
    """Return the letters of some days up to today, and below each whether it is done; today's dot is full to a part."""
    letters, dots = list[Content](), list[Content]()
    *before, (today, done_today) = week
    for day, done in before:
        letters.append(Content(f"{day:%a}"[0]).stylize(MUTED))
        dots.append(Content(DONE).stylize("$success") if done else Content(OPEN).stylize(MUTED))
    letters.append(Content(f"{today:%a}"[0]).stylize("bold $accent"))
    filling = _FILLING[round(part * (len(_FILLING) - 1))]
    dots.append(Content(filling).stylize("bold $success") if done_today else Content(TODAY).stylize("bold $accent"))
    return Content(gap).join(letters), Content(gap).join(dots)


def streak_lines(words: StreakWords, rows: float, more: Sequence[Content] = ()) -> list[Content]:
    """The number with its words and `more` beside it: large, if there are rows for that."""
    said = [Content(words.what).stylize("bold"), Content(words.below).stylize(MUTED), *more]
    if not words.number:
        return said
    if not rows:
        return [Content.assemble((str(words.number), "bold $success"), " ", said[0]), *said[1:]]
    digits = rows_of(str(words.number), rows)
    wide = max(map(len, digits)) + 3
    beside = [*said, *[Content("")] * len(digits)]
    return [Content(f"{digit:<{wide}}").stylize("$success") + line for digit, line in zip(digits, beside, strict=False)]
