"""The JSON fields of a streak, which `streak` prints and `stats` too."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hiproutine.cli.json_fields import Fields
    from hiproutine.history.streak import Streak

STREAK: "Fields[Streak]" = {
    "day": lambda streak: streak.day.isoformat(),
    "streak": lambda streak: streak.current,
    "best": lambda streak: streak.best,
    "done_today": lambda streak: streak.done_today,
    "rest_today": lambda streak: streak.rest_today,
    "days_per_week": lambda streak: streak.days_per_week,
    "weeks": lambda streak: streak.weeks,
    "best_weeks": lambda streak: streak.best_weeks,
    "week_done": lambda streak: streak.week_done,
    "week_needed": lambda streak: streak.week_needed,
    "recent_done": lambda streak: streak.recent_done,
    "recent_rests": lambda streak: streak.recent_rests,
    "recent_days": lambda streak: streak.recent_days,
    "score": lambda streak: streak.score,
}
