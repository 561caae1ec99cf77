"""The closed vocabularies of the catalogue: the word that files use, and its label for people."""

CATEGORIES = {
    "stretch": "stretch",
    "mobility": "mobility",
    "strength": "strength",
    "release": "release",
}

AREAS = {
    "front-of-hip": "front of hip",
    "outside-of-hip": "outside of hip",
    "buttock": "buttock",
    "inner-thigh": "inner thigh",
    "hip-joint": "hip joint",
    "front-of-thigh": "front of thigh",
    "back-of-thigh": "back of thigh",
    "low-back": "low back and pelvis",
    "trunk": "trunk",
    "calf": "calf",
    "ankle": "ankle",
    "whole-body": "whole body",
}

# A weekly dose is counted for each of these; moving the whole body is for getting warm.
DOSED_AREAS = {word: label for word, label in AREAS.items() if word != "whole-body"}

MUSCLES = {
    "iliopsoas": "iliopsoas (deep hip flexor)",
    "rectus-femoris": "rectus femoris",
    "quadriceps": "quadriceps",
    "tensor-fasciae-latae": "tensor fasciae latae",
    "sartorius": "sartorius",
    "gluteus-maximus": "gluteus maximus",
    "gluteus-medius": "gluteus medius and minimus",
    "deep-rotators": "piriformis and the deep outward rotators",
    "internal-rotators": "inward rotators",
    "adductors": "adductors",
    "hamstrings": "hamstrings",
    "calf": "calf (gastrocnemius)",
    "soleus": "soleus",
    "abdominals": "abdominals",
    "obliques": "obliques",
    "quadratus-lumborum": "quadratus lumborum",
    "back-extensors": "back muscles",
    "diaphragm": "diaphragm",
    "sciatic-nerve": "sciatic nerve (moved, not stretched)",
    "joint": "the joint itself",
}

EQUIPMENT = {
    "mat": "mat",
    "cushion": "cushion or pad",
    "chair": "sturdy chair without wheels",
    "wall": "wall",
    "support": "post, door frame or counter",
    "bed": "firm bed or bench",
    "couch": "couch",
    "table": "table",
    "step": "low step or bench",
    "strap": "strap",
    "towel": "towel",
    "ball": "ball",
    "roller": "foam roller",
    "band": "strong loop band and a fixed anchor",
    "mini-band": "mini loop band",
    "weight": "light weight or heavy book",
}
ALWAYS_AT_HAND = frozenset({"wall"})
"""Words of EQUIPMENT that everybody has."""

POSITIONS = {
    "standing": "standing",
    "half-kneeling": "half-kneeling",
    "seated-chair": "sitting on a chair",
    "seated-floor": "sitting on the floor",
    "supine": "lying on the back",
    "prone": "lying on the front",
    "side-lying": "lying on the side",
    "quadruped": "on hands and knees",
}

SIDES = {
    "per_side": "each side",
    "both": "both sides at once",
    "alternating": "left and right in turn",
}

LEVELS = {1: "easy", 2: "middle", 3: "hard"}

# How sure it is that an exercise goes with a video, the strongest first.
STRENGTHS = {
    "established": "established: independent sources describe this move in it",
    "likely": "likely: the caption names this technique, position and body part",
    "thematic": "thematic: the same theme only",
}

# How surely a source was read.
READ = {
    "abstract": "the abstract or the passage was read",
    "report": "somebody else's report of it was read",
    "both": "read in part, in part a report of it",
    "general": "not looked up",
}

# Conditions that hide an exercise (avoid) or show a line (caution); the labels are what a card shows.
CONDITIONS = {
    "thr_posterior": "hip replacement with \"don't bend past 90, don't cross, don't turn in\"",
    "thr_anterior": "hip replacement with \"don't take the leg far back, don't turn out\"",
    "thr_lateral": 'hip replacement with "no active side lifting"',
    "surgery_recent": "hip, knee or back surgery in the last 12 weeks, or not yet cleared",
    "fai": "impingement or labral tear, or a pinch in the groin when the knee comes up",
    "gtps": "pain on the bony outside of the hip",
    "pht": "pain exactly at the sitting bone",
    "disc_acute": "new back pain going into the leg in the last 6 weeks",
    "neuro_progressive": "a leg getting weaker, or a numb area that grows",
    "spine_surgery_recent": "back surgery in the last 6 months",
    "osteoporosis": "low bone density or an earlier spine fracture",
    "dysplasia": "shallow or unstable hips",
    "hypermobile": "very bendy joints",
    "preg": "pregnancy",
    "pgp": "pain in the pelvic joints or the pubic bone",
    "hf_strain": "a fresh pull at the front of the hip",
    "groin_strain": "a fresh pull at the inner thigh",
    "knee_flexion": "a knee that cannot bend fully",
    "knee_kneel": "kneeling that hurts",
    "knee_twist": "ligament or meniscus trouble in the knee",
    "ankle_unstable": "an ankle that gives way",
    "achilles": "a sore Achilles tendon",
    "balance": "unsteadiness on one leg",
    "shoulder_wrist": "trouble leaning on the hands or an elbow",
    "bp_uncontrolled": "uncontrolled blood pressure (effort under 30 %, keep breathing)",
    "clot_bleed": "blood thinners, a history of clots, or a swollen calf",
}
