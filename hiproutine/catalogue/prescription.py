"""Prescriptions: doses of an exercise for one side, in one of six kinds. Seconds are whole, efforts are per cent.

A kind is one class: its fields with their ranges and notation, its beats, and in the decorator everything else that
depends on the kind. The notation, reader, schema, lint rules, coach and timeline follow from that. The kinds and their
usual doses come from the sources of data/sources.yaml; an effort is (start, ceiling).
"""

from collections.abc import Callable, Iterator, Mapping
from enum import Enum, StrEnum
from functools import cache
from typing import Annotated, Any, NamedTuple, TypeVar, get_args

from hiproutine.catalogue.vocabulary import Repeat

T = TypeVar("T", bound=tuple[object, ...])
Effort = tuple[int, int]

REST = "rest"
"""The word of a tempo for a rest, which is not working time."""
CIRCLES = ("circle one way", "circle the other way")
"""The labels of circles, where the exercise does not name its ways."""
LONGEST_S = 3600
MOST_BEATS = 12


class Phase(StrEnum):
    """Phases of practice; the value is the word that is displayed."""

    READY = "ready"
    SWITCH = "switch"
    REST = "rest"
    HOLD = "hold"
    STRETCH = "stretch"
    CONTRACT = "contract"
    RELAX = "relax"
    DEEPEN = "deepen"
    RAMP = "ramp"
    PUSH = "push"
    PULL = "pull"
    SETTLE = "settle"
    MOVE = "move"
    CIRCLE = "circle"


IDLE = frozenset({Phase.READY, Phase.SWITCH, Phase.REST})
"""All other phases are exercise, whose time the history counts."""


class Beat(NamedTuple):
    """A part of one side: what to do (`label`, such as "squeeze"), its seconds, and its position in the exercise.

    `where` is such as "set 1 of 2, rep 3 of 10"; `rep` is the number of the repetition or circle, if any.
    """

    phase: Phase
    seconds: int
    label: str
    where: str = ""
    rep: int = 0

    @property
    def work(self) -> bool:
        """Whether the beat is exercise, not rest."""
        return self.phase not in IDLE


# ---- declarations of fields and kinds ----


class Sort(Enum):
    """The type of a field's value."""

    COUNT = "a number"
    TIME = "seconds"
    EFFORT = "two per cents: at first, and the ceiling"
    TEMPO = "beats of one repetition: (what to do, seconds)"
    LOAD = "what is added, such as 4 kg"


class Band(NamedTuple):
    """The range that the sources in data/sources.yaml support, ends included; for efforts, of the ceiling."""

    lowest: int
    highest: int
    sources: str


class Field(NamedTuple):
    """A field of a prescription."""

    sort: Sort
    lowest: int
    highest: int
    band: Band | None = None
    option: str = ""
    """The word before the value in the notation; fields without one form the amount, in order."""
    unit: str = ""
    """Unit of a field that is reduced after pain: "set", "s"."""


class Shape(Enum):
    """The notation of an amount."""

    ROUNDS = "[Nx](N/N/...)"
    CIRCLES = "[Nx]N/dir"
    TIME = "[Nx]TIME"
    COUNT = "[Nx]N"


class Rung(NamedTuple):
    """Progression of a field; a `top` of None means that of the exercise's category."""

    field: str
    by: int
    top: int | None


class Kind(NamedTuple):
    """The properties of a kind of prescription besides its fields and beats."""

    name: str
    word: str
    """The kind in the notation."""
    shape: Shape
    usual: tuple[Any, ...]
    """The dose that the sources support, as values of the fields."""
    eased: str
    """The field that is shortened after pain if there is only one set."""
    fields: Mapping[str, Field] = {}
    sets: str = ""
    """The field of the number of sets or rounds: the first one of the amount."""
    ladder: tuple[Rung, ...] = ()
    """The fields that progress one after the other; kinds without any progress only by harder variants."""
    held: bool = False
    """Whether it holds the end of the range."""
    pain_free: bool = False
    """Whether it must be free of pain."""
    avoid: tuple[str, ...] = ()
    """The conditions that rule the kind out, whatever the exercise."""
    repeat: Repeat | None = None

    @property
    def amount(self) -> tuple[str, ...]:
        """The fields of the amount: the sets or rounds, and what one of them is."""
        return tuple(name for name, field in self.fields.items() if not field.option)

    @property
    def options(self) -> dict[str, str]:
        """The fields that follow the amount, by their words, in the order in which they are written."""
        return {field.option: name for name, field in self.fields.items() if field.option}


_KINDS: dict[type, Kind] = {}


def _kind(kind: Kind) -> Callable[[type[T]], type[T]]:
    """Declare a class as a kind; values of different kinds are never equal, even with the same numbers.

    Plain tuples compare only numbers. Frozen dataclasses would do the same, but double the import time of `list`.
    """

    def declare(made: type[T]) -> type[T]:
        equal, differs = made.__eq__, made.__ne__
        setattr(made, "__eq__", lambda one, other: type(one) is type(other) and equal(one, other))  # noqa: B010
        setattr(made, "__ne__", lambda one, other: type(one) is not type(other) or differs(one, other))  # noqa: B010
        fields = {name: get_args(each)[1] for name, each in made.__annotations__.items()}
        declared = kind._replace(fields=fields)
        _KINDS[made] = declared._replace(sets=declared.amount[0])
        return made

    return declare


def _count(unit: str, band: Band) -> Field:
    return Field(Sort.COUNT, 1, 100, band, unit=unit)


def _time(band: Band | None = None, *, option: str = "", unit: str = "") -> Field:
    return Field(Sort.TIME, 1, LONGEST_S, band, option, unit)


def _pause(option: str = "") -> Field:
    return Field(Sort.TIME, 0, LONGEST_S, None, option)


def _effort(option: str, band: Band) -> Field:
    return Field(Sort.EFFORT, 0, 100, band, option)


_Load = Annotated[str | None, Field(Sort.LOAD, 0, 0, option="load")]
_SETS = Band(1, 4, "E1, E13")
_HARDEST = Band(0, 80, "E6, E8")


# ---- the kinds ----


@_kind(
    Kind(
        "hold",
        "hold",
        Shape.TIME,
        (2, 30, 10),
        "hold_s",
        ladder=(Rung("hold_s", 10, 60), Rung("sets", 1, 3)),
        held=True,
    )
)
class Hold(NamedTuple):
    """Stay in the position: `sets` times `hold_s`, with `rest_s` between (E1, E2)."""

    sets: Annotated[int, _count("set", _SETS)]
    hold_s: Annotated[int, _time(Band(5, 120, "E1, E2"), unit="s")]
    rest_s: Annotated[int, _pause("rest")]
    load: _Load = None

    def beats(self) -> Iterator[Beat]:
        for number in range(1, self.sets + 1):
            yield Beat(Phase.HOLD, self.hold_s, "hold", _of("set", number, self.sets))
            yield from _rest(number, self.sets, self.rest_s)


@_kind(
    Kind(
        "reps",
        "reps",
        Shape.COUNT,
        (2, 10, (("move", 2), ("hold", 1), ("return", 2)), 30),
        "reps",
        ladder=(Rung("reps", 2, None), Rung("sets", 1, None)),
    )
)
class Reps(NamedTuple):
    """Repetitions whose parts are timed: `tempo` is ((what to do, seconds), ...) of one repetition (E10, E13)."""

    sets: Annotated[int, _count("set", _SETS)]
    reps: Annotated[int, _count("rep", Band(1, 15, "E13, E14"))]
    tempo: Annotated[tuple[tuple[str, int], ...], Field(Sort.TEMPO, 1, LONGEST_S, option="@")]
    rest_s: Annotated[int, _pause("rest")]
    effort_pct: Annotated[Effort | None, _effort("effort", _HARDEST)] = None
    load: _Load = None

    def beats(self) -> Iterator[Beat]:
        for number in range(1, self.sets + 1):
            for rep in range(1, self.reps + 1):
                where = ", ".join(filter(None, (_of("set", number, self.sets), f"rep {rep} of {self.reps}")))
                for label, beat_s in self.tempo:
                    yield Beat(Phase.REST if label == REST else Phase.MOVE, beat_s, label, where, rep)
            yield from _rest(number, self.sets, self.rest_s)


@_kind(
    Kind(
        "contract_relax",
        "contract-relax",
        Shape.ROUNDS,
        (15, 3, 6, (20, 50), 4, 20),
        "deepen_s",
        repeat=Repeat("contract-relax", 3, 1),
    )
)
class ContractRelax(NamedTuple):
    """Stretch, then rounds of contracting, letting go and going deeper (E5, E6)."""

    settle_s: Annotated[int, _pause("settle")]
    rounds: Annotated[int, _count("round", Band(1, 3, "E6"))]
    contract_s: Annotated[int, _time(Band(3, 10, "E6"))]
    effort_pct: Annotated[Effort, _effort("effort", Band(0, 75, "E6"))]
    relax_s: Annotated[int, _time()]
    deepen_s: Annotated[int, _time(Band(10, 30, "E1, E6"), unit="s")]

    def beats(self) -> Iterator[Beat]:
        yield Beat(Phase.STRETCH, self.settle_s, "ease into the stretch")
        for number in range(1, self.rounds + 1):
            where = f"round {number} of {self.rounds}"
            yield Beat(Phase.CONTRACT, self.contract_s, "push gently, nothing moves", where)
            yield Beat(Phase.RELAX, self.relax_s, "let go, breathe out", where)
            yield Beat(Phase.DEEPEN, self.deepen_s, "ease a little deeper", where)


@_kind(
    Kind(
        "pails_rails",
        "pails-rails",
        Shape.ROUNDS,
        (2, 60, 20, 10, 10, (20, 50), 10, (20, 50), 15),
        "passive_s",
        ladder=(Rung("passive_s", 30, 120),),
        held=True,
        pain_free=True,
        avoid=("hf_strain", "groin_strain"),
        repeat=Repeat("PAILs/RAILs", 3, 1),
    )
)
class PailsRails(NamedTuple):
    """A long stretch, pushing against it with a slow ramp, pulling deeper, settling.

    It must be free of pain, and pushing hard at the end of the range is not for an injured joint (E8).
    """

    rounds: Annotated[int, _count("round", Band(1, 3, "E8"))]
    passive_s: Annotated[int, _time(Band(15, 120, "E8"), unit="s")]
    passive_next_s: Annotated[int, _time(option="later")]
    ramp_s: Annotated[int, _time(Band(4, 20, "E8"))]
    pails_s: Annotated[int, _time(Band(4, 15, "E8"))]
    pails_effort_pct: Annotated[Effort, _effort("push", _HARDEST)]
    rails_s: Annotated[int, _time(Band(4, 15, "E8"))]
    rails_effort_pct: Annotated[Effort, _effort("pull", _HARDEST)]
    settle_s: Annotated[int, _pause()]

    def beats(self) -> Iterator[Beat]:
        for number in range(1, self.rounds + 1):
            where = f"round {number} of {self.rounds}"
            yield Beat(
                Phase.STRETCH, self.passive_s if number == 1 else self.passive_next_s, "stay in the stretch", where
            )
            yield Beat(Phase.RAMP, self.ramp_s, "build up slowly", where)
            yield Beat(Phase.PUSH, self.pails_s, "PAILs: push into the floor", where)
            yield Beat(Phase.PULL, self.rails_s, "RAILs: pull deeper", where)
            yield Beat(Phase.SETTLE, self.settle_s, "relax into the new range", where)


@_kind(Kind("cars", "cars", Shape.CIRCLES, (1, 3, 8, (10, 30)), "reps_per_direction"))
class Cars(NamedTuple):
    """Controlled circles of a joint, one way and then the other (E9)."""

    sets: Annotated[int, _count("set", Band(1, 2, "E9"))]
    reps_per_direction: Annotated[int, _count("circle", Band(1, 5, "E9"))]
    seconds_per_rep: Annotated[int, _time(Band(3, 8, "E9"), option="@")]
    tension_pct: Annotated[Effort, _effort("tension", Band(0, 30, "E9"))]

    def beats(self) -> Iterator[Beat]:
        circles = self.reps_per_direction
        for number in range(1, self.sets + 1):
            for label in CIRCLES:
                for rep in range(1, circles + 1):
                    where = ", ".join(filter(None, (_of("set", number, self.sets), f"circle {rep} of {circles}")))
                    yield Beat(Phase.CIRCLE, self.seconds_per_rep, label, where, rep)


@_kind(Kind("timed_flow", "flow", Shape.TIME, (1, 60, 0), "work_s"))
class TimedFlow(NamedTuple):
    """Keep moving: `sets` times `work_s`, with `rest_s` between."""

    sets: Annotated[int, _count("set", Band(1, 3, "E16"))]
    work_s: Annotated[int, _time(Band(10, 300, "E1, E16"), unit="s")]
    rest_s: Annotated[int, _pause("rest")]
    load: _Load = None

    def beats(self) -> Iterator[Beat]:
        for number in range(1, self.sets + 1):
            yield Beat(Phase.MOVE, self.work_s, "keep moving", _of("set", number, self.sets))
            yield from _rest(number, self.sets, self.rest_s)


Prescription = Hold | Reps | ContractRelax | PailsRails | Cars | TimedFlow

KINDS: dict[str, type[Prescription]] = {kind.name: made for made, kind in _KINDS.items()}


def _rest(number: int, sets: int, rest_s: int) -> Iterator[Beat]:
    if number < sets:
        yield Beat(Phase.REST, rest_s, "rest", f"before set {number + 1} of {sets}")


def _of(what: str, number: int, total: int) -> str:
    return f"{what} {number} of {total}" if total > 1 else ""


# ---- derived from the declarations ----


def declared(prescription: Prescription) -> Kind:
    """The declaration of the prescription's kind."""
    return _KINDS[type(prescription)]


def declared_as(name: str) -> Kind:
    """The declaration of the kind of that name."""
    return _KINDS[KINDS[name]]


def kind_of(prescription: Prescription) -> str:
    """The name of the prescription's kind."""
    return declared(prescription).name


@cache
def usual(name: str) -> Prescription:
    """The usual dose of the kind of that name."""
    return KINDS[name](*declared_as(name).usual)


def effort(prescription: Prescription) -> Effort | None:
    """Return how hard to work, if the prescription says: (start, ceiling) in per cent of full effort."""
    fields = declared(prescription).fields.items()
    name = next((name for name, field in fields if field.sort is Sort.EFFORT), None)
    found: Effort | None = getattr(prescription, name) if name else None
    return found


def load_of(prescription: Prescription) -> str | None:
    """Return what is added, if anything is."""
    found: str | None = getattr(prescription, "load", None)
    return found


def with_load(prescription: Prescription, load: str | None) -> Prescription:
    """The same with another load, if its kind can have any."""
    return prescription._replace(load=load) if isinstance(prescription, Hold | Reps | TimedFlow) else prescription


class Length(NamedTuple):
    """Seconds of one side: in total, and of exercise without rest."""

    whole_s: int
    work_s: int


# A plan of thousands of exercises repeats the same few doses.
@cache
def length(prescription: Prescription) -> Length:
    """Seconds of one side, without getting ready for it."""
    beats = tuple(prescription.beats())
    return Length(sum(beat.seconds for beat in beats), sum(beat.seconds for beat in beats if beat.work))


def sets_of(prescription: Prescription) -> int:
    """Number of sets, or of rounds in kinds that have them."""
    count: int = getattr(prescription, declared(prescription).sets)
    return count


def with_sets(prescription: Prescription, count: int) -> Prescription:
    """The prescription with another number of sets or rounds."""
    return changed(prescription, declared(prescription).sets, count)


def changed(prescription: Prescription, field: str, value: int) -> Prescription:
    """The prescription with another value of a field."""
    fields: dict[str, Any] = {field: value}
    return prescription._replace(**fields)


def out_of_range(prescription: Prescription) -> str | None:
    """The first field whose value is out of its range, as a sentence; None if all are within."""
    for name, field in declared(prescription).fields.items():
        value = getattr(prescription, name)
        match field.sort:
            case Sort.TEMPO:
                numbers = [seconds for _, seconds in value]
                if len(numbers) > MOST_BEATS:
                    return f"a tempo has at most {MOST_BEATS} beats"
            case Sort.EFFORT:
                numbers = list(value or ())
            case Sort.LOAD:
                numbers = []  # `loads.read` knows the bounds
            case _:
                numbers = [value]
        if any(not field.lowest <= number <= field.highest for number in numbers):
            return f"{name} is {field.lowest} to {field.highest}"
    return None


def seconds(count: int) -> str:
    """`45 s`, `2 min` or `1:30 min`."""
    minutes, rest = divmod(count, 60)
    if not minutes:
        return f"{count} s"
    return f"{minutes}:{rest:02} min" if rest else f"{minutes} min"
