"""Loads: what is added to an exercise, as text such as `4 kg` or `red band`, and the next one up or down.

Bands are in the order of colours that most makers share, though no two stretch alike; the weights are steps that most
sets of dumb-bells have. Both, and to begin with the lightest, are our choice.
"""

import re

KG, BAND = "kg", "band"
BANDS = ("yellow", "red", "green", "blue", "black", "silver", "gold")
"""Colours of bands, the weakest first."""
_KG = (1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 16, 18, 20)
_HEAVIEST_KG = 200
PATTERN = rf"(?:[0-9]{{1,3}}(?:\.[0-9])? ?kg|(?:{'|'.join(BANDS)}) band)"
"""A regular expression of every load, and of weights that are too heavy."""
THINGS = {KG: frozenset({"weight"}), BAND: frozenset({"band", "mini-band"})}
"""Equipment, one of which is needed to add a load of a kind."""


def read(text: str) -> str | None:
    """The load that a text says, as it is written; None if it says none."""
    if not re.fullmatch(PATTERN, text):
        return None
    if kind_of(text) == BAND:
        return text
    kilograms = _kilograms(text)
    return f"{kilograms:g} kg" if 0 < kilograms <= _HEAVIEST_KG else None


def kind_of(load: str) -> str:
    """The kind of a load, as exercises name it."""
    return KG if load.endswith(KG) else BAND


def heavier(kind: str, load: str | None) -> str | None:
    """The next load of that kind; None if there is none above."""
    if kind == BAND:
        following = BANDS.index(load.removesuffix(" band")) + 1 if load else 0
        return f"{BANDS[following]} band" if following < len(BANDS) else None
    least = _kilograms(load) if load else 0
    return next((f"{each} kg" for each in _KG if each > least), None)


def lighter(load: str) -> str | None:
    """The load before; None if there is none below."""
    if kind_of(load) == BAND:
        before = BANDS.index(load.removesuffix(" band")) - 1
        return f"{BANDS[before]} band" if before >= 0 else None
    return next((f"{each} kg" for each in reversed(_KG) if each < _kilograms(load)), None)


def rank(load: str | None) -> float:
    """Return how much it is among loads of its kind; nothing is the least."""
    if not load:
        return 0
    return _kilograms(load) if kind_of(load) == KG else 1 + BANDS.index(load.removesuffix(" band"))


def at_the_end(dose: str) -> str | None:
    """The load that a dose in words ends in, if it does."""
    found = re.search(rf"(?<= ){PATTERN}$", dose)
    return read(found[0]) if found else None


def _kilograms(load: str) -> float:
    return float(load.removesuffix(KG))
