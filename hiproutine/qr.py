"""An address as a QR code, for a telephone to read off the screen."""

from itertools import zip_longest

QUIET_ZONE = 4
"""Light modules on every side, as ISO/IEC 18004 asks for."""

# The upper and the lower module of a cell, 1 for dark. What the foreground paints is dark, so it must be drawn in black
# on white, whatever the colours around it.
_HALVES = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}


def rows(address: str) -> tuple[str, ...]:
    """The code in half blocks, two modules a cell, with its quiet zone; all rows are equally wide."""
    import segno

    modules = [list(row) for row in segno.make(address, error="l", micro=False).matrix_iter(border=QUIET_ZONE)]
    light = [0] * len(modules[0])
    pairs = zip_longest(modules[::2], modules[1::2], fillvalue=light)
    return tuple("".join(_HALVES[pair] for pair in zip(upper, lower, strict=True)) for upper, lower in pairs)


def too_large(code: tuple[str, ...], columns: int, lines: int) -> str | None:
    """Why the code cannot be shown whole in a terminal of that size, as a sentence; None if it can."""
    if len(code[0]) <= columns and len(code) <= lines:
        return None
    return (
        f"The code of this address takes {len(code[0])} columns and {len(code)} lines; here are {columns} and {lines}."
    )
