"""What is written by hand: sessions afterwards, days of rest, goals, and taking back. It is 2026-11-23, a Monday."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from hiproutine import paths
from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.prescription import Reps
from hiproutine.coach.session import of_exercise
from hiproutine.errors import HiproutineError
from hiproutine.history.past import Past
from hiproutine.history.records import Goal, Pain, Rest, SessionRecord, fields_of, read_record
from hiproutine.history.store import Store
from hiproutine.practice import recording
from hiproutine.practice.resume import course
from hiproutine.settings.model import Manner
from tests.conftest import HandClock, Run


def past() -> Past:
    where = paths.find()
    return Store(where.data / "history", where.state).read()


def test_a_session_is_logged_as_done_now(run: Run, clock: HandClock) -> None:
    assert run("log", "four-everyday").lines == [
        "Logged for Mon 2026-11-23: four-everyday, 4 of 4 done, 7:00 min of exercise, added later.",
        "1 day in a row, best 1. Today is done.",
    ]
    (session,) = past().of(SessionRecord)
    assert session.counts
    assert (session.day, session.end, session.logged_at) == (date(2026, 11, 23), clock.start, clock.start)
    assert session.opening.routine == "four-everyday"


def test_a_session_of_yesterday_is_logged_at_its_noon(run: Run) -> None:
    run("log", "supine-butterfly", "--day", "yesterday")
    run("log", "supine-butterfly", "--day", "2026-11-21")
    assert [(session.day, session.start) for session in past().of(SessionRecord)] == [
        (date(2026, 11, day), datetime(2026, 11, day, 11, tzinfo=UTC)) for day in (21, 22)
    ]
    assert run("streak", "--json").json["streak"] == 2


def test_so_many_minutes_are_the_first_of_the_session(run: Run) -> None:
    assert "1 of 4 done, 2:07 min" in run("log", "four-everyday", "--minutes", "3").lines[0]
    (session,) = past().of(SessionRecord)
    assert [step.end for step in session.steps] == ["done", "done", "shortened", *["skipped"] * 4]
    assert (session.end - session.start).total_seconds() == 180


def test_what_finished_no_exercise_makes_no_day_and_says_so(run: Run) -> None:
    said = run("log", "glute-bridge", "--minutes", "1").lines
    assert said[1] == "The day does not count as done, because no exercise was finished."
    assert past().of(SessionRecord)[0].counts is False


def test_more_minutes_than_it_takes_are_refused_with_what_to_do(run: Run) -> None:
    said = run("log", "glute-bridge", "--minutes", "100")
    assert said.code == 1
    assert said.err == "hiproutine: glute-bridge takes 3:25 min; leave --minutes out if it was done in full\n"
    assert past().of(SessionRecord) == ()


@pytest.mark.parametrize(
    "words",
    [
        ("log", "four-everyday", "--day", "2026-11-15"),
        ("log", "four-everyday", "--day", "tomorrow"),
        ("log", "four-everyday", "--day", "2026-02-30"),
        ("log", "four-everyday", "--day", "someday"),
        ("log", "four-everyday", "--minutes", "0"),
        ("log", "four-everyday", "--minutes", "half"),
        ("log",),
        ("rest", "2026-10-01"),
        ("rest", "2028-01-01"),
        ("goal", "8/7"),
        ("goal", "5/6"),
        ("goal", "5/7", "--rest", "someday"),
        ("goal", "6/7", "--rest", "sat,sun"),
        ("goal", "--rest", "sat"),
        ("goal", "5/7", "--week-starts", "noon"),
        ("undo", "everything"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_meant_is_wrong_usage_and_writes_nothing(run: Run, words: tuple[str, ...]) -> None:
    said = run(*words)
    assert said.code == 2
    assert said.err.splitlines()[-1].startswith(f"hiproutine {words[0]}: error: ")
    assert past() == Past()


def test_days_of_rest_are_written_once(run: Run) -> None:
    assert run("rest").lines[0] == "Mon 2026-11-23 is a rest day."
    said = run("rest", "today", "yesterday", "2026-12-24", "2026-12-24")
    assert said.lines[:2] == ["Mon 2026-11-23 is already a rest day.", "Sun 2026-11-22 is a rest day."]
    assert [rest.day for rest in past().of(Rest)] == [date(2026, 11, 22), date(2026, 11, 23), date(2026, 12, 24)]


def test_a_day_of_rest_keeps_the_streak(run: Run) -> None:
    for day in ("2026-11-19", "2026-11-20", "2026-11-22"):
        run("log", "supine-butterfly", "--day", day)
    assert run("streak", "--json").json["streak"] == 1
    run("rest", "2026-11-21")
    assert run("streak", "--json").json["streak"] == 3


def test_a_goal_holds_from_today_on(run: Run) -> None:
    unset = "No goal is set: every day counts for your streak, and the coach plans for 5 days a week."
    assert run("goal").lines == [unset]
    assert run("goal", "5/7", "--rest", "Sunday,sat").lines == [
        "Since 2026-11-23: goal of 5 days a week, rest days sat, sun."
    ]
    (goal,) = past().of(Goal)
    assert goal[1:] == Goal("", date(2026, 11, 23), goal.at, 5, ("sat", "sun"), "mon")[1:]
    assert run("goal").lines == ["Since 2026-11-23: goal of 5 days a week, rest days sat, sun."]
    run("undo")
    assert run("goal", "3", "--week-starts", "sun", "--json").json == {
        "from": "2026-11-23",
        "days_per_week": 3,
        "rest_days": [],
        "week_starts": "sun",
    }
    assert run("streak", "--json").json["days_per_week"] == 3


def test_the_goal_is_one_setting_with_the_days_of_the_coach(run: Run, home: Path) -> None:
    file = home / ".config" / "hiproutine" / "settings.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("minutes: 10\ndays_per_week: 3\nrest_days: [mon]\n", encoding="utf-8")
    assert "the coach plans for 3 days a week" in run("goal").out
    assert "Today is one of your rest days" in run("today").out
    run("goal", "6", "--rest", "sun")
    assert file.read_text(encoding="utf-8") == "minutes: 10\n"
    assert "rest days" not in run("today").out


def test_undo_takes_back_what_was_written_last_one_after_the_other(run: Run) -> None:
    run("log", "supine-butterfly", "--day", "yesterday")
    run("goal", "5/7")
    ids = {past().of(SessionRecord)[0].id, past().of(Goal)[0].id}
    said = [run("undo").lines[0], run("undo").lines[0]]
    assert sorted(said) == [
        "Taken back: Mon 2026-11-23, goal of 5 days a week.",
        "Taken back: Sun 2026-11-22, Lying butterfly, 1 of 1 done, 1:00 min of exercise, added later.",
    ]
    assert past() == Past()
    again = run("undo")
    assert (again.code, again.err) == (1, "hiproutine: there is nothing to undo: the history is empty\n")
    (path,) = (paths.find().data / "history").iterdir()
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert {record["ref"] for record in records if record["kind"] == "void"} == ids
    assert len(records) == 4


def test_undo_lets_a_session_alone_that_is_going_on(run: Run, store: Store, clock: HandClock) -> None:
    from hiproutine.history.records import Opening, StepRecord

    where = paths.find()
    going_on = Store(where.data / "history", where.state)
    step = StepRecord("a", "A", None, 1000, 0, "skipped")
    journal = going_on.begin(Opening("j", date(2026, 11, 23), clock.now(), 60, None, 240, "a", None, ""), [step])
    journal.add(0, step._replace(held_ms=1000, end="done"), clock.now())
    assert run("undo").code == 1
    going_on.write(Rest("r", date(2026, 11, 22), clock.now()))
    assert "rest day" in run("undo").lines[0]


def test_pain_is_noted_with_what_follows(run: Run) -> None:
    assert run("pain", "2").lines == ["Mon 2026-11-23: pain 2 of 10 before.", "Nothing changes today."]
    assert run("pain", "7").lines[1].startswith("Pain is 7 of 10: gentle moves lying or sitting only.")
    assert [pain.score for pain in past().of(Pain)] == [7]  # within minutes the second puts the first right
    assert run("undo").lines[0] == "Taken back: Mon 2026-11-23, pain 7 of 10 before."


def test_pain_after_a_session_belongs_to_it(run: Run) -> None:
    said = run("pain", "3", "--after")
    assert (said.code, said.err) == (
        1,
        "hiproutine: no session today; leave out --after to record pain before practising\n",
    )
    run("pain", "0")
    run("log", "supine-butterfly")
    assert run("pain", "4", "--after").lines[1].startswith("4 above what it was before: ")
    found = past()
    assert {(pain.when, pain.session) for pain in found.of(Pain)} == {
        ("before", None),
        ("after", found.of(SessionRecord)[0].id),
    }
    assert run("pain", "1", "--after").lines[1] == "Noted: nothing changes."
    assert run("pain", "10", "--after").lines[1].startswith("That is too much")


@pytest.mark.parametrize("word", ["11", "-1", "much", "3.5", "\u0663"])
def test_a_level_is_a_whole_number_up_to_ten(run: Run, word: str) -> None:
    said = run("pain", "--", word)
    assert said.code == 2
    assert "is not a whole number from 0 to 10" in said.err


def test_a_disk_that_takes_nothing_is_told(run: Run) -> None:
    folder = paths.find().data
    folder.parent.mkdir(parents=True)
    folder.write_text("in the way")
    for words in (("log", "supine-butterfly"), ("pain", "3"), ("rest",), ("goal", "5/7"), ("undo",)):
        said = run(*words)
        assert (said.code, said.out) == (1, "")
        assert str(folder) in said.err


def test_the_history_may_be_in_a_folder_of_ones_own(run: Run, home: Path, tmp_path: Path) -> None:
    settings = paths.find().config / "settings.yaml"
    settings.parent.mkdir(parents=True)
    settings.write_text("history_folder: ~/shared/hips\n")
    run("log", "supine-butterfly")
    assert len(list((home / "shared" / "hips").iterdir())) == 1
    assert run("streak", "--json").json["streak"] == 1
    settings.write_text("# history_folder: /elsewhere\n")
    assert run("streak", "--json").json["streak"] == 0
    settings.write_text("history_folder: shared\n")
    said = run("streak")
    assert said.code == 1
    assert said.err == f'{settings}:1:17: "shared" is not a full path; begin with / or ~/\n'


def test_what_takes_more_than_a_day_is_not_logged_whole(catalogue: Catalogue, clock: HandClock) -> None:
    long = Reps(sets=100, reps=100, tempo=(("down", 3600), ("up", 3600)), rest_s=0)
    session = of_exercise(catalogue.exercises["glute-bridge"]._replace(prescription=long))
    ahead = course(session, Manner())
    with pytest.raises(HiproutineError, match="takes more than a day"):
        recording.logged(ahead, clock, "0", date(2026, 11, 23))
    record = recording.logged(ahead, clock, "0", date(2026, 11, 23), minutes=30)
    assert read_record(fields_of(record))
