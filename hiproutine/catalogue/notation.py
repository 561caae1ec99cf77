"""The notation of doses, read and written: `2x30s`, `2x10 @2-2-3`, `contract-relax 3x(6/4/20)`, `3/dir`.

    dose     = [kind] amount {option}
    kind     = hold | reps | contract-relax | pails-rails | cars | flow
    amount   = [Nx]TIME                       hold or flow: sets, and how long
             | [Nx]N                          reps: sets, and repetitions
             | [Nx]N/dir                      cars: sets, and circles each way
             | [Nx](N/N/N)                    contract-relax: rounds of contract, relax, deepen
             | [Nx](N/N/N/N/N)                pails-rails: rounds of stretch, ramp, push, pull, settle
    option   = @beat{-beat}                  reps: the tempo of one repetition; cars: one number, seconds a circle
             | rest TIME                      between sets
             | effort P | tension P           how hard, of reps and contract-relax; of cars
             | settle TIME                    contract-relax: the stretch before the first round
             | later TIME                     pails-rails: the stretch of every round after the first
             | push P | pull P                pails-rails: how hard
             | N kg | COLOUR band | load none hold, reps and flow: what is added
    beat     = [words] N                      such as `3` or `lower 3`, in seconds
    TIME     = Ns | Nmin
    P        = N-N% | none                    at first, and the ceiling

Numbers are whole; those in brackets and beats are seconds. `Nx` defaults to one. Options that are not written are those
of the exercise's own dose. A kind other than its own must be named; then the defaults are those of that kind. Kinds,
their amounts and options are declared in `prescription`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, assert_never

from hiproutine.catalogue import loads
from hiproutine.catalogue.prescription import (
    KINDS,
    Prescription,
    Reps,
    Shape,
    Sort,
    declared,
    declared_as,
    kind_of,
    load_of,
    seconds,
    usual,
)
from hiproutine.errors import nearest
from hiproutine.text import counted

Hint = Callable[[str, Iterable[str]], str]

_BEATS = {1: ("move",), 2: ("move", "return"), 3: ("move", "hold", "return"), 4: ("move", "hold", "return", "rest")}
_WORDS = {declared_as(kind).word: kind for kind in KINDS}

_SLOW_S = 4
"""The length of a repetition from which on it is called slow."""

_KIND = "[a-z][a-z-]*"
_N = "[0-9]{1,9}"
_TIMES = f"(?:({_N})x)?"
_TIME = f"{_N}(?:s|min)"
_BEAT = rf"(?:[^\s\d@/%()-][^\d\n@/%()-]*? )?{_N}"
_SHAPES = {
    Shape.ROUNDS: rf"\(({_N}(?:/{_N})*)\)(?![^ ])",
    Shape.CIRCLES: f"({_N})/dir(?![^ ])",
    Shape.TIME: f"({_TIME})(?![^ ])",
    Shape.COUNT: f"({_N})(?![^ ])",
}
"""Patterns of the numbers of an amount, in the order in which they are tried."""
_TEMPO = f"{_BEAT}(?:-{_BEAT})*"
_EFFORT = f"{_N}-{_N}%|none"
PATTERN = (
    rf"(?:{_KIND} )?(?:{_N}x)?(?:{_TIME}|{_N}(?:/dir)?|\({_N}(?:/{_N})*\))"
    f"(?: (?:@{_TEMPO}|{loads.PATTERN}|[a-z]+ (?:{_TIME}|{_EFFORT}|{loads.PATTERN})))*"
)
"""A regular expression for editors, which matches every dose that `read` accepts, and some others."""


class Fault(Exception):
    """A dose that cannot be read: the `sentence`, and the offset of the fault in the text."""

    def __init__(self, offset: int, sentence: str) -> None:
        super().__init__(sentence)
        self.offset, self.sentence = offset, sentence


class Dose(NamedTuple):
    """A prescription that was read, and the offset in the text of each field that was written."""

    prescription: Prescription
    at: dict[str, int]


def write(prescription: Prescription, own: Prescription | None = None) -> str:
    """The dose in the notation, which `read` understands given the same `own`; shortest if that is the dose itself."""
    kind = declared(prescription)
    unnamed = kind_of(own) if own else _of_shape(kind.shape)[0]
    named = kind.shape is Shape.ROUNDS or kind.name != unnamed
    word = [kind.word] * named
    return " ".join((*word, _amount(prescription), *_written_options(prescription, _base(kind.name, own))))


def read(text: str, own: Prescription | None = None, hint: Hint = nearest) -> Dose:
    """The dose of an exercise whose own dose is `own`. Raises Fault. Numbers may still be out of range.

    `hint` suggests a known word for an unknown one.
    """
    named, start = _read_kind(text, hint)
    kind, values, offsets, at = _read_amount(text, start, named, own)
    base = _base(kind, own)
    for name, value, offset in _read_options(text, at, base, hint):
        if name in offsets:
            raise Fault(offset, "this is said twice")
        values[name], offsets[name] = value, offset
    return Dose(base._replace(**values), offsets)


def _base(kind: str, own: Prescription | None) -> Prescription:
    """The dose that provides the fields that are not written."""
    return own if own is not None and kind_of(own) == kind else usual(kind)


def _of_shape(shape: Shape) -> list[str]:
    """The kinds whose amounts have that shape; the first is the default."""
    return [kind for kind in KINDS if declared_as(kind).shape is shape]


def _match(pattern: str, text: str, at: int = 0) -> "re.Match[str] | None":
    return re.compile(pattern).match(text, at)


# ---- writing ----


def brief(prescription: Prescription) -> str:
    """The dose for people, without its details: `2 × 30 s`, `10 slow`, `3 rounds`, `3 circles each way`."""
    kind = declared(prescription)
    times, *numbers = (getattr(prescription, name) for name in kind.amount)
    match kind.shape:
        case Shape.ROUNDS:
            return counted(times, "round")
        case Shape.COUNT:
            words = f"{numbers[0]} slow" if _is_slow(prescription) else counted(numbers[0], "rep")
        case Shape.CIRCLES:
            words = f"{counted(numbers[0], 'circle')} each way"
        case Shape.TIME:
            words = seconds(numbers[0])
        case _:
            assert_never(kind.shape)
    load = load_of(prescription)
    return (f"{times} × {words}" if times > 1 else words) + (f", {load}" if load else "")


def in_words(prescription: Prescription) -> str:
    """The dose to be read aloud: `2 times 30 s`, `2 sets of 8, slow: lower 3 s, hold 1 s, rise 2 s`, `3 rounds`."""
    kind = declared(prescription)
    times, *numbers = (getattr(prescription, name) for name in kind.amount)
    match kind.shape:
        case Shape.ROUNDS:
            words = counted(times, "round")
        case Shape.COUNT:
            words = f"{times} sets of {numbers[0]}" if times > 1 else counted(numbers[0], "rep")
        case Shape.CIRCLES:
            words = f"{times} times " * (times > 1) + f"{counted(numbers[0], 'circle')} each way"
        case Shape.TIME:
            words = f"{times} times " * (times > 1) + seconds(numbers[0])
        case _:
            assert_never(kind.shape)
    if isinstance(prescription, Reps) and _is_slow(prescription):
        words += f", slow: {', '.join(f'{beat} {seconds(beat_s)}' for beat, beat_s in prescription.tempo)}"
    load = load_of(prescription)
    return f"{words}; {load}" if load else words


def spelled(prescription: Prescription) -> str:
    """The dose to be read, with the parts of a round: `3 rounds: contract 6 s, relax 4 s, deepen 20 s`."""
    kind = declared(prescription)
    if kind.shape is not Shape.ROUNDS:
        return in_words(prescription)
    parts = (f"{name.removesuffix('_s')} {seconds(getattr(prescription, name))}" for name in kind.amount[1:])
    return f"{in_words(prescription)}: {', '.join(parts)}"


def _is_slow(prescription: Prescription) -> bool:
    """Whether a repetition takes its time."""
    return isinstance(prescription, Reps) and sum(beat_s for _, beat_s in prescription.tempo) >= _SLOW_S


def _amount(prescription: Prescription) -> str:
    kind = declared(prescription)
    times, *numbers = (getattr(prescription, name) for name in kind.amount)
    match kind.shape:
        case Shape.ROUNDS:
            return f"{times}x({'/'.join(map(str, numbers))})"
        case Shape.COUNT:
            return f"{times}x{numbers[0]}"
        case Shape.CIRCLES:
            amount = f"{numbers[0]}/dir"
        case Shape.TIME:
            amount = _time(numbers[0])
        case _:
            assert_never(kind.shape)
    return amount if times == 1 else f"{times}x{amount}"


def _written_options(prescription: Prescription, base: Prescription) -> Iterator[str]:
    """The options that differ from the base; those after an @, and a load, always."""
    kind = declared(prescription)
    for word, name in kind.options.items():
        value = getattr(prescription, name)
        if word == "@":
            yield f"@{_tempo(value, base) if kind.fields[name].sort is Sort.TEMPO else value}"
        elif kind.fields[name].sort is Sort.LOAD and value:
            yield value
        elif value != getattr(base, name):
            yield f"{word} {_time(value) if kind.fields[name].sort is Sort.TIME else _effort(value)}"


def _tempo(tempo: tuple[tuple[str, int], ...], base: Prescription) -> str:
    if _beat_words(len(tempo), base) == tuple(word for word, _ in tempo):
        return "-".join(str(length) for _, length in tempo)
    return "-".join(f"{word} {length}" for word, length in tempo)


def _time(count: int) -> str:
    return f"{count // 60}min" if count and count % 60 == 0 else f"{count}s"


def _effort(pair: tuple[int, int] | None) -> str:
    return f"{pair[0]}-{pair[1]}%" if pair else "none"


# ---- reading ----


def _read_kind(text: str, hint: Hint) -> tuple[str | None, int]:
    """The kind named at the start of the text, if any, and the offset of the amount."""
    found = _match(rf"({_KIND})(?: |$)", text)
    if not found:
        return None, 0
    if found[1] not in _WORDS:
        raise Fault(0, f'"{found[1]}" is not a kind of dose: {", ".join(_WORDS)}{hint(found[1], _WORDS)}')
    return _WORDS[found[1]], found.end()


def _read_amount(
    text: str, start: int, named: str | None, own: Prescription | None
) -> tuple[str, dict[str, Any], dict[str, int], int]:
    """The kind, the fields of the amount with their offsets, and where it ends."""
    shapes = ((_match(_TIMES + pattern, text, start), _of_shape(shape)) for shape, pattern in _SHAPES.items())
    found, kinds = next(((match, kinds) for match, kinds in shapes if match), (None, []))
    if not found:
        raise Fault(start, "an amount is expected here, such as 2x30s, 2x10, 3/dir or 3x(6/4/20)")
    numbers = found[2].split("/")
    fitting = [kind for kind in kinds if len(declared_as(kind).amount) == len(numbers) + 1]
    if not fitting:
        counts = " or ".join(f"{len(each.amount) - 1} ({each.word})" for each in map(declared_as, kinds))
        raise Fault(found.start(2), f"in brackets stand {counts.replace(' ', ' numbers ', 1)}")
    own_kind = kind_of(own) if own else None
    kind = next((kind for kind in fitting if kind == (named or own_kind)), fitting[0])
    word = declared_as(kind).word
    if named and named != kind:
        raise Fault(start, f'this is the amount of "{word}", not of "{declared_as(named).word}"')
    if own and not named and own_kind != kind:
        raise Fault(start, f'usually this is {write(own, own)}; for another kind, name it: "{word} ..."')
    times, *names = declared_as(kind).amount
    values = {times: int(found[1] or 1)}
    offsets = {times: found.start(1)} if found[1] else {}
    at = found.start(2)
    for name, number in zip(names, numbers, strict=True):
        values[name], offsets[name] = _count(number), at
        at += len(number) + 1
    return kind, values, offsets, found.end()


def _count(number: str) -> int:
    """A number as it is, a time in seconds."""
    return int(number.rstrip("smin")) * (60 if number.endswith("min") else 1)


def _read_options(text: str, at: int, base: Prescription, hint: Hint) -> Iterator[tuple[str, Any, int]]:
    """(field, value, offset of the value) of each option from `at` on."""
    kind = declared(base)
    options = kind.options
    while at < len(text):
        at += text[at] == " "
        if (added := _match(rf"{loads.PATTERN}(?![^ ])", text, at)) and "load" in options:
            yield options["load"], _load(added[0], at), at
            at = added.end()
            continue
        word = _match("@|[^ ]*", text, at)
        assert word
        if word[0] not in options:
            raise Fault(at, f'"{word[0]}" has no meaning here{hint(word[0], options)}')
        name = options[word[0]]
        pattern, expected = _form(word[0], kind.fields[name].sort)
        start = word.end() + (word[0] != "@" and word.end() < len(text))
        found = _match(rf"(?:{pattern})(?![^ ])", text, start)
        if not found or (found[0] == "none" and name not in type(base)._field_defaults):
            raise Fault(start, f"{expected} is expected here")
        yield name, _value(kind.fields[name].sort, found[0], start, base), start
        at = found.end()


def _form(word: str, sort: Sort) -> tuple[str, str]:
    """The pattern of an option's value, and what is expected there in words."""
    match sort:
        case Sort.TEMPO:
            return _TEMPO, "a tempo such as 2-1-2, in seconds,"
        case Sort.EFFORT:
            return _EFFORT, "two per cents such as 20-50%"
        case Sort.LOAD:
            return f"{loads.PATTERN}|none", "a load such as 4 kg or red band"
        case Sort.TIME if word == "@":
            return _N, "a number of seconds"
        case Sort.TIME:
            return _TIME, "a time such as 30s or 2min"
        case Sort.COUNT:
            return _N, "a number"
        case _:
            assert_never(sort)


def _value(sort: Sort, written: str, offset: int, base: Prescription) -> Any:
    match sort:
        case Sort.TIME | Sort.COUNT:
            return _count(written)
        case Sort.EFFORT:
            return None if written == "none" else tuple(map(int, written.rstrip("%").split("-")))
        case Sort.LOAD:
            return None if written == "none" else _load(written, offset)
        case Sort.TEMPO:
            beats = [beat.rpartition(" ") for beat in written.split("-")]
            base_words = _beat_words(len(beats), base)
            tempo = tuple(
                (word.strip() or base_word, int(length))
                for (word, _, length), base_word in zip(beats, base_words, strict=True)
            )
            if not all(word for word, _ in tempo):
                raise Fault(offset, f"each of {len(beats)} beats needs its word, such as `lower 3`")
            return tempo
        case _:
            assert_never(sort)


def _load(written: str, offset: int) -> str:
    if not (load := loads.read(written)):
        raise Fault(offset, "a load is more than 0 and at most 200 kg")
    return load


def _beat_words(count: int, base: Prescription) -> tuple[str, ...]:
    """The words of the beats of a tempo that gives their lengths alone."""
    if isinstance(base, Reps) and len(base.tempo) == count:
        return tuple(word for word, _ in base.tempo)
    return _BEATS.get(count, ("",) * count)
