"""Show the programmes and the one that runs, begin one, or end it."""

from typing import TYPE_CHECKING

from hiproutine.cli import confirm
from hiproutine.cli.console import say, say_json, say_table
from hiproutine.cli.json_fields import Fields, Objects, names, values_of
from hiproutine.coach.programme import advice, description, last_step, refusal, standing
from hiproutine.text import counted

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.catalogue.model import Programme
    from hiproutine.coach.programme import Standing
    from hiproutine.day.context import Context
    from hiproutine.history.records import ProgrammeStep

_STOP = "stop"

_PROGRAMME: "Fields[Programme, Context]" = {
    "id": lambda programme, _: programme.id,
    "name": lambda programme, _: programme.name,
    "suits": lambda programme, _: programme.suits,
    "level": lambda programme, _: programme.level,
    "weeks": lambda programme, _: programme.weeks,
    "days_a_week": lambda programme, _: programme.days_a_week,
    "minutes": lambda programme, _: programme.minutes,
    "refused": lambda programme, context: refusal(programme, context.screened, context.profile),
    "read_first": lambda programme, context: advice(programme, context.screened),
}
_RUNNING: "Fields[Standing]" = {
    "id": lambda standing: standing.programme.id,
    "phase": lambda standing: standing.number,
    "phase_name": lambda standing: standing.phase.name,
    "week": lambda standing: standing.week,
    "since": lambda standing: standing.since.isoformat(),
    "words": lambda standing: standing.words,
    "changes": lambda standing: standing.told,
}
_FIELDS: "Fields[Standing | None, Context]" = {
    "running": Objects(_RUNNING, lambda standing, _: ((standing,),) if standing else ()),
    "programmes": Objects(
        _PROGRAMME, lambda _, context: ((each, context) for each in context.catalogue.programmes.values())
    ),
}


def arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("programme", metavar="ID", nargs="?", help="begin this one; stop ends the one that runs")
    parser.add_argument("--yes", action="store_true", help="begin without asking")
    parser.add_argument("--json", action="store_true", help=names(_FIELDS))


def run(args: "Namespace", context: "Context") -> int:
    past = context.past
    if args.programme and (step := _step(args, context)):
        context.write(step)
        past = past.adding((step,))
    running = standing(context.screened, context.profile, past, context.today())
    if args.json:
        say_json(values_of(_FIELDS, running, context))
    elif args.programme == _STOP:
        say("No programme is running now.")
    elif args.programme:
        say(running.words if running else "Nothing has changed.")
    else:
        _say_all(running, context)
    return 0


def _step(args: "Namespace", context: "Context") -> "ProgrammeStep | None":
    """Return the record that begins or ends a programme; None if nothing changes. Raises HiproutineError."""
    from hiproutine.errors import HiproutineError, unknown
    from hiproutine.history import making

    now, today, known = context.now(), context.today(), context.catalogue.programmes
    running = last_step(context.past, today)
    if args.programme == _STOP:
        return making.programme(now, today, running.programme, running.phase, event="stop") if running else None
    if args.programme not in known:
        raise unknown("programme", args.programme, [*known, _STOP], "hiproutine programme")
    wanted = known[args.programme]
    if why := refusal(wanted, context.screened, context.profile):
        raise HiproutineError(why)
    if running and running.programme == wanted.id:
        return None
    if not args.json:
        for line in description(wanted, context.screened):
            say(line)
    if not confirm.confirm(f"Begin {wanted.name} today?", yes=args.yes):
        return None
    return making.programme(now, today, wanted.id, 1, event="start")


def _say_all(running: "Standing | None", context: "Context") -> None:
    say(running.words if running else "No programme is running.")
    if running and running.told:
        say(running.told)
    say()
    rows = [
        (each.id, each.name, counted(each.weeks, "week"), f"{each.days_a_week} days", f"{each.minutes} min")
        for each in context.catalogue.programmes.values()
    ]
    say_table(("ID", "NAME", "LENGTH", "A WEEK", "A SESSION"), rows)
    for each in context.catalogue.programmes.values():
        if why := refusal(each, context.screened, context.profile):
            say(why)
    say()
    say("`hiproutine programme ID` shows one and begins it; `hiproutine programme stop` ends it.")
