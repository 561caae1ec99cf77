"""Self-checks: who may do them, along the clock, what is written, and what the values say. It is 2026-11-23, 07:30."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from textual.widgets import Input

from hiproutine import paths
from hiproutine.catalogue.model import Catalogue
from hiproutine.coach import self_checks
from hiproutine.coach.screening import screen
from hiproutine.coach.self_checks import CHECKS
from hiproutine.history.past import Past
from hiproutine.history.records import YES_NO, Check
from hiproutine.practice.cues import CueKind
from hiproutine.practice.self_check import Guide, so_far
from hiproutine.settings.model import Manner, Profile, Settings
from hiproutine.tui.screens.self_checks import CheckScreen, ChecksScreen
from tests.conftest import HandClock, Run
from tests.places import go
from tests.screens import SIZES, Desk, cut_off, text_of
from tests.tui.test_progress import session

TODAY = date(2026, 11, 23)
NAMED = {check.id: check for check in CHECKS}
REGULAR = ["hanging-leg", "knee-lift", "knee-to-wall", "ninety"]


def value(what: str, side: str, number: float, unit: str = YES_NO, ago: int = 0) -> Check:
    day = TODAY - timedelta(days=ago)
    return Check(
        f"{what}{side}{ago}", day, datetime(day.year, day.month, day.day, 8, tzinfo=UTC), what, side, number, unit
    )


def past(*found: Check, practised: int = 5) -> Past:
    sessions = tuple(session(TODAY - timedelta(days=ago), 60) for ago in range(practised, 0, -1))
    return Past((*sessions, *found))


def leg(side: str, thigh: float, knee: float, ago: int = 0) -> tuple[Check, Check]:
    return value("hanging-leg-thigh", side, thigh, ago=ago), value("hanging-leg-knee", side, knee, ago=ago)


# ---- who, and when ----


def test_each_check_is_like_an_exercise_with_or_without_sides(catalogue: Catalogue) -> None:
    for check in CHECKS:
        assert catalogue.exercises[check.like].sides in ("per_side", "both")
        assert check.hold_s > 0
    everything = [what for check in CHECKS for what in self_checks.units(check)]
    assert len(everything) == len(set(everything))


@pytest.mark.parametrize(
    ("conditions", "left"),
    [
        ((), [*REGULAR, "chair-stand-30s", "heel-raise-count", "squat-sit", "straddle-width"]),
        (("thr_posterior",), ["heel-raise-count"]),
        (
            ("knee_twist",),
            [*REGULAR[:-1], "chair-stand-30s", "heel-raise-count", "straddle-width"],
        ),
        (("balance",), [*REGULAR, "chair-stand-30s", "straddle-width"]),
        (("disc_acute",), [*REGULAR[1:], "chair-stand-30s", "heel-raise-count"]),
        (("neuro_progressive",), []),
    ],
)
def test_a_condition_that_hides_the_exercise_hides_the_check(
    catalogue: Catalogue, conditions: tuple[str, ...], left: list[str]
) -> None:
    screened = screen(catalogue, conditions)
    assert [check.id for check in self_checks.within_reach(screened, Profile(conditions=conditions))] == left


def test_a_check_needs_what_it_needs(catalogue: Catalogue) -> None:
    at_hand = Profile(equipment=("chair",))
    reach = [check.id for check in self_checks.within_reach(screen(catalogue, ()), at_hand)]
    assert reach == ["knee-lift", "chair-stand-30s", "heel-raise-count"]


def test_checks_are_due_every_two_weeks(catalogue: Catalogue) -> None:
    def due(found: Past) -> list[str]:
        return [check.id for check in self_checks.due(found, screen(catalogue, ()), Profile(), TODAY)]

    everything = REGULAR
    assert due(past()) == everything
    assert due(past(practised=2)) == []
    assert due(past(value("knee-to-wall", "left", 9, "cm", ago=13))) == ["hanging-leg", "knee-lift", "ninety"]
    assert due(past(value("knee-to-wall", "left", 9, "cm", ago=14))) == everything


# ---- what the values say ----


@pytest.mark.parametrize(
    ("found", "says", "prefers"),
    [
        ([], [], {}),
        (
            [*leg("left", 1, 1), *leg("right", 1, 1)],
            ["Left and right: the leg hangs freely: at the front of the hip strength comes before stretching."],
            {"front-of-hip": {"strength"}},
        ),
        (
            leg("left", 1, 1),
            ["Left: the leg hangs freely: at the front of the hip strength comes before stretching."],
            {},
        ),
        (
            [*leg("left", 0, 1), *leg("right", 1, 1)],
            [
                "Left: the thigh stays up: stretching the front of the hip is reasonable.",
                "Right: the leg hangs freely: at the front of the hip strength comes before stretching.",
            ],
            {"front-of-hip": {"stretch"}},
        ),
        (
            [*leg("left", 1, 0), *leg("right", 1, 0)],
            ["Left and right: the knee straightens: stretching the front of the thigh is reasonable."],
            {"front-of-thigh": {"stretch"}},
        ),
        (
            [value("knee-lift", "right", 14, "s")],
            ["Right: the knee lift is under 15 s, or cramps: lifting the knee is worth training."],
            {"front-of-hip": {"strength"}},
        ),
        ([value("knee-lift", "right", 15, "s")], [], {}),
        (
            [value("knee-to-wall-calf", "left", 1), value("knee-to-wall-pinch", "left", 1)],
            ["Left: a pinch at the front of the ankle: moving it comes before stretching."],
            {"ankle": {"mobility"}},
        ),
        (
            [value("knee-to-wall-calf", "left", 1)],
            ["Left: the calf pulls: stretching it is reasonable."],
            {"calf": {"stretch"}},
        ),
    ],
)
def test_values_say_what_facts_say(found: list[Check], says: list[str], prefers: Mapping[str, set[str]]) -> None:
    assert list(self_checks.readings(past(*found), TODAY)) == says
    assert self_checks.preferences(past(*found), TODAY) == prefers


def test_the_last_value_counts_and_an_old_one_says_nothing() -> None:
    before = [*leg("left", 0, 1, ago=20), *leg("right", 1, 1, ago=20)]
    assert self_checks.preferences(past(*before, *leg("left", 1, 1, ago=3)), TODAY) == {"front-of-hip": {"strength"}}
    assert self_checks.preferences(past(*before), TODAY + timedelta(days=37)) == {}


@pytest.mark.parametrize(
    ("what", "written", "found"),
    [
        ("hanging-leg-knee", " Yes ", 1),
        ("hanging-leg-knee", "n", 0),
        ("hanging-leg-knee", "1", None),
        ("knee-to-wall", "9,5", 9.5),
        ("knee-to-wall", "10 cm", 10),
        ("knee-to-wall", "61", None),
        ("knee-to-wall", "-1", None),
        ("knee-to-wall", "nan", None),
        ("knee-to-wall", "1e1", None),
        ("knee-lift", "15s", 15),
        ("knee-lift", "16", None),
        ("squat-sit", "30", 30),
        ("chair-stands", "12 stands", 12),
        ("heel-raises", "26", None),
        ("straddle-width", "180", 180),
    ],
)
def test_an_answer_is_read_or_refused(what: str, written: str, found: float | None) -> None:
    check = next(each for each in CHECKS if what in self_checks.units(each))
    assert self_checks.answer(self_checks.units(check)[what], self_checks.limits(check)[what], written) == found


# ---- along the clock ----


@pytest.fixture
def guide(catalogue: Catalogue, clock: HandClock) -> Callable[[str], tuple[Guide, list[Check]]]:
    def make(name: str) -> tuple[Guide, list[Check]]:
        written: list[Check] = []
        return Guide(
            NAMED[name], catalogue.exercises, Manner(extra_set=True, stiff_side="right"), clock, written.append
        ), written

    return make


def run_out(guide: Guide, clock: HandClock) -> list[CueKind]:
    """Lets the side pass until it is asked about."""
    heard = []
    while guide.wait_ms:
        clock.turn(guide.wait_ms)
        heard += [cue.kind for cue in guide.tick()]
    return heard


def test_a_check_leads_through_both_sides_the_stiff_one_first(
    guide: Callable[[str], tuple[Guide, list[Check]]], clock: HandClock
) -> None:
    lift, written = guide("knee-lift")
    assert [cue.kind for cue in lift.begin()] == [CueKind.READY]
    assert lift.side == "right"
    heard = run_out(lift, clock)
    assert CueKind.START in heard
    assert CueKind.SWITCH not in heard
    assert lift.asked
    assert lift.asked.check == "knee-lift-cramp"
    assert not lift.over
    assert CueKind.SWITCH in [cue.kind for cue in lift.answer(0)]
    assert lift.side == "left"
    lift.enough()
    clock.turn(1000)
    lift.tick()
    for _ in range(7):
        clock.turn(1000)
        lift.tick()
    lift.enough()
    assert lift.asked
    lift.answer(None)
    assert lift.over
    assert [(each.check, each.side, each.value, each.unit) for each in written] == [
        ("knee-lift", "right", 15, "s"),
        ("knee-lift-cramp", "right", 0, YES_NO),
        ("knee-lift", "left", 8, "s"),
    ]


def test_a_check_without_sides_is_done_once(
    guide: Callable[[str], tuple[Guide, list[Check]]], clock: HandClock
) -> None:
    squat, written = guide("squat-sit")
    squat.begin()
    assert squat.side is None
    assert CueKind.SWITCH not in run_out(squat, clock)
    squat.answer(1)
    squat.answer(0)
    assert squat.over
    assert [(each.check, each.side, each.value, each.unit) for each in written] == [
        ("squat-sit", None, 30, "s"),
        ("squat-heels", None, 1, YES_NO),
        ("squat-pinch", None, 0, YES_NO),
    ]


def test_time_in_which_nobody_was_led_makes_the_side_begin_again(
    guide: Callable[[str], tuple[Guide, list[Check]]], clock: HandClock
) -> None:
    lift, written = guide("knee-lift")
    lift.begin()
    lift.enough()
    for _ in range(10):
        clock.turn(1000)
        lift.tick()
    clock.turn(60_000)
    lift.tick()
    assert not lift.asked
    lift.enough()
    clock.turn(1000)
    lift.tick()
    clock.turn(1000)
    lift.tick()
    lift.enough()
    assert [each.value for each in written] == [2]


# ---- at the shell ----


def test_what_has_no_sides_is_recorded_for_both(run: Run) -> None:
    assert run("self-check", "chair-stands", "--both", "12").lines == ["Recorded: chair-stands: 12 stands."]
    found = run("self-check", "--json").json["checks"]
    (stands,) = next(each["values"] for each in found if each["check"] == "chair-stand-30s")
    assert (stands["side"], stands["value"], stands["unit"]) == (None, 12, "stands")
    for words in (["chair-stands", "--left", "12"], ["knee-to-wall", "--both", "9"], ["chair-stands", "--both", "61"]):
        said = run("self-check", *words)
        assert said.code == 2, words


# ---- what is shown ----


def test_what_was_found_is_told_side_by_side() -> None:
    check = NAMED["knee-to-wall"]
    assert so_far(check, past(), TODAY) == ("not done yet", ())
    found = past(
        value("knee-to-wall", "right", 8, "cm", ago=16),
        value("knee-to-wall", "right", 10.25, "cm", ago=15),
        value("knee-to-wall", "left", 9.5, "cm", ago=15),
        value("knee-to-wall-calf", "left", 1, ago=15),
    )
    assert so_far(check, found, TODAY) == (
        "15 days ago, due again",
        ("toes to wall: left 9.5 cm, right 10.25 cm", "calf pulls: left yes"),
    )


@pytest.fixture
def desk(tmp_path: Path, catalogue: Catalogue, clock: HandClock) -> Desk:
    return Desk(tmp_path, catalogue, clock)


@pytest.mark.parametrize("size", SIZES)
async def test_a_check_is_done_from_today(desk: Desk, size: tuple[int, int]) -> None:
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("C")
        await pilot.pause()
        assert isinstance(app.screen, ChecksScreen)
        assert text_of(app).count("not done yet") == len(CHECKS)
        assert list(cut_off(app)) == []
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert isinstance(app.screen, CheckScreen)
        assert "Knee to the wall, left side · ready" in text_of(app)
        assert list(cut_off(app)) == []
        await pilot.press("space", "space")
        await pilot.pause()
        assert "How far are the toes" in text_of(app)
        assert list(cut_off(app)) == []
        await pilot.press(*"far", "enter")
        await pilot.pause()
        assert "a number of cm" in text_of(app)
        app.screen.query_one(Input).value = "9,5"
        await pilot.press("enter", "y", "n")
        await pilot.pause()
        assert "Knee to the wall, right side" in text_of(app)
        await pilot.press("space", "space", "tab", "tab", "y")
        await pilot.pause()
        assert isinstance(app.screen, ChecksScreen)
        shown = text_of(app)
        assert "toes to wall: left 9.5 cm" in shown
        assert "calf pulls: left no, right yes" in shown
        assert "Left: a pinch at the front of the ankle" in shown
    written = {(each.check, each.side, each.value) for each in desk.store.read().of(Check)}
    assert written == {
        ("knee-to-wall", "left", 9.5),
        ("knee-to-wall-pinch", "left", 1),
        ("knee-to-wall-calf", "left", 0),
        ("knee-to-wall-calf", "right", 1),
    }


@pytest.mark.parametrize("size", SIZES)
async def test_a_check_says_what_to_be_careful_with(desk: Desk, size: tuple[int, int]) -> None:
    desk.settings = Settings(profile=Profile(conditions=("fai", "preg", "hf_strain", "disc_acute")))
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("C", "enter")
        await pilot.pause()
        assert list(cut_off(app)) == []
        shown = text_of(app)
        assert "Careful: Stay out of the pinch." in shown
        assert "Careful: If anything moves further down the leg, stop." in " ".join(shown.split())


async def test_keys_that_come_fast_reach_the_question(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await go(desk, pilot, ("C", "enter", "space", "space"))
        assert isinstance(app.screen, CheckScreen)
        assert app.screen._guide.asked


async def test_leaving_in_the_middle_keeps_what_was_answered(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("C", "enter")
        await pilot.pause()
        await pilot.press("space", "space", "y", "escape")
        await pilot.pause()
        assert isinstance(app.screen, ChecksScreen)
        assert "thigh low: left yes" in text_of(app)


async def test_answers_that_no_disk_takes_are_kept_until_one_does(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("C", "enter")
        await pilot.pause()
        with monkeypatch.context() as disk:
            disk.setattr(desk.store, "write", full)
            await pilot.press("space", "space", "y", "n", "escape")
            await pilot.pause()
            assert "No space left on device" in list(app._notifications)[-1].message
            assert "thigh low: left yes" in text_of(app)
        assert desk.store.read().of(Check) == ()
        app._refresh_today()
    assert {(each.check, each.value) for each in desk.store.read().of(Check)} == {
        ("hanging-leg-thigh", 1),
        ("hanging-leg-knee", 0),
    }


async def test_the_time_of_a_check_is_led_by_the_clock(desk: Desk, clock: HandClock) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("C", "down", "enter")
        await pilot.pause()
        await pilot.press("space")
        await pilot.pause()
        assert isinstance(app.screen, CheckScreen)
        for _ in range(15):
            clock.turn(1000)
            app.screen.tick()
        await pilot.pause()
        assert "Did it cramp?" in text_of(app)
    assert [(each.check, each.value) for each in desk.store.read().of(Check)] == [("knee-lift", 15)]


# ---- in the shell ----


def test_the_shell_says_what_to_be_careful_with(run: Run) -> None:
    settings = paths.find().config / "settings.yaml"
    settings.parent.mkdir(parents=True)
    settings.write_text("conditions: [fai]\n")
    assert any(line.startswith("  Careful: Stay out of the pinch.") for line in run("self-check").lines)


def test_the_shell_lists_and_writes(run: Run) -> None:
    assert "Knee to the wall: not done yet" in run("self-check").lines
    lines = run("self-check", "knee-to-wall", "--left", "9.5", "--right", "10").lines
    assert lines == ["Recorded: knee-to-wall, left: 9.5 cm.", "Recorded: knee-to-wall, right: 10 cm."]
    run("self-check", "hanging-leg-thigh", "--left", "no")
    lines = run("self-check").lines
    assert "  toes to wall: left 9.5 cm, right 10 cm" in lines
    assert "Left: the thigh stays up: stretching the front of the hip is reasonable." in lines
    found = run("self-check", "--json").json
    (wall,) = (each for each in found["checks"] if each["check"] == "knee-to-wall")
    assert [(each["side"], each["value"]) for each in wall["values"]] == [("left", 9.5), ("right", 10)]
    assert not wall["due"]
    assert len(found["readings"]) == 1


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("knee-to-wal", "--left", "1"), 1, 'did you mean "knee-to-wall"'),
        (("knee-to-wall",), 2, "give a result"),
        (("knee-to-wall", "--left", "far"), 2, '"far" is not a value in cm'),
        (("--left", "3"), 2, "name what you checked"),
    ],
)
def test_the_shell_says_what_is_wrong(run: Run, words: tuple[str, ...], code: int, says: str) -> None:
    said = run("self-check", *words)
    assert (said.code, says in said.err) == (code, True), said.err


async def test_today_says_when_checks_are_due(desk: Desk) -> None:
    desk.store.write(*(session(TODAY - timedelta(days=ago), 60) for ago in range(4, 0, -1)))
    app = desk.app()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        assert "4 self-checks are due: C." in text_of(app)
        assert list(cut_off(app)) == []
        await pilot.press("C", "enter")
        await pilot.pause()
        await pilot.press("space", "space", "y", "escape", "escape")
        await pilot.pause()
        assert "3 self-checks are due: C." in text_of(app)
