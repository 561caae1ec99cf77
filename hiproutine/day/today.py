"""What Today rests on, and how it changes in the course of a day: the world, the history and the plan. No widget.

Whatever is changed here is shown by whoever asked for it.
"""

from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from hiproutine.coach import eligibility, pain, self_checks
from hiproutine.coach.planner import Plan, todays_or_none
from hiproutine.coach.profile import Only, for_today
from hiproutine.coach.requested import named
from hiproutine.coach.screening import find, screen
from hiproutine.coach.session import Session
from hiproutine.errors import HiproutineError
from hiproutine.history.days import day_of, today
from hiproutine.history.records import Pain, Record, SessionRecord
from hiproutine.history.store import RECENT, Past
from hiproutine.history.unsaved import Unsaved
from hiproutine.practice import by_hand
from hiproutine.practice.resume import Course, elsewhere, tidy
from hiproutine.settings.model import Profile, Settings
from hiproutine.text import clean
from hiproutine.tui.screens.today_texts import Given
from hiproutine.tui.world import World

if TYPE_CHECKING:
    from hiproutine.coach.questions import Meaning
    from hiproutine.yaml.edit import Value


class Daily:
    """`plan` is what Today is given, `only` what is different today alone, `resumable` a session that was left.

    `unsaved` is what no disk has taken yet.
    """

    def __init__(self, world: World, past: Past, chosen: Session | None) -> None:
        self.world = world
        self.past = past
        self.unsaved = Unsaved(world.store)
        self.only, self._only_on = Only(), date.min
        self.plan = world.todays
        self._own_choice: str | None = None
        if chosen and chosen != world.todays.session and not (another := self.named(chosen)).left_out:
            self.choose(chosen, another)
        self._planned_by = self._basis()
        self.resumable = self._tidy()

    @property
    def day(self) -> date:
        return today(self.world.clock.now(), self.past.sessions)

    @property
    def outdated(self) -> bool:
        """Whether the plan is of another day."""
        return self.day != self._planned_by[0]

    @property
    def profile(self) -> Profile:
        """The person's, as it is today."""
        return for_today(self.world.settings.profile, **self.only._asdict())

    @property
    def gentle(self) -> bool:
        """Whether pain leaves only gentle moves today."""
        return pain.of_day(self.past, self.day).advice is pain.Advice.GENTLE

    def named(self, session: Session, *, anyway: bool = False) -> Plan:
        """A session that was named, as it will be done today."""
        return named(self.world.screened, session, self.past, self.day, anyway=anyway)

    @property
    def elsewhere(self) -> str:
        """The notice of another hiproutine that is practising."""
        return elsewhere(self.world.store, self.world.clock.now())

    def given(self) -> Given:
        left = self.resumable.left if self.resumable else None
        due = len(self_checks.due(self.past, self.world.screened, self.profile, self.day))
        return Given(self.world, self.past, self.plan, left, self.elsewhere, self.only, due)

    # ---- the history ----

    def read(self, steps_since: date = date.min) -> Past:
        """The history, with what no disk has taken yet; sessions of before `steps_since` may come without steps."""
        return self.world.store.read(steps_since).adding(self.unsaved)

    def keep(self, *records: Record) -> str | None:
        """Writes records down, and whatever waits for a disk; says why that fails, if it does, to be tried again."""
        return self.unsaved.add(*records)

    def refresh(self) -> None:
        """Reads the history anew, and plans anew if anything that a plan follows from is another."""
        self.keep()
        self.resumable = self._tidy()
        self.past = self.read(day_of(self.world.clock.now()) - RECENT)
        before, self._planned_by = self._planned_by, self._basis()
        if self._planned_by != before:
            self._plan_anew()

    # ---- changes ----

    def choose(self, session: Session, plan: Plan) -> None:
        """Another session than the coach's, as it will be done."""
        self.plan = plan
        self._own_choice = session.plan

    def take(self, settings: Settings) -> str:
        """Takes over changed settings; says why there can be no session for them, if there cannot."""
        before, self.world = self.world.settings, self.world._replace(settings=settings)
        if (settings.profile, settings.manner) == (before.profile, before.manner):
            return ""
        if settings.profile.conditions != before.profile.conditions:
            screened = screen(self.world.screened.whole, settings.profile.conditions)
            self.world = self.world._replace(screened=screened)
        return self._plan_anew()

    def save(self, key: str, value: "Value | None") -> Settings:
        """The settings with another value of a key, saved but not taken over yet. Raises HiproutineError.

        Answers to the screening hold even where they could not be saved.
        """
        saved = self.world.save_setting(key, value)
        conditions = self.world.settings.profile.conditions
        return saved._replace(profile=saved.profile._replace(conditions=conditions))

    def answer(self, conditions: tuple[str, ...]) -> "tuple[Meaning, str]":
        """Takes over the answers to the screening, be it that they cannot be saved; says what they mean."""
        from hiproutine.coach.questions import meaning

        settings = self.world.settings
        told = ""
        if conditions != settings.profile.conditions:
            self.take(settings._replace(profile=settings.profile._replace(conditions=conditions)))
            try:
                self.world.save_setting("conditions", conditions)
            except HiproutineError as error:
                told = f"For now only: {error}"
        return meaning(self.world.screened, conditions), told

    def differ(self, only: Only) -> str:
        """Makes today's session for what is different today; where there can be none, all stays and it is said why."""
        if only != Only() and not (only.minutes or self.world.settings.profile.minutes):
            return "Choose the minutes too: without them the coach cannot plan."
        before, self.only, self._only_on = self.only, only, self.day
        if told := self._plan_anew():
            self.only = before
            return f"{told} Today stays as it was."
        return ""

    def reread(self, file: Path | None) -> None:
        """Takes over what the user's own files hold by now.

        Raises HiproutineError, and changes nothing, if `file` is at fault, or if nothing to practise would be left.
        """
        loaded = self.world.load()
        if file and (faults := [line for line in loaded.left_out if line.startswith(f"{clean(str(file))}:")]):
            raise HiproutineError("\n".join(faults))
        screened = screen(loaded.catalogue, self.world.settings.profile.conditions)
        before = self.world, self.plan, self._own_choice
        self.world = self.world._replace(screened=screened, left_out=loaded.told, hidden=loaded.hidden)
        told = self._plan_anew()
        if told and before[0].todays.session.items:
            self.world, self.plan, self._own_choice = before
            self.resumable = self._tidy()
            raise HiproutineError(told)
        self.refresh()

    # ---- pain ----

    def hurts(self, score: int) -> str | None:
        """How much it hurts before practising; today's session is planned again with it. As `keep`."""
        trouble = self.keep(*by_hand.pain(self.past, self.world.clock.now(), self.day, score))
        self.refresh()
        return trouble

    def take_back(self, record: Record) -> str | None:
        """As `keep`."""
        trouble = self.keep(by_hand.void(self.world.clock.now(), record))
        self.refresh()
        return trouble

    def hurts_after(self, session: SessionRecord, score: int) -> tuple[str, str | None]:
        """How much it hurts after a session: what follows, in a sentence; and as `keep`."""
        records = by_hand.pain(self.past, self.world.clock.now(), session.day, score, session.id)
        trouble = self.keep(*records)
        self.refresh()
        after = records[-1]
        assert isinstance(after, Pain)
        return pain.follows(self.past, after), trouble

    # ---- how ----

    def _basis(self) -> tuple[date, *tuple[object, ...]]:
        """The day, and what of the history a plan of it follows from."""
        past, day = self.past, self.day
        return day, [each for each in past.sessions if each.day < day], past.pains, past.hurts, past.checks

    def _plan_anew(self) -> str:
        """Makes today's session anew. One that was chosen stays, eased after pain, as long as none of it has to go.

        Says why there can be none, if so; then the one of before stays on the same condition.
        """
        world, day = self.world, self.day
        if self._only_on != day:
            self.only, self._only_on = Only(), day
        made = todays_or_none(world.screened, self.profile, world.settings.manner, self.past, day)
        now = eligibility.look(world.screened, self.past, day)
        own = self._found_again(self._own_choice) if self._own_choice else None
        self.world = world._replace(todays=made)
        self.resumable = self._tidy()
        if own and not own.left_out:
            self.plan = own
            return ""
        self._own_choice = None
        if made.session.items or not now.leaves(self.plan.session):
            self.plan = made
        return "" if made.session.items else made.session.honest or ""

    def _found_again(self, plan: str) -> Plan | None:
        with suppress(HiproutineError):  # it may be hidden now
            return self.named(find(self.world.screened, plan))
        return None

    def _tidy(self) -> Course | None:
        world = self.world
        return tidy(world.store, world.catalogue, world.settings.manner, world.clock.now())
