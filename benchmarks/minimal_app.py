"""The least that a Textual program can be: one line of text, the measure for everything on the screen."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class MinimalApp(App[None]):
    """Shows a line of text."""

    def compose(self) -> ComposeResult:
        yield Static("A line of text")


if __name__ == "__main__":
    MinimalApp().run()
