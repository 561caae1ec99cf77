"""Text: sanitised for terminals, and the shared formats of lengths, days and counts."""

import unicodedata

TYPE_CHECKING = False  # the import of `datetime` would be too slow for a shell prompt
if TYPE_CHECKING:
    from datetime import date

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
LONGEST = 2000

# Controls, surrogates, private use, unassigned, line and paragraph separators: none belong in a name or a cue.
_REFUSED_CATEGORIES = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
# Bidirectional controls, zero-width characters and language tags can disguise text. The zero-width joiner stays:
# scripts and emoji need it.
_REFUSED = {0x00AD, 0x061C, 0x180E, 0x200B, 0x200C, 0x200E, 0x200F, 0xFEFF, *range(0x202A, 0x202F)}
_REFUSED |= {*range(0x2060, 0x2070), *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080)}
_MOST_COMBINING = 2


def reason(error: OSError) -> str:
    """Return the system's error message, without the file name."""
    return clean(error.strerror or str(error))


def of_file(error: OSError, place: object = "") -> str:
    """Return the message after the file it concerns, or after `place` if the system names none."""
    return f"{clean(str(error.filename or place))}: {reason(error)}"


def clock_length(ms: int) -> str:
    """Return `m:ss`, rounded up so that 0:00 is the end."""
    minutes, rest = divmod(-(-ms // 1000), 60)
    return f"{minutes}:{rest:02}"


def length_words(ms: int) -> str:
    """Return such as `30 s`, or `1:30 min`, rounded up."""
    seconds = -(-ms // 1000)
    return f"{clock_length(ms)} min" if seconds >= 60 else f"{seconds} s"


def day_words(day: "date") -> str:
    """Return such as `Mon 2026-11-23`."""
    return f"{day:%a} {day}"


def counted(count: int, noun: str) -> str:
    """Return such as `1 day`, `2 days`."""
    return f"{count} {noun}{'s' * (count != 1)}"


def clean(text: str) -> str:
    """Return `text` in NFC, without anything that a terminal could interpret, at most LONGEST characters long."""
    if text.isascii() and text.isprintable():
        return text[:LONGEST]
    kept: list[str] = []
    combining = 0
    # Composing takes quadratic time in a run of combining marks; no character has more than a few.
    for char in unicodedata.normalize("NFC", text[: 4 * LONGEST])[:LONGEST]:
        category = unicodedata.category(char)
        combining = combining + 1 if category in ("Mn", "Me") else 0
        if combining > _MOST_COMBINING:
            continue
        refused = category in _REFUSED_CATEGORIES or ord(char) in _REFUSED
        kept.append(REPLACEMENT if refused else char)
    return "".join(kept)
