"""One command: which arguments it takes, and what it does with them."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import NamedTuple

from hiproutine.cli.home import Home


class Command(NamedTuple):
    """`run` returns the exit code; `wrong` among its arguments ends with a sentence on wrong usage."""

    arguments: Callable[[ArgumentParser], None]
    run: Callable[[Namespace, Home], int]
