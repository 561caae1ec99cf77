"""The library: everything in the catalogue, found by typing."""

from collections.abc import Callable, Iterator

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Input, OptionList, Static
from textual.widgets.option_list import Option

from hiproutine.catalogue.describe import describe
from hiproutine.catalogue.model import Catalogue, Exercise, Video
from hiproutine.catalogue.vocabulary import AREAS, CATEGORIES, EQUIPMENT, LEVELS, MUSCLES, POSITIONS
from hiproutine.coach.session import Session
from hiproutine.tui.card import CardScreen, Entry, videos_of
from hiproutine.tui.look import described
from hiproutine.tui.videos import CodeScreen
from hiproutine.tui.world import World


class LibraryScreen(Screen[None]):
    """A search field above the list; beside it, where there is room, the card of the entry that is marked."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    BINDINGS = [
        Binding("escape", "back", "Back", key_display="esc"),
        Binding("slash", "search", "Search", key_display="/"),
        Binding("Q", "code", "QR code", show=False, tooltip="Show the address of its best video to a telephone"),
        Binding("down", "list", "List", show=False, priority=True),
        Binding("f1", "app.keys", "Keys", key_display="F1", tooltip="These keys"),
    ]

    def __init__(self, world: World, practise: Callable[[Session], None]) -> None:
        super().__init__()
        self._world = world
        self._practise = practise
        self._groups = [(heading, list(entries)) for heading, entries in _groups(world.catalogue)]
        self._entries: dict[str, Entry] = {entry.id: entry for _, entries in self._groups for entry, _ in entries}

    def compose(self) -> ComposeResult:
        yield Input(
            placeholder="Type to search: name, area, muscle, position, equipment ...", id="search", compact=True
        )
        with Horizontal():
            yield OptionList(id="entries")
            with VerticalScroll(id="preview", can_focus=False):
                yield Static(id="about")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self._fill("")

    @on(Input.Changed)
    def search(self, event: Input.Changed) -> None:
        self._fill(event.value)

    def _fill(self, wanted: str) -> None:
        words = wanted.lower().split()
        options: list[Option] = []
        for heading, entries in self._groups:
            found = [entry for entry, text in entries if all(word in text for word in words)]
            if found:
                options.append(Option(Content(f"{heading} ({len(found)})").stylize("bold $primary"), disabled=True))
                options += (Option(_line(entry), id=entry.id) for entry in found)
        listing = self.query_one("#entries", OptionList)
        listing.set_options(options or [Option(Content("Nothing matches. Try fewer words."), disabled=True)])
        listing.highlighted = 1 if options else None

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        if event.option.id:
            description = describe(self._world.catalogue, self._entries[event.option.id])
            title = Content(description.title).stylize("bold")
            self.query_one("#about", Static).update(Content("\n").join([title, described(description)]))
            self.query_one("#preview").scroll_home(animate=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        if event.option.id:
            self._open(event.option.id)

    @on(Input.Submitted)
    def open_marked(self) -> None:
        listing = self.query_one("#entries", OptionList)
        option = listing.highlighted_option
        if option and option.id:
            self._open(option.id)

    def _open(self, name: str) -> None:
        self.app.push_screen(CardScreen(self._world, self._entries[name], self._practise))

    def action_list(self) -> None:
        """Down leaves the search field for the list; within the list it moves the mark."""
        listing = self.query_one("#entries", OptionList)
        if listing.has_focus:
            listing.action_cursor_down()
        else:
            listing.focus()

    def action_code(self) -> None:
        option = self.query_one("#entries", OptionList).highlighted_option
        if option and option.id and (videos := videos_of(self._world, self._entries[option.id])):
            self.app.push_screen(CodeScreen(videos[0]))

    def action_search(self) -> None:
        self.query_one("#search").focus()

    def action_back(self) -> None:
        """Empties the search first, if there is one."""
        search = self.query_one("#search", Input)
        if search.value:
            search.value = ""
            search.focus()
        else:
            self.dismiss()


def _groups(catalogue: Catalogue) -> Iterator[tuple[str, Iterator[tuple[Entry, str]]]]:
    """(heading, entries with the text that they are found by), in the order of the list."""
    for category in CATEGORIES:
        found = (each for each in catalogue.exercises.values() if each.category == category)
        yield category.capitalize(), ((each, _exercise_text(each)) for each in found)
    routines = catalogue.routines.values()
    yield "Routines", ((each, f"routine {each.id} {each.name} {each.why}".lower()) for each in routines)
    yield "To read", ((each, f"read card {each.id} {each.name}".lower()) for each in catalogue.cards.values())
    videos = catalogue.videos.values()
    yield (
        "Videos of the note",
        ((each, f"video {each.id} {each.section} {each.caption or ''}".lower()) for each in videos),
    )


def _exercise_text(each: Exercise) -> str:
    gear = (EQUIPMENT[word] for choice in each.equipment for word in choice)
    words = (
        each.id,
        each.name,
        *each.aliases,
        CATEGORIES[each.category],
        LEVELS[each.level],
        POSITIONS[each.position],
        each.position,
        *(AREAS[area] for area in each.areas),
        *(MUSCLES[muscle] for muscle in each.muscles),
        *gear,
    )
    return " ".join(words).lower()


def _line(entry: Entry) -> Content:
    if isinstance(entry, Video):
        return Content(entry.caption or f"{entry.id} (no caption in the note)")
    return Content(entry.name)
