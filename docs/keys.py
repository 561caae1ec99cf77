"""Writes the tables of keys in the guide from the table of the code: `python docs/keys.py`."""

import re
from pathlib import Path

from hiproutine.tui.keys import TABLE, Key, shown

GUIDE = Path(__file__).parent / "guide.md"
_BLOCK = re.compile(r"(<!-- keys: ([^>]+) -->\n).*?(<!-- end of keys -->)", re.DOTALL)


def rows(places: str) -> str:
    """The keys of some places, by commas, as the rows of a table."""
    keys = [key for place in places.split(", ") for key in TABLE[place] if key.keys]
    lines = (f"| {', '.join(f'`{one}`' for one in _names(key))} | {key.help} |" for key in keys)
    return "\n".join(["| key | what it does |", "| --- | --- |", *lines, ""])


def _names(key: Key) -> list[str]:
    return [key.display] if "{key}" in key.action else [shown(name) for name in key.keys.split(",")]


def written(text: str) -> str:
    """The guide with its tables as they are now."""
    return _BLOCK.sub(lambda match: f"{match[1]}{rows(match[2])}{match[3]}", text)


if __name__ == "__main__":
    GUIDE.write_text(written(GUIDE.read_text(encoding="utf-8")), encoding="utf-8")
