"""The look of the skin: clothes, hair, the highlighted part, light, and the limb on the far side dimmer."""

from collections.abc import Callable, Sequence
from math import sqrt

from hiproutine.figure.model import Region
from hiproutine.figure.skeleton import Body, Vector, dot
from hiproutine.figure.view import Shape, View, axes

ROLES = (
    "background",
    "mat",
    "shadow",
    "ghost",
    "wall",
    "prop",
    "cushion",
    "strap",
    "skin",
    "shirt",
    "shorts",
    "hair",
    "shoe",
    "hot",
    "arrow",
    "push",
)
ROLE = {name: number for number, name in enumerate(ROLES)}
HOT = ROLE["hot"]
BODY = frozenset(ROLE[name] for name in ("skin", "shirt", "shorts", "hair", "shoe", "hot"))
FULL = 20
"""The brightness of a role's own colour; there are levels below and a few above."""
LINE = 0
"""The level of an outline."""
_DIM = 0.66
HALF_DIM = (1 + _DIM) / 2
"""With two tones only, a limb darker than this takes the dim one."""
FAR = 15
"""Anything dimmer than this is on the far side."""
_SUN: Vector = (-0.25, 0.85, 0.35)

# Where a region is: shape, from where to where along it, which way its skin faces there (front, out), least cosine.
Patch = tuple[str, float, float, float, float, float]
PATCHES: dict[str, tuple[Patch, ...]] = {
    "front-of-hip": (("thigh", -0.2, 0.5, 1, 0, -0.05), ("pelvis", -0.6, 1.0, 1, 0.35, 0.45)),
    "front-of-thigh": (("thigh", 0.05, 1.0, 1, 0, -0.05),),
    "back-of-thigh": (("thigh", 0.12, 1.0, -1, 0, -0.05),),
    "inner-thigh": (("thigh", 0, 0.95, 0, -1, -0.05),),
    "outside-of-hip": (("thigh", -0.3, 0.38, 0, 1, -0.1), ("pelvis", -0.6, 0.8, 0, 1, 0.55)),
    "buttock": (("pelvis", -0.9, 0.75, -1, 0.3, 0.25), ("thigh", -0.3, 0.30, -1, 0, -0.1)),
    "hip-joint": (("thigh", -0.3, 0.30, 1, 0.7, -0.25), ("pelvis", -0.9, 0.5, 0.4, 1, 0.6)),
    "calf": (("shin", 0.03, 0.78, -1, 0, -0.2),),
    "ankle": (("shin", 0.72, 1.1, 1, 0, -0.9), ("foot", -0.2, 0.45, 0, 1, -1.1)),
    "low-back": (("pelvis", 0.2, 1.2, -1, 0, 0.1), ("belly", -0.3, 0.7, -1, 0, 0.1)),
    "trunk": (("belly", -0.2, 1.1, 0, 1, 0.15), ("thorax", -0.2, 0.4, 0, 1, 0.3)),
    "whole-body": (("thigh", 0.0, 1.0, 1, 0, -0.4), ("shin", 0.0, 0.9, 1, 0, -0.4)),
}
_CLOTHES = {
    "pelvis": "shorts",
    "belly": "shirt",
    "thorax": "shirt",
    "foot": "shoe",
    "thigh": "skin",
    "shin": "skin",
    "arm": "skin",
    "forearm": "skin",
    "palm": "skin",
    "throat": "skin",
    "head": "skin",
}

Hit = tuple[float, float, float, float]
"""The point along a shape where a ray met it, and the way the skin faces there: front, up, right of the bone."""
Shade = Callable[[Hit], int]
"""A role and a level, as role * 32 + level."""


def shade_of(shape: Shape, show: Sequence[Region], dim: float, grow: float) -> Shade:
    """Role and level of a place on a shape: clothes, hair, the highlighted part, light."""
    side, _, part = shape.name.rpartition(".")
    sign = {"l": -1, "r": 1}.get(side, 0)
    patches = [
        (region.side, low - grow / 4, high + grow / 4, front, out, least - grow)
        for region in show
        for name, low, high, front, out, least in PATCHES[region.name]
        if name == part and (not side or region.side in ("", side))
    ]
    base, shorts, shirt, hair = ROLE[_CLOTHES[part]], ROLE["shorts"], ROLE["shirt"], ROLE["hair"]
    (front_, up_, side_), _ = axes(shape)
    sun = dot(_SUN, front_), dot(_SUN, up_), dot(_SUN, side_)
    sx, sz = shape.stretch

    def shade(hit: Hit) -> int:
        along, nx, ny, nz = hit
        nx, nz = nx / sx, nz / sz
        size = 1 / sqrt(nx * nx + ny * ny + nz * nz + 1e-12)
        nx, ny, nz = nx * size, ny * size, nz * size
        role = base
        if part == "thigh" and along < 0.5:
            role = shorts
        elif part == "arm" and along < 0.42:
            role = shirt
        elif part == "head" and (nx < -0.02 or ny > 0.62):
            role = hair
        for where, low, high, front, out, least in patches:
            if low <= along <= high and _faces((nx, nz), (front, out), sign, where) > least:
                role = HOT
        light = 0.80 + 0.20 * (sun[0] * nx + sun[1] * ny + sun[2] * nz)
        level = light * dim if role != HOT else max(light * dim, 0.92)
        return role * 32 + int(level * FULL + 0.5)

    return shade


def _faces(skin: tuple[float, float], way: tuple[float, float], sign: int, where: str) -> float:
    """Return how much a place faces the way of a patch; on the trunk, one of one side ends at the middle."""
    front, right = skin
    if sign:
        return front * way[0] + right * sign * way[1]
    if where:
        out = right if where == "r" else -right
        return front * way[0] + out * way[1] if out > -0.15 else -1.0
    return front * way[0] + abs(right) * way[1]


def dimmed(body: Body, view: View, show: Sequence[Region]) -> dict[str, float]:
    """The limb that does not work, or is farther away, is darker: without that, legs and arms merge.

    One that comes nearer gets brighter little by little, so that no limb changes at once while it moves.
    """
    working = {region.side for region in show} & {"l", "r"}
    depth = {name: view.depth(at) for name, at in body.points.items()}
    found: dict[str, float] = {}
    for side, other in ("lr", "rl"):
        mine, its = (sum(depth[f"{s}.{name}"] for name in ("hip", "knee", "ankle")) for s in (side, other))
        leg = float(side not in working) if len(working) == 1 else (its - mine) / 0.1
        arm = (depth[f"{other}.shoulder"] - depth[f"{side}.shoulder"]) / 0.12
        found |= dict.fromkeys((f"{side}.thigh", f"{side}.shin", f"{side}.foot"), _darker(leg))
        found |= dict.fromkeys((f"{side}.arm", f"{side}.forearm", f"{side}.palm"), _darker(arm))
    return found


def _darker(share: float) -> float:
    return 1 - (1 - _DIM) * min(1.0, max(0.0, share))


def plain(role: str) -> Shade:
    """Light alone, on a ball or a roller."""
    base = ROLE[role] * 32

    def shade(hit: Hit) -> int:
        _, nx, ny, nz = hit
        size = sqrt(nx * nx + ny * ny + nz * nz + 1e-12)
        light = (_SUN[0] * nx + _SUN[1] * ny + _SUN[2] * nz) / size
        return base + int((0.82 + 0.25 * light) * FULL + 0.5)

    return shade
