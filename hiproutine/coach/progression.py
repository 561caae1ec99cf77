"""Progression: the dose reached in each exercise, and the next step: longer, more sets, harder, more load. Pure.

How far somebody is follows from the planned seconds, session by session, and for what is longer ago than the sessions
that are read, from records of the steps that were taken or taken back. Steps are only suggested. The steps and the rule
of two sessions are a design based on E13 and E18, not a finding; so is the definition of a week off as a week without
any work for the areas of an exercise, since the coach does not plan each exercise every week.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from hiproutine.catalogue import loads
from hiproutine.catalogue.model import Catalogue, Exercise
from hiproutine.catalogue.notation import brief, write
from hiproutine.catalogue.prescription import (
    Hold,
    Prescription,
    changed,
    declared,
    length,
    load_of,
    sets_of,
    with_load,
    with_sets,
)
from hiproutine.catalogue.vocabulary import CATEGORY, NERVE
from hiproutine.coach.pain import Advice, Colour, colour, hurt_words, of_day
from hiproutine.coach.session import Item
from hiproutine.coach.weekly_volume import SESSION_S, Before, before
from hiproutine.history.past import Past
from hiproutine.history.records import TOO_EASY, TOO_HARD, Effort, Hurt, Ladder, Pain, SessionRecord, StepRecord

HIGHEST_PAIN = 2
_RUNNING = 2
_OFF = timedelta(days=7)
_STRETCHED_FOR = timedelta(days=14)


class Reached(NamedTuple):
    """The dose of an exercise for a day, reduced from `was` if there is a `why`; `top` if it ends its ladder."""

    prescription: Prescription
    was: Prescription
    why: str = ""
    top: bool = False


class Suggestion(NamedTuple):
    """The next step of an exercise: a larger dose, or a harder variant in its own dose.

    `instead` is the exercise done until now, the same one or the easier, in the dose `was`; `since` the day from which
    on the step was earned; `taken` the session in which it is taken, made to fit the minutes as the one without it.
    """

    exercise: Exercise
    prescription: Prescription
    words: str
    instead: Exercise
    was: Prescription
    since: date
    taken: tuple[Item, ...] = ()


class Climbed(NamedTuple):
    """A step that was taken, or taken back: ids and a dose, as a record holds them."""

    exercise: str
    dose: str
    instead: str
    taken: bool


def ladder(exercise: Exercise) -> tuple[Prescription, ...]:
    """The doses of an exercise from its own up, each with a single increase, none above SESSION_S."""
    found = [exercise.prescription]
    while (following := _more(exercise, found[-1])) is not None and length(following).work_s <= SESSION_S:
        found.append(following)
    return tuple(found)


def below(exercise: Exercise, prescription: Prescription) -> Prescription:
    """The dose one step down the ladder, its load kept; unchanged if it is the first step, or not on the ladder."""
    steps, load = ladder(exercise), load_of(prescription)
    plain = with_load(prescription, load_of(exercise.prescription))
    return with_load(steps[max(0, steps.index(plain) - 1)], load) if plain in steps else prescription


def alike(one: Exercise, other: Exercise) -> bool:
    """Return whether two variants are of one movement family, so that one may replace the other.

    Where one names no family, they share the category and an area.
    """
    if one.alike and other.alike:
        return one.alike == other.alike
    return one.category == other.category and not set(one.areas).isdisjoint(other.areas)


def rises(exercise: Exercise, harder: Exercise) -> bool:
    """Return whether a harder variant may follow an exercise: of the same movement, and one level up at most."""
    return alike(exercise, harder) and harder.level <= exercise.level + 1


def reached(known: Before, hurts: Iterable[Hurt], exercise: Exercise) -> Reached:
    """The last planned or remembered dose of the ladder, with its load; one step lower where there is a reason.

    That is a week off, red pain, or that it felt too hard. Below the first dose the load is lighter. Fewer sets, and
    doses that are not on the ladder, such as eased ones, change nothing.
    """
    rung = known.rungs.get(exercise.id)
    by_day = {day: done for day, done in known.steps.get(exercise.id, {}).items() if not rung or day > rung.day}
    if not by_day and not rung:
        return Reached(exercise.prescription, exercise.prescription)
    steps = ladder(exercise)
    whole_s = [length(each).work_s for each in steps]
    red = [hurt for hurt in hurts if hurt.exercise == exercise.id and colour(exercise, hurt.score) is Colour.RED]
    at = _remembered(known, exercise, steps)
    # Of days before the first session that is known, nothing says that they were off.
    last = max(rung.day, known.first) if rung else None
    for day, done in by_day.items():
        if at and last and _lowered(known, red, exercise, last, day):
            at -= 1
        # The stiff side may have had an extra set.
        planned_s = min(step.planned_ms for step in done) / 1000
        if not _is_part(steps[at], planned_s):
            read = max((n for n, each_s in enumerate(whole_s) if each_s <= planned_s), default=0)
            at = read if read > at or whole_s[read] == planned_s else at
        last = day
    why = _lowered(known, red, exercise, last, known.day) if last else ""
    was = load = _last_load(known, exercise)
    if why and at == 0 and load:
        load = loads.lighter(load)
    now = with_load(steps[max(0, at - bool(why))], load)
    return Reached(now, with_load(steps[at], was), why, at == len(steps) - 1)


def moved_up(
    known: Before, hurts: Sequence[Hurt], exercises: Mapping[str, Exercise], level: int
) -> dict[str, list[str]]:
    """The easier exercises that were replaced by harder variants done more recently, by the ids of the harder ones.

    An exercise is replaced once it had reached the top of its ladder. A variant one level above the person's own is
    allowed only if it replaced all easier ones, some of which may have left the records long ago.
    """
    last = known.last_of_exercise
    easier: dict[str, list[Exercise]] = {}
    for each in exercises.values():
        for name in each.harder:
            if name in exercises and (name in last or _holds(known, each, name)) and rises(each, exercises[name]):
                easier.setdefault(name, []).append(each)
    found = {}
    for name, variants in easier.items():
        above = exercises[name].level - level
        holds = [each.id for each in variants if _holds(known, each, name)]
        replaced = [
            each.id
            for each in variants
            if each.id in holds
            or (
                last.get(each.id, date.min) < last.get(name, date.min)
                and _outgrown(known, hurts, each, name, above=above > 0)
            )
        ]
        if replaced and (above <= 0 or (above == 1 and (holds or len(replaced) == len(variants)))):
            found[name] = replaced
    return found


def _holds(known: Before, easier: Exercise, harder: str) -> bool:
    """Return whether it is remembered that a harder variant took the place, and the easier one was not done since."""
    step = known.places.get(easier.id)
    return step is not None and step.exercise == harder and known.last_of_exercise.get(easier.id, date.min) <= step.day


def _remembered(known: Before, exercise: Exercise, steps: Sequence[Prescription]) -> int:
    """The number of the step that is remembered; of a dose that is none of the ladder any more, the first."""
    rung = known.rungs.get(exercise.id)
    if not rung:
        return 0
    loaded = (with_load(each, loads.at_the_end(rung.dose)) for each in steps)
    return next((n for n, each in enumerate(loaded) if write(each, each) == rung.dose), 0)


def climbed(past: Past, session: SessionRecord, exercises: Mapping[str, Exercise], level: int) -> Iterator[Climbed]:
    """The steps that a session took, or took back, beyond what is remembered. The session is in the past already."""
    following = session.day + timedelta(days=1)
    known = before(past.of(SessionRecord), exercises, following, past.of(Ladder), past.of(Effort))
    hurts = past.of(Hurt)
    done = [exercises[name] for name in dict.fromkeys(step.exercise for step in session.steps) if name in exercises]
    for exercise in done:
        steps, now = ladder(exercise), reached(known, hurts, exercise).was
        rung = known.rungs.get(exercise.id)
        own = load_of(exercise.prescription)
        before_it = (loads.rank(loads.at_the_end(rung.dose) if rung else own), _remembered(known, exercise, steps))
        here_now = (loads.rank(load_of(now)), steps.index(with_load(now, own)))
        if here_now != before_it:
            yield Climbed(exercise.id, write(now, now), exercise.id, taken=here_now > before_it)
        harder = known.places.get(exercise.id)
        if harder and not _holds(known, exercise, harder.exercise):
            yield Climbed(exercise.id, write(now, now), harder.exercise, taken=False)
    here = {exercise.id for exercise in done}
    for name, easier in moved_up(known, hurts, exercises, level).items():
        dose = write(exercises[name].prescription, exercises[name].prescription)
        for each in easier if name in here else ():
            if not _holds(known, exercises[each], name):
                yield Climbed(name, dose, each, taken=True)


def suggestion(past: Past, catalogue: Catalogue, exercise: Exercise, day: date) -> Suggestion | None:
    """The next step, after two consecutive sessions with the full dose, little pain and calm mornings.

    None if it is too early, or without a step: release work and nerve glides do not progress.
    """
    return next(
        suggestions(
            past,
            before(past.of(SessionRecord), catalogue.exercises, day, past.of(Ladder), past.of(Effort)),
            catalogue,
            (exercise,),
        ),
        None,
    )


def suggestions(
    past: Past,
    known: Before,
    catalogue: Catalogue,
    exercises: Sequence[Exercise],
    equipment: Collection[str] | None = None,
) -> Iterator[Suggestion]:
    """The next step of each exercise that has earned one; see `suggestion`. Without `equipment`, all is at hand."""
    if of_day(past, known.day).advice is not Advice.GO_ON:
        return
    for exercise in exercises:
        now = reached(known, past.of(Hurt), exercise)
        since = None if now.why else _earned(past, known, exercise, now.prescription)
        step = since and _step(known, catalogue, exercise, now, equipment)
        if since and step:
            words = f"{step[0].name} instead of {exercise.name}"
            if step[0] is exercise:
                words = f"{exercise.name}: {' instead of '.join(_told_apart(exercise, step[1], now.was))}"
            yield Suggestion(*step, words, exercise, now.prescription, since)


def _told_apart(exercise: Exercise, *doses: Prescription) -> list[str]:
    """Return doses for people; in the notation where they would be the same in brief."""
    found = [brief(dose) for dose in doses]
    return found if len({*found}) == len(doses) else [write(dose, exercise.prescription) for dose in doses]


def lowered_words(now: Prescription, was: Prescription) -> str:
    """The reduction, such as `30 s, was 45`; empty if there is none."""
    numbers, before = now._asdict(), was._asdict()
    units = ((name, field.unit) for name, field in declared(now).fields.items() if field.unit)
    less = [(numbers[name], unit, before[name]) for name, unit in units]
    return " and ".join(
        f"{value} {unit}{'s' * (unit != 's' and value > 1)}, was {more}" for value, unit, more in less if value < more
    )


def _more(exercise: Exercise, prescription: Prescription) -> Prescription | None:
    """The dose one step up, if any; contract-relax and circles progress only by harder variants."""
    tops = CATEGORY[exercise.category].tops
    for field, by, own_top in declared(prescription).ladder:
        top = tops.get(field, 0) if own_top is None else own_top
        value = getattr(prescription, field)
        if value < top:
            return changed(prescription, field, min(value + by, top))
    return None


def _step(
    known: Before, catalogue: Catalogue, exercise: Exercise, now: Reached, equipment: Collection[str] | None
) -> tuple[Exercise, Prescription] | None:
    """The dose one step higher; from the last one on, the first harder variant that may follow and was not tried.

    Where none is left, the first dose with more load.
    """
    steps, load = ladder(exercise), load_of(now.prescription)
    if not now.top:
        plain = with_load(now.prescription, load_of(exercise.prescription))
        return exercise, with_load(steps[steps.index(plain) + 1], load)
    found = (catalogue.exercises[each] for each in exercise.harder if each in catalogue.exercises)
    new = (each for each in found if rises(exercise, each) and each.id not in known.last_of_exercise)
    if harder := next(new, None):
        return harder, harder.prescription
    more = exercise.load and _can_add(exercise, equipment) and loads.heavier(exercise.load, load)
    return (exercise, with_load(steps[0], more)) if more else None


def _can_add(exercise: Exercise, equipment: Collection[str] | None) -> bool:
    """Return whether what the exercise takes as a load is at hand; always for an exercise that needs it anyway."""
    things = loads.THINGS[exercise.load or loads.KG]
    needed = any(not things.isdisjoint(need) for need in exercise.equipment)
    return equipment is None or needed or not things.isdisjoint(equipment)


def _last_load(known: Before, exercise: Exercise) -> str | None:
    """The load used last or remembered, if the exercise still takes it; at first the exercise's own."""
    own, rung = load_of(exercise.prescription), known.rungs.get(exercise.id)
    if by_day := known.steps.get(exercise.id):
        *_, done = by_day.values()
        said = next((step.load for step in reversed(done) if step.held_ms), None)
        load = loads.read(said) if said else None
    else:
        load = loads.at_the_end(rung.dose) if rung else None
    return load if load and loads.kind_of(load) == exercise.load else own


def _lowered(known: Before, red: Iterable[Hurt], exercise: Exercise, last: date, day: date) -> str:
    """Return why a step is taken back between two days with the exercise; empty if it is not."""
    hurt = max((each for each in red if last <= each.day < day), key=lambda each: each.day, default=None)
    if hurt:
        return hurt_words(hurt)
    hard = [when for when, felt in known.felt.get(exercise.id, {}).items() if felt == TOO_HARD and last <= when < day]
    if hard:
        return f"was too hard on {max(hard):%A}"
    worked = {last, day}.union(*(known.days_of_area.get(area, ()) for area in exercise.areas))
    days = sorted(each for each in worked if last <= each <= day)
    return "a week off" if any(after - earlier > _OFF for earlier, after in pairwise(days)) else ""


def _is_part(prescription: Prescription, seconds: float) -> bool:
    """Return whether these are the seconds of all its sets, or of fewer."""
    counts = range(1, sets_of(prescription) + 1)
    return any(length(with_sets(prescription, count)).work_s == seconds for count in counts)


def _outgrown(known: Before, hurts: Sequence[Hurt], exercise: Exercise, harder: str, *, above: bool) -> bool:
    days = known.steps.get(exercise.id)
    if not days:
        return above and len(known.steps[harder]) >= _RUNNING
    now = reached(known, hurts, exercise)
    return now.top and len(days) >= _RUNNING and (above or now.was != exercise.prescription)


def _earned(past: Past, known: Before, exercise: Exercise, now: Prescription) -> date | None:
    """The first day of the sessions that earn a step; None if it is too early, or because of pain.

    Of an exercise that felt too easy the last time, and did not hurt then, one session is enough.
    """
    if not CATEGORY[exercise.category].trains or NERVE in exercise.muscles:
        return None
    done = known.steps.get(exercise.id, {})
    last = max(done, default=known.day)
    easy = known.felt.get(exercise.id, {}).get(last) == TOO_EASY and not any(
        (each.exercise, each.day) == (exercise.id, last) for each in past.of(Hurt)
    )
    needed = 1 if easy else _RUNNING
    running = list(done)[-needed:]
    if len(running) < needed or not all(_whole(done[each], now) for each in running):
        return None
    since = running[0]
    if not easy and isinstance(now, Hold) and CATEGORY[exercise.category].lengthens:
        since = min(since, known.day - _STRETCHED_FOR)
        if next(iter(done)) > since:
            return None
    hurt = any(
        each.exercise == exercise.id and each.score > HIGHEST_PAIN and since <= each.day < known.day
        for each in past.of(Hurt)
    )
    pained = any(each.score > HIGHEST_PAIN and since <= each.day <= known.day for each in past.of(Pain))
    return None if hurt or pained else running[0]


def _whole(steps: Sequence[StepRecord], prescription: Prescription) -> bool:
    wanted_ms, load = 1000 * length(prescription).work_s, load_of(prescription)
    return all(
        step.end == "done" and min(step.planned_ms, step.held_ms) >= wanted_ms and load in (None, step.load)
        for step in steps
    )
