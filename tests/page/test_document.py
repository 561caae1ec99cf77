"""The page as a file: small, whole in itself, and safe whatever a catalogue says."""

import base64
import hashlib
import re
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from hiproutine.catalogue.model import Catalogue
from hiproutine.page.document import LARGEST, page
from tests.conftest import Run
from tests.page.pages import SESSION, content, data_of, page_of

HOSTILE = '</script><script>alert(1)</script><img src=x onerror=y>{{script}}"'


class Elements(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


@pytest.mark.parametrize("plan", ["runners-set", "twenty-minute", "desk-chair"])
def test_a_page_is_small_and_has_its_figures(plan: str) -> None:
    text = page_of(plan)
    assert len(text.encode()) <= LARGEST
    assert data_of(text)["figures"]


def test_a_session_too_long_for_moving_figures_has_none(catalogue: Catalogue) -> None:
    names = [name for name in catalogue.exercises if name != "heel-raise"]
    data = data_of(page_of("+".join(names[:40])))
    assert data["figures"] == []
    assert len(data["exercises"]) == 40
    assert not any(step["easier"] for step in data["steps"])


def test_nothing_comes_from_elsewhere_and_nothing_else_runs() -> None:
    text = page_of(SESSION)
    elements = Elements(text)
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", text)
    assert not {"link", "img", "iframe", "base", "form", "object"} & set(elements.tags)
    assert not [name for name, _ in elements.attributes if name.startswith("on") or name in ("src", "href", "style")]
    policy = next(value for _, value in elements.attributes if value and "default-src" in value)
    assert "default-src 'none'" in policy
    assert "connect-src 'none'" in policy
    script = text[text.rindex("<script>") + len("<script>") : text.rindex("</script>")]
    assert f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" in policy
    assert "connect-src 'self'" in page_of(SESSION, served=True)
    assert [data_of(page_of(SESSION, served=served))["send"] for served in (False, True)] == ["", "result"]


def test_hostile_words_are_only_words() -> None:
    plain = content("glute-bridge")
    item = plain.session.items[0]
    exercise = item.exercise._replace(
        name=HOSTILE, short=HOSTILE, setup=(HOSTILE,), cues=(HOSTILE,), stop_if=(HOSTILE,)
    )
    session = plain.session._replace(name=HOSTILE, honest=HOSTILE, items=(item._replace(exercise=exercise),))
    steps = tuple(step._replace(exercise=exercise) for step in plain.timeline.steps)
    timeline = plain.timeline._replace(steps=steps)
    given = plain._replace(session=session, timeline=timeline, notes=(HOSTILE,), command=HOSTILE)
    text = page(given._replace(careful={"glute-bridge": (HOSTILE,)}))
    assert Elements(text).tags.count("script") == 2
    assert "img" not in Elements(text).tags
    assert f"<title>{escape(HOSTILE)}</title>" in text
    assert data_of(text)["exercises"][0]["name"] == HOSTILE
    assert text.count("alert(1)") >= 8


def test_an_exercise_that_comes_twice_has_one_card_with_both_doses() -> None:
    text = page_of("kinstretch-beginner")
    assert text.count("<article>") == 5
    assert re.search(r"3 slow circles each way, on each side .*; later 1 slow circle each way", text)


def test_the_command_writes_the_page(run: Run, tmp_path: object) -> None:
    path = f"{tmp_path}/page.html"
    assert run("page", SESSION, "-o", path).lines == [f"Written: {path}"]
    said = run("page", SESSION, "-o", path)
    assert said.code == 1
    assert "exists already. Overwrite it?" in said.err
    printed = run("page", SESSION).out
    assert printed.strip().endswith("</html>")
    assert data_of(printed)["command"] == "hiproutine log four-everyday --result"
    today = data_of(run("page", "supine-butterfly", "glute-bridge").out)
    assert [each["id"] for each in today["exercises"]][:2] == ["supine-butterfly", "glute-bridge"]
    assert today["command"] == "hiproutine log supine-butterfly+glute-bridge --result"
    assert data_of(run("page").out)["command"].startswith("hiproutine log ")


def test_a_page_names_no_command_to_read(run: Run, home: Path) -> None:
    folder = home / ".config" / "hiproutine"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.yaml").write_text("minutes: 60\n")
    page = run("page").out
    assert " of 60 min: " in page
    assert "`" not in re.sub(r"(?s)<(script|style).*?</\1>", "", page)


def test_what_the_screening_hides_is_on_no_page_and_cautions_are(run: Run, home: Path) -> None:
    settings = home / ".config" / "hiproutine" / "settings.yaml"
    settings.parent.mkdir(parents=True)
    settings.write_text("conditions: [thr_anterior, preg]\n")
    text = run("page", "ten-minute").out
    names = [each["id"] for each in data_of(text)["exercises"]]
    assert "half-kneeling-hip-flexor" not in names
    assert "half-kneeling-hip-flexor" not in text
    careful = [line for each in data_of(text)["exercises"] for line in each["careful"]]
    assert careful
    assert all(escape(f"Careful: {line}") in text for line in careful)
    assert "is hidden by your screening" in run("page", "half-kneeling-hip-flexor").err


def test_wrong_words_are_refused(run: Run) -> None:
    assert run("page", "no-such-thing").err.startswith('hiproutine: no routine or exercise has the id "no-such-thing"')
    assert run("page", "--anyway").code == 2
