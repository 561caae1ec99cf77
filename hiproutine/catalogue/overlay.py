"""Merging of catalogue files: own ones overlaid on shipped ones, with `extends`, `hide` and references."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from hiproutine.catalogue.conditions import graded
from hiproutine.catalogue.model import Catalogue, Core, Exercise, Link, Programme, Routine, Step, Video, caption
from hiproutine.catalogue.reader import ID_OF, SECTIONS, video_id
from hiproutine.catalogue.search import Entry, named
from hiproutine.catalogue.variants import check_variants, circular
from hiproutine.text import clean
from hiproutine.yaml.nodes import (
    MOST_NODES,
    MOST_PROBLEMS,
    UNREAD,
    Fields,
    File,
    FileProblems,
    Hints,
    Node,
    Outline,
    Problem,
    Reader,
    decode,
    identifier,
    is_read,
    parse,
    read_text,
    takes,
    text,
    tuple_of,
    uncollected,
)

LARGEST_FROM_OTHERS = 1024 * 1024
_FROM_OTHERS = ("videos", "exercises", "routines", "programmes")
NAMED = {"exercises", "routines", "programmes", "cards", "videos"}
"""The sections that share one namespace, and whose entries may be extended and hidden."""
ALWAYS_THERE = {"edu-red-flags"}
"""Entries that own files cannot change or hide: the warning signs are shown before the first session."""

Tell = Callable[[float], None]
"""Progress callback: called with the completed fraction, 0 to 1."""
_PARSING = 2 / 3  # of the time that reading takes


class Hidden(NamedTuple):
    """A hidden entry: its name, where it is hidden, and the routines that lose a step."""

    name: str
    file: str
    place: Node
    routines: tuple[Routine, ...]


class Laid(NamedTuple):
    """A catalogue, the problems of the omitted entries, the places of all entries that were read, the hidden ones."""

    catalogue: Catalogue
    problems: tuple[Problem, ...]
    places: Mapping[tuple[str, str], Fields]
    hidden: Mapping[str, Hidden]


class _Reference(NamedTuple):
    """A word of an entry that must be the id of an entry of `section`."""

    owner: Fields
    place: Node
    section: str
    id: str


class Entries:
    """The entries read so far, their places and references; checked across files at the end."""

    def __init__(
        self, known: Catalogue | None, from_others: bool = False, was_read: Callable[[], None] = lambda: None
    ) -> None:
        self.known = known
        self.was_read = was_read
        self.hides: dict[str, tuple[Node, File]] = {}
        self.changing = known is not None and not from_others
        self.entries: dict[str, dict[str, Any]] = {
            section: dict(getattr(known, section)) if known else {} for section in Catalogue._fields
        }
        self.places: dict[tuple[str, str], Fields] = {}
        self._references: list[_Reference] = []
        self._reading: Fields = Outline()
        self._waiting: dict[str, list[tuple[Node, File]]] = {}

    def refer(self, section: str, read: Reader[str] = identifier) -> Reader[str]:
        """Return the reader of an id that must exist in `section` once everything is read."""

        @takes(read.schema)
        def read_reference(node: Node, file: File) -> str:
            found = read(node, file)
            if is_read(found) and found not in self.entries[section]:
                self._references.append(_Reference(self._reading, node, section, found))
            return found

        return read_reference

    def tag(self) -> Reader[str]:
        """Return the reader of the tag of a source; an own entry may have an unknown one, which only lint reports."""
        return text if self.known else self.refer("sources", text)

    def put(self, section: str, fields: Fields) -> None:
        """Read the entries of a section and keep them; report and omit those with a fault.

        Of a file with too many faults nothing more is read.
        """

        @takes({})
        def read_entry(node: Node, file: File) -> None:
            if file.faults < MOST_PROBLEMS:
                self._put(section, node, file)
            self.was_read()

        fields.take(section, tuple_of(read_entry, most=100_000), default=())

    def put_waiting(self, section: str) -> None:
        """Read the entries that extend one further down or in a later file."""
        ready = [base for base in self._waiting if base in self.entries[section]]
        for base in ready:  # the list grows: entries just read can be extended
            for node, file in self._waiting.pop(base, ()):
                ready += self._put(section, node, file)
        for node, file in (each for waiting in self._waiting.values() for each in waiting):
            self._put(section, node, file, last=True)
        self._waiting = {}

    def _put(self, section: str, node: Node, file: File, last: bool = False) -> tuple[str, ...]:
        """Read an entry, and return the ids that were kept: one or none."""
        faults = file.faults
        fields = self._reading = Fields(node, file)
        if self.changing and section in NAMED and fields.has("extends") and not self._extend(section, fields, last):
            return ()
        entry = SECTIONS[section](fields, self)
        fields.close()
        if not is_read(entry.id):
            return ()
        self._take_id(section, entry.id, fields)
        # A step without a fault of its own is unread if its exercise has one.
        if file.faults > faults or UNREAD in getattr(entry, "steps", ()):
            return ()
        self.entries[section][entry.id] = graded(entry) if isinstance(entry, Exercise) else entry
        return (entry.id,)

    def _extend(self, section: str, fields: Fields, last: bool) -> bool:
        """Return whether the entry can be read now, because the entry that it extends was read."""
        base = fields.take("extends", ID_OF[section])
        if base in self.entries[section]:
            fields.usual = self.entries[section][base]._asdict()
            return True
        if is_read(base) and not last:
            self._waiting.setdefault(base, []).append((fields.node, fields.file))
        elif is_read(base):
            hint = fields.file.hint(base, self.entries[section])
            fields.file.report(fields.place("extends"), f'there is no {section[:-1]} "{base}"{hint}')
        return False

    def _take_id(self, section: str, name: str, fields: Fields) -> None:
        """Note the place of the entry, and report an id that is taken."""
        first = self.places.setdefault((section, name), fields)
        if first is not fields:
            place = f"{first.file.name}:{first.node.line}"
            fields.file.report(fields.place("id"), f'the id "{name}" is taken ({place})')
        for other in NAMED - {section}:
            if section in NAMED and name in self.entries[other]:
                fields.file.report(fields.place("id"), f'the id "{name}" is taken (by one of the {other})')
        if self.known and name in ALWAYS_THERE:
            fields.file.report(fields.place("id"), f'"{name}" cannot be changed')

    def hidden(self) -> Reader[str]:
        """Return the reader of the id of an entry to hide."""

        @takes(video_id.schema)
        def read_hidden(node: Node, file: File) -> str:
            found = node.content if isinstance(node.content, str) else ""
            if not any(found in self.entries[section] for section in NAMED):
                known = (name for section in NAMED for name in self.entries[section])
                return file.report(node, f'nothing has the id "{clean(found)}"{file.hint(found, known)}')
            if found in ALWAYS_THERE:
                return file.report(node, f'"{found}" cannot be hidden')
            self.hides.setdefault(found, (node, file))
            return found

        return read_hidden

    def check(self) -> None:
        """Omit and report entries whose references lead nowhere or whose variants do not fit."""
        faulty: set[Fields] = set()
        for owner, place, section, found in self._references:
            if found not in self.entries[section] and (section, found) not in self.places:
                hint = owner.file.hint(found, self.entries[section])
                owner.file.report(place, f'there is no {section[:-1]} "{found}"{hint}')
                faulty.add(owner)
        exercises = self.entries["exercises"]
        in_circles = circular(exercises)
        for (section, name), fields in self.places.items():
            if section == "exercises" and name in exercises and check_variants(exercises, in_circles, name, fields):
                faulty.add(fields)
        gone = self._leave_out(faulty)
        routines = ((name, fields) for (section, name), fields in self.places.items() if section == "routines")
        self._leave_out({fields for name, fields in routines if self._needs(name, gone)})

    def _needs(self, name: str, exercises: set[str]) -> bool:
        """Return whether a routine has a step of one of the exercises."""
        routine = self.entries["routines"].get(name)
        return routine is not None and any(step.exercise in exercises for step in routine.steps)

    def _leave_out(self, faulty: set[Fields]) -> set[str]:
        """Replace faulty entries with their earlier versions, and return their ids."""
        gone: set[str] = set()
        for (section, name), fields in self.places.items():
            if fields in faulty and self.entries[section].pop(name, None):
                gone.add(name)
                if before := self.known and getattr(self.known, section).get(name):
                    self.entries[section][name] = before
        return gone


def read(paths: Iterable[Path], known: Catalogue | None = None) -> Catalogue:
    """Return the merged catalogue of the files, overlaid on `known` if given.

    Raises FileProblems with all problems of all files, in file order.
    """
    laid = lay(paths, known)
    if laid.problems:
        raise FileProblems(laid.problems)
    return laid.catalogue


def lay(paths: Iterable[Path], known: Catalogue | None = None, tell: Tell = lambda _: None) -> Laid:
    """Read like `read`, but omit entries with a problem; the entries of `known` that they change stay as they are."""
    hints = Hints()
    files = {File(clean(str(path)), hints): path for path in paths}
    contents = {file: read_text(path, file) for file, path in files.items()}
    parsed = _parsed(contents, _of_whole(tell, 0, _PARSING))
    whole, done = sum(map(_count_entries, parsed.values())), 0
    tell_entries = _of_whole(tell, _PARSING, 1 - _PARSING)

    def was_read() -> None:
        nonlocal done
        done += 1
        if done % 100 == 0:
            tell_entries(done / whole)

    return _lay(list(files), parsed, Entries(known, was_read=was_read), tuple(SECTIONS))


def of_file(path: Path, sentence: str) -> Problem:
    """A problem of a file as a whole."""
    return Problem(clean(str(path)), 1, 1, sentence)


def _parsed(contents: Mapping[File, str | None], tell: Tell) -> dict[File, Node | None]:
    whole = sum(len(content) for content in contents.values() if content) or 1
    before, room = 0, MOST_NODES
    found = {}
    for file, content in contents.items():
        if content is not None:
            found[file] = parse(content, file, _of_whole(tell, before / whole, len(content) / whole), room)
            before, room = before + len(content), max(0, room - file.nodes)
    return found


def _of_whole(tell: Tell, start: float, share: float) -> Tell:
    """Scale a progress callback to the sub-range from `start` to `start + share`."""
    return lambda done: tell(start + share * done)


def _count_entries(top: Node | None) -> int:
    sections = top.content.values() if top and isinstance(top.content, dict) else ()
    return sum(len(node.content) for _, node in sections if isinstance(node.content, list))


def lay_from_others(data: bytes, name: str, known: Catalogue) -> Laid:
    """Read a shared file: complete exercises, routines, programmes and videos, and nothing else."""
    file = File(clean(name))
    content = decode(data, file, LARGEST_FROM_OTHERS)
    parsed = {} if content is None else {file: parse(content, file)}
    return _lay([file], parsed, Entries(known, from_others=True), _FROM_OTHERS)


@uncollected
def _lay(files: Sequence[File], parsed: Mapping[File, Node | None], shelf: Entries, sections: tuple[str, ...]) -> Laid:
    known = shelf.known
    tops = [Fields(top, file) for file, top in parsed.items() if top and (top.content != "" or not shelf.changing)]
    # Routines change prescriptions, so the exercises of all files come before the routines of any.
    for section in sections:
        for fields in tops:
            shelf.put(section, fields)
        shelf.put_waiting(section)
    for fields in tops:
        if shelf.changing:
            fields.take("hide", tuple_of(shelf.hidden()), default=())
        fields.close()
    shelf.check()
    problems = [each for file in files for each in sorted(file.problems, key=lambda p: (p.line, p.column))]
    catalogue = Catalogue(**shelf.entries)
    with_step: dict[str, dict[str, Routine]] = {}
    for name, routine in catalogue.routines.items() if shelf.hides else ():
        for step in routine.steps:
            with_step.setdefault(step.exercise, {})[name] = routine
    # A faulty entry may be hidden as well; then it is gone already.
    hidden = {
        name: Hidden(_called(entry), file.name, place, tuple(with_step.get(name, {}).values()))
        for name, (place, file) in shelf.hides.items()
        if (entry := named(catalogue, name))
    }
    if known:
        catalogue = _settled(catalogue, known, hidden) if hidden or problems or shelf.places else known
    return Laid(catalogue, tuple(problems), shelf.places, hidden)


def _called(entry: Entry) -> str:
    return entry.caption or caption(entry) if isinstance(entry, Video) else entry.name


def _settled(catalogue: Catalogue, known: Catalogue, hidden: Collection[str]) -> Catalogue:
    """Return the catalogue without hidden entries and broken links, and with changed exercises in all routines."""
    named = {
        section: {name: each for name, each in getattr(catalogue, section).items() if name not in hidden}
        for section in NAMED
    }
    exercises, videos = named["exercises"], named["videos"]

    def there(links: tuple[Link, ...]) -> tuple[Link, ...]:
        return tuple(link for link in links if link.video in videos)

    for name, each in exercises.items():
        easier, harder = (tuple(other for other in row if other in exercises) for row in (each.easier, each.harder))
        exercises[name] = each._replace(easier=easier, harder=harder, videos=there(each.videos))
    for name, each in named["cards"].items():
        named["cards"][name] = each._replace(videos=there(each.videos))
    for name, each in list(named["routines"].items()):
        steps = tuple(step for step in each.steps if step.exercise in exercises)
        if each is known.routines.get(name):
            steps = tuple(_changed(step, known.exercises, exercises) for step in steps)
        named["routines"][name] = each._replace(goes_with=there(each.goes_with), steps=steps)
        if not steps:
            del named["routines"][name]
    named["programmes"] = {
        name: _redosed(each, known.exercises, exercises) if each is known.programmes.get(name) else each
        for name, each in catalogue.programmes.items()
        if name not in hidden
    }
    return catalogue._replace(**named)


def _redosed(programme: Programme, before: Mapping[str, Exercise], now: Mapping[str, Exercise]) -> Programme:
    """Return a known programme with the new prescriptions of exercises in its core; what is hidden keeps the old."""

    def redosed(core: Core) -> Core:
        if core.exercise not in now:
            return core
        return core._replace(prescription=_changed(Step(core.exercise, core.prescription), before, now).prescription)

    phases = (phase._replace(core=tuple(map(redosed, phase.core))) for phase in programme.phases)
    return programme._replace(phases=tuple(phases))


def _changed(step: Step, before: Mapping[str, Exercise], now: Mapping[str, Exercise]) -> Step:
    """Return a step of a known routine, with the new prescription of its exercise unless it has its own."""
    old, new = before[step.exercise].prescription, now[step.exercise].prescription
    if not type(old) is type(new) is type(step.prescription):
        return step._replace(prescription=new) if step.prescription == old else step
    own = {name: value for name, value in step.prescription._asdict().items() if value != getattr(old, name)}
    return step._replace(prescription=new._replace(**own))
