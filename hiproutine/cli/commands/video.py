"""Open a video, or the one that goes best with an exercise, a routine or a card."""

from typing import TYPE_CHECKING

from hiproutine.catalogue.model import Routine, Video, address, caption, goes_how, linked, strongest
from hiproutine.cli.confirm import confirm
from hiproutine.cli.console import interactive, say, say_code, say_link
from hiproutine.cli.entries import entry_of
from hiproutine.errors import HiproutineError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.catalogue.model import Catalogue, Link
    from hiproutine.day.context import Context


def arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("id", metavar="ID", help="id of a video, an exercise, a routine or a card")
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--print", action="store_true", help="print the address instead of opening it")
    instead.add_argument("--qr", action="store_true", help="draw the address as a QR code for your phone")


def run(args: "Namespace", home: "Context") -> int:
    link, video = _video(home.catalogue, args.id)
    url = address(video)
    if args.print:
        say_link(url)
        return 0
    if link:
        say(f"Goes with it ({goes_how(link)}); {caption(video)}.")
    if args.qr:
        say(url)  # above, since the prompt comes below, and the code must not scroll
        say_code(url)
    else:
        _open(url, home)
    return 0


def _video(catalogue: "Catalogue", wanted: str) -> "tuple[Link | None, Video]":
    """Return the video with that id, or the one that goes best with the entry of that id and the link to it."""
    entry = entry_of(catalogue, wanted)
    if isinstance(entry, Video):
        return None, entry
    links = strongest(entry.goes_with if isinstance(entry, Routine) else entry.videos)
    if not links:
        raise HiproutineError(
            f"no video of the note goes with {wanted}; `hiproutine show {wanted}` says what is known about it"
        )
    return links[0], linked(catalogue.videos, links[0])


def _open(url: str, home: "Context") -> None:
    """Open the address, or print it where it cannot or must not be opened."""
    from hiproutine import links

    host = links.host(url)
    if not home.knows_host(host) and not _agreed(host, url, home):
        say(f"Not opened, because {host} is not a known video host. The address to copy:")
        say_link(url)
        return
    helper = home.open_link(url)
    opened = links.took_it(helper) if helper else False
    if opened is False:
        say(f"{links.refused(home.settings.video_command, helper)}. The address to copy:")
        say_link(url)
    else:
        say(f"{'Opened' if opened else 'Opening'} {url}")


def _agreed(host: str, url: str, home: "Context") -> bool:
    """Ask at a terminal whether videos of the host may be opened, and remember a yes."""
    if not interactive() or not confirm(f"{host} is not a known video host. Open {url}?"):
        return False
    home.remember_host(host)
    return True
