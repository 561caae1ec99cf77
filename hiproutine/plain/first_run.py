"""The first run in lines: the pages of the screens, each row with a key."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from hiproutine.catalogue.model import Programme
from hiproutine.coach.programme import description
from hiproutine.day import first_run
from hiproutine.day.events import Follow, SetUp
from hiproutine.day.first_run import NOT_SURE, YES, FirstRun, Kind, Row
from hiproutine.day.runner import Runner
from hiproutine.day.words import today_words
from hiproutine.plain.keys import STARTS, Keys
from hiproutine.text import counted

_ROW_KEYS, _CHOICE_KEYS = "123456789acdefgh", "acdef"
"""Of the rows, without the keys of the page itself."""
_HINTS = {
    "choose": "A letter chooses; b is kept for back",
    "tick": "A key ticks a row, or takes its tick away",
    "unsure": "u and then a key: not sure",
    "next": "Enter: next",
    "none": "n: none of these",
    "confirm": "y: these are true",
    "change": "c: change the answer",
    "card": "o: warning signs",
    "start": "Enter: start",
    "skip": "s: skip",
    "back": "b: back",
}
"""The keys of a page, by what they do, in the order in which they are said."""
_LEAVES = "q: leave"
_MARKS = {YES: "ticked", NOT_SURE: "not sure", "": "not ticked"}


class Lines(NamedTuple):
    """Input and output of a page: `say` prints a line, `warn` prints the warning signs."""

    keys: Keys
    say: Callable[[str], None]
    warn: Callable[[], None]


def ask(runner: Runner, parts: tuple[str, ...], lines: Lines) -> bool:
    """Go through the pages; return whether to practise after them."""
    run = first_run.begin(runner.day.settings.profile, parts)
    shown, marked = "", False
    while True:
        if run.at != shown:
            for line in _page(run, runner):
                lines.say(line)
            shown = run.at
        key = lines.keys.key(confirms=marked)
        if key == "q":
            return False
        if key in STARTS and run.page.kind is Kind.SESSION and runner.day.allows("start"):
            return True
        before, run = run, _pressed(run, key, runner, lines)
        marked = run.at == before.at and run.marks != before.marks
        if fault := runner.send(SetUp(first_run.result(run, runner.day.date))):
            lines.say(f"For now only: {fault}")
        if run.over:
            return True


# ---- pages ----


def _page(run: FirstRun, runner: Runner) -> Iterator[str]:
    page = run.page
    yield ""
    about = f" {page.about.removesuffix('.')}." if page.about else ""
    yield f"{page.number} of {page.of}: {page.title}{about}"
    yield from (f"{key}  {row.text}{_state(run, row)}" for key, row in _rows(run).items())
    match page.kind:
        case Kind.QUESTION:
            assert page.question
            yield from (f"{key}  {answer.label}" for key, answer in page.question.answers.items())
        case Kind.STOPPED:
            for ticked, words in first_run.stopped_words(run):
                yield f"STOP. You marked: {ticked}."
                yield words
            yield first_run.UNTIL_THEN
        case Kind.SESSION:
            yield from _session(run, runner)
    yield _keys(run)


def _rows(run: FirstRun) -> dict[str, Row]:
    """The rows by their keys: letters where the rows are numbers themselves."""
    keys = _CHOICE_KEYS if run.page.kind is Kind.CHOICE else _ROW_KEYS
    return dict(zip(keys, run.page.rows, strict=False))


def _state(run: FirstRun, row: Row) -> str:
    mark = run.here.get(row.id, "")
    return f": {'chosen' if run.page.kind is Kind.CHOICE else _MARKS[mark]}" if mark else ""


def _keys(run: FirstRun) -> str:
    allowed = first_run.actions(run)
    proposes = ["p: programmes"] if run.page.kind is Kind.SESSION else []
    return ". ".join([*(words for action, words in _HINTS.items() if action in allowed), *proposes, _LEAVES]) + "."


def _session(run: FirstRun, runner: Runner) -> Iterator[str]:
    day = runner.day
    built = first_run.built(run, day)
    yield built.why
    words = today_words(day.now, day.past, day.plan, day.manner)
    yield from (f"{each.name}, {each.dose}" for each in words.exercises)
    if words.exercises:
        yield f"In all {counted(first_run.minutes(day), 'minute')}."
    yield from day.plan.notes
    if proposed := first_run.proposed(day):
        yield f"A programme that fits: {first_run.programme_words(proposed)}"
    for heading, names in built.changes:
        yield f"{heading}: {names}"


# ---- keys ----


_ACTIONS = (
    ("\r\n", "next"),
    ("\r\n", "remind"),
    ("n", "remind_ticked"),
    ("n", "none"),
    ("y", "confirm"),
    ("s", "skip"),
    ("b", "back"),
    ("c", "change"),
    ("o", "card"),
    ("p", "programme"),
    ("u", "unsure"),
)
"""Keys, and what they do on a page that allows it."""
_LEADS = {
    "next": first_run.forward,
    "none": first_run.forward,
    "confirm": first_run.forward,
    "skip": first_run.skip,
    "back": first_run.back,
    "change": first_run.to_stops,
}


def _pressed(run: FirstRun, key: str, runner: Runner, lines: Lines) -> FirstRun:
    """Return the run after a key; the same where it does nothing here."""
    question = run.page.question
    if question and key in question.answers:
        return first_run.answer(run, key)
    if row := _rows(run).get(key):
        return _marked(run, row, YES, lines)
    allowed = first_run.actions(run)
    action = next((action for keys, action in _ACTIONS if key in keys and action in allowed), "")
    if leads := _LEADS.get(action):
        return leads(run)
    match action:
        case "":
            lines.say(_keys(run))
        case "remind" | "remind_ticked":
            lines.say(first_run.reminder(run))
        case "card":
            lines.warn()
        case "programme":
            _offer_programme(runner, lines)
        case "unsure":
            lines.say("Not sure of which? Its key.")
            if row := _rows(run).get(lines.keys.key()):
                return _marked(run, row, NOT_SURE, lines)
            lines.say(_keys(run))
    return run


def _marked(run: FirstRun, row: Row, mark: str, lines: Lines) -> FirstRun:
    run = first_run.mark(run, row.id, mark)
    lines.say(f"{row.text}: {'chosen' if run.page.kind is Kind.CHOICE else _MARKS[run.here.get(row.id, '')]}")
    if run.page.kind is Kind.STOPS:
        lines.say(_keys(run))
    return run


def _offer_programme(runner: Runner, lines: Lines) -> None:
    programme = first_run.proposed(runner.day) or _chosen_programme(runner, lines)
    if not programme:
        lines.say("No programme.")
        return
    for line in description(programme, runner.day.screened):
        lines.say(line)
    lines.say("y begins it; any other key goes back.")
    if lines.keys.key() == "y":
        lines.say(runner.send(Follow(programme.id)))


def _chosen_programme(runner: Runner, lines: Lines) -> Programme | None:
    """Ask which programme to read about, where none fits better than another."""
    offered = dict(zip(_ROW_KEYS, runner.day.catalogue.programmes.values(), strict=False))
    for key, programme in offered.items():
        lines.say(f"{key}  {first_run.programme_words(programme)}")
    lines.say("A key reads about one; any other key goes back.")
    return offered.get(lines.keys.key())
