"""How late the cues of a whole session are: each start of the player against the ideal instant of its tone."""

import argparse
import os
import shutil
from pathlib import Path
from statistics import median

from clock import busy_loops
from terminal import HIPROUTINE, PRACTISING_TEXT, Terminal, fresh_home

from hiproutine import paths
from hiproutine.catalogue import cache
from hiproutine.coach import session
from hiproutine.practice.cues import NOTES, scheduled
from hiproutine.practice.timeline import compile_session
from hiproutine.settings.model import Manner

PLAN = "twenty-minute"
# Stand in for the real programs: they note when they were started, and with what.
_STAND_INS = ("paplay",)


def errors_ms(home: Path, plan: str, seconds: int) -> list[float]:
    """How late each tone is, in the order of the session; the earliest of them is taken to be in time."""
    line = compile_session(session.find(cache.load(paths.shipped(), None).catalogue, plan), Manner())
    due_ms = sorted({at_ms for at_ms, cue in scheduled(line) if NOTES[cue.kind] and at_ms <= 1000 * seconds})
    started = home / "started"
    started.unlink(missing_ok=True)
    with Terminal([*HIPROUTINE, "start", plan, "--anyway"]) as terminal:
        terminal.watch_for(PRACTISING_TEXT)
        terminal.watch(seconds + 0.5)
        lines = [line.split(" ", 1) for line in started.read_text().splitlines()]
        at_ms = [1000 * float(at) for at, file in lines if Path(file).name.startswith("tone")]
        # The last may belong to a cue that is due just after the end.
        if len(at_ms) - len(due_ms) not in (0, 1):
            raise SystemExit("\n".join([f"{len(at_ms)} tones instead of {len(due_ms)}:", *terminal.lines()]))
    after = [at - due for at, due in zip(at_ms, due_ms, strict=False)]
    return [each - min(after) for each in after]


def _stand_ins(home: Path) -> None:
    folder = home / "bin"
    folder.mkdir()
    for name in _STAND_INS:
        program = folder / name
        program.write_text(f'#!{shutil.which("bash")}\necho "$EPOCHREALTIME ${{!#}}" >>{home}/started\n')
        program.chmod(0o755)
    os.environ["PATH"] = str(folder)
    # With a voice the get-ready of whoever is new would be longer, by what it says.
    settings = paths.find().config / "settings.yaml"
    settings.parent.mkdir(parents=True)
    settings.write_text("sound: tones\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=600, help="how long each session is watched (default: 600)")
    parser.add_argument("--session", default=PLAN, help=f"a routine or an exercise (default: {PLAN})")
    args = parser.parse_args()
    print("| tones, ms late | count | p50 | p99 | max | drift | load average |\n|---|---|---|---|---|---|---|")
    with fresh_home() as home:
        _stand_ins(home)
        for name, loops in (("idle", 0), ("two busy loops", 2)):
            with busy_loops(loops):
                late = errors_ms(home, args.session, args.seconds)
                load = os.getloadavg()[0 if args.seconds < 300 else 1]
            p99 = sorted(late)[min(len(late) - 1, int(0.99 * len(late)))]
            tenth = max(1, len(late) // 10)
            drift = median(late[-tenth:]) - median(late[:tenth])
            numbers = " | ".join(f"{number:.1f}" for number in (median(late), p99, max(late), drift, load))
            print(f"| {name} | {len(late)} | {numbers} |", flush=True)


if __name__ == "__main__":
    main()
