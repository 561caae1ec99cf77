"""The screening questions in plain words, and the effect of the answers. Pure.

"Not sure" counts as yes in every question about a condition. For a hip replacement that is a rule of the surgeons
(2.12); for the others it is our choice: an exercise that is hidden without need is a small loss, and one that is shown
in error may hurt. Not sure whether a doctor allowed exercise counts as no.

First come the questions whose yes stops practice; where one of them does, the others are not asked. The first run asks
the same as lines to tick, a few pages of them; what a line cannot decide follows it as a question of its own.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from hiproutine.catalogue.conditions import CONDITION, CONDITIONS, STOPS, foremost, with_implied
from hiproutine.catalogue.model import Catalogue, Exercise
from hiproutine.coach import pain
from hiproutine.coach.screening import Screened, ages, cautions, old
from hiproutine.history.past import Past
from hiproutine.history.records import SessionRecord
from hiproutine.settings.model import Profile

WHY = (
    "What you answer removes exercises that are not for you. It stays on this machine, can be skipped, and can be "
    "changed at any time. These are rules of caution, not a diagnosis."
)
ASKED_ANEW_AFTER = timedelta(weeks=26)
"""After this time the questions that may stop practice are asked again (our choice)."""
ASKED_ANEW_AFTER_BREAK = timedelta(weeks=4)


class Answer(NamedTuple):
    """The meaning of a key, and the conditions that it sets."""

    label: str
    codes: tuple[str, ...] = ()


class Question(NamedTuple):
    """A question, its answers by key, and the conditions that it decides about."""

    id: str
    text: str
    answers: Mapping[str, Answer]
    decides: tuple[str, ...]

    def now(self, conditions: Collection[str]) -> str:
        """The key of the answer that leads to what holds now; empty where no condition of it holds."""
        every = with_implied(conditions)
        held = foremost(tuple(code for code in self.decides if code in every))
        return next((key for key, each in self.answers.items() if held and each.codes == held), "")


_PREGNANT = {
    "1": Answer("up to week 13", ("preg_1",)),
    "2": Answer("week 14 to 27", ("preg_2",)),
    "3": Answer("from week 28", ("preg_3",)),
    "y": Answer("yes, the third is not known", ("preg",)),
    "n": Answer("no"),
    "u": Answer("not sure, which counts as yes", ("preg",)),
}


def _question(code: str) -> Question:
    each = CONDITION[code]
    if code == "preg":
        return Question(code, each.question, _PREGNANT, ("preg", "preg_1", "preg_2", "preg_3"))
    answers = {
        "y": Answer("yes", (code,)),
        "n": Answer("no"),
        "u": Answer("not sure, which counts as yes", (code,)),
    }
    return Question(code, each.question, answers, tuple(filter(None, (code, each.cleared))))


def _clearance(code: str) -> Question:
    each = CONDITION[code]
    answers = {
        "y": Answer("yes", tuple(filter(None, (each.cleared,)))),
        "n": Answer("no", (code,)),
        "u": Answer("not sure, which counts as no", (code,)),
    }
    return Question(f"{code}_cleared", each.clearance, answers, tuple(filter(None, (code, each.cleared))))


QUESTIONS = {code: _question(code) for code, each in CONDITION.items() if each.question}
"""By code, in the order in which they are asked."""
CLEARANCES = {code: _clearance(code) for code, each in CONDITION.items() if each.clearance}
"""The questions that follow a yes, by the code of that."""
_LAST_STOP = [code for code in QUESTIONS if code in STOPS][-1]


class Tick(NamedTuple):
    """A line to tick, and the questions that it answers; they are asked after it if it `asks`."""

    text: str
    questions: tuple[str, ...]
    asks: bool = False

    @property
    def id(self) -> str:
        return self.questions[0]

    @property
    def whole(self) -> str:
        """The question that it abbreviates."""
        return "If you tick it, a question about it follows." if self.asks else CONDITION[self.id].question

    @property
    def follow_ups(self) -> tuple[Question, ...]:
        """The questions that follow a tick: which of several answers holds, or whether a doctor allowed exercise."""
        return tuple(
            each
            for code in self.questions
            for each in (QUESTIONS[code] if self.asks or CONDITION[code].follows else None, CLEARANCES.get(code))
            if each
        )

    def held(self, conditions: Collection[str]) -> bool:
        """Return whether some of the conditions come from this line."""
        return any(not set(QUESTIONS[code].decides).isdisjoint(conditions) for code in self.questions)

    def answers(self, mark: str) -> dict[str, str]:
        """Return the answers for a mark, `y` or `u`, or none; one line for several questions leaves them not sure."""
        return dict.fromkeys(self.questions, ("u" if len(self.questions) > 1 else mark) if mark else "n")


class TickPage(NamedTuple):
    """A page of lines to tick."""

    id: str
    about: str
    ticks: tuple[Tick, ...]
    stops: bool = False
    """Whether a tick on it may stop practice."""


def _ticks(**texts: str) -> tuple[Tick, ...]:
    return tuple(Tick(text, (code,), asks=code == "preg") for code, text in texts.items())


TICK_PAGES = (
    TickPage(
        "stops",
        "What may stop practice",
        _ticks(
            surgery_recent="Hip, knee or back surgery in the last 12 weeks, or not cleared since",
            neuro_progressive="Leg getting weaker, or numb area growing",
            heart_chest="Heart condition, or chest pain or pressure",
            faint_new="Fainted, or lost balance from dizziness, in the last year",
            fracture_suspected="Hip, leg or back you cannot load since a fall or accident; groin or thigh pain at each "
            "landing or step, worse week by week; an unhealed fracture",
            preg_stop="Pregnant and told not to exercise, or with bleeding, fluid, high blood pressure or early "
            "contractions",
            calf_swollen="Calf or thigh newly swollen, hot or painful, without a knock",
            infection="Hip pain with fever, feeling very unwell, or a hot, red joint",
            under_18="Under 18",
        ),
        stops=True,
    ),
    TickPage(
        "general",
        "General health",
        (
            Tick("Hip replacement", ("thr", "thr_posterior", "thr_anterior", "thr_lateral")),
            *_ticks(
                spine_surgery_recent="Back surgery in the last 6 months",
                hernia="Hernia, or its repair in the last 6 weeks",
                eye_surgery="Eye surgery in the last 4 weeks, or told not to strain or bend since",
                preg="Pregnant",
                pgp="Pain in the pelvic joints or pubic bone",
                disc_acute="Back pain that began to go down a leg in the last 6 weeks",
                osteoporosis="Low bone density, or ever a spine fracture",
                bp_uncontrolled="High blood pressure, not under control",
                clot_bleed="Blood thinners, or ever a blood clot",
                balance="Unsteady on one leg, or fell in the last year",
                shoulder_wrist="Leaning on hands or elbows hurts or is impossible",
            ),
        ),
    ),
    TickPage(
        "hip and leg",
        "Hips and legs",
        _ticks(
            fai="Impingement or torn labrum, or groin pinching when the knee comes up",
            hip_oa="Worn hip (osteoarthritis)",
            dysplasia="Shallow or unstable hips",
            hypermobile="Very bendy joints (hypermobile)",
            gtps="Pain on the bony outside of a hip",
            hf_strain="Recent strain, front of hip",
            groin_strain="Recent strain, inner thigh",
            pht="Pain exactly at a sitting bone",
            knee_flexion="Knee that cannot bend fully",
            knee_kneel="Kneeling hurts or is impossible",
            knee_twist="Knee ligament or meniscus trouble",
            ankle_unstable="Ankle that gives way",
            achilles="Sore Achilles tendon",
        ),
    ),
)
"""The pages of the first run, in their order; those that may stop practice first."""


def asked(answers: Mapping[str, str]) -> tuple[Question, ...]:
    """The questions of a screening with these answers (keys, by the id of the question) so far, in their order."""
    return tuple(_asked(answers))


def _asked(answers: Mapping[str, str]) -> Iterator[Question]:
    stopped = False
    for code, each in QUESTIONS.items():
        if answers.get(CONDITION[code].follows) == "n":
            continue
        yield each
        if code in STOPS and answers.get(code, "n") != "n":
            clearance = CLEARANCES.get(code)
            if clearance:
                yield clearance
            stopped = stopped or not clearance or answers.get(clearance.id) != "y"
        if code == _LAST_STOP and stopped:
            return


def answered(conditions: Collection[str], answers: Mapping[str, str]) -> tuple[str, ...]:
    """Return the conditions after these answers; a question without one stays as it was."""
    held = set(conditions)
    for each in asked(answers):
        if key := answers.get(each.id):
            codes = each.answers[key].codes
            gone = {code for code in CONDITION if CONDITION[code].follows in set(each.decides).difference(codes)}
            held = held.difference(each.decides, gone).union(codes)
    return tuple(code for code in CONDITION if code in held)


def answered_on(profile: Profile, answers: Mapping[str, str], day: date) -> str | None:
    """Return the day that the answers count from: `day`, unless some that are asked again by their age were not given.

    Answers to some questions alone do not make the others younger.
    """
    aging = {
        each.id for each in QUESTIONS.values() for code in each.decides if code in profile.conditions and ages(code)
    }
    stops = {code for code in QUESTIONS if code in STOPS}
    renewed = bool(answers) and aging <= answers.keys() and (profile.screened is None or stops <= answers.keys())
    return day.isoformat() if renewed else profile.screened


def after(profile: Profile, answers: Mapping[str, str], day: date) -> Profile:
    """Return the profile after these answers on `day`."""
    return profile._replace(
        conditions=answered(profile.conditions, answers), screened=answered_on(profile, answers, day)
    )


def due(profile: Profile, past: Past, day: date) -> str:
    """Return why the screening should be answered again, as a sentence; empty if it need not be."""
    since = date.fromisoformat(profile.screened) if profile.screened else None
    last = max((each.day for each in past.of(SessionRecord) if each.day < day), default=day)
    if codes := old(profile, day):
        why = f"your answer is old, or has no day ({'; '.join(CONDITIONS[code] for code in codes)})"
    elif since and day - since >= ASKED_ANEW_AFTER:
        why = "your answers are half a year old"
    elif since and last > since and day - last >= ASKED_ANEW_AFTER_BREAK:
        why = "you were away for four weeks or more"
    elif since != day and pain.of_day(past, day).advice is pain.Advice.GENTLE:
        why = "much pain may have a reason that was not there before"
    else:
        return ""
    return f"Please answer the screening again, with `hiproutine screening`: {why}."


class Meaning(NamedTuple):
    """The result of the answers: why nothing may be practised (`stop`), or which exercises change, by name."""

    stop: str | None
    removed: tuple[str, ...]
    not_planned: tuple[str, ...]
    careful: int
    """Number of the remaining exercises with a caution, which are planned less."""

    @property
    def words(self) -> tuple[str, ...]:
        if self.stop:
            return (f"Please do not practise for now: {self.stop}.",)
        if not self.removed and not self.not_planned and not self.careful:
            return ("Nothing is removed.",)
        return (
            *_named(self.removed, "Removed"),
            *_named(self.not_planned, "Not planned, and done only if you name it"),
            *((f"With a word on what to be careful with, and planned less: {self.careful}.",) if self.careful else ()),
        )


def meaning(screened: Screened) -> Meaning:
    """The result of the conditions with which a catalogue was screened."""
    whole, remaining = screened.whole.exercises, screened.catalogue.exercises
    planned = (each for name, each in remaining.items() if name not in screened.unplanned)
    careful = (each for each in planned if cautions(each, screened.codes))
    return Meaning(
        screened.stop,
        _names(whole[name] for name in screened.hidden),
        _names(whole[name] for name in screened.unplanned),
        sum(1 for _ in careful),
    )


def changes(catalogue: Catalogue, question: Question, key: str) -> str:
    """Return what an answer changes, by the names of exercises; empty if it changes nothing."""
    codes = with_implied(question.answers[key].codes)
    if stops := [CONDITION[code].stop for code in CONDITION if code in codes & STOPS]:
        return f"No practice for now: {'; '.join(stops)}."
    every = catalogue.exercises.values()
    removed = {each.id: each for each in every if not codes.isdisjoint(each.avoid)}
    kept = (each for each in every if each.id not in removed and not codes.isdisjoint(each.not_planned))
    return " ".join((*_named(_names(removed.values()), "Removed"), *_named(_names(kept), "Not planned")))


def _names(exercises: Iterable[Exercise]) -> tuple[str, ...]:
    return tuple(each.name for each in exercises)


def _named(names: Sequence[str], what: str) -> tuple[str, ...]:
    return (f"{what} ({len(names)}): {'; '.join(names)}.",) if names else ()
