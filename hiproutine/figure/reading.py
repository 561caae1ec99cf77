"""Figures as they are written: strict YAML to drafts, with a place and a hint for whatever is wrong."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from hiproutine.errors import nearest
from hiproutine.figure.contacts import Contact, NotUnderstood, contacts_of, points_of
from hiproutine.figure.joints import CENTRAL, INDEX, JOINTS, PAIRED, REST, SIDED, Angle
from hiproutine.figure.model import (
    PATHS,
    REGIONS,
    WAYS,
    Box,
    Camera,
    CloseUp,
    Figure,
    Push,
    Region,
    Strap,
    Swing,
)
from hiproutine.figure.props import Thing, props
from hiproutine.figure.readers import VECTOR, body_point, number
from hiproutine.figure.skeleton import FACES, POINTS, Pose, Vector, is_point, other
from hiproutine.figure.solver import Draft, Key, Open
from hiproutine.yaml.nodes import (
    UNREAD,
    Fields,
    File,
    FileProblems,
    Node,
    Problem,
    Reader,
    Schema,
    identifier,
    is_read,
    mapping,
    outline,
    parse,
    takes,
    tuple_of,
    whole,
    word_of,
)

_SIDES = {
    "left": "the left one works",
    "both": "both sides do the same",
    "alternating": "left and right in turn",
}
_MOST_KEYS = 8


# ---- angles and contacts ----


def _joints() -> dict[str, tuple[str, ...]]:
    """The words for joints in a frame, and the joints that each one means."""
    found: dict[str, tuple[str, ...]] = {name: (name,) for name in CENTRAL}
    found |= {f"{side}.{name}": (f"{side}.{name}",) for name in SIDED for side in "lr"}
    return found | {word: (f"l.{name}", f"r.{name}") for word, name in PAIRED.items()}


_WORDS = _joints()


def _angles_of(joint: str) -> Reader[tuple[float, ...]]:
    """The degrees of a joint, in the order of its directions."""
    ways = JOINTS[joint.rpartition(".")[2]]
    readers = [number(way.lowest, way.highest) for way in ways]
    if len(ways) == 1:

        @takes(readers[0].schema)
        def read_one(node: Node, file: File) -> tuple[float, ...]:
            found = readers[0](node, file)
            return (found,) if is_read(found) else UNREAD

        return read_one

    @takes({"type": "array", "items": [read.schema for read in readers], "minItems": len(ways), "maxItems": len(ways)})
    def read_all(node: Node, file: File) -> tuple[float, ...]:
        if not isinstance(node.content, list) or len(node.content) != len(ways):
            return file.report(node, f"{joint} has {len(ways)} numbers here: {', '.join(way.more for way in ways)}")
        return tuple(read(item, file) for read, item in zip(readers, node.content, strict=True))

    return read_all


_ANGLES = {word: _angles_of(joints[0]) for word, joints in _WORDS.items()}


def _given(fields: Fields) -> tuple[tuple[int, float], ...]:
    found = {}
    for word, joints in _WORDS.items():
        values = fields.take(word, _ANGLES[word], default=None)
        for joint in joints if values else ():
            for index, value in enumerate(values or ()):
                found[INDEX[Angle(joint, index)]] = value
    return tuple(found.items())


class _Sentence(NamedTuple):
    """A contact as it is written, and where; it is understood once the props are known."""

    words: str
    place: Node


@takes({"type": "string", "pattern": r"^\S+ \S+"})
def _sentence(node: Node, file: File) -> _Sentence:
    if isinstance(node.content, str) and node.content.split():
        return _Sentence(node.content, node)
    return file.report(node, "a contact such as `l.knee on floor` is expected here")


_SENTENCES = tuple_of(_sentence)


def _contacts(sentences: Iterable[_Sentence], solids: Mapping[str, Box], file: File) -> tuple[Contact, ...]:
    found: list[Contact] = []
    for words, place in sentences:
        try:
            found += contacts_of(words, solids)
        except NotUnderstood as error:
            file.report(place.at(max(0, words.find(error.word))), str(error))
    return tuple(found)


def _without(contacts: tuple[Contact, ...], words: Iterable[_Sentence], file: File) -> tuple[Contact, ...]:
    """The contacts that remain: a word takes those of a point away, or those of a kind."""
    for word, place in words:
        names = points_of(word)
        others = tuple(each for each in contacts if each.point not in names and each.kind != word)
        if len(others) == len(contacts):
            file.report(place, f'"{word}" names no contact that holds here')
        contacts = others
    return contacts


@takes({"type": "string"})
def _word(node: Node, file: File) -> _Sentence:
    if isinstance(node.content, str) and node.content:
        return _Sentence(node.content, node)
    return file.report(node, "a point or a kind of contact is expected here")


_WORDS_OF_CONTACTS = tuple_of(_word)


class _Base(NamedTuple):
    """A position to begin with."""

    face: str
    at: Vector
    given: tuple[tuple[int, float], ...]
    contacts: tuple[_Sentence, ...]


def _base(fields: Fields, known: Mapping[str, _Base]) -> _Base:
    like = known.get(fields.take("like", word_of(dict.fromkeys(known, "")), default=""))
    contacts = fields.take("contacts", _SENTENCES, default=())
    given = _given(fields)
    if like:
        return _Base(
            like.face, fields.take("at", VECTOR, default=like.at), like.given + given, like.contacts + contacts
        )
    return _Base(fields.take("face", word_of(dict.fromkeys(FACES, ""))), fields.take("at", VECTOR), given, contacts)


# ---- key frames ----


class _Frame(NamedTuple):
    """A key frame as it is written."""

    given: tuple[tuple[int, float], ...]
    at: Vector | None
    also: tuple[_Sentence, ...]
    without: tuple[_Sentence, ...]
    slides: bool
    mirror_of: int | None
    place: Node


@takes({"enum": [True]})
def _true(node: Node, file: File) -> bool:
    return True if node.content == "true" else file.report(node, '"true" is expected here')


def _frame(fields: Fields) -> _Frame:
    return _Frame(
        given=_given(fields),
        at=fields.take("at", VECTOR, default=None),
        also=fields.take("also", _SENTENCES, default=()),
        without=fields.take("without", _WORDS_OF_CONTACTS, default=()),
        slides=fields.take("slides", _true, default=False),
        mirror_of=fields.take("mirror", whole(0, _MOST_KEYS - 1), default=None),
        place=fields.node,
    )


@takes({"type": "string", "pattern": rf"^([lr]\.)?({'|'.join(REGIONS)})$"})
def _region(node: Node, file: File) -> Region:
    """A part of the skin, such as `buttock`, or of one side alone: `r.trunk`."""
    word = node.content if isinstance(node.content, str) else ""
    side, dot, name = word.rpartition(".")
    if name in REGIONS and (not dot or side in ("l", "r")):
        return Region(name, side)
    return file.report(node, f'"{word}" is not one of {", ".join(REGIONS)}{nearest(name, list(REGIONS))}')


@takes({"type": "string", "pattern": rf"^\S+ ({'|'.join(WAYS)})$"})
def _push(node: Node, file: File) -> Push:
    """Return where an effort presses, and which way: `l.ankle down`."""
    word, _, way = node.content.partition(" ") if isinstance(node.content, str) else ("", "", "")
    if not is_point(word):
        return file.report(node, f'"{word}" is no point of the body{nearest(word, list(POINTS))}')
    if way not in WAYS:
        return file.report(node, f'"{way}" is not one of {", ".join(WAYS)}')
    return Push(word, way)


@takes({"type": "array", "minItems": 2, "maxItems": 2})
def _strap(node: Node, file: File) -> Strap:
    """From a point of the body to another, or to a place in the room."""
    if not isinstance(node.content, list) or len(node.content) != 2:
        return file.report(node, "two ends are expected here, such as [l.hand, l.toe]")
    start, end = node.content
    read_end: Reader[Any] = VECTOR if isinstance(end.content, list) else body_point
    return Strap(body_point(start, file), read_end(end, file))


def _swing(fields: Fields) -> Swing:
    return Swing(
        fields.take("about", body_point),
        fields.take("radius", number(0.05, 1)),
        fields.take("from", number(-360, 360)),
        fields.take("to", number(-360, 360)),
    )


def _close_up(fields: Fields) -> CloseUp:
    return CloseUp(fields.take("of", body_point), fields.take("metres", number(0.1, 1)))


@takes({"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2})
def _camera(node: Node, file: File) -> Camera:
    """Azimuth and elevation."""
    found = tuple_of(number(-360, 360), 2, 2)(node, file)
    if not is_read(found) or not all(map(is_read, found)):
        return UNREAD
    if not 0 <= found[1] <= 80:
        return file.report(node, "the camera stands 0 to 80 degrees high")
    return Camera(found[0] % 360, found[1])


# ---- figures ----


Content = dict[str, tuple[Node, Node]]
"""The fields of an entry as they are written."""


def _figure(name: str, fields: Fields, bases: Mapping[str, _Base]) -> Draft:
    """A whole entry; without bases no more than its shape is read."""
    file, before = fields.file, len(fields.file.problems)
    alike = fields.take("like", identifier, default=None)
    base_name = fields.take("base", word_of(dict.fromkeys(bases, "")) if bases else identifier)
    base = bases.get(base_name)
    given = fields.take("props", props, default=Thing({}))
    things = given if is_read(given) else Thing({})
    drop = fields.take("drop", _WORDS_OF_CONTACTS, default=())
    contacts = fields.take("contacts", _SENTENCES, default=())
    frames = fields.take("frames", tuple_of(mapping(_frame), 1, _MOST_KEYS))
    figure = Figure(
        id=name,
        base=base_name,
        alike=alike,
        face=base.face if base else "",
        path=fields.take("path", word_of(PATHS)),
        sides=fields.take("sides", word_of(_SIDES), default="left"),
        show=fields.take("show", tuple_of(_region, 1, 4)),
        blocks=things.blocks,
        held=things.held,
        straps=fields.take("straps", tuple_of(_strap), default=()),
        arrow=fields.take("arrow", body_point, default=None),
        push=fields.take("push", tuple_of(_push, 1, 4), default=()),
        swing=fields.take("swing", mapping(_swing), default=None),
        camera=fields.take("camera", _camera),
        close_up=fields.take("close-up", mapping(_close_up), default=None),
        contacts=(),
        keys=0,
        poses=(),
    )
    fields.close()
    if not base or len(file.problems) > before:
        return UNREAD
    common = _without(_contacts(base.contacts, things.solids, file), drop, file)
    keys = _keys(frames, base.given, common + _contacts(contacts, things.solids, file), things.solids, file)
    if figure.path != "still" and len(keys) < 2:
        file.report(fields.place("frames"), "a movement has two key frames or more; `path: still` has one")
    if figure.sides == "left":
        figure = figure._replace(show=tuple(Region(word, side or "l") for word, side in figure.show))
    figure = figure._replace(keys=len(keys), contacts=_ends(keys))
    return Draft(figure, Pose(REST, base.at), things.solids, keys)


def _keys(
    frames: Sequence[_Frame],
    given: tuple[tuple[int, float], ...],
    common: tuple[Contact, ...],
    solids: Mapping[str, Box],
    file: File,
) -> tuple[Key, ...]:
    """The key frames; the angles of the base are those of the first."""
    keys = []
    for index, each in enumerate(frames):
        if each.mirror_of is not None and each.mirror_of >= index:
            file.report(each.place, f"it can mirror an earlier frame, 0 to {index - 1}")
        own = _without(common, each.without, file) + _contacts(each.also, solids, file)
        angles = each.given if index else given + each.given
        keys.append(Key(angles, each.at, own, each.slides, each.mirror_of, (each.place.line, each.place.column)))
    return tuple(keys)


def _ends(keys: Sequence[Key]) -> tuple[tuple[str, str], ...]:
    """The final supports of the body: its points, and the surface under each."""
    mirrored = keys[-1].mirror_of
    last = keys[-1 if mirrored is None else mirrored]
    ends = ((each.point, each.others[0]) for each in last.contacts if each.kind in ("on", "at", "touches"))
    return tuple(ends if mirrored is None else ((other(point), other(on)) for point, on in ends))


class Book(NamedTuple):
    """A file of figures whose entries are not read yet: the positions to begin with, and the fields of each figure."""

    bases: Mapping[str, _Base]
    contents: Mapping[str, Content]
    places: Mapping[str, Node]


def read_book(text: str, file: File) -> Book:
    """The entries of a file of figures; one that is `like` an earlier one has the fields of that one, and its own."""
    book = Book({}, {}, {})
    root = parse(text, file)
    if root is None:
        return book
    bases: dict[str, _Base] = {}
    contents: dict[str, Content] = {}
    places: dict[str, Node] = {}
    fields = Fields(root, file)
    for name, each in _entries(fields, "bases"):
        bases[name] = _base(each, bases)
        each.close()
    for name, each in _entries(fields, "figures"):
        content = dict(each.node.content) if isinstance(each.node.content, dict) else {}
        if "like" in content:
            place = content["like"][1]
            of = place.content if isinstance(place.content, str) else ""
            if of not in contents:
                file.report(place, f'"{of}" is no figure above this one{nearest(of, list(contents))}')
                continue
            content = like(contents[of], content)
        contents[name], places[name] = content, each.node
    fields.close()
    return Book(bases, contents, places)


def like(of: Content, own: Content) -> Content:
    """The fields of an entry that is like another."""
    return {key: value for key, value in of.items() if key != "like"} | own


def read_one(name: str, content: Content, place: Node, file: File, bases: Mapping[str, _Base]) -> Draft:
    """The draft of a whole entry; UNREAD, and problems, where it cannot be read."""
    faults = file.faults
    found = _figure(name, Fields(place._replace(content=content), file), bases)
    return found if file.faults == faults else UNREAD


def read(text: str, file_name: str) -> dict[str, Draft]:
    """The drafts of a file of figures, by the id of their exercise. Raises FileProblems."""
    file = File(file_name)
    bases, contents, places = read_book(text, file)
    found = {name: read_one(name, content, places[name], file, bases) for name, content in contents.items()}
    if file.problems:
        raise FileProblems(sorted(file.problems, key=lambda each: (each.line, each.column)))
    return found


# ---- the entry of one exercise ----


def check(node: Node, file: File) -> None:
    """Report what is wrong with the shape of an entry: fields, words, numbers and limits."""
    fields = Fields(node, file)
    if fields.has("like"):
        fields.usual = dict.fromkeys(schema()["properties"])
    _figure("", fields, {})


def schema() -> Schema:
    """The JSON Schema of an entry; one that is like another may leave out every field."""
    found = outline(lambda fields: _figure("", fields, {}))
    required = found.pop("required")
    return found | {"if": {"required": ["like"]}, "else": {"required": required}}


def _entries(fields: Fields, key: str) -> "list[tuple[str, Fields]]":
    node = fields.take(key, _any)
    if not is_read(node) or not isinstance(node.content, dict):
        return []
    found = []
    for key_node, value in node.content.values():
        name = identifier(key_node, fields.file)
        if is_read(name):
            found.append((name, Fields(value, fields.file)))
    return found


@takes({"type": "object"})
def _any(node: Node, file: File) -> Node:
    return node if isinstance(node.content, dict) else file.report(node, "a mapping (key: value) is expected here")


def problems(draft: Draft, found: Iterable[Open], file_name: str) -> list[Problem]:
    """Return the unsolved frames of a figure, as problems of its file."""
    return [
        Problem(file_name, *each.place, f"{draft.figure.id}, a frame cannot be solved: {each.sentence}")
        for each in found
    ]
