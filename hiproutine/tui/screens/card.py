"""One entry of the catalogue in full, with what goes with it one key away."""

from collections.abc import Callable
from datetime import date
from functools import partial

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Label, Static

from hiproutine.catalogue.describe import Description, describe
from hiproutine.catalogue.model import Catalogue, Exercise, Routine, Video, address, linked, strongest
from hiproutine.catalogue.search import Entry, named
from hiproutine.coach.session import Session, of_exercise, of_routine
from hiproutine.day.runner import Runner
from hiproutine.history.days import day_of, today
from hiproutine.practice.by_hand import video_note
from hiproutine.review import personal_notes
from hiproutine.text import of_file
from hiproutine.tui.pages import show
from hiproutine.tui.theme import described
from hiproutine.tui.user_files import KEYS, EntryScreen, Reread
from hiproutine.tui.videos import CodeScreen, open_video
from hiproutine.tui.widgets.description import LinkRow, widgets
from hiproutine.tui.widgets.footer import Footer


class CardScreen(EntryScreen):
    """Shows `entry`; `practise` is called with the session that it makes."""

    CSS_PATH = "card.tcss"
    BINDINGS = [
        Binding("escape,q,b", "dismiss", "Back", key_display="esc"),
        Binding("enter,s", "practise", "Do this now", key_display="enter"),
        Binding("p", "preview", "Preview", tooltip="Every cue with its time, before it is practised"),
        Binding("v", "video(1)", "Video", tooltip="Open the video that goes best with it"),
        Binding("y", "copy(1)", "Copy link", show=False, tooltip="Copy the address of that video"),
        Binding("Q", "code(1)", "QR code", show=False, tooltip="Show the address of that video to a telephone"),
        *KEYS,
        Binding("w", "watched", "Watched", tooltip="Mark the video as watched today, or as not watched"),
        Binding("n", "note", "Note", tooltip="Write a note of your own on the video"),
        Binding("tab", "app.focus_next", "Link", show=False, tooltip="Mark the next link; Enter opens it"),
        *(Binding(str(n), f"video({n})", f"Video {n}", show=False) for n in range(1, 10)),
    ]

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
        to_mind = personal_notes.to_mind(self._entry, self._day.settings.profile)
        yield Label(description.title, classes="title", markup=False)
        with VerticalScroll(id="card"):
            mine = Static(described(Description("", "", to_mind)), id="to-mind", classes="sections")
            mine.display = bool(to_mind)
            yield mine
            yield Static(id="done", classes="sections")
            yield from widgets(description.subtitle, description.sections)
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#card").focus()
        self.call_after_refresh(self._show_done)

    def entry(self) -> Entry:
        return self._entry

    def renew(self) -> None:
        """Shows the entry as it is now; a card whose entry is no more is left, at the latest when it comes up again."""
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
        if self.is_attached:  # it may have been left meanwhile
            self.query_one("#card").focus()
            self._show_done()

    def on_screen_resume(self) -> None:
        if self._gone:
            self.dismiss()

    def _show_done(self) -> None:
        now = self._runner.context.clock.now()
        past = self._runner.read(day_of(now) - personal_notes.BACK)
        sections = personal_notes.done(self._entry, past, today(now, past.sessions))
        part = self.query_one("#done", Static)
        part.update(described(Description("", "", sections)))
        part.display = bool(sections)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("practise", "preview"):
            return isinstance(self._entry, Exercise | Routine)
        if action in ("watched", "note"):
            return isinstance(self._entry, Video)
        if action in ("video", "copy", "code"):
            return isinstance(parameters[0], int) and parameters[0] <= len(self._videos)
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

    def action_preview(self) -> None:
        from hiproutine.tui.dialogs.rehearsal import RehearsalScreen

        if session := self._session():
            plan = self._day.named(session)
            practise = partial(self._practise, session)
            show(self, RehearsalScreen(plan, self._day.settings.manner, practise))

    def action_video(self, number: int) -> None:
        open_video(self, self._runner.context, self._videos[number - 1], self._tell)

    def action_copy(self, number: int) -> None:
        url = address(self._videos[number - 1])
        self.app.copy_to_clipboard(url)
        self._tell(f"Sent to the clipboard: {url}")

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

        show(self, NoteScreen("A note of your own on this video", note), written)

    def _noted(self) -> tuple[date | None, str]:
        assert isinstance(self._entry, Video)
        found = personal_notes.note_of(self._runner.read(date.max), self._entry)
        return (found.watched, found.note) if found else (None, "")

    def _keep(self, watched: date | None, note: str) -> None:
        context = self._runner.context
        try:
            context.store.write(video_note(context.now(), self._entry.id, watched, note))
        except OSError as error:
            words = of_file(error, "history")
            self.notify(words, title="Not saved", severity="error", markup=False)
        self._show_done()

    def _tell(self, text: str) -> None:
        self.notify(text, markup=False)


def videos_of(catalogue: Catalogue, entry: Entry) -> list[Video]:
    """The videos that go with an entry, the surest first."""
    if isinstance(entry, Video):
        return [entry]
    links = entry.goes_with if isinstance(entry, Routine) else entry.videos
    return [linked(catalogue.videos, link) for link in strongest(links)]
