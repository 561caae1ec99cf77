"""The packer: within its limits, deterministic, and nearly as good as the exact optimum."""

import random
from statistics import mean

import planner
import pytest

from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.objective import MOST_NEW, Asked, problem
from hiproutine.coach.selection import Problem, length_s, pack, within_limits, worth
from hiproutine.settings.model import Manner, Profile
from tests.coach.test_weekly_volume import known


def of_ten_minutes(catalogue: Catalogue) -> Problem:
    return problem(catalogue.exercises.values(), Asked(10, Profile(10), Manner(), known(catalogue)))


def test_a_choice_keeps_all_limits_whoever_asks_and_is_the_same_again(catalogue: Catalogue) -> None:
    some = random.Random(3)
    for _ in range(12):
        asked = planner.instance(catalogue, some)
        chosen = pack(asked)
        assert chosen == pack(asked)
        assert length_s(asked, chosen) <= asked.budget_s
        free = [option for option in chosen if not option.must]
        assert within_limits(asked, free)
        names = [option.only for option in chosen]
        assert len(set(names)) == len(names)


def test_nothing_more_of_value_fits_into_a_choice(catalogue: Catalogue) -> None:
    asked = of_ten_minutes(catalogue)
    chosen = pack(asked)
    taken = {option.only for option in chosen}
    for option in asked.options:
        more = (*chosen, option)
        if option.only not in taken and length_s(asked, more) <= asked.budget_s and within_limits(asked, more):
            assert worth(asked, more) <= worth(asked, chosen)


def test_an_option_that_excludes_another_or_takes_its_room_may_be_put_in_its_place(catalogue: Catalogue) -> None:
    """With all else omitted, of two variants the one is taken that is worth more, whichever comes first."""
    asked = of_ten_minutes(catalogue)
    two = [option for option in asked.options if option.only in ("dead-bug-heel-tap", "dead-bug")]
    assert {option.only for option in two} == {"dead-bug-heel-tap", "dead-bug"}
    best = max(two, key=lambda option: worth(asked, [option]))
    for options in (two, two[::-1]):
        assert pack(asked._replace(options=tuple(options))) == (best,)


def test_close_variants_do_not_come_together_unless_both_must(catalogue: Catalogue) -> None:
    asked = of_ten_minutes(catalogue)
    options = {option.only: option for option in asked.options}
    tap, bug = options["dead-bug-heel-tap"], options["dead-bug"]
    assert not within_limits(asked, [tap, bug])
    assert within_limits(asked, [tap, options["glute-bridge"]])
    alone = asked._replace(options=(tap._replace(must=True), bug))
    assert [option.only for option in pack(alone)] == [tap.only]
    both = {name: catalogue.exercises[name].prescription for name in (tap.only, bug.only)}
    whole = Asked(10, Profile(10), Manner(), known(catalogue), core=both)
    assert {*both} <= {option.only for option in pack(problem(catalogue.exercises.values(), whole))}


@pytest.mark.parametrize("most_new", [0, 1, 3])
def test_no_more_is_new_than_may_be(catalogue: Catalogue, most_new: int) -> None:
    asked = of_ten_minutes(catalogue)._replace(most_new=most_new)
    assert sum(option.new for option in pack(asked)) == most_new  # all are new to somebody without records


def test_what_must_be_in_is_in_whatever_it_is_worth_and_the_rest_is_filled_up(catalogue: Catalogue) -> None:
    whole = catalogue.exercises["calf-roll"].prescription
    core = {"calf-roll": whole, "wall-calf-stretch": catalogue.exercises["wall-calf-stretch"].prescription}
    asked = problem(catalogue.exercises.values(), Asked(12, Profile(12), Manner(), known(catalogue), core=core))
    chosen = pack(asked)
    assert {each.exercise.id for each in chosen if each.must} == {*core, "warm-up-march"}
    assert len([each for each in chosen if each.new]) == MOST_NEW
    assert length_s(asked, chosen) <= asked.budget_s


def test_the_choice_is_nearly_the_best_there_is(catalogue: Catalogue) -> None:
    some = random.Random(8)
    small = (asked for asked in iter(lambda: planner.instance(catalogue, some), None) if asked.budget_s <= 480)
    judged = [planner.judge(next(small)) for _ in range(8)]
    assert min(each.ratio for each in judged) >= 0.95
    assert mean(each.ratio for each in judged) >= 0.98
    assert max(each.ratio for each in judged) <= 1.001
