"""The exercises that a plan omits, why, and grouped by what keeps them out. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from hiproutine.catalogue import conditions
from hiproutine.catalogue.model import Exercise
from hiproutine.coach.eligibility import Today
from hiproutine.coach.ordering import FRAME, stage_of
from hiproutine.coach.profile import missing, obstacle
from hiproutine.coach.programme import Absent
from hiproutine.coach.screening import Screened
from hiproutine.coach.selection import Option, Problem, length_s
from hiproutine.settings.model import Profile


class Omitted(NamedTuple):
    """An exercise that is not in the plan, and why."""

    exercise: Exercise
    why: str


def by_reason(omitted: Iterable[Omitted]) -> dict[str, list[str]]:
    """The names of what was omitted, under each reason."""
    found: dict[str, list[str]] = {}
    for each in omitted:
        found.setdefault(each.why, []).append(each.exercise.name)
    return found


def omitted_words(name: str, why: str) -> str:
    """A sentence on an exercise of a routine or a core in whose place nothing could come."""
    return f"{name} is omitted: it {why}."


def hidden(screened: Screened) -> Iterator[Omitted]:
    """Yield what the screening hides, each with the conditions that hide it."""
    for name, codes in screened.hidden.items():
        labels = ", ".join(conditions.CONDITIONS[code] for code in codes)
        yield Omitted(screened.whole.exercises[name], f"hidden: {labels}")


def not_chosen(allowed: Sequence[Exercise], asked: Problem, chosen: Sequence[Option]) -> Iterator[Omitted]:
    """The exercises that were possible and are not in the plan, and why."""
    rest_s = asked.budget_s - length_s(asked, chosen)
    shortest: dict[str, Option] = {}
    for option in asked.options:
        shortest.setdefault(option.exercise.id, option)
    taken = {option.exercise.id for option in chosen}
    news = sum(option.new for option in chosen)
    stages = {stage_of(option.exercise) for option in chosen}
    for each in allowed:
        if each.id in taken:
            continue
        if each.id not in shortest:
            if stage_of(each) in stages & FRAME.keys():
                yield Omitted(each, "no more of it is needed today")
                continue
            yield Omitted(each, f"a session of {asked.budget_s / 60:.0f} min has no room for it")
            continue
        option = shortest[each.id]
        if any(amount > asked.rooms[number] for number, amount in option.gives):
            yield Omitted(each, "one of its areas has had enough of it today, or this week")
        elif option.new and news >= asked.most_new:
            yield Omitted(each, f"at most {asked.most_new} exercises are new in a session")
        elif option.seconds > rest_s:
            yield Omitted(each, "something else was worth more of the time")
        else:
            yield Omitted(each, "no more of it is needed today")


def of_programme(
    screened: Screened,
    today: Today,
    done: Collection[str],
    absent: Iterable[Absent],
    no_time: Iterable[Omitted],
) -> tuple[Omitted, ...]:
    """What a programme leaves out: what is hidden, the core that is not due or has no time, and all else."""
    whole = screened.whole.exercises
    omitted = [
        *hidden(screened),
        *(Omitted(whole[each.id], each.why) for each in absent if each.id in whole),
        *no_time,
    ]
    accounted = {*done, *(each.exercise.id for each in omitted)}
    others = (each for name, each in today.exercises.items() if name not in accounted)
    return (*omitted, *(Omitted(each, "is not in this phase of your programme") for each in others))


# ---- groups ----

GROUPS = CONDITIONS, PAIN, POSITION, EQUIPMENT, LEVEL, TODAY = (
    "for your conditions", "after pain", "in a position that you avoid", "for equipment that is not at hand",
    "above the level of your settings", "not needed today",
)  # fmt: skip
"""Reasons to omit an exercise, in the order in which they are given."""


class Group(NamedTuple):
    """The names of the exercises that one thing keeps out, by their reasons."""

    what: str
    reasons: Mapping[str, list[str]]

    @property
    def total(self) -> int:
        return sum(map(len, self.reasons.values()))


def grouped(omitted: Iterable[Omitted], screened: Screened, today: Today, profile: Profile) -> list[Group]:
    """Return the groups that have exercises."""
    found: dict[str, list[Omitted]] = {}
    for each in omitted:
        what, why = _kept_out(each, screened, today, profile)
        found.setdefault(what, []).append(each._replace(why=why))
    return [Group(what, by_reason(found[what])) for what in GROUPS if what in found]


def _kept_out(omitted: Omitted, screened: Screened, today: Today, profile: Profile) -> tuple[str, str]:
    """The first of what keeps an exercise out, in the order of the groups, and its reason.

    The plan may name another: a mat, for one that a condition would keep out with a mat too.
    """
    exercise, why = omitted
    if exercise.id in screened.hidden:
        return CONDITIONS, why
    if exercise.id in screened.unplanned:
        return CONDITIONS, screened.objection(exercise.id)
    if exercise.id in today.sore:
        return PAIN, today.sore[exercise.id]
    if why != obstacle(exercise, profile):
        return TODAY, why
    if profile.equipment is not None and missing(exercise, profile.equipment):
        return EQUIPMENT, why
    return (POSITION if exercise.position in profile.avoid_positions else LEVEL), why
