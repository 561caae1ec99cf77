"""The voice: rendered ahead, equally loud and in order, whichever program speaks; and sound that fails comes back."""

import json
import os
import shutil
import subprocess
import sys
import time
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.prescription import Hold
from hiproutine.clock import SystemClock
from hiproutine.coach.session import Item, Session
from hiproutine.practice.cues import NOTES, Cue, CueKind, Note, entered
from hiproutine.practice.phrases import Speech, Weight, spoken, texts
from hiproutine.practice.timeline import Timeline, compile_session
from hiproutine.settings.model import Manner, Settings
from hiproutine.sound import engines, loudness, rendering, speech, tones
from hiproutine.sound.engines import Making
from hiproutine.sound.output import Mode, Sound
from hiproutine.sound.programs import Machine
from tests.conftest import HandClock
from tests.sound.test_sound import (
    FAILS,
    HANGS,
    RATE,
    WORKS,
    Bench,
    Sink,
    children,
    ended,
    posix,
    said,
    until,
)

AUDIBLE = [kind for kind in CueKind if NOTES[kind]]
# Copies a sound into the last argument but three, as espeak-ng writes one: -v en -w FILE -- TEXT.
COPIES = 'while [ "$1" != -w ]; do shift; done; cp "$(dirname "$0")/words.wav" "$2"'


@pytest.fixture
def bench(tmp_path: Path, clock: HandClock) -> Iterator[Bench]:
    bench = Bench(tmp_path, clock)
    words = array("h", (int(3000 * (at // 30 % 2 * 2 - 1)) for at in range(16_000)))
    (tmp_path / "bin" / "words.wav").write_bytes(tones.file_of(words, 16_000))
    yield bench
    for sound in bench.sounds:
        sound.hush()
        sound.close()
    clock.turn(60_000)
    until(lambda: all(ended(sound) for sound in bench.sounds) and not children())


@pytest.fixture
def line(catalogue: Catalogue) -> Timeline:
    """A get-ready that is explained, and a hold."""
    item = Item(catalogue.exercises["supine-butterfly"], Hold(1, 3, 0))
    return compile_session(Session("", None, "", None, (item,)), Manner(guide="full", familiar=frozenset()))


# ---- the programs ----


def names(*there: str, platform: str = "linux", voice: str = "", home: str = "") -> list[str]:
    machine = Machine(SystemClock(), {"HOME": home}, lambda name: f"/bin/{name}" if name in there else None, platform)
    return [engine.name for engine in engines.found(machine, voice)]


def test_the_engine_that_is_understood_best_comes_first(tmp_path: Path) -> None:
    model = tmp_path / ".local/share/piper-voices/en/en_GB/alba/en_GB-alba-medium.onnx"
    model.parent.mkdir(parents=True)
    model.touch()
    every = ("espeak-ng", "spd-say", "flite", "piper")
    assert names(*every, home=str(tmp_path)) == ["piper", "flite", "espeak-ng", "spd-say"]
    assert names(*every) == ["flite", "espeak-ng", "spd-say"], "piper without a voice cannot speak"
    assert names(*every, home=str(tmp_path), voice="en_US-lessac-medium")[0] == "flite"
    assert names(*every, home=str(tmp_path), voice="en_GB-alba-medium")[0] == "piper"
    assert names(*every, home="/", voice=str(model))[0] == "piper"
    assert names("say", "espeak-ng", platform="darwin") == ["say", "espeak-ng"]
    assert names("powershell", "piper", platform="win32") == ["SAPI"]
    assert names() == []


def test_the_users_own_command_comes_before_all() -> None:
    machine = Machine(SystemClock(), {}, lambda name: name, "linux")
    command = ("mimic", "--text", "{text}", "-o", "{wav}")
    first, *others = engines.found(machine, "", command)
    assert (first.name, first.making, first.options) == ("mimic", Making(command), None)
    assert others


@pytest.mark.parametrize("text", ["$(touch x)", "--help", "-w x", "{wav}", "a; b", "q\"'q", "[[volm 9]] loud"])
def test_no_word_is_an_option_or_a_place(text: str) -> None:
    machine = Machine(SystemClock(), {"HOME": "/"}, lambda name: name, "darwin")
    for engine in engines.found(machine, "", ("own", "{text}", "{wav}")):
        if engine.making:
            said = engines.sayable(text)
            assert not said.startswith("-")
            arguments, _, _ = engine.making.filled(said, "/tmp/a.wav")
            assert arguments.count(said) == 1
            assert arguments.count("/tmp/a.wav") == 1


# ---- rendered ahead ----


@posix
def test_each_phrase_is_made_once_and_then_played_like_a_tone(bench: Bench, line: Timeline) -> None:
    bench.program("paplay", WORKS)
    bench.program("espeak-ng", COPIES)
    sound = bench.made()
    sound.play(line, entered(line, 0))
    first = bench.wait_for("espeak-ng", 1)[0]
    assert "-w" not in first, "it is not ready, and so it is said live"
    wanted = sound._voice.rendered
    *_, last = texts(line)
    until(lambda: wanted.find(last) is not None)
    until(lambda: ended(sound))
    made = [run for run in bench.runs("espeak-ng") if "-w" in run]
    said = [run[-1] for run in made]
    assert len(set(said)) == len(said)
    assert said[0] == first[-1].partition("]] ")[2], "in the order in which they are needed"
    ready = spoken(line, Cue(CueKind.READY, 0))
    assert ready
    assert ready.text in said
    again = bench.made()
    before = len(bench.runs("espeak-ng"))
    again.play(line, entered(line, 0))
    played = [run[0] for run in bench.wait_for("paplay", 3)][-2:]
    assert [Path(file).name.startswith(kind) for file, kind in zip(sorted(played), ("said", "tone"), strict=True)]
    until(lambda: ended(again))
    assert len(bench.runs("espeak-ng")) == before, "nothing is made twice"


@posix
def test_a_phrase_begins_after_its_tone_and_its_length_is_known(bench: Bench) -> None:
    bench.program("paplay", WORKS)
    bench.program("espeak-ng", COPIES)
    sound = bench.made()
    store = sound._voice.rendered
    store.order(["rest"])
    until(lambda: store.find("rest") is not None)
    alone, after = store.find("rest"), store.find("rest", 400)
    assert alone
    assert after
    assert 950 <= alone.length_ms <= 1050
    assert after.length_ms == pytest.approx(alone.length_ms + 400, abs=2)
    data = array("h", after.path.read_bytes()[tones.HEADER_BYTES :])
    assert not any(data[: 400 * 16])
    assert any(data[400 * 16 : 440 * 16])


@posix
def test_an_engine_that_makes_nothing_gives_way_to_the_next(bench: Bench) -> None:
    bench.program("paplay", WORKS)
    bench.program("flite", FAILS)
    bench.program("espeak-ng", COPIES)
    store = bench.made()._voice.rendered
    store.order(["one", "two", "three"])
    until(lambda: store.find("three") is not None)
    assert store.find("one")
    assert len(bench.runs("flite")) == 2, "it is given up"


@posix
def test_without_a_player_nothing_is_made(bench: Bench, line: Timeline) -> None:
    bench.program("espeak-ng", COPIES)
    sound = bench.made()
    sound.play(line, entered(line, 0))
    until(lambda: ended(sound))
    assert not [run for run in bench.runs("espeak-ng") if "-w" in run]


@posix
def test_what_is_not_needed_any_more_is_not_made(bench: Bench, line: Timeline) -> None:
    bench.program("paplay", WORKS)
    bench.program("flite", HANGS)
    sound = bench.made()
    sound.play(line, entered(line, 0))
    bench.wait_for("flite", 1)
    sound.hush()
    sound.close()
    until(lambda: not children())


def test_the_folder_has_a_limit_and_what_was_used_last_stays(tmp_path: Path) -> None:
    for age in range(10):
        path = tmp_path / f"said1-{age}.wav"
        path.write_bytes(bytes(1000))
        os.utime(path, (1_000_000 - age, 1_000_000 - age))
    draft = tmp_path / ".said1-0.wav.123.wav"  # of a process that was killed
    draft.write_bytes(bytes(1000))
    os.utime(draft, (1, 1))
    (tmp_path / "tone3-x.wav").write_bytes(bytes(9000))
    rendering.tidy(tmp_path, most_bytes=4500)
    assert sorted(path.name for path in tmp_path.glob("*.wav")) == [
        *(f"said1-{age}.wav" for age in range(4)),
        "tone3-x.wav",
    ]


# ---- one after the other ----


@posix
def test_an_instruction_waits_for_the_one_before_it(bench: Bench, clock: HandClock) -> None:
    bench.program("espeak-ng", HANGS)
    machine = bench.machine()
    voice = speech.Voice(engines.found(machine), 80, machine, bench.folder / "cache", plays=False)
    voice.say(Speech("one", Weight.INSTRUCTION))
    bench.wait_for("espeak-ng", 1)
    bench.program("espeak-ng", WORKS)
    voice.say(Speech("two", Weight.INSTRUCTION))
    voice.look()
    assert len(bench.runs("espeak-ng")) == 1
    voice.programs.stop()  # the first comes to its end
    until(lambda: _quiet(voice))
    assert [run[-1] for run in bench.wait_for("espeak-ng", 2)] == ["one", "two"]
    until(lambda: _quiet(voice))


@posix
@pytest.mark.parametrize("how", ["late", "another", "counted", "entered"])
def test_an_instruction_that_waits_gives_way(how: str, bench: Bench, clock: HandClock) -> None:
    bench.program("espeak-ng", HANGS)
    machine = bench.machine()
    voice = speech.Voice(engines.found(machine), 80, machine, bench.folder / "cache", plays=False)
    voice.say(Speech("one", Weight.INSTRUCTION))
    bench.wait_for("espeak-ng", 1)
    bench.program("espeak-ng", WORKS)
    voice.say(Speech("two", Weight.INSTRUCTION))
    match how:
        case "late":
            clock.turn(speech.WAITS_MS + 1)
            voice.programs.stop()
        case "another":
            voice.say(Speech("10 seconds", Weight.NUMBER))
            bench.wait_for("espeak-ng", 2)
        case "counted":
            voice.hold_back()
            voice.programs.stop()
        case "entered":
            voice.instructed()
    until(lambda: _quiet(voice))
    assert "two" not in [run[-1] for run in bench.runs("espeak-ng")]


def _quiet(voice: speech.Voice) -> bool:
    voice.look()
    return not voice.busy and not voice._waiting and not children()


@posix
def test_what_is_said_of_a_set_up_ends_as_something_else_begins(
    bench: Bench, line: Timeline, catalogue: Catalogue
) -> None:
    bench.program("espeak-ng", HANGS)
    sound = bench.made()
    sound.play(line, [Cue(CueKind.EXPLAIN, 0, 1)])
    assert bench.wait_for("espeak-ng", 1)[0][-1] == line.steps[0].guide[1].text
    # A rest that is too short for a word.
    item = Item(catalogue.exercises["supine-butterfly"], Hold(2, 3, 1))
    resting = compile_session(Session("", None, "", None, (item,)), Manner())
    assert not [cue for cue in entered(resting, 2) if spoken(resting, cue)]
    sound.play(resting, entered(resting, 2))
    until(lambda: ended(sound))


# ---- silence where all stands still, and an end that is heard ----


@posix
def test_a_pause_silences_a_phrase_that_was_rendered(bench: Bench, line: Timeline) -> None:
    bench.program("paplay", WORKS)
    bench.program("espeak-ng", COPIES)
    sound = bench.made()
    ready = spoken(line, Cue(CueKind.READY, 0))
    assert ready
    sound._voice.prepare([ready.text])
    until(lambda: sound._voice.rendered.find(ready.text) is not None)
    bench.program("paplay", HANGS)
    sound._voice.say(ready)
    bench.wait_for("paplay", 1)
    assert sound._voice.busy
    bench.program("paplay", WORKS)
    sound.play(line, [Cue(CueKind.PAUSED, 0)])
    until(lambda: ended(sound))


@posix
@pytest.mark.parametrize("kind", [CueKind.PAUSED, CueKind.HURT])
def test_a_pause_silences_the_voice_and_the_tone(kind: CueKind, bench: Bench, line: Timeline) -> None:
    for name in ("paplay", "espeak-ng"):
        bench.program(name, HANGS)
    sound = bench.made(Mode.VOICE)
    sound.play(line, [Cue(CueKind.READY, 0)])
    bench.wait_for("paplay", 1)
    bench.wait_for("espeak-ng", 1)
    before = children()
    for name in ("paplay", "espeak-ng"):
        bench.program(name, WORKS)
    sound.play(line, [Cue(kind, 0)])
    worker = {sound._voice.rendered._worker.pid} if sound._voice.rendered._worker else set()
    until(lambda: ended(sound) and not (before - worker) & children())


@posix
def test_what_sounds_at_the_end_outlives_the_screen(bench: Bench, line: Timeline) -> None:
    sings = f'until [ -e "{bench.folder}/end" ]; do sleep 0.01; done; touch "$0.$$.whole"'
    for name in ("paplay", "espeak-ng"):
        bench.program(name, sings)
    sound = bench.made()
    sound.play(line, entered(line, len(line.segments)))
    sound.close()  # does not wait for what goes on until then:
    assert not list(bench.folder.glob("bin/*.whole"))
    (bench.folder / "end").touch()
    until(lambda: {path.name.partition(".")[0] for path in bench.folder.glob("bin/*.whole")} == {"paplay", "espeak-ng"})
    until(lambda: not children())


@posix
def test_what_hangs_at_the_end_is_killed_all_the_same(
    bench: Bench, line: Timeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hiproutine.sound.programs.HUNG_AFTER_MS", -1000)
    bench.program("paplay", HANGS)
    sound = bench.made(Mode.TONES)
    sound.play(line, entered(line, len(line.segments)))
    sound.close()
    until(lambda: not children())


# ---- what fails comes back ----


@posix
def test_a_sound_server_that_died_is_tried_again_at_each_get_ready(bench: Bench, line: Timeline) -> None:
    bench.program("paplay", FAILS)
    sound = bench.made(Mode.TONES)

    def play(kind: CueKind) -> int:
        before = bench.rung
        sound.play(line, [Cue(kind, 1 if kind is CueKind.COUNT else 0)])
        until(lambda: ended(sound))
        return bench.rung - before

    play(CueKind.COUNT)
    play(CueKind.COUNT)
    assert sound.trouble == "paplay gave no sound; using the terminal bell"
    assert sound.broken
    assert play(CueKind.COUNT) == 1
    runs = len(bench.runs("paplay"))
    assert play(CueKind.READY) == 1, "it is tried, and the bell rings all the same"
    assert len(bench.runs("paplay")) == runs + 1
    assert play(CueKind.COUNT) == 1
    assert len(bench.runs("paplay")) == runs + 1, "once only"
    assert sound.trouble == "paplay gave no sound; using the terminal bell"
    bench.program("paplay", WORKS)
    play(CueKind.SWITCH)
    assert not sound.trouble
    assert not sound.broken
    assert play(CueKind.COUNT) == 0
    assert len(bench.runs("paplay")) == runs + 3


@posix
def test_of_players_that_come_back_the_best_is_used_and_the_others_are_not_spoken_of(
    bench: Bench, line: Timeline
) -> None:
    bench.program("paplay", FAILS)
    bench.program("aplay", FAILS)
    sound = bench.made(Mode.TONES)

    def play(kind: CueKind) -> None:
        sound.play(line, [Cue(kind, 1 if kind is CueKind.COUNT else 0)])
        until(lambda: ended(sound))

    for _ in range(4):
        play(CueKind.COUNT)
    assert sound.trouble == "aplay and paplay gave no sound; using the terminal bell"
    bench.program("paplay", WORKS)
    play(CueKind.READY)
    assert not sound.trouble
    assert not sound.broken


# ---- equally loud ----


@pytest.mark.parametrize("kind", AUDIBLE)
def test_every_tone_is_three_below_the_voice_and_the_breath_is_soft(kind: CueKind) -> None:
    for note in NOTES[kind]:
        samples = array("h", tones.wav((note,), 100)[tones.HEADER_BYTES :])
        first, count = tones.LEAD_MS * RATE // 1000, note.ms * RATE // 1000
        squares = loudness.weighted(samples, RATE)[first : first + count]
        lufs = loudness.lufs_of(sum(squares) / count)
        soft = kind in (CueKind.BREATHE_IN, CueKind.BREATHE_OUT)
        assert lufs == pytest.approx(-26 if soft else rendering.SPEECH_LUFS - 3, abs=1)


@pytest.mark.parametrize("peak", [300, 3000, 30_000])
def test_words_are_equally_loud_however_loud_they_were(peak: int) -> None:
    # Bursts of a sine, with the crest factor of speech.
    samples = array("h")
    for part in range(40):
        note = Note(150 + 40 * part, 50)
        burst = array("h", tones.wav((note,), 100)[tones.HEADER_BYTES :])
        top = max(burst)
        samples += array("h", (int(peak * each / top * (0.2 + part % 5 / 5)) for each in burst))
    found = rendering.levelled(samples, RATE, rendering.SPEECH_LUFS)
    assert loudness.loudness(found, RATE) == pytest.approx(rendering.SPEECH_LUFS, abs=1)
    assert max(map(abs, found)) < 32_767
    softer = rendering.levelled(samples, RATE, rendering.SPEECH_LUFS, tones.gain(50))
    assert loudness.loudness(softer, RATE) == pytest.approx(rendering.SPEECH_LUFS - 12, abs=1)


def test_silence_is_no_phrase() -> None:
    with pytest.raises(ValueError, match="nothing is heard"):
        rendering.levelled(array("h", bytes(2000)), RATE, -16)


@pytest.mark.parametrize("engine", ["flite", "espeak-ng"])
@pytest.mark.parametrize("text", ["rest", "10 seconds. Next: right side.", "Kneel on a cushion, other foot in front."])
def test_a_real_voice_is_as_loud_as_it_should_be(engine: str, text: str, tmp_path: Path) -> None:
    if not shutil.which(engine):
        pytest.skip(f"{engine} is not installed")
    (found,) = engines.found(Machine(SystemClock(), {}, lambda name: shutil.which(name) if name == engine else None))
    assert found.making
    path = tmp_path / "said.wav"
    assert rendering.render(found.making, text, path, 100)
    data = path.read_bytes()
    rate = int.from_bytes(data[24:28], "little")
    assert loudness.loudness(array("h", data[tones.HEADER_BYTES :]), rate) == pytest.approx(-16, abs=2)
    if ffmpeg := shutil.which("ffmpeg"):
        wanted = ["-nostats", "-i", str(path), "-filter_complex", "apad=pad_dur=0.1,ebur128", "-f", "null", "-"]
        told = subprocess.run([ffmpeg, *wanted], capture_output=True, text=True, check=True).stderr
        lufs = float(told.rpartition("I:")[2].partition("LUFS")[0])
        assert lufs == pytest.approx(loudness.loudness(array("h", data[tones.HEADER_BYTES :]), rate), abs=1)


def test_volumes_are_of_each_other(bench: Bench) -> None:
    settings = Settings(volume=50, tone_volume=80, voice_volume=20)
    assert (settings.loudness_of_tones, settings.loudness_of_voice) == (40, 10)


# ---- by a real sound server ----


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[Sink]:
    for program in ("pulseaudio", "parec", "paplay", "espeak-ng"):
        if not shutil.which(program):
            pytest.skip(f"{program} is not installed (apt-get install pulseaudio pulseaudio-utils espeak-ng)")
    folder = tmp_path / "pulse"
    folder.mkdir(mode=0o700)
    sink = Sink(folder)
    yield sink
    sink.close()


def test_the_end_of_a_session_is_heard_whole_after_its_screen_is_gone(
    sink: Sink, tmp_path: Path, line: Timeline
) -> None:
    def which(name: str) -> str | None:
        return shutil.which(name) if name in ("paplay", "espeak-ng") else None

    machine = Machine(SystemClock(), sink.environ, which, "linux")
    sound = Sound(Settings(), tmp_path / "cache", machine, bell=pytest.fail, notify=lambda _: None)
    sound._voice.prepare(["Session done."])
    until(lambda: sound._voice.rendered.find("Session done.") is not None)
    end = entered(line, len(line.segments))
    length_ms = tones.length_ms(tones.score(cue.kind for cue in end))
    phrase = sound._voice.rendered.find("Session done.", length_ms)
    assert phrase
    sound.wake()
    time.sleep(0.4)
    begun = len(sink.samples)
    sound.play(line, end)
    sound.close()
    until(lambda: not children() - sink.children)
    ended_at = len(sink.samples)  # what was played last may be on its way
    until(lambda: len(sink.samples) > ended_at + RATE // 2)
    heard = sink.samples[begun:]
    loud = [at for at, sample in enumerate(heard) if abs(sample) > 200]
    whole_ms = (loud[-1] - loud[0]) * 1000 / RATE
    rate = int.from_bytes(phrase.path.read_bytes()[24:28], "little")
    data = array("h", phrase.path.read_bytes()[tones.HEADER_BYTES :])
    last = max(at for at, sample in enumerate(data) if abs(sample) > 200)
    # The tone begins after its lead; the words end where their file does, later where a busy machine starts them late.
    at_least_ms = last * 1000 / rate - tones.LEAD_MS
    assert at_least_ms - 60 <= whole_ms <= at_least_ms + 1_000
    third = len(heard[loud[0] : loud[-1]]) // 3
    assert all(max(map(abs, heard[loud[0] + n * third : loud[0] + (n + 1) * third])) > 1000 for n in range(3))


def test_the_order_of_a_worker_is_read_as_it_is_written() -> None:
    making = Making(("a", "{text}", "{wav}"), (("V", "{text}"),), "{text}\n", stays=True)
    words, given, *rest = json.loads(json.dumps(making))
    assert Making(tuple(words), tuple(map(tuple, given)), *rest) == making
    assert making.filled("hello", "f.wav") == (["a", "hello", "f.wav"], {"V": "hello"}, "hello\n")


@posix
def test_the_next_instruction_begins_once_the_last_is_heard_though_its_player_still_runs(
    bench: Bench, clock: HandClock
) -> None:
    bench.program("paplay", HANGS)
    bench.program("espeak-ng", COPIES)
    sound = bench.made()
    voice = sound._voice
    voice.prepare(["one", "two"])
    until(lambda: voice.rendered.find("two") is not None)
    voice.say(Speech("one", Weight.INSTRUCTION))
    bench.wait_for("paplay", 1)
    voice.say(Speech("two", Weight.INSTRUCTION))
    voice.look()
    assert len(bench.runs("paplay")) == 1
    clock.turn(1300)
    voice.look()
    assert len(bench.wait_for("paplay", 2)) == 2
    voice.playing.stop()
    until(lambda: ended(sound))


def test_what_rounding_the_peaks_takes_is_given_back() -> None:
    clicks = tones.wav((Note(800, 18, 385),) * 8, 100)
    found = rendering.levelled(array("h", clicks[tones.HEADER_BYTES :]), RATE, rendering.SPEECH_LUFS)
    assert loudness.loudness(found, RATE) == pytest.approx(rendering.SPEECH_LUFS, abs=0.6)
    assert max(map(abs, found)) < 32_767


# ---- Windows: one PowerShell that stays ----

# Does by lines what our scripts make PowerShell do, and writes down what it is told; what hurries it on is a word.
POWERSHELL = """
import shutil, sys, threading, time
from pathlib import Path
here, script = Path(sys.argv[1]), sys.argv[-1]
said = open(here / "said", "a", buffering=1, encoding="utf-8")
said.write("started\\n")
makes = "SetOutputToWaveFile" in script
lines, new, over = [], threading.Condition(), []
def listen():
    for line in sys.stdin.buffer:
        with new:
            lines.append(line.decode().rstrip("\\n"))
            new.notify()
    with new:
        over.append(True)
        new.notify()
threading.Thread(target=listen, daemon=True).start()
while True:
    with new:
        new.wait_for(lambda: lines or over)
        if not lines:
            break
        line = lines.pop(0)
    if line:
        said.write(line + "\\n")
    if "Fail" in line:
        sys.exit(1)
    if makes:
        shutil.copy(here / "words.wav", line.partition("\\t")[2])
    elif "long" in line or "hang" in line:
        with new:
            new.wait_for(lambda: lines or (over and "long" in line), 20)
            if lines:
                said.write("broken off\\n")
    print("done", flush=True)
"""


@pytest.fixture
def windows(bench: Bench) -> Machine:
    """A machine of Windows whose `powershell` is a script of ours."""
    script = bench.folder / "bin" / "powershell.py"
    script.write_text(POWERSHELL)
    bench.program("powershell", f'exec "{sys.executable}" "{script}" "{script.parent}" "$@"')
    return bench.machine()._replace(platform="win32")


def told(bench: Bench) -> list[str]:
    path = bench.folder / "bin" / "said"
    return path.read_text("utf-8").splitlines() if path.exists() else []


@posix
def test_one_powershell_makes_every_phrase(bench: Bench, windows: Machine, tmp_path: Path) -> None:
    (engine,) = engines.found(windows)
    assert engine.making
    texts = ["Hold, 30 seconds.", "Für die linke Seite.", "Rest.", "Change sides."]
    phrases = [(text, [f"said-{number}.wav"]) for number, text in enumerate(texts)]
    rendering.carry_out(tmp_path, [engine.making], phrases, 80)
    assert sorted(path.name for path in tmp_path.glob("said-*.wav")) == sorted(name for _, (name,) in phrases)
    assert [line.partition("\t")[0] for line in told(bench)] == ["started", *texts]


@posix
def test_one_powershell_says_every_phrase_and_is_broken_off_by_the_next(
    bench: Bench, windows: Machine, clock: HandClock
) -> None:
    voice = speech.Voice(engines.found(windows), 64, windows, bench.folder / "cache", plays=False)
    for text in ("Hold, 30 seconds.", "Rest."):
        voice.say(Speech(text, Weight.WORD))
        clock.turn(1000)
        until(lambda: said(voice), 30)
    voice.say(Speech("a long instruction", Weight.INSTRUCTION))
    until(lambda: "64\ta long instruction" in told(bench), 30)
    voice.say(Speech("Couch stretch", Weight.NAME))
    clock.turn(1000)
    until(lambda: said(voice), 30)
    voice.say(Speech("long words", Weight.WORD))
    until(lambda: "64\tlong words" in told(bench), 30)
    voice.stop()
    until(lambda: said(voice) and not voice.programs.ending, 30)
    voice.close()
    until(lambda: not children(), 30)
    assert told(bench) == [
        "started",
        *("64\tHold, 30 seconds.", "64\tRest.", "64\ta long instruction", "broken off", "64\tCouch stretch"),
        *("64\tlong words", "broken off"),
    ]
    assert not voice.broken


@posix
@pytest.mark.parametrize("word", ["Fail.", "hang"])
def test_a_powershell_that_fails_is_started_again_once(
    word: str, bench: Bench, windows: Machine, clock: HandClock
) -> None:
    voice = speech.Voice(engines.found(windows), 64, windows, bench.folder / "cache", plays=False)
    voice.say(Speech(word, Weight.WORD))
    until(lambda: f"64\t{word}" in told(bench), 30)
    clock.turn(60_000)
    until(lambda: said(voice) and not voice.programs.ending, 30)
    voice.say(Speech("Rest.", Weight.WORD))
    clock.turn(1000)
    until(lambda: said(voice), 30)
    assert not voice.broken, "one failure between successes is forgiven"
    assert told(bench).count("started") == 2
    voice.close()
    until(lambda: not children(), 30)
