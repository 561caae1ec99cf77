"""Events of a day, and their effects on the world outside: small values, no behaviour.

Match them by type, never by `==` or truth: named tuples with equal fields are equal, and those without fields are
false. (Dataclasses cost 1.4 ms each at every start.)
"""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from hiproutine.catalogue.cache import Loaded
from hiproutine.coach.profile import Only
from hiproutine.coach.session import Item, Session
from hiproutine.history.past import Past
from hiproutine.history.records import Record, SessionRecord
from hiproutine.history.undo import Act
from hiproutine.practice.pain_prompt import Where
from hiproutine.practice.resume import Course
from hiproutine.settings.model import Profile, Settings

if TYPE_CHECKING:
    from hiproutine.yaml.edit import Value


class Consent(Enum):
    """The person's answer to pain's objections to a session chosen by hand."""

    UNASKED = "unasked"
    """Not asked yet: objections become a question."""
    EASED = "eased"
    """Take what pain leaves of it."""
    ANYWAY = "anyway"
    """Take it in full."""


# ---- named by hand ----


class Practise(NamedTuple):
    """Practise a session now."""

    session: Session
    consent: Consent = Consent.UNASKED


class Choose(NamedTuple):
    """Make a session today's."""

    session: Session
    consent: Consent = Consent.UNASKED


class Add(NamedTuple):
    """Add the exercise with this id to today's session."""

    exercise: str
    consent: Consent = Consent.UNASKED


class Resume(NamedTuple):
    """Resume the interrupted session, after checking again that it still can be."""

    consent: Consent = Consent.UNASKED
    looked_up: bool = False


Named = Practise | Choose | Add | Resume


# ---- changes to today's session, before it starts; `row` is the index of an exercise in it ----


class Swap(NamedTuple):
    """Replace an exercise by the next best."""

    row: int


class Drop(NamedTuple):
    """Omit an exercise."""

    row: int


class Move(NamedTuple):
    """Move an exercise by one place."""

    row: int
    down: bool


class Dose(NamedTuple):
    """Change the dose of an exercise by one step."""

    row: int
    more: bool


class LevelUp(NamedTuple):
    """Accept the progression on offer, or go back to what it replaced."""


class AskWhatToAdd(NamedTuple):
    """Find out what may be added."""


class Undo(NamedTuple):
    """Undo the last change, or else what was noted last today: pain, what hurt, or an off day."""

    row: int


Edit = Swap | Drop | Move | Dose | LevelUp | AskWhatToAdd | Undo


# ---- the course of the day ----


class Start(NamedTuple):
    """Start today's session."""


class Tick(NamedTuple):
    """Some time has passed; a new day may have begun."""


class HistoryRead(NamedTuple):
    """The history was read again, and with it the session that can be resumed."""

    past: Past
    resumable: Course | None


class InterruptedFound(NamedTuple):
    """The session that can be resumed was looked up again."""

    resumable: Course | None


class CatalogueRead(NamedTuple):
    """The catalogue was read again."""

    loaded: Loaded


class Practised(NamedTuple):
    """A session ended, with these records."""

    records: tuple[Record, ...]


class Note(NamedTuple):
    """Note a pain score before practising, or after a session, and where it hurts."""

    score: int
    after: SessionRecord | None = None
    where: Where = Where()


class TakeBack(NamedTuple):
    """Take back the pain score of a few minutes ago, before practising or after a session."""

    after: SessionRecord | None = None


class PlanLess(NamedTuple):
    """Plan less of the exercise that was omitted twice."""


class Felt(NamedTuple):
    """Note that an exercise of a session felt too easy or too hard."""

    exercise: str
    felt: str
    session: SessionRecord


class NoteOff(NamedTuple):
    """Note that the person is not well today: an easier session, without a pain score."""


# ---- written down by hand ----


class Log(NamedTuple):
    """Write down a session that was done on a day without hiproutine."""

    session: Session
    on: date


class Logged(NamedTuple):
    """A session done without hiproutine became this record."""

    record: SessionRecord


class DeclareRest(NamedTuple):
    """Make a day a rest day."""

    on: date


class Follow(NamedTuple):
    """Begin the programme with this id today; None ends the one that runs."""

    programme: str | None


class NoteVideo(NamedTuple):
    """Mark a video as watched on a day, or as not watched, and write a note on it."""

    video: str
    watched: date | None
    note: str


class TakeBackLast(NamedTuple):
    """Take back what was written last, if that was `asked` about just before; else ask."""

    asked: bool


class LastFound(NamedTuple):
    """The last record was looked up."""

    act: Act | None
    asked: bool


ByHand = Log | Logged | DeclareRest | Follow | NoteVideo | TakeBackLast | LastFound


# ---- settings ----


class Put(NamedTuple):
    """Save a setting; None restores its default. It holds once it is saved."""

    key: str
    value: "Value | None"


class Apply(NamedTuple):
    """Change a setting that holds at once, even if it cannot be saved."""

    settings: Settings
    key: str
    value: "Value"


class Saved(NamedTuple):
    """Settings were saved."""

    settings: Settings


class SetUp(NamedTuple):
    """Apply the answers of the first run or the screening. They hold even if they cannot be saved."""

    profile: Profile


class Differ(NamedTuple):
    """Use other minutes, focus, equipment or no floor for today alone."""

    only: Only


Change = Put | Apply | Saved | SetUp | Differ
Event = (
    Named
    | Edit
    | Change
    | ByHand
    | Start
    | Tick
    | HistoryRead
    | InterruptedFound
    | CatalogueRead
    | Practised
    | Note
    | NoteOff
    | Felt
    | PlanLess
    | TakeBack
)


# ---- effects that the runner carries out ----


class Keep(NamedTuple):
    """Write records to the history."""

    records: tuple[Record, ...]


class Save(NamedTuple):
    """Save settings, all or none; the reply says why that failed, if it did."""

    values: "Mapping[str, Value | None]"
    applied: bool
    """Whether the day has them already."""


class ReadHistory(NamedTuple):
    """Read the history again, and then let `then` happen."""

    then: Event | None = None


class FindInterrupted(NamedTuple):
    """Look up the session that can be resumed, and archive any other."""


class RecordSession(NamedTuple):
    """Make the record of a session done on a day, as if practised without a pause; then it is `Logged`."""

    course: Course
    on: date


class FindLast(NamedTuple):
    """Look up what was written last; then it is `LastFound`."""

    asked: bool


class Reply(NamedTuple):
    """Return an answer to the sender of the event."""

    words: str


# ---- effects that a front end carries out ----


class Tell(NamedTuple):
    """Show a notice; with a title it is important, and `failed` if something went wrong."""

    words: str
    title: str = ""
    failed: bool = False


class Ask(NamedTuple):
    """Ask about a session that pain or the screening objects to; an answer that is None is not offered."""

    name: str
    sentences: tuple[str, ...]
    eased: Named | None
    anyway: Named | None


class Begin(NamedTuple):
    """Start practising, after `sentences` where the front end has not shown them."""

    course: Course
    sentences: tuple[str, ...] = ()


class ShowWarningSigns(NamedTuple):
    """Show the warning signs: when to get help instead of practising."""


class OfferToAdd(NamedTuple):
    """Let the person choose one of these; `sore` maps ids to pain's objections."""

    items: Sequence[Item]
    sore: Mapping[str, str]


ForFrontEnd = Tell | Ask | Begin | ShowWarningSigns | OfferToAdd
Effect = Keep | Save | ReadHistory | FindInterrupted | RecordSession | FindLast | Reply | ForFrontEnd
