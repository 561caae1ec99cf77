"""Writing of entries as catalogue files, to share or to customise."""

import json
from collections.abc import Iterable, Iterator
from textwrap import indent
from typing import Any

from hiproutine.catalogue import notation
from hiproutine.catalogue.model import Card, Catalogue, Exercise, Phase, Programme, Routine, Step, Video
from hiproutine.catalogue.prescription import Prescription, kind_of
from hiproutine.catalogue.schema import MODELINE
from hiproutine.catalogue.vocabulary import SESSION

Entry = Exercise | Routine | Video | Card | Programme

_SECTION_OF = {"exercises": Exercise, "routines": Routine, "videos": Video, "cards": Card, "programmes": Programme}
# Personal fields are not shared.
_PRIVATE: dict[str, Any] = {"prescribed_by": None, "notes": None, "until": None}
_VARIANTS = {"easier", "harder"}
_OF_VIDEOS = {"checked", "own"}
_MAPPINGS = {"videos", "goes_with"}
_CHANGING = """\
{modeline}
# Changes to "{name}", which is shipped.
{section}:
  - {extended}
    # Remove the "# " before each field that you change.
{fields}
"""
_WHOLE = """\
{modeline}
# A copy to edit; `hiproutine check` checks it.
{section}:
  - {fields}
"""
_UNUSED = """\
    # Remove the "# " before what you need.
{fields}
"""


def text(catalogue: Catalogue, entries: Iterable[Entry]) -> str:
    """The text of a file with these entries; steps of routines refer to exercises in `catalogue`."""
    wanted = list(entries)
    sections = {
        section: [_fields(catalogue, each) for each in wanted if isinstance(each, made)]
        for section, made in _SECTION_OF.items()
    }
    content = {section: rows for section, rows in sections.items() if rows}
    return f"{MODELINE}\n{_yaml(content)}"


def changing(catalogue: Catalogue, entry: Entry) -> str:
    """The text of a file that extends an entry, with all fields commented out."""
    fields = _fields(catalogue, entry)
    extended = _yaml({"extends": fields.pop("id")}).strip()
    return _CHANGING.format(
        **_heads(entry),
        extended=extended,
        fields=indent(_yaml(fields) + _absent(entry, fields), "    # ").rstrip(),
    )


def entry_file(catalogue: Catalogue, entry: Entry) -> str:
    """The text of a file with one entry, and its unused fields commented out."""
    fields = _fields(catalogue, entry)
    words = _WHOLE.format(**_heads(entry), fields=indent(_yaml(fields), "    ").strip())
    unused = _absent(entry, fields)
    return words + _UNUSED.format(fields=indent(unused, "    # ").rstrip()) if unused else words


def _heads(entry: Entry) -> dict[str, str]:
    section = next(section for section, made in _SECTION_OF.items() if isinstance(entry, made))
    name = entry.caption or entry.id if isinstance(entry, Video) else entry.name
    return {"modeline": MODELINE, "section": section, "name": name}


def _absent(entry: Entry, fields: dict[str, Any]) -> str:
    """The fields that `fields` omits, with their values."""
    left = {name: value for name, value in entry._asdict().items() if name not in {*fields, "id", "own"}}
    return _yaml({name: {} if name in _MAPPINGS else _plain(name, value) for name, value in left.items()})


def _yaml(content: dict[str, Any]) -> str:
    import yaml

    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 -- yaml's own signature
            return True

    return yaml.dump(content, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=110) if content else ""


def to_share(catalogue: Catalogue, shared: Routine | Programme) -> tuple[Entry, ...]:
    """A routine or a programme with everything that it needs, without personal fields."""
    needed = (
        _of_phases(catalogue, shared) if isinstance(shared, Programme) else [step.exercise for step in shared.steps]
    )
    ids = dict.fromkeys(name for name in needed if name in catalogue.exercises)
    exercises = [
        each._replace(
            easier=tuple(other for other in each.easier if other in ids),
            harder=tuple(other for other in each.harder if other in ids),
            figure=_whole_figure(catalogue, each),
            **_PRIVATE,
        )
        for each in (catalogue.exercises[name] for name in ids)
    ]
    own_links = () if isinstance(shared, Programme) else shared.goes_with
    links = [*own_links, *(link for each in exercises for link in each.videos)]
    videos = [catalogue.videos[name] for name in dict.fromkeys(link.video for link in links)]
    return (shared if isinstance(shared, Programme) else shared._replace(**_PRIVATE), *exercises, *videos)


def _of_phases(catalogue: Catalogue, programme: Programme) -> Iterator[str]:
    """The ids of the core of a programme, of what may take its places, and of what rotates."""
    for phase in programme.phases:
        yield from (core.exercise for core in phase.core)
        yield from (name for name, each in catalogue.exercises.items() if each.alike in phase.rotate_from)
    for name, others in programme.instead:
        yield from (name, *others)


def _whole_figure(catalogue: Catalogue, exercise: Exercise) -> str | None:
    """A figure with all of those that it is like, as far as these are not shipped."""
    if not exercise.figure:
        return None
    written, seen = json.loads(exercise.figure), {exercise.id}
    while (of := written.get("like")) and of not in seen and (base := catalogue.exercises[of].figure):
        seen.add(of)
        written = json.loads(base) | {key: value for key, value in written.items() if key != "like"}
    return json.dumps(written, ensure_ascii=False)


def brings_nothing(brought: Entry, there: Entry) -> bool:
    """Return whether an entry adds nothing to another one, apart from what `to_share` omits."""
    fields = zip(brought._fields, brought, there, strict=True)
    return all(value == known or name in _OF_VIDEOS or _less(name, value, known) for name, value, known in fields)


def _less(name: str, value: Any, known: Any) -> bool:
    if name in _VARIANTS:
        return set(value) <= set(known)
    return name in _PRIVATE and value is None


def _fields(catalogue: Catalogue, entry: Entry) -> dict[str, Any]:
    """The fields that differ from their defaults."""
    fields = {name: value for name, value in entry._asdict().items() if value not in (None, (), False)}
    match entry:
        case Exercise():
            fields["prescription"] = _prescription(entry.prescription)
            if entry.mech:
                fields["mech"] = _listed(entry.mech._asdict())
            if entry.cues == entry.setup:
                del fields["cues"]
        case Routine():
            if entry.kind == SESSION:
                del fields["kind"]
            fields["steps"] = [_step(catalogue.exercises[step.exercise], step) for step in entry.steps]
        case Video():
            fields.pop("own", None)
            fields["caption"] = entry.caption
        case Programme():
            fields["phases"] = [_phase(catalogue, phase) for phase in entry.phases]
            fields["instead"] = {name: list(others) for name, others in entry.instead}
            fields["advance"] = entry.advance._asdict()
        case Card():
            fields["parts"] = [_listed(part._asdict()) for part in entry.parts]
    return {name: _plain(name, value) for name, value in fields.items()}


def _phase(catalogue: Catalogue, phase: Phase) -> dict[str, Any]:
    def step(name: str, prescription: Prescription) -> Any:
        if exercise := catalogue.exercises.get(name):
            return _step(exercise, Step(name, prescription))
        return f"{name} {_said(prescription, None)}"

    core = [
        {"do": step(each.exercise, each.prescription)} | ({"days": each.days} if each.days else {})
        for each in phase.core
    ]
    fields = phase._asdict() | {"core": core, "rotate_from": list(phase.rotate_from)}
    return {name: value for name, value in fields.items() if value not in (0, [])}


def _plain(name: str, value: Any) -> Any:
    if name in ("equipment", "optional"):
        return [" or ".join(choice) for choice in value]
    if name in _MAPPINGS:
        return {
            link.video: link.strength if link.start_s is None else {"strength": link.strength, "start_s": link.start_s}
            for link in value
        }
    if name == "figure":
        return value and json.loads(value)
    return list(value) if isinstance(value, tuple) else value


def _prescription(prescription: Prescription) -> Any:
    """The prescription in the notation if that is equivalent, else field by field."""
    return _said(prescription, None) or {"kind": kind_of(prescription)} | _listed(prescription._asdict())


def _step(exercise: Exercise, step: Step) -> Any:
    usual = exercise.prescription
    if step.prescription == usual:
        return step.exercise
    if words := _said(step.prescription, usual):
        return f"{step.exercise} {words}"
    changes = {name: value for name, value in step.prescription._asdict().items() if value != getattr(usual, name)}
    return {"exercise": step.exercise, "set": _listed(changes)}


def _said(prescription: Prescription, usual: Prescription | None) -> str | None:
    """The dose in the notation; None if a word of its tempo does not fit the grammar."""
    words = notation.write(prescription, usual)
    try:
        return words if notation.read(words, usual).prescription == prescription else None
    except notation.Fault:
        return None


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _listed(each) for name, each in value.items() if each is not None}
    return [_listed(each) for each in value] if isinstance(value, tuple) else value
