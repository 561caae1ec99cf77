"""Loudness to the ear: the K-weighting and the gates of ITU-R BS.1770, in plain Python."""

import math
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

SILENT_LUFS = -70.0
_OFFSET = 0.691
_BLOCK_S, _STEP_S = 0.4, 0.1
_RELATIVE_LU = 10


class _Biquad(NamedTuple):
    """A filter of second order, its first denominator being 1."""

    b0: float
    b1: float
    b2: float
    a1: float
    a2: float

    def power(self, hz: float, rate: int) -> float:
        """By how much the power of a sine is multiplied."""
        turn = 2 * math.pi * hz / rate
        once, twice = complex(math.cos(turn), -math.sin(turn)), complex(math.cos(2 * turn), -math.sin(2 * turn))
        return abs((self.b0 + self.b1 * once + self.b2 * twice) / (1 + self.a1 * once + self.a2 * twice)) ** 2


@cache
def _filters(rate: int) -> tuple[_Biquad, _Biquad]:
    """The head's high shelf and the high pass, as the standard's filters for 48 kHz are at another rate."""
    k, q = math.tan(math.pi * 1681.974450955533 / rate), 0.7071752369554196
    high = 10 ** (3.999843853973347 / 20)
    band = high**0.4996667741545416
    a0 = 1 + k / q + k * k
    shelf = _Biquad(
        (high + band * k / q + k * k) / a0,
        2 * (k * k - high) / a0,
        (high - band * k / q + k * k) / a0,
        2 * (k * k - 1) / a0,
        (1 - k / q + k * k) / a0,
    )
    k, q = math.tan(math.pi * 38.13547087602444 / rate), 0.5003270373238773
    a0 = 1 + k / q + k * k
    return shelf, _Biquad(1, -2, 1, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0)


def sine_power(hz: float, rate: int) -> float:
    """By how much K-weighting multiplies the power of a sine."""
    return math.prod(each.power(hz, rate) for each in _filters(rate))


def lufs_of(power: float) -> float:
    """The loudness of a K-weighted mean square, full scale being 1."""
    return -_OFFSET + 10 * math.log10(power) if power > 0 else SILENT_LUFS


def power_of(lufs: float) -> float:
    """The K-weighted mean square of a loudness."""
    return 10 ** ((lufs + _OFFSET) / 10)


def weighted(samples: Sequence[int], rate: int) -> list[float]:
    """The squares of the K-weighted samples, full scale being 1."""
    squares: list[float] = []
    shelf, high = _filters(rate)
    b0, b1, b2, a1, a2 = shelf
    _, _, _, c1, c2 = high
    x1 = x2 = y1 = y2 = z1 = z2 = 0.0
    for sample in samples:
        x = sample / 32768
        y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2
        z = y - 2 * y1 + y2 - c1 * z1 - c2 * z2
        x2, x1, y2, y1, z2, z1 = x1, x, y1, y, z1, z
        squares.append(z * z)
    return squares


def loudness(samples: Sequence[int], rate: int) -> float:
    """The integrated loudness in LUFS, by blocks of 400 ms; of something shorter, that of the whole."""
    squares = weighted(samples, rate)
    block, step = round(_BLOCK_S * rate), round(_STEP_S * rate)
    if len(squares) < block:
        return lufs_of(sum(squares) / max(1, len(squares)))
    sums = [sum(squares[start : start + step]) for start in range(0, len(squares) - step + 1, step)]
    steps = round(_BLOCK_S / _STEP_S)
    powers = [sum(sums[at : at + steps]) / block for at in range(len(sums) - steps + 1)]
    heard = [power for power in powers if lufs_of(power) > SILENT_LUFS]
    if not heard:
        return SILENT_LUFS
    gate = lufs_of(sum(heard) / len(heard)) - _RELATIVE_LU
    loud = [power for power in heard if lufs_of(power) > gate]
    return lufs_of(sum(loud) / len(loud))
