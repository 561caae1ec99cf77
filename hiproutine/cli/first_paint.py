"""First paint of Today: a few plain lines where its screen will draw them, while the screen toolkit still loads.

That takes 150 ms on a quick machine and two seconds on a slow one; the session can be read meanwhile.
"""

import sys

from hiproutine.day.words import TodayWords

_TALL = 22
_ALTERNATE_SCREEN = "\x1b[?1049h\x1b[?25l\x1b[2J"


def paint(words: TodayWords, columns: int, lines: int) -> None:
    """Paint on the alternate screen, which the application that follows uses and finally leaves."""
    rows = [
        *([""] if lines >= _TALL else []),
        words.date,
        words.streak,
        words.letters,
        words.marks,
        *filter(None, [words.done]),
        "",
        f"{words.name}   {words.length}",
        *filter(None, (words.honest, *words.notes)),
        "",
        *(each.name for each in words.exercises),
    ]
    text = "".join(f"\x1b[{number};3H{row[: columns - 4]}" for number, row in enumerate(rows[:lines], 1) if row)
    # The application writes to this stream too.
    stream = sys.__stderr__
    if stream:
        stream.write(_ALTERNATE_SCREEN + text)
        stream.flush()
