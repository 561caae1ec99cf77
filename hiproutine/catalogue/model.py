"""The entries of the catalogue as values: exercises, routines, videos, cards, sources. Knows no YAML and no screen."""

from collections.abc import Mapping
from typing import NamedTuple

from hiproutine import links
from hiproutine.catalogue import notation
from hiproutine.catalogue.prescription import Prescription, kind_of
from hiproutine.catalogue.vocabulary import EQUIPMENT, SIDES, STRENGTHS


class Link(NamedTuple):
    """That something goes with a video, how surely (a word of STRENGTHS), and from about which second on."""

    video: str
    strength: str
    start_s: int | None = None


class Exercise(NamedTuple):
    """One exercise. Words of closed vocabularies (see `vocabulary`) stand in the fields that name one."""

    id: str
    name: str
    aliases: tuple[str, ...]
    category: str
    level: int
    position: str
    # Seconds to place what is needed and get hold of it, on top of getting into the position; our choice.
    setup_s: int
    sides: str
    side_is: str | None
    areas: tuple[str, ...]
    muscles: tuple[str, ...]
    # One entry a need; the words of an entry are alternatives.
    equipment: tuple[tuple[str, ...], ...]
    optional: tuple[tuple[str, ...], ...]
    prescription: Prescription
    evidence: tuple[str, ...]
    setup: tuple[str, ...]
    cues: tuple[str, ...]
    mistakes: tuple[str, ...]
    stop_if: tuple[str, ...]
    avoid: tuple[str, ...]
    caution: tuple[str, ...]
    easier: tuple[str, ...]
    harder: tuple[str, ...]
    videos: tuple[Link, ...]
    prescribed_by: str | None = None
    notes: str | None = None
    until: str | None = None
    """The last day that it is meant for, as 2026-11-23."""


class Step(NamedTuple):
    """One exercise of a routine, with the prescription that holds there."""

    exercise: str
    prescription: Prescription


class Routine(NamedTuple):
    """A named order of exercises; `honest` is what must be said beside the name."""

    id: str
    name: str
    honest: str | None
    why: str
    not_for: str | None
    goes_with: tuple[Link, ...]
    steps: tuple[Step, ...]
    prescribed_by: str | None = None
    notes: str | None = None
    until: str | None = None


class Video(NamedTuple):
    """A video of the note or of the user; `established` and `likely` are sentences on its content.

    `checked` is the last day that somebody saw it open, `own` whether the caption is the user's, `start_s` the second
    to begin at.
    """

    id: str
    url: str
    section: str
    caption: str | None
    note: str | None
    established: tuple[str, ...]
    likely: tuple[str, ...]
    checked: str | None = None
    own: bool = False
    start_s: int | None = None


class Part(NamedTuple):
    heading: str | None
    points: tuple[str, ...]


class Card(NamedTuple):
    """Something to read, without a timer."""

    id: str
    name: str
    evidence: tuple[str, ...]
    videos: tuple[Link, ...]
    parts: tuple[Part, ...]


class Source(NamedTuple):
    """The source behind an evidence tag, its grade, and how thoroughly it was read."""

    id: str
    title: str
    says: str
    grade: str
    read: str


class Catalogue(NamedTuple):
    """Everything that exists, by id, in the order of the files."""

    sources: Mapping[str, Source]
    videos: Mapping[str, Video]
    exercises: Mapping[str, Exercise]
    routines: Mapping[str, Routine]
    cards: Mapping[str, Card]


NOTHING = Catalogue({}, {}, {}, {}, {})
"""The empty catalogue."""


def with_step(routines: Mapping[str, Routine], exercise: str) -> tuple[Routine, ...]:
    """The routines of which the exercise is a step."""
    return tuple(each for each in routines.values() if any(step.exercise == exercise for step in each.steps))


def linked(videos: Mapping[str, Video], link: Link) -> Video:
    """The video of a link, to begin where the link says, if it does."""
    video = videos[link.video]
    return video if link.start_s is None else video._replace(start_s=link.start_s)


def address(video: Video) -> str:
    """Where the video is, at the second to begin at."""
    return links.at_second(video.url, video.start_s)


def goes_how(link: Link) -> str:
    """How surely it goes with the video, and where: `established, from about 3:39`."""
    return ", ".join(filter(None, (link.strength, begins(link))))


def begins(place: Link | Video) -> str | None:
    """The second to begin at in words: `from about 3:39`."""
    if place.start_s is None:
        return None
    minutes, seconds = divmod(place.start_s, 60)
    return f"from about {minutes}:{seconds:02}"


def strongest(found: tuple[Link, ...]) -> tuple[Link, ...]:
    """The links, the surest first; equal ones keep their order."""
    order = list(STRENGTHS)
    return tuple(sorted(found, key=lambda link: order.index(link.strength)))


def own_dose(exercise: Exercise, prescription: Prescription) -> str:
    """A prescription of the exercise in a few words, with its kind where that is not the exercise's own."""
    same = kind_of(prescription) == kind_of(exercise.prescription)
    return notation.write(prescription, prescription if same else exercise.prescription)


def whole_dose(exercise: Exercise, prescription: Prescription) -> str:
    """A prescription of the exercise in a few words, with its sides: `2x30s, each side`."""
    words = own_dose(exercise, prescription)
    return words if exercise.sides == "both" else f"{words}, {SIDES[exercise.sides]}"


def needs(equipment: tuple[tuple[str, ...], ...]) -> str:
    """Equipment for people: `mat or cushion or pad, strap`; `nothing` where nothing is needed."""
    return ", ".join(" or ".join(EQUIPMENT[word] for word in choice) for choice in equipment) or "nothing"


def caption(video: Video) -> str:
    """How the note, or the user's own catalogue, calls the video, said as that."""
    where = "your catalogue" if video.own else "the note"
    return f'{where} calls it "{video.caption}"' if video.caption else f"no caption in {where}"


def given(entry: Exercise | Routine) -> str | None:
    """Who gave it and for how long, as a sentence."""
    by = f"Given by {entry.prescribed_by}" if entry.prescribed_by else "Meant" if entry.until else None
    return by and f"{by}, until {entry.until}." if entry.until else by and f"{by}."
