"""Print the streak in a few characters, and cache the answer for the rest of the day (see `status_cache`)."""

from datetime import timedelta
from typing import TYPE_CHECKING

from hiproutine.cli import status_cache
from hiproutine.cli.json_fields import Fields, names, values_of
from hiproutine.errors import HiproutineError
from hiproutine.history import calendar
from hiproutine.history.records import Goal, SessionRecord
from hiproutine.history.streak import goal_on
from hiproutine.history.streak import streak as streak_of

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.day.context import Context
    from hiproutine.history.streak import Streak

_FIELDS: "Fields[Streak, int]" = {
    "run": lambda streak, _: f"{streak.weeks} w" if streak.days_per_week < 7 else f"{streak.current} d",
    "mark": lambda streak, _: "✓" if streak.done_today else "–" if streak.rest_today else "○",  # noqa: RUF001 -- a dash is what is meant
    "minutes": lambda _, held_ms: held_ms // 60_000,
    "streak": lambda streak, _: streak.current,
    "best": lambda streak, _: streak.best,
    "weeks": lambda streak, _: streak.weeks,
    "best_weeks": lambda streak, _: streak.best_weeks,
    "days_per_week": lambda streak, _: streak.days_per_week,
    "done_today": lambda streak, _: streak.done_today,
    "rest_today": lambda streak, _: streak.rest_today,
    "week_done": lambda streak, _: streak.week_done,
    "week_needed": lambda streak, _: streak.week_needed,
    "score": lambda streak, _: round(100 * streak.score),
}


def arguments(parser: "ArgumentParser") -> None:
    parser.epilog = (
        "It prints such as `12 d ✓ 34 min this week`: days in a row (w: weeks), today (✓ done, ○ open, a dash for "
        "rest), and the minutes of this week; a shorter --format has less. `hiproutine streak` says it in a sentence."
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "--format",
        metavar="TEXT",
        default=status_cache.DEFAULT,
        help="text with {run}, {mark}, {minutes} or another field of --json in it; default: %(default)s",
    )
    form.add_argument("--json", action="store_true", help=f"on one line: {names(_FIELDS)}")
    form.add_argument(
        "--check",
        action="store_true",
        help="print nothing; the exit code is 0 if today is done or a rest day, 1 if it is due, 2 if unknown",
    )


def run(args: "Namespace", context: "Context") -> int:
    try:
        fields = _fields(context)
    except (HiproutineError, OSError):
        return 2 if args.check else 0  # errors do not belong in a prompt; every other command reports them
    return status_cache.due(fields) if args.check else status_cache.show(fields, None if args.json else args.format)


def _fields(context: "Context") -> dict[str, object]:
    watched = [
        str(context.history_folder),
        str(context.store.journal_folder),
        str(context.paths.config / "settings.yaml"),
    ]
    seen = status_cache.circumstances(watched)  # before reading: a write meanwhile invalidates the answer
    now = context.now()
    past = context.store.read(steps_since=calendar.day_of(now) - timedelta(weeks=1))
    streak = streak_of(past, now)
    week = calendar.week_of(streak.day, goal_on(past.of(Goal), streak.day).week_starts)
    this_week = (session for session in past.of(SessionRecord) if week <= session.day <= streak.day)
    held_ms = sum(step.held_ms for session in this_week for step in session.steps)
    fields = values_of(_FIELDS, streak, held_ms)
    status_cache.keep(now.timestamp(), calendar.over_at(now).timestamp(), watched, seen, fields)
    return fields
