"""Practising: shows where the session stands, makes its cues heard, and hands keys to its leader."""

import asyncio
from collections.abc import Callable, Mapping
from itertools import zip_longest
from math import ceil
from textwrap import fill, wrap
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.color import Color
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Key
from textual.geometry import Size
from textual.timer import Timer
from textual.widgets import Static

from hiproutine.catalogue.model import Link, address, goes_how, linked, strongest
from hiproutine.catalogue.prescription import Phase
from hiproutine.coach.screening import cautions
from hiproutine.day.context import Context
from hiproutine.day.today import Day
from hiproutine.errors import HiproutineError
from hiproutine.history.records import Record
from hiproutine.practice.colours import PHASE_ROLES
from hiproutine.practice.cues import PHASES, CueKind
from hiproutine.practice.hurting import CHOICE_WORDS, STEPS, STOPS, TAKE_BACK, TAKES, answers, asks_where, question
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
from hiproutine.practice.runner import Cues, Leader
from hiproutine.practice.setup_pages import setup_pages, side_words, turn
from hiproutine.practice.words import STOP_ANSWERS, STOP_QUESTION, minutes_question
from hiproutine.text import clock_length
from hiproutine.tui.keys import bindings
from hiproutine.tui.motion import Motion, moves
from hiproutine.tui.pages import Page, show
from hiproutine.tui.videos import CodeScreen, open_video
from hiproutine.tui.widgets.big_text import BigText
from hiproutine.tui.widgets.figure import LEAST, FigureView, Scene
from hiproutine.tui.widgets.footer import Footer
from hiproutine.tui.widgets.meters import Blocks, Drain
from hiproutine.tui.widgets.pain_strip import pain_scale
from hiproutine.tui.widgets.strokes import largest

if TYPE_CHECKING:
    from hiproutine.desktop.remote import Remote
    from hiproutine.figure.model import Figure

ADJUST_MS = 10_000

VOLUME_KEYS = ("lower_volume", "raise_volume", "mute_volume")
BIG_ANSWERS = {"e": "EASIER", "s": "SHORTER", "n": "NEXT", "q": "STOP", "l": "LATER", "escape": "RESUME"}
"""Answers in large letters, by key, of which most are the first letters."""
LATER = "l"
ANSWERING = ("answer", "change", "take")
"""Actions that answer the open question."""
NEXT = "NEXT"
INK_S, LEAST_INK = 0.15, 0.4
"""For so long the word of a new phase comes out of its colour, beginning with so much of its own."""
MINUTES_RANGE = "1-99"
MARK = "▶\N{NO-BREAK SPACE}"

SHORT = 9
"""Maximum number of characters of a side, a number or a marked answer: all of them restyle at each phase."""
_AHEAD = 6
"""Number of segments drawn ahead."""
WORD_PART, DIGITS_PART = 0.21, 0.25
"""Of the screen's height: 33 and 40 mm on a laptop of 14 inches."""
_PROSE = 84
"""Maximum width, in cells, of a sentence."""
_SCALE_ROWS = 24
"""From how many rows on the scale of pain stays beside the answers."""
_TALL, _WIDE = 19, 60
"""The least rows and columns of a window with room beside word, side and number."""


class PracticeScreen(Page[None]):
    """Shows what `leader` leads through; `finished` is called once, when the session is over, whole or in part."""

    CSS_PATH = "practice.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (12, "-short"), (_TALL, "-tall"), (32, "-high"), (45, "-huge")]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (40, "-middle"), (_WIDE, "-wide"), (64, "-roomy")]
    BINDINGS = bindings("practice")
    LEADS_ELSEWHERE = False

    def __init__(self, context: Context, day: Day, leader: Leader, finished: Callable[[], None]) -> None:
        super().__init__()
        self.context = context
        self._day = day
        self._leader = leader
        self._finished = finished
        self._sound = context.sound(day.settings, self.ring, self.notice)
        self._awake = context.awake(day.settings)
        self._remote: Remote | None = None
        self._media = context.media()
        self._timer: Timer | None = None
        self._asking = False
        self._laid_out = False
        self._until_turn_ms = 0
        """Until the next page of the set-up, in a pause too; 0 if there is no other."""
        self._told = ""
        self._usable: tuple[object, ...] = ()
        names = ("phase", "setup", "setup-below", "title", "next", "cue", "what", "told")
        self._lines = {name: Static(id=name) for name in names}
        self._drain, self._blocks = Drain(id="drain"), Blocks(id="count")
        self._word = BigText(across=0, down=0, id="word")
        self._side = BigText(across=0, down=0, longest=SHORT, id="side")
        self._number = BigText(across=0, down=1, longest=SHORT, id="number")
        self._short, self._coming = BigText(id="short"), BigText(wraps=True, id="coming")
        self._answers = tuple(BigText(longest=SHORT, id=f"answer-{number}") for number in range(3))
        self._figure = FigureView(day.settings.skin, day.settings.hair, lambda: self._leader.due_ms, id="figure")
        self._figures: dict[str, Figure | None] = {}
        self._played: tuple[object, ...] = ()
        self._shown: dict[str, str | Content] = {}

    @property
    def player(self) -> Player:
        return self._leader.player

    # ---- what is asked ----

    @property
    def _choices(self) -> dict[str, str]:
        """The sentences to choose from by their keys, if the open question has such."""
        if hurting := self._leader.hurting:
            return answers(hurting) if hurting.number else {}
        if not self._asking:
            return {}
        # What no disk takes cannot be left for later.
        return {key: words for key, words in STOP_ANSWERS.items() if key != LATER or not self._leader.trouble}

    @property
    def _choosing(self) -> bool:
        """Whether the choices are large: not while the number is, which may still be changed."""
        hurting = self._leader.hurting
        return bool(self._choices) and not (hurting and hurting.prompt.typed is not None)

    @property
    def _answer_keys(self) -> tuple[str, ...]:
        """The keys that answer the open question; without one, there are none."""
        if self._leader.minutes is not None:
            return (*DIGITS, CONFIRM, TAKE_BACK)
        if hurting := self._leader.hurting:
            takes = [] if hurting.number is None else TAKES
            return (*DIGITS, *takes, *STEPS, TAKE_BACK, *self._choices, *([STOPS] if self._choices else []))
        return tuple(self._choices)

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

    def on_mount(self) -> None:
        self._react(self._leader.begin())
        self._remote = self.context.remote()
        if self._remote:
            asyncio.get_running_loop().add_reader(self._remote.fileno(), self._remote.serve, self._obey)
        self._tell(self._day.elsewhere)

    def on_screen_suspend(self) -> None:
        """Pause behind the palette or another page."""
        self._react(self._leader.hold_still())

    def on_screen_resume(self) -> None:
        """Finish a session that ended while another page covered it."""
        if self._leader.over:
            self._react(())

    def abandon(self) -> tuple[Record, ...]:
        """End as `Leader.abandon` does, when no question can be asked."""
        return self._leader.abandon()

    def on_unmount(self) -> None:
        if not self._leader.over:
            self._sound.hush()
        self._leader.leave()
        self._sound.close()
        self._awake.release()
        self._media.close()
        if self._remote:
            asyncio.get_running_loop().remove_reader(self._remote.fileno())
            self._remote.close()

    def _obey(self, word: str) -> str:
        """Do what is asked at the remote control."""
        from hiproutine.desktop.remote import obey, status

        if word != "status" and not self.is_active and not self._leader.over:
            raise HiproutineError("another page is open in front of it; Esc closes that")
        cues = obey(self._leader, word)
        self._asking = self._asking and self.player.paused
        self._react(cues)
        return status(self._leader)

    def ring(self) -> None:
        self.app.bell()

    def notice(self, words: str) -> None:
        """Send a desktop notification through the terminal (OSC 9)."""
        if self.app._driver:  # noqa: SLF001 -- as Textual itself writes to the clipboard
            self.app._driver.write(f"\x1b]9;{words}\x1b\\")  # noqa: SLF001

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
        if self._laid_out:
            self._show_figure()

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
        for text, key in zip_longest(self._answers, self._choices if self._choosing else ()):
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
        self._put("phase", _spaced(small_word(player, hurting), big_side(player), seconds))
        if hurting:
            self._put("cue", fill(question(hurting), max(1, min(_PROSE, self.size.width - 4))))
        elif self._leader.minutes is not None:
            self._put("cue", minutes_question(self._leader.minutes))
        elif self._asking:
            self._put("cue", STOP_QUESTION)
        elif self._getting_ready:
            self._show_setup()
        self._put("what", self._what())
        title = Content(player.step.title).stylize("bold")
        self._put("title", Content(" · ").join([title, *map(Content, minds(player))]))
        self._put("next", status_line(player, self.context.clock.now(), self.size.width - 4))
        self._put("told", self._news())
        self._lines["told"].set_class(bool(self._shown.get("told")), "-told")

    def _what(self) -> Content:
        """Return what to answer with: the scale, on which the number can be corrected, and the choices."""
        hurting, choices = self._leader.hurting, _clickable(self._choices)
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
                "-figure": self._drawn_figure is not None,
                "-getting-ready": self._getting_ready,
                "-nearly": bool(self._coming.text),
                "-asked": bool(hurting or self._asking or self._leader.minutes is not None),
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
    def _drawn_figure(self) -> "Figure | None":
        """The figure of the running exercise, if it is to be seen and has been looked up."""
        wanted = self._laid_out and self._day.settings.figure and self._roomy and not self._leader.hurting
        return self._figure_of(self.player.segment.step) if wanted else None

    def _show_figure(self) -> None:
        """Lets the figure do what the running segment asks for; nothing of it is there where it is not shown."""
        if self._leader.over:
            return
        shown = self._drawn_figure
        standing = self.player.paused or self.player.count_in_ms > 0
        played = shown and (self.player.timeline, self.player.at, standing, self.player.paused, self.app.theme)
        if played and played == self._played:
            self._figure.renew()
            return
        self._played = played or ()
        ahead = range(self.player.at + 1, min(self.player.at + 1 + _AHEAD, len(self._leader.timeline.segments)))
        scenes = [scene for index in (self.player.at, *ahead) if (scene := self._scene(index))] if shown else []
        if not scenes:
            self._figure.play(None, int)
            return
        if self.player.paused:
            scenes[0] = scenes[0]._replace(ground=None)
        self._figure.play(scenes[0], lambda: self._leader.elapsed_ms, scenes[1:], running=not standing)

    def _scene(self, index: int) -> "Scene | None":
        """The figure's movement in the segment with that index, on the ground of its phase."""
        from hiproutine.practice.movement import on_side, reel_of

        timeline = self._leader.timeline
        segment = timeline.segments[index]
        figure = self._figure_of(segment.step)
        if figure is None:
            return None
        figure = on_side(figure, timeline.steps[segment.step])
        reel = reel_of(timeline, index, figure, reduced=self._day.settings.reduced_motion)
        ground = Color.parse(self.app.theme_variables[f"phase-{PHASES[segment.phase].role}"])
        return Scene(reel, ground, segment.start_ms - self.player.segment.start_ms)

    def _figure_of(self, step: int) -> "Figure | None":
        """The figure of the exercise of a step, once it has been looked up."""
        name = self._leader.timeline.steps[step].exercise.id
        if name not in self._figures:
            self._figures[name] = None
            self._look_up(name)
        return self._figures[name]

    @work
    async def _look_up(self, name: str) -> None:
        """In a thread, where nothing has to wait for it: a figure of somebody's own may have to be solved first."""
        self._figures[name] = await asyncio.to_thread(self.context.figure, name)
        if self._figures[name] and not self._leader.over:
            self._played = ()
            self._show()

    def _put(self, name: str, text: str | Content) -> None:
        """Shows another text in a line. A new layout, and all the painting with it, only where its room changes."""
        before = self._shown.get(name, "")
        if text != before:
            self._shown[name] = text
            content = Content(text) if isinstance(text, str) else text
            self._lines[name].update(content, layout=self._rows(text) != self._rows(before))

    def _rows(self, text: str | Content) -> int:
        """Estimate the rows of a text; 0 for an empty one."""
        width = max(1, self.size.width - 4)
        return sum(-(-len(line) // width) for line in str(text).split("\n"))

    def _show_setup(self) -> None:
        """Show how to get ready: beside word, side and number, or in a window without room for that, below them."""
        right, below = (self.query_one(f"#{name}").content_size for name in ("right", "below"))
        if right:
            drawn_rows = LEAST.height if self.has_class("-figure") else 0
            self._put("setup", self._setup_words(right - Size(0, 1), drawn_rows))  # the last row is that of the news
        elif below and not self.has_class("-floor"):
            self._put("setup-below", self._setup_words(below, 0))

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

    # ---- what happens ----

    def tick(self) -> None:
        """Advance to the clock: at each change of the shown second, and whenever a cue is due."""
        gap = self._leader.gap
        self._react(self._leader.tick())
        if self._leader.gap != gap:
            self.app.refresh()  # a process that was stopped finds its screen overwritten

    def _react(self, cues: Cues) -> None:
        """Makes the cues heard, shows where the session stands, and waits for what comes."""
        if self._timer:
            self._timer.stop()
            self._timer = None
        if not self.is_attached or self._finished is _nothing:
            return
        self._sound.play(self._leader.timeline, cues)
        self._sound.look(self._leader.until_cue_ms)
        self._media.show(self._leader)
        if not self.player.paused:
            self._awake.beat()
        if any(cue.kind in (CueKind.READY, CueKind.SWITCH) for cue in cues):
            self._told = ""
        if self._leader.over:
            if self.is_active:
                finished, self._finished = self._finished, _nothing
                finished()
            return
        self._show()
        if wait_ms := self._leader.wait_ms or self._until_turn_ms:
            self._timer = self.set_timer(wait_ms / 1000, self.tick)

    def renew(self, day: Day) -> None:
        """The settings were changed: of the sound, or of the figure."""
        before, self._day = self._day.settings, day
        if before.heard != day.settings.heard:
            self._sound.hush()
            self._sound.close()
            self._sound = self.context.sound(day.settings, self.ring, self.notice)
        self._show()

    # ---- keys ----

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow only answers, by keys or clicks, while a question is open."""
        if keys := self._answer_keys:
            return parameters[0] in keys if action in ANSWERING else action == "score" and bool(self._leader.hurting)
        return action not in (*ANSWERING, "score", "resume" if not self.player.paused else "pause")

    def on_key(self, event: Key) -> None:
        """Answer the open question; without one, a key that has no use pauses."""
        if event.key in VOLUME_KEYS:
            return
        if self._answer_keys:
            event.stop()
            event.prevent_default()
            self._answer(event.key)
        elif event.key not in self.active_bindings:
            self._react(self._leader.hold_still())

    def _answer(self, key: str) -> None:
        """Answer the open question. While it hurts, a key that is no answer does nothing; otherwise it resumes."""
        if self._leader.minutes is not None:
            cues = self._leader.type_minutes(key)
            self._told = self._leader.fitted or self._told
            self._react(cues)
        elif self._leader.hurting:
            answered = self._leader.answer(key)
            if answered is not None:
                self._react(answered)
        elif key == STOPS:
            self.action_stop()
        elif key in self._choices and key == LATER:
            self._leader.leave()
            self.dismiss()
        else:
            self._asking = False
            self.action_pause()

    def action_answer(self, key: str) -> None:
        self._answer(key)

    def action_change(self, key: str) -> None:
        self._answer(key)

    def action_take(self, key: str) -> None:
        self._answer(key)

    def action_hurt(self) -> None:
        self._react(self._leader.hurts())

    def action_minutes(self) -> None:
        self._react(self._leader.ask_minutes())

    def action_felt(self, felt: str) -> None:
        self._told = self._leader.feel(felt)
        self._react(())

    def action_score(self, score: int) -> None:
        self._react(self._leader.score(score))

    def action_pause(self) -> None:
        if self.player.paused:
            self._told = ""
        self._react(self._leader.pause_or_go_on())

    def action_resume(self) -> None:
        self.action_pause()

    def action_pause_or_go_on(self) -> None:
        """Pause or go on, from afar."""
        self.action_pause()

    def action_onward(self) -> None:
        """Go on if it is paused, otherwise to what comes next, from afar."""
        if self.player.paused:
            self.action_pause()
        else:
            self.action_next()

    def action_again(self) -> None:
        self.action_previous()

    def action_next(self) -> None:
        self._react(self._leader.next())

    def action_previous(self) -> None:
        self._react(self._leader.previous())

    def action_adjust(self, tens: int) -> None:
        self._react(self._leader.adjust(tens * ADJUST_MS))

    async def action_sound(self) -> None:
        await self.run_action("app.sound")

    async def action_keys(self) -> None:
        await self.run_action("app.keys")

    def action_floor(self) -> None:
        self.toggle_class("-floor")
        self.call_after_refresh(self._fit)

    def action_stop(self) -> None:
        if self._asking:
            self._leader.stop()
            self._react(())
            return
        self._asking = True
        self._react(self._leader.hold_still())

    def action_video(self) -> None:
        self._react(self._leader.hold_still())
        link = None if self._leader.over else self._link()
        if link:
            words = f"goes with it ({goes_how(link)}). Space resumes."
            open_video(
                self,
                self.context,
                linked(self._day.catalogue.videos, link),
                lambda told: self._tell(f"{told}; {words}"),
            )

    def action_copy(self) -> None:
        link = self._link()
        if link:
            url = address(linked(self._day.catalogue.videos, link))
            self.app.copy_to_clipboard(url)
            self._tell(f"Sent to the clipboard: {url}")

    def action_code(self) -> None:
        self._react(self._leader.hold_still())
        link = None if self._leader.over else self._link()
        if link:
            show(self, CodeScreen(linked(self._day.catalogue.videos, link)))

    def _link(self) -> Link | None:
        """The surest video of this exercise; tells if there is none."""
        links = strongest(self.player.step.exercise.videos)
        if not links:
            self._tell("No video of the note goes with this exercise.")
            return None
        return links[0]

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


def _nothing() -> None:
    """Stand in for `finished` once it was called."""
