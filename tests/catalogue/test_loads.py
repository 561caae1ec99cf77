"""Loads: read in the one form that is written, and one step up or down."""

from itertools import pairwise

import pytest

from hiproutine.catalogue.loads import BAND, BANDS, KG, heavier, kind_of, lighter, read


@pytest.mark.parametrize(
    ("written", "load"),
    [
        ("4kg", "4 kg"),
        ("4 kg", "4 kg"),
        ("2.5kg", "2.5 kg"),
        ("4.0 kg", "4 kg"),
        ("200kg", "200 kg"),
        ("red band", "red band"),
        ("0kg", None),
        ("201 kg", None),
        ("4 lb", None),
        ("-4 kg", None),
        ("4 kg more", None),
        ("pink band", None),
        ("", None),
    ],
)
def test_a_load_is_read_in_the_form_that_is_written(written: str, load: str | None) -> None:
    assert read(written) == load
    assert load is None or read(load) == load


@pytest.mark.parametrize("kind", [KG, BAND])
def test_each_step_up_is_the_one_that_comes_back_down(kind: str) -> None:
    loads = [heavier(kind, None)]
    while loads[-1]:
        loads.append(heavier(kind, loads[-1]))
    *climbed, top = loads
    assert top is None
    assert all(load and read(load) == load and kind_of(load) == kind for load in climbed)
    assert lighter(climbed[0] or "") is None
    assert all(one and other and lighter(other) == one for one, other in pairwise(climbed))


def test_what_lies_between_two_steps_goes_to_the_next_one() -> None:
    assert (lighter("2.5 kg"), heavier(KG, "2.5 kg")) == ("2 kg", "3 kg")
    assert (lighter("50 kg"), heavier(KG, "50 kg")) == ("20 kg", None)
    assert heavier(BAND, None) == f"{BANDS[0]} band"
