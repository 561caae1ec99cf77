"""What the user can put right: one sentence each, with a place and a hint. Bugs keep their traceback."""

TYPE_CHECKING = False  # that of `typing` would cost its import
if TYPE_CHECKING:
    from collections.abc import Iterable


class HiproutineError(Exception):
    """Shown on stderr, as `report` words it; the exit code is 1."""

    def report(self) -> str:
        return f"hiproutine: {self}"


def nearest(word: str, words: "Iterable[str]") -> str:
    """A hint such as ` (did you mean "supine-butterfly"?)`, or nothing when no word is near."""
    import difflib  # 4 ms, and only a mistake needs it

    found = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    return f' (did you mean "{found[0]}"?)' if found else ""


def unknown(what: str, word: str, words: "list[str]", listing: str) -> HiproutineError:
    """The error for an id that does not exist; `listing` is the command that shows those that do."""
    return HiproutineError(f'no {what} has the id "{word}"{nearest(word, words)}; `{listing}` shows them all')
