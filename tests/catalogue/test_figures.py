"""The figures of the user's own exercises: read with places, solved when first needed, kept, and inherited."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hiproutine.catalogue import overlay, writer
from hiproutine.catalogue.figures import Figures
from hiproutine.catalogue.model import Catalogue
from hiproutine.errors import HiproutineError
from hiproutine.figure import solver
from hiproutine.figure.model import Camera
from hiproutine.paths import find, shipped
from hiproutine.yaml.nodes import FileProblems
from tests.cli.test_main import python
from tests.conftest import Run

EXERCISE = """\
  - id: {id}
    name: {id}
    category: strength
    position: standing
    sides: both
    areas: [buttock]
    prescription: 2x10
    setup: [Stand.]
"""
BEND = """\
    figure:
      base: standing
      path: there-and-back
      sides: both
      show: [front-of-thigh]
      camera: [290, 10]
      frames:
        - {shoulders: [10, 8, 0]}
        - {at: [-0.1, 0.6, 0], body: [30, 0, 0], hips: [80, 10, 0], knees: 90, ankles: 20}
"""
IMPOSSIBLE = """\
    figure:
      base: standing
      path: still
      sides: both
      show: [buttock]
      camera: [290, 10]
      contacts: [l.hand apart r.hand 2.5]
      frames:
        - {hips: [0, 10, 0]}
"""


def written(text: str) -> Path:
    """The own file of the user of this test."""
    file = find().config / "catalogue" / "mine.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return file


Making = Callable[[str], Figures]


def own(*entries: tuple[str, str]) -> str:
    return "exercises:\n" + "".join(EXERCISE.format(id=name) + figure for name, figure in entries)


@pytest.fixture
def making(catalogue: Catalogue, tmp_path: Path) -> Making:
    def make(text: str) -> Figures:
        (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
        exercises = overlay.read([tmp_path / "mine.yaml"], catalogue).exercises
        return Figures(shipped(), tmp_path / "cache", exercises)

    return make


@pytest.fixture
def solving(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids that are solved from now on."""
    asked: list[str] = []
    solve = solver.solve

    def spied(draft: solver.Draft) -> solver.Solved:
        asked.append(draft.figure.id)
        return solve(draft)

    monkeypatch.setattr(solver, "solve", spied)
    return asked


def test_an_own_figure_is_solved_once_and_kept_until_it_changes(making: Making, solving: list[str]) -> None:
    text = own(("bend", BEND))
    found = making(text).find("bend")
    assert found
    assert (found.id, found.keys, len(found.poses)) == ("bend", 2, 9)
    assert solving == ["bend"]
    assert making(text).find("bend") == found
    assert solving == ["bend"]
    assert making(text.replace("knees: 90", "knees: 60")).find("bend") != found
    assert solving == ["bend", "bend"]


def test_a_figure_may_be_like_another_one_and_change_some_of_it(making: Making, solving: list[str]) -> None:
    made = making(
        own(
            ("same", "    figure: {like: glute-bridge}\n"),
            ("same-again", "    figure: {like: same}\n"),
            ("seen-from-behind", "    figure: {like: same-again, camera: [180, 10]}\n"),
            ("bend", BEND),
            ("slower-bend", "    figure: {like: bend}\n"),
        )
    )
    bridge = made.find("glute-bridge")
    assert bridge
    assert made.find("same") == bridge._replace(id="same")
    assert made.find("same-again") == bridge._replace(id="same-again")
    assert solving == []  # those that ship are solved
    turned_round = made.find("seen-from-behind")
    assert turned_round
    assert (turned_round.camera, turned_round.keys) == (Camera(180, 10), bridge.keys)
    bend, slower = made.find("bend"), made.find("slower-bend")
    assert bend
    assert slower == bend._replace(id="slower-bend")
    assert solving == ["seen-from-behind", "bend"]


def test_what_extends_an_exercise_inherits_its_figure(making: Making) -> None:
    made = making(
        own(("bend", BEND))
        + "  - {extends: couch-stretch, name: The couch}\n"
        + "  - {id: my-couch, extends: couch-stretch, name: Mine}\n"
        + "  - {id: my-bend, extends: bend, name: Mine}\n"
        + "  - {id: another, extends: couch-stretch, name: Another, figure: {like: clamshell}}\n"
    )
    couch = made.find("couch-stretch")
    assert couch
    assert made.find("my-couch") == couch._replace(id="my-couch")
    bend, mine, another, clamshell = map(made.find, ("bend", "my-bend", "another", "clamshell"))
    assert bend
    assert mine == bend._replace(id="my-bend")
    assert clamshell
    assert another == clamshell._replace(id="another")


def test_without_a_figure_there_is_none(making: Making) -> None:
    made = making(own(("plain", ""), ("like-plain", "    figure: {like: plain}\n")))
    assert made.find("plain") is None
    assert made.find("like-plain") is None
    assert made.find("nonsense") is None


def test_all_figures_are_the_shipped_ones_and_the_own_ones_that_can_be_drawn(
    making: Making, catalogue: Catalogue
) -> None:
    made = making(own(("bend", BEND), ("broken", BEND.replace("standing", "stood")), ("plain", "")))
    names = [name for name, _ in made.all()]
    assert set(names) == {*catalogue.exercises, "bend"}
    assert names[-1] == "bend"


@pytest.mark.parametrize(
    ("figure", "place", "said"),
    [
        (BEND.replace("[80, 10, 0]", "[180, 10, 0]"), (18, 57), "a number from -30 to 130 is expected here"),
        (BEND.replace("hips:", "hopes:"), (18, 50), 'is not a field here (did you mean "hips"?)'),
        (BEND.replace("front-of-thigh", "front-of-thy"), (14, 14), "front-of-thy"),
        ("    figure: bridge\n", (10, 13), "a mapping (key: value) is expected here"),
        ("    figure: {like: glute-brige}\n", (10, 20), 'did you mean "glute-bridge"?'),
        ("    figure: {base: standing}\n", (10, 13), '"frames" is missing'),
    ],
)
def test_what_is_wrong_with_the_shape_is_told_when_the_file_is_read(
    making: Making, figure: str, place: tuple[int, int], said: str
) -> None:
    with pytest.raises(FileProblems) as told:
        making(own(("bend", figure)))
    assert any((each.line, each.column) == place and said in each.sentence for each in told.value.problems), told.value


_CHAIN = 600
"""More than Python goes down one in another."""
FAULTS = {
    "a base that is none": (BEND.replace("base: standing", "base: standing-tall"), 11, "standing-tall"),
    "a contact that is none": (BEND.replace("shoulders:", "also: [l.hand on flor], shoulders:"), 17, "flor"),
    "a frame that cannot be solved": (IMPOSSIBLE, 18, '"l.hand apart r.hand 2.5" is missed by'),
    "like one without a figure": ("    figure: {like: plain}\n", 10, '"plain" has no figure'),
    "like itself": ("    figure: {like: bend, camera: [90, 10]}\n", 10, '"bend" has no figure'),
    "a change that does not fit": ("    figure: {like: clamshell, drop: [l.foot]}\n", 10, '"l.foot" names no contact'),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_check_tells_what_is_wrong_with_a_figure_and_the_exercise_stays(run: Run, fault: str) -> None:
    figure, line, said = FAULTS[fault]
    file = written(own(("bend", figure), ("plain", "")))
    told = run("check")
    assert told.code == 1
    (problem,) = told.err.splitlines()
    assert problem.startswith(f"{file}:{line}:")
    assert said in problem
    assert run("show", "bend").code == 0
    drawn = run("figure", "bend")
    assert drawn.code == 1
    assert "bend" in drawn.err


def test_an_own_figure_is_drawn_by_the_command(run: Run) -> None:
    written(own(("bend", BEND)))
    assert run("check").code == 0
    assert run("figure", "bend", "--json").json["exercise"] == "bend"


def test_figures_cost_a_list_nothing() -> None:
    written(own(("bend", BEND)))
    code = (
        "import sys; from hiproutine.cli.main import main; main(['list']);"
        " print(*(name for name in sys.modules if 'figure' in name), file=sys.stderr)"
    )
    assert "hiproutine.figure.reading" in python("-c", code).err  # the first time the file is read
    assert python("-c", code).err.strip() == ""


def test_figures_that_are_like_each_other_are_named_and_not_gone_round_for_ever(making: Making) -> None:
    made = making(own(("one", "    figure: {like: two}\n"), ("two", "    figure: {like: one}\n")))
    with pytest.raises(HiproutineError, match="the figure of one is like itself"):
        made.find("one")


@pytest.mark.parametrize("more", ["", ", camera: [90, 10]"])
def test_a_long_chain_of_figures_is_refused_and_a_short_one_is_drawn(making: Making, more: str) -> None:
    likes = [f"    figure: {{like: e{number + 1}{more}}}\n" for number in range(_CHAIN)]
    made = making(own(*((f"e{number}", like) for number, like in enumerate(likes)), (f"e{_CHAIN}", BEND)))
    assert made.find(f"e{_CHAIN - 2}")
    with pytest.raises(HiproutineError):
        made.find("e0")


def test_a_cache_that_cannot_be_read_is_done_without(making: Making, tmp_path: Path) -> None:
    text = own(("bend", BEND))
    found = making(text).find("bend")
    (tmp_path / "cache" / "bend").write_bytes(b"nonsense")
    assert making(text).find("bend") == found


def test_a_shared_figure_comes_back_the_same(making: Making, catalogue: Catalogue, tmp_path: Path) -> None:
    text = own(("bend", BEND), ("slow-bend", "    figure: {like: bend, path: there}\n")) + (
        "routines: [{id: mine, name: Mine, why: Because., steps: [slow-bend, glute-bridge]}]\n"
    )
    before = making(text).find("slow-bend")
    mine = overlay.read([tmp_path / "mine.yaml"], catalogue)
    shared = writer.text(mine, writer.to_share(mine, mine.routines["mine"]))
    got = overlay.lay_from_others(shared.encode(), "shared.yaml", catalogue)
    assert not got.problems
    found = Figures(shipped(), tmp_path / "other", got.catalogue.exercises).find("slow-bend")
    assert before
    assert found == before._replace(alike=None)
