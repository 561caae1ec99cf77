"""Programmes: the phase and the week that a person is in, when a phase is passed, and what its core is today. Pure.

Where somebody is follows from the last record of a change of phase, and from what was practised and what hurt since;
a change that is due is in `steps` until it is recorded. A phase is passed after its weeks when enough of its sessions
were done and nothing hurt much in the last week; else it is repeated once, and then it is one phase back. Red pain
means an easy day, with which the phase begins again. All of this is our choice; no programme was tested as a whole.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from math import ceil
from typing import NamedTuple

from hiproutine.catalogue.conditions import CONDITIONS, foremost
from hiproutine.catalogue.model import Core, Exercise, Phase, Programme
from hiproutine.catalogue.prescription import Prescription
from hiproutine.catalogue.vocabulary import LEVELS
from hiproutine.coach import pain
from hiproutine.coach.eligibility import Today, gentler_warm_ups, rests
from hiproutine.coach.ordering import FRAME, stage_of
from hiproutine.coach.profile import obstacle
from hiproutine.coach.reasons import Cause, Reason
from hiproutine.coach.screening import Screened, safe_dose
from hiproutine.coach.weekly_volume import WEEK, repeat_of
from hiproutine.history.past import Past
from hiproutine.history.records import Hurt, ProgrammeStep, SessionRecord
from hiproutine.settings.model import Profile
from hiproutine.text import counted

MOST_NEW, MOST_NEW_IN_WEEK = 2, 5
"""New exercises of a session and of seven days: fewer are done better (our choice)."""
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)
_TESTED_AFTER = timedelta(days=14)


class Step(NamedTuple):
    """A change of phase that is not recorded yet; `event` is a word of the record."""

    day: date
    phase: int
    event: str
    why: str


class Standing(NamedTuple):
    """A person's place in a programme on a day: the phase, from 1, and its first day.

    `easy` is why the day is an easy one; `over` says that the last phase is passed.
    """

    programme: Programme
    number: int
    since: date
    day: date
    steps: tuple[Step, ...] = ()
    easy: str = ""
    over: bool = False

    @property
    def phase(self) -> Phase:
        return self.programme.phases[self.number - 1]

    @property
    def week(self) -> int:
        """The week of the programme, from 1."""
        before = sum(phase.weeks for phase in self.programme.phases[: self.number - 1])
        return before + min((self.day - self.since) // _WEEK + 1, self.phase.weeks)

    @property
    def words(self) -> str:
        """Such as `Hips that sit all day: week 2 of 6, phase 1`."""
        if self.over:
            return f"{self.programme.name}: finished"
        return f"{self.programme.name}: {self.place}"

    @property
    def place(self) -> str:
        """Such as `week 2 of 6, phase 1`."""
        return f"week {self.week} of {self.programme.weeks}, phase {self.number}"

    @property
    def told(self) -> str:
        """Today's change and its reason, as a sentence; empty without a change."""
        step = next((each for each in reversed(self.steps) if each.day == self.day), None)
        return _TOLD[step.event].format(step.phase, step.why) if step else ""


_TOLD = {
    "advance": "Phase {0} begins: {1}.",
    "repeat": "Phase {0} begins again: {1}.",
    "stop": "The programme is finished: {1}. The self-checks show what changed.",
}


class Due(NamedTuple):
    """An exercise that is to be done today, in its dose, and what put it in place of another of the core."""

    exercise: Exercise
    prescription: Prescription
    why: str = ""


class Absent(NamedTuple):
    """An exercise of the core that is not done today, and why; `dropped` if nothing can take its place at all."""

    id: str
    name: str
    why: Reason
    dropped: bool = False


# ---- who may begin ----


def refusal(programme: Programme, screened: Screened, profile: Profile) -> str:
    """Return why a programme is not offered to a person, as a sentence; empty if it is."""
    if screened.stop:
        return f"{screened.stop[0].upper()}{screened.stop[1:]}."
    against = [CONDITIONS[code] for code in foremost(_among(programme.not_for, screened.codes))]
    if against:
        return f"{programme.name} is not for you: {', '.join(against)}."
    if programme.level > profile.level:
        return (
            f"{programme.name} is level {programme.level} ({LEVELS[programme.level]}), and your level is "
            f"{profile.level} ({LEVELS[profile.level]})."
        )
    for phase in programme.phases:
        slots = _slots(programme, phase, screened, profile)
        possible = sum(isinstance(slot, Due) for slot in slots)
        if possible * 2 < len(slots) or possible == 0:
            why = "; ".join(f"{slot.name} {slot.why.words}" for slot in slots if isinstance(slot, Absent))
            return f"Too little of {programme.name} is possible for you: {why}."
    return ""


def advice(programme: Programme, screened: Screened) -> tuple[str, ...]:
    """Return the sentences to read before a programme begins."""
    ask = [CONDITIONS[code] for code in foremost(_among(programme.ask_first, screened.codes))]
    first = f"Ask a doctor or physiotherapist first: {', '.join(ask)}." if ask else None
    return tuple(filter(None, (first, programme.say_before)))


def description(programme: Programme, screened: Screened) -> tuple[str, ...]:
    """Return what a programme is, in lines: whom it is for, its phases, what to read before, what to expect of it."""
    exercises = screened.whole.exercises
    length = f"{counted(programme.weeks, 'week')}, {programme.days_a_week} days a week"
    lines = [f"{programme.name}: {length}, about {programme.minutes} min a session.", programme.suits]
    for number, phase in enumerate(programme.phases, 1):
        core = ", ".join(exercises[each.exercise].name for each in phase.core if each.exercise in exercises)
        lines.append(f"Phase {number}, {counted(phase.weeks, 'week')}, {phase.name}: {core}.")
    return tuple(filter(None, (*lines, *advice(programme, screened), programme.expect, programme.not_claimed)))


def _among(codes: Collection[str], held: Collection[str]) -> tuple[str, ...]:
    return tuple(code for code in codes if code in held)


# ---- the phase ----


def last_step(past: Past, day: date) -> ProgrammeStep | None:
    """The record that says which programme runs on a day; None if none does."""
    last = next((step for step in reversed(past.of(ProgrammeStep)) if step.day <= day), None)
    return last if last and last.event != "stop" else None


def standing(screened: Screened, profile: Profile, past: Past, day: date) -> Standing | None:
    """Return where a person is in the running programme; None without one, or if it does not exist any more."""
    last = last_step(past, day)
    programme = screened.whole.programmes.get(last.programme) if last else None
    if not last or not programme:
        return None
    exercises = screened.whole.exercises
    now = Standing(programme, min(last.phase, len(programme.phases)), last.day, day)
    again = last.event == "repeat"
    while True:
        ends = now.since + now.phase.weeks * _WEEK
        if hurt := _red(past, exercises, now.since, min(ends - _DAY, day)):
            easy_day = _next_practised(past, hurt.day + _DAY, day)
            why = f"{exercises[hurt.exercise].name} {pain.hurt_words(hurt)}, so one easy day comes first"
            now = _after(now, easy_day or day, now.number, "repeat", why)
            again = True
            if easy_day is None:
                return now._replace(easy=why)
        elif day >= ends:
            number, event, why = _verdict(now, profile, past, ends, again=again)
            again = event == "repeat" and number == now.number
            now = _after(now, _next_practised(past, ends, day) or day, number, event, why)
            if event == "stop":
                return now._replace(over=True)
        else:
            return now


def _after(now: Standing, on: date, number: int, event: str, why: str) -> Standing:
    return now._replace(number=number, since=on, steps=(*now.steps, Step(on, number, event, why)))


def _red(past: Past, exercises: Mapping[str, Exercise], since: date, until: date) -> Hurt | None:
    """The first hurt of these days that was too much."""
    return next(
        (
            hurt
            for hurt in past.of(Hurt)
            if since <= hurt.day <= until
            and hurt.exercise in exercises
            and pain.colour(exercises[hurt.exercise], hurt.score) is pain.Colour.RED
        ),
        None,
    )


def _next_practised(past: Past, since: date, before: date) -> date | None:
    return min(
        (each.day for each in past.of(SessionRecord) if each.counts and since <= each.day < before), default=None
    )


def _verdict(now: Standing, profile: Profile, past: Past, ends: date, *, again: bool) -> tuple[int, str, str]:
    """The phase that follows, the event of its record, and why."""
    programme, advance = now.programme, now.programme.advance
    planned = now.phase.weeks * min(programme.days_a_week, profile.days_per_week)
    done = len(set(_done(now, past, ends)))
    worst = max((hurt.score for hurt in past.of(Hurt) if ends - _WEEK <= hurt.day < ends), default=0)
    had = f"{done} of {planned} sessions done"
    if done < ceil(advance.done * planned):
        why = f"{had}, and {ceil(advance.done * planned)} are needed"
    elif worst > advance.worst_pain:
        why = f"something hurt {worst} of 10 in its last week, and at most {advance.worst_pain} is fine"
    elif now.number < len(programme.phases):
        return now.number + 1, "advance", had
    else:
        return now.number, "stop", had
    if not again:
        return now.number, "repeat", why
    if now.number > 1:
        return now.number - 1, "repeat", f"phase {now.number} was not passed twice: {why}"
    return now.number, "repeat", f"{why}; `hiproutine programme stop` ends the programme"


def _done(now: Standing, past: Past, ends: date) -> Iterator[date]:
    """The days of the phase with a session that had something of its core; of old sessions the steps may be unknown."""
    instead = dict(now.programme.instead)
    ids = {name for core in now.phase.core for name in (core.exercise, *instead.get(core.exercise, ()))}
    for each in past.of(SessionRecord):
        within = each.counts and now.since <= each.day < ends
        if within and (not each.steps or any(step.exercise in ids and step.held_ms for step in each.steps)):
            yield each.day


def tests(programmes: Mapping[str, Programme], past: Past, day: date) -> tuple[str, ...]:
    """The self-checks that measure the running programme, or one that ended in the last two weeks."""
    last = next((step for step in reversed(past.of(ProgrammeStep)) if step.day <= day), None)
    programme = programmes.get(last.programme) if last else None
    ended = last is not None and last.event == "stop" and day - last.day > _TESTED_AFTER
    return programme.tests if programme and not ended else ()


# ---- today ----


def of_day(now: Standing, screened: Screened, profile: Profile, today: Today) -> tuple[list[Due], list[Absent]]:
    """The core that is due today, what was done longest ago first, and the rest of it with the reasons."""
    found: list[Due] = []
    absent: list[Absent] = []
    for core, slot in zip(now.phase.core, _slots(now.programme, now.phase, screened, profile), strict=True):
        if isinstance(slot, Absent):
            absent.append(slot)
            continue
        days = core.days or now.programme.days_a_week
        if why := rests(slot.exercise, today) or _done_enough(slot.exercise, days, today):
            absent.append(Absent(slot.exercise.id, slot.exercise.name, why))
        else:
            found.append(slot)
    last = today.known.last_of_exercise
    known = sorted((due for due in found if due.exercise.id in last), key=lambda due: last[due.exercise.id])
    new = [due for due in found if due.exercise.id not in last]
    room = room_for_new(today)
    words = f"at most {MOST_NEW} exercises are new in a session, and {MOST_NEW_IN_WEEK} in a week"
    why = Reason(Cause.CHOICE, words)
    absent += [Absent(due.exercise.id, due.exercise.name, why) for due in new[room:]]
    return [*known, *new[:room]], absent


def _slots(programme: Programme, phase: Phase, screened: Screened, profile: Profile) -> list[Due | Absent]:
    """The exercises of a core, or what takes their places for a person, whether they are due or not."""
    instead = dict(programme.instead)
    # A person who begins a programme has its level.
    able = profile._replace(level=max(LEVELS))
    taken = {core.exercise for core in phase.core}
    found: list[Due | Absent] = []
    for core in phase.core:
        others = (name for name in instead.get(core.exercise, ()) if name not in taken)
        slot = _substituted(core, others, screened, able)
        if isinstance(slot, Due):
            taken.add(slot.exercise.id)
        found.append(slot)
    return found


def _done_enough(exercise: Exercise, days: int, today: Today) -> Reason | None:
    """Return why an exercise of the core is not due: it was done on enough days of the week; None if it was not."""
    week = today.known.day - WEEK
    done = sum(day >= week for day in today.known.steps.get(exercise.id, ()))
    return Reason(Cause.SOON, f"was done on {done} of {days} days this week") if done >= days else None


def room_for_new(today: Today) -> int:
    """Return how many exercises may be new today: MOST_NEW, as long as there are not too many in a week."""
    week = today.known.day - WEEK
    lately = {name for name, days in today.known.steps.items() if days and min(days) >= week}
    learnt = (lately & today.exercises.keys()) - gentler_warm_ups(
        today, today.sore.keys() | today.unplanned.keys()
    ).keys()
    return max(0, min(MOST_NEW, MOST_NEW_IN_WEEK - sum(_is_learnt(today.exercises[name]) for name in learnt)))


def _is_learnt(exercise: Exercise) -> bool:
    """Return whether an exercise counts as new when it is: getting warm and settling do not."""
    return stage_of(exercise) not in FRAME


def rotating(
    now: Standing, profile: Profile, today: Today, due: Collection[Due], out: Collection[str]
) -> list[Exercise]:
    """The exercises of which `rotate` may be chosen today: of the families that the phase names, or else of all.

    None that keeps the core from being done tomorrow.
    """
    if not now.phase.rotate:
        return []
    families = now.phase.rotate_from
    instead = dict(now.programme.instead)
    fixed = {name for core in now.phase.core for name in (core.exercise, *instead.get(core.exercise, ()))}
    room = room_for_new(today) - sum(each.exercise.id not in today.known.last_of_exercise for each in due)
    here = {each.exercise.id for each in due}
    waits = {place for core in now.phase.core if core.exercise not in here for place in _limited(today, core.exercise)}
    return [
        each
        for name, each in today.exercises.items()
        if (not families or each.alike in families)
        and _is_learnt(each)
        and name not in fixed
        and name not in out
        and not obstacle(each, profile)
        and waits.isdisjoint(_limited(today, name))
        and (room >= now.phase.rotate or name in today.known.last_of_exercise)
    ]


def frame(today: Today, out: Collection[str]) -> list[Exercise]:
    """Return the exercises for warming up and for settling."""
    return [each for name, each in today.exercises.items() if name not in out and not _is_learnt(each)]


def _limited(today: Today, name: str) -> set[tuple[str, str]]:
    """The kind of work and the areas of an exercise that needs days between."""
    exercise = today.exercises.get(name)
    repeat = repeat_of(exercise) if exercise else None
    return {(repeat.label, area) for area in exercise.areas} if exercise and repeat else set()


def _substituted(core: Core, others: Iterable[str], screened: Screened, able: Profile) -> Due | Absent:
    """An exercise of the core, or the first of the others that is possible for the person at all."""
    whole = screened.whole.exercises
    called = whole[core.exercise].name if core.exercise in whole else core.exercise
    out: Reason | None = None
    for name in (core.exercise, *others):
        why = _impossible(name, screened, able)
        if not why:
            own = core.prescription if name == core.exercise else whole[name].prescription
            if dose := safe_dose(screened, name, own):
                exercise = screened.catalogue.exercises[name]
                return Due(exercise, dose, f"in place of {called}, which {out.words}" if out else "")
        out = out or why or Reason(Cause.CONDITION, "is not for you in this dose")
    return Absent(core.exercise, called, out or _HIDDEN, dropped=True)


_HIDDEN = Reason(Cause.CHOICE, "is hidden in your catalogue")


def _impossible(name: str, screened: Screened, able: Profile) -> Reason | None:
    """Return why an exercise cannot be in a programme of that person at all; None if it can."""
    if name in screened.hidden:
        return Reason(Cause.CONDITION, "is removed for you")
    if name not in screened.catalogue.exercises:
        return _HIDDEN
    if name in screened.unplanned:
        return Reason(Cause.CONDITION, "is not planned for you")
    return obstacle(screened.catalogue.exercises[name], able)
