"""The first seven days of eight people, to be read as a physiotherapist would: what is planned, and why.

docs/coach.md has what was read there.
"""

from datetime import UTC, date, datetime, timedelta

from hiproutine import paths
from hiproutine.catalogue import cache
from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.planner import todays_or_none
from hiproutine.coach.profile import FLOOR
from hiproutine.coach.screening import cautions, screen_for
from hiproutine.history.past import Past
from hiproutine.history.records import Opening, SessionRecord, closed
from hiproutine.practice.recording import planned
from hiproutine.practice.timeline import compile_session
from hiproutine.settings.model import Manner, Profile
from hiproutine.text import clock_length

FIRST = date(2026, 1, 5)  # a Monday
ANSWERED = FIRST.isoformat()
CHAIR = ("chair", "cushion", "support")

PEOPLE = {
    "a desk worker": Profile(minutes=10, days_per_week=5),
    "a runner": Profile(
        minutes=15, days_per_week=4, level=2, focus=(("outside-of-hip", 3), ("calf", 2), ("front-of-hip", 1))
    ),
    "a hypermobile person": Profile(minutes=10, days_per_week=5, conditions=("hypermobile",), screened=ANSWERED),
    "a hip replacement, not past 90, not across, not turned in": Profile(
        minutes=10, days_per_week=5, conditions=("thr_posterior",), screened=ANSWERED
    ),
    "a hip replacement, not far back, not turned out": Profile(
        minutes=10, days_per_week=5, conditions=("thr_anterior",), screened=ANSWERED
    ),
    "a hip replacement, and no lifting to the side either": Profile(
        minutes=10, days_per_week=5, conditions=("thr_lateral",), screened=ANSWERED
    ),
    "pregnant, week 14 to 27, with pelvic pain": Profile(
        minutes=10, days_per_week=5, conditions=("preg_2", "pgp"), screened=ANSWERED
    ),
    "70, on a chair, with low bone density, a stiff knee and unsteady": Profile(
        minutes=10,
        days_per_week=5,
        equipment=CHAIR,
        avoid_positions=(*FLOOR, "standing"),
        conditions=("osteoporosis", "knee_flexion", "balance"),
        screened=ANSWERED,
    ),
    "new pain from the back into a leg": Profile(
        minutes=10, days_per_week=5, conditions=("disc_acute",), screened=ANSWERED
    ),
    "impingement of a hip": Profile(minutes=10, days_per_week=5, conditions=("fai",), screened=ANSWERED),
}
"""Eight people, of whom the one with a hip replacement is three."""


def week(catalogue: Catalogue, profile: Profile) -> None:
    """Print seven days from FIRST on, each practised as it was planned."""
    wanted = {round(n * 7 / profile.days_per_week) for n in range(profile.days_per_week)}
    records: list[SessionRecord] = []
    for day in (FIRST + timedelta(days=number) for number in range(7)):
        if day.weekday() not in wanted:
            print(f"  {day:%a}  rest")
            continue
        screened = screen_for(catalogue, profile, day)
        made = todays_or_none(screened, profile, Manner(), Past(records), day)
        line = compile_session(made.session, Manner())
        print(f"  {day:%a}  {clock_length(line.total_ms)} min  {made.session.honest or ''}")
        for item, why in zip(made.session.items, made.reasons, strict=True):
            careful = " !" if cautions(item.exercise, screened.codes) else ""
            print(f"         {item.exercise.name}: {item.dose}{careful}  ({'; '.join(why)})")
        for note in made.notes:
            print(f"         {note}")
        at = datetime(day.year, day.month, day.day, 7, tzinfo=UTC)
        steps = [step._replace(held_ms=step.planned_ms, end="done") for step in planned(line)]
        records.append(closed(Opening(str(day), day, at, 0, None, 240, "", None, ""), at, steps))


def main() -> None:
    catalogue = cache.load(paths.shipped(), None).catalogue
    for name, profile in PEOPLE.items():
        print(f"\n{name[0].upper()}{name[1:]}")
        week(catalogue, profile)


if __name__ == "__main__":
    main()
