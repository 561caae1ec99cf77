"""The line on the state of a session: what it announces is what follows, in as many words as there is room."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from hiproutine.catalogue.model import Catalogue, Exercise
from hiproutine.catalogue.prescription import Phase
from hiproutine.coach.session import Item, of_items
from hiproutine.practice.player import Player
from hiproutine.practice.readout import next_words, status_line
from hiproutine.practice.timeline import compile_session
from hiproutine.practice.words import segment_words
from hiproutine.settings.model import Manner

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


def players(*exercises: Exercise) -> Iterator[Player]:
    """A session of these exercises at the beginning of each of its segments."""
    timeline = compile_session(of_items([Item(each, each.prescription) for each in exercises]), Manner())
    for at in range(len(timeline.segments)):
        yield Player(timeline, (0,) * len(timeline.steps), at)


def test_what_is_announced_is_what_follows(catalogue: Catalogue) -> None:
    exercises = list(catalogue.exercises.values())
    for one, other in zip(exercises, [*exercises[1:], exercises[0]], strict=True):
        for player in players(one, other):
            following, after = (*player.timeline.segments[player.at + 1 : player.at + 3], None, None)[:2]
            announced, _, then = next_words(player)[0].removeprefix("next: ").partition("   then: ")
            if following is None:
                assert announced == "that was all"
                continue
            assert segment_words(player.timeline, following).startswith(announced)
            if then and after:
                step = player.timeline.steps[after.step]
                side = f"{step.side} side"
                expected = {Phase.READY: step.title, Phase.SWITCH: side}
                assert then == expected.get(after.phase, segment_words(player.timeline, after))


@pytest.mark.parametrize("width", [56, 76])
def test_the_line_says_less_where_there_is_less_room(catalogue: Catalogue, width: int) -> None:
    for exercise in catalogue.exercises.values():
        for player in players(exercise):
            line = status_line(player, NOW, width)
            assert len(line) <= width
            assert " · next: " in line or all(len(words) > width - 30 for words in next_words(player))


def test_first_what_comes_later_is_dropped_and_then_the_set(catalogue: Catalogue) -> None:
    repetition = next(
        words
        for player in players(catalogue.exercises["glute-bridge"])
        if "rep 3 of" in (words := next_words(player))[0] and "set 1 of" in words[0]
    )
    assert [("set" in words, "rep" in words) for words in repetition] == [(True, True), (False, True), (False, False)]
    hold = next(
        words for player in players(catalogue.exercises["couch-stretch"]) if "then" in (words := next_words(player))[0]
    )
    assert "then" not in hold[1]
