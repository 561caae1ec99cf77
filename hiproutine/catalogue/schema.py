"""The JSON Schema of catalogue files, out of the readers that read them: editors complete and check with it."""

import json
from typing import Any

from hiproutine.catalogue.folder import SCHEMA
from hiproutine.catalogue.reader import outlines, video_id
from hiproutine.yaml.nodes import Schema

NAME = SCHEMA
MODELINE = f"# yaml-language-server: $schema={NAME}"
"""The first line of a file that stands beside its schema."""


def schema() -> Schema:
    """What a catalogue file looks like; whether its references lead anywhere, only reading tells."""
    sections: dict[str, Any] = {
        section: {"type": "array", "items": _entry(*found)} for section, found in outlines().items()
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A catalogue of hiproutine",
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": sections | {"hide": {"type": "array", "items": video_id.schema}},
    }


def text() -> str:
    """The same as it is shipped, and written beside the files of a user."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _entry(whole: Schema, extending: Schema | None) -> Schema:
    return {"if": {"required": ["extends"]}, "then": extending, "else": whole} if extending else whole
