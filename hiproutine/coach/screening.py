"""Screening: a catalogue in which whatever a condition of the person hides does not exist. Pure.

Everything that shows or plans exercises is given the screened catalogue, so nothing else has to know the conditions.
"""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from hiproutine.catalogue.model import Catalogue, Exercise, Routine, Step
from hiproutine.catalogue.prescription import Prescription, Sort, declared
from hiproutine.catalogue.vocabulary import CATEGORY, CONDITIONS
from hiproutine.coach import session
from hiproutine.errors import HiproutineError

EASY_DAY = "bedtime-easy"
EDUCATION = "edu-stretch-or-strengthen"

# Restrictions that hold on top of those of a code's own avoid list.
_IMPLIED = {"thr_lateral": "thr_posterior"}
_STOPS = {
    "neuro_progressive": "a leg that gets weaker, or numbness that grows, has to be looked at before any practice; "
    "`hiproutine show edu-red-flags` says how soon",
    "surgery_recent": "so soon after surgery your surgeon or physiotherapist says what may be done, and when; "
    "the cards under `hiproutine list` and `hiproutine show` stay readable",
}
_HIGHEST_EFFORT_PCT = 30
_HOLDS_STAY_SHORT = ("dysplasia", "hypermobile")

CAUTIONS = {
    "thr_posterior": "Do not bend the hip past 90 degrees, do not cross the legs, do not turn the knee in.",
    "thr_anterior": "Do not take the leg far back, and do not turn it out.",
    "fai": "Stay out of the pinch.",
    "gtps": "Do not let the leg cross the body, and do not lie on the sore side.",
    "pht": "Bend less at the hip, and stay away from pain at the sitting bone.",
    "disc_acute": "Stop if anything spreads down the leg.",
    "osteoporosis": "No strong bending of the back, and no hard pressure.",
    "dysplasia": "Shorter holds, in the middle of your range.",
    "hypermobile": "Shorter holds, in the middle of your range.",
    "preg": "Prop yourself up, or lie on the side.",
    "pgp": "Keep the knees close together, and stop if the pelvis hurts.",
    "hf_strain": "Only once walking is painless, and without a pull at the sore place.",
    "groin_strain": "Only once walking is painless, and without a pull at the sore place.",
    "knee_flexion": "Bend the knee only as far as it goes with ease; a towel behind it helps.",
    "knee_kneel": "Put a thick pad under the knee.",
    "knee_twist": "No twist at the knee.",
    "achilles": "Go less deep, and stop if the tendon hurts.",
    "balance": "Keep a hand on a wall or a chair.",
    "shoulder_wrist": "Lean less on the hands and elbows.",
    "bp_uncontrolled": "Stay under 30 % effort, and keep breathing.",
}
"""Cautions for exercises that a condition does not hide."""


class Change(NamedTuple):
    """A screened routine: (before, instead), what was dropped, and whether at least half of it remains (`enough`)."""

    replaced: tuple[tuple[Exercise, Exercise], ...]
    dropped: tuple[Exercise, ...]
    enough: bool


class Screened(NamedTuple):
    """The catalogue without what is hidden, and whole; by id, why exercises are hidden, and what became of routines.

    `stop` says why nothing at all may be practised, if that is so; `codes` are the conditions with what they imply.
    """

    catalogue: Catalogue
    whole: Catalogue
    hidden: Mapping[str, tuple[str, ...]]
    changes: Mapping[str, Change]
    stop: str | None
    codes: frozenset[str] = frozenset()


def screen(catalogue: Catalogue, conditions: Collection[str]) -> Screened:
    """Hides what the conditions hide. A routine gets the first easier variant that is allowed and not yet in it."""
    if not conditions:
        return Screened(catalogue, catalogue, {}, {}, None)
    codes = _with_implied(conditions)
    stop = next((sentence for code, sentence in _STOPS.items() if code in codes), None)
    found = {each.id: _hiding(each, codes) for each in catalogue.exercises.values()}
    hidden = {name: why for name, why in found.items() if why}
    exercises = {
        name: each._replace(
            easier=tuple(other for other in each.easier if other not in hidden),
            harder=tuple(other for other in each.harder if other not in hidden),
            prescription=_eased(each.prescription, codes),
        )
        for name, each in catalogue.exercises.items()
        if name not in hidden
    }
    routines: dict[str, Routine] = {}
    changes: dict[str, Change] = {}
    for routine in catalogue.routines.values():
        steps, change = _screen_routine(routine, catalogue.exercises, exercises)
        if change.replaced or change.dropped:
            changes[routine.id] = change
        if steps:
            eased = tuple(step._replace(prescription=_eased(step.prescription, codes)) for step in steps)
            routines[routine.id] = routine._replace(steps=eased)
    left = catalogue._replace(exercises=exercises, routines=routines)
    return Screened(left, catalogue, hidden, changes, stop, codes)


def find(screened: Screened, plan: str | None) -> session.Session:
    """As `session.find`, in the screened catalogue. Raises HiproutineError, for what is hidden with its reason."""
    if screened.stop:
        raise HiproutineError(screened.stop)
    if plan is None and session.DEFAULT_ROUTINE not in screened.whole.routines:
        return session.find(screened.catalogue, None)
    plan = plan or session.DEFAULT_ROUTINE
    for name in session.names(plan):
        if name in screened.hidden:
            raise _is_hidden(screened, name, screened.hidden[name])
    if plan in screened.changes and plan not in screened.catalogue.routines:
        raise HiproutineError(f'your screening leaves nothing of "{plan}"; {_offer(screened)}')
    found = session.find(screened.catalogue, plan)
    # A plan may hold another kind of work, or more effort, than the catalogue.
    for exercise, prescription in found.items:
        if why := _hiding(exercise._replace(prescription=prescription), screened.codes):
            raise _is_hidden(screened, exercise.id, why)
    items = (item._replace(prescription=_eased(item.prescription, screened.codes)) for item in found.items)
    return found._replace(items=tuple(items))


def told(screened: Screened, plan: str) -> tuple[str, ...]:
    """The changes of a routine by screening, in sentences."""
    change = screened.changes.get(plan)
    if not change:
        return ()
    sentences = [f"{instead.name} in place of {before.name}, which is hidden." for before, instead in change.replaced]
    if change.dropped:
        sentences.append(f"Left out, because it is hidden: {', '.join(each.name for each in change.dropped)}.")
    if not change.enough:
        offer = _offer(screened)
        sentences.append(f"Fewer than half of this routine is left; {offer}.")
    return tuple(sentences)


def cautions(exercise: Exercise, conditions: Collection[str]) -> tuple[str, ...]:
    """The cautions for an exercise, each line once."""
    codes = _with_implied(conditions)
    return tuple(dict.fromkeys(CAUTIONS[code] for code in exercise.caution if code in codes and code in CAUTIONS))


def holds_stay_short(exercise: Exercise, conditions: Collection[str]) -> bool:
    """Return whether holds at the end of the range must not get longer for that person (2.12, 3.3)."""
    held = declared(exercise.prescription).held and not CATEGORY[exercise.category].strengthens
    return held and not set(_HOLDS_STAY_SHORT).isdisjoint(conditions)


def _is_hidden(screened: Screened, name: str, codes: Collection[str]) -> HiproutineError:
    because = ", ".join(CONDITIONS[code] for code in codes)
    return HiproutineError(f'"{name}" is hidden by your screening ({because}); {_offer(screened)}')


def _with_implied(conditions: Collection[str]) -> frozenset[str]:
    return frozenset(conditions) | {_IMPLIED[code] for code in conditions if code in _IMPLIED}


def _hiding(exercise: Exercise, codes: Collection[str]) -> tuple[str, ...]:
    avoid = {*exercise.avoid, *declared(exercise.prescription).avoid, *_STOPS}
    return tuple(code for code in CONDITIONS if code in codes and code in avoid)


def _screen_routine(
    routine: Routine, every: Mapping[str, Exercise], allowed: Mapping[str, Exercise]
) -> tuple[tuple[Step, ...], Change]:
    steps: list[Step] = []
    replaced: list[tuple[Exercise, Exercise]] = []
    dropped: list[Exercise] = []
    present = {step.exercise for step in routine.steps}
    for step in routine.steps:
        if step.exercise in allowed:
            steps.append(step)
            continue
        before = every[step.exercise]
        easier = next((other for other in before.easier if other in allowed and other not in present), None)
        if easier is None:
            dropped.append(before)
            continue
        present.add(easier)
        steps.append(Step(easier, allowed[easier].prescription))
        replaced.append((before, allowed[easier]))
    return tuple(steps), Change(tuple(replaced), tuple(dropped), 2 * len(steps) >= len(routine.steps))


def _eased(prescription: Prescription, codes: Collection[str]) -> Prescription:
    """The prescription with no effort above what is safe with the conditions."""
    highest_pct = _HIGHEST_EFFORT_PCT if "bp_uncontrolled" in codes else 100
    eased: dict[str, Any] = {
        name: (min(value[0], highest_pct), min(value[1], highest_pct))
        for name, field in declared(prescription).fields.items()
        if field.sort is Sort.EFFORT and (value := getattr(prescription, name))
    }
    return prescription._replace(**eased)


def _offer(screened: Screened) -> str:
    easy = screened.changes.get(EASY_DAY)
    if EASY_DAY in screened.catalogue.routines and (easy is None or easy.enough):
        return f"`hiproutine start {EASY_DAY}` is the careful choice"
    return f"`hiproutine show {EDUCATION}` is something to read instead"
