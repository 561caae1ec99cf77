"""Outputs for the cues of a session: tones and speech, the terminal's bell, or nothing; never waited for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, Protocol

from hiproutine.clock import Clock
from hiproutine.practice.cues import ENTERING, Cue, CueKind, rings
from hiproutine.practice.phrases import Speech, spoken, texts
from hiproutine.practice.timeline import Timeline
from hiproutine.settings.model import Settings
from hiproutine.sound import engines, programs, speech, tones
from hiproutine.sound.programs import Machine, Programs
from hiproutine.text import clean, reason

DONE_NOTICE = "hiproutine: session done"

_STANDING_STILL = frozenset({CueKind.PAUSED, CueKind.HURT})
# Sound servers let a device sleep after 5 s without sound; waking takes up to 2 s on some.
_AWAKE_MS = 3000
_WAKE_AHEAD_MS = range(600, 2600)


class Mode(StrEnum):
    """The kinds of output."""

    VOICE = "voice"
    TONES = "tones"
    BELL = "bell"
    SILENT = "silent"


class Output(Protocol):
    """The interface of sound that practice uses."""

    @property
    def trouble(self) -> str | None:
        """Why less is heard than was asked for, as a sentence."""
        ...

    @property
    def broken(self) -> bool:
        """Whether that is because something failed that is there."""
        ...

    def play(self, timeline: Timeline, cues: Sequence[Cue]) -> None:
        """Play all cues due at this instant; a pause or pain silences what still sounds."""
        ...

    def look(self, ahead_ms: int | None = None) -> None:
        """To be called about each second; `ahead_ms` is the time until the next cue, if one is known."""
        ...

    def hush(self) -> None:
        """Stop what is being played and said."""
        ...

    def close(self) -> None:
        """Start nothing more. What sounds is heard to its end; nobody waits for it."""
        ...


class Sound:
    """This computer's loudspeaker; the terminal's bell where nothing plays, or where the person sits elsewhere.

    `bell` rings the terminal; `notify` shows a text through the terminal (OSC 9), as is done over SSH and where nothing
    plays, before each exercise and side and at the end. Tone files are kept in `folder`.
    """

    def __init__(
        self,
        settings: Settings,
        folder: Path,
        machine: Machine,
        *,
        bell: Callable[[], None],
        notify: Callable[[str], None],
    ) -> None:
        self.settings = settings
        self.mode = mode = Mode(settings.sound)
        self._folder = folder
        self._clock = machine.clock
        self._bell = bell
        self._notify = notify
        self._volume = settings.loudness_of_tones
        self._remote = remote(machine.environ)
        here = not self._remote and mode in (Mode.VOICE, Mode.TONES)
        self._players = {player.name: player for player in programs.players(machine)} if here else {}
        self._tones = Programs(list(self._players), machine)
        speaks = here and mode is Mode.VOICE
        found = engines.found(machine, settings.voice or "", settings.speech_command) if speaks else ()
        self._voice = speech.Voice(found, settings.loudness_of_voice, machine, folder, plays=speaks)
        self._prepared: Timeline | None = None
        self._disk_trouble = ""
        self._quiet_since_ms: int | None = None

    @property
    def trouble(self) -> str | None:
        if self.mode in (Mode.BELL, Mode.SILENT):
            return None
        if self._remote:
            return "over SSH only the terminal bell is heard"
        instead = self._tones.working or "the terminal bell"
        if self._disk_trouble:
            return f"no tones ({self._disk_trouble}); using the terminal bell"
        if not self._players:
            return f"nothing here can play a tone; using the terminal bell ({programs.INSTALL_PLAYER})"
        if self._tones.given_up:
            return f"{' and '.join(sorted(self._tones.given_up))} gave no sound; using {instead}"
        return self._voice.trouble if self.mode is Mode.VOICE else None

    @property
    def broken(self) -> bool:
        return bool(self._tones.given_up or self._disk_trouble or self._voice.broken)

    def play(self, timeline: Timeline, cues: Sequence[Cue]) -> None:
        if self.mode is Mode.SILENT or not cues:
            return
        self._tones.look()
        kinds = [cue.kind for cue in cues]
        if CueKind.READY in kinds or CueKind.SWITCH in kinds:
            self._tones.try_again()
            self._voice.try_again()
        if not _STANDING_STILL.isdisjoint(kinds):
            self.hush()
        tone_ms = self._tone(kinds)
        # After one failure it is not yet known whether the player works.
        if not tone_ms or self._tones.failures:
            self._ring(cues)
        if self._remote or (self.mode in (Mode.VOICE, Mode.TONES) and not self._tones.name):
            for words in notices(timeline, cues):
                self._notify(words)
        if self._voice.can_speak:
            self._say(timeline, cues, tone_ms)

    def look(self, ahead_ms: int | None = None) -> None:
        self._tones.look()
        self._voice.look()
        if ahead_ms in _WAKE_AHEAD_MS and not self._awake():
            self.wake()

    def wake(self) -> None:
        """Play a moment of silence to wake the device for the next cue, or to find out that it is broken."""
        if self._tones.name and not self._tones.busy:
            self._start(lambda: tones.silence_file(self._folder), tones.WAKE_MS)

    def hush(self) -> None:
        self._tones.stop()
        self._voice.stop()

    def close(self) -> None:
        self._tones.let_go()
        self._voice.close()

    def _tone(self, kinds: Sequence[CueKind]) -> int:
        """Start the cues' tone; return its length, 0 if none was started."""
        notes = tones.score(kinds)
        if not notes or not self._tones.name:
            return 0
        length_ms = tones.length_ms(notes)
        return length_ms if self._start(lambda: tones.tone_file(self._folder, kinds, self._volume), length_ms) else 0

    def _say(self, timeline: Timeline, cues: Sequence[Cue], after_ms: int) -> None:
        """Say the most important phrase of the cues, after their tone."""
        kinds = [cue.kind for cue in cues]
        if not ENTERING.isdisjoint(kinds):
            self._voice.instructed()
        if CueKind.COUNT in kinds:
            self._voice.hold_back()
        phrases = [phrase for cue in cues if (phrase := spoken(timeline, cue))]
        if phrases:
            self._voice.say(max(phrases, key=speech.rank), after_ms)
        if timeline is not self._prepared:
            # Last, so that no cue waits for it.
            self._prepared = timeline
            self._voice.prepare(texts(timeline))

    def _start(self, file: Callable[[], Path], length_ms: int) -> bool:
        try:
            path = file()
        except OSError as error:
            self._disk_trouble = f"{clean(str(self._folder))}: {reason(error)}"
            return False
        self._disk_trouble = ""
        name = self._tones.name
        started = name is not None and self._tones.start(self._players[name].arguments(str(path)), length_ms)
        if started:
            self._quiet_since_ms = self._clock.instant().running_ms + length_ms
        return started

    def _ring(self, cues: Sequence[Cue]) -> None:
        if any(rings(cue) for cue in cues):
            self._bell()

    def _awake(self) -> bool:
        since_ms = self._quiet_since_ms
        return since_ms is not None and self._clock.instant().running_ms - since_ms < _AWAKE_MS


def remote(environ: Mapping[str, str]) -> bool:
    """Whether the person sits at another computer, where nothing that is played here is heard."""
    if environ.get("PULSE_SERVER"):
        return False  # sound is sent on purpose to where they sit
    display = environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")
    return bool(environ.get("SSH_TTY") or (environ.get("SSH_CONNECTION") and not display))


def notices(timeline: Timeline, cues: Sequence[Cue]) -> Iterator[str]:
    """Notices in place of an inaudible voice: each exercise and side before it begins, and the end."""
    for cue in cues:
        if cue.kind in (CueKind.READY, CueKind.SWITCH):
            yield clean(f"Next: {timeline.steps[timeline.segments[cue.segment].step].title}")
        elif cue.kind is CueKind.DONE:
            yield DONE_NOTICE


class Heard(NamedTuple):
    """Cues due at one instant of the clock."""

    at_ms: int
    kinds: tuple[CueKind, ...]
    said: tuple[Speech, ...]


class Recording:
    """An output that only notes what it was given, for tests and benchmarks."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.heard: list[Heard] = []
        self.trouble: str | None = None
        self.broken = False

    def play(self, timeline: Timeline, cues: Sequence[Cue]) -> None:
        if cues:
            said = tuple(phrase for cue in cues if (phrase := spoken(timeline, cue)))
            self.heard.append(Heard(self._clock.instant().running_ms, tuple(cue.kind for cue in cues), said))

    def look(self, ahead_ms: int | None = None) -> None:
        pass

    def hush(self) -> None:
        pass

    def close(self) -> None:
        pass
