"""Spoken instructions: what is said before an exercise, to whom, and how long saying it takes. Pure.

The length of speech is estimated by one rule, `said_ms`, so that a session has the same length whichever voice speaks.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.prescription import Cars, Hold, Prescription, Reps, TimedFlow, declared, load_of, sets_of
from hiproutine.coach.transitions import SAYS_POSITION
from hiproutine.settings.model import Manner, Settings
from hiproutine.text import counted

if TYPE_CHECKING:
    from hiproutine.history.past import Past

TONE_MS = 450
"""A tone comes before the words; this is the longest before an exercise."""
COUNTDOWN_S = 3
"""Nothing is said over the last seconds, which are counted down."""
FIRST_TIMES = 2
FORGOTTEN = timedelta(weeks=4)

# Fitted to 96 texts of the catalogue in the voices of espeak-ng and flite: nine in ten are no longer than this, and
# none is longer by more than 300 ms.
_START_MS, _CHARACTER_MS, _STOP_MS, _DIGIT_MS = 400, 48, 300, 200
PAUSE_MS = 450
"""Between two sentences, with the moment that a player takes to begin."""
SPARE_MS = 200
"""Before a countdown: some voices are slower than the rule."""
DOSE_MS = 5_000
"""For the dose, whichever it is: a plan knows how long an exercise takes to explain before it has chosen the dose."""
HELD_FROM_S = 5
"""A part of a repetition that lasts as long is a hold, and belongs to the dose."""
_STOP = re.compile(r"[,;.:](?=.)")
_DIGIT = re.compile(r"\d")

# What speech engines spell, or say wrongly, and what they say right.
_ALOUD = {
    r"\bPAILs/RAILs\b": "pails and rails",
    r"\bPAILs\b": "pails",
    r"\bRAILs\b": "rails",
    r"\bCARs\b": "cars",
    r"\b90/90\b": "ninety ninety",
    r"\b(\d+)/(\d+)\b": r"\1 and \2",
    r"\bx(\d+)\b": r"\1 times",
    r"\b(\d+)x(\d+)\b": r"\1 times \2",
    r"(?<=\d) ?kg\b": " kilograms",
    r"(?<=\d) ?cm\b": " centimetres",
    r"(?<=\d) ?s\b": " seconds",
    r"(?<=\d) ?min\b": " minutes",
    r"(?<=\d) ?%": " per cent",
    r"(?<=\d)[-\u2013](?=\d)": " to ",
    r"\s+[-\u2013\u2014]\s+": ": ",
    r"\b([A-Z]{4,})\b": None,
}
_SIDED = ("leg", "arm", "side", "buttock", "foot", "knee")
_PART_OF_LEG = r"ankle|buttock|calf|foot|heel|hip|knee|shin|thigh"
_UNUSUAL = re.compile(r"\d|[A-Z]{2}|[A-Z]s\b|[\u2013\u2014]| - |x\d")


class Said(NamedTuple):
    """A sentence, and when it is said: so long after its segment has begun."""

    at_ms: int
    text: str


def aloud(text: str) -> str:
    """Return a text as speech engines say it right."""
    if not _UNUSUAL.search(text):
        return text
    for pattern, words in _ALOUD.items():
        text = re.sub(pattern, words if words is not None else lambda found: found[0].capitalize(), text)
    return text


def said_ms(text: str) -> int:
    """Return how long a calm voice takes to say a text: the rule."""
    stops, digits = len(_STOP.findall(text)), len(_DIGIT.findall(text))
    return _START_MS + _CHARACTER_MS * len(text) + _STOP_MS * stops + _DIGIT_MS * digits


def guided(settings: Settings, past: "Past", day: date) -> Manner:
    """Return how a person is led on `day`: in the time that they take, with what is known by now, if a voice leads."""
    from hiproutine.coach.learning import changes  # `list` needs lengths, and no history
    from hiproutine.coach.screening import current
    from hiproutine.history.records import SessionRecord

    codes = frozenset(current(settings.profile, day))
    manner = settings.manner._replace(changes=changes(past, day, settings.manner.learned_after), codes=codes)
    if settings.sound != "voice":
        return manner
    times: Counter[str] = Counter()
    lately: set[str] = set()
    for session in past.of(SessionRecord):
        if session.day < day:
            done = {step.exercise for step in session.steps if step.held_ms}
            times.update(done)
            lately |= done if session.day >= day - FORGOTTEN else set()
    return manner._replace(familiar=frozenset(name for name in lately if times[name] >= FIRST_TIMES))


def explained(exercise: Exercise, manner: Manner) -> bool:
    """Whether all of the set-up is said before the exercise."""
    if manner.familiar is None or manner.guide == "brief":
        return False
    return manner.guide == "full" or exercise.id not in manner.familiar


def name_of(exercise: Exercise) -> str:
    """Return the name as it is said."""
    return exercise.say or aloud(exercise.name)


def announcement(exercise: Exercise, side: str | None, first: bool = False) -> str:
    """Return the sentence by which an exercise begins."""
    which = f", {side} side" if side else ""
    return f"{'First' if first else 'Next'}: {name_of(exercise)}{which}."


def change_of_side(exercise: Exercise, side: str) -> str:
    """Return the sentence between the sides, with what the side means."""
    now = f"Change sides. Now your {side} {_body_of(exercise)}"
    return f"{now} is {exercise.side_is}." if exercise.side_is else f"{now}."


def change_s(exercise: Exercise) -> int:
    """Return the seconds that it takes to say that the sides change, and what that means."""
    return -(-(TONE_MS + said_ms(change_of_side(exercise, "right")) + SPARE_MS) // 1000)


def with_side(text: str, exercise: Exercise, side: str | None) -> str:
    """Return a sentence of the set-up for one side: "your left knee" for "the knee of the kneeling leg"."""
    if not side or not exercise.side_is:
        return text

    def own(found: re.Match[str]) -> str:
        return f"{'Y' if found[0][0] == 'T' else 'y'}our {side} {found['part'] or body}"

    body = _body_of(exercise)
    part = rf"(?:(?P<part>{_PART_OF_LEG if body == 'leg' else '(?!)'}) of the )?"
    return re.sub(rf"\b[Tt]he {part}{re.escape(exercise.side_is.removeprefix('the '))}\b", own, text)


def _body_of(exercise: Exercise) -> str:
    """The part of the body that has sides: `leg` of "the kneeling leg"."""
    words = re.findall(r"\w+", exercise.side_is or "")
    return next((part for part in _SIDED if part in words), "side")


def dose_in_words(exercise: Exercise, prescription: Prescription, manner: Manner) -> str:
    """Return what is ahead, such as "2 holds of 30 seconds, with 4 kilograms, on each side.".

    What cannot be said in DOSE_MS is omitted, the least needed first.
    """
    sets, breath = sets_of(prescription), manner.breath
    held = more_sets = ""
    match prescription:
        case Hold():
            each = (
                counted(prescription.hold_s // breath.whole_s, "breath")
                if breath
                else time_in_words(prescription.hold_s)
            )
            amount = f"{counted(sets, 'hold')} of {each}"
        case Reps():
            held_s = max((beat_s for label, beat_s in prescription.tempo if label == "hold"), default=0)
            held = f"each held {time_in_words(held_s)}" if held_s >= HELD_FROM_S else ""
            amount = counted(prescription.reps, "repetition")
            more_sets = counted(sets, "set") if sets > 1 else ""
        case Cars():
            amount = f"{counted(prescription.reps_per_direction, 'slow circle')} each way"
            more_sets = counted(sets, "set") if sets > 1 else ""
        case TimedFlow():
            amount = (f"{counted(sets, 'time')} " if sets > 1 else "") + time_in_words(prescription.work_s)
        case _:
            kind = declared(prescription)
            amount = counted(sets, kind.fields[kind.sets].unit)
    load = load_of(prescription)
    equal = exercise.sides == "per_side" and not (manner.extra_set and manner.stiff_side)
    parts = [amount, held, more_sets, f"with {aloud(load)}" if load else "", "on each side" if equal else ""]
    words = ""
    for left_out in (None, "on each side", held, more_sets, parts[3]):
        parts = [part for part in parts if part and part != left_out]
        words = f"{', '.join(parts)}."
        if said_ms(words) <= DOSE_MS:
            break
    return words


def time_in_words(seconds: int) -> str:
    """Return such as `30 seconds` or `1 minute`."""
    return counted(seconds, "second") if seconds % 60 else counted(seconds // 60, "minute")


def guide(
    exercise: Exercise, side: str | None, into: str, manner: Manner, *, dose: str = "", ready_ms: int = 0
) -> tuple[Said, ...]:
    """Return all that is said before an exercise after its announcement: position, set-up, warnings, and the dose.

    What the get-ready has of silence is spread evenly: after each sentence of the set-up is the time to do as it says.
    """
    texts, warned = list(_sentences(exercise, side, into)), warnings(exercise, side, manner)
    words_ms = _guided_ms(exercise, side, (*texts, *warned))
    free_ms = max(0, ready_ms - 1000 * COUNTDOWN_S - SPARE_MS - words_ms) // len(texts)
    found: list[Said] = []
    at_ms = _announced_ms(exercise, side) + PAUSE_MS
    for number, text in enumerate((*texts, *warned)):
        found.append(Said(at_ms, text))
        at_ms += said_ms(text) + PAUSE_MS + free_ms * (number < len(texts))
    if dose:
        found.append(Said(at_ms, dose))
    return tuple(found)


def warnings(exercise: Exercise, side: str | None, manner: Manner) -> tuple[str, ...]:
    """Return what is said after the set-up: what this person must be careful with, and when to stop."""
    careful: tuple[str, ...] = ()
    if manner.codes:
        from hiproutine.coach.screening import cautions  # `list` needs lengths, and no screening

        careful = cautions(exercise, manner.codes)
    stop = (stop_words(exercise.stop_if),) if exercise.stop_if else ()
    every = (*(f"Careful: {each}" for each in careful), *stop)
    return tuple(_sentence(with_side(text, exercise, side)) for text in every)


def stop_words(reasons: Sequence[str], *, more: bool = False) -> str:
    """Return when to stop an exercise, as a sentence, or as the beginning of one with `more` reasons."""
    return f"Stop at {', '.join(reasons)}{', …' if more else '.'}"


def _announced_ms(exercise: Exercise, side: str | None) -> int:
    return TONE_MS + said_ms(announcement(exercise, side, first=True))


def _guided_ms(exercise: Exercise, side: str | None, texts: Iterable[str]) -> int:
    """Return how long all of it takes, said without a break."""
    return _announced_ms(exercise, side) + PAUSE_MS + sum(said_ms(text) + PAUSE_MS for text in texts) + DOSE_MS


def _sentences(exercise: Exercise, side: str | None, into: str) -> Iterator[str]:
    whole = " ".join(exercise.setup)
    if into and not re.search(SAYS_POSITION[exercise.position], whole, re.IGNORECASE):
        yield _sentence(into)
    if side and exercise.side_is and with_side(whole, exercise, side) == whole:
        yield _sentence(f"Your {side} {_body_of(exercise)} is {exercise.side_is}")
    yield from (_sentence(with_side(text, exercise, side)) for text in exercise.setup)


def _sentence(text: str) -> str:
    text = aloud(text)
    text = text[0].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."


def spoken_s(exercise: Exercise, side: str | None, into: str, manner: Manner) -> int:
    """Return the seconds that the words before an exercise take, without the change of position itself."""
    if manner.familiar is None:
        return 0
    if explained(exercise, manner):
        ends_ms = _guided_ms(exercise, side, (*_sentences(exercise, side, into), *warnings(exercise, side, manner)))
    else:
        ends_ms = _announced_ms(exercise, side)
    return -(-(ends_ms + SPARE_MS) // 1000)
