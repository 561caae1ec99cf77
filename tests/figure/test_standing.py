"""The body that stands, with regions shown."""

import pytest

from hiproutine.day.first_run import STIFF, Row
from hiproutine.figure.cells import cells
from hiproutine.figure.palette import palette
from hiproutine.figure.stage import Stage
from hiproutine.figure.standing import BEHIND, FRONT, standing


def drawn(regions: tuple[str, ...], azimuth: int) -> list[list[object]]:
    """The cells of the body, one by one."""
    colours = palette()
    lines = cells(Stage(standing(regions, azimuth), 24, 16, colours, a_side=1).picture(0.0), colours)
    return [[(mark, run.colour, run.behind) for run in line for mark in run.text] for line in lines]


def changed(regions: tuple[str, ...], azimuth: int) -> int:
    """How many cells differ from the body without any region."""
    pairs = zip(drawn(regions, azimuth), drawn((), azimuth), strict=True)
    return sum(one != other for line, plain in pairs for one, other in zip(line, plain, strict=True))


@pytest.mark.parametrize("row", STIFF, ids=lambda row: row.id)
def test_every_place_of_the_first_run_can_be_seen_on_it(row: Row) -> None:
    assert changed(row.gives, FRONT) + changed(row.gives, BEHIND) >= 4


@pytest.mark.parametrize(
    ("region", "seen", "hidden"),
    [("front-of-hip", FRONT, BEHIND), ("buttock", BEHIND, FRONT), ("low-back", BEHIND, FRONT)],
)
def test_a_place_is_seen_from_its_own_side(region: str, seen: int, hidden: int) -> None:
    assert changed((region,), seen) > 3 * changed((region,), hidden)


def test_left_and_right_are_alike() -> None:
    for line in drawn(("front-of-hip",), FRONT):
        marks = [cell != line[0] for cell in line]
        assert abs(sum(marks[: len(marks) // 2]) - sum(marks[len(marks) // 2 :])) <= 2
