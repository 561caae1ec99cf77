"""Sessions as pages: what `page` and `phone` have in common."""

import re
import shlex
import sys
from typing import TYPE_CHECKING

from hiproutine.cli.console import warn
from hiproutine.cli.requested import ANYWAY, IDS, refuse_anyway, requested
from hiproutine.coach.session import TOGETHER, names

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.coach.planner import Plan
    from hiproutine.day.context import Context
    from hiproutine.page.document import Content


def add_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("routine", metavar="ID", nargs="*", help=f"{IDS}; default: today's session")
    parser.add_argument("--anyway", action="store_true", help=ANYWAY)


def planned(args: "Namespace", context: "Context") -> "Plan":
    """Plan the named session, or today's. Raises HiproutineError if nothing of it is for today."""
    from hiproutine.coach.planner import todays
    from hiproutine.errors import HiproutineError

    if context.catalogue_problems:
        warn(context.catalogue_problems)
    if args.routine:
        return requested(args.routine, context, anyway=args.anyway)
    refuse_anyway(args)
    plan = todays(context.screened, context.profile, context.manner, context.past, context.today())
    if not plan.session.items:
        raise HiproutineError(plan.session.honest or "there is nothing for today")
    return plan


def content(plan: "Plan", context: "Context") -> "Content":
    """Return what the page of a planned session is made of."""
    from hiproutine.coach.eligibility import on_the_way
    from hiproutine.coach.requested import sentences
    from hiproutine.coach.screening import cautions
    from hiproutine.day.words import for_paper
    from hiproutine.page.document import Content
    from hiproutine.page.session_data import all_exercises
    from hiproutine.practice.safety import warning_signs
    from hiproutine.practice.timeline import compile_session

    session, settings = plan.session, context.settings
    timeline = compile_session(session, context.manner)
    variants = on_the_way(context.screened, context.profile, context.past, context.today())
    exercises = {exercise.id: exercise for exercise in all_exercises(timeline, variants)}
    return Content(
        session,
        timeline,
        {name: figure for name in exercises if (figure := context.figure(name))},
        {name: cautions(exercise, context.screened.codes) for name, exercise in exercises.items()},
        [*filter(None, map(for_paper, sentences(plan)))],
        warning_signs(context.catalogue),
        f"hiproutine log {_quoted(session.plan)} --result",
        variants,
        settings.skin,
        settings.hair,
    )


def _quoted(plan: str) -> str:
    """Return a plan code as one word of a shell. Words of a tempo, perhaps somebody else's, may be anything."""
    if re.fullmatch(r"[\w+-]+", plan):
        return plan
    if re.fullmatch(r"[\w+@/().,: -]+", plan):
        return f'"{plan}"'  # as all shells understand it
    return shlex.quote(plan) if sys.platform != "win32" else TOGETHER.join(names(plan))
