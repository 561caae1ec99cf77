"""Link check: request the pages of videos one by one, with a pause, each at most once a day."""

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from hiproutine import cache, links
from hiproutine.catalogue.model import Video

PAUSE_S = 1.0
TIMEOUT_S = 10.0
CACHED_S = 24 * 60 * 60
_RATE_LIMITED = {429, 503}
"""A host that answers with one of these gets no more requests."""


class Answer(NamedTuple):
    """The HTTP status, or why there is none."""

    status: int | None
    reason: str

    @property
    def there(self) -> bool:
        return self.status is not None and self.status < 400


def missing(
    videos: Iterable[Video], file: Path, now: float, knows_host: Callable[[str], bool], tell: Callable[[str], object]
) -> Iterator[tuple[Video, str]]:
    """Yield the videos whose page could not be confirmed, each with the reason as the rest of a sentence.

    Answers are cached in `file` with their time; `now` is in seconds since 1970. Only hosts that the user knows are
    contacted. `tell` is called with a sentence before each request.
    """
    answers = {page: row for page, row in (cache.read(file) or {}).items() if 0 <= now - row[0] < CACHED_S}
    rate_limited: set[str] = set()
    asked = False
    for video in videos:
        host = links.host(video.url)
        if not knows_host(host):
            yield video, f"was not checked, because {host} is not a known video host; open the video once"
            continue
        page = page_of(video.url)
        if page in answers:
            answer = Answer(*answers[page][1:])
        elif host in rate_limited:
            answer = Answer(None, "its host asks for fewer questions")
        else:
            if asked:
                time.sleep(PAUSE_S)
            asked = True
            tell(f"Asking {host} for {video.id}")
            answer = ask(page)
            if answer.status in _RATE_LIMITED:
                rate_limited.add(host)
            elif answer.status is not None and answer.status < 500:
                answers[page] = (now, *answer)
                cache.write(file, answers)
        if not answer.there:
            yield video, f"is not known to be there: {' '.join(map(str, filter(None, answer)))}"


def page_of(url: str) -> str:
    """Return the page to request. YouTube's pages answer 200 even if the video is gone; its oEmbed does not."""
    if not (found := links.youtube(url)):
        return url.partition("#")[0]
    watch = quote(f"https://www.youtube.com/watch?v={found[0]}", safe="")
    return f"https://www.youtube.com/oembed?url={watch}&format=json"


def ask(page: str) -> Answer:
    """Request a page. Redirects are not followed: a page that redirects exists."""
    from http.client import HTTPException
    from importlib.metadata import version
    from urllib.error import HTTPError
    from urllib.request import HTTPRedirectHandler, Request, build_opener

    from hiproutine.text import clean

    class Stay(HTTPRedirectHandler):
        def redirect_request(self, *_: object) -> None:
            return None

    request = Request(page, headers={"User-Agent": f"hiproutine/{version('hiproutine')} (check --links)"})  # noqa: S310 -- `links.problem` lets nothing but https into the catalogue
    try:
        with build_opener(Stay).open(request, timeout=TIMEOUT_S) as response:
            return Answer(response.status, "")
    except HTTPError as error:
        error.close()
        return Answer(error.code, clean(str(error.reason)))
    except (OSError, HTTPException) as error:
        return Answer(None, clean(str(getattr(error, "reason", error)) or type(error).__name__))
