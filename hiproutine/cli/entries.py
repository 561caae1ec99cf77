"""Catalogue entries that the user names by id."""

from typing import TYPE_CHECKING

from hiproutine.errors import unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hiproutine.catalogue.model import Catalogue
    from hiproutine.catalogue.writer import Entry


def entry_of(catalogue: "Catalogue", wanted: str) -> "Entry":
    """Return the entry with that id. Raises HiproutineError if there is none."""
    sections: tuple[Mapping[str, Entry], ...]
    sections = (catalogue.exercises, catalogue.routines, catalogue.cards, catalogue.videos)
    for section in sections:
        if wanted in section:
            return section[wanted]
    ids = [name for section in sections for name in section]
    raise unknown("exercise, routine, card or video", wanted, ids, "hiproutine list")
