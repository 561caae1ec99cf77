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
from hiproutine.coach.questions import after
from hiproutine.coach.screening import find, screen
from hiproutine.coach.session import Session
from hiproutine.day.deciding import decide
from hiproutine.day.events import (
    Ask,
    Begin,
    CatalogueRead,
    Choose,
    Consent,
    DeclareRest,
    Differ,
    Drop,
    Event,
    Follow,
    ForFrontEnd,
    HistoryRead,
    Keep,
    LastFound,
    Log,
    Note,
    NoteVideo,
    Practise,
    Practised,
    Put,
    ReadHistory,
    RecordSession,
    Reply,
    Resume,
    Save,
    Saved,
    SetUp,
    ShowWarningSigns,
    Start,
    TakeBack,
    TakeBackLast,
    Tell,
    Tick,
    Undo,
)
from hiproutine.day.runner import Runner
from hiproutine.day.today import Day
from hiproutine.errors import HiproutineError
from hiproutine.history.records import (
    Hurt,
    Ladder,
    Opening,
    Pain,
    ProgrammeStep,
    Rest,
    SessionRecord,
    StepRecord,
    VideoNote,
    closed,
)
from hiproutine.history.store import Store
from hiproutine.history.undo import Act
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
                told.append(("starts", begun.session.plan, sentences, begun.interrupted is not None))
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


def start(app: HiproutineApp, situation: Situation) -> str:
    """The key that starts on Today, as the situation wants it."""
    return "n" if app.day.resumable and not situation.resume else "enter"


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
            await pilot.press(start(app, situation))
        await pilot.pause()
        if isinstance(app.screen, AnywayScreen):
            shown = " ".join(text_of(app).split())
            assert all(word in shown for word in ("anyway", "back"))
            await pilot.press(_ANSWERS[situation.answer][0])
            await pilot.pause()
        if ("", "A new day: this is its session. Enter starts it.") in told:
            await pilot.press(start(app, situation))
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
    front_end = Plain(runner, lambda _: Recording(desk.clock), lambda _: next(keys), lines.append)
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


READING_MS = 2_000
"""An Enter right after a key belongs to that key."""


def keys_for(situation: Situation, lines: Sequence[str], clock: HandClock) -> Iterator[str | None]:
    """Answers the question that was said last."""
    late = round(situation.later.total_seconds() * 1000)
    practised = ["n", 2000, "q", "q"]
    while True:
        said = lines[-1]
        if "how much does it hurt" in said.lower():
            score = situation.pain_after if "hurt now" in said else situation.pain
            if score is None:
                clock.turn(READING_MS)
            yield from (*("" if score is None else str(score)), "\r")
        elif said.startswith("Unfinished since"):
            clock.turn(late)
            yield "r" if situation.resume else "x"
        elif said.endswith(("goes to today's session.", "q leaves.")):
            yield _ANSWERS[situation.answer][1]
        elif said.startswith("Enter starts it."):
            clock.turn(READING_MS)
            yield "\r"
        elif said.startswith("Retrying. "):
            yield "l"
        elif practised:
            key = practised.pop(0)
            if isinstance(key, int):
                clock.turn(key)
            yield key if isinstance(key, str) else None
        else:
            assert len(lines) < 1_000, lines[-3:]
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
    assert Plain(runner, lambda _: Recording(desks[1].clock), lambda _: next(keys), lines.append).run(None) == 0
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


def test_answers_to_the_screening_hold_at_once_from_this_day(day: Day) -> None:
    before = day.settings.profile
    answered, effects = decide(day, SetUp(after(before, {"fai": "u"}, day.date)))
    conditions, screened = ("fai",), day.date.isoformat()
    profile = answered.settings.profile
    assert (profile.conditions, profile.screened) == (conditions, screened)
    assert "fai" in answered.screened.codes
    assert Save({"conditions": conditions, "screened": screened}, applied=True) in effects
    assert decide(answered, SetUp(after(profile, {"fai": "u"}, day.date))) == (answered, ())
    later = answered._replace(now=answered.now + timedelta(days=1))
    assert decide(later, SetUp(after(profile, {"fai": "n"}, later.date))).day.settings.profile.conditions == ()


def test_a_chosen_time_is_answered_with_what_it_can_do(day: Day) -> None:
    profile = day.settings.profile._replace(minutes=5, days_per_week=5)
    saved = decide(day, Saved(day.settings._replace(profile=profile)))
    (reply,) = (effect for effect in saved.effects if isinstance(effect, Reply))
    assert (
        reply.words
        == "Saved. 5 min on 5 days a week: time to stretch 1 area for 5 minutes a week on each side, or more."
    )
    louder = saved.day.settings._replace(volume=10)
    assert not any(isinstance(effect, Reply) for effect in decide(saved.day, Saved(louder)).effects)


def test_no_floor_today_needs_no_minutes(day: Day) -> None:
    made = decide(day, Differ(Only(no_floor=True))).day.plan
    assert {item.exercise.position for item in made.session.items} <= {"standing", "seated-chair"}
    assert all(why[0].startswith("in place of ") for why in made.reasons)


def test_a_routine_that_is_chosen_keeps_to_the_profile_and_says_so_without_a_question(day: Day) -> None:
    routine = find(day.screened, "ten-minute")
    chosen = decide(day, Choose(routine)).day
    assert chosen.plan.session == routine
    no_floor = decide(chosen, Differ(Only(no_floor=True))).day
    assert no_floor.chosen == "ten-minute"
    assert {item.exercise.position for item in no_floor.plan.session.items} <= {"standing", "seated-chair"}
    assert no_floor.plan.session.name == routine.name
    whys = [why[0] for why in no_floor.plan.reasons if why]
    assert whys
    assert all(why.startswith("in place of ") for why in whys)
    again, effects = decide(no_floor, Choose(routine))
    assert (again.plan, effects) == (no_floor.plan, ())
    (begin,) = decide(no_floor, Practise(routine)).effects
    assert isinstance(begin, Begin)
    assert begin.course.session.items == no_floor.plan.session.items
    assert any("in place of " in sentence for sentence in begin.sentences)


def test_what_is_refused_leaves_the_day_as_it_was(day: Day) -> None:
    told = decide(day, Differ(Only(focus=("calf",))))
    assert told == (day, (Reply("Choose the minutes too: without them the coach cannot plan for an area."),))
    nothing = Loaded(day.loaded.catalogue._replace(exercises={}, routines={}), (), {})
    with pytest.raises(HiproutineError, match="routine"):
        decide(day, CatalogueRead(nothing))
    assert decide(day, Put("volume", "70")) == (day, (Save({"volume": "70"}, applied=False),))


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


def test_a_step_that_was_practised_is_written_down_and_one_session_says_it_once(day: Day) -> None:
    bridge = StepRecord("glute-bridge", "Glute bridge", None, 168_000, 168_000, "done")
    opening = Opening("s", day.date, day.now, 0, None, 240, "", None, "")
    decision = decide(day, Practised((closed(opening, day.now, [bridge]),)))
    (keep,) = decision.effects
    assert isinstance(keep, Keep)
    (step,) = keep.records
    assert isinstance(step, Ladder)
    assert step[3:] == ("glute-bridge", "2x12 @2-2-3", "glute-bridge", "taken")
    assert decision.day.past.of(Ladder) == (step,)
    again = closed(opening._replace(id="t"), day.now, [bridge])
    assert decide(decision.day, Practised((again,))).effects == ()


# ---- programmes ----


def test_a_programme_is_begun_practised_and_ended(day: Day) -> None:
    begun = decide(day, Follow("desk-hips"))
    assert [type(effect) for effect in begun.effects] == [Keep, Reply]
    assert begun.day.plan.notes[0] == "Hips that sit all day: week 1 of 6, phase 1"
    assert "half-kneeling-hip-flexor" in [item.exercise.id for item in begun.day.plan.session.items]
    (again,) = decide(begun.day, Follow("desk-hips")).effects
    assert again == Reply("Hips that sit all day is running already.")
    ended = decide(begun.day._replace(now=day.now + timedelta(seconds=1)), Follow(None)).day
    assert ended.plan.programme is None
    assert [step.event for step in ended.past.of(ProgrammeStep)] == ["start", "stop"]
    assert decide(ended, Follow(None)).effects == (Reply("No programme is running."),)


def test_a_programme_that_is_not_for_the_person_does_not_begin(day: Day) -> None:
    (reply,) = decide(day, Follow("side-split")).effects
    assert isinstance(reply, Reply)
    assert "Side split is level 2" in reply.words
    with pytest.raises(HiproutineError, match='no programme has the id "desk"'):
        decide(day, Follow("desk"))


def test_a_change_of_phase_is_written_down_by_the_first_session_of_the_new_phase(day: Day) -> None:
    began = day.now - timedelta(days=15)
    start = ProgrammeStep("y", began.date(), began, "desk-hips", 1, "start")
    old = [
        closed(Opening(f"s{n}", at.date(), at, 0, None, 240, "", None, ""), at, [step])
        for n in range(9)
        for at in [began + timedelta(days=n)]
        for step in [StepRecord("windshield-wipers", "Wipers", None, 30_000, 30_000, "done")]
    ]
    later = decide(day, HistoryRead(day.past.adding([start, *old]), None)).day
    assert later.coached.programme
    assert later.plan.notes[1] == "Phase 2 begins: 9 of 10 sessions done."
    opening = Opening("t", day.date, day.now, 0, None, 240, "", None, "")
    now = StepRecord("half-kneeling-hip-flexor", "Flexor", "left", 60_000, 60_000, "done")
    (keep,) = decide(later, Practised((closed(opening, day.now, [now]),))).effects
    assert isinstance(keep, Keep)
    (step,) = keep.records
    assert isinstance(step, ProgrammeStep)
    assert step[1:] == (day.date, day.now, "desk-hips", 2, "advance", "9 of 10 sessions done")


# ---- written down by hand ----


def test_a_session_is_written_down_for_the_last_days_alone(day: Day) -> None:
    session = find(day.screened, STRETCH)
    for back, allowed in ((-1, False), (0, True), (7, True), (8, False)):
        (effect,) = decide(day, Log(session, day.date - timedelta(days=back))).effects
        assert isinstance(effect, RecordSession if allowed else Reply)


def test_what_is_written_down_counts_at_once_and_is_kept(day: Day) -> None:
    rested = decide(day, DeclareRest(day.date))
    assert [rest.day for rest in rested.day.past.of(Rest)] == [day.date]
    assert [type(effect) for effect in rested.effects] == [Keep, Reply]
    assert [type(effect) for effect in decide(rested.day, DeclareRest(day.date)).effects] == [Reply]
    assert [type(effect) for effect in decide(day, DeclareRest(day.date - timedelta(days=40))).effects] == [Reply]
    noted = decide(day, NoteVideo("IikP_teeLkI", day.date, "slow")).day.past.of(VideoNote)
    assert [(each.video, each.watched, each.note) for each in noted] == [("IikP_teeLkI", day.date, "slow")]


def test_what_was_written_last_is_taken_back_once_that_was_asked(day: Day) -> None:
    day = decide(day, DeclareRest(day.date)).day
    (rest,) = day.past.of(Rest)
    act = Act((rest,))
    for event in (LastFound(None, asked=True), LastFound(act, asked=True), LastFound(act, asked=False)):
        assert [type(effect) for effect in decide(day, event).effects] == [Reply]
    asked = decide(day, LastFound(act, asked=False)).day
    assert decide(asked, LastFound(act, asked=False)).day.past.of(Rest) == (rest,)
    taken_back = decide(asked, LastFound(act, asked=True))
    assert taken_back.day.past.of(Rest) == ()
    assert taken_back.day.to_undo is None
    assert [type(effect) for effect in taken_back.effects] == [Keep, Reply]


def test_a_session_written_down_is_in_the_history(desks: tuple[Desk, Desk]) -> None:
    desk, _ = desks
    runner = Runner(desk.context())
    said = runner.send(Log(find(runner.day.screened, STRETCH), runner.day.date - timedelta(days=2)))
    assert said.startswith("Logged for Sat 2026-11-21: ")
    (record,) = desk.store.read().of(SessionRecord)
    assert [each.id for each in runner.day.past.of(SessionRecord)] == [record.id]
    assert record.logged_at is not None
    assert runner.send(TakeBackLast(asked=False)).startswith("z once more takes back")
    assert runner.send(TakeBackLast(asked=True)).startswith("Taken back")
    assert desk.store.read().of(SessionRecord) == ()
