"""The test that `hiproutine sound` runs: every cue and a sentence through each program, and what to do if they fail."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, NamedTuple

from hiproutine import files
from hiproutine.coach.instructions import said_ms
from hiproutine.practice.cues import NOTES, CueKind
from hiproutine.processes import kill, launch
from hiproutine.settings.model import Settings
from hiproutine.sound import engines, programs, rendered, rendering, tones
from hiproutine.sound.engines import Engine, Utterance
from hiproutine.sound.programs import EARLY, HUNG_AFTER_MS, Machine
from hiproutine.text import clean, reason

_LONGEST = 100
_THEN = f";\n{'':<13} then "
PHRASE = "This is how names sound."


_WITHOUT = {False: "No tone can be played: practice rings the terminal bell.", True: "Nothing can be said aloud."}
_NO_DEVICE = {
    "linux": "start the sound server (systemctl --user restart pipewire pipewire-pulse, or pulseaudio --start)",
    "darwin": "choose an output device in System Settings, Sound",
    "win32": "choose an output device in Settings, System, Sound",
}


class Answer(NamedTuple):
    """How a program did; `fault` is empty if it played to the end."""

    program: str
    started_ms: int = 0
    fault: str = ""

    @property
    def worked(self) -> bool:
        return not self.fault


class Checked(NamedTuple):
    """`answers` are those of each program tried, the last of which is the one that worked, if any did."""

    cue: CueKind | None
    answers: tuple[Answer, ...]

    @property
    def heard(self) -> bool:
        return any(answer.worked for answer in self.answers)


def check_tones(
    folder: Path, settings: Settings, machine: Machine, kinds: Iterable[CueKind] = CueKind
) -> Iterator[Checked]:
    """Play the cues that have a tone, each to its end, until nothing plays one.

    Raises OSError if the tones cannot be kept in `folder`.
    """
    found = programs.players(machine)
    for kind in kinds:
        if not NOTES[kind]:
            continue
        file = str(tones.tone_file(folder, [kind], settings.loudness_of_tones))
        answers: list[Answer] = []
        for player in found:
            length_ms = tones.length_ms(NOTES[kind])
            answers.append(_answer(player.name, player.arguments(file), length_ms, machine))
            if answers[-1].worked:
                break
        yield (checked := Checked(kind, tuple(answers)))
        if not checked.heard:
            return
        # One that failed is not tried again.
        found = found[len(answers) - 1 :]


def check_speech(folder: Path, settings: Settings, machine: Machine) -> Checked:
    """Say a sentence as in practice."""
    answers: list[Answer] = []
    for engine in engines.found(machine, settings.voice or "", settings.speech_command):
        answers += _said(engine, folder, settings.loudness_of_voice, machine)
        if answers and answers[-1].worked:
            break
    return Checked(None, tuple(answers))


def _said(engine: Engine, folder: Path, volume: int, machine: Machine) -> Iterator[Answer]:
    """Rendered and played, or else live."""
    wav = folder / f"sample-{volume}.wav"
    files.make_folder(folder)
    for player in programs.players(machine) if engine.making else ():
        assert engine.making
        if not rendering.render(engine.making, PHRASE, wav, volume, machine.environ):
            yield Answer(engine.name, fault="made no sound file")
            break
        played = _answer(
            f"{engine.name} through {player.name}", player.arguments(str(wav)), rendered.length_ms(wav), machine
        )
        yield played
        if played.worked:
            return
    if engine.options:
        said = Utterance(PHRASE, volume)
        variables = machine._replace(environ={**machine.environ, **engine.variables})
        line = engine.line(said) if engine.line else ""
        yield _answer(f"{engine.name} live", engine.arguments(said), said_ms(PHRASE), variables, line)


def advice(machine: Machine, settings: Settings, checked: Sequence[Checked] = ()) -> tuple[str, ...]:
    """Return what to do about what failed, and what to install for what is missing and for a better voice."""
    found = engines.found(machine, settings.voice or "", settings.speech_command)
    tried = {each.cue is None for each in checked if each.answers}
    failed = tried - {each.cue is None for each in checked if each.heard}
    steps = (
        f"{_NO_DEVICE.get(machine.platform, _NO_DEVICE['linux'])}, and test again" if failed else "",
        "look at `voice` and `speech_command` in the settings"
        if True in failed and (settings.voice or settings.speech_command)
        else "",
        "" if programs.players(machine) else f"for tones, {programs.INSTALL_PLAYER}",
        "" if found else f"for speech, {engines.INSTALL}",
        f"for a voice that is easier to understand, {better}"
        if found and True not in failed and (better := engines.better(found))
        else "",
    )
    outcome = (_WITHOUT[is_voice] for is_voice in sorted(failed))
    return (*outcome, *(f"To hear more: {step}." for step in steps if step))


def words(checked: Checked) -> str:
    """Return which program answered for a cue, or for the voice, and how fast."""
    answers = [
        f"{answer.program} {answer.fault}" if answer.fault else f"{answer.program}, started in {answer.started_ms} ms"
        for answer in checked.answers
    ]
    return f"{checked.cue or 'voice':<13} {_THEN.join(answers) or 'nothing plays it'}"


def _answer(name: str, arguments: Sequence[str], length_ms: int, machine: Machine, line: str = "") -> Answer:
    """Run a program to its end, after the line that it is fed."""
    import subprocess
    import tempfile

    begun_ms = machine.clock.instant().running_ms
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as errors:
        given.write(f"{line}\n".encode() if line else b"")
        given.seek(0)
        try:
            process = launch(arguments, machine.environ, given, errors=errors)
        except OSError as error:
            return Answer(name, fault=f"could not be started ({reason(error)})")
        started_ms = machine.clock.instant().running_ms - begun_ms
        try:
            code = process.wait((length_ms + HUNG_AFTER_MS) / 1000)
        except subprocess.TimeoutExpired:
            kill(process)
            process.wait()
            return Answer(name, started_ms, "hung, and was stopped")
        ran_ms = machine.clock.instant().running_ms - begun_ms
        early = ran_ms * EARLY < length_ms
        fault = f"failed with exit code {code}" if code else "ended without playing it" if early else ""
        return Answer(name, started_ms, f"{fault}{_last_words(errors)}" if fault else "")


def _last_words(errors: IO[bytes]) -> str:
    """Return the last line of a program's error messages, in brackets."""
    errors.seek(0)
    lines = [line for line in errors.read().decode(errors="replace").splitlines() if line.strip()]
    return f" ({clean(lines[-1].strip())[:_LONGEST]})" if lines else ""
