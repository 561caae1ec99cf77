"""The writer: entries as the text of a catalogue file, to share with others or to add to own files."""

from collections.abc import Iterable
from textwrap import indent
from typing import Any

from hiproutine.catalogue import notation
from hiproutine.catalogue.model import Card, Catalogue, Exercise, Routine, Step, Video
from hiproutine.catalogue.prescription import Prescription, kind_of
from hiproutine.catalogue.schema import MODELINE

Entry = Exercise | Routine | Video | Card

_SECTION_OF = {"exercises": Exercise, "routines": Routine, "videos": Video, "cards": Card}
# What is said to one person is not given to another.
_PRIVATE: dict[str, Any] = {"prescribed_by": None, "notes": None, "until": None}
_VARIANTS = {"easier", "harder"}
_OF_VIDEOS = {"checked", "own"}
_MAPPINGS = {"videos", "goes_with"}
_CHANGING = """\
{modeline}
# What stands here changes "{name}", which is shipped.
{section}:
  - {extended}
    # Take away the "# " of what you change.
{fields}
"""
_WHOLE = """\
{modeline}
# A copy to change; `hiproutine check` tells what is wrong with it.
{section}:
  - {fields}
"""
_UNUSED = """\
    # Take away the "# " of what you need.
{fields}
"""


def text(catalogue: Catalogue, entries: Iterable[Entry]) -> str:
    """A file with these entries; the steps of a routine are of exercises in `catalogue`."""
    wanted = list(entries)
    sections = {
        section: [_fields(catalogue, each) for each in wanted if isinstance(each, made)]
        for section, made in _SECTION_OF.items()
    }
    content = {section: rows for section, rows in sections.items() if rows}
    return f"{MODELINE}\n{_yaml(content)}"


def changing(catalogue: Catalogue, entry: Entry) -> str:
    """A file that extends an entry and changes nothing yet, with each field in a comment."""
    fields = _fields(catalogue, entry)
    extended = _yaml({"extends": fields.pop("id")}).strip()
    return _CHANGING.format(
        **_heads(entry),
        extended=extended,
        fields=indent(_yaml(fields) + _absent(entry, fields), "    # ").rstrip(),
    )


def whole(catalogue: Catalogue, entry: Entry) -> str:
    """A file with one entry, and in comments the fields that it does not use."""
    fields = _fields(catalogue, entry)
    words = _WHOLE.format(**_heads(entry), fields=indent(_yaml(fields), "    ").strip())
    unused = _absent(entry, fields)
    return words + _UNUSED.format(fields=indent(unused, "    # ").rstrip()) if unused else words


def _heads(entry: Entry) -> dict[str, str]:
    section = next(section for section, made in _SECTION_OF.items() if isinstance(entry, made))
    name = entry.caption or entry.id if isinstance(entry, Video) else entry.name
    return {"modeline": MODELINE, "section": section, "name": name}


def _absent(entry: Entry, fields: dict[str, Any]) -> str:
    """The fields that `fields` leaves out, as they are."""
    left = {name: value for name, value in entry._asdict().items() if name not in {*fields, "id", "own"}}
    return _yaml({name: {} if name in _MAPPINGS else _plain(name, value) for name, value in left.items()})


def _yaml(content: dict[str, Any]) -> str:
    import yaml

    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 -- yaml's own signature
            return True

    return yaml.dump(content, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=110) if content else ""


def to_share(catalogue: Catalogue, routine: Routine) -> tuple[Entry, ...]:
    """A routine with all that it needs, and with nothing that was said to one person."""
    ids = dict.fromkeys(step.exercise for step in routine.steps)
    exercises = [
        each._replace(
            easier=tuple(other for other in each.easier if other in ids),
            harder=tuple(other for other in each.harder if other in ids),
            **_PRIVATE,
        )
        for each in (catalogue.exercises[name] for name in ids)
    ]
    links = [*routine.goes_with, *(link for each in exercises for link in each.videos)]
    videos = [catalogue.videos[name] for name in dict.fromkeys(link.video for link in links)]
    return (routine._replace(**_PRIVATE), *exercises, *videos)


def brings_nothing(brought: Entry, there: Entry) -> bool:
    """Return whether an entry adds nothing to another one, apart from what `to_share` omits."""
    fields = zip(brought._fields, brought, there, strict=True)
    return all(value == known or name in _OF_VIDEOS or _less(name, value, known) for name, value, known in fields)


def _less(name: str, value: Any, known: Any) -> bool:
    if name in _VARIANTS:
        return set(value) <= set(known)
    return name in _PRIVATE and value is None


def _fields(catalogue: Catalogue, entry: Entry) -> dict[str, Any]:
    """The fields that are not as they are anyway."""
    fields = {name: value for name, value in entry._asdict().items() if value not in (None, (), False)}
    match entry:
        case Exercise():
            fields["prescription"] = _prescription(entry.prescription)
            if entry.cues == entry.setup:
                del fields["cues"]
        case Routine():
            fields["steps"] = [_step(catalogue.exercises[step.exercise], step) for step in entry.steps]
        case Video():
            fields.pop("own", None)
            fields["caption"] = entry.caption
        case Card():
            fields["parts"] = [_listed(part._asdict()) for part in entry.parts]
    return {name: _plain(name, value) for name, value in fields.items()}


def _plain(name: str, value: Any) -> Any:
    if name in ("equipment", "optional"):
        return [" or ".join(choice) for choice in value]
    if name in _MAPPINGS:
        return {
            link.video: link.strength if link.start_s is None else {"strength": link.strength, "start_s": link.start_s}
            for link in value
        }
    return list(value) if isinstance(value, tuple) else value


def _prescription(prescription: Prescription) -> Any:
    """In words where they say the same, else field by field."""
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
    """The dose in words; None where a word of a tempo is none that the grammar knows."""
    words = notation.write(prescription, usual)
    try:
        return words if notation.read(words, usual).prescription == prescription else None
    except notation.Fault:
        return None


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _listed(each) for name, each in value.items() if each is not None}
    return [_listed(each) for each in value] if isinstance(value, tuple) else value
