"""Descriptions of catalogue entries, in sections, shared by the shell and the screens."""

from typing import NamedTuple

from hiproutine.catalogue.conditions import CONDITIONS
from hiproutine.catalogue.model import (
    Card,
    Catalogue,
    Exercise,
    Link,
    Phase,
    Programme,
    Routine,
    Source,
    Video,
    address,
    begins,
    caption,
    given,
    goes_how,
    linked,
    links_of,
    needs,
    strongest,
    video_title,
    worded_dose,
)
from hiproutine.catalogue.prescription import effort
from hiproutine.catalogue.vocabulary import (
    AREAS,
    CATEGORIES,
    LEVELS,
    LOADS,
    MUSCLES,
    POSITIONS,
    READ,
    ROUTINES,
    STRENGTHS,
    TESTS,
)
from hiproutine.text import counted

_NOTE_SAYS = {
    "Stop stretching your hip flexors!": "The note says: watch why (just) stretching the hip flexors is not the best "
    "way to go."
}
"""The note's words under its own headings."""


class Section(NamedTuple):
    """A heading (empty for none) and its lines; `numbered` lines are steps in order.

    `opens` are the ids of the entries that the lines name, one per line; empty if they name none. `warns` is whether it
    says when to stop.
    """

    heading: str
    lines: tuple[str, ...]
    numbered: bool = False
    opens: tuple[str, ...] = ()
    warns: bool = False


class Description(NamedTuple):
    """The description of an entry; empty sections are omitted."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]


def describe(catalogue: Catalogue, entry: Exercise | Routine | Programme | Video | Card) -> Description:
    match entry:
        case Exercise():
            return _exercise(catalogue, entry)
        case Routine():
            return _routine(catalogue, entry)
        case Programme():
            return _programme(catalogue, entry)
        case Video():
            return _video(catalogue, entry)
        case Card():
            return _card(catalogue, entry)


def evidence(catalogue: Catalogue, entry: Exercise | Routine | Programme | Video | Card) -> Description:
    """The evidence behind an entry; for a routine, of its exercises, for a video, what is established about it."""
    match entry:
        case Routine():
            exercises = [catalogue.exercises[step.exercise] for step in entry.steps]
            tags = tuple(dict.fromkeys((*entry.evidence, *(tag for each in exercises for tag in each.evidence))))
        case Video():
            return _description(*describe(catalogue, entry)[:2], (Section("Established", _established(entry)),))
        case _:
            tags = entry.evidence
    known = [catalogue.sources[tag] for tag in tags if tag in catalogue.sources]
    sources = tuple(Section(f"{each.id}: {each.title}", (_graded(each), each.says)) for each in known)
    unknown = tuple(f"{tag}: not known" for tag in tags if tag not in catalogue.sources)
    none = () if tags else ("Nothing is named.",)
    return _description(entry.name, "what it rests on", (*sources, Section("", (*unknown, *none))))


def note_says(video: Video) -> str | None:
    """The words of the note under the heading of the video, as a sentence."""
    return None if video.own else _NOTE_SAYS.get(video.section)


def _exercise(catalogue: Catalogue, exercise: Exercise) -> Description:
    words = [worded_dose(exercise, exercise.prescription)]
    if exercise.side_is:
        words.append(f"Left and right mean {exercise.side_is}.")
    if pair := effort(exercise.prescription):
        words.append(f"Effort {pair[0]} % of your strength at first, later up to {pair[1]} %. Keep breathing.")
    if exercise.load:
        words.append(f"To make it harder, add {LOADS[exercise.load]}.")
    gear = [needs(exercise.equipment)]
    if exercise.optional:
        gear.append(f"if you like: {needs(exercise.optional)}")
    subtitle = (
        CATEGORIES[exercise.category],
        f"level {exercise.level} ({LEVELS[exercise.level]})",
        POSITIONS[exercise.position],
    )
    sections = (
        *_given(exercise),
        Section("Dose", tuple(words)),
        Section("You need", tuple(gear)),
        Section("Set-up", exercise.setup, numbered=True),
        Section("Stop if you feel", exercise.stop_if, warns=True),
        Section("Cues", exercise.cues),
        Section("Common mistakes", exercise.mistakes),
        Section("Not with", tuple(CONDITIONS[code] for code in exercise.avoid)),
        Section("Not planned with", tuple(CONDITIONS[code] for code in exercise.not_planned)),
        Section("Careful with", tuple(CONDITIONS[code] for code in exercise.caution)),
        Section("Easier", _names(catalogue, exercise.easier), opens=exercise.easier),
        Section("Harder", _names(catalogue, exercise.harder), opens=exercise.harder),
        Section("Works on", tuple(filter(None, (_list(AREAS, exercise.areas), _list(MUSCLES, exercise.muscles))))),
        Section("Also called", (", ".join(exercise.aliases),) if exercise.aliases else ()),
        Section("Evidence", _evidence(catalogue, exercise.evidence)),
        _goes_with(catalogue, exercise.videos),
    )
    return _description(exercise.name, ", ".join(subtitle), sections)


def _routine(catalogue: Catalogue, routine: Routine) -> Description:
    exercises = [(catalogue.exercises[step.exercise], step.prescription) for step in routine.steps]
    steps = tuple(f"{exercise.name}: {worded_dose(exercise, prescription)}" for exercise, prescription in exercises)
    sections = (
        *_given(routine),
        Section("", tuple(filter(None, (routine.honest, routine.why)))),
        Section("Not for", (routine.not_for,) if routine.not_for else ()),
        Section("Exercises", steps, numbered=True, opens=tuple(step.exercise for step in routine.steps)),
        Section("Evidence", _evidence(catalogue, routine.evidence)),
        _goes_with(catalogue, routine.goes_with),
    )
    return _description(routine.name, f"{ROUTINES[routine.kind]}, {counted(len(steps), 'exercise')}", sections)


def _programme(catalogue: Catalogue, programme: Programme) -> Description:
    advance = programme.advance
    passed = (
        f"A phase is passed with {100 * advance.done:.0f} % of its sessions done, and nothing that hurt more than "
        f"{advance.worst_pain} of 10 in its last week. Else it comes again."
    )
    gear = (needs(programme.equipment),) if programme.equipment else ()
    sections = (
        Section("", (programme.suits,)),
        Section("Read first", (programme.say_before,) if programme.say_before else ()),
        *(
            section
            for number, phase in enumerate(programme.phases, 1)
            for section in _phase(catalogue, programme, number, phase)
        ),
        Section("How it continues", (passed,)),
        Section("You need", gear),
        Section("Tests", tuple(TESTS[test] for test in programme.tests)),
        Section("Not with", tuple(CONDITIONS[code] for code in programme.not_for)),
        Section("Ask a doctor or physiotherapist first with", tuple(CONDITIONS[code] for code in programme.ask_first)),
        Section("What to expect", tuple(filter(None, (programme.expect, programme.not_claimed)))),
        Section("Evidence", _evidence(catalogue, programme.evidence)),
    )
    length = f"{counted(programme.weeks, 'week')}, {programme.days_a_week} days a week, about {programme.minutes} min"
    return _description(programme.name, f"programme, {length}, level {programme.level}", sections)


def _phase(catalogue: Catalogue, programme: Programme, number: int, phase: Phase) -> tuple[Section, ...]:
    """The core of a phase, with links to its exercises, and what rotates."""
    there = [core for core in phase.core if core.exercise in catalogue.exercises]
    lines = tuple(
        f"{catalogue.exercises[core.exercise].name}: "
        f"{worded_dose(catalogue.exercises[core.exercise], core.prescription)}, "
        f"{core.days or programme.days_a_week} days a week"
        for core in there
    )
    more = [f"And {counted(phase.rotate, 'exercise')} that the coach chooses."] if phase.rotate else []
    if gone := [core.exercise for core in phase.core if core not in there]:
        more.append(f"Not in your catalogue, so replaced or omitted: {', '.join(gone)}.")
    heading = f"Phase {number}, {counted(phase.weeks, 'week')}: {phase.name}"
    return Section(heading, lines, opens=tuple(core.exercise for core in there)), Section("", tuple(more))


def _established(video: Video) -> tuple[str, ...]:
    return video.established or ("Nothing beyond the note.",)


def _given(entry: Exercise | Routine) -> tuple[Section, ...]:
    return (Section("Notes", tuple(filter(None, (given(entry), entry.notes)))),)


def _video(catalogue: Catalogue, video: Video) -> Description:
    gone_with = [
        (f"{entry.name} ({goes_how(link)})", entry.id)
        for section in (catalogue.exercises.values(), catalogue.routines.values(), catalogue.cards.values())
        for entry in section
        for link in links_of(entry)
        if link.video == video.id
    ]
    where = " ".join(filter(None, (address(video), begins(video))))
    sections = (
        Section("", (where, *filter(None, (note_says(video), video.note)))),
        Section("Established", _established(video)),
        Section("Likely", video.likely),
        Section("What goes with it", tuple(name for name, _ in gone_with), opens=tuple(name for _, name in gone_with)),
    )
    title = video_title(catalogue.videos, video)
    said = "your caption" if video.own else "the note's own caption; the real title is not established"
    return _description(title, f'video, under "{video.section}"; {said if video.caption else caption(video)}', sections)


def _card(catalogue: Catalogue, card: Card) -> Description:
    sections = (
        *(Section(part.heading or "", part.points) for part in card.parts),
        Section("Evidence", _evidence(catalogue, card.evidence)),
        _goes_with(catalogue, card.videos),
    )
    return _description(card.name, "to read", sections)


def _description(title: str, subtitle: str, sections: tuple[Section, ...]) -> Description:
    return Description(title, subtitle, tuple(section for section in sections if section.lines))


def _names(catalogue: Catalogue, ids: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{catalogue.exercises[each].name} ({each})" for each in ids)


def _list(vocabulary: dict[str, str], words: tuple[str, ...]) -> str:
    return ", ".join(vocabulary[word] for word in words)


def _evidence(catalogue: Catalogue, tags: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_source(catalogue.sources[tag]) if tag in catalogue.sources else f"{tag}: not known" for tag in tags)


def _source(source: Source) -> str:
    return f"{source.id} ({_graded(source)}): {source.says}"


def _graded(source: Source) -> str:
    return f"{source.grade}; {READ[source.read]}"


def _goes_with(catalogue: Catalogue, links: tuple[Link, ...]) -> Section:
    found = [(link, linked(catalogue.videos, link)) for link in strongest(links)]
    lines = tuple(
        "; ".join(filter(None, (f"{address(video)} {STRENGTHS[link.strength]}", begins(video), caption(video))))
        for link, video in found
    )
    return Section("Goes with these videos", lines, opens=tuple(video.id for _, video in found))
