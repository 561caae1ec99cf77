"""A dose as people write it on paper, read and written: `2x30s`, `2x10 @2-2-3`, `contract-relax 3x(6/4/20)`, `3/dir`.

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
    beat     = [words] N                      such as `3` or `lower 3`, in seconds
    TIME     = Ns | Nmin
    P        = N-N% | none                    at first, and the ceiling

Numbers are whole; those in brackets and beats are seconds. Without `Nx` it is done once. What is not written is as the
exercise usually does it. To do another kind than usual the kind must be named; then the rest is as in USUAL.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from hiproutine.catalogue.prescription import (
    KINDS,
    Cars,
    ContractRelax,
    Hold,
    PailsRails,
    Prescription,
    Reps,
    TimedFlow,
    kind_of,
)
from hiproutine.errors import nearest

Hint = Callable[[str, Iterable[str]], str]

# The doses that the sources of data/sources.yaml carry.
USUAL: dict[str, Prescription] = {
    "hold": Hold(2, 30, 10),
    "reps": Reps(2, 10, (("move", 2), ("hold", 1), ("return", 2)), 30),
    "contract_relax": ContractRelax(15, 3, 6, (20, 50), 4, 20),
    "pails_rails": PailsRails(2, 60, 20, 10, 10, (20, 50), 10, (20, 50), 15),
    "cars": Cars(1, 3, 8, (10, 30)),
    "timed_flow": TimedFlow(1, 60, 0),
}
_BEATS = {1: ("move",), 2: ("move", "return"), 3: ("move", "hold", "return"), 4: ("move", "hold", "return", "rest")}

_WORDS = {
    "hold": "hold",
    "reps": "reps",
    "contract-relax": "contract_relax",
    "pails-rails": "pails_rails",
    "cars": "cars",
    "flow": "timed_flow",
}
_WORD_OF = {kind: word for word, kind in _WORDS.items()}

# The fields of an amount, in the order of its numbers.
_AMOUNTS = {
    "hold": ("sets", "hold_s"),
    "timed_flow": ("sets", "work_s"),
    "reps": ("sets", "reps"),
    "cars": ("sets", "reps_per_direction"),
    "contract_relax": ("rounds", "contract_s", "relax_s", "deepen_s"),
    "pails_rails": ("rounds", "passive_s", "ramp_s", "pails_s", "rails_s", "settle_s"),
}
# The options of each kind, in the order in which they are written, and the field that each one sets.
_OPTIONS = {
    "hold": {"rest": "rest_s"},
    "timed_flow": {"rest": "rest_s"},
    "reps": {"@": "tempo", "rest": "rest_s", "effort": "effort_pct"},
    "cars": {"@": "seconds_per_rep", "tension": "tension_pct"},
    "contract_relax": {"settle": "settle_s", "effort": "effort_pct"},
    "pails_rails": {"later": "passive_next_s", "push": "pails_effort_pct", "pull": "rails_effort_pct"},
}
_ALWAYS_NAMED = {"contract_relax", "pails_rails"}
# A time alone is a hold.
_UNNAMED = {"timed_flow": "hold"}

_KIND = "[a-z][a-z-]*"
_N = "[0-9]{1,9}"
_TIMES = f"(?:({_N})x)?"
_TIME = f"{_N}(?:s|min)"
_BEAT = rf"(?:[^\s\d@/%()-][^\d\n@/%()-]*? )?{_N}"
# How the number or numbers of an amount look, and the kinds that have such.
_SHAPES = {
    rf"\(({_N}(?:/{_N})*)\)(?![^ ])": ("contract_relax", "pails_rails"),
    f"({_N})/dir(?![^ ])": ("cars",),
    f"({_TIME})(?![^ ])": ("hold", "timed_flow"),
    f"({_N})(?![^ ])": ("reps",),
}
_VALUES = {
    "_s": _TIME,
    "_pct": f"{_N}-{_N}%|none",
    "tempo": f"{_BEAT}(?:-{_BEAT})*",
    "seconds_per_rep": _N,
}
_EXPECTED = {
    "_s": "a time such as 30s or 2min",
    "_pct": "two per cents such as 20-50%",
    "tempo": "a tempo such as 2-1-2, in seconds,",
    "seconds_per_rep": "a number of seconds",
}
PATTERN = (
    rf"(?:{_KIND} )?(?:{_N}x)?(?:{_TIME}|{_N}(?:/dir)?|\({_N}(?:/{_N})*\))"
    f"(?: (?:@{_VALUES['tempo']}|[a-z]+ (?:{_TIME}|{_VALUES['_pct']})))*"
)
"""A regular expression, for editors, of every dose that `read` takes, and of some that it does not."""


class Fault(Exception):
    """A dose that cannot be read: the `sentence`, and how many characters into the text it belongs."""

    def __init__(self, offset: int, sentence: str) -> None:
        super().__init__(sentence)
        self.offset, self.sentence = offset, sentence


class Dose(NamedTuple):
    """What was read: the prescription, and at which character of the text each field stands that was written."""

    prescription: Prescription
    at: dict[str, int]


def write(prescription: Prescription, usual: Prescription | None = None) -> str:
    """The dose in words that `read` understands, given the same `usual`; with the prescription itself, the shortest."""
    kind = kind_of(prescription)
    named = kind in _ALWAYS_NAMED or kind != (kind_of(usual) if usual else _UNNAMED.get(kind, kind))
    word = [_WORD_OF[kind]] * named
    return " ".join((*word, _amount(prescription), *_written_options(prescription, _same(kind, usual))))


def read(text: str, usual: Prescription | None = None, hint: Hint = nearest) -> Dose:
    """The dose of an exercise that usually does `usual`. Raises Fault. Numbers may still be out of range.

    `hint` names the known word that an unknown one may be meant as.
    """
    named, start = _read_kind(text, hint)
    kind, values, offsets, at = _read_amount(text, start, named, usual)
    base = _same(kind, usual)
    for name, value, offset in _read_options(text, at, kind, base, hint):
        if name in offsets:
            raise Fault(offset, "this is said twice")
        values[name], offsets[name] = value, offset
    return Dose(base._replace(**values), offsets)


def _same(kind: str, usual: Prescription | None) -> Prescription:
    return usual if isinstance(usual, KINDS[kind]) else USUAL[kind]


def _match(pattern: str, text: str, at: int = 0) -> "re.Match[str] | None":
    return re.compile(pattern).match(text, at)


# ---- writing ----


def _amount(prescription: Prescription) -> str:
    kind = kind_of(prescription)
    times, *numbers = (getattr(prescription, name) for name in _AMOUNTS[kind])
    if len(numbers) > 1:
        return f"{times}x({'/'.join(map(str, numbers))})"
    (number,) = numbers
    amount = {"reps": f"{number}", "cars": f"{number}/dir"}.get(kind) or _time(number)
    return amount if times == 1 and kind != "reps" else f"{times}x{amount}"


def _written_options(prescription: Prescription, usual: Prescription) -> Iterator[str]:
    for word, name in _OPTIONS[kind_of(prescription)].items():
        value = getattr(prescription, name)
        if name == "tempo":
            yield f"@{_tempo(value, usual)}"
        elif name == "seconds_per_rep":
            yield f"@{value}"
        elif value != getattr(usual, name):
            yield f"{word} {_time(value) if name.endswith('_s') else _effort(value)}"


def _tempo(tempo: tuple[tuple[str, int], ...], usual: Prescription) -> str:
    if _beat_words(len(tempo), usual) == tuple(word for word, _ in tempo):
        return "-".join(str(length) for _, length in tempo)
    return "-".join(f"{word} {length}" for word, length in tempo)


def _time(count: int) -> str:
    return f"{count // 60}min" if count and count % 60 == 0 else f"{count}s"


def _effort(pair: tuple[int, int] | None) -> str:
    return f"{pair[0]}-{pair[1]}%" if pair else "none"


# ---- reading ----


def _read_kind(text: str, hint: Hint) -> tuple[str | None, int]:
    """The kind that the text begins with, if it names one, and where the amount begins."""
    found = _match(rf"({_KIND})(?: |$)", text)
    if not found:
        return None, 0
    if found[1] not in _WORDS:
        raise Fault(0, f'"{found[1]}" is no kind of dose: {", ".join(_WORDS)}{hint(found[1], _WORDS)}')
    return _WORDS[found[1]], found.end()


def _read_amount(
    text: str, start: int, named: str | None, usual: Prescription | None
) -> tuple[str, dict[str, Any], dict[str, int], int]:
    """The kind, the fields of the amount with their offsets, and where it ends."""
    shapes = ((_match(_TIMES + pattern, text, start), kinds) for pattern, kinds in _SHAPES.items())
    found, kinds = next(((match, kinds) for match, kinds in shapes if match), (None, ()))
    if not found:
        raise Fault(start, "an amount is expected here, such as 2x30s, 2x10, 3/dir or 3x(6/4/20)")
    numbers = found[2].split("/")
    fitting = [kind for kind in kinds if len(_AMOUNTS[kind]) == len(numbers) + 1]
    if not fitting:
        raise Fault(found.start(2), "in brackets stand 3 numbers (contract-relax) or 5 (pails-rails)")
    usually = kind_of(usual) if usual else None
    kind = next((kind for kind in fitting if kind == (named or usually)), fitting[0])
    if named and named != kind:
        raise Fault(start, f'this is the amount of "{_WORD_OF[kind]}", not of "{_WORD_OF[named]}"')
    if usual and not named and usually != kind:
        raise Fault(start, f'usually this is {write(usual, usual)}; for another kind, name it: "{_WORD_OF[kind]} ..."')
    times, *names = _AMOUNTS[kind]
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


def _read_options(text: str, at: int, kind: str, usual: Prescription, hint: Hint) -> Iterator[tuple[str, Any, int]]:
    """(field, value, offset of the value) of each option from `at` on."""
    options = _OPTIONS[kind]
    while at < len(text):
        at += text[at] == " "
        word = _match("@|[^ ]*", text, at)
        assert word
        if word[0] not in options:
            raise Fault(at, f'"{word[0]}" has no meaning here{hint(word[0], options)}')
        name = options[word[0]]
        ending = next(ending for ending in _VALUES if name.endswith(ending))
        start = word.end() + (word[0] != "@" and word.end() < len(text))
        found = _match(rf"(?:{_VALUES[ending]})(?![^ ])", text, start)
        if not found or (found[0] == "none" and kind != "reps"):
            raise Fault(start, f"{_EXPECTED[ending]} is expected here")
        yield name, _value(ending, found[0], start, usual), start
        at = found.end()


def _value(ending: str, written: str, offset: int, usual: Prescription) -> Any:
    match ending:
        case "_s":
            return _count(written)
        case "_pct":
            return None if written == "none" else tuple(map(int, written.rstrip("%").split("-")))
        case "seconds_per_rep":
            return int(written)
        case _:
            beats = [beat.rpartition(" ") for beat in written.split("-")]
            usual_words = _beat_words(len(beats), usual)
            found = tuple(
                (word.strip() or usual_word, int(length))
                for (word, _, length), usual_word in zip(beats, usual_words, strict=True)
            )
            if not all(word for word, _ in found):
                raise Fault(offset, f"each of {len(beats)} beats needs its word, such as `lower 3`")
            return found


def _beat_words(count: int, usual: Prescription) -> tuple[str, ...]:
    """What the beats of a tempo are called that gives their lengths alone."""
    if isinstance(usual, Reps) and len(usual.tempo) == count:
        return tuple(word for word, _ in usual.tempo)
    return _BEATS.get(count, ("",) * count)
