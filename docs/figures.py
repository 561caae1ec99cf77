"""Solves the figures of data/figures.yaml into data/figures.json: `python docs/figures.py [ID...]`.

Without ids it solves what has changed since; with --all everything, in a minute of one core. What cannot be solved is
named with its place, and why.
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from hiproutine.figure.reading import problems, read
from hiproutine.figure.solver import solve, stamp
from hiproutine.figure.stored import Stored, dumps, loads
from hiproutine.yaml.nodes import FileProblems

DATA = Path(__file__).parent.parent / "data"
_NOT_SOLVED = 0
"""The stamp of a figure that stayed open, so that it is tried again."""


def main(words: list[str]) -> int:
    """Writes the solved figures; 1 if one could not be solved."""
    source, target = DATA / "figures.yaml", DATA / "figures.json"
    try:
        drafts = read(source.read_text(encoding="utf-8"), f"data/{source.name}")
    except FileProblems as error:
        print(error)
        return 1
    known = target.exists() and words != ["--all"]
    before = loads(target.read_text(encoding="utf-8")) if known else {}
    stamps = {name: stamp(draft) for name, draft in drafts.items()}
    wanted = [name for name in drafts if name in words or name not in before or before[name].stamp != stamps[name]]
    with ProcessPoolExecutor() as pool:
        solved = dict(zip(wanted, pool.map(solve, [drafts[name] for name in wanted]), strict=True))
    told = [line for name in wanted for line in problems(drafts[name], solved[name].open, f"data/{source.name}")]
    found = {}
    for name, draft in drafts.items():
        if name in solved:
            found[name] = Stored(solved[name].figure, _NOT_SOLVED if solved[name].open else stamps[name])
        else:
            found[name] = Stored(draft.figure._replace(poses=before[name].figure.poses), stamps[name])
    target.write_text(dumps(found), encoding="utf-8")
    print(*told, f"{len(wanted)} of {len(drafts)} figures solved anew", sep="\n")
    return bool(told)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
