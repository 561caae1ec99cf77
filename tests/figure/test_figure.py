"""The figures: solved poses keep what their entries ask for, agree with the catalogue, and can be seen."""

from collections.abc import Callable
from functools import cache
from itertools import combinations, pairwise
from operator import ne

import pytest

from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.prescription import Reps, kind_of
from hiproutine.figure.clashes import clashes
from hiproutine.figure.contacts import Contact, measure, outside
from hiproutine.figure.frames import body_at, end_of, tour
from hiproutine.figure.joints import ANGLES, INDEX, JOINTS, REST, Angle
from hiproutine.figure.model import Figure, turned
from hiproutine.figure.palette import palette
from hiproutine.figure.raster import Picture
from hiproutine.figure.reading import read
from hiproutine.figure.skeleton import POINTS, SEGMENTS, Body, Pose, Vector, length, minus, other, reach, stand
from hiproutine.figure.skin import BODY, ROLE
from hiproutine.figure.solver import Draft, solve, stamp
from hiproutine.figure.stage import Stage
from hiproutine.figure.stored import Stored, dumps, load, loads, names
from hiproutine.paths import shipped

UP: Vector = (0, 1, 0)


@cache
def solved() -> dict[str, Stored]:
    return loads((shipped() / "figures.json").read_text(encoding="utf-8"))


@cache
def drafts() -> dict[str, Draft]:
    return read((shipped() / "figures.yaml").read_text(encoding="utf-8"), "figures.yaml")


def figures() -> list[Figure]:
    return [each.figure for each in solved().values()]


@cache
def pictures(name: str) -> tuple[Picture, Picture]:
    """The start and the end at 44x13, without arrows and ghost."""
    figure = solved()[name].figure
    stage = Stage(figure, 44, 13, palette(), arrows=False, ghost=False)
    halfway = end_of(figure) + 0.5 if figure.path == "circle" else 0.0
    return stage.picture(halfway), stage.picture(end_of(figure))


def keys_of(draft: Draft) -> list[tuple[Contact, ...]]:
    """The contacts of each key frame, those of mirrored ones too."""
    found: list[tuple[Contact, ...]] = []
    for key in draft.frames:
        of = key.mirror_of
        found.append(key.contacts if of is None else tuple(each.mirrored() for each in found[of]))
    return found


def low(body: Body, name: str) -> float:
    """How high the skin at a point is above the floor."""
    return body.points[name][1] - reach(body, name, UP)


every = pytest.mark.parametrize("figure", figures(), ids=lambda each: each.id)


# ---- the data ----


def test_every_exercise_has_a_figure(catalogue: Catalogue) -> None:
    assert set(solved()) == set(catalogue.exercises)


def test_the_solved_figures_are_those_of_the_file() -> None:
    assert list(solved()) == list(drafts())
    for name, (figure, stamped) in solved().items():
        draft = drafts()[name]
        assert stamped == stamp(draft), f"{name} has changed: python docs/figures.py"
        assert figure._replace(poses=()) == draft.figure
        count = figure.steps * figure.keys if figure.path == "circle" else figure.steps * (figure.keys - 1) + 1
        assert len(figure.poses) == count


def test_the_file_says_how_it_may_be_used() -> None:
    head = (shipped() / "figures.yaml").read_text(encoding="utf-8").split("\n\n")[0]
    assert "Licence: MIT" in head
    assert "physiotherapist" in head


@pytest.mark.parametrize("name", ["glute-bridge", "ninety-ninety-supported", "constructive-rest"])
def test_what_is_solved_anew_is_what_ships(name: str) -> None:
    found = solve(drafts()[name])
    assert not found.open
    for fresh, kept in zip(found.figure.poses, solved()[name].figure.poses, strict=True):
        here, there = (stand(found.figure.face, pose) for pose in (fresh, kept))
        assert max(length(minus(here.points[p], there.points[p])) for p in POINTS) < 0.001


def test_stored_figures_come_back_as_they_were() -> None:
    some = dict(list(solved().items())[:5])
    text = dumps(some)
    assert loads(text) == some
    assert names(text) == list(some)
    assert load(text, "half-kneeling-hip-flexor") == some["half-kneeling-hip-flexor"].figure
    assert load(text, "half-kneeling") is None
    assert len(text.splitlines()) == len(some) + 2


# ---- the skeleton ----


@every
def test_bones_are_as_long_in_every_pose(figure: Figure) -> None:
    rest = stand("up", Pose(REST, (0, 0.93, 0)))
    bones = [(f"{s}.{a}", f"{s}.{b}") for s in "lr" for a, b, _, _ in SEGMENTS.values()]
    bones += [
        ("pelvis", "waist"),
        ("waist", "ribs"),
        ("ribs", "neck"),
        ("l.hip", "r.hip"),
        ("l.shoulder", "r.shoulder"),
    ]
    for step in range(9):
        body = body_at(figure, step / 8)
        for a, b in bones:
            wanted = length(minus(rest.points[a], rest.points[b]))
            assert length(minus(body.points[a], body.points[b])) == pytest.approx(wanted, abs=1e-9)


@every
def test_left_is_right_mirrored(figure: Figure) -> None:
    right = turned(figure)
    assert turned(right)._replace(camera=figure.camera) == figure
    for step in range(5):
        mine, its = body_at(figure, step / 4), body_at(right, step / 4)
        for name, (x, y, z) in mine.points.items():
            assert its.points[other(name)] == pytest.approx((x, y, -z), abs=1e-9)


def test_the_picture_of_the_right_side_is_that_of_the_left_one_turned_round() -> None:
    left = solved()["side-lying-hip-abduction"].figure
    seen = [Stage(each, 44, 13, palette(), arrows=False, ghost=False).picture(1) for each in (left, turned(left))]
    rows = [[seen[0].roles[y * 44 + 43 - x] for x in range(44)] for y in range(26)]
    mine, its = [role // 32 for row in rows for role in row], [role // 32 for role in seen[1].roles]
    assert sum(a != b for a, b in zip(mine, its, strict=True)) < 0.02 * len(mine)


def test_joints_go_the_ways_that_anatomy_calls_so() -> None:
    def moved(joint: str, number: int, degrees: float, name: str) -> Vector:
        angles = list(REST)
        angles[INDEX[Angle(joint, number)]] = degrees
        bodies = [stand("up", Pose(tuple(each), (0, 1, 0))) for each in (REST, angles)]
        return minus(bodies[1].points[name], bodies[0].points[name])

    assert moved("l.hip", 0, 60, "l.knee")[0] > 0.2  # flexion: the knee goes forward
    assert moved("l.hip", 1, 40, "l.knee")[2] < -0.2  # abduction: to its own side
    assert moved("r.hip", 1, 40, "r.knee")[2] > 0.2
    assert moved("l.knee", 0, 90, "l.ankle")[0] < -0.3  # flexion: the heel goes back
    assert moved("l.hip", 2, 40, "l.toe")[2] < -0.05  # external rotation: the toes turn out
    assert moved("r.foot", 0, 30, "r.toe")[2] > 0.05
    assert moved("l.ankle", 0, 20, "l.toe")[1] > 0.03  # dorsiflexion: the toes go up
    assert moved("spine", 0, 40, "head")[0] > 0.1
    assert moved("body", 2, 90, "l.shoulder")[0] > 0.1  # turned to the right: the left shoulder comes forward


def test_every_direction_has_limits_a_rest_between_them_and_a_source() -> None:
    for ways in JOINTS.values():
        for way in ways:
            assert way.lowest <= way.rest <= way.highest
            assert len(way.source) > 3
            assert way.more != way.less


# ---- what holds in every figure ----


@every
def test_angles_stay_within_the_limits_of_the_joints(figure: Figure) -> None:
    for pose in figure.poses:
        for angle, value in zip(ANGLES, pose.angles, strict=True):
            way = angle.direction
            assert way.lowest - 0.01 <= value <= way.highest + 0.01, angle


@every
def test_nothing_is_below_the_floor(figure: Figure) -> None:
    for step in range(2 * len(figure.poses)):
        body = body_at(figure, step / (2 * len(figure.poses) - 1))
        deepest = min(POINTS, key=lambda name: low(body, name))
        assert low(body, deepest) > -0.01, f"{deepest} at step {step}"


@every
def test_contacts_hold_in_key_frames_and_between(figure: Figure) -> None:
    draft, keys = drafts()[figure.id], keys_of(drafts()[figure.id])
    first = stand(figure.face, figure.key_poses[0])
    for number, (pose, asked) in enumerate(zip(figure.key_poses, keys, strict=True)):
        body = stand(figure.face, pose)
        for each in asked:
            assert missed(each, draft, body, first if number else None) < 0.01, f"frame {number}: {each}"
        worst = max(clashes(body, draft.solids), key=lambda clash: clash.metres, default=None)
        assert worst is None or worst.metres < 0.016, worst
    round_ = [*keys, keys[0]] if figure.path == "circle" else keys
    for number, (before, after) in enumerate(pairwise(round_)):
        both = [each for each in before if each in after and each.kind != "moves"]
        for step in range(1, 12):
            body = body_at(figure, (number + step / 12) / (len(round_) - 1))
            for each in both:
                assert missed(each, draft, body, None) < 0.03, f"{number} and {step}/12: {each}"


def missed(contact: Contact, draft: Draft, body: Body, first: Body | None) -> float:
    return max(map(abs, measure(contact, draft.solids, first)(body)), default=0.0)


@every
def test_no_hand_or_foot_goes_through_a_wall(figure: Figure) -> None:
    walls = [box for name, box in drafts()[figure.id].solids.items() if name == "wall"]
    for pose in figure.poses:
        body = stand(figure.face, pose)
        for name in POINTS:
            assert all(outside(body.points[name], box) > -0.012 for box in walls), name


def test_what_is_lifted_may_come_down_elsewhere_and_what_stays_down_does_not_move() -> None:
    figure = solved()["ninety-front-pails-rails"].figure  # the hands go over to the front shin
    first, *_, last = (stand(figure.face, pose) for pose in figure.key_poses)
    moved = {name: length(minus(first.points[name], last.points[name])) for name in POINTS}
    assert min(moved["l.hand"], moved["r.hand"]) > 0.15
    assert max(moved["l.knee"], moved["r.knee"], moved["l.ankle"], moved["r.ankle"]) < 0.03


# ---- what they show ----


@every
def test_start_and_end_differ_visibly(figure: Figure) -> None:
    start, end = pictures(figure.id)
    if figure.path == "still":
        assert figure.keys == 1
    else:
        assert differ(start, end) >= 24


@every
def test_the_highlighted_part_is_seen(figure: Figure) -> None:
    _, end = pictures(figure.id)
    body = sum(role // 32 in BODY for role in end.roles)
    assert sum(role // 32 == ROLE["hot"] for role in end.roles) >= 0.04 * body


def test_any_two_figures_differ_unless_one_is_like_the_other() -> None:
    parts = {each.id: [role // 32 for role in pictures(each.id)[1].roles] for each in figures()}
    for one, two in combinations(figures(), 2):
        if one.alike == two.id or two.alike == one.id or (one.alike and one.alike == two.alike):
            assert (one.poses, one.push, one.straps) != (two.poses, two.push, two.straps)
        else:
            assert sum(map(ne, parts[one.id], parts[two.id])) >= 60, (one.id, two.id)


def differ(one: Picture, two: Picture) -> int:
    """In how many half cells two pictures differ clearly."""
    pairs = zip(one.colours, two.colours, strict=True)
    return sum(sum(abs(p - q) for p, q in zip(a, b, strict=True)) > 60 for a, b in pairs)


# ---- the catalogue ----

_HAND_OR_ELBOW = ("l.hand", "r.hand", "l.elbow", "r.elbow")
POSITIONS: dict[str, Callable[[Body], bool]] = {
    "supine": lambda body: body.frames["thorax"][1][0] > 0.6,
    "prone": lambda body: body.frames["thorax"][1][0] < -0.6,
    "side-lying": lambda body: abs(body.frames["thorax"][1][2]) > 0.6,
    "quadruped": lambda body: (
        body.frames["pelvis"][1][0] < 0.2
        and min(low(body, "l.knee"), low(body, "r.knee")) < 0.01
        and min(low(body, name) for name in _HAND_OR_ELBOW) < 0.01
    ),
    "half-kneeling": lambda body: (low(body, "l.knee") < 0.01) != (low(body, "r.knee") < 0.01),
    "seated-chair": lambda body: 0.4 < body.points["pelvis"][1] < 0.7 and body.frames["pelvis"][1][1] > 0.6,
    "seated-floor": lambda body: low(body, "pelvis") < 0.06 and body.frames["pelvis"][1][1] > 0.6,
    "standing": lambda body: (
        min(low(body, "l.toe"), low(body, "r.toe")) < 0.2  # on the floor or on a step
        and min(low(body, name) for name in ("l.knee", "r.knee", "pelvis")) > 0.02
    ),
}


LEAVES_ITS_POSITION = {"sit-to-stand-high": "it begins seated, and one stands up"}


@every
def test_the_pose_is_in_the_position_of_the_catalogue(figure: Figure, catalogue: Catalogue) -> None:
    position = catalogue.exercises[figure.id].position
    for each in (figure, turned(figure)):
        if figure.id in LEAVES_ITS_POSITION:
            first, last = (stand(each.face, each.key_poses[number]) for number in (0, -1))
            assert POSITIONS[position](first)
            assert not POSITIONS[position](last)
            continue
        on_the_way = () if figure.path == "there" else each.key_poses
        for pose in (each.key_poses[0], *on_the_way, each.key_poses[-1]):
            assert POSITIONS[position](stand(each.face, pose)), position


@every
def test_sides_and_way_are_those_of_the_exercise(figure: Figure, catalogue: Catalogue) -> None:
    exercise = catalogue.exercises[figure.id]
    assert (exercise.sides == "per_side") == any(part.side for part in figure.show)
    assert figure.path in PATHS_OF[kind_of(exercise.prescription)]


@every
def test_a_long_hold_of_each_repetition_is_shown(figure: Figure, catalogue: Catalogue) -> None:
    dose = catalogue.exercises[figure.id].prescription
    held = isinstance(dose, Reps) and any("hold" in label.split() and seconds >= 5 for label, seconds in dose.tempo)
    assert held == (figure.path == "there-hold-and-back")
    if held:
        assert tour(figure, 8).count(1.0) >= 8


PATHS_OF = {
    "hold": ("there", "still"),
    "contract_relax": ("there", "still"),
    "pails_rails": ("there", "still"),
    "reps": ("there-and-back", "there-hold-and-back", "still"),
    "timed_flow": ("there-and-back",),
    "cars": ("circle",),
}


def at(body: Body, name: str, axis: int) -> float:
    return body.points[name][axis]


def still(figure: Figure, *points: str) -> bool:
    ends = [stand(figure.face, pose) for pose in figure.key_poses]
    return all(length(minus(a.points[p], b.points[p])) < 0.03 for a, b in pairwise(ends) for p in points)


def ahead(b: Body, name: str, of: str) -> float:
    """How far one point is in front of another, on the floor, the way that the pelvis faces."""
    x, _, z = minus(b.points[name], b.points[of])
    front, side = b.frames["pelvis"][0][0], b.frames["pelvis"][2][0]
    return (x * front + z * side) / length((front, 0, side))


def rests(figure: Figure, point: str) -> bool:
    return any(name.partition("@")[0] == point for name, _ in figure.contacts)


def moves_alone(figure: Figure, _: Body) -> bool:
    return not still(figure, "l.ankle") and still(figure, "r.ankle")


# What the words for the working side mean, looked at in the left-sided figure, at its end.
SIDE_IS: dict[str, Callable[[Figure, Body], bool]] = {
    "the kneeling leg": lambda _, b: low(b, "l.knee") < 0.01 and low(b, "r.knee") > 0.2,
    "the back leg": lambda _, b: ahead(b, "r.ankle", "l.ankle") > 0.15,
    "the front leg": lambda _, b: ahead(b, "l.ankle", "r.ankle") > 0.1,
    "the hanging leg": lambda _, b: at(b, "l.knee", 1) < at(b, "r.knee", 1) - 0.2,
    "the leg off the chair": lambda _, b: at(b, "l.knee", 1) < at(b, "r.knee", 1) - 0.2,
    "the top leg": lambda _, b: at(b, "l.hip", 1) > at(b, "r.hip", 1),
    "the foot-up leg": lambda _, b: at(b, "l.ankle", 1) > at(b, "l.knee", 1) + 0.2,
    "the leg on the chair": lambda f, _: rests(f, "l.ankle") and not rests(f, "r.ankle"),
    "the crossed leg": lambda f, _: (
        ("l.shin", "r.thigh") in [tuple(n.partition("@")[0] for n in pair) for pair in f.contacts]
    ),
    "the standing leg": lambda f, _: rests(f, "l.toe") and not rests(f, "r.toe"),
    "the leg on the step": lambda f, _: ("l.heel", "step") in f.contacts and not rests(f, "r.heel"),
    "the bending leg": lambda f, _: bend(f, "l.knee") > bend(f, "r.knee") + 40,
    "the bent leg": lambda f, _: bend(f, "l.knee") > bend(f, "r.knee") + 40,
    "the leg drawn across": lambda _, b: at(b, "l.knee", 2) > at(b, "l.hip", 2) + 0.03,
    "the leg on the table": lambda f, _: ("l.ankle", "table") in f.contacts,
    "the buttock on the ball": lambda f, _: ("l.thigh@0", "ball") in f.contacts,
    "the moving leg": moves_alone,
    "the circling leg": moves_alone,
    "the lifting leg": moves_alone,
    "the lifted leg": lambda f, b: not rests(f, "l.ankle") and not rests(f, "l.heel") and b is not None,
    "the straight leg": lambda f, _: bend(f, "l.knee") < 30 < bend(f, "r.knee"),
    "the raised leg": lambda _, b: at(b, "l.ankle", 1) > at(b, "r.ankle", 1) + 0.3,
    "the leg out in front": lambda _, b: at(b, "l.ankle", 0) > at(b, "r.ankle", 0) + 0.2,
    "the leg in the strap": lambda f, _: {str(each.end)[:2] for each in f.straps} == {"l."},
    "the leg in the band": lambda f, _: {each.start[:2] for each in f.straps} == {"l."},
    "the leg on the roller": lambda f, _: any(a[:2] == "l." and b == "roller" for a, b in f.contacts),
    "the pushing leg": lambda f, _: rests(f, "l.heel") and not rests(f, "r.heel"),
    "the lower side": lambda _, b: at(b, "l.hip", 1) < at(b, "r.hip", 1),
}


def bend(figure: Figure, joint: str) -> float:
    return figure.key_poses[-1].angles[INDEX[Angle(joint, 0)]]


@every
def test_the_left_is_what_the_exercise_calls_so(figure: Figure, catalogue: Catalogue) -> None:
    side_is = catalogue.exercises[figure.id].side_is
    if side_is:
        assert SIDE_IS[side_is](figure, stand(figure.face, figure.key_poses[-1])), side_is
