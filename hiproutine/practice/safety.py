"""The safety text, to be read before the first session on screens and in plain mode."""

from datetime import datetime
from pathlib import Path

from hiproutine.catalogue.describe import Section, describe
from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.vocabulary import CATEGORY, STRENGTH, STRETCH
from hiproutine.files import make_folder, write

GET_HELP = "Do not practise, but get help, if one of these is true:"
_STRETCH, _STRENGTH = (CATEGORY[each].pain.amber for each in (STRETCH, STRENGTH))
STOP_AT = (
    "Stop at anything sharp, pinching or catching, at numbness, tingling or dizziness, or at pain above "
    f"{_STRETCH} of 10 (mostly {_STRENGTH} in strength work). A stretch is a mild pull; keep breathing."
)
ABOUT = (
    "General information for adults, not medical advice: hiproutine cannot examine you. "
    "If in doubt, ask a doctor or a physiotherapist first."
)


def warning_signs(catalogue: Catalogue) -> tuple[Section, ...]:
    """Return the red flags, without the card's evidence (shown in the Library)."""
    flags = describe(catalogue, catalogue.cards["edu-red-flags"])
    return tuple(section for section in flags.sections if section.heading != "Evidence")


def write_down(marker: Path, now: datetime) -> None:
    """Write the marker file: the safety text was read. Raises OSError."""
    make_folder(marker.parent)
    write(marker, f"{now:%Y-%m-%d}\n".encode())
