"""Plain mode: a session as lines, for screen readers, serial lines and logs. Nothing steers a terminal.

A front end beside the screens: it asks `day` what follows from an answer, and says that in lines.
"""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from hiproutine.day.events import (
    Ask,
    Begin,
    ForFrontEnd,
    Named,
    Note,
    OfferToAdd,
    Practise,
    Resume,
    ShowWarningSigns,
    Start,
    Tell,
    Tick,
)
from hiproutine.day.runner import NOT_SAVED, Runner
from hiproutine.history.records import SessionRecord
from hiproutine.history.streak import streak
from hiproutine.history.unsaved import FILE, free
from hiproutine.plain.keyboard import IDLE_MS, SUSPEND, Gone, key_name
from hiproutine.plain.practice import Practice
from hiproutine.practice import asking, safety
from hiproutine.practice.pain_prompt import RANGE, Answer, PainPrompt
from hiproutine.practice.resume import Course
from hiproutine.practice.words import ending_words
from hiproutine.sound.output import Output
from hiproutine.text import clean, clock_length, of_file

_SKIPS = ("\r", "\n", " ")
_SKIPPING = "Enter or Space skips"
_ENTER = ("\r", "\n")
_ENDS = {"done": "done", "shortened": "in part", "skipped": "skipped", "hurt": "hurt"}


class Plain:
    """One session in lines; `keys` waits for a key for some milliseconds, and raises Gone when none can come."""

    def __init__(
        self,
        runner: Runner,
        sound: Output,
        keys: Callable[[int], str | None],
        say: Callable[[str], None],
    ) -> None:
        self._runner = runner
        runner.front_end = self._carry_out
        self._sound = sound
        self._keys = keys
        self._say = say
        self._course: Course | None = None
        self._asked = False

    def run(self, named: Practise | None) -> int:
        """Practise what was named, or else what was interrupted or is today's; return the exit code."""
        try:
            if self._read_safety():
                self._ask_before()
                if course := self._agreed(named):
                    self._practise(course)
                    self._wait_until_saved()
        except Gone as gone:
            return gone.code
        finally:
            self._sound.close()
            self._rescue()
        return 0

    # ---- what the day decides ----

    def _carry_out(self, effect: ForFrontEnd) -> None:
        match effect:
            case Tell(words, title):
                self._say(f"{title}: {words}" if title else words)
            case Ask():
                self._ask(effect)
            case Begin(course, sentences):
                self._course = course
                for sentence in () if self._asked else sentences:
                    self._say(sentence)
            case ShowWarningSigns():
                self._say_warning_signs()
            case OfferToAdd():
                raise AssertionError("plain mode changes no session before it starts")

    def _ask(self, ask: Ask) -> None:
        """Let the person decide about what pain objects to."""
        self._asked = True
        for sentence in ask.sentences:
            self._say(sentence)
        if answer := self._resume_anyway(ask) if isinstance(ask.anyway, Resume) else self._like_this_or_anyway(ask):
            self._runner.send(answer)
        self._asked = False

    def _resume_anyway(self, ask: Ask) -> Named | None:
        self._say("a resumes it anyway, in full, any other key starts anew.")
        return ask.anyway if self._key() == "a" else None

    def _like_this_or_anyway(self, ask: Ask) -> Named | None:
        self._say(f"{'Enter starts it like this, ' if ask.eased else ''}a starts it anyway, in full, q leaves.")
        while True:
            match self._key():
                case "\r" | "\n" if ask.eased:
                    return ask.eased
                case "a":
                    return ask.anyway
                case "q":
                    return None

    def _agreed(self, named: Practise | None) -> Course | None:
        """What is to be practised; None if the person leaves it."""
        if named:
            self._runner.send(named)
            return self._course
        self._resume()
        if not self._course:
            self._runner.send(Start())
        while not self._course:  # a new day began meanwhile
            key = self._key()
            if key == "q":
                return None
            if key in _ENTER:
                self._runner.send(Start())
        return self._course

    def _resume(self) -> None:
        """Resume what was interrupted, if the person wants that."""
        resumable = self._runner.day.resumable
        if not resumable or not resumable.left:
            return
        at, name = resumable.left.opening.start.astimezone(self._runner.day.now.tzinfo), resumable.session.name
        self._say(f"Unfinished since {at:%H:%M}: {name}. r goes on with it, any other key starts anew.")
        if self._key() == "r":
            self._runner.send(Resume())

    # ---- practising ----

    def _practise(self, course: Course) -> None:
        """Whatever ends it, what was done is on the disk or waits for it."""
        day = self._runner.day
        if day.elsewhere:
            self._say(day.elsewhere)
        leader = self._runner.leader(course)
        conditions = day.settings.profile.conditions
        try:
            Practice(leader, self._sound, keys=self._keys, say=self._say, conditions=conditions).run()
        except BaseException:
            self._runner.keep(*leader.abandon())
            raise
        if leader.record:
            self._sum_up(course.session.name, leader.record)
        self._runner.ended(leader)  # also without a session: something may have hurt
        if not leader.over:
            self._say("Left for later: for 5 hours it can be gone on with.")
        elif record := leader.record:
            self._say(streak(self._runner.day.past, self._runner.context.now()).words())
            self._ask_after(record)
        else:
            self._say("Nothing was done, so there is no session to keep.")

    def _sum_up(self, name: str, record: SessionRecord) -> None:
        """What was done."""
        for line in ending_words(name, record):
            self._say(line)
        for step in record.steps:
            title = f"{step.name}, {step.side}" if step.side else step.name
            self._say(f"{title}: {_ENDS[step.end]}, {clock_length(step.held_ms)}")

    # ---- pain ----

    def _ask_before(self) -> None:
        """Ask how much it hurts, unless that is known."""
        self._runner.send(Tick())
        day = self._runner.day
        if asked := asking.before_question(day.past, day.now, day.date):
            score = self._ask_score(f"{asked} {_SKIPPING}.")
            if score is not None:
                self._runner.send(Note(score))

    def _ask_after(self, record: SessionRecord) -> None:
        score = self._ask_score(f"How much does it hurt now? {RANGE}; {_SKIPPING}.")
        if score is not None:
            self._say(self._runner.send(Note(score, record)))

    def _ask_score(self, question: str) -> int | None:
        """A level from 0 to 10, or None if it was skipped."""
        prompt = PainPrompt()
        self._say(question)
        while True:
            key = self._keys(prompt.wait_ms(self._now_ms) or IDLE_MS)
            if key is None or key == SUSPEND:
                answer: Answer | None = prompt.at(self._now_ms)
            else:
                answer = prompt.press(key_name(key), self._now_ms)
                if not answer and key in _SKIPS and prompt.typed is None:
                    return None
            if answer and answer.counted is not None:
                return answer.counted
            if answer:
                prompt = answer.prompt
            if key:
                self._say(prompt.words or question)

    @property
    def _now_ms(self) -> int:
        return self._runner.context.clock.instant().running_ms

    # ---- saving ----

    def _wait_until_saved(self) -> None:
        """Retry until everything is saved, or the person chooses what to do with it."""
        told, unsaved = "", self._runner.unsaved
        while trouble := unsaved.write():
            if trouble != told:
                self._say(f"{NOT_SAVED}: {trouble}")
                self._say(
                    "It is tried again all the time. w writes it to a file in your home folder, l leaves without it."
                )
                told = trouble
            match self._keys(IDLE_MS):
                case "w":
                    path = free(Path.home() / FILE)
                    told = unsaved.write_to(path) or ""
                    written = f"Written to {path}, which `hiproutine import` takes."
                    self._say(f"Not written: {told}" if told else written)
                case "l":
                    unsaved.drop()
                    self._say("Left without it.")
                    return
        if told:
            self._say("Saved.")

    def _rescue(self) -> None:
        """Save what is left wherever possible, where nobody can be asked."""
        if told := self._runner.unsaved.rescue(Path.home()):
            with suppress(OSError):  # the terminal may be gone
                print(f"hiproutine: {told}", file=sys.stderr)

    # ---- safety ----

    def _read_safety(self) -> bool:
        """Show the safety text unless it was read before; return whether it was read."""
        marker = self._runner.context.safety_read
        if os.path.exists(marker):  # noqa: PTH110 -- Path.exists raises where it may not look
            return True
        for line in safety.FIRST.split("\n"):
            self._say(line)
        self._say_warning_signs()
        self._say("")
        self._say("Press Enter when you have read this; q leaves.")
        while (key := self._key()) not in _ENTER:
            if key == "q":
                return False
        self._say("`hiproutine screening` asks what should be left out for you.")
        try:
            safety.write_down(marker, self._runner.context.now())
        except OSError as error:
            self._say(f"Not saved, so it will be shown again: {of_file(error, marker)}")
        return True

    def _say_warning_signs(self) -> None:
        for section in safety.warning_signs(self._runner.day.catalogue):
            self._say("")
            for line in (section.heading, *(f"- {line}" for line in section.lines)):
                self._say(line)

    def _key(self) -> str:
        """The next key, whenever it comes."""
        while (key := self._keys(IDLE_MS)) in (None, SUSPEND):
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
