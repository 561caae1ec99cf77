"""Selection: the most valuable set of options that fits the time. Pure.

`benchmarks/planner.py` compares it with the exact optimum.
"""

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from functools import cache, partial
from itertools import cycle
from math import inf
from typing import NamedTuple

from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.prescription import Prescription
from hiproutine.coach.ordering import changes_s
from hiproutine.settings.model import Changes

Curve = tuple[tuple[float, float], ...]
"""Concave piecewise-linear worth: (amount, points per unit) in falling order; zero after the last."""


class Option(NamedTuple):
    """An exercise in one of its doses. `seconds` is all that it takes as one more of its group.

    `gives` are amounts, in whole halves, for the curve of that number; `only` is the same for options of which one at
    most may be taken. What is `must` is taken whatever it is worth, if it fits the time; `new` has a limit of its own.
    """

    exercise: Exercise
    prescription: Prescription
    only: str
    group: int
    seconds: float
    gives: tuple[tuple[int, float], ...]
    points: float = 0
    must: bool = False
    new: bool = False


class Problem(NamedTuple):
    """A choice to be made: the options, their worth and the limits.

    `apart` has pairs of `only` of which one at most may be taken; `rooms` is the most for each curve; a second spent on
    changing position costs `change_points`; at most `most_new` options may be new. What must be taken counts for these
    limits, but is not bound by them.
    """

    options: tuple[Option, ...]
    apart: tuple[tuple[str, str], ...]
    curves: tuple[Curve, ...]
    rooms: tuple[float, ...]
    budget_s: float
    ready_factor: float
    changes: Changes
    change_points: float
    most_new: int


def worth(problem: Problem, chosen: Sequence[Option]) -> float:
    """Return the points of a choice: the objective."""
    curves = sum(_at(curve, given) for curve, given in zip(problem.curves, _given(problem, chosen), strict=True))
    return (
        sum(option.points for option in chosen) + curves - problem.change_points * _changes_s(problem, _groups(chosen))
    )


def length_s(problem: Problem, chosen: Sequence[Option]) -> float:
    """Return the seconds of a choice, in its best order."""
    return sum(option.seconds for option in chosen) + _changes_s(problem, _groups(chosen))


def within_limits(problem: Problem, chosen: Sequence[Option]) -> bool:
    """Return whether a choice keeps all limits except the time."""
    names = [option.only for option in chosen]
    room = all(given <= most for given, most in zip(_given(problem, chosen), problem.rooms, strict=True))
    apart = not any(one in names and other in names for one, other in problem.apart)
    return room and apart and sum(option.new for option in chosen) <= problem.most_new


def pack(problem: Problem) -> tuple[Option, ...]:
    """Return a near-optimal choice, in no order; deterministic.

    Greedy fills start from nothing and from each promising option that none of them has yet. The best, in short
    sessions the best few, is improved by local search: one option after another is forced in, in place of the last ones
    that are in its way, and the time is filled up again, while that is worth more.
    """
    search = _Search(problem)
    begun = sorted(search.begin(int(_BEGUN_S / problem.budget_s)), key=lambda found: -found.worth)
    several = begun[: _IMPROVED if problem.budget_s <= _SHORT_S else 1]
    best = max(map(search.improved, several), key=lambda found: found.worth)
    return tuple(search.options[choice.number] for choice in best.chosen)


_MOST, _MOST_NEW, _OF_A_SORT = 80, 50, 2
"""Limits of the search: options that are known, new ones, and exercises of one sort."""
_POWER = 0.6
"""Exponent of time in the rate: below 1, longer options come before several short ones."""
_BEGUN_S = 36_000
"""The seconds of all choices that may be begun: in longer sessions the first option decides less."""
_SHORT_S, _IMPROVED = 480, 5
"""Up to which length a session is short, and how many of these are improved: with few places the first decides much."""
_LEAST_GAIN = 1e-6


class _Gives(NamedTuple):
    """Halves for a curve, with its cumulative points and its room, which does not bind what must be taken."""

    curve: int
    halves: int
    table: list[float]
    room: float


class _Choice(NamedTuple):
    """An option laid out for speed. `rate` is the most points that it ever brings for its time.

    `bit` is its own, and `bars` has the bits of all that may not be taken beside it, itself included.
    """

    number: int
    rate: float
    seconds: float
    group: int
    points: float
    gives: tuple[_Gives, ...]
    bit: int
    bars: int


class _Search:
    """A problem laid out for speed: the options that promise most for their time, and each curve as a table of halves.

    How many of the options may be new is one curve more, without points.
    """

    def __init__(self, problem: Problem) -> None:
        self.options = _promising(problem)
        gives, curves = _tables(problem, self.options)
        bars = _bars(problem, self.options)
        self.choices = [
            _Choice(
                number,
                _rate(problem, option),
                option.seconds,
                option.group,
                option.points,
                tuple(gives[number]),
                1 << number,
                bars[option.only],
            )
            for number, option in enumerate(self.options)
        ]
        self.change_points = problem.change_points
        self.changes_s = cache(partial(_changes_s, problem))
        musts = sum(option.must for option in self.options)
        self.free = self.choices[musts:]
        self.shortest_s = min((choice.seconds for choice in self.free), default=inf)
        self.begun = _Filling(self, problem.budget_s, curves)
        for choice in self.choices[:musts]:
            self.begun.add(choice)

    def begin(self, most: int) -> Iterator["_Filling"]:
        """Yield fills from nothing, and from the first options that no fill before has."""
        yield (filling := self.filled())
        there = filling.bits
        for choice in self.free[:most]:
            if not there & choice.bit:
                yield (filling := self.filled(choice))
                there |= filling.bits

    def filled(self, *first: _Choice) -> "_Filling":
        """Return a greedy fill: mandatory options, the first ones that fit, then the best rate of worth to time."""
        filling = copy(self.begun)
        for choice in first:
            filling.add(choice)
        filling.fill()
        return filling

    def improved(self, best: "_Filling") -> "_Filling":
        """A choice with options put first that were not in it, as long as that brings more."""
        failed = 0
        for choice in cycle(self.free):
            if failed == len(self.free):
                break
            failed += 1
            tried = None if choice in best.chosen else best.with_first(choice)
            if tried and tried.worth > best.worth + _LEAST_GAIN:
                best, failed = tried, 0
        return best


class _Filling:
    """A session that is being filled. `barred` has a bit for each option that cannot be chosen any more."""

    def __init__(self, search: _Search, left_s: float, curves: int) -> None:
        self._search = search
        self._left_s = left_s
        self._groups = 0
        self._barred = 0
        self._given = [0] * curves
        self._changes_s = 0.0
        self._points = 0.0
        self.chosen: list[_Choice] = []

    def __copy__(self) -> "_Filling":
        twin = _Filling.__new__(_Filling)
        vars(twin).update(vars(self), _given=self._given.copy(), chosen=self.chosen.copy())
        return twin

    @property
    def worth(self) -> float:
        return self._points - self._search.change_points * self._changes_s

    @property
    def bits(self) -> int:
        """The bits of what is chosen."""
        return sum(choice.bit for choice in self.chosen)

    def fits(self, choice: _Choice) -> bool:
        """Return whether there is time and room for an option, and none that excludes it."""
        if self._barred & choice.bit:
            return False
        if choice.seconds > self.free_s(choice.group):
            return False
        given = self._given
        for curve, halves, _, room in choice.gives:  # noqa: SIM110  (twice as fast as all)
            if given[curve] + halves > room:
                return False
        return True

    def add(self, choice: _Choice) -> None:
        """Take an option if it fits."""
        if self.fits(choice):
            self.take(choice)

    def take(self, choice: _Choice) -> None:
        """Take an option that fits."""
        given, points = self._given, choice.points
        for curve, halves, table, _ in choice.gives:
            had = given[curve]
            given[curve] = now = had + halves
            points += table[now] - table[had]
        self._points += points
        self._left_s -= choice.seconds
        self._groups |= choice.group
        self._changes_s = self._search.changes_s(self._groups)
        self._barred |= choice.bars
        self.chosen.append(choice)

    def with_first(self, choice: _Choice) -> "_Filling | None":
        """The session with one more option in the first place, without what is in its way, filled up again.

        In its way is what excludes it, and of the last ones what takes its room or its time. None if what must be taken
        is in its way.
        """
        musts = len(self._search.begun.chosen)
        filling = copy(self)
        for other in self.chosen[musts:]:
            if other.bit & choice.bars:
                filling.drop(other)
        filling.make_room(choice, musts)
        while choice.seconds > filling.free_s(choice.group) and len(filling.chosen) > musts:
            filling.drop(filling.chosen[-1])
        if not filling.fits(choice):
            return None
        filling.take(choice)
        filling.chosen.insert(musts, filling.chosen.pop())
        filling.fill(self.worth)
        return filling

    def make_room(self, choice: _Choice, kept: int) -> None:
        """Drop the last options that take the room of one, but not the first `kept`."""
        for curve, halves, _, room in choice.gives:
            if self._given[curve] + halves > room:
                for other in reversed(self.chosen[kept:]):
                    if any(gives.curve == curve for gives in other.gives):
                        self.drop(other)
                        if self._given[curve] + halves <= room:
                            break

    def free_s(self, group: int) -> float:
        """Return the seconds that remain for an option of a group."""
        return self._left_s - self._search.changes_s(self._groups | group)

    def drop(self, choice: _Choice) -> None:
        """Take an option back."""
        given = self._given
        self._points -= choice.points
        for curve, halves, table, _ in choice.gives:
            had = given[curve]
            given[curve] = now = had - halves
            self._points -= table[had] - table[now]
        self._left_s += choice.seconds
        self.chosen.remove(choice)
        groups = barred = 0
        for other in self.chosen:
            groups |= other.group
            barred |= other.bars
        self._groups, self._barred = groups, barred
        self._changes_s = self._search.changes_s(groups)

    def fill(self, goal: float = -inf) -> None:
        """Take what brings most for its time, until nothing fits, or nothing brings anything.

        Stop where the goal is out of reach: free time brings most as options of equal length, each at the best rate.
        """
        search = self._search
        while (free_s := self._left_s - self._changes_s) >= search.shortest_s:
            most = free_s // search.shortest_s
            best = self._best(max(0, (goal - self.worth) / most ** (1 - _POWER) / free_s**_POWER))
            if not best:
                break
            self.take(best)

    def _best(self, best_rate: float) -> _Choice | None:
        """The option that brings most for its time, if that is more than `best_rate`, and it fits."""
        search, groups, barred, given = self._search, self._groups, self._barred, self._given
        free_s = self._left_s - self._changes_s
        best = None
        for choice in search.free:
            _, rate, took_s, group, brings, gives, bit, _ = choice
            if rate <= best_rate:
                break  # the options come with falling rates, and none ever brings more than alone
            if barred & bit or took_s > free_s:
                continue
            for curve, halves, table, room in gives:
                had = given[curve]
                if had + halves > room:
                    break
                brings += table[had + halves] - table[had]
            else:
                if not groups & group:
                    more_s = search.changes_s(groups | group) - self._changes_s
                    took_s += more_s
                    brings -= search.change_points * more_s
                if took_s <= free_s and (rate := brings / took_s**_POWER) > best_rate:
                    best, best_rate = choice, rate
        return best


def _promising(problem: Problem) -> list[Option]:
    """The required options, then those with the most points for their time, few exercises of one sort."""
    musts = [option for option in problem.options if option.must]
    others = [option for option in problem.options if not option.must]
    found: list[Option] = []
    room = {True: _MOST_NEW, False: _MOST}
    sorts: dict[tuple[int, ...], set[str]] = {}
    for option in sorted(others, key=lambda option: -_rate(problem, option)):
        names = sorts.setdefault((option.group, option.new, *(number for number, _ in option.gives)), set())
        if room[option.new] and (len(names) < _OF_A_SORT or option.only in names):
            names.add(option.only)
            room[option.new] -= 1
            found.append(option)
    return [*musts, *found]


def _rate(problem: Problem, option: Option) -> float:
    """The points of an option for its time in an empty session; in others it never has more, since curves fall."""
    alone = option.points + sum(_at(problem.curves[number], given) for number, given in option.gives)
    return alone / float(option.seconds**_POWER)


def _bars(problem: Problem, options: Sequence[Option]) -> dict[str, int]:
    """By `only`, a bit for each option that may not be taken beside one of these."""
    named: dict[str, int] = {}
    for number, option in enumerate(options):
        named[option.only] = named.get(option.only, 0) | 1 << number
    bars = named.copy()
    for one, other in problem.apart:
        if one in named and other in named:
            bars[one] |= named[other]
            bars[other] |= named[one]
    return bars


def _tables(problem: Problem, options: Sequence[Option]) -> tuple[list[list[_Gives]], int]:
    """The volume that each option adds to each curve, and the number of curves. Left and right mostly share one."""
    given: dict[int, dict[int, int]] = {}
    for number, option in enumerate(options):
        for curve, amount in option.gives:
            given.setdefault(curve, {})[number] = round(2 * amount)
    alike: dict[tuple[Curve, float, tuple[tuple[int, int], ...]], int] = {}
    for curve, halves in given.items():
        limits = (problem.curves[curve], problem.rooms[curve], tuple(halves.items()))
        alike[limits] = alike.get(limits, 0) + 1
    news = tuple((number, 2) for number, option in enumerate(options) if option.new)
    alike[(), problem.most_new, news] = 1
    found: list[list[_Gives]] = [[] for _ in options]
    for place, ((points, room, gives), times) in enumerate(alike.items()):
        table = _table(points, min(room, sum(amount for _, amount in gives) / 2), times)
        last = len(table) - 1
        table += [table[-1]] * sum(amount for number, amount in gives if options[number].must)
        for number, amount in gives:
            found[number].append(_Gives(place, amount, table, inf if options[number].must else last))
    return found, len(alike)


def _table(curve: Curve, room: float, times: int) -> list[float]:
    """Cumulative points for each half of a curve's unit, up to the room, summed over `times` equal curves."""
    table = [0.0]
    ends = 0.0
    last = int(2 * max(0, room))
    for length, slope in curve:
        ends += length
        base, first = table[-1], len(table)
        table += [base + times * slope / 2 * n for n in range(1, min(last, int(2 * ends)) - first + 2)]
    return table + [table[-1]] * (last + 1 - len(table))


def _given(problem: Problem, chosen: Iterable[Option]) -> list[float]:
    given = [0.0] * len(problem.curves)
    for option in chosen:
        for number, amount in option.gives:
            given[number] += amount
    return given


def _changes_s(problem: Problem, groups: int) -> float:
    """The seconds of changes between groups beyond those in the same position, which every option includes."""
    changes = problem.changes
    return (changes_s(groups, changes) - changes.same * groups.bit_count()) * problem.ready_factor


def _groups(chosen: Iterable[Option]) -> int:
    groups = 0
    for option in chosen:
        groups |= option.group
    return groups


def _at(curve: Curve, amount: float) -> float:
    points = 0.0
    for length, slope in curve:
        if amount <= length:
            return points + amount * slope
        points += length * slope
        amount -= length
    return points
