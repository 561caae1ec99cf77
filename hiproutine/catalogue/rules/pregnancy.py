"""The conditions of pregnancy and of the joints of the pelvis."""

from hiproutine.catalogue.demands import HARD
from hiproutine.catalogue.rules.rule import (
    HOLD_ON,
    LOWEST,
    LYING,
    OUR_CHOICE,
    PROPPED,
    Condition,
    Rule,
    always,
    on_one_leg,
)

_PREGNANT: tuple[tuple[str, Rule], ...] = (
    ("Mild pull only.", lambda e: bool(e.lengthens) or e.has("end_range")),
    ("Only as wide as is easy.", lambda e: e.has("wide_stance") or e.abduction >= 25),
    ("Breathe all the time, without straining.", lambda e: e.has("isometric") or e.effort >= HARD),
    ("Lean in lightly.", lambda e: e.has("pressure")),
    (HOLD_ON, lambda e: on_one_leg(e) and e.position not in LOWEST),
    ("Stop if you feel faint or unwell.", always),
)
_NOT_FLAT: tuple[tuple[str, Rule], ...] = (
    (PROPPED, lambda e: e.position == "supine"),
    *_PREGNANT,
)


PREGNANCY = {
    "preg": Condition(
        "pregnancy",
        "Are you pregnant, and which third is it? 1: up to week 13. 2: week 14 to 27. 3: from week 28.",
        implies="preg_3",
        weeks=0,
    ),
    "preg_1": Condition(
        "pregnancy",
        says="Mild pull only. Stop if you feel faint or unwell.",
        source=OUR_CHOICE,
        not_planned=lambda e: e.level >= 3 or (e.has("end_range") and e.has("wide_stance") and e.level >= 2),
        caution=lambda e: e.has("end_range", "wide_stance", "isometric", "pressure", "strong_band") or e.effort >= HARD,
        weeks=4,
        fitting=_PREGNANT,
    ),
    "preg_2": Condition(
        "pregnancy from week 14 on",
        says=f"{PROPPED} Mild pull only. Stop if you feel faint or unwell.",
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
        says=f"{PROPPED} Hold on to something. Stop if you feel faint or unwell.",
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
            ("Knees together when you turn over.", lambda e: e.position in LYING),
            ("Weight on both legs.", lambda e: on_one_leg(e) and e.position not in LOWEST),
            ("Knees close together.", lambda e: e.abduction >= 25),
            ("Sit with your weight even.", lambda e: e.has("narrow_base")),
            ("Move the leg little, the pelvis level.", lambda e: e.has("one_leg_moves") and e.position != "standing"),
            ("Press gently.", lambda e: "adductor" in e.loads),
            ("Stop if the pelvis hurts.", always),
        ),
    ),
}
