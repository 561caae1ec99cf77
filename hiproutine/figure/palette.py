"""The colours of a figure, derived from the background that it stands on."""

from functools import lru_cache
from typing import NamedTuple

RGB = tuple[int, int, int]

SKINS: dict[str, RGB] = {
    "neutral": (206, 196, 186),
    "pale": (232, 202, 180),
    "tan": (210, 164, 126),
    "brown": (160, 112, 80),
    "dark": (112, 76, 56),
}
HAIRS: dict[str, RGB] = {
    "neutral": (96, 84, 80),
    "black": (44, 40, 42),
    "brown": (92, 62, 48),
    "red": (150, 78, 40),
    "fair": (206, 172, 110),
    "grey": (150, 150, 152),
}
_DARK: dict[str, RGB] = {
    "shirt": (104, 138, 158),
    "shorts": (66, 84, 112),
    "hot": (255, 150, 40),
    "prop": (92, 104, 108),
    "cushion": (146, 108, 158),
    "strap": (235, 225, 140),
    "arrow": (255, 235, 150),
    "push": (255, 96, 96),
}
_LIGHT: dict[str, RGB] = {
    "shirt": (72, 118, 148),
    "shorts": (52, 66, 98),
    "hot": (226, 88, 10),
    "prop": (150, 158, 160),
    "cushion": (170, 140, 178),
    "strap": (140, 108, 0),
    "arrow": (150, 30, 60),
    "push": (170, 0, 0),
}
_TINTS = {"mat": (0.16, (90, 190, 190)), "shadow": (0.06, (60, 150, 150)), "ghost": (0.22, (130, 150, 180))}
_LEAST = {"skin": 3.0, "hot": 3.0, "shirt": 2.0, "arrow": 4.5, "push": 3.0, "strap": 4.5, "prop": 1.5, "cushion": 1.5}
"""The contrast with the background, as in WCAG, that a colour is moved to if it has less."""


_COLOURFUL = 64
"""The least spread of red, green and blue in a ground that is not grey, as those of the phases of practice."""
# On such a ground the body is a silhouette: how much of black, or of white on a dark one, is in each part.
_SILHOUETTE = {
    "skin": 0.62, "shirt": 0.74, "shorts": 0.84, "hair": 0.92, "shoe": 0.8, "prop": 0.36, "cushion": 0.46,
    "strap": 0.9, "wall": 0.22, "mat": 0.1, "shadow": 0.17, "ghost": 0.24,
}  # fmt: skip
_HOT: tuple[RGB, ...] = ((255, 255, 255), (12, 17, 22), (255, 150, 40), (235, 70, 30), (222, 20, 20))
"""The highlight is the one of these that stands out from such a ground and differs most from it and from the body."""


_LEAST_HOT = 2.4


class Palette(NamedTuple):
    """A colour for each role, and whether the background is dark."""

    colours: dict[str, RGB]
    dark: bool


@lru_cache(maxsize=32)
def palette(background: RGB = (18, 23, 28), skin: str = "neutral", hair: str = "neutral") -> Palette:
    """The colours on a background. Meaning is never in them alone."""
    dark = is_dark(background)
    if max(background) - min(background) >= _COLOURFUL:
        return Palette(_silhouette(background, dark, skin), dark)
    found = dict(_DARK if dark else _LIGHT)
    found["skin"] = SKINS[skin] if dark else _mixed(SKINS[skin], (120, 84, 60), 0.45)
    found["hair"] = HAIRS[hair]
    found["shoe"] = _mixed(found["skin"], (120, 110, 110), 0.3)
    for role, least in _LEAST.items():
        found[role] = _away(found[role], background, least)
    found["wall"] = _mixed(background, found["prop"], 0.6)
    for role, (share, tint) in _TINTS.items():
        found[role] = _mixed(background, tint, share)
    found["background"] = found["line"] = background
    return Palette(found, dark)


def _silhouette(background: RGB, dark: bool, skin: str) -> dict[str, RGB]:
    end: RGB = (255, 255, 255) if dark else (0, 0, 0)
    found = {role: _mixed(background, end, share) for role, share in _SILHOUETTE.items()}
    found["skin"] = _mixed(found["skin"], SKINS[skin], 0.15)
    standing_out = [hot for hot in _HOT if contrast(hot, background) >= _LEAST_HOT]
    found["hot"] = max(standing_out, key=lambda hot: min(_far(hot, background), _far(hot, found["skin"])))
    return found | {"arrow": found["hot"], "push": found["hot"], "background": background, "line": background}


def _mixed(a: RGB, b: RGB, share: float) -> RGB:
    x, y, z = (round(p + (q - p) * share) for p, q in zip(a, b, strict=True))
    return x, y, z


def _away(colour: RGB, background: RGB, least: float) -> RGB:
    """The colour itself, or one moved towards white or black until it stands out."""
    end: RGB = (255, 255, 255) if is_dark(background) else (0, 0, 0)
    for step in range(11):
        moved = _mixed(colour, end, step / 10)
        if contrast(moved, background) >= least:
            break
    return moved


def is_dark(ground: RGB) -> bool:
    """Whether light colours stand out from it rather than dark ones."""
    return luminance(ground) < 0.2


def luminance(colour: RGB) -> float:
    """The relative luminance of WCAG, from 0 to 1."""
    r, g, b = (v / 255 / 12.92 if v <= 10 else ((v / 255 + 0.055) / 1.055) ** 2.4 for v in colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: RGB, b: RGB) -> float:
    """From 1 to 21."""
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


_STEPS = (0, 95, 135, 175, 215, 255)


@lru_cache(maxsize=4096)
def of_256(colour: RGB) -> int:
    """The nearest of the 256 colours that no theme changes: 16 to 255."""
    near = [min(range(6), key=lambda step, v=value: abs(_STEPS[step] - v)) for value in colour]  # type: ignore[misc]
    cube: RGB = (_STEPS[near[0]], _STEPS[near[1]], _STEPS[near[2]])
    grey = min(23, max(0, round((sum(colour) / 3 - 8) / 10)))
    level = 8 + 10 * grey
    if _far(colour, (level, level, level)) < _far(colour, cube):
        return 232 + grey
    return 16 + 36 * near[0] + 6 * near[1] + near[2]


def _far(a: RGB, b: RGB) -> int:
    return sum((p - q) ** 2 for p, q in zip(a, b, strict=True))
