"""Settings in lines: each has a key, and so has each of its choices."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from hiproutine.plain.keys import Keys
from hiproutine.settings.choices import MORE, Marks, OneOf
from hiproutine.settings.options import Row, Values
from hiproutine.yaml.edit import Value

_KEYS = "123456789acdefghijklmnoprstuvwyz"
"""Of settings and choices, in their order; without the keys below."""
_LETTERS = _KEYS.lstrip("123456789")
"""Of choices that are numbers themselves."""
_BACK, _DEFAULT = "bq\r\n", "x"

Put = Callable[[Row, Value | None], str]
"""Set a row, to its default with None, and return a remark, if any."""


class Menus:
    """Menus of rows of settings; `say` prints a line."""

    def __init__(self, keys: Keys, say: Callable[[str], None]) -> None:
        self._keys = keys
        self._say = say

    def under_headings(self, groups: Mapping[str, Sequence[Row]], values: Callable[[], Values], put: Put) -> None:
        """Let the person choose headings, and under each change rows."""
        settable = {heading: _settable(rows) for heading, rows in groups.items()}
        headings = [heading for heading, rows in settable.items() if rows]
        while (at := self._chosen("Settings", headings)) is not None:
            self.change(headings[at], settable[headings[at]], values, put)

    def change(self, title: str, rows: Sequence[Row], values: Callable[[], Values], put: Put) -> None:
        """Let the person choose rows, and change each."""
        while True:
            now = values()
            at = self._chosen(title, [f"{row.label}: {row.words(now[row.key])}" for row in rows])
            if at is None:
                return
            self._change_row(rows[at], values, put)

    def _change_row(self, row: Row, values: Callable[[], Values], put: Put) -> None:
        while True:
            now = values()[row.key]
            words, value = _choices(row, now)
            at = self._chosen(f"{row.label}, now {row.words(now)}. {row.help}", words, values=True)
            if at is None:
                return
            told = put(row, None if at < 0 else value(at))
            self._say(f"{row.label}: {row.words(values()[row.key])}. {told}".rstrip())
            if isinstance(row.kind, OneOf):
                return

    def _chosen(self, title: str, choices: Iterable[str], *, values: bool = False) -> int | None:
        """Return the number of the choice of the person; -1 for the default of `values`, None to go back."""
        rows = list(choices)
        numbers = values and any(words[:1].isdigit() for words in rows)
        offered = dict(zip(_LETTERS if numbers else _KEYS, rows, strict=False))
        self._say("")
        self._say(title)
        for key, words in offered.items():
            self._say(f"{key}  {words}")
        hint = f"A {'letter' if numbers else 'key'} chooses. {f'{_DEFAULT}: default. ' if values else ''}b: back."
        key = self._keys.answer(hint, "".join((*offered, _DEFAULT * values, _BACK)))
        if key in offered:
            return list(offered).index(key)
        return -1 if key == _DEFAULT else None


def _settable(rows: Iterable[Row]) -> list[Row]:
    """The rows with choices; a line of text is written in the file, and answers are given to their questions."""
    return [row for row in rows if isinstance(row.kind, OneOf | Marks) and row.kind.words]


def _choices(row: Row, now: Value | None) -> tuple[list[str], Callable[[int], Value | None]]:
    """The choices of a row in words, and the value that follows from the choice of a number."""
    kind = row.kind
    if isinstance(kind, OneOf):
        offered = kind.offered(now if isinstance(now, str) else None)
        return [kind.label(word) for word in offered], offered.__getitem__
    assert isinstance(kind, Marks)
    weights, words = kind.weights(now), [*kind.words]
    most = kind.highest

    def marked(at: int) -> Value | None:
        weight = weights.get(words[at], 0)
        return kind.value({**weights, words[at]: (weight + 1) % (most + 1)})

    def state(weight: int) -> str:
        return f": yes{MORE[weight]}" if weight else ""

    return [f"{kind.words[word]}{state(weights.get(word, 0))}" for word in words], marked
