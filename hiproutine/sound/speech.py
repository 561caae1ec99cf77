"""Speech: one phrase at a time; a name is never interrupted, and nothing waits."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from hiproutine.coach.instructions import said_ms
from hiproutine.practice.phrases import Speech, Weight
from hiproutine.sound import engines
from hiproutine.sound.engines import Engine, Utterance, sayable
from hiproutine.sound.programs import EARLY, Machine, Player, Programs, players
from hiproutine.sound.rendered import Rendered

_RANK = {each: rank for rank, each in enumerate((Weight.INSTRUCTION, Weight.NUMBER, Weight.WORD, Weight.NAME))}
_BEGINS_MS = 150
"""The time that a player may take until its first sound."""
WAITS_MS = 3000
"""An instruction that comes while another is being said waits so long for its end."""


class _Waiting(NamedTuple):
    speech: Speech
    since_ms: int


def rank(speech: Speech) -> int:
    return _RANK[speech.weight]


def gives_way(being_said: Weight, new: Weight) -> bool:
    """Whether what is being said is broken off for something new; otherwise the new waits, or is dropped."""
    return _RANK[new] > _RANK[being_said] or being_said is new is Weight.NAME


class Voice:
    """Says one phrase at a time: as it was rendered, or else live through the first engine that works."""

    def __init__(
        self, found: Sequence[Engine], volume: int, machine: Machine, folder: Path, *, plays: bool = True
    ) -> None:
        self._engines = {engine.name: engine for engine in found if engine.options}
        self._volume = min(100, max(0, volume))
        self._clock = machine.clock
        self._weight = Weight.INSTRUCTION
        self._waiting: _Waiting | None = None
        self._players: Mapping[str, Player] = {player.name: player for player in players(machine)} if plays else {}
        self.rendered = Rendered(folder, found if self._players else (), self._volume, machine)
        self.playing = Programs(list(self._players), machine)
        """Player of rendered phrases."""
        self.programs = Programs(list(self._engines), machine)
        """Live speech engine."""

    @property
    def trouble(self) -> str | None:
        if not self._engines and not self.rendered.voice:
            return f"nothing here can speak; tones only ({engines.INSTALL})"
        if self.broken:
            instead = self.programs.working or (self.playing.working and self.rendered.voice) or "tones only"
            return f"{' and '.join(self.programs.given_up)} did not speak; using {instead}"
        return None

    @property
    def broken(self) -> bool:
        """Whether an engine that is there failed."""
        return bool(self.programs.given_up)

    @property
    def can_speak(self) -> bool:
        """Whether there is any engine that has not failed."""
        return bool(self.programs.name or self.rendered.voice)

    @property
    def busy(self) -> bool:
        """Whether anything is being said, as of the last look."""
        # What plays a phrase of known length takes a moment to end after its last sound.
        return self.programs.busy or self.playing.sounding

    def prepare(self, texts: Iterable[str]) -> None:
        """Have phrases rendered ahead, in the order in which they come."""
        self.rendered.order(texts)

    def say(self, speech: Speech, after_ms: int = 0) -> None:
        self.look()
        if self.busy and not gives_way(self._weight, speech.weight):
            if speech.weight is Weight.INSTRUCTION:
                self._waiting = _Waiting(speech, self._clock.instant().running_ms)
            return
        self._waiting = None
        self._begin(speech, after_ms)

    def look(self) -> None:
        """Collect what has been said; then what has waited for that is said."""
        self.programs.look()
        self.playing.look()
        self.rendered.look()
        waiting = self._waiting
        if waiting and not self.busy:
            self._waiting = None
            if self._clock.instant().running_ms - waiting.since_ms <= WAITS_MS:
                self._begin(waiting.speech, 0)

    def instructed(self) -> None:
        """End what is being said of instructions: what they are for has begun."""
        self.look()
        self._waiting = None
        if self._weight is Weight.INSTRUCTION:
            self.stop()

    def hold_back(self) -> None:
        """Begin nothing that waits: a countdown has begun."""
        self._waiting = None

    def stop(self) -> None:
        self._waiting = None
        self.programs.look()
        self.playing.stop()
        if not self.programs.busy or not self.programs.name:
            return
        self.programs.stop()
        engine = self._engines[self.programs.name]
        if engine.hush:
            self.programs.start_aside([engine.path, *engine.hush])

    def close(self) -> None:
        """Say nothing more; what is being said is said to its end."""
        self._waiting = None
        self.rendered.close()
        self.programs.let_go()
        self.playing.let_go()

    def try_again(self) -> None:
        """Give what failed another chance, if nothing else is left."""
        self.programs.try_again()
        self.playing.try_again()

    def _begin(self, speech: Speech, after_ms: int) -> None:
        if self._play(speech, after_ms) or self._speak(speech, after_ms):
            self._weight = speech.weight

    def _play(self, speech: Speech, after_ms: int) -> bool:
        """Say it as it was rendered, if it was; whether that could be begun."""
        name = self.playing.name
        phrase = self.rendered.find(speech.text, after_ms) if name else None
        if not phrase or not name:
            return False
        if self.programs.busy:
            self.stop()
        arguments = self._players[name].arguments(str(phrase.path))
        least_ms = phrase.length_ms // EARLY
        return self.playing.start(arguments, phrase.length_ms + _BEGINS_MS, least_ms=least_ms)

    def _speak(self, speech: Speech, after_ms: int) -> bool:
        """Say it live; whether that could be begun."""
        name = self.programs.name
        if not name:
            return False
        engine, instead = self._engines[name], self.programs.busy
        if instead:
            self.programs.stop()
        self.playing.stop()
        # A hush that is still under way would silence these words; they bring their own in its place.
        said = Utterance(sayable(speech.text), self._volume, after_ms, instead or self.programs.ending)
        # Twice as long as expected is slow speech, not a hang.
        length_ms = said_ms(said.text)
        line = engine.line(said) if engine.line else None
        return bool(said.text) and self.programs.start(
            engine.arguments(said), after_ms + 2 * length_ms, engine.variables, line, least_ms=length_ms // EARLY
        )
