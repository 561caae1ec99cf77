"""Filters of exercises: one declaration each, shared by the Library and `list`. Pure."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from hiproutine.catalogue.model import Card, Catalogue, Exercise, Routine, links_of, video_title
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
    """A filter: any of its chosen words may match, and all filters must match."""

    heading: str
    words: Callable[[Catalogue], Mapping[str, str]]
    """The words to choose from, with labels."""
    fits: Callable[[Exercise, Collection[str], Profile], bool]
    """Whether an exercise matches any of the chosen words."""
    label: str = "{label}"
    """Format of a chosen word on its own, from its `word` and `label`."""
    option: bool = True
    """Whether `list` has it as an option, named after its key."""


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
        "At hand, besides a wall",
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
        lambda catalogue: {video.id: video_title(catalogue.videos, video) for video in catalogue.videos.values()},
        lambda each, words, _: _goes_with(each, words),
        "goes with {label}",
        option=False,
    ),
}


def matching(catalogue: Catalogue, chosen: Iterable[Choice], profile: Profile) -> set[str] | None:
    """Return the ids of the entries that match all chosen filters; None if nothing is chosen.

    Routines and cards match only if no filter but the videos is used.
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


Fitting = Mapping[Choice, frozenset[str]]
"""The ids that match each choice alone."""


def fitting(catalogue: Catalogue, profile: Profile) -> Fitting:
    """Return what matches each choice of every filter; made once, for `counts`."""
    choices = (Choice(name, word) for name, each in FILTERS.items() for word in each.words(catalogue))
    return {choice: frozenset(matching(catalogue, [choice], profile) or ()) for choice in choices}


def counts(
    fit: Fitting, catalogue: Catalogue, chosen: Collection[Choice], profile: Profile, among: Collection[str] | None
) -> dict[Choice, int]:
    """Return how many entries each choice shows beside what is chosen of the other filters, of those in `among`."""
    rest: dict[str, set[str] | None] = {}
    for name in FILTERS:
        found = matching(catalogue, [choice for choice in chosen if choice.filter != name], profile)
        rest[name] = found if among is None else set(among) if found is None else found.intersection(among)
    return {
        choice: len(ids) if (others := rest[choice.filter]) is None else len(ids & others)
        for choice, ids in fit.items()
    }


def label(catalogue: Catalogue, choice: Choice) -> str:
    """Return a choice in words that are clear without its heading."""
    declared = FILTERS[choice.filter]
    return declared.label.format(word=choice.word, label=declared.words(catalogue)[choice.word])


def _goes_with(entry: Exercise | Routine | Card, videos: Collection[str]) -> bool:
    return any(link.video in videos for link in links_of(entry))
