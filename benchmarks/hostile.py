"""Files made to do harm, given to every command that reads them: each must end within 10 s and 500 MB, in a sentence.

Seconds are those of the processor, so that a busy machine does not count; what waits for ever is stopped.

`PYTHONPATH=. python benchmarks/hostile.py` runs all cases and prints a table; words after it choose the cases whose
names hold one of them; `--keep FOLDER` leaves the homes behind. The exit code is 1 if a case failed.

A case is one entry of CASES: the place of the file in a fresh home, what writes it, and the commands to run, in which
FILE is that place. A command may end with 0, 1 or 2, and without a traceback.
"""

import argparse
import os
import resource
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from terminal import HIPROUTINE

LONGEST_S = 10
LARGEST_MB = 500
_STOPPED_AFTER_S = 180
_STOPPED_AT_BYTES = 4 << 30
_MB = 1_000_000
_OWN = ".config/hiproutine/catalogue/hostile.yaml"


class Case(NamedTuple):
    """A hostile file: where it is, from the home folder on, what writes it there, and what must cope with it."""

    place: str
    write: Callable[[Path], object]
    commands: tuple[str, ...]


class Run(NamedTuple):
    """What became of a command."""

    seconds: float
    mb: int
    code: int
    said: str

    @property
    def fault(self) -> str:
        """What is wrong with it; empty if nothing is."""
        if self.code not in (0, 1, 2):
            return f"ended with {self.code}"
        if "Traceback" in self.said:
            return "a traceback"
        if self.seconds > LONGEST_S:
            return "too slow"
        return "too large" if self.mb > LARGEST_MB else ""


# ---- kinds of cases ----


def _text(content: Callable[[], str]) -> Callable[[Path], object]:
    return lambda path: path.write_text(content(), encoding="utf-8", errors="surrogatepass")


def _catalogue(content: Callable[[], str]) -> Iterator[Case]:
    """The same text as a file from somebody else, cut to what is read, as one of the user's, and as the settings."""
    write = _text(content)
    yield Case("given.yaml", _text(lambda: content()[:_MB]), ("add --yes FILE",))
    yield Case(_OWN, write, ("list", "today --minutes 10 --json", "check"))
    yield Case(".config/hiproutine/settings.yaml", write, ("today --json",))


_READING = (
    "add --yes FILE",
    "check FILE",
    "import --yes FILE",
    "import --yes --from csv FILE",
    "import --yes --from harsh FILE",
    "import --yes --from loop FILE",
    "restore --yes FILE",
)
_SESSION = "log couch-stretch"
_WRITING = (_SESSION, "export FILE", "share four-everyday --output FILE")


def _special(place: str, write: Callable[[Path], object]) -> Iterator[Case]:
    """What is no regular file, given to whatever reads a file, and in the places of our own files."""
    yield Case(place, write, _READING)
    yield Case(place, write, _WRITING)
    if not place.startswith("/"):
        yield Case(_OWN, write, ("list", "today --json", "check", "check FILE"))
        yield Case(".config/hiproutine/settings.yaml", write, ("status", "today --json"))
        yield Case(".cache/hiproutine/catalogue", write, ("list",))


# ---- texts ----


def _exercise(name: str, more: str = "") -> str:
    return (
        f"  - {{id: {name}, name: {name}, category: stretch, position: supine, sides: both, areas: [calf], "
        f"prescription: 2x30s, setup: [a], cues: [b]{more}}}\n"
    )


def _exercises(many: int, more: Callable[[int], str]) -> str:
    return "exercises:\n" + "".join(_exercise(f"e{number}", more(number)) for number in range(many))


def _names(numbers: range) -> str:
    return ", ".join(f"e{number}" for number in numbers)


def _routines(many: int, step: str) -> str:
    steps = ", ".join([step] * 100)
    return "routines:\n" + "".join(
        f"  - {{id: r{number}, name: r, why: w, steps: [{steps}]}}\n" for number in range(many)
    )


def _extending_backwards(many: int) -> str:
    links = (f"  - {{id: e{number}, extends: e{number + 1}}}\n" for number in range(many))
    return f"exercises:\n{''.join(links)}{_exercise(f'e{many}')}"


def _filled(unit: str, size: int = 8 * _MB) -> Callable[[], str]:
    return lambda: unit * (size // len(unit.encode(errors="surrogatepass")))


CATALOGUES: dict[str, Callable[[], str]] = {
    "nothing but commas": lambda: f"[{'a,' * (4 * _MB)}]",
    "a section of commas": lambda: f"exercises: [{'a,' * (4 * _MB)}]",
    "empty lists": lambda: f"exercises: [{'[],' * (2 * _MB)}]",
    "empty mappings": lambda: f"exercises: [{'{},' * (2 * _MB)}]",
    "many keys": lambda: "".join(f"k{number}: 1\n" for number in range(700_000)),
    "many fields that are none": lambda: (
        "exercises:\n"
        + "".join(f"  - {{id: e, {', '.join(f'nam{n}: 1' for n in range(50))}}}\n" for _ in range(10_000))
    ),
    "a list of lines": _filled("- a\n"),
    "deep brackets": _filled("["),
    "deep braces": _filled("{a: "),
    "deep dashes": _filled("- "),
    "deep questions": _filled("? "),
    "deep after much": lambda: f"a: [{'a, ' * 300_000}\n{'[' * 5000}",
    "anchors and aliases": lambda: "a: &a [x,x,x]\nb: [" + "*a," * 1_000_000 + "]",
    "an open quote": lambda: '"' + "a\n" * (4 * _MB),
    "an open quote on each line": lambda: "a: '\n" * (1_600_000),
    "comments": _filled("#\n"),
    "blank lines": _filled("\n"),
    "spaces": _filled(" "),
    "carriage returns": _filled("\r"),
    "zeros": _filled("\0"),
    "surrogates": _filled("\ud800", 3 * _MB),
    "marks on one letter": lambda: "a: a" + "\u0301\u0316" * 1_000_000,
    "marks on many letters": lambda: f"exercises: [{','.join(['a' + chr(0x301) + chr(0x316) * 3000] * 600)}]",
    "a word of 8 MB": lambda: f"a: {'b' * (8 * _MB)}",
    "dangling variants": lambda: _exercises(1500, lambda n: f", easier: [nothing-{n}]"),
    "many dangling variants": lambda: _exercises(1000, lambda n: f", easier: [{_names(range(n + 2000, n + 2900))}]"),
    "a grid of variants": lambda: _exercises(900, lambda _: f", easier: [{_names(range(900))}]"),
    "a grid of harder ones": lambda: _exercises(900, lambda _: f", level: 2, harder: [{_names(range(900))}]"),
    "a triangle of variants": lambda: _exercises(900, lambda n: f", easier: [{_names(range(n))}]"),
    "a chain of variants": lambda: _exercises(30_000, lambda n: f", easier: [e{n + 1}]" if n < 29_999 else ""),
    "a ring of variants": lambda: _exercises(30_000, lambda n: f", easier: [e{(n + 1) % 30_000}]"),
    "a chain of extensions": lambda: _extending_backwards(50_000),
    "hidden one by one": lambda: (
        "hide: ["
        + ", ".join(f"e{n}" for n in range(1000))
        + "]\n"
        + _exercises(2000, lambda _: "")
        + _routines(300, "e1500")
    ),
    "hidden what is not there": lambda: (
        f"hide: [{', '.join(f'x{n}' for n in range(1000))}]\n" + _exercises(9000, lambda _: "")
    ),
    "steps of nothing": lambda: _routines(4000, "nothing"),
    "doses that are none": lambda: _routines(3000, "couch-stretch hodl 2x30s"),
    "options that are none": lambda: _routines(2500, "couch-stretch 2x30s reste 5s"),
    "words that are none": lambda: _exercises(900, lambda _: f", muscles: [{', '.join(['calv'] * 900)}]"),
    "sources that are none": lambda: _exercises(900, lambda _: f", evidence: [{', '.join(['E99'] * 900)}]"),
    "long beats": lambda: _exercises(1, lambda _: "").replace("2x30s", f'"2x10 @{"a " * 2_000_000}3"'),
    "many beats": lambda: _exercises(1, lambda _: "").replace("2x30s", f'"2x10 @{"1-" * 3_000_000}x"'),
    "long brackets": lambda: _exercises(1, lambda _: "").replace("2x30s", f'"3x({"1/" * 3_000_000}x"'),
    "huge numbers": lambda: _exercises(1, lambda _: f", level: {'9' * 7_000_000}"),
    "huge decimals": lambda: f"ready_factor: {'9' * 3_000_000}.{'9' * 3_000_000}\nvolume: 1e308\n",
    "the same id": lambda: _exercises(20_000, lambda _: "").replace("id: e", "id: same-"),
    "one id again and again": lambda: "exercises:\n" + _exercise("same") * 30_000,
    "long addresses": lambda: (
        "videos:\n"
        + "".join(f'  - {{id: v{n}, section: s, caption: c, url: "https://{"a." * 5000}"}}\n' for n in range(700))
    ),
}
"""Texts that are read as YAML."""


def _socket(path: Path) -> None:
    import socket

    place = socket.socket(socket.AF_UNIX)
    place.bind(os.fspath(path))
    place.close()


def _folder_of_many(path: Path) -> None:
    """As many files as make 10 MB, each with nodes of its own."""
    for number in range(100):
        (path / f"f{number}.yaml").write_text(f"exercises: [{'a,' * 50_000}]")


CASES: dict[str, tuple[Case, ...]] = {
    **{name: tuple(_catalogue(content)) for name, content in CATALOGUES.items()},
    "a pipe": tuple(_special("given", os.mkfifo)),
    "a pipe that is called a zip": tuple(_special("given.zip", os.mkfifo)),
    "a socket": tuple(_special("given", _socket)),
    "a link to itself": tuple(_special("given", lambda path: path.symlink_to(path))),
    "a link to /dev/zero": tuple(_special("given", lambda path: path.symlink_to("/dev/zero"))),
    "a folder": tuple(_special("given", Path.mkdir)),
    "/dev/zero": (Case("/dev/zero", lambda _: None, _READING),),
    "/dev/full": (Case("/dev/full", lambda _: None, ("export FILE", "share four-everyday --output FILE")),),
    "a hundred files": (Case(".config/hiproutine/catalogue", _folder_of_many, ("list", "today --json", "check")),),
    "a dose of hours": (
        Case("nothing", lambda _: None, ("log couch-stretch --minutes 1e308", "today --minutes 1e308", "pain 1e308")),
    ),
}
"""By name; a name may have several, where the same content is hostile in several places."""


# ---- running ----


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_STOPPED_AT_BYTES, _STOPPED_AT_BYTES))


def run(words: list[str], home: Path) -> Run:
    """Runs a command with that home, and stops it long after it took too much."""
    environment = {"HOME": str(home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TZ": "UTC"}
    with tempfile.TemporaryFile() as output:
        began = time.perf_counter()
        process = subprocess.Popen(
            [*HIPROUTINE, *words],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=environment,
            cwd=home,
            preexec_fn=_limit,  # noqa: PLW1509 -- nothing here has threads
        )
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if time.perf_counter() - began > _STOPPED_AFTER_S:
                process.send_signal(signal.SIGKILL)
            time.sleep(0.01)
        seconds = usage.ru_utime + usage.ru_stime
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        said = output.read(100 * _MB).decode(errors="replace")
    return Run(seconds, usage.ru_maxrss * 1024 // _MB, process.returncode, said)


def runs(case: Case, home: Path) -> Iterator[tuple[str, Run]]:
    """Each command of a case with what became of it."""
    home.mkdir(parents=True, exist_ok=True)
    path = home / case.place
    if not case.place.startswith("/"):
        is_folder = case.write is _folder_of_many
        (path if is_folder else path.parent).mkdir(parents=True, exist_ok=True)
    case.write(path)
    for command in case.commands:
        yield command, run([str(path) if word == "FILE" else word for word in shlex.split(command)], home)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*", help="only the cases whose names hold one of these")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where the homes are left behind")
    args = parser.parse_args()
    chosen = [name for name in CASES if not args.words or any(word in name for word in args.words)]
    faults = 0
    with ExitStack() as stack:
        folder = args.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        print(f"| {'case':38} | {'command':45} | {'s':>5} | {'MB':>4} | code | ends with |")
        print("| --- | --- | --- | --- | --- | --- |")
        cases = chain.from_iterable(((name, case) for case in CASES[name]) for name in chosen)
        for number, (name, case) in enumerate(cases):
            for command, found in runs(case, folder / str(number)):
                faults += bool(found.fault)
                last = (found.said.strip().splitlines() or [""])[-1]
                words = f"**{found.fault}**: {last}" if found.fault else last
                measured = f"{found.seconds:5.1f} | {found.mb:4} | {found.code:4}"
                print(f"| {name:38} | {command:45} | {measured} | {words[:90]} |", flush=True)
    print(f"\n{faults} faults", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
