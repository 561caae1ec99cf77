"""Plain mode: a session as lines, for screen readers, serial lines and logs. Nothing steers a terminal.

A front end beside the screens: it sends answers to `day`, and prints what follows.
"""

import os
import signal
import sys
import textwrap
from collections.abc import Callable
from contextlib import suppress

from hiproutine.coach.profile import Only, avoids_floor
from hiproutine.day.events import (
    Ask,
    Begin,
    Differ,
    ForFrontEnd,
    Named,
    Note,
    NoteOff,
    OfferToAdd,
    Practise,
    Put,
    Resume,
    ShowWarningSigns,
    Start,
    Tell,
    Tick,
)
from hiproutine.day.runner import NOT_SAVED, Runner
from hiproutine.day.words import today_words
from hiproutine.desktop.remote import Remote
from hiproutine.history.records import SessionRecord
from hiproutine.history.streak import streak
from hiproutine.history.unsaved import FILE, free
from hiproutine.plain.keyboard import IDLE_MS, SUSPEND, Gone, key_name
from hiproutine.plain.keys import AT_ONCE, STARTS, Keys
from hiproutine.plain.practice import Practice
from hiproutine.practice import safety
from hiproutine.practice.pain_prompt import AFTER, Answer, PainPrompt, before_question
from hiproutine.practice.resume import Course
from hiproutine.practice.words import ending_words
from hiproutine.settings.model import Settings
from hiproutine.settings.options import Row, Values
from hiproutine.sound.output import Output
from hiproutine.text import clean, clock_length, of_file
from hiproutine.yaml.edit import Value

_SKIPS = (*STARTS, " ")
_SKIPPING = "Enter or Space skips"
_OFF = "x"
_UNSAVED = "Retrying. w writes it to a file in your home folder, l leaves without saving."
_ENDS = {"done": "done", "shortened": "in part", "skipped": "skipped", "hurt": "hurt"}


class Plain:
    """One session in lines; `keys` waits some milliseconds for a key, and raises Gone when the terminal is gone.

    `remote` opens the remote control, by which `keys` is woken, too.
    """

    def __init__(
        self,
        runner: Runner,
        sound: Callable[[Settings], Output],
        keys: Callable[[int], str | None],
        say: Callable[[str], None],
        remote: Callable[[], Remote | None] = lambda: None,
    ) -> None:
        self._runner = runner
        self._remote = remote
        runner.front_end = self._carry_out
        self._sound_of = sound
        self._sound = sound(runner.day.settings)
        self._keys = Keys(keys, say, runner.context.clock)
        self._say = say
        self._course: Course | None = None
        self._asked = False
        self._noted: tuple[str, ...] = ()
        """The notes that were printed with today's session; its start does not repeat them."""

    def run(self, named: Practise | None) -> int:
        """Practise the named session, the interrupted one or today's; return the exit code."""
        try:
            self._say(AT_ONCE)
            read = self._safety_read
            if read or self._first_run(named):
                if not (named and named.session.micro_break):
                    self._ask_before()
                if course := self._agreed(named, at_once=not read):
                    self._practise(course)
                    self._wait_until_saved()
        except Gone as gone:
            self._sound.hush()
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
                for sentence in () if self._asked or sentences == self._noted else sentences:
                    self._say(sentence)
            case ShowWarningSigns():
                self._say_warning_signs()
            case OfferToAdd():
                raise AssertionError("plain mode changes no session before it starts")

    def _ask(self, ask: Ask) -> None:
        """Let the person decide where pain or the screening objects."""
        self._asked = True
        for sentence in ask.sentences:
            self._say(sentence)
        if answer := self._resume_anyway(ask) if isinstance(ask.anyway, Resume) else self._like_this_or_anyway(ask):
            self._runner.send(answer)
        self._asked = False

    def _resume_anyway(self, ask: Ask) -> Named | None:
        self._say("a resumes it anyway, in full; any other key goes to today's session.")
        return ask.anyway if self._keys.key() == "a" else None

    def _like_this_or_anyway(self, ask: Ask) -> Named | None:
        words = f"{'Enter starts it like this, ' if ask.eased else ''}a starts it anyway, in full, q leaves."
        match self._keys.answer(words, "\r\naq" if ask.eased else "aq"):
            case "a":
                return ask.anyway
            case "q":
                return None
            case _:
                return ask.eased

    def _agreed(self, named: Practise | None, *, at_once: bool) -> Course | None:
        """Return the session to practise; None if the person declines. `at_once`: Enter was pressed for it already."""
        if named:
            self._runner.send(named)
            return self._course
        self._resume()
        if not self._course and (at_once or not self._runner.day.plan.session.items):
            self._runner.send(Start())  # where there is no session, its reason is an error
        while not self._course:
            self._say_today()
            starts = bool(self._runner.day.plan.session.items)
            words = f"{'Enter starts it. ' if starts else ''}t: change today only. s: settings. q: leave."
            match self._keys.answer(words, (*STARTS, *"tsq") if starts else "tsq"):
                case "q":
                    return None
                case "t":
                    self._only_today()
                case "s":
                    self._settings()
                case _:
                    self._runner.send(Start())
        return self._course

    def _say_today(self) -> None:
        """Print today's session."""
        day = self._runner.day
        words = today_words(self._runner.context.now(), day.past, day.plan, day.manner)
        self._say(", ".join(filter(None, (words.name, words.length))))
        self._noted = day.plan.notes
        exercises = (f"{each.name}, {each.dose}" for each in words.exercises)
        for line in (*self._noted, *exercises, words.honest, day.only.words):
            if line:
                self._say(line)

    def _only_today(self) -> None:
        """Change the minutes, focus, floor and equipment of today."""
        from hiproutine.plain.settings import Menus
        from hiproutine.settings.options import only_today

        def put(row: Row, value: Value | None) -> str:
            only = Only.of({**now(), row.key: Only().values[row.key] if value is None else value})
            return self._runner.send(Differ(only))

        def now() -> Values:
            return self._runner.day.only.values

        usual = self._runner.day.settings.profile
        rows = only_today(usual, floor=not avoids_floor(usual))
        Menus(self._keys, self._say).change("Only today", rows, now, put)

    def _settings(self) -> None:
        """Change settings; those of the sound hold at once, too."""
        from hiproutine.plain.settings import Menus
        from hiproutine.settings.model import values
        from hiproutine.settings.options import groups

        def now() -> Values:
            day = self._runner.day
            return values(day.settings._replace(profile=day.usual_profile))

        before = self._runner.day.settings
        menus = Menus(self._keys, self._say)
        menus.under_headings(groups(()), now, lambda row, value: self._runner.send(Put(row.key, value)))
        if self._runner.day.settings != before:
            self._sound.close()
            self._sound = self._sound_of(self._runner.day.settings)

    def _resume(self) -> None:
        """Offer to resume the interrupted session."""
        resumable = self._runner.day.resumable
        if not resumable or not resumable.interrupted:
            return
        at, name = resumable.interrupted.opening.start.astimezone(self._runner.day.now.tzinfo), resumable.session.name
        self._say(f"Unfinished since {at:%H:%M}: {name}. r resumes it; any other key goes to today's session.")
        if self._keys.key() == "r":
            self._runner.send(Resume())

    # ---- practising ----

    def _practise(self, course: Course) -> None:
        """Practise; however it ends, what was done is on disk or waits for it."""
        day = self._runner.day
        if day.elsewhere:
            self._say(day.elsewhere)
        leader = self._runner.leader(course)
        conditions = day.screened.codes
        awake = self._runner.context.awake(day.settings)
        media, remote = self._runner.context.media(), self._remote()
        try:
            Practice(
                leader,
                self._sound,
                keys=self._keys,
                say=self._say,
                conditions=conditions,
                awake=awake,
                media=media,
                remote=remote,
            ).run()
        except BaseException:
            self._runner.keep(*leader.abandon())
            raise
        finally:
            awake.release()
            media.close()
            if remote:
                remote.close()
        if leader.record:
            self._sum_up(course.session.name, leader.record)
        self._runner.ended(leader)  # also without a session: something may have hurt
        if not leader.over:
            self._say("Saved for later: you can resume it within 5 hours.")
        elif leader.record and leader.record.opening.micro_break:
            self._say("Noted. Today's session needs less of it.")
        elif record := leader.record:
            self._say(streak(self._runner.day.past, self._runner.context.now()).words())
            self._ask_after(record)
        else:
            self._say("Nothing was done, so there is no session to keep.")

    def _sum_up(self, name: str, record: SessionRecord) -> None:
        """Print a summary of what was done."""
        for line in ending_words(name, record):
            self._say(line)
        for step in record.steps:
            title = f"{step.name}, {step.side}" if step.side else step.name
            end = "no time" if step.no_time else f"{_ENDS[step.end]}, {clock_length(step.held_ms)}"
            self._say(f"{title}: {end}")

    # ---- pain ----

    def _ask_before(self) -> None:
        """Ask for a pain score, unless one was given."""
        self._runner.send(Tick())
        day = self._runner.day
        if asked := before_question(day.past, day.now, day.date):
            answer = self._ask_score(f"{asked} {_OFF}: off day. {_SKIPPING}.", off=True)
            if answer and answer.counted is not None:
                self._runner.send(Note(answer.counted, where=answer.where))

    def _ask_after(self, record: SessionRecord) -> None:
        answer = self._ask_score(f"{AFTER}; {_SKIPPING}.")
        if answer and answer.counted is not None:
            self._say(self._runner.send(Note(answer.counted, record, answer.where)))

    def _ask_score(self, question: str, *, off: bool = False) -> Answer | None:
        """Ask for a pain score, 0 to 10; None if skipped, or if `off` and the person notes an off day instead."""
        prompt = PainPrompt()
        self._say(question)
        while True:
            key = self._keys.next(prompt.wait_ms(self._now_ms) or IDLE_MS, confirms=prompt.typed is not None)
            if key is None or key == SUSPEND:
                answer: Answer | None = prompt.at(self._now_ms)
            else:
                name, now_ms = key_name(key), self._now_ms
                answer = prompt.press(name, now_ms) or prompt.place(name)
                if not answer and key in _SKIPS and prompt.typed is None:
                    return None
            if off and key == _OFF and prompt.typed is None:
                self._runner.send(NoteOff())
                return None
            if answer and answer.counted is not None:
                return answer
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
                self._say(_UNSAVED)
                told = trouble
            match self._keys.next(IDLE_MS):
                case "w":
                    path = free(self._runner.context.home / FILE)
                    told = unsaved.write_to(path) or ""
                    written = f"Written to {path}, which `hiproutine import` takes."
                    self._say(f"Not written: {told}" if told else written)
                case "l":
                    unsaved.drop()
                    self._say("Left without saving.")
                    return
                case str() as key if key != SUSPEND:
                    self._say(_UNSAVED)
        if told:
            self._say("Saved.")

    def _rescue(self) -> None:
        """Save unsaved records wherever possible, when no question can be asked."""
        if told := self._runner.unsaved.rescue(self._runner.context.home):
            with suppress(OSError):  # the terminal may be gone
                print(f"hiproutine: {told}", file=sys.stderr)

    # ---- safety ----

    @property
    def _safety_read(self) -> bool:
        """Whether the safety text was read before."""
        return os.path.exists(self._runner.context.safety_read)  # noqa: PTH110 -- Path.exists raises where it may not look

    def _first_run(self, named: Practise | None) -> bool:
        """Show the safety text, and ask what the first run asks; return whether to practise after it."""
        from hiproutine.day.first_run import BEFORE_A_SESSION, WHOLE
        from hiproutine.plain.first_run import Lines, ask

        parts = BEFORE_A_SESSION if named else WHOLE
        self._say(f"1 of {len(parts) + 1}: Before you practise. {safety.GET_HELP}")
        self._say_warning_signs()
        for line in ("", safety.STOP_AT, "", safety.ABOUT, ""):
            self._say(line)
        if self._keys.answer("Press Enter when you have read this; q leaves.", "\r\nq") == "q":
            return False
        marker = self._runner.context.safety_read
        try:
            safety.write_down(marker, self._runner.context.now())
        except OSError as error:
            self._say(f"Not saved, so it will be shown again: {of_file(error, marker)}")
        agreed = ask(self._runner, parts, Lines(self._keys, self._say, self._say_warning_signs))
        if not named:
            self._noted = self._runner.day.plan.notes  # its last page is today's session
        return agreed

    def _say_warning_signs(self) -> None:
        for section in safety.warning_signs(self._runner.day.catalogue):
            self._say("")
            for line in (section.heading, *(f"- {line}" for line in section.lines)):
                self._say(line)


def say_at_once(text: str) -> None:
    """Print a line. Raises Gone if the terminal is gone."""
    try:
        print(_wrapped(clean(text)), flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what is left in the buffer
        raise Gone(128 + signal.SIGHUP) from error


def _wrapped(line: str) -> str:
    """Return a line broken between words, where the width of the terminal is known."""
    try:
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):  # no terminal
        return line
    if len(line) <= (columns or len(line)):
        return line
    return textwrap.fill(line, columns, break_long_words=False, break_on_hyphens=False)


def ring() -> None:
    """Ring the terminal's bell; a file or a pipe has none."""
    if sys.stdout.isatty():
        sys.stdout.write("\a")  # goes out with the next line
