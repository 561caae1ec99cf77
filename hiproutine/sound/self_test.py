"""The test that `hiproutine sound` runs: every cue and a sentence through each program, with how fast it answered."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from hiproutine.practice.cues import CHARACTERS_A_SECOND, NOTES, CueKind
from hiproutine.sound import players, speech, tones
from hiproutine.sound.programs import HUNG_AFTER_MS, Machine, kill, launch

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


def check_tones(folder: Path, volume: int, machine: Machine, kinds: Iterable[CueKind] = CueKind) -> Iterator[Checked]:
    """Plays those cues that have a tone, each to its end. Raises OSError if the tones cannot be kept in `folder`."""
    found = players.found(machine)
    for kind in kinds:
        if not NOTES[kind]:
            continue
        file = str(tones.tone_file(folder, [kind], volume))
        answers: list[Answer] = []
        for player in found:
            length_ms = tones.length_ms(NOTES[kind])
            answers.append(_answer(player.name, player.arguments(file), length_ms, machine))
            if answers[-1].worked:
                break
        # One that failed is not tried again.
        found = found[max(0, len(answers) - 1) :] if answers and answers[-1].worked else ()
        yield Checked(kind, tuple(answers))


def check_speech(volume: int, machine: Machine) -> Checked:
    """Says a sentence. An engine without a device may still report success."""
    answers: list[Answer] = []
    for engine in speech.found(machine):
        said = speech.Utterance(PHRASE, volume)
        length_ms = 1000 * len(PHRASE) // CHARACTERS_A_SECOND
        with_text = machine._replace(environ={**machine.environ, **engine.variables(said)})
        answers.append(_answer(engine.name, engine.arguments(said), length_ms, with_text))
        if answers[-1].worked:
            break
    return Checked(None, tuple(answers))


def advice(machine: Machine) -> tuple[str, ...]:
    """What to install for what is missing."""
    missing = (
        "" if players.found(machine) else f"for tones, {players.INSTALL}",
        "" if speech.found(machine) else f"for speech, {speech.INSTALL}",
    )
    return tuple(filter(None, missing))


def words(checked: Checked) -> str:
    """Which program answered for a cue, or for the voice, and how fast."""
    answers = [
        f"{answer.program}, started in {answer.started_ms} ms"
        if answer.worked
        else f"{answer.program} {'hung' if answer.code is None else f'failed with {answer.code}'}"
        for answer in checked.answers
    ]
    return f"{checked.cue or 'voice':<13} {'; then '.join(answers) or 'nothing plays it'}"


def _answer(name: str, arguments: Sequence[str], length_ms: int, machine: Machine) -> Answer:
    import subprocess

    begun_ms = machine.clock.instant().running_ms
    try:
        process = launch(arguments, machine.environ)
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
