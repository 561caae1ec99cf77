"""Text from files made safe for a terminal. Knows nothing of where it came from or will be shown."""

import unicodedata

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
    """What the system says is wrong, without the file."""
    return clean(error.strerror or str(error))


def of_file(error: OSError, place: object = "") -> str:
    """The same behind the file that it is about; where the system names none, that is the place."""
    return f"{clean(str(error.filename or place))}: {reason(error)}"


def clean(text: str) -> str:
    """`text` in NFC, without anything that could steer a terminal, at most LONGEST characters long."""
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
