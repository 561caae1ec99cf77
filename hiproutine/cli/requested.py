"""Sessions and catalogue entries that the user names on the command line, by their ids."""

from typing import TYPE_CHECKING

from hiproutine.errors import HiproutineError, unknown

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from hiproutine.catalogue.model import Catalogue
    from hiproutine.catalogue.search import Entry
    from hiproutine.coach.planner import Plan
    from hiproutine.day.context import Context

_MOST_NAMED = 5
"""Number of ids that a hint names at most."""
IDS = "id of a routine or an exercise, or of several exercises"
ANYWAY = (
    "do all of it, even where pain advises against it or it is not planned for you; never what your screening removes"
)


def requested(ids: "Sequence[str]", context: "Context", *, anyway: bool) -> "Plan":
    """Plan the named session for today. Raises HiproutineError if pain leaves nothing of it."""
    from hiproutine.coach import screening
    from hiproutine.coach.requested import named

    session = screening.find(context.screened, plan_code(ids))
    known = context.screened, session, context.profile, context.past, context.today()
    plan = named(*known, anyway=anyway)
    if not plan.session.items:
        otherwise = " If you decide otherwise: --anyway" if named(*known, anyway=True).session.items else ""
        raise HiproutineError(f"nothing of it is for today. {' '.join(plan.notes)}{otherwise}")
    return plan


def plan_code(ids: "Sequence[str]") -> str | None:
    """Return the plan code of the ids; without ids, None."""
    from hiproutine.coach.session import TOGETHER

    return TOGETHER.join(ids) or None


def refuse_anyway(args: "Namespace") -> None:
    """End as wrong usage if --anyway was given without an id."""
    if args.anyway:
        args.wrong("--anyway is for what you name: give an ID as well")


def entry_of(catalogue: "Catalogue", wanted: str) -> "Entry":
    """Return the entry with that id, or else with that name or part of a name. Raises HiproutineError if none is."""
    from hiproutine.catalogue.search import called, named, sections

    if entry := named(catalogue, wanted):
        return entry
    found = called(catalogue, wanted)
    if len(found) == 1:
        return found[0]
    ids = [name for section in sections(catalogue) for name in section]
    # With a hyphen it is meant as an id: the one that begins so says more than all the names with these words.
    begun = [name for name in ids if "-" in wanted and name.startswith(wanted)]
    if found and len(begun) != 1:
        more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
        these = ", ".join(each.id for each in found[:_MOST_NAMED])
        raise HiproutineError(f'"{wanted}" is in several names; give an id: {these}{more}')
    raise unknown("exercise, routine, programme, card or video", wanted, ids, "hiproutine list")
