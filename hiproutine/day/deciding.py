"""What follows from each event of a day: `decide(day, event) -> day, effects`. Pure.

Both front ends use it; neither decides anything. No clock, no widget, no print, no sound.
"""

from typing import assert_never

from hiproutine.day.changing import change, plan_less, take_catalogue
from hiproutine.day.editing import edit
from hiproutine.day.events import (
    Add,
    Apply,
    AskWhatToAdd,
    CatalogueRead,
    Choose,
    DeclareRest,
    Differ,
    Dose,
    Drop,
    Event,
    Felt,
    Follow,
    HistoryRead,
    InterruptedFound,
    LastFound,
    LevelUp,
    Log,
    Logged,
    Move,
    Note,
    NoteOff,
    NoteVideo,
    PlanLess,
    Practise,
    Practised,
    Put,
    ReadHistory,
    Resume,
    Saved,
    SetUp,
    Start,
    Swap,
    TakeBack,
    TakeBackLast,
    Tick,
    Undo,
)
from hiproutine.day.noting import by_hand, note_effort, note_off, note_pain, note_session, take_back
from hiproutine.day.replanning import remember
from hiproutine.day.starting import start, start_named
from hiproutine.day.today import Day, Decision


def decide(day: Day, event: Event) -> Decision:
    """Return the day after an event, and the effects. Raises HiproutineError for what is impossible: the day stays."""
    match event:
        case Practise() | Choose() | Add() | Resume():
            return start_named(day, event)
        case Swap() | Drop() | Move() | Dose() | LevelUp() | AskWhatToAdd() | Undo():
            return edit(day, event)
        case Put() | Apply() | Saved() | SetUp() | Differ():
            return change(day, event)
        case Log() | Logged() | DeclareRest() | Follow() | NoteVideo() | TakeBackLast() | LastFound():
            return by_hand(day, event)
        case Start():
            return start(day)
        case Tick():
            return Decision(day, (ReadHistory(),) if day.outdated else ())
        case HistoryRead(past, resumable):
            return remember(day._replace(resumable=resumable), past)
        case InterruptedFound(resumable):
            return Decision(day._replace(resumable=resumable))
        case CatalogueRead(loaded):
            return take_catalogue(day, loaded)
        case Practised(records):
            return note_session(day, records)
        case Note():
            return note_pain(day, event)
        case Felt(exercise, felt, session):
            return note_effort(day, exercise, felt, session)
        case PlanLess():
            return plan_less(day)
        case NoteOff():
            return note_off(day)
        case TakeBack(after):
            return take_back(day, after)
        case _:
            assert_never(event)
