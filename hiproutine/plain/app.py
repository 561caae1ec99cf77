"""Plain mode: a session as lines, one an event, for screen readers, serial lines and logs. Nothing steers a terminal.

What begins something has the time left of the session before its words. What comes within, or lasts less than 5 s, is
as short as it can be, and each second of a countdown is a line of its own: a screen reader says a line when it comes,
at its own pace, so a "1" is on time only if it comes alone, and a long line would still be read when the next is due.
"""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.prescription import Phase
from hiproutine.clock import Clock
from hiproutine.coach.eligibility import on_the_way
from hiproutine.coach.pain import follows
from hiproutine.coach.planner import Plan
from hiproutine.coach.requested import named, sentences
from hiproutine.coach.screening import Screened, cautions
from hiproutine.coach.session import Session
from hiproutine.history.days import day_of, streak, today
from hiproutine.history.records import Record, SessionRecord
from hiproutine.history.store import RECENT, Past, Store
from hiproutine.history.unsaved import FILE, Unsaved, free
from hiproutine.plain.keyboard import SUSPEND, Gone
from hiproutine.practice import asking, by_hand, safety
from hiproutine.practice.cues import COUNTDOWN_FROM_MS, Cue, CueKind
from hiproutine.practice.hurting import answers, question
from hiproutine.practice.pain_prompt import RANGE, Answer, PainPrompt
from hiproutine.practice.resume import Course, course, elsewhere, remaining, tidy
from hiproutine.practice.runner import Cues, Leader
from hiproutine.practice.timeline import Segment
from hiproutine.practice.words import STOP_ANSWERS, STOP_QUESTION, clock_length, cue_words, ending_words, segment_words
from hiproutine.settings.model import Manner, Profile
from hiproutine.sound.output import Output
from hiproutine.text import clean, of_file

ADJUST_MS = 10_000
IDLE_MS = 2000
"""While nothing is due, this often it is looked whether all is well."""

KEYS = (
    "Space: pause, or go on after 3 s.  n: next side or exercise.  p: this side again, or the one before.  "
    "+ and -: 10 seconds more or less.  h: that hurts.  q: stop, asks first.  ?: these keys.  Any other key pauses."
)
_SKIPS = ("\r", "\n", " ")
_SKIPPING = "Enter or Space skips"
_SCORES_SAID = "A number, 0 or Esc for never mind."
_NAMES = {"\r": "enter", "\n": "enter", " ": "space", "\x7f": "backspace", "\b": "backspace", "\x1b": "escape"}
_QUESTION = f"{STOP_QUESTION} {', '.join(STOP_ANSWERS)}."
_GOES_ON = "Going on in 3 s."
_ENTER = ("\r", "\n")
_WITHIN = frozenset(
    {
        CueKind.COUNT,
        CueKind.HALFWAY,
        CueKind.REMAINING,
        CueKind.BREATHE_IN,
        CueKind.BREATHE_OUT,
        CueKind.END,
        CueKind.DONE,
    }
)
_ENDS = {"done": "done", "shortened": "in part", "skipped": "skipped", "hurt": "hurt"}


class World(NamedTuple):
    """What is real outside of plain mode.

    `safety_read` is a file that exists once the safety text was read; `app` is the program's version; `todays` plans
    what to do if nothing is chosen, by a history; `keys` waits so many ms for a key, and raises Gone once none can
    come; `say` prints a line; `profile` is the person who practises.
    """

    screened: Screened
    store: Store
    unsaved: Unsaved
    clock: Clock
    safety_read: Path
    app: str
    manner: Manner
    todays: Callable[[Past], Plan]
    sound: Output
    keys: Callable[[int], str | None]
    say: Callable[[str], None]
    profile: Profile = Profile()

    @property
    def catalogue(self) -> Catalogue:
        """What this person may do."""
        return self.screened.catalogue


def run(world: World, chosen: Session | None, *, anyway: bool = False) -> int:
    """Practises `chosen`, or else what was left or is today's. The exit code.

    Where pain speaks against `chosen`, the person decides; with `anyway` that is decided already.
    """
    try:
        if not _read_safety(world):
            return 0
        past = _ask_before(world)
        day = today(world.clock.now(), past.sessions)
        found = tidy(world.store, world.catalogue, world.manner, world.clock.now())
        if chosen:
            agreed = _agreed(world, past, chosen, anyway=anyway)
            ahead = course(agreed, world.manner) if agreed else None
        else:
            ahead = _resumed(world, past, found) or course(_todays(world, past), world.manner)
        if not ahead:
            return 0
        if notice := elsewhere(world.store, world.clock.now()):
            world.say(notice)
        variants = on_the_way(world.catalogue.exercises, world.profile, past, day)
        leader = Leader(world.store, world.clock, ahead, variants, world.app)
        Practice(world, leader).run()
        _wait_until_saved(world)
    except Gone as gone:
        return gone.code
    finally:
        world.sound.close()
        _rescue(world)
    return 0


def _agreed(world: World, past: Past, session: Session, *, anyway: bool) -> Session | None:
    """A session that was named, as it will be done after what pain says about it; None if the person leaves it."""
    day = today(world.clock.now(), past.sessions)
    plan = named(world.screened, session, past, day, anyway=anyway)
    for sentence in sentences(plan):
        world.say(sentence)
    if anyway or plan.session == session:
        return plan.session
    eased = bool(plan.session.items)
    world.say(f"{'Enter starts it like this, ' if eased else ''}a starts it anyway, in full, q leaves.")
    while True:
        match _key(world):
            case "\r" | "\n" if eased:
                return plan.session
            case "a":
                return named(world.screened, session, past, day, anyway=True).session
            case "q":
                return None


def _resumed(world: World, past: Past, found: Course | None) -> Course | None:
    """What was interrupted, if the person resumes it."""
    if not found or not found.left:
        return None
    at = found.left.opening.start.astimezone(world.clock.now().tzinfo)
    world.say(f"Unfinished since {at:%H:%M}: {found.session.name}. r goes on with it, any other key starts anew.")
    if _key(world) != "r":
        return None
    rest = remaining(found)
    plan = named(world.screened, rest, past, today(world.clock.now(), past.sessions))
    if plan.session == rest:
        return found
    # Its steps stand in its journal: it is resumed as it was begun, or not at all.
    for sentence in sentences(plan):
        world.say(sentence)
    world.say("a resumes it anyway, in full, any other key starts anew.")
    return found if _key(world) == "a" else None


def _wait_until_saved(world: World) -> None:
    """Tries again until the disk has taken everything, or somebody says what else is to become of it."""
    told = ""
    while trouble := world.unsaved.write():
        if trouble != told:
            world.say(f"Not saved yet: {trouble}")
            world.say("It is tried again all the time. w writes it to a file in your home folder, l leaves without it.")
            told = trouble
        match world.keys(IDLE_MS):
            case "w":
                path = free(Path.home() / FILE)
                told = world.unsaved.write_to(path) or ""
                written = f"Written to {path}, which `hiproutine import` takes."
                world.say(f"Not written: {told}" if told else written)
            case "l":
                world.unsaved.drop()
                world.say("Left without it.")
                return
    if told:
        world.say("Saved.")


def _rescue(world: World) -> None:
    """At an end that nobody could be asked about."""
    if told := world.unsaved.rescue(Path.home()):
        with suppress(OSError):  # the terminal may be gone
            print(f"hiproutine: {told}", file=sys.stderr)


def _todays(world: World, past: Past) -> Session:
    """Today's session, after what must be said about it."""
    plan = world.todays(past)
    for note in plan.notes:
        world.say(note)
    return plan.session


def _ask_before(world: World) -> Past:
    """Asks how much it hurts, unless that is known; the history with the answer."""
    now = world.clock.now()
    past = world.store.read(day_of(now) - RECENT)
    day = today(now, past.sessions)
    if asked := asking.before_question(past, now, day):
        score = _ask_score(world, f"{asked} {_SKIPPING}.")
        return past if score is None else _noted(world, past, by_hand.pain(past, now, day, score))
    return past


def _ask_score(world: World, question: str) -> int | None:
    """A level from 0 to 10, or None if it was skipped."""
    prompt = PainPrompt()
    world.say(question)
    while True:
        key = world.keys(prompt.wait_ms(_now_ms(world)) or IDLE_MS)
        if key is None or key == SUSPEND:
            answer: Answer | None = prompt.at(_now_ms(world))
        else:
            answer = prompt.press(_named(key), _now_ms(world))
            if not answer and key in _SKIPS and prompt.typed is None:
                return None
        if answer and answer.counted is not None:
            return answer.counted
        if answer:
            prompt = answer.prompt
        if key:
            world.say(prompt.words or question)


def _now_ms(world: World) -> int:
    return world.clock.instant().running_ms


def _named(key: str) -> str:
    """The name that a key has where answers are taken."""
    return _NAMES.get(key, key)


def _noted(world: World, past: Past, records: Sequence[Record]) -> Past:
    """The history with the records of an answer, which counts even where no disk takes it."""
    if trouble := world.unsaved.add(*records):
        world.say(f"Not saved yet: {trouble}")
    return past.adding(records)


def _read_safety(world: World) -> bool:
    """Whether it was read, now or before."""
    if os.path.exists(world.safety_read):  # noqa: PTH110 -- Path.exists raises where it may not look
        return True
    for line in safety.FIRST.split("\n"):
        world.say(line)
    for section in safety.warning_signs(world.catalogue):
        world.say("")
        for line in (section.heading, *(f"- {line}" for line in section.lines)):
            world.say(line)
    world.say("")
    world.say("Press Enter when you have read this; q leaves.")
    while (key := _key(world)) not in _ENTER:
        if key == "q":
            return False
    world.say("`hiproutine screening` asks what should be left out for you.")
    try:
        safety.write_down(world.safety_read, world.clock.now())
    except OSError as error:
        world.say(f"Not saved, so it will be shown again: {of_file(error, world.safety_read)}")
    return True


def _key(world: World) -> str:
    """The next key, whenever it comes."""
    while (key := world.keys(IDLE_MS)) in (None, SUSPEND):
        pass
    return key or ""


def say_at_once(text: str) -> None:
    """Raises Gone if the terminal is."""
    try:
        print(clean(text), flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what is left in the buffer
        raise Gone(128 + signal.SIGHUP) from error


def ring() -> None:
    """The terminal's bell; a file or a pipe has none."""
    if sys.stdout.isatty():
        sys.stdout.write("\a")  # goes out with the next line


class Practice:
    """Prints what `leader` leads through, makes its cues heard, and hands it the keys."""

    def __init__(self, world: World, leader: Leader) -> None:
        self._world = world
        self._say = world.say
        self._leader = leader
        self._asking = False
        self._for_later = False
        self._news: tuple[str | None, ...] = (None, None, None)
        self._advised = set[int]()

    def run(self) -> None:
        """Until the session is over or left for later. Whatever ends it, what was done is on the disk."""
        leader = self._leader
        ends = f"{clock_length(leader.player.left_ms)} min"
        self._say(f"{leader.session.name}, {ends}. ? prints the keys.")
        try:
            self._react(leader.begin())
            while not leader.over and not self._for_later:
                self._press(self._world.keys(leader.wait_ms or IDLE_MS))
        finally:
            self._world.unsaved.add(*leader.abandon())
        if leader.over:
            self._sum_up(leader.record)
        else:
            self._say("Left for later: for 5 hours it can be gone on with.")

    # ---- keys ----

    def _press(self, key: str | None) -> None:
        leader = self._leader
        if key is None or key == SUSPEND:
            hurting = leader.hurting
            cues = leader.hold_still() if key else leader.tick()
            if hurting and not leader.hurting:
                self._say(_GOES_ON)
            self._react(cues)
        elif leader.hurting:
            self._answer_how(key)
        elif self._asking:
            self._answer(key)
        else:
            self._do(key)

    def _do(self, key: str) -> None:
        leader = self._leader
        match key:
            case " " if leader.player.paused:
                self._go_on()
            case "h":
                self._react(leader.hurts())
            case "n" | "p":
                self._react(leader.next() if key == "n" else leader.previous())
                if leader.player.paused:
                    self._say("Still paused. Space goes on.")
            case "+" | "=" | "-":
                self._adjust(-ADJUST_MS if key == "-" else ADJUST_MS)
            case _:
                self._react(leader.hold_still())
                self._asking = key == "q" and not leader.over
                if self._asking:
                    self._say(_QUESTION)
                elif key == "?":
                    self._say(KEYS)

    def _answer(self, key: str) -> None:
        self._asking = False
        if key == "q":
            self._leader.stop()
        elif key == "l" and not self._leader.trouble:
            self._for_later = True
        else:
            self._go_on()

    def _answer_how(self, key: str) -> None:
        """How much it hurts, and what then; a key that is no answer hears the question again."""
        cues = self._leader.answer(_named(key))
        if cues is None:
            self._ask()
            self._say_answers()
        elif self._leader.hurting and not cues:
            self._ask()
        elif self._leader.player.count_in_ms:
            self._say(_GOES_ON)
        self._react(cues or ())

    def _ask(self) -> None:
        if self._leader.hurting:
            self._say(question(self._leader.hurting))

    def _say_answers(self) -> None:
        hurting = self._leader.hurting
        if hurting:
            for line in answers(hurting).values() if hurting.number else [_SCORES_SAID]:
                self._say(line)

    def _go_on(self) -> None:
        self._say(_GOES_ON)
        self._react(self._leader.pause_or_go_on())

    def _adjust(self, ms: int) -> None:
        cues = self._leader.adjust(ms)
        if not cues:
            more = "more" if ms > 0 else "less"
            self._say(f"10 s {more}, {clock_length(self._leader.player.remaining_ms)} of this to go")
        self._react(cues)

    # ---- lines ----

    def _react(self, cues: Cues) -> None:
        """Heard first: printing may have to wait for the terminal."""
        leader, sound = self._leader, self._world.sound
        if any(cue.kind in (CueKind.PAUSED, CueKind.HURT) for cue in cues):
            sound.hush()
        sound.play(leader.timeline, cues)
        sound.look(leader.until_cue_ms)
        for cue in cues:
            if cue.kind is CueKind.HURT:
                if not cue.number:  # the number itself was told as it was typed
                    self._ask()
                self._say_answers()
                continue
            self._say(self._words(cue))
            if cue.kind not in (*_WITHIN, CueKind.PAUSED, CueKind.RESUMED):
                self._explain(leader.timeline.segments[cue.segment], cue.segment)
        news = (leader.trouble, leader.gap and f"{leader.gap} Space goes on.", sound.trouble)
        for before, now in zip(self._news, news, strict=True):
            if now and now != before:
                self._say(now)
        self._news = news

    def _words(self, cue: Cue) -> str:
        timeline, player = self._leader.timeline, self._leader.player
        if cue.kind in _WITHIN or (cue.kind is CueKind.RAMP and cue.number > 1):
            return cue_words(timeline, cue)
        if cue.kind is CueKind.PAUSED:
            return f"paused, {clock_length(player.left_ms)} left. Space goes on."
        segment = timeline.segments[cue.segment]
        if cue.kind is CueKind.RESUMED:
            return f"go on: {segment_words(timeline, segment)}, {clock_length(player.remaining_ms)} of it to go"
        if segment.length_ms < COUNTDOWN_FROM_MS:
            return ", ".join(filter(None, (segment.label, self._where(cue))))
        return f"{clock_length(player.left_ms)} left  {cue_words(timeline, cue)}"

    def _where(self, cue: Cue) -> str:
        """What is new about the place of a short segment: all of it in the first of a set, then the repetition."""
        where = self._leader.timeline.segments[cue.segment].where
        if cue.kind is CueKind.START:
            return where
        before = self._leader.timeline.segments[cue.segment - 1].where
        return "" if where == before else where.rpartition(", ")[2]

    def _explain(self, segment: Segment, index: int) -> None:
        """Before an exercise, how to get into it; before a side, which one it is; in the first set, the advice."""
        leader = self._leader
        step = leader.timeline.steps[segment.step]
        if segment.phase in (Phase.READY, Phase.SWITCH) and step.side and step.exercise.side_is:
            self._say(f"{step.side}: {step.exercise.side_is}")
        if segment.phase is Phase.READY:
            self._say(step.dose)
            for line in cautions(step.exercise, self._world.profile.conditions):
                self._say(f"Careful: {line}")
            for number, line in enumerate(step.exercise.setup, 1):
                self._say(f"{number}. {line}")
        # Where beats follow each other at once, nobody could listen to advice between them.
        first = leader.timeline.segments[step.first + 1]
        heard_at = step.first + (first.length_ms >= 2 * COUNTDOWN_FROM_MS)
        if index == heard_at and step.item not in self._advised:
            self._advised.add(step.item)
            for line in step.exercise.cues:
                self._say(f"- {line}")

    def _sum_up(self, record: SessionRecord | None) -> None:
        """What was done, and the streak that it makes."""
        if record is None:
            self._say("Nothing was done, so there is no session to keep.")
            return
        for line in ending_words(self._leader.session.name, record):
            self._say(line)
        for step in record.steps:
            name = f"{step.name}, {step.side}" if step.side else step.name
            self._say(f"{name}: {_ENDS[step.end]}, {clock_length(step.held_ms)}")
        past = self._world.store.read(date.max)
        past = past._replace(sessions=(*past.sessions, record))
        self._say(streak(past, self._world.clock.now()).words())
        if trouble := self._world.unsaved.write():
            self._say(f"Not saved yet: {trouble}")
        score = _ask_score(self._world, f"How much does it hurt now? {RANGE}; {_SKIPPING}.")
        if score is not None:
            past = self._world.store.read(record.day - RECENT)
            records = by_hand.pain(past, self._world.clock.now(), record.day, score, record.id)
            past = _noted(self._world, past, records)
            self._say(follows(past, past.pains[-1]))
