"""The conditions with which nothing is practised until somebody has looked at them."""

from hiproutine.catalogue.rules.rule import Condition

_SEEN = "Has a doctor or physiotherapist seen this and allowed exercise?"
_HOW_SOON = "`hiproutine show edu-red-flags` says how soon"

STOPPING = {
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
}
