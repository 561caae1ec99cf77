"""The JSON Schema of catalogue files, out of the readers that read them: editors complete and check with it."""

import json
from typing import Any

from hiproutine.catalogue.folder import SCHEMA
from hiproutine.catalogue.model import Card, Exercise, Programme, Routine, Video
from hiproutine.catalogue.overlay import NAMED, Entries
from hiproutine.catalogue.prescription import usual
from hiproutine.catalogue.reader import FIGURE, ID_OF, SECTIONS, video_id
from hiproutine.yaml.nodes import Outline, Schema
from hiproutine.yaml.nodes import text as any_text

NAME = SCHEMA
MODELINE = f"# yaml-language-server: $schema={NAME}"
"""The first line of a file beside its schema."""


def schema() -> Schema:
    """The schema of a catalogue file; references are checked by the reader only."""
    from hiproutine.figure import reading

    sections: dict[str, Any] = {
        section: {"type": "array", "items": _entry(*found)} for section, found in _outlines().items()
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A catalogue of hiproutine",
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": sections | {"hide": {"type": "array", "items": video_id.schema}},
        "definitions": {FIGURE["$ref"].rpartition("/")[2]: reading.schema()},
    }


def text() -> str:
    """The same as it is shipped, and written beside the files of a user."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _entry(whole: Schema, extending: Schema | None) -> Schema:
    return {"if": {"required": ["extends"]}, "then": extending, "else": whole} if extending else whole


def _outlines() -> dict[str, tuple[Schema, Schema | None]]:
    """The JSON Schemas of the entries of each section: of a whole one, and of one that extends another."""
    shelf = Entries(None)
    made = (Exercise, Routine, Video, Card, Programme)
    before = dict.fromkeys([name for entry in made for name in entry._fields], usual("hold"))
    found: dict[str, tuple[Schema, Schema | None]] = {}
    for section, read_entry in SECTIONS.items():
        entry, extending = Outline(), Outline(before)
        read_entry(entry, shelf)
        extending.take("extends", ID_OF.get(section, any_text))
        read_entry(extending, shelf)
        found[section] = entry.schema, extending.schema if section in NAMED else None
    return found
