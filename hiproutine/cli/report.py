"""The command for a page to take along to a clinician: report."""

import re
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence

from hiproutine.cli.command import Command
from hiproutine.cli.console import say
from hiproutine.cli.past import date_of
from hiproutine.day.context import Home
from hiproutine.history.days import today
from hiproutine.review.report import HONEST, TITLE, Report
from hiproutine.review.report import report as report_of

# What Markdown would read as its own, or as HTML.
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>|~#&])")


def report(args: Namespace, home: Home) -> int:
    past, now = home.store.read(), home.now()
    if args.since and args.since > today(now, past.sessions):
        args.wrong(f"{args.since} is still to come")
    found = report_of(past, home.catalogue.exercises, now, args.since)
    if args.html:
        from hiproutine.review.report_html import page

        say(page(found))
    else:
        say("\n".join(_markdown(found)))
    return 0


def _markdown(report: Report) -> Iterator[str]:
    yield f"# {TITLE}"
    yield ""
    for what, words in report.facts:
        yield f"- {what}: {words}"
    if not report.sections:
        yield "- Nothing was recorded."
    for section in report.sections:
        yield from ("", f"## {section.heading}", "", section.note, "")
        yield from _table(section.heads, section.rows)
    yield from ("", HONEST)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Aligned, so that it can be read as it stands."""
    cells = [heads, *([_MARKDOWN.sub(r"\\\1", cell) for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    cells.insert(1, ["-" * width for width in widths])
    for row in cells:
        yield f"| {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |"


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--since", type=date_of, metavar="DATE", help="this day and later; default: four weeks")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--md", action="store_true", help="Markdown, which is the default")
    form.add_argument("--html", action="store_true", help="a page with pictures, to be printed; it needs nothing else")


COMMANDS = {"report": Command(_arguments, report)}
