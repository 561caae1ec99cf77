"""YAML files to a Catalogue: what each field may hold, and that every reference leads somewhere."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, assert_never

from hiproutine import links
from hiproutine.catalogue import notation
from hiproutine.catalogue.model import (
    Card,
    Catalogue,
    Exercise,
    Link,
    Part,
    Routine,
    Source,
    Step,
    Video,
    caption,
)
from hiproutine.catalogue.prescription import (
    KINDS,
    LONGEST_S,
    MOST_BEATS,
    Effort,
    Field,
    Prescription,
    Sort,
    declared_as,
    usual,
)
from hiproutine.catalogue.search import Entry, named
from hiproutine.catalogue.vocabulary import (
    AREAS,
    CATEGORIES,
    CONDITIONS,
    EQUIPMENT,
    LEVELS,
    MUSCLES,
    POSITIONS,
    READ,
    SIDES,
    STRENGTHS,
)
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
    Schema,
    day,
    decode,
    identifier,
    is_id,
    is_read,
    mapping,
    optional,
    pairs_of,
    parse,
    read_text,
    takes,
    text,
    tuple_of,
    uncollected,
    whole,
    word_of,
)

LARGEST_FROM_OTHERS = 1024 * 1024
_FROM_OTHERS = ("videos", "exercises", "routines")
# `show`, `start` and the Library find these by id alone, so no two may share one.
_NAMED = {"exercises", "routines", "cards", "videos"}
ALWAYS_THERE = {"edu-red-flags"}
"""What nobody's own files may change or hide: the warning signs are shown before the first session."""
YOUTUBE_ID = re.compile("[A-Za-z0-9_-]{11}")


Tell = Callable[[float], None]
"""Is told now and then how much of the work is done, from 0 to 1."""
_PARSING = 2 / 3  # of the time that reading takes


class Hidden(NamedTuple):
    """What is hidden: how it is called, where that is said, and the routines that a step of it falls out of."""

    name: str
    file: str
    place: Node
    routines: tuple[Routine, ...]


class Laid(NamedTuple):
    """A catalogue, the problems of what was left out of it, where the entries that were read stand, what is hidden."""

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


class _Shelf:
    """The entries read so far, where they stand, and what they refer to; checked across files at the end."""

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
        """An id that must exist in `section` once everything is read."""

        @takes(read.schema)
        def read_reference(node: Node, file: File) -> str:
            found = read(node, file)
            if is_read(found) and found not in self.entries[section]:
                self._references.append(_Reference(self._reading, node, section, found))
            return found

        return read_reference

    def tag(self) -> Reader[str]:
        """The tag of a source; among one's own entries one may be unknown, and no more than a warning."""
        return text if self.known else self.refer("sources", text)

    def put(self, section: str, fields: Fields) -> None:
        """Reads the entries of a section and keeps them; each with a fault is reported and left out.

        Of a file with too many faults nothing more is read.
        """

        @takes({})
        def read_entry(node: Node, file: File) -> None:
            if file.faults < MOST_PROBLEMS:
                self._put(section, node, file)
            self.was_read()

        fields.take(section, tuple_of(read_entry, most=100_000), default=())

    def put_waiting(self, section: str) -> None:
        """Reads those that extend an entry which stood further down, or in a later file."""
        ready = [base for base in self._waiting if base in self.entries[section]]
        for base in ready:  # it grows: what was read is there for others
            for node, file in self._waiting.pop(base, ()):
                ready += self._put(section, node, file)
        for node, file in (each for waiting in self._waiting.values() for each in waiting):
            self._put(section, node, file, last=True)
        self._waiting = {}

    def _put(self, section: str, node: Node, file: File, last: bool = False) -> tuple[str, ...]:
        """Reads an entry; the id of it, if it was kept."""
        faults = file.faults
        fields = self._reading = Fields(node, file)
        if self.changing and section in _NAMED and fields.has("extends") and not self._extend(section, fields, last):
            return ()
        entry = _SECTIONS[section](fields, self)
        fields.close()
        if not is_read(entry.id):
            return ()
        self._take_id(section, entry.id, fields)
        # A step is unread without a fault of its own where its exercise is at fault.
        if file.faults > faults or UNREAD in getattr(entry, "steps", ()):
            return ()
        self.entries[section][entry.id] = entry
        return (entry.id,)

    def _extend(self, section: str, fields: Fields, last: bool) -> bool:
        """Whether the entry can be read now: the one that it extends is there."""
        base = fields.take("extends", _ID_OF[section])
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
        """Notes where the entry stands. Reports an id that another one has."""
        first = self.places.setdefault((section, name), fields)
        if first is not fields:
            place = f"{first.file.name}:{first.node.line}"
            fields.file.report(fields.place("id"), f'the id "{name}" is taken ({place})')
        for other in _NAMED - {section}:
            if section in _NAMED and name in self.entries[other]:
                fields.file.report(fields.place("id"), f'the id "{name}" is taken (by one of the {other})')
        if self.known and name in ALWAYS_THERE:
            fields.file.report(fields.place("id"), f'"{name}" cannot be changed')

    def hidden(self) -> Reader[str]:
        """The id of something that is not to be seen any more."""

        @takes(video_id.schema)
        def read_hidden(node: Node, file: File) -> str:
            found = node.content if isinstance(node.content, str) else ""
            if not any(found in self.entries[section] for section in _NAMED):
                known = (name for section in _NAMED for name in self.entries[section])
                return file.report(node, f'nothing has the id "{clean(found)}"{file.hint(found, known)}')
            if found in ALWAYS_THERE:
                return file.report(node, f'"{found}" cannot be hidden')
            self.hides.setdefault(found, (node, file))
            return found

        return read_hidden

    def check(self) -> None:
        """Leaves out what refers to nothing, or to easier or harder variants that are not, and reports it."""
        faulty: set[Fields] = set()
        for owner, place, section, found in self._references:
            if found not in self.entries[section] and (section, found) not in self.places:
                hint = owner.file.hint(found, self.entries[section])
                owner.file.report(place, f'there is no {section[:-1]} "{found}"{hint}')
                faulty.add(owner)
        exercises = self.entries["exercises"]
        circular = _circular(exercises)
        for (section, name), fields in self.places.items():
            if section == "exercises" and name in exercises and _check_variants(exercises, circular, name, fields):
                faulty.add(fields)
        gone = self._leave_out(faulty)
        routines = ((name, fields) for (section, name), fields in self.places.items() if section == "routines")
        self._leave_out({fields for name, fields in routines if self._needs(name, gone)})

    def _needs(self, name: str, exercises: set[str]) -> bool:
        """Whether a routine that was read has a step of one of the exercises."""
        routine = self.entries["routines"].get(name)
        return routine is not None and any(step.exercise in exercises for step in routine.steps)

    def _leave_out(self, faulty: set[Fields]) -> set[str]:
        """Puts what was known before in the place of entries; returns their ids."""
        gone: set[str] = set()
        for (section, name), fields in self.places.items():
            if fields in faulty and self.entries[section].pop(name, None):
                gone.add(name)
                if before := self.known and getattr(self.known, section).get(name):
                    self.entries[section][name] = before
        return gone


def _check_variants(exercises: dict[str, Exercise], circular: set[str], name: str, fields: Fields) -> int:
    """Reports variants of the wrong level, and rounds of them; how many."""
    level, faults = exercises[name].level, fields.file.faults
    for key, sign in (("easier", 1), ("harder", -1)):
        for other in getattr(exercises[name], key):
            its = exercises[other].level if other in exercises else level
            if sign * (its - level) > 0:
                fields.file.report(fields.place(key), f'"{other}" is of level {its}, not {key} than {level}')
    if name in circular:
        fields.file.report(fields.place("easier"), f'"{name}" is easier than itself, by way of its variants')
    return fields.file.faults - faults


def _circular(exercises: dict[str, Exercise]) -> set[str]:
    """Everything that is easier than itself, by however many variants of its own level.

    These are the strongly connected parts, found by Tarjan's search: each variant is looked at once, without recursion.
    """
    found: set[str] = set()
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    part: list[str] = []
    path: list[tuple[str, Iterator[str]]] = []

    def enter(name: str) -> None:
        each = exercises[name]
        same = (other for other in each.easier if other in exercises and exercises[other].level == each.level)
        number[name] = lowest[name] = len(number)
        part.append(name)
        path.append((name, same))

    for start in exercises:
        if start not in number:
            enter(start)
        while path:
            name, ahead = path[-1]
            other = next(ahead, None)
            if other is None:
                path.pop()
                if path:
                    lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[name])
                if lowest[name] == number[name]:
                    whole = _from(part, name)
                    found.update(whole if len(whole) > 1 else set(exercises[name].easier) & {name})
                    number.update(dict.fromkeys(whole, len(exercises)))
            elif other not in number:
                enter(other)
            else:
                lowest[name] = min(lowest[name], number[other])
    return found


def _from(stack: list[str], name: str) -> set[str]:
    """Takes the name off a stack, with all that stands above it."""
    found = {stack.pop()}
    while name not in found:
        found.add(stack.pop())
    return found


def read(paths: Iterable[Path], known: Catalogue | None = None) -> Catalogue:
    """The catalogue that the files make together, laid over `known` if that is given.

    Raises FileProblems with every problem of every file, in the order of the files.
    """
    laid = lay(paths, known)
    if laid.problems:
        raise FileProblems(laid.problems)
    return laid.catalogue


def lay(paths: Iterable[Path], known: Catalogue | None = None, tell: Tell = lambda _: None) -> Laid:
    """The same, but what has a problem is left out: of `known` it leaves what it would have changed."""
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

    return _lay(list(files), parsed, _Shelf(known, was_read=was_read), tuple(_SECTIONS))


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
    """Tells of a part of the work that begins at `start` of the whole and is that `share` of it."""
    return lambda done: tell(start + share * done)


def _count_entries(top: Node | None) -> int:
    sections = top.content.values() if top and isinstance(top.content, dict) else ()
    return sum(len(node.content) for _, node in sections if isinstance(node.content, list))


def lay_from_others(data: bytes, name: str, known: Catalogue) -> Laid:
    """What a file from somebody else would make: whole exercises, routines and videos, and nothing else."""
    file = File(clean(name))
    content = decode(data, file, LARGEST_FROM_OTHERS)
    parsed = {} if content is None else {file: parse(content, file)}
    return _lay([file], parsed, _Shelf(known, from_others=True), _FROM_OTHERS)


@uncollected
def _lay(files: Sequence[File], parsed: Mapping[File, Node | None], shelf: _Shelf, sections: tuple[str, ...]) -> Laid:
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
    # What is at fault may be hidden as well; then it is gone already.
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
    """The catalogue without what is hidden, without links to what is not there, with the changes in all routines."""
    named = {
        section: {name: each for name, each in getattr(catalogue, section).items() if name not in hidden}
        for section in _NAMED
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
    return catalogue._replace(**named)


def _changed(step: Step, before: Mapping[str, Exercise], now: Mapping[str, Exercise]) -> Step:
    """A step of a known routine, with the new prescription of its exercise where it does not name another."""
    old, new = before[step.exercise].prescription, now[step.exercise].prescription
    if not type(old) is type(new) is type(step.prescription):
        return step._replace(prescription=new) if step.prescription == old else step
    own = {name: value for name, value in step.prescription._asdict().items() if value != getattr(old, name)}
    return step._replace(prescription=new._replace(**own))


# ---- values ----


@takes({"anyOf": [{"type": "string", "pattern": f"^{YOUTUBE_ID.pattern}$"}, identifier.schema]})
def video_id(node: Node, file: File) -> str:
    """The 11 characters of YouTube, or an id like any other."""
    if isinstance(node.content, str) and (YOUTUBE_ID.fullmatch(node.content) or is_id(node.content)):
        return node.content
    return file.report(node, "a video id is expected here: the 11 characters of YouTube, in quotes, or an id")


@takes({"type": "string", "pattern": "^https://"})
def _url(node: Node, file: File) -> str:
    address = text(node, file)
    if is_read(address) and (problem := links.problem(address)):
        return file.report(node, f"the address {problem}")
    return address


@takes({"type": "array", "items": whole(0, 100).schema, "minItems": 2, "maxItems": 2})
def _effort(node: Node, file: File) -> Effort:
    pair = tuple_of(whole(0, 100), 2, 2)(node, file)
    if not is_read(pair) or UNREAD in pair:
        return UNREAD
    if pair[0] > pair[1]:
        return file.report(node, "an effort is [start, ceiling] in per cent, the smaller first")
    return pair[0], pair[1]


@takes({"type": "array", "items": [text.schema, whole(1, LONGEST_S).schema], "minItems": 2, "additionalItems": False})
def _beat(node: Node, file: File) -> tuple[str, int]:
    if not isinstance(node.content, list) or len(node.content) != 2:
        return file.report(node, "a beat of the tempo is [what to do, seconds]")
    return text(node.content[0], file), whole(1, LONGEST_S)(node.content[1], file)


@takes({"type": "string", "pattern": f"^({'|'.join(EQUIPMENT)})( or ({'|'.join(EQUIPMENT)}))*$"})
def _choice(node: Node, file: File) -> tuple[str, ...]:
    words = text(node, file)
    if not is_read(words):
        return UNREAD
    one = word_of(EQUIPMENT)
    return tuple(one(node._replace(content=word.strip()), file) for word in words.split(" or "))


_START = optional(whole(1, 24 * 60 * 60))
_SENTENCES = tuple_of(text)
_SOME_SENTENCES = tuple_of(text, fewest=1)


def _field(field: Field) -> Reader[Any]:
    """The reader of a field of a prescription."""
    match field.sort:
        case Sort.COUNT | Sort.TIME:
            return whole(field.lowest, field.highest)
        case Sort.EFFORT:
            return _effort
        case Sort.TEMPO:
            return tuple_of(_beat, fewest=1, most=MOST_BEATS)
        case _:
            assert_never(field.sort)


_PRESCRIPTION = {name: _field(field) for kind in KINDS for name, field in declared_as(kind).fields.items()}


def _whole(kind: str) -> Callable[[Fields], Prescription]:
    """Takes a prescription of that kind with all its fields."""
    made = KINDS[kind]

    def take(fields: Fields) -> Prescription:
        fields.take("kind", word_of({kind: ""}))
        defaults = made._field_defaults
        values = {
            name: fields.take(name, _PRESCRIPTION[name], *([defaults[name]] if name in defaults else []))
            for name in made._fields
        }
        return made(**values)

    return take


_WHOLE = {kind: mapping(_whole(kind)) for kind in KINDS}


_PRESCRIBED = {
    "anyOf": [{"type": "string", "pattern": f"^{notation.PATTERN}$"}, *(read.schema for read in _WHOLE.values())]
}
_CHANGES = {
    "type": "object",
    "additionalProperties": False,
    "properties": {name: read.schema for name, read in _PRESCRIPTION.items()},
}
_CHANGED = {"anyOf": [*_PRESCRIBED["anyOf"], _CHANGES]}


def _prescription(usual: Prescription | None) -> Reader[Prescription]:
    """A whole prescription or a dose in words; where there is a usual one, also a mapping of what changes of it."""

    @takes(_CHANGED if usual else _PRESCRIBED)
    def read_prescription(node: Node, file: File) -> Prescription:
        if isinstance(node.content, str):
            return _dose(node, file, 0, usual)
        fields = Fields(node, file)
        if usual and not fields.has("kind"):
            changes = _changes(usual)(node, file)
            return usual._replace(**changes) if is_read(changes) else UNREAD
        kind = fields.take("kind", word_of(dict.fromkeys(KINDS, "")))
        return _WHOLE[kind](node, file) if is_read(kind) else UNREAD

    return read_prescription


def _dose(node: Node, file: File, start: int, usual: Prescription | None) -> Prescription:
    """The dose that a scalar holds from its character `start` on."""
    try:
        found = notation.read(str(node.content)[start:], usual, file.hint)
    except notation.Fault as fault:
        return file.report(node.at(start + fault.offset), clean(fault.sentence))
    values = {}
    for name, at in found.at.items():
        if (value := getattr(found.prescription, name)) is not None:
            values[name] = _PRESCRIPTION[name](_as_node(value, node.at(start + at)), file)
    return found.prescription._replace(**values) if all(map(is_read, values.values())) else UNREAD


def dose_fault(words: str, usual: Prescription | None) -> str | None:
    """What is wrong with a dose in words, as a sentence."""
    file = File("")
    _dose(Node(words, True, 1, 1), file, 0, usual)
    return file.problems[0].sentence if file.problems else None


def _as_node(value: object, place: Node) -> Node:
    """A value as it would stand in a file."""
    content = [_as_node(each, place) for each in value] if isinstance(value, tuple) else str(value)
    return place._replace(content=content, plain=True)


def _changes(usual: Prescription | None) -> Reader[dict[str, Any]]:
    """Fields of a prescription with other values."""

    @takes({})
    def read_changes(node: Node, file: File) -> dict[str, Any]:
        if usual is None:
            return UNREAD
        fields = Fields(node, file)
        changes = {name: fields.take(name, _PRESCRIPTION[name], default=None) for name in usual._fields}
        fields.close()
        return {name: value for name, value in changes.items() if fields.has(name)}

    return read_changes


# ---- entries ----


def _source(fields: Fields, _: _Shelf) -> Source:
    return Source(
        id=fields.take("id", text),
        title=fields.take("title", text),
        says=fields.take("says", text),
        grade=fields.take("grade", text),
        read=fields.take("read", word_of(READ)),
    )


def _video(fields: Fields, shelf: _Shelf) -> Video:
    found = fields.take("id", video_id)
    known = [f"https://www.youtube.com/watch?v={found}"] if not is_read(found) or YOUTUBE_ID.fullmatch(found) else []
    return Video(
        id=found,
        url=fields.take("url", _url, *known),
        section=fields.take("section", text),
        caption=fields.take("caption", optional(text)),
        note=fields.take("note", optional(text), default=None),
        established=fields.take("established", _SENTENCES, default=()),
        likely=fields.take("likely", _SENTENCES, default=()),
        checked=fields.take("checked", optional(day), default=None),
        start_s=fields.take("start_s", _START, default=None),
        own=shelf.known is not None and (fields.has("caption") or fields.usual.get("own", True)),
    )


_STRENGTH = word_of(STRENGTHS)
_STRENGTH_AND_START = mapping(
    lambda fields: Link("", fields.take("strength", _STRENGTH), fields.take("start_s", _START, default=None))
)


@takes({"anyOf": [_STRENGTH.schema, _STRENGTH_AND_START.schema]})
def _link(node: Node, file: File) -> Link:
    """A link whose video is named elsewhere: how surely, or that and the second to begin at."""
    return _STRENGTH_AND_START(node, file) if isinstance(node.content, dict) else Link("", _STRENGTH(node, file))


def _links(fields: Fields, shelf: _Shelf, key: str) -> tuple[Link, ...]:
    found: Any = fields.take(key, pairs_of(shelf.refer("videos", video_id), _link), default=())
    if not is_read(found) or not fields.has(key):
        return found  # those of the entry that this one extends are links already
    return tuple(link._replace(video=video) for video, link in found)


# Made once: an own catalogue may hold thousands of exercises.
_TEXT = optional(text)
_DAY = optional(day)
_CATEGORY = word_of(CATEGORIES)
_LEVEL = whole(min(LEVELS), max(LEVELS))
_POSITION = word_of(POSITIONS)
_SETUP_S = whole(0, 60)
_SIDE = word_of(SIDES)
_AREAS = tuple_of(word_of(AREAS), fewest=1)
_MUSCLES = tuple_of(word_of(MUSCLES))
_CHOICES = tuple_of(_choice)
_CONDITIONS = tuple_of(word_of(CONDITIONS))


def _exercise(fields: Fields, shelf: _Shelf) -> Exercise:
    others = tuple_of(shelf.refer("exercises"))
    setup = fields.take("setup", _SOME_SENTENCES)
    return Exercise(
        id=fields.take("id", identifier),
        name=fields.take("name", text),
        aliases=fields.take("aliases", _SENTENCES, default=()),
        category=fields.take("category", _CATEGORY),
        level=fields.take("level", _LEVEL, default=1),
        position=fields.take("position", _POSITION),
        setup_s=fields.take("setup_s", _SETUP_S, default=0),
        sides=fields.take("sides", _SIDE),
        side_is=fields.take("side_is", _TEXT, default=None),
        areas=fields.take("areas", _AREAS),
        muscles=fields.take("muscles", _MUSCLES, default=()),
        equipment=fields.take("equipment", _CHOICES, default=()),
        optional=fields.take("optional", _CHOICES, default=()),
        prescription=fields.take("prescription", _prescription(fields.usual.get("prescription"))),
        evidence=fields.take("evidence", tuple_of(shelf.tag()), default=()),
        setup=setup,
        cues=fields.take("cues", _SOME_SENTENCES, default=setup),
        mistakes=fields.take("mistakes", _SENTENCES, default=()),
        stop_if=fields.take("stop_if", _SENTENCES, default=()),
        avoid=fields.take("avoid", _CONDITIONS, default=()),
        caution=fields.take("caution", _CONDITIONS, default=()),
        easier=fields.take("easier", others, default=()),
        harder=fields.take("harder", others, default=()),
        videos=_links(fields, shelf, "videos"),
        **_given(fields),
    )


def _given(fields: Fields) -> dict[str, str | None]:
    """Who gave an exercise or a routine, what they said of it, and the last day that it is meant for."""
    readers = {"prescribed_by": _TEXT, "notes": _TEXT, "until": _DAY}
    return {name: fields.take(name, read, default=None) for name, read in readers.items()}


# A line such as `glute-bridge 2x10 @2-2-3`, or the exercise and what changes of its prescription.
_STEP = {
    "anyOf": [
        {"type": "string", "pattern": f"^[a-z0-9][a-z0-9-]{{0,63}}( +{notation.PATTERN})?$"},
        {
            "type": "object",
            "additionalProperties": False,
            "required": ["exercise"],
            "properties": {"exercise": identifier.schema, "set": _CHANGES},
        },
    ]
}


def _step(shelf: _Shelf) -> Reader[Step]:
    @takes(_STEP)
    def read_step(node: Node, file: File) -> Step:
        if isinstance(node.content, str):
            return read_line(node, node.content, file)
        fields = Fields(node, file)
        name = fields.take("exercise", shelf.refer("exercises"))
        exercise = shelf.entries["exercises"].get(name)
        usual = exercise.prescription if exercise else None
        changes = fields.take("set", _changes(usual), default={})
        fields.close()
        return Step(name, usual._replace(**changes)) if usual and is_read(changes) else UNREAD

    def read_line(node: Node, line: str, file: File) -> Step:
        word, _, words = line.partition(" ")
        name = shelf.refer("exercises")(node.at(0)._replace(content=word), file)
        exercise = shelf.entries["exercises"].get(name)
        if exercise is None:
            return UNREAD
        start = len(line) - len(words.lstrip())
        prescription = _dose(node, file, start, exercise.prescription) if words else exercise.prescription
        return Step(name, prescription) if is_read(prescription) else UNREAD

    return read_step


def _routine(fields: Fields, shelf: _Shelf) -> Routine:
    return Routine(
        id=fields.take("id", identifier),
        name=fields.take("name", text),
        honest=fields.take("honest", optional(text), default=None),
        why=fields.take("why", text),
        not_for=fields.take("not_for", optional(text), default=None),
        goes_with=_links(fields, shelf, "goes_with"),
        steps=fields.take("steps", tuple_of(_step(shelf), fewest=1, most=100)),
        **_given(fields),
    )


def _part(fields: Fields) -> Part:
    return Part(fields.take("heading", optional(text), default=None), fields.take("points", _SOME_SENTENCES))


def _card(fields: Fields, shelf: _Shelf) -> Card:
    return Card(
        id=fields.take("id", identifier),
        name=fields.take("name", text),
        evidence=fields.take("evidence", tuple_of(shelf.tag()), default=()),
        videos=_links(fields, shelf, "videos"),
        parts=fields.take("parts", tuple_of(mapping(_part), fewest=1)),
    )


_SECTIONS: dict[str, Callable[[Fields, _Shelf], Any]] = {
    "sources": _source,
    "videos": _video,
    "exercises": _exercise,
    "routines": _routine,
    "cards": _card,
}

_ID_OF: dict[str, Reader[str]] = {"videos": video_id} | dict.fromkeys(("exercises", "routines", "cards"), identifier)


def outlines() -> dict[str, tuple[Schema, Schema | None]]:
    """The JSON Schemas of the entries of each section: of a whole one, and of one that extends another."""
    shelf = _Shelf(None)
    before = dict.fromkeys((*Exercise._fields, *Routine._fields, *Video._fields, *Card._fields), usual("hold"))
    found: dict[str, tuple[Schema, Schema | None]] = {}
    for section, read_entry in _SECTIONS.items():
        entry, extending = Outline(), Outline(before)
        read_entry(entry, shelf)
        extending.take("extends", _ID_OF.get(section, text))
        read_entry(extending, shelf)
        found[section] = entry.schema, extending.schema if section in _NAMED else None
    return found
