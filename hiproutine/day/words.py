"""Today in words, for its screen and for the first paint before it. Pure."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.vocabulary import AREAS, DOSED_AREAS
from hiproutine.coach.plan_words import PLAN_LESS
from hiproutine.coach.planner import Plan
from hiproutine.coach.session import Session
from hiproutine.coach.weekly_volume import (
    STRENGTH_DAYS,
    TARGET_S,
    WEEK,
    AreaWeek,
    of_days,
    strengthens,
    stretches,
)
from hiproutine.history.calendar import over_at, past_midnight
from hiproutine.history.journal import Interrupted
from hiproutine.history.past import Past
from hiproutine.history.records import Pain, SessionRecord
from hiproutine.history.streak import Streak, done_days, last_days, streak
from hiproutine.history.words import done_words, held_ms
from hiproutine.practice.pain_prompt import PainLine, before_line
from hiproutine.practice.resume import Course, remaining_ms
from hiproutine.practice.timeline import compile_session
from hiproutine.settings.model import Manner
from hiproutine.text import clock_length, counted

Days = tuple[tuple[date, bool], ...]
"""Some days, and whether each was done."""
_EVERY_DAY = 7
_MINUTE_MS = 60_000
_PAIN_BACK = timedelta(weeks=6)
_SCORES, _FEW = 12, 3
"""Maximum and minimum number of scores in a trend."""


class ItemWords(NamedTuple):
    """One exercise of the session, why it is there, and why there is less of it, if there is."""

    name: str
    length: str
    dose: str
    why: str
    area: str = ""
    less: str = ""
    short: str = ""
    """The name for little room."""


class StreakWords(NamedTuple):
    """The streak: a number to show large (0 for none), of what, and a second line."""

    number: int
    what: str
    below: str


class TodayWords(NamedTuple):
    """The texts of Today, from top to bottom."""

    day: str
    """The day, short."""
    date: str
    """The day, in full."""
    streak: StreakWords
    week: Days
    """The last seven days, and whether each was done."""
    interrupted: str
    done: str
    name: str
    length: str
    honest: str
    """Why there is no session; empty if there is one."""
    notes: tuple[str, ...]
    start: str
    """The action of Enter."""
    exercises: tuple[ItemWords, ...]
    pain: PainLine


def today_words(
    now: datetime,
    past: Past,
    plan: Plan,
    manner: Manner,
    *,
    resumable: Course | None = None,
    elsewhere: str = "",
) -> TodayWords:
    """Return the texts of Today at `now`; `elsewhere` is its notice of another hiproutine."""
    session = plan.session
    line = compile_session(session, manner)
    done, day = done_days(past.of(SessionRecord)), past.today(now)
    interrupted = resumable.interrupted if resumable else None
    over = [each for each in past.of(SessionRecord) if each.day == day and each.counts]
    ends = now + timedelta(milliseconds=line.total_ms)
    until = f", until {over_at(now):%H:%M}" if past_midnight(now, day) else ""
    return TodayWords(
        day=f"{day:%a} {day.day} {day:%b}{until}",
        date=f"{day:%A} {day.day} {day:%B}{until}",
        streak=streak_words(streak(past, now)),
        week=last_days(done, day),
        interrupted="\n".join(filter(None, (_interrupted_words(now, interrupted), elsewhere))),
        done=_done_words(now, over, session, interrupted),
        name=session.name,
        length=f"{minutes(line.total_ms)}, done by {ends:%H:%M}" if session.items else "",
        honest="" if session.items else with_keys(session.honest or ""),
        notes=tuple(map(with_keys, plan.notes)),
        start=_start_words(line.total_ms, resumable) if session.items else "",
        exercises=tuple(
            ItemWords(
                item.exercise.name,
                clock_length(line.item_ms(number)),
                item.brief,
                "; ".join(why),
                AREAS[item.exercise.areas[0]] if item.exercise.areas else "",
                plan.less.get(item.exercise.id, ""),
                item.exercise.short or "",
            )
            for number, (item, why) in enumerate(zip(session.items, plan.reasons, strict=True))
        ),
        pain=before_line(past, now, day),
    )


def minutes(ms: int) -> str:
    """Return a length for people: `9 min`, or `14 s`."""
    return f"{round(ms / 60_000)} min" if ms >= _MINUTE_MS else f"{round(ms / 1000)} s"


def streak_words(found: Streak) -> StreakWords:
    """Return the streak in days, or in weeks where the goal is less than every day."""
    if not found.best:
        return StreakWords(0, "No day done yet", "One exercise starts your streak.")
    if found.days_per_week < _EVERY_DAY:
        run, best, unit = found.weeks, found.best_weeks, "week"
        week = f"{found.week_done} of {counted(found.week_needed, 'day')} this week"
        below = f"{week}, best {best}" if best else week
    else:
        run, best, unit = found.current, found.best, "day"
        below = f"best {best}"
    if not run:
        return StreakWords(0, found.recent_words(), below)
    return StreakWords(run, f"{unit}{'s' * (run != 1)} in a row", below)


# ---- the week ----


class Meter(NamedTuple):
    """A part of a whole, in words: `front of hip`, 4 of 7, `4 of 7 min`."""

    label: str
    value: float
    goal: float
    words: str

    @property
    def reached(self) -> bool:
        return self.value >= self.goal


class WeekWords(NamedTuple):
    """The volume of the last seven days against its target."""

    stretched: tuple[Meter, ...]
    strength: tuple[Meter, ...]
    programme: Meter | None
    pain: tuple[int, ...]
    """The last scores before practising."""
    pain_words: str
    last: str
    """The last session."""


def week_words(now: datetime, past: Past, plan: Plan, exercises: Mapping[str, Exercise]) -> WeekWords:
    """Return the week until today: the areas that it or today's session has, and the programme that runs."""
    day = past.today(now)
    found = of_days(past.of(SessionRecord), exercises, day - WEEK, day)
    today = [item.exercise for item in plan.session.items]
    stretched = {area for each in today if stretches(each) for area in each.areas[:1]}
    strengthened = {area for each in today if strengthens(each) for area in each.areas[:1]}
    weeks = [found.of(area) for area in DOSED_AREAS]
    scores = tuple(pain.score for pain in past.of(Pain) if pain.when == "before" and pain.day >= day - _PAIN_BACK)
    last = next((each for each in reversed(past.of(SessionRecord)) if each.steps), None)
    running = plan.programme
    return WeekWords(
        tuple(stretch_meter(each) for each in weeks if each.area in stretched or any(each.stretch_s)),
        tuple(strength_meter(each) for each in weeks if each.area in strengthened or any(each.strength)),
        Meter(running.programme.name, running.week, running.programme.weeks, running.place) if running else None,
        scores[-_SCORES:],
        f"from {scores[0]} to {scores[-1]} in six weeks" if len(scores) >= _FEW else "",
        _last_words(last, now) if last else "",
    )


def stretch_meter(week: AreaWeek) -> Meter:
    """The minutes of the side that had less, against the target."""
    left, right = (int(each // 60) for each in week.stretch_s)
    goal = TARGET_S // 60
    had = f"{left}" if left == right else f"L {left} R {right}"
    return Meter(AREAS[week.area], min(week.stretch_s) / 60, goal, f"{had} of {goal} min")


def strength_meter(week: AreaWeek) -> Meter:
    left, right = week.strength
    had = f"{left}" if left == right else f"L {left} R {right}"
    return Meter(AREAS[week.area], min(week.strength), STRENGTH_DAYS, f"{had} of {STRENGTH_DAYS} days")


def _last_words(last: SessionRecord, now: datetime) -> str:
    at = last.start.astimezone(now.tzinfo)
    return f"{at:%A %H:%M}, {session_words(last)}"


def session_words(record: SessionRecord) -> str:
    """Return how long was practised, and how much was done: `9 min, 3 of 4 done`."""
    return f"{minutes(held_ms(record.steps))}, {done_words(record.steps)}"


# A screen has keys where sentences for the shell name commands.
_CARD = re.compile(r"`hiproutine show (edu-[\w-]+)`")
_SCREENING = ("with `hiproutine screening`", "in the settings (,)")
_LIBRARY = ("under `hiproutine list` and `hiproutine show`", "in the Library (l)")
_PLAN_LESS = re.compile(re.escape(PLAN_LESS).replace(re.escape("{}"), "[^`]*"))
_WHY = re.compile(r"`(?:hiproutine today )?--why`")
_WHICH = re.compile(r"; `(?:hiproutine today )?--why` says which")
_SENTENCE_END = re.compile(r"(?<=[.!?]) ")
_MORE = re.compile(r" \(`hiproutine start [\w-]+`\)")
_ROUTINE = re.compile(r"`hiproutine start ([\w-]+)`")


def cards_named(plan: Plan) -> list[str]:
    """Return the ids of the cards named in what is said of a plan."""
    return [name for note in (*plan.notes, plan.session.honest or "") for name in _CARD.findall(note)]


def with_keys(note: str) -> str:
    """Replace the commands in a sentence for the shell by keys."""
    note = _MORE.sub(" (a)", _PLAN_LESS.sub("y plans it less from now on.", note))
    return _ROUTINE.sub(r"\1 (c)", _CARD.sub("o", _WHY.sub("w", note))).replace(*_SCREENING).replace(*_LIBRARY)


def without_commands(note: str) -> str:
    """Leave out of sentences for the shell what has no key beside a session that is not on Today; `w` is there."""
    return for_paper(_WHY.sub("w", note))


def for_paper(note: str) -> str:
    """Leave out of sentences for the shell what names a command: a page has no use for it."""
    sentences = _SENTENCE_END.split(_MORE.sub("", _WHICH.sub("", note)))
    return " ".join(each for each in sentences if "`" not in each)


def _start_words(total_ms: int, resumable: Course | None) -> str:
    return f"Resume, {minutes(remaining_ms(resumable))} to go" if resumable else f"Start {minutes(total_ms)}"


def _interrupted_words(now: datetime, interrupted: Interrupted | None) -> str:
    if not interrupted or not interrupted.fresh(now):
        return ""
    at = interrupted.opening.start.astimezone(now.tzinfo)
    had = done_words(interrupted.record().steps)
    return f"Unfinished since {at:%H:%M}: {had}. Enter resumes it, n starts a new one."


def _done_words(now: datetime, done: list[SessionRecord], session: Session, interrupted: Interrupted | None) -> str:
    """Say what was already practised today, and what Enter does now."""
    over = [each for each in done if not interrupted or each.id != interrupted.opening.id]
    if not over:
        return ""
    last = over[-1]
    same = {step.exercise for step in last.steps} == {item.exercise.id for item in session.items}
    enter = "starts it again" if same else "starts this one"
    at = last.start.astimezone(now.tzinfo)
    return f"Practised at {at:%H:%M}: {done_words(last.steps)}. Enter {enter}."
