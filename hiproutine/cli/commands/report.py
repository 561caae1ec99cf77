"""Print one page for a clinician."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from hiproutine.cli.console import say, say_unreadable
from hiproutine.cli.dates import WORDS, since_or_until
from hiproutine.coach.programme import standing
from hiproutine.review.report import HONEST, TITLE, Report
from hiproutine.review.report import report as report_of

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.day.context import Context

# Characters that Markdown would read as markup, or as HTML.
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>|~#&])")


def arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("--since", metavar="DAY", help=f"this day and later: {WORDS}; default: four weeks")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--md", action="store_true", help="Markdown (the default)")
    form.add_argument("--html", action="store_true", help="an HTML page with pictures, to print; one file")


def run(args: "Namespace", context: "Context") -> int:
    past, now = context.store.read(), context.now()
    say_unreadable(past)
    since = since_or_until(args, args.since, context)
    if since and since > past.today(now):
        args.wrong(f"{since} is in the future")
    running = standing(context.screened, context.settings.profile, past, past.today(now))
    report = report_of(past, context.catalogue, now, since, running)
    if args.html:
        from hiproutine.figure.svg import style
        from hiproutine.review.report_html import page

        settings = context.settings
        say(page(report, list(_drawings(report, context)), style(settings.skin, settings.hair, paper=True)))
    else:
        say("\n".join(_markdown(report)))
    return 0


def _drawings(report: Report, context: "Context") -> Iterator[tuple[str, str]]:
    """Yield the name and the drawing of each exercise that has a figure, in the order of the table."""
    from hiproutine.figure.svg import svg

    for exercise, name in report.exercises:
        if figure := context.figure(exercise):
            yield name, svg(figure, name, "")


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
    """Yield the lines of a table, aligned so that it can be read as text."""
    cells = [heads, *([_MARKDOWN.sub(r"\\\1", cell) for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    cells.insert(1, ["-" * width for width in widths])
    for row in cells:
        yield f"| {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |"
