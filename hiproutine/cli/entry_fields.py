"""The fields of catalogue entries in the JSON of `list`, to which `show` adds the rest."""

from typing import TYPE_CHECKING

from hiproutine.cli.json_fields import Fields
from hiproutine.coach import session
from hiproutine.practice import timeline

if TYPE_CHECKING:
    from hiproutine.catalogue.model import Catalogue, Exercise, Routine, Video
    from hiproutine.settings.model import Manner


def exercise_ms(exercise: "Exercise", manner: "Manner") -> int:
    return timeline.length_ms(session.Item(exercise, exercise.prescription), manner)


def routine_ms(catalogue: "Catalogue", routine: "Routine", manner: "Manner") -> int:
    return timeline.compile_session(session.of_routine(catalogue, routine), manner).total_ms


EXERCISE: "Fields[Exercise, Manner]" = {
    "id": lambda exercise, _: exercise.id,
    "name": lambda exercise, _: exercise.name,
    "category": lambda exercise, _: exercise.category,
    "level": lambda exercise, _: exercise.level,
    "position": lambda exercise, _: exercise.position,
    "sides": lambda exercise, _: exercise.sides,
    "areas": lambda exercise, _: exercise.areas,
    "muscles": lambda exercise, _: exercise.muscles,
    "equipment": lambda exercise, _: sorted({word for choice in exercise.equipment for word in choice}),
    "dose": lambda exercise, _: session.Item(exercise, exercise.prescription).dose,
    "seconds": lambda exercise, manner: exercise_ms(exercise, manner) // 1000,
    "videos": lambda exercise, _: {link.video: link.strength for link in exercise.videos},
}
ROUTINE: "Fields[Routine, Catalogue, Manner]" = {
    "id": lambda routine, *_: routine.id,
    "name": lambda routine, *_: routine.name,
    "kind": lambda routine, *_: routine.kind,
    "honest": lambda routine, *_: routine.honest,
    "why": lambda routine, *_: routine.why,
    "not_for": lambda routine, *_: routine.not_for,
    "seconds": lambda routine, catalogue, manner: routine_ms(catalogue, routine, manner) // 1000,
    "exercises": lambda routine, *_: [step.exercise for step in routine.steps],
    "videos": lambda routine, *_: {link.video: link.strength for link in routine.goes_with},
}
VIDEO: "Fields[Video]" = {
    "id": lambda video: video.id,
    "url": lambda video: video.url,
    "section": lambda video: video.section,
    "caption": lambda video: video.caption,
    "note": lambda video: video.note,
    "established": lambda video: video.established,
    "likely": lambda video: video.likely,
    "checked": lambda video: video.checked,
    "own": lambda video: video.own,
    "start_s": lambda video: video.start_s,
    # The real titles and makers of the videos are not established; these fields tell every reader of the JSON.
    "channel": lambda _: None,
    "title_verified": lambda _: False,
    "moves_verified": lambda video: bool(video.established),
}
