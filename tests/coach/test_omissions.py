"""What a plan omits, by what keeps it out."""

from datetime import UTC, date, datetime, timedelta

from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.omissions import GROUPS, NOT_NEEDED, Group, grouped
from hiproutine.coach.planner import Plan, todays
from hiproutine.coach.profile import for_today, obstacle
from hiproutine.coach.screening import screen
from hiproutine.history.past import Past
from hiproutine.history.records import Hurt, ProgrammeStep
from hiproutine.settings.model import Manner, Profile

DAY = date(2026, 11, 23)


CONDITIONS, PAIN, POSITION, EQUIPMENT, LEVEL = GROUPS.values()


def groups(plan: Plan) -> dict[str, Group]:
    found = {group.what: group for group in grouped(plan.omitted)}
    assert sum(group.total for group in found.values()) == len(plan.omitted)
    return found


def names(group: Group) -> set[str]:
    return {name for names in group.reasons.values() for name in names}


def hurt(name: str) -> Hurt:
    return Hurt("h", DAY - timedelta(days=1), datetime(2026, 11, 22, 7, tzinfo=UTC), None, name, None, 8, "skip")


def test_each_is_in_the_group_of_what_keeps_it_out(catalogue: Catalogue) -> None:
    profile = for_today(Profile(minutes=10, equipment=("chair", "mat")), no_floor=True)
    screened = screen(catalogue, ["knee_kneel"])
    found = groups(todays(screened, profile, Manner(), Past([hurt("glute-bridge")]), DAY))
    assert [*found] == [*GROUPS.values(), NOT_NEEDED]
    out = {each.id: each for each in catalogue.exercises.values()}
    assert names(found[CONDITIONS]) == {out[name].name for name in {*screened.hidden, *screened.unplanned}}
    assert all(reason.startswith(("hidden: ", "is not planned for you (")) for reason in found[CONDITIONS].reasons)
    assert found[PAIN].reasons == {"hurt 8 of 10 on Sunday, and rests for a week": ["Glute bridge"]}
    assert all(reason.startswith("needs ") for reason in found[EQUIPMENT].reasons)
    assert all(reason.startswith("is done ") for reason in found[POSITION].reasons)
    assert all(reason.startswith("is level ") for reason in found[LEVEL].reasons)
    obstacles = {why.words for each in out.values() if (why := obstacle(each, profile))}
    assert not obstacles & found[NOT_NEEDED].reasons.keys()


def test_in_a_programme_each_is_named_once_in_the_group_of_what_keeps_it_out(catalogue: Catalogue) -> None:
    """Of the core as well, what the screening hides is not said twice."""
    screened = screen(catalogue, ["thr_lateral"])
    assert {"seated-band-abduction"} <= screened.hidden.keys()
    started = ProgrammeStep("p", DAY, datetime(2026, 11, 23, 7, tzinfo=UTC), "gentle-chair", 2, "start")
    plan = todays(screened, Profile(minutes=14), Manner(), Past([started, hurt("cat-cow")]), DAY)
    assert plan.programme
    assert len({each.exercise.id for each in plan.omitted}) == len(plan.omitted)
    found = groups(plan)
    out = {*screened.hidden, *screened.unplanned}
    assert names(found[CONDITIONS]) == {catalogue.exercises[name].name for name in out}
    assert found[PAIN].reasons == {"hurt 8 of 10 on Sunday, and rests for a week": ["Cat and cow"]}
    assert "is not in this phase of your programme" in found[NOT_NEEDED].reasons
