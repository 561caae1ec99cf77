"""Changing a session before it begins: no edit brings in what may not be done, and every edit can be taken back."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiproutine.catalogue.model import Catalogue, Exercise, Step
from hiproutine.catalogue.notation import brief
from hiproutine.catalogue.prescription import length
from hiproutine.coach import pain, session_editing
from hiproutine.coach.durations import together_s
from hiproutine.coach.eligibility import on_the_way
from hiproutine.coach.omissions import by_reason
from hiproutine.coach.ordering import STAGES, stage_of
from hiproutine.coach.planner import Plan, todays
from hiproutine.coach.profile import obstacle
from hiproutine.coach.progression import ladder, suggestion
from hiproutine.coach.requested import ruled
from hiproutine.coach.screening import Screened, screen
from hiproutine.coach.session import DEFAULT_ROUTINE, Item, find, of_exercises, of_items
from hiproutine.coach.session_editing import Choices, Draft
from hiproutine.coach.weekly_volume import before, too_soon
from hiproutine.errors import HiproutineError
from hiproutine.history.past import Past
from hiproutine.history.records import Hurt, Pain, SessionRecord
from hiproutine.practice.timeline import compile_session
from hiproutine.settings.model import Manner, Profile
from tests.coach.test_pain import hurt, level
from tests.coach.test_planner import somebody, somehow
from tests.coach.test_weekly_volume import TODAY, practised

NOBODY = Past((), ())
USUAL = Profile()


def made(
    catalogue: Catalogue,
    profile: Profile = USUAL,
    past: Past = NOBODY,
    manner: Manner = Manner(),  # noqa: B008
) -> tuple[Screened, Draft, Choices]:
    screened = screen(catalogue, profile.conditions)
    plan = todays(screened, profile, manner, past, TODAY)
    return screened, session_editing.begin(plan), session_editing.choices(screened, profile, manner, past, TODAY)


def added(draft: Draft, name: str, choices: Choices) -> tuple[Draft, int]:
    """The draft with one of the choices, and where that stands."""
    plan = ruled(choices.today, session_editing.alone(name, choices))
    assert plan.session.items[0].prescription == choices.items[name].prescription
    return session_editing.add(draft, plan)


def ids(draft: Draft) -> list[str]:
    return [item.exercise.id for item in draft.plan.session.items]


@pytest.mark.timeout(300)  # sixty days are planned and edited
@settings(max_examples=60)
@given(
    profile=somebody,
    manner=somehow,
    seed=st.integers(0, 2**32),
    hurting=st.tuples(st.lists(st.integers(0, 10), max_size=3), st.integers(0, 10)),
)
def test_no_edit_brings_in_what_may_not_be_done(
    catalogue: Catalogue, profile: Profile, manner: Manner, seed: int, hurting: tuple[list[int], int]
) -> None:
    (scores, worst), some = hurting, random.Random(seed)
    names = list(catalogue.exercises)
    hurts = tuple(hurt(some.randint(1, 6), name, worst) for name in some.sample(names, 8))
    done = practised(1, *((name, None, 60) for name in some.sample(names, 10)))
    past = Past((done, *tuple(level(ago, score) for ago, score in enumerate(scores)), *hurts))
    try:
        screened, draft, choices = made(catalogue, profile, past, manner)
    except HiproutineError:
        return
    first = set(ids(draft))
    known = before(past.of(SessionRecord), screened.catalogue.exercises, TODAY)
    gentle = pain.of_day(past, TODAY).advice is pain.Advice.GENTLE
    for _ in range(12):
        at = some.randrange(len(draft.items))
        match some.randrange(5):
            case 0:
                after = session_editing.swap(draft, at, choices)
            case 1:
                after = session_editing.drop(draft, at)
            case 2:
                addable = [
                    each for each in session_editing.addable(draft, choices) if each.exercise.id not in choices.sore
                ]
                after = added(draft, some.choice(addable).exercise.id, choices)[0] if addable else None
            case 3:
                after = session_editing.move(draft, at, some.choice((-1, 1)))
            case _:
                after = session_editing.redose(draft, at, some.choice((-1, 1)), choices)
        if after:
            assert after.before == draft
            draft = after
        assert draft.items
        assert len(draft.items) == len(draft.firsts) == len(draft.plan.reasons)
        resting = pain.resting(past, screened.catalogue.exercises, TODAY)
        for name in set(ids(draft)) - first:
            exercise = screened.catalogue.exercises[name]  # so it is not hidden
            assert not obstacle(exercise, profile)
            assert not too_soon(exercise, known)
            assert name not in resting
            assert not (gentle and exercise.category == "stretch")
        assert find(screened.catalogue, draft.plan.session.plan).items == draft.items
        assert not {left.exercise.id for left in draft.plan.omitted} & set(ids(draft))
        assert compile_session(draft.plan.session, manner).total_ms > 0


def test_swapping_goes_through_what_is_most_like_it_and_back_to_the_first(catalogue: Catalogue) -> None:
    _, draft, choices = made(catalogue)
    first = draft
    seen = []
    while (after := session_editing.swap(draft, 2, choices)) is not None:
        draft = after
        seen.append(draft.items[2].exercise)
        if draft.items == first.items:
            break
    assert draft.plan == first.plan  # the routine again, under its own name
    *others, butterfly = seen
    assert butterfly.id == "supine-butterfly"
    assert len(others) == len({each.id for each in others}) >= 3
    assert all(not set(each.areas).isdisjoint(butterfly.areas) for each in others)
    alike = [set(each.areas) == set(butterfly.areas) for each in others]
    assert alike == sorted(alike, reverse=True)
    assert not {each.id for each in others} & set(ids(first))


def test_of_those_that_are_alike_what_was_done_longest_ago_comes_first(catalogue: Catalogue) -> None:
    def alternatives(past: Past) -> list[Exercise]:
        _, draft, choices = made(catalogue, past=past)
        return [entry.item.exercise for entry in session_editing._alternatives(draft, 0, choices)]

    _, one, other, *_ = alternatives(NOBODY)
    assert (set(one.areas), stage_of(one)) == (set(other.areas), stage_of(other))
    assert alternatives(Past((practised(4, (one.id, None, 30)),), ()))[1] == other


def test_a_swap_stays_within_the_minutes(catalogue: Catalogue) -> None:
    profile = Profile(6)
    _, draft, choices = made(catalogue, profile)
    for number in range(len(draft.items)):
        swapped = draft
        for _ in range(10):
            after = session_editing.swap(swapped, number, choices)
            if after is None:
                break
            swapped = after
            assert compile_session(swapped.plan.session, Manner()).total_ms <= 6 * 60_000


def test_the_reason_says_where_it_came_from_and_what_went_is_left_out(catalogue: Catalogue) -> None:
    _, draft, choices = made(catalogue)
    swapped = session_editing.swap(draft, 2, choices)
    assert swapped
    assert swapped.plan.reasons[2] == ("in place of Lying butterfly",)
    assert by_reason(swapped.plan.omitted) == {"you left it out": ["Lying butterfly"]}
    assert swapped.plan.session.name == "Today's session"
    assert swapped.before == draft


def test_what_is_said_of_the_session_as_planned_goes_with_the_first_change(catalogue: Catalogue) -> None:
    running = Profile(minutes=90)
    for profile, says in ((running, " of 90 min: "), (Profile(equipment=("mat",)), "Replaced to fit your profile: ")):
        _, draft, choices = made(catalogue, profile, Past((level(0, 1),)))
        assert [note for note in draft.plan.notes if says in note] != []
        kept = tuple(note for note in draft.plan.notes if note not in draft.made.as_planned)
        changes = (
            session_editing.swap(draft, 1, choices),
            session_editing.drop(draft, 0),
            session_editing.redose(draft, 1, -1, choices),
            session_editing.move(draft, 0, 1),
        )
        for changed in changes:
            assert changed
            assert changed.plan.notes == kept
            assert changed.before
            assert changed.before.plan.notes == draft.made.notes


def test_a_reduction_is_told_as_long_as_the_dose_is_that_of_the_day(catalogue: Catalogue) -> None:
    _, draft, choices = made(catalogue)
    why, names = "1 set, was 2: a week without it", ids(draft)
    plan = draft.made._replace(less=dict.fromkeys(names, why), reasons=(("your focus", why),) * len(names))
    draft = session_editing.begin(plan)
    changed = session_editing.redose(draft, 1, -1, choices)
    assert changed
    assert changed.plan.less == dict.fromkeys((names[0], *names[2:]), why)
    assert changed.plan.reasons == (("your focus", why), ("your focus",), *plan.reasons[2:])


def test_the_last_exercise_cannot_be_dropped(catalogue: Catalogue) -> None:
    _, draft, _ = made(catalogue)
    for _ in range(3):
        after = session_editing.drop(draft, 0)
        assert after
        draft = after
    assert ids(draft) == ["supine-hamstring-strap"]
    assert session_editing.drop(draft, 0) is None


def test_what_is_added_comes_after_its_phase(catalogue: Catalogue) -> None:
    _, draft, choices = made(catalogue)
    for name, at in (("glute-bridge", 0), ("warm-up-march", 0), ("couch-stretch", 6)):
        if name in choices.items:
            draft, found = added(draft, name, choices)
            assert found == at
    phases = [STAGES.index(stage_of(item.exercise)) for item in draft.items]
    assert phases == sorted(phases)
    assert "glute-bridge" not in {item.exercise.id for item in session_editing.addable(draft, choices)}


def test_moving_stops_at_the_ends(catalogue: Catalogue) -> None:
    _, draft, _ = made(catalogue)
    down = session_editing.move(draft, 0, 1)
    assert down
    assert ids(down)[:2] == ids(draft)[1::-1]
    again = session_editing.move(down, 1, -1)
    assert again
    assert again.plan == draft.plan
    assert session_editing.move(draft, 0, -1) is None
    assert session_editing.move(draft, 3, 1) is None


def test_the_dose_goes_down_to_one_set_and_up_the_ladder(catalogue: Catalogue) -> None:
    _, draft, choices = made(catalogue)
    seen = []
    for by in (-1, -1, 1, 1, 1, 1, 1, 1, 1):
        after = session_editing.redose(draft, 2, by, choices)
        draft = after or draft
        seen.append(draft.items[2].dose if after else "")
    assert seen == ["30s", "", "2x30s", "2x40s", "2x50s", "2x1min", "3x1min", "", ""]
    butterfly = catalogue.exercises["supine-butterfly"]
    assert draft.items[2].prescription == ladder(butterfly)[-1]


@pytest.mark.parametrize("name", ["ninety-front-pails-rails", "half-kneeling-contract-relax", "hip-cars-quadruped"])
def test_every_dose_is_one_that_can_be_written_in_a_plan(catalogue: Catalogue, name: str) -> None:
    _, _, choices = made(catalogue)
    draft = session_editing.begin(Plan(of_exercises([catalogue.exercises[name]]), ((),), (), ()))
    for by in (-1, -1, -1, 1, 1, 1, 1, 1, 1):
        after = session_editing.redose(draft, 0, by, choices)
        if after:
            assert by * (length(after.items[0].prescription).work_s - length(draft.items[0].prescription).work_s) > 0
            draft = after
            assert find(catalogue, draft.plan.session.plan).items == draft.items


def test_a_dose_in_another_tempo_or_of_another_kind_is_in_the_plan_code_as_in_a_routine(catalogue: Catalogue) -> None:
    bridge, butterfly = catalogue.exercises["glute-bridge"], catalogue.exercises["supine-butterfly"]
    slow = bridge.prescription._replace(tempo=(("lift", 5), ("lower", 5)))  # type: ignore[call-arg]
    session = of_items([Item(bridge, slow), Item(butterfly, bridge.prescription)])
    assert (
        session.plan
        == "glute-bridge 2x10 @lift 5-lower 5+supine-butterfly reps 2x10 @lift 2-squeeze 2-lower 3 rest 45s"
    )
    assert session.items[1].dose == "reps 2x10 @lift 2-squeeze 2-lower 3 rest 45s"
    assert find(catalogue, session.plan).items == session.items


def test_a_load_stays_when_the_dose_changes_and_is_in_the_plan_code(catalogue: Catalogue) -> None:
    _, _, choices = made(catalogue)
    draft = session_editing.begin(Plan(find(catalogue, "glute-bridge 2x10 4kg"), ((),), (), ()))
    assert draft.items[0].dose == "2x10 @2-2-3 4 kg"
    more = session_editing.redose(draft, 0, 1, choices)
    assert more
    assert more.items[0].dose == "2x12 @2-2-3 4 kg"
    assert find(catalogue, more.plan.session.plan).items == more.items


@pytest.mark.parametrize(
    ("step", "says"),
    [
        ("supine-butterfly 2x30s 4 kg", "Lying butterfly takes no load"),
        ("glute-bridge 2x10 red band", "Glute bridge takes a weight in kilograms only"),
        ("clamshell 2x10 4 kg", "Clamshell takes a band only"),
    ],
)
def test_a_load_that_the_exercise_does_not_take_is_refused(catalogue: Catalogue, step: str, says: str) -> None:
    with pytest.raises(HiproutineError, match=says):
        find(catalogue, step)


@pytest.mark.parametrize("dose", ["2x", "0x30s", "9x999min", "2x30s rest none"])
def test_a_dose_that_makes_no_sense_is_refused(catalogue: Catalogue, dose: str) -> None:
    with pytest.raises(HiproutineError):
        find(catalogue, f"supine-butterfly {dose}")


# ---- one step more ----


def ready(*names: str, hurts: tuple[Hurt, ...] = ()) -> Past:
    sessions = tuple(practised(ago, *((name, None, 60) for name in names)) for ago in range(20, 0, -2))
    return Past((*sessions, *hurts))


def test_a_step_more_is_suggested_accepted_and_taken_back(catalogue: Catalogue) -> None:
    past = ready("supine-butterfly")
    _, draft, _ = made(catalogue, past=past)
    (found,) = draft.plan.suggestions
    alone = suggestion(past, catalogue, catalogue.exercises["supine-butterfly"], TODAY)
    assert alone
    step = Item(found.exercise, found.prescription)
    assert found == alone._replace(taken=(*draft.items[:2], step, *draft.items[3:]))
    accepted = session_editing.accept(draft, found)
    assert accepted
    after, at = accepted
    assert at == 2
    assert after.items[2] == Item(found.exercise, found.prescription)
    back = session_editing.accept(after, found)
    assert back
    assert back[0].plan == draft.plan
    assert after.before == draft


def stretched(*names: str) -> Past:
    """Whole sessions on three weeks, in which all of these earned a step."""
    return Past(
        tuple(practised(ago, *((name, side, 60) for name in names for side in ("left", "right"))) for ago in (16, 9, 3))
    )


def test_a_step_is_packed_anew_into_the_minutes_and_what_made_room_comes_back(catalogue: Catalogue) -> None:
    past = stretched("half-kneeling-hip-flexor", "supine-figure-four", "seated-hamstring-chair", "soleus-wall-stretch")
    turned = 0
    for minutes in (5, 6, 7, 8, 9, 10, 12):
        _, draft, _ = made(catalogue, Profile(minutes), past)
        for found in draft.plan.suggestions:
            assert together_s(found.taken, Manner()) <= 60 * minutes
            accepted = session_editing.accept(draft, found)
            assert accepted
            after, at = accepted
            assert after.items == found.taken
            assert after.items[at] == Item(found.exercise, found.prescription)
            back = session_editing.accept(after, found)
            assert back
            assert back[0].plan == draft.plan
            turned += {item.exercise.id for item in after.items} != {item.exercise.id for item in draft.items}
            assert ("omitted" in found.words) == (len(after.items) < len(draft.items))
    assert turned  # something made room in one of these


def test_a_step_is_offered_beside_the_dose_that_it_goes_on_from(catalogue: Catalogue) -> None:
    """Where time is short, a row may have fewer sets than were reached: a step from there would be two at once."""
    past = stretched("half-kneeling-hip-flexor", "supine-figure-four", "seated-hamstring-chair", "soleus-wall-stretch")
    fewer = 0
    for minutes in range(3, 13):
        _, draft, _ = made(catalogue, Profile(minutes), past)
        fewer += sum(item.exercise.prescription != item.prescription for item in draft.items)
        for found in draft.plan.suggestions:
            assert Item(found.instead, found.was) in draft.items
            assert f"{brief(found.prescription)} instead of {brief(found.was)}" in found.words
    assert fewer


def test_a_step_is_offered_no_more_where_its_row_was_changed_or_is_gone(catalogue: Catalogue) -> None:
    _, draft, choices = made(catalogue, past=ready("supine-butterfly"))
    found = session_editing.offered(draft)
    assert found
    at = draft.items.index(Item(found.instead, found.was))
    accepted = session_editing.accept(draft, found)
    assert accepted
    assert session_editing.offered(accepted[0]) == found
    for changed in (
        session_editing.drop(draft, at),
        session_editing.swap(draft, at, choices),
        session_editing.redose(draft, at, -1, choices),
    ):
        assert changed
        assert session_editing.offered(changed) is None


def test_a_step_leaves_alone_what_the_person_has_changed(catalogue: Catalogue) -> None:
    past = stretched("half-kneeling-hip-flexor", "supine-figure-four", "seated-hamstring-chair", "soleus-wall-stretch")
    for minutes in (7, 8, 9, 10):
        _, draft, choices = made(catalogue, Profile(minutes), past)
        (found,) = draft.plan.suggestions
        others = [n for n, item in enumerate(draft.items) if item.exercise != found.instead]
        other, swapped = next((n, each) for n in others if (each := session_editing.swap(draft, n, choices)))
        accepted = session_editing.accept(swapped, found)
        assert accepted
        assert swapped.items[other] in accepted[0].items
        back = session_editing.accept(accepted[0], found)
        assert back
        assert back[0].items == swapped.items


@settings(max_examples=30)
@given(profile=somebody)
def test_what_comes_in_by_a_swap_or_as_an_easier_variant_keeps_to_the_profile(
    catalogue: Catalogue, profile: Profile
) -> None:
    screened = screen(catalogue, profile.conditions)
    able = profile._replace(level=3)
    choices = session_editing.choices(screened, profile, Manner(), Past(), TODAY)
    assert all(obstacle(item.exercise, profile) is None for item in choices.items.values())
    easier = on_the_way(screened, profile, Past(), TODAY)
    assert all(obstacle(each, able) is None for each in easier.values())


def test_nothing_is_suggested_that_is_not_in_the_session_or_hurt(catalogue: Catalogue) -> None:
    for past in (ready("glute-bridge"), ready("supine-butterfly", hurts=(hurt(2, "supine-butterfly", 3),))):
        _, draft, _ = made(catalogue, past=past)
        assert draft.plan.suggestions == ()


@pytest.mark.parametrize("code", ["hypermobile", "dysplasia"])
def test_whoever_should_hold_shorter_is_not_asked_to_hold_longer(catalogue: Catalogue, code: str) -> None:
    careful = USUAL._replace(conditions=(code,))
    assert made(catalogue, past=ready("supine-butterfly"))[1].plan.suggestions
    assert not made(catalogue, careful, ready("supine-butterfly"))[1].plan.suggestions


@pytest.mark.parametrize("code", ["hypermobile", "dysplasia"])
def test_whoever_should_hold_shorter_adds_no_longer_hold(catalogue: Catalogue, code: str) -> None:
    careful = USUAL._replace(conditions=(code,))
    name = "supine-butterfly"
    past = Past(tuple(practised(ago, *[(name, None, 90)] * 2) for ago in (6, 5, 4, 3)))
    longer = session_editing.alone(name, made(catalogue, past=past)[2]).items[0].prescription
    screened, _, choices = made(catalogue, careful, past)
    own = screened.catalogue.exercises[name].prescription
    assert session_editing.alone(name, choices).items[0].prescription == own
    assert length(own).work_s < length(longer).work_s


def test_a_harder_variant_out_of_reach_is_not_suggested(catalogue: Catalogue) -> None:
    exercise = next(
        each
        for each in catalogue.exercises.values()
        if each.category == "mobility" and len(ladder(each)) == 1 and each.harder and each.level == 1
    )
    harder = catalogue.exercises[exercise.harder[0]]
    work_s = length(exercise.prescription).work_s
    past = Past(tuple(practised(ago, (exercise.id, None, work_s)) for ago in (4, 2)), ())
    routine = catalogue.routines["four-everyday"]
    step = Step(exercise.id, exercise.prescription)
    only = catalogue._replace(routines={routine.id: routine._replace(steps=(step,))})
    (found,) = made(only, Profile(level=3), past)[1].plan.suggestions
    assert found.exercise == harder
    draft = session_editing.begin(made(only, Profile(level=3), past)[1].plan)
    accepted = session_editing.accept(draft, found)
    assert accepted
    assert accepted[0].items == (Item(harder, harder.prescription),)
    assert made(only, Profile(level=3, avoid_positions=(harder.position,)), past)[1].plan.suggestions == ()


# ---- the usual routine, by what was done and what hurt ----


def test_a_step_that_was_taken_stays_in_the_usual_routine(catalogue: Catalogue) -> None:
    past = Past((practised(1, ("supine-butterfly", None, 80)),), ())
    _, draft, _ = made(catalogue, past=past)
    assert [item.dose for item in draft.items][2] == "2x40s"
    assert draft.made.session.name == "4 stretches to do everyday"
    assert find(catalogue, draft.made.session.plan).items == draft.items
    assert draft.made.reasons[2] == ("2x40s as last time",)


def test_pain_eases_the_usual_routine_too(catalogue: Catalogue) -> None:
    days = tuple(practised(ago, ("supine-butterfly", None, 60)) for ago in range(1, 6))
    usual = [level(4, 1), level(3, 1)]
    _, halved, _ = made(catalogue, past=Past((*days, *usual, level(0, 3))))
    assert {item.dose for item in halved.items} == {"30s, each side", "30s"}
    assert halved.made.notes[0].startswith("Half the sets")
    _, easy, _ = made(catalogue, past=Past((*days, *usual, level(1, 3), level(0, 3))))
    assert easy.made.session.plan == "bedtime-easy"
    _, gentle, choices = made(catalogue, past=Past((*days, level(0, 6))))
    assert {item.exercise.category for item in gentle.items} <= {"mobility", "release"}
    assert ids(gentle) == ["pelvic-tilt-supine", "supine-hip-circles", "constructive-rest"]
    assert "edu-red-flags" in gentle.made.notes[0]
    assert set(choices.items) == {*ids(gentle), "seated-pelvic-tilt", "seated-march", "seated-breathing"}


def test_what_rests_is_left_out_of_the_usual_routine(catalogue: Catalogue) -> None:
    past = Past((hurt(2, "supine-figure-four", 5), hurt(1, "supine-butterfly", 3)))
    _, draft, choices = made(catalogue, past=past)
    assert "supine-figure-four" not in ids(draft)
    assert "supine-figure-four" not in choices.items
    assert "rests for a week" in draft.made.omitted[0].why
    assert draft.items[1].dose == "30s"


def test_pain_that_leaves_nothing_is_a_sentence(catalogue: Catalogue) -> None:
    names = ("pelvic-tilt-supine", "supine-hip-circles", "constructive-rest")
    past = Past((level(0, 7), *tuple(hurt(1, name, 9) for name in names)))
    with pytest.raises(HiproutineError, match="nothing of Bedtime"):
        made(catalogue, past=past)


def test_a_harder_variant_keeps_its_place_in_the_usual_routine(catalogue: Catalogue) -> None:
    easier, harder = catalogue.exercises["glute-bridge"], catalogue.exercises["single-leg-bridge"]
    top = ladder(easier)[-1]
    steps = catalogue.routines[DEFAULT_ROUTINE]._replace(steps=(Step(easier.id, easier.prescription),))
    only = catalogue._replace(routines={**catalogue.routines, DEFAULT_ROUTINE: steps})
    work_s = length(top).work_s
    before = tuple(practised(ago, (easier.id, None, work_s)) for ago in (12, 9))
    profile = Profile(level=harder.level)
    past = Past((*before, practised(6, (harder.id, None, 60))), ())
    _, draft, _ = made(only, profile, past)
    assert [item.exercise for item in draft.items] == [harder]
    assert draft.made.reasons[0][0] == f"in place of {easier.name}"
    assert find(only, draft.plan.session.plan).items == draft.items
    red = (hurt(6, harder.id, 9),)
    _, draft, _ = made(only, profile, past.adding(red))
    assert [item.exercise for item in draft.items] == [easier]


@pytest.mark.parametrize(
    ("profile", "pains", "hurts", "may"),
    [
        (USUAL, (), (), True),
        (USUAL, (level(0, 3), level(1, 1), level(2, 1)), (), False),
        (USUAL, (), (hurt(1, "supine-butterfly", 3),), False),
        (Profile(conditions=("hypermobile",)), (), (), False),
    ],
)
def test_a_dose_is_not_raised_against_pain_or_a_condition(
    catalogue: Catalogue, profile: Profile, pains: tuple[Pain, ...], hurts: tuple[Hurt, ...], *, may: bool
) -> None:
    days = tuple(practised(ago, ("supine-figure-four", None, 60)) for ago in range(1, 4))
    _, draft, choices = made(catalogue, profile, Past((*days, *pains, *hurts)))
    at = ids(draft).index("supine-butterfly")
    assert bool(session_editing.redose(draft, at, 1, choices)) is may
    less = session_editing.redose(draft, at, -1, choices)
    if less:
        back = session_editing.redose(less, at, 1, choices)
        assert back
        assert back.items == draft.items
