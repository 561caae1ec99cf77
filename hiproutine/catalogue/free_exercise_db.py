"""The public-domain data set free-exercise-db as exercises of one's own. It gives no dose, side or position: all three
are ours, guessed from its categories and its words, and each entry says so.
"""

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from hiproutine.catalogue import notation
from hiproutine.catalogue.model import Exercise
from hiproutine.errors import HiproutineError
from hiproutine.text import clean

LARGEST = 8 * 1024 * 1024
MOST = 5000
"""Exercises in the data set, which had 873 in 2026."""
NOTE = "From free-exercise-db (public domain). Dose, sides and position are guessed, and nobody has reviewed it."

# What we make of it: our category, and a dose within what the sources carry.
_DOSES = {
    "roll": ("release", "flow 30s"),
    "hold": ("stretch", "2x30s"),
    "move": ("mobility", "1x10 @2-1-2 rest 15s"),
    "keep moving": ("mobility", "flow 2min"),
    "strengthen": ("strength", "2x10 @2-1-2 rest 1min"),
}
_LEVELS = {"beginner": 1, "intermediate": 2, "expert": 3}
# (areas, muscles) of each of its muscles; where it means none of the hip's, the whole body.
_MUSCLES: dict[str, tuple[str, tuple[str, ...]]] = {
    "abdominals": ("trunk", ("abdominals",)),
    "abductors": ("outside-of-hip", ("gluteus-medius",)),
    "adductors": ("inner-thigh", ("adductors",)),
    "calves": ("calf", ("calf",)),
    "glutes": ("buttock", ("gluteus-maximus",)),
    "hamstrings": ("back-of-thigh", ("hamstrings",)),
    "lower back": ("low-back", ("back-extensors",)),
    "quadriceps": ("front-of-thigh", ("quadriceps",)),
}
_EQUIPMENT = {"bands": "band", "foam roll": "roller", "exercise ball": "ball", "medicine ball": "weight"}
_WEIGHTS = {"barbell", "dumbbell", "kettlebells", "cable", "machine", "e-z curl bar"}
# From the first such word of a sentence on. The group is atomic: to look from each of them takes minutes where there
# are a million.
_LYING = r"(?:^|\.)(?>[^.]*?(?:lie|lying|lay)\b)[^.]*"
_SITTING = r"(?:^|\.)(?>[^.]*?\b(?:sit|seated|seat)\b)[^.]*"
# The first that its words hold, in this order; standing if none does.
_POSITIONS = {
    r"hands and knees|all fours": "quadruped",
    rf"{_LYING}\bside\b|side[- ]lying": "side-lying",
    rf"{_LYING}\b(?:face ?down|stomach|prone)|face ?down": "prone",
    r"\b(?:lie|lying|lay)\b|supine|on your back": "supine",
    r"\bkneel": "half-kneeling",
    rf"{_SITTING}\b(?:chair|bench)\b": "seated-chair",
    r"\b(?:sit|seated|seat yourself)\b": "seated-floor",
}
_EACH_SIDE = re.compile(r"\b(?:other|opposite) (?:leg|side|arm|foot|hand)\b|\b(?:switch|change) (?:sides|legs|arms)\b")

_MOVES = re.compile(r"\brepetitions\b|\brepeat \d|\bcircles?\b|\bswing|\bjump|\bhop")
_HOLDS = re.compile(r"\bhold (?:for|this|it|the stretch|\d)")


def read(data: bytes, name: str, free_id: Callable[[str], str]) -> list[Exercise]:
    """The exercises of its JSON, each with an id that `free_id` makes of a name. Raises HiproutineError."""
    if len(data) > LARGEST:
        raise HiproutineError(f"{name}: is larger than {LARGEST // 1024 // 1024} MiB")
    try:
        rows = json.loads(data)
        if len(rows) > MOST:
            raise HiproutineError(f"{name}: more than {MOST} exercises, which are not those of free-exercise-db")
        return [_exercise(row, free_id) for row in rows]
    except (ValueError, RecursionError) as error:
        raise HiproutineError(f"{name}: not JSON that can be read ({error})") from None
    except (KeyError, TypeError, AttributeError):
        raise HiproutineError(
            f"{name}: not the list of free-exercise-db; its file dist/exercises.json is meant"
        ) from None


def _exercise(row: dict[str, Any], free_id: Callable[[str], str]) -> Exercise:
    name = clean(" ".join(row["name"].split()))
    setup = tuple(filter(None, (clean(" ".join(line.split())) for line in row["instructions"])))
    words = " ".join((name, *setup)).lower()
    category, words_of_dose = _DOSES[_what_it_is(row["category"], words)]
    mapped = [_MUSCLES[each] for each in (*row["primaryMuscles"], *row["secondaryMuscles"]) if each in _MUSCLES]
    return Exercise(
        id=free_id(row["id"]),
        name=name,
        aliases=(),
        category=category,
        level=_LEVELS[row["level"]],
        position=next((position for found, position in _POSITIONS.items() if re.search(found, words)), "standing"),
        setup_s=0,
        sides="per_side" if _EACH_SIDE.search(words) else "both",
        side_is=None,
        areas=_once(area for area, _ in mapped) or ("whole-body",),
        muscles=_once(muscle for _, muscles in mapped for muscle in muscles),
        equipment=_equipment(row["equipment"]),
        optional=(),
        prescription=notation.read(words_of_dose).prescription,
        evidence=(),
        setup=setup or ("It comes without instructions.",),
        cues=("Keep breathing",),
        mistakes=(),
        stop_if=("sharp pain",),
        avoid=(),
        caution=(),
        easier=(),
        harder=(),
        videos=(),
        notes=NOTE,
    )


def _what_it_is(category: str, words: str) -> str:
    if category == "cardio":
        return "keep moving"
    if category != "stretching":
        return "strengthen"
    if "-smr" in words:
        return "roll"
    return "move" if _MOVES.search(words) and not _HOLDS.search(words) else "hold"


def _equipment(word: str | None) -> tuple[tuple[str, ...], ...]:
    found = "weight" if word in _WEIGHTS else _EQUIPMENT.get(word or "")
    return ((found,),) if found else ()


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
