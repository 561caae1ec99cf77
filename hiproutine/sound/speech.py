"""What is said: the engines that can say it here, and the rule that a name is never spoken over."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from hiproutine.practice.cues import CHARACTERS_A_SECOND, Speech, Weight
from hiproutine.sound.programs import Machine, Programs
from hiproutine.text import REPLACEMENT, clean

INSTALL = "install espeak-ng or speech-dispatcher"

_RANK = {Weight.NUMBER: 0, Weight.WORD: 1, Weight.NAME: 2}
_SAPI_TEXT = "HIPROUTINE_SAY"
# The text comes in a variable, so that no word of it can be code.
_SAPI = (
    "Add-Type -AssemblyName System.Speech; $voice = New-Object System.Speech.Synthesis.SpeechSynthesizer; "
    f"$voice.Volume = {{volume}}; $voice.Speak($env:{_SAPI_TEXT})"
)


class Utterance(NamedTuple):
    """`after_ms` is the pause before the first word, where an engine can make one; `instead` of what is being said."""

    text: str
    volume: int
    after_ms: int = 0
    instead: bool = False


class Engine(NamedTuple):
    """A program that speaks; `hush` is what it is called with where killing it leaves the words going on."""

    name: str
    path: str
    options: Callable[[Utterance], list[str]]
    hush: tuple[str, ...] = ()
    text_in: str = ""
    """The environment variable that holds the text, if the arguments do not."""

    def arguments(self, said: Utterance) -> list[str]:
        return [self.path, *self.options(said)]

    def variables(self, said: Utterance) -> Mapping[str, str]:
        return {self.text_in: said.text} if self.text_in else {}


def _say(said: Utterance) -> list[str]:
    return ["--", f"[[volm {said.volume / 100:.2f}]] [[slnc {said.after_ms}]] {said.text}"]


def _spd_say(said: Utterance) -> list[str]:
    # -w lasts as long as the words do; -C silences the words before, which killing spd-say does not.
    return [*(["-C"] if said.instead else []), "-w", "-l", "en", "-i", str(2 * said.volume - 100), "--", said.text]


def _espeak(said: Utterance) -> list[str]:
    pause = "_:" * (said.after_ms // 55)
    text = f"[[{pause}]] {said.text}" if pause else said.text
    return ["-v", "en", "-a", str(said.volume * 5 // 4), "--", text]


def _sapi(said: Utterance) -> list[str]:
    return ["-NoProfile", "-NonInteractive", "-Command", _SAPI.format(volume=said.volume)]


def found(machine: Machine) -> tuple[Engine, ...]:
    """Every speech engine there is, best first."""
    if machine.platform == "win32":
        path = machine.which("powershell")
        return (Engine("SAPI", path, _sapi, text_in=_SAPI_TEXT),) if path else ()
    known = [("spd-say", _spd_say, ("-C",)), ("espeak-ng", _espeak, ()), ("espeak", _espeak, ())]
    if machine.platform == "darwin":
        # Elsewhere a `say` may be anything.
        known.insert(0, ("say", _say, ()))
    paths = ((machine.which(name), name, options, hush) for name, options, hush in known)
    return tuple(Engine(name, path, options, hush) for path, name, options, hush in paths if path)


def rank(speech: Speech) -> int:
    return _RANK[speech.weight]


def gives_way(being_said: Weight, new: Weight) -> bool:
    """Whether what is being said is broken off for something new; otherwise the new is dropped."""
    return _RANK[new] > _RANK[being_said] or being_said is new is Weight.NAME


def sayable(text: str) -> str:
    """One line without anything that an engine takes for a command of its own: `[[` is one to say and espeak."""
    return clean(" ".join(text.split())).replace(REPLACEMENT, "").translate({ord("["): "(", ord("]"): ")"}).strip()


class Voice:
    """Says one phrase at a time, through the first engine that works, and never waits for it."""

    def __init__(self, engines: tuple[Engine, ...], volume: int, machine: Machine) -> None:
        self._engines = {engine.name: engine for engine in engines}
        self._volume = min(100, max(0, volume))
        self._weight = Weight.NUMBER
        self.programs = Programs(list(self._engines), machine)

    @property
    def trouble(self) -> str | None:
        if not self._engines:
            return f"nothing here can speak; tones only ({INSTALL})"
        if self.programs.given_up:
            return f"{' and '.join(self.programs.given_up)} did not speak; using {self.programs.name or 'tones only'}"
        return None

    def say(self, speech: Speech, after_ms: int = 0) -> None:
        self.programs.look()
        instead = self.programs.busy
        if not self.programs.name or (instead and not gives_way(self._weight, speech.weight)):
            return
        engine = self._engines[self.programs.name]
        if instead:
            self.programs.stop()
        # A hush that is still under way would silence these words; they bring their own in its place.
        said = Utterance(sayable(speech.text), self._volume, after_ms, instead or self.programs.ending)
        # Twice as long as expected is slow speech, not a hang.
        expected_ms = after_ms + 2000 * len(said.text) // CHARACTERS_A_SECOND
        if said.text and self.programs.start(engine.arguments(said), expected_ms, engine.variables(said)):
            self._weight = speech.weight

    def stop(self) -> None:
        self.programs.look()
        if not self.programs.busy or not self.programs.name:
            return
        self.programs.stop()
        engine = self._engines[self.programs.name]
        if engine.hush:
            self.programs.start_aside([engine.path, *engine.hush])
