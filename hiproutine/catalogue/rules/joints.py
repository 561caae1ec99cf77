"""The conditions of the hip, the back and its nerves, of knee and ankle, arms and balance."""

from hiproutine.catalogue.demands import HARD, LIGHT, MIDDLE, Demands
from hiproutine.catalogue.rules.rule import (
    HOLD_ON,
    LOWEST,
    LYING,
    OUR_CHOICE,
    PAD,
    Condition,
    always,
    on_one_leg,
    strained_back,
)

_ON_HANDS = ("quadruped", "half-kneeling", "prone")
_BESIDE_A_WALL = "Beside a wall or a bed to lean on."
_ONE_HAND = "One hand on something that cannot move."
_ONCE_PAINLESS = "Only once walking is painless, and without a pull at the sore place."


def _rolls_calf(e: Demands) -> bool:
    return e.has("pressure") and "calf" in e.areas


JOINTS = {
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
            ("Stay out of the pinch.", always),
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
            ("Stay in the middle of your range.", always),
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
            ("Stop well before the end, even if it feels easy.", always),
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
                lambda e: e.has("single_leg_stance", "split_stance") and e.position not in LYING,
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
        _ONCE_PAINLESS,
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
        _ONCE_PAINLESS,
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
        not_planned=lambda e: strained_back(e) or e.has("lumbar_rotation", "lumbar_extension_end") or e.flexion >= 110,
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
            ("Stay away from pain at the sitting bone.", always),
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
            (_ONE_HAND, lambda e: on_one_leg(e) and e.position not in LOWEST),
            (_BESIDE_A_WALL, lambda e: e.has("unsupported_balance") and e.position in LOWEST),
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
            ("Only as far as the knee bends without pain.", always),
            ("A rolled towel behind the knee helps.", lambda e: e.position in ("quadruped", "seated-floor")),
        ),
    ),
    "knee_kneel": Condition(
        "kneeling that hurts",
        "Does kneeling hurt, or can you not kneel?",
        PAD,
        "no weight on the knee; the grading is our choice",
        avoid=lambda e: e.has("knee_loaded_kneeling") and e.knee >= 125,
        not_planned=lambda e: e.has("knee_loaded_kneeling"),
        caution=lambda e: e.has("knee_side_on_floor", "knee_near_floor"),
        fitting=(
            ("Keep the knee well above the floor.", lambda e: e.has("knee_near_floor")),
            (PAD, lambda e: e.has("knee_side_on_floor", "knee_loaded_kneeling")),
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
            ("No twist at the knee.", always),
        ),
    ),
    "ankle_unstable": Condition(
        "an ankle that gives way",
        "Is there an ankle that gives way?",
        "Hold on to something, and keep the foot flat.",
        OUR_CHOICE,
        avoid=lambda e: e.has("ankle_end_range") and (e.has("strong_band") or e.weight),
        not_planned=lambda e: (
            e.has("single_leg_stance", "on_a_step")
            or (e.has("unsupported_balance") and e.position in ("standing", "half-kneeling"))
        ),
        caution=lambda e: e.has("ankle_end_range", "split_stance") or ("calf" in e.loads and e.position == "standing"),
        fitting=(
            (HOLD_ON, lambda e: e.position in ("standing", "half-kneeling")),
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
            ("Stop if the tendon hurts. Any soreness has to settle by the next morning.", always),
        ),
    ),
    "balance": Condition(
        "unsteadiness on one leg, or a fall in the last year",
        "Are you unsteady on one leg, or have you fallen in the last year?",
        _ONE_HAND,
        "always with a hold, or nothing standing; the grading is our choice",
        avoid=lambda e: e.has("unsupported_balance") and e.has("single_leg_stance", "deep_low"),
        not_planned=lambda e: e.has("single_leg_stance", "deep_low", "on_a_step", "unsupported_balance"),
        caution=lambda e: e.has("split_stance", "narrow_base") or e.position == "standing",
        fitting=(
            (_BESIDE_A_WALL, lambda e: e.position in LOWEST),
            (_ONE_HAND, lambda e: e.position not in LOWEST),
        ),
    ),
    "shoulder_wrist": Condition(
        "trouble leaning on the hands or an elbow",
        "Does it hurt to lean on the hands or an elbow, or can you not do it?",
        "Fists or a folded towel under the hands, or leave it.",
        OUR_CHOICE,
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
}
