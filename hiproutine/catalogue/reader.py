"""The values of one catalogue file: what each field of an entry may hold."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Protocol, assert_never

from hiproutine import links
from hiproutine.catalogue import loads, notation
from hiproutine.catalogue.conditions import CONDITIONS
from hiproutine.catalogue.mechanics import DEGREES, EFFORTS, GROUPS, IMPACTS, TAGS, Mechanics
from hiproutine.catalogue.model import (
    LONGEST_SHORT,
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
from hiproutine.catalogue.prescription import (
    KINDS,
    LONGEST_S,
    MOST_BEATS,
    Effort,
    Field,
    Prescription,
    Sort,
    declared_as,
)
from hiproutine.catalogue.vocabulary import (
    AREAS,
    CATEGORIES,
    EQUIPMENT,
    LEVELS,
    LOADS,
    MUSCLES,
    POSITIONS,
    READ,
    ROUTINES,
    SESSION,
    SIDES,
    STRENGTHS,
    TESTS,
)
from hiproutine.text import clean
from hiproutine.yaml.nodes import (
    UNREAD,
    Fields,
    File,
    Node,
    Reader,
    Schema,
    day,
    decimal,
    identifier,
    is_id,
    is_read,
    mapping,
    optional,
    pairs_of,
    takes,
    text,
    tuple_of,
    whole,
    word_of,
)

YOUTUBE_ID = re.compile("[A-Za-z0-9_-]{11}")


class Shelf(Protocol):
    """The entries read so far, for the references of one entry to the others."""

    @property
    def known(self) -> Catalogue | None:
        """The shipped catalogue, where entries of a user are read."""

    @property
    def entries(self) -> Mapping[str, Mapping[str, Any]]:
        """The entries of each section, by id."""

    def refer(self, section: str, read: Reader[str] = identifier) -> Reader[str]:
        """Return the reader of an id that must exist in `section` once everything is read."""

    def tag(self) -> Reader[str]:
        """Return the reader of the tag of a source."""


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


@takes(text.schema | {"maxLength": LONGEST_SHORT})
def _short(node: Node, file: File) -> str:
    words = text(node, file)
    if is_read(words) and len(words) > LONGEST_SHORT:
        return file.report(node, f"a short name has at most {LONGEST_SHORT} characters, not {len(words)}")
    return words


_START = optional(whole(1, 24 * 60 * 60))
_SENTENCES = tuple_of(text)
_SOME_SENTENCES = tuple_of(text, fewest=1)
_WAYS = tuple_of(text, 0, 2)


@takes({"type": "string", "pattern": f"^{loads.PATTERN}$"})
def _added(node: Node, file: File) -> str:
    words = text(node, file)
    if is_read(words) and not (words := loads.read(words) or ""):
        return file.report(node, "a load such as 4 kg or red band is expected here")
    return words


def _field(field: Field) -> Reader[Any]:
    """The reader of a field of a prescription."""
    match field.sort:
        case Sort.COUNT | Sort.TIME:
            return whole(field.lowest, field.highest)
        case Sort.EFFORT:
            return _effort
        case Sort.TEMPO:
            return tuple_of(_beat, fewest=1, most=MOST_BEATS)
        case Sort.LOAD:
            return optional(_added)
        case _:
            assert_never(field.sort)


_PRESCRIPTION = {name: _field(field) for kind in KINDS for name, field in declared_as(kind).fields.items()}


def _whole(kind: str) -> Callable[[Fields], Prescription]:
    """Return a function that reads a whole prescription of that kind."""
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
    """The fault of a dose in words, as a sentence; None if there is none."""
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


def _source(fields: Fields, _: Shelf) -> Source:
    return Source(
        id=fields.take("id", text),
        title=fields.take("title", text),
        says=fields.take("says", text),
        grade=fields.take("grade", text),
        read=fields.take("read", word_of(READ)),
    )


def _video(fields: Fields, shelf: Shelf) -> Video:
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


def _links(fields: Fields, shelf: Shelf, key: str) -> tuple[Link, ...]:
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


_SHORT = optional(_short)
_FAMILY = optional(identifier)
_LOAD = optional(word_of(LOADS))
_DEGREES = {name: whole(0, most) for name, most in DEGREES.items()}
_EFFORT = word_of(EFFORTS)
_IMPACT = word_of(IMPACTS)
_GROUPS = tuple_of(word_of(GROUPS))
_TAGS = tuple_of(word_of(TAGS))


def _mechanics(fields: Fields) -> Mechanics:
    return Mechanics(
        **{name: fields.take(name, read) for name, read in _DEGREES.items()},
        effort=fields.take("effort", _EFFORT),
        impact=fields.take("impact", _IMPACT, default="none"),
        lengthens=fields.take("lengthens", _GROUPS, default=()),
        loads=fields.take("loads", _GROUPS, default=()),
        tags=fields.take("tags", _TAGS, default=()),
    )


_MECH = optional(mapping(_mechanics))
_ROUTINE_KIND = word_of(ROUTINES)


FIGURE: Schema = {"$ref": "#/definitions/figure"}
"""Name of the schema of a figure; `schema` gets its content from the readers of figures."""
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def _figure(shelf: Shelf) -> Reader[str]:
    others = shelf.refer("exercises")

    @takes(FIGURE)
    def read_figure(node: Node, file: File) -> str:
        from hiproutine.figure import reading  # nobody waits for it who has no figures of their own

        faults = file.faults
        reading.check(node, file)
        if isinstance(node.content, dict) and "like" in node.content:
            others(node.content["like"][1], file)
        return json.dumps(_as_written(node), ensure_ascii=False) if file.faults == faults else UNREAD

    return read_figure


def _as_written(node: Node) -> Any:
    if isinstance(node.content, dict):
        return {key: _as_written(value) for key, (_, value) in node.content.items()}
    if isinstance(node.content, list):
        return [_as_written(each) for each in node.content]
    return json.loads(node.content) if node.plain and _NUMBER.fullmatch(node.content) else node.content


def _figure_of(fields: Fields, name: str, shelf: Shelf) -> str | None:
    """The figure that is written, or that of the exercise which this one extends."""
    found: str | None = fields.take("figure", optional(_figure(shelf)), default=None)
    extended = fields.usual.get("id", name)
    return json.dumps({"like": extended}) if found is None and extended != name else found


def _exercise(fields: Fields, shelf: Shelf) -> Exercise:
    others = tuple_of(shelf.refer("exercises"))
    setup = fields.take("setup", _SOME_SENTENCES)
    name = fields.take("id", identifier)
    return Exercise(
        id=name,
        name=fields.take("name", text),
        short=fields.take("short", _SHORT, default=None),
        say=fields.take("say", _TEXT, default=None),
        aliases=fields.take("aliases", _SENTENCES, default=()),
        category=fields.take("category", _CATEGORY),
        alike=fields.take("alike", _FAMILY, default=None),
        level=fields.take("level", _LEVEL, default=1),
        position=fields.take("position", _POSITION),
        setup_s=fields.take("setup_s", _SETUP_S, default=0),
        sides=fields.take("sides", _SIDE),
        side_is=fields.take("side_is", _TEXT, default=None),
        ways=fields.take("ways", _WAYS, default=()),
        areas=fields.take("areas", _AREAS),
        muscles=fields.take("muscles", _MUSCLES, default=()),
        equipment=fields.take("equipment", _CHOICES, default=()),
        optional=fields.take("optional", _CHOICES, default=()),
        prescription=fields.take("prescription", _prescription(fields.usual.get("prescription"))),
        load=fields.take("load", _LOAD, default=None),
        evidence=fields.take("evidence", tuple_of(shelf.tag()), default=()),
        setup=setup,
        cues=fields.take("cues", _SOME_SENTENCES, default=setup),
        mistakes=fields.take("mistakes", _SENTENCES, default=()),
        stop_if=fields.take("stop_if", _SENTENCES, default=()),
        mech=fields.take("mech", _MECH, default=None),
        avoid=fields.take("avoid", _CONDITIONS, default=()),
        not_planned=fields.take("not_planned", _CONDITIONS, default=()),
        caution=fields.take("caution", _CONDITIONS, default=()),
        easier=fields.take("easier", others, default=()),
        harder=fields.take("harder", others, default=()),
        videos=_links(fields, shelf, "videos"),
        figure=_figure_of(fields, name, shelf),
        **_given(fields),
    )


def _given(fields: Fields) -> dict[str, str | None]:
    """The prescriber of an exercise or a routine, their note, and the last day that it is meant for."""
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


def _step(shelf: Shelf) -> Reader[Step]:
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


def _routine(fields: Fields, shelf: Shelf) -> Routine:
    return Routine(
        id=fields.take("id", identifier),
        name=fields.take("name", text),
        kind=fields.take("kind", _ROUTINE_KIND, default=SESSION),
        honest=fields.take("honest", optional(text), default=None),
        why=fields.take("why", text),
        not_for=fields.take("not_for", optional(text), default=None),
        evidence=fields.take("evidence", tuple_of(shelf.tag()), default=()),
        goes_with=_links(fields, shelf, "goes_with"),
        steps=fields.take("steps", tuple_of(_step(shelf), fewest=1, most=100)),
        **_given(fields),
    )


# ---- programmes ----

_DAYS = whole(1, 7)
_WEEKS = whole(1, 26)
_MINUTES = whole(1, 240)
_MOST_CORE, _MOST_ROTATE, _MOST_PHASES = 8, 5, 12
_TESTS = tuple_of(word_of(TESTS))
_ADVANCE = mapping(
    lambda fields: Advance(
        fields.take("done", decimal(0, 1), default=Advance().done),
        fields.take("worst_pain", whole(0, 10), default=Advance().worst_pain),
    )
)


def _core(shelf: Shelf) -> Reader[Core]:
    """A step such as `glute-bridge 2x10`, or a mapping of the step (`do`) and its days a week."""
    step = _step(shelf)
    whole_core = mapping(lambda fields: (fields.take("do", step), fields.take("days", _DAYS, default=None)))

    @takes({"anyOf": [step.schema, whole_core.schema]})
    def read_core(node: Node, file: File) -> Core:
        within = isinstance(node.content, dict) and "do" in node.content
        found, days = whole_core(node, file) if within else (step(node, file), None)
        return Core(*found, days) if is_read(found) else UNREAD

    return read_core


def _phase(shelf: Shelf) -> Reader[Phase]:
    core = tuple_of(_core(shelf), fewest=1, most=_MOST_CORE)
    families = tuple_of(_movement(shelf))
    return mapping(
        lambda fields: Phase(
            name=fields.take("name", text),
            weeks=fields.take("weeks", _WEEKS),
            core=fields.take("core", core),
            rotate=fields.take("rotate", whole(0, _MOST_ROTATE), default=0),
            rotate_from=fields.take("rotate_from", families, default=()),
        )
    )


def _movement(shelf: Shelf) -> Reader[str]:
    """A movement family that some exercise has."""

    @takes(identifier.schema)
    def read_family(node: Node, file: File) -> str:
        name = identifier(node, file)
        known = {each.alike for each in shelf.entries["exercises"].values()} - {None}
        if is_read(name) and name not in known:
            return file.report(node, f'no exercise is of the movement family "{name}"{file.hint(name, known)}')
        return name

    return read_family


def _programme(fields: Fields, shelf: Shelf) -> Programme:
    exercise = shelf.refer("exercises")
    return Programme(
        id=fields.take("id", identifier),
        name=fields.take("name", text),
        suits=fields.take("suits", text),
        level=fields.take("level", _LEVEL, default=1),
        days_a_week=fields.take("days_a_week", _DAYS),
        minutes=fields.take("minutes", _MINUTES),
        equipment=fields.take("equipment", _CHOICES, default=()),
        tests=fields.take("tests", _TESTS, default=()),
        phases=fields.take("phases", tuple_of(_phase(shelf), fewest=1, most=_MOST_PHASES)),
        instead=fields.take("instead", pairs_of(exercise, tuple_of(exercise, fewest=1)), default=()),
        advance=fields.take("advance", _ADVANCE, default=Advance()),
        made_for=fields.take("made_for", _CONDITIONS, default=()),
        not_for=fields.take("not_for", _CONDITIONS, default=()),
        ask_first=fields.take("ask_first", _CONDITIONS, default=()),
        say_before=fields.take("say_before", _TEXT, default=None),
        expect=fields.take("expect", _TEXT, default=None),
        not_claimed=fields.take("not_claimed", _TEXT, default=None),
        evidence=fields.take("evidence", tuple_of(shelf.tag()), default=()),
    )


def _part(fields: Fields) -> Part:
    return Part(fields.take("heading", optional(text), default=None), fields.take("points", _SOME_SENTENCES))


def _card(fields: Fields, shelf: Shelf) -> Card:
    return Card(
        id=fields.take("id", identifier),
        name=fields.take("name", text),
        evidence=fields.take("evidence", tuple_of(shelf.tag()), default=()),
        videos=_links(fields, shelf, "videos"),
        parts=fields.take("parts", tuple_of(mapping(_part), fewest=1)),
    )


SECTIONS: dict[str, Callable[[Fields, Shelf], Any]] = {
    "sources": _source,
    "videos": _video,
    "exercises": _exercise,
    "routines": _routine,
    "cards": _card,
    "programmes": _programme,
}

ID_OF: dict[str, Reader[str]] = {"videos": video_id} | dict.fromkeys(
    ("exercises", "routines", "cards", "programmes"), identifier
)
