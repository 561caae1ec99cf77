"""Figures drawn: cells in every depth of colour, SVG, the command, and what is said of a file that is wrong."""

import json
import re
from functools import cache
from itertools import pairwise
from math import hypot
from operator import ne
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from hiproutine.catalogue import cache as catalogue_cache
from hiproutine.figure.cells import DEPTHS, ansi, beside, cells
from hiproutine.figure.contacts import NotUnderstood, contacts_of, points_of
from hiproutine.figure.frames import beats_of, body_at, eased, end_of, pose_at, tour
from hiproutine.figure.joints import JOINTS
from hiproutine.figure.model import Camera, Figure, turned
from hiproutine.figure.palette import HAIRS, RGB, SKINS, contrast, of_256, palette
from hiproutine.figure.raster import finished
from hiproutine.figure.reading import problems, read
from hiproutine.figure.skeleton import Pose, Vector, point
from hiproutine.figure.skin import dimmed
from hiproutine.figure.solver import solve
from hiproutine.figure.stage import Arrow, Frame, Spot, Stage, fitting
from hiproutine.figure.svg import Drawing, page, sheet, svg
from hiproutine.paths import find
from hiproutine.settings import model as settings
from hiproutine.yaml.nodes import FileProblems
from tests.cli.test_main import python
from tests.conftest import Run
from tests.figure.test_figure import figures, solved

BACKGROUNDS: list[RGB] = [
    (18, 23, 28),
    (0, 0, 0),
    (247, 248, 249),
    (255, 255, 255),
    (40, 42, 54),
    (46, 52, 64),
    (0, 43, 54),
    (253, 246, 227),
    (30, 30, 46),
    (239, 241, 245),
]


def figure_of(name: str) -> Figure:
    return solved()[name].figure


# ---- cells ----


def test_a_picture_that_is_drawn_with_pauses_is_the_same() -> None:
    stage = Stage(figure_of("clamshell"), 112, 30, palette())
    work = stage.picturing(Frame(0.5))
    assert sum(1 for _ in work) > 20  # a loop that only counts the pauses
    assert finished(stage.picturing(Frame(0.5))) == stage.picture(0.5)


def test_cells_that_were_drawn_once_are_kept() -> None:
    stage = Stage(figure_of("clamshell"), 30, 9, palette())
    assert stage.lines(0.5) is stage.lines(0.5)
    assert stage.lines(0.5, "ascii") is not stage.lines(0.5)


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize(("columns", "rows"), [(24, 8), (44, 13), (101, 31)])
def test_cells_fill_the_size_in_every_depth_of_colour(depth: str, columns: int, rows: int) -> None:
    colours = palette()
    found = cells(Stage(figure_of("glute-bridge"), columns, rows, colours).picture(1), colours, depth)
    assert len(found) == rows
    assert {sum(len(run.text) for run in line) for line in found} == {columns}
    kinds = {type(colour) for line in found for run in line for colour in (run.colour, run.behind)}
    assert kinds <= {"true": {tuple, type(None)}, "256": {int, type(None)}, "16": {int, type(None)}}.get(
        depth, {type(None)}
    )


def test_the_largest_size_is_drawn_too() -> None:
    colours = palette()
    assert len(cells(Stage(figure_of("clamshell"), 200, 50, colours, a_side=1).picture(0.5), colours)) == 50


@pytest.mark.parametrize("depth", ["none", "ascii", "16"])
def test_with_few_colours_or_none_the_shape_and_the_highlight_can_still_be_read(depth: str) -> None:
    colours = palette()
    for name in ("half-kneeling-hip-flexor", "glute-bridge", "side-plank"):
        figure = figure_of(name)
        picture = Stage(figure, 60, 18, colours, arrows=False).picture(end_of(figure))
        lines = cells(picture, colours, depth)
        text = "\n".join("".join(run.text for run in line) for line in lines)
        if depth == "16":
            marks = {run.colour for line in lines for run in line} | {run.behind for line in lines for run in line}
            assert {11, 15} <= marks
            continue
        near, hot = ("#", "%") if depth == "ascii" else ("█", "▚")
        assert text.count(near) > 30
        assert text.count(hot) > 5
        assert text.isascii() == (depth == "ascii")


def test_the_highlight_is_striped_so_that_colour_is_not_all_that_tells_it() -> None:
    colours = palette()
    picture = Stage(figure_of("glute-bridge"), 44, 13, colours, arrows=False).picture(1)
    levels = [role % 32 for role in picture.roles if role // 32 == 13]
    dark = sum(level <= 15 for level in levels)
    assert 0.2 * len(levels) < dark < 0.5 * len(levels)


def test_what_is_not_drawn_is_the_terminals_own_background() -> None:
    colours = palette()
    found = cells(Stage(figure_of("warm-up-march"), 44, 13, colours).picture(0), colours)
    assert found[0][0].colour is found[0][0].behind is None
    first = ansi(found).split("\n")[0]
    assert first.startswith(" ")
    assert first.endswith("\x1b[0m")
    assert re.findall(r"\x1b\[([0-9;]*)m", first)[0].startswith("38;2;")


def test_pictures_stand_beside_one_another() -> None:
    colours = palette()
    stage = Stage(figure_of("clamshell"), 30, 9, colours)
    both = beside(cells(stage.picture(0), colours, "ascii"), cells(stage.picture(1), colours, "ascii"))
    assert {sum(len(run.text) for run in line) for line in both} == {62}


def test_a_figure_that_stands_fills_a_portrait_block_and_one_that_lies_a_wide_one() -> None:
    columns, rows = fitting(figure_of("warm-up-march"), 60, 18)
    assert columns < 30
    assert rows == 18
    columns, rows = fitting(figure_of("supine-hamstring-strap"), 44, 40)
    assert columns == 44
    assert rows < 20


def test_a_hold_alone_is_drawn_larger() -> None:
    figure = figure_of("sit-to-stand")
    whole, end = (Stage(figure, 44, 13, palette(), only_end=only) for only in (False, True))
    assert end.view.scale > 1.2 * whole.view.scale


def test_an_effort_is_an_arrow_of_its_own_colour() -> None:
    pair = figure_of("half-kneeling-hip-flexor"), figure_of("half-kneeling-contract-relax")
    roles = [{role // 32 for role in Stage(each, 60, 20, palette()).picture(1).roles} for each in pair]
    assert roles[1] - roles[0] == {15}


def test_the_far_side_is_dimmer() -> None:
    picture = Stage(figure_of("supine-hamstring-strap"), 60, 20, palette()).picture(1)
    levels = [role % 32 for role in picture.roles if role // 32 == 8]
    assert min(levels) < 14
    assert max(levels) > 17


@pytest.mark.parametrize("name", ["ninety-trail-pails-rails", "ninety-ninety-switch", "cossack-squat"])
def test_no_limb_gets_brighter_at_once_while_it_moves(name: str) -> None:
    figure = figure_of(name)
    seen = Stage(figure, 44, 13, palette(), a_side=1).view
    steps = 32 * (figure.keys - 1)
    tones = [dimmed(body_at(figure, step / steps), seen, figure.show) for step in range(steps + 1)]
    assert {len(each) for each in tones} == {12}
    assert max(abs(a[limb] - b[limb]) for a, b in pairwise(tones) for limb in a) < 0.15
    assert any(a != b for a, b in pairwise(tones))


# ---- colours ----


@pytest.mark.parametrize("background", BACKGROUNDS)
@pytest.mark.parametrize("skin", SKINS)
def test_colours_stand_out_on_every_background(background: RGB, skin: str) -> None:
    for hair in HAIRS:
        found = palette(background, skin, hair).colours
        assert found["background"] == background
        for role, least in (("skin", 2.9), ("hot", 2.9), ("shirt", 1.9), ("arrow", 4.4), ("push", 2.9)):
            assert contrast(found[role], background) >= least, role
        assert contrast(found["mat"], background) < 1.6


def test_the_nearest_of_256_colours() -> None:
    assert of_256((0, 0, 0)) == 16
    assert of_256((255, 255, 255)) == 231
    assert of_256((255, 0, 0)) == 196
    assert of_256((118, 118, 118)) == 243


# ---- in time ----


def test_a_way_is_slow_at_its_ends_and_a_circle_closes() -> None:
    assert (eased(0), eased(0.5), eased(1)) == (0, 0.5, 1)
    assert eased(0.1) < 0.05
    way = figure_of("clamshell")
    assert pose_at(way, 0) == way.poses[0]
    for share in (1, 7):
        assert flat(pose_at(way, share)) == pytest.approx(flat(way.poses[-1]))
    round_ = figure_of("hip-cars-quadruped")
    assert flat(pose_at(round_, 1.0)) == pytest.approx(flat(round_.poses[0]), abs=1e-6)
    assert flat(pose_at(round_, -0.25)) == pytest.approx(flat(pose_at(round_, 0.75)), abs=1e-6)


def flat(pose: Pose) -> list[float]:
    return [*pose.angles, *pose.pelvis]


@pytest.mark.parametrize(
    ("name", "labels", "rep", "spans"),
    [
        ("clamshell", ["open", "hold", "close"], 1, [(0, 1), (1, 1), (1, 0)]),
        ("clamshell", ["lower", "lift", "hold", "rest"], 2, [(0, 1), (1, 0), (0, 0), (0, 0)]),
        ("clamshell", ["let go and hold", "lower"], 1, [(0, 0), (0, 1)]),
        ("worlds-greatest", ["step and sink", "rotate and reach up", "return"], 1, [(0, 0), (0, 1), (1, 0)]),
        ("dead-bug", ["reach", "return"], 1, [(0.5, 0), (0, 0.5)]),
        ("dead-bug", ["reach", "return"], 2, [(0.5, 1), (1, 0.5)]),
        ("ninety-ninety-switch", ["lift and turn", "settle"], 1, [(0, 1), (1, 1)]),
        ("ninety-ninety-switch", ["lift and turn", "settle"], 2, [(1, 0), (0, 0)]),
        ("hip-cars-quadruped", ["lift", "round"], 1, [(0, 0.5), (0.5, 1)]),
        ("adductor-squeeze", ["press", "let go"], 1, [(0, 0), (0, 0)]),
    ],
)
def test_a_repetition_moves_with_its_beats(
    name: str, labels: list[str], rep: int, spans: list[tuple[float, float]]
) -> None:
    assert beats_of(figure_of(name), labels, rep) == spans


@pytest.mark.parametrize("name", ["clamshell", "half-kneeling-hip-flexor", "hip-cars-quadruped", "constructive-rest"])
def test_a_tour_can_be_repeated_without_a_jump(name: str) -> None:
    shares = tour(figure_of(name), 8)
    if name == "hip-cars-quadruped":
        assert shares[0] == 0
        assert shares[-1] < 1
    else:
        assert shares[0] == shares[-1] == 0
    assert all(abs(a - b) <= 0.126 for a, b in pairwise(shares))


def test_arrows_of_efforts_are_inside_the_picture() -> None:
    pushing = [figure for figure in figures() if figure.push]
    assert len(pushing) > 10
    for figure in pushing:
        stage = Stage(figure, *fitting(figure, 96, 36), palette(), a_side=1)
        ends = [spot for arrow in stage.arrows(end_of(figure)) if arrow.role_name == "push" for spot in arrow.spots]
        assert len(ends) > 0
        assert all(-1 <= x <= stage.view.wide + 1 and -1 <= y <= stage.view.high + 1 for x, y in ends), figure.id


def pushes(stage: Stage, share: float) -> list[Arrow]:
    return [arrow for arrow in stage.arrows(share) if arrow.role_name == "push"]


@pytest.mark.parametrize("figure", [each for each in figures() if each.push], ids=lambda each: each.id)
def test_the_arrow_of_an_effort_goes_with_its_limb(figure: Figure) -> None:
    """In a position that one gets into it is there once nothing moves any more."""
    stage = Stage(figure, *fitting(figure, 96, 36), palette(), a_side=1)
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        found = pushes(stage, share)
        if figure.path == "there" and share < 1:
            assert not found
            continue
        assert len(found) == len(figure.push)
        for arrow, push in zip(found, figure.push, strict=True):
            x, y = stage.view.at(point(body_at(figure, share), push.point))
            assert min(hypot(x - a, y - b) for a, b in arrow.spots) < 0.1 * stage.view.scale


def test_an_effort_towards_the_viewer_has_no_arrow() -> None:
    figure = figure_of("half-kneeling-contract-relax")._replace(camera=Camera(0, 0), arrow=None)
    assert pushes(Stage(figure, 60, 30, palette(), a_side=1), 1.0) == []


# ---- SVG ----


def test_every_drawing_is_small_whole_and_has_both_grounds() -> None:
    for figure in figures():
        text = svg(figure, "A & B")
        assert len(text.encode()) < 12_000, figure.id
        root = ET.fromstring(text)
        assert root.find("{*}title") is not None
        assert "prefers-color-scheme:dark" in text
        classes = {path.get("class") for path in root.iter("{http://www.w3.org/2000/svg}path")}
        assert "h" in classes
        assert "s" in classes
        moves = figure.keys > 1 and figure.path != "circle" and not figure.close_up
        assert ("g" in classes) == moves  # the start, thin
        assert "a" in classes or "u" in classes or not figure.arrow


def test_the_other_side_is_drawn_the_other_way_round() -> None:
    left = figure_of("clamshell")
    assert svg(left, "x") != svg(turned(left), "x")


drawn = cache(svg)


@pytest.fixture
def drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keeps the drawings of sheets, which are the same in all of them."""
    monkeypatch.setattr("hiproutine.figure.svg.svg", drawn)


@pytest.mark.usefixtures("drawn_once")
def test_tones_of_skin_and_hair_are_settings(run: Run, tmp_path: Path) -> None:
    assert list(settings.SKINS) == list(SKINS)
    assert list(settings.HAIRS) == list(HAIRS)

    def pictures() -> tuple[str, ...]:
        cells_ = run("figure", "glute-bridge", "--size", "60x20", "--colours", "true").out
        for name in ("one.svg", "all.html"):
            words = ["--sheet"] if name == "all.html" else ["glute-bridge", "--svg"]
            assert run("figure", *words, str(tmp_path / name)).code == 0
        return cells_, *((tmp_path / name).read_text("utf-8") for name in ("one.svg", "all.html"))

    before = pictures()
    file = find().config / "settings.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    for text in ("skin: dark\n", "hair: fair\n"):
        file.write_text(text, encoding="utf-8")
        assert all(map(ne, pictures(), before))


@pytest.mark.parametrize("name", ["seated-heel-raise", "heel-raise"])
def test_a_head_turned_a_little_away_has_a_face_before_its_hair(name: str) -> None:
    figure = figure_of(name)
    stage = Stage(figure, 96, 32, palette(), a_side=1)
    pieces = list(Drawing(stage.view).pieces(body_at(figure, 1), figure))
    head = next(piece for piece in pieces if piece.shape and piece.shape.name == "head")
    hair = next(piece for piece in pieces if piece.kind == "k")
    assert hair.hides(head) > 0

    def reach(way: Vector, outline: list[Spot]) -> float:
        return max(x * way[0] + y * way[1] for x, y in outline)

    front = [row[0] for row in body_at(figure, 1).frames["head"]]
    ahead = sum(a * b for a, b in zip(front, stage.view.basis.right, strict=True)), -front[1], 0.0
    assert reach(ahead, head.outline) - reach(ahead, hair.outline) > 20


def test_sheets_hold_every_drawing_with_its_name() -> None:
    drawings = [(f"{each.id} <&>", svg(each, each.id, "")) for each in figures()[:6]]
    root = ET.fromstring(sheet(drawings))
    assert len(root.findall("{*}svg")) == 6
    assert [each.text for each in root.findall("{*}text")] == [name for name, _ in drawings]
    html = page(drawings)
    assert html.count("<figcaption>") == html.count("<svg") == 6
    assert "&lt;&amp;&gt;" in html
    assert html.count("<style>") == 1


# ---- the file, when it is wrong ----

BASES = """\
bases:
  lying: {face: back, at: [0, 0.11, 0], contacts: [back on floor, hands on floor]}
figures:
"""
GOOD = "  one: {base: lying, path: still, show: [buttock], camera: [270, 10], frames: [{l.knee: 90}]}\n"


def test_a_file_without_faults_is_read_and_a_figure_inherits() -> None:
    found = read(f"{BASES}{GOOD}  two: {{like: one, push: [l.knee up], camera: [90, 10]}}\n", "f.yaml")
    assert found["two"].figure.alike == "one"
    assert found["two"].figure.show == found["one"].figure.show
    assert found["two"].figure.camera.azimuth == 90
    assert found["two"].frames[0].contacts == found["one"].frames[0].contacts


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("l.knee: 90", "l.knee: 190", 'f.yaml:4:89: a number from 0 to 152 is expected here, not "190"'),
        ("l.knee: 90", "l.knie: 90", 'f.yaml:4:81: "l.knie" is not a field here (did you mean "l.knee"?)'),
        ("l.knee: 90", "l.hip: [90, 0]", "l.hip has 3 numbers here: flexion, abduction, external rotation"),
        ("base: lying", "base: laying", '"laying" is not one of lying (did you mean "lying"?)'),
        ("show: [buttock]", "show: [buttok]", "is not one of front-of-hip"),
        ("show: [buttock]", "contacts: [l.kneee on floor], show: [buttock]", 'f.yaml:4:46: "l.kneee" is no point'),
        ("show: [buttock]", "contacts: [l.knee on flor], show: [buttock]", '(did you mean "floor"?)'),
        ("show: [buttock]", "contacts: [l.knee at wall], show: [buttock]", '"wall" is none of the props here'),
        ("show: [buttock]", "contacts: [l.knee near floor], show: [buttock]", "a contact is one of"),
        ("show: [buttock]", "contacts: [l.hand bends 90], show: [buttock]", "knee and elbow bend"),
        ("show: [buttock]", "contacts: [l.knee apart r.knee x], show: [buttock]", '"x" is no number'),
        ("show: [buttock]", "drop: [l.foot], show: [buttock]", '"l.foot" names no contact that holds here'),
        ("show: [buttock]", "push: [l.knee upp], show: [buttock]", '"upp" is not one of forward, back, up'),
        ("show: [buttock]", "props: {char: {}}, show: [buttock]", '"char" is not a field here (did you mean "chair"?)'),
        ("camera: [270, 10]", "camera: [270, 95]", "the camera stands 0 to 80 degrees high"),
        ("path: still", "path: there", "a movement has two key frames or more"),
        ("frames: [{l.knee: 90}]", "frames: [{mirror: 0}]", "it can mirror an earlier frame"),
        ("path: still, ", "", '"path" is missing'),
        ("  one: {base", "  one: {like: zero, base", '"zero" is no figure above this one'),
    ],
)
def test_a_fault_is_named_with_its_place(old: str, new: str, said: str) -> None:
    text = BASES + GOOD
    assert old in text
    with pytest.raises(FileProblems) as caught:
        read(text.replace(old, new), "f.yaml")
    assert said in str(caught.value)
    assert re.match(r"f\.yaml:4:[0-9]+: ", str(caught.value))


def test_a_pose_that_stays_open_says_what_keeps_it_open() -> None:
    text = BASES + GOOD.replace("{l.knee: 90}", "{also: [l.knee apart r.knee 1.5]}")
    draft = read(text, "f.yaml")["one"]
    (told,) = problems(draft, solve(draft).open, "f.yaml")
    assert str(told).startswith("f.yaml:4:80: one, a frame cannot be solved: ")
    assert '"l.knee apart r.knee 1.5" is missed by' in told.sentence
    assert "is at its limit, 75 degrees of abduction" in told.sentence


def test_of_a_hopeless_pose_the_three_worst_faults_are_named_and_the_others_counted() -> None:
    asked = "l.knee apart r.knee 1.5, l.hand apart r.hand 2.5, head on l.heel"
    draft = read(BASES + GOOD.replace("{l.knee: 90}", f"{{also: [{asked}]}}"), "f.yaml")["one"]
    ((_, sentence),) = solve(draft).open
    *worst, others = sentence.split("; ")
    assert [re.sub("[0-9.]+ cm", "", each) for each in worst] == [
        '"l.hand apart r.hand 2.5" is missed by ',
        '"l.knee apart r.knee 1.5" is missed by ',
        '"head touches l.heel" is missed by ',
    ]
    assert re.fullmatch("and [0-9]+ more", others)


def test_words_for_contacts_mean_points_of_the_body() -> None:
    assert points_of("hands") == ["l.hand", "r.hand"]
    assert points_of("l.foot") == ["l.heel", "l.toe"]
    assert points_of("thighs@0.5") == ["l.thigh@0.5", "r.thigh@0.5"]
    hands = contacts_of("hands on thighs@0.5", {})
    assert [(each.point, each.others) for each in hands] == [("l.hand", ("l.thigh@0.5",)), ("r.hand", ("r.thigh@0.5",))]
    assert str(contacts_of("l.knee apart r.knee 0.5", {})[0]) == "l.knee apart r.knee 0.5"
    with pytest.raises(NotUnderstood):
        contacts_of("floor", {})


# ---- the command ----


def test_an_exercise_is_drawn_in_the_size_that_was_asked_for(run: Run) -> None:
    said = run("figure", "glute-bridge", "--size", "60x20", "--colours", "ascii")
    assert said.code == 0
    lines = said.out.rstrip("\n").split("\n")
    assert 8 <= len(lines) <= 20
    assert 40 < max(map(len, lines)) <= 60
    assert said.out.isascii()
    right = run("figure", "glute-bridge", "--side", "right", "--size", "60x20", "--colours", "ascii")
    assert right.out != said.out


def test_start_and_end_stand_beside_one_another_where_there_is_room(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINES", "24")
    wide = []
    for columns in ("200", "60"):
        monkeypatch.setenv("COLUMNS", columns)
        wide.append(max(map(len, run("figure", "clamshell").out.split("\n"))))
    assert wide[0] > 100
    assert wide[1] < 60


def test_json_has_the_joints_in_space(run: Run) -> None:
    said = json.loads(run("figure", "clamshell", "--json", "--side", "right").out)
    assert said["exercise"] == "clamshell"
    assert said["side"] == "right"
    assert said["units"] == "m"
    assert [frame["t"] for frame in said["frames"]][::8] == [0, 0.5, 1]
    joints = said["frames"][-1]["joints"]
    assert {"pelvis", "chest", "head", "left_hip", "right_toe", "left_hand"} <= set(joints)
    assert len(joints) == 3 + 2 * 8
    assert joints["right_knee"][1] > joints["left_knee"][1]  # the top leg is the right one
    assert {"point": "left_ankle", "on": "floor"} in said["contacts"]
    assert said["highlight"] == [{"part": "outside-of-hip", "side": "right"}]
    props = json.loads(run("figure", "sit-to-stand", "--json").out)["props"]
    assert {prop["name"] for prop in props} == {"chair", "chair-back"}


@pytest.mark.usefixtures("drawn_once")
def test_svg_and_sheets_are_written_to_files(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "one.svg"
    assert run("figure", "clamshell", "--svg", str(target)).code == 0
    assert "Clamshell" in target.read_text(encoding="utf-8")
    for name, count in (("all.svg", len(figures()) + 1), ("all.html", len(figures()))):
        assert run("figure", "--sheet", str(tmp_path / name)).code == 0
        assert (tmp_path / name).read_text(encoding="utf-8").count("<svg") == count


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["clamshel"], 1, 'no exercise has the id "clamshel" (did you mean "clamshell"?)'),
        ([], 2, "either the ID of an exercise, or --sheet FILE"),
        (["clamshell", "--sheet", "x.svg"], 2, "either the ID"),
        (["--sheet", "x.svg", "--json"], 2, "--sheet goes with no other option"),
        (["--sheet", "x.pdf"], 1, "ends in .svg or .html"),
        (["clamshell", "--size", "60"], 2, "COLUMNSxROWS"),
        (["clamshell", "--size", "20x8"], 2, "24x8 to 200x50"),
        (["clamshell", "--size", "200x51"], 2, "24x8 to 200x50"),
        (["clamshell", "--animate"], 1, "--animate needs a terminal"),
        (["clamshell", "--svg", "a", "--json"], 2, "not allowed with"),
    ],
)
def test_what_cannot_be_drawn_is_said_in_a_sentence(run: Run, words: list[str], code: int, said: str) -> None:
    found = run("figure", *words)
    assert found.code == code
    assert said in found.err
    assert not found.out


def test_a_file_of_figures_is_no_part_of_the_catalogue(tmp_path: Path) -> None:
    for name in ("figures.yaml", "mine.yaml", ".hidden.yaml"):
        (tmp_path / name).write_text("exercises: []", encoding="utf-8")
    assert [path.name for path in catalogue_cache.files(tmp_path)] == ["mine.yaml"]


def test_a_start_without_a_figure_imports_nothing_of_it() -> None:
    code = (
        "import sys; from hiproutine.cli.main import main; main(['list']); main(['streak']);"
        " print([name for name in sys.modules if 'figure' in name], file=sys.stderr)"
    )
    said = python("-c", code)
    assert said.err.strip() == "[]"


def test_drawing_needs_no_textual_rich_or_yaml() -> None:
    code = (
        "import sys; from hiproutine.cli.main import main; main(['figure', 'clamshell', '--size', '24x8']);"
        " print({'textual', 'rich', 'yaml', 'hiproutine.figure.solver'} & {*sys.modules}, file=sys.stderr)"
    )
    python("-m", "hiproutine", "list")  # the catalogue is read once, and cached
    assert python("-c", code).err.strip() == "set()"


def test_the_limits_in_the_documentation_are_those_of_the_table() -> None:
    text = (Path(__file__).parents[2] / "docs" / "figures.md").read_text(encoding="utf-8")
    for name, ways in JOINTS.items():
        for way in ways if name != "body" else ():
            assert f"| {name} | {way.more} | {way.lowest:g} | {way.highest:g} | {way.source} |" in text
