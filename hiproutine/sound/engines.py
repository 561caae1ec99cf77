"""The programs that can speak here, best first, and what each is given.

The order is that of how much a recogniser understood of them, near and from three metres: piper, the voice of the
system, flite, espeak-ng. Words never pass a shell, and no word can be an option or code.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from hiproutine.settings.model import SPEECH_PLACES
from hiproutine.sound.programs import Machine
from hiproutine.text import REPLACEMENT, clean

INSTALL = "install flite, espeak-ng or speech-dispatcher"
_PIPER = "pipx install piper-tts, with an English voice in ~/.local/share/piper-voices"
# What is worth installing beside the best engine that there is.
_BETTER = {"flite": _PIPER, "espeak-ng": f"install flite, or {_PIPER}"}
_BETTER |= {"espeak": _BETTER["espeak-ng"], "spd-say": _BETTER["espeak-ng"]}
TEXT_HERE, WAV_HERE = SPEECH_PLACES

_PLACE = re.compile(r"\{(text|wav)\}")
_SAPI_VOICE = "HIPROUTINE_VOICE"
# PowerShell takes a second to start, so it stays, and is fed lines: no word of them can be code. Without -InputFormat
# None it would read them itself. No double quotes: they would have to be escaped for its command line.
_SAPI_START = f"""
Add-Type -AssemblyName System.Speech
$voice = New-Object System.Speech.Synthesis.SpeechSynthesizer
if ($env:{_SAPI_VOICE}) {{ $voice.SelectVoice($env:{_SAPI_VOICE}) }}
$lines = New-Object IO.StreamReader([Console]::OpenStandardInput(), [Text.Encoding]::UTF8)
"""
# Each line: the volume, a tab, the text. The next line breaks off what is being said; an empty one says nothing.
_SAPI_SAY = """
$next = $lines.ReadLineAsync()
$said = $null
while ($true) {
  if ($next.Wait(20)) {
    $line = $next.Result
    if ($null -eq $line) { break }
    if ($said) { $voice.SpeakAsyncCancelAll(); $said = $null; [Console]::Out.WriteLine('broken off') }
    if ($line) {
      $volume, $text = $line -split '\t', 2
      $voice.Volume = [int]$volume
      $said = $voice.SpeakAsync($text)
    } else { [Console]::Out.WriteLine('silent') }
    $next = $lines.ReadLineAsync()
  } elseif ($said -and $said.IsCompleted) { $said = $null; [Console]::Out.WriteLine('said') }
}
while ($said -and -not $said.IsCompleted) { Start-Sleep -Milliseconds 20 }
"""
# Each line: the text, a tab, the file.
_SAPI_MAKE = """
while ($null -ne ($line = $lines.ReadLine())) {
  $text, $file = $line -split '\t', 2
  $voice.SetOutputToWaveFile($file)
  $voice.Speak($text)
  $voice.SetOutputToNull()
  [Console]::Out.WriteLine('made')
}
"""
# Where the voices of piper are put; `~` is the home folder.
_PIPER_FOLDERS = ("~/.local/share/piper-voices", "~/.local/share/piper", "/usr/local/share/piper-voices",
                  "/usr/share/piper-voices")  # fmt: skip
_DEEPEST = 5


class Utterance(NamedTuple):
    """`after_ms` is the pause before the first word, where an engine can make one; `instead` of what is being said."""

    text: str
    volume: int
    after_ms: int = 0
    instead: bool = False


class Making(NamedTuple):
    """The command by which an engine makes a WAV file: arguments and variables, with TEXT_HERE and WAV_HERE in them."""

    arguments: tuple[str, ...]
    variables: tuple[tuple[str, str], ...] = ()
    typed: str = ""
    """Bytes written to its input."""
    stays: bool = False
    """Whether it takes such an input again and again, each one line, and answers each with a line."""

    def filled(self, text: str, wav: str) -> tuple[list[str], dict[str, str], str]:
        """Return the arguments, variables and input for a text and a file."""
        given = {TEXT_HERE: text, WAV_HERE: wav}

        def fill(words: str) -> str:
            return _PLACE.sub(lambda found: given[found[0]], words)

        return list(map(fill, self.arguments)), {name: fill(each) for name, each in self.variables}, fill(self.typed)


class Engine(NamedTuple):
    """A program that speaks. `making` is None for one that makes no file, and `options` for one that only makes files.

    `hush` is what it is called with where killing it leaves the words going on.
    """

    name: str
    path: str
    making: Making | None
    options: Callable[[Utterance], list[str]] | None = None
    hush: tuple[str, ...] = ()
    variables: Mapping[str, str] = {}
    line: Callable[[Utterance], str] | None = None
    """Input of a program that stays, in place of arguments."""

    def arguments(self, said: Utterance) -> list[str]:
        assert self.options
        return [self.path, *self.options(said)]


def sayable(text: str) -> str:
    """One line without anything that an engine takes for a command of its own: `[[` is one to say and espeak."""
    line = clean(" ".join(text.split())).replace(REPLACEMENT, "").translate({ord("["): "(", ord("]"): ")"})
    return line.strip().lstrip("-").lstrip()


def found(machine: Machine, voice: str = "", command: tuple[str, ...] = ()) -> tuple[Engine, ...]:
    """Every engine there is, best first; the user's own command before all."""
    return tuple(_found(machine, voice, command))


def better(found: tuple[Engine, ...]) -> str:
    """Return what to do for a better voice than the best of these; empty where it is good."""
    return _BETTER.get(found[0].name, "")


def _found(machine: Machine, voice: str, command: tuple[str, ...]) -> Iterator[Engine]:
    if command:
        yield Engine(command[0], command[0], Making(command))
    if (piper := machine.which("piper")) and (model := _piper_voice(machine, voice)):
        yield Engine("piper", piper, Making((piper, "-m", model, "-f", WAV_HERE), typed=f"{TEXT_HERE}\n"))
    if machine.platform == "win32":
        if path := machine.which("powershell"):
            yield _sapi(path, voice)
        return
    # Elsewhere a `say` may be anything.
    if machine.platform == "darwin" and (path := machine.which("say")):
        yield _say(path, voice)
    for name, made in (("flite", _flite), ("espeak-ng", _espeak), ("espeak", _espeak), ("spd-say", _spd_say)):
        if path := machine.which(name):
            yield made(name, path, voice)


def _piper_voice(machine: Machine, voice: str) -> str | None:
    """The model of that name, or else the first English one."""
    if voice.endswith(".onnx") and os.path.isfile(voice):  # noqa: PTH113 -- as it is given
        return voice
    home = machine.environ.get("HOME") or machine.environ.get("USERPROFILE")
    for folder in _PIPER_FOLDERS:
        if folder.startswith("~") and not home:
            continue
        models = sorted(_models(Path(folder.replace("~", home or "", 1)), _DEEPEST), key=lambda path: path.name)
        for model in models:
            if model.stem == voice or (not voice and model.name.startswith("en")):
                return str(model)
    return None


def _models(folder: Path, deep: int) -> Iterator[Path]:
    try:
        inside = sorted(folder.iterdir())
    except OSError:
        return
    for path in inside:
        if path.suffix == ".onnx":
            yield path
        elif deep and path.is_dir():
            yield from _models(path, deep - 1)


def _sapi(path: str, voice: str) -> Engine:
    before = (path, "-NoProfile", "-NonInteractive", "-InputFormat", "None", "-Command")
    chosen = {_SAPI_VOICE: voice}

    def options(_: Utterance) -> list[str]:
        return [*before[1:], _SAPI_START + _SAPI_SAY]

    def line(said: Utterance) -> str:
        return f"{said.volume}\t{said.text}"

    making = Making(
        (*before, _SAPI_START + _SAPI_MAKE), tuple(chosen.items()), f"{TEXT_HERE}\t{WAV_HERE}\n", stays=True
    )
    return Engine("SAPI", path, making, options, variables=chosen, line=line)


def _say(path: str, voice: str) -> Engine:
    chosen = ("-v", voice) if voice else ()
    form = ("--file-format=WAVE", "--data-format=LEI16@22050")

    def options(said: Utterance) -> list[str]:
        return [*chosen, "--", f"[[volm {said.volume / 100:.2f}]] [[slnc {said.after_ms}]] {said.text}"]

    return Engine("say", path, Making((path, *chosen, "-o", WAV_HERE, *form, "--", TEXT_HERE)), options)


def _flite(name: str, path: str, voice: str) -> Engine:
    # Without a name flite speaks in a voice of 8 kHz, which is much worse.
    chosen = ("-voice", voice or "slt")

    def options(said: Utterance) -> list[str]:
        return [*chosen, "-t", said.text]

    return Engine(name, path, Making((path, *chosen, "-t", TEXT_HERE, "-o", WAV_HERE)), options)


def _espeak(name: str, path: str, voice: str) -> Engine:
    chosen = ("-v", voice or "en")

    def options(said: Utterance) -> list[str]:
        pause = "_:" * (said.after_ms // 55)
        text = f"[[{pause}]] {said.text}" if pause else said.text
        return [*chosen, "-a", str(said.volume * 5 // 4), "--", text]

    return Engine(name, path, Making((path, *chosen, "-w", WAV_HERE, "--", TEXT_HERE)), options)


def _spd_say(name: str, path: str, voice: str) -> Engine:
    chosen = ("-y", voice) if voice else ()

    def options(said: Utterance) -> list[str]:
        # -w lasts as long as the words do; -C silences the words before, which killing spd-say does not.
        before = ["-C"] if said.instead else []
        return [*before, "-w", "-l", "en", *chosen, "-i", str(2 * said.volume - 100), "--", said.text]

    return Engine(name, path, None, options, hush=("-C",))
