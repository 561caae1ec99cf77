"""Changes to the user's own files: a new entry, a copy, the lists of hidden entries. All other text stays."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import chain, count
from pathlib import Path
from typing import NamedTuple

from hiproutine.catalogue import schema, writer
from hiproutine.catalogue.cache import files
from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.overlay import ALWAYS_THERE
from hiproutine.catalogue.schema import MODELINE, NAME
from hiproutine.catalogue.search import Entry, sections
from hiproutine.errors import HiproutineError
from hiproutine.files import make_folder, write
from hiproutine.text import LONGEST, clean
from hiproutine.yaml import edit
from hiproutine.yaml.nodes import File, Node, parse, read_text, write_text

_HIDDEN = f"""\
{MODELINE}
# Hidden entries.
hide: [{{name}}]
"""


class Place(NamedTuple):
    """A line of a file, from 1."""

    file: Path
    line: int


# ---- files and ids ----


def put(folder: Path, stem: str, text: str) -> Path:
    """Write a new file, and next to it the schema for editors. Raises OSError."""
    make_folder(folder)
    write_text(folder / NAME, schema.text())
    for number in range(1, 1000):
        path = folder / f"{stem}{f'-{number}' if number > 1 else ''}.yaml"
        try:
            write(path, text.encode(), new=True)
        except FileExistsError:
            continue
        return path
    raise HiproutineError(f"{folder}: there are a thousand files called {stem} already")


def used_ids(catalogue: Catalogue) -> set[str]:
    """The ids of all entries in the shared namespace."""
    return {name for section in sections(catalogue) for name in section}


def free_ids(there: set[str]) -> Callable[[str], str]:
    """Return a function that turns names into unused ids, such as `heel-raise`."""
    there = set(there)
    numbers: dict[str, Iterator[int]] = {}

    def free_id(name: str) -> str:
        plain = unicodedata.normalize("NFKD", name[:LONGEST]).encode("ascii", "ignore").decode().lower()
        stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "mine"
        numbered = (f"{stem[: 63 - len(str(n))]}-{n}" for n in numbers.setdefault(stem, count(2)))
        found = next(each for each in chain((stem,), numbered) if each not in there)
        there.add(found)
        return found

    return free_id


# ---- one entry ----


def place(folder: Path, name: str) -> Place | None:
    """The place where the user adds or changes the entry with this id; in invalid YAML, the line of the fault."""
    # Most files can be skipped without parsing, which takes a second for some thousand entries.
    named = re.compile(rf"""\b(?:id|extends)["']?\s*:\s*["']?{re.escape(name)}(?![\w-])""")
    for path in files(folder):
        file = File(clean(str(path)))
        content = read_text(path, file)
        if content is None or not named.search(content):
            continue
        top = parse(content, file)
        if top is None:
            return Place(path, file.problems[0].line)
        for entry, fields in _entries(top):
            if fields.get("id", fields.get("extends")) == name:
                return Place(path, entry.line)
    return None


def _entries(top: Node) -> Iterator[tuple[Node, dict[str, object]]]:
    """The entries of a file, with their fields."""
    for _, section in top.content.values() if isinstance(top.content, dict) else ():
        for each in section.content if isinstance(section.content, list) else ():
            if isinstance(each.content, dict):
                yield each, {key: value.content for key, (_, value) in each.content.items()}


def extend(folder: Path, catalogue: Catalogue, entry: Entry) -> Place:
    """Write a file that extends a shipped entry, with all fields commented out. Raises OSError, HiproutineError.

    It changes nothing until a field is uncommented.
    """
    if entry.id in ALWAYS_THERE:
        raise HiproutineError(f'"{entry.id}" cannot be changed')
    return _written(folder, entry, writer.changing(catalogue, entry))


def copy(folder: Path, catalogue: Catalogue, entry: Entry, name: str) -> Place:
    """Write a file with the same entry under another id. Raises OSError."""
    fresh = entry._replace(id=name)
    return _written(folder, fresh, writer.entry_file(catalogue, fresh))


def _written(folder: Path, entry: Entry, text: str) -> Place:
    path = put(folder, f"{type(entry).__name__.lower()}-{entry.id}", text)
    line = next(number for number, line in enumerate(text.splitlines(), 1) if line.startswith("  - "))
    return Place(path, line)


# ---- hidden entries ----


def hide(folder: Path, name: str) -> None:
    """Add the id to the first list `hide` of the files, or to a new one. Raises OSError, HiproutineError."""
    if name in ALWAYS_THERE:
        raise HiproutineError(f'"{name}" cannot be hidden')
    for path, content, _ in _hiding(folder):
        _change(path, content, edit.with_item, name)
        return
    put(folder, "hidden", _HIDDEN.format(name=edit.scalar(name)))


def show(folder: Path, name: str) -> None:
    """Remove the id from every list `hide`. Raises OSError, HiproutineError."""
    for path, content, names in _hiding(folder):
        if name in names:
            _change(path, content, edit.without_item, name)


def _hiding(folder: Path) -> Iterator[tuple[Path, str, list[object]]]:
    """The files with a `hide` list, with their text and the hidden ids."""
    for path in files(folder):
        file = File(clean(str(path)))
        content = read_text(path, file)
        top = parse(content, file) if content and "hide" in content else None
        if content and top and isinstance(top.content, dict) and "hide" in top.content:
            _, listing = top.content["hide"]
            if isinstance(listing.content, list):
                yield path, content, [each.content for each in listing.content]


def _change(path: Path, content: str, change: Callable[[str, str, str], str], name: str) -> None:
    try:
        changed = change(content, "hide", name)
    except edit.Refused:
        raise HiproutineError(
            f"{clean(str(path))}: its `hide` list cannot be edited automatically; edit it by hand"
        ) from None
    write_text(path, changed)
