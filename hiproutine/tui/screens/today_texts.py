"""What Today says around its list of exercises, as styled text."""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from textual.content import Content
from textual.geometry import Size

from hiproutine.coach.planner import Plan
from hiproutine.coach.profile import Only
from hiproutine.day.words import TodayWords
from hiproutine.history.store import LeftOver, Past
from hiproutine.tui.theme import NO_BREAK
from hiproutine.tui.world import World

_WITHOUT_A_SESSION = (
    "The settings (key ,) have what you chose and answered; the Library (l) has the warning signs, and more to read."
)
_TALL = 22
_NOTE_LINES, _NOTE_LINES_IN_SHORT = 5, 2
"""So many lines are for what must be said about the session; `w` says the rest."""
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


class Given(NamedTuple):
    """What Today shows; `left` is what can be resumed, `elsewhere` the notice of another hiproutine.

    `checks_due` is how many self-checks are due.
    """

    world: World
    past: Past
    plan: Plan
    left: LeftOver | None
    elsewhere: str
    only: Only
    checks_due: int


def texts(given: Given, words: TodayWords, size: Size) -> dict[str, Content]:
    """The texts by the names of their widgets, for a screen of that size; those that are not shown are empty."""
    days = [
        Content(words.streak).stylize("bold"),
        Content(words.letters).stylize("$foreground-muted"),
        Content(words.marks).stylize("$secondary"),
    ]
    if given.past.unreadable:
        days.append(Content(f"Kept, but not readable: {given.past.unreadable[0]}").stylize("$warning"))
    if given.world.left_out:
        days.append(Content(given.world.left_out).stylize("$foreground-muted"))
    tall = size.height >= _TALL
    notes = _few(words.notes, size.width, _NOTE_LINES if tall else _NOTE_LINES_IN_SHORT)
    return {
        "date": Content(words.date),
        "days": Content("\n").join(days),
        "left-over": Content(words.left),
        "done": Content(words.done),
        "session": Content.assemble((words.name, "bold"), "   ", (words.length, "$foreground-muted")),
        "only": Content(given.only.words if words.exercises else "").stylize("$accent"),
        "honest": Content(words.honest)
        if words.exercises
        else Content(f"{words.honest}\n\n{_WITHOUT_A_SESSION}").stylize("$foreground"),
        "notes": Content("\n".join(notes)),
        "pain": Content("\n".join(filter(None, (words.pain, _due_words(given.checks_due)))) if words.exercises else ""),
        "hint": _hint() if tall else Content(""),
    }


def _due_words(count: int) -> str:
    return f"{count} self-check{'s are' if count > 1 else ' is'} due: e." if count else ""


def _few(notes: Sequence[str], width: int, lines: int) -> list[str]:
    """The notes that fit into so many lines, at least the first one, and how many more there are."""
    ends = list(accumulate(-(-len(note) // max(1, width - 4)) for note in notes))
    fitting = max(1, sum(end <= lines for end in ends))
    more = len(notes) - fitting
    return [*notes[:fitting], *([f"{more} more: w"] if more > 0 else [])]


def _hint() -> Content:
    links = (f"[@click=screen.{action}]{words}[/]" for action, words in _HINT.items())
    return Content.from_markup(f"  {NO_BREAK}".join(links))
