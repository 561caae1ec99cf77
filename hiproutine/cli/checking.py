"""Commands about the format of the catalogue: check, schema."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from functools import partial
from os.path import realpath
from pathlib import Path
from typing import TYPE_CHECKING

from hiproutine.cli.command import Command
from hiproutine.cli.console import say, say_json
from hiproutine.day.context import Home
from hiproutine.errors import HiproutineError
from hiproutine.text import clean

if TYPE_CHECKING:
    from hiproutine.catalogue.reader import Laid
    from hiproutine.yaml.nodes import Problem


def check(args: Namespace, home: Home) -> int:
    """Problems go to stderr, warnings to stdout; the files of a folder are checked together with all others."""
    from hiproutine.catalogue import cache, reader
    from hiproutine.catalogue.folder import listing
    from hiproutine.catalogue.lint import lint
    from hiproutine.history.days import day_of
    from hiproutine.yaml.nodes import FileProblems

    given = [file for name in args.paths for file in _files(Path(name))]
    shipped, own = cache.files(home.paths.catalogue), cache.files(home.own)
    wanted = given or [*shipped, *own]
    # Each file once, by the name that was given. A link may lead to itself, which `Path.resolve` takes for a bug.
    names = {realpath(file): file for file in [*shipped, *own, *given]}
    base = reader.lay(names.pop(realpath(file)) for file in shipped)
    laid = reader.lay(names.values(), base.catalogue)
    of_wanted = {clean(str(file)) for file in wanted}
    folders = [listing(Path(name)) for name in args.paths or [home.own]]
    problems = [reader.of_file(*copy) for each in folders for copy in each.copies.items()]
    problems += [each for each in (*base.problems, *laid.problems) if each.file in of_wanted]
    # Without files given, what is shipped is nothing to work on.
    today = day_of(home.now())
    linted = [*lint(base, today), *lint(laid, today)] if given else lint(laid, today)
    warnings = [reader.of_file(*other) for each in folders for other in each.others.items()]
    warnings += [each for each in linted if each.file in of_wanted]
    if args.links:
        warnings += _missing_pages((base, laid), of_wanted, home)
    if args.json:
        say_json({"problems": [each._asdict() for each in problems], "warnings": [each._asdict() for each in warnings]})
        return bool(problems)
    for each in warnings:
        say(f"{each.file}:{each.line}:{each.column}: warning: {each.sentence}")
    if problems:
        sys.stdout.flush()
        raise FileProblems(problems)
    counts = f"{len(given)} file{'s' * (len(given) > 1)}"
    if not given:
        counts = ", ".join(f"{len(entries)} {section}" for section, entries in laid.catalogue._asdict().items())
    say(f"{counts}: no problems{f', {len(warnings)} warning' if warnings else ''}{'s' * (len(warnings) > 1)}")
    return 0


def _missing_pages(layers: "Iterable[Laid]", files: set[str], home: Home) -> "Iterator[Problem]":
    """A warning for each video of the files whose page does not answer."""
    from hiproutine.catalogue import link_check
    from hiproutine.yaml.nodes import Problem

    found = {
        name: (fields, laid.catalogue.videos[name])
        for laid in layers
        for (section, name), fields in laid.places.items()
        if section == "videos" and fields.file.name in files and name in laid.catalogue.videos
    }
    videos, file, now = [video for _, video in found.values()], home.paths.cache / "pages", home.now().timestamp()
    for video, sentence in link_check.missing(videos, file, now, home.knows_host, partial(print, file=sys.stderr)):
        fields, _ = found[video.id]
        place = fields.place("url")
        yield Problem(fields.file.name, place.line, place.column, f"{video.id} {sentence}")


def _files(path: Path) -> list[Path]:
    """The file itself, or those of a folder."""
    from hiproutine.catalogue import cache

    if not path.is_dir():
        return [path]
    if not (found := cache.files(path)):
        raise HiproutineError(f"{path}: no file there ends in .yaml or .yml")
    return found


def schema(_: Namespace, __: Home) -> int:
    from hiproutine.catalogue import schema

    sys.stdout.write(schema.text())
    return 0


def _check_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("paths", metavar="FILE", nargs="*", help="or FOLDER; default: all that hiproutine reads")
    parser.add_argument("--links", action="store_true", help="ask on the network whether the videos are there")
    parser.add_argument("--json", action="store_true", help="problems, warnings")


def _schema_arguments(_: ArgumentParser) -> None:
    """It takes none."""


COMMANDS = {
    "check": Command(_check_arguments, check),
    "schema": Command(_schema_arguments, schema),
}
