"""A text in as many rows as it needs, of which nearly all changes cost no new layout."""

from textual.content import Content
from textual.widgets import Static

_MARGIN = 4
"""Columns of the screen that are not the text's."""


class Line(Static):
    """Show a text: with a new layout, and all the painting that comes with it, only where its room changes."""

    text: str | Content = ""

    def show(self, text: str | Content) -> None:
        before, self.text = self.text, text
        if text != before:
            content = Content(text) if isinstance(text, str) else text
            self.update(content, layout=self._rows(text) != self._rows(before))

    def _rows(self, text: str | Content) -> int:
        """Estimate the rows of a text; 0 for an empty one."""
        width = max(1, self.screen.size.width - _MARGIN)
        return sum(-(-len(line) // width) for line in str(text).split("\n"))
