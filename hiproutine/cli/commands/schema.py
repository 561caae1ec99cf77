"""Print the JSON Schema of catalogue files."""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.day.context import Context


def arguments(_: "ArgumentParser") -> None:
    """Add no arguments."""


def run(_: "Namespace", __: "Context") -> int:
    from hiproutine.catalogue import schema

    sys.stdout.write(schema.text())
    return 0
