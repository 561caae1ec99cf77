"""Settings: absent, right, and wrong with a place."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from hiproutine.catalogue.conditions import CONDITIONS
from hiproutine.catalogue.vocabulary import DOSED_AREAS, EQUIPMENT
from hiproutine.errors import HiproutineError
from hiproutine.history.calendar import WEEKDAYS
from hiproutine.settings import model
from hiproutine.settings.choices import Choice, Marks, OneOf
from hiproutine.settings.file import load, put
from hiproutine.settings.model import DECLARED, OF_THIS_MACHINE, SOUNDS, Breath, Manner, Profile, Settings
from hiproutine.yaml import edit
from hiproutine.yaml.edit import Value
from hiproutine.yaml.nodes import FileProblems


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load(tmp_path / "settings.yaml") == Settings("voice", 100)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", Settings()),
        ("# nothing yet\n", Settings()),
        ("sound: bell\n", Settings("bell", 100)),
        ("volume: 0\nsound: silent\n", Settings("silent", 0)),
        ("theme: hiproutine-light\n", Settings(theme="hiproutine-light")),
        ("ready_factor: 1.5\n", Settings(manner=Manner(ready_factor=1.5))),
        ("ready_factor: 2\n", Settings(manner=Manner(ready_factor=2))),
        ("stiff_side: right\nextra_set: yes\n", Settings(manner=Manner(stiff_side="right", extra_set=True))),
        ("stiff_side: none\nextra_set: no\n", Settings()),
        ("breath_in: 5\nbreath_tone: yes\n", Settings(breath=Breath(5, tone=True))),
        ("count_breaths: yes\n", Settings(manner=Manner(breath=Breath(4, 6)))),
        (
            "count_breaths: true\nbreath_in: 5\nbreath_out: 7\nbreath_tone: true\n",
            Settings(breath=Breath(5, 7, tone=True), manner=Manner(breath=Breath(5, 7, tone=True))),
        ),
    ],
)
def test_what_is_set_holds_and_the_rest_stays(tmp_path: Path, content: str, expected: Settings) -> None:
    (tmp_path / "settings.yaml").write_text(content)
    assert load(tmp_path / "settings.yaml") == expected


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


# ---- one declaration each ----


def test_the_docs_name_every_setting_with_its_default(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "settings.md").read_text("utf-8")
    lines = [line for block in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)[:2] for line in block.splitlines()]
    assert sorted(line.partition(":")[0] for line in lines) == sorted(model.KEYS)
    path = tmp_path / "settings.yaml"
    path.write_text("\n".join(line for line in lines if line.partition(":")[0] not in OF_THIS_MACHINE), "utf-8")
    assert load(path) == Settings()


@pytest.mark.parametrize("key", DECLARED)
def test_what_a_setting_writes_its_reader_reads(tmp_path: Path, key: str) -> None:
    path = tmp_path / "settings.yaml"
    given = {
        "history_folder": "/tmp/h",
        "video_command": "mpv {url}",
        "voice": "slt",
        "speech_command": "say {text} {wav}",
        "keep_awake": "no",
        "conditions": ["fai"],
        "planned_less": "side-plank",
        "theme": "nord",
        "screened": "2026-11-23",
        "learned_after": "2026-11-23",
    }
    value: Value = given.get(key) or _another(DECLARED[key].choice)
    settings = put(path, key, value)
    assert settings != Settings()
    written = model.values(settings)[key]
    assert written is not None
    assert list(written) == list(value)
    assert put(tmp_path / "again.yaml", key, written) == settings
    assert {name for name in model.KEYS if model.values(settings)[name] != model.values(Settings())[name]} == {key}


def _another(choice: Choice) -> Value:
    """A value that is no default: those are not the second of their words."""
    match choice:
        case OneOf(words):
            return list(words)[1]
        case Marks(words, highest):
            word = list(words)[1]
            return {word: str(highest)} if highest > 1 else [word]
    raise AssertionError(choice)


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


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_where_a_link_leads_nowhere_the_conditions_are_not_taken_for_none(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.symlink_to(tmp_path / "dotfiles" / "hip.yaml")
    with pytest.raises(FileProblems, match=r"settings\.yaml:1:1: cannot be read: No such file"):
        load(path)


@pytest.mark.parametrize(
    ("before", "key", "value", "after"),
    [
        ("sound: bell", "sound", "tones", "sound: tones"),
        ("sound: bell", "volume", "70", "sound: bell\nvolume: 70\n"),
        ("---\nsound: bell\n...", "sound", "tones", "---\nsound: tones\n..."),
        ("{sound: bell}\n", "sound", "tones", "{sound: tones}\n"),
        ("sound:\n  bell\n", "sound", "tones", "sound: tones\n"),
        ("sound: # loud\n  bell\n", "sound", "tones", "sound: # loud\n  tones\n"),
        ('"sound": \'bell\' # x\r\n', "sound", "tones", '"sound": tones # x\r\n'),
        ("sound: bell\r\n", "level", "2", "sound: bell\r\nlevel: 2\r\n"),
        ("  sound: bell\n# the end", "level", "2", "  sound: bell\n# the end\n  level: 2\n"),
        ("minutes: # of one day\nlevel: 2\n", "minutes", "7", "minutes: 7 # of one day\nlevel: 2\n"),
        ("\ufeffsound: bell\n", "sound", "tones", "\ufeffsound: tones\n"),
        ("", "video_command", "mpv {url}", "video_command: mpv {url}\n"),
        ("", "video_command", "mpv '#1 {url}'", "video_command: \"mpv '#1 {url}'\"\n"),
        ("", "focus", {"ankle": "3", "calf": "1"}, "focus: {ankle: 3, calf: 1}\n"),
        ("rest_days: [sun, # church\n  wed]\n", "level", "2", "rest_days: [sun, # church\n  wed]\nlevel: 2\n"),
        ("rest_days: [sun,\n  wed] # x\n", "rest_days", ["mon"], "rest_days: [mon] # x\n"),
        ("rest_days:\n- sun # church\n- wed\n# y\n", "rest_days", ["sun", "mon"],
         "rest_days:\n- sun # church\n- mon\n# y\n"),
        ("rest_days:\n  # free\n  - 'sun'\n\n  - wed", "rest_days", ["sun", "wed", "mon"],
         "rest_days:\n  # free\n  - 'sun'\n\n  - wed\n  - mon\n"),
        ("rest_days:\n  - sun\nlevel: 2\n", "rest_days", [], "rest_days: []\nlevel: 2\n"),
        ("focus:\n  ankle: 1 # left\n  calf: 2\n", "focus", {"ankle": "3", "hip-joint": "1"},
         "focus:\n  ankle: 3 # left\n  hip-joint: 1\n"),
        # taken back to the default
        ("sound: bell\nlevel: 2\n", "sound", None, "level: 2\n"),
        ("sound: bell # mine\nlevel: 2\n", "sound", None, "# sound: bell # mine\nlevel: 2\n"),
        ("level: 2\nfocus:\n  ankle: 1\n\nsound: bell\n", "focus", None, "level: 2\n\nsound: bell\n"),
        ("level: 2\n", "focus", None, "level: 2\n"),
    ],
)  # fmt: skip
def test_one_key_is_changed_in_the_style_of_the_file(
    tmp_path: Path, before: str, key: str, value: Value | None, after: str
) -> None:
    path = tmp_path / "settings.yaml"
    path.write_bytes(before.encode())
    assert put(path, key, value) == load(path)
    assert path.read_bytes().decode() == after


@pytest.mark.parametrize(
    ("before", "key", "value"),
    [
        ("rest_days: [sun, # church\n  wed]\n", "rest_days", ["mon"]),
        ("rest_days:\n- sun # church\n", "rest_days", ["mon"]),
        ("rest_days:\n# free\n- sun\n", "rest_days", None),
        ("{sound: bell, level: 2}\n", "sound", None),
        ("{sound: bell}\n", "level", "2"),
        ("sound: bell\n...\n", "level", "2"),
    ],
)
def test_what_would_break_the_file_or_lose_a_comment_is_refused(
    tmp_path: Path, before: str, key: str, value: Value | None
) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text(before)
    with pytest.raises(HiproutineError, match=f"`{key}` cannot be changed .* edit it by hand"):
        put(path, key, value)
    assert path.read_text() == before
    assert not list(tmp_path.glob("*.new"))


def test_two_programs_at_once_never_take_the_draft_from_each_other(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text("# mine\nlevel: 1\nminutes: 10\n")
    code = "import sys; from pathlib import Path; from hiproutine.settings.file import put\n"
    code += "for n in range(60): put(Path(sys.argv[1]), sys.argv[2], str(1 + n % 3))"
    both = [subprocess.Popen([sys.executable, "-c", code, path, key]) for key in ("level", "minutes")]
    assert [each.wait(60) for each in both] == [0, 0]
    assert load(path)
    assert path.read_text().startswith("# mine\nlevel: ")
    assert not list(tmp_path.glob("*.new"))


def test_a_file_with_a_fault_is_never_written(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text("sound: bell\nlevel: 9\n")
    with pytest.raises(FileProblems, match=r"settings\.yaml:2:8: a whole number from 1 to 3"):
        put(path, "sound", "tones")
    with pytest.raises(FileProblems, match=r"settings\.yaml:2:8"):
        put(path, "level", "2")
    assert path.read_text() == "sound: bell\nlevel: 9\n"
    path.write_text("sound: bell\n")
    with pytest.raises(FileProblems, match=r'1:8: "loud" is not one of'):
        put(path, "sound", "loud")
    assert path.read_text() == "sound: bell\n"


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
def test_a_file_for_oneself_alone_stays_so(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text("sound: bell\n")
    path.chmod(0o600)
    put(path, "sound", "tones")
    assert path.stat().st_mode & 0o777 == 0o600


SCALARS = {
    "sound": list(SOUNDS), "volume": ["0", "35", "100"], "level": ["1", "2", "3"], "minutes": ["null", "7", "240"],
    "stiff_side": ["left", "none"], "breath_in": ["2", "5"], "extra_set": ["yes", "no"], "theme": ["nord"],
    "video_command": ["mpv {url}", 'mpv "#1 {url}"', "x: {url} # y"],
}  # fmt: skip
LISTS = {"rest_days": list(WEEKDAYS), "equipment": list(EQUIPMENT), "conditions": list(CONDITIONS)}
MAPPINGS = {"focus": list(DOSED_AREAS)}
COMMENTS = st.sampled_from(["", "", "  # mine", " # it's [x], {y}: z", "\t# 'quote"])
KEYS = st.sampled_from([*SCALARS, *LISTS, *MAPPINGS])


@st.composite
def values(draw: st.DrawFn, key: str) -> Value:
    if key in SCALARS:
        return draw(st.sampled_from(SCALARS[key]))
    names = draw(st.lists(st.sampled_from((LISTS | MAPPINGS)[key]), unique=True, max_size=4))
    return names if key in LISTS else {name: draw(st.sampled_from("123")) for name in names}


@st.composite
def files(draw: st.DrawFn) -> str:
    """A valid file in which keys stand in every style, with comments wherever there may be some."""
    lines = [draw(st.sampled_from(["", "---", "# first"]))]
    for key in draw(st.lists(KEYS, unique=True, max_size=6)):
        value, comment = draw(values(key)), draw(COMMENTS)
        style = draw(st.sampled_from(["plain", "block", "folded"]))
        quote = draw(st.sampled_from(["", "'", '"']))
        if isinstance(value, str):
            quote = "'" if key == "video_command" else "" if value.isdecimal() or value == "null" else quote
            lines += [f"{key}:{comment}", f"  {quote}{value}{quote}{comment}"] if style == "block" else [
                f"{key}: {quote}{value}{quote}{comment}"
            ]  # fmt: skip
        elif style == "block" and value:
            lines.append(f"{key}:{comment}")
            for name in value:
                own = f": {value[name]}" if isinstance(value, dict) else ""
                lines.append(f"  {'' if own else '- '}{quote}{name}{quote}{own}{draw(COMMENTS)}")
                lines += draw(st.sampled_from([[], [], ["    # below"], [""]]))
        else:
            items = [f"{name}: {value[name]}" for name in value] if isinstance(value, dict) else list(value)
            between = f",{comment}\n   " if style == "folded" else ", "
            opened, closed = "{}" if isinstance(value, dict) else "[]"
            lines.append(f"{key}: {opened}{between.join(items)}{closed}{draw(COMMENTS)}")
        lines += draw(st.sampled_from([[], [], [""], ["# after " + key]]))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    return end.join(line for text in lines for line in text.split("\n")) + draw(st.sampled_from(["", end]))


def comments(text: str) -> list[str]:
    """Without a parser: no word of these files but the command holds a #."""
    return re.findall(r"#[^\r\n]*", re.sub(r'(mpv "#1|x: \{url\} #)', "", text))


def parsed(text: str) -> Any:
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)) or {}


@settings(max_examples=400)
@given(files(), KEYS, st.data())
def test_putting_any_value_into_any_file_keeps_all_else(text: str, key: str, data: st.DataObject) -> None:
    value = data.draw(st.none() | values(key))
    try:
        changed = edit.put(text, key, value)
    except edit.Refused:
        # Only where a comment stands in the way.
        assert comments(text)
        return
    before, after = (parsed(each) for each in (text, changed))
    wanted = parsed(edit.put("", key, value)) if value is not None else {}
    found = {key: after.pop(key)} if key in after else {}
    before.pop(key, None)
    assert list(after.items()) == list(before.items())
    assert {key: sorted(each) if isinstance(each, list) else each for key, each in found.items()} == {
        key: sorted(each) if isinstance(each, list) else each for key, each in wanted.items()
    }
    rest = comments(changed)
    for comment in comments(text):
        match = next(each for each in rest if comment in each)
        rest[rest.index(match)] = match.replace(comment, "", 1)


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
        '4:14: "fia" is not one of surgery_recent',
    ]


@pytest.mark.parametrize("line", ["flite", "flite {text}", "flite {wav}", "{text} {wav}", "flite '{text} {wav}"])
def test_a_speech_command_names_the_words_and_the_file(tmp_path: Path, line: str) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text(f'speech_command: "{line}"\n', "utf-8")
    with pytest.raises(FileProblems):
        load(path)


@pytest.mark.parametrize("key", ["voice", "speech_command"])
def test_neither_a_voice_nor_a_command_comes_from_elsewhere(key: str) -> None:
    assert key in OF_THIS_MACHINE
