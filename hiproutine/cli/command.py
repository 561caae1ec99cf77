"""One command: which arguments it takes, and what it does with them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from hiproutine.day.context import Home

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


class Command(NamedTuple):
    """`run` returns the exit code; `wrong` among its arguments ends with a sentence on wrong usage."""

    arguments: "Callable[[ArgumentParser], None]"
    run: "Callable[[Namespace, Home], int]"
