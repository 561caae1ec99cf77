"""The pain strip: 0 to 10 in a line, by digits or a click, with what is typed or noted."""

from collections.abc import Sequence

from textual.content import Content

from hiproutine.practice.pain_prompt import MOST
from hiproutine.tui.widgets.painted import MUTED, Painted, wrapped

_WIDE, _NARROW = 70, 52
"""From how many columns on the scale has its ends named, and its numbers stand apart."""


class PainStrip(Painted):
    """Show the scale with a score marked, after a question, and above it words on the score, if there are any."""

    def __init__(self, question: str, words: str = "", score: int | None = None) -> None:
        super().__init__(id="pain")
        self.set_reactive(PainStrip.auto_links, False)  # the colour of links would hide the marked number
        self._shown = question, words, score

    def show(self, question: str, words: str = "", score: int | None = None) -> None:
        """Show a question, words and a score; the strip gets the lines that it needs."""
        before, self._shown = self._shown, (question, words, score)
        if before != self._shown:
            self.refresh(layout=True)

    def lines(self, width: int, height: int) -> Sequence[Content]:  # noqa: ARG002 -- it needs what it needs
        question, words, score = self._shown
        scale = Content.assemble((question, "bold"), " ", pain_scale(score, width, MUTED))
        return [*(wrapped(words, width) if words else []), scale]


def pain_scale(score: int | None, width: int, muted: str = "") -> Content:
    """Return 0 to 10 with a score marked; a click on a number is `score` of the screen."""
    cells = [_cell(number, marked=number == score, narrow=width < _NARROW) for number in range(MOST + 1)]
    scale = Content(" " if width >= _WIDE else "").join(cells)
    return Content.assemble(("none ", muted), scale, (" worst", muted)) if width >= _WIDE else scale


def _cell(number: int, *, marked: bool, narrow: bool) -> Content:
    text = f"{number}" if number == MOST or narrow else f" {number} "
    cell = Content.from_markup(f"[@click=screen.score({number})]$text[/]", text=text)
    cell = cell.stylize("bold $background on $warning") if marked else cell
    return cell + Content(" ") if narrow and number < MOST else cell
