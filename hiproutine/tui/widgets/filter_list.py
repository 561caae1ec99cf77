"""The filters of the Library as a list to tick, each choice with the number of entries that it shows."""

from collections.abc import Iterable, Iterator, Mapping

from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.filters import FILTERS, Choice
from hiproutine.tui.keys import bindings
from hiproutine.tui.pages import Listing
from hiproutine.tui.theme import dots
from hiproutine.tui.widgets.columns import Column, Row

_COUNT = (Column(3, 1, right=True),)


class FilterList(Listing):
    """List the choices of each filter, with a tick for those in `chosen`."""

    BINDINGS = bindings("filters")

    class Changed(Message):
        """Something else is chosen."""

        def __init__(self, chosen: tuple[Choice, ...]) -> None:
            super().__init__()
            self.chosen = chosen

    def __init__(self, catalogue: Catalogue, chosen: Iterable[Choice] = ()) -> None:
        self._words = _words(catalogue)
        self._chosen = dict.fromkeys(chosen)
        self._counts: Mapping[Choice, int] = {}
        super().__init__(*self._made(), id="filters")

    def on_mount(self) -> None:
        self.action_first()

    @property
    def chosen(self) -> tuple[Choice, ...]:
        return tuple(self._chosen)

    def offer(self, catalogue: Catalogue) -> None:
        """Offer the choices of a catalogue that was read again."""
        self._words = _words(catalogue)
        self.set_options(self._made())
        self.action_first()

    def show(self, chosen: Iterable[Choice], counts: Mapping[Choice, int]) -> None:
        """Show what is chosen, and how much each choice shows."""
        self._chosen, self._counts = dict.fromkeys(chosen), counts
        for choice in self._choices():
            self.replace_option_prompt(_id(choice), self._row(choice))

    def _choices(self) -> Iterator[Choice]:
        return (Choice(name, word) for name, words in self._words.items() for word in words)

    def _made(self) -> Iterator[Option]:
        for number, (name, each) in enumerate(FILTERS.items()):
            if number:
                yield Option("", disabled=True)
            if len(self._words[name]) > 1:
                yield Option(Row(Content(each.heading).stylize("bold $primary")), disabled=True)
            yield from (Option(self._row(Choice(name, word)), id=_id(Choice(name, word))) for word in self._words[name])

    def _row(self, choice: Choice) -> Row:
        ticked, count = choice in self._chosen, self._counts.get(choice)
        words = self._words[choice.filter][choice.word]
        if choice.filter == "level":
            words = f"{dots(int(choice.word))} {words}"
        mark = Content.assemble(("[x] ", "bold $accent") if ticked else ("[ ] ", "$foreground-muted"), words)
        name = mark if count != 0 or ticked else mark.stylize("$foreground-muted")
        return Row(name, _COUNT, (Content("" if count is None else str(count)).stylize("$foreground-muted"),))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        name, _, word = (event.option.id or "").partition(":")
        choice = Choice(name, word)
        chosen = [each for each in self._chosen if each != choice]
        self._choose(chosen if choice in self._chosen else [*chosen, choice])

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()

    def _choose(self, chosen: Iterable[Choice]) -> None:
        self.show(chosen, self._counts)
        self.post_message(self.Changed(self.chosen))

    def action_tick(self) -> None:
        self.action_select()

    def action_clear(self) -> None:
        self._choose(())


def _words(catalogue: Catalogue) -> Mapping[str, Mapping[str, str]]:
    return {name: each.words(catalogue) for name, each in FILTERS.items()}


def _id(choice: Choice) -> str:
    return f"{choice.filter}:{choice.word}"
