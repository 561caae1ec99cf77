"""Sessions that the user names on the command line, by the ids of routines and exercises."""

from typing import TYPE_CHECKING

from hiproutine.errors import HiproutineError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from hiproutine.coach.planner import Plan
    from hiproutine.day.context import Context

IDS = "id of a routine or an exercise, or of several exercises"
ANYWAY = "do all of it, even where pain advises against it; never what your screening hides"


def requested(ids: "Sequence[str]", home: "Context", *, anyway: bool) -> "Plan":
    """Plan the named session for today. Raises HiproutineError where pain leaves nothing of it."""
    from hiproutine.coach import screening
    from hiproutine.coach.requested import named

    session = screening.find(home.screened, plan_code(ids))
    plan = named(home.screened, session, home.past, home.today(), anyway=anyway)
    if not plan.session.items:
        raise HiproutineError(f"nothing of it is for today. {' '.join(plan.notes)} If you decide otherwise: --anyway")
    return plan


def plan_code(ids: "Sequence[str]") -> str | None:
    """Return the plan code of the ids; without ids, None."""
    from hiproutine.coach.session import TOGETHER

    return TOGETHER.join(ids) or None


def refuse_anyway(args: "Namespace") -> None:
    """End as wrong usage if --anyway was given without an id."""
    if args.anyway:
        args.wrong("--anyway is for what you name: give an ID as well")
