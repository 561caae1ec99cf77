"""Edits of one key of a YAML file as text, keeping all other keys, the comments and the order of lines.

The parser's events locate the key, the text is changed there, and the result is read again: if anything else differs,
or a comment is lost, the edit is refused. Knows nothing of settings.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from hiproutine.yaml.nodes import File, Node, events, is_id, parse

Value = str | Sequence[str] | Mapping[str, str]
"""The value of a key: text, a list, or a mapping."""

_PLAIN = re.compile(r"[A-Za-z0-9_./~][^\n#:'\"]*(?<! )")
_COMMENT = re.compile(r"#[^\n\r]*")


class Refused(Exception):
    """The layout of the file cannot be edited safely."""


class _Span(NamedTuple):
    """A range of characters in the text."""

    start: int
    end: int


class _Entry(NamedTuple):
    """A key of the top mapping and its value; `parts` are the keys or items of the value with their own values.

    `items` are the words of a list, repetitions included.
    """

    key: _Span
    value: _Span
    parts: Mapping[str, tuple[_Span, _Span]]
    items: tuple[tuple[str, _Span], ...] = ()


def put(text: str, key: str, value: Value | None) -> str:
    """Return the text with `key` set to `value`, or removed if None. Raises Refused.

    The text must be empty, or a valid file with a mapping at the top.
    """
    changed = _edited(text, key, value)
    if not _only(text, changed, key, value) or not _keeps_comments(text, changed):
        raise Refused
    return changed


def with_item(text: str, key: str, word: str) -> str:
    """Return the text with a word appended to the list of `key`, in the style of that list. Raises Refused."""
    entry = _listed(text, key)
    at, written = entry.value.start, scalar(word)
    if text[at] == "[":
        at = entry.items[-1][1].end if entry.items else at + 1
        changed = f"{text[:at]}{', ' * bool(entry.items)}{written}{text[at:]}"
    elif entry.items:
        _, last = entry.items[-1]
        indent = text[_line_start(text, last.start) : last.start]
        changed = _ended(text)
        at = _line_end(changed, last.end)
        changed = f"{changed[:at]}{indent}{written}{_end_of_line(text)}{changed[at:]}"
    else:
        raise Refused
    if not _only(text, changed, key, [*(each for each, _ in entry.items), word]):
        raise Refused
    return changed


def without_item(text: str, key: str, word: str) -> str:
    """Return the text without a word of the list of `key`, or its line if it has its own. Raises Refused."""
    changed, entry = text, _listed(text, key)
    others = [each for each, _ in entry.items if each != word]
    while span := next((span for each, span in entry.items if each == word), None):
        changed = _without_item(changed, entry, span)
        entry = _listed(changed, key)
    if not _only(text, changed, key, others):
        raise Refused
    return changed


def scalar(word: str) -> str:
    """Return a word as a list item, quoted unless it is an id."""
    import json

    return word if is_id(word) else json.dumps(word)


def values(text: str) -> dict[str, Value]:
    """Return the values of a text as `put` accepts, by key."""
    content = _content(parse(text, File("")) if text else None)
    return content if isinstance(content, dict) else {}


def _listed(text: str, key: str) -> _Entry:
    """Return the entry of a list of words. Raises Refused for anything else."""
    words = values(text).get(key)
    if isinstance(words, list) and all(isinstance(each, str) for each in words):
        return _entries(text)[key]
    raise Refused


def _edited(text: str, key: str, value: Value | None) -> str:
    entries = _entries(text)
    entry = entries.get(key)
    if entry is None:
        if value is None:
            return text
        first = next(iter(entries.values()), None)
        indent = text[_line_start(text, first.key.start) : first.key.start] if first else ""
        return f"{_ended(text)}{indent}{key}: {_written(value)}{_end_of_line(text)}"
    if value is None:
        return _without(text, entry)
    parts = () if isinstance(value, str) else tuple(value)
    if parts and entry.parts and text[entry.value.start] not in "[{":
        return _with_parts(_ended(text), entry, value)
    colon = text.index(":", entry.key.end) + 1
    start, written = entry.value.start, _written(value)
    if not text[colon:start].strip():
        start, written = colon, f" {written}"
    return text[:start] + written + text[entry.value.end :]


def _without(text: str, entry: _Entry) -> str:
    """Return the text without the lines of the entry; a single line with a comment becomes a comment."""
    start, end = _line_start(text, entry.key.start), _line_end(text, entry.value.end)
    lines = text[start:end]
    commented = "\n" not in lines.rstrip("\r\n") and text[entry.value.end : end].strip()
    return text[:start] + (f"# {lines}" if commented else "") + text[end:]


def _without_item(text: str, entry: _Entry, item: _Span) -> str:
    """Return the text without a list item, and without its line if that becomes empty."""
    if text[entry.value.start] != "[":
        changed = text[: _line_start(text, item.start)] + text[_line_end(text, item.end) :]
        colon = text.index(":", entry.key.end) + 1
        return changed if len(entry.items) > 1 else f"{changed[:colon]} []{changed[colon:]}"
    start, end = item
    if comma := re.compile(r"[ \t]*,[ \t]*").match(text, end):
        end = comma.end()
    else:
        start = len(re.sub(r",\s*$", "", text[:start]))
    changed = text[:start] + text[end:]
    line = slice(_line_start(changed, start), _line_end(changed, start))
    return changed if changed[line].strip() else changed[: line.start] + changed[line.stop :]


def _with_parts(text: str, entry: _Entry, value: Value) -> str:
    """Return the text with a line for each item of the value, in the style of the existing lines."""
    values = value if isinstance(value, Mapping) else dict.fromkeys(value, "")
    edits: list[tuple[int, int, str]] = []
    for name, (at, its) in entry.parts.items():
        if name not in values:
            edits.append((_line_start(text, at.start), _line_end(text, its.end), ""))
        elif values[name] and text[its.start : its.end] != values[name]:
            edits.append((its.start, its.end, values[name]))
    last, its = list(entry.parts.values())[-1]
    indent = text[_line_start(text, last.start) : last.start]
    fresh = [f"{indent}{name}{values[name] and f': {values[name]}'}" for name in values if name not in entry.parts]
    after = _line_end(text, its.end)
    edits.append((after, after, "".join(f"{line}{_end_of_line(text)}" for line in fresh)))
    for start, end, instead in sorted(edits, reverse=True):
        text = text[:start] + instead + text[end:]
    return text


def _written(value: Value) -> str:
    """On one line."""
    if isinstance(value, str):
        import json

        return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{name}: {each}' for name, each in value.items())}}}"
    return f"[{', '.join(value)}]"


# ---- lines ----


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    """Return the position after the end of the line."""
    return text.find("\n", at) + 1 or len(text)


def _end_of_line(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else text + _end_of_line(text)


# ---- positions ----


def _span(text: str, event: Any) -> _Span:
    """Return the span without the line ends that belong to a block scalar."""
    start, end = event.start_mark.index, event.end_mark.index
    return _Span(start, start + len(text[start:end].rstrip("\r\n")))


def _entries(text: str) -> dict[str, _Entry]:
    """Return the entries of the top mapping."""
    import yaml

    entries: dict[str, _Entry] = {}
    depth = 0
    open_key: tuple[str, _Span] | None = None
    value: list[Any] = []
    for event in events(text):
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if open_key is None and depth == 1 and isinstance(event, yaml.ScalarEvent):
            open_key, value = (event.value, _span(text, event)), []
        elif open_key is not None:
            value.append(event)
            if depth == 1 and not isinstance(event, yaml.CollectionStartEvent):
                entries[open_key[0]] = _entry(text, open_key[1], value)
                open_key = None
        depth += isinstance(event, yaml.CollectionStartEvent)
    return entries


def _entry(text: str, key: _Span, value: Sequence[Any]) -> _Entry:
    """Return the entry of a key with the events of its value."""
    import yaml

    spans = [_span(text, each) for each in value if isinstance(each, yaml.ScalarEvent)]
    # The closing bracket of a flow list or mapping; the end of a block has no length.
    brackets = (_span(text, each) for each in value if isinstance(each, yaml.CollectionEndEvent))
    ends = [span.end for span in (*spans, *brackets) if span.end > span.start]
    words = [each.value for each in value if isinstance(each, yaml.ScalarEvent)]
    parts: dict[str, tuple[_Span, _Span]] = {}
    items: tuple[tuple[str, _Span], ...] = ()
    if isinstance(value[0], yaml.SequenceStartEvent):
        items = tuple(zip(words, spans, strict=True))
        parts = {word: (span, span) for word, span in items}
    elif isinstance(value[0], yaml.MappingStartEvent) and len(spans) % 2 == 0:
        parts = dict(zip(words[::2], zip(spans[::2], spans[1::2], strict=True), strict=True))
    start = value[0].start_mark.index
    return _Entry(key, _Span(start, max([start, *ends])), parts, items)


# ---- checks of the result ----


def _only(before: str, after: str, key: str, value: Value | None) -> bool:
    """Whether only that key has changed, to that value."""
    file = File("")
    was, now = (_content(parse(text, file)) for text in (before, after))
    if file.problems or not isinstance(was, dict) or not isinstance(now, dict):
        return False
    others = [[(name, each) for name, each in fields.items() if name != key] for fields in (was, now)]
    return others[0] == others[1] and _same(now.get(key), value)


def _keeps_comments(before: str, after: str) -> bool:
    """Whether all comments are still there."""
    had, has = Counter(_comments(before)), Counter(_comments(after))
    # A comment inside another one is still there: its line has become a comment.
    words = "\n".join(has.elements())
    return all(words.count(comment) >= had[comment] for comment in had - has)


def _content(node: Node | None) -> Any:
    """Return the content of a node, without its place."""
    if node is None or node.content == "":
        return {}
    return _plain(node)


def _plain(node: Node) -> Any:
    if isinstance(node.content, dict):
        return {name: _plain(each) for name, (_, each) in node.content.items()}
    return [_plain(each) for each in node.content] if isinstance(node.content, list) else node.content


def _same(found: Any, value: Value | None) -> bool:
    """Return the items for comparison; their order is ignored, since a restored item is appended."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return isinstance(found, list) and set(found) == set(value)
    return bool(found == value)


def _comments(text: str) -> Iterator[str]:
    """Return all comments: the text from each # outside of keys and values."""
    import yaml

    at = 0
    for event in events(text):
        if isinstance(event, (yaml.ScalarEvent, yaml.StreamEndEvent)):
            start, end = _span(text, event)
            yield from _COMMENT.findall(text[at:start])
            at = end
    yield from _COMMENT.findall(text[at:])
