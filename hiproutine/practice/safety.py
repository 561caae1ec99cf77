"""What must have been read before the first session: one text for the screen and for plain lines."""

from datetime import datetime
from pathlib import Path

from hiproutine.catalogue.describe import Section, describe
from hiproutine.catalogue.model import Catalogue
from hiproutine.files import make_folder, write

FIRST = """\
hiproutine gives general information about mobility practice for adults. It is not medical advice, it does not \
examine you, and it cannot know what is right for your hip. If in doubt, ask a doctor or a physiotherapist first.

Stop an exercise at anything sharp, pinching or catching, at numbness, tingling or dizziness, or when pain goes above \
3 of 10 in a stretch. A stretch is a mild pull, and you keep breathing. A pinch is never something to work through.

Do not practise, but get help, if one of these is true for you:"""


def warning_signs(catalogue: Catalogue) -> tuple[Section, ...]:
    """The red flags, without the card's evidence: that is for the Library."""
    flags = describe(catalogue, catalogue.cards["edu-red-flags"])
    return tuple(section for section in flags.sections if section.heading != "Evidence")


def write_down(marker: Path, now: datetime) -> None:
    """Makes the file that says that it was read. Raises OSError."""
    make_folder(marker.parent)
    write(marker, f"{now:%Y-%m-%d}\n".encode())
