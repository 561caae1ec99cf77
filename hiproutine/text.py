"""Text: made safe for a terminal, and the formats of lengths, days and counts that all share."""

import unicodedata

TYPE_CHECKING = False  # the import of `datetime` would be too slow for a shell prompt
if TYPE_CHECKING:
    from datetime import date

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
LONGEST = 2000

# Controls, surrogates, private use, unassigned, line and paragraph separators: none belongs in a name or a cue.
_REFUSED_CATEGORIES = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
# Bidirectional controls, zero-width characters and language tags can make text read other than it is written.
# The zero-width joiner stays: scripts and emoji need it.
_REFUSED = {0x00AD, 0x061C, 0x180E, 0x200B, 0x200C, 0x200E, 0x200F, 0xFEFF, *range(0x202A, 0x202F)}
_REFUSED |= {*range(0x2060, 0x2070), *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080)}
_MOST_COMBINING = 2


def reason(error: OSError) -> str:
    """Return what the system says is wrong, without the file."""
    return clean(error.strerror or str(error))


def of_file(error: OSError, place: object = "") -> str:
    """Return the same after the file that it is about, or after `place` where the system names none."""
    return f"{clean(str(error.filename or place))}: {reason(error)}"


def clock_length(ms: int) -> str:
    """Return `m:ss`, rounded up so that 0:00 is the end."""
    minutes, rest = divmod(-(-ms // 1000), 60)
    return f"{minutes}:{rest:02}"


def day_words(day: "date") -> str:
    """Return such as `Mon 2026-11-23`."""
    return f"{day:%a} {day}"


def counted(count: int, noun: str) -> str:
    """Return such as `1 day`, `2 days`."""
    return f"{count} {noun}{'s' * (count != 1)}"


def clean(text: str) -> str:
    """Return `text` in NFC, without anything that could steer a terminal, at most LONGEST characters long."""
    if text.isascii() and text.isprintable():
        return text[:LONGEST]
    kept: list[str] = []
    combining = 0
    # Composing takes time that grows with the square of a run of marks; no character has more than a few.
    for char in unicodedata.normalize("NFC", text[: 4 * LONGEST])[:LONGEST]:
        category = unicodedata.category(char)
        combining = combining + 1 if category in ("Mn", "Me") else 0
        if combining > _MOST_COMBINING:
            continue
        refused = category in _REFUSED_CATEGORIES or ord(char) in _REFUSED
        kept.append(REPLACEMENT if refused else char)
    return "".join(kept)
