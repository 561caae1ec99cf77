"""Kills at random moments: of commands that write, and of sessions on the screen. What was told as saved must be there.

A command has told it once its sentence is out; the screen, once it shows a later step than the one that ended.
"""

import argparse
import random
import re
import subprocess
import time
from collections import Counter
from collections.abc import Callable

from terminal import HIPROUTINE, PRACTISING_TEXT, Terminal, fresh_home

from hiproutine import paths
from hiproutine.history.past import Past
from hiproutine.history.records import Check, Goal, SessionRecord
from hiproutine.history.store import Store

COMMANDS = {
    "goal 5/7": ("Since", lambda past: len(past.of(Goal))),
    "log five-minute": (
        "Logged for",
        lambda past: sum(session.logged_at is not None for session in past.of(SessionRecord)),
    ),
    "self-check knee-to-wall --left 9": ("Recorded", lambda past: len(past.of(Check))),
}
"""What each command that writes tells then, and how many of its records there are."""
SHARE_OF_SESSIONS = 0.3
_STEP = re.compile(r"(\d+) of \d+ · \d+:\d\d, ends")


def of_a_command(store: Store, words: str, told: str, count: Callable[[Past], int], after_s: float) -> bool:
    """Kills the command; whether it had told that its record is saved. Raises AssertionError if that is not there."""
    before = count(store.read())
    process = subprocess.Popen([*HIPROUTINE, *words.split()], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    time.sleep(after_s)
    process.kill()
    out, _ = process.communicate()
    assert count(store.read()) >= before + (told.encode() in out), f"{words}: told, and lost"
    return told.encode() in out


def of_a_session(store: Store, dice: random.Random) -> bool:
    """Practises on the screen and kills it; whether a step had ended before. Raises AssertionError if that is lost."""
    known = {left.opening.id for left in store.interrupted()} | {
        session.id for session in store.read().of(SessionRecord)
    }
    with Terminal([*HIPROUTINE, "start", "five-minute"], 120, 40) as terminal:
        terminal.watch_for(PRACTISING_TEXT, within_s=60)
        until = terminal.now() + dice.uniform(0, 6)
        while terminal.now() < until:
            terminal.send("n")
            terminal.watch(dice.uniform(0, 1.2))
        shown = "\n".join(terminal.lines())
    steps = [int(found[1]) for found in _STEP.finditer(shown)]
    ended = max(steps, default=1) - 1
    journals = [left for left in store.interrupted() if left.opening.id not in known]
    assert all(not left.unreadable for left in journals)
    kept = sum(len(left.ended) for left in journals)
    assert kept >= ended, f"{ended} steps had ended, {kept} are there:\n{shown}"
    return ended > 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    dice = random.Random(args.seed)
    told = Counter[str]()
    kills = Counter[str]()
    with fresh_home():
        where = paths.find()
        store = Store(where.data / "history", where.state)
        usual_s: dict[str, float] = {}
        for words in COMMANDS:
            begin = time.monotonic()
            subprocess.run([*HIPROUTINE, *words.split()], stdout=subprocess.DEVNULL, check=True)
            usual_s[words] = time.monotonic() - begin
        for _ in range(args.kills):
            if dice.random() < SHARE_OF_SESSIONS:
                what, had_told = "start five-minute", of_a_session(store, dice)
            else:
                what = dice.choice(list(COMMANDS))
                had_told = of_a_command(store, what, *COMMANDS[what], dice.uniform(0, 1.3 * usual_s[what]))
            kills[what] += 1
            told[what] += had_told
            assert not store.read().unreadable, store.read().unreadable
    for what, count in kills.items():
        print(f"| {what} | {count} kills | {told[what]} had told something as saved | 0 lost |")


if __name__ == "__main__":
    main()
