"""Check catalogue files: problems go to stderr, warnings to stdout."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from os.path import realpath
from pathlib import Path
from typing import TYPE_CHECKING

from hiproutine.cli.console import say, say_json
from hiproutine.cli.json_fields import Fields, Objects, names, values_of
from hiproutine.errors import HiproutineError
from hiproutine.text import clean, counted

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.catalogue.overlay import Laid
    from hiproutine.day.context import Context
    from hiproutine.yaml.nodes import Problem


_PROBLEM: "Fields[Problem]" = {
    "file": lambda problem: problem.file,
    "line": lambda problem: problem.line,
    "column": lambda problem: problem.column,
    "sentence": lambda problem: problem.sentence,
}
_FIELDS: "Fields[Sequence[Problem], Sequence[Problem]]" = {
    "problems": Objects(_PROBLEM, lambda problems, _: ((each,) for each in problems)),
    "warnings": Objects(_PROBLEM, lambda _, warnings: ((each,) for each in warnings)),
}


def arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("paths", metavar="FILE", nargs="*", help="or FOLDER; default: every file that hiproutine reads")
    parser.add_argument("--links", action="store_true", help="check on the network that the videos exist")
    parser.add_argument("--json", action="store_true", help=names(_FIELDS))


def run(args: "Namespace", context: "Context") -> int:
    """Check the given files together with all others that hiproutine reads."""
    from hiproutine.catalogue import cache, overlay
    from hiproutine.catalogue.folder import listing
    from hiproutine.catalogue.lint import lint
    from hiproutine.history.calendar import day_of
    from hiproutine.yaml.nodes import FileProblems

    given = [file for name in args.paths for file in _files(Path(name))]
    shipped, own = cache.shipped_files(context.paths.catalogue), cache.files(context.user_catalogue)
    wanted = given or [*shipped, *own]
    # Each file once, by the name that was given. `Path.resolve` raises an error for a link to itself.
    names = {realpath(file): file for file in [*shipped, *own, *given]}
    base = overlay.lay(names.pop(realpath(file)) for file in shipped)
    laid = overlay.lay(names.values(), base.catalogue)
    of_wanted = {clean(str(file)) for file in wanted}
    folders = [listing(Path(name)) for name in args.paths or [context.user_catalogue]]
    problems = [overlay.of_file(*copy) for each in folders for copy in each.copies.items()]
    problems += [each for each in (*base.problems, *laid.problems) if each.file in of_wanted]
    problems += [each for each in _of_figures(laid, context) if each.file in of_wanted]
    # Warnings on shipped files are shown only if those were named.
    today = day_of(context.now())
    linted = [*lint(base, today), *lint(laid, today)] if given else lint(laid, today)
    warnings = [overlay.of_file(*other) for each in folders for other in each.others.items()]
    warnings += [each for each in linted if each.file in of_wanted]
    if args.links:
        warnings += _missing_pages((base, laid), of_wanted, context)
    if args.json:
        say_json(values_of(_FIELDS, problems, warnings))
        return bool(problems)
    for each in warnings:
        say(f"{each.file}:{each.line}:{each.column}: warning: {each.sentence}")
    if problems:
        sys.stdout.flush()
        raise FileProblems(problems)
    counts = counted(len(given), "file")
    if not given:
        counts = ", ".join(f"{len(entries)} {section}" for section, entries in laid.catalogue._asdict().items())
    warned = f", {counted(len(warnings), 'warning')}" if warnings else ""
    say(f"{counts}: no problems{warned}")
    return 0


def _of_figures(laid: "Laid", context: "Context") -> "Iterator[Problem]":
    """Yield the problems of the figures that exercises are written with."""
    from hiproutine.catalogue.figures import Figures

    figures = Figures(context.paths.catalogue, context.paths.cache / "figures", laid.catalogue.exercises)
    for (section, name), fields in laid.places.items():
        if section == "exercises" and name in laid.catalogue.exercises:
            yield from figures.problems(name, fields)


def _missing_pages(layers: "Iterable[Laid]", files: set[str], context: "Context") -> "Iterator[Problem]":
    """Yield a warning for each video of the files whose page does not answer."""
    from hiproutine.catalogue import link_check
    from hiproutine.yaml.nodes import Problem

    videos = {
        name: (fields, laid.catalogue.videos[name])
        for laid in layers
        for (section, name), fields in laid.places.items()
        if section == "videos" and fields.file.name in files and name in laid.catalogue.videos
    }
    listed, file, now = (
        [video for _, video in videos.values()],
        context.paths.cache / "pages",
        context.now().timestamp(),
    )
    for video, sentence in link_check.missing(listed, file, now, context.knows_host, partial(print, file=sys.stderr)):
        fields, _ = videos[video.id]
        place = fields.place("url")
        yield Problem(fields.file.name, place.line, place.column, f"{video.id} {sentence}")


def _files(path: Path) -> list[Path]:
    """Return the file itself, or the files of a folder."""
    from hiproutine.catalogue import cache

    if not path.is_dir():
        return [path]
    if not (files := cache.files(path)):
        raise HiproutineError(f"{path}: this folder has no .yaml or .yml file")
    return files
