"""Charts as a picture of their own, read as XML."""

import xml.etree.ElementTree as ET
from datetime import date, timedelta
from pathlib import Path

import pytest

from hiproutine.review.chart_svg import picture
from hiproutine.review.overview import Chart, Section, Series
from tests.conftest import Run

WEEKS = tuple(str(date(2026, 1, 5) + timedelta(weeks=week)) for week in range(4))
_NAME = "{http://www.w3.org/2000/svg}"


def of(chart: Chart, heading: str = "A & B") -> ET.Element:
    return ET.fromstring(picture([Section(heading, "How to read it.", chart=chart)]))


def numbers(element: ET.Element, *names: str) -> list[float]:
    return [float(element.attrib[name]) for name in names]


def test_columns_are_as_high_as_their_values_and_the_goal_lies_between() -> None:
    chart = Chart(WEEKS, (Series("minutes", (10, None, 5, 20)),), "min", 10, "minutes", days=True, goal=15)
    root = of(chart)
    columns = [each for each in root.iter(f"{_NAME}rect") if each.attrib["class"] == "minutes"]
    heights = [numbers(each, "height")[0] for each in columns]
    assert heights == [75.0, 37.5, 150.0]
    assert len({y + high for y, high in (numbers(each, "y", "height") for each in columns)}) == 1
    words = [each.text for each in root.iter(f"{_NAME}text")]
    assert words[0] == "A & B · 20 of 15 min"
    goal = next(each for each in root.iter(f"{_NAME}text") if each.text == "goal 15")
    assert numbers(goal, "x")[0] > max(sum(numbers(each, "x", "width")) for each in columns)
    assert {"goal 15", "Jan", "How to read it.", "0", "20"} <= set(words)


def test_every_month_has_its_name_but_a_part_at_the_beginning_and_the_scale_is_round() -> None:
    days = tuple(str(date(2026, 4, 27) + timedelta(weeks=week)) for week in range(30))
    root = of(Chart(days, (Series("minutes", (41,) * 30),), "min", 10, "minutes", days=True))
    words = [each.text or "" for each in root.iter(f"{_NAME}text")]
    assert [word for word in words if word.isalpha() and len(word) == 3] == [
        "May",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Oct",
        "Nov",
    ]
    assert words[1:4] == ["0", "25", "50"]


def test_a_second_curve_is_dashed_and_a_gap_is_passed_over() -> None:
    series = (Series("before", (8, None, 6, 4)), Series("after", (2, 2, 1, 0)))
    lines = [*of(Chart(WEEKS, series, "", 10, "pain", days=True, curve=True)).iter(f"{_NAME}polyline")]
    assert [line.attrib["class"] for line in lines] == ["pain curve", "pain curve second"]
    assert [len(line.attrib["points"].split()) for line in lines] == [3, 4]


def test_left_and_right_grow_from_the_middle() -> None:
    series = (Series("left", (12, 0)), Series("right", (6, 3)))
    root = of(Chart(("hip", "calf"), series, "min", 12, "stretching", goal=5))
    left, _, right, half = (each for each in root.iter(f"{_NAME}rect") if each.attrib["class"] == "stretching")
    (x, wide), (start, _) = numbers(left, "x", "width"), numbers(right, "x", "width")
    assert x + wide + 8 == pytest.approx(start)
    assert numbers(right, "width")[0] == pytest.approx(wide / 2, abs=0.1)
    assert numbers(half, "width")[0] == pytest.approx(wide / 4, abs=0.1)


def test_stats_writes_all_charts_or_one(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "charts.svg"
    assert run("stats", "--svg", str(file)).code == 1
    assert run("log", "four-everyday").code == 0
    assert run("stats", "--svg", str(file)).err == f"written: {file}\n"
    whole = file.read_text(encoding="utf-8")
    title = ET.fromstring(whole).findtext(f"{_NAME}title") or ""
    assert title.startswith("Exercise a week · 7 of 35 min")
    assert "Score" in title
    assert "prefers-color-scheme: dark" in whole
    assert len(whole) < 20_000
    run("stats", "--svg", str(file), "--chart", "score")
    assert "Minutes" not in file.read_text(encoding="utf-8")
    assert "no chart of pain" in run("stats", "--svg", str(file), "--chart", "pain").err
    assert run("stats", "--chart", "pain").code == 2


def test_the_name_of_standard_output_is_no_file(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run("log", "four-everyday")
    for words in (
        ("stats", "--svg", "-"),
        ("figure", "couch-stretch", "--svg", "-"),
        ("page", "-o", "-"),
        ("share", "four-everyday", "--output", "-"),
        ("export", "--csv", "-"),
        ("export", "--ics", "-"),
    ):
        said = run(*words)
        assert (said.code, said.err) == (0, ""), words
        assert len(said.out) > 100, words
    ET.fromstring(run("figure", "couch-stretch", "--svg", "-").out)
    assert run("export", "--csv", "-").out == run("history", "--csv").out
    for form in ((), ("--fit",)):
        refused = run("export", *form, "-")
        assert refused.code == 2
        assert "- is standard output, which only --csv and --ics can be written to" in refused.err
    assert [*tmp_path.glob("-*")] == []
