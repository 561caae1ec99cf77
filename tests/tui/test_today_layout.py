"""Where the parts of Today stand: at every size all of them within the window, and none upon another."""

from itertools import combinations, product

import pytest
from textual.geometry import Region, Size

from hiproutine.tui.screens.today_layout import Needs, places


def needs(items: int, notes: int, card: int, *, figure: bool, pain: int = 1, edit: int = 0) -> Needs:
    return Needs(9, lambda _: 1 + notes, items, lambda _: card, figure, lambda _: pain, lambda _: edit)


@pytest.mark.parametrize("items", [0, 1, 4, 10, 20])
@pytest.mark.parametrize(("notes", "card", "figure"), [(0, 8, True), (6, 20, True), (2, 12, False)])
def test_parts_stand_within_the_window_and_not_upon_each_other(items: int, notes: int, card: int, figure: bool) -> None:
    for size in product((20, 40, 59, 60, 80, 99, 100, 120, 139, 140, 200), range(4, 61)):
        found = places(Size(*size), needs(items, notes, card, figure=figure))
        whole = Region(0, 0, *size)
        assert all(whole.contains_region(region) for region in found.values()), (size, found)
        apart = [region for name, region in found.items() if name not in ("session", "panel")]
        assert not any(one.overlaps(other) for one, other in combinations(apart, 2)), (size, found)
        assert "pain" in found
        if "figure" in found:
            assert found["figure"].width >= 24, size
            assert found["figure"].height >= 8, size


@pytest.mark.parametrize("size", [(60, 18), (80, 22), (100, 22), (120, 33), (140, 22), (200, 48)])
def test_all_rows_have_room_and_the_button_too(size: tuple[int, int]) -> None:
    for items in (4, 7, 10):
        found = places(Size(*size), needs(items, 1, 14, figure=True))
        assert found["items"].height >= items
        assert found["start"].height in (1, 3)
        assert found["start"].y >= found["items"].bottom


@pytest.mark.parametrize(
    ("size", "parts"),
    [
        ((60, 18), {"week", "session", "items", "start", "card", "pain"}),
        ((80, 22), {"week", "session", "items", "start", "card", "figure", "pain"}),
        ((120, 33), {"week", "session", "items", "start", "panel", "card", "figure", "pain"}),
        ((200, 48), {"week", "session", "items", "start", "panel", "card", "figure", "pain"}),
    ],
)
def test_what_fills_the_window(size: tuple[int, int], parts: set[str]) -> None:
    found = places(Size(*size), needs(4, 0, 8, figure=True))
    assert set(found) == parts
    bottoms = {region.bottom for name, region in found.items() if name != "pain"}
    assert max(bottoms) >= size[1] - 3
    columns = len({region.x for name, region in found.items() if name in ("week", "session", "panel")})
    assert columns == (1 if size[0] < 100 else 2 if size[0] < 140 else 3)


def test_the_editing_keys_stand_above_the_pain_strip() -> None:
    found = places(Size(80, 22), needs(4, 0, 8, figure=True, edit=2, pain=3))
    assert (found["pain"], found["edit"]) == (Region(0, 19, 80, 3), Region(0, 17, 80, 2))


def test_the_rows_stand_apart_from_notes_where_there_is_a_row_for_that() -> None:
    for notes, size, apart in ((4, (80, 22), 1), (0, (80, 22), 0), (5, (80, 18), 0)):
        found = places(Size(*size), needs(6, notes, 8, figure=True))
        assert found["items"].y - found["session"].bottom == apart, (notes, size)
        assert found["items"].height == 6
