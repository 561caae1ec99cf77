"""Sections of a description as widgets: plain text, and lines that open another entry."""

from collections.abc import Iterable, Iterator

from textual.binding import Binding
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from hiproutine.catalogue.describe import Description, Section
from hiproutine.tui.theme import described


class CardWanted(Message):
    """The card of the exercise, or the card to read, with that id is wanted by a widget; the app shows it."""

    def __init__(self, asker: Widget, name: str) -> None:
        super().__init__()
        self.asker = asker
        self.id = name


class LinkRow(Static, can_focus=True):
    """A line that opens the entry of this id: by a click, or by Enter while it has the focus."""

    BINDINGS = [Binding("enter", "open", "Open", show=False, tooltip="Open the marked link")]

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
    """What is not a link stays together in one text."""
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
    return Static(described(Description("", subtitle, sections)), classes="sections")
