"""The conditions after surgery and with a replaced hip."""

from hiproutine.catalogue.demands import HARD, MIDDLE, Demands
from hiproutine.catalogue.rules.rule import (
    LYING,
    OUR_CHOICE,
    PILLOW,
    Condition,
    always,
    held_in_the_middle,
    held_or_in_the_middle,
    strained_back,
)

_LOW = ("standing", "seated-chair", "seated-floor", "half-kneeling")


def _bent_turned_in_or_across(e: Demands) -> bool:
    return e.flexion > 90 or e.turn_in > 15 or e.has("crosses_midline")


def _band_on_the_hip(e: Demands) -> bool:
    return e.has("strong_band") and e.position == "quadruped"


def _back_and_turned_out(e: Demands) -> bool:
    return e.extension > 0 and e.turn_out > 15


SURGERY = {
    "thr": Condition(
        "a hip replacement",
        "Do you have a hip replacement?",
        "Bend, cross and turn in only as far as is easy. Your surgeon's word comes first.",
        "no band on a joint with an implant is common practice; the rest is our choice after what surgeons forbid",
        avoid=_band_on_the_hip,
        not_planned=lambda e: e.flexion > 90 and (e.turn_in > 15 or e.has("crosses_midline")),
        caution=lambda e: (e.has("end_range") and _bent_turned_in_or_across(e)) or _back_and_turned_out(e),
        fitting=(
            ("Bend at the hip only as far as is easy.", lambda e: e.flexion > 90),
            ("Do not press the knee inward.", lambda e: e.turn_in > 15),
            ("Do not let the leg cross the body.", lambda e: e.has("crosses_midline")),
            ("Do not turn the leg out while it is behind you.", _back_and_turned_out),
            ("Your surgeon's word comes first.", always),
        ),
    ),
    "thr_posterior": Condition(
        "hip replacement with \"don't bend past 90, don't cross, don't turn in\"",
        'After your hip replacement, were you told "do not bend past 90 degrees", "do not cross your legs" or "do not '
        'turn the knee in"?',
        "Sit so high that your knees are lower than your hips. Do not bend past a right angle, do not cross your legs, "
        "and do not turn the knee in, as your surgeon told you.",
        "the surgeons' rules; 15 degrees, the band and the two milder grades are our choice",
        avoid=lambda e: _bent_turned_in_or_across(e) or _band_on_the_hip(e),
        not_planned=lambda e: e.has("lying_on_side", "deep_low"),
        caution=lambda e: e.flexion >= 80 or e.has("single_leg_stance"),
        fitting=(
            (
                "Take a seat so high that your knees are lower than your hips.",
                lambda e: e.position == "seated-chair",
            ),
            (
                "Bend no further than a right angle at the hip.",
                lambda e: e.flexion >= 80 and e.position != "seated-chair",
            ),
            (PILLOW, lambda e: e.has("lying_on_side")),
            (
                "Hold on to something that cannot move, and point your toes ahead.",
                lambda e: e.has("single_leg_stance"),
            ),
            ("Do not cross your legs, and do not turn the knee in, as your surgeon told you.", always),
        ),
        implies="thr",
        follows="thr",
    ),
    "thr_anterior": Condition(
        "hip replacement with \"don't take the leg far back, don't turn out\"",
        'After your hip replacement, were you told "do not take the leg far back" or "do not turn it out"?',
        "Stop when the hip is straight, and point your toes ahead, as your surgeon told you.",
        "the surgeons' rules; 30 and 15 degrees, and no stretch across the middle, are our choice",
        avoid=lambda e: e.extension > 0 or e.turn_out > 30 or _band_on_the_hip(e),
        not_planned=lambda e: e.turn_out > 15 or (e.has("crosses_midline") and e.has("end_range")),
        caution=lambda e: e.has("extends_to_neutral") or e.abduction > 20,
        fitting=(
            ("Stop when the hip is straight.", lambda e: e.has("extends_to_neutral")),
            ("Only as wide as is easy.", lambda e: e.abduction > 20),
            ("Do not let the leg cross the body.", lambda e: e.has("crosses_midline")),
            ("Do not turn the leg out, as your surgeon told you.", always),
        ),
        implies="thr",
        follows="thr",
    ),
    "thr_lateral": Condition(
        'hip replacement with "no active side lifting"',
        'After your hip replacement, were you told "do not lift the leg to the side by yourself"?',
        source="the surgeons' rules",
        avoid=lambda e: "abductor" in e.loads,
        implies="thr_posterior",
        follows="thr",
    ),
    "spine_surgery_recent": Condition(
        "back surgery in the last 6 months",
        "Did you have surgery of the back in the last 6 months?",
        "Keep the back still, and stay away from its ends.",
        f"nerves: E17; the rest is {OUR_CHOICE}",
        avoid=lambda e: e.has(
            "nerve_glide", "nerve_tension", "lumbar_flexion_end", "lumbar_extension_end", "lumbar_rotation"
        ),
        not_planned=lambda e: strained_back(e) or e.has("lumbar_flexion_repeated", "lumbar_side_bend"),
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
        not_planned=lambda e: "trunk" in e.loads or e.weight or e.has("long_lever") or held_in_the_middle(e),
        caution=held_or_in_the_middle,
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
            or held_in_the_middle(e)
            or (e.flexion >= 105 and e.position in _LOW)
        ),
        caution=held_or_in_the_middle,
        weeks=4,
        highest_effort_pct=30,
        fitting=(
            ("No strain, and keep breathing.", always),
            ("Keep the head up.", lambda e: e.position not in LYING),
            ("After a gas bubble or a detached retina, nothing until your surgeon allows it.", always),
        ),
    ),
}
