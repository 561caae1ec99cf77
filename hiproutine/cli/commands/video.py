"""Open a video, or the one that goes best with an exercise, a routine or a card."""

from typing import TYPE_CHECKING

from hiproutine.catalogue.model import Video, address, caption, goes_how, linked, links_of, strongest
from hiproutine.cli.confirm import confirm
from hiproutine.cli.console import interactive, say, say_code, say_link
from hiproutine.cli.requested import entry_of
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


def run(args: "Namespace", context: "Context") -> int:
    link, video = _video(context.catalogue, args.id)
    url = address(video)
    if args.print:
        say_link(url)
        return 0
    if link:
        say(f"Goes with it ({goes_how(link)}); {caption(video)}.")
    if args.qr:
        say(url)  # above, since the prompt comes below, and the code must not scroll
        say_code(url, "use --print for the address")
    else:
        _open(url, context)
    return 0


def _video(catalogue: "Catalogue", wanted: str) -> "tuple[Link | None, Video]":
    """Return the video with that id, or the link and video that go best with the entry of that id."""
    entry = entry_of(catalogue, wanted)
    if isinstance(entry, Video):
        return None, entry
    links = strongest(links_of(entry))
    if not links:
        raise HiproutineError(f"no video of the note goes with {wanted}; see `hiproutine show {wanted}`")
    return links[0], linked(catalogue.videos, links[0])


def _open(url: str, context: "Context") -> None:
    """Open the address, or print it if it cannot or must not be opened."""
    from hiproutine import links

    host = links.host(url)
    if not context.knows_host(host) and not _agreed(host, url, context):
        say(f"Not opened, because {host} is not a known video host. The address to copy:")
        say_link(url)
        return
    helper = context.open_link(url)
    opened = links.took_it(helper) if helper else False
    if opened is False:
        say(f"{links.refused(context.settings.video_command, helper)}. The address to copy:")
        say_link(url)
    else:
        say(f"{'Opened' if opened else 'Opening'} {url}")


def _agreed(host: str, url: str, context: "Context") -> bool:
    """Ask at a terminal whether videos of the host may be opened, and remember a yes."""
    if not interactive() or not confirm(f"{host} is not a known video host. Open {url}?"):
        return False
    context.remember_host(host)
    return True
