"""Practising in lines: one line an event, for screen readers, serial lines and logs.

What begins something has the time left of the session before its words. What comes within, or lasts less than 5 s, is
as short as it can be, and each second of a countdown is a line of its own: a screen reader says a line when it comes,
at its own pace, so a "1" is on time only if it comes alone, and a long line would still be read when the next is due.
"""

from collections.abc import Callable, Collection

from hiproutine.catalogue.prescription import Phase
from hiproutine.coach.screening import cautions
from hiproutine.plain.keyboard import IDLE_MS, SUSPEND, key_name
from hiproutine.practice.cues import COUNTDOWN_FROM_MS, Cue, CueKind
from hiproutine.practice.hurting import answers, question
from hiproutine.practice.runner import Cues, Leader
from hiproutine.practice.timeline import Segment
from hiproutine.practice.words import STOP_ANSWERS, STOP_QUESTION, clock_length, cue_words, segment_words
from hiproutine.sound.output import Output

ADJUST_MS = 10_000
KEYS = (
    "Space: pause, or go on after 3 s.  n: next side or exercise.  p: this side again, or the one before.  "
    "+ and -: 10 seconds more or less.  h: that hurts.  q: stop, asks first.  ?: these keys.  Any other key pauses."
)
_SCORES_SAID = "A number, 0 or Esc for never mind."
_QUESTION = f"{STOP_QUESTION} {', '.join(STOP_ANSWERS)}."
_GOES_ON = "Going on in 3 s."
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
    """Prints the session of `leader`, plays its cues, and hands it the keys.

    `keys` waits for a key for a number of milliseconds, and raises Gone when none can come any more.
    """

    def __init__(
        self,
        leader: Leader,
        sound: Output,
        *,
        keys: Callable[[int], str | None],
        say: Callable[[str], None],
        conditions: Collection[str],
    ) -> None:
        self._leader = leader
        self._sound = sound
        self._keys = keys
        self._say = say
        self._conditions = conditions
        self._asking = False
        self._for_later = False
        self._news: tuple[str | None, ...] = (None, None, None)
        self._advised = set[int]()

    def run(self) -> None:
        """Until the session is over or left for later."""
        leader = self._leader
        ends = f"{clock_length(leader.player.left_ms)} min"
        self._say(f"{leader.session.name}, {ends}. ? prints the keys.")
        self._react(leader.begin())
        while not leader.over and not self._for_later:
            self._press(self._keys(leader.wait_ms or IDLE_MS))

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
        cues = self._leader.answer(key_name(key))
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
        leader, sound = self._leader, self._sound
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
            for line in cautions(step.exercise, self._conditions):
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
