"""The rounded cone, against what can be said of one without its formulas."""

from math import sqrt

import pytest

from hiproutine.figure.cone import Cone
from hiproutine.figure.skeleton import Vector

STEPS = [step / 50 for step in range(-150, 151)]


def distance(at: Vector, along: float, thick: float, thin: float) -> float:
    """From the nearest of a thousand balls between the two ends."""
    shares = (k / 1000 for k in range(1001))
    return min(
        sqrt(at[0] ** 2 + (at[1] - share * along) ** 2 + at[2] ** 2) - thick - share * (thin - thick)
        for share in shares
    )


@pytest.mark.parametrize(
    ("along", "thick", "thin"), [(0.0, 0.5, 0.5), (1.0, 0.4, 0.4), (1.5, 0.5, 0.2), (0.3, 0.6, 0.1)]
)
@pytest.mark.parametrize("ray", [(0.0, 0.0, 1.0), (0.0, 0.6, 0.8), (0.48, 0.64, 0.6), (0.0, -0.8, 0.6)])
@pytest.mark.parametrize("off", [0.0, 0.2])
def test_a_ray_meets_the_skin_and_only_within_the_span(
    ray: Vector, off: float, along: float, thick: float, thin: float
) -> None:
    cone = Cone(ray, (1.0, 0.0, 0.0), along, thick, thin)
    row = (0.0, 0.2 + off, -0.1)
    span = cone.span(row)
    found = dict(zip(STEPS, cone.met(row, STEPS), strict=True))
    assert any(found.values())
    for step, met in found.items():
        if met:
            assert span
            assert span[0] - 1e-6 <= step <= span[1] + 1e-6
            at = (row[0] + step + met[0] * ray[0], row[1] + met[0] * ray[1], row[2] + met[0] * ray[2])
            assert abs(distance(at, along, thick, thin)) < 1e-3


def test_a_ball_is_met_at_its_front() -> None:
    (met,) = Cone((0.0, 0.0, 1.0), (1.0, 0.0, 0.0), 0.0, 0.5, 0.5).met((0.0, 0.0, -2.0), [0.0])
    assert met
    assert met[0] == pytest.approx(1.5)
    assert met[1] == pytest.approx((0.0, 0.0, 0.0, -0.5))
