"""Search of entries by typed words, ranked by how well each word matches and in which field. Pure."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from heapq import nlargest
from typing import NamedTuple

from hiproutine.catalogue.model import Card, Catalogue, Exercise, Programme, Routine, Video
from hiproutine.catalogue.vocabulary import AREAS, CATEGORIES, EQUIPMENT, LEVELS, MUSCLES, POSITIONS

Entry = Exercise | Routine | Programme | Video | Card

WHOLE, BEGINNING, INSIDE, TYPO, MISSING = 16, 12, 8, 4, 2
"""Points of a match of a typed word: the whole word, its start, inside it, with a typo, with gaps."""
_SHORTEST = {INSIDE: 2, TYPO: 4, MISSING: 3}

_NAME, _ALIAS, _PLACE, _OTHER = 4, 3, 2, 1
_WORD = re.compile(r"\w+")


def named(catalogue: Catalogue, name: str) -> Entry | None:
    """The entry of that id."""
    return next((section[name] for section in sections(catalogue) if name in section), None)


def called(catalogue: Catalogue, name: str) -> list[Entry]:
    """The entries with that name, in any case; without one, those with it in their name or an alias."""
    entries = [entry for section in sections(catalogue) for entry in section.values()]
    whole = [entry for entry in entries if words(name) and words(name) in map(words, _names(entry))]
    part = " ".join(words(name))
    return whole or [each for each in entries if part and any(part in " ".join(words(one)) for one in _names(each))]


def _names(entry: Entry) -> Iterator[str]:
    """The name, or the caption of a video, and other names."""
    if isinstance(entry, Video):
        yield entry.caption or ""
    else:
        yield entry.name
    yield from entry.aliases if isinstance(entry, Exercise) else ()


def sections(catalogue: Catalogue) -> "tuple[Mapping[str, Entry], ...]":
    """The sections whose entries share one namespace."""
    return (catalogue.exercises, catalogue.routines, catalogue.programmes, catalogue.cards, catalogue.videos)


class Found(NamedTuple):
    """Ids of entries, best first, and the `total` number of matches."""

    ids: tuple[str, ...]
    total: int


def score(typed: str, word: str) -> int:
    """Points of `typed` in `word`, both folded; 0 if it does not match."""
    if word.startswith(typed):
        return WHOLE if len(word) == len(typed) else BEGINNING
    length = len(typed)
    if length >= _SHORTEST[INSIDE] and typed in word:
        return INSIDE
    if length >= _SHORTEST[TYPO] and _but_for_a_typo(typed, word):
        return TYPO
    return MISSING if length >= _SHORTEST[MISSING] and _with_gaps(typed, word) else 0


def _but_for_a_typo(typed: str, word: str) -> bool:
    """Return whether `word` begins with `typed` after one letter is added, removed or replaced, or two are swapped."""
    half = len(typed) // 2
    # A typo leaves one half of the word intact; this makes 10,000 exercises fast.
    if not (word.startswith(typed[: half - 1]) or typed[half:] in word):
        return False
    same = 0
    for one, other in zip(typed, word, strict=False):
        if one != other:
            break
        same += 1
    typed, word = typed[same:], word[same:]
    return word.startswith((typed[1:], typed[1::-1] + typed[2:])) or word[1:].startswith((typed[1:], typed))


def _with_gaps(typed: str, word: str) -> bool:
    """Return whether `word` has the letters in this order, beginning with the first, and at least half of its own."""
    if typed[0] != word[0] or len(word) > 2 * len(typed):
        return False
    letters = iter(word)
    return all(letter in letters for letter in typed)


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """The words of a text, each once, folded: without case and accents."""
    if not text.isascii():
        text = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return tuple(dict.fromkeys(_WORD.findall(text.casefold())))


class Index:
    """An index of a catalogue by words, built once and queried at every key."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.entries: dict[str, Entry] = {
            entry.id: entry for section in sections(catalogue) for entry in section.values()
        }
        self._scores: dict[str, dict[str, int]] = {}
        weighed: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        for entry in self.entries.values():
            for weight, text in _texts(entry):
                for word in words(text):
                    weighed[word][weight].append(entry.id)
        self._by_word = {word: list(found.items()) for word, found in weighed.items()}

    def find(self, typed: str, most: int, among: set[str] | None = None) -> Found:
        """Return at most that many entries that match every typed word, from those in `among`."""
        scores: dict[str, int] | None = None
        for word in words(typed):
            found = self._scored(word)
            if scores is None:
                scores = found
            else:
                small, large = sorted((scores, found), key=len)
                scores = {name: points + large[name] for name, points in small.items() if name in large}
        scores = scores or {}
        if among is not None:
            scores = {name: points for name, points in scores.items() if name in among}
        return Found(tuple(nlargest(most, scores, key=scores.__getitem__)), len(scores))

    def _scored(self, word: str) -> dict[str, int]:
        """The entries that match the word, with their best points."""
        if word not in self._scores:
            by_points: dict[int, list[list[str]]] = defaultdict(list)
            # A match shares the start of the word, or a half; scoring only those takes a quarter of the time.
            begin, half = word[0], word[len(word) // 2 :]
            for other in [each for each in self._by_word if each[0] == begin or half in each]:
                if points := score(word, other):
                    for weight, ids in self._by_word[other]:
                        by_points[points * weight].append(ids)
            best: dict[str, int] = {}
            for points, lists in sorted(by_points.items()):
                for ids in lists:
                    best.update(dict.fromkeys(ids, points))
            self._scores[word] = best
        return self._scores[word]


def _texts(entry: Entry) -> Iterator[tuple[int, str]]:
    """The searchable texts of an entry, with their weights."""
    match entry:
        case Exercise():
            yield from ((_NAME, entry.name), (_OTHER, entry.id), (_OTHER, entry.category), (_OTHER, entry.position))
            yield from ((_ALIAS, alias) for alias in entry.aliases)
            yield from ((_PLACE, f"{area} {AREAS[area]}") for area in entry.areas)
            yield from ((_PLACE, f"{muscle} {MUSCLES[muscle]}") for muscle in entry.muscles)
            yield from ((_OTHER, label) for label in _labels(entry))
        case Routine():
            yield from ((_NAME, entry.name), (_OTHER, f"routine {entry.id}"), (_OTHER, entry.why))
        case Programme():
            yield from ((_NAME, entry.name), (_OTHER, f"programme {entry.id}"), (_OTHER, entry.suits))
        case Card():
            yield from ((_NAME, entry.name), (_OTHER, f"read card {entry.id}"))
        case Video():
            yield from ((_NAME, entry.caption or ""), (_OTHER, f"video {entry.id}"), (_OTHER, entry.section))


def _labels(entry: Exercise) -> Iterable[str]:
    yield from (CATEGORIES[entry.category], LEVELS[entry.level], POSITIONS[entry.position])
    yield from (f"{word} {EQUIPMENT[word]}" for choice in entry.equipment for word in choice)
