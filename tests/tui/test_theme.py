"""The themes: readable, and told apart by every kind of eye."""

import math
from itertools import combinations

import pytest
from textual.color import Color
from textual.theme import Theme

from hiproutine.tui.theme import PHASE_ROLES, THEMES

# Full colour blindness of each kind, on linear light: Machado, Oliveira and Fernandes 2009, severity 1.
EYES = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
JUST_NOTICED = 2.3
"""The distance in CIELAB of two colours that can just be told apart side by side."""

themes = pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)


def linear(colour: str) -> list[float]:
    parts = Color.parse(colour).normalized[:3]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def seen(colour: str, eye: str) -> tuple[float, float, float]:
    """A colour as that eye sees it, in CIELAB."""
    light = linear(colour)
    red, green, blue = (min(1, max(0, sum(map(math.prod, zip(row, light, strict=True))))) for row in EYES[eye])
    x, y, z = (
        part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116
        for part in (
            (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
            0.2126 * red + 0.7152 * green + 0.0722 * blue,
            (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
        )
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def contrast(one: str, other: str) -> float:
    """As WCAG 2 defines it."""
    dark, bright = sorted(
        0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in map(linear, (one, other))
    )
    return (bright + 0.05) / (dark + 0.05)


@themes
@pytest.mark.parametrize("eye", EYES)
def test_no_two_phases_look_alike_from_across_the_room(theme: Theme, eye: str) -> None:
    for one, other in combinations(PHASE_ROLES, 2):
        colours = (theme.variables[f"phase-{role}"] for role in (one, other))
        assert math.dist(*(seen(colour, eye) for colour in colours)) > 8 * JUST_NOTICED, (one, other)


@themes
def test_the_words_can_be_read_on_every_phase(theme: Theme) -> None:
    least = 7 if theme.name == "hiproutine-contrast" else 4.5
    for role in PHASE_ROLES:
        assert contrast(theme.variables["phase-text"], theme.variables[f"phase-{role}"]) >= least, role


@themes
def test_the_pages_can_be_read(theme: Theme) -> None:
    for colour in (theme.foreground, theme.primary, theme.accent, theme.success, theme.warning):
        for ground in (theme.background, theme.surface):
            assert colour
            assert ground
            assert contrast(colour, ground) >= 4.5, (colour, ground)
