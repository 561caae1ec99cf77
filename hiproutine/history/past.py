"""The history in memory: records by kind, in order, without those that were taken back. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any, TypeVar, cast

from hiproutine.history.calendar import day_of
from hiproutine.history.records import (
    KINDS,
    Check,
    Goal,
    Hurt,
    Pain,
    Record,
    Rest,
    SessionRecord,
    VideoNote,
    Void,
    as_line,
)

_DAY = timedelta(days=1)
R = TypeVar("R", bound=tuple[Any, ...])

_LASTING = tuple(kind.type for kind in KINDS.values() if kind.lasting)


class Past:
    """What the history says, voids left out; and sentences on what of it could not be read. Never changes.

    Sessions are in the order of their start, everything else in that of its day.
    """

    def __init__(
        self,
        records: Iterable[Record] = (),
        unreadable: Sequence[str] = (),
        *more: Iterable[Record],  # former
        **former: Iterable[Record],  # former
    ) -> None:
        records = chain(records, *more, *former.values())  # former
        self.unreadable = tuple(unreadable)
        held: dict[type[Record], list[Record]] = {}
        for record in records:
            if not isinstance(record, Void):
                held.setdefault(type(record), []).append(record)
        self._held = {kind: tuple(sorted(found, key=_order)) for kind, found in held.items()}

    def of(self, kind: type[R]) -> tuple[R, ...]:
        """Return the records of one kind."""
        return cast("tuple[R, ...]", self._held.get(cast("type[Record]", kind), ()))

    def all(self) -> Iterator[Record]:
        """Return the records of every kind, one kind after the other."""
        return chain.from_iterable(self._held.get(kind.type, ()) for kind in KINDS.values())

    def today(self, now: datetime) -> date:
        """Return the day of `now`; or the next one, if it has a session and travel has set the date back since."""
        day = day_of(now)
        ahead = any(session.day == day + _DAY and session.start <= now for session in self.of(SessionRecord))
        return day + _DAY if ahead else day

    def of_day(self, day: date) -> list[Record]:
        """Return everything that counts for a day, in the order in which it was written down."""
        return sorted((each for each in self.all() if each.day == day), key=lambda each: (each.at, each.id))

    def within(self, since: date, until: date) -> "Past":
        """Return the past of these days alone, with all of what lasts, such as goals."""
        return Past((each for each in self.all() if since <= each.day <= until or lasts(each)), self.unreadable)

    def adding(self, records: Iterable[Record]) -> "Past":
        """Return the past with these records, once each, and without what the voids among them take back."""
        return Past(standing({record.id: record for record in chain(self.all(), records)}), self.unreadable)

    # former: until all callers ask for kinds
    @property
    def sessions(self) -> tuple[SessionRecord, ...]:
        return self.of(SessionRecord)

    @property
    def pains(self) -> tuple[Pain, ...]:
        return self.of(Pain)

    @property
    def hurts(self) -> tuple[Hurt, ...]:
        return self.of(Hurt)

    @property
    def checks(self) -> tuple[Check, ...]:
        return self.of(Check)

    @property
    def rests(self) -> tuple[Rest, ...]:
        return self.of(Rest)

    @property
    def goals(self) -> tuple[Goal, ...]:
        return self.of(Goal)

    @property
    def videos(self) -> tuple[VideoNote, ...]:
        return self.of(VideoNote)

    def records(self) -> Iterator[Record]:
        return self.all()

    def _replace(self, **changes: Any) -> "Past":
        unreadable = changes.pop("unreadable", self.unreadable)
        kept = (each for each in self.all() if _FORMER[type(each)] not in changes)
        return Past(chain(kept, *changes.values()), unreadable)

    # end of what is former

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Past):
            return NotImplemented
        return self._held == other._held and self.unreadable == other.unreadable

    __hash__ = None  # type: ignore[assignment]  # nobody looks one up

    def __repr__(self) -> str:
        return f"Past({list(self.all())}, {self.unreadable})"


def lasts(record: Record) -> bool:
    """Whether a record holds until the next one of its kind, however long ago it was made."""
    return isinstance(record, _LASTING)


def _order(record: Record) -> tuple[Any, ...]:
    """What records of one kind are sorted by."""
    if isinstance(record, SessionRecord):
        return record.start, record.id
    return record.day, record.at, record.id


def union(records: Iterable[Record]) -> dict[str, Record]:
    """Return every record once by its id. Of two that differ, since one was edited, each machine chooses the same."""
    found: dict[str, Record] = {}
    for record in records:
        other = found.setdefault(record.id, record)
        if other is not record and other != record:
            found[record.id] = min(other, record, key=as_line)
    return found


def in_force(records: Iterable[Record]) -> Mapping[str, list[Void]]:
    """Return the voids in force, by the ids of the records that they take back.

    Whatever the order in which files arrive, each machine says the same: a void that a void refers to is not in force,
    and the other one takes back nothing else.
    """
    voids = {record.id: record for record in records if isinstance(record, Void)}
    taken_back = {void.ref for void in voids.values()}
    found: dict[str, list[Void]] = defaultdict(list)
    for void in voids.values():
        if void.ref not in voids and void.id not in taken_back:
            found[void.ref].append(void)
    return found


def standing(records: Mapping[str, Record]) -> list[Record]:
    """Return the records, by their ids, that no void takes back."""
    voids = in_force(records.values())
    return [record for each, record in records.items() if each not in voids]


# former: until all callers ask for kinds
_FORMER: dict[type[Record], str] = {
    SessionRecord: "sessions",
    Pain: "pains",
    Hurt: "hurts",
    Check: "checks",
    Rest: "rests",
    Goal: "goals",
    VideoNote: "videos",
}
# end of what is former
