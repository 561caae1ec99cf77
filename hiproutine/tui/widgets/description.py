"""Sections of a description as widgets: plain text, and links to other entries."""

from collections.abc import Iterable, Iterator

from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from hiproutine.catalogue.describe import Description, Section
from hiproutine.catalogue.model import Exercise, brief_dose
from hiproutine.catalogue.vocabulary import AREAS, CATEGORIES, LEVELS, POSITIONS
from hiproutine.tui.keys import bindings
from hiproutine.tui.prose import Chips
from hiproutine.tui.theme import dots, styled


class CardWanted(Message):
    """A widget wants the card with this id; the app shows it."""

    def __init__(self, asker: Widget, name: str) -> None:
        super().__init__()
        self.asker = asker
        self.id = name


class LinkRow(Static, can_focus=True):
    """A link to an entry, opened by a click or Enter."""

    BINDINGS = bindings("link")

    class Opened(Message):
        """The card of the entry `id` is wanted."""

        def __init__(self, id: str) -> None:  # noqa: A002 -- as everywhere
            super().__init__()
            self.id = id

    def __init__(self, words: str, opens: str) -> None:
        super().__init__(Content.assemble("> ", (words, "underline")))
        self._opens = opens

    def on_click(self, event: Click) -> None:
        event.stop()
        self.action_open()

    def action_open(self) -> None:
        self.post_message(self.Opened(self._opens))


def widgets(subtitle: str, sections: Iterable[Section]) -> Iterator[Widget]:
    """Yield the widgets of a description; text between links is one widget."""
    plain: list[Section] = []
    for section in sections:
        if not section.opens:
            plain.append(section)
            continue
        yield _text(subtitle, (*plain, section._replace(lines=())))
        yield from (LinkRow(words, opens) for words, opens in zip(section.lines, section.opens, strict=True))
        subtitle, plain = "", []
    if plain:
        yield _text(subtitle, tuple(plain))


def _text(subtitle: str, sections: tuple[Section, ...]) -> Static:
    return Static(styled(Description("", subtitle, sections)), classes="sections")


def gear(exercise: Exercise) -> str:
    """Return what an exercise needs in as few characters as possible: `couch/chair, cushion`."""
    return ", ".join("/".join(needed) for needed in exercise.equipment)


def chips(exercise: Exercise) -> Chips:
    """Return dose, category, area, position, equipment and level."""
    words = (
        brief_dose(exercise, exercise.prescription),
        CATEGORIES[exercise.category],
        AREAS[exercise.areas[0]],
        POSITIONS[exercise.position],
        gear(exercise),
        f"{dots(exercise.level)} {LEVELS[exercise.level]}",
    )
    return Chips([each for each in words if each])
