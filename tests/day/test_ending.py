"""The end of a session: what is special about it, what the week gained, what was less, and tomorrow."""

from datetime import timedelta
from pathlib import Path

import pytest

from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.session import find
from hiproutine.day.ending import EndingWords, ending
from hiproutine.day.events import Practised
from hiproutine.day.runner import Runner
from hiproutine.day.words import week_words
from hiproutine.history import making
from hiproutine.history.records import Hurt, Record, Rest, SessionRecord
from hiproutine.history.words import record_words
from hiproutine.practice import recording
from hiproutine.practice.resume import course
from hiproutine.settings.model import Manner
from tests.conftest import HandClock
from tests.screens import Desk


@pytest.fixture
def desk(tmp_path: Path, catalogue: Catalogue, clock: HandClock) -> Desk:
    return Desk(tmp_path, catalogue, clock)


def session(desk: Desk, ago: int, plan: str | None = None) -> SessionRecord:
    day = desk.clock.now().date() - timedelta(days=ago)
    return recording.logged(course(find(desk.catalogue, plan), Manner()), desk.clock, "1", day)


def at_the_end(desk: Desk, record: SessionRecord, *before: Record) -> EndingWords:
    for each in before:
        desk.store.write(each)
    runner = Runner(desk.context())
    desk.store.write(record)
    runner.send(Practised((record,)))
    return ending(runner.day, record, "Four stretches")


@pytest.mark.parametrize(
    ("days", "moment"),
    [
        ((), "Your first session."),
        ((1,), ""),
        ((1, 2, 3, 4, 5, 6), "7 days in a row: a week."),
        (tuple(range(1, 30)), "30 days in a row: a month."),
        (tuple(range(1, 100)), "100 days in a row: a hundred days."),
        ((1, 2, 3, 10, 11, 12), "Your longest streak so far: 4 days."),
        ((1, 2, 10, 11, 12), ""),
        ((0,), ""),
        ((0, *range(1, 7)), ""),
    ],
)
def test_a_moment_is_said_once(desk: Desk, days: tuple[int, ...], moment: str) -> None:
    found = at_the_end(desk, session(desk, 0), *(session(desk, ago) for ago in days))
    assert found.moment == moment


def test_a_programme_that_is_finished_is_said(desk: Desk) -> None:
    name, programme = next(iter(desk.catalogue.programmes.items()))
    now = desk.clock.now()
    stop = making.programme(now, now.date(), name, len(programme.phases), event="stop", why="enough")
    found = at_the_end(desk, session(desk, 0), session(desk, 3), stop)
    assert found.moment == f"{programme.name} is finished: {programme.weeks} weeks."


def test_the_week_of_each_area_has_its_gain(desk: Desk) -> None:
    found = at_the_end(desk, session(desk, 0), session(desk, 2))
    front = next(gain for gain in found.gained if gain.meter.label == "front of hip")
    assert (front.before, front.meter.value, front.meter.goal) == (1, 2, 7)
    assert front.meter.words == "2 of 7 min"
    assert found.less == ()


def test_what_was_less_has_its_reason(desk: Desk) -> None:
    whole = session(desk, 0)
    first, second, third, *others = whole.steps
    steps = (first._replace(held_ms=20_000, end="hurt"), second._replace(held_ms=0, end="skipped"), third, *others)
    record = whole._replace(steps=steps)
    hurt = Hurt("h", record.day, desk.clock.now(), record.id, first.exercise, first.side, 6, "skip")
    found = at_the_end(desk, record, hurt)
    assert found.less == (
        (f"{first.name}, left", "0:20 of 1:00, it hurt 6 of 10"),
        (f"{second.name}, right", "skipped"),
        (first.name, "rests until Mon 2026-11-30"),
    )
    assert found.done == "5 min, 3 of 4 done"  # exercises, not sides


def test_the_parts_add_up_to_the_whole_and_both_sides_are_said(desk: Desk) -> None:
    whole = session(desk, 0)
    steps = tuple(step._replace(held_ms=10_400, end="shortened") for step in whole.steps)
    found = at_the_end(desk, whole._replace(steps=steps))
    assert found.less[0] == (f"{steps[0].name}, both sides", "0:11 of 1:00")
    part = 11 * len(steps)
    assert f"{part // 60}:{part % 60:02} min of exercise" in record_words(whole._replace(steps=steps))


def test_today_says_of_the_last_session_what_its_end_said(desk: Desk) -> None:
    whole = session(desk, 0)
    record = whole._replace(steps=tuple(step._replace(held_ms=12_100) for step in whole.steps))
    done, day = at_the_end(desk, record).done, Runner(desk.context()).day
    assert week_words(day.now, day.past, day.plan, desk.catalogue.exercises).last.endswith(f", {done}")


def test_tomorrow_has_its_session_or_is_a_rest_day(desk: Desk) -> None:
    record = session(desk, 0)
    found = at_the_end(desk, record)
    assert found.tomorrow == "4 stretches to do everyday, 9 min"
    assert found.exercises[0][0] == "Half-kneeling hip flexor stretch"
    tomorrow = desk.clock.now().date() + timedelta(days=1)
    rest = at_the_end(desk, record, Rest("r", tomorrow, desk.clock.now()))
    assert (rest.tomorrow, rest.exercises) == ("A rest day.", ())


def test_each_name_has_its_short_one_with_the_side(desk: Desk) -> None:
    record = session(desk, 0)
    steps = tuple(step._replace(end="skipped" if step.side == "left" else "done") for step in record.steps)
    found = at_the_end(desk, record._replace(steps=steps))
    short = {each.name: each.short for each in desk.catalogue.exercises.values()}
    assert found.less
    assert {name: found.shorts[name] for name, _ in found.less} == {
        name: f"{short[name.removesuffix(', left')]}, left" for name, _ in found.less
    }
    assert all(found.shorts[name] == short[name] for name, *_ in found.exercises)
