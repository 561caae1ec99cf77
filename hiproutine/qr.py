"""QR codes of addresses, to scan off the screen with a phone."""

from itertools import zip_longest

QUIET_ZONE = 4
"""Light modules on every side, as ISO/IEC 18004 asks for."""

# The upper and lower module of a cell, 1 for dark. The foreground paints the dark modules, so draw it black on white,
# whatever the colours around it.
_HALVES = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}


def rows(address: str) -> tuple[str, ...]:
    """Return the code in half blocks, two modules a cell, with its quiet zone; all rows have the same width."""
    import segno

    modules = [list(row) for row in segno.make(address, error="l", micro=False).matrix_iter(border=QUIET_ZONE)]
    light = [0] * len(modules[0])
    pairs = zip_longest(modules[::2], modules[1::2], fillvalue=light)
    return tuple("".join(_HALVES[pair] for pair in zip(upper, lower, strict=True)) for upper, lower in pairs)


def too_large(code: tuple[str, ...], columns: int, lines: int) -> str | None:
    """Return why the code does not fit a terminal of that size, as a sentence; None if it does."""
    if len(code[0]) <= columns and len(code) <= lines:
        return None
    return f"The QR code needs {len(code[0])} columns and {len(code)} lines; the terminal has {columns} and {lines}."
