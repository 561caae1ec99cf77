"""What is asked after "It hurts": the choices, and which of them is advised from which level on."""

import pytest

from hiproutine.catalogue.model import Catalogue
from hiproutine.practice.hurting import Hurting, answers, question

STRETCH = "half-kneeling-hip-flexor"


@pytest.mark.parametrize(
    ("score", "easier", "advised", "keys"),
    [
        (2, True, "", "esn"),
        (3, True, "easier", "esn"),
        (4, True, "skip", "nes"),
        (10, True, "skip", "nes"),
        (3, False, "shorter", "sn"),
        (9, False, "skip", "ns"),
    ],
)
def test_the_advised_choice_comes_first_and_is_marked_from_the_limit_on(
    catalogue: Catalogue, score: int, easier: bool, advised: str, keys: str
) -> None:
    exercise = catalogue.exercises[STRETCH]
    variant = catalogue.exercises[exercise.easier[0]] if easier else None
    hurting = Hurting(exercise, variant, score=score)
    assert hurting.advised == advised
    assert "".join(hurting.choices) == keys
    marked = [words for words in answers(hurting).values() if words.endswith("(advised)")]
    assert len(marked) == bool(advised)
    assert marked == list(answers(hurting).values())[: len(marked)]


def test_escape_is_offered_only_where_it_takes_nothing(catalogue: Catalogue) -> None:
    exercise = catalogue.exercises[STRETCH]
    typed = Hurting(exercise, None, score=2)
    assert question(typed).endswith("Digits correct it, Esc resumes, q stops.")
    stepped = Hurting(exercise, None).stepped(1, 0)
    assert question(stepped).endswith("Digits correct it, q stops.")
