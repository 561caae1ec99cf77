"""The card of a catalogue entry in full, with links to related entries."""

from collections.abc import Callable
from datetime import date
from functools import partial

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.widgets import Label, Static

from hiproutine.catalogue.describe import Description, describe
from hiproutine.catalogue.model import (
    Catalogue,
    Exercise,
    Programme,
    Routine,
    Video,
    address,
    linked,
    links_of,
    strongest,
)
from hiproutine.catalogue.search import Entry, named
from hiproutine.coach.session import Session, of_exercise, of_routine
from hiproutine.day.events import Follow, NoteVideo
from hiproutine.day.runner import Runner
from hiproutine.history.calendar import day_of
from hiproutine.review import personal_notes
from hiproutine.tui.keys import bindings
from hiproutine.tui.pages import show
from hiproutine.tui.theme import styled
from hiproutine.tui.user_files import EntryScreen, Reread
from hiproutine.tui.videos import CodeScreen, copy_address, open_video
from hiproutine.tui.widgets.description import LinkRow, chips, widgets
from hiproutine.tui.widgets.figure import ExerciseView, moving
from hiproutine.tui.widgets.footer import Footer
from hiproutine.tui.widgets.nav_bar import NavBar


class CardScreen(EntryScreen):
    """Show `entry`; `practise` starts its session."""

    CSS_PATH = "card.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (72, "-middle"), (100, "-wide"), (140, "-widest")]
    BINDINGS = bindings("card")

    class Begun(Message):
        """The programme of a card is to begin; the app sends `event`, and shows the reply on the card."""

        def __init__(self, card: "CardScreen", event: Follow) -> None:
            super().__init__()
            self.card = card
            self.event = event

    def __init__(
        self,
        runner: Runner,
        entry: Entry,
        practise: Callable[[Session], None],
        reread: Reread,
    ) -> None:
        super().__init__(runner, reread)
        self._entry = entry
        self._practise = practise
        self._videos = videos_of(runner.day.catalogue, entry)
        self._gone = False

    def compose(self) -> ComposeResult:
        description = describe(self._day.catalogue, self._entry)
        to_mind = personal_notes.to_mind(self._entry, self._day.screened, self._day.settings.profile)
        yield NavBar()
        yield Label(description.title, classes="title", markup=False)
        with Horizontal():
            with VerticalScroll(id="card"):
                mine = Static(styled(Description("", "", to_mind)), id="to-mind", classes="sections")
                mine.display = bool(to_mind)
                yield mine
                yield Static(id="done", classes="sections")
                exercise = self._entry if isinstance(self._entry, Exercise) else None
                if exercise:
                    yield Static(chips(exercise), classes="sections")
                yield from widgets("" if exercise else description.subtitle, description.sections)
            context, settings = self._runner.context, self._day.settings
            figure = ExerciseView(context.figure, settings, moving(settings), context.clock, id="figure")
            yield figure.without_room()
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#card").focus()
        self.call_after_refresh(self._show_done)
        self._show_figure()

    def _show_figure(self) -> None:
        self.query_one(ExerciseView).show(self._entry.id if isinstance(self._entry, Exercise) else None)

    def entry(self) -> Entry:
        return self._entry

    def reload(self) -> None:
        """Refresh the entry; a card whose entry is gone closes, at the latest when it is in front again."""
        found = named(self._day.catalogue, self._entry.id)
        self._gone = found is None
        if found is None:
            self.on_screen_resume()
            return
        self._entry = found
        self._videos = videos_of(self._day.catalogue, found)
        self.call_later(self._show_again)

    async def _show_again(self) -> None:
        await self.recompose()
        if self.is_stacked:
            self.query_one("#card").focus()
            self._show_done()
            self._show_figure()

    def on_screen_resume(self) -> None:
        if self._gone:
            self.dismiss()

    def _show_done(self) -> None:
        now = self._runner.context.clock.now()
        past = self._runner.read(day_of(now) - personal_notes.BACK)
        sections = personal_notes.done(self._entry, past, past.today(now))
        part = self.query_one("#done", Static)
        part.update(styled(Description("", "", sections)))
        part.display = bool(sections)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("practise", "preview"):
            return isinstance(self._entry, Exercise | Routine)
        if action == "begin":
            return isinstance(self._entry, Programme)
        if action in ("watched", "note"):
            return isinstance(self._entry, Video)
        if action in ("video", "copy", "code"):
            return isinstance(parameters[0], int) and parameters[0] <= len(self._videos)
        if action == "still":
            return any(view.moves for view in self.query(ExerciseView))
        return True

    def on_link_row_opened(self, event: LinkRow.Opened) -> None:
        if entry := named(self._day.catalogue, event.id):
            show(self, CardScreen(self._runner, entry, self._practise, self._reread))

    def _session(self) -> Session | None:
        match self._entry:
            case Exercise():
                return of_exercise(self._entry)
            case Routine():
                return of_routine(self._day.catalogue, self._entry)
        return None

    def action_practise(self) -> None:
        if session := self._session():
            self._practise(session)

    def action_begin(self) -> None:
        self.post_message(self.Begun(self, Follow(self._entry.id)))

    def show_begun(self, words: str) -> None:
        """Show what became of the programme that was to begin."""
        self._tell(words)
        self._show_done()

    def action_preview(self) -> None:
        from hiproutine.tui.dialogs.rehearsal import RehearsalScreen

        if session := self._session():
            plan = self._day.named(session)
            practise = partial(self._practise, session)
            show(self, RehearsalScreen(plan, self._day, self._runner.context, practise))

    def action_video(self, number: int) -> None:
        open_video(self, self._runner.context, self._videos[number - 1], self._tell)

    def action_copy(self, number: int) -> None:
        self._tell(copy_address(self, address(self._videos[number - 1])))

    def action_code(self, number: int) -> None:
        show(self, CodeScreen(self._videos[number - 1]))

    # ---- what somebody says of a video ----

    def action_watched(self) -> None:
        watched, note = self._noted()
        self._keep(None if watched else day_of(self._runner.context.clock.now()), note)

    def action_note(self) -> None:
        from hiproutine.tui.dialogs.note import NoteScreen

        watched, note = self._noted()

        def written(text: str | None) -> None:
            if text is not None and text != note:
                self._keep(watched, text)

        show(self, NoteScreen("Your note on this video", note), written)

    def _noted(self) -> tuple[date | None, str]:
        assert isinstance(self._entry, Video)
        found = personal_notes.note_of(self._runner.read(date.max), self._entry)
        return (found.watched, found.note) if found else (None, "")

    def _keep(self, watched: date | None, note: str) -> None:
        self._runner.send(NoteVideo(self._entry.id, watched, note))
        self._show_done()

    def _tell(self, text: str) -> None:
        self.notify(text, markup=False)


def videos_of(catalogue: Catalogue, entry: Entry) -> list[Video]:
    """Return the videos of an entry, the best established first."""
    if isinstance(entry, Video):
        return [entry]
    return [linked(catalogue.videos, link) for link in strongest(links_of(entry))]
