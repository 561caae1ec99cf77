"""The questions of the screening: their order, what follows a yes, what the answers come to, and when they age."""

from datetime import date, timedelta

import pytest

from hiproutine.catalogue.conditions import CONDITION, CONDITIONS, STOPS
from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.questions import CLEARANCES, QUESTIONS, answered, answered_on, asked, changes, due, meaning
from hiproutine.coach.screening import screen
from hiproutine.history.past import Past
from hiproutine.settings.model import Profile
from tests.coach.test_pain import level
from tests.coach.test_weekly_volume import practised

TODAY = date(2026, 11, 23)
NO = dict.fromkeys(QUESTIONS, "n")
NOTHING_YET = Past((), ())


def test_every_condition_is_asked_for_once_in_plain_words() -> None:
    decided = {code for each in QUESTIONS.values() for code in each.decides}
    assert decided == set(CONDITIONS)
    texts = [each.text for each in (*QUESTIONS.values(), *CLEARANCES.values())]
    assert len({each.text for each in QUESTIONS.values()}) == len(QUESTIONS)
    assert all("?" in text for text in texts)


def test_what_may_stop_practice_comes_first_then_surgery_then_pregnancy() -> None:
    order = list(QUESTIONS)
    assert set(order[: len(STOPS)]) == STOPS
    after = order[len(STOPS) :]
    in_order = ["thr", "thr_posterior", "hernia", "preg", "fai"]
    assert sorted(in_order, key=after.index) == in_order


@pytest.mark.parametrize("code", sorted(STOPS))
def test_a_stop_ends_the_questions_once_all_that_may_stop_were_asked(code: str) -> None:
    questions = [each.id for each in asked(NO | {code: "y"})]
    clearance = [f"{code}_cleared"] if code in CLEARANCES else []
    assert set(questions) == {*STOPS, *clearance}
    follow = {each for each in QUESTIONS if CONDITION[each].follows}
    assert [each.id for each in asked(NO)] == [each for each in QUESTIONS if each not in follow]


@pytest.mark.parametrize("code", sorted(CLEARANCES))
def test_a_doctor_who_allowed_exercise_lifts_a_stop(code: str) -> None:
    seen = f"{code}_cleared"
    cleared = CONDITION[code].cleared
    assert answered([], NO | {code: "y"}) == (code,)
    assert answered([], NO | {code: "y", seen: "u"}) == (code,)
    assert answered([], NO | {code: "u", seen: "y"}) == ((cleared,) if cleared else ())
    assert [each.id for each in asked(NO | {code: "y", seen: "y"})][-1] == list(QUESTIONS)[-1]
    if cleared:
        assert answered([cleared], NO) == ()
        assert answered([cleared], {code: "y"}) == (code,)
    assert answered([code], {}) == (code,)


def test_the_first_six_stops_can_be_cleared_and_the_others_not() -> None:
    assert list(CLEARANCES) == list(QUESTIONS)[:6]


def test_a_swollen_calf_is_a_question_of_its_own_and_stops() -> None:
    assert "calf" not in QUESTIONS["clot_bleed"].text
    assert "swollen" in QUESTIONS["calf_swollen"].text
    assert answered([], NO | {"calf_swollen": "u"}) == ("calf_swollen",)


def test_not_sure_counts_as_yes_and_no_answer_changes_nothing() -> None:
    answers = NO | {"thr": "y", "thr_posterior": "u", "fai": "n", "balance": "y"}
    del answers["pht"]
    assert answered(["fai", "pht"], answers) == ("thr", "thr_posterior", "pht", "balance")
    everything = answered([], dict.fromkeys([*QUESTIONS, *(each.id for each in CLEARANCES.values())], "u"))
    assert everything == tuple(code for code in QUESTIONS if code in STOPS)
    assert answered(list(CONDITIONS), NO) == ()


@pytest.mark.parametrize(
    ("key", "code"), [("1", "preg_1"), ("2", "preg_2"), ("3", "preg_3"), ("y", "preg"), ("u", "preg")]
)
def test_the_third_of_a_pregnancy_is_asked(key: str, code: str) -> None:
    assert answered(["preg_2"], {"preg": key}) == (code,)
    assert answered([code], {"preg": "n"}) == ()
    assert QUESTIONS["preg"].now([code]) == ("y" if key == "u" else key)


def test_what_a_surgeon_forbade_is_asked_of_those_with_a_hip_replacement_and_goes_with_it() -> None:
    forbidden = {"thr_posterior", "thr_anterior", "thr_lateral"}
    assert not forbidden & {each.id for each in asked({"thr": "n"})}
    for key in "yu":
        assert forbidden <= {each.id for each in asked({"thr": key})}
        assert answered([], dict.fromkeys(forbidden, "n") | {"thr": key}) == ("thr",)
    assert answered(["thr_posterior"], {"thr": "y"}) == ("thr", "thr_posterior")
    assert answered(["thr_posterior", "fai"], {"thr": "n"}) == ("fai",)
    assert QUESTIONS["thr"].now(["thr_lateral"]) == "y"
    assert QUESTIONS["thr"].now(["fai"]) == ""


# ---- what an answer changes ----


def test_what_an_answer_changes_is_said_by_name(catalogue: Catalogue) -> None:
    kneeling = changes(catalogue, QUESTIONS["knee_kneel"], "y")
    assert kneeling.startswith("Removed (3): Couch stretch; ")
    assert "Not planned (15): Half-kneeling hip flexor stretch; " in kneeling
    assert changes(catalogue, QUESTIONS["knee_kneel"], "n") == ""
    assert changes(catalogue, QUESTIONS["infection"], "u").startswith("No practice for now: ")
    third, later = (changes(catalogue, QUESTIONS["preg"], key) for key in "13")
    assert len(third) < len(later)


@pytest.mark.parametrize(
    ("codes", "says"),
    [
        ([], "Nothing is removed."),
        (["groin_strain"], "Removed (14): "),
        (["preg"], "With a word on what to be careful with"),
        (["knee_kneel"], "Not planned, and done only if you name it (15): Half-kneeling hip flexor stretch; "),
        (["fai", "surgery_recent"], "Please do not practise for now: so soon after surgery"),
        (["neuro_progressive"], "`hiproutine show edu-red-flags` says how soon"),
    ],
)
def test_what_the_answers_come_to_is_said(catalogue: Catalogue, codes: list[str], says: str) -> None:
    assert says in " ".join(meaning(screen(catalogue, codes)).words)


# ---- answers age ----


def on(profile: Profile, answers: dict[str, str]) -> str | None:
    return answered_on(profile, answers, TODAY)


def test_answers_count_from_the_day_on_which_all_that_ages_was_answered() -> None:
    old = "2026-10-01"
    assert on(Profile(), {"fai": "y"}) == "2026-11-23"
    assert on(Profile(conditions=("hernia",)), {"fai": "y"}) is None
    assert on(Profile(conditions=("hernia",), screened=old), NO) == "2026-11-23"
    assert on(Profile(conditions=("hernia",), screened=old), {"hernia": "y"}) == old
    assert on(Profile(conditions=("preg_1",), screened=old), NO | {"infection": "y"}) == "2026-11-23"
    without = {code: "n" for code in QUESTIONS if code != "preg"}
    assert on(Profile(conditions=("preg_1",), screened=old), without) == old


@pytest.mark.parametrize(
    ("conditions", "weeks", "why"),
    [
        ((), None, ""),
        (("fai",), None, ""),
        (("surgery_recent",), None, "or has no day (hip, knee or back surgery"),
        (("surgery_recent",), 11, ""),
        (("surgery_recent",), 12, "(hip, knee or back surgery"),
        (("preg_1",), 4, "(pregnancy)"),
        (("preg",), None, "(pregnancy)"),
        (("eye_surgery", "fai"), 4, "(eye surgery in the last 4 weeks)"),
        ((), 25, ""),
        ((), 26, "half a year"),
    ],
)
def test_answers_that_expire_are_asked_anew(conditions: tuple[str, ...], weeks: int | None, why: str) -> None:
    since = None if weeks is None else (TODAY - timedelta(weeks=weeks)).isoformat()
    said = due(Profile(conditions=conditions, screened=since), NOTHING_YET, TODAY)
    assert why in said
    assert bool(said) == bool(why)


def test_much_pain_asks_them_anew_until_they_are_answered() -> None:
    hurting = Past((level(0, 7),))
    assert "much pain" in due(Profile(), hurting, TODAY)
    assert "much pain" in due(Profile(screened="2026-11-22"), hurting, TODAY)
    assert due(Profile(screened="2026-11-23"), hurting, TODAY) == ""
    assert due(Profile(), Past((level(0, 5),)), TODAY) == ""


def test_after_four_weeks_away_they_are_asked_anew_until_they_are_answered() -> None:
    ran = practised(28, ("glute-bridge", None, 60))
    away = Past((ran,))
    assert "four weeks" in due(Profile(screened="2026-10-01"), away, ran.day + timedelta(days=28))
    assert due(Profile(screened="2026-10-01"), away, ran.day + timedelta(days=27)) == ""
    answered_since = (ran.day + timedelta(days=1)).isoformat()
    assert due(Profile(screened=answered_since), away, ran.day + timedelta(days=28)) == ""
