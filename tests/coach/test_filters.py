"""What fits the filters of the Library and of `list`."""

from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.filters import BARE, FILTERS, Choice, counts, fitting, label, matching
from hiproutine.coach.profile import obstacle
from hiproutine.settings.model import Profile

ANYBODY = Profile(level=3)


def test_choices_of_one_kind_widen_and_kinds_narrow(catalogue: Catalogue) -> None:
    both = {Choice("category", "strength"), Choice("category", "release"), Choice("position", "supine")}
    found = matching(catalogue, both, ANYBODY)
    assert found == {
        each.id
        for each in catalogue.exercises.values()
        if each.category in ("strength", "release") and each.position == "supine"
    }
    assert matching(catalogue, (), ANYBODY) is None


def test_equipment_at_hand_has_to_do_for_every_need(catalogue: Catalogue) -> None:
    bare = matching(catalogue, [Choice("equipment", BARE)], ANYBODY)
    mat = matching(catalogue, [Choice("equipment", "mat")], ANYBODY)
    assert bare is not None
    assert mat is not None
    assert bare < mat
    assert {name for name in bare if catalogue.exercises[name].equipment} == {
        each.id for each in catalogue.exercises.values() if each.equipment and all("wall" in n for n in each.equipment)
    }


def test_what_fits_the_profile_is_what_the_coach_could_choose(catalogue: Catalogue) -> None:
    profile = Profile(equipment=("mat",), avoid_positions=("prone",), level=1)
    found = matching(catalogue, [Choice("profile", "fits")], profile)
    assert found == {each.id for each in catalogue.exercises.values() if obstacle(each, profile) is None}
    assert 0 < len(found) < len(catalogue.exercises)


def test_what_goes_with_a_video_has_routines_and_cards_too(catalogue: Catalogue) -> None:
    found = matching(catalogue, [Choice("video", "SoFxooQZVlQ")], ANYBODY)
    assert found is not None
    assert "four-everyday" in found
    assert "four-everyday" not in (
        matching(catalogue, [Choice("video", "SoFxooQZVlQ"), Choice("level", "1")], ANYBODY) or ()
    )


def test_every_choice_is_told_in_words(catalogue: Catalogue) -> None:
    for name, each in FILTERS.items():
        for word in each.words(catalogue):
            choice = Choice(name, word)
            assert matching(catalogue, [choice], ANYBODY) is not None
            assert len(label(catalogue, choice)) > 2


def test_a_choice_counts_what_it_shows_beside_the_other_filters_and_among_what_was_found(catalogue: Catalogue) -> None:
    fit = fitting(catalogue, ANYBODY)
    chosen = (Choice("category", "mobility"), Choice("equipment", "mat"))
    among = [name for name in catalogue.exercises if "hip" in name]
    for found in (None, among):
        numbers = counts(fit, catalogue, chosen, ANYBODY, found)
        for choice in fit:
            others = [each for each in chosen if each.filter != choice.filter]
            shown = matching(catalogue, [*others, choice], ANYBODY) or set()
            assert numbers[choice] == len(shown if found is None else shown & {*found}), choice
