"""What can happen to a day, and what follows from it for the world outside: small values, no behaviour.

They are told apart by `match`, never by `==` or by truth: named tuples of equal fields are equal, and those without
fields are false. (Dataclasses cost 1.4 ms each at every start.)
"""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from hiproutine.catalogue.cache import Loaded
from hiproutine.coach.profile import Only
from hiproutine.coach.session import Item, Session
from hiproutine.history.records import Record, SessionRecord
from hiproutine.history.store import Past
from hiproutine.practice.resume import Course
from hiproutine.settings.model import Settings

if TYPE_CHECKING:
    from hiproutine.yaml.edit import Value


class Consent(Enum):
    """What the person says to pain's objections to a session named by hand."""

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
    """Resume the interrupted session, once it was looked up whether it still can be."""

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
    """Undo the last change, or else the pain score entered last."""

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
    """It was looked up again which session can be resumed."""

    resumable: Course | None


class CatalogueRead(NamedTuple):
    """The catalogue was read again."""

    loaded: Loaded


class Practised(NamedTuple):
    """A session ended, with these records."""

    records: tuple[Record, ...]


class Note(NamedTuple):
    """Note a pain score before practising, or after a session."""

    score: int
    after: SessionRecord | None = None


class TakeBack(NamedTuple):
    """Take back the pain score of a few minutes ago, before practising or after a session."""

    after: SessionRecord | None = None


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


class Answer(NamedTuple):
    """Answer the screening. The conditions hold even if they cannot be saved."""

    conditions: tuple[str, ...]


class Differ(NamedTuple):
    """Make some things different for today alone."""

    only: Only


Change = Put | Apply | Saved | Answer | Differ
Event = (
    Named | Edit | Change | Start | Tick | HistoryRead | InterruptedFound | CatalogueRead | Practised | Note | TakeBack
)


# ---- effects that the runner carries out ----


class Keep(NamedTuple):
    """Write records to the history."""

    records: tuple[Record, ...]


class Save(NamedTuple):
    """Save a setting; `applied` is whether the day has it already. The reply says why that failed, if it did."""

    key: str
    value: "Value | None"
    applied: bool


class ReadHistory(NamedTuple):
    """Read the history again, and then let `then` happen."""

    then: Event | None = None


class FindInterrupted(NamedTuple):
    """Look up which session can be resumed; any other becomes records."""


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
    """Let the person decide about a session that pain objects to; an answer that is None is not offered."""

    name: str
    sentences: tuple[str, ...]
    eased: Named | None
    anyway: Named | None


class Begin(NamedTuple):
    """Start practising, after `sentences` where the front end has not shown them."""

    course: Course
    sentences: tuple[str, ...] = ()


class ShowWarningSigns(NamedTuple):
    """Show when not to practise, but to get help."""


class OfferToAdd(NamedTuple):
    """Let the person choose one of these; `sore` has, by id, what pain says against some."""

    items: Sequence[Item]
    sore: Mapping[str, str]


ForFrontEnd = Tell | Ask | Begin | ShowWarningSigns | OfferToAdd
Effect = Keep | Save | ReadHistory | FindInterrupted | Reply | ForFrontEnd
