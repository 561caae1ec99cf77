"""The end of a session: the streak, the week, what was gained, what was less, pain, tomorrow."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.events import Key

from hiproutine.clock import Clock
from hiproutine.coach.pain import RED_FLAGS
from hiproutine.day.ending import EndingWords
from hiproutine.history.records import SessionRecord
from hiproutine.practice.pain_prompt import DROP, NOW, Where
from hiproutine.tui.keys import bindings
from hiproutine.tui.motion import Motion, moves
from hiproutine.tui.screens.pain import PainScreen
from hiproutine.tui.theme import NO_BREAK
from hiproutine.tui.widgets.description import CardWanted
from hiproutine.tui.widgets.footer import Footer
from hiproutine.tui.widgets.pain_strip import PainStrip
from hiproutine.tui.widgets.painted import FAINT, MUTED, Painted, named, spread, streak_lines, week_dots, wrapped
from hiproutine.tui.widgets.strokes import rows_of, width_of

_MOVING_S = 0.6
_LEAVING = ("escape", "q")
_WIDE, _HIGH, _ROOMY = 100, 24, 30
"""Columns and rows from which on there are panels, a large number, one that fills its column."""
_DIGITS = 12, 9.5, 7, 5


class After(NamedTuple):
    """Callbacks for what is said after the session.

    Note a pain score and return what follows, or take it back if possible.
    """

    note: Callable[[int, Where], str]
    take_back: Callable[[], bool]
    felt: Callable[[str, str], str]
    """Note that an exercise, by its id, felt too easy or too hard, and return what follows."""


class Done(Painted):
    """The streak as large as fits, what is special about today, and the week, whose last day fills in."""

    def __init__(self, words: EndingWords) -> None:
        super().__init__(id="streak")
        self._words = words
        self._part = 1.0

    def show(self, part: float) -> None:
        """Show the day filled up to a part."""
        self._part = part
        self.refresh()

    def lines(self, width: int, height: int) -> Sequence[Content]:  # noqa: ARG002 -- it needs what it needs
        words, size = self._words, self.app.size
        moment = wrapped(words.moment, width, "bold $accent")
        letters, dots = week_dots(words.week, "   ", self._part)
        if size.width >= _WIDE and size.height >= _ROOMY:
            return [
                *self._digits(width),
                Content(""),
                *streak_lines(words.streak._replace(number=0), 0),
                *moment,
                Content(""),
                letters,
                dots,
            ]
        if size.height >= _HIGH:
            return streak_lines(
                words.streak, 5 if words.streak.number else 0, [*(moment or [Content("")]), letters, dots]
            )
        ends = [letters, dots, Content("")]
        streak = streak_lines(words.streak, 2.5)
        if not words.streak.number:  # the sentence below is too long to stand beside the week
            streak.insert(1, Content(""))
        return [*(spread(line, end, width) for line, end in zip(streak, ends, strict=False)), *moment]

    def _digits(self, width: int) -> list[Content]:
        """The number as large as fits."""
        number = str(self._words.streak.number)
        rows = next((rows for rows in _DIGITS if width_of(number, rows, 1) <= width), 0)
        return [Content(row).stylize("$success") for row in rows_of(number, rows)] if rows and number != "0" else []


class Gained(Painted):
    """The session's share in the week of each area: the earlier volume, and the new part, which grows."""

    def __init__(self, words: EndingWords) -> None:
        super().__init__(id="gained", classes="block")
        self.border_title = "Gained this week"
        self._gained = words.gained
        self._less = words.less
        self._part = 1.0

    def show(self, part: float) -> None:
        """Show a part of what is new."""
        self._part = part
        self.refresh()

    def lines(self, width: int, height: int) -> Sequence[Content]:  # noqa: ARG002
        if self._less and _small(self):
            return self._in_words(width)
        label = max((len(gain.meter.label) for gain in self._gained), default=0) + 2
        words = max((len(gain.meter.words) for gain in self._gained), default=0)
        cells = max(4, width - label - words - 6)
        return [
            *_heading(self, "Gained this week"),
            *(self._line(number, label, cells) for number in range(len(self._gained))),
        ]

    def _in_words(self, width: int) -> list[Content]:
        """The same without bars, which would push what was less off the screen."""
        meters = (gain.meter for gain in self._gained)
        areas = (f"{each.label} {each.words}{' ✓' if each.reached else ''}".replace(" ", NO_BREAK) for each in meters)
        return wrapped(f"Gained this week: {'; '.join(areas)}.", width, MUTED)

    def _line(self, number: int, label: int, cells: int) -> Content:
        meter, before = self._gained[number]
        had, has = (round(cells * min(1.0, value / meter.goal)) for value in (before, meter.value))
        new = round((has - had) * self._part)
        return Content.assemble(
            f"{meter.label:<{label}}",
            ("━" * had, "$primary"),
            ("━" * new, "$success"),
            ("─" * (cells - had - new), FAINT),
            (f"  {meter.words}{' ✓' if meter.reached else ''}", "$success" if meter.reached else MUTED),
        )


class Summary(Painted):
    """The session's length, amount and content; without panels tomorrow's exercises as well."""

    def __init__(self, words: EndingWords) -> None:
        super().__init__(id="summary")
        self._words = words

    def lines(self, width: int, height: int) -> Sequence[Content]:  # noqa: ARG002
        words = self._words
        done = Content.assemble((words.done, "bold"), (f"   {words.session}", MUTED))
        loads = wrapped("; ".join(words.loads), width, MUTED)
        tomorrow = self._tomorrow(width) if self.app.size.width < _WIDE else []
        return [done.truncate(width, ellipsis=True), *tomorrow, *loads]

    def _tomorrow(self, width: int) -> list[Content]:
        """Tomorrow's words whole, and as many of its exercises as fit beside them."""
        words = self._words
        first, *more = wrapped(f"Tomorrow: {words.tomorrow}", width, indent=2)
        if more:
            return [first, *more]
        names = [name for name, *_ in words.exercises]
        short = "; ".join(words.shorts.get(name, name) for name in names)
        every = named("; ".join(names), short, width - first.cell_length - 3)
        return [Content.assemble(first, "   ", (every, MUTED)).truncate(width, ellipsis=True)]


class Less(Painted):
    """Skipped and shortened exercises, with reasons."""

    def __init__(self, words: EndingWords) -> None:
        super().__init__(id="less", classes="block")
        self.border_title = "Less than planned"
        self._less, self._shorts = words.less, words.shorts

    def lines(self, width: int, height: int) -> Sequence[Content]:  # noqa: ARG002
        less = _together(self._less) if _small(self) else self._less
        lines = (line for name, why in less for line in _less_lines(name, self._shorts.get(name), why, width))
        return [*_heading(self, "Less than planned"), *lines]


def _small(part: Painted) -> bool:
    """Whether a screen has no room for a line an exercise and a bar an area."""
    return part.app.size.width < _WIDE and part.app.size.height < _ROOMY


def _together(less: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield neighbours with the same reason as one, headed by that."""
    for why, same in groupby(less, key=lambda each: each[1]):
        names = [name for name, _ in same]
        yield (names[0], why) if len(names) == 1 else (why.capitalize(), "; ".join(names))


def _less_lines(name: str, short: str | None, why: str, width: int) -> list[Content]:
    """Return an exercise and why less of it was done, below its name if both are too long for a line."""
    arrow = Content("↓ ").stylize("$warning")
    if cell_len(name) + cell_len(why) + 4 <= width:
        return [Content.assemble(arrow, name, (f"  {why}", MUTED))]
    head = arrow + Content(named(name, short, width - 2))
    return [head.truncate(width, ellipsis=True), *wrapped(f"  {why}", width, MUTED, indent=2)]


class Tomorrow(Painted):
    """A panel with the session of tomorrow."""

    def __init__(self, words: EndingWords) -> None:
        super().__init__(id="tomorrow", classes="block")
        self.border_title = "Tomorrow"
        self._words = words

    def lines(self, width: int, height: int) -> Sequence[Content]:  # noqa: ARG002
        words, rows = self._words, list[Content]()
        for number, (name, dose, length) in enumerate(words.exercises, 1):
            end = Content.assemble((dose, MUTED), f"{length:>7}")
            fits = named(name, words.shorts.get(name), width - end.cell_length - 5)
            rows.append(spread(Content.assemble((f"{number:>2}  ", MUTED), fits), end, width))
        return [*wrapped(words.tomorrow, width), *([Content(""), *rows] if rows else [])]


def _heading(part: Painted, words: str) -> list[Content]:
    """Return a heading where no border has it."""
    return [] if part.app.size.width >= _WIDE else [Content(words).stylize(MUTED)]


class DoneScreen(PainScreen):
    """Show `words` of `record`, the session just practised; `after` receives what is said of it."""

    CSS_PATH = "done.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-plain"), (_WIDE, "-panels")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (45, "-huge")]
    BINDINGS = bindings("done")

    def __init__(
        self, words: EndingWords, record: SessionRecord, clock: Clock, after: After, *, reduced_motion: bool
    ) -> None:
        super().__init__(clock)
        self._words = words
        self._record = record
        self._after = after
        self._said = ""
        self._score: int | None = None
        self._reduced = reduced_motion
        self._done, self._gained, self._pain = Done(words), Gained(words), PainStrip(NOW)

    def compose(self) -> ComposeResult:
        with Container(id="page"):
            yield self._done
            with VerticalScroll(id="done"):
                yield Summary(self._words)
                if self._words.less:
                    yield Less(self._words)
                if self._words.gained:
                    yield self._gained
                yield Tomorrow(self._words)
        yield self._pain
        yield Footer()

    def on_mount(self) -> None:
        Motion(self, _MOVING_S, self._move, moving=moves(self, reduced=self._reduced))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "undo":
            return self.prompt.typed is not None or self._score is not None
        return super().check_action(action, parameters)

    def _move(self, part: float) -> None:
        self._done.show(part)
        self._gained.show(part)

    def note(self, score: int, where: Where) -> None:
        place = f", {where.words}" if where.words else ""
        self._score = score
        self._said = f"{score} of 10{place}. {self._after.note(score, where)}"

    def show_pain(self) -> None:
        typed = self.prompt.typed
        self._pain.show(NOW, self.prompt.words or self._said, self._score if typed is None else typed)
        self.refresh_bindings()

    def action_undo(self) -> None:
        """Take back the typed number, or else the noted score."""
        if not self.press(DROP) and self._after.take_back():
            self._said, self._score = "", None
            self.show_pain()

    def action_afar(self) -> None:
        """Let a typed number count, or else close this page."""
        if not self.settle():
            self.action_back()

    def action_felt(self, felt: str) -> None:
        last = next(step for step in reversed(self._record.steps) if step.held_ms)
        self._said = self._after.felt(last.exercise, felt)
        self.show_pain()

    def on_key(self, event: Key) -> None:
        """Let a typed number count and show what follows, before a key leaves the page."""
        if event.key in _LEAVING and self.settle():
            event.prevent_default().stop()

    def action_card(self) -> None:
        self.post_message(CardWanted(self, RED_FLAGS))
