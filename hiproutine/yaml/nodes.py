"""Strict YAML: text to nodes with places, and nodes to typed values, reporting all problems of a file at once.

Scalars stay text until a reader converts them, so `no`, `1:30` and `010` are taken literally. Anchors, aliases, tags,
several documents, duplicate keys and deep nesting are refused. Knows nothing of exercises.
"""

import codecs
import gc
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, Generic, NamedTuple, ParamSpec, TypeVar

from hiproutine import files
from hiproutine.errors import HiproutineError, nearest
from hiproutine.files import read_regular
from hiproutine.text import clean, reason

P = ParamSpec("P")
T = TypeVar("T")
N = TypeVar("N", int, float)
Schema = dict[str, Any]

LARGEST_BYTES = 8 * 1024 * 1024
DEEPEST = 12
MOST_NODES = 900_000
"""Limit of the values in all files read together: ten thousand exercises have as many, a few MB of commas more."""
MOST_PROBLEMS = 1000
"""Limit of reported problems per file; later entries are not read."""
MOST_HINTS = 20
"""Limit of look-ups of the nearest known word in files read together: each one compares all words."""
# Compiled when first used: _NOT_YAML takes 8 ms, too much for a start.
_WHOLE = r"-?[0-9]{1,9}"
_DECIMAL = r"[0-9]{1,9}(\.[0-9]{1,9})?"
_NOT_YAML_IN_ASCII = "[^\t\n\r\x20-\x7e]"
_NOT_YAML = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_ID = r"[a-z0-9][a-z0-9-]{0,63}"

# Returned by a reader after it has reported a problem. Never used, since the whole entry is discarded.
UNREAD: Any = None


def is_read(value: object) -> bool:
    """Whether a reader returned a value."""
    return value is not UNREAD


_REQUIRED: Any = object()


class Problem(NamedTuple):
    """A fault in a file; line and column count from 1."""

    file: str
    line: int
    column: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.sentence}"


class FileProblems(HiproutineError):
    """All problems of the files of a catalogue."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)

    def report(self) -> str:
        """Return one line per problem, starting with its place, so that editors can jump to it."""
        return str(self)


class Node(NamedTuple):
    """A scalar (`content` is text), a list of nodes, or a mapping of key text to (key node, value node)."""

    content: "str | list[Node] | dict[str, tuple[Node, Node]]"
    plain: bool
    line: int
    column: int
    one_line: bool = True

    def at(self, offset: int) -> "Node":
        """Return the place `offset` characters into a scalar; its start if it spans several lines."""
        return self._replace(column=self.column + offset + (not self.plain)) if self.one_line else self


class Hints:
    """Hints at the nearest known word (see `nearest`), for the first MOST_HINTS faults only."""

    def __init__(self) -> None:
        self._left = MOST_HINTS

    def hint(self, word: str, known: Iterable[str]) -> str:
        self._left -= 1
        return nearest(word, known) if self._left >= 0 else ""


class File:
    """A file being read: its number of nodes and faults, and the problems reported so far."""

    def __init__(self, name: str, hints: Hints | None = None) -> None:
        self.name = name
        self.hint = (hints or Hints()).hint
        self.nodes = 0
        self.faults = 0
        self.problems: list[Problem] = []

    def report(self, place: Node, sentence: str) -> Any:
        """Report a problem at `place`; return UNREAD."""
        self.faults += 1
        if self.faults == MOST_PROBLEMS:
            sentence = f"there are {MOST_PROBLEMS} problems or more; the rest is omitted"
        if self.faults <= MOST_PROBLEMS:
            self.problems.append(Problem(self.name, place.line, place.column, sentence))
        return UNREAD


class Reader(Generic[T]):
    """Converts a node to a value, and has the JSON Schema of the nodes that it accepts."""

    def __init__(self, read: Callable[[Node, File], T], schema: Schema) -> None:
        self._read = read
        self.schema = schema

    def __call__(self, node: Node, file: File) -> T:
        return self._read(node, file)


def uncollected(read: Callable[P, T]) -> Callable[P, T]:
    """Disable garbage collection in a function that makes a million values and no cycles: half of its time."""

    @wraps(read)
    def read_uncollected(*args: P.args, **kwargs: P.kwargs) -> T:
        was_enabled = gc.isenabled()
        gc.disable()
        try:
            return read(*args, **kwargs)
        finally:
            if was_enabled:
                gc.enable()

    return read_uncollected


def takes(schema: Schema) -> Callable[[Callable[[Node, File], T]], Reader[T]]:
    """Return a decorator that makes a function the Reader of nodes with that JSON Schema."""
    return lambda read: Reader(read, schema)


def read_text(path: Path, file: File) -> str | None:
    """Return the UTF-8 text of a regular file of a sane size; None after a problem."""
    try:
        data = read_regular(path, LARGEST_BYTES + 1)
    except OSError as error:
        file.report(Node("", True, 1, 1), f"cannot be read: {reason(error)}")
        return None
    return decode(data, file)


def decode(data: bytes, file: File, largest: int = LARGEST_BYTES) -> str | None:
    """Return the text of at most `largest` bytes of UTF-8; None after a problem."""
    if len(data) > largest:
        file.report(Node("", True, 1, 1), f"is larger than {largest // 1024 // 1024} MiB")
        return None
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        file.report(Node("", True, line, 1), "is not UTF-8 text")
        return None


def write_text(path: Path, text: str) -> None:
    """Replace the text of a file atomically. Raises OSError.

    A byte order mark is kept; see also `files.write`.
    """
    before = read_regular(path) if path.exists() else b""
    mark = codecs.BOM_UTF8 * before.startswith(codecs.BOM_UTF8)
    files.write(path, mark + text.encode())


class _Refused(Exception):
    def __init__(self, place: Node, sentence: str) -> None:
        self.place, self.sentence = place, sentence


@uncollected
def parse(text: str, file: File, tell: Callable[[float], None] = lambda _: None, room: int = MOST_NODES) -> Node | None:
    """Return the only document in `text`; None after a problem: not strict YAML, or more values than `room`.

    `tell` is called with the completed fraction, 0 to 1.
    """
    import yaml

    if strange := re.search(_NOT_YAML_IN_ASCII if text.isascii() else _NOT_YAML, text):
        line = text.count("\n", 0, strange.start()) + 1
        file.report(Node("", True, line, 1), "holds a character that YAML does not allow")
        return None
    try:
        return _build(_telling(events(text), text.count("\n") + 1, tell), file, room)
    except _Refused as refused:
        file.report(refused.place, refused.sentence)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        # libyaml looks ahead, up to its own nesting limit: report what is refused before that place first.
        if mark and (refused_first := _refused(text[: mark.index], room)):
            file.report(refused_first.place, refused_first.sentence)
            return None
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        file.report(Node("", True, line, column), f"not YAML: {clean(error.problem or 'it cannot be understood')}")
    return None


def _refused(text: str, room: int) -> "_Refused | None":
    """Return the refusal for the start of a text, up to a place."""
    import yaml

    try:
        _build(events(text), File(""), room)
    except _Refused as refused:
        return refused
    except yaml.YAMLError:
        pass
    return None


def events(text: str) -> Iterator[Any]:
    """Yield the parser's events. Use only this: the C parser accepts tabs where Python's does not."""
    import yaml  # 22 ms, saved if the cache is valid

    return iter(yaml.parse(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)))


def _telling(events: Iterator[Any], lines: int, tell: Callable[[float], None]) -> Iterator[Any]:
    for number, event in enumerate(events):
        if number % 1000 == 999:
            tell(min(event.start_mark.line / lines, 1))
        yield event


def _build(events: Iterator[Any], file: File, room: int) -> Node:
    """Build nodes from parser events without recursion: the C loader crashes on deep nesting."""
    import yaml

    root: Node | None = None
    open_nodes: list[Node] = []
    keys: list[Node | None] = []
    empty: dict[Any, Callable[[], Any]] = {yaml.SequenceStartEvent: list, yaml.MappingStartEvent: dict}
    for event in events:
        if isinstance(event, yaml.NodeEvent):
            node = _node(event, empty.get(type(event)))
            file.nodes += 1
            if file.nodes > room:
                raise _Refused(node, f"more than {MOST_NODES:,} values cannot be read; leave some of them out")
            if open_nodes:
                _attach(open_nodes[-1], keys, node)
            else:
                root = node
            if not isinstance(node.content, str):
                open_nodes.append(node)
                keys.append(None)
                if len(open_nodes) > DEEPEST:
                    raise _Refused(node, f"nested deeper than {DEEPEST}")
        elif isinstance(event, yaml.CollectionEndEvent):
            open_nodes.pop()
            keys.pop()
        elif isinstance(event, yaml.DocumentStartEvent) and root is not None:
            raise _Refused(_place(event), "a file holds one document, and this is a second one")
    return root or Node("", True, 1, 1)


def _node(event: Any, empty: Callable[[], Any] | None) -> Node:
    """Return the node that an event starts, with an `empty` list or mapping. Raises _Refused for anchors and tags."""
    if event.anchor:
        raise _Refused(_place(event), "anchors and aliases (& and *) are not allowed")
    if event.tag:
        raise _Refused(_place(event), f'tags such as "{clean(event.tag)}" are not allowed')
    start, end = event.start_mark, event.end_mark
    line, column = start.line + 1, start.column + 1
    if empty:
        return Node(empty(), True, line, column)
    return Node(event.value, not event.style, line, column, end.line == start.line)


def _place(event: Any) -> Node:
    return Node("", True, event.start_mark.line + 1, event.start_mark.column + 1)


def _attach(parent: Node, keys: list[Node | None], node: Node) -> None:
    if isinstance(parent.content, list):
        parent.content.append(node)
        return
    assert isinstance(parent.content, dict)
    key = keys[-1]
    if key is not None:
        assert isinstance(key.content, str)
        parent.content[key.content] = (key, node)
        keys[-1] = None
    elif not isinstance(node.content, str):
        raise _Refused(node, "a key must be a word")
    elif node.content in parent.content:
        first = parent.content[node.content][0].line
        raise _Refused(node, f'duplicate key "{clean(node.content)}" (first in line {first})')
    else:
        keys[-1] = node


# ---- readers: from a node to a value ----


@takes({"type": ["string", "number", "boolean"], "pattern": r"\S"})
def text(node: Node, file: File) -> str:
    """Read text, sanitised for terminals; `5` and `true` are text as well, `null` is not."""
    if not isinstance(node.content, str) or not node.content.strip() or _is_null(node):
        return file.report(node, "words are expected here")
    return clean(" ".join(node.content.split()))


def is_id(word: str) -> bool:
    """Whether a word is a valid id."""
    return re.fullmatch(_ID, word) is not None


@takes({"type": "string", "pattern": f"^{_ID}$"})
def identifier(node: Node, file: File) -> str:
    """Read an id such as `supine-butterfly`; never used as a path."""
    if isinstance(node.content, str) and is_id(node.content):
        return node.content
    return file.report(node, "an id is expected here: small letters, digits and hyphens, at most 64")


def whole(lowest: int, highest: int) -> Reader[int]:
    """Return the reader of whole numbers from `lowest` to `highest`."""
    return _number(int, _WHOLE, "integer", "a whole number", (lowest, highest))


def decimal(lowest: float, highest: float) -> Reader[float]:
    """Return the reader of numbers such as `1.5`, from `lowest` to `highest`."""
    return _number(float, _DECIMAL, "number", "a number", (lowest, highest))


def _number(make: Callable[[str], N], form: str, kind: str, words: str, ends: tuple[N, N]) -> Reader[N]:
    lowest, highest = ends

    @takes({"type": kind, "minimum": lowest, "maximum": highest})
    def read(node: Node, file: File) -> N:
        if isinstance(node.content, str) and node.plain and re.fullmatch(form, node.content):
            number = make(node.content)
            if lowest <= number <= highest:
                return number
        return file.report(node, f"{words} from {lowest} to {highest} is expected here{_found(node)}")

    return read


def word_of(vocabulary: Mapping[str, str]) -> Reader[str]:
    """Return the reader of the words of a closed vocabulary."""

    @takes({"enum": list(vocabulary)})
    def read(node: Node, file: File) -> str:
        if isinstance(node.content, str) and node.content in vocabulary:
            return node.content
        hint = file.hint(node.content, vocabulary) if isinstance(node.content, str) else ""
        return file.report(node, f"{_found(node, 'this')} is not one of {', '.join(vocabulary)}{hint}")

    return read


@takes({"type": "string", "format": "date", "pattern": f"^{_DAY}$"})
def day(node: Node, file: File) -> str:
    """Read a date such as 2026-11-23, as written."""
    if isinstance(node.content, str) and re.fullmatch(_DAY, node.content):
        with suppress(ValueError):
            return date.fromisoformat(node.content).isoformat()
    return file.report(node, f"a day such as 2026-11-23 is expected here{_found(node)}")


def _is_null(node: Node) -> bool:
    return node.plain and node.content in ("null", "Null", "NULL", "~", "")


def optional(read: Reader[T]) -> Reader[T | None]:
    """Return a reader that also accepts `null`."""

    @takes({"anyOf": [read.schema, {"type": "null"}]})
    def read_or_null(node: Node, file: File) -> T | None:
        return None if _is_null(node) else read(node, file)

    return read_or_null


def tuple_of(read: Reader[T], fewest: int = 0, most: int = 1000) -> Reader[tuple[T, ...]]:
    """Return the reader of a list, which reports every faulty item."""

    @takes({"type": "array", "items": read.schema, "minItems": fewest, "maxItems": most})
    def read_all(node: Node, file: File) -> tuple[T, ...]:
        if not isinstance(node.content, list):
            return file.report(node, "a list is expected here")
        if not fewest <= len(node.content) <= most:
            wanted = f"{fewest} to {most}" if fewest < most else str(most)
            return file.report(node, f"{wanted} entries are expected here, not {len(node.content)}")
        return tuple(read(item, file) for item in node.content)

    return read_all


def pairs_of(read_key: Reader[str], read: Reader[T]) -> Reader[tuple[tuple[str, T], ...]]:
    """Return the reader of a mapping, as pairs in file order."""

    @takes({"type": "object", "propertyNames": read_key.schema, "additionalProperties": read.schema})
    def read_all(node: Node, file: File) -> tuple[tuple[str, T], ...]:
        if not isinstance(node.content, dict):
            return file.report(node, "a mapping (key: value) is expected here")
        return tuple((read_key(key, file), read(value, file)) for key, value in node.content.values())

    return read_all


class Fields:
    """The fields of a mapping: each is taken once by name, and the remaining ones are problems.

    Missing fields come from `usual`, the fields of the entry that this one extends.
    """

    def __init__(self, node: Node, file: File) -> None:
        self.node, self.file = node, file
        self.usual: Mapping[str, Any] = {}
        self._known: list[str] = []
        self._content: dict[str, tuple[Node, Node]] = {}
        if isinstance(node.content, dict):
            self._content = node.content
        else:
            file.report(node, "a mapping (key: value) is expected here")

    def take(self, key: str, read: Reader[T], default: Any = _REQUIRED) -> T:
        """Return the value of `key`; if absent the usual one, else `default`, else UNREAD after a problem."""
        self._known.append(key)
        if key in self._content:
            return read(self._content[key][1], self.file)
        if key in self.usual:
            return self.usual[key]
        if default is _REQUIRED and isinstance(self.node.content, dict):
            self.file.report(self.node, f'"{key}" is missing')
        return UNREAD if default is _REQUIRED else default

    def place(self, key: str) -> Node:
        """Return the node of `key`; the mapping itself if absent."""
        return self._content[key][1] if key in self._content else self.node

    def has(self, key: str) -> bool:
        return key in self._content

    def close(self) -> None:
        """Report all fields that were not taken."""
        absent = [key for key in self._known if key not in self._content]
        for key, (place, _) in self._content.items():
            if key not in self._known:
                self.file.report(place, f'"{clean(key)}" is not a field here{self.file.hint(key, absent)}')


class Outline(Fields):
    """Fields without a file: taking them records the JSON Schema of the mapping."""

    def __init__(self, usual: Mapping[str, Any] | None = None) -> None:
        super().__init__(Node({}, True, 1, 1), File(""))
        self.usual = usual or {}
        self.schema: Schema = {"type": "object", "additionalProperties": False, "properties": {}, "required": []}

    def take(self, key: str, read: Reader[T], default: Any = _REQUIRED) -> T:
        self.schema["properties"][key] = read.schema
        if default is _REQUIRED and key not in self.usual:
            self.schema["required"].append(key)
        return UNREAD


def outline(read: Callable[[Fields], object]) -> Schema:
    """Return the JSON Schema of the mapping whose fields `read` takes."""
    fields = Outline()
    read(fields)
    return fields.schema


def mapping(read: Callable[[Fields], T]) -> Reader[T]:
    """Return the reader of a mapping with exactly the fields that `read` takes."""

    @takes(outline(read))
    def read_mapping(node: Node, file: File) -> T:
        fields = Fields(node, file)
        found = read(fields)
        fields.close()
        return found

    return read_mapping


def _found(node: Node, otherwise: str = "") -> str:
    if not isinstance(node.content, str):
        return otherwise
    return f'"{clean(node.content)}"' if otherwise else f', not "{clean(node.content)}"'
