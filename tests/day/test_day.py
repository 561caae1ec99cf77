"""The day: the same situations through both front ends, and what follows from them."""

import errno
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from hiproutine.catalogue.cache import Loaded
from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.profile import Only
from hiproutine.coach.screening import find, screen
from hiproutine.coach.session import Session
from hiproutine.day.events import (
    Ask,
    Begin,
    CatalogueRead,
    Consent,
    Differ,
    Drop,
    Event,
    ForFrontEnd,
    HistoryRead,
    Keep,
    Note,
    Practise,
    Put,
    ReadHistory,
    Reply,
    Resume,
    Save,
    ShowWarningSigns,
    Start,
    TakeBack,
    Tell,
    Tick,
    Undo,
)
from hiproutine.day.runner import Runner
from hiproutine.day.today import Day, decide
from hiproutine.errors import HiproutineError
from hiproutine.history.records import Hurt, Pain, SessionRecord
from hiproutine.history.store import Store
from hiproutine.plain.app import Plain
from hiproutine.practice.resume import course
from hiproutine.practice.runner import Leader
from hiproutine.settings.model import Manner, Profile, Settings
from hiproutine.sound.output import Recording
from hiproutine.tui.app import HiproutineApp
from hiproutine.tui.dialogs.anyway import AnywayScreen
from hiproutine.tui.screens.card import CardScreen
from hiproutine.tui.screens.done import DoneScreen
from hiproutine.tui.screens.practice import PracticeScreen
from tests.conftest import HandClock
from tests.screens import Desk, text_of

ROUTINE = "four-everyday"
STRETCH = "couch-stretch"
_ANSWERS = {Consent.UNASKED: ("escape", "q"), Consent.EASED: ("enter", "\r"), Consent.ANYWAY: ("a", "a")}
"""How the question about pain is answered on a screen and in lines; without consent it is left."""


class Situation(NamedTuple):
    """What was before, and what a person does."""

    before: Callable[[Desk], object] = lambda _: None
    pain: int | None = None
    named: str | None = None
    consent: Consent = Consent.UNASKED
    """What is said in the first place."""
    answer: Consent = Consent.UNASKED
    """What is said when asked."""
    resume: bool = False
    later: timedelta = timedelta(0)
    """What passes before it starts."""
    pain_after: int | None = None
    settings: Settings = Settings()


class Outcome(NamedTuple):
    """What followed: what front ends were told, the records, and what waits for a disk."""

    told: list[object]
    records: list[object]
    unsaved: int


def spied(runner: Runner, told: list[object]) -> None:
    """Notes what the day tells its front end."""
    front_end, send = runner.front_end, runner.send

    def noted(effect: ForFrontEnd) -> None:
        match effect:
            case Tell(words, title):
                told.append((title, words))
            case Ask(name, sentences, eased, anyway):
                told.append(("asked", name, sentences, bool(eased), bool(anyway)))
            case Begin(begun, sentences):
                told.append(("starts", begun.session.plan, sentences, begun.left is not None))
            case ShowWarningSigns():
                told.append("warning signs")
        front_end(effect)

    def sent(event: Event) -> str:
        if reply := send(event):
            told.append(("reply", reply))
        return reply

    runner.front_end = noted
    runner.send = sent  # type: ignore[method-assign]


def records_of(store: Store) -> list[object]:
    """The records without ids and times of day."""
    found: list[object] = []
    for record in sorted(store.read().all(), key=lambda each: (each.at, each.id)):
        match record:
            case SessionRecord():
                found.append(
                    (record.day, record.opening.plan, [(step.exercise, step.side, step.end) for step in record.steps])
                )
            case Pain():
                found.append((record.day, record.when, record.score, record.session is not None))
            case _:
                found.append((type(record).__name__, record.day))
    return found


def chosen(desk: Desk, situation: Situation) -> Session | None:
    screened = screen(desk.catalogue, situation.settings.profile.conditions)
    return find(screened, situation.named) if situation.named else None


async def on_screens(desk: Desk, situation: Situation) -> Outcome:
    app, told = desk.app(), list[object]()
    spied(app.runner, told)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        if situation.pain is not None:
            await pilot.press(*str(situation.pain), "enter")
            await pilot.pause()
            if isinstance(app.screen, CardScreen):
                await pilot.press("escape")
                await pilot.pause()
        desk.clock.turn(round(situation.later.total_seconds() * 1000))
        if session := chosen(desk, situation):
            app._send(Practise(session, situation.consent))
        else:
            await pilot.press("r" if situation.resume else "enter")
        await pilot.pause()
        if isinstance(app.screen, AnywayScreen):
            shown = " ".join(text_of(app).split())
            assert all(word in shown for word in ("anyway", "back"))
            await pilot.press(_ANSWERS[situation.answer][0])
            await pilot.pause()
        if ("", "A new day: this is its session. Enter starts it.") in told:
            await pilot.press("enter")
            await pilot.pause()
        if isinstance(app.screen, PracticeScreen):
            await desk.work(pilot, 2)
            await pilot.press("q", "q")
            await pilot.pause()
        if isinstance(app.screen, DoneScreen) and situation.pain_after is not None:
            await pilot.press(*str(situation.pain_after), "enter")
            await pilot.pause()
    return Outcome(told, records_of(desk.store), len(app.runner.unsaved))


def in_lines(desk: Desk, situation: Situation) -> Outcome:
    told, lines = list[object](), list[str]()
    runner = Runner(desk.context())
    keys = iter(keys_for(situation, lines, desk.clock))
    front_end = Plain(runner, Recording(desk.clock), lambda _: next(keys), lines.append)
    spied(runner, told)
    waiting = list[int]()
    rescue = runner.unsaved.rescue
    runner.unsaved.drop = lambda: waiting.append(len(runner.unsaved))  # type: ignore[method-assign]
    runner.unsaved.rescue = lambda home: "" if waiting else rescue(home)  # type: ignore[method-assign]
    session = chosen(desk, situation)
    desk.safety_read.parent.mkdir(parents=True, exist_ok=True)
    desk.safety_read.touch()
    assert front_end.run(Practise(session, situation.consent) if session else None) == 0
    asked = [each for each in told if isinstance(each, tuple) and each[0] == "asked"]
    assert all(sentence in lines for _, _, sentences, *_ in asked for sentence in sentences)
    return Outcome(told, records_of(desk.store), sum(waiting) or len(runner.unsaved))


def keys_for(situation: Situation, lines: Sequence[str], clock: HandClock) -> Iterator[str | None]:
    """Answers the question that was said last."""
    late = round(situation.later.total_seconds() * 1000)
    practised = ["n", 2000, "q", "q"]
    while True:
        said = lines[-1]
        if "how much does it hurt" in said.lower():
            score = situation.pain_after if "hurt now" in said else situation.pain
            yield from (*("" if score is None else str(score)), "\r")
        elif said.startswith("Unfinished since"):
            clock.turn(late)
            yield "r" if situation.resume else "x"
        elif said.endswith(("starts anew.", "q leaves.")):
            yield _ANSWERS[situation.answer][1]
        elif said.startswith("A new day"):
            yield "\r"
        elif "It is tried again all the time" in said:
            yield "l"
        elif practised:
            key = practised.pop(0)
            if isinstance(key, int):
                clock.turn(key)
            yield key if isinstance(key, str) else None
        else:
            yield None


def interrupted(desk: Desk) -> None:
    """A session that was left after half a minute of practice."""
    session = find(screen(desk.catalogue, ()), ROUTINE)
    leader = Leader(desk.store, desk.clock, course(session, Manner()), desk.catalogue.exercises, "0")
    leader.begin()
    leader.next()
    desk.clock.turn(5000)
    leader.leave()


def in_the_evening(desk: Desk) -> None:
    desk.clock.start = desk.clock.start.replace(hour=23)
    interrupted(desk)


def practising(desk: Desk) -> Leader:
    """Another hiproutine, which keeps its journal open."""
    session = find(screen(desk.catalogue, ()), ROUTINE)
    leader = Leader(desk.store, desk.clock, course(session, Manner()), desk.catalogue.exercises, "0")
    leader.begin()
    return leader


def hurt_yesterday(desk: Desk) -> None:
    at = desk.clock.now() - timedelta(days=1)
    desk.store.write(Hurt("h", at.date(), at, "s", STRETCH, "left", 8, "skip"))


SITUATIONS = {
    "fresh": Situation(),
    "a gentle day, named by hand and left": Situation(pain=8, named="squat-prep"),
    "a gentle day, named by hand and done anyway": Situation(pain=8, named="squat-prep", answer=Consent.ANYWAY),
    "hurt yesterday, named and left": Situation(hurt_yesterday, named=STRETCH),
    "hurt yesterday, named and done in part": Situation(
        hurt_yesterday, named=f"{STRETCH}+glute-bridge", answer=Consent.EASED
    ),
    "hurt yesterday, named and done anyway": Situation(hurt_yesterday, named=STRETCH, answer=Consent.ANYWAY),
    "hurt yesterday, named with anyway": Situation(hurt_yesterday, named=STRETCH, consent=Consent.ANYWAY),
    "interrupted, and resumed": Situation(interrupted, resume=True),
    "interrupted, and resumed in spite of pain": Situation(interrupted, pain=9, resume=True, answer=Consent.ANYWAY),
    "a new day begins with an interrupted session": Situation(in_the_evening, later=timedelta(hours=6)),
    "pain after practising": Situation(named="supine-butterfly", pain_after=6),
}


@pytest.fixture
def desks(tmp_path: Path, catalogue: Catalogue) -> tuple[Desk, Desk]:
    """The same home twice."""
    return Desk(tmp_path / "screens", catalogue, HandClock()), Desk(tmp_path / "lines", catalogue, HandClock())


async def both(desks: tuple[Desk, Desk], situation: Situation) -> Outcome:
    """What follows, which is the same in both front ends."""
    open_journals = []
    for desk in desks:
        desk.settings = situation.settings
        open_journals.append(situation.before(desk))
    on_screen, in_line = await on_screens(desks[0], situation), in_lines(desks[1], situation)
    assert on_screen == in_line
    return on_screen


@pytest.mark.parametrize("name", SITUATIONS)
async def test_both_front_ends_do_the_same(desks: tuple[Desk, Desk], name: str) -> None:
    situation = SITUATIONS[name]
    outcome = await both(desks, situation)
    starts = [each for each in outcome.told if isinstance(each, tuple) and each[0] == "starts"]
    asks = [each for each in outcome.told if isinstance(each, tuple) and each[0] == "asked"]
    assert len(starts) == (not name.endswith("left"))
    assert len(asks) == (name.startswith(("a gentle", "hurt")) or "in spite" in name) - (name.endswith("with anyway"))
    assert outcome.records
    assert outcome.unsaved == 0


async def test_every_pain_score_has_the_same_effects(desks: tuple[Desk, Desk], tmp_path: Path) -> None:
    app, told = desks[0].app(), list[object]()
    spied(app.runner, told)
    found = []
    async with app.run_test(size=(80, 24)) as pilot:
        for score in range(11):
            await pilot.press(*str(score), "enter")
            await pilot.pause()
            if isinstance(app.screen, CardScreen):
                await pilot.press("escape")
                await pilot.pause()
            found.append((app.day.gentle, app.day.plan.session.plan, app.day.plan.notes, told[:]))
            await pilot.press("z")
            told.clear()
    for score, outcome in enumerate(found):
        desk = Desk(tmp_path / f"lines-{score}", desks[0].catalogue, HandClock())
        told, runner = in_lines(desk, Situation(pain=score)).told, Runner(desk.context())
        start = ("starts", outcome[1], outcome[2], False)
        assert told == [*outcome[3], start]
        assert runner.day.gentle == outcome[0] == ("warning signs" in told) == (score >= 6)
        assert [pain.score for pain in runner.day.past.of(Pain)] == [score]


async def test_a_full_disk_loses_nothing_in_either(desks: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("hiproutine.history.jsonl.append", full)
    outcome = await both(desks, Situation(pain=3))
    assert ("Not saved yet", "history: No space left on device") in outcome.told
    # The session is in its journal; the pain score waits for the disk.
    assert not any(isinstance(record, tuple) and "before" in record for record in outcome.records)
    assert outcome.unsaved == 1


async def test_what_the_screening_stops_starts_in_neither(desks: tuple[Desk, Desk]) -> None:
    for desk in desks:
        desk.settings = Settings(profile=Profile(conditions=("surgery_recent",)))
    app = desks[0].app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert not isinstance(app.screen, PracticeScreen)
        with pytest.raises(HiproutineError) as on_screen:
            app.runner.send(Start())
    app = HiproutineApp(Runner(desks[0].context()), Start())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert [note.message for note in app._notifications] == [str(on_screen.value)]
    with pytest.raises(HiproutineError) as in_line:
        in_lines(desks[1], Situation())
    assert str(on_screen.value) == str(in_line.value) == app.day.plan.session.honest
    assert records_of(desks[1].store) == []


async def test_another_hiproutine_is_told_of_in_both(desks: tuple[Desk, Desk]) -> None:
    others = [practising(desk) for desk in desks]
    told = "Another hiproutine has been practising since 07:30. Both are kept."
    app = desks[0].app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert told in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, PracticeScreen)
        assert told in text_of(app)
    lines = list[str]()
    runner = Runner(desks[1].context())
    keys = iter(keys_for(Situation(), lines, desks[1].clock))
    desks[1].safety_read.touch()
    assert Plain(runner, Recording(desks[1].clock), lambda _: next(keys), lines.append).run(None) == 0
    assert told in lines
    assert not any(other.over for other in others)


def test_what_another_window_resumed_during_the_question_is_not_resumed_twice(desks: tuple[Desk, Desk]) -> None:
    desk = desks[0]
    interrupted(desk)
    runner, effects = Runner(desk.context()), list[object]()
    runner.front_end = effects.append
    runner.send(Note(9))
    effects.clear()
    runner.send(Resume())
    (ask,) = effects
    assert isinstance(ask, Ask)
    assert isinstance(ask.anyway, Resume)
    (left,) = desk.store.interrupted()
    journal = desk.store.resume(left)
    runner.send(ask.anyway)
    assert effects == [ask]
    journal.leave()
    runner.send(Resume(Consent.ANYWAY))
    assert isinstance(effects[-1], Begin)


# ---- the day alone ----


@pytest.fixture
def day(desks: tuple[Desk, Desk]) -> Day:
    return Runner(desks[0].context()).day


def test_what_is_refused_leaves_the_day_as_it_was(day: Day) -> None:
    told = decide(day, Differ(Only(no_floor=True)))
    assert told == (day, (Reply("Choose the minutes too: without them the coach cannot plan."),))
    nothing = Loaded(day.loaded.catalogue._replace(exercises={}, routines={}), (), {})
    with pytest.raises(HiproutineError, match="routine"):
        decide(day, CatalogueRead(nothing))
    assert decide(day, Put("volume", "70")) == (day, (Save("volume", "70", applied=False),))


def test_what_was_changed_about_a_session_lasts_as_long_as_the_session(day: Day) -> None:
    changed = decide(day, Drop(0)).day
    (first, *others) = day.plan.session.items
    assert changed.plan.session.items == tuple(others)
    again = decide(changed, HistoryRead(day.past, None)).day
    assert again.plan == changed.plan
    tomorrow = again._replace(now=again.now + timedelta(days=1))
    assert decide(tomorrow, Tick()).effects == (ReadHistory(),)
    assert decide(tomorrow, Start()).effects[0] == ReadHistory()
    assert decide(changed, Undo(0)).day.plan.session.items[0] == first


def test_only_today_is_over_tomorrow(day: Day) -> None:
    short = decide(day, Differ(Only(minutes=5))).day
    assert short.only == Only(minutes=5)
    assert short.plan.session.plan != day.plan.session.plan
    tomorrow = short._replace(now=short.now + timedelta(days=1))
    assert decide(tomorrow, HistoryRead(short.past, None)).day.only == Only()


def test_taking_back_a_score_restores_the_day(day: Day) -> None:
    noted = decide(day, Note(9))
    assert noted.day.gentle
    assert not noted.day.allows("checks")
    taken_back = decide(noted.day, TakeBack())
    assert (taken_back.day.past, taken_back.day.plan) == (day.past, day.plan)
    assert [type(effect) for effect in taken_back.effects] == [Keep]
    assert decide(day, TakeBack()) == (day, ())
