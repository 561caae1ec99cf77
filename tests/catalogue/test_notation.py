"""The dose as people write it: read as it was meant, told where it is not understood, and written back the same."""

import re
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiproutine.catalogue import notation, overlay
from hiproutine.catalogue.conditions import CONDITIONS
from hiproutine.catalogue.model import Catalogue, Step
from hiproutine.catalogue.prescription import (
    KINDS,
    Cars,
    ContractRelax,
    Hold,
    PailsRails,
    Prescription,
    Reps,
    Sort,
    TimedFlow,
    declared_as,
    length,
    out_of_range,
    sets_of,
    usual,
)
from hiproutine.coach.pain import eased
from hiproutine.yaml.nodes import FileProblems

HOLD = Hold(2, 30, 15)
BRIDGE = Reps(2, 10, (("lift", 2), ("squeeze", 2), ("lower", 3)), 45)
MARCH = TimedFlow(1, 120, 0)
ROUND = ContractRelax(10, 2, 5, (20, 30), 5, 15)
CIRCLES = Cars(1, 4, 5, (0, 10))
PAILS = PailsRails(2, 60, 20, 10, 10, (20, 50), 10, (20, 50), 15)


@pytest.mark.parametrize(
    ("text", "usual", "expected"),
    [
        ("2x30s", HOLD, HOLD),
        ("3x2min", HOLD, Hold(3, 120, 15)),
        ("45s", HOLD, Hold(1, 45, 15)),
        ("2x30s rest 5s", HOLD, Hold(2, 30, 5)),
        ("2x30s", None, Hold(2, 30, 10)),
        ("hold 2x30s", BRIDGE, Hold(2, 30, 10)),
        ("60s", MARCH, TimedFlow(1, 60, 0)),
        ("hold 60s", MARCH, Hold(1, 60, 10)),
        ("flow 60s", HOLD, TimedFlow(1, 60, 0)),
        ("2x10 @2-2-3", BRIDGE, BRIDGE),
        ("8", BRIDGE, BRIDGE._replace(sets=1, reps=8)),
        ("3x8 rest 1min effort 20-40%", BRIDGE, BRIDGE._replace(sets=3, reps=8, rest_s=60, effort_pct=(20, 40))),
        ("2x10 @1-2-1", BRIDGE, BRIDGE._replace(tempo=(("lift", 1), ("squeeze", 2), ("lower", 1)))),
        ("2x10 @3-1", BRIDGE, BRIDGE._replace(tempo=(("move", 3), ("return", 1)))),
        ("2x10 @go up 3-rest 1 rest 5s", BRIDGE, BRIDGE._replace(tempo=(("go up", 3), ("rest", 1)), rest_s=5)),
        ("2x10 effort none", BRIDGE._replace(effort_pct=(1, 2)), BRIDGE),
        ("2x10 4kg", BRIDGE, BRIDGE._replace(load="4 kg")),
        ("2x10 @2-2-3 2.5 kg", BRIDGE, BRIDGE._replace(load="2.5 kg")),
        ("2x30s red band rest 5s", HOLD, Hold(2, 30, 5, "red band")),
        ("60s load 10kg", MARCH, TimedFlow(1, 60, 0, "10 kg")),
        ("2x10 load none", BRIDGE._replace(load="4 kg"), BRIDGE),
        ("2x8", BRIDGE._replace(load="4 kg"), BRIDGE._replace(reps=8, load="4 kg")),
        ("contract-relax 3x(6/4/20)", HOLD, ContractRelax(15, 3, 6, (20, 50), 4, 20)),
        ("3x(6/4/20)", ROUND, ContractRelax(10, 3, 6, (20, 30), 4, 20)),
        ("(6/4/20) settle 0s effort 20-50%", ROUND, ContractRelax(0, 1, 6, (20, 50), 4, 20)),
        ("3/dir", CIRCLES, Cars(1, 3, 5, (0, 10))),
        ("2x3/dir @8 tension 10-30%", CIRCLES, Cars(2, 3, 8, (10, 30))),
        ("2x(60/10/10/10/15)", PAILS, PAILS),
        ("(30/4/10/12/5) later 9s push 1-2% pull 2-3%", PAILS, PailsRails(1, 30, 9, 4, 10, (1, 2), 12, (2, 3), 5)),
    ],
)  # fmt: skip
def test_a_dose_is_read_as_it_was_meant(text: str, usual: Prescription | None, expected: Prescription) -> None:
    assert notation.read(text, usual).prescription == expected
    assert re.fullmatch(notation.PATTERN, text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2x30s", "2 × 30 s"),
        ("90s", "1:30 min"),
        ("2x10 @2-2-3", "2 × 10 slow"),
        ("10 @1-1-1", "10 reps"),
        ("2x8 @2-2-3 4 kg", "2 × 8 slow, 4 kg"),
        ("3x(6/4/20)", "3 rounds"),
        ("1/dir", "1 circle each way"),
        ("2x3/dir @8", "2 × 3 circles each way"),
        ("flow 2x1min", "2 × 1 min"),
    ],
)
def test_a_dose_in_brief_is_for_people(text: str, words: str) -> None:
    assert notation.brief(notation.read(text).prescription) == words


AMOUNT = "an amount is expected here, such as 2x30s, 2x10, 3/dir or 3x(6/4/20)"


@pytest.mark.parametrize(
    ("text", "usual", "sentence"),
    [
        ("^", HOLD, AMOUNT),
        ("^x30s", HOLD, AMOUNT),
        ("2 ^x 10", BRIDGE, '"x" has no meaning here'),
        ("^2x30", HOLD, 'usually this is 2x30s; for another kind, name it: "reps ..."'),
        ("^2x30sec", HOLD, AMOUNT),
        ("hold ^", HOLD, AMOUNT),
        (
            "^hodl 2x30s",
            HOLD,
            '"hodl" is not a kind of dose: hold, reps, contract-relax, pails-rails, cars, flow (did you',
        ),
        ("reps ^3/dir", HOLD, 'this is the amount of "cars", not of "reps"'),
        ("3x(^6/4)", ROUND, "in brackets stand 3 numbers (contract-relax) or 5 (pails-rails)"),
        ("^3x(6/4/)", ROUND, AMOUNT),
        ("2x30s ^quickly", HOLD, '"quickly" has no meaning here'),
        ("2x30s ^reste 5s", HOLD, '"reste" has no meaning here (did you mean "rest"?)'),
        ("2x30s ^@2-2", HOLD, '"@" has no meaning here'),
        ("2x30s ^", HOLD, '"" has no meaning here'),
        ("2x30s rest ^", HOLD, "a time such as 30s or 2min is expected here"),
        ("2x30s rest ^5", HOLD, "a time such as 30s or 2min is expected here"),
        ("2x30s rest 5s rest ^6s", HOLD, "this is said twice"),
        ("2x10 @^", BRIDGE, "a tempo such as 2-1-2, in seconds, is expected here"),
        ("2x10 @^2--2", BRIDGE, "a tempo such as 2-1-2, in seconds, is expected here"),
        ("2x10 @^1-1-1-1-1", BRIDGE, "each of 5 beats needs its word, such as `lower 3`"),
        ("2x10 effort ^50%", BRIDGE, "two per cents such as 20-50% is expected here"),
        ("3x(6/4/20) effort ^none", ROUND, "two per cents such as 20-50% is expected here"),
        ("3/dir @^8s", CIRCLES, "a number of seconds is expected here"),
        ("3/dir ^4kg", CIRCLES, '"4kg" has no meaning here'),
        ("2x10 ^0 kg", BRIDGE, "a load is more than 0 and at most 200 kg"),
        ("2x10 ^201kg", BRIDGE, "a load is more than 0 and at most 200 kg"),
        ("2x10 4 kg ^red band", BRIDGE, "this is said twice"),
        ("2x10 ^pink band", BRIDGE, '"pink" has no meaning here'),
        ("2x10 load ^heavy", BRIDGE, "a load such as 4 kg or red band is expected here"),
    ],
)
def test_what_is_not_understood_is_told_at_its_place(text: str, usual: Prescription, sentence: str) -> None:
    with pytest.raises(notation.Fault) as caught:
        notation.read(text.replace("^", ""), usual)
    assert (caught.value.offset, caught.value.sentence[: len(sentence)]) == (text.index("^"), sentence)


# ---- written back ----

FIELDS = {
    "tempo": st.lists(
        st.tuples(st.sampled_from(["lift", "lower slowly", "rest", "hold", "s'étirer", "x"]), st.integers(1, 3600)),
        min_size=1,
        max_size=12,
    ).map(tuple),
    "_s": st.integers(0, 3600),
    "load": st.none() | st.sampled_from(["4 kg", "2.5 kg", "200 kg", "red band", "gold band"]),
    "_pct": st.tuples(st.integers(0, 100), st.integers(0, 100)),
    "": st.integers(1, 100),
}


def prescriptions(kind: str) -> st.SearchStrategy[Prescription]:
    fields = [next(values for end, values in FIELDS.items() if name.endswith(end)) for name in KINDS[kind]._fields]
    if kind == "reps":
        fields[-2] = st.none() | fields[-2]
    return st.tuples(*fields).map(KINDS[kind]._make)


ANY = st.sampled_from(list(KINDS)).flatmap(prescriptions)


def test_two_kinds_are_never_equal_whatever_their_numbers() -> None:
    ones = {kind: made._make([1] * len(made._fields)) for kind, made in KINDS.items()}
    for kind, one in ones.items():
        assert one == KINDS[kind]._make(tuple(one))
        assert not one != KINDS[kind]._make(tuple(one))  # noqa: SIM202 -- the operator is what is tested
        # Nor does it equal the numbers alone, so that no kind to come can equal it either.
        others: list[object] = [tuple(one), *(each for name, each in ones.items() if name != kind)]
        assert one not in others
        assert all(one != other and other != one for other in others)
    assert len({*ones.values()}) == len(KINDS)


@given(ANY, st.none() | ANY)
def test_what_is_written_is_read_as_the_same(prescription: Prescription, usual: Prescription | None) -> None:
    text = notation.write(prescription, usual)
    assert notation.read(text, usual).prescription == prescription
    assert re.fullmatch(notation.PATTERN, text)


@given(st.data())
def test_the_same_amount_of_another_exercise_of_the_kind_is_written_as_little_as_can_be(data: st.DataObject) -> None:
    prescription = data.draw(ANY)
    text = notation.write(prescription, prescription)
    assert notation.read(text, prescription).prescription == prescription
    assert not {"rest", "effort", "tension", "settle", "later"} & set(text.split())


@given(st.text(alphabet="0123456789x/()@- %smindr abcdefghijklmnop\n\u202e\x1b"), st.none() | ANY)
def test_any_text_is_a_dose_or_a_fault_within_it(text: str, usual: Prescription | None) -> None:
    try:
        places = list(notation.read(text, usual).at.values())
    except notation.Fault as fault:
        places = [fault.offset]
    else:
        assert re.fullmatch(notation.PATTERN, text)
    assert all(0 <= place <= len(text) for place in places)


def test_the_dose_of_everything_shipped_can_be_written_in_a_routine(catalogue: Catalogue) -> None:
    for each in catalogue.exercises.values():
        assert notation.read(notation.write(each.prescription)).prescription == each.prescription


# ---- in files ----


def steps(catalogue: Catalogue, folder: Path, *lines: str) -> tuple[Step, ...]:
    content = "routines:\n  - id: mine\n    name: Mine\n    why: So.\n    steps:\n"
    (folder / "f.yaml").write_text(content + "".join(f"      - {line}\n" for line in lines), encoding="utf-8")
    return overlay.read([folder / "f.yaml"], catalogue).routines["mine"].steps


def test_a_routine_is_a_line_a_step(catalogue: Catalogue, tmp_path: Path) -> None:
    found = steps(
        catalogue,
        tmp_path,
        "half-kneeling-hip-flexor 2x30s",
        "glute-bridge 2x10 @2-2-3",
        "supine-figure-four contract-relax 3x(6/4/20)",
        "hip-cars-quadruped 3/dir",
        "warm-up-march",
        "'glute-bridge   2x5'",
        "{exercise: glute-bridge, set: {sets: 1}}",
    )
    prescriptions = {each.id: each.prescription for each in catalogue.exercises.values()}
    assert found == (
        Step("half-kneeling-hip-flexor", Hold(2, 30, 10)),
        Step("glute-bridge", prescriptions["glute-bridge"]),
        Step("supine-figure-four", ContractRelax(15, 3, 6, (20, 50), 4, 20)),
        Step("hip-cars-quadruped", prescriptions["hip-cars-quadruped"]),
        Step("warm-up-march", prescriptions["warm-up-march"]),
        Step("glute-bridge", BRIDGE._replace(reps=5)),
        Step("glute-bridge", BRIDGE._replace(sets=1)),
    )


@pytest.mark.parametrize(
    ("line", "sentences"),
    [
        ("^glute-brigde 2x10", ['there is no exercise "glute-brigde" (did you mean "glute-bridge"?)']),
        ("^Glute bridge", ["an id is expected here: small letters, digits and hyphens, at most 64"]),
        ("glute-bridge ^2x30s", ['usually this is 2x10 @2-2-3; for another kind, name it: "hold ..."']),
        ("'glute-bridge ^2x30s'", ['usually this is 2x10 @2-2-3; for another kind, name it: "hold ..."']),
        ("glute-bridge ^0x^101 @2-^0-3", [
            'a whole number from 1 to 100 is expected here, not "0"',
            'a whole number from 1 to 100 is expected here, not "101"',
            'a whole number from 1 to 3600 is expected here, not "0"',
        ]),
        ("couch-stretch 2x^61min", ['a whole number from 1 to 3600 is expected here, not "3660"']),
        ("glute-bridge 2x10 effort ^50-20%", ["an effort is [start, ceiling] in per cent, the smaller first"]),
        ("glute-bridge 2x10 ^slowly", ['"slowly" has no meaning here']),
    ],
)  # fmt: skip
def test_a_fault_in_a_line_is_told_with_its_place(
    catalogue: Catalogue, tmp_path: Path, line: str, sentences: list[str]
) -> None:
    before, *rest = line.split("^")
    columns = [9 + len(before)]
    for part in rest[:-1]:
        columns.append(columns[-1] + len(part))
    if "@" in line:
        columns[-1] = 9 + line.replace("^", "").index("@") + 1  # a tempo is one place
    with pytest.raises(FileProblems) as caught:
        steps(catalogue, tmp_path, line.replace("^", ""))
    found = [(each.line, each.column, each.sentence) for each in caught.value.problems]
    assert found == [(6, column, sentence) for column, sentence in zip(columns, sentences, strict=True)]


def test_an_exercise_may_say_its_dose_in_words(catalogue: Catalogue, tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_text(
        "exercises:\n"
        "  - {id: a, extends: couch-stretch, prescription: 1x45s}\n"
        "  - {id: b, extends: couch-stretch, prescription: reps 3x8 @press 3-let go 2}\n",
        encoding="utf-8",
    )
    found = overlay.read([tmp_path / "f.yaml"], catalogue).exercises
    assert found["a"].prescription == Hold(1, 45, 15)
    assert found["b"].prescription == Reps(3, 8, (("press", 3), ("let go", 2)), 30)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_declared_whole(kind: str) -> None:
    """The fields that a declaration names are fields of the kind, in ranges and bands that hold its usual dose."""
    declared, dose = declared_as(kind), usual(kind)
    assert KINDS[kind] in get_args(Prescription)
    assert set(declared.fields) == set(dose._fields)
    assert dose[: len(declared.usual)] == declared.usual
    assert {declared.eased, *(rung.field for rung in declared.ladder)} <= set(declared.fields)
    assert len(declared.amount) + len(declared.options) == len(declared.fields)
    assert out_of_range(dose) is None
    assert sets_of(dose) == getattr(dose, declared.amount[0])
    assert notation.read(notation.write(dose)).prescription == dose
    assert 0 < length(dose).work_s <= length(dose).whole_s
    assert declared.fields[declared.eased].unit
    assert declared.fields[declared.sets].unit
    assert length(eased(dose)).work_s < length(dose).work_s
    assert set(declared.avoid) <= set(CONDITIONS)
    for name, field in declared.fields.items():
        value = getattr(dose, name)
        number = value[1] if field.sort is Sort.EFFORT and value else value
        assert field.band is None or number is None or field.band.lowest <= number <= field.band.highest


@pytest.mark.parametrize(
    ("dose", "told"),
    [
        (Hold(101, 30, 0), "sets is 1 to 100"),
        (Hold(1, 30, 3601), "rest_s is 0 to 3600"),
        (Reps(1, 10, (("lift", 1),) * 13, 0), "a tempo has at most 12 beats"),
        (Reps(1, 10, (("lift", 0),), 0), "tempo is 1 to 3600"),
        (ContractRelax(0, 1, 5, (20, 101), 5, 5), "effort_pct is 0 to 100"),
    ],
)
def test_what_is_out_of_range_is_named(dose: Prescription, told: str) -> None:
    assert out_of_range(dose) == told


@pytest.mark.parametrize(
    ("dose", "words"),
    [
        (HOLD, "2 times 30 s"),
        (BRIDGE._replace(load="4 kg"), "2 sets of 10, slow: lift 2 s, squeeze 2 s, lower 3 s; 4 kg"),
        (BRIDGE._replace(sets=1, tempo=(("lift", 1), ("lower", 1))), "10 reps"),
        (MARCH, "2 min"),
        (ROUND, "2 rounds"),
        (CIRCLES._replace(sets=2), "2 times 4 circles each way"),
    ],
)
def test_a_dose_can_be_read_aloud(dose: Prescription, words: str) -> None:
    assert notation.in_words(dose) == words
