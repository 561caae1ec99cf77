"""YAML files to a Catalogue: what each field may hold, and that every reference leads somewhere."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from hiproutine import links
from hiproutine.catalogue.model import Card, Catalogue, Exercise, Link, Part, Routine, Source, Step, Video
from hiproutine.catalogue.prescription import KINDS, Effort, Prescription
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
from hiproutine.errors import nearest
from hiproutine.text import clean
from hiproutine.yamlnodes import (
    UNREAD,
    Fields,
    File,
    FileProblems,
    Node,
    Reader,
    identifier,
    is_read,
    optional,
    pairs_of,
    parse,
    read_text,
    text,
    tuple_of,
    whole,
    word_of,
)

LONGEST_S = 3600
# `show`, `start` and the Library find these by id alone, so no two may share one.
_NAMED = {"exercises", "routines", "cards", "videos"}
_VIDEO_ID = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


class _Reference(NamedTuple):
    """A word in a file that must be the id of an entry of `section`."""

    file: File
    place: Node
    section: str
    id: str


class _Shelf:
    """The entries read so far, where they stand, and what they refer to; checked across files at the end."""

    def __init__(self, known: Catalogue) -> None:
        self.entries: dict[str, dict[str, Any]] = {
            section: dict(getattr(known, section)) for section in Catalogue._fields
        }
        self._fields: dict[tuple[str, str], Fields] = {}
        self._references: list[_Reference] = []

    def refer(self, section: str, read: Reader[str] = identifier) -> Reader[str]:
        """An id that must exist in `section` once everything is read."""

        def read_reference(node: Node, file: File) -> str:
            found = read(node, file)
            if is_read(found):
                self._references.append(_Reference(file, node, section, found))
            return found

        return read_reference

    def put(self, section: str, read: "Callable[[Fields, _Shelf], Any]") -> Reader[None]:
        """Reads an entry and keeps it; one with a fault is reported and left out."""

        def read_entry(node: Node, file: File) -> None:
            faults = len(file.problems)
            fields = Fields(node, file)
            entry = read(fields, self)
            fields.close()
            if not is_read(entry.id):
                return
            first = self._fields.setdefault((section, entry.id), fields)
            if first is not fields:
                place = f"{first.file.name}:{first.node.line}"
                file.report(fields.place("id"), f'the id "{entry.id}" is taken ({place})')
            for other in _NAMED - {section}:
                if section in _NAMED and entry.id in self.entries[other]:
                    file.report(fields.place("id"), f'the id "{entry.id}" is taken (by one of the {other})')
            if len(file.problems) == faults:
                self.entries[section][entry.id] = entry

        return read_entry

    def check(self) -> None:
        """Reports references that lead nowhere, and easier or harder variants that are not."""
        for file, place, section, found in self._references:
            if found not in self.entries[section] and (section, found) not in self._fields:
                hint = nearest(found, list(self.entries[section]))
                file.report(place, f'there is no {section[:-1]} "{found}"{hint}')
        self._check_variants(self.entries["exercises"])

    def _check_variants(self, exercises: dict[str, Exercise]) -> None:
        for (section, name), fields in self._fields.items():
            if section != "exercises" or name not in exercises:
                continue
            level = exercises[name].level
            for key, sign in (("easier", 1), ("harder", -1)):
                for other in getattr(exercises[name], key):
                    its = exercises[other].level if other in exercises else level
                    if sign * (its - level) > 0:
                        fields.file.report(fields.place(key), f'"{other}" is of level {its}, not {key} than {level}')
            if name in _reachable(exercises, name):
                fields.file.report(fields.place("easier"), f'"{name}" is easier than itself, by way of its variants')


def _reachable(exercises: dict[str, Exercise], start: str) -> set[str]:
    """Everything that is easier than `start`, however many steps away, as far as the levels agree."""
    found: set[str] = set()
    ahead = [start]
    while ahead:
        known = exercises[ahead.pop()]
        easier = {each for each in known.easier if each in exercises and exercises[each].level <= known.level}
        ahead += easier - found
        found |= easier
    return found


def read(paths: Iterable[Path], known: Catalogue | None = None) -> Catalogue:
    """The catalogue that the files make together, laid over `known` if that is given.

    Raises FileProblems with every problem of every file, in the order of the files.
    """
    shelf = _Shelf(known or Catalogue({}, {}, {}, {}, {}))
    files: list[tuple[File, Fields]] = []
    problems: list[File] = []
    for path in paths:
        file = File(clean(str(path)))
        problems.append(file)
        content = read_text(path, file)
        top = parse(content, file) if content is not None else None
        if top is not None:
            files.append((file, Fields(top, file)))
    # Routines change prescriptions, so the exercises of all files come before the routines of any.
    for section, read_entry in _SECTIONS.items():
        for _, fields in files:
            fields.take(section, tuple_of(shelf.put(section, read_entry), most=100_000), default=())
    for _, fields in files:
        fields.close()
    shelf.check()
    found = [problem for file in problems for problem in sorted(file.problems, key=lambda p: (p.line, p.column))]
    if found:
        raise FileProblems(found)
    return Catalogue(**{section: shelf.entries[section] for section in Catalogue._fields})


# ---- values ----


def _video_id(node: Node, file: File) -> str:
    if isinstance(node.content, str) and len(node.content) == 11 and _VIDEO_ID.issuperset(node.content):
        return node.content
    return file.report(node, "a video id is expected here: 11 letters, digits, hyphens or underscores, in quotes")


def _url(node: Node, file: File) -> str:
    address = text(node, file)
    if is_read(address) and (problem := links.problem(address)):
        return file.report(node, f"the address {problem}")
    return address


def _effort(node: Node, file: File) -> Effort:
    pair = tuple_of(whole(0, 100), 2, 2)(node, file)
    if not is_read(pair) or UNREAD in pair:
        return UNREAD
    if pair[0] > pair[1]:
        return file.report(node, "an effort is [start, ceiling] in per cent, the smaller first")
    return pair[0], pair[1]


def _beat(node: Node, file: File) -> tuple[str, int]:
    if not isinstance(node.content, list) or len(node.content) != 2:
        return file.report(node, "a beat of the tempo is [what to do, seconds]")
    return text(node.content[0], file), whole(1, LONGEST_S)(node.content[1], file)


def _choice(node: Node, file: File) -> tuple[str, ...]:
    words = text(node, file)
    if not is_read(words):
        return UNREAD
    one = word_of(EQUIPMENT)
    return tuple(one(node._replace(content=word.strip()), file) for word in words.split(" or "))


_COUNT = whole(1, 100)
_SECONDS = whole(1, LONGEST_S)
_PAUSE = whole(0, LONGEST_S)
_SENTENCES = tuple_of(text)
_SOME_SENTENCES = tuple_of(text, fewest=1)

# How each field of a prescription is read; the fields that a kind has are those of its type.
_PRESCRIPTION: dict[str, Reader[Any]] = {
    "sets": _COUNT,
    "hold_s": _SECONDS,
    "rest_s": _PAUSE,
    "reps": _COUNT,
    "tempo": tuple_of(_beat, fewest=1, most=12),
    "effort_pct": _effort,
    "settle_s": _PAUSE,
    "rounds": _COUNT,
    "contract_s": _SECONDS,
    "relax_s": _SECONDS,
    "deepen_s": _SECONDS,
    "passive_s": _SECONDS,
    "passive_next_s": _SECONDS,
    "ramp_s": _SECONDS,
    "pails_s": _SECONDS,
    "pails_effort_pct": _effort,
    "rails_s": _SECONDS,
    "rails_effort_pct": _effort,
    "reps_per_direction": _COUNT,
    "seconds_per_rep": _SECONDS,
    "tension_pct": _effort,
    "work_s": _SECONDS,
}


def _prescription(node: Node, file: File) -> Prescription:
    fields = Fields(node, file)
    kind = fields.take("kind", word_of(dict.fromkeys(KINDS, "")))
    if not is_read(kind):
        return UNREAD
    made = KINDS[kind]
    values = {
        name: fields.take(
            name, _PRESCRIPTION[name], *([made._field_defaults[name]] if name in made._field_defaults else [])
        )
        for name in made._fields
    }
    fields.close()
    return made(**values)


# ---- entries ----


def _source(fields: Fields, _: _Shelf) -> Source:
    return Source(
        id=fields.take("id", text),
        title=fields.take("title", text),
        says=fields.take("says", text),
        grade=fields.take("grade", text),
        read=fields.take("read", word_of(READ)),
    )


def _video(fields: Fields, _: _Shelf) -> Video:
    found = fields.take("id", _video_id)
    return Video(
        id=found,
        url=fields.take("url", _url, default=f"https://www.youtube.com/watch?v={found}"),
        section=fields.take("section", text),
        caption=fields.take("caption", optional(text)),
        note=fields.take("note", optional(text), default=None),
        established=fields.take("established", _SENTENCES, default=()),
        likely=fields.take("likely", _SENTENCES, default=()),
    )


def _links(fields: Fields, shelf: _Shelf, key: str) -> tuple[Link, ...]:
    pairs = fields.take(key, pairs_of(shelf.refer("videos", _video_id), word_of(STRENGTHS)), default=())
    return tuple(Link(video, strength) for video, strength in pairs) if is_read(pairs) else UNREAD


def _exercise(fields: Fields, shelf: _Shelf) -> Exercise:
    others = tuple_of(shelf.refer("exercises"))
    conditions = tuple_of(word_of(CONDITIONS))
    return Exercise(
        id=fields.take("id", identifier),
        name=fields.take("name", text),
        aliases=fields.take("aliases", _SENTENCES, default=()),
        category=fields.take("category", word_of(CATEGORIES)),
        level=fields.take("level", whole(min(LEVELS), max(LEVELS))),
        position=fields.take("position", word_of(POSITIONS)),
        setup_s=fields.take("setup_s", whole(0, 60), default=0),
        sides=fields.take("sides", word_of(SIDES)),
        side_is=fields.take("side_is", optional(text), default=None),
        areas=fields.take("areas", tuple_of(word_of(AREAS), fewest=1)),
        muscles=fields.take("muscles", tuple_of(word_of(MUSCLES), fewest=1)),
        equipment=fields.take("equipment", tuple_of(_choice)),
        optional=fields.take("optional", tuple_of(_choice), default=()),
        prescription=fields.take("prescription", _prescription),
        evidence=fields.take("evidence", tuple_of(shelf.refer("sources", text))),
        setup=fields.take("setup", _SOME_SENTENCES),
        cues=fields.take("cues", _SOME_SENTENCES),
        mistakes=fields.take("mistakes", _SENTENCES, default=()),
        stop_if=fields.take("stop_if", _SENTENCES, default=()),
        avoid=fields.take("avoid", conditions, default=()),
        caution=fields.take("caution", conditions, default=()),
        easier=fields.take("easier", others, default=()),
        harder=fields.take("harder", others, default=()),
        videos=_links(fields, shelf, "videos"),
    )


def _step(shelf: _Shelf) -> Reader[Step]:
    def read_step(node: Node, file: File) -> Step:
        fields = Fields(node, file)
        name = fields.take("exercise", shelf.refer("exercises"))
        changes = fields.take("set", _changes(shelf.entries["exercises"].get(name)), default={})
        fields.close()
        exercise = shelf.entries["exercises"].get(name)
        if exercise is None or not is_read(changes):
            return UNREAD
        return Step(name, exercise.prescription._replace(**changes))

    return read_step


def _changes(exercise: Exercise | None) -> Reader[dict[str, Any]]:
    """Fields of the exercise's prescription with other values."""

    def read_changes(node: Node, file: File) -> dict[str, Any]:
        if exercise is None:
            return UNREAD
        fields = Fields(node, file)
        present = fields.keys()
        known = exercise.prescription._fields
        changes = {name: fields.take(name, _PRESCRIPTION[name], default=None) for name in known}
        fields.close()
        return {name: value for name, value in changes.items() if name in present}

    return read_changes


def _routine(fields: Fields, shelf: _Shelf) -> Routine:
    return Routine(
        id=fields.take("id", identifier),
        name=fields.take("name", text),
        honest=fields.take("honest", optional(text), default=None),
        why=fields.take("why", text),
        not_for=fields.take("not_for", optional(text), default=None),
        goes_with=_links(fields, shelf, "goes_with"),
        steps=fields.take("steps", tuple_of(_step(shelf), fewest=1, most=100)),
    )


def _part(node: Node, file: File) -> Part:
    fields = Fields(node, file)
    part = Part(fields.take("heading", optional(text), default=None), fields.take("points", _SOME_SENTENCES))
    fields.close()
    return part


def _card(fields: Fields, shelf: _Shelf) -> Card:
    return Card(
        id=fields.take("id", identifier),
        name=fields.take("name", text),
        evidence=fields.take("evidence", tuple_of(shelf.refer("sources", text)), default=()),
        videos=_links(fields, shelf, "videos"),
        parts=fields.take("parts", tuple_of(_part, fewest=1)),
    )


_SECTIONS: dict[str, Callable[[Fields, _Shelf], Any]] = {
    "sources": _source,
    "videos": _video,
    "exercises": _exercise,
    "routines": _routine,
    "cards": _card,
}
