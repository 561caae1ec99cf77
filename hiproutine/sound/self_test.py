"""The test that `hiproutine sound` runs: every cue and a sentence through each program, with how fast it answered."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from hiproutine import files
from hiproutine.coach.instructions import said_ms
from hiproutine.practice.cues import NOTES, CueKind
from hiproutine.processes import kill, launch
from hiproutine.settings.model import Settings
from hiproutine.sound import engines, programs, rendered, rendering, tones
from hiproutine.sound.engines import Engine, Utterance
from hiproutine.sound.programs import HUNG_AFTER_MS, Machine

PHRASE = "This is how names sound."


class Answer(NamedTuple):
    """`over_ms` is how much longer than its tone a program ran; `code` is None for one that hung and was killed."""

    program: str
    started_ms: int
    over_ms: int
    code: int | None

    @property
    def worked(self) -> bool:
        return self.code == 0


class Checked(NamedTuple):
    """`answers` are those of each program tried, the last of which is the one that worked, if any did."""

    cue: CueKind | None
    answers: tuple[Answer, ...]


def check_tones(
    folder: Path, settings: Settings, machine: Machine, kinds: Iterable[CueKind] = CueKind
) -> Iterator[Checked]:
    """Play the cues that have a tone, each to its end. Raises OSError if the tones cannot be kept in `folder`."""
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
        # One that failed is not tried again.
        found = found[max(0, len(answers) - 1) :] if answers and answers[-1].worked else ()
        yield Checked(kind, tuple(answers))


def check_speech(folder: Path, settings: Settings, machine: Machine) -> Checked:
    """Say a sentence as in practice. An engine without a device may still report success."""
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
            break
        played = _answer(engine.name, player.arguments(str(wav)), rendered.length_ms(wav), machine)
        yield played
        if played.worked:
            return
    if engine.options:
        said = Utterance(PHRASE, volume)
        variables = machine._replace(environ={**machine.environ, **engine.variables})
        line = engine.line(said) if engine.line else ""
        yield _answer(engine.name, engine.arguments(said), said_ms(PHRASE), variables, line)
    else:
        yield Answer(engine.name, 0, 0, 1)


def advice(machine: Machine, settings: Settings = Settings()) -> tuple[str, ...]:  # noqa: B008 -- a value
    """Return what to install for what is missing, and for a better voice."""
    found = engines.found(machine, settings.voice or "", settings.speech_command)
    missing = (
        "" if programs.players(machine) else f"for tones, {programs.INSTALL_PLAYER}",
        "" if found else f"for speech, {engines.INSTALL}",
        f"for a voice that is easier to understand, {better}" if found and (better := engines.better(found)) else "",
    )
    return tuple(filter(None, missing))


def words(checked: Checked) -> str:
    """Return which program answered for a cue, or for the voice, and how fast."""
    answers = [
        f"{answer.program}, started in {answer.started_ms} ms"
        if answer.worked
        else f"{answer.program} {'hung' if answer.code is None else f'failed with {answer.code}'}"
        for answer in checked.answers
    ]
    return f"{checked.cue or 'voice':<13} {'; then '.join(answers) or 'nothing plays it'}"


def _answer(name: str, arguments: Sequence[str], length_ms: int, machine: Machine, line: str = "") -> Answer:
    """Run a program to its end, after the line that it is fed."""
    import subprocess
    import tempfile

    begun_ms = machine.clock.instant().running_ms
    try:
        with tempfile.TemporaryFile() as given:
            given.write(f"{line}\n".encode() if line else b"")
            given.seek(0)
            process = launch(arguments, machine.environ, given)
    except OSError as error:
        return Answer(name, 0, 0, error.errno or 1)
    started_ms = machine.clock.instant().running_ms - begun_ms
    code: int | None
    try:
        code = process.wait((length_ms + HUNG_AFTER_MS) / 1000)
    except subprocess.TimeoutExpired:
        kill(process)
        process.wait()
        code = None
    return Answer(name, started_ms, machine.clock.instant().running_ms - begun_ms - length_ms, code)
