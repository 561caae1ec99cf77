"""The events that change the settings, the differences of today alone, and the catalogue."""

from typing import TYPE_CHECKING, assert_never

from hiproutine.catalogue.cache import Loaded
from hiproutine.coach.objective import time_words
from hiproutine.coach.profile import Only
from hiproutine.day.events import (
    Apply,
    Change,
    Differ,
    FindInterrupted,
    Put,
    ReadHistory,
    Reply,
    Save,
    Saved,
    SetUp,
    Tell,
)
from hiproutine.day.noting import keep
from hiproutine.day.replanning import replan, screen_again
from hiproutine.day.today import Day, Decision
from hiproutine.errors import HiproutineError
from hiproutine.history import making
from hiproutine.history.records import Goal
from hiproutine.history.streak import goal_on
from hiproutine.settings.model import GOAL, Profile, Settings, to_save
from hiproutine.text import counted

if TYPE_CHECKING:
    from hiproutine.yaml.edit import Value


def change(day: Day, event: Change) -> Decision:
    match event:
        case Put(key, value) if key in GOAL:
            return _aimed(day, key, value)
        case Put(key, value):
            return Decision(day, (Save({key: value}, applied=False),))
        case Apply(settings, key, value):
            return _with_settings(day, settings).then(Save({key: value}, applied=True))
        case Saved(settings):
            # Answers to the screening hold even where they could not be saved.
            now = day.settings.profile
            profile = settings.profile._replace(conditions=now.conditions, screened=now.screened)
            saved = _with_settings(day, settings._replace(profile=profile))
            words = time_words(profile)
            return saved if words == time_words(now) else saved.then(Reply(f"Saved. {words}"))
        case SetUp(profile):
            before = day.settings.profile
            if profile == before:
                return Decision(day)
            answered = _with_settings(day, day.settings._replace(profile=profile)).day
            return Decision(answered, (FindInterrupted(), Save(to_save(before, profile), applied=True)))
        case Differ(only):
            return _differing(day, only)
        case _:
            assert_never(event)


def _aimed(day: Day, key: str, value: "Value | None") -> Decision:
    """Set a goal of other days: the history has them, dated, and the settings no longer."""
    before, usual, settings = day.usual_profile, Profile(), day.settings
    if key == "days_per_week":
        after = before._replace(days_per_week=int(str(value)) if value else usual.days_per_week)
    else:
        after = before._replace(rest_days=tuple(value or ()))
    days, rests = after.days_per_week, after.rest_days
    if days + len(rests) > 7:
        words = f"{counted(days, 'day')} and {counted(len(rests), 'rest day')} are more than a week"
        return Decision(day, (Reply(f"Not saved: {words}; change the other first."),))
    goal = making.goal(day.now, day.date, days, rests, goal_on(day.past.of(Goal), day.date).week_starts)
    aimed = keep(day, goal)
    without = settings.profile._replace(days_per_week=usual.days_per_week, rest_days=usual.rest_days)
    if without != settings.profile:
        applied = _with_settings(aimed.day, settings._replace(profile=without))
        save = Save(dict.fromkeys(GOAL), applied=True)
        aimed = applied._replace(effects=(*aimed.effects, *applied.effects, save))
    words = time_words(after)
    return aimed if words == time_words(before) else aimed.then(Reply(f"Saved. {words}"))


def plan_less(day: Day) -> Decision:
    skipped = day.coached.skipped
    if not skipped:
        return Decision(day)
    names = (*(day.settings.profile.planned_less or ()), skipped.id)
    told = Tell(f"{skipped.name} is planned less from now on. The settings have the list.")
    return Decision(day, (Save({"planned_less": " ".join(names)}, applied=False), told))


def _with_settings(day: Day, settings: Settings) -> Decision:
    """Apply settings; say why there can be no session for them, if so."""
    before, day = day, day._replace(settings=settings)
    if (settings.profile, day.manner) == (before.settings.profile, before.manner):
        return Decision(day)
    if settings.profile != before.settings.profile:
        day = screen_again(day)
    planned = replan(before, day)
    return planned.then(FindInterrupted(), *_refusal(planned.day))


def _differing(day: Day, only: Only) -> Decision:
    if only.focus and not (only.minutes or day.settings.profile.minutes):
        return Decision(day, (Reply("Choose the minutes too: without them the coach cannot plan for an area."),))
    planned = replan(day, day, only)
    if refusal := _refusal(planned.day):
        return Decision(day, (Reply(f"{refusal[0].words} Today stays as it was."),))
    return planned


def take_catalogue(day: Day, loaded: Loaded) -> Decision:
    """Apply a catalogue. Raises HiproutineError if nothing to practise would remain."""
    planned = replan(day, screen_again(day._replace(loaded=loaded)))
    refusal = _refusal(planned.day)
    if refusal and day.coached.session.items:
        raise HiproutineError(refusal[0].words)
    return planned.then(ReadHistory())


def _refusal(day: Day) -> tuple[Reply, ...]:
    """Say why there can be no session, if so."""
    possible = day.coached.session.items or day.chosen
    return () if possible else (Reply(day.coached.session.honest or ""),)
