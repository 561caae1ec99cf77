"""Weekly volume: two ledgers of some days, of stretching and of strength, and the limits of hard work. Pure.

Stretching is counted in seconds, strength in sets and days, both for each area and side. The first area of an exercise
counts in full, each other one half. Moving, gliding a nerve, releasing a muscle and resting are in neither: the floor,
the target and the ceiling come from studies of stretching (E3, E4), and the days of strength from those of training.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.prescription import Reps, declared, length, sets_of
from hiproutine.catalogue.vocabulary import AREAS, CATEGORY, DOSED_AREAS, HIP_FLEXORS, NERVE, STRETCH, Repeat
from hiproutine.coach.reasons import Cause, Reason
from hiproutine.history.records import Effort, Ladder, SessionRecord, StepRecord

K = TypeVar("K")

FLOOR_S, TARGET_S, CEILING_S = 300, 420, 600
"""Stretching a week for each area and side: E4's minimum, twice 30 s a day, and where gains level off (E3)."""
LEAST_S, SESSION_S = 60, 240
"""Limits of the room for stretching an area and side in one session; the upper one is E3's."""
AHEAD, STEADY = 1.2, 1.1
"""Room of a day, as a factor of an even share of what the week lacks, and of the whole target."""
STRENGTH_DAYS = 2
"""The days of strength in a week, for each area and side; a third one does no harm (E13)."""
WEEK = timedelta(days=6)
"""A week is today and the six days before it."""

Place = tuple[str, str]
"""An area and a side, left or right."""


class Before(NamedTuple):
    """The records before a day.

    Of the week: the ledgers, days of limited work by (kind, area), days practised. Of ever: the last day of each
    exercise, the days of each area, and by exercise and day its steps, also those that were skipped beside others that
    were not. `first` is the first day of all, or else `day`. `rungs` is, by exercise, its last step of progression;
    `places` is, by easier variant, the step by which a harder one took its place.
    """

    day: date
    first: date
    week: "Ledgers"
    worked: Mapping[tuple[str, str], frozenset[date]]
    practised: frozenset[date]
    last_of_exercise: Mapping[str, date]
    days_of_area: Mapping[str, frozenset[date]]
    steps: Mapping[str, Mapping[date, Sequence[StepRecord]]]
    hip_flexors_alone: bool
    rungs: Mapping[str, Ladder] = {}
    places: Mapping[str, Ladder] = {}
    felt: Mapping[str, Mapping[date, str]] = {}
    """Effort ratings of exercises, by day."""


class AreaWeek(NamedTuple):
    """The week of an area (a word of AREAS), left and right: seconds of stretching, and days of strength."""

    area: str
    stretch_s: tuple[float, float] = (0, 0)
    strength: tuple[int, int] = (0, 0)

    @property
    def stretch_words(self) -> str:
        """Such as `front of hip, stretch: 2 of 7 min this week`."""
        had = _both(*(int(each // 60) for each in self.stretch_s))
        return f"{AREAS[self.area]}, stretch: {had} of {TARGET_S // 60} min this week"

    @property
    def strength_words(self) -> str:
        """Such as `buttock, strength: 1 of 2 days`."""
        return f"{AREAS[self.area]}, strength: {_both(*self.strength)} of {STRENGTH_DAYS} days"

    @property
    def words(self) -> tuple[str, ...]:
        """Sentences for stretching and strength, for each that has some."""
        found = (self.stretch_words if any(self.stretch_s) else "", self.strength_words if any(self.strength) else "")
        return tuple(filter(None, found))


def _both(left: int, right: int) -> str:
    return str(left) if left == right else f"left {left}, right {right}"


class Ledgers(NamedTuple):
    """Of some days: seconds of stretching, and the days of strength, by place."""

    stretch_s: Mapping[Place, float]
    strength: Mapping[Place, frozenset[date]]

    def of(self, area: str) -> AreaWeek:
        """Return the week of an area."""
        places = [(area, side) for side in ("left", "right")]
        left_s, right_s = (self.stretch_s.get(place, 0) for place in places)
        left, right = (len(self.strength.get(place, ())) for place in places)
        return AreaWeek(area, (left_s, right_s), (left, right))

    def areas(self) -> tuple[AreaWeek, ...]:
        """Return the areas with any work, in the order of AREAS."""
        return tuple(week for area in DOSED_AREAS if (week := self.of(area)).words)


def before(
    sessions: Iterable[SessionRecord],
    exercises: Mapping[str, Exercise],
    day: date,
    ladder: Iterable[Ladder] = (),
    efforts: Iterable[Effort] = (),
) -> Before:
    """Sum up the sessions and the steps of progression before `day`; exercises that no longer exist do not count.

    Micro-breaks are in the ledgers, those of the day as well, and are neither hard work nor a practised day.
    """
    known = tuple(_known(sessions, exercises, day))
    done = [(session.day, exercise, step) for session, exercise, step in known if step.held_ms]
    week = [each for each in done if each[0] >= day - WEEK]
    own = [
        (session.day, exercise)
        for session, exercise, step in known
        if step.held_ms and session.day >= day - WEEK and not session.opening.micro_break
    ]
    practised = frozenset(when for when, _ in own)
    hard = ((when, (repeat.label, area)) for when, each in own if (repeat := repeat_of(each)) for area in each.areas)
    trained = ((when, area) for when, each, _ in done if CATEGORY[each.category].trains for area in each.areas)
    days_of = _days((when, each.id) for when, each, _ in done)
    flexors = all(each.category == STRETCH and each.areas[0] in HIP_FLEXORS for _, each in own)
    return Before(
        day,
        min((when for when, _, _ in done), default=day),
        ledgers(week),
        _days(hard),
        practised,
        {name: max(days) for name, days in days_of.items()},
        _days(trained),
        _steps(known),
        flexors and len(practised) > 1,
        *_progressed(ladder, exercises, day),
        _felt(efforts, day),
    )


def _days(pairs: Iterable[tuple[date, K]]) -> dict[K, frozenset[date]]:
    """The days of each key."""
    found: dict[K, set[date]] = {}
    for when, key in pairs:
        found.setdefault(key, set()).add(when)
    return {key: frozenset(days) for key, days in found.items()}


def _steps(known: Iterable[tuple[SessionRecord, Exercise, StepRecord]]) -> dict[str, dict[date, list[StepRecord]]]:
    """The steps of each exercise by day, without micro-breaks and days on which nothing of it was done."""
    found: dict[str, dict[date, list[StepRecord]]] = {}
    for session, exercise, step in known:
        if not session.opening.micro_break:
            found.setdefault(exercise.id, {}).setdefault(session.day, []).append(step)
    return {
        name: {when: done for when, done in sorted(by_day.items()) if any(step.held_ms for step in done)}
        for name, by_day in found.items()
    }


def _felt(efforts: Iterable[Effort], day: date) -> dict[str, dict[date, str]]:
    found: dict[str, dict[date, str]] = {}
    for each in sorted(efforts, key=lambda each: each.at):
        if each.day < day:
            found.setdefault(each.exercise, {})[each.day] = each.felt
    return found


def _progressed(
    ladder: Iterable[Ladder], exercises: Mapping[str, Exercise], day: date
) -> tuple[dict[str, Ladder], dict[str, Ladder]]:
    rungs: dict[str, Ladder] = {}
    places: dict[str, Ladder] = {}
    for step in ladder:
        if step.day < day and step.exercise in exercises:
            rungs[step.exercise] = step
            if step.instead != step.exercise:
                places.pop(step.exercise, None)
                if step.event == "taken":
                    places[step.instead] = step
    return rungs, places


def ledgers(done: Iterable[tuple[date, Exercise, StepRecord]]) -> Ledgers:
    """Enter steps that were done into the ledgers. A day of strength has at least one whole set for a place."""
    stretch_s: dict[Place, float] = {}
    sets: dict[Place, dict[date, float]] = {}
    for when, exercise, step in done:
        if stretches(exercise):
            for place, seconds in shares(exercise, step.side, step.held_ms / 1000):
                stretch_s[place] = stretch_s.get(place, 0) + seconds
        elif strengthens(exercise):
            for place, share in shares(exercise, step.side, _sets_held(exercise, step)):
                days = sets.setdefault(place, {})
                days[when] = days.get(when, 0) + share
    strength = {place: frozenset(day for day, done in days.items() if done >= 1) for place, days in sets.items()}
    return Ledgers(stretch_s, strength)


def of_days(sessions: Iterable[SessionRecord], exercises: Mapping[str, Exercise], since: date, until: date) -> Ledgers:
    """Return the ledgers of the sessions from `since` to `until`; exercises that no longer exist do not count."""
    return ledgers(
        (session.day, exercises[step.exercise], step)
        for session in sessions
        if since <= session.day <= until
        for step in session.steps
        if step.exercise in exercises
    )


def stretches(exercise: Exercise) -> bool:
    """Return whether the exercise is entered into the ledger of stretching."""
    return CATEGORY[exercise.category].lengthens and NERVE not in exercise.muscles


def strengthens(exercise: Exercise) -> bool:
    """Return whether the exercise is entered into the ledger of strength."""
    return CATEGORY[exercise.category].strengthens


def shares(exercise: Exercise, side: str | None, amount: float) -> Iterator[tuple[Place, float]]:
    """Split work on one side (or both) among the places: the first area in full, each other one half.

    Seconds of left and right in turn are half for each side; a set of it is a set for both.
    """
    if exercise.sides == "alternating" and not strengthens(exercise):
        amount /= 2
    for number, area in enumerate(exercise.areas):
        if area in DOSED_AREAS:
            for each in (side,) if side else ("left", "right"):
                yield (area, each), amount / 2 if number else amount


def days_remaining(known: Before, days_per_week: int) -> int:
    """Return the expected number of remaining days of practice in the week, including this one."""
    return max(1, days_per_week - len(known.practised))


def stretch_room_s(known: Before, place: Place, days_per_week: int) -> float:
    """Return how long a place may be stretched on the day: a little more than an even share of what the week lacks.

    Never much more than an even share of the whole week, so that missed days are not made up for in one.
    """
    had_s = known.week.stretch_s.get(place, 0)
    share_s = AHEAD * (TARGET_S - had_s) / days_remaining(known, days_per_week)
    steady_s = STEADY * TARGET_S / days_per_week
    return min(max(LEAST_S, min(share_s, steady_s, SESSION_S)), max(0, CEILING_S - had_s))


def _sets_held(exercise: Exercise, step: StepRecord) -> float:
    """Return the completed share of the exercise's own sets, by time."""
    own = exercise.prescription
    return sets_of(own) * min(1, step.held_ms / 1000 / length(own).work_s)


def _known(
    sessions: Iterable[SessionRecord], exercises: Mapping[str, Exercise], day: date
) -> Iterator[tuple[SessionRecord, Exercise, StepRecord]]:
    for session in sessions:
        if planned_from(session, day):
            for step in session.steps:
                if step.exercise in exercises:
                    yield session, exercises[step.exercise], step


def planned_from(session: SessionRecord, day: date) -> bool:
    """Return whether the plan of a day depends on a session: of a day before, or a micro-break of the same."""
    return session.day < day or (session.day == day and session.opening.micro_break)


def repeat_of(exercise: Exercise) -> Repeat | None:
    """Return how often the exercise may be done, if it needs days between; all other work may be daily."""
    category = CATEGORY[exercise.category]
    of_reps = category.reps_repeat if isinstance(exercise.prescription, Reps) else None
    return category.repeat or declared(exercise.prescription).repeat or of_reps


def too_soon(exercise: Exercise, before: Before) -> Reason | None:
    """Return why the exercise has to wait for another day; None if it may be done."""
    repeat = repeat_of(exercise)
    if not repeat:
        return None
    for area in exercise.areas:
        days = before.worked.get((repeat.label, area), frozenset())
        if days and (before.day - max(days)).days < repeat.apart:
            words = f"{repeat.label} for the {AREAS[area]} was yesterday, and needs a day between"
            return Reason(Cause.SOON, words)
        if len(days) >= repeat.days:
            words = f"{repeat.label} for the {AREAS[area]} was on {repeat.days} days this week, which is enough"
            return Reason(Cause.SOON, words)
    return None
