"""Solves the figures of data/figures.yaml into data/figures.json: `python docs/figures.py [ID...]`.

Without ids it solves what has changed since; with --all everything, in about two minutes. What cannot be solved is
named with its place, and nothing is written.
"""

import sys
import zlib
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from hiproutine.figure.reading import problems, read
from hiproutine.figure.solver import Draft, Solved, solve
from hiproutine.figure.stored import Stored, dumps, loads

DATA = Path(__file__).parent.parent / "data"


def stamp(draft: Draft) -> int:
    """What changes with anything that a figure is solved from; not with its place in the file."""
    frames = tuple(key._replace(place=(0, 0)) for key in draft.frames)
    return zlib.crc32(repr(draft._replace(frames=frames)).encode())


def main(words: list[str]) -> int:
    """Writes the solved figures; 1 if one could not be solved."""
    source, target = DATA / "figures.yaml", DATA / "figures.json"
    drafts = read(source.read_text(encoding="utf-8"), source.name)
    before = loads(target.read_text(encoding="utf-8")) if target.exists() else {}
    if words == ["--all"]:
        before = {}
    found: dict[str, Stored] = {}
    wanted = [
        name
        for name, draft in drafts.items()
        if name in words or name not in before or before[name].stamp != stamp(draft)
    ]
    with ProcessPoolExecutor() as pool:
        solved: dict[str, Solved] = dict(zip(wanted, pool.map(solve, [drafts[name] for name in wanted]), strict=True))
    told = [line for name in wanted for line in problems(drafts[name], solved[name].open, f"data/{source.name}")]
    for line in told:
        print(line)
    bad = {name for name in wanted if solved[name].open}
    for name, draft in drafts.items():
        if name in wanted:
            found[name] = Stored(solved[name].figure, stamp(draft) if name not in bad else 0)
        else:
            found[name] = before[name]
    target.write_text(dumps(found), encoding="utf-8")
    print(f"{len(wanted)} solved of {len(drafts)}, {len(bad)} open")
    return bool(told)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
