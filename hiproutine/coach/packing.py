"""Which options go into the time: the best found by filling greedily, then exchanging. Pure numbers; knows no records.

The exact optimum of the same problem is found in `benchmarks/planner.py`, to say how good this is.
"""

from collections.abc import Collection, Iterable, Sequence
from itertools import combinations
from math import inf
from typing import NamedTuple

from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.prescription import Prescription
from hiproutine.coach.ordering import changes_s
from hiproutine.coach.positions import SAME_S

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
    """What may be chosen, what it is worth, and the limits.

    `room_s` is the most seconds for each curve; a second spent on changing position costs `change_points`.
    """

    options: tuple[Option, ...]
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


def pack(problem: Problem) -> tuple[Option, ...]:
    """The choice that was found, in no order. The same problem always gives the same.

    Greedy choices are made, by points a second, with longer options preferred, and beginning with one of the options
    that promise most. Then one or two of the best choice are taken out and the time is filled anew, as long as that
    brings more.
    """
    search = _Search(problem)
    starts = [search.fill((), power) for power in _POWERS]
    # A filling takes longer the more fits in, and the first one decides less.
    tries = int(_FIRST_TRIES_S / problem.budget_s)
    starts += [search.fill((number,), 1) for number in search.alone_fitting()[:tries]]
    best = max(starts, key=lambda found: found.points)
    before = None
    while best != before:
        before = best
        pairs = combinations(best.chosen, 2) if len(best.chosen) <= _PAIRS_UP_TO else ()
        for out in (*((number,) for number in best.chosen), *pairs):
            if set(out) <= set(best.chosen):
                tried = search.fill(tuple(number for number in best.chosen if number not in out), 1, banned=out)
                best = tried if tried.points > best.points + 1e-6 else best
    return tuple(search.options[number] for number in best.chosen)


_MOST, _OF_A_SORT = 70, 4
_POWERS = (1, 0.6)
_PAIRS_UP_TO = 8
_FIRST_TRIES_S = 6000


class _Found(NamedTuple):
    """Numbers of options, and what they are worth together."""

    chosen: tuple[int, ...]
    points: float


class _Search:
    """A problem laid out for speed: the options that promise most a second, and the points of each curve as a table.

    Seconds for a curve are counted in halves, since left and right in turn give half of theirs to each side.
    """

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        alone = [
            option.points + sum(_at(problem.curves[number], given) for number, given in option.gives)
            for option in problem.options
        ]
        order = _promising(problem.options, alone)
        self.options = [problem.options[number] for number in order]
        # What an option brings to an empty session. It never brings more, since the points of a curve fall.
        self._alone = [alone[number] for number in order]
        gives = [{number: round(2 * given) for number, given in option.gives} for option in self.options]
        tables = [_table(*each) for each in zip(problem.curves, problem.room_s, strict=True)]
        # Left and right are mostly alike, and then counted once.
        alike: dict[tuple[tuple[int, ...], tuple[float, ...]], list[int]] = {}
        for number, table in enumerate(tables):
            alike.setdefault((tuple(each.get(number, 0) for each in gives), tuple(table)), []).append(number)
        self._tables = [[len(same) * points for points in table] for (_, table), same in alike.items()]
        self._gives = [
            tuple((n, each[same[0]]) for n, same in enumerate(alike.values()) if same[0] in each) for each in gives
        ]

    def alone_fitting(self) -> list[int]:
        """The options that could be a session of their own, those that promise most first."""
        problem, nothing = self._problem, [0] * len(self._tables)
        return [
            number
            for number, option in enumerate(self.options)
            if length_s(problem, [option]) <= problem.budget_s and self._brings(number, nothing) > 0
        ]

    def fill(self, kept: tuple[int, ...], power: float, banned: Collection[int] = ()) -> _Found:
        """Adds to what is kept whatever brings most for its time to some power, until nothing fits."""
        problem, options = self._problem, self.options
        chosen, points, groups, left_s = list(kept), 0.0, 0, problem.budget_s
        given = [0] * len(self._tables)
        for number in kept:
            option = options[number]
            points += option.points
            left_s -= option.seconds
            groups |= option.group
            for curve, halves in self._gives[number]:
                given[curve] += halves
        points += sum(table[halves] for table, halves in zip(self._tables, given, strict=True))
        changes = _changes_s(problem, groups)
        taken = {options[number].only for number in kept}
        bounds = {n: most for n, most in enumerate(self._alone) if n not in banned and options[n].only not in taken}
        while True:
            best, best_density, best_points = -1, 0.0, 0.0
            more = {
                group: 0.0 if groups & group else _changes_s(problem, groups | group) - changes
                for group in {options[number].group for number in bounds}
            }
            for number, most in list(bounds.items()):
                option = options[number]
                took_s = option.seconds + more[option.group]
                if took_s > left_s - changes:
                    del bounds[number]
                    continue
                time = took_s**power
                if most <= best_density * time:
                    continue
                brings = bounds[number] = self._brings(number, given)
                density = (brings - problem.change_points * more[option.group]) / time
                if density > best_density:
                    best, best_density, best_points = number, density, brings
            if best < 0:
                return _Found(tuple(chosen), points - problem.change_points * changes)
            option = options[best]
            chosen.append(best)
            points += best_points
            groups |= option.group
            left_s -= option.seconds
            changes = _changes_s(problem, groups)
            for curve, halves in self._gives[best]:
                given[curve] += halves
            bounds = {number: most for number, most in bounds.items() if options[number].only != option.only}

    def _brings(self, number: int, given: list[int]) -> float:
        """The points of one more option, without its changes of position; -inf where there is no room for it."""
        brings = self.options[number].points
        for curve, halves in self._gives[number]:
            table, had = self._tables[curve], given[curve]
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


def _table(curve: Curve, room_s: float) -> list[float]:
    """The points of so many half seconds, as far as there is room."""
    table = [0.0]
    ends_s = 0.0
    halves = int(2 * max(0, room_s))
    for length_s, slope in curve:
        ends_s += length_s
        while len(table) <= min(halves, 2 * ends_s):
            table.append(table[-1] + slope / 2)
    return table + [table[-1]] * (halves + 1 - len(table))


def _given(problem: Problem, chosen: Iterable[Option]) -> list[float]:
    given = [0.0] * len(problem.curves)
    for option in chosen:
        for number, seconds in option.gives:
            given[number] += seconds
    return given


def _changes_s(problem: Problem, groups: int) -> float:
    """What changing groups takes beyond the SAME_S that every option has in its own seconds."""
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
