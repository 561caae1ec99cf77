"""Filters of exercises: one declaration each, for the Library and for `list` alike. Pure."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from hiproutine.catalogue.model import Card, Catalogue, Exercise, Routine, caption
from hiproutine.catalogue.vocabulary import ALWAYS_AT_HAND, AREAS, CATEGORIES, EQUIPMENT, LEVELS, POSITIONS
from hiproutine.coach.profile import missing, obstacle
from hiproutine.settings.model import Profile

BARE = "none"
"""The word for no equipment."""


class Choice(NamedTuple):
    """One word of a filter (a key of FILTERS)."""

    filter: str
    word: str


class Filter(NamedTuple):
    """A filter; the chosen words widen it, several filters narrow each other down."""

    heading: str
    words: Callable[[Catalogue], Mapping[str, str]]
    """What may be chosen, with labels."""
    fits: Callable[[Exercise, Collection[str], Profile], bool]
    """Whether an exercise fits any of the chosen words."""
    label: str = "{label}"
    """A chosen word by itself, made of its `word` and its `label`."""
    option: bool = True
    """Whether `list` has it as an option, named like its key."""


_GEAR = {BARE: "nothing else"} | {word: each for word, each in EQUIPMENT.items() if word not in ALWAYS_AT_HAND}

FILTERS = {
    "profile": Filter(
        "Profile",
        lambda _: {"fits": "fits my profile"},
        lambda each, _, profile: obstacle(each, profile) is None,
        option=False,
    ),
    "category": Filter("Category", lambda _: CATEGORIES, lambda each, words, _: each.category in words),
    "area": Filter("Area", lambda _: AREAS, lambda each, words, _: not set(words).isdisjoint(each.areas)),
    "equipment": Filter(
        "Equipment at hand, besides a wall",
        lambda _: _GEAR,
        lambda each, words, _: not missing(each, words),
        "with {label}",
    ),
    "position": Filter("Position", lambda _: POSITIONS, lambda each, words, _: each.position in words),
    "level": Filter(
        "Level",
        lambda _: {str(level): label for level, label in LEVELS.items()},
        lambda each, words, _: str(each.level) in words,
        "level {word} ({label})",
    ),
    "video": Filter(
        "Goes with this video",
        lambda catalogue: {video.id: f"{video.id}, {caption(video)}" for video in catalogue.videos.values()},
        lambda each, words, _: _goes_with(each, words),
        "goes with {label}",
        option=False,
    ),
}


def matching(catalogue: Catalogue, chosen: Iterable[Choice], profile: Profile) -> set[str] | None:
    """Return the ids of what fits a choice of every filter that has one; None if nothing is chosen.

    Routines and cards fit only where nothing but videos is chosen.
    """
    by_filter: dict[str, set[str]] = {}
    for name, word in chosen:
        by_filter.setdefault(name, set()).add(word)
    if not by_filter:
        return None
    asked = [(FILTERS[name].fits, words) for name, words in by_filter.items()]
    found = {
        each.id for each in catalogue.exercises.values() if all(fits(each, words, profile) for fits, words in asked)
    }
    if by_filter.keys() == {"video"}:
        others: list[Routine | Card] = [*catalogue.routines.values(), *catalogue.cards.values()]
        found |= {each.id for each in others if _goes_with(each, by_filter["video"])}
    return found


def label(catalogue: Catalogue, choice: Choice) -> str:
    """Return a choice in words that can be understood by themselves."""
    declared = FILTERS[choice.filter]
    return declared.label.format(word=choice.word, label=declared.words(catalogue)[choice.word])


def _goes_with(entry: Exercise | Routine | Card, videos: Collection[str]) -> bool:
    links = entry.goes_with if isinstance(entry, Routine) else entry.videos
    return any(link.video in videos for link in links)
