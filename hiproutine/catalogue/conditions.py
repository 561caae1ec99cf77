"""The conditions of the screening: for each its question, its sentence, and the rules by which it grades an exercise.

The rules read only an exercise's own data (its mechanics, position, level, kind of dose and equipment), so no exercise
can forget a code. Three grades: `avoid` never appears; `not_planned` is done only when it is named by hand, and after a
yes; `caution` is done with its sentence said. Where several rules fit, the strictest holds.

Sources name movements ("deep bend", "turning in"), seldom numbers: most thresholds in degrees are our choice and lean
to the safe side. A surgeon's, doctor's or midwife's word to a person beats every rule here, in both directions.
"""

from collections.abc import Callable, Collection
from typing import NamedTuple

from hiproutine.catalogue.demands import HARD, LIGHT, MIDDLE, Demands, demands
from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.prescription import declared

GRADES = ("avoid", "not_planned", "caution")
"""The grades, the strictest first; each is a field of an exercise."""

Rule = Callable[[Demands], bool]


def _never(_: Demands) -> bool:
    return False


def _always(_: Demands) -> bool:
    return True


class Condition(NamedTuple):
    """A condition, and everything that follows from it.

    A `stop` leaves nothing to practise, whatever the exercise. What was answered `weeks` ago is asked again.
    """

    label: str
    """Its name on a card."""
    question: str = ""
    """Empty where another question leads to it."""
    says: str = ""
    """The caution in general, as sentences."""
    source: str = ""
    """The grounds for the rules."""
    avoid: Rule = _never
    not_planned: Rule = _never
    caution: Rule = _never
    implies: str = ""
    """A condition whose rules hold as well."""
    stop: str = ""
    """Why nothing may be practised, and what to do."""
    clearance: str = ""
    """The question whose yes lifts the stop."""
    cleared: str = ""
    """The condition that holds once it is lifted."""
    weeks: int | None = None
    """After how many weeks it is asked again: 0 for whenever it is looked at, None for never."""
    highest_effort_pct: int = 100
    longest_hold_s: int = 0
    """The most seconds of a hold at the end of a range; 0 for any."""
    prefers: str = ""
    """The category of exercises that is worth more with it."""
    fitting: tuple[tuple[str, Rule], ...] = ()
    """The caution for one exercise: each sentence with what it fits. Where none fits, `says` is said."""


_SEEN = "Has a doctor or physiotherapist seen this and allowed exercise?"
_HOW_SOON = "`hiproutine show edu-red-flags` says how soon"
_OUR_CHOICE = "our choice"
_ON_HANDS = ("quadruped", "half-kneeling", "prone")
_LOW = ("standing", "seated-chair", "seated-floor", "half-kneeling")
_LYING = ("supine", "prone", "side-lying")
_LOWEST = (*_LYING, "quadruped")
_HOLD_ON = "Hold on to something that cannot move."
_BESIDE_A_WALL = "Beside a wall or a bed to lean on."


def _strained_back(e: Demands) -> bool:
    """The back works hard against a lever or a weight."""
    return e.has("long_lever", "trunk_tipped_forward") or e.effort >= HARD or e.weight


def _held_in_the_middle(e: Demands) -> bool:
    return e.has("isometric") and e.effort >= MIDDLE


def _held_or_in_the_middle(e: Demands) -> bool:
    return e.has("isometric") or e.effort >= MIDDLE


def _rolls_calf(e: Demands) -> bool:
    return e.has("pressure") and "calf" in e.areas


def _on_one_leg(e: Demands) -> bool:
    """The weight is on one leg, or on both unevenly, or nothing is held."""
    return e.has("single_leg_stance", "split_stance", "unsupported_balance", "on_a_step")


_PREGNANT: tuple[tuple[str, Rule], ...] = (
    ("Mild pull only.", lambda e: bool(e.lengthens) or e.has("end_range")),
    ("Only as wide as is easy.", lambda e: e.has("wide_stance") or e.abduction >= 25),
    ("Breathe all the time, without straining.", lambda e: e.has("isometric") or e.effort >= HARD),
    ("Lean in lightly.", lambda e: e.has("pressure")),
    (_HOLD_ON, lambda e: _on_one_leg(e) and e.position not in _LOWEST),
    ("Stop if you feel faint or unwell.", _always),
)
_NOT_FLAT: tuple[tuple[str, Rule], ...] = (
    ("Propped up, never flat for long.", lambda e: e.position == "supine"),
    *_PREGNANT,
)


CONDITION = {
    # ---- what stops practice altogether ----
    "surgery_recent": Condition(
        "hip, knee or back surgery in the last 12 weeks, or not yet cleared",
        "Did you have surgery of a hip, a knee or the back in the last 12 weeks, or are you not yet cleared to "
        "exercise after one?",
        stop="so soon after surgery your surgeon or physiotherapist says what may be done, and when; "
        "the cards under `hiproutine list` and `hiproutine show` stay readable",
        clearance=_SEEN,
        weeks=12,
    ),
    "neuro_progressive": Condition(
        "a leg getting weaker, or a numb area that grows",
        "Is a leg getting weaker, or is a numb area growing?",
        stop="a leg that gets weaker, or numbness that grows, has to be looked at by a doctor today, and at once with "
        f"numbness between the legs or new trouble with bladder or bowel; {_HOW_SOON}",
        clearance=_SEEN,
    ),
    "heart_chest": Condition(
        "a heart condition, or pain or pressure in the chest",
        "Has a doctor said that you have a heart condition, or do you get pain or pressure in the chest, at rest or "
        "when you exert yourself?",
        source="the PAR-Q's question (E35)",
        stop="ask a doctor first; chest pain now, or with breathlessness, is an emergency: call for help",
        clearance="Has a doctor seen this and allowed exercise, and is your chest free of pain when you exert "
        "yourself?",
        cleared="heart_cleared",
    ),
    "faint_new": Condition(
        "fainting, or dizziness with loss of balance, in the last 12 months",
        "In the last 12 months, did you faint, or lose your balance from dizziness?",
        source="the PAR-Q's question (E35)",
        stop="ask a doctor first about fainting or dizziness",
        clearance="Has a doctor looked at it and allowed exercise?",
        cleared="faint_cleared",
        weeks=52,
    ),
    "fracture_suspected": Condition(
        "a possible fracture or stress fracture",
        "Did a fall or accident leave a hip, leg or back that you cannot load? Or does the groin or thigh hurt at each "
        "landing or step, more from week to week? Or has a doctor found a fracture or stress fracture that is not "
        "healed?",
        source="E38",
        stop="see a doctor before the next session, and stop running; if you cannot put weight on a leg after a fall, "
        "it is an emergency",
        clearance=_SEEN,
    ),
    "preg_stop": Condition(
        "a pregnancy in which exercise has to be cleared first",
        "If you are pregnant: have you been told not to exercise, or do you have bleeding, fluid, high blood pressure "
        "of pregnancy, or contractions before their time?",
        source="the reasons against exercise of E32",
        stop="call your doctor or midwife before you practise",
        clearance="Has your doctor or midwife seen this and allowed exercise?",
    ),
    "calf_swollen": Condition(
        "a calf or thigh newly swollen, hot or painful",
        "Is one calf or thigh newly swollen, hot or painful, without a knock that explains it?",
        source="E44",
        stop="get urgent advice today; with breathlessness or chest pain it is an emergency",
    ),
    "infection": Condition(
        "hip pain with fever, or a hot and red joint",
        "Do you have hip pain with fever, or feel very unwell, or is a joint hot and red?",
        stop="that is an emergency: get help now",
    ),
    "under_18": Condition(
        "under 18",
        "Are you under 18?",
        stop="under 18, ask a professional first; this program is for adults",
    ),
    # ---- surgery and replacements ----
    "thr_posterior": Condition(
        "hip replacement with \"don't bend past 90, don't cross, don't turn in\"",
        'Do you have a hip replacement, and were you told "do not bend past 90 degrees", "do not cross your legs" or '
        '"do not turn the knee in"?',
        "Sit high, knees lower than the hips. Never past a right angle, never across the middle, no turning in, as "
        "your surgeon told you.",
        "the surgeons' rules; 15 degrees, the band and the two milder grades are our choice",
        avoid=lambda e: (
            e.flexion > 90
            or e.turn_in > 15
            or e.has("crosses_midline")
            or (e.has("strong_band") and e.position == "quadruped")
        ),
        not_planned=lambda e: e.has("lying_on_side", "deep_low"),
        caution=lambda e: e.flexion >= 80 or e.has("single_leg_stance"),
        fitting=(
            ("Sit high, knees lower than the hips.", lambda e: e.position == "seated-chair"),
            (
                "Bend no further than a right angle at the hip.",
                lambda e: e.flexion >= 80 and e.position != "seated-chair",
            ),
            ("Keep a firm pillow between the knees.", lambda e: e.has("lying_on_side")),
            ("Hold on to something that cannot move, toes ahead.", lambda e: e.has("single_leg_stance")),
            ("Not across the middle, no turning in, as your surgeon told you.", _always),
        ),
    ),
    "thr_anterior": Condition(
        "hip replacement with \"don't take the leg far back, don't turn out\"",
        'Do you have a hip replacement, and were you told "do not take the leg far back" or "do not turn it out"?',
        "Stop when the hip is straight. Toes look ahead, as your surgeon told you.",
        "the surgeons' rules; 30 and 15 degrees, and no stretch across the middle, are our choice",
        avoid=lambda e: e.extension > 0 or e.turn_out > 30 or (e.has("strong_band") and e.position == "quadruped"),
        not_planned=lambda e: e.turn_out > 15 or (e.has("crosses_midline") and e.has("end_range")),
        caution=lambda e: e.has("extends_to_neutral") or e.abduction > 20,
        fitting=(
            ("Stop when the hip is straight.", lambda e: e.has("extends_to_neutral")),
            ("Only as wide as is easy.", lambda e: e.abduction > 20),
            ("Not across the middle.", lambda e: e.has("crosses_midline")),
            ("No turning out, as your surgeon told you.", _always),
        ),
    ),
    "thr_lateral": Condition(
        'hip replacement with "no active side lifting"',
        'Do you have a hip replacement, and were you told "do not lift the leg to the side by yourself"?',
        source="the surgeons' rules",
        avoid=lambda e: "abductor" in e.loads,
        implies="thr_posterior",
    ),
    "spine_surgery_recent": Condition(
        "back surgery in the last 6 months",
        "Did you have surgery of the back in the last 6 months?",
        "Keep the back still, and stay away from its ends.",
        f"nerves: E17; the rest is {_OUR_CHOICE}",
        avoid=lambda e: e.has(
            "nerve_glide", "nerve_tension", "lumbar_flexion_end", "lumbar_extension_end", "lumbar_rotation"
        ),
        not_planned=lambda e: _strained_back(e) or e.has("lumbar_flexion_repeated", "lumbar_side_bend"),
        caution=lambda e: e.effort >= MIDDLE or e.flexion >= 100,
        weeks=26,
        fitting=(
            ("Bend at the hips, not in the back.", lambda e: e.flexion >= 100),
            ("Keep the back still while you work.", lambda e: e.effort >= MIDDLE),
        ),
    ),
    "hernia": Condition(
        "a hernia, or one repaired in the last 6 weeks",
        "Is there a hernia, or was one repaired in the last 6 weeks?",
        "Little effort, and keep breathing. Your surgeon's word comes first.",
        "little effort is common practice, E39 is milder; grading and 6 weeks are our choice",
        avoid=lambda e: e.effort >= HARD,
        not_planned=lambda e: "trunk" in e.loads or e.weight or e.has("long_lever") or _held_in_the_middle(e),
        caution=_held_or_in_the_middle,
        weeks=6,
        highest_effort_pct=30,
    ),
    "eye_surgery": Condition(
        "eye surgery in the last 4 weeks",
        "Did you have surgery on an eye in the last 4 weeks, or were you told not to strain or bend down since?",
        "No strain, keep breathing, and keep the head up. After a gas bubble or a detached retina, nothing until your "
        "surgeon allows it.",
        "E40, whose pages disagree; 4 weeks and the grading are our choice",
        avoid=lambda e: e.effort >= HARD or e.has("head_down"),
        not_planned=lambda e: (
            e.weight
            or e.has("lying_prone")
            or e.position == "quadruped"
            or _held_in_the_middle(e)
            or (e.flexion >= 105 and e.position in _LOW)
        ),
        caution=_held_or_in_the_middle,
        weeks=4,
        highest_effort_pct=30,
        fitting=(
            ("No strain, and keep breathing.", _always),
            ("Keep the head up.", lambda e: e.position not in _LYING),
            ("After a gas bubble or a detached retina, nothing until your surgeon allows it.", _always),
        ),
    ),
    # ---- pregnancy and the pelvis ----
    "preg": Condition(
        "pregnancy",
        "Are you pregnant, and which third is it? 1: up to week 13. 2: week 14 to 27. 3: from week 28.",
        implies="preg_3",
        weeks=0,
    ),
    "preg_1": Condition(
        "pregnancy",
        says="Mild pull only. Stop if you feel faint or unwell.",
        source=_OUR_CHOICE,
        not_planned=lambda e: e.level >= 3 or (e.has("end_range") and e.has("wide_stance") and e.level >= 2),
        caution=lambda e: e.has("end_range", "wide_stance", "isometric", "pressure", "strong_band") or e.effort >= HARD,
        weeks=4,
        fitting=_PREGNANT,
    ),
    "preg_2": Condition(
        "pregnancy from week 14 on",
        says="Propped up, never flat for long. Mild pull only. Stop if you feel faint or unwell.",
        source="lying flat: E33 as reported, stricter than E32; the rest is our choice",
        avoid=lambda e: e.has("lying_prone"),
        not_planned=lambda e: (
            e.has("lying_flat", "head_down", "deep_low")
            or e.level >= 3
            or e.effort >= HARD
            or (e.has("end_range") and e.has("wide_stance"))
        ),
        caution=lambda e: (
            e.has("end_range", "isometric", "wide_stance", "split_stance", "single_leg_stance")
            or e.has("unsupported_balance", "pressure", "strong_band")
            or e.abduction >= 25
        ),
        implies="preg_1",
        weeks=4,
        fitting=_NOT_FLAT,
    ),
    "preg_3": Condition(
        "pregnancy from week 28 on",
        says="Propped up, never flat for long. Hold on to something. Stop if you feel faint or unwell.",
        source="loss of balance: E33 as reported; our choice",
        not_planned=lambda e: e.has("unsupported_balance", "on_a_step"),
        implies="preg_2",
        weeks=4,
        fitting=_NOT_FLAT,
    ),
    "pgp": Condition(
        "pain in the pelvic joints or the pubic bone",
        "Do the joints of the pelvis or the pubic bone hurt, as they may in and after pregnancy?",
        "Knees together when you turn over. Weight on both legs. Stop if the pelvis hurts.",
        "straddling, low squats, one leg: E34; the rest is our choice",
        avoid=lambda e: (
            e.has("wide_stance", "deep_low")
            or ("adductor" in e.loads and e.effort >= HARD)
            or (e.has("split_stance") and (e.level >= 3 or e.has("lumbar_rotation")))
        ),
        not_planned=lambda e: (
            e.has("split_stance", "single_leg_stance", "on_a_step", "narrow_base") or e.abduction >= 25
        ),
        caution=lambda e: e.has("one_leg_moves", "lying_on_side", "strong_band") or "adductor" in e.loads,
        fitting=(
            ("Knees together when you turn over.", lambda e: e.position in _LYING),
            ("Weight on both legs.", lambda e: _on_one_leg(e) and e.position not in _LOWEST),
            ("Knees close together.", lambda e: e.abduction >= 25),
            ("Sit with your weight even.", lambda e: e.has("narrow_base")),
            ("Move the leg little, the pelvis level.", lambda e: e.has("one_leg_moves") and e.position != "standing"),
            ("Press gently.", lambda e: "adductor" in e.loads),
            ("Stop if the pelvis hurts.", _always),
        ),
    ),
    # ---- the hip ----
    "fai": Condition(
        "impingement or labral tear, or a pinch in the groin when the knee comes up",
        "Was an impingement or a torn labrum found in one of your hips, or does the groin pinch when the knee comes "
        "up?",
        "Stay out of the pinch. Lower the knee, widen the stance, or leave it.",
        "less deep bend, crossing and turning in: E31; numbers are our choice",
        avoid=lambda e: e.pails_rails or (e.flexion >= 95 and (e.has("crosses_midline") or e.turn_in >= 45)),
        not_planned=lambda e: (
            e.flexion >= 110
            or (e.flexion >= 100 and e.has("end_range"))
            or (e.turn_in >= 30 and (e.has("end_range") or e.flexion > 90))
            or e.has("deep_low")
        ),
        caution=lambda e: e.flexion > 90 or e.turn_in > 15 or e.has("crosses_midline"),
        fitting=(
            ("Stay out of the pinch.", _always),
            ("Bend less at the hip.", lambda e: e.flexion > 90),
            ("Widen the stance.", lambda e: e.flexion > 90 and e.position == "standing"),
            ("Turn in less.", lambda e: e.turn_in > 15),
            ("Not across the body.", lambda e: e.has("crosses_midline")),
        ),
    ),
    "hip_oa": Condition(
        "a worn hip (osteoarthritis)",
        "Were you told that a hip is worn (osteoarthritis)?",
        "Stiff is fine, sharp is not. Pain up to 5 of 10, back to usual the next morning.",
        "exercise is advised (E24, E25, E26), pain by E18; the grading is our choice",
        not_planned=lambda e: (
            (e.has("end_range") and (e.level >= 3 or e.flexion >= 110)) or e.has("deep_low") or e.pails_rails
        ),
        caution=lambda e: e.has("end_range") or e.flexion >= 100 or e.turn_in >= 25 or e.turn_out >= 45,
    ),
    "dysplasia": Condition(
        "shallow or unstable hips",
        "Were you told that your hips are shallow or unstable?",
        "Shorter holds, in the middle of your range.",
        "far extension loads the front of the hip, and a band an unstable joint; the grading is our choice",
        avoid=lambda e: (
            (e.has("strong_band") and e.position == "quadruped")
            or (e.extension > 0 and e.has("end_range") and e.level >= 3)
        ),
        not_planned=lambda e: (
            e.pails_rails or (e.has("end_range") and (e.extension >= 10 or e.level >= 3)) or e.has("deep_low")
        ),
        caution=lambda e: e.has("end_range") or e.extension > 0 or e.abduction >= 40 or e.turn_out >= 45,
        longest_hold_s=15,
        fitting=(
            ("Shorter holds.", lambda e: not e.repeated),
            ("Stay in the middle of your range.", _always),
        ),
    ),
    "hypermobile": Condition(
        "very bendy joints",
        "Are your joints very bendy, or were you told that you are hypermobile?",
        "Shorter holds. Stop well before the end, even if it feels easy.",
        "expert opinion (E43, weak); numbers are our choice",
        not_planned=lambda e: (
            e.has("strong_band")
            or (e.held_end and e.level >= 2)
            or e.pails_rails
            or (e.has("end_range") and e.level >= 3)
        ),
        caution=lambda e: (
            e.has("end_range") or e.abduction >= 40 or e.knee >= 130 or (e.hold and e.has("ankle_end_range"))
        ),
        longest_hold_s=15,
        prefers="strength",
        fitting=(
            ("Shorter holds.", lambda e: not e.repeated),
            ("Stop well before the end, even if it feels easy.", _always),
        ),
    ),
    "gtps": Condition(
        "pain on the bony outside of the hip",
        "Does the bony outside of a hip hurt, and more so when you lie on it?",
        "Do not let the leg cross the body, do not hang on one hip, and do not lie on the sore side.",
        "crossing presses on the tendon, strength helps (E28); the grading is our choice",
        avoid=lambda e: e.has("crosses_midline") and e.has("end_range"),
        not_planned=lambda e: e.has("crosses_midline", "lying_on_side"),
        caution=lambda e: (
            e.has("single_leg_stance", "narrow_base")
            or (e.has("split_stance") and e.effort >= MIDDLE)
            or (e.has("pressure") and not _rolls_calf(e))
            or (e.has("end_range") and not e.lengthens.isdisjoint(("glute", "abductor")))
        ),
        fitting=(
            (
                "Keep the pelvis level: do not hang on one hip.",
                lambda e: e.has("single_leg_stance", "split_stance") and e.position not in _LYING,
            ),
            ("Sit with your weight even.", lambda e: e.has("narrow_base")),
            ("Do not lie on the sore side.", lambda e: e.has("lying_on_side")),
            ("Do not press on the sore place.", lambda e: e.has("pressure")),
            (
                "Do not let the leg cross the body.",
                lambda e: e.has("crosses_midline") or not e.lengthens.isdisjoint(("glute", "abductor")),
            ),
        ),
    ),
    "hf_strain": Condition(
        "a fresh pull at the front of the hip",
        "Have you recently strained the front of a hip?",
        "Only once walking is painless, and without a pull at the sore place.",
        "no stretch and no load of what is strained; the grading is our choice",
        avoid=lambda e: (
            "hip-flexor" in e.lengthens or ("hip-flexor" in e.loads and (e.effort > LIGHT or e.has("isometric")))
        ),
        not_planned=lambda e: "hip-flexor" in e.loads or e.extension > 0,
        caution=lambda e: e.flexion >= 110,
        weeks=6,
    ),
    "groin_strain": Condition(
        "a fresh pull at the inner thigh",
        "Have you recently strained an inner thigh?",
        "Only once walking is painless, and without a pull at the sore place.",
        "no stretch and no load of what is strained, pain up to 3 of 10 after it (E14); the grading is our choice",
        avoid=lambda e: "adductor" in e.lengthens or ("adductor" in e.loads and e.effort >= HARD),
        not_planned=lambda e: "adductor" in e.loads or e.has("wide_stance"),
        caution=lambda e: e.abduction >= 25,
        weeks=6,
    ),
    # ---- back and nerve ----
    "disc_acute": Condition(
        "new back pain going into the leg in the last 6 weeks",
        "Did pain in the back begin to go down into a leg in the last 6 weeks?",
        "If anything moves further down the leg, stop. If it draws back toward the spine, go on.",
        "no bending of the back to its end, no pull on the nerve; the rest is our choice",
        avoid=lambda e: e.has("lumbar_flexion_end") or (e.has("nerve_tension") and e.has("end_range")),
        not_planned=lambda e: _strained_back(e) or e.has("lumbar_rotation", "lumbar_extension_end") or e.flexion >= 110,
        caution=lambda e: (
            e.flexion >= 90
            or e.effort >= MIDDLE
            or e.has("nerve_glide", "lumbar_side_bend", "lumbar_flexion_repeated")
            or e.position == "supine"
        ),
        weeks=6,
    ),
    "pht": Condition(
        "pain exactly at the sitting bone",
        "Do you have pain exactly at the bone that you sit on?",
        "Bend less at the hip, and stay away from pain at the sitting bone.",
        "no stretch and no deep bend early, held loads first (E29); the grading is our choice",
        avoid=lambda e: "hamstring" in e.lengthens and e.has("end_range") and e.effort >= MIDDLE,
        not_planned=lambda e: (
            "hamstring" in e.lengthens or e.flexion >= 110 or e.has("nerve_tension", "trunk_tipped_forward")
        ),
        caution=lambda e: (
            e.flexion > 95
            or ("hamstring" in e.loads and e.effort >= MIDDLE)
            or e.has("narrow_base")
            or (e.has("pressure") and not _rolls_calf(e))
        ),
        fitting=(
            ("Bend less at the hip.", lambda e: e.flexion > 95 or e.has("trunk_tipped_forward")),
            ("No weight on the sore sitting bone.", lambda e: e.has("narrow_base", "pressure")),
            ("Ease off if you feel it at the sitting bone.", lambda e: "hamstring" in e.loads),
            ("Stay away from pain at the sitting bone.", _always),
        ),
    ),
    "osteoporosis": Condition(
        "low bone density or an earlier spine fracture",
        "Is your bone density low, or did you ever break a bone of the spine?",
        "No strong bending or turning of the back, no hard pressure, and one hand on something that cannot move.",
        "no loaded or repeated bending to the end, warnings on bending and pressure; turning and falls are our choice",
        avoid=lambda e: e.has("lumbar_flexion_end") and (e.effort >= MIDDLE or e.repeated or e.weight),
        not_planned=lambda e: (
            e.has("lumbar_flexion_end", "head_down")
            or (e.has("lumbar_rotation") and (e.has("end_range") or e.effort >= MIDDLE))
            or (e.has("unsupported_balance") and e.has("single_leg_stance", "deep_low", "long_lever"))
        ),
        caution=lambda e: (
            e.has("lumbar_flexion_repeated", "lumbar_rotation", "lumbar_side_bend", "trunk_tipped_forward")
            or e.has("pressure", "strong_band", "nerve_glide", "single_leg_stance", "on_a_step", "unsupported_balance")
            or e.flexion >= 110
            or e.weight
        ),
        fitting=(
            (
                "Keep the back long, and bend at the hips.",
                lambda e: e.has("lumbar_flexion_repeated", "trunk_tipped_forward", "nerve_glide") or e.flexion >= 110,
            ),
            ("Turn the back only a little.", lambda e: e.has("lumbar_rotation")),
            ("Lean to the side only a little.", lambda e: e.has("lumbar_side_bend")),
            ("No hard pressure.", lambda e: e.has("pressure")),
            ("Begin with the least load.", lambda e: e.weight or e.has("strong_band")),
            ("One hand on something that cannot move.", lambda e: _on_one_leg(e) and e.position not in _LOWEST),
            (_BESIDE_A_WALL, lambda e: e.has("unsupported_balance") and e.position in _LOWEST),
        ),
    ),
    # ---- knee, ankle, arms, balance ----
    "knee_flexion": Condition(
        "a knee that cannot bend fully",
        "Is there a knee that you cannot bend fully?",
        "Only as far as the knee bends without pain; a towel behind it helps.",
        "numbers are our choice",
        avoid=lambda e: e.knee >= 125,
        not_planned=lambda e: e.knee >= 105,
        caution=lambda e: e.knee > 90,
        fitting=(
            ("Only as far as the knee bends without pain.", _always),
            ("A rolled towel behind the knee helps.", lambda e: e.position in ("quadruped", "seated-floor")),
        ),
    ),
    "knee_kneel": Condition(
        "kneeling that hurts",
        "Does kneeling hurt, or can you not kneel?",
        "Put a thick pad under the knee, or leave it.",
        "no weight on the knee; the grading is our choice",
        avoid=lambda e: e.has("knee_loaded_kneeling") and e.knee >= 125,
        not_planned=lambda e: e.has("knee_loaded_kneeling"),
        caution=lambda e: e.has("knee_side_on_floor", "knee_near_floor"),
        fitting=(
            ("Keep the knee well above the floor.", lambda e: e.has("knee_near_floor")),
            (
                "Put a thick pad under the knee, or leave it.",
                lambda e: e.has("knee_side_on_floor", "knee_loaded_kneeling"),
            ),
        ),
    ),
    "knee_twist": Condition(
        "ligament or meniscus trouble in the knee",
        "Is there trouble with a ligament or the meniscus of a knee?",
        "No twist at the knee.",
        "no twist at the knee, least of all under weight; the rest is our choice",
        avoid=lambda e: e.has("knee_torsion") and e.position not in ("supine", "seated-chair"),
        not_planned=lambda e: e.has("knee_torsion", "deep_low") or e.knee >= 125,
        caution=lambda e: e.knee >= 110 or e.has("knee_side_on_floor") or (e.turn_in >= 30 and e.turn_out >= 30),
        fitting=(
            ("Turn from the hip.", lambda e: e.has("knee_torsion") or max(e.turn_in, e.turn_out) >= 30),
            ("Bend the knee only as far as is easy.", lambda e: e.knee >= 110),
            ("No twist at the knee.", _always),
        ),
    ),
    "ankle_unstable": Condition(
        "an ankle that gives way",
        "Is there an ankle that gives way?",
        "Hold on to something, and keep the foot flat.",
        _OUR_CHOICE,
        avoid=lambda e: e.has("ankle_end_range") and (e.has("strong_band") or e.weight),
        not_planned=lambda e: (
            e.has("single_leg_stance", "on_a_step")
            or (e.has("unsupported_balance") and e.position in ("standing", "half-kneeling"))
        ),
        caution=lambda e: e.has("ankle_end_range", "split_stance") or ("calf" in e.loads and e.position == "standing"),
        fitting=(
            (_HOLD_ON, lambda e: e.position in ("standing", "half-kneeling")),
            (
                "Little weight on the ankle that gives way.",
                lambda e: e.position not in ("standing", "half-kneeling"),
            ),
            ("Keep the foot flat.", lambda e: e.has("ankle_end_range")),
            ("Rise straight up, without tipping outward.", lambda e: "calf" in e.loads),
        ),
    ),
    "achilles": Condition(
        "a sore Achilles tendon",
        "Is an Achilles tendon sore?",
        "Go less deep, and stop if the tendon hurts. Any soreness has to settle by the next morning.",
        "loading treats such tendons, but its dose belongs to a physiotherapist (E18); the grading is our choice",
        not_planned=lambda e: e.has("ankle_end_range") or ("calf" in e.loads and e.effort > LIGHT),
        caution=lambda e: "calf" in e.loads or e.has("heel_lifted", "on_a_step") or _rolls_calf(e),
        fitting=(
            ("Roll the muscle, not the tendon.", _rolls_calf),
            ("Go less deep.", lambda e: e.has("ankle_end_range", "on_a_step")),
            ("Slowly, both feet at once.", lambda e: "calf" in e.loads),
            ("Stop if the tendon hurts. Any soreness has to settle by the next morning.", _always),
        ),
    ),
    "balance": Condition(
        "unsteadiness on one leg, or a fall in the last year",
        "Are you unsteady on one leg, or have you fallen in the last year?",
        "One hand on something that cannot move.",
        "always with a hold, or nothing standing; the grading is our choice",
        avoid=lambda e: e.has("unsupported_balance") and e.has("single_leg_stance", "deep_low"),
        not_planned=lambda e: e.has("single_leg_stance", "deep_low", "on_a_step", "unsupported_balance"),
        caution=lambda e: e.has("split_stance", "narrow_base") or e.position == "standing",
        fitting=(
            (_BESIDE_A_WALL, lambda e: e.position in _LOWEST),
            ("One hand on something that cannot move.", lambda e: e.position not in _LOWEST),
        ),
    ),
    "shoulder_wrist": Condition(
        "trouble leaning on the hands or an elbow",
        "Does it hurt to lean on the hands or an elbow, or can you not do it?",
        "Fists or a folded towel under the hands, or leave it.",
        _OUR_CHOICE,
        not_planned=lambda e: e.has("forearm_loaded") or (e.has("hands_loaded") and e.position in _ON_HANDS),
        caution=lambda e: e.has("hands_loaded"),
        fitting=(
            (
                "Fists or a folded towel under the hands, or leave it.",
                lambda e: e.has("hands_loaded") and e.position in _ON_HANDS,
            ),
            ("Put little weight on the hands.", lambda e: e.has("hands_loaded") and e.position not in _ON_HANDS),
            ("Put little weight on the elbow, or leave it.", lambda e: e.has("forearm_loaded")),
        ),
    ),
    # ---- blood, heart, dizziness ----
    "bp_uncontrolled": Condition(
        "uncontrolled blood pressure",
        "Is your blood pressure high and not under control?",
        "Stay under 30 % effort, and keep breathing.",
        "effort under 30 % is common practice; the grading is our choice",
        avoid=lambda e: e.effort >= HARD,
        not_planned=lambda e: e.has("head_down") or e.pails_rails or _held_in_the_middle(e),
        caution=lambda e: _held_or_in_the_middle(e) or e.weight,
        highest_effort_pct=30,
    ),
    "clot_bleed": Condition(
        "blood thinners, or a history of clots",
        "Do you take blood thinners, or did you ever have a blood clot?",
        "No ball and no roller, and only a mild pull in the calf.",
        "no ball, no roller and no strong calf stretch are common practice; the grading is our choice",
        avoid=lambda e: e.has("pressure") or (e.hold and e.lengthens == {"calf"}),
        not_planned=lambda e: e.has("ankle_end_range") and (e.has("strong_band") or e.weight),
        caution=lambda e: e.has("ankle_end_range", "strong_band") or "calf" in e.lengthens,
        fitting=(
            ("Only a mild pull in the calf.", lambda e: e.has("ankle_end_range") or "calf" in e.lengthens),
            ("No band that presses hard on the skin.", lambda e: e.has("strong_band")),
        ),
    ),
    "heart_cleared": Condition(
        "a heart condition with which exercise is allowed",
        says="Breathe all the time. Nothing over half of your strength.",
        source=f"{_OUR_CHOICE}; the question is that of the PAR-Q (E35)",
        not_planned=lambda e: e.effort >= HARD or e.has("head_down") or e.pails_rails,
        caution=lambda e: _held_or_in_the_middle(e) or e.weight,
        highest_effort_pct=50,
    ),
    "faint_cleared": Condition(
        "dizziness or fainting with which exercise is allowed",
        says="Get up in two steps and wait a breath.",
        source=_OUR_CHOICE,
        not_planned=lambda e: e.has("unsupported_balance", "single_leg_stance", "deep_low", "head_down", "on_a_step"),
        caution=lambda e: e.position in ("standing", "supine", "prone"),
        fitting=(
            (
                "Stand near something to hold, and sit down at once if you feel dizzy.",
                lambda e: e.position == "standing",
            ),
            ("Get up in two steps, and wait a breath.", lambda e: e.position != "standing"),
        ),
    ),
}
"""By code, in the order in which they are asked: first what may stop practice, then surgery, pregnancy, the rest."""

CONDITIONS = {code: each.label for code, each in CONDITION.items()}
STOPS = frozenset(code for code, each in CONDITION.items() if each.stop)


def caution_words(exercise: Exercise, code: str) -> str:
    """Return what a condition says of an exercise: what fits its demands, or in general where these are not known."""
    asked = demands(exercise)
    fitting = (words for words, fits in CONDITION[code].fitting if exercise.mech and fits(asked))
    return " ".join(fitting) or CONDITION[code].says


_OF_EVERY_THIRD = {"preg": "preg_1"}
"""The meaning of a code in an exercise's own list: a person whose third is not known has the strictest, but an exercise
that names no third means each of them."""


def with_implied(codes: Collection[str]) -> frozenset[str]:
    """Return the conditions with those that they imply."""
    found = set(codes)
    for code in codes:
        while code := CONDITION[code].implies:
            found.add(code)
    return frozenset(found)


def foremost(codes: Collection[str]) -> tuple[str, ...]:
    """Return the conditions without those that others among them imply."""
    return tuple(code for code in codes if not any(code in with_implied([other]) for other in codes if other != code))


def by_rule(exercise: Exercise) -> dict[str, str]:
    """Return the grade of the exercise by the rules, of each condition that has one; a stop grades nothing."""
    asked = demands(exercise)
    return {
        code: grade
        for code, each in CONDITION.items()
        if (grade := next((grade for grade in GRADES if getattr(each, grade)(asked)), ""))
    }


def graded(exercise: Exercise) -> Exercise:
    """Return the exercise with the grades of the rules besides its own and its dose's; the strictest holds."""
    grades = by_rule(exercise) | dict.fromkeys(declared(exercise.prescription).avoid, GRADES[0])
    for grade in reversed(GRADES):
        own = (_OF_EVERY_THIRD.get(code, code) for code in getattr(exercise, grade))
        grades |= {code: grade for code in own if _stricter(grade, grades.get(code))}
    avoid, not_planned, caution = (tuple(code for code in CONDITION if grades.get(code) == grade) for grade in GRADES)
    return exercise._replace(avoid=avoid, not_planned=not_planned, caution=caution)


def _stricter(grade: str, than: str | None) -> bool:
    return than is None or GRADES.index(grade) < GRADES.index(than)
