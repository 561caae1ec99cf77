"""The shipped catalogue says what the facts say: no exercise, second, link or claim more or less."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from hiproutine.catalogue import cache, vocabulary
from hiproutine.catalogue.describe import describe
from hiproutine.catalogue.model import LONGEST_SHORT, Card, Catalogue, Exercise, Link
from hiproutine.catalogue.prescription import Phase
from hiproutine.coach.session import of_exercise, of_routine
from hiproutine.paths import shipped
from hiproutine.practice.timeline import Timeline, compile_session
from hiproutine.settings.model import Manner
from hiproutine.text import clean

# Id, caption: the note's own, in its own order, under its own headings.
VIDEOS: dict[str, list[tuple[str, str | None]]] = {
    "Stop stretching your hip flexors!": [("sTre4xSTuto", None), ("KCADorwJ6Ik", None), ("S4q2KfF7z1E", None)],
    "Stretches": [
        ("OQr-yE86AHk", "Ultimate hip flexor and quad stretch for back pain and hip pain"),
        ("ZEqRoCJ6UAY", "Top 3 Self-Treatments for Piriformis Syndrome: A Type of Sciatica"),
        ("-2vO8QfdLFg", "Ultimate Hip Flexor (Psoas) Stretches x3 Standing, Kneeling, or Lying"),
        ("9zvEWGKt3xw", "Resistance stretching for hip flexors"),
        ("SoFxooQZVlQ", "4 stretches to do everyday"),
        ("6aOs23v4hNs", "Mitigate Tension - Chair Resistance Stretch for your Quadriceps and Hip Flexors"),
        ("FaQiDy9ci04", "Hip Mobility Sequence on Chair"),
    ],
    "Mobility": [
        ("VHfaGtkJz2o", "Kinstretch Class For Tight Hips (Beginners Welcome!)"),
        ("888Fod2Fcmo", "Hip Mobility for a PERFECT Squat"),
        ("IikP_teeLkI", "Top 3 Ankle Mobility Exercises"),
    ],
}

# fmt: off
# The facts count 10 s to get ready and 5 s between two sides.
SECONDS = {
    "half-kneeling-hip-flexor": 155, "half-kneeling-psoas-reach": 155, "standing-lunge-hip-flexor": 155,
    "supine-edge-psoas": 155, "chair-side-saddle-hip-flexor": 155, "side-lying-quad": 155, "couch-stretch": 165,
    "half-kneeling-contract-relax": 225, "chair-quad-resistance": 127, "lunge-hip-flexor-resistance": 143,
    "edge-hip-flexor-resistance": 111, "supine-figure-four": 155, "supine-knee-opposite-shoulder": 155,
    "seated-figure-four": 155, "figure-four-contract-relax": 225, "elevated-pigeon": 155, "pigeon-floor": 165,
    "glute-ball-release": 135, "sciatic-slider-seated": 95, "supine-butterfly": 80, "adductor-rock": 115,
    "frog-rock": 80, "adductor-squeeze": 85, "copenhagen-short-supported": 285, "copenhagen-short": 407,
    "supine-hamstring-strap": 155, "seated-hamstring-chair": 155, "supine-hamstring-contract-relax": 225,
    "hamstring-resistance-stretch": 127, "windshield-wipers": 60, "supine-hip-circles": 95, "hip-cars-quadruped": 111,
    "hip-cars-standing": 111, "ninety-ninety-supported": 155, "ninety-ninety-switch": 50,
    "ninety-front-pails-rails": 355, "ninety-trail-pails-rails": 355, "trail-leg-lift-off": 195,
    "supine-hip-flexion-hold": 111, "pelvic-tilt-supine": 80, "seated-pelvic-tilt": 50, "quadruped-rock-back": 70,
    "constructive-rest": 130, "warm-up-march": 130, "seated-hip-ir-lift": 127, "seated-knee-lift-hold": 123,
    "seated-adductor-opener": 80, "sit-to-stand": 151, "knee-to-wall-rock": 215, "wall-calf-stretch": 155,
    "soleus-wall-stretch": 155, "banded-ankle-mob": 247, "weighted-ankle-hold": 165, "calf-roll": 135,
    "supported-deep-squat": 110, "squat-pry": 100, "banded-hip-mob": 255, "worlds-greatest": 111, "glute-bridge": 195,
    "single-leg-bridge": 297, "clamshell": 315, "side-lying-hip-abduction": 315, "side-plank-knees": 115,
    "side-plank": 165, "dead-bug-heel-tap": 120, "dead-bug": 155, "hip-hike": 275, "split-squat-assisted": 297,
    "split-squat": 543, "psoas-march-band": 175,
    "heel-raise": 160, "heel-raise-single": 297, "seated-heel-raise": 150, "step-up": 297, "sit-to-stand-high": 127,
    "seated-knee-extension": 335, "standing-band-abduction": 315, "lateral-band-walk": 120,
    "isometric-abduction-lying": 85, "seated-band-abduction": 180, "side-plank-staggered": 147, "hip-hinge": 160,
    "single-leg-hinge": 297, "hip-airplane": 245, "long-lever-bridge": 130, "standing-hip-extension": 315,
    "copenhagen-long": 327, "seated-adductor-squeeze": 75, "cossack-squat-supported": 249, "cossack-squat": 255,
    "cat-cow": 58, "prone-press-up": 58, "bird-dog": 180, "prone-hip-rotation": 111, "ninety-ninety-no-hands": 50,
    "femoral-slider-side-lying": 95, "standing-outer-thigh-stretch": 155, "half-kneeling-quad-strap": 165,
    "seated-march": 70, "desk-lunge": 99, "seated-breathing": 100, "wall-straddle": 120,
}
# fmt: on

MINUTES = {
    "four-everyday": 9.1,
    "desk-chair": 9.3,
    "five-minute": 4.8,
    "ten-minute": 9.8,
    "twenty-minute": 20.3,
    "piriformis-relief": 8.5,
    "squat-prep": 11.4,
    "kinstretch-beginner": 12.2,
    "resistance-stretch": 9.9,
    "bedtime-easy": 7.5,
    "strength-base": 19.0,
    "worn-hips": 10.8,
    "runners-set": 11.4,
    "side-split-set": 10.3,
    "chair-easy-day": 4.2,
    "no-floor": 8.4,
    "back-and-buttock": 7.9,
    "break-desk-lunge": 1.2,
    "break-stand-up": 1.5,
    "break-seated": 1.5,
}

# What goes with each video, and how surely.
ESTABLISHED = {"IikP_teeLkI": "banded-ankle-mob"}
LIKELY = {
    "ZEqRoCJ6UAY": "supine-figure-four supine-knee-opposite-shoulder",
    "-2vO8QfdLFg": "half-kneeling-hip-flexor standing-lunge-hip-flexor supine-edge-psoas",
    "9zvEWGKt3xw": "lunge-hip-flexor-resistance resistance-stretch",
    "6aOs23v4hNs": "chair-quad-resistance resistance-stretch",
    "VHfaGtkJz2o": "hip-cars-quadruped hip-cars-standing ninety-ninety-supported ninety-ninety-switch"
    " ninety-front-pails-rails ninety-trail-pails-rails kinstretch-beginner",
    "IikP_teeLkI": "knee-to-wall-rock weighted-ankle-hold squat-prep",
}
THEMATIC = {
    "sTre4xSTuto": "adductor-squeeze supine-hip-flexion-hold seated-knee-lift-hold dead-bug-heel-tap psoas-march-band"
    " strength-base edu-stretch-or-strengthen",
    "KCADorwJ6Ik": "adductor-squeeze supine-hip-flexion-hold seated-knee-lift-hold psoas-march-band"
    " strength-base edu-stretch-or-strengthen",
    "S4q2KfF7z1E": "half-kneeling-hip-flexor half-kneeling-contract-relax seated-knee-lift-hold supported-deep-squat"
    " split-squat-assisted psoas-march-band strength-base edu-stretch-or-strengthen",
    "OQr-yE86AHk": "half-kneeling-hip-flexor side-lying-quad couch-stretch edu-pelvic-tilt",
    "ZEqRoCJ6UAY": "seated-figure-four figure-four-contract-relax elevated-pigeon glute-ball-release"
    " sciatic-slider-seated clamshell piriformis-relief",
    "-2vO8QfdLFg": "half-kneeling-psoas-reach pelvic-tilt-supine edu-pelvic-tilt",
    "9zvEWGKt3xw": "half-kneeling-contract-relax edge-hip-flexor-resistance hamstring-resistance-stretch",
    "SoFxooQZVlQ": "half-kneeling-hip-flexor standing-lunge-hip-flexor supine-figure-four supine-butterfly"
    " supine-hamstring-strap four-everyday",
    "6aOs23v4hNs": "chair-side-saddle-hip-flexor lunge-hip-flexor-resistance",
    "FaQiDy9ci04": "chair-side-saddle-hip-flexor seated-figure-four seated-hamstring-chair seated-pelvic-tilt"
    " seated-hip-ir-lift seated-adductor-opener desk-chair",
    "VHfaGtkJz2o": "adductor-rock frog-rock windshield-wipers supine-hip-circles trail-leg-lift-off"
    " supine-hip-flexion-hold seated-hip-ir-lift",
    "888Fod2Fcmo": "couch-stretch elevated-pigeon pigeon-floor adductor-rock frog-rock ninety-ninety-supported"
    " ninety-ninety-switch quadruped-rock-back sit-to-stand knee-to-wall-rock supported-deep-squat squat-pry"
    " banded-hip-mob worlds-greatest squat-prep",
    "IikP_teeLkI": "wall-calf-stretch soleus-wall-stretch calf-roll",
}

# Claims that no source carries; and the words before one that make an honest sentence of it.
CLAIMS = re.compile(
    r"\b(cure[sd]?|curing|heal(s|ed|ing)?|guarantee\w*|permanent\w*|from the video|as shown (by|in)|the video shows"
    r"|(correct|fix|straighten)(s|es|ed|ing)? (your |the |a )?(posture|pelvi\w+|back)"
    r"|prevent(s|ed|ing|ion of)? (an |any |your )?injur\w+|injury prevention|hold your breath"
    r"|work through (it|(the |a )?(pain|pinch)))\b",
    re.IGNORECASE,
)
DIAGNOSES = re.compile(
    r"\b(you have|you suffer from|you('ve| have) got|your) (an? |the )?(\w+ )?"
    r"(tendin\w+|impingement|arthritis|bursitis|sciatica|\w+ syndrome|labral tear|dysplasia|hernia\w*|slipped disc)\b",
    re.IGNORECASE,
)
HONEST = re.compile(r"\b(not|no|never|what|which)\b", re.IGNORECASE)


def exercises_and_cards(catalogue: Catalogue) -> list[Exercise | Card]:
    return [*catalogue.exercises.values(), *catalogue.cards.values()]


def links(catalogue: Catalogue) -> Iterator[tuple[str, Link]]:
    """Every (id, link) of exercises, cards and routines."""
    for entry in exercises_and_cards(catalogue):
        yield from ((entry.id, link) for link in entry.videos)
    for routine in catalogue.routines.values():
        yield from ((routine.id, link) for link in routine.goes_with)


def words(value: Any) -> Iterator[str]:
    """Every piece of text in nested lists, mappings and tuples."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from words(list(value.items()))
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from words(each)


def raw() -> list[str]:
    """Every scalar of the files as it is written, before anything cleans it."""
    return list(words([yaml.load(file.read_bytes(), yaml.BaseLoader) for file in cache.files(shipped())]))


def test_the_thirteen_videos_stand_in_the_order_of_the_note(catalogue: Catalogue) -> None:
    found = [(video.section, video.id, video.caption) for video in catalogue.videos.values()]
    assert found == [(section, *video) for section, videos in VIDEOS.items() for video in videos]
    assert all(video.url == f"https://www.youtube.com/watch?v={video.id}" for video in catalogue.videos.values())


def test_one_move_of_one_video_is_established_and_nothing_else(catalogue: Catalogue) -> None:
    assert [video.id for video in catalogue.videos.values() if video.established] == ["IikP_teeLkI"]
    assert [name for name, link in links(catalogue) if link.strength == "established"] == ["banded-ankle-mob"]


@pytest.mark.parametrize(
    ("strength", "expected"), [("established", ESTABLISHED), ("likely", LIKELY), ("thematic", THEMATIC)]
)
def test_what_goes_with_a_video_goes_as_surely_as_the_facts_say(
    catalogue: Catalogue, strength: str, expected: dict[str, str]
) -> None:
    found = {(link.video, name) for name, link in links(catalogue) if link.strength == strength}
    assert found == {(video, name) for video, names in expected.items() for name in names.split()}


def test_every_video_is_represented(catalogue: Catalogue) -> None:
    routines = set(catalogue.routines)
    assert {link.video for name, link in links(catalogue) if name not in routines} == set(catalogue.videos)


def test_the_exercises_come_in_these_proportions(catalogue: Catalogue) -> None:
    exercises = catalogue.exercises.values()
    assert len(exercises) == 102
    assert Counter(each.category for each in exercises) == {"stretch": 29, "mobility": 31, "strength": 38, "release": 4}
    assert Counter(each.level for each in exercises) == {1: 58, 2: 35, 3: 9}


def test_every_exercise_takes_the_seconds_of_the_facts(catalogue: Catalogue) -> None:
    exercises = catalogue.exercises.values()
    lines = {each.id: compile_session(of_exercise(each), Manner()) for each in exercises}
    assert {name: counted_ms(line) / 1000 for name, line in lines.items()} == SECONDS


def test_every_exercise_has_its_mechanics_family_and_a_short_name_of_its_own(catalogue: Catalogue) -> None:
    exercises = catalogue.exercises.values()
    assert [each.id for each in exercises if not (each.mech and each.alike and each.short)] == []
    assert all(len(each.short or "") <= LONGEST_SHORT for each in exercises)
    assert max(Counter(each.short for each in exercises).values()) == 1


def test_a_short_name_is_recognised_as_the_name_or_as_an_alias(catalogue: Catalogue) -> None:
    """Its words come from it, in order, perhaps cut short; a number at its end is the step of a family."""
    for each in catalogue.exercises.values():
        words = _words(re.sub(r"(?<!figure) \d$", "", each.short or ""))
        assert any(_in_order(words, _words(name)) for name in (each.name, *each.aliases)), (each.short, each.name)


def _words(name: str) -> list[str]:
    return re.findall(r"[a-z0-9/]+", name.lower().replace("four", "4").replace("single", "one"))


def _in_order(some: list[str], every: list[str]) -> bool:
    rest = iter(every)
    return all(any(word[:3] == other[:3] and (other + "s").startswith(word) for other in rest) for word in some)


def test_every_side_that_is_done_alone_has_its_words(catalogue: Catalogue) -> None:
    for each in catalogue.exercises.values():
        assert bool(each.side_is) == (each.sides == "per_side"), each.id


def test_every_routine_takes_the_minutes_of_the_facts(catalogue: Catalogue) -> None:
    lines = {each.id: compile_session(of_routine(catalogue, each), Manner()) for each in catalogue.routines.values()}
    assert {name: round(counted_ms(line) / 60_000, 1) for name, line in lines.items()} == MINUTES


def test_a_micro_break_is_short_and_leaves_no_floor_to_get_up_from(catalogue: Catalogue) -> None:
    breaks = [each for each in catalogue.routines.values() if each.kind == vocabulary.BREAK]
    assert len(breaks) == 3
    for each in breaks:
        assert each.evidence, each.id
        positions = {catalogue.exercises[step.exercise].position for step in each.steps}
        assert positions <= {"standing", "seated-chair"}, each.id
        assert 60_000 <= counted_ms(compile_session(of_routine(catalogue, each), Manner())) <= 120_000, each.id


def counted_ms(line: Timeline) -> int:
    """The length of a session with what the facts count between its steps, whatever the change of position."""
    fixed_ms = {Phase.READY: 10_000, Phase.SWITCH: 5_000}
    return sum(fixed_ms.get(segment.phase, segment.length_ms) for segment in line.segments)


def test_a_routine_named_after_a_video_says_what_is_not_established(catalogue: Catalogue) -> None:
    for name in ("four-everyday", "piriformis-relief", "kinstretch-beginner", "resistance-stretch"):
        assert "not established" in (catalogue.routines[name].honest or "")


def test_a_risky_routine_says_whom_it_is_not_for(catalogue: Catalogue) -> None:
    found = {routine.id for routine in catalogue.routines.values() if routine.not_for}
    assert found >= {"piriformis-relief", "squat-prep", "kinstretch-beginner", "resistance-stretch"}


def test_squat_prep_holds_nothing_long_before_the_load(catalogue: Catalogue) -> None:
    held = [getattr(step.prescription, "hold_s", 0) for step in catalogue.routines["squat-prep"].steps]
    assert max(held) <= 30


def test_the_four_cards_are_there(catalogue: Catalogue) -> None:
    assert list(catalogue.cards) == [
        "edu-stretch-or-strengthen",
        "edu-pelvic-tilt",
        "edu-pain-rules",
        "edu-red-flags",
    ]
    red_flags = " ".join(words(catalogue.cards["edu-red-flags"])).lower()
    for sign in ("bowel", "urine", "fever", "chest pain", "shorter", "cancer", "groin", "pregnant", "under 18"):
        assert sign in red_flags


def test_every_dose_and_card_names_sources_that_exist(catalogue: Catalogue) -> None:
    for entry in exercises_and_cards(catalogue):
        assert entry.evidence, entry.id
        assert set(entry.evidence) <= set(catalogue.sources), entry.id
    assert list(catalogue.sources) == [*(f"E{n}" for n in range(1, 47)), *(f"V{n}" for n in range(1, 5)), "GK"]


@pytest.mark.parametrize(
    ("condition", "hidden"), [("thr_posterior", 46), ("thr_anterior", 41), ("pgp", 15), ("knee_twist", 8)]
)
def test_a_condition_hides_as_many_exercises_as_the_facts_say(
    catalogue: Catalogue, condition: str, hidden: int
) -> None:
    """And one more with a replaced hip: swinging both legs up a wall, and bending them there, goes past 90 degrees."""
    assert sum(condition in each.avoid for each in catalogue.exercises.values()) == hidden


def test_every_way_to_something_easier_ends(catalogue: Catalogue) -> None:
    for exercise in catalogue.exercises.values():
        seen: set[str] = set()
        ahead = set(exercise.easier)
        while ahead - seen:
            seen |= ahead
            ahead = {name for each in ahead for name in catalogue.exercises[each].easier}
        assert exercise.id not in seen


def test_every_exercise_can_be_followed_and_stopped(catalogue: Catalogue) -> None:
    for each in catalogue.exercises.values():
        assert 1 <= len(each.setup) <= 4, each.id
        assert 2 <= len(each.cues) <= 3, each.id
        assert each.stop_if, each.id


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("It cures a tight hip.", True),
        ("As shown by the video, lean forward.", True),
        ("This corrects your posture.", True),
        ("It corrects pelvic tilt for good.", True),
        ("It corrects posture, but not at once.", True),
        ("Prevents injury.", True),
        ("Hold your breath and push.", True),
        ("Secure the band, and keep the knee still to prevent twisting.", False),
        ("Stretching does not correct posture.", False),
        ("The panel does not support it for injury prevention.", False),
        ("What the video shows is not established.", False),
        ("Keep breathing. Fix the band to a door.", False),
    ],
)
def test_the_search_for_claims_knows_a_claim_from_an_honest_sentence(sentence: str, told: bool) -> None:
    assert bool(claims([sentence])) == told


def claims(texts: list[str]) -> list[str]:
    sentences = (sentence for text in texts for sentence in re.split(r"(?<=[.!?])\s", text))
    found = ((each, CLAIMS.search(each)) for each in sentences)
    return [each for each, claim in found if claim and not HONEST.search(each[: claim.start()])]


def test_nothing_is_claimed_that_no_source_carries(catalogue: Catalogue) -> None:
    entries = [*exercises_and_cards(catalogue), *catalogue.routines.values(), *catalogue.videos.values()]
    shown = [describe(catalogue, each) for each in entries]
    assert claims([*raw(), *words(shown), *words(vars(vocabulary))]) == []


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("You have gluteal tendinopathy.", True),
        ("Your piriformis syndrome needs a stretch.", True),
        ("It is your sciatica.", True),
        ("Pain on the bony outside of the hip?", False),
        ("Studied in sore Achilles tendons.", False),
    ],
)
def test_the_search_for_diagnoses_knows_one(sentence: str, told: bool) -> None:
    assert bool(DIAGNOSES.search(sentence)) == told


def test_nothing_that_the_program_says_claims_too_much_or_names_a_diagnosis(catalogue: Catalogue) -> None:
    root = Path(__file__).parents[2]
    code = [
        node.value
        for file in (root / "hiproutine").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_bytes()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    pages = [file.read_text("utf-8") for file in (root / "README.md", *(root / "docs").glob("*.md"))]
    assert len(code) > 1000
    assert claims([*code, *pages]) == []
    assert [text for text in (*raw(), *code, *pages) if DIAGNOSES.search(text)] == []


def test_nothing_shipped_holds_what_cleaning_would_change() -> None:
    assert [each for each in raw() if clean(each) != each] == []
