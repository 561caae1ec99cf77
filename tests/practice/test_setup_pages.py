"""The set-up in pages: all of it is there, in order, at any size, and each page has its turn."""

from itertools import pairwise

import pytest

from hiproutine.catalogue.model import Catalogue, Exercise
from hiproutine.coach.session import of_exercise
from hiproutine.practice.player import Player, begin
from hiproutine.practice.resume import course
from hiproutine.practice.setup_pages import heading, setup_pages, turn
from hiproutine.settings.model import Manner

FIGURE = 8
ROOMS = [(26, 13), (36, 17), (46, 23), (96, 39)]
"""Columns and rows beside word, side and number at 60x20, 80x24, 100x30 and 200x50."""
CAREFUL = "Careful: Sit high, knees lower than the hips. Never past a right angle, never across the middle."
UNTOLD, TOLD = Manner(), Manner(familiar=frozenset(), guide="full")


def getting_ready(exercise: Exercise, manner: Manner) -> Player:
    return begin(course(of_exercise(exercise), manner).timeline, {}, {}).player


def letters(*texts: str) -> str:
    """The texts without spaces, wherever their lines are broken."""
    return "".join("".join(texts).split())


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("manner", [UNTOLD, TOLD], ids=["untold", "told"])
@pytest.mark.parametrize("careful", [(), (CAREFUL,)], ids=["", "careful"])
def test_every_set_up_is_there_whole_and_each_page_says_what_to_mind(
    catalogue: Catalogue, room: tuple[int, int], manner: Manner, careful: tuple[str, ...]
) -> None:
    width, height = room
    for exercise in catalogue.exercises.values():
        player = getting_ready(exercise, manner)
        pages = setup_pages(player, careful, width, height, FIGURE)
        assert all(len(row) <= width for page in pages for row in page.rows), exercise.id
        assert all(len(page.rows) <= height for page in pages), exercise.id
        head = heading(player, width)
        assert height < 16 or all(page.rows[: len(head)] == head for page in pages), exercise.id
        if len(pages) > 1:  # the text keeps its place: beside the figure, or, after the first page, in all the room
            assert len({len(page.rows) for page in pages[1:]}) == 1
            assert len(pages[0].rows) in (height - FIGURE, height)
        setup = letters(*(f"{number}. {text}" for number, text in enumerate(exercise.setup, 1)))
        above = len(head) if height >= 16 else 0
        shown = [letters(*page.rows[above:]) for page in pages]
        foot = shown[-1][shown[-1].rfind(letters(*careful, "Stop at")) :]
        assert setup in "".join(page.removesuffix(foot) for page in shown), exercise.id
        assert all(page.endswith(foot) for page in shown), exercise.id
        assert foot.startswith(letters(*careful, "Stop at")), exercise.id


@pytest.mark.parametrize(
    ("name", "room", "number", "whole"),
    [
        ("supine-edge-psoas", ROOMS[1], 3, False),
        ("supine-edge-psoas", ROOMS[2], 1, True),
        ("half-kneeling-hip-flexor", ROOMS[1], 3, False),
    ],
)
def test_all_reasons_to_stop_are_shown_where_they_make_no_further_page(
    catalogue: Catalogue, name: str, room: tuple[int, int], number: int, *, whole: bool
) -> None:
    exercise = catalogue.exercises[name]
    pages = setup_pages(getting_ready(exercise, UNTOLD), (), *room, FIGURE)
    reasons = letters("Stop at ", ", ".join(exercise.stop_if), ".")
    assert (len(pages), [letters(*page.rows).endswith(reasons) for page in pages]) == (number, [whole] * number)


@pytest.mark.parametrize("manner", [UNTOLD, TOLD], ids=["untold", "told"])
def test_pages_follow_each_other_within_the_time_to_get_ready(catalogue: Catalogue, manner: Manner) -> None:
    for exercise in catalogue.exercises.values():
        player = getting_ready(exercise, manner)
        pages = setup_pages(player, (), *ROOMS[0], FIGURE)
        starts = [page.from_ms for page in pages]
        assert starts[0] == 0
        assert all(later - earlier >= 500 for earlier, later in pairwise([*starts, player.segment.length_ms]))
        for number, start_ms in enumerate(starts):
            assert turn(pages, player.advance(start_ms).player).at == number


def test_where_a_voice_says_the_set_up_its_page_is_shown_as_it_is_said(catalogue: Catalogue) -> None:
    player = getting_ready(catalogue.exercises["half-kneeling-hip-flexor"], TOLD)
    pages = setup_pages(player, (), *ROOMS[1], FIGURE)
    said = player.step.guide[-6:-2]
    assert [each.text.split()[0] for each in said] == ["Kneel", "Kneel", "Squeeze", "Only"]
    for number, each in enumerate(said, 1):
        shown = pages[turn(pages, player.advance(each.at_ms).player).at]
        assert f"{number}. {each.text.split()[0]}" in " ".join(shown.rows)


def test_a_pause_goes_through_the_pages_and_comes_back_to_the_first(catalogue: Catalogue) -> None:
    player = getting_ready(catalogue.exercises["half-kneeling-hip-flexor"], UNTOLD).pause().player
    pages = setup_pages(player, (), *ROOMS[0], FIGURE)
    seen = []
    for _ in range(len(pages) + 1):
        at, until_ms = turn(pages, player)
        seen.append(at)
        player = player.stand(until_ms)
    assert seen == [*range(len(pages)), 0]
    assert player.elapsed_ms == 0
