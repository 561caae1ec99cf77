"""What exercises are narrowed down to: choices of a few kinds, in words. Pure."""

from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

from hiproutine.catalogue.model import Card, Catalogue, Exercise, Routine, caption
from hiproutine.catalogue.vocabulary import ALWAYS_AT_HAND, AREAS, CATEGORIES, EQUIPMENT, LEVELS, POSITIONS
from hiproutine.coach.profile import missing, obstacle
from hiproutine.settings.model import Profile

BARE = "nothing"


class Choice(NamedTuple):
    """One word of one kind of filter."""

    kind: str
    word: str


class Kind(NamedTuple):
    """A kind of filter: its heading, its words with their labels, and whether an exercise fits any of those chosen."""

    heading: str
    labels: Callable[[Catalogue], Mapping[str, str]]
    fits: Callable[[Exercise, Collection[str], Profile], bool]
    vocabulary: Mapping[str, str] = {}
    """The labels, if they are the same for every catalogue and profile. Such a kind is an option of `list` as well."""


def _closed(
    heading: str, vocabulary: Mapping[str, str], fits: Callable[[Exercise, Collection[str], Profile], bool]
) -> Kind:
    return Kind(heading, lambda _: vocabulary, fits, vocabulary)


KINDS = {
    "profile": Kind(
        "Profile", lambda _: {"fits": "fits my profile"}, lambda each, _, profile: obstacle(each, profile) is None
    ),
    "category": _closed("Category", CATEGORIES, lambda each, words, _: each.category in words),
    "area": _closed("Area", AREAS, lambda each, words, _: not set(words).isdisjoint(each.areas)),
    "position": _closed("Position", POSITIONS, lambda each, words, _: each.position in words),
    "equipment": Kind(
        "Equipment at hand, besides a wall",
        lambda _: (
            {BARE: "nothing else"} | {word: each for word, each in EQUIPMENT.items() if word not in ALWAYS_AT_HAND}
        ),
        lambda each, words, _: not missing(each, words),
    ),
    "level": _closed(
        "Level",
        {str(level): label for level, label in LEVELS.items()},
        lambda each, words, _: str(each.level) in words,
    ),
    "video": Kind(
        "Goes with this video",
        lambda catalogue: {video.id: f"{video.id}, {caption(video)}" for video in catalogue.videos.values()},
        lambda each, words, _: _goes_with(each, words),
    ),
}


def matching(catalogue: Catalogue, chosen: Collection[Choice], profile: Profile) -> set[str] | None:
    """The ids of what fits a choice of every kind that has one; None if nothing is chosen.

    Routines and cards fit only where nothing but videos is chosen.
    """
    if not chosen:
        return None
    by_kind = {kind: {choice.word for choice in chosen if choice.kind == kind} for kind in KINDS}
    asked = [(KINDS[kind].fits, words) for kind, words in by_kind.items() if words]
    found = {
        each.id for each in catalogue.exercises.values() if all(fits(each, words, profile) for fits, words in asked)
    }
    if len(asked) == 1 and by_kind["video"]:
        others: list[Routine | Card] = [*catalogue.routines.values(), *catalogue.cards.values()]
        found |= {each.id for each in others if _goes_with(each, by_kind["video"])}
    return found


def label(catalogue: Catalogue, choice: Choice) -> str:
    """A choice in words that stand for themselves."""
    words = KINDS[choice.kind].labels(catalogue)[choice.word]
    return {"equipment": f"with {words}", "level": f"level {choice.word} ({words})", "video": f"goes with {words}"}.get(
        choice.kind, words
    )


def _goes_with(entry: Exercise | Routine | Card, videos: Collection[str]) -> bool:
    links = entry.goes_with if isinstance(entry, Routine) else entry.videos
    return any(link.video in videos for link in links)
