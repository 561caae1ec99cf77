"""Results of pages: what they say becomes records, and what cannot be is refused. It is 2026-11-23 07:30, UTC+1."""

import shlex
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiproutine.cli.pages import _quoted
from hiproutine.errors import HiproutineError
from hiproutine.history.past import Past
from hiproutine.history.records import Hurt, Pain, Record, SessionRecord
from hiproutine.page import result
from hiproutine.practice.recording import planned
from tests.conftest import PARIS_WINTER, HandClock, Run
from tests.page.pages import EXERCISES, SESSION, course_of, data_of

STEPS = "l60,r60,l60,r60,b60,l60,r60"
ALL = f"2026-11-23T06:10:00.000Z/700/650.5/{STEPS}"


def records(text: str, past: Past | None = None, plan: str = SESSION) -> list[Record]:
    return result.records(result.read(text), course_of(plan), EXERCISES, past or Past(), HandClock(), app="0.1.0")


def test_a_whole_session_is_recorded_as_if_practised_here() -> None:
    (session,) = records(ALL)
    assert isinstance(session, SessionRecord)
    assert (session.day, session.counts, session.active_ms) == (date(2026, 11, 23), True, 650_500)
    assert session.start == datetime(2026, 11, 23, 7, 10, tzinfo=PARIS_WINTER)
    assert session.end - session.start == timedelta(seconds=700)
    assert (session.opening.routine, session.opening.offset_min, session.opening.zone) == (SESSION, 60, "Europe/Paris")
    expected = [step._replace(held_ms=60_000, end="done") for step in planned(course_of(SESSION).timeline)]
    assert list(session.steps) == expected


def test_what_was_held_in_part_skipped_or_hurt_is_recorded_so() -> None:
    text = "2026-11-23T06:10:00.000Z/300/250/l60,r12.3h4,l0,r0.5h10x,b0,l0,r0/p6"
    session, first, second, pain = records(text)
    assert isinstance(session, SessionRecord)
    assert [step.end for step in session.steps] == ["done", "hurt", "skipped", "hurt", "skipped", "skipped", "skipped"]
    assert [step.held_ms for step in session.steps][:4] == [60_000, 12_300, 0, 500]
    assert isinstance(first, Hurt)
    assert isinstance(second, Hurt)
    hurts = [(each.exercise, each.side, each.score, each.chose, each.session) for each in (first, second)]
    assert hurts == [
        ("half-kneeling-hip-flexor", "right", 4, "skip", session.id),
        ("supine-figure-four", "right", 10, "stop", session.id),
    ]
    assert isinstance(pain, Pain)
    assert (pain.score, pain.when, pain.session) == (6, "after", session.id)


def test_what_became_easier_or_shorter_is_recorded_with_the_variant() -> None:
    session, *hurts = records("2026-11-23T06:10:00.000Z/300/250/l20h2sh3e1,l30,r20,r0,l60,r60,b0,l0,r0")
    assert isinstance(session, SessionRecord)
    assert [(step.exercise, step.side, step.end) for step in session.steps[:4]] == [
        ("half-kneeling-hip-flexor", "left", "hurt"),
        ("supine-edge-psoas", "left", "shortened"),
        ("supine-edge-psoas", "right", "shortened"),
        ("half-kneeling-hip-flexor", "right", "skipped"),
    ]
    assert [(each.score, each.chose, each.exercise) for each in hurts if isinstance(each, Hurt)] == [
        (2, "shorter", "half-kneeling-hip-flexor"),
        (3, "easier", "half-kneeling-hip-flexor"),
    ]


def test_where_it_hurt_is_recorded_on_the_working_side_unless_the_other_was_said() -> None:
    wheres = {"": (None, "left"), "k": ("knee", "left"), "kr": ("knee", "right"), "r": (None, "right")}
    for code, where in wheres.items():
        for end in ("", "s", "x"):
            _, hurt = records(f"2026-11-23T06:10:00.000Z/300/250/l20h5{code}{end},r60,l0,r0,b0,l0,r0")
            assert isinstance(hurt, Hurt)
            assert (hurt.area, hurt.side, hurt.score) == (*where, 5)


def test_where_it_hurts_afterwards_is_recorded() -> None:
    for text, where in {"p3fl": ("front-of-hip", "left"), "p10k": ("knee", None), "p2r": (None, "right")}.items():
        *_, pain = records(f"{ALL}/{text}")
        assert isinstance(pain, Pain)
        assert (pain.area, pain.side) == where
    *_, none = records(f"{ALL}/p0fl")
    assert isinstance(none, Pain)
    assert (none.score, none.area, none.side) == (0, None, None)


def test_the_same_result_is_recorded_once_and_its_pain_later() -> None:
    known = records(ALL)
    assert records(ALL, Past(known)) == []
    (pain,) = records(f"{ALL}/p0", Past(known))
    assert isinstance(pain, Pain)
    assert (pain.score, pain.session) == (0, known[0].id)
    assert records(f"{ALL}/p0", Past([*known, pain])) == []
    assert len(records(ALL.replace("06:10:00.000Z", "06:10:01.000Z"), Past(known))) == 1


def test_what_hurt_before_anything_was_held_is_kept() -> None:
    text = "2026-11-23T06:10:00.000Z/30/20/l0h7x,r0,l0,r0,b0,l0,r0"
    (hurt,) = records(text)
    assert isinstance(hurt, Hurt)
    assert (hurt.exercise, hurt.side, hurt.score, hurt.chose) == ("half-kneeling-hip-flexor", "left", 7, "stop")
    assert records(text, Past([hurt])) == []


def test_a_session_before_four_belongs_to_the_day_before() -> None:
    (session,) = records(ALL.replace("06:10", "02:50"))
    assert session.day == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "does not have the form"),
        ("x" * 30_000, "does not have the form"),
        (ALL.replace("l60,r60", "l60;r60"), "does not have the form"),
        (ALL.replace("2026-11-23T06:10:00.000Z", "2026-13-23T06:10:00.000Z"), "is not a time such as"),
        (ALL.replace("2026-11-23T06:10:00.000Z", "2026-11-23T06:10:00.000"), "has no zone"),
        (f"{ALL}/p11", "does not have the form"),
        (f"{ALL}/p3lf", "does not have the form"),
        (ALL.replace("b60", "b60h0"), "does not have the form"),
        (ALL.replace("b60", "l60"), "another session"),
        (ALL.replace(",b60", ""), "another session"),
        (ALL.replace("l60,r60", "l60h3e0,r60", 1), "another session"),
        (ALL.replace("l60,r60", "l60h3e7,l0,r60", 1), "another session"),
        (ALL.replace("l60,r60", "l60h3e,l0,r60", 1), "does not have the form"),
        (f"{ALL}h3e0", "another session"),
        (f"{ALL},l0h3e0,l0", "another session"),
        (ALL.replace("b60", "b60.1"), "longer than the session asks for"),
        (ALL.replace("/650.5/", "/300/"), "do not fit together"),
        (ALL.replace("/700/", "/600/"), "do not fit together"),
        ("2026-11-23T06:10:00.000Z/700/650/l0,r0,l0,r0,b0,l0,r0", "nothing was practised"),
        (ALL.replace("06:10", "06:40"), "of a time to come"),
        (ALL.replace("11-23T", "11-15T"), "more than 7 days old"),
    ],
)
def test_what_cannot_be_is_refused(text: str, why: str) -> None:
    with pytest.raises(HiproutineError, match=why):
        records(text)


@given(st.text(alphabet="0123456789TZ:.-/,lrbhxsepfk", max_size=80))
def test_any_text_is_a_result_or_refused(text: str) -> None:
    try:
        result.read(text)
    except HiproutineError:
        return
    assert text.count("/") >= 3


def test_the_command_logs_a_result(run: Run) -> None:
    said = run("log", SESSION, "--result", ALL.replace("r60,b60", "r30h5,b60"))
    assert said.lines == [
        "Logged for Mon 2026-11-23: four-everyday, 3 of 4 done, 6:30 min of exercise.",
        "Logged for Mon 2026-11-23: hurt 5 of 10 in supine-figure-four, right, chose skip.",
        "1 day in a row, best 1. Today is done.",
    ]
    assert run("log", SESSION, "--result", ALL).lines == ["That result is in the history already."]
    assert run("log", SESSION, "--result", ALL, "--day", "today").code == 2
    assert run("log", SESSION, "--result", "x").err == (
        "hiproutine: that is no result of a page: it does not have the form that the page writes; "
        "copy the whole line from it\n"
    )


def test_the_line_of_a_session_with_doses_is_a_command(run: Run) -> None:
    command = data_of(run("page", "glute-bridge 1x8 @2-1-2+clamshell 1x5 @2-1-3").out)["command"]
    assert command == 'hiproutine log "glute-bridge 1x8 @2-1-2+clamshell 1x5 @2-1-3" --result'
    _, *words = shlex.split(command)
    said = run(*words, "2026-11-23T06:10:00.000Z/200/150/b40,l30,r0")
    assert said.lines[0].startswith("Logged for Mon 2026-11-23: Glute bridge")


def test_no_word_of_a_tempo_is_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    for hostile in ('glute-bridge 1x8 @up"; `touch x` 2-down & $HOME 3', "glute-bridge 1x8 @it's 2-down 3"):
        assert shlex.split(_quoted(hostile)) == [hostile]
        assert "'" in _quoted(hostile)
    monkeypatch.setattr("sys.platform", "win32")
    assert _quoted('glute-bridge 1x8 @up" & calc 2-down 3+clamshell') == "glute-bridge+clamshell"
    assert _quoted("glute-bridge 1x8 @2-1-2") == '"glute-bridge 1x8 @2-1-2"'
