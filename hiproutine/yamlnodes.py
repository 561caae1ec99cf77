"""Strict YAML: text to nodes that know their place, and nodes to typed values, every problem of a file at once.

Scalars stay text until a reader says what they are, so `no`, `1:30` and `010` mean what they say. Anchors, aliases,
tags, several documents, equal keys and deep nesting are refused. Knows nothing of exercises.
"""

import codecs
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from hiproutine.errors import HiproutineError, nearest
from hiproutine.regular import read_regular
from hiproutine.text import clean

T = TypeVar("T")

LARGEST_BYTES = 8 * 1024 * 1024
DEEPEST = 12
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_DECIMAL = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_NOT_YAML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")

# What a reader returns after it has reported a problem. The entry around it is thrown away, so nobody ever uses it.
UNREAD: Any = None


def is_read(value: object) -> bool:
    """Whether a reader found what it looks for."""
    return value is not UNREAD


_REQUIRED: Any = object()


class Problem(NamedTuple):
    """One fault of one file; line and column count from 1."""

    file: str
    line: int
    column: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.sentence}"


class FileProblems(HiproutineError):
    """Everything that is wrong with the files of a catalogue."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)

    def report(self) -> str:
        """One line a problem, each beginning with its place, for editors to follow."""
        return str(self)


class Node(NamedTuple):
    """A scalar (`content` is text), a list of nodes, or a mapping of key text to (key node, value node)."""

    content: "str | list[Node] | dict[str, tuple[Node, Node]]"
    plain: bool
    line: int
    column: int


class File:
    """One file being read, and the problems found in it so far."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []

    def report(self, place: Node, sentence: str) -> Any:
        """Notes a problem at `place`; returns UNREAD."""
        self.problems.append(Problem(self.name, place.line, place.column, sentence))
        return UNREAD


Reader = Callable[[Node, File], T]


def read_text(path: Path, file: File) -> str | None:
    """The UTF-8 text of a regular file of a sane size; None, and a problem, if it cannot be read."""
    start = Node("", True, 1, 1)
    try:
        data = read_regular(path, LARGEST_BYTES + 1)
    except OSError as error:
        file.report(start, f"cannot be read: {error.strerror}")
        return None
    if len(data) > LARGEST_BYTES:
        file.report(start, f"is larger than {LARGEST_BYTES // 1024 // 1024} MiB")
        return None
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        file.report(Node("", True, line, 1), "is not UTF-8 text")
        return None


class _Refused(Exception):
    def __init__(self, place: Node, sentence: str) -> None:
        self.place, self.sentence = place, sentence


def parse(text: str, file: File) -> Node | None:
    """The only document in `text`; None, and a problem, if it is not the strict YAML that we read."""
    import yaml  # 22 ms, and none of it when the cache answers

    if strange := _NOT_YAML.search(text):
        line = text.count("\n", 0, strange.start()) + 1
        file.report(Node("", True, line, 1), "holds a character that YAML does not allow")
        return None
    try:
        return _build(yaml.parse(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)))
    except _Refused as refused:
        file.report(refused.place, refused.sentence)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        file.report(Node("", True, line, column), f"not YAML: {clean(error.problem or 'it cannot be understood')}")
    return None


def _build(events: Iterator[Any]) -> Node:
    """Nodes from parser events, without recursion: the C loader crashes on deep nesting, a loop does not."""
    import yaml

    root: Node | None = None
    open_nodes: list[Node] = []
    keys: list[Node | None] = []
    for event in events:
        place = Node("", True, event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(place, "anchors and aliases (& and *) are not allowed")
        if isinstance(event, yaml.DocumentStartEvent) and root is not None:
            raise _Refused(place, "a file holds one document, and this is a second one")
        if isinstance(event, yaml.NodeEvent):
            node = _node(event, place)
            if open_nodes:
                _attach(open_nodes[-1], keys, node)
            else:
                root = node
            if not isinstance(node.content, str):
                open_nodes.append(node)
                keys.append(None)
                if len(open_nodes) > DEEPEST:
                    raise _Refused(place, f"nested deeper than {DEEPEST}")
        elif isinstance(event, yaml.CollectionEndEvent):
            open_nodes.pop()
            keys.pop()
    return root or Node("", True, 1, 1)


def _node(event: Any, place: Node) -> Node:
    import yaml

    if event.tag:
        raise _Refused(place, f'tags such as "{clean(event.tag)}" are not allowed')
    if isinstance(event, yaml.ScalarEvent):
        return place._replace(content=event.value, plain=not event.style)
    return place._replace(content=[] if isinstance(event, yaml.SequenceStartEvent) else {})


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
        raise _Refused(node, f'"{clean(node.content)}" stands here twice (first in line {first})')
    else:
        keys[-1] = node


# ---- readers: a node to a value ----


def text(node: Node, file: File) -> str:
    """A line of words, made safe for a terminal."""
    if not isinstance(node.content, str) or not node.content.strip():
        return file.report(node, "words are expected here")
    return clean(" ".join(node.content.split()))


def identifier(node: Node, file: File) -> str:
    """A name such as `supine-butterfly`, never used as a path."""
    if isinstance(node.content, str) and _ID.fullmatch(node.content):
        return node.content
    return file.report(node, "an id is expected here: small letters, digits and hyphens, at most 64")


def whole(lowest: int, highest: int) -> Reader[int]:
    """A whole number from `lowest` to `highest`."""

    def read(node: Node, file: File) -> int:
        if isinstance(node.content, str) and node.plain and _NUMBER.fullmatch(node.content):
            number = int(node.content)
            if lowest <= number <= highest:
                return number
        return file.report(node, f"a whole number from {lowest} to {highest} is expected here{_found(node)}")

    return read


def decimal(lowest: float, highest: float) -> Reader[float]:
    """A number such as `1.5`, from `lowest` to `highest`."""

    def read(node: Node, file: File) -> float:
        if isinstance(node.content, str) and node.plain and _DECIMAL.fullmatch(node.content):
            number = float(node.content)
            if lowest <= number <= highest:
                return number
        return file.report(node, f"a number from {lowest:g} to {highest:g} is expected here{_found(node)}")

    return read


def word_of(vocabulary: Mapping[str, str]) -> Reader[str]:
    """One of the words of a closed vocabulary."""

    def read(node: Node, file: File) -> str:
        if isinstance(node.content, str) and node.content in vocabulary:
            return node.content
        hint = nearest(node.content, list(vocabulary)) if isinstance(node.content, str) else ""
        return file.report(node, f"{_found(node, 'this')} is not one of {', '.join(vocabulary)}{hint}")

    return read


def optional(read: Reader[T]) -> Reader[T | None]:
    """`null`, or what `read` reads."""

    def read_or_null(node: Node, file: File) -> T | None:
        return None if node.plain and node.content in ("null", "~", "") else read(node, file)

    return read_or_null


def tuple_of(read: Reader[T], fewest: int = 0, most: int = 1000) -> Reader[tuple[T, ...]]:
    """A list; each faulty item is reported."""

    def read_all(node: Node, file: File) -> tuple[T, ...]:
        if not isinstance(node.content, list):
            return file.report(node, "a list is expected here")
        if not fewest <= len(node.content) <= most:
            wanted = f"{fewest} to {most}" if fewest < most else str(most)
            return file.report(node, f"{wanted} entries are expected here, not {len(node.content)}")
        return tuple(read(item, file) for item in node.content)

    return read_all


def pairs_of(read_key: Reader[str], read: Reader[T]) -> Reader[tuple[tuple[str, T], ...]]:
    """A mapping, as pairs in the order of the file."""

    def read_all(node: Node, file: File) -> tuple[tuple[str, T], ...]:
        if not isinstance(node.content, dict):
            return file.report(node, "a mapping (key: value) is expected here")
        return tuple((read_key(key, file), read(value, file)) for key, value in node.content.values())

    return read_all


class Fields:
    """The fields of one mapping: each is taken once by name, and whatever is left over is a problem."""

    def __init__(self, node: Node, file: File) -> None:
        self.node, self.file = node, file
        self._known: list[str] = []
        self._content: dict[str, tuple[Node, Node]] = {}
        if isinstance(node.content, dict):
            self._content = node.content
        else:
            file.report(node, "a mapping (key: value) is expected here")

    def take(self, key: str, read: Reader[T], default: Any = _REQUIRED) -> T:
        """The value of `key`; `default`, or a problem, if it is absent."""
        self._known.append(key)
        if key in self._content:
            return read(self._content[key][1], self.file)
        if default is _REQUIRED and isinstance(self.node.content, dict):
            self.file.report(self.node, f'"{key}" is missing')
        return UNREAD if default is _REQUIRED else default

    def place(self, key: str) -> Node:
        """Where the value of `key` stands; the mapping itself if it is absent."""
        return self._content[key][1] if key in self._content else self.node

    def keys(self) -> list[str]:
        return list(self._content)

    def close(self) -> None:
        """Reports every field that nobody took."""
        absent = [key for key in self._known if key not in self._content]
        for key, (place, _) in self._content.items():
            if key not in self._known:
                self.file.report(place, f'"{clean(key)}" is not a field here{nearest(key, absent)}')


def _found(node: Node, otherwise: str = "") -> str:
    if not isinstance(node.content, str):
        return otherwise
    return f'"{clean(node.content)}"' if otherwise else f', not "{clean(node.content)}"'
