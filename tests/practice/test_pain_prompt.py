"""The question of pain: what a number is, when it counts, and that what is shown is what counts."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiproutine.practice.pain_prompt import COUNTS_AFTER_MS, DIGITS, Answer, PainPrompt

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


def test_it_counts_with_enter_with_the_next_choice_or_after_three_seconds() -> None:
    prompt = typed("1", "0").prompt
    ways = [prompt.press("enter", 200), prompt.settled(), prompt.at(100 + COUNTS_AFTER_MS)]
    assert ways == [Answer(PainPrompt(), 10)] * 3
    assert prompt.at(99 + COUNTS_AFTER_MS) == Answer(prompt)
    assert prompt.wait_ms(99 + COUNTS_AFTER_MS) == 1
    # A late timer makes no other number of it.
    late = PainPrompt(1, 0).press("0", 10 * COUNTS_AFTER_MS)
    assert late
    assert late.prompt.typed == 10


@pytest.mark.parametrize("key", ["enter", "backspace", "z", "x", "escape", "10", ""])
def test_without_a_number_only_a_digit_is_an_answer(key: str) -> None:
    assert PainPrompt().press(key, 0) is None


@given(st.lists(st.tuples(st.sampled_from(KEYS), st.integers(0, 2 * COUNTS_AFTER_MS), st.booleans())))
def test_what_counts_is_what_was_shown_and_from_0_to_10(script: list[tuple[str, int, bool]]) -> None:
    prompt, now_ms = PainPrompt(), 0
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
            assert prompt == PainPrompt()
            assert timer or key == "enter"
        assert prompt.wait_ms(now_ms) <= COUNTS_AFTER_MS
