"""The questions of the screening in plain words, and what the answers come to. Pure.

"Not sure" counts as yes in every question. For a hip replacement that is a rule of the surgeons (2.12); for the others
it is our choice: an exercise that is hidden without need is a small loss, and one that is shown in error may hurt.
"""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from hiproutine.catalogue.vocabulary import CONDITIONS
from hiproutine.coach.screening import Screened, cautions

WHY = (
    "What you answer hides exercises that are not for you. It stays on this machine, can be skipped, and can be "
    "changed at any time. These are rules of caution, not a diagnosis."
)
QUESTIONS = {
    "thr_posterior": 'Do you have a hip replacement, and were told "do not bend past 90 degrees", "do not cross your '
    'legs" or "do not turn the knee in"?',
    "thr_anterior": 'Do you have a hip replacement, and were told "do not take the leg far back" or "do not turn it '
    'out"?',
    "thr_lateral": 'Do you have a hip replacement, and were told "do not lift the leg to the side"?',
    "surgery_recent": "Did you have surgery of a hip, a knee or the back in the last 12 weeks, or are you not yet "
    "cleared to exercise after one?",
    "fai": "Was an impingement or a torn labrum found in one of your hips, or does the groin pinch when the "
    "knee comes up?",
    "gtps": "Does the bony outside of a hip hurt, and more so when you lie on it?",
    "pht": "Do you have pain exactly at the bone that you sit on?",
    "disc_acute": "Did pain in the back begin to go down into a leg in the last 6 weeks?",
    "neuro_progressive": "Is a leg getting weaker, or does a numb area grow?",
    "spine_surgery_recent": "Did you have surgery of the back in the last 6 months?",
    "osteoporosis": "Is your bone density low, or did you ever break a bone of the spine?",
    "dysplasia": "Were you told that your hips are shallow or unstable?",
    "hypermobile": "Are your joints very bendy, or were you told that you are hypermobile?",
    "preg": "Are you pregnant?",
    "pgp": "Do the joints of the pelvis or the pubic bone hurt, as they may in and after pregnancy?",
    "hf_strain": "Did you lately pull something at the front of the hip?",
    "groin_strain": "Did you lately pull something at the inner thigh?",
    "knee_flexion": "Is there a knee that you cannot bend fully?",
    "knee_kneel": "Does kneeling hurt, or can you not kneel?",
    "knee_twist": "Is there trouble with a ligament or the meniscus of a knee?",
    "ankle_unstable": "Is there an ankle that gives way?",
    "achilles": "Is an Achilles tendon sore?",
    "balance": "Are you unsteady on one leg?",
    "shoulder_wrist": "Does it hurt to lean on the hands or an elbow, or can you not do it?",
    "bp_uncontrolled": "Is your blood pressure high and not under control?",
    "clot_bleed": "Do you take blood thinners, did you ever have a blood clot, or is a calf swollen?",
}
"""By code, in the order in which they are asked."""

ANSWERS = {"y": "yes", "n": "no", "u": "not sure, which counts as yes"}
"""By key."""


def answered(conditions: Collection[str], answers: Mapping[str, str]) -> tuple[str, ...]:
    """The conditions after these answers (keys of ANSWERS, by code); a question without one stays as it was."""
    return tuple(code for code in CONDITIONS if answers.get(code, "ny"[code in conditions]) != "n")


class Meaning(NamedTuple):
    """The result of the answers: why nothing may be practised (`stop`), or how many are hidden or cautioned."""

    stop: str | None
    hidden: int
    careful: int

    @property
    def words(self) -> tuple[str, ...]:
        if self.stop:
            return (f"Please do not practise for now: {self.stop}.",)
        if not self.hidden and not self.careful:
            return ("Nothing is hidden.",)
        return (
            f"{_exercises(self.hidden)} hidden, and in no session of yours.",
            f"{_exercises(self.careful)} shown with a word on what to be careful with.",
        )


def meaning(screened: Screened, conditions: Collection[str]) -> Meaning:
    """The result of the conditions with which a catalogue was screened."""
    careful = sum(bool(cautions(each, conditions)) for each in screened.catalogue.exercises.values())
    return Meaning(screened.stop, len(screened.hidden), careful)


def _exercises(count: int) -> str:
    return f"{count} exercise{' is' if count == 1 else 's are'}"
