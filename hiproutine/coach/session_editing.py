"""Session editing before the start: swap, drop, add, move, another dose, and undo. Pure.

What comes in is always one of the `Choices` of the day, so nothing that is hidden, out of reach or too soon can come
in; nor what rests after pain, unless the person decides so. A session never gets empty.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from math import inf
from typing import NamedTuple

from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.prescription import Prescription, length, sets_of, with_sets
from hiproutine.coach import progression
from hiproutine.coach.durations import together_s
from hiproutine.coach.eligibility import Today, dose, look, lowered, waiting
from hiproutine.coach.ordering import STAGES, stage_of
from hiproutine.coach.planner import Left, Plan
from hiproutine.coach.progression import Suggestion
from hiproutine.coach.screening import Screened, holds_stay_short
from hiproutine.coach.session import Item, Session, of_exercise, of_items
from hiproutine.coach.weekly_volume import Before
from hiproutine.history.past import Past
from hiproutine.settings.model import Manner, Profile

_MOST = 20
"""Number of alternatives to cycle through before wrapping around."""


class Choices(NamedTuple):
    """The exercises that may come in on a day, by id, each in its dose of that day; `minutes` is that of the profile.

    By the ids of exercises, `held` is why it may not become more on that day, `sore` why nothing but pain keeps it out.
    """

    items: Mapping[str, Item]
    held: Mapping[str, str]
    sore: Mapping[str, str]
    today: Today
    minutes: int | None
    manner: Manner


class Entry(NamedTuple):
    """An item of a session, and why it is there."""

    item: Item
    why: tuple[str, ...]


class Draft(NamedTuple):
    """A plan with the changes of a person.

    `firsts` is what stood in the place of each entry at first; `before` is how it was before the last change.
    """

    made: Plan
    entries: tuple[Entry, ...]
    firsts: tuple[Entry, ...]
    before: "Draft | None" = None

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(entry.item for entry in self.entries)

    @property
    def plan(self) -> Plan:
        """The plan as it is now; what was taken out of it is among what was left out."""
        if self.items == self.made.session.items:
            return self.made
        here = {item.exercise.id for item in self.items}
        out = [Left(item.exercise, "you left it out") for item in self.made.session.items]
        left = tuple(each for each in (*self.made.left_out, *out) if each.exercise.id not in here)
        reasons = tuple(entry.why for entry in self.entries)
        return self.made._replace(session=of_items(self.items), reasons=reasons, left_out=left)


def begin(plan: Plan) -> Draft:
    entries = tuple(map(Entry, plan.session.items, plan.reasons))
    return Draft(plan, entries, entries)


def choices(screened: Screened, profile: Profile, manner: Manner, past: Past, day: date) -> Choices:
    """The exercises that may come in on `day`, each in its dose of that day."""
    today = look(screened, past, day)
    out = waiting(today, profile)
    found = {
        name: Item(each, dose(today, each).prescription) for name, each in today.exercises.items() if name not in out
    }
    held = {
        name: why
        for name, each in today.exercises.items()
        if (why := today.against(name) or today.pains.why or _short(each, profile))
    }
    sore = {name: why for name, why in out.items() if why == today.sore.get(name)}
    return Choices(found, held, sore, today, profile.minutes, manner)


# ---- changes; None where there is nothing to change ----


def swap(draft: Draft, number: int, choices: Choices) -> Draft | None:
    """Swap in the next best alternative to the original exercise, and after the last one the original."""
    ring = [draft.firsts[number], *islice(_alternatives(draft, number, choices), _MOST)]
    here = draft.items[number].exercise.id
    at = next((n for n, each in enumerate(ring) if each.item.exercise.id == here), 0)
    following = ring[(at + 1) % len(ring)]
    return _replaced(draft, number, following) if len(ring) > 1 else None


def drop(draft: Draft, number: int) -> Draft | None:
    if len(draft.entries) == 1:
        return None
    without = slice(None, number), slice(number + 1, None)
    entries, firsts = (sum((each[part] for part in without), ()) for each in (draft.entries, draft.firsts))
    return draft._replace(entries=entries, firsts=firsts, before=draft)


def alone(name: str, choices: Choices) -> Session:
    """An exercise that was named, in the dose that was reached, whatever pain says about it."""
    exercise = choices.today.exercises[name]
    whole = progression.reached(choices.today.known, choices.today.hurts, exercise).prescription
    return of_exercise(exercise)._replace(items=(Item(exercise, whole),))


def add(draft: Draft, plan: Plan) -> tuple[Draft, int]:
    """Add the exercise of a plan after all others of its stage and of earlier ones; return its index as well."""
    (item,), (why,) = plan.session.items, plan.reasons
    entry = Entry(item, ("your choice", *why))
    stage = _stage(entry.item.exercise)
    at = next((n + 1 for n, item in reversed(list(enumerate(draft.items))) if _stage(item.exercise) <= stage), 0)
    entries, firsts = ((*each[:at], entry, *each[at:]) for each in (draft.entries, draft.firsts))
    return draft._replace(entries=entries, firsts=firsts, before=draft), at


def addable(draft: Draft, choices: Choices) -> list[Item]:
    """The choices that are not in the session yet, then the exercises that only pain keeps out of it."""
    here = {item.exercise.id for item in draft.items}
    sore = (alone(name, choices).items[0] for name in choices.sore)
    return [item for item in (*choices.items.values(), *sore) if item.exercise.id not in here]


def move(draft: Draft, number: int, by: int) -> Draft | None:
    """Move an item one place up (-1) or down (1)."""
    to = number + by
    if not 0 <= to < len(draft.entries):
        return None
    entries, firsts = (list(each) for each in (draft.entries, draft.firsts))
    for each in (entries, firsts):
        each[number], each[to] = each[to], each[number]
    return draft._replace(entries=tuple(entries), firsts=tuple(firsts), before=draft)


def redose(draft: Draft, number: int, by: int, choices: Choices) -> Draft | None:
    """Change the dose by one step, more (1) or less (-1): down to a single set, up to the end of the ladder.

    Where pain or a condition speaks against more, up to the dose of the day.
    """
    item, why = draft.entries[number]
    now_s = _work_s(item.prescription)
    most_s = inf
    if item.exercise.id in choices.held:
        most_s = _work_s(choices.items.get(item.exercise.id, item).prescription)
    steps = [each for each in _doses(item.exercise) if by * (_work_s(each) - now_s) > 0 and _work_s(each) <= most_s]
    if not steps:
        return None
    nearest = min(steps, key=lambda each: abs(_work_s(each) - now_s))
    return _replaced(draft, number, Entry(item._replace(prescription=nearest), why))


# ---- one step more ----


def accept(draft: Draft, suggestion: Suggestion) -> tuple[Draft, int] | None:
    """Accept a suggestion, or undo it where it is accepted already; return its index as well."""
    wanted = Item(suggestion.exercise, suggestion.prescription)
    for number, (item, _) in enumerate(draft.entries):
        if item == wanted:
            return _replaced(draft, number, draft.firsts[number]), number
    for number, (item, _) in enumerate(draft.entries):
        if item.exercise.id == suggestion.instead.id:
            return _replaced(draft, number, Entry(wanted, ("one step more",))), number
    return None


# ---- how ----


def _replaced(draft: Draft, number: int, entry: Entry) -> Draft:
    entries = (*draft.entries[:number], entry, *draft.entries[number + 1 :])
    return draft._replace(entries=entries, before=draft)


def _alternatives(draft: Draft, number: int, choices: Choices) -> Iterator[Entry]:
    """Alternatives for a place: the same areas first, then the same stage, then what was done longest ago.

    Each in the most sets that fit into the minutes of the profile, or into the time that the session has anyway. What
    shares no area is no alternative, nor is what is in the session already or a variant of something in it.
    """
    first = draft.firsts[number].item.exercise
    others = [item for n, item in enumerate(draft.items) if n != number]
    taken = {first.id, *(item.exercise.id for item in others)}
    taken |= {name for item in others for name in (*item.exercise.easier, *item.exercise.harder)}
    found = [
        item
        for name, item in choices.items.items()
        if name not in taken and not set(first.areas).isdisjoint(item.exercise.areas)
    ]
    for item in sorted(found, key=lambda item: _likeness(first, item.exercise, choices.today.known)):
        if (fitting := _fitting(draft, number, item, choices)) is not None:
            eased = lowered(dose(choices.today, item.exercise)) if fitting == item else ()
            yield Entry(fitting, (f"in place of {first.name}", *eased))


def _likeness(first: Exercise, other: Exercise, known: Before) -> tuple[bool, bool, date]:
    last = known.last_of_exercise.get(other.id, date.min)
    return set(other.areas) != set(first.areas), stage_of(other) != stage_of(first), last


def _fitting(draft: Draft, number: int, item: Item, choices: Choices) -> Item | None:
    if choices.minutes is None:
        return item
    room_s = max(60 * choices.minutes, together_s(draft.items, choices.manner))
    for sets in range(sets_of(item.prescription), 0, -1):
        tried = item._replace(prescription=with_sets(item.prescription, sets))
        items = (*draft.items[:number], tried, *draft.items[number + 1 :])
        if together_s(items, choices.manner) <= room_s:
            return tried
    return None


def _doses(exercise: Exercise) -> Sequence[Prescription]:
    own = exercise.prescription
    return (*(with_sets(own, sets) for sets in range(1, sets_of(own))), *progression.ladder(exercise))


def _short(exercise: Exercise, profile: Profile) -> str:
    return "holds stay short for you" if holds_stay_short(exercise, profile.conditions) else ""


def _work_s(prescription: Prescription) -> int:
    return length(prescription).work_s


def _stage(exercise: Exercise) -> int:
    return STAGES.index(stage_of(exercise))
