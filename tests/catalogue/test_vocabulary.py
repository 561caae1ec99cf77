"""The vocabularies of the catalogue: what an entry must have, and what no two of them may share."""

import pytest

from hiproutine.catalogue.vocabulary import AREA, CATEGORY, NERVE_PAIN


@pytest.mark.parametrize("word", CATEGORY)
def test_a_category_is_declared_whole(word: str) -> None:
    """Its pain limits are in order, and a ladder counts both repetitions and sets up to what its repeats allow."""
    each = CATEGORY[word]
    assert each.label
    assert 0 <= each.pain.green <= each.pain.amber <= 10
    assert NERVE_PAIN.amber <= each.pain.amber
    assert set(each.tops) in (set(), {"reps", "sets"})
    assert not (each.lengthens and each.strengthens)
    assert each.trains or not (each.tops or each.lengthens or each.strengthens)
    for repeat in filter(None, (each.repeat, each.reps_repeat)):
        assert repeat.label
        assert 1 <= repeat.days <= 7
        assert (repeat.days - 1) * repeat.apart < 7, "so many days so far apart are no week"


@pytest.mark.parametrize("word", AREA)
def test_an_area_is_declared_whole(word: str) -> None:
    """It has a label, and what no exercise is for has the conditions that say what strains it, and a key."""
    each = AREA[word]
    assert each.label
    assert each.weight > 0
    assert len(each.pain_key) <= 1
    assert each.dosed or not each.hip_flexor
    assert each.pain_key or not (each.pain_word or each.strained_with)
    assert not (each.dosed and each.strained_with)


def test_no_two_are_called_the_same() -> None:
    for labels in ([each.label for each in CATEGORY.values()], [each.label for each in AREA.values()]):
        assert len(labels) == len(set(labels))
