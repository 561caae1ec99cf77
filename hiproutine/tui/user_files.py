"""Edit, copy and hide entries in the user's catalogue files, from a screen."""

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from textual.app import ComposeResult, SuspendNotSupported
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from hiproutine import editor
from hiproutine.catalogue import user_files
from hiproutine.catalogue.model import Video, with_step
from hiproutine.catalogue.search import Entry, named
from hiproutine.day.runner import Runner
from hiproutine.day.today import Day
from hiproutine.errors import HiproutineError
from hiproutine.text import clean, of_file
from hiproutine.tui.dialogs.note import NoteScreen
from hiproutine.tui.keys import bindings
from hiproutine.tui.pages import Dialog, Page, show
from hiproutine.tui.widgets.figure import ExerciseView
from hiproutine.yaml.nodes import is_id

Reread = Callable[[Path | None], None]
"""Read the catalogue again after a file was changed.

Raises HiproutineError, and leaves everything as it was, where that file is at fault or nothing is left to practise.
"""
_MANY = 1000
_LONG_S = 20
_SHOWN_AGAIN = "Enter at the end of the Library shows it again."


class EntryScreen(Page[None]):
    """A screen that shows an entry with its figure, and can change it; `reload` is called after a change.

    Only a card has the keys for that: letters pressed in a list are easily meant for a search.
    """

    def __init__(self, runner: Runner, reread: Reread) -> None:
        super().__init__()
        self._runner = runner
        self._reread = reread

    @property
    def _day(self) -> Day:
        return self._runner.day

    def entry(self) -> Entry | None:
        """The entry to change."""
        raise NotImplementedError

    def reload(self) -> None:
        """Show the catalogue as it is now."""
        raise NotImplementedError

    def on_exercise_view_shown(self) -> None:
        self.refresh_bindings()

    def action_still(self) -> None:
        self.query_one(ExerciseView).toggle()

    def _whole(self) -> Entry | None:
        """Return the entry before screening."""
        entry = self.entry()
        return named(self._day.screened.whole, entry.id) if entry else None

    # ---- edit, copy ----

    def action_edit(self) -> None:
        entry = self._whole()
        if entry is None:
            return
        try:
            place = user_files.place(self._runner.context.user_catalogue, entry.id)
        except (HiproutineError, OSError) as error:
            self._tell_fault(error)
            return
        if place:
            self._edit(place, "")
            return
        words = f"{_called(entry)} is shipped with hiproutine. Your changes to it go into a file of yours."
        question = AskScreen(words, "y makes the file and opens it   n changes nothing")
        show(self, question, lambda yes: self._extend(entry) if yes else None)

    def _extend(self, entry: Entry) -> None:
        try:
            place = user_files.extend(self._runner.context.user_catalogue, self._day.screened.whole, entry)
        except (HiproutineError, OSError) as error:
            self._tell_fault(error)
        else:
            self._edit(place, f"Your changes to it are in {_short(place.file)}.")

    def action_copy_entry(self) -> None:
        entry = self._whole()
        if entry is None:
            return
        there = {*user_files.used_ids(self._day.screened.whole), *self._day.loaded.hidden}

        def fault(name: str) -> str | None:
            if not is_id(name):
                return "An id is small letters, digits and hyphens, at most 64."
            return f'The id "{name}" is taken.' if name in there else None

        def chosen(name: str | None) -> None:
            if name is None:
                return
            try:
                place = user_files.copy(self._runner.context.user_catalogue, self._day.screened.whole, entry, name)
            except (HiproutineError, OSError) as error:
                self._tell_fault(error)
            else:
                self._edit(place, f"The copy is in {_short(place.file)}.")

        free = user_files.free_ids(there)(entry.id)
        note = NoteScreen(f"{_called(entry)}, copied under the id", free, "Enter copies it, Esc cancels.", fault)
        show(self, note, chosen)

    def _edit(self, place: user_files.Place, told: str) -> None:
        try:
            words = self._runner.context.editor(*place)
        except HiproutineError as error:
            words, told = [], f"{told} {error}."
        if not words:
            told = f"{told} {editor.HOW_TO_SET} The file is {_short(place.file)}, line {place.line}."
        try:
            fault = self._take_over(place.file, words)
        except SuspendNotSupported:
            told = f"{told} No editor can be opened here. The file is {_short(place.file)}, line {place.line}."
            fault = self._take_over(place.file)
        if told:
            self.notify(told.strip(), timeout=_LONG_S, markup=False)
        if fault:
            self._tell_fault(fault, "Not applied; the entries are as before")

    # ---- hide, show again ----

    def action_hide(self) -> None:
        entry = self.entry()
        if entry is None:
            return
        rows = [f"Hide {_called(entry)}? {_SHOWN_AGAIN}"]
        if routines := with_step(self._day.screened.whole.routines, entry.id):
            rows += ["", "These routines lose steps:"]
        for each in routines:
            count, whole = sum(step.exercise == entry.id for step in each.steps), len(each.steps)
            rows.append(f"{each.name}: {'every step' if count == whole else f'{count} of {whole}'}")
        question = AskScreen("\n".join(rows), "y hides it   n keeps it")
        show(self, question, lambda yes: self._hide(entry) if yes else None)

    def _hide(self, entry: Entry) -> None:
        try:
            user_files.hide(self._runner.context.user_catalogue, entry.id)
            if fault := self._take_over():
                user_files.show(self._runner.context.user_catalogue, entry.id)
                self._tell_fault(fault, "Not hidden")
            else:
                self.notify(f"Hidden: {_called(entry)}. {_SHOWN_AGAIN}", markup=False)
        except (HiproutineError, OSError) as error:
            self._tell_fault(error)

    def show_again(self, name: str) -> None:
        try:
            user_files.show(self._runner.context.user_catalogue, name)
        except (HiproutineError, OSError) as error:
            self._tell_fault(error)
            return
        if fault := self._take_over():
            self._tell_fault(fault)

    def _take_over(self, file: Path | None = None, words: list[str] | None = None) -> HiproutineError | OSError | None:
        """Run the editor, if there is one, and read everything again; return the fault, if there is one."""
        many = len(self._day.screened.whole.exercises) > _MANY and not self.app.is_headless
        # The terminal is restored only if nothing is raised. Reading many entries shows a progress bar on it.
        with self.app.suspend() if words or many else nullcontext():
            try:
                if words:
                    editor.run(words)
                self._reread(file)
            except (HiproutineError, OSError) as error:
                return error
        return None

    def _tell_fault(self, fault: HiproutineError | OSError, title: str = "") -> None:
        words = of_file(fault) if isinstance(fault, OSError) else str(fault)
        first, *more = words.split("\n")
        told = [clean(first), *([f"and {len(more)} more: see `hiproutine check`"] if more else [])]
        self.notify("\n".join(told), title=title, severity="error", timeout=_LONG_S, markup=False)


class AskScreen(Dialog[bool]):
    """Ask a yes-or-no question."""

    BINDINGS = bindings("question")

    def __init__(self, words: str, keys: str) -> None:
        super().__init__()
        self._words, self._keys = words, keys

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="box"):
            yield Static(Content(self._words))
            yield Static(Content(self._keys), classes="hint")


def _short(path: Path) -> str:
    home = Path.home()
    return clean(f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path))


def _called(entry: Entry) -> str:
    return entry.caption or entry.id if isinstance(entry, Video) else entry.name
