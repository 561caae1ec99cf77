"""A name that has no room is the short one, in every list; it is cut only where that has no room either."""

from textual.content import Content

from hiproutine.day.ending import EndingWords
from hiproutine.day.words import StreakWords
from hiproutine.tui.screens.done import Tomorrow, _less_lines
from hiproutine.tui.widgets.columns import Row
from hiproutine.tui.widgets.painted import named

LONG, SHORT = "Standing split-stance hip flexor stretch", "Split-stance lunge"
WORDS = EndingWords(
    done="",
    session="",
    loads=(),
    streak=StreakWords(0, "", ""),
    week=(),
    moment="",
    gained=(),
    less=((f"{LONG}, left", "skipped"),),
    tomorrow="12 min",
    exercises=((LONG, "2 × 30 s each side", "2:35"),),
    shorts={LONG: SHORT, f"{LONG}, left": f"{SHORT}, left"},
)


def test_the_short_name_is_for_less_room() -> None:
    assert named(LONG, SHORT, len(LONG)) == LONG
    assert named(LONG, SHORT, len(LONG) - 1) == SHORT
    assert named(LONG, None, 5) == LONG


def test_a_row_the_end_page_and_tomorrow_have_it() -> None:
    row = Row(Content(LONG), short=Content(SHORT))
    assert (row.at(len(LONG)).plain, row.at(len(LONG) - 1).plain.rstrip()) == (LONG, SHORT)
    wide, narrow = (Tomorrow(WORDS).lines(width, 9)[-1].plain for width in (80, 60))
    assert wide.startswith(f" 1  {LONG}  ")
    assert narrow.startswith(f" 1  {SHORT}  ")
    assert narrow.endswith("2 × 30 s each side   2:35")
    assert [line.plain for line in _less_lines(f"{LONG}, left", f"{SHORT}, left", "skipped", 40)] == [
        f"↓ {SHORT}, left",
        "  skipped",
    ]
