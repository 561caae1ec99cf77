"""The question of pain: when it is asked, never twice, and the keys that answer it: how much, where, which side. Pure.

Front ends feed the prompt with keys and clock readings; a number is shown before it counts. It counts with Enter or
with the next choice (`settled`); where no place may follow, also after `COUNTS_AFTER_MS` without another key (`at`).
Correcting a counted number is the front end's business, since it is in the records by then.
"""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from hiproutine.catalogue.vocabulary import AREA, PAIN_AREAS
from hiproutine.history.making import CORRECT_WITHIN
from hiproutine.history.past import Past
from hiproutine.history.records import Hurt, Pain, SessionRecord

MOST = 10
COUNTS_AFTER_MS = 3_000
DIGITS = tuple("0123456789")
CONFIRM, ERASE, DROP = "enter", "backspace", "z"
RANGE = f"0 to {MOST}"
AFTER = f"How much does it hurt now? {RANGE}"
NOW, LATER = "Pain now?", "Pain"
"""The question beside a scale, and its name where it is not asked."""
_MORNING = "This morning"
_MORNING_UNTIL_H = 12
PLACES = {each.pain_key: area for area, each in AREA.items() if each.pain_key}
"""Areas that may hurt, by key: words of PAIN_AREAS."""
PAIN_SIDES = {"l": "left", "r": "right"}


PLACE_WORDS = {key: AREA[area].pain_word or PAIN_AREAS[area] for key, area in PLACES.items()}
"""The words of the places, by key."""


class Where(NamedTuple):
    """A painful area, a word of PAIN_AREAS, and its side; either may be unknown."""

    area: str | None = None
    side: str | None = None

    @property
    def words(self) -> str:
        """Such as `front of hip, left`; empty if both are unknown."""
        return ", ".join(filter(None, (self.area and PAIN_AREAS[self.area], self.side)))

    def after(self, key: str) -> "Where | None":
        """Return the place after a key; None if that is the key of no place and no side."""
        if key in PLACES:
            return self._replace(area=PLACES[key])
        return self._replace(side=PAIN_SIDES[key]) if key in PAIN_SIDES else None


def ask_where(said: Where, working: str | None = None) -> str:
    """Return the question of the place or the side that was not said, with their keys; empty if both were.

    The `working` side is the one that counts unless another is said.
    """
    sides = {key: f"{side} (working side)" if side == working else side for key, side in PAIN_SIDES.items()}
    keys = ({} if said.area else PLACE_WORDS) | ({} if said.side else sides)
    asked = "Which side" if said.area else "Where"
    return f"{asked}, if you like: {', '.join(f'{key} {words}' for key, words in keys.items())}." if keys else ""


class PainPrompt(NamedTuple):
    """The number typed so far (None if there is none), the time of its last key, and where it hurts.

    A prompt that `asks_where` gives all the time that one needs: a number above 0 counts once it is confirmed.
    """

    typed: int | None = None
    typed_ms: int = 0
    where: Where = Where()
    asks_where: bool = True

    @property
    def words(self) -> str:
        """The number, the place, and their keys; empty while nothing is typed."""
        if self.typed is None:
            return ""
        place = f"{self.where.words.capitalize()}. " if self.where.words else ""
        wait = f" (or wait {COUNTS_AFTER_MS // 1000} s)" if self.counts_by_itself else ""
        asked = ask_where(self.where) if self.typed else ""
        return f"{self.typed} of {MOST}. {place}Enter notes it{wait}, Backspace corrects it. {asked}".rstrip()

    @property
    def counts_by_itself(self) -> bool:
        """Whether a number is typed that counts after some time."""
        return self.typed is not None and not (self.typed and self.asks_where)

    def press(self, key: str, now_ms: int) -> "Answer | None":
        """Handle a digit, or Enter, Backspace or z after a digit; return None if the key is no answer."""
        if key in DIGITS:
            return Answer(self._replace(typed=self._with(int(key)), typed_ms=now_ms))
        if self.typed is None:
            return None
        if key == CONFIRM:
            return self.settled()
        if key == ERASE:
            return Answer(self._emptied._replace(typed=self.typed // 10 or None, typed_ms=now_ms))
        return Answer(self._emptied) if key == DROP else None

    def stepped(self, by: int, now_ms: int) -> "PainPrompt":
        """Return the prompt with the next higher or lower number, for who has no digits at hand."""
        return self._replace(typed=max(0, min(MOST, (self.typed or 0) + by)), typed_ms=now_ms)

    def place(self, key: str) -> "Answer | None":
        """Handle the key of a place or a side after a number above 0; return None if the key is neither."""
        where = self.where.after(key) if self.typed else None
        return Answer(self._replace(where=where)) if where else None

    def chosen(self, score: int, now_ms: int) -> "Answer":
        """Take a whole score at once, as by a click; it counts as a typed one does."""
        return Answer(self._replace(typed=score, typed_ms=now_ms))

    def settled(self) -> "Answer":
        """Let the typed number count, if there is one."""
        return Answer(self._emptied, self.typed, self.where if self.typed else Where())

    def at(self, now_ms: int) -> "Answer":
        """Let the typed number count if its time is up."""
        return self.settled() if self.counts_by_itself and not self.wait_ms(now_ms) else Answer(self)

    def wait_ms(self, now_ms: int) -> int:
        """Return the time until the typed number counts by itself; 0 if it is up, or if it does not."""
        return max(0, self.typed_ms + COUNTS_AFTER_MS - now_ms) if self.counts_by_itself else 0

    @property
    def _emptied(self) -> "PainPrompt":
        return PainPrompt(asks_where=self.asks_where)

    def _with(self, digit: int) -> int:
        """Append a digit; above ten, start again with the digit."""
        longer = 10 * (self.typed or 0) + digit
        return longer if longer <= MOST else digit


class Answer(NamedTuple):
    """The prompt after a key, and the score if one counts now, with the place."""

    prompt: PainPrompt
    counted: int | None = None
    where: Where = Where()


# ---- when it is asked ----


def before_question(past: Past, now: datetime, day: date) -> str:
    """Return the question before practising; empty if it was answered, or something was practised that day."""
    practised = (each for each in past.of(SessionRecord) if each.day == day and not each.opening.micro_break)
    if _levels(past, day) or any(practised):
        return ""
    yesterday = any(session.counts and session.day == day - timedelta(days=1) for session in past.of(SessionRecord))
    if yesterday and now.hour < _MORNING_UNTIL_H:
        return f"{_MORNING}, how much does it hurt? {RANGE}."
    return f"How much does it hurt right now? {RANGE}."


def correctable(past: Past, now: datetime, day: date, session: str | None = None) -> Pain | None:
    """Return the score of a few minutes ago, before practising or after `session`, which can still be corrected."""
    asked = ("before", None) if session is None else ("after", session)
    levels = (each for each in past.of(Pain) if each.day == day and (each.when, session and each.session) == asked)
    return next((pain for pain in levels if abs(now - pain.at) <= CORRECT_WITHIN), None)


class PainLine(NamedTuple):
    """The pain prompt as shown: a question, words on the answer, and the score to mark."""

    question: str
    words: str = ""
    score: int | None = None


def before_line(past: Past, now: datetime, day: date) -> PainLine:
    """Return the line for a screen: the question, then the day's last score with its time; for a few minutes as words.

    What hurt in practice or after it is a score as well, which only its own page takes back.
    """
    answer = correctable(past, now, day)
    if not answer and (question := before_question(past, now, day)):
        return PainLine("Pain this morning?" if question.startswith(_MORNING) else NOW)
    scores: list[Pain | Hurt] = [*past.of(Pain), *past.of(Hurt)]
    last = max((each for each in scores if each.day == day), key=lambda each: each.at, default=None)
    if not last:
        return PainLine(LATER)
    noted = f"{LATER} at {last.at.astimezone(now.tzinfo):%H:%M}"
    return PainLine(LATER, noted_words(noted, last), last.score) if last == answer else PainLine(noted, "", last.score)


def noted_words(noted: str, pain: Pain | Hurt) -> str:
    """Return such as `Pain at 08:10: 3 of 10, front of hip · z undo`."""
    where = Where(pain.area if pain.area in PAIN_AREAS else None, pain.side).words
    return f"{noted}: {pain.score} of {MOST}{f', {where}' if where else ''} · z undo"


def _levels(past: Past, day: date) -> list[Pain]:
    return [pain for pain in past.of(Pain) if pain.day == day and pain.when == "before"]
