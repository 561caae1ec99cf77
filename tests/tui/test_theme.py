"""The themes: readable, and told apart by every kind of eye."""

import math
from itertools import combinations

import pytest
from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.color import Color
from textual.theme import Theme

from hiproutine.figure.cells import _OF_16
from hiproutine.figure.palette import is_dark
from hiproutine.practice.colours import PHASE_ROLES
from hiproutine.tui.pictures import _rich
from hiproutine.tui.theme import THEMES

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
        assert math.dist(*(seen(colour, eye) for colour in colours)) > 9 * JUST_NOTICED, (one, other)


@themes
def test_no_two_phases_are_the_same_among_sixteen_colours(theme: Theme) -> None:
    drawn = {
        name: RichColor.parse(theme.variables[f"phase-{name}"]).downgrade(ColorSystem.STANDARD).number
        for name in (*PHASE_ROLES, "text")
    }
    assert len({*drawn.values()}) == len(drawn), drawn


@themes
def test_the_words_can_be_read_on_every_phase_from_across_the_room(theme: Theme) -> None:
    for role in PHASE_ROLES:
        assert contrast(theme.variables["phase-text"], theme.variables[f"phase-{role}"]) >= 7, role


@themes
def test_the_pages_can_be_read(theme: Theme) -> None:
    words = theme.foreground, theme.primary, theme.secondary, theme.accent, theme.success, theme.warning, theme.error
    for colour in words:
        for ground in (theme.background, theme.surface):
            assert colour
            assert ground
            assert contrast(colour, ground) >= 4.5, (colour, ground)


@themes
def test_in_16_colours_no_part_of_the_body_has_the_colour_of_what_is_behind_it(theme: Theme) -> None:
    grounds = [theme.variables[f"phase-{role}"] for role in PHASE_ROLES] + [theme.background or ""]
    for ground in grounds:
        behind = RichColor.parse(ground).downgrade(ColorSystem.STANDARD).number
        light = 0 if is_dark(Color.parse(ground).rgb) else 2
        for role in ("skin", "shoe", "shirt", "shorts", "hair", "hot"):
            assert behind not in _OF_16[role][light : light + 2], (ground, role)


def test_the_16_colours_reach_the_terminal_as_they_are() -> None:
    colours = [_rich(number) for number in range(16)]
    assert [each.downgrade(ColorSystem.STANDARD).number for each in colours] == [*range(16)]
    assert all(each.triplet for each in colours), "Textual gives those without one tones of its own"
