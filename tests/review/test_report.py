"""The page for a clinician: it agrees with the history, escapes everything, and needs nothing from elsewhere."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from html.parser import HTMLParser

import pytest

from hiproutine import paths
from hiproutine.history.records import (
    Check,
    Goal,
    Hurt,
    Off,
    Opening,
    Pain,
    ProgrammeStep,
    Record,
    Rest,
    SessionRecord,
    StepRecord,
)
from hiproutine.history.store import Store
from tests.conftest import Run

AT = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
HOSTILE = '</td><script src="https://evil.example/x.js">alert(1)</script>|<img src=x onerror=y>&amp; `*_[a](b)'


def session(day: date, *steps: StepRecord) -> SessionRecord:
    start = AT.replace(month=day.month, day=day.day)
    opening = Opening(f"s{day}", day, start, 60, "Europe/Paris", 240, "p", "five-minute", "0.1.0")
    return SessionRecord(opening, start, True, steps)


def step(exercise: str, side: str | None, seconds: int, name: str = "") -> StepRecord:
    return StepRecord(exercise, name or exercise, side, seconds * 1000, seconds * 1000, "done")


RECORDS: list[Record] = [
    Goal("g", date(2026, 10, 1), AT, 5, ("sat", "sun")),
    session(date(2026, 10, 12), step("couch-stretch", "left", 900)),
    session(date(2026, 11, 12), step("couch-stretch", "left", 120), step("couch-stretch", "right", 60)),
    session(date(2026, 11, 20), step("supine-butterfly", None, 360), step("gone", "left", 60, "Once known")),
    session(date(2026, 11, 21), step("supine-butterfly", None, 60))._replace(logged_at=AT),
    Pain("p1", date(2026, 11, 20), AT, "before", 4, "s"),
    Pain("p2", date(2026, 11, 20), AT, "after", 1, "s"),
    Hurt("h", date(2026, 11, 20), AT, "s", "couch-stretch", "left", 5, "easier"),
    Check("c1", date(2026, 11, 6), AT, "knee-to-wall", "left", 8, "cm"),
    Check("c2", date(2026, 11, 20), AT, "knee-to-wall", "left", 9.5, "cm"),
    Check("c3", date(2026, 11, 20), AT, "knee-to-wall", "right", 11, "cm"),
]


@pytest.fixture
def store() -> Store:
    where = paths.find()
    return Store(where.data / "history", where.state)


class Page(HTMLParser):
    """Its tags with their attributes, its tables as rows of texts, and that every tag is closed."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[list[str]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "rect", "path"):
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("td", "th"):
            self.rows[-1][-1] += data


def cells(lines: list[str]) -> list[list[str]]:
    """The rows of all Markdown tables."""
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if line.startswith("|")]


def test_the_numbers_are_those_of_the_history(run: Run, store: Store) -> None:
    store.write(*RECORDS)
    said = run("report").lines
    assert said[2:6] == [
        "- Period: 2026-10-27 to 2026-11-23, 28 days",
        "- Practised: on 3 days; the goal asked for 19",
        "- Sessions: 3, 1 of them written down afterwards",
        "- Exercise: 11 minutes, 3 a week",
    ]
    rows = cells(said)
    for row in (
        ["2026-11-09", "3:00", "1", "1 of 5", "3%"],
        ["2026-11-16", "8:00", "2", "2 of 5", "6%"],
        ["inner thigh, stretch: 7 of 7 min this week", "7:00", "7:00"],
        ["front of thigh", "-", "-", "2/1", "-", "-"],
        ["2026-11-16", "4.0", "1.0"],
        ["Couch stretch", "left", "1", "5", "easier", "2026-11-20"],
        ["knee-to-wall, cm", "8, 9.5", "11", "-", "2026-11-20"],
        ["couch-stretch", "2:00", "1:00", "-", "1", "2026-11-12"],
        ["Once known", "1:00", "-", "-", "1", "2026-11-20"],
    ):
        assert row in rows
    assert not any(row[0].startswith("front of thigh") for row in rows if len(row) == 3)
    assert ["2026-11-23", "0:00", "0", "0 of 0", f"{run('streak', '--json').json['score']:.0%}"] in rows


def test_another_beginning_may_be_asked_for_but_not_before_the_first_session(run: Run, store: Store) -> None:
    store.write(*RECORDS)
    assert run("report", "--since", "2026-11-20").lines[2] == "- Period: 2026-11-20 to 2026-11-23, 4 days"
    whole = run("report", "--since", "2020-01-01").lines
    assert whole[2] == "- Period: 2026-10-12 to 2026-11-23, 43 days"
    assert "| couch-stretch    | 17:00 | 1:00  | -    | 2        | 2026-11-12 |" in whole
    assert run("report", "--since", "2026-11-24").code == 2
    assert run("report", "--since", "soon").code == 2


def test_a_self_check_from_before_the_first_session_is_of_the_period(run: Run, store: Store) -> None:
    store.write(*RECORDS[2:5], Check("c0", date(2026, 11, 10), AT, "knee-to-wall", "left", 8, "cm"))
    said = run("report").lines
    assert said[2] == "- Period: 2026-11-10 to 2026-11-23, 14 days"
    assert ["knee-to-wall, cm", "8", "-", "-", "2026-11-10"] in cells(said)


def test_the_page_says_the_same_as_the_markdown(run: Run, store: Store) -> None:
    store.write(*RECORDS)
    page = Page(run("report", "--html").out)
    dashes = re.compile("-+")
    markdown = [row for row in cells(run("report", "--md").lines) if not all(map(dashes.fullmatch, row))]
    assert sorted(page.rows) == sorted(markdown)
    assert page.open == []
    assert [tag for tag, _ in page.tags].count("svg") == 3 + 2


def test_the_page_shows_the_figure_of_each_exercise_that_has_one(run: Run, store: Store) -> None:
    store.write(*RECORDS)
    html = run("report", "--html").out
    assert re.findall("<figcaption>(.*?)</figcaption>", html) == ["supine-butterfly", "couch-stretch"]
    assert "prefers-color-scheme" not in html  # the page itself is white
    assert "<figure" not in run("report").out


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing(run: Run, store: Store) -> None:
    store.write(*RECORDS)
    html = run("report", "--html").out
    assert "http:" not in html
    assert "https:" not in html
    assert "url(" not in html
    assert "@import" not in html
    page = Page(html)
    assert not {tag for tag, _ in page.tags} & {"script", "img", "link", "iframe", "object", "image", "use", "a"}
    assert not {name for _, attributes in page.tags for name in attributes if name.startswith("on") or name == "src"}


def test_hostile_words_stay_words(run: Run, store: Store) -> None:
    day = date(2026, 11, 20)
    store.write(
        session(day, step("x", None, 60, HOSTILE)),
        Hurt("h", day, AT, None, HOSTILE, "left", 5, HOSTILE),
        Check("c", day, AT, HOSTILE, None, 1, HOSTILE),
    )
    html = run("report", "--html").out
    page = Page(html)
    assert page.open == []
    assert not {tag for tag, _ in page.tags} & {"script", "img"}
    assert [row[0] for row in page.rows].count(HOSTILE) == 2
    said = run("report").lines
    for line in said:
        assert not re.search(r"(?<!\\)[<\[`]", line)
    (row,) = (line for line in said if line.startswith("|") and "1:00 | 1 " in line.replace("     ", ""))
    bare = re.sub(r"\\(.)", r"\1", row)
    assert unescape(HOSTILE) in unescape(bare)
    assert len(re.findall(r"(?<!\\)\|", row)) == 7


def test_a_usual_month_has_few_enough_lines_for_one_page(run: Run, store: Store) -> None:
    names = ["couch-stretch", "supine-figure-four", "supine-hamstring-strap", "glute-bridge", "clamshell"]
    steps = [step(name, side, 60) for name in names for side in ("left", "right")]
    store.write(*(session(date(2026, 11, 20) - timedelta(days=ago), *steps) for ago in range(20)))
    page = Page(run("report", "--html").out)
    assert len(page.rows) < 60


def test_the_tables_of_progress_are_in_the_shell_too(run: Run, store: Store) -> None:
    assert run("stats", "--plain").lines == ["No day done yet. One finished exercise starts your streak."]
    store.write(*RECORDS)
    said = run("stats", "--plain").lines
    headings = ["Exercise a week", "Stretching of the last 7 days", "Stretching by week", "Pain before and after"]
    assert [line for line in said if line in (*headings, "Score")] == headings
    assert "2026-11-16  8:00     2         2 of 5     6%" in said
    assert "Couch stretch  left  1      5      easier  2026-11-20" in said
    assert run("stats", "--plain", "--json").code == 2


def test_an_empty_history_makes_an_empty_page_that_says_so(run: Run) -> None:
    assert "- Nothing was recorded." in run("report").lines
    assert "<p>Nothing was recorded.</p>" in run("report", "--html").out


@pytest.mark.parametrize("form", ["--md", "--html"])
def test_the_page_is_no_diagnosis_and_no_promise(run: Run, form: str) -> None:
    said = run("report", form).out
    assert "This is not a diagnosis" in said
    assert "no promise of a result" in said


def test_the_phases_of_a_programme_are_told_with_their_reasons(run: Run, store: Store) -> None:
    store.write(
        *RECORDS,
        ProgrammeStep("y1", date(2026, 10, 5), AT, "desk-hips", 1, "start"),
        ProgrammeStep("y2", date(2026, 11, 16), AT, "desk-hips", 2, "advance", "9 of 10 sessions done"),
        ProgrammeStep("y3", date(2026, 11, 20), AT, "gone", 1, "start"),
    )
    shown = run("report", "--since", "2026-11-01").out
    assert re.search(r"2026-10-05 +\| Hips that sit all day +\| begun", shown)
    assert re.search(r"2026-11-16 +\| Hips that sit all day +\| on to phase 2 +\| 9 of 10 sessions done", shown)
    assert re.search(r"2026-11-20 +\| gone +\| begun", shown)


@pytest.mark.parametrize("form", ["--md", "--html"])
def test_off_days_and_rest_ahead_are_told(run: Run, store: Store, form: str) -> None:
    rests = [Rest(f"r{day}", date(2026, 12, day), AT) for day in (24, 25, 26)]
    store.write(*RECORDS, Off("o", date(2026, 11, 18), AT), *rests)
    shown = re.sub(r"<[^>]*>|[ |]+", " ", run("report", form).out)
    assert re.search(r"2026-11-18\s+2026-11-18\s+1\s+off\b", re.sub(r"\s+", " ", shown))
    assert "2026-12-24 2026-12-26 3 rest, ahead" in re.sub(r"\s+", " ", shown)
    told = run("stats").lines
    assert told[-2:] == ["off, Wed 2026-11-18", "rest, Thu 2026-12-24 to Sat 2026-12-26"]


def test_a_programme_has_its_tests_from_the_first_to_the_last_value(run: Run, store: Store) -> None:
    def check(day: int, side: str, value: float) -> Check:
        return Check(f"t{day}{side}", date(2026, 11, day), AT, "knee-lift", side, value, "s")

    store.write(
        *RECORDS,
        ProgrammeStep("y1", date(2026, 10, 5), AT, "desk-hips", 1, "start"),
        check(2, "left", 8),
        check(16, "left", 11),
        check(20, "left", 14),
        check(20, "right", 9),
    )
    shown = run("report").out
    assert "## Tests of Hips that sit all day" in shown
    assert re.search(r"\| Seated knee lift: held, s +\| 8 → 14 +\| 9 +\| - +\|", shown)
    assert re.search(r"Hanging leg: not measured yet +\| - +\| - ", shown)
    assert "Hips that sit all day: week " in shown
    assert "it began on 2026-10-05, and values from up to 14 days before it count." in " ".join(shown.split())
    store.write(ProgrammeStep("y2", date(2026, 10, 20), AT, "desk-hips", 1, "stop"))
    assert "Tests of" not in run("report").out


def test_a_programme_that_ended_on_its_first_day_has_no_tests(run: Run, store: Store) -> None:
    day = date(2026, 11, 20)
    store.write(*RECORDS, ProgrammeStep("y1", day, AT, "desk-hips", 1, "start"))
    assert "Tests of" in run("report").out
    store.write(ProgrammeStep("y2", day, AT, "desk-hips", 1, "stop"))
    assert "Tests of" not in run("report").out
