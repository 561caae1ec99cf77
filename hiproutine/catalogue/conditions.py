"""The conditions of the screening, and how an exercise is graded by them; the tables with their rules are in `rules`.

The rules read only an exercise's own data (its mechanics, position, level, kind of dose and equipment), so no exercise
can forget a code. Three grades: `avoid` never appears; `not_planned` is done only when it is named by hand, and after a
yes; `caution` is done with its sentence said. Where several rules fit, the strictest holds.

Sources name movements ("deep bend", "turning in"), seldom numbers: most thresholds in degrees are our choice and lean
to the safe side. A surgeon's, doctor's or midwife's word to a person beats every rule here, in both directions.
"""

from collections.abc import Collection

from hiproutine.catalogue.demands import demands
from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.prescription import declared
from hiproutine.catalogue.rules.circulation import CIRCULATION
from hiproutine.catalogue.rules.joints import JOINTS
from hiproutine.catalogue.rules.pregnancy import PREGNANCY
from hiproutine.catalogue.rules.rule import ASKS_FOR
from hiproutine.catalogue.rules.stops import STOPPING
from hiproutine.catalogue.rules.surgery import SURGERY

GRADES = ("avoid", "not_planned", "caution")
"""The grades, the strictest first; each is a field of an exercise."""

CONDITION = STOPPING | SURGERY | PREGNANCY | JOINTS | CIRCULATION
"""By code, in the order in which they are asked: first what may stop practice, then surgery, pregnancy, the rest."""

CONDITIONS = {code: each.label for code, each in CONDITION.items()}
STOPS = frozenset(code for code, each in CONDITION.items() if each.stop)


def caution_words(exercise: Exercise, code: str) -> str:
    """Return what a condition says of an exercise: what fits its demands, or in general where these are not known."""
    asked = demands(exercise)
    fitting = (words for words, fits in CONDITION[code].fitting if exercise.mech and fits(asked))
    return " ".join(fitting) or CONDITION[code].says


def asked_for(exercise: Exercise, codes: Collection[str]) -> tuple[tuple[str, ...], ...]:
    """Return the equipment that the cautions of these conditions ask for, each with its alternatives."""
    said = " ".join(caution_words(exercise, code) for code in exercise.caution if code in codes)
    return tuple(things for words, things in ASKS_FOR.items() if words in said)


_OF_EVERY_THIRD = {"preg": "preg_1"}
"""The meaning of a code in an exercise's own list: a person whose third is not known has the strictest, but an exercise
that names no third means each of them."""


def with_implied(codes: Collection[str]) -> frozenset[str]:
    """Return the conditions with those that they imply."""
    found = set(codes)
    for code in codes:
        while code := CONDITION[code].implies:
            found.add(code)
    return frozenset(found)


def foremost(codes: Collection[str]) -> tuple[str, ...]:
    """Return the conditions without those that others among them imply."""
    return tuple(code for code in codes if not any(code in with_implied([other]) for other in codes if other != code))


def by_rule(exercise: Exercise) -> dict[str, str]:
    """Return the grade of the exercise by the rules, of each condition that has one; a stop grades nothing."""
    asked = demands(exercise)
    return {
        code: grade
        for code, each in CONDITION.items()
        if (grade := next((grade for grade in GRADES if getattr(each, grade)(asked)), ""))
    }


def graded(exercise: Exercise) -> Exercise:
    """Return the exercise with the grades of the rules besides its own and its dose's; the strictest holds."""
    grades = by_rule(exercise) | dict.fromkeys(declared(exercise.prescription).avoid, GRADES[0])
    for grade in reversed(GRADES):
        own = (_OF_EVERY_THIRD.get(code, code) for code in getattr(exercise, grade))
        grades |= {code: grade for code in own if _stricter(grade, grades.get(code))}
    avoid, not_planned, caution = (tuple(code for code in CONDITION if grades.get(code) == grade) for grade in GRADES)
    return exercise._replace(avoid=avoid, not_planned=not_planned, caution=caution)


def _stricter(grade: str, than: str | None) -> bool:
    return than is None or GRADES.index(grade) < GRADES.index(than)
