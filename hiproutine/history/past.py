"""The history in memory: records by kind, in order, without the voided ones. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any, TypeVar, cast

from hiproutine.history.calendar import day_of
from hiproutine.history.records import (
    KINDS,
    Record,
    SessionRecord,
    Void,
    as_line,
)

_DAY = timedelta(days=1)
R = TypeVar("R", bound=tuple[Any, ...])

_LASTING = tuple(kind.type for kind in KINDS.values() if kind.lasting)


class Past:
    """The records in force, and sentences on unreadable lines. Immutable.

    Sessions are sorted by their start, other records by day.
    """

    def __init__(
        self,
        records: Iterable[Record] = (),
        unreadable: Sequence[str] = (),
    ) -> None:
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
        """Return the day of `now`, or the next one if it has a session from before travel set the date back."""
        day = day_of(now)
        ahead = any(session.day == day + _DAY and session.start <= now for session in self.of(SessionRecord))
        return day + _DAY if ahead else day

    def of_day(self, day: date) -> list[Record]:
        """Return the records of a day, in the order in which they were written."""
        return sorted((each for each in self.all() if each.day == day), key=lambda each: (each.at, each.id))

    def within(self, since: date, until: date) -> "Past":
        """Return the past limited to these days, with all lasting records, such as goals."""
        return Past((each for each in self.all() if since <= each.day <= until or lasts(each)), self.unreadable)

    def adding(self, records: Iterable[Record]) -> "Past":
        """Return the past with these records added by id, and without those that a void takes back."""
        return Past(standing({record.id: record for record in chain(self.all(), records)}), self.unreadable)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Past):
            return NotImplemented
        return self._held == other._held and self.unreadable == other.unreadable

    __hash__ = None  # type: ignore[assignment]  # never a key

    def __repr__(self) -> str:
        return f"Past({list(self.all())}, {self.unreadable})"


def lasts(record: Record) -> bool:
    """Whether a record stays in force until the next one of its kind."""
    return isinstance(record, _LASTING)


def _order(record: Record) -> tuple[Any, ...]:
    """Return the sort key within a kind."""
    if isinstance(record, SessionRecord):
        return record.start, record.id
    return record.day, record.at, record.id


def union(records: Iterable[Record]) -> dict[str, Record]:
    """Return the records by id. If two versions differ, because one was edited, every machine picks the same one."""
    found: dict[str, Record] = {}
    for record in records:
        other = found.setdefault(record.id, record)
        if other is not record and other != record:
            found[record.id] = min(other, record, key=as_line)
    return found


def in_force(records: Iterable[Record]) -> Mapping[str, list[Void]]:
    """Return the voids in force, by the ids of the records that they take back.

    The result does not depend on the order in which files arrive: a void that is voided is not in force, and the other
    void takes back nothing else.
    """
    voids = {record.id: record for record in records if isinstance(record, Void)}
    taken_back = {void.ref for void in voids.values()}
    found: dict[str, list[Void]] = defaultdict(list)
    for void in voids.values():
        if void.ref not in voids and void.id not in taken_back:
            found[void.ref].append(void)
    return found


def standing(records: Mapping[str, Record]) -> list[Record]:
    """Return the records that no void takes back."""
    voids = in_force(records.values())
    return [record for each, record in records.items() if each not in voids]
