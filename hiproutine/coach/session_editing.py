"""Session editing before the start: swap, drop, add, move, another dose, and undo. Pure.

Only the `Choices` of the day can be inserted, so nothing that is hidden, out of reach or too soon; exercises that rest
after pain only if the user insists. A session never becomes empty.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from math import inf
from typing import NamedTuple

from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.prescription import Prescription, length, load_of, sets_of, with_load, with_sets
from hiproutine.coach import progression
from hiproutine.coach.durations import together_s
from hiproutine.coach.eligibility import Today, dose, look, lowered, waiting, whole_dose
from hiproutine.coach.omissions import Omitted
from hiproutine.coach.ordering import STAGES, stage_of
from hiproutine.coach.planner import Plan
from hiproutine.coach.progression import Suggestion
from hiproutine.coach.reasons import OBJECTIONS, Cause, Reason
from hiproutine.coach.screening import Screened, holds_stay_short
from hiproutine.coach.session import Item, Session, of_exercise, of_items
from hiproutine.coach.weekly_volume import Before
from hiproutine.history.past import Past
from hiproutine.settings.model import Manner, Profile

_MOST = 20
"""Number of alternatives to cycle through before wrapping around."""


class Choices(NamedTuple):
    """The exercises that may be inserted on a day, by id, in their doses of that day; `minutes` is from the profile.

    By the ids of exercises, `held` is why it may not become more on that day, `sore` why nothing keeps it out but pain,
    or the screening, which leaves it to the person.
    """

    items: Mapping[str, Item]
    held: Mapping[str, str]
    sore: Mapping[str, str]
    today: Today
    minutes: int | None
    manner: Manner


class Entry(NamedTuple):
    """An item of a session, with the reason for it."""

    item: Item
    why: tuple[str, ...]


class Draft(NamedTuple):
    """A plan with the user's changes.

    `firsts` are the original entries in each place; `before` is the state before the last change.
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
        """The current plan; dropped exercises are among the omitted ones, and what held for it as planned is gone."""
        if self.items == self.made.session.items:
            return self.made
        here = {item.exercise.id for item in self.items}
        out = [Omitted(item.exercise, Reason(Cause.CHOICE, "you left it out")) for item in self.made.session.items]
        omitted = tuple(each for each in (*self.made.omitted, *out) if each.exercise.id not in here)
        reasons = tuple(entry.why for entry in self.entries)
        session = of_items(self.items)._replace(left_out=self._left_out)
        return self.made._replace(
            session=session,
            reasons=reasons,
            omitted=omitted,
            notes=tuple(note for note in self.made.notes if note not in self.made.as_planned),
            less={item.exercise.id: why for item in self.items if (why := self._less(item))},
        )

    def _less(self, item: Item) -> str:
        """Why there is less of an item, as long as it has the planned dose; empty otherwise."""
        return self.made.less.get(item.exercise.id, "") if item in self.made.session.items else ""

    @property
    def _left_out(self) -> tuple[str, ...]:
        """Exercises dropped or swapped out by hand, not those that made room for a longer step."""
        taken = (each.taken for each in self.made.suggestions if Item(each.exercise, each.prescription) in self.items)
        planned = next(taken, self.made.session.items)
        here = {item.exercise.id for item in self.items}
        return tuple(item.exercise.id for item in planned if item.exercise.id not in here)


def begin(plan: Plan) -> Draft:
    entries = tuple(map(Entry, plan.session.items, plan.reasons))
    return Draft(plan, entries, entries)


def choices(screened: Screened, profile: Profile, manner: Manner, past: Past, day: date) -> Choices:
    """The exercises that may be inserted on `day`, in their doses of that day."""
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
    sore = {name: today.objection(name) for name, whys in out.items() if all(why.cause in OBJECTIONS for why in whys)}
    return Choices(found, held, sore, today, profile.minutes, manner)


# ---- changes; each returns None if nothing can be changed ----


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
    """A named exercise in the dose that it has regardless of pain."""
    exercise = choices.today.exercises[name]
    return of_exercise(exercise)._replace(items=(Item(exercise, whole_dose(choices.today, exercise).prescription),))


def add(draft: Draft, plan: Plan) -> tuple[Draft, int]:
    """Add the exercise of a plan after all others of its stage and of earlier ones; return its index as well."""
    (item,), (why,) = plan.session.items, plan.reasons
    entry = Entry(item, ("your choice", *why))
    stage = _stage(entry.item.exercise)
    at = next((n + 1 for n, item in reversed(list(enumerate(draft.items))) if _stage(item.exercise) <= stage), 0)
    entries, firsts = ((*each[:at], entry, *each[at:]) for each in (draft.entries, draft.firsts))
    return draft._replace(entries=entries, firsts=firsts, before=draft), at


def addable(draft: Draft, choices: Choices) -> list[Item]:
    """The choices that are not in the session yet, then the exercises that the person may decide on."""
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
    """Change the dose by one step, up (1) or down (-1): from a single set to the top of the ladder.

    With pain or a limiting condition, only up to the dose of the day.
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
    fresh = with_load(nearest, load_of(item.prescription))
    why = tuple(each for each in why if each != draft.made.less.get(item.exercise.id))
    return _replaced(draft, number, Entry(item._replace(prescription=fresh), why))


# ---- one step more ----


def offered(draft: Draft) -> Suggestion | None:
    """The step that is offered: where its exercise stands as it was planned, or the step was accepted."""
    for each in draft.made.suggestions:
        if not {Item(each.instead, each.was), Item(each.exercise, each.prescription)}.isdisjoint(draft.items):
            return each
    return None


def accept(draft: Draft, suggestion: Suggestion) -> tuple[Draft, int] | None:
    """Accept a suggestion, or undo it if it was accepted; return its index as well.

    Items that were shortened to make room change with it, and back; the user's own changes are kept.
    """
    whys = {entry.item.exercise.id: entry.why for entry in begin(draft.made).entries}
    step = Item(suggestion.exercise, suggestion.prescription)
    made = [Entry(item, whys[item.exercise.id]) for item in draft.made.session.items]
    taken = [Entry(item, ("one step more",) if item == step else whys[item.exercise.id]) for item in suggestion.taken]
    if step in draft.items:
        turned, at = _turned(draft, taken, made, suggestion), suggestion.instead
    else:
        turned, at = _turned(draft, made, taken, suggestion), suggestion.exercise
    here = [item.exercise for item in turned.items]
    return (turned, here.index(at)) if at in here else None


def _turned(draft: Draft, before: Sequence[Entry], after: Sequence[Entry], suggestion: Suggestion) -> Draft:
    """The draft with the items that are unchanged since one session replaced by those of the other."""

    def place(entry: Entry) -> str:
        name = entry.item.exercise.id
        return suggestion.instead.id if name == suggestion.exercise.id else name

    there = {place(entry): entry for entry in after}
    unchanged = {entry.item for entry in before}
    rows: list[tuple[Entry, Entry]] = []
    for entry, first in zip(draft.entries, draft.firsts, strict=True):
        if entry.item not in unchanged and place(entry) != suggestion.instead.id:
            rows.append((entry, first))
        elif place(entry) in there:
            rows.append((there[place(entry)], first))
    back = there.keys() - {place(entry) for entry in before}
    for number, entry in enumerate(after):
        if place(entry) in back and place(entry) not in {place(first) for _, first in rows}:
            rows.insert(number, (entry, entry))
    entries, firsts = (tuple(row[column] for row in rows) for column in (0, 1))
    return draft._replace(entries=entries, firsts=firsts, before=draft)


# ---- how ----


def _replaced(draft: Draft, number: int, entry: Entry) -> Draft:
    entries = (*draft.entries[:number], entry, *draft.entries[number + 1 :])
    return draft._replace(entries=entries, before=draft)


def _alternatives(draft: Draft, number: int, choices: Choices) -> Iterator[Entry]:
    """Alternatives for a place: first by shared areas, then the same stage, then the longest ago.

    Each has as many sets as fit into the minutes of the profile, or into the time that the session takes anyway.
    Exercises that share no area, or that are in the session themselves or as a variant, are not alternatives.
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
