"""The Library: search and filters over the whole catalogue, and the videos of the note."""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.reactive import Reactive
from textual.timer import Timer
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from hiproutine.catalogue.describe import describe, note_says
from hiproutine.catalogue.model import (
    Card,
    Catalogue,
    Exercise,
    Programme,
    Routine,
    Video,
    video_number,
    video_title,
)
from hiproutine.catalogue.search import Entry, Index
from hiproutine.catalogue.vocabulary import AREA, CATEGORIES, POSITION
from hiproutine.coach.durations import together_s
from hiproutine.coach.filters import Choice, Fitting, counts, fitting, label, matching
from hiproutine.coach.session import Session, of_routine
from hiproutine.day.runner import Runner
from hiproutine.history.past import Past
from hiproutine.review import personal_notes
from hiproutine.text import clock_length, counted
from hiproutine.tui.keys import bindings
from hiproutine.tui.pages import Listing, show
from hiproutine.tui.screens.card import CardScreen, videos_of
from hiproutine.tui.theme import dots, styled
from hiproutine.tui.user_files import EntryScreen, Reread
from hiproutine.tui.videos import CodeScreen, open_video
from hiproutine.tui.widgets.columns import Column, Row
from hiproutine.tui.widgets.description import chips, gear
from hiproutine.tui.widgets.figure import ExerciseView, moving
from hiproutine.tui.widgets.filter_list import FilterList
from hiproutine.tui.widgets.footer import Footer
from hiproutine.tui.widgets.nav_bar import NavBar

_MUTED = "$foreground-muted"
_MOST = 50
"""Maximum entries shown per heading; search to narrow further."""
_OWN = "Videos of your own"
PREVIEW_AFTER_S = 0.08
"""Debounce before the preview is rendered."""
_HIDDEN = "hidden:"
"""Prefix of the option of a hidden entry, before its id; no id has a colon."""
_SHOWS_AGAIN = "Enter shows it again."
_TYPE, _SLASH = (f"{how} to search: name, area, muscle, position ..." for how in ("Type", "Press /"))
"""Hints in the empty search field with focus, and without it."""
_CLEAR = "clear:"
"""The id of the option that clears the search and the filters."""
_TABS = {"everything": "Everything", "videos": "Videos"}
_FILTERS_FROM = 120
"""From how many columns on the filters have a place of their own."""
_COLUMNS = (Column(14, 3), Column(13, 4), Column(16, 5), Column(5, 1, right=True), Column(3, 2))
"""Area, position, equipment, time, level."""
_BADGE = (Column(15, 1),)
"""Degree of verification of a video's content."""
_LEAST_NAME = 28
_MOST_COUNTED = 2000
"""Maximum entries for which the filters have counts; among more, counting would delay a key."""


class _Search(Input):
    """A full-width Input: its text moves nothing else, so no key needs a new layout."""

    BINDINGS = bindings("search")
    virtual_size = Reactive(Size(0, 0))

    def restricted(self) -> None:
        """Ignore `/` in the empty field without a bell: it leads to the search, and that is here."""


class LibraryScreen(EntryScreen):
    """A search field above the list and, where there is room, the filters and a preview of the marked entry.

    `practise` is called with the session of a card, `reread` reads the user's own files again.
    """

    CSS_PATH = "library.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (_FILTERS_FROM, "-filters"), (160, "-widest")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-high"), (45, "-highest")]
    BINDINGS = bindings("library")
    OPENED_BY = "library"

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
        self._fitting: Fitting | None = None
        self._seconds: dict[str, int] = {}
        self._groups = [(heading, list(ids)) for heading, ids in _groups(self._day.catalogue)]
        if len(self._entries) > _MOST_COUNTED:
            gc.freeze()  # collecting garbage among 10,000 entries would delay some key by 50 ms

    def reload(self) -> None:
        self._take()
        there = tuple(
            choice for choice in self._chosen if choice.filter != "video" or choice.word in self._day.catalogue.videos
        )
        self.query_one(FilterList).offer(self._day.catalogue)
        self._narrow(there, keep=True)

    def compose(self) -> ComposeResult:
        yield NavBar(self.OPENED_BY)
        with Horizontal(id="head"):
            yield Static(id="tabs")
            yield Static(id="count")
        yield _Search(placeholder=_TYPE, restrict="(?!/).*", id="search", compact=True)
        yield Static(id="chosen")
        yield Static("Titles and contents come from a bookmark list; unverified ones are marked.", id="honest")
        with Horizontal(id="library"):
            filters = FilterList(self._day.catalogue)
            filters.border_title = "Filter"
            yield filters
            yield Listing(id="entries")
            with Container(id="beside"):
                context, settings = self._runner.context, self._day.settings
                yield ExerciseView(
                    context.figure, settings, moving(settings), context.clock, id="figure"
                ).without_room()
                with VerticalScroll(id="preview", can_focus=False):
                    yield Static(id="name")
                    yield Static(id="chips")
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
        self.query_one("#entries").border_title = "Videos" if self._videos_shown else "Exercises"
        self.set_class(self._videos_shown, "-videos")
        self.query_one("#search").focus()
        self.refresh_bindings()
        self._fill()

    def on_descendant_focus(self) -> None:
        search = self.query_one("#search", Input)
        search.placeholder = _TYPE if search.has_focus else _SLASH

    @on(Input.Changed)
    def _typed(self) -> None:
        self._fill()

    def _fill(self, keep: bool = False) -> None:
        """Fill the list; mark the first entry, or keep the marked one."""
        listing = self.query_one("#entries", OptionList)
        before = listing.highlighted
        marked = listing.highlighted_option.id if listing.highlighted_option else None
        typed = self.query_one("#search", Input).value
        options = list(self._videos(typed) if self._videos_shown else self._found(typed)) or list(self._nothing(typed))
        listing.set_options(options)
        self._show_count(typed)
        self._show_beside_soon()
        ids = [option.id for option in options]
        places = [number for number, each in enumerate(ids) if each]
        if keep and marked in ids:
            listing.highlighted = ids.index(marked)
        elif keep and before is not None and places:  # it is gone: mark the one after it
            listing.highlighted = next((place for place in places if place >= before), places[-1])
        else:
            listing.highlighted = places[0] if places else None

    def _nothing(self, typed: str) -> Iterator[Option]:
        yield Option(Content("Nothing matches."), disabled=True)
        if typed or self._chosen:
            what = " and ".join(["the search"] * bool(typed) + ["the filters"] * bool(self._chosen))
            yield Option(Content(f"Clear {what}").stylize("bold $primary"), id=_CLEAR)

    def _found(self, typed: str) -> Iterator[Option]:
        if typed.strip():
            found = self._index.find(typed, _MOST, self._among)
            yield from self._listed("Found, best first", found.ids, found.total, kind=True)
            return
        space = False
        for heading, ids in self._groups:
            among = [name for name in ids if self._among is None or name in self._among]
            if among and space:
                yield Option("", disabled=True)
            space = space or bool(among)
            yield from self._listed(heading, among[:_MOST], len(among))
        if self._day.loaded.hidden and self._among is None:
            yield Option("", disabled=True)
            yield _heading("Hidden by you", len(self._day.loaded.hidden), _SHOWS_AGAIN)
            for name, called in self._day.loaded.hidden.items():
                yield Option(Row(_muted(called)), id=f"{_HIDDEN}{name}")

    def _listed(self, heading: str, ids: Iterable[str], total: int, *, kind: bool = False) -> Iterator[Option]:
        if not total:
            return
        yield _heading(heading, total)
        yield from (Option(self._row(self._entries[name], kind), id=name) for name in ids)
        if total > _MOST:
            yield Option(Content(f"and {total - _MOST} more: type or filter").stylize(_MUTED), disabled=True)

    def _row(self, entry: Entry, kind: bool) -> Row:
        """Return the row of an entry; with its kind, where entries of all kinds are mixed."""
        names = (_name(self._day.catalogue.videos, entry), entry.short if isinstance(entry, Exercise) else None)
        about = Content.assemble("  ", (_kind(entry), _MUTED)) if kind else Content("")
        name, short = (Content(each) + about if each else None for each in names)
        assert name
        blank = Content("")
        match entry:
            case Exercise():
                area, position = AREA[entry.areas[0]], POSITION[entry.position]
                facts = (area.short or area.label, position.short, gear(entry) or "-")
                cells = (*map(_muted, facts), self._time(entry), Content(dots(entry.level)))
            case Routine():
                cells = (blank, blank, blank, self._time(entry), blank)
            case Programme():
                cells = (blank, blank, blank, Content(f"{entry.weeks} wk"), Content(dots(entry.level)))
            case _:
                cells = (blank,) * len(_COLUMNS)
        return Row(name, _COLUMNS, cells, _LEAST_NAME, short=short)

    def _time(self, entry: Exercise | Routine) -> Content:
        if entry.id not in self._seconds:
            items = (
                ((entry, entry.prescription),)
                if isinstance(entry, Exercise)
                else of_routine(self._day.catalogue, entry).items
            )
            self._seconds[entry.id] = together_s(items, self._day.manner)
        return Content(clock_length(1000 * self._seconds[entry.id]))

    def _show_count(self, typed: str) -> None:
        """Show how many entries are listed."""
        if self._videos_shown:
            words = ""
        elif typed.strip():
            words = f"{self._index.find(typed, 0, self._among).total} found"
        elif self._among is not None:
            words = f"{len(self._among)} found"
        else:
            words = counted(len(self._day.catalogue.exercises), "exercise")
        self.query_one("#count", Static).update(Content(words))

    def _videos(self, typed: str) -> Iterator[Option]:
        """Yield the videos in the order of the note, under its headings, followed by the user's."""
        videos = self._day.catalogue.videos
        found = set(self._index.find(typed, len(self._entries)).ids) if typed.strip() else set(videos)
        past = self._runner.read(date.max)
        last = ""
        for video in sorted(videos.values(), key=lambda video: video.own):
            if video.id not in found:
                continue
            heading = _OWN if video.own else video.section
            if heading != last:
                if last:
                    yield Option("", disabled=True)
                yield _heading(heading, below=note_says(video))
                last = heading
            yield Option(self._video(video, past), id=video.id)

    def _video(self, video: Video, past: Past) -> Row:
        note = personal_notes.note_of(past, video)
        below = [f"Established: {' '.join(video.established)}"] if video.established else []
        below += [personal_notes.watched_words(note)] if note and note.watched else []
        below += [f"Your note: {note.note}"] if note and note.note else []
        number = f"Video {video_number(self._day.catalogue.videos, video)}"
        name = Content(video.caption) if video.caption else Content.assemble(number, (f"  {video.id}", _MUTED))
        badge = "yours" if video.own else "partly verified" if video.established else "unverified"
        return Row(name, _BADGE, (_muted(badge),), _LEAST_NAME, [*map(_muted, below)])

    @on(OptionList.OptionHighlighted, "#entries")
    def _marked_another(self) -> None:
        self._show_beside_soon()

    def _show_beside_soon(self) -> None:
        if self._preview:
            self._preview.stop()
        self._preview = self.set_timer(PREVIEW_AFTER_S, self._show_beside)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_beside)

    def _show_beside(self) -> None:
        self.refresh_bindings()
        self._show_counts()
        self._show_preview()

    def _show_counts(self) -> None:
        """Show how many entries each filter would leave."""
        filters, day = self.query_one(FilterList), self._day
        if not filters.display:
            return
        numbers: dict[Choice, int] = {}
        if len(self._entries) <= _MOST_COUNTED:
            if self._fitting is None:
                self._fitting = fitting(day.catalogue, day.settings.profile)
            typed = self.query_one("#search", Input).value
            found = self._index.find(typed, len(self._entries)).ids if typed.strip() else None
            numbers = counts(self._fitting, day.catalogue, self._chosen, day.settings.profile, found)
        filters.show(self._chosen, numbers)

    def _show_preview(self) -> None:
        if not self.query_one("#beside").display:
            return
        self._show_figure()
        entry, hidden = self.entry(), self._hidden()
        name, facts, about = (self.query_one(f"#{part}", Static) for part in ("name", "chips", "about"))
        facts.display = isinstance(entry, Exercise)
        name.update(Content(self._day.loaded.hidden[hidden] if hidden else ""))
        about.update(f"Hidden by you. {_SHOWS_AGAIN}" if hidden else "")
        if entry:
            description = describe(self._day.catalogue, entry)
            to_mind = personal_notes.to_mind(entry, self._day.screened, self._day.settings.profile)
            parts = description.sections
            if isinstance(entry, Exercise):  # how it goes, and when to stop; its dose and equipment are among the chips
                parts = tuple(sorted(parts, key=lambda part: not (part.numbered or part.warns)))
            words = description._replace(sections=(*to_mind, *parts))
            name.update(Content(description.title))
            if isinstance(entry, Exercise):
                words = words._replace(subtitle="")
                facts.update(chips(entry))
            about.update(styled(words))
            self.query_one("#preview").scroll_home(animate=False)

    def _show_figure(self) -> None:
        entry = self.entry()
        self.query_one(ExerciseView).show(entry.id if isinstance(entry, Exercise) else None)

    # ---- cards ----

    @on(Input.Submitted)
    @on(OptionList.OptionSelected, "#entries")
    def open_marked(self) -> None:
        if marked := self.entry():
            self._open(marked.id)
        elif hidden := self._hidden():
            self.show_again(hidden)
        elif self._marked() == _CLEAR:
            self.query_one("#search", Input).value = ""
            self._narrow((), keep=True)

    def _open(self, name: str) -> None:
        show(self, CardScreen(self._runner, self._entries[name], self._practise, self._reread))

    def entry(self) -> Entry | None:
        return self._entries.get(self._marked())

    def _marked(self) -> str:
        option = self.query_one("#entries", OptionList).highlighted_option
        return (option and option.id) or ""

    def _hidden(self) -> str:
        """Return the id of the marked entry if it is hidden."""
        return self._marked().removeprefix(_HIDDEN) if self._marked().startswith(_HIDDEN) else ""

    # ---- filters ----

    def action_filter(self) -> None:
        """Go to the filters, or open them where they have no place beside the list."""
        from hiproutine.tui.dialogs.filters import FilterScreen

        def chosen(choices: tuple[Choice, ...] | None) -> None:
            self._narrow(choices or ())

        filters = self.query_one(FilterList)
        if filters.display:
            filters.focus()
        else:
            show(self, FilterScreen(self._day.catalogue, self._day.settings.profile, self._chosen), chosen)

    def on_filter_list_changed(self, event: FilterList.Changed) -> None:
        self._narrow(event.chosen)

    def action_clear(self) -> None:
        self._narrow(())

    def _narrow(self, choices: tuple[Choice, ...], keep: bool = False) -> None:
        """Apply filters; they are for exercises, so the tab of everything is shown."""
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

    @property
    def key_words(self) -> dict[str, str]:
        """What Enter does where it opens no card."""
        word = "Clear" if self._marked() == _CLEAR else "Show again" if self._hidden() else ""
        among_filters = self.focused is not None and self.focused.id == "filters"
        return {} if among_filters or not word else {"submit": word, "select": word}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "filter":
                return not self._videos_shown
            case "clear":
                return bool(self._chosen) and not self._videos_shown
            case "tab":
                return parameters != (self._tab,)
            case "video" | "code":
                return bool((marked := self.entry()) and videos_of(self._day.catalogue, marked))
            case "still":
                return any(view.moves for view in self.query(ExerciseView))
        return True

    def action_tab(self, tab: str) -> None:
        self._show_tab(tab)

    async def action_move(self, how: str) -> None:
        """Move the mark of the list while the search field keeps the focus, so that letters go on searching."""
        await self.app.run_action(how, self.query_one("#entries"))

    def action_code(self) -> None:
        if (marked := self.entry()) and (videos := videos_of(self._day.catalogue, marked)):
            show(self, CodeScreen(videos[0]))

    def action_video(self) -> None:
        if (marked := self.entry()) and (videos := videos_of(self._day.catalogue, marked)):
            open_video(self, self._runner.context, videos[0], partial(self.notify, markup=False))

    def action_search(self) -> None:
        search = self.query_one("#search", Input)
        search.focus()
        search.select_all()

    def action_back(self) -> None:
        """Clear the search first, if there is one; then leave."""
        search = self.query_one("#search", Input)
        if search.value:
            search.value = ""
            search.focus()
        else:
            self.dismiss()


def _groups(catalogue: Catalogue) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield headings with their ids, in the order of the list."""
    for category in CATEGORIES:
        yield category.capitalize(), (each.id for each in catalogue.exercises.values() if each.category == category)
    yield "Routines", catalogue.routines
    yield "Programmes", catalogue.programmes
    yield "To read", catalogue.cards


def _heading(words: str, count: int | None = None, below: str | None = None) -> Option:
    heading = Content(words).stylize("bold $primary")
    if count is not None:
        heading = Content.assemble(heading, (f"  {count}", _MUTED))
    return Option(Content("\n").join([heading, Content(below)]) if below else heading, disabled=True)


def _muted(words: str) -> Content:
    return Content(words).stylize(_MUTED)


def _name(videos: Mapping[str, Video], entry: Entry) -> str:
    return video_title(videos, entry) if isinstance(entry, Video) else entry.name


def _kind(entry: Entry) -> str:
    match entry:
        case Exercise():
            return entry.category
        case Routine():
            return "routine"
        case Programme():
            return "programme"
        case Card():
            return "to read"
        case Video():
            return "video"
