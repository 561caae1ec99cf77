"""First paint of Today: a few plain lines where its screen will draw them, while Textual is still loading.

Loading takes 150 ms on a fast machine and two seconds on a slow one; the session can be read meanwhile.
"""

import sys

from hiproutine.day.words import TodayWords

_TALL = 22
_PAGES = "Today   l Library   g Progress   , Settings"
_ALTERNATE_SCREEN = "\x1b[?1049h\x1b[?25l\x1b[2J"


def paint(words: TodayWords, columns: int, lines: int) -> None:
    """Paint on the alternate screen, which the application then uses, and leaves at its end."""
    number = f"{words.streak.number} " if words.streak.number else ""
    rows = [
        _PAGES,
        *([""] if lines >= _TALL else []),
        number + words.streak.what,
        words.streak.below,
        *([""] if lines >= _TALL else []),
        "",
        f"{words.name}   {words.length}",
        *filter(None, (words.interrupted, words.honest, words.done, *words.notes)),
        *(f"{place:>2}  {each.name}" for place, each in enumerate(words.exercises, 1)),
    ]
    text = "".join(f"\x1b[{number};3H{row[: columns - 4]}" for number, row in enumerate(rows[:lines], 1) if row)
    # The application writes to this stream too.
    stream = sys.__stderr__
    if stream:
        stream.write(_ALTERNATE_SCREEN + text)
        stream.flush()
