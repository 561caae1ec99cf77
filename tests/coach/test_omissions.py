"""What a plan omits, by what keeps it out."""

from datetime import date

from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.eligibility import look
from hiproutine.coach.omissions import CONDITIONS, EQUIPMENT, GROUPS, LEVEL, PAIN, POSITION, TODAY, grouped
from hiproutine.coach.planner import todays
from hiproutine.coach.profile import for_today, obstacle
from hiproutine.coach.screening import screen
from hiproutine.history.past import Past
from hiproutine.settings.model import Manner, Profile

DAY = date(2026, 11, 23)


def test_each_is_in_the_group_of_what_keeps_it_out(catalogue: Catalogue) -> None:
    profile = for_today(Profile(minutes=10, equipment=("chair", "mat")), no_floor=True)
    screened, past = screen(catalogue, ["knee_kneel"]), Past()
    plan = todays(screened, profile, Manner(), past, DAY)
    today = look(screened, past, DAY)._replace(sore={"glute-bridge": "hurt"})
    found = {group.what: group for group in grouped(plan.omitted, screened, today, profile)}
    assert [*found] == list(GROUPS)
    assert sum(group.total for group in found.values()) == len(plan.omitted)
    names = {what: {name for names in group.reasons.values() for name in names} for what, group in found.items()}
    out = {each.id: each for each in catalogue.exercises.values()}
    assert names[CONDITIONS] == {out[name].name for name in {*screened.hidden, *screened.unplanned}}
    assert all(reason.startswith(("hidden: ", "is not planned for you (")) for reason in found[CONDITIONS].reasons)
    assert names[PAIN] == {"Glute bridge"}
    assert found[PAIN].reasons.keys() == {"hurt"}
    assert all(reason.startswith("needs ") for reason in found[EQUIPMENT].reasons)
    assert all(reason.startswith("is done ") for reason in found[POSITION].reasons)
    assert all(reason.startswith("is level ") for reason in found[LEVEL].reasons)
    assert not {obstacle(each, profile) for each in out.values()} & found[TODAY].reasons.keys()
