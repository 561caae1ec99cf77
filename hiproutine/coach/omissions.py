"""The exercises that a plan omits, why, and grouped by what keeps them out. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from hiproutine.catalogue import conditions
from hiproutine.catalogue.model import Exercise
from hiproutine.coach.eligibility import Today
from hiproutine.coach.ordering import FRAME, stage_of
from hiproutine.coach.programme import Absent
from hiproutine.coach.reasons import Cause, Reason
from hiproutine.coach.screening import Screened
from hiproutine.coach.selection import Option, Problem, length_s


class Omitted(NamedTuple):
    """An exercise that is not in the plan, and why."""

    exercise: Exercise
    reason: Reason

    @property
    def why(self) -> str:
        return self.reason.words


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
        yield Omitted(screened.whole.exercises[name], Reason(Cause.CONDITION, f"hidden: {labels}"))


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
        least = shortest.get(each.id)
        if not least and stage_of(each) not in stages & FRAME.keys():
            words = f"a session of {asked.budget_s / 60:.0f} min has no room for it"
        elif least and any(amount > asked.rooms[number] for number, amount in least.gives):
            words = "one of its areas has had enough of it today, or this week"
        elif least and least.new and news >= asked.most_new:
            words = f"at most {asked.most_new} exercises are new in a session"
        elif least and least.seconds > rest_s:
            words = "something else was worth more of the time"
        else:
            words = "no more of it is needed today"
        yield Omitted(each, Reason(Cause.CHOICE, words))


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
        *(Omitted(whole[each.id], each.why) for each in absent if each.id in whole.keys() - screened.hidden),
        *no_time,
    ]
    accounted = {*done, *(each.exercise.id for each in omitted)}
    for name, each in today.exercises.items():
        if name not in accounted:
            omitted.append(Omitted(each, next(iter(today.objections(name)), _NOT_IN_PHASE)))
    return tuple(omitted)


_NOT_IN_PHASE = Reason(Cause.CHOICE, "is not in this phase of your programme")


# ---- groups ----

GROUPS = {
    Cause.CONDITION: "for your conditions",
    Cause.PAIN: "after pain",
    Cause.POSITION: "in a position that your settings rule out",
    Cause.EQUIPMENT: "for equipment that is not at hand",
    Cause.LEVEL: "above the level of your settings",
}
NOT_NEEDED = "not needed today"
"""What keeps exercises out, in the order in which it is given; last, what is for another day."""


class Group(NamedTuple):
    """The names of the exercises that one thing keeps out, by their reasons."""

    what: str
    reasons: Mapping[str, list[str]]

    @property
    def total(self) -> int:
        return sum(map(len, self.reasons.values()))


def grouped(omitted: Iterable[Omitted]) -> list[Group]:
    """Return the groups that have exercises."""
    found: dict[str, list[Omitted]] = {}
    for each in omitted:
        found.setdefault(GROUPS.get(each.reason.cause, NOT_NEEDED), []).append(each)
    return [Group(what, by_reason(found[what])) for what in (*GROUPS.values(), NOT_NEEDED) if what in found]
