"""The question of pain: what a number is, when it counts, and that what is shown is what counts."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiproutine.catalogue.vocabulary import AREA, PAIN_AREAS
from hiproutine.history.past import Past
from hiproutine.history.records import Hurt, Pain
from hiproutine.practice.pain_prompt import (
    CONFIRM,
    COUNTS_AFTER_MS,
    DIGITS,
    DROP,
    ERASE,
    PAIN_SIDES,
    PLACES,
    Answer,
    PainLine,
    PainPrompt,
    Where,
    ask_where,
    before_line,
)

KEYS = [*DIGITS, "enter", "backspace", "z", "x", "n", "escape", "", "10", "\u0663"]


def typed(*keys: str) -> Answer:
    """What the last key made of it, each 100 ms after the one before."""
    answer = Answer(PainPrompt())
    for number, key in enumerate(keys):
        answer = answer.prompt.press(key, 100 * number) or answer
    return answer


@pytest.mark.parametrize(
    ("keys", "number"),
    [
        ("0", 0),
        ("7", 7),
        (("1", "0"), 10),
        (("1", "1"), 1),
        (("1", "5"), 5),
        (("7", "5"), 5),
        (("0", "1", "0"), 10),
        (("0", "0"), 0),
        (("1", "0", "3"), 3),
        (("1", "0", "0"), 0),
        (("1", "0", "backspace"), 1),
        (("1", "0", "backspace", "backspace"), None),
        (("0", "backspace"), None),
        (("1", "0", "z"), None),
        (("enter",), None),
        (("backspace", "4"), 4),
    ],
)
def test_digits_build_a_number(keys: tuple[str, ...], number: int | None) -> None:
    prompt = typed(*keys).prompt
    assert prompt.typed == number
    assert prompt.words.startswith(f"{number} of 10. ") if number is not None else not prompt.words
    assert typed(*keys, "enter").counted == number


def test_a_number_after_which_a_place_may_follow_waits_for_enter_or_the_next_choice() -> None:
    prompt = typed("1", "0").prompt
    assert [prompt.press("enter", 200), prompt.settled()] == [Answer(PainPrompt(), 10)] * 2
    assert prompt.at(10**9) == Answer(prompt)
    assert prompt.wait_ms(200) == 0
    assert "wait" not in prompt.words


@pytest.mark.parametrize("asks_where", [True, False])
def test_without_a_place_it_also_counts_after_three_seconds(asks_where: bool) -> None:
    empty = PainPrompt(asks_where=asks_where)
    answer = empty.press("0" if asks_where else "4", 100)
    assert answer
    prompt = answer.prompt
    assert prompt.at(100 + COUNTS_AFTER_MS) == Answer(empty, prompt.typed)
    assert prompt.at(99 + COUNTS_AFTER_MS) == Answer(prompt)
    assert prompt.wait_ms(99 + COUNTS_AFTER_MS) == 1
    assert "(or wait 3 s)" in prompt.words
    # A late timer makes no other number of it.
    late = PainPrompt(1, 0, asks_where=False).press("0", 10 * COUNTS_AFTER_MS)
    assert late
    assert late.prompt.typed == 10


def test_a_place_and_a_side_may_follow_a_number_above_0() -> None:
    prompt = typed("4").prompt
    for key, asked in {"f": "Where, if you like: f front", "l": "Which side, if you like: l left, r right."}.items():
        assert asked in prompt.words
        answer = prompt.place(key)
        assert answer
        prompt = answer.prompt
    assert "if you like" not in prompt.words
    assert prompt.words.startswith("4 of 10. Front of hip, left. Enter")
    digit = prompt.press("5", 1000)
    assert digit
    assert digit.prompt.settled() == Answer(PainPrompt(), 5, Where("front-of-hip", "left"))
    assert prompt.place("x") is None
    assert PainPrompt().place("f") is None
    assert PainPrompt(0).place("f") is None
    assert PainPrompt(0, 0, Where("buttock")).settled().where == Where()


def test_where_groin_was_pressed_groin_is_said() -> None:
    answer = PainPrompt(4).place("g")
    assert answer
    assert answer.prompt.where == Where("inner-thigh")
    assert answer.prompt.words.startswith("4 of 10. Groin.")
    assert "g groin" in ask_where(Where())


def test_every_place_is_an_area_with_a_key_that_is_no_other_answer() -> None:
    asked = {word: each.pain_key for word, each in AREA.items() if each.pain_key}
    assert {area: key for key, area in PLACES.items()} == asked  # no two areas have the same key
    assert asked.keys() <= PAIN_AREAS.keys()
    assert all(len(key) == 1 for key in PLACES)
    assert not {*PLACES, *PAIN_SIDES} & {*DIGITS, CONFIRM, ERASE, DROP}
    assert not PLACES.keys() & PAIN_SIDES.keys()


@pytest.mark.parametrize("key", ["enter", "backspace", "z", "x", "escape", "10", ""])
def test_without_a_number_only_a_digit_is_an_answer(key: str) -> None:
    assert PainPrompt().press(key, 0) is None


@given(st.lists(st.tuples(st.sampled_from(KEYS), st.integers(0, 2 * COUNTS_AFTER_MS), st.booleans())), st.booleans())
def test_what_counts_is_what_was_shown_and_from_0_to_10(script: list[tuple[str, int, bool]], where: bool) -> None:
    prompt, now_ms = PainPrompt(asks_where=where), 0
    for key, after_ms, timer in script:
        now_ms += after_ms
        shown = re.match(r"(\d+) of 10\.", prompt.words)
        number = int(shown[1]) if shown else None
        answer = prompt.at(now_ms) if timer else prompt.press(key, now_ms)
        if answer is None:
            continue
        prompt = answer.prompt
        assert answer.counted in (None, number)
        assert prompt.typed is None or 0 <= prompt.typed <= 10
        if answer.counted is not None:
            assert prompt == PainPrompt(asks_where=where)
            assert timer or key == "enter"
        assert prompt.wait_ms(now_ms) <= COUNTS_AFTER_MS


def test_the_last_score_of_the_day_is_told_with_its_time() -> None:
    at = datetime(2026, 11, 23, 8, 10, tzinfo=UTC)
    morning = Pain("1", at.date(), at, "before", 3, None)
    hurt = Hurt("2", at.date(), at + timedelta(minutes=2), "s", "couch-stretch", "left", 5, "skip", "groin")
    later = Pain("3", at.date(), at + timedelta(minutes=20), "after", 4, "s")
    soon = at + timedelta(minutes=3)
    assert before_line(Past((morning,)), soon, at.date()) == PainLine("Pain", "Pain at 08:10: 3 of 10 · z undo", 3)
    assert before_line(Past((morning, hurt)), soon, at.date()) == PainLine("Pain at 08:12", "", 5)
    evening = at + timedelta(hours=10)
    assert before_line(Past((morning, hurt, later)), evening, at.date()) == PainLine("Pain at 08:30", "", 4)
    assert before_line(Past((morning, hurt)), evening, at.date() + timedelta(days=1)) == PainLine("Pain now?")
