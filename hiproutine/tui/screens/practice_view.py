"""The view of a practised session: where it stands, in each state and in any window. Reads no key and moves nothing."""

from collections.abc import Mapping
from itertools import zip_longest
from math import ceil
from textwrap import fill, wrap

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size

from hiproutine.catalogue.prescription import Phase
from hiproutine.coach.screening import cautions
from hiproutine.day.context import Context
from hiproutine.day.today import Day
from hiproutine.practice.colours import PHASE_ROLES
from hiproutine.practice.cues import PHASES
from hiproutine.practice.hurting import CHOICE_WORDS, STEPS, STOPS, TAKE_BACK, TAKES, asks_where, question
from hiproutine.practice.pain_prompt import CONFIRM, DIGITS
from hiproutine.practice.player import Player
from hiproutine.practice.readout import (
    big_number,
    big_side,
    big_word,
    breath_now,
    coming,
    count,
    minds,
    session_words,
    short_name,
    small_word,
    status_line,
)
from hiproutine.practice.runner import Leader
from hiproutine.practice.setup_pages import setup_pages, side_words, turn
from hiproutine.practice.words import STOP_QUESTION, minutes_question
from hiproutine.text import clock_length
from hiproutine.tui.motion import Motion, moves
from hiproutine.tui.pages import Page
from hiproutine.tui.widgets.big_text import BigText
from hiproutine.tui.widgets.figure import LEAST
from hiproutine.tui.widgets.footer import Footer
from hiproutine.tui.widgets.line import Line
from hiproutine.tui.widgets.meters import Blocks, Drain
from hiproutine.tui.widgets.pain_strip import pain_scale
from hiproutine.tui.widgets.session_figure import SessionFigure
from hiproutine.tui.widgets.strokes import largest

BIG_ANSWERS = {"e": "EASIER", "s": "SHORTER", "n": "NEXT", "q": "STOP", "l": "LATER", "escape": "RESUME"}
"""Answers in large letters, by key, of which most are the first letters."""
NEXT = "NEXT"
INK_S, LEAST_INK = 0.15, 0.4
"""For so long the word of a new phase comes out of its colour, beginning with so much of its own."""
MINUTES_RANGE = "1-99"
MARK = "▶\N{NO-BREAK SPACE}"

SHORT = 9
"""Maximum number of characters of a side, a number or a marked answer: all of them restyle at each phase."""
WORD_PART, DIGITS_PART = 0.21, 0.25
"""Of the screen's height: 33 and 40 mm on a laptop of 14 inches."""
_PROSE = 84
"""Maximum width, in cells, of a sentence."""
_SCALE_ROWS = 24
"""From how many rows on the scale of pain stays beside the answers."""
_TALL, _WIDE = 19, 60
"""The least rows and columns of a window with room beside word, side and number."""


class PracticeView(Page[None]):
    """Draws where `leader` stands, and what is asked."""

    VERTICAL_BREAKPOINTS = [
        (0, "-tiny"),
        (12, "-short"),
        (_TALL, "-tall"),
        (24, "-usual"),
        (32, "-high"),
        (45, "-huge"),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (40, "-middle"), (_WIDE, "-wide"), (64, "-roomy")]

    def __init__(self, context: Context, day: Day, leader: Leader) -> None:
        super().__init__()
        self.context = context
        self._day = day
        self._leader = leader
        self._sound = context.sound(day.settings, self.ring, self.notice)
        self._laid_out = False
        self._until_turn_ms = 0
        """Until the next page of the set-up, in a pause too; 0 if there is no other."""
        self._told = ""
        self._usable: tuple[object, ...] = ()
        names = ("phase", "setup", "setup-below", "title", "next", "cue", "what", "told")
        self._lines = {name: Line(id=name) for name in names}
        self._lines["what"].set_reactive(Line.auto_links, False)  # a link's colour would hide the marked number
        self._drain, self._blocks = Drain(id="drain"), Blocks(id="count")
        self._word = BigText(across=0, down=0, id="word")
        self._side = BigText(across=0, down=0, longest=SHORT, id="side")
        self._number = BigText(across=0, down=1, longest=SHORT, id="number")
        self._short, self._coming = BigText(id="short"), BigText(wraps=True, id="coming")
        self._answers = tuple(BigText(longest=SHORT, id=f"answer-{number}") for number in range(3))
        self._figure = SessionFigure(leader, day.settings, context.figure, self._show, id="figure")

    @property
    def player(self) -> Player:
        return self._leader.player

    def ring(self) -> None:
        self.app.bell()

    def notice(self, words: str) -> None:
        """Send a desktop notification through the terminal (OSC 9)."""
        if self.app._driver:  # noqa: SLF001 -- as Textual itself writes to the clipboard
            self.app._driver.write(f"\x1b]9;{words}\x1b\\")  # noqa: SLF001

    # ---- what is asked ----

    @property
    def _choosing(self) -> bool:
        """Whether the choices are large: not while the number is, which may still be changed."""
        hurting = self._leader.hurting
        return bool(self._leader.choices) and not (hurting and hurting.prompt.typed is not None)

    @property
    def _answer_keys(self) -> tuple[str, ...]:
        """The keys that answer the open question; without one, there are none."""
        leader = self._leader
        if leader.minutes is not None:
            return (*DIGITS, CONFIRM, TAKE_BACK)
        if not leader.hurting:
            return tuple(leader.choices)
        takes = () if leader.hurting.number is None else TAKES
        return (*DIGITS, *takes, *STEPS, TAKE_BACK, *leader.choices, *([STOPS] if leader.choices else []))

    @property
    def key_words(self) -> dict[str, str]:
        """What Enter does now: it notes the number, takes the marked answer, or fits the rest into the minutes."""
        words = "Fit" if self._leader.minutes is not None else "Note it"
        if (hurting := self._leader.hurting) and hurting.number and self._choosing:
            words = CHOICE_WORDS[hurting.choices[hurting.marked_key]]
        found = {f"answer('{CONFIRM}')": words}
        return found | {f"answer('{TAKE_BACK}')": words} if hurting and hurting.from_afar else found

    # ---- what is on the screen ----

    @property
    def _getting_ready(self) -> bool:
        return self.player.segment.phase is Phase.READY

    @property
    def _roomy(self) -> bool:
        """Whether the figure, the set-up or what comes have room at the right of word, side and number."""
        return self.size.width >= _WIDE and self.size.height >= _TALL

    def compose(self) -> ComposeResult:
        yield self._lines["phase"]
        with Horizontal(id="stage"):
            with Vertical(id="stack"):
                yield self._word
                yield self._side
                with Vertical(id="counter"):
                    yield self._number
                    yield self._blocks
            with Vertical(id="right"):
                yield self._figure
                yield self._lines["setup"]
                yield self._coming
        yield from self._answers
        yield self._drain
        with Vertical(id="below"):
            for name in ("setup-below", "title", "next"):
                yield self._lines[name]
            yield self._short
        for name in ("cue", "what", "told"):
            yield self._lines[name]
        yield Footer()

    # ---- how it is shown ----

    def on_resize(self) -> None:
        rows = self.size.height
        for text in (self._word, self._side):
            text.styles.height = ceil(largest(rows * WORD_PART))
        # In a low window, where word and side stand in a line of text, the digits take what there is.
        self._number.styles.height = ceil(largest(rows * DIGITS_PART)) if rows >= _TALL else "1fr"
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """Shows in a line of text what has no room for large letters; from now on the figure, too."""
        self._laid_out = True
        self._show()

    def _show(self) -> None:
        self._show_large()
        self._show_state()
        self._show_lines()
        if self._laid_out and not self._leader.over:
            self._figure.follow(shown=self._figure_shown, reduced=self._day.settings.reduced_motion)

    def _show_large(self) -> None:
        """Show what is to be read from the mat."""
        player, hurting, breath = self.player, self._leader.hurting, breath_now(self.player)
        minutes = self._leader.minutes
        self._word.show(big_word(player, hurting) if minutes is None else "MINUTES?")
        self._side.show(big_side(player))
        self._number.show(big_number(player, hurting) if minutes is None else minutes or MINUTES_RANGE)
        self._show_coming("" if hurting or player.paused else coming(player))
        self._blocks.show(count(player))
        whole_ms = max(1, player.segment.length_ms + player.extra_ms)
        self._drain.show(breath.fullness if breath else player.remaining_ms / whole_ms)
        marked = hurting.marked_key if hurting else ""
        for text, key in zip_longest(self._answers, self._leader.choices if self._choosing else ()):
            text.show(f"{MARK}{BIG_ANSWERS[key]}" if key and key == marked else BIG_ANSWERS.get(key, ""))
            text.set_class(bool(key) and key == marked, "-marked")
            text.set_class(bool(marked) and key != marked, "-unmarked")
            text.display = bool(key)

    def _show_coming(self, name: str) -> None:
        """Show what comes: at the right; a name that is too long for that, below, where that of what runs is."""
        whole, room = _next(name), self.query_one("#right").content_size
        below = bool(name and room) and not self._coming.takes(whole, room)
        self._coming.show(NEXT if below else whole)
        self._short.show(name if below else short_name(self.player.step.exercise))
        self.set_class(below, "-coming-below")

    def _show_lines(self) -> None:
        player, hurting = self.player, self._leader.hurting
        seconds = self._number.text if self._laid_out and not self._number.drawn_rows else ""
        self._until_turn_ms = 0
        self._lines["phase"].show(_spaced(small_word(player, hurting), big_side(player), seconds))
        if hurting:
            self._lines["cue"].show(fill(question(hurting), max(1, min(_PROSE, self.size.width - 4))))
        elif self._leader.minutes is not None:
            self._lines["cue"].show(minutes_question(self._leader.minutes))
        elif self._leader.asking:
            self._lines["cue"].show(STOP_QUESTION)
        elif self._getting_ready:
            self._show_setup()
        self._lines["what"].show(self._what())
        title = Content(player.step.title).stylize("bold")
        self._lines["title"].show(Content(" · ").join([title, *map(Content, minds(player))]))
        self._lines["next"].show(status_line(player, self.context.clock.now(), self.size.width - 4))
        self._lines["told"].show(self._news())
        self._lines["told"].set_class(bool(self._lines["told"].text), "-told")

    def _what(self) -> Content:
        """Return what to answer with: the scale, on which the number can be corrected, and the choices."""
        hurting, choices = self._leader.hurting, _clickable(self._leader.choices)
        if not hurting:
            return choices
        # In a low window the large answers need its row; digits correct the number all the same.
        shown = not choices or self.size.height >= _SCALE_ROWS
        scale = pain_scale(hurting.number, self.size.width - 4) if shown else Content("")
        where = asks_where(hurting) if shown or not self.has_class("-floor") else ""
        where = fill(where, max(1, min(_PROSE, self.size.width - 4)))
        return Content("\n").join(part for part in (scale, choices, Content(where)) if part)

    def _news(self) -> str:
        """Return the most urgent of what is wrong, what was just done, and what to be careful with.

        All of it waits while it is asked what hurts: the answers need the room.
        """
        leader = self._leader
        if leader.hurting:
            return ""
        no_setup = self.has_class("-floor") or self.has_class("-tiny")
        careful = " ".join(self._careful()) if self._getting_ready and no_setup else ""
        # What is missing from the start is shown while getting ready; what fails on the way, at once.
        quiet = self._sound.trouble if self._getting_ready or self._sound.broken else None
        return leader.trouble or leader.gap or self._told or careful or quiet or ""

    def _show_state(self) -> None:
        """Give the screen the classes by which its stylesheet lays it out, all at once: a change restyles all of it."""
        player, hurting = self.player, self._leader.hurting
        running = PHASES[player.segment.phase].role
        if self._laid_out and not self.has_class(f"-{running}"):
            reduced = self._day.settings.reduced_motion
            Motion(self, INK_S, self._ink, moving=moves(self, reduced=reduced))
        self.update_classes(
            {
                **{f"-{role}": role == running for role in PHASE_ROLES},
                "-figure": self._figure_shown,
                "-getting-ready": self._getting_ready,
                "-nearly": bool(self._coming.text),
                "-asked": bool(hurting or self._leader.asking or self._leader.minutes is not None),
                "-choosing": self._choosing,
                "-paused": player.paused,
            }
        )
        usable = self._answer_keys, self.key_words, player.paused
        if self._usable != usable:
            self._usable = usable
            self.refresh_bindings()

    def _ink(self, part: float) -> None:
        """Let the word and the bar come out of the colour of a new phase."""
        for widget in (self._word, self._drain):
            widget.ink(LEAST_INK + (1 - LEAST_INK) * part)

    @property
    def _figure_shown(self) -> bool:
        """Whether the figure of the running exercise is to be seen, and has been looked up."""
        wanted = self._laid_out and self._day.settings.figure and self._roomy and not self._leader.hurting
        return wanted and self._figure.of_now is not None

    def _show_setup(self) -> None:
        """Show how to get ready: beside word, side and number, or in a window without room for that, below them."""
        right, below = (self.query_one(f"#{name}").content_size for name in ("right", "below"))
        if right:
            drawn_rows = LEAST.height if self.has_class("-figure") else 0
            self._lines["setup"].show(
                self._setup_words(right - Size(0, 1), drawn_rows)
            )  # the last row is that of the news
        elif below and not self.has_class("-floor"):
            self._lines["setup-below"].show(self._setup_words(below, 0))

    def _setup_words(self, room: Size, drawn_rows: int) -> Content:
        """Return the page of the set-up whose turn it is, and below it which one that is, and the session."""
        player = self.player
        every = setup_pages(player, self._careful(), room.width, room.height - 1, drawn_rows)
        shown = turn(every, player)
        self._until_turn_ms = shown.until_ms if len(every) > 1 else 0
        page = f"page {shown.at + 1} of {len(every)}" if len(every) > 1 else None
        session, short = self._session_words(), f"{clock_length(player.session_remaining_ms)} left"
        side = "" if side_words(player) in " ".join(every[shown.at].rows) else side_words(player)
        lasts = (
            " · ".join(filter(None, words))
            for words in (
                (side, page, session),
                (side, page, short),
                (side, page),
                (page, session),
                (page, short),
                (page,),
            )
        )
        rows = (*every[shown.at].rows, next((last for last in lasts if len(last) <= room.width), ""))
        name = wrap(player.step.exercise.name, room.width)
        return Content("\n").join(Content(row).stylize("bold") if row in name else Content(row) for row in rows)

    def _careful(self) -> list[str]:
        """Return what this person must be careful with in the running exercise."""
        return [f"Careful: {line}" for line in cautions(self.player.step.exercise, self._day.screened.codes)]

    def _session_words(self) -> str:
        return session_words(self.player, self.context.clock.now())

    def _tell(self, words: str) -> None:
        self._told = words
        if not self._leader.over:
            self._show()


def _next(name: str) -> str:
    return f"{NEXT} {name}" if name else ""


def _spaced(*words: str | None) -> str:
    return "   ".join(filter(None, words))


def _clickable(choices: Mapping[str, str]) -> Content:
    """Return the sentences to choose from, as clickable lines."""
    links = (f"[@click=screen.answer('{key}')]${key}[/]" for key in choices)
    return Content.from_markup("\n".join(links), **choices)
