"""Settings: absent, right, and wrong with a place."""

from pathlib import Path

import pytest

from hiproutine.settings import Settings, load
from hiproutine.yamlnodes import FileProblems


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load(tmp_path / "settings.yaml") == Settings("voice", 80)


@pytest.mark.parametrize(
    ("content", "settings"),
    [
        ("", Settings()),
        ("# nothing yet\n", Settings()),
        ("sound: bell\n", Settings("bell", 80)),
        ("volume: 0\nsound: silent\n", Settings("silent", 0)),
    ],
)
def test_what_is_set_holds_and_the_rest_stays(tmp_path: Path, content: str, settings: Settings) -> None:
    (tmp_path / "settings.yaml").write_text(content)
    assert load(tmp_path / "settings.yaml") == settings


def test_every_problem_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text("sound: bel\nvolume: 101\nloud: yes\n")
    with pytest.raises(FileProblems) as caught:
        load(path)
    assert [str(problem).removeprefix(f"{path}:") for problem in caught.value.problems] == [
        '1:8: "bel" is not one of voice, tones, bell, silent (did you mean "bell"?)',
        '2:9: a whole number from 0 to 100 is expected here, not "101"',
        '3:1: "loud" is not a field here',
    ]
