"""Settings: absent, right, and wrong with a place."""

import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from hiproutine.settings import Breath, Manner, Profile, Settings, load, put
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
        ("theme: hiproutine-light\n", Settings(theme="hiproutine-light")),
        ("ready_factor: 1.5\n", Settings(manner=Manner(ready_factor=1.5))),
        ("ready_factor: 2\n", Settings(manner=Manner(ready_factor=2))),
        ("stiff_side: right\nextra_set: yes\n", Settings(manner=Manner(stiff_side="right", extra_set=True))),
        ("stiff_side: none\nextra_set: no\n", Settings()),
        ("breath_in: 5\nbreath_tone: yes\n", Settings()),
        ("count_breaths: yes\n", Settings(manner=Manner(breath=Breath(4, 6)))),
        (
            "count_breaths: true\nbreath_in: 5\nbreath_out: 7\nbreath_tone: true\n",
            Settings(manner=Manner(breath=Breath(5, 7, tone=True))),
        ),
    ],
)
def test_what_is_set_holds_and_the_rest_stays(tmp_path: Path, content: str, settings: Settings) -> None:
    (tmp_path / "settings.yaml").write_text(content)
    assert load(tmp_path / "settings.yaml") == settings


def test_every_problem_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text("sound: bel\nvolume: 101\nloud: yes\nready_factor: 0.4\nstiff_side: both\nbreath_in: 1.5\n")
    with pytest.raises(FileProblems) as caught:
        load(path)
    assert sorted(str(problem).removeprefix(f"{path}:") for problem in caught.value.problems) == [
        '1:8: "bel" is not one of voice, tones, bell, silent (did you mean "bell"?)',
        '2:9: a whole number from 0 to 100 is expected here, not "101"',
        '3:1: "loud" is not a field here',
        '4:15: a number from 0.5 to 5 is expected here, not "0.4"',
        '5:13: "both" is not one of none, left, right',
        '6:12: a whole number from 2 to 20 is expected here, not "1.5"',
    ]


# ---- one line changed ----

BEFORE = """\
# mine
volume: 60  # the neighbours
  # odd, but no line of ours

sound: bell
stiff_side: left
"""


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("volume", "70", BEFORE.replace("60", "70")),
        ("sound", "tones", BEFORE.replace("bell", "tones")),
        ("theme", "hiproutine-light", BEFORE + "theme: hiproutine-light\n"),
    ],
)
def test_every_other_line_stays_as_it_is(tmp_path: Path, key: str, value: str, expected: str) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text(BEFORE, encoding="utf-8")
    put(path, key, value)
    assert path.read_text(encoding="utf-8") == expected
    assert list(tmp_path.glob("*.*")) == [path]


def test_a_file_and_its_folder_are_made_if_need_be(tmp_path: Path) -> None:
    path = tmp_path / "config" / "hiproutine" / "settings.yaml"
    put(path, "sound", "silent")
    put(path, "volume", "30")
    assert path.read_text() == "sound: silent\nvolume: 30\n"
    assert load(path) == Settings("silent", 30)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_into_dotfiles_stays_one(tmp_path: Path) -> None:
    real, path = tmp_path / "dotfiles" / "hip.yaml", tmp_path / "settings.yaml"
    real.parent.mkdir()
    real.write_text("sound: bell\n")
    path.symlink_to(real)
    put(path, "sound", "tones")
    assert path.is_symlink()
    assert real.read_text() == "sound: tones\n"


@pytest.mark.parametrize(
    ("before", "sound"),
    [
        ("sound: bell", "tones"),
        ("---\nsound: bell\n...", "tones"),
        ("{sound: bell}\n", "bell"),
        ("sound:\n  bell\n", "bell"),
        ('"sound": bell\n', "bell"),
    ],
)
def test_what_cannot_be_changed_without_breaking_the_file_is_told(tmp_path: Path, before: str, sound: str) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text(before)
    assert load(path).sound == "bell"
    with nullcontext() if sound == "tones" else pytest.raises(OSError, match="change `sound` there by hand, to tones"):
        put(path, "sound", "tones")
    assert load(path).sound == sound
    assert not list(tmp_path.glob("*.new"))


def test_the_profile_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text(
        "minutes: 10\ndays_per_week: 4\nrest_days: [sun, wed]\nfocus: {ankle: 1, front-of-hip: 3}\n"
        "equipment: [mat, chair]\navoid_positions: [prone]\nlevel: 2\nconditions: [fai, preg]\n"
    )
    focus = (("ankle", 1), ("front-of-hip", 3))
    assert load(path).profile == Profile(10, 4, ("sun", "wed"), focus, ("mat", "chair"), ("prone",), 2, ("fai", "preg"))


def test_without_a_profile_nothing_is_planned_hidden_or_missing(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text("minutes: null\nequipment: null\n")
    assert load(path).profile == Profile() == Settings().profile
    assert (Profile().minutes, Profile().equipment, Profile().conditions) == (None, None, ())


def test_each_problem_of_the_profile_has_its_place(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text("minutes: 0\nfocus: {ankel: 1, calf: 4}\nrest_days: [sunday]\nconditions: [fia]\n")
    with pytest.raises(FileProblems) as caught:
        load(path)
    assert [str(problem).removeprefix(f"{path}:").split(",")[0] for problem in caught.value.problems] == [
        "1:10: a whole number from 1 to 240 is expected here",
        '3:13: "sunday" is not one of mon',
        '2:9: "ankel" is not one of front-of-hip',
        "2:25: a whole number from 1 to 3 is expected here",
        '4:14: "fia" is not one of thr_posterior',
    ]
