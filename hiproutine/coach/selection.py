"""Selection: the options that fit the time and are worth most, filled in greedily. Pure numbers.

The exact optimum of the same problem is found in `benchmarks/planner.py`, to say how good this is.
"""

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from math import inf
from typing import NamedTuple

from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.prescription import Prescription
from hiproutine.coach.ordering import changes_s
from hiproutine.coach.transitions import SAME_S

Curve = tuple[tuple[float, float], ...]
"""(seconds, points a second) one after the other, the points falling; nothing after the last."""


class Option(NamedTuple):
    """An exercise in one of its doses. `seconds` is all that it takes as one more of its group.

    `gives` are seconds for the curve of that number; `only` is the same for options of which one at most may be taken.
    """

    exercise: Exercise
    prescription: Prescription
    only: str
    group: int
    seconds: float
    gives: tuple[tuple[int, float], ...]
    points: float


class Problem(NamedTuple):
    """A choice to be made: the options, their worth and the limits.

    `apart` has pairs of `only` of which one at most may be taken; `room_s` is the most seconds for each curve; a second
    spent on changing position costs `change_points`.
    """

    options: tuple[Option, ...]
    apart: tuple[tuple[str, str], ...]
    curves: tuple[Curve, ...]
    room_s: tuple[float, ...]
    budget_s: float
    ready_factor: float
    change_points: float


def worth(problem: Problem, chosen: Sequence[Option]) -> float:
    """The points of a choice: the objective."""
    curves = sum(_at(curve, given) for curve, given in zip(problem.curves, _given(problem, chosen), strict=True))
    return (
        sum(option.points for option in chosen) + curves - problem.change_points * _changes_s(problem, _groups(chosen))
    )


def length_s(problem: Problem, chosen: Sequence[Option]) -> float:
    """The seconds of a choice, in its best order."""
    return sum(option.seconds for option in chosen) + _changes_s(problem, _groups(chosen))


def within_limits(problem: Problem, chosen: Sequence[Option]) -> bool:
    """Return whether a choice keeps all limits except the time."""
    names = [option.only for option in chosen]
    room = all(given <= room_s for given, room_s in zip(_given(problem, chosen), problem.room_s, strict=True))
    return room and not any(one in names and other in names for one, other in problem.apart)


def pack(problem: Problem) -> tuple[Option, ...]:
    """The best choice of several, in no order. The same problem always gives the same.

    Each is filled greedily by points a second: from nothing, with longer options preferred more and more, and from each
    of the options that promise most. Exchanging options after that brought 0.2 % more worth (mean of 67 instances).
    """
    search = _Search(problem)
    fillings = [search.fill((), power) for power in _POWERS]
    # A filling takes longer the more fits in, and the first one decides less.
    tries = int(_FIRST_TRIES_S / problem.budget_s)
    fillings += [search.fill((number,), power) for number in search.alone_fitting()[:tries] for power in _FIRST_POWERS]
    best = max(fillings, key=lambda found: found.points)
    return tuple(search.options[number] for number in best.chosen)


_MOST, _OF_A_SORT = 70, 4
_POWERS = (1, 0.8, 0.6, 0.4)
_FIRST_POWERS = (1, 0.8)
_FIRST_TRIES_S = 9000


class _Found(NamedTuple):
    """Numbers of options, and what they are worth together."""

    chosen: tuple[int, ...]
    points: float


class _Search:
    """A problem laid out for speed: the options that promise most a second, and the points of each curve as a table.

    Seconds for a curve are counted in halves, since left and right in turn give half of theirs to each side.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        alone = [
            option.points + sum(_at(problem.curves[number], given) for number, given in option.gives)
            for option in problem.options
        ]
        order = _promising(problem.options, alone)
        self.options = [problem.options[number] for number in order]
        # Below zero, what an option brings to an empty session for its time to some power. It never brings more, since
        # the points of a curve fall. Sorted, each row is a heap.
        self.rates = {
            power: sorted(
                (-alone[number] / problem.options[number].seconds ** power, place) for place, number in enumerate(order)
            )
            for power in _POWERS
        }
        gives = [{number: round(2 * given) for number, given in option.gives} for option in self.options]
        # Left and right are mostly alike, and then counted once.
        alike: dict[tuple[Curve, float, tuple[int, ...]], list[int]] = {}
        for number, limits in enumerate(zip(problem.curves, problem.room_s, strict=True)):
            alike.setdefault((*limits, tuple(each.get(number, 0) for each in gives)), []).append(number)
        # No curve gets more than all of the time.
        self.tables = [
            _table(curve, min(room_s, problem.budget_s), len(same)) for (curve, room_s, _), same in alike.items()
        ]
        self.gives = [
            tuple((n, each[same[0]]) for n, same in enumerate(alike.values()) if same[0] in each) for each in gives
        ]
        named: dict[str, int] = {}
        for number, option in enumerate(self.options):
            named[option.only] = named.get(option.only, 0) | 1 << number
        bars = named.copy()
        for one, other in problem.apart:
            if one in named and other in named:
                bars[one] |= named[other]
                bars[other] |= named[one]
        # What may not be taken beside an option, a bit for each.
        self.bars = [bars[option.only] for option in self.options]

    def alone_fitting(self) -> list[int]:
        """The options that could be a session of their own, those that promise most first."""
        nothing = _Filling(self)
        return [number for rate, number in self.rates[1] if rate < 0 and nothing.fits(number)]

    def fill(self, kept: Sequence[int], power: float) -> _Found:
        """Add to what is kept whatever brings most for its time to some power, until nothing fits."""
        filling = _Filling(self, kept, power)
        while True:
            best, brings = filling.best()
            if best < 0:
                return _Found(tuple(filling.chosen), filling.worth)
            filling.take(best)
            filling.points += brings


class _Filling:
    """A session that is being filled: what was chosen, and its points, without those of changes of position.

    `barred` has a bit for each option that cannot be chosen any more.
    """

    def __init__(self, search: _Search, kept: Sequence[int] = (), power: float = 1) -> None:
        self._search = search
        self._power = power
        self._left_s = search.problem.budget_s
        self._groups = 0
        self._given = [0] * len(search.tables)
        # What may still be chosen, with the highest rate that it may have, below zero.
        self._bounds = search.rates[power].copy()
        self.chosen: list[int] = []
        self.barred = 0
        for number in kept:
            self.take(number)
        self.points = sum(search.options[number].points for number in kept)
        self.points += sum(table[halves] for table, halves in zip(search.tables, self._given, strict=True))

    @property
    def changes_s(self) -> float:
        return _changes_s(self._search.problem, self._groups)

    @property
    def worth(self) -> float:
        return self.points - self._search.problem.change_points * self.changes_s

    def take(self, number: int) -> None:
        """Add an option, but not its points."""
        search = self._search
        option = search.options[number]
        self.chosen.append(number)
        self.barred |= search.bars[number]
        self._left_s -= option.seconds
        self._groups |= option.group
        for curve, halves in search.gives[number]:
            self._given[curve] += halves

    def fits(self, number: int) -> bool:
        option = self._search.options[number]
        changes_s = _changes_s(self._search.problem, self._groups | option.group)
        in_time = option.seconds + changes_s <= self._left_s
        return in_time and not self.barred >> number & 1 and self._brings(number) > -inf

    def best(self) -> tuple[int, float]:
        """The option that brings most for its time to some power, and its points; -1 if nothing fits."""
        power = self._power
        search, groups, barred, bounds = self._search, self._groups, self.barred, self._bounds
        options, change_points = search.options, search.problem.change_points
        changes_s = self.changes_s
        free_s = self._left_s - changes_s
        best, best_rate, points = -1, 0.0, 0.0
        seen: list[tuple[float, int]] = []
        # An option never brings more than it did, so those after a lower bound need not be looked at.
        while bounds and -bounds[0][0] > best_rate:
            _, number = heappop(bounds)
            option = options[number]
            if barred >> number & 1 or option.seconds > self._left_s:
                continue
            more_s = 0.0 if groups & option.group else _changes_s(search.problem, groups | option.group) - changes_s
            took_s = option.seconds + more_s
            if took_s > free_s:
                continue
            brings = self._brings(number)
            rate = (brings - change_points * more_s) / took_s**power
            if rate > best_rate:
                best, best_rate, points = number, rate, brings
            if brings > 0:
                seen.append((-brings / option.seconds**power, number))
        for each in seen:
            heappush(bounds, each)
        return best, points

    def _brings(self, number: int) -> float:
        """The points of one more option, without its changes of position; -inf where there is no room for it."""
        brings = self._search.options[number].points
        for curve, halves in self._search.gives[number]:
            table, had = self._search.tables[curve], self._given[curve]
            if had + halves >= len(table):
                return -inf
            brings += table[had + halves] - table[had]
        return brings


def _promising(options: Sequence[Option], alone: Sequence[float]) -> list[int]:
    """The numbers of the options with the most points a second, few of one sort, at most _MOST."""
    order = sorted(range(len(alone)), key=lambda number: alone[number] / options[number].seconds, reverse=True)
    found: list[int] = []
    sorts: dict[tuple[int, ...], int] = {}
    for number in order:
        option = options[number]
        sort = (option.group, *(curve for curve, _ in option.gives))
        sorts[sort] = sorts.get(sort, 0) + 1
        if sorts[sort] <= _OF_A_SORT:
            found.append(number)
        if len(found) == _MOST:
            break
    return found


def _table(curve: Curve, room_s: float, times: int) -> list[float]:
    """Cumulative points per half second, up to `room_s`, summed over `times` equal curves."""
    table = [0.0]
    ends_s = 0.0
    last = int(2 * max(0, room_s))
    for length_s, slope in curve:
        ends_s += length_s
        base, first = table[-1], len(table)
        step = times * slope / 2
        table += [base + step * n for n in range(1, min(last, int(2 * ends_s)) - first + 2)]
    return table + [table[-1]] * (last + 1 - len(table))


def _given(problem: Problem, chosen: Iterable[Option]) -> list[float]:
    given = [0.0] * len(problem.curves)
    for option in chosen:
        for number, seconds in option.gives:
            given[number] += seconds
    return given


def _changes_s(problem: Problem, groups: int) -> float:
    """The seconds of changes between groups beyond the SAME_S that every option includes."""
    return (changes_s(groups) - SAME_S * groups.bit_count()) * problem.ready_factor


def _groups(chosen: Iterable[Option]) -> int:
    groups = 0
    for option in chosen:
        groups |= option.group
    return groups


def _at(curve: Curve, seconds: float) -> float:
    points = 0.0
    for length, slope in curve:
        if seconds <= length:
            return points + seconds * slope
        points += length * slope
        seconds -= length
    return points
