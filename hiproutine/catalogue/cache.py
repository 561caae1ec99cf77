"""The cache of the parsed catalogue: deletable at any time, and ignored if anything does not match.

Reading 102 exercises takes about 140 ms with the import of yaml; this takes 1. The key is the path and the stamp of
every catalogue file and of the code that reads them, so neither an edit nor an upgrade leaves a stale catalogue.
"""

import marshal
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from hiproutine import cache as caching
from hiproutine.catalogue.folder import listing
from hiproutine.catalogue.mechanics import Mechanics
from hiproutine.catalogue.model import (
    Advance,
    Card,
    Catalogue,
    Core,
    Exercise,
    Link,
    Part,
    Phase,
    Programme,
    Routine,
    Source,
    Step,
    Video,
)
from hiproutine.catalogue.prescription import KINDS, Prescription, kind_of
from hiproutine.errors import HiproutineError
from hiproutine.text import counted

T = TypeVar("T")

_HERE = Path(__file__).parent
_CODE = (_HERE, _HERE / "rules", _HERE.parent / "yaml", _HERE.parent / "text.py")


class Loaded(NamedTuple):
    """The catalogue, the problems of the user's own files, one line each, and the hidden entries by id."""

    catalogue: Catalogue
    problems: tuple[str, ...]
    hidden: Mapping[str, str]

    @property
    def told(self) -> str:
        """A sentence on the number of problems; empty if there are none."""
        count = len(self.problems)
        problems = counted(count, "problem")
        return f"Your catalogue has {problems}; see `hiproutine check`." if count else ""


def load(
    folder: Path, cache: Path | None, own: Path | None = None, tell: Callable[[float], None] = lambda _: None
) -> Loaded:
    """Return the catalogue in `folder` overlaid with that in `own`, from the file `cache` if it is still valid.

    Otherwise `tell` is called with the completed fraction, 0 to 1. A cache that cannot be read or written is ignored.
    Raises HiproutineError for `folder` only.
    """
    key = _key(folder, own)
    before = caching.read(cache) if cache else None
    if isinstance(before, tuple) and before[0] == key:
        *rows, problems, hidden = before[1]
        return Loaded(_catalogue(rows), problems, hidden)
    from hiproutine.catalogue import overlay

    catalogue = overlay.read(shipped_files(folder))
    problems, hidden = (), {}
    if own and any((found := listing(own))[:2]):
        laid = overlay.lay(found.read, catalogue, tell)
        problems = (*(overlay.of_file(*copy) for copy in found.copies.items()), *laid.problems)
        catalogue, problems = laid.catalogue, tuple(map(str, problems))
        hidden = {name: each.name for name, each in laid.hidden.items()}
    if cache:
        sections = ({name: marshal.dumps(_row(entry)) for name, entry in section.items()} for section in catalogue)
        caching.write(cache, (key, [*sections, problems, hidden]))
    return Loaded(catalogue, problems, hidden)


def shipped_files(folder: Path) -> list[Path]:
    """The catalogue files that came with the program. Raises HiproutineError if there are none."""
    found = files(folder)
    if not found:
        raise HiproutineError(f"the catalogue is missing from this installation ({folder}); install hiproutine again")
    return found


def files(folder: Path) -> list[Path]:
    """The catalogue files of a folder, sorted by name; none if it does not exist."""
    return list(listing(folder).read)


def _key(folder: Path, own: Path | None) -> tuple[Any, ...]:
    found = [listing(place) for place in (folder, own) if place]
    code = (name for place in _CODE for name in _names(place) if name.endswith(".py"))
    stamped = (*code, *(os.fspath(path) for each in found for path in each.read))
    copies = (os.fspath(path) for each in found for path in each.copies)
    return sys.implementation.cache_tag, *((name, caching.stamp(name)) for name in stamped), *copies


def _names(place: Path) -> list[str]:
    try:
        return sorted(entry.path for entry in os.scandir(place))
    except OSError:
        return [os.fspath(place)]


# ---- conversion to plain tuples and back: marshal does not support NamedTuple ----


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
    """The entries of a section, each decoded when accessed: of thousands, the first screen shows four."""

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
    makers: tuple[Callable[[Any], Any], ...] = (Source._make, Video._make, _exercise, _routine, _card, _programme)
    return Catalogue(*map(_Entries, rows, makers))


def _exercise(row: tuple[Any, ...]) -> Exercise:
    cells = list(row)
    cells[_PRESCRIPTION] = _prescription(row[_PRESCRIPTION])
    cells[_VIDEOS] = _links(row[_VIDEOS])
    cells[_MECH] = row[_MECH] and Mechanics._make(row[_MECH])
    return Exercise._make(cells)


def _routine(row: tuple[Any, ...]) -> Routine:
    routine = Routine._make(row)
    steps = tuple(Step(name, _prescription(prescription)) for name, prescription in row[_STEPS])
    return routine._replace(goes_with=_links(routine.goes_with), steps=steps)


def _card(row: tuple[Any, ...]) -> Card:
    card = Card._make(row)
    return card._replace(videos=_links(card.videos), parts=tuple(map(Part._make, card.parts)))


def _programme(row: tuple[Any, ...]) -> Programme:
    programme = Programme._make(row)
    return programme._replace(phases=tuple(map(_phase, programme.phases)), advance=Advance._make(programme.advance))


def _phase(row: tuple[Any, ...]) -> Phase:
    phase = Phase._make(row)
    return phase._replace(core=tuple(Core(name, _prescription(dose), days) for name, dose, days in phase.core))


_PRESCRIPTION = Exercise._fields.index("prescription")
_VIDEOS = Exercise._fields.index("videos")
_MECH = Exercise._fields.index("mech")
_STEPS = Routine._fields.index("steps")
