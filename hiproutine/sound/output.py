"""Where a session's cues go to be heard: tones and speech, the terminal's bell, or nothing; never waited for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, Protocol

from hiproutine.clock import Clock
from hiproutine.practice.cues import Cue, CueKind, Speech, rings, spoken
from hiproutine.practice.timeline import Timeline
from hiproutine.sound import players, speech, tones
from hiproutine.sound.programs import Machine, Programs
from hiproutine.text import clean, reason

DONE_NOTICE = "hiproutine: session done"

# Sound servers let a device sleep after 5 s without sound; waking takes up to 2 s on some.
_AWAKE_MS = 3000
_WAKE_AHEAD_MS = range(600, 2600)


class Mode(StrEnum):
    """What there is to hear."""

    VOICE = "voice"
    TONES = "tones"
    BELL = "bell"
    SILENT = "silent"


class Output(Protocol):
    """What practice needs of sound."""

    @property
    def trouble(self) -> str | None:
        """Why less is heard than was asked for, as a sentence."""
        ...

    def play(self, timeline: Timeline, cues: Sequence[Cue]) -> None:
        """Makes all cues that are due at this instant heard."""
        ...

    def look(self, ahead_ms: int | None = None) -> None:
        """To be called about each second; `ahead_ms` is the time until the next cue, if one is known."""
        ...

    def hush(self) -> None:
        """Stops what is being played and said."""
        ...

    def close(self) -> None:
        """Stops everything for good."""
        ...


class Sound:
    """This computer's loudspeaker; the terminal's bell where nothing plays, or where the person sits elsewhere.

    `bell` rings the terminal; `notify` shows a text through the terminal (OSC 9), as is done over SSH and where nothing
    plays, before each exercise and side and at the end. Tone files are kept in `folder`.
    """

    def __init__(
        self,
        mode: Mode,
        volume: int,
        folder: Path,
        machine: Machine,
        *,
        bell: Callable[[], None],
        notify: Callable[[str], None],
    ) -> None:
        self.mode = mode
        self._folder = folder
        self._clock = machine.clock
        self._bell = bell
        self._notify = notify
        self._volume = volume
        self._remote = remote(machine.environ)
        here = not self._remote and mode in (Mode.VOICE, Mode.TONES)
        self._players = {player.name: player for player in players.found(machine)} if here else {}
        self._tones = Programs(list(self._players), machine)
        engines = speech.found(machine) if here and mode is Mode.VOICE else ()
        self._voice = speech.Voice(engines, volume, machine)
        self._disk_trouble = ""
        self._quiet_since_ms: int | None = None

    @property
    def trouble(self) -> str | None:
        if self.mode in (Mode.BELL, Mode.SILENT):
            return None
        if self._remote:
            return "over SSH only the terminal bell is heard"
        instead = self._tones.name or "the terminal bell"
        if self._disk_trouble:
            return f"no tones ({self._disk_trouble}); using the terminal bell"
        if not self._players:
            return f"nothing here can play a tone; using the terminal bell ({players.INSTALL})"
        if self._tones.given_up:
            return f"{' and '.join(self._tones.given_up)} gave no sound; using {instead}"
        return self._voice.trouble if self.mode is Mode.VOICE else None

    def play(self, timeline: Timeline, cues: Sequence[Cue]) -> None:
        if self.mode is Mode.SILENT or not cues:
            return
        self._tones.look()
        kinds = [cue.kind for cue in cues]
        tone_ms = self._tone(kinds)
        # After one failure it is not yet known whether the player works.
        if not tone_ms or self._tones.failures:
            self._ring(cues)
        if self._remote or (self.mode in (Mode.VOICE, Mode.TONES) and not self._tones.name):
            for words in notices(timeline, cues):
                self._notify(words)
        if CueKind.PAUSED in kinds:
            self._voice.stop()
        phrases = [phrase for cue in cues if (phrase := spoken(timeline, cue))]
        if phrases:
            self._voice.say(max(phrases, key=speech.rank), tone_ms)

    def look(self, ahead_ms: int | None = None) -> None:
        self._tones.look()
        self._voice.programs.look()
        if ahead_ms in _WAKE_AHEAD_MS and not self._awake():
            self.wake()

    def wake(self) -> None:
        """Plays a moment of silence, so that the device is awake for the next cue, and one that is broken shows it."""
        if self._tones.name and not self._tones.busy:
            self._start(lambda: tones.silence_file(self._folder), tones.WAKE_MS)

    def hush(self) -> None:
        self._tones.stop()
        self._voice.stop()

    def close(self) -> None:
        self.hush()
        for programs in (self._tones, self._voice.programs):
            programs.collect(0.05)

    def _tone(self, kinds: Sequence[CueKind]) -> int:
        """Starts the cues' tone; how long it is, 0 if none was started."""
        notes = tones.score(kinds)
        if not notes or not self._tones.name:
            return 0
        length_ms = tones.length_ms(notes)
        return length_ms if self._start(lambda: tones.tone_file(self._folder, kinds, self._volume), length_ms) else 0

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
    """What is worth a notice where no voice can be heard: each exercise and side before it begins, and the end."""
    for cue in cues:
        if cue.kind in (CueKind.READY, CueKind.SWITCH):
            yield clean(f"Next: {timeline.steps[timeline.segments[cue.segment].step].title}")
        elif cue.kind is CueKind.DONE:
            yield DONE_NOTICE


class Heard(NamedTuple):
    """What was due at one instant of the clock."""

    at_ms: int
    kinds: tuple[CueKind, ...]
    said: tuple[Speech, ...]


class Recording:
    """An output that only notes what it was given, for tests and benchmarks."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.heard: list[Heard] = []
        self.hushed_ms: list[int] = []
        self.trouble: str | None = None

    def play(self, timeline: Timeline, cues: Sequence[Cue]) -> None:
        if cues:
            said = tuple(phrase for cue in cues if (phrase := spoken(timeline, cue)))
            self.heard.append(Heard(self._clock.instant().running_ms, tuple(cue.kind for cue in cues), said))

    def look(self, ahead_ms: int | None = None) -> None:
        pass

    def hush(self) -> None:
        self.hushed_ms.append(self._clock.instant().running_ms)

    def close(self) -> None:
        pass
