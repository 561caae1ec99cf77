"""The command `status` where `prompt` has no answer kept: makes it, and keeps it for the rest of the day."""

from argparse import ArgumentParser, Namespace
from datetime import timedelta
from typing import Any

from hiproutine.cli import status_cache
from hiproutine.cli.command import Command
from hiproutine.day.context import Home
from hiproutine.errors import HiproutineError
from hiproutine.history import days
from hiproutine.history.days import Streak


def status(args: Namespace, home: Home) -> int:
    try:
        fields = _fields(home)
    except (HiproutineError, OSError):
        return 0  # a prompt is no place for errors; every other command tells them
    status_cache.show(fields, None if args.json else args.format)
    return 0


def _fields(home: Home) -> dict[str, Any]:
    watched = [str(home.history_folder), str(home.store.journal_folder), str(home.paths.config / "settings.yaml")]
    seen = status_cache.circumstances(watched)  # before reading: what is written meanwhile makes the answer void
    now = home.now()
    past = home.store.read(steps_since=days.day_of(now) - timedelta(weeks=1))
    found = days.streak(past, now)
    week = days.week_of(found.day, days.goal_on(past.goals, found.day).week_starts)
    this_week = (session for session in past.sessions if week <= session.day <= found.day)
    held_ms = sum(step.held_ms for session in this_week for step in session.steps)
    fields = {
        "run": f"{found.weeks} w" if found.days_per_week < 7 else f"{found.current} d",
        "mark": _mark(found),
        "minutes": held_ms // 60_000,
        "streak": found.current,
        "best": found.best,
        "weeks": found.weeks,
        "best_weeks": found.best_weeks,
        "days_per_week": found.days_per_week,
        "done_today": found.done_today,
        "rest_today": found.rest_today,
        "week_done": found.week_done,
        "week_needed": found.week_needed,
        "score": round(100 * found.score),
    }
    status_cache.keep(now.timestamp(), days.over_at(now).timestamp(), watched, seen, fields)
    return fields


def _mark(found: Streak) -> str:
    return "✓" if found.done_today else "–" if found.rest_today else "○"  # noqa: RUF001 -- a dash is what is meant


def _arguments(parser: ArgumentParser) -> None:
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "--format",
        metavar="TEXT",
        default=status_cache.DEFAULT,
        help="with {run}, {mark}, {minutes} or any other field of --json in it; default: %(default)s",
    )
    form.add_argument("--json", action="store_true", help="all fields, on one line")


COMMANDS = {"status": Command(_arguments, status)}
