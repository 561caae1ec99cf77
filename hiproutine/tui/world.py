"""What the screens are given of the world: made in `cli`, replaced in tests."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hiproutine import editor, links
from hiproutine.catalogue.model import Catalogue
from hiproutine.clock import Clock
from hiproutine.coach.planner import Plan
from hiproutine.coach.screening import Screened
from hiproutine.history.store import Store
from hiproutine.settings.model import Settings

if TYPE_CHECKING:
    import subprocess

    from hiproutine.catalogue.cache import Loaded
    from hiproutine.sound.output import Output
    from hiproutine.sound.self_test import Checked
    from hiproutine.yaml.edit import Value


class World(NamedTuple):
    """What is real outside of the screens.

    `safety_read` is a file that exists once the safety page was read; `todays` is what to do today; `make_sound` makes
    the sound of one session out of the settings, what rings the bell and what shows a notice; `check_sound` plays every
    cue; `save_setting` puts a key of the settings to a value, or with None back to its default, gives them as they then
    are, and raises HiproutineError; `open_link` starts a browser or player if it can, and raises HiproutineError if the
    player cannot be started; `left_out` says that something of the user's own catalogue could not be used, `hidden` has
    the names of what it hides by id, and `own` is its folder; `load` reads the catalogue again; `editor` is the
    command that opens a file at a line, empty where none is set, and raises HiproutineError for what is no command;
    `knows_host` is whether videos of a host open without a question, which they do once `remember_host` was told.
    """

    screened: Screened
    store: Store
    clock: Clock
    safety_read: Path
    settings: Settings
    todays: Plan
    make_sound: "Callable[[Settings, Callable[[], None], Callable[[str], None]], Output]"
    check_sound: "Callable[[Settings], Iterator[Checked]]"
    save_setting: "Callable[[str, Value | None], Settings]"
    own: Path
    load: "Callable[[], Loaded]"
    open_link: "Callable[[str], subprocess.Popen[bytes] | None]" = links.open_in_browser
    left_out: str = ""
    hidden: Mapping[str, str] = {}
    editor: Callable[[Path, int], list[str]] = editor.command
    knows_host: Callable[[str], bool] = links.KNOWN_HOSTS.__contains__
    remember_host: Callable[[str], None] = lambda _: None

    @property
    def catalogue(self) -> Catalogue:
        """What this person may do."""
        return self.screened.catalogue
