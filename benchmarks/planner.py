"""How good and how quick the coach's plans are, beside the exact optimum of the same problem (scipy's HiGHS).

The integer program has a variable for each option, each piece of each curve, each group of one phase and position, and
each way from a group to another; rings of two or three groups beside the way are forbidden. What it proves is a bound:
no choice has more points, and where the proof stops within GAP the true optimum may be a little lower. So no ratio here
is too good.
"""

import argparse
import random
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from statistics import mean, median
from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from hiproutine import paths
from hiproutine.catalogue import cache
from hiproutine.catalogue.model import Catalogue, Exercise
from hiproutine.catalogue.vocabulary import DOSED_AREAS, EQUIPMENT, POSITIONS
from hiproutine.coach.objective import Asked, problem
from hiproutine.coach.planner import plan
from hiproutine.coach.profile import obstacle
from hiproutine.coach.screening import screen
from hiproutine.coach.selection import Problem, length_s, pack, worth
from hiproutine.coach.transitions import USUAL, from_s
from hiproutine.coach.weekly_volume import before, too_soon
from hiproutine.history.past import Past
from hiproutine.history.records import Opening, SessionRecord, StepRecord
from hiproutine.settings.model import Manner, Profile

DAY = date(2026, 11, 23)
GAP, LIMIT_S = 0.001, 20


# ---- random instances ----


def instance(catalogue: Catalogue, some: random.Random) -> Problem:
    """The choice of a random person on a random day, after a random fortnight."""
    gear = some.sample(list(EQUIPMENT), some.randint(0, len(EQUIPMENT)))
    focus = some.sample(list(DOSED_AREAS), some.randint(0, 3))
    profile = Profile(
        minutes=some.choice([3, 5, 7, 8, 10, 12, 15, 20, 30]),
        days_per_week=some.randint(2, 7),
        focus=tuple((area, some.randint(1, 3)) for area in focus),
        equipment=None if some.random() < 0.5 else ("mat", "cushion", "chair", *gear),
        level=some.randint(1, 3),
    )
    exercises = list(catalogue.exercises.values())
    known = before(_fortnight(exercises, some), catalogue.exercises, DAY)
    allowed = [each for each in exercises if not obstacle(each, profile) and not too_soon(each, known)]
    assert profile.minutes
    return problem(allowed, Asked(profile.minutes, profile, Manner(), known))


def _fortnight(exercises: Sequence[Exercise], some: random.Random) -> Iterable[SessionRecord]:
    for ago in range(1, 15):
        if some.random() < 0.3:
            continue
        start = datetime(2026, 11, 23, 7, tzinfo=UTC) - timedelta(days=ago)
        steps = tuple(
            StepRecord(each.id, each.name, side, 60_000, some.randint(0, 120) * 1000, "done")
            for each in some.sample(exercises, some.randint(1, 8))
            for side in (("left", "right") if each.sides == "per_side" else (None,))
        )
        yield SessionRecord(Opening(str(ago), start.date(), start, 0, None, 240, "", None, ""), start, True, steps)


# ---- the exact optimum ----


class _Program:
    """An integer program that is written down one variable and one row at a time."""

    def __init__(self) -> None:
        self.points: list[float] = []
        self.upper: list[float] = []
        self.whole: list[int] = []
        self.rows: list[tuple[dict[int, float], float, float]] = []

    def variable(self, points: float, upper: float = 1, *, whole: bool = True) -> int:
        self.points.append(points)
        self.upper.append(upper)
        self.whole.append(int(whole))
        return len(self.points) - 1

    def row(self, terms: dict[int, float], low: float, high: float) -> None:
        self.rows.append((terms, low, high))

    def bound(self) -> float:
        """The most points that are possible, or a little more where that is not proved in time."""
        places = [(number, name) for number, (terms, _, _) in enumerate(self.rows) for name in terms]
        values = [value for terms, _, _ in self.rows for value in terms.values()]
        across, down = [name for _, name in places], [number for number, _ in places]
        matrix = csr_array((values, (down, across)), shape=(len(self.rows), len(self.points)))
        low, high = [row[1] for row in self.rows], [row[2] for row in self.rows]
        found = milp(
            -np.array(self.points),
            integrality=np.array(self.whole),
            bounds=Bounds(0, np.array(self.upper)),
            constraints=LinearConstraint(matrix, low, high),
            options={"mip_rel_gap": GAP, "time_limit": LIMIT_S},
        )
        return float(-found.mip_dual_bound)


def optimum(asked: Problem) -> float:
    """The most points of any choice within the limits, with what must be in it."""
    program = _Program()
    takes = [program.variable(option.points) for option in asked.options]
    must = {option.only for option in asked.options if option.must}
    for name in {option.only for option in asked.options}:
        row = {take: 1.0 for option, take in zip(asked.options, takes, strict=True) if option.only == name}
        program.row(row, name in must, 1)
    program.row({take: 1.0 for option, take in zip(asked.options, takes, strict=True) if option.new}, 0, asked.most_new)
    for pair in set(map(frozenset, asked.apart)):
        row = {take: 1.0 for option, take in zip(asked.options, takes, strict=True) if option.only in pair}
        program.row(row, 0, 1)
    gives: list[dict[int, float]] = [{} for _ in asked.curves]
    for option, take in zip(asked.options, takes, strict=True):
        for number, amount in option.gives:
            gives[number][take] = amount
    for given, curve, room in zip(gives, asked.curves, asked.rooms, strict=True):
        pieces = {program.variable(slope, amount, whole=False): -1.0 for amount, slope in curve}
        program.row(given | pieces, 0, np.inf)
        program.row(given, 0, max(0, room))
    spent = {take: option.seconds for option, take in zip(asked.options, takes, strict=True)}
    program.row(spent | _changes(program, asked, takes), 0, asked.budget_s)
    return program.bound()


def _changes(program: _Program, asked: Problem, takes: Sequence[int]) -> dict[int, float]:
    """The way through the groups that are used: its variables, with the seconds of each."""
    used = _used(program, asked, takes)
    groups = list(used)
    ways: dict[tuple[int, int], int] = {}
    change: dict[int, float] = {}
    for here in (0, *groups):
        for there in (*groups, -1):
            if here == there or (here and there > 0 and _phase(there) < _phase(here)):
                continue
            seconds = _way_s(here, there) * asked.ready_factor
            ways[here, there] = program.variable(-asked.change_points * seconds)
            change[ways[here, there]] = seconds
    for group in groups:
        for end in (0, 1):
            program.row({way: 1.0 for ends, way in ways.items() if ends[end] == group} | {used[group]: -1}, 0, 0)
    program.row({way: 1.0 for (start, _), way in ways.items() if start == 0}, 1, 1)
    for size in (2, 3):
        for ring in combinations(groups, size):
            if len({_phase(group) for group in ring}) == 1:
                around = {way: 1.0 for (start, to), way in ways.items() if start in ring and to in ring}
                program.row(around, 0, size - 1)
    return change


def _used(program: _Program, asked: Problem, takes: Sequence[int]) -> dict[int, int]:
    """The variables of the groups: 1 just where anything of them is taken, so that no way leads through others."""
    inside: dict[int, list[int]] = {}
    for option, take in sorted(zip(asked.options, takes, strict=True), key=lambda each: each[0].group):
        inside.setdefault(option.group, []).append(take)
    used = {group: program.variable(0) for group in inside}
    for group, of_it in inside.items():
        program.row(dict.fromkeys(of_it, 1.0) | {used[group]: -1}, 0, np.inf)
        for take in of_it:
            program.row({take: 1, used[group]: -1}, -1, 0)
    return used


def _phase(group: int) -> int:
    return (group.bit_length() - 1) // len(POSITIONS)


def _way_s(here: int, there: int) -> float:
    """The seconds of a change from one group to another, beyond one in the same position; 0: start, -1: end."""
    if there < 0:
        return 0
    names = list(POSITIONS)
    position = names[(there.bit_length() - 1) % len(names)]
    before = names[(here.bit_length() - 1) % len(names)] if here else ""
    return from_s(before, position) - USUAL.same


# ---- what is printed ----


class Judged(NamedTuple):
    ratio: float
    used: float


def judge(asked: Problem) -> Judged:
    """What the coach's choice is worth beside the best there is, and how much of the time it uses."""
    chosen = pack(asked)
    best = optimum(asked)
    return Judged(worth(asked, chosen) / best if best > 1e-6 else 1.0, length_s(asked, chosen) / asked.budget_s)


def many(catalogue: Catalogue, count: int) -> Catalogue:
    """A catalogue with so many exercises: those that there are, again and again."""
    every = list(catalogue.exercises.values())
    many = [every[n % len(every)]._replace(id=f"{every[n % len(every)].id}-{n}") for n in range(count)]
    return catalogue._replace(exercises={each.id: each for each in many})


def times_ms(catalogue: Catalogue, runs: int) -> list[float]:
    fortnight = _fortnight(list(catalogue.exercises.values()), random.Random(1))
    screened, past = screen(catalogue, ()), Past(tuple(fortnight), ())
    times = []
    for number in range(runs):
        profile = Profile(minutes=(5, 10, 20, 40)[number % 4], focus=(("front-of-hip", 2), ("ankle", 1)), level=3)
        begin = time.process_time()
        plan(screened, profile, Manner(), past, DAY)
        times.append(1000 * (time.process_time() - begin))
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--instances", type=int, default=500, help="beside the optimum (default: 500)")
    parser.add_argument("--seed", type=int, default=2026)
    args = parser.parse_args()
    catalogue = cache.load(paths.shipped(), None).catalogue
    for count, runs in ((70, 40), (10_000, 8)):
        times = times_ms(many(catalogue, count), runs)
        print(f"planning {count} exercises, ms: median {median(times):.1f}, min {min(times):.1f}, max {max(times):.1f}")
    some = random.Random(args.seed)
    judged = []
    for number in range(1, args.instances + 1):
        judged.append(judge(instance(catalogue, some)))
        if number % 100 == 0 or number == args.instances:
            ratios = sorted(each.ratio for each in judged)
            print(f"{number} instances: mean ratio {mean(ratios):.4f}, worst {ratios[0]:.4f}")
    short = sum(each.used < 0.85 for each in judged)
    print(f"less than 85 % of the time used: {short} of {len(judged)}")


if __name__ == "__main__":
    main()
