"""What Today says around its list of exercises, as styled text."""

from collections.abc import Sequence
from itertools import accumulate

from textual.content import Content
from textual.geometry import Size

from hiproutine.day.today import Day
from hiproutine.day.words import TodayWords
from hiproutine.tui.theme import NO_BREAK

_WITHOUT_A_SESSION = (
    "The settings (key ,) have what you chose and answered; the Library (l) has the warning signs, and more to read."
)
_TALL = 22
_NOTE_LINES, _NOTE_LINES_IN_SHORT = 5, 2
"""Maximum lines for notes on the session; `w` shows the rest."""
# What a click does as well.
_HINT = {
    "swap": "s swaps",
    "drop": "d drops",
    "add": "a adds",
    "move('up')": "K up",
    "move('down')": "J down",
    "dose('less')": "< less",
    "dose('more')": "> more",
    "why": "w why",
}


def texts(day: Day, words: TodayWords, size: Size) -> dict[str, Content]:
    """The texts by the ids of their widgets, for a screen of that size; those that are not shown are empty."""
    days = [
        Content(words.streak).stylize("bold"),
        Content(words.letters).stylize("$foreground-muted"),
        Content(words.marks).stylize("$secondary"),
    ]
    if day.past.unreadable:
        days.append(Content(f"Kept, but not readable: {day.past.unreadable[0]}").stylize("$warning"))
    if day.loaded.told:
        days.append(Content(day.loaded.told).stylize("$foreground-muted"))
    tall = size.height >= _TALL
    notes = _few(words.notes, size.width, _NOTE_LINES if tall else _NOTE_LINES_IN_SHORT)
    return {
        "date": Content(words.date),
        "days": Content("\n").join(days),
        "left-over": Content(words.interrupted),
        "done": Content(words.done),
        "session": Content.assemble((words.name, "bold"), "   ", (words.length, "$foreground-muted")),
        "only": Content(day.only.words if words.exercises else "").stylize("$accent"),
        "honest": Content(words.honest)
        if words.exercises
        else Content(f"{words.honest}\n\n{_WITHOUT_A_SESSION}").stylize("$foreground"),
        "notes": Content("\n".join(notes)),
        "pain": Content("\n".join(filter(None, (words.pain, _due_words(day.checks_due)))) if words.exercises else ""),
        "hint": _hint() if tall else Content(""),
    }


def _due_words(count: int) -> str:
    return f"{count} self-check{'s are' if count > 1 else ' is'} due: e." if count else ""


def _few(notes: Sequence[str], width: int, lines: int) -> list[str]:
    """The notes that fit into `lines`, at least the first, and how many more there are."""
    ends = list(accumulate(-(-len(note) // max(1, width - 4)) for note in notes))
    fitting = max(1, sum(end <= lines for end in ends))
    more = len(notes) - fitting
    return [*notes[:fitting], *([f"{more} more: w"] if more > 0 else [])]


def _hint() -> Content:
    links = (f"[@click=screen.{action}]{words}[/]" for action, words in _HINT.items())
    return Content.from_markup(f"  {NO_BREAK}".join(links))
