"""How every screen is reached from Today, so that a test can do the same to all of them."""

import asyncio
import unicodedata
from collections.abc import Awaitable, Callable, Iterable, Mapping
from random import Random

from textual.events import Key, Paste, Resize
from textual.geometry import Size
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.widgets import OptionList

from hiproutine.tui.app import HiproutineApp
from hiproutine.tui.pages import back_to
from hiproutine.tui.videos import HostScreen
from tests.screens import Desk

Step = str | Callable[[Desk, Pilot[None]], Awaitable[None]]
"""A key, or what else is to be done."""


_QUIET = 5
"""So many turns of the loop in a row nothing must be waiting: what was taken from a queue may be on its way."""


def opened(action: str) -> Step:
    """An action of the app."""

    async def run(_: Desk, pilot: Pilot[None]) -> None:
        await pilot.app.run_action(action)

    return run


def row(key: str) -> Step:
    """Marks the row of a setting."""

    async def mark(_: Desk, pilot: Pilot[None]) -> None:
        listing = pilot.app.screen.query_one("#rows", OptionList)
        listing.highlighted = listing.get_option_index(key)

    return mark


async def unknown_host(_: Desk, pilot: Pilot[None]) -> None:
    pilot.app.push_screen(HostScreen("clips.example.org", "https://clips.example.org/a/rather/long/address.html"))


async def end_of_session(desk: Desk, pilot: Pilot[None]) -> None:
    await desk.end_session(pilot)


async def work(desk: Desk, pilot: Pilot[None]) -> None:
    await desk.work(pilot, 5)


_CARD = ("l", *"couch", "enter")
_VIDEO = ("l", "f4", "enter")
PLACES: Mapping[str, tuple[Step, ...]] = {
    "today": (),
    "choose": ("c",),
    "programme": ("p",),
    "add": ("a",),
    "only today": ("m",),
    "only today: pick": ("m", "enter"),
    "settings": (",",),
    "settings: pick": (",", "enter"),
    "settings: marks": (",", row("focus"), "enter"),
    "settings: line": (",", row("video_command"), "enter"),
    "library": ("l",),
    "videos": ("l", "f4"),
    "filters": ("l", "f2"),
    "card": _CARD,
    "card: preview": (*_CARD, "p"),
    "card: copy": (*_CARD, "c"),
    "card: hide": ("l", *"lying butterfly", "enter", "H"),
    "video": _VIDEO,
    "video: note": (*_VIDEO, "n"),
    "video: code": (*_VIDEO, "Q"),
    "video: host": (*_VIDEO, unknown_host),
    "sound": ("t",),
    "progress": ("g",),
    "progress: tables": ("g", "t"),
    "progress: day": ("g", "enter"),
    "progress: log": ("g", "a"),
    "self-checks": ("C",),
    "self-check": ("C", "enter"),
    "self-check: asked": ("C", "enter", "space", "space"),
    "safety": (opened("safety"),),
    "first run": (opened("set_up"),),
    "first run: ticks": (opened("set_up"), "s"),
    "first run: stops": (opened("screening"), "space"),
    "first run: session": (opened("set_up"), *"ssssss"),
    "screening": (opened("screening"), *"sss"),
    "why": ("w",),
    "keys": ("f1",),
    "palette": ("ctrl+p",),
    "themes": (opened("change_theme"),),
    "practice": ("enter",),
    "practice: work": ("enter", work),
    "practice: floor": ("enter", work, "f"),
    "practice: stop": ("enter", "q"),
    "practice: hurts": ("enter", work, "h"),
    "practice: what then": ("enter", work, "h", "5"),
    "practice: sound": ("enter", "t"),
    "done": ("enter", end_of_session),
    # After these nothing can be practised.
    "first run: question": (opened("screening"), "down", "space", "y"),
    "first run: stopped": (opened("screening"), "end", "space", "y", "n"),
}


async def go(desk: Desk, pilot: Pilot[None], steps: Iterable[Step]) -> None:
    """Back to Today, whatever is open, and from there to a place."""
    app = pilot.app
    assert isinstance(app, HiproutineApp)
    back_to(app, app._today)
    await settled(app)
    for step in steps:
        if isinstance(step, str):
            in_one_packet(app, [step])
        else:
            await step(desk, pilot)
        await settled(app)


def in_one_packet(app: HiproutineApp, keys: Iterable[str]) -> None:
    """Hands keys to the app as its driver does that read them all at once: nothing is done between them."""
    for key in keys:
        if key.startswith("paste:"):
            app.post_message(Paste(key.removeprefix("paste:")))
            continue
        name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
        try:
            character: str | None = unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(name, name)))
        except KeyError:
            character = key if len(key) == 1 else None
        event = Key(name, character)
        event.set_sender(app)
        app.post_message(event)


_OFTEN = ("enter", "escape", "q", "enter", "escape", "ctrl+p", "f1", "?")
_KEYS = (
    *"abcdefghjklmnoprstuvwxyzHJKQT0123456789,.<>+-/ ",
    *("down", "up", "left", "right", "tab", "shift+tab", "space", "backspace", "delete", "home", "end", "pagedown"),
    *("f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "paste:two words\nand a line"),
)
_WORDS = ("library", "safety", "sound", "theme", "keys", "start", "choose", "progress", "settings", "only", "zzz")


def burst(random: Random) -> list[str]:
    """Up to 8 keys, most of them such as open or close something; or a word typed into the palette and Enter."""
    if random.random() < 0.15:
        return ["ctrl+p", *random.choice(_WORDS), *random.choices(_OFTEN, k=random.randint(1, 4))]
    return [random.choice(_OFTEN if random.random() < 0.6 else _KEYS) for _ in range(random.randint(2, 8))]


async def resize(app: HiproutineApp, width: int, height: int) -> None:
    """Gives the app another size, and lets the screen in front be laid out and painted at it. Raises what that raises.

    It is painted once, when all is in its place, and not sent to any terminal: this is for thousands of sizes.
    """
    size, screen = Size(width, height), app.screen
    assert app._driver
    app._driver._size, app._size = (width, height), size
    screen._compositor_refresh = lambda: None  # type: ignore[method-assign]
    screen.post_message(Resize(size, size))
    await settled(app)
    screen._on_timer_update()
    await settled(app)
    screen._compositor.render_strips()


async def settled(app: HiproutineApp) -> None:
    """Waits until no message is waiting anywhere, but for no timer. Raises what a handler raised.

    Not as `Pilot.pause`, which waits 20 ms and longer each time.
    """
    quiet = 0
    while quiet < _QUIET and app._exception is None and app.is_running:
        await asyncio.sleep(0)
        pumps: list[MessagePump] = [app, *app.screen.walk_children(with_self=True)]
        quiet = quiet + 1 if all(pump.is_running and pump._message_queue.empty() for pump in pumps) else 0
    if app._exception:
        raise app._exception
