"""The events that change today's session before it starts."""

from typing import assert_never

from hiproutine.coach import session_editing
from hiproutine.coach.session_editing import Choices, Draft
from hiproutine.day.events import AskWhatToAdd, Dose, Drop, Edit, LevelUp, Move, OfferToAdd, Swap, Tell, Undo
from hiproutine.day.noting import keep, noted_last
from hiproutine.day.today import Day, Decision
from hiproutine.history import making
from hiproutine.history.words import record_words


def edit(day: Day, event: Edit) -> Decision:
    day = with_choices(day)
    assert day.choices
    match event:
        case Swap(row):
            draft = session_editing.swap(day.draft, row, day.choices)
            return _redrawn(day, draft, row, "Nothing else that fits today does the same; a adds something.")
        case Drop(row):
            return _redrawn(day, session_editing.drop(day.draft, row), row, "A session has at least one exercise.")
        case Move(row, down):
            by, way = (1, "down") if down else (-1, "up")
            return _redrawn(day, session_editing.move(day.draft, row, by), row + by, f"It cannot go further {way}.")
        case Dose(row, more):
            draft = session_editing.redose(day.draft, row, 1 if more else -1, day.choices)
            return _redrawn(day, draft, row, _same_dose(day.choices, day.draft, row, more=more))
        case LevelUp():
            accepted = session_editing.accept(day.draft, day.offered) if day.offered else None
            return _redrawn(day, *accepted, "") if accepted else Decision(day)
        case AskWhatToAdd():
            return Decision(day, (OfferToAdd(session_editing.addable(day.draft, day.choices), day.choices.sore),))
        case Undo(row):
            return _undone(day, row)
        case _:
            assert_never(event)


def _redrawn(day: Day, draft: Draft | None, row: int, nothing: str) -> Decision:
    """Return the changed session; without a change, tell `nothing`."""
    return Decision(day._replace(draft=draft, row=row)) if draft else Decision(day, (Tell(nothing),))


def _same_dose(choices: Choices, draft: Draft, row: int, *, more: bool) -> str:
    """Return why a dose stays as it is."""
    if more and (why := choices.held.get(draft.items[row].exercise.id)):
        return f"No more of it today: {why}."
    return f"There is no step {'more' if more else 'less'} today; s swaps it."


def _undone(day: Day, row: int) -> Decision:
    if day.draft.before:
        return Decision(day._replace(draft=day.draft.before, row=row))
    last = noted_last(day)
    if not last:
        return Decision(day, (Tell("There is nothing to take back."),))
    words = f"Taken back: {record_words(last, day.called)}."
    return keep(day, making.void(day.now, last)).then(Tell(words))


def with_choices(day: Day) -> Day:
    if day.choices:
        return day
    found = session_editing.choices(day.screened, day.profile, day.manner, day.past, day.date)
    return day._replace(choices=found)
