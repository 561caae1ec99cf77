"""Errors that the user can fix: one sentence with a place and a hint. Bugs keep their traceback."""

TYPE_CHECKING = False  # that of `typing` would cost its import
if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_NAMED = 3
"""Number of words that a hint names at most."""


class HiproutineError(Exception):
    """An error that the user can fix; `report` goes to stderr, and the exit code is 1."""

    def report(self) -> str:
        return f"hiproutine: {self}"


def nearest(word: str, words: "Iterable[str]", cutoff: float = 0.6) -> str:
    """Return a hint such as ` (did you mean "supine-butterfly"?)`, or an empty string if no word is close.

    A word that is a part of some others, as in `back-of-thigh`, means these.
    """
    import difflib  # 4 ms, needed only for mistakes

    known = list(words)
    parts = [each for each in known if word and word.lower() in each.split("-")][:_MOST_NAMED]
    found = parts or difflib.get_close_matches(word, known, n=1, cutoff=cutoff)
    named = " or ".join(f'"{each}"' for each in found)
    return f" (did you mean {named}?)" if found else ""


def unknown(what: str, word: str, words: "list[str]", listing: str) -> HiproutineError:
    """Return the error for an unknown id; `listing` is the command that lists the known ones."""
    return HiproutineError(f'no {what} has the id "{word}"{nearest(word, words)}; `{listing}` shows them all')
