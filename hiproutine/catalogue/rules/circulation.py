"""The conditions of blood and heart, and dizziness."""

from hiproutine.catalogue.demands import HARD
from hiproutine.catalogue.rules.rule import OUR_CHOICE, Condition, held_in_the_middle, held_or_in_the_middle

CIRCULATION = {
    "bp_uncontrolled": Condition(
        "uncontrolled blood pressure",
        "Is your blood pressure high and not under control?",
        "Stay under 30 % effort, and keep breathing.",
        "effort under 30 % is common practice; the grading is our choice",
        avoid=lambda e: e.effort >= HARD,
        not_planned=lambda e: e.has("head_down") or e.pails_rails or held_in_the_middle(e),
        caution=lambda e: held_or_in_the_middle(e) or e.weight,
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
        source=f"{OUR_CHOICE}; the question is that of the PAR-Q (E35)",
        not_planned=lambda e: e.effort >= HARD or e.has("head_down") or e.pails_rails,
        caution=lambda e: held_or_in_the_middle(e) or e.weight,
        highest_effort_pct=50,
    ),
    "faint_cleared": Condition(
        "dizziness or fainting with which exercise is allowed",
        says="Get up in two steps and wait a breath.",
        source=OUR_CHOICE,
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
