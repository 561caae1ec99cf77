"""The library: everything in the catalogue, found by typing and by filters, and the videos of the note."""

import gc
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.reactive import Reactive
from textual.timer import Timer
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from hiproutine.catalogue.describe import describe, note_says
from hiproutine.catalogue.model import Card, Catalogue, Exercise, Routine, Video, caption
from hiproutine.catalogue.search import Entry, Index
from hiproutine.catalogue.vocabulary import CATEGORIES
from hiproutine.coach.filters import Choice, label, matching
from hiproutine.coach.session import Session
from hiproutine.day.runner import Runner
from hiproutine.history.store import Past
from hiproutine.review import personal_notes
from hiproutine.tui.pages import Listing, show
from hiproutine.tui.screens.card import CardScreen, videos_of
from hiproutine.tui.theme import NO_BREAK, described
from hiproutine.tui.user_files import KEYS, EntryScreen, Reread
from hiproutine.tui.videos import CodeScreen
from hiproutine.tui.widgets.footer import Footer

_MOST = 50
"""Maximum entries shown per heading; search to narrow further."""
_OWN = "Videos of your own"
PREVIEW_AFTER_S = 0.08
"""Debounce before the preview is rendered."""
_HIDDEN = "hidden:"
"""Begins the option of something hidden, behind which its id follows; no id has a colon."""
_TABS = {"everything": "Everything", "videos": "Videos"}


class _Search(Input):
    """An Input as wide as the screen: its text moves nothing else, so no key has to lay everything out anew."""

    virtual_size = Reactive(Size(0, 0))


class LibraryScreen(EntryScreen):
    """A search field above the list and, where there is room, a preview of the marked entry's card.

    `practise` is called with the session of a card, `reread` reads the user's own files again.
    """

    CSS_PATH = "library.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    BINDINGS = [
        Binding("escape", "back", "Back", key_display="esc"),
        Binding("slash", "search", "Search", show=False, key_display="/"),
        Binding("Q", "code", "QR code", show=False, tooltip="Show the address of its best video to a telephone"),
        *KEYS,
        Binding("f2", "filter", "Filter", key_display="F2", tooltip="Show only what fits"),
        Binding("f3", "clear", "Clear", key_display="F3", tooltip="Clear all filters"),
        Binding("f4", "tab", "Videos", key_display="F4", tooltip="Change between everything and the videos"),
        Binding("f5", "goes_with", "Goes with it", key_display="F5", tooltip="What goes with the marked video"),
        Binding("down", "list", "List", show=False, priority=True),
        Binding("f1", "app.keys", "Keys", key_display="F1", tooltip="These keys"),
    ]

    def __init__(self, runner: Runner, practise: Callable[[Session], None], reread: Reread) -> None:
        super().__init__(runner, reread)
        self._practise = practise
        self._chosen: tuple[Choice, ...] = ()
        self._among: set[str] | None = None
        self._tab = "everything"
        self._preview: Timer | None = None
        self._take()

    def _take(self) -> None:
        self._index = Index(self._day.catalogue)
        self._entries = self._index.entries
        self._groups = [(heading, list(ids)) for heading, ids in _groups(self._day.catalogue)]
        gc.freeze()  # of 10,000 entries: looking them through for garbage would take 50 ms of some key

    def renew(self) -> None:
        self._take()
        there = tuple(
            choice for choice in self._chosen if choice.filter != "video" or choice.word in self._day.catalogue.videos
        )
        self._narrow(there, keep=True)

    def compose(self) -> ComposeResult:
        yield Static(id="tabs")
        yield _Search(placeholder="Type to search: name, area, muscle, position ...", id="search", compact=True)
        yield Static(id="chosen")
        with Horizontal():
            yield Listing(id="entries")
            with VerticalScroll(id="preview", can_focus=False):
                yield Static(id="about")
        yield Footer()

    def on_mount(self) -> None:
        self._show_tab("everything")

    def on_screen_resume(self) -> None:
        # A card may have changed what is said of a video.
        if self._videos_shown:
            self._fill(keep=True)

    # ---- what is listed ----

    @property
    def _videos_shown(self) -> bool:
        return self._tab == "videos"

    def _show_tab(self, tab: str) -> None:
        self._tab = tab
        marks = (
            f"[@click=screen.tab('{name}')]{'●' if name == tab else '○'} {label}[/]" for name, label in _TABS.items()
        )
        self.query_one("#tabs", Static).update(Content.from_markup("   ".join(marks)))
        self.query_one("#search").focus()
        self.refresh_bindings()
        self._fill()

    @on(Input.Changed)
    def _typed(self) -> None:
        self._fill()

    def _fill(self, keep: bool = False) -> None:
        """Lists what there is, with the first marked, or still the same."""
        listing = self.query_one("#entries", OptionList)
        before = listing.highlighted
        marked = listing.highlighted_option.id if listing.highlighted_option else None
        typed = self.query_one("#search", Input).value
        options = list(self._videos(typed) if self._videos_shown else self._found(typed))
        listing.set_options(options or [Option(Content("Nothing matches. Try fewer words."), disabled=True)])
        ids = [option.id for option in options]
        places = [number for number, each in enumerate(ids) if each]
        if keep and marked in ids:
            listing.highlighted = ids.index(marked)
        elif keep and before is not None and places:  # it is gone: what stood behind it
            listing.highlighted = next((place for place in places if place >= before), places[-1])
        else:
            listing.highlighted = places[0] if places else None

    def _found(self, typed: str) -> Iterator[Option]:
        if typed.strip():
            found = self._index.find(typed, _MOST, self._among)
            yield from self._listed("Found, best first", found.ids, found.total, _with_kind)
            return
        for heading, ids in self._groups:
            among = [name for name in ids if self._among is None or name in self._among]
            yield from self._listed(heading, among[:_MOST], len(among), _name)
        if self._day.loaded.hidden and self._among is None:
            yield _heading(f"Hidden by you ({len(self._day.loaded.hidden)})", "H shows it again.")
            for name, called in self._day.loaded.hidden.items():
                yield Option(Content(called).stylize("$text-muted"), id=f"{_HIDDEN}{name}")

    def _listed(
        self, heading: str, ids: Iterable[str], total: int, line: Callable[[Entry], Content]
    ) -> Iterator[Option]:
        if not total:
            return
        yield _heading(f"{heading} ({total})")
        yield from (Option(line(self._entries[name]), id=name) for name in ids)
        if total > _MOST:
            yield Option(Content(f"and {total - _MOST} more: type or filter").stylize("$text-muted"), disabled=True)

    def _videos(self, typed: str) -> Iterator[Option]:
        """The videos in the order and under the headings of the note, followed by the user's own."""
        videos = self._day.catalogue.videos
        found = set(self._index.find(typed, len(self._entries)).ids) if typed.strip() else set(videos)
        past = self._runner.read(date.max)
        last = ""
        for video in sorted(videos.values(), key=lambda video: video.own):
            if video.id not in found:
                continue
            heading = _OWN if video.own else video.section
            if heading != last:
                yield _heading(heading, note_says(video))
                last = heading
            yield Option(self._video(video, past), id=video.id)

    def _video(self, video: Video, past: Past) -> Content:
        note = personal_notes.note_of(past, video)
        established = f"Established: {' '.join(video.established)}" if video.established else "Nothing is established."
        below = [f"{personal_notes.watched_words(note)} {established}"]
        if note and note.note:
            below.append(f"Your note: {note.note}")
        muted = "\n".join(NO_BREAK * 2 + line for line in below)
        return Content.assemble(_name(video), "\n", (muted, "$text-muted"))

    def on_option_list_option_highlighted(self) -> None:
        if self._preview:
            self._preview.stop()
        self._preview = self.set_timer(PREVIEW_AFTER_S, self._show_preview)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_preview)

    def _show_preview(self) -> None:
        if not self.query_one("#preview").display:
            return
        about = self.query_one("#about", Static)
        if hidden := self._hidden():
            about.update(
                Content.assemble((self._day.loaded.hidden[hidden], "bold"), "\n\nHidden by you. H shows it again.")
            )
        elif entry := self.entry():
            description = describe(self._day.catalogue, entry)
            to_mind = personal_notes.to_mind(entry, self._day.settings.profile)
            words = description._replace(sections=(*to_mind, *description.sections))
            title = Content(description.title).stylize("bold")
            about.update(Content("\n").join([title, described(words)]))
            self.query_one("#preview").scroll_home(animate=False)

    # ---- cards ----

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def open_marked(self) -> None:
        if marked := self.entry():
            self._open(marked.id)

    def _open(self, name: str) -> None:
        show(self, CardScreen(self._runner, self._entries[name], self._practise, self._reread))

    def entry(self) -> Entry | None:
        return self._entries.get(self._marked())

    def _marked(self) -> str:
        option = self.query_one("#entries", OptionList).highlighted_option
        return (option and option.id) or ""

    def _hidden(self) -> str:
        """The id of the marked entry, if it is hidden."""
        return self._marked().removeprefix(_HIDDEN) if self._marked().startswith(_HIDDEN) else ""

    def action_hide(self) -> None:
        if hidden := self._hidden():
            self.show_again(hidden)
        else:
            super().action_hide()

    # ---- filters ----

    def action_filter(self) -> None:
        from hiproutine.tui.dialogs.filters import FilterScreen

        def chosen(choices: tuple[Choice, ...] | None) -> None:
            self._narrow(choices or ())

        show(self, FilterScreen(self._day.catalogue, self._day.settings.profile, self._chosen), chosen)

    def action_clear(self) -> None:
        self._narrow(())

    def action_goes_with(self) -> None:
        marked = self.entry()
        if isinstance(marked, Video):
            self._narrow((Choice("video", marked.id),))

    def _narrow(self, choices: tuple[Choice, ...], keep: bool = False) -> None:
        """Filters are of exercises, so it is everything that is shown."""
        self._chosen = choices
        self._among = matching(self._day.catalogue, choices, self._day.settings.profile)
        words = "; ".join(label(self._day.catalogue, choice) for choice in choices)
        line = self.query_one("#chosen", Static)
        line.update(Content(f"Only: {words}  (F3 clears)"))
        line.display = bool(choices)
        if choices and self._videos_shown and not keep:
            self.query_one("#search", Input).value = ""
            self._show_tab("everything")
        else:
            self.refresh_bindings()
            self._fill(keep)

    # ---- moving about ----

    def check_action(self, action: str, _: tuple[object, ...]) -> bool | None:
        match action:
            case "filter":
                return not self._videos_shown
            case "clear":
                return bool(self._chosen) and not self._videos_shown
            case "goes_with":
                return self._videos_shown
        return True

    def action_tab(self, tab: str = "") -> None:
        self._show_tab(tab or ("everything" if self._videos_shown else "videos"))

    def action_list(self) -> None:
        """Down leaves the search field for the list; within the list it moves the mark."""
        listing = self.query_one("#entries", OptionList)
        if listing.has_focus:
            listing.action_cursor_down()
        else:
            listing.focus()

    def action_code(self) -> None:
        if (marked := self.entry()) and (videos := videos_of(self._day.catalogue, marked)):
            show(self, CodeScreen(videos[0]))

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


def _groups(catalogue: Catalogue) -> Iterator[tuple[str, Iterable[str]]]:
    """Headings with their ids, in the order of the list."""
    for category in CATEGORIES:
        yield category.capitalize(), (each.id for each in catalogue.exercises.values() if each.category == category)
    yield "Routines", catalogue.routines
    yield "To read", catalogue.cards


def _heading(words: str, below: str | None = None) -> Option:
    heading = Content(words).stylize("bold $primary")
    return Option(Content("\n").join([heading, Content(below)]) if below else heading, disabled=True)


def _name(entry: Entry) -> Content:
    return Content((entry.caption or f"{entry.id}, {caption(entry)}") if isinstance(entry, Video) else entry.name)


def _with_kind(entry: Entry) -> Content:
    match entry:
        case Exercise():
            kind = entry.category
        case Routine():
            kind = "routine"
        case Card():
            kind = "to read"
        case Video():
            kind = "video"
    return Content.assemble(_name(entry), "  ", (kind, "$text-muted"))
