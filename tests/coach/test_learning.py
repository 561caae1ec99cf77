"""What is learned: how long changes of position take, and what is omitted, until the settings forget it."""

from datetime import timedelta

import pytest

from hiproutine.catalogue.model import Catalogue
from hiproutine.coach import session_editing
from hiproutine.coach.durations import together_s
from hiproutine.coach.learning import changes, changes_words, passed_over, skipped
from hiproutine.coach.objective import Asked, problem
from hiproutine.coach.ordering import in_order
from hiproutine.coach.planner import Plan, plan
from hiproutine.coach.progression import Suggestion
from hiproutine.coach.screening import screen
from hiproutine.coach.selection import length_s, pack
from hiproutine.coach.session import Item
from hiproutine.coach.weekly_volume import before
from hiproutine.day.events import Begin, Drop, Move, PlanLess, Put, Start, Swap
from hiproutine.day.runner import Runner
from hiproutine.day.words import today_words
from hiproutine.history.past import Past
from hiproutine.history.records import ChangeRecord, SessionRecord, StepRecord
from hiproutine.practice.timeline import compile_session
from hiproutine.settings.model import Changes, Manner, Profile
from tests.coach.test_weekly_volume import TODAY, practised
from tests.screens import Desk
from tests.tui.test_today import desk

__all__ = ["desk"]
PLANK, BRIDGE = "side-plank-knees", "glute-bridge"


def session(ago: int, *steps: tuple[str, int]) -> SessionRecord:
    """A session of (exercise, seconds held); without any, it was skipped."""
    made = practised(ago, *((name, None, held) for name, held in steps))
    return made._replace(steps=tuple(step if step.held_ms else skip(step.exercise) for step in made.steps))


def skip(name: str) -> StepRecord:
    return StepRecord(name, name, None, 20_000, 0, "skipped")


def left_out(ago: int) -> SessionRecord:
    return session(ago, (PLANK, 0), (BRIDGE, 140))


def lying_down(ago: int, *took_s: float, usual_s: float = 20) -> SessionRecord:
    """A session in which lying down took these seconds, and usually takes `usual_s`."""
    timed = (ChangeRecord("lie", round(1000 * usual_s), round(1000 * each)) for each in took_s)
    made = practised(ago, *((BRIDGE, None, 140) for _ in took_s))
    return made._replace(steps=tuple(step._replace(change=each) for step, each in zip(made.steps, timed, strict=True)))


@pytest.mark.parametrize(
    ("sessions", "lie_s"),
    [
        ([], 20),
        ([lying_down(1, 30, 30)], 20),  # too few
        ([lying_down(1, 30, 30), lying_down(2, 30)], 30),
        ([lying_down(1, 20, 26, 300)], 26),  # one long break is an outlier
        ([lying_down(1, 24, 26, 28, 30)], 27),
        ([lying_down(1, 200, 200, 200)], 60),
        ([lying_down(1, 1, 1, 1)], 10),
        ([lying_down(1, 40, 40, 40, usual_s=40)], 20),  # with twice the time to get ready as a setting
        ([lying_down(2, *[10] * 12), lying_down(1, *[30] * 12)], 30),  # the last ones count
        ([lying_down(0, 30, 30, 30)], 20),  # a day's plan stays the same on that day
    ],
)
def test_a_change_of_position_is_the_median_of_what_it_took_within_bounds(
    sessions: list[SessionRecord], lie_s: int
) -> None:
    assert changes(Past(sessions), TODAY) == Changes(lie=lie_s)


def test_what_was_learned_up_to_a_day_is_forgotten() -> None:
    past = Past([lying_down(3, 30, 30, 30), lying_down(1, 40, 40, 40)])
    after = [str(TODAY - timedelta(days=ago)) for ago in (4, 3, 1)]
    assert [changes(past, TODAY, each).lie for each in after] == [35, 40, 20]


def test_unknown_kinds_are_passed_over_and_the_words_name_what_differs() -> None:
    made = practised(1, *[(BRIDGE, None, 140)] * 3)
    odd = made._replace(steps=tuple(step._replace(change=ChangeRecord("fly", 1000, 9000)) for step in made.steps))
    assert changes(Past([odd]), TODAY) == Changes()
    assert changes_words(Changes()) == ""
    assert changes_words(Changes(near=11, lie=18)) == (
        "turning over 11 s instead of 8, lying down or getting up 18 s instead of 20"
    )


@pytest.mark.parametrize("learned", [Changes(9, 13, 28, 60), Changes(3, 4, 8, 10)])
def test_a_plan_keeps_its_minutes_in_the_time_that_the_person_takes(catalogue: Catalogue, learned: Changes) -> None:
    profile = Profile(minutes=15, level=3)
    usual, own = Manner(), Manner(changes=learned)
    for manner in (own, own._replace(familiar=frozenset()), own._replace(ready_factor=1.5)):
        made = plan(screen(catalogue, ()), profile, manner, Past(), TODAY)
        assert compile_session(made.session, manner).total_ms == 1000 * together_s(made.session.items, manner)
        assert compile_session(made.session, manner).total_ms <= 15 * 60_000
    longer = together_s(made.session.items, own) > together_s(made.session.items, usual)
    assert longer == (learned.same > usual.changes.same)


@pytest.mark.parametrize(
    ("sessions", "asked"),
    [
        ([left_out(1)], []),
        ([left_out(1), left_out(3)], [PLANK]),
        ([left_out(1), session(2, (PLANK, 40), (BRIDGE, 140)), left_out(3)], [PLANK]),
        ([left_out(1), left_out(28)], [PLANK]),
        ([left_out(1), left_out(29)], []),
        ([left_out(2), left_out(3), session(1, (BRIDGE, 140))], []),  # it was asked after the second
        ([left_out(1), left_out(2), left_out(3)], []),
        ([left_out(0), left_out(1)], []),
        ([], []),
    ],
)
def test_two_skips_in_four_weeks_are_asked_about_until_the_next_session(
    sessions: list[SessionRecord], asked: list[str]
) -> None:
    assert list(skipped(Past(sessions), TODAY)) == asked


def test_a_session_that_ended_early_skipped_nothing_and_one_side_is_no_skip() -> None:
    assert passed_over(session(1, (BRIDGE, 140), (PLANK, 0)).steps) == []
    assert passed_over((skip(PLANK), StepRecord(PLANK, PLANK, None, 1, 1, "done"), skip(BRIDGE))) == []
    short = skip(PLANK)._replace(end="shortened")  # there was less time
    assert passed_over((short, *session(1, (BRIDGE, 140)).steps)) == []


@pytest.mark.parametrize("learned", [Changes(9, 13, 28, 60), Changes(3, 4, 8, 10)])
def test_the_packer_reckons_with_the_time_that_the_person_takes(catalogue: Catalogue, learned: Changes) -> None:
    manner = Manner(changes=learned, ready_factor=2)
    exercises = [each for each in catalogue.exercises.values() if each.level == 1]
    wanted = Asked(40, Profile(minutes=40), manner, before((), catalogue.exercises, TODAY), most_new=99)
    asked = problem(exercises, wanted)
    chosen = pack(asked)
    groups = 0
    for option in chosen:
        groups |= option.group
    order = in_order(groups, learned)
    items = [(each.exercise, each.prescription) for group in order for each in chosen if each.group == group]
    assert len(items) > 10
    assert length_s(asked, chosen) == together_s(items, manner)


def test_what_was_dropped_or_swapped_out_counts_unless_it_was_done_after_all() -> None:
    def dropped(ago: int, *done: str) -> SessionRecord:
        made = session(ago, *((name, 40) for name in done))
        return made._replace(opening=made.opening._replace(left_out=(PLANK,)))

    past = Past([dropped(1, BRIDGE), left_out(3)])
    assert list(skipped(past, TODAY)) == [PLANK]
    assert list(skipped(Past([dropped(1, BRIDGE), dropped(2, BRIDGE, PLANK)]), TODAY)) == []


def test_what_was_dropped_or_swapped_on_today_is_in_the_record_of_the_session(desk: Desk) -> None:
    desk.set("minutes: 10\n")
    runner = Runner(desk.context())
    begun = list[Begin]()
    runner.front_end = lambda effect: begun.append(effect) if isinstance(effect, Begin) else None
    names = [item.exercise.id for item in runner.day.plan.session.items]
    runner.send(Drop(2))
    runner.send(Swap(1))
    runner.send(Move(0, down=True))
    runner.send(Start())
    leader = runner.leader(begun[0].course)
    leader.begin()
    leader.next()
    desk.clock.turn(1000)
    leader.tick()
    leader.stop()
    runner.ended(leader)
    (kept,) = desk.context().past.of(SessionRecord)
    assert kept.opening.left_out == (names[1], names[2])


def test_a_step_more_leaves_nothing_out(catalogue: Catalogue) -> None:
    made = planned(catalogue, Profile(minutes=10))
    here, gone = made.session.items[1], made.session.items[2]
    step = Suggestion(
        catalogue.exercises["couch-stretch"], here.prescription, "", here.exercise, here.prescription, TODAY
    )
    taken = (made.session.items[0], Item(step.exercise, step.prescription), *made.session.items[3:])
    draft = session_editing.begin(made._replace(suggestions=(step._replace(taken=taken),)))
    accepted = session_editing.accept(draft, draft.made.suggestions[0])
    assert accepted
    assert gone not in accepted[0].items
    assert accepted[0].plan.session.left_out == ()
    without = session_editing.drop(accepted[0], 0)
    assert without
    assert without.plan.session.left_out == (made.session.items[0].exercise.id,)


def planned(catalogue: Catalogue, profile: Profile, *sessions: SessionRecord) -> Plan:
    return plan(screen(catalogue, ()), profile, Manner(), Past(sessions), TODAY)


def test_what_is_planned_less_gives_its_place_to_something_else(catalogue: Catalogue) -> None:
    profile = Profile(minutes=10, focus=(("buttock", 3),))
    for name in [item.exercise.id for item in planned(catalogue, profile).session.items][1:]:
        less = planned(catalogue, profile._replace(planned_less=(name,)))
        assert name not in [item.exercise.id for item in less.session.items]


def test_the_question_has_a_key_and_is_asked_of_no_exercise_that_is_on_the_list(catalogue: Catalogue) -> None:
    made = planned(catalogue, Profile(minutes=10), left_out(1), left_out(3))
    assert made.skipped
    assert made.skipped.id == PLANK
    (note,) = [note for note in made.notes if "omitted twice" in note]
    assert note.endswith(f"To plan it less: `planned_less: {PLANK}` in the settings.")
    again = planned(catalogue, Profile(minutes=10, planned_less=(PLANK,)), left_out(1), left_out(3))
    assert again.skipped is None
    assert not any("omitted twice" in note for note in again.notes)


def test_one_key_puts_it_on_the_list_and_the_settings_take_it_back(desk: Desk) -> None:
    desk.set("minutes: 10\nfocus: {front-of-hip: 2}\n")
    runner = Runner(desk.context())
    today = runner.day.date
    for ago in (1, 3):
        done = left_out(ago)
        runner.context.store.write(
            done._replace(opening=done.opening._replace(day=today - timedelta(days=ago), start=done.start))
        )
    runner.refresh()
    words = today_words(runner.day.now, runner.day.past, runner.day.plan, runner.day.manner)
    assert any(note.endswith("was omitted twice in four weeks. y plans it less from now on.") for note in words.notes)
    runner.send(PlanLess())
    assert runner.day.settings.profile.planned_less == (PLANK,)
    assert runner.day.plan.skipped is None
    assert f"planned_less: {PLANK}" in desk.settings_file.read_text("utf-8")
    runner.send(Put("planned_less", None))
    assert not runner.day.settings.profile.planned_less
    assert runner.day.plan.skipped
