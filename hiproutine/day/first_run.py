"""The first run as an immutable value: its pages, which one follows, and the profile that the answers make. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import NamedTuple

from hiproutine.catalogue.conditions import CONDITION, STOPS
from hiproutine.catalogue.model import Exercise, Programme
from hiproutine.catalogue.vocabulary import AREAS
from hiproutine.coach import programme, questions
from hiproutine.coach.profile import FLOOR, avoids_floor, obstacle, off_the_floor
from hiproutine.coach.questions import CLEARANCES, QUESTIONS, TICK_PAGES, Meaning, Question, Tick
from hiproutine.day.today import Day
from hiproutine.practice.timeline import compile_session
from hiproutine.settings.model import Profile
from hiproutine.text import counted

YES, NOT_SURE = "y", "u"
"""The marks of a row; a row without one is not ticked."""


class Kind(Enum):
    """The kind of question on a page, which decides the keys that answer it."""

    CHOICE = "one of several"
    TICKS = "any of several"
    CONDITIONS = "any of several, each of which one may be not sure of"
    STOPS = "the same, where a tick may stop practice: Enter answers nothing"
    QUESTION = "one question with a key for each answer"
    STOPPED = "nothing may be practised for now"
    SESSION = "the session that the answers make"
    MEANING = "what the answers change, by name"


class Row(NamedTuple):
    """A row to choose or to tick."""

    id: str
    text: str
    gives: tuple[str, ...] = ()
    """The words of the vocabulary that it stands for."""
    whole: str = ""
    """The question that it abbreviates."""


class Page(NamedTuple):
    """A page: a question, a remark on it, and rows or answers; `number` of `of` pages in all."""

    id: str
    kind: Kind
    title: str
    about: str = ""
    rows: tuple[Row, ...] = ()
    question: Question | None = None
    number: int = 0
    of: int = 0


MINUTES = ("5", "10", "15", "20")
NO_MATTER = "no-matter"
_USUAL_MINUTES = "10"
GETS_DOWN = "floor"
AT_HAND = (
    Row(GETS_DOWN, "Floor: I can get down and up"),
    Row("mat", "Mat or carpet", ("mat",)),
    Row("cushion", "Cushion", ("cushion",)),
    Row("chair", "Sturdy chair", ("chair",)),
    Row("bed", "Bed or sofa", ("bed", "couch")),
    Row("table", "Table or door frame", ("table", "support")),
    Row("step", "Low step", ("step",)),
    Row("strap", "Strap or towel", ("strap", "towel")),
    Row("ball", "Ball", ("ball",)),
    Row("roller", "Foam roller", ("roller",)),
    Row("mini-band", "Loop band", ("mini-band",)),
    Row("band", "Anchored band", ("band",)),
    Row("weight", "Weight or heavy book", ("weight",)),
)
HOUSEHOLD = frozenset({GETS_DOWN, "mat", "cushion", "chair", "bed", "table", "strap"})
"""The rows that are ticked until they are answered: what most homes have."""
SITTING = "sitting"
STIFF = (
    *(
        Row(area, text, (area,))
        for area, text in (
            ("front-of-hip", "Front of hip"),
            ("buttock", "Buttock"),
            ("outside-of-hip", "Outside of hip"),
            ("inner-thigh", "Inner thigh"),
            ("back-of-thigh", "Back of thigh"),
            ("hip-joint", "Deep hip joint"),
            ("low-back", "Low back"),
        )
    ),
    Row(SITTING, "I sit all day", ("front-of-hip", "buttock")),
)
_WEIGHT = 2
"""Of an area that is stiff, as of the front of the hip for everyone who names none."""

_STOPPED = "stopped"
_OWN_PAGES = {
    page.id: page
    for page in (
        Page("minutes", Kind.CHOICE, "How many minutes a day?"),
        Page("at hand", Kind.TICKS, "What is at hand?", rows=AT_HAND),
        Page("stiff", Kind.TICKS, "Where is it stiff?", rows=STIFF),
        Page("session", Kind.SESSION, "Your session"),
        Page("meaning", Kind.MEANING, "What your answers mean"),
        Page(_STOPPED, Kind.STOPPED, "Do not practise yet"),
    )
}
_TICKS = {page.id: page for page in TICK_PAGES}

BEFORE_A_SESSION = ("minutes", "at hand", "stiff", *_TICKS)
"""The pages after that on safety, where a session was chosen already."""
WHOLE = (*BEFORE_A_SESSION, "session")
SCREENING = (*_TICKS, "meaning")
"""The questions on conditions alone."""


class FirstRun(NamedTuple):
    """A first run as far as it is answered. Later, gone through again, it begins with what holds."""

    profile: Profile
    """As it was before."""
    parts: tuple[str, ...]
    """The pages of this run, without the questions that follow from ticks."""
    at: str
    """The page that is shown."""
    marks: Mapping[str, Mapping[str, str]]
    """By the id of a page, the marks of its rows."""
    keys: Mapping[str, str] = {}
    """The answers to questions that follow a tick, by their ids."""
    answered: frozenset[str] = frozenset()
    """The pages that were answered, and not skipped."""
    over: bool = False
    """Whether the last page was left, and no session follows."""

    @property
    def page(self) -> Page:
        """The page that is shown, with its number; that on safety is the first."""
        path = _path(self)
        upto = path[: path.index(self.at) + 1]
        safety = int(self.parts[0] == WHOLE[0])
        return _page(self)._replace(
            number=sum(each in self.parts for each in upto) + safety, of=len(self.parts) + safety
        )

    @property
    def here(self) -> Mapping[str, str]:
        """The marks of the page that is shown."""
        return self.marks.get(self.at, {})

    @property
    def first(self) -> bool:
        """Whether no page is before the one that is shown."""
        return self.at == self.parts[0]

    @property
    def last(self) -> bool:
        """Whether no page is after the one that is shown."""
        return self.at == _path(self)[-1]


def begin(profile: Profile, parts: tuple[str, ...] = WHOLE) -> FirstRun:
    """Begin with what a profile says, and with what is usual where it says nothing."""
    minutes = str(profile.minutes) if profile.minutes else _USUAL_MINUTES
    had = profile.equipment
    things = HOUSEHOLD if had is None else {row.id for row in AT_HAND if not set(row.gives).isdisjoint(had)}
    at_hand = things - {GETS_DOWN} if avoids_floor(profile) else things | {GETS_DOWN}
    stiff = [area for area, _ in profile.focus]
    held = [(page.id, tick) for page in TICK_PAGES for tick in page.ticks if tick.held(profile.conditions)]
    marks: dict[str, dict[str, str]] = {
        "minutes": {minutes: YES},
        "at hand": dict.fromkeys(at_hand, YES),
        "stiff": {row.id: YES for row in STIFF if row.id in stiff},
        **{page.id: {} for page in TICK_PAGES},
    }
    for page_id, tick in held:
        marks[page_id][tick.id] = YES
    keys = {question.id: question.now(profile.conditions) or "n" for _, tick in held for question in tick.follow_ups}
    return FirstRun(profile, parts, parts[0], marks, keys)


# ---- the pages ----


def _page(run: FirstRun) -> Page:
    if run.at in _TICKS:
        page = _TICKS[run.at]
        rows = tuple(Row(tick.id, tick.text, whole=tick.whole) for tick in page.ticks)
        return Page(page.id, Kind.STOPS if page.stops else Kind.CONDITIONS, "Any of these?", page.about, rows)
    if run.at in _QUESTIONS:
        question = _QUESTIONS[run.at]
        return Page(question.id, Kind.QUESTION, question.text, question=question)
    own = _OWN_PAGES[run.at]
    return own if own.kind is not Kind.CHOICE else own._replace(rows=_minutes(run.profile))


_QUESTIONS = {each.id: each for each in (*QUESTIONS.values(), *CLEARANCES.values())}


def _minutes(profile: Profile) -> tuple[Row, ...]:
    offered = sorted({*MINUTES, *([str(profile.minutes)] if profile.minutes else [])}, key=int)
    return (*(Row(each, each) for each in offered), Row(NO_MATTER, "No matter"))


def _path(run: FirstRun) -> tuple[str, ...]:
    """The ids of the pages from the first to the last, by what is answered; a stop is the last."""
    found: list[str] = []
    for part in run.parts:
        found.append(part)
        if part in _TICKS and part in run.answered:
            found += [question.id for tick in _ticked(run, part) for question in tick.follow_ups]
        if part in _TICKS and _TICKS[part].stops and stops(run):
            return (*found, _STOPPED)
    return tuple(found)


def _ticked(run: FirstRun, page: str) -> tuple[Tick, ...]:
    return tuple(tick for tick in _TICKS[page].ticks if run.marks[page].get(tick.id))


# ---- answering ----


def mark(run: FirstRun, row: str, mark: str = YES) -> FirstRun:
    """Give a row a mark, or take it away again; of a choice there is one."""
    page = _page(run)
    if page.kind is Kind.CHOICE:
        here: dict[str, str] = {row: YES}
    else:
        here = {**run.here, row: "" if run.here.get(row) == mark else mark}
    return run._replace(marks={**run.marks, run.at: {each: word for each, word in here.items() if word}})


def forward(run: FirstRun) -> FirstRun:
    """Answer the page as it is marked."""
    return _onward(run._replace(answered=run.answered | {run.at}))


def answer(run: FirstRun, key: str) -> FirstRun:
    """Answer a question by a key."""
    return _onward(run._replace(keys={**run.keys, run.at: key}))


def skip(run: FirstRun) -> FirstRun:
    """Leave a page without an answer: what it asks for stays as it was."""
    return _onward(run._replace(answered=run.answered - {run.at}))


def back(run: FirstRun) -> FirstRun:
    """Go back to the page before."""
    path = _path(run)
    return run._replace(at=path[max(0, path.index(run.at) - 1)])


def to_stops(run: FirstRun) -> FirstRun:
    """Go back to the page whose answers stop practice."""
    return run._replace(at=next(page.id for page in TICK_PAGES if page.stops))


def _onward(run: FirstRun) -> FirstRun:
    path = _path(run)
    following = path[path.index(run.at) + 1 :]
    return run._replace(at=following[0]) if following else run._replace(over=True)


def actions(run: FirstRun) -> frozenset[str]:
    """Return what can be done on the page that is shown.

    One that may stop practice is passed by keys of its own, and no page of conditions is skipped with a tick on it.
    """
    ticked = bool(run.here)
    found = {
        Kind.CHOICE: ("choose", "next", "skip"),
        Kind.TICKS: ("tick", "next", "skip"),
        Kind.CONDITIONS: ("tick", "unsure", "next", *(("remind_ticked",) if ticked else ("none", "skip"))),
        Kind.STOPS: ("tick", "unsure", "remind", *(("confirm", "remind_ticked") if ticked else ("none", "skip"))),
        Kind.QUESTION: ("answer", "skip", "remind"),
        Kind.STOPPED: ("change", "card", "today", "remind"),
        Kind.SESSION: ("start", "programme", "why", "today"),
        Kind.MEANING: ("done",),
    }[run.page.kind]
    return frozenset((*found, *(() if run.first else ("back",))))


def reminder(run: FirstRun) -> str:
    """Return what is said where a key does not answer the page."""
    if run.here:
        key = "y" if run.page.kind is Kind.STOPS else "Enter"
        return f"Something is ticked: {key} confirms it, or take the tick away."
    return _REMINDERS[run.page.kind]


_REMINDERS = {
    Kind.STOPS: "Press n if none of these is true. If one is, tick it, and confirm it with y.",
    Kind.QUESTION: "Answer with one of these keys.",
    Kind.STOPPED: "No session starts as long as this holds. c changes the answer.",
}


# ---- what the answers make ----


def answers(run: FirstRun) -> dict[str, str]:
    """Return the answers to the screening: keys, by the id of the question."""
    found: dict[str, str] = {}
    for page in TICK_PAGES:
        for tick in page.ticks if page.id in run.answered else ():
            mark = run.marks[page.id].get(tick.id, "")
            found |= tick.answers(mark)
            if mark:
                found |= {each.id: run.keys[each.id] for each in tick.follow_ups if each.id in run.keys}
    return found


def stops(run: FirstRun) -> tuple[str, ...]:
    """Return the conditions that hold and stop practice."""
    held = questions.answered(run.profile.conditions, answers(run))
    return tuple(code for code in held if code in STOPS)


def result(run: FirstRun, day: date) -> Profile:
    """Return the profile after the answers on a day; what was not answered is as before."""
    profile = questions.after(run.profile, answers(run), day)
    if "minutes" in run.answered:
        (minutes,) = run.marks["minutes"]
        profile = profile._replace(minutes=None if minutes == NO_MATTER else int(minutes))
    if "at hand" in run.answered:
        profile = profile._replace(equipment=_at_hand(run), avoid_positions=_avoided(run))
    if "stiff" in run.answered:
        profile = profile._replace(focus=_focus(run))
    return profile


def _at_hand(run: FirstRun) -> tuple[str, ...]:
    """The things of the ticked rows; of a row of which some were there before, those."""
    had = run.profile.equipment or ()
    rows = (row.gives for row in AT_HAND if row.id in run.marks["at hand"])
    return tuple(word for gives in rows for word in (tuple(each for each in gives if each in had) or gives))


def _avoided(run: FirstRun) -> tuple[str, ...]:
    """The positions to avoid: without the floor all that need it; with it again none of these, others as before."""
    before = run.profile.avoid_positions
    if GETS_DOWN not in run.marks["at hand"]:
        return off_the_floor(before)
    return tuple(each for each in before if each not in FLOOR) if avoids_floor(run.profile) else before


def _focus(run: FirstRun) -> tuple[tuple[str, int], ...]:
    """The areas of the ticked rows, and of the others those that no row is for.

    What only sitting speaks for weighs less than a place that was named; without one, the first of it leads.
    """
    before, ticked = dict(run.profile.focus), stiff(run)
    on_page = {area for row in STIFF for area in row.gives}
    named = {area for row in STIFF if row.id in run.marks["stiff"] and row.id != SITTING for area in row.gives}
    leading = named or set(ticked[:1])
    return tuple(
        (area, before.get(area, _WEIGHT if area in leading else 1))
        for area in AREAS
        if area in ticked or area in before.keys() - on_page
    )


def stiff(run: FirstRun) -> tuple[str, ...]:
    """Return the areas of the rows that are ticked as stiff."""
    return tuple(dict.fromkeys(area for row in STIFF if row.id in run.marks["stiff"] for area in row.gives))


# ---- the last page ----


class Built(NamedTuple):
    """Facts about the session on the last page, beside its exercises."""

    why: str
    changes: tuple[tuple[str, str], ...]
    """Changes made by the conditions: a heading, and exercises by name."""


def built(run: FirstRun, day: Day) -> Built:
    """Return what the last page says about the day's session."""
    return Built(_why(run, day), _changes(questions.meaning(day.screened)))


def _changes(meaning: Meaning) -> tuple[tuple[str, str], ...]:
    named = (("Removed for you", meaning.removed), ("Done only if you name it", meaning.not_planned))
    found = [(f"{heading} ({len(names)})", _few(names)) for heading, names in named if names]
    careful = f"{counted(meaning.careful, 'exercise')} with a word on what to mind, and planned less."
    return (*found, *((("To be careful with", careful),) if meaning.careful else ()))


def _few(names: Sequence[str]) -> str:
    """Return names, of a longer row the first of them."""
    if len(names) <= _FEW:
        return f"{'; '.join(names)}."
    return f"{'; '.join(names[:_FEW])}. All of them: `hiproutine today --why`."


_FEW = 3


def _why(run: FirstRun, day: Day) -> str:
    """Return which of the places it is for today, and which on other days; a note says which cannot be done."""
    if not day.coached.session.items:
        return day.coached.session.honest or ""
    if not day.profile.minutes:
        return "A routine for every day. With minutes of your own, the coach builds one for these places."
    marked = [row for row in STIFF if row.id in run.marks["stiff"]]
    if not marked:
        return "Front of hip first: no place is marked."
    worked = {item.exercise.areas[0] for item in day.plan.session.items}
    possible = {area for each in _possible(day) for area in each.areas}
    places = {row.text.lower(): row.id for row in STIFF if row.id in stiff(run)}
    named = {row.id for row in marked}
    found = (
        ("Today: {}, where it is stiff", worked & named),
        ("Today: {}, because you sit all day", worked - named),
        ("Other days: {}", possible - worked),
    )
    sentences = (
        (words, " and ".join(name for name, area in places.items() if area in areas)) for words, areas in found
    )
    return " ".join(f"{words.format(names)}." for words, names in sentences if names)


def _possible(day: Day) -> Iterator[Exercise]:
    """The exercises that may be planned for the person at all."""
    for name, each in day.catalogue.exercises.items():
        if name not in day.screened.unplanned and not obstacle(each, day.profile):
            yield each


def minutes(day: Day) -> int:
    """Return how long the day's session is, in whole minutes."""
    return max(1, round(compile_session(day.plan.session, day.manner).total_ms / 60_000))


def proposed(day: Day) -> Programme | None:
    """Return the programme made for a condition of the person; else the one that works most on the person's places.

    None while one runs. Not one that takes much longer than the minutes, or before which a professional is to be asked;
    for the places, not one of which most of the core works on others.
    """
    if day.coached.programme:
        return None
    possible = [each for each in day.catalogue.programmes.values() if _fits(each, day)]
    if made := [each for each in possible if not day.screened.codes.isdisjoint(each.made_for)]:
        return min(made, key=lambda each: _avoided_in(each, day))
    own = [each for each in possible if _share(each, day) >= _MOST_OF_CORE]
    return max(own, key=lambda each: _share(each, day), default=None)


_MOST_OF_CORE, _LONGER = 2 / 3, 1.4


def _fits(wanted: Programme, day: Day) -> bool:
    profile = day.settings.profile
    return (
        wanted.minutes <= (profile.minutes or wanted.minutes) * _LONGER
        and day.screened.codes.isdisjoint(wanted.ask_first)
        and not programme.refusal(wanted, day.screened, profile)
    )


def _avoided_in(wanted: Programme, day: Day) -> int:
    """Count the exercises of a programme's core in positions that the person avoids."""
    return sum(each.position in day.settings.profile.avoid_positions for each in _core(wanted, day))


def _share(wanted: Programme, day: Day) -> float:
    """The share of a programme's core that works first of all on an area of the focus."""
    core, focus = _core(wanted, day), dict(day.settings.profile.focus)
    return sum(each.areas[0] in focus for each in core) / len(core) if core else 0.0


def _core(wanted: Programme, day: Day) -> list[Exercise]:
    every = day.screened.whole.exercises
    return [every[each.exercise] for phase in wanted.phases for each in phase.core if each.exercise in every]


def programme_words(proposed: Programme) -> str:
    """Return a programme in a line, such as `Hips that sit all day: 6 weeks, 5 days a week, about 12 min.`"""
    weeks = counted(proposed.weeks, "week")
    return f"{proposed.name}: {weeks}, {proposed.days_a_week} days a week, about {proposed.minutes} min."


UNTIL_THEN = "Until that has changed, no exercise here is right for you, and none is offered."


def stopped_words(run: FirstRun) -> tuple[tuple[str, str], ...]:
    """Return what was ticked that stops practice, and what to do about it, each."""
    ticks = {code: tick.text for page in TICK_PAGES for tick in page.ticks for code in tick.questions}
    return tuple((ticks[code], _sentence(CONDITION[code].stop)) for code in stops(run))


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."
