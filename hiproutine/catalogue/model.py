"""The entries of the catalogue as values: exercises, routines, videos, cards, sources. Knows no YAML and no screen."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from hiproutine import links
from hiproutine.catalogue import notation
from hiproutine.catalogue.mechanics import Mechanics
from hiproutine.catalogue.prescription import Prescription, kind_of
from hiproutine.catalogue.vocabulary import EQUIPMENT, SESSION, SIDES, STRENGTHS

LONGEST_SHORT = 14
"""The most characters of a short name."""


class Link(NamedTuple):
    """That something goes with a video, how surely (a word of STRENGTHS), and from about which second on."""

    video: str
    strength: str
    start_s: int | None = None


class Exercise(NamedTuple):
    """One exercise. Words of closed vocabularies (see `vocabulary`) stand in the fields that name one."""

    id: str
    name: str
    short: str | None
    """The name where there is room for LONGEST_SHORT characters."""
    say: str | None
    """The name as a voice says it, where the written one would make it stumble."""
    aliases: tuple[str, ...]
    category: str
    alike: str | None
    """The movement family: easier and harder variants are of the same one."""
    level: int
    position: str
    # Seconds to place what is needed and get hold of it, on top of getting into the position; our choice.
    setup_s: int
    sides: str
    side_is: str | None
    ways: tuple[str, ...]
    """The two ways of its circles, as they complete "circle …"; empty where none are named."""
    areas: tuple[str, ...]
    muscles: tuple[str, ...]
    # One entry a need; the words of an entry are alternatives.
    equipment: tuple[tuple[str, ...], ...]
    optional: tuple[tuple[str, ...], ...]
    prescription: Prescription
    load: str | None
    """The load that may be added and recorded, a word of LOADS."""
    evidence: tuple[str, ...]
    setup: tuple[str, ...]
    cues: tuple[str, ...]
    mistakes: tuple[str, ...]
    stop_if: tuple[str, ...]
    mech: Mechanics | None
    # Conditions: it never appears, it is done only when named by hand, it is done with care.
    avoid: tuple[str, ...]
    not_planned: tuple[str, ...]
    caution: tuple[str, ...]
    easier: tuple[str, ...]
    harder: tuple[str, ...]
    videos: tuple[Link, ...]
    figure: str | None = None
    """Its drawing, as JSON of an entry of `figures.yaml`; None: that of the shipped exercise of its id."""
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
    kind: str
    """A word of ROUTINES."""
    honest: str | None
    why: str
    not_for: str | None
    evidence: tuple[str, ...]
    goes_with: tuple[Link, ...]
    steps: tuple[Step, ...]
    prescribed_by: str | None = None
    notes: str | None = None
    until: str | None = None


class Core(NamedTuple):
    """A fixed exercise of a phase, in its dose; `days` a week, None as often as the programme is practised."""

    exercise: str
    prescription: Prescription
    days: int | None = None


class Phase(NamedTuple):
    """Some weeks with the same core; `rotate` more exercises are chosen, of the families `rotate_from`, or of any."""

    name: str
    weeks: int
    core: tuple[Core, ...]
    rotate: int
    rotate_from: tuple[str, ...]


class Advance(NamedTuple):
    """Criteria for passing a phase: the share of its sessions done, and the highest pain score in its last week."""

    done: float = 0.7
    worst_pain: int = 2


class Programme(NamedTuple):
    """Some weeks of practice in phases, each with a fixed core.

    `instead` has, for a core exercise, what may take its place, the best first. With a condition of `not_for` it is not
    offered; with one of `ask_first` a professional is to be asked before; to a person with one of `made_for` it is
    proposed first.
    """

    id: str
    name: str
    suits: str
    """Whom it is for, as a sentence."""
    level: int
    days_a_week: int
    minutes: int
    equipment: tuple[tuple[str, ...], ...]
    tests: tuple[str, ...]
    """Words of TESTS."""
    phases: tuple[Phase, ...]
    instead: tuple[tuple[str, tuple[str, ...]], ...]
    advance: Advance
    made_for: tuple[str, ...]
    not_for: tuple[str, ...]
    ask_first: tuple[str, ...]
    say_before: str | None
    expect: str | None
    not_claimed: str | None
    evidence: tuple[str, ...]

    @property
    def weeks(self) -> int:
        return sum(phase.weeks for phase in self.phases)


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
    programmes: Mapping[str, Programme]


NOTHING = Catalogue({}, {}, {}, {}, {}, {})
"""The empty catalogue."""


def name_in(catalogue: Catalogue, name: str) -> str:
    """Return the name of an entry by its id, or the id itself if it is not in the catalogue."""
    for section in (catalogue.exercises, catalogue.routines, catalogue.programmes):
        if name in section:
            return section[name].name
    return video_title(catalogue.videos, catalogue.videos[name]) if name in catalogue.videos else name


def with_step(routines: Mapping[str, Routine], exercise: str) -> tuple[Routine, ...]:
    """The routines of which the exercise is a step."""
    return tuple(each for each in routines.values() if any(step.exercise == exercise for step in each.steps))


def sessions(routines: Mapping[str, Routine]) -> Iterator[Routine]:
    """The routines that are a session of their own, without the micro-breaks."""
    return (each for each in routines.values() if each.kind == SESSION)


def linked(videos: Mapping[str, Video], link: Link) -> Video:
    """The video of a link, to begin where the link says, if it does."""
    video = videos[link.video]
    return video if link.start_s is None else video._replace(start_s=link.start_s)


def address(video: Video) -> str:
    """Return where the video is, at the second to begin at."""
    return links.at_second(video.url, video.start_s)


def goes_how(link: Link) -> str:
    """Return how surely it goes with the video, and where: `established, from about 3:39`."""
    return ", ".join(filter(None, (link.strength, begins(link))))


def begins(place: Link | Video) -> str | None:
    """The second to begin at in words: `from about 3:39`."""
    if place.start_s is None:
        return None
    minutes, seconds = divmod(place.start_s, 60)
    return f"from about {minutes}:{seconds:02}"


def links_of(entry: "Exercise | Routine | Programme | Card") -> tuple[Link, ...]:
    """Return the links of an entry to videos; programmes have none."""
    match entry:
        case Routine():
            return entry.goes_with
        case Programme():
            return ()
    return entry.videos


def strongest(found: tuple[Link, ...]) -> tuple[Link, ...]:
    """The links, the surest first; equal ones keep their order."""
    order = list(STRENGTHS)
    return tuple(sorted(found, key=lambda link: order.index(link.strength)))


_SIDES_IN_BRIEF = {"per_side": " each side", "both": "", "alternating": ", alternating sides"}


def own_dose(exercise: Exercise, prescription: Prescription) -> str:
    """A prescription of the exercise in a few words, with its kind where that is not the exercise's own."""
    same = kind_of(prescription) == kind_of(exercise.prescription)
    return notation.write(prescription, prescription if same else exercise.prescription)


def whole_dose(exercise: Exercise, prescription: Prescription) -> str:
    """A prescription of the exercise in a few words, with its sides: `2x30s, each side`."""
    words = own_dose(exercise, prescription)
    return words if exercise.sides == "both" else f"{words}, {SIDES[exercise.sides]}"


def worded_dose(exercise: Exercise, prescription: Prescription) -> str:
    """A prescription of the exercise to read, and in brackets exactly: `2 times 30 s, each side (2x30s)`."""
    words, exact = notation.spelled(prescription), own_dose(exercise, prescription)
    return f"{words}{'' if exercise.sides == 'both' else f', {SIDES[exercise.sides]}'} ({exact})"


def brief_dose(exercise: Exercise, prescription: Prescription) -> str:
    """A prescription of the exercise for people, without its details: `2 × 30 s each side`, `10 slow`."""
    return notation.brief(prescription) + _SIDES_IN_BRIEF[exercise.sides]


def needs(equipment: tuple[tuple[str, ...], ...]) -> str:
    """Equipment for people: `mat or cushion or pad, strap`; `nothing` where nothing is needed."""
    return ", ".join(" or ".join(EQUIPMENT[word] for word in choice) for choice in equipment) or "nothing"


def video_title(videos: Mapping[str, Video], video: Video) -> str:
    """Return the caption of a video, or else its heading with its number there."""
    return video.caption or f"{video.section}, video {video_number(videos, video)}"


def video_number(videos: Mapping[str, Video], video: Video) -> int:
    """Return the place of a video under its heading, from 1."""
    return [each.id for each in videos.values() if each.section == video.section].index(video.id) + 1


def caption(video: Video) -> str:
    """Return how the note, or the user's own catalogue, calls the video, said as that."""
    where = "your catalogue" if video.own else "the note"
    return f'{where} calls it "{video.caption}"' if video.caption else f"no caption in {where}"


def given(entry: Exercise | Routine) -> str | None:
    """The prescriber and the last day, as a sentence."""
    by = f"Given by {entry.prescribed_by}" if entry.prescribed_by else "Meant" if entry.until else None
    return by and f"{by}, until {entry.until}." if entry.until else by and f"{by}."
