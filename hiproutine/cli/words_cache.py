"""Cache for completion: the ids and names of the catalogue, while its files are the same. Imports next to nothing."""

from hiproutine import cache
from hiproutine.cli import status_cache

TYPE_CHECKING = False  # that of `typing` would cost its import
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Names = Mapping[str, Mapping[str, str]]
    """The names of the entries of each kind, by id."""


def answer(kinds: "Sequence[str]") -> bool:
    """Print the cached ids of these kinds and return True; return False if they are not valid."""
    match cache.read(status_cache.place("words")):
        case (code, watched, seen, names) if code == cache.stamp(__file__):
            if seen == status_cache.circumstances(watched) and all(kind in names for kind in kinds):
                show(names, kinds)
                return True
    return False


def keep(watched: list[str], seen: object, names: "Names") -> None:
    """Cache the ids of the catalogue in the folders `watched`, under the circumstances `seen`."""
    cache.write(status_cache.place("words"), (cache.stamp(__file__), watched, seen, names))


def show(names: "Names", kinds: "Sequence[str]") -> None:
    """Print an id and its name, with a tab between, on a line each."""
    print("\n".join(f"{key}\t{name}" for kind in kinds for key, name in names[kind].items()))
