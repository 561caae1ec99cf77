"""The parsed catalogue kept beside the files: deletable at any time, never trusted when anything does not match.

Reading 70 exercises costs about 60 ms with the import of yaml; this costs 1. The key is the path, size and time of
every catalogue file and of the code that reads them, so neither an edit nor an upgrade leaves a stale catalogue.
"""

import marshal
import os
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from hiproutine.catalogue.model import Card, Catalogue, Exercise, Link, Part, Routine, Source, Step, Video
from hiproutine.catalogue.prescription import KINDS, Prescription, kind_of
from hiproutine.regular import read_regular

T = TypeVar("T")

_CODE = (Path(__file__).parent, Path(__file__).parent.parent / "yamlnodes.py", Path(__file__).parent.parent / "text.py")


class Loaded(NamedTuple):
    """The catalogue, and what of the user's own files was left out of it: one line a problem."""

    catalogue: Catalogue
    left_out: tuple[str, ...]


def load(folder: Path, cache: Path | None, own: Path | None = None) -> Loaded:
    """The catalogue in `folder` with that in `own` laid over it, out of the file `cache` when that is still true.

    Raises FileProblems for `folder` alone. A cache that cannot be read or written is done without.
    """
    key = _key(folder, own)
    rows = _read(cache, key) if cache else None
    if rows is not None:
        return Loaded(_catalogue(rows[:-1]), rows[-1])
    from hiproutine.catalogue import reading

    catalogue = reading.read(files(folder))
    left_out: tuple[str, ...] = ()
    if own and (paths := files(own)):
        laid = reading.lay(paths, catalogue)
        catalogue, left_out = laid.catalogue, tuple(map(str, laid.problems))
    if cache:
        sections = ({name: marshal.dumps(_row(entry)) for name, entry in section.items()} for section in catalogue)
        _write(cache, key, [*sections, left_out])
    return Loaded(catalogue, left_out)


def files(folder: Path) -> list[Path]:
    """The catalogue files of a folder, in the order of their names; none where there is no folder."""
    return sorted(path for path in folder.glob("*.yaml") if not path.name.startswith("."))


def _key(folder: Path, own: Path | None) -> tuple[Any, ...]:
    stamps = [sys.implementation.cache_tag]
    for place in (folder, *_CODE, own):
        for name in _names(place) if place else ():
            if name.endswith((".yaml", ".py")):
                try:
                    stat = os.stat(name)  # noqa: PTH116 -- thousands of files may be one's own
                    stamps.append(f"{name} {stat.st_size} {stat.st_mtime_ns}")
                except OSError:  # the lock of an editor is a link to nothing
                    stamps.append(name)
    return tuple(stamps)


def _names(place: Path) -> list[str]:
    try:
        return sorted(entry.path for entry in os.scandir(place))
    except OSError:
        return [os.fspath(place)]


def _read(cache: Path, key: tuple[Any, ...]) -> Sequence[Any] | None:
    try:
        data = read_regular(cache)
    except OSError:
        return None
    # The checksum comes before marshal, which may crash on bytes that it did not write.
    if len(data) <= 4 or data[:4] != zlib.crc32(data[4:]).to_bytes(4, "big"):
        return None
    found = marshal.loads(data[4:])  # noqa: S302 -- our own bytes, by the checksum
    return found[1] if isinstance(found, tuple) and found[0] == key else None


def _write(cache: Path, key: tuple[Any, ...], rows: Any) -> None:
    data = marshal.dumps((key, rows))
    fresh = cache.with_name(f"{cache.name}.{os.getpid()}")
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(zlib.crc32(data).to_bytes(4, "big") + data)
        fresh.replace(cache)
    except OSError:
        with suppress(OSError):
            fresh.unlink()


# ---- values to plain tuples and back: marshal knows no NamedTuple ----


def _row(value: Any) -> Any:
    if not isinstance(value, tuple):
        return value
    row = tuple(_row(part) for part in value)
    return (kind_of(value), *row) if isinstance(value, Prescription) else row


def _prescription(row: tuple[Any, ...]) -> Prescription:
    return KINDS[row[0]]._make(row[1:])


def _links(row: tuple[Any, ...]) -> tuple[Link, ...]:
    return tuple(map(Link._make, row))


class _Entries(Mapping[str, T]):
    """The entries of a section, each made when it is asked for: of thousands, the first screen shows four."""

    def __init__(self, rows: dict[str, bytes], make: Callable[[Any], T]) -> None:
        self._rows, self._make = rows, make
        self._made: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        if name not in self._made:
            self._made[name] = self._make(marshal.loads(self._rows[name]))  # noqa: S302 -- part of what was checked
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, name: object) -> bool:
        return name in self._rows


def _catalogue(rows: Sequence[Any]) -> Catalogue:
    makers: tuple[Callable[[Any], Any], ...] = (Source._make, Video._make, _exercise, _routine, _card)
    return Catalogue(*map(_Entries, rows, makers))


def _exercise(row: tuple[Any, ...]) -> Exercise:
    exercise = Exercise._make(row)
    return exercise._replace(prescription=_prescription(row[_PRESCRIPTION]), videos=_links(exercise.videos))


def _routine(row: tuple[Any, ...]) -> Routine:
    routine = Routine._make(row)
    steps = tuple(Step(name, _prescription(prescription)) for name, prescription in row[_STEPS])
    return routine._replace(goes_with=_links(routine.goes_with), steps=steps)


def _card(row: tuple[Any, ...]) -> Card:
    card = Card._make(row)
    return card._replace(videos=_links(card.videos), parts=tuple(map(Part._make, card.parts)))


_PRESCRIPTION = Exercise._fields.index("prescription")
_STEPS = Routine._fields.index("steps")
