"""Practising in lines: one line an event, for screen readers, serial lines and logs.

A line that begins something starts with the remaining time of the session. Lines within it, or for what lasts less than
5 s, are as short as possible, and each second of a countdown has its own line: a screen reader reads a line on arrival,
at its own pace, so a "1" is on time only if it comes alone, and a long line would still be read when the next is due.
"""

from collections.abc import Callable, Collection

from hiproutine.catalogue.notation import in_words
from hiproutine.catalogue.prescription import Phase
from hiproutine.coach.instructions import stop_words
from hiproutine.coach.screening import cautions
from hiproutine.desktop.awake import Awake
from hiproutine.desktop.media import Media
from hiproutine.desktop.remote import Remote, obey, status
from hiproutine.history.records import TOO_EASY, TOO_HARD
from hiproutine.plain.keyboard import ASKED, IDLE_MS, SUSPEND, key_name
from hiproutine.plain.keys import Keys
from hiproutine.practice.cues import COUNTDOWN_FROM_MS, ONLY_SAID, Cue, CueKind
from hiproutine.practice.hurting import Hurting, answers, asks_where, choice_words, question
from hiproutine.practice.runner import Cues, Leader
from hiproutine.practice.timeline import Segment
from hiproutine.practice.words import KEYS, STOP_QUESTION, cue_words, minutes_question, segment_words
from hiproutine.sound.output import Output
from hiproutine.text import clock_length

ADJUST_MS = 10_000
_ACTIONS = {
    "space": "pause", "n": "next", "p": "previous", "+": "longer", "=": "longer", "-": "shorter", "h": "hurt",
    "m": "minutes", "u": "easy", "d": "hard", "q": "stop", "?": "help",
}  # fmt: skip
"""Actions of the keys; any other key pauses."""
_AFAR = {
    "full_stop": "pause", "b": "pause", "f5": "pause", "escape": "pause", "enter": "pause",
    "pagedown": "onward", "pageup": "previous",
}  # fmt: skip
"""Actions of the keys of a presenter."""
HELP = (
    *(f"{name}: {KEYS[action]}" for name, action in _ACTIONS.items() if name != "="),
    "any other key: pause",
    "With a presenter: forward (PageDown) is next, or resumes; back (PageUp) is this side again, or the one before.",
    "Its black screen (. or b) and start (F5, Esc), and Enter: pause, resume.",
)
_SCORES_SAID = "Type the number; 0 or Esc resumes."
_GOES_ON = "Going on in 3 s."
_RESUMES = "Space resumes."
_PAUSED = f"Paused. {_RESUMES} n: next. p: previous. h: it hurts. q: stop. ?: all keys."
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


class Practice:
    """Prints the session of `leader`, plays its cues, and forwards the keys."""

    def __init__(
        self,
        leader: Leader,
        sound: Output,
        *,
        keys: Keys,
        say: Callable[[str], None],
        conditions: Collection[str],
        awake: Awake,
        media: Media,
        remote: Remote | None = None,
    ) -> None:
        self._leader = leader
        self._sound = sound
        self._keys = keys
        self._say = say
        self._conditions = conditions
        self._awake = awake
        self._media = media
        self._remote = remote
        self._news: tuple[str | None, ...] = (None, None, None)
        self._told: set[str | None] = set()
        self._advised = set[int]()

    def run(self) -> None:
        """Run until the session is over or left for later."""
        leader = self._leader
        ends = f"{clock_length(leader.player.session_remaining_ms)} min"
        self._say(f"{leader.session.name}, {ends}. ? prints the keys.")
        self._react(leader.begin())
        while not leader.over and not leader.for_later:
            self._press(self._keys.next(leader.wait_ms or IDLE_MS, confirms=self._typed))
        if not leader.over:
            self._sound.hush()

    # ---- keys ----

    @property
    def _typed(self) -> bool:
        """Whether a number is typed that Enter confirms."""
        hurting = self._leader.hurting
        return bool(self._leader.minutes) or bool(hurting and hurting.number is not None)

    def _press(self, key: str | None) -> None:
        leader = self._leader
        if key is None or key == SUSPEND:
            hurting = leader.hurting
            cues = leader.hold_still() if key else leader.tick()
            if hurting and not leader.hurting:
                self._say(_GOES_ON)
            self._react(cues)
        elif key == ASKED:
            if self._remote:
                self._remote.serve(self._obey)
        elif leader.minutes is not None:
            self._type_minutes(key)
        elif leader.hurting:
            self._answer_how(key)
        elif leader.asking:
            self._answer(key)
        else:
            self._do(key)

    def _obey(self, word: str) -> str:
        """Do what is asked at the remote control, as a key would."""
        before = self._leader.player.count_in_ms
        self._react(obey(self._leader, word))
        if self._leader.player.count_in_ms and not before:
            self._say(_GOES_ON)
        return status(self._leader)

    def _do(self, key: str) -> None:
        leader = self._leader
        match action := (_ACTIONS | _AFAR).get(key_name(key)):
            case "pause" | "onward" if leader.player.paused:
                self._go_on()
            case "hurt":
                self._react(leader.hurts())
            case "next" | "onward" | "previous":
                self._react(leader.previous() if action == "previous" else leader.next())
                if leader.player.paused:
                    self._say(f"Still paused. {_RESUMES}")
            case "minutes" | "easy" | "hard":
                self._note(action)
            case "longer" | "shorter":
                self._adjust(-ADJUST_MS if action == "shorter" else ADJUST_MS)
            case None if leader.player.paused:
                self._say(_PAUSED)
            case _:
                self._hold_still(action)

    def _hold_still(self, action: str | None) -> None:
        """Pause, and ask whether to stop, or print the keys."""
        self._react(self._leader.ask_to_stop() if action == "stop" else self._leader.hold_still())
        if self._leader.asking:
            self._say(f"{STOP_QUESTION} {', '.join(self._leader.choices.values())}.")
        elif action == "help":
            for line in HELP:
                self._say(line)

    def _note(self, action: str) -> None:
        if action == "minutes":
            self._react(self._leader.ask_minutes())
            self._say(minutes_question(""))
        else:
            self._say(self._leader.feel(TOO_EASY if action == "easy" else TOO_HARD))
            self._react(())

    def _type_minutes(self, key: str) -> None:
        cues = self._leader.type_minutes(key_name(key))
        if self._leader.minutes is None:
            for line in filter(None, (self._leader.fitted, _GOES_ON)):
                self._say(line)
        else:
            self._say(minutes_question(self._leader.minutes))
        self._react(cues)

    def _answer(self, key: str) -> None:
        cues = self._leader.answer_stop(key_name(key))
        if not self._leader.over and not self._leader.for_later:
            self._say(_GOES_ON)
            self._react(cues)

    def _answer_how(self, key: str) -> None:
        """Answer how much it hurts, and what to do; any other key repeats the question."""
        cues = self._leader.answer(key_name(key))
        if self._leader.hurting and not cues:
            self._ask()
            self._say_answers()
        elif self._leader.player.count_in_ms:
            self._say(_GOES_ON)
        self._react(cues or ())

    def _ask(self) -> None:
        if self._leader.hurting:
            self._say(question(self._leader.hurting))

    def _say_answers(self) -> None:
        """Print the answers that there are now, and what Enter does."""
        hurting = self._leader.hurting
        if not hurting or hurting.number == 0:  # the question says it then
            return
        for line in (*answers(hurting).values(), asks_where(hurting)) if hurting.number else (_SCORES_SAID,):
            if line:
                self._say(line)
        if hurting.number:
            self._say_enter(hurting)

    def _say_enter(self, hurting: Hurting) -> None:
        counted = hurting.prompt.typed is None
        self._say(
            f"Enter: {choice_words(hurting)[hurting.choices[hurting.marked_key]] if counted else 'note this number'}."
        )

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
        """Play cues before printing, which may wait for the terminal."""
        leader, sound = self._leader, self._sound
        sound.play(leader.timeline, cues)
        sound.look(leader.until_cue_ms)
        self._media.show(leader)
        if not leader.player.paused:
            self._awake.beat()
        for cue in cues:
            # The news says why it is paused.
            if cue.kind in ONLY_SAID or (cue.kind is CueKind.PAUSED and cue.number):
                continue
            if cue.kind is CueKind.HURT:
                if not cue.number:
                    self._ask()
                    self._say_answers()
                elif leader.hurting:  # the answers were told with the number
                    self._say_enter(leader.hurting)
                continue
            self._say(self._words(cue))
            if cue.kind not in (*_WITHIN, CueKind.PAUSED, CueKind.RESUMED):
                self._explain(leader.timeline.segments[cue.segment], cue.segment)
        self._tell_news()

    def _tell_news(self) -> None:
        """Print what has gone wrong, each thing once, and that sound works again."""
        leader = self._leader
        news = (leader.trouble, leader.gap and f"{leader.gap} Space resumes.", self._sound.trouble)
        for before, now in zip(self._news, news, strict=True):
            if now and now != before and now not in self._told:
                self._say(now)
        if (silent := self._news[-1]) and not news[-1]:
            self._say("Sound works again.")
            self._told.discard(silent)
        self._news = news
        self._told |= {news[-1]}  # one player fails after the other, again and again

    def _words(self, cue: Cue) -> str:
        timeline, player = self._leader.timeline, self._leader.player
        if cue.kind in _WITHIN or (cue.kind is CueKind.RAMP and cue.number > 1):
            return cue_words(timeline, cue)
        if cue.kind is CueKind.PAUSED:
            return f"paused, {clock_length(player.session_remaining_ms)} left. {_RESUMES}"
        segment = timeline.segments[cue.segment]
        if cue.kind is CueKind.RESUMED:
            return f"go on: {segment_words(timeline, segment)}, {clock_length(player.remaining_ms)} of it to go"
        if segment.length_ms < COUNTDOWN_FROM_MS:
            return ", ".join(filter(None, (segment.label, self._where(cue))))
        return f"{clock_length(player.session_remaining_ms)} left  {cue_words(timeline, cue)}"

    def _where(self, cue: Cue) -> str:
        """Return the new part of a short segment's place: all of it at the start of a set, then the repetition."""
        where = self._leader.timeline.segments[cue.segment].where
        if cue.kind is CueKind.START:
            return where
        before = self._leader.timeline.segments[cue.segment - 1].where
        return "" if where == before else where.rpartition(", ")[2]

    def _explain(self, segment: Segment, index: int) -> None:
        """Return set-up lines before an exercise, the side before a side, and advice in the first set."""
        leader = self._leader
        step = leader.timeline.steps[segment.step]
        if segment.phase in (Phase.READY, Phase.SWITCH) and step.side and step.exercise.side_is:
            self._say(f"{step.side}: {step.exercise.side_is}")
        if segment.phase is Phase.READY:
            self._say(in_words(step.prescription))
            for line in cautions(step.exercise, self._conditions):
                self._say(f"Careful: {line}")
            for number, line in enumerate(step.exercise.setup, 1):
                self._say(f"{number}. {line}")
            if step.exercise.stop_if:
                self._say(stop_words(step.exercise.stop_if))
        # Where beats follow each other at once, nobody could listen to advice between them.
        first = leader.timeline.segments[step.first + 1]
        heard_at = step.first + (first.length_ms >= 2 * COUNTDOWN_FROM_MS)
        if index == heard_at and step.item not in self._advised:
            self._advised.add(step.item)
            for line in step.exercise.cues:
                self._say(f"- {line}")
