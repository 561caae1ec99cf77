"""The parts of Today that are painted: the week, the head of the session, its button, the card."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from textual.content import Content

from hiproutine.catalogue.model import Exercise, needs
from hiproutine.catalogue.vocabulary import AREAS, POSITIONS
from hiproutine.day.words import Meter, TodayWords, WeekWords
from hiproutine.practice.pain_prompt import CONFIRM
from hiproutine.tui.theme import dots
from hiproutine.tui.widgets.painted import (
    DONE,
    MUTED,
    OPEN,
    Painted,
    bar,
    meters,
    spread,
    streak_lines,
    week_dots,
    wrapped,
)
from hiproutine.tui.widgets.strokes import largest

_STOP = "Stop at"
# What a click does as well.
_EDIT = {
    "swap": "s swap",
    "drop": "d drop",
    "add": "a add",
    "move('up')": "K up",
    "move('down')": "J down",
    "dose('less')": "< less",
    "dose('more')": "> more",
    "undo": "z undo",
    "why": "w why",
}
_UNLIMITED = 999
_SPARKS = "▁▁▂▃▄▅▅▆▆▇█"
"""A score of pain, 0 to 10, as a bar."""


class WeekPart(Painted):
    """The streak with the last seven days; where there is room, what the week had."""

    def __init__(self, words: TodayWords) -> None:
        super().__init__(id="week")
        self.border_title = "This week"
        self._words = words
        self._week: WeekWords | None = None

    def show(self, words: TodayWords, week: WeekWords | None) -> None:
        if (words.streak, words.week, week) != (self._words.streak, self._words.week, self._week):
            self._words, self._week = words, week
            self.refresh(layout=True)

    @property
    def wanted(self) -> int:
        """The rows of the streak and the areas."""
        return 3 + (1 + len(self._week.stretched) if self._week and self._week.stretched else 0)

    def lines(self, width: int, height: int) -> Sequence[Content]:
        alone = height < 16
        found = self._beside(width, height) if alone else self._below(height)
        blocks = list(self._blocks(width, headed=not alone))
        airy = len(found) + sum(map(len, blocks)) + len(blocks) <= height and not alone
        for block in blocks:
            block = [Content(""), *block] if airy else block  # noqa: PLW2901
            if len(found) + len(block) > height:
                return found + (block[: height - len(found)] if alone and not found[3:] else [])
            found += block
        return found

    def _beside(self, width: int, height: int) -> list[Content]:
        """The streak with the days at the right end."""
        letters, dots = week_dots(self._words.week)
        streak = streak_lines(self._words.streak, 2.5 if height > 2 and width >= 48 else 0)
        ends = [letters, dots, Content("")]
        return [spread(line, end, width) for line, end in zip(streak, ends, strict=False)]

    def _below(self, height: int) -> list[Content]:
        """The streak as large as fits, and the days below it."""
        rows = largest(8 if height >= 36 else 5)
        return [*streak_lines(self._words.streak, rows), Content(""), *week_dots(self._words.week, "   ")]

    def _blocks(self, width: int, *, headed: bool) -> Iterable[list[Content]]:
        """The week's volume, each part with a blank line before it."""
        week = self._week
        if not week:
            return
        blank = Content("")
        if week.stretched:
            heading = [_heading("Stretched this week")] if headed else []
            yield [blank, *heading, *meters(week.stretched, width)]
        if week.strength:
            yield [blank, _heading("Strength"), *(_days(each, width) for each in week.strength)]
        if week.programme:
            part = bar(
                week.programme.value / week.programme.goal, max(4, width - len(week.programme.words) - 2), "$primary"
            )
            line = Content.assemble(part, (f"  {week.programme.words}", MUTED))
            yield [blank, _heading("Programme"), Content(week.programme.label).stylize("bold"), line]
        if week.pain_words:
            sparks = Content("".join(_SPARKS[score] for score in week.pain)).stylize("$warning")
            yield [blank, _heading("Pain before a session"), Content.assemble(sparks, (f"  {week.pain_words}", MUTED))]
        if week.last:
            yield [blank, _heading("Last time"), *wrapped(week.last, width)]


def _heading(words: str) -> Content:
    return Content(words).stylize(MUTED)


def _days(meter: Meter, width: int) -> Content:
    done = int(meter.value)
    dots = Content.assemble((f"{DONE} " * done, "$success"), (f"{OPEN} " * max(0, int(meter.goal) - done), MUTED))
    return spread(Content.assemble(f"{meter.label:<15} ", dots), Content(meter.words).stylize(MUTED), min(width, 44))


class SessionHead(Painted):
    """The name of the session with its length and its end, and the notes that matter."""

    def __init__(self, words: TodayWords, notes: Sequence[tuple[str, str]]) -> None:
        """`notes` are sentences with their styles, the most important first."""
        super().__init__(id="session")
        self.border_title = "Today"
        self._words, self._notes = words, tuple(notes)

    def show(self, words: TodayWords, notes: Sequence[tuple[str, str]]) -> None:
        before, self._words, self._notes = (self._words, self._notes), words, tuple(notes)
        if before != (words, self._notes):
            self.refresh(layout=True)

    def lines(self, width: int, height: int) -> Sequence[Content]:
        title = spread(Content(self._words.name).stylize("bold"), Content(self._words.length).stylize(MUTED), width)
        return [
            title,
            *self._fitting([wrapped(words, width, style) for words, style in self._notes], height - 1, width),
        ]

    def _fitting(self, notes: Sequence[list[Content]], room: int, width: int) -> list[Content]:
        """Return as many notes as fit whole, the next one as far as it fits, and the number of those not whole."""
        found: list[Content] = []
        for number, note in enumerate(notes):
            last = number == len(notes) - 1
            if len(found) + len(note) + (not last) > room:
                more = Content(f"{len(notes) - number} more: w").stylize(MUTED)
                part = note[: max(0, room - len(found) - 1)]
                if part and len(part) < len(note):
                    part[-1] = part[-1].rstrip().truncate(width - 1) + Content("…")
                return [*found, *part, more][: max(0, room)]
            found += note
        return found


class StartButton(Painted):
    """The action of Enter; a click does it as well."""

    def __init__(self, words: str) -> None:
        super().__init__(id="start")
        self._words = words

    def show(self, words: str) -> None:
        if words != self._words:
            self._words = words
            self.refresh()

    def lines(self, width: int, height: int) -> Sequence[Content]:
        blank = [Content("")] * ((height - 1) // 2)
        words = Content.assemble((self._words, "bold"), "   enter")
        return [*blank, Content(" " * ((width - words.cell_length) // 2)) + words]

    def on_click(self) -> None:
        self.app.simulate_key(CONFIRM)


class Marked(NamedTuple):
    """The marked exercise, as its card shows it; `panel` if it has a panel of its own."""

    exercise: Exercise
    dose: str
    careful: tuple[str, ...]
    why: str
    video: bool
    panel: bool


class _Part(NamedTuple):
    """A part of the card."""

    name: str
    weight: int
    lines: list[Content]


class CardText(Painted):
    """The card of the marked exercise: dose, chips, cautions, set-up, when to stop, why it is there."""

    def __init__(self) -> None:
        super().__init__(id="card")
        self._shown: Marked | None = None

    def show(self, marked: Marked | None) -> None:
        if marked != self._shown:
            self._shown = marked
            self.refresh(layout=True)

    def rows(self, width: int) -> int:
        """The rows that all of it needs."""
        return len(self.lines(width, _UNLIMITED))

    def lines(self, width: int, height: int) -> Sequence[Content]:
        if not self._shown:
            return []
        parts = self._parts(width)
        by_weight = sorted(parts, key=lambda part: -part.weight)
        while sum(len(part.lines) for part in parts) > height and by_weight and by_weight[0].weight:
            parts.remove(by_weight.pop(0))
        steps = next(part for part in parts if part.name == "steps")
        room = height - sum(len(part.lines) for part in parts if part is not steps)
        return [
            line for part in parts for line in (_cut(self._steps(width), room, width) if part is steps else part.lines)
        ]

    def _steps(self, width: int) -> list[list[Content]]:
        assert self._shown
        steps = enumerate(self._shown.exercise.setup, 1)
        return [wrapped(f"{number}  {step}", width, MUTED, indent=3) for number, step in steps]

    def _parts(self, width: int) -> list[_Part]:
        """All parts in their order; where there is no room the heaviest goes first, and those of weight 0 stay."""
        assert self._shown
        exercise, dose, careful, why, video, panel = self._shown
        blank = Content("")
        steps = [line for step in self._steps(width) for line in step]
        stop = wrapped(f"{_STOP} {', '.join(exercise.stop_if)}", width) if exercise.stop_if else []
        if stop:
            stop[0] = stop[0].stylize("bold $error", 0, len(_STOP))
        found = [
            _Part("dose", 3, [Content(dose).stylize("bold"), blank]),
            _Part("chips", 4, [*_chips(exercise, width), blank]),
            _Part("careful", 0, [line for each in careful for line in wrapped(f"Careful: {each}", width, "$warning")]),
            _Part("steps", 0, steps),
            _Part("gap", 1, [blank]),
            _Part("stop", 0, stop),
            _Part("why", 2, [blank, *wrapped(f"Why: {why}", width, MUTED)] if why else []),
            _Part("video", 5, [blank, Content.assemble(("v", "bold $primary"), (" video", MUTED))] if video else []),
        ]
        return found if panel else [part for part in found if part.name not in ("dose", "chips", "gap", "video")]


def _chips(exercise: Exercise, width: int) -> list[Content]:
    """Return area, position, equipment and level, as many as fit into a line."""
    gear = needs(exercise.equipment)
    words = (
        AREAS[exercise.areas[0]],
        POSITIONS[exercise.position],
        "" if gear == "nothing" else gear,
        dots(exercise.level),
    )
    found = Content("")
    for word in filter(None, words):
        chip = Content(f" {word} ").stylize("on $panel")
        if found.cell_length + chip.cell_length + 1 > width:
            break
        found = Content(" ").join([found, chip]) if found.cell_length else chip
    return [found]


def _cut(steps: Sequence[list[Content]], room: int, width: int) -> list[Content]:
    """Return as many whole steps as fit; the last line says how many more there are."""
    found: list[Content] = []
    for number, step in enumerate(steps):
        if len(found) + len(step) > room:
            more = Content(f"  … {len(steps) - number} more").stylize(MUTED)
            if found and len(found) < room:
                return [*found, Content(" ") + more]
            if found:
                return [*found[:-1], found[-1].truncate(width - more.cell_length, ellipsis=True) + more]
            return (
                [*step[: room - 1], step[room - 1].truncate(len(step[room - 1]) - 1) + Content("…")] if room > 0 else []
            )
        found += step
    return found


class EditKeys(Painted):
    """The keys that change the session; a click on one does the same."""

    def __init__(self) -> None:
        super().__init__(id="edit")

    def lines(self, width: int, height: int) -> Sequence[Content]:  # noqa: ARG002 -- it needs what it needs
        found = [Content("")]
        for action, words in _EDIT.items():
            key, does = words.split()
            entry = Content.assemble((key, "bold $primary"), Content.from_markup(f" [@click=screen.{action}]{does}[/]"))
            if found[-1].cell_length + entry.cell_length + 3 > width:
                found.append(Content(""))
            found[-1] = Content("   ").join([found[-1], entry]) if found[-1].cell_length else entry
        return found
