"""The words of a plan: why each exercise is in it, and the notes on the day and on the choice. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from hiproutine.catalogue.conditions import CONDITIONS
from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.notation import write
from hiproutine.catalogue.prescription import Prescription
from hiproutine.catalogue.vocabulary import AREAS, CATEGORY, DOSED_AREAS
from hiproutine.coach import pain
from hiproutine.coach.eligibility import Today
from hiproutine.coach.objective import preferred
from hiproutine.coach.omissions import Omitted, omitted_words
from hiproutine.coach.ordering import FRAME, stage_of
from hiproutine.coach.profile import obstacles
from hiproutine.coach.programme import Absent, Standing
from hiproutine.coach.progression import Reached
from hiproutine.coach.questions import due
from hiproutine.coach.screening import EDUCATION, preferred_with
from hiproutine.coach.selection import Option, Problem, length_s, pack
from hiproutine.coach.session import Item
from hiproutine.coach.weekly_volume import STRENGTH_DAYS, TARGET_S, AreaWeek, Before, strengthens, stretches, too_soon
from hiproutine.history.calendar import WEEKDAYS
from hiproutine.history.past import Past
from hiproutine.settings.model import Profile
from hiproutine.text import counted

LEAST_USED = 0.9
"""The share of the minutes that a plan should use."""
PLAN_LESS = "To plan it less: `planned_less: {}` in the settings."
_MORE = "For more: {} (`hiproutine start {}`)."
_NOT_DUE = "what else you can do has had enough this week, or needs a day between; `--why` says which"
_CORE_ONLY = "that is what is due of your programme today"
_MOST_REASONS = 2


# ---- reasons ----


def reasons(
    exercise: Exercise, profile: Profile, known: Before, prefer: Mapping[str, frozenset[str]], codes: Collection[str]
) -> tuple[str, ...]:
    """Return why an exercise is in a plan: what its week lacks, the person's focus, and when it was last done."""
    stage = stage_of(exercise)
    if stage in FRAME:
        return (FRAME[stage],)
    focus = dict(profile.focus)
    areas = sorted((area for area in exercise.areas if area in DOSED_AREAS), key=lambda area: area not in focus)
    found = [words for area in areas if (words := _lacks(exercise, known.week.of(area)))][:1]
    if not focus.keys().isdisjoint(areas):
        found.append("your focus")
    if preferred(exercise, prefer):
        found.append(CATEGORY[exercise.category].self_check)
    found += (f"preferred with {CONDITIONS[code]}" for code in preferred_with(exercise, codes))
    return (*found, _last_done(exercise, known))


def _lacks(exercise: Exercise, week: AreaWeek) -> str:
    """Return what the week of an area lacks of the exercise's kind of work, in words; empty if it lacks nothing."""
    if stretches(exercise):
        return week.stretch_words if min(week.stretch_s) < TARGET_S else ""
    if strengthens(exercise):
        return week.strength_words if min(week.strength) < STRENGTH_DAYS else ""
    return f"moves the {AREAS[week.area]}" if CATEGORY[exercise.category].trains else ""


def _last_done(exercise: Exercise, known: Before) -> str:
    last = known.last_of_exercise.get(exercise.id)
    days = (known.day - last).days if last else 0
    return f"last done {'yesterday' if days == 1 else f'{days} days ago'}" if last else "not done yet"


def in_phase(exercise: Exercise, core: Mapping[str, str], known: Before) -> tuple[str, ...]:
    """Return why an exercise is in the session of a programme; `core` has what put it in place of another."""
    stage = stage_of(exercise)
    if exercise.id in core:
        return tuple(filter(None, ("core of your programme", core[exercise.id], _last_done(exercise, known))))
    return (FRAME[stage],) if stage in FRAME else ("rotates in your programme", _last_done(exercise, known))


def raised(own: Prescription, now: Reached) -> tuple[str, ...]:
    """Return in which dose an exercise of a routine is done, where it has grown beyond its `own`; empty otherwise."""
    return (f"{write(now.prescription, own)} as last time",) if not now.why and now.prescription != own else ()


# ---- notes ----


def of_day(profile: Profile, today: Today, past: Past) -> Iterator[str]:
    """The sentences that hold for every plan of a day, on pain and on the screening; some may be empty."""
    day = today.known.day
    yield today.pains.words
    yield pain.outcomes(past, today.exercises, day)
    yield pain.last_words(past, day)
    yield pain.asks(past, day)
    yield due(profile, past, day)


def in_programme(running: Standing, profile: Profile, today: Today, past: Past) -> Iterator[str]:
    """The person's place in the programme, and what holds for the day."""
    yield running.words
    yield running.told
    yield from of_day(profile, today, past)
    yield _rest_day(profile, today.known.day)


def missing_core(running: Standing, absent: Iterable[Absent], no_time: Iterable[Omitted]) -> Iterator[str]:
    """Sentences on the core that has no substitute, or no time."""
    for gone in absent:
        if gone.dropped:
            yield omitted_words(gone.name, gone.why.words)
    for each in no_time:
        yield f"No time today for {each.exercise.name}: the programme takes about {running.programme.minutes} min."


def _rest_day(profile: Profile, day: date) -> str:
    """A sentence on a fixed rest day; empty on other days."""
    resting = WEEKDAYS[day.weekday()] in profile.rest_days
    return "Today is one of your rest days. Here is a session all the same." if resting else ""


def of_choice(allowed: Sequence[Exercise], profile: Profile, today: Today) -> tuple[str, ...]:
    """Sentences on what may be chosen: a rest day, a focus that cannot be had, a one-sided week."""
    known = today.known
    notes = [_rest_day(profile, known.day)]
    reached = {area for each in allowed for area in each.areas}
    notes += (
        f"Nothing for {AREAS[area]} can be done today: {_in_the_way(area, profile, today)}."
        for area, _ in profile.focus
        if area not in reached
    )
    if known.hip_flexors_alone:
        notes.append(
            "Your week was hip flexor stretching alone. That is a good habit; strength and mobility belong beside "
            f"it. `hiproutine show {EDUCATION}` says why."
        )
    return tuple(notes)


def skipped_words(exercise: Exercise) -> str:
    """A sentence on an exercise that was omitted twice lately."""
    return f"{exercise.name} was omitted twice in four weeks. {PLAN_LESS.format(exercise.id)}"


def replaced_words(before: Sequence[Item], after: Sequence[Item]) -> str:
    """A sentence on how many items of a routine the profile has replaced; empty if none."""
    count = sum(one != other for one, other in zip(before, after, strict=True))
    return f"Replaced to fit your profile: {count} of {counted(len(before), 'exercise')}." if count else ""


def _in_the_way(area: str, profile: Profile, today: Today) -> str:
    """Return what keeps out all exercises for an area: of those that lack least, the most frequent reasons.

    A position that is avoided is a reason only where it keeps out everything: it is the last to change.
    """
    possible = [each for each in today.exercises.values() if area in each.areas and each.id not in today.unplanned]
    if not possible:
        return "your conditions rule it out"
    able = [each for each in possible if each.position not in profile.avoid_positions]
    lacking = [tuple(why.words for why in obstacles(each, profile)) for each in able or possible]
    fewest = min(map(len, lacking))
    if not fewest:
        first = sorted(possible, key=lambda each: each.areas[0] != area)
        soon = (why.words for each in first if (why := too_soon(each, today.known)))
        return next(soon, "what there is for it rests")
    found = Counter(" and ".join(each) for each in lacking if len(each) == fewest)
    named = ", or ".join(why for why, _ in found.most_common(_MOST_REASONS))
    return f"what there is for it {named}"


def short_choice(asked: Problem, chosen: Sequence[Option], eased: Collection[str]) -> str:
    """Say why a session is shorter than its minutes, and what else could be done; empty if it fills them."""
    if _is_filled(asked, chosen):
        return ""
    if sum(option.new for option in chosen) < asked.most_new:
        return _shorter(asked, chosen, _NOT_DUE)
    words = _shorter(asked, chosen, f"{asked.most_new} new exercises are enough")
    here = {option.only for option in chosen}.union(eased)
    kept = (option._replace(must=True) for option in chosen)
    others = (option for option in asked.options if option.only not in here)
    fuller = pack(asked._replace(options=(*kept, *others), most_new=asked.most_new + 1))
    more = next((option.exercise for option in fuller if option.only not in here), None)
    return f"{words} {_MORE.format(more.name, more.id)}" if more else words


def short_core(asked: Problem, chosen: Sequence[Option]) -> str:
    """Say why a session of a programme is shorter than its minutes; empty if it fills them."""
    return "" if _is_filled(asked, chosen) else _shorter(asked, chosen, _CORE_ONLY)


def _is_filled(asked: Problem, chosen: Sequence[Option]) -> bool:
    return length_s(asked, chosen) >= LEAST_USED * asked.budget_s


def _shorter(asked: Problem, chosen: Sequence[Option], why: str) -> str:
    minutes = round(asked.budget_s / 60)
    return f"{min(minutes - 1, round(length_s(asked, chosen) / 60))} of {minutes} min: {why}."
