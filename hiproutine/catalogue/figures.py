"""The figure of each exercise: shipped ones are solved already; those of the user when they are first needed, and kept.

An own one is a field of its exercise: an entry as in `figures.yaml`, which may be `like` that of another exercise.
"""

import os
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hiproutine import cache as caching
from hiproutine.catalogue.model import Exercise
from hiproutine.errors import HiproutineError
from hiproutine.figure import stored
from hiproutine.files import read_regular
from hiproutine.yaml.nodes import Fields, File, Node, Problem, is_read, parse

if TYPE_CHECKING:
    from hiproutine.figure.model import Figure
    from hiproutine.figure.reading import Book, Content

_CODE = Path(stored.__file__).parent
_MOST_LIKE = 10
"""Maximum number of figures that are like one another in turn."""


class _Kept(NamedTuple):
    """A figure as text, and what of it stayed open: the number of each such key frame, and why."""

    text: str
    open: tuple[tuple[int, str], ...]


class Figures:
    """Finds figures: `folder` is that of the shipped ones, `cache` that of the own ones once they are solved."""

    def __init__(self, folder: Path, cache: Path, exercises: Mapping[str, Exercise]) -> None:
        self._folder, self._cache, self._exercises = folder, cache, exercises

    @cached_property
    def _shipped(self) -> str:
        return read_regular(self._folder / "figures.json").decode()

    @cached_property
    def _book(self) -> "Book":
        """The shipped figures as they are written."""
        from hiproutine.figure import reading

        file = File("figures.yaml")
        return reading.read_book(read_regular(self._folder / file.name).decode(), file)

    def find(self, name: str) -> "Figure | None":
        """The figure of an exercise, on its left side; None if it has none. Raises HiproutineError for a faulty one."""
        whose, own = self._whose(name)
        if not own:
            found = stored.load(self._shipped, whose)
        elif (kept := self._kept(whose)) and not kept.open:
            found = stored.load(kept.text, whose)
        else:
            raise HiproutineError(f"the figure of {whose} cannot be drawn; `hiproutine check` says why")
        return found._replace(id=name) if found else None

    def all(self) -> "Iterator[tuple[str, Figure]]":
        """Each exercise that has a figure, and that; the shipped ones first. Faulty ones are omitted."""
        own = (name for name, exercise in self._exercises.items() if exercise.figure)
        for name in dict.fromkeys((*stored.names(self._shipped), *own)):
            try:
                found = self.find(name)
            except HiproutineError:
                continue
            if found:
                yield name, found

    def problems(self, name: str, fields: Fields) -> list[Problem]:
        """Return what is wrong with the figure that an own exercise is written with, at its place in the file."""
        if not fields.has("figure"):
            return []
        from hiproutine.figure import reading, solver

        file, node = File(fields.file.name), fields.place("figure")
        assert isinstance(node.content, dict)
        content = node.content
        if "like" in content:
            place = content["like"][1]
            of = self._content(str(place.content))
            if of is None:
                file.report(place, f'"{place.content}" has no figure, or is like itself or too many others')
                return file.problems
            content = reading.like({key: (place, _moved(value, place)) for key, (_, value) in of.items()}, content)
        draft = reading.read_one(name, content, node, file, self._book.bases)
        if not is_read(draft) or set(node.content) == {"like"}:
            return file.problems
        kept = self._kept(name)
        found = [solver.Open(draft.frames[number].place, why) for number, why in kept.open] if kept else []
        return reading.problems(draft, found, file.name)

    # ---- whose figure it is, and how it is written ----

    def _own(self, name: str) -> "Content | None":
        """The figure that an exercise of the user is written with."""
        exercise = self._exercises.get(name)
        node = parse(exercise.figure, File(name)) if exercise and exercise.figure else None
        return node.content if node and isinstance(node.content, dict) else None

    def _whose(self, name: str) -> "tuple[str, Content | None]":
        """The exercise whose figure it is, and how that is written; nothing for a shipped one."""
        whose = name
        for _ in range(_MOST_LIKE + 1):
            own = self._own(whose)
            if not own or set(own) != {"like"}:
                return whose, own
            whose = str(own["like"][1].content)
        raise HiproutineError(f"the figure of {name} is like itself or too many others; `hiproutine check` says where")

    def _content(self, name: str, most_like: int = _MOST_LIKE) -> "Content | None":
        """All fields of a figure; None if there is none, or one that is like itself or too many in turn."""
        from hiproutine.figure import reading

        own = self._own(name)
        if not own:
            return self._book.contents.get(name)
        if "like" not in own:
            return own
        base = self._content(str(own["like"][1].content), most_like - 1) if most_like else None
        return reading.like(base, own) if base else None

    # ---- solving ----

    def _kept(self, name: str) -> _Kept | None:
        """The solved figure of an exercise of the user, from the cache if it is there; None if it cannot be read."""
        file, key = self._cache / name, self._key(name)
        before = caching.read(file)
        if isinstance(before, tuple) and before[0] == key:
            return _Kept(*before[1])
        from hiproutine.figure import reading, solver

        content = self._content(name)
        draft = content and reading.read_one(name, content, Node({}, True, 1, 1), File(name), self._book.bases)
        if not draft or not is_read(draft):
            return None
        solved = solver.solve(draft)
        places = [frame.place for frame in draft.frames]
        kept = _Kept(
            stored.dumps({name: stored.Stored(solved.figure, 0)}),
            tuple((places.index(each.place), each.sentence) for each in solved.open),
        )
        caching.write(file, (key, tuple(kept)))
        return kept

    def _key(self, name: str) -> tuple[Any, ...]:
        """The inputs of a solved figure: its declaration, the figure it is like, and the code that solves it."""
        written: list[str] = []
        while (exercise := self._exercises.get(name)) and exercise.figure and len(written) <= _MOST_LIKE:
            written.append(exercise.figure)
            own = self._own(name) or {}
            name = str(own["like"][1].content) if "like" in own else ""
        code = sorted(each.path for each in os.scandir(_CODE) if each.name.endswith(".py"))
        return *written, caching.stamp(self._folder / "figures.yaml"), *map(caching.stamp, code)


def _moved(node: Node, place: Node) -> Node:
    """A node from elsewhere, with the place of the word that brings it."""
    content = node.content
    if isinstance(content, list):
        content = [_moved(each, place) for each in content]
    elif isinstance(content, dict):
        content = {key: (place, _moved(value, place)) for key, (_, value) in content.items()}
    return node._replace(content=content, line=place.line, column=place.column)
