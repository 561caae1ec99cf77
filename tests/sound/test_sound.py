"""Cues are heard: the right tones without clicks, words by their weight, and nothing hangs, waits or runs a name."""

import math
import os
import shutil
import subprocess
import threading
import time
import wave
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest

from hiproutine.catalogue.model import Catalogue
from hiproutine.clock import Clock, SystemClock
from hiproutine.coach.session import find
from hiproutine.practice.cues import NOTES, Cue, CueKind, Note, rings, scheduled
from hiproutine.practice.phrases import Speech, Weight, spoken
from hiproutine.practice.timeline import Timeline, compile_session
from hiproutine.settings.model import Manner, Settings
from hiproutine.sound import engines, programs, self_test, speech, tones
from hiproutine.sound.output import DONE_NOTICE, Mode, Output, Recording, Sound, remote
from hiproutine.sound.programs import Machine
from tests.conftest import HandClock

posix = pytest.mark.skipif(os.name != "posix", reason="the fake players are shell scripts")
AUDIBLE = [kind for kind in CueKind if NOTES[kind]]
RATE = tones.RATE

LOGS = 'for one in "$0" "$@"; do printf "%s\\0" "$one"; done > "$0.$$.part"; mv "$0.$$.part" "$0.$$.ran"\n'
WORKS = "exit 0"
FAILS = "exit 1"
HANGS = "sleep 600"  # longer than a test may take
SINGS = "sleep 0.3"


@pytest.fixture(scope="module")
def line(catalogue: Catalogue) -> Timeline:
    return compile_session(find(catalogue, "four-everyday"), Manner(guide="full", familiar=frozenset()))


class Bench:
    """A folder of fake programs, a clock turned by hand, and what rang."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.folder = folder
        self.clock = clock
        self.rung = 0
        self.notices: list[str] = []
        self.sounds: list[Sound] = []
        self.settings = Settings()
        (folder / "bin").mkdir()

    def program(self, name: str, does: str) -> None:
        path = self.folder / "bin" / name
        path.write_text(f"#!/bin/sh\n{LOGS}{does}\n")
        path.chmod(0o755)

    def machine(self, **environ: str) -> Machine:
        environ = {"PATH": os.environ["PATH"], **environ}
        return Machine(self.clock, environ, lambda name: shutil.which(name, path=self.folder / "bin"), "linux")

    def made(self, mode: Mode = Mode.VOICE, volume: int = 80, **environ: str) -> Sound:
        settings = self.settings._replace(sound=mode.value, volume=volume)
        machine = self.machine(**environ)
        sound = Sound(settings, self.folder / "cache", machine, bell=self.bell, notify=self.notices.append)
        self.sounds.append(sound)
        return sound

    def bell(self) -> None:
        self.rung += 1

    def runs(self, name: str) -> list[list[str]]:
        """The arguments of each run of a program, in order of time."""
        found = sorted((self.folder / "bin").glob(f"{name}.*.ran"), key=lambda path: path.stat().st_mtime_ns)
        return [path.read_text().split("\0")[1:-1] for path in found]

    def wait_for(self, name: str, runs: int) -> list[list[str]]:
        until(lambda: len(self.runs(name)) >= runs)
        return self.runs(name)


@pytest.fixture
def bench(tmp_path: Path, clock: HandClock) -> Iterator[Bench]:
    bench = Bench(tmp_path, clock)
    yield bench
    for sound in bench.sounds:
        sound.hush()
        sound.close()
    clock.turn(60_000)  # even what was to silence an engine may hang
    until(lambda: all(ended(sound) for sound in bench.sounds) and not children())


def until(true: Callable[[], bool], within_s: float = 30) -> None:
    end = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.005)


def ended(sound: Sound) -> bool:
    sound.look()
    voice = sound._voice
    return not (sound._tones.busy or voice.programs.busy or voice.playing.busy)


def said(voice: speech.Voice) -> bool:
    voice.look()
    return not voice.busy


def due(kind: CueKind, line: Timeline, number: int = 0) -> Cue:
    """A cue of that kind as the timeline has it, or one at its first segment."""
    return next((cue for _, cue in scheduled(line) if cue.kind is kind), Cue(kind, 0, number))


def children() -> set[int]:
    """The processes begun by this one, zombies included."""
    found: set[int] = set()
    for task in Path("/proc/self/task").iterdir():
        with suppress(FileNotFoundError):  # a thread that has just ended
            found |= set(map(int, (task / "children").read_text().split()))
    return found


# ---- tones ----


def samples_of(data: bytes, folder: Path) -> "array[int]":
    path = folder / "read.wav"
    path.write_bytes(data)
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        return array("h", file.readframes(file.getnframes()))


def strength(samples: Sequence[int], hz: float) -> float:
    """One bin of a Fourier transform, by Goertzel's algorithm, of the samples under a Hann window."""
    factor, last, before = 2 * math.cos(2 * math.pi * hz / RATE), 0.0, 0.0
    turn = 2 * math.pi / len(samples)
    for i, sample in enumerate(samples):
        last, before = sample * (1 - math.cos(turn * i)) + factor * last - before, last
    return last * last + before * before - factor * last * before


def pitch(samples: Sequence[int]) -> float:
    """The strongest frequency between 200 and 1250 Hz."""
    samples = samples[:4096]
    rough = max(range(200, 1250, 10), key=lambda hz: strength(samples, hz))
    return max(range(rough - 10, rough + 10, 2), key=lambda hz: strength(samples, hz))


def notes_of(samples: Sequence[int], loud: int = 40, pause_ms: int = 8) -> list[tuple[float, float, float]]:
    """(start in ms, length in ms, Hz) of every stretch of sound between silences of at least `pause_ms`."""
    found: list[tuple[int, int]] = []
    for at, sample in enumerate(samples):
        if abs(sample) > loud:
            if found and at - found[-1][1] < pause_ms * RATE / 1000:
                found[-1] = (found[-1][0], at)
            else:
                found.append((at, at))
    return [(a * 1000 / RATE, (b - a) * 1000 / RATE, pitch(samples[a:b])) for a, b in found if b - a > RATE // 100]


@pytest.mark.parametrize("kind", AUDIBLE)
def test_a_tone_has_its_notes_and_no_click(kind: CueKind, tmp_path: Path) -> None:
    notes = NOTES[kind]
    samples = samples_of(tones.wav(notes, 100), tmp_path)
    assert len(samples) == pytest.approx(tones.length_ms(notes) * RATE / 1000, abs=len(notes) * 2)
    assert not any(samples[: tones.LEAD_MS * RATE // 1000]), "silence first"
    assert not any(samples[-tones.TAIL_MS * RATE // 1000 :]), "and last"
    at_ms = float(tones.LEAD_MS)
    heard = notes_of(samples)
    assert len(heard) == len(notes)
    for note, (start, length, hz) in zip(notes, heard, strict=True):
        assert start == pytest.approx(at_ms, abs=2)
        assert length == pytest.approx(note.ms, rel=0.02, abs=2)
        assert hz == pytest.approx(note.hz, rel=0.02)
        first, last = (int(ms * RATE / 1000) for ms in (at_ms, at_ms + note.ms))
        both_ends = (*samples[first : first + RATE // 1000], *samples[last - RATE // 1000 : last])
        assert max(map(abs, both_ends)) < 0.06 * max(samples), "it fades in and out"
        at_ms += note.ms + note.gap_ms
    loudest = max(map(abs, samples))
    assert 2_000 < loudest < 10_000, "to be heard, and far from being clipped"
    highest = max(note.hz for note in notes)
    # The steepest a sine with a fifth of its octave can be.
    steepest = loudest * 2 * math.pi * highest / RATE * 1.4
    assert max(abs(b - a) for a, b in pairwise([0, *samples, 0])) <= steepest


def test_volume_goes_with_the_ear(tmp_path: Path) -> None:
    peaks = [
        max(map(abs, samples_of(tones.wav(NOTES[CueKind.COUNT], volume), tmp_path))) for volume in range(0, 101, 5)
    ]
    assert peaks == sorted(set(peaks))
    assert peaks[0] == 0
    assert peaks[10] == pytest.approx(peaks[20] / 4, rel=0.01)


def test_cues_of_one_instant_are_one_tone() -> None:
    both = tones.score([CueKind.END, CueKind.REMAINING, CueKind.REST])
    assert both == (Note(784, 130, 20), Note(494, 280, tones.BETWEEN_MS), Note(330, 420))
    assert tones.score([CueKind.REMAINING]) == ()


def test_a_tone_is_made_once_and_again_if_damaged(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "yet"
    path = tones.tone_file(folder, [CueKind.START], 80)
    whole = path.read_bytes()
    os.utime(path, (1, 1))
    assert tones.tone_file(folder, [CueKind.START], 80).stat().st_mtime == 1
    path.write_bytes(whole[:-2])
    assert tones.tone_file(folder, [CueKind.START], 80).read_bytes() == whole
    assert tones.tone_file(folder, [CueKind.START], 50) != path
    assert tones.tone_file(folder, [CueKind.END], 80) != path
    assert not any(samples_of(tones.silence_file(folder).read_bytes(), tmp_path))
    assert all(file.suffix == ".wav" for file in folder.iterdir()), "nothing half-written stays"


# ---- players ----


def test_the_first_player_that_there_is(clock: HandClock) -> None:
    def names(*there: str, platform: str = "linux") -> list[str]:
        machine = Machine(clock, {}, lambda name: f"/bin/{name}" if name in there else None, platform)
        return [player.name for player in programs.players(machine)]

    assert names("aplay", "paplay", "pw-play") == ["pw-play", "paplay", "aplay"]
    assert names("afplay", platform="darwin") == ["afplay"]
    assert names(platform="win32") == ["winsound"]
    assert names() == []


@posix
def test_a_cue_is_played(bench: Bench, line: Timeline) -> None:
    bench.program("aplay", WORKS)
    sound = bench.made(Mode.TONES)
    sound.play(line, [due(CueKind.START, line)])
    ((quiet, file),) = bench.wait_for("aplay", 1)
    assert quiet == "-q"
    assert Path(file).read_bytes() == tones.wav(NOTES[CueKind.START], 80)
    until(lambda: ended(sound))
    assert (sound.trouble, bench.rung) == (None, 0)


@posix
def test_a_player_that_fails_twice_gives_way_to_the_next(bench: Bench, line: Timeline) -> None:
    bench.program("paplay", FAILS)
    bench.program("aplay", WORKS)
    sound = bench.made(Mode.TONES)
    for _ in range(2):
        assert sound.trouble is None
        sound.play(line, [due(CueKind.COUNT, line)])
        until(lambda: ended(sound))
    assert sound.trouble == "paplay gave no sound; using aplay"
    assert bench.rung == 1, "after one failure the bell rings as well"
    sound.play(line, [due(CueKind.COUNT, line)])
    until(lambda: ended(sound))
    assert (len(bench.runs("paplay")), len(bench.runs("aplay")), bench.rung) == (2, 1, 1)


@posix
def test_a_player_that_hangs_is_killed_and_in_the_end_the_bell_rings(
    bench: Bench, clock: HandClock, line: Timeline
) -> None:
    bench.program("aplay", HANGS)
    sound = bench.made(Mode.TONES)
    before = children()
    for second in range(6):
        sound.play(line, [due(CueKind.COUNT, line)])
        if second < 2:
            bench.wait_for("aplay", second + 1)
        clock.turn(1000)
        sound.look()
    assert sound.trouble == "aplay gave no sound; using the terminal bell"
    assert bench.rung
    sound.hush()
    sound.close()
    until(lambda: children() == before)


@posix
def test_one_failure_between_successes_is_forgiven(bench: Bench, line: Timeline) -> None:
    bench.program("aplay", f'[ $(($(ls "$0".*.ran | wc -l) % 2)) = 0 ] && {FAILS}; {WORKS}')
    sound = bench.made(Mode.TONES)
    for _ in range(6):
        sound.play(line, [due(CueKind.COUNT, line)])
        until(lambda: ended(sound))
    assert sound.trouble is None


@posix
def test_a_player_that_vanished(bench: Bench, line: Timeline) -> None:
    bench.program("aplay", WORKS)
    sound = bench.made(Mode.TONES)
    (bench.folder / "bin" / "aplay").unlink()
    for _ in range(3):
        sound.play(line, [due(CueKind.COUNT, line)])
    assert sound.trouble == "aplay gave no sound; using the terminal bell"
    assert bench.rung == 3


def test_no_player_no_engine(bench: Bench, line: Timeline) -> None:
    sound = bench.made()
    sound.play(line, [due(CueKind.READY, line)])
    assert sound.trouble
    assert programs.INSTALL_PLAYER in sound.trouble
    assert bench.rung == 1
    assert [
        programs.INSTALL_PLAYER in self_test.advice(bench.machine(), Settings())[0],
        engines.INSTALL in self_test.advice(bench.machine(), Settings())[1],
    ]


@posix
def test_a_folder_that_cannot_be_written(bench: Bench, line: Timeline) -> None:
    bench.program("aplay", WORKS)
    (bench.folder / "cache").write_text("a file, not a folder")
    sound = bench.made(Mode.TONES)
    sound.play(line, [due(CueKind.START, line)])
    assert sound.trouble
    assert "cache" in sound.trouble
    assert bench.rung == 1


@posix
def test_a_new_cue_cuts_the_one_that_sounds(bench: Bench, clock: HandClock, line: Timeline) -> None:
    bench.program("aplay", HANGS)
    sound = bench.made(Mode.TONES)
    sound.play(line, [due(CueKind.DONE, line)])
    (first,) = children()
    clock.turn(100)
    sound.play(line, [due(CueKind.PAUSED, line)])
    until(lambda: first not in children() or ended(sound))
    assert sound.trouble is None, "what was cut is not held against the player"


@posix
@pytest.mark.parametrize("does", [WORKS, FAILS, HANGS, SINGS], ids=["works", "fails", "hangs", "sings"])
def test_nothing_is_ever_waited_for(does: str, bench: Bench, clock: HandClock, line: Timeline) -> None:
    for name in ("pw-play", "paplay", "aplay", "spd-say", "espeak-ng"):
        bench.program(name, does)
    sound = bench.made()
    sound.wake()
    for kind in CueKind:
        sound.play(line, [due(kind, line)])
        clock.turn(700)
        sound.look(1000)
    if does == HANGS:
        assert children()
    sound.hush()


@posix
def test_silence_wakes_the_device_before_a_cue(bench: Bench, clock: HandClock, line: Timeline) -> None:
    bench.program("aplay", WORKS)
    sound = bench.made(Mode.TONES)
    sound.look(30_000)
    sound.look()
    assert bench.runs("aplay") == []
    sound.look(1500)
    assert "silence" in bench.wait_for("aplay", 1)[0][-1]
    until(lambda: ended(sound))
    clock.turn(1000)
    sound.look(1000)
    clock.turn(500)
    sound.play(line, [due(CueKind.COUNT, line)])
    assert len(bench.wait_for("aplay", 2)) == 2, "it is awake already"


# ---- what is said ----


@posix
@pytest.mark.parametrize(
    ("first", "second", "cut"),
    [
        (Weight.NAME, Weight.NAME, True),
        (Weight.NAME, Weight.WORD, False),
        (Weight.NAME, Weight.NUMBER, False),
        (Weight.WORD, Weight.NAME, True),
        (Weight.WORD, Weight.WORD, False),
        (Weight.WORD, Weight.NUMBER, False),
        (Weight.NUMBER, Weight.NAME, True),
        (Weight.NUMBER, Weight.WORD, True),
        (Weight.NUMBER, Weight.NUMBER, False),
    ],
)
def test_what_weighs_more_is_said(first: Weight, second: Weight, cut: bool, bench: Bench) -> None:
    bench.program("espeak-ng", HANGS)
    machine = bench.machine()
    voice = speech.Voice(engines.found(machine), 80, machine, bench.folder / "cache")
    voice.say(Speech("one", first))
    bench.wait_for("espeak-ng", 1)
    voice.say(Speech("two", second))
    if cut:
        assert bench.wait_for("espeak-ng", 2)[-1][-1] == "two"
        until(lambda: not said(voice) and len(children()) == 1)
    assert len(bench.runs("espeak-ng")) == 1 + cut
    voice.stop()
    until(lambda: said(voice) and not children())


@posix
def test_once_it_is_said_the_next_may_be(bench: Bench, clock: HandClock) -> None:
    bench.program("espeak-ng", WORKS)
    machine = bench.machine()
    voice = speech.Voice(engines.found(machine), 80, machine, bench.folder / "cache")
    for number, weight in enumerate((Weight.NAME, Weight.NUMBER, Weight.WORD), 1):
        voice.say(Speech("so", weight))
        bench.wait_for("espeak-ng", number)
        clock.turn(1000)
        until(lambda: said(voice))


HOSTILE = [
    "$(touch x)",
    "`touch x`",
    "a; rm -rf b",
    "--help",
    "-w x",
    "q\"'q",
    "a\nb",
    "[[volm 9]] loud",
    "\x1b]0;x\x07",
]


@posix
@pytest.mark.parametrize("engine", ["spd-say", "espeak-ng", "espeak"])
@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_name_is_one_argument(text: str, engine: str, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(bench.folder)
    bench.program(engine, WORKS)
    machine = bench.machine()
    voice = speech.Voice(engines.found(machine), 80, machine, bench.folder / "cache")
    voice.say(Speech(text, Weight.NAME))
    (arguments,) = bench.wait_for(engine, 1)
    assert arguments[-2:] == ["--", engines.sayable(text)]
    assert arguments[-1].isprintable()
    assert "[[" not in arguments[-1]
    assert not (bench.folder / "x").exists()
    until(lambda: said(voice))


def test_on_windows_the_text_is_never_code(clock: HandClock) -> None:
    machine = Machine(clock, {}, lambda name: name, "win32")
    (engine,) = engines.found(machine)
    said = engines.Utterance('"; Remove-Item x', 80)
    assert not any("Remove-Item" in argument for argument in engine.arguments(said))
    assert engine.line
    assert engine.line(said) == f"80\t{said.text}"
    assert not any('"' in argument for argument in engine.arguments(said)), "no quote that Windows takes for its own"


def test_on_a_mac_say_comes_first_and_takes_its_volume(clock: HandClock) -> None:
    engine, *_ = engines.found(Machine(clock, {}, lambda name: name, "darwin"))
    assert engine.arguments(engines.Utterance("rest", 80, 300)) == ["say", "--", "[[volm 0.80]] [[slnc 300]] rest"]
    assert "say" not in [one.name for one in engines.found(Machine(clock, {}, lambda name: name, "linux"))]


@posix
def test_the_words_come_after_the_tone_and_the_heaviest_alone(bench: Bench, line: Timeline) -> None:
    bench.program("aplay", WORKS)
    bench.program("espeak-ng", WORKS)
    sound = bench.made(volume=60)
    ready = due(CueKind.READY, line)
    sound.play(line, [due(CueKind.PAUSED, line), ready])
    name = spoken(line, ready)
    assert name
    (arguments,) = bench.wait_for("espeak-ng", 1)
    assert arguments[:4] == ["-v", "en", "-a", "75"]
    pause, _, text = arguments[-1].partition("]] ")
    assert text == engines.sayable(name.text)
    length_ms = tones.length_ms(tones.score([CueKind.PAUSED, CueKind.READY]))
    assert 55 * pause.count("_:") == pytest.approx(length_ms, abs=55)
    until(lambda: ended(sound))


@posix
def test_an_engine_that_fails_gives_way(bench: Bench, line: Timeline) -> None:
    bench.program("aplay", WORKS)
    bench.program("spd-say", FAILS)
    sound = bench.made()
    for _ in range(2):
        sound.play(line, [due(CueKind.READY, line)])
        until(lambda: ended(sound))
    assert sound.trouble == "spd-say did not speak; using tones only"


@posix
@pytest.mark.parametrize("takes_ms", [100, 2000])
def test_an_engine_that_ends_at_once_has_said_nothing_whatever_it_reports(
    takes_ms: int, bench: Bench, clock: HandClock
) -> None:
    bench.program("espeak-ng", WORKS)
    machine = bench.machine()
    voice = speech.Voice(engines.found(machine), 80, machine, bench.folder / "cache")
    for number in (1, 2):
        voice.say(Speech("Next: half-kneeling hip flexor stretch", Weight.NAME))
        bench.wait_for("espeak-ng", number)
        clock.turn(takes_ms)
        until(lambda: said(voice))
    assert voice.trouble == ("espeak-ng did not speak; using tones only" if takes_ms == 100 else None)


@posix
def test_without_an_engine_voice_says_what_to_install(bench: Bench) -> None:
    bench.program("aplay", WORKS)
    assert engines.INSTALL in (bench.made().trouble or "")
    assert bench.made(Mode.TONES).trouble is None


# ---- where it is heard ----


@pytest.mark.parametrize(
    ("environ", "elsewhere"),
    [
        ({}, False),
        ({"DISPLAY": ":0"}, False),
        ({"SSH_CONNECTION": "a 1 b 2"}, True),
        ({"SSH_CONNECTION": "a 1 b 2", "DISPLAY": "localhost:10"}, False),
        ({"SSH_TTY": "/dev/pts/0", "DISPLAY": "localhost:10"}, True),
        ({"SSH_TTY": "/dev/pts/0", "PULSE_SERVER": "localhost:4713"}, False),
    ],
)
def test_over_ssh_the_person_is_elsewhere(environ: dict[str, str], elsewhere: bool) -> None:
    assert remote(environ) is elsewhere


@posix
def test_over_ssh_the_bell_rings_and_what_comes_is_notified(bench: Bench, line: Timeline) -> None:
    bench.program("aplay", WORKS)
    bench.program("espeak-ng", WORKS)
    sound = bench.made(SSH_TTY="/dev/pts/0")
    for kind in (CueKind.READY, CueKind.HALFWAY, CueKind.REMAINING, CueKind.COUNT):
        sound.play(line, [due(kind, line)])
    assert (bench.rung, bench.notices) == (2, ["Next: Half-kneeling hip flexor stretch, left side"])
    sound.play(line, [due(CueKind.END, line), due(CueKind.DONE, line)])
    assert (bench.rung, bench.notices[1:]) == (3, [DONE_NOTICE])
    sound.wake()
    assert sound.trouble
    assert not children()


@posix
def test_bell_rings_and_silent_does_nothing(bench: Bench, line: Timeline) -> None:
    bench.program("aplay", WORKS)
    bench.program("espeak-ng", WORKS)
    for mode, rung in ((Mode.SILENT, 0), (Mode.BELL, sum(rings(due(kind, line)) for kind in CueKind))):
        sound = bench.made(mode, SSH_TTY="" if mode is Mode.BELL else "/dev/pts/0")
        for kind in CueKind:
            sound.play(line, [due(kind, line)])
            sound.look(1000)
        assert (bench.rung, bench.notices, sound.trouble) == (rung, [], None)
    assert not children()
    assert not (bench.folder / "cache").exists()


@posix
def test_hush_stops_everything_at_once(bench: Bench, line: Timeline) -> None:
    bench.program("aplay", HANGS)
    bench.program("spd-say", HANGS)
    sound = bench.made()
    sound.play(line, [due(CueKind.READY, line)])
    bench.wait_for("aplay", 1)
    bench.wait_for("spd-say", 1)
    pids = children()
    assert len(pids) == 2
    sound.hush()
    assert bench.wait_for("spd-say", 2)[-1] == ["-C"], "what its server is saying"
    until(lambda: ended(sound) and not pids & children())
    assert sound.trouble is None
    sound.close()


@posix
def test_a_hush_under_way_does_not_silence_the_next_words(bench: Bench) -> None:
    bench.program("spd-say", HANGS)
    machine = bench.machine()
    voice = speech.Voice(engines.found(machine), 80, machine, bench.folder / "cache")
    voice.say(Speech("Next: pigeon", Weight.NAME))
    bench.wait_for("spd-say", 1)
    voice.stop()
    bench.wait_for("spd-say", 2)
    hushing = children()
    voice.say(Speech("paused", Weight.WORD))
    until(lambda: not said(voice) and not hushing & children())
    assert bench.wait_for("spd-say", 3)[-1][:2] == ["-C", "-w"], "they silence what is being said themselves"
    voice.programs.stop()
    until(lambda: said(voice) and not children())


@posix
def test_what_has_ended_leaves_no_zombie(bench: Bench, line: Timeline) -> None:
    bench.program("aplay", WORKS)
    bench.program("espeak-ng", WORKS)
    sound = bench.made()
    for kind in CueKind:
        sound.play(line, [due(kind, line)])
    until(lambda: ended(sound) and not children())


def test_a_recording_notes_what_it_is_given(clock: HandClock, line: Timeline) -> None:
    output: Output = Recording(clock)
    clock.turn(5000)
    output.play(line, [due(CueKind.END, line), due(CueKind.REST, line)])
    output.play(line, [])
    assert isinstance(output, Recording)
    ((at_ms, kinds, said),) = output.heard
    assert (at_ms, kinds, said) == (
        5000,
        (CueKind.END, CueKind.REST),
        (Speech("Rest, 10 seconds. Same side again.", Weight.WORD),),
    )


# ---- the check ----


PLAYS = "sleep 0.7"  # more than a third of what the tested sounds take


@posix
def test_the_check_tells_who_answered(bench: Bench) -> None:
    bench.clock = SystemClock()
    bench.program("paplay", FAILS)
    bench.program("aplay", PLAYS)
    checked = list(self_test.check_tones(bench.folder / "cache", Settings(), bench.machine(), kinds=AUDIBLE[:3]))
    assert [one.cue for one in checked] == AUDIBLE[:3]
    assert [(one.program, one.fault) for one in checked[0].answers] == [
        ("paplay", "failed with exit code 1"),
        ("aplay", ""),
    ]
    assert [(one.program, one.worked) for one in checked[1].answers] == [("aplay", True)]
    folder = bench.folder / "cache"
    assert not self_test.check_speech(folder, Settings(), bench.machine()).answers
    bench.program("espeak", PLAYS)
    said = self_test.check_speech(folder, Settings(), bench.machine())
    assert [(one.program, one.fault) for one in said.answers] == [("espeak", "made no sound file"), ("espeak live", "")]
    (better,) = self_test.advice(bench.machine(), Settings(), [*checked, said])
    assert "flite" in better
    assert "piper" in better


@posix
@pytest.mark.parametrize(
    ("does", "fault"),
    [
        ("echo; echo 'Connection refused' >&2; exit 3", "failed with exit code 3 (Connection refused)"),
        ("echo 'ALSA lib' >&2; echo 'error: no\033[2J device' >&2", "ended without playing it (error: no"),
        ("exit 0", "ended without playing it"),
        (HANGS, "hung, and was stopped"),
    ],
)
def test_what_was_not_played_is_said_to_have_failed(
    does: str, fault: str, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(self_test, "HUNG_AFTER_MS", 10)
    bench.clock = SystemClock()
    bench.program("aplay", does)
    bench.program("espeak", does)
    tones_checked = list(self_test.check_tones(bench.folder / "cache", Settings(), bench.machine()))
    assert [one.heard for one in tones_checked] == [False], "no other tone is tried"
    said = self_test.check_speech(bench.folder / "cache", Settings(), bench.machine())
    for checked in (*tones_checked, said):
        words = self_test.words(checked)
        assert fault in words
        assert "started in" not in words
        assert "\033" not in words
    first, second, next_step, *more = self_test.advice(bench.machine(), Settings(), [*tones_checked, said])
    assert more == [], "no better voice is spoken of where none is heard"
    assert (first, second) == ("No tone can be played: practice rings the terminal bell.", "Nothing can be said aloud.")
    assert "start the sound server" in next_step


@posix
def test_a_voice_of_one_s_own_that_fails_points_to_its_settings(bench: Bench) -> None:
    bench.clock = SystemClock()
    bench.program("aplay", PLAYS)
    settings = Settings(speech_command=("/nowhere/speaks", "{text}", "{wav}"))
    said = self_test.check_speech(bench.folder / "cache", settings, bench.machine())
    assert self_test.words(said) == "voice         /nowhere/speaks made no sound file"
    assert any("speech_command" in each for each in self_test.advice(bench.machine(), settings, [said]))


# ---- a real sound server ----


class Sink:
    """A PulseAudio server whose only device is heard by nobody, and a recording of it."""

    def __init__(self, folder: Path) -> None:
        self.environ = {**os.environ, "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
        self.environ["PULSE_SERVER"] = f"unix:{folder}/native"
        arguments = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"]
        arguments += ["-L", "module-null-sink sink_name=hip"]
        arguments += ["-L", f"module-native-protocol-unix socket={folder}/native auth-anonymous=1"]
        self._processes = [self._run(arguments)]
        until(lambda: Path(f"{folder}/native").exists())
        listener = ["parec", "--device=hip.monitor", "--format=s16le", f"--rate={RATE}", "--channels=1"]
        self._listener = self._run([*listener, "--latency-msec=5"], subprocess.PIPE)
        self._processes.append(self._listener)
        self.samples: array[int] = array("h")
        self.begun_s = math.inf
        """When the first sample was heard, by the least delay with which any came."""
        self.children = {process.pid for process in self._processes}
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()
        until(lambda: len(self.samples) > RATE // 5)

    def _run(self, arguments: Sequence[str], stdout: int = subprocess.DEVNULL) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            arguments, env=self.environ, stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.DEVNULL
        )

    def _listen(self) -> None:
        assert self._listener.stdout
        odd = b""
        while data := os.read(self._listener.stdout.fileno(), 65536):
            data = odd + data
            whole = len(data) & ~1
            self.samples.frombytes(data[:whole])
            odd = data[whole:]
            self.begun_s = min(self.begun_s, time.monotonic() - len(self.samples) / RATE)

    def close(self) -> None:
        for process in reversed(self._processes):
            process.terminate()
            process.wait(5)
        self._thread.join(5)
        assert self._listener.stdout
        self._listener.stdout.close()


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[Sink]:
    for program in ("pulseaudio", "parec", "paplay"):
        if not shutil.which(program):
            pytest.skip(f"{program} is not installed (apt-get install pulseaudio pulseaudio-utils)")
    folder = tmp_path / "pulse"
    folder.mkdir(mode=0o700)
    sink = Sink(folder)
    yield sink
    sink.close()


def test_cues_come_out_of_a_real_sink(sink: Sink, tmp_path: Path, line: Timeline) -> None:
    def which(name: str) -> str | None:
        return shutil.which(name) if name == "paplay" else None

    machine = Machine(SystemClock(), sink.environ, which, "linux")
    sound = Sound(Settings(sound="tones"), tmp_path / "cache", machine, bell=pytest.fail, notify=pytest.fail)
    sound.wake()
    time.sleep(0.4)
    asked: list[float] = []
    order = (CueKind.START, CueKind.END, CueKind.COUNT, CueKind.COUNT, CueKind.COUNT)
    for kind in order:
        asked.append(time.monotonic() - sink.begun_s)
        sound.play(line, [due(kind, line)])
        time.sleep(0.2)
        until(lambda: ended(sound))
    sound.close()
    heard = notes_of(sink.samples, loud=200, pause_ms=10)
    written = [note for kind in order for note in NOTES[kind]]
    assert [hz for _, _, hz in heard] == pytest.approx([note.hz for note in written], rel=0.02)
    assert [length for _, length, _ in heard] == pytest.approx([note.ms for note in written], abs=8)
    firsts = [sum(len(NOTES[kind]) for kind in order[:number]) for number in range(len(order))]
    late_ms = [heard[first][0] - 1000 * at_s for first, at_s in zip(firsts, asked, strict=True)]
    # A busy machine may keep one waiting, but not most of them.
    assert sorted(abs(late - median(late_ms)) for late in late_ms)[2] <= 60
    assert sound.trouble is None
