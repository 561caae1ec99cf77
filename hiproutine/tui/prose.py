"""Text that is laid out as it is painted: lines with a hanging indent, and chips that are never broken."""

from abc import abstractmethod
from collections.abc import Sequence

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual


class Laid(Visual):
    """A text whose line breaks follow from its width; `at` returns it for a width in cells."""

    @abstractmethod
    def at(self, width: int) -> Content: ...

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        return self.at(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return self.at(container_width).get_optimal_width(rules, container_width)

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002 -- Textual's
        return self.at(width).plain.count("\n") + 1


class Prose(Laid):
    """Lines, each after its mark, which what is wrapped is indented by."""

    def __init__(self, lines: Sequence[tuple[str, Content]]) -> None:
        self._lines = lines

    def __str__(self) -> str:
        return "\n".join(mark + line.plain for mark, line in self._lines)

    def at(self, width: int) -> Content:
        laid = []
        for mark, line in self._lines:
            indent = mark if 2 * len(mark) < width else ""
            wrapped = line.wrap(max(1, width - len(indent))) or [line]
            laid += [Content(indent if not number else " " * len(indent)) + each for number, each in enumerate(wrapped)]
        return Content("\n").join(laid)


class Chips(Laid):
    """Words, each on a ground of its own."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words

    def at(self, width: int) -> Content:
        laid, room = Content(""), 0
        for word in self._words:
            chip = Content(f" {word} ").truncate(width, ellipsis=True).stylize("$foreground on $panel")
            if not laid:
                laid, room = chip, width - chip.cell_length
            elif chip.cell_length < room:
                laid, room = Content(" ").join([laid, chip]), room - chip.cell_length - 1
            else:
                laid, room = Content("\n").join([laid, chip]), width - chip.cell_length
        return laid
