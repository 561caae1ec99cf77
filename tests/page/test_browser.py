"""The page in a real browser, at the size of a phone and of a tablet; its clock is turned by hand."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from random import Random
from threading import Thread
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

import pytest

from hiproutine.catalogue.model import Exercise
from hiproutine.coach.instructions import with_side
from hiproutine.page.document import page as made
from hiproutine.page.server import PageServer
from hiproutine.practice import readout
from hiproutine.practice.cues import NOTES, CueKind, entered, scheduled
from hiproutine.practice.hurting import nearest_easier
from hiproutine.practice.phrases import spoken
from hiproutine.practice.player import Played, Player, begin
from hiproutine.practice.timeline import Timeline
from hiproutine.practice.words import segment_words
from tests.conftest import Run
from tests.page.pages import EXERCISES, SESSION, content, course_of, page_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed"),
    pytest.mark.skipif(not find_spec("playwright"), reason="playwright, of the extra dev, is not installed"),
]
AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
PHONE, TABLET = (390, 844), (1024, 768)
LONGEST = "+".join(
    (
        *("couch-stretch", "half-kneeling-hip-flexor", "half-kneeling-psoas-reach", "chair-quad-resistance"),
        *("ninety-front-pails-rails", "ninety-ninety-supported"),
    )
)
"""The six exercises with the most words."""

# What was heard, and which locks were asked for, each with the time of the page.
SPIES = """
window.heard = []; window.said = []; window.locks = [];
const make = AudioContext.prototype.createOscillator;
AudioContext.prototype.createOscillator = function () {
  const tone = make.call(this);
  const start = tone.start;
  tone.start = function (at) { heard.push([performance.now(), tone.frequency.value]); start.call(this, at); };
  return tone;
};
const speech = { speaking: false, cancel() {}, speak({ text }) { said.push([performance.now(), text]); } };
Object.defineProperty(window, "speechSynthesis", { value: speech });
"""
LOCK = """
Object.defineProperty(navigator, "wakeLock", { value: { async request(kind) {
  locks.push(kind);
  return { async release() { locks.push("released"); } };
} } });
"""
NO_LOCK = 'Object.defineProperty(navigator, "wakeLock", { value: undefined });'


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


Open = Callable[..., "Page"]


@pytest.fixture
def show(browser: "Browser", tmp_path: Path) -> Iterator[Open]:
    """Opens the page of a session from a file, with a clock that stands still unless it is `live`.

    No script may fail, and nothing may be asked of any network.
    """
    contexts, faults = [], []

    def opened(
        plan: str = SESSION,
        size: tuple[int, int] = PHONE,
        *,
        text: str = "",
        script: str = SPIES,
        live: bool = False,
        **options: Any,
    ) -> "Page":
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on(
            "request",
            lambda request: None if request.url.startswith(("file:", "data:")) else faults.append(request.url),
        )
        page.add_init_script(script)
        if not live:
            page.clock.install(time=AT - timedelta(seconds=10))
        path = tmp_path / "page.html"
        path.write_text(text or page_of(plan), encoding="utf-8")
        page.goto(path.as_uri())
        if not live:
            page.clock.pause_at(AT)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def until(page: "Page", condition: str) -> None:
    """Waits for a condition of the page; its own policy lets no test put a function there that waits."""
    for _ in range(1200):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    pytest.fail(condition)


def started(page: "Page") -> "Page":
    page.click("#begin")
    return page


def texts(page: "Page") -> list[str]:
    """Return what is large on the page, in one question: its clock goes on only between two."""
    return list(page.evaluate("['word', 'side', 'number', 'where', 'name'].map((id) => element(id).innerText.trim())"))


def visible(page: "Page") -> list[str]:
    return list(
        page.evaluate(
            "[...document.querySelectorAll('#practice [id]')].filter((e) => e.checkVisibility()).map((e) => e.id)"
        )
    )


# ---- the course of a session ----


@pytest.mark.parametrize(("plan", "size"), [("five-minute", PHONE), ("break-desk-lunge", TABLET)])
def test_a_session_is_shown_heard_and_said_as_by_the_other_players(
    show: Open, plan: str, size: tuple[int, int]
) -> None:
    timeline = content(plan).timeline
    page = show(plan, size, reduced_motion="reduce")  # a moving figure takes most of the time
    begins = page.evaluate("performance.now()")
    started(page)
    player, step_ms = begin(timeline, {}, {}).player, 3_700
    while not player.finished:
        shown = readout.big_word(player, None), readout.big_side(player), readout.big_number(player, None)
        assert texts(page) == [*shown, player.segment.where, player.step.exercise.name], player.at
        if player.at and readout.coming(player):
            assert page.inner_text("#words") == f"Next: {readout.coming(player)}"
        assert {"panel", "drawing", "words", "pause", "hurts"} <= {*visible(page)}
        player = player.advance(step_ms).player
        page.clock.run_for(step_ms)
    assert page.inner_text("#praise") == "Well done."
    exercises = len({step.item for step in timeline.steps})
    assert page.inner_text("#summary").startswith(f"{exercises} of {exercises} done, ")
    due = [(at_ms, note.hz) for at_ms, cue in scheduled(timeline) for note in NOTES[cue.kind]]
    assert _near(page.evaluate("heard"), due, begins)
    words = [(at_ms, speech.text) for at_ms, cue in scheduled(timeline) if (speech := spoken(timeline, cue))]
    assert _near(page.evaluate("said"), words, begins)


def _near(got: list[Any], due: list[Any], begins: float) -> bool:
    """Whether everything came in order, and no later than the page looks at its clock."""
    assert [what for _, what in got] == [what for _, what in due]
    return all(0 <= at_ms - begins - due_ms <= 150 for (at_ms, _), (due_ms, _) in zip(got, due, strict=True))


RUN = """
(steps) => steps.map(([name, ms]) => {
  if (name === "leave") player.skip(true); else player[name](name === "skip" ? false : ms);
  const course = segments.map((each) => `${each.step} ${each.ms} ${each.where}; ${each.announced}`);
  return [player.at, player.remainingMs, player.countInMs, player.paused, [...player.heldMs], course];
})
"""


MOVES: dict[str, Callable[[Player, int], Played]] = {
    "advance": lambda player, ms: player.advance(ms),
    "pause": lambda player, _: player.pause(),
    "resume": lambda player, _: player.resume(),
    "next": lambda player, _: player.next(),
    "again": lambda player, _: player.previous(),
    "skip": lambda player, _: player.passed_over(),
    "leave": lambda player, _: player.passed_over(whole=True),
    "shorten": lambda player, _: player.shortened(),
    "ease": lambda player, _: player.eased(_easier(player)),
}
"""What can be done, on the page and here; what goes somewhere else ends a pause."""

LUNGE = "split-squat-assisted+half-kneeling-hip-flexor+glute-bridge"
"""Of their easier variants the first has no sides, the second has, and the third is done on two."""


@pytest.mark.parametrize("plan", ["five-minute", "ninety-front-pails-rails", "kinstretch-beginner", LUNGE])
def test_whatever_one_does_the_course_is_that_of_the_other_players(show: Open, plan: str) -> None:
    random = Random(plan)
    page = started(show(plan, reduced_motion="reduce"))
    player = begin(content(plan).timeline, {}, {}).player
    steps, expected = list[tuple[str, int]](), []
    for _ in range(150):
        name = random.choice([*MOVES, *["advance"] * 5, "resume"])
        if name == "ease" and not _may_ease(player):
            continue
        ms = random.randint(1, 40_000)
        after = MOVES[name](player._replace(paused=player.paused and name in ("advance", "pause", "resume")), ms).player
        if after.finished:
            continue  # the page has no player after the end
        player = after
        steps.append((name, ms))
        course = [_told(player.timeline, index) for index in range(len(player.timeline.segments))]
        state = player.at, player.remaining_ms, player.count_in_ms, player.paused
        expected.append([*state, list(player.held_ms), course])
    assert page.evaluate(RUN, steps) == expected
    assert len({at for at, *_ in expected}) > 8
    assert {"ease", "shorten"} <= {name for name, _ in steps}


def _told(timeline: Timeline, index: int) -> str:
    """Return a segment in words; the beats of a repetition are not announced."""
    segment = timeline.segments[index]
    quiet = any(cue.kind in (CueKind.BEAT, CueKind.REP) for cue in entered(timeline, index))
    words = "" if quiet else segment_words(timeline, segment)
    return f"{segment.step} {segment.length_ms} {segment.where}; {words}"


def _easier(player: Player) -> Exercise:
    found = nearest_easier(player.step.exercise, EXERCISES)
    assert found
    return found


def _may_ease(player: Player) -> bool:
    """Whether there is an easier variant, which is not the next step already; the page offers it once."""
    number = player.segment.step
    after = player.timeline.steps[number + 1 : number + 2]
    return bool(player.step.exercise.easier) and _easier(player) not in {step.exercise for step in after}


def test_a_pause_takes_no_time_of_the_session_and_ends_with_a_count_in(show: Open) -> None:
    page = started(show())
    page.clock.run_for(10_000)
    before = texts(page)
    page.keyboard.press("k")
    page.clock.run_for(2_000)
    assert texts(page) == ["PAUSED", *before[1:]]
    page.click("#pause")
    assert page.inner_text("#word") == "RESUME"
    assert page.inner_text("#number") == "3"
    page.clock.run_for(3_000)
    assert texts(page) == before
    assert page.evaluate("said.at(-1)[1]") == "Half-kneeling hip flexor stretch, left side."


def test_a_phone_that_slept_is_paused_and_nothing_is_credited(show: Open) -> None:
    page = started(show())
    page.keyboard.press("n")
    page.clock.run_for(5_000)
    page.clock.fast_forward(60_000)
    assert texts(page)[:3] == ["PAUSED", "◀\N{NO-BREAK SPACE}LEFT", "25"]
    assert page.inner_text("#said") == "Paused: the phone slept."
    assert page.evaluate("player.heldMs[0]") == 5_000


def test_keys_and_fingers_do_the_same(show: Open) -> None:
    keys, fingers = (started(show(reduced_motion="reduce")) for _ in range(2))
    for key, button in (("ArrowRight", "next"), ("n", "next"), ("p", "again"), ("PageDown", "next"), ("n", "next")):
        keys.keyboard.press(key)
        fingers.click(f"#{button}")
        for page in (keys, fingers):
            page.clock.run_for(1_300)
        assert texts(keys) == texts(fingers)
    assert keys.inner_text("#side") == "RIGHT\N{NO-BREAK SPACE}▶"
    keys.keyboard.press("q")
    assert keys.inner_text("#stopping-question") == "Stop here? What you did is kept."
    keys.click("#stop-no")
    keys.clock.run_for(100)
    assert keys.inner_text("#word") == "RESUME"
    keys.keyboard.press("q")
    keys.click("#stop-yes")
    assert keys.inner_text("#praise") == "You made a start."


def test_what_to_be_careful_with_is_there_while_one_gets_ready(show: Open) -> None:
    careful = {"half-kneeling-hip-flexor": ("no weight on the kneecap",)}
    page = started(show(text=made(content(SESSION)._replace(careful=careful))))
    assert page.inner_text("#words p") == "Careful: no weight on the kneecap"
    page.keyboard.press("n")
    page.clock.run_for(200)
    assert page.locator("#words p").count() == 0


# ---- the figure ----


def routes(page: "Page") -> list[str]:
    return [
        str(route)
        for route in page.evaluate("[...document.querySelectorAll('#figure path')].map((p) => p.getAttribute('d'))")
    ]


def turned(page: "Page") -> str:
    return page.get_attribute("#figure g", "transform") or ""


def test_the_figure_moves_while_one_gets_ready_and_stands_in_a_hold(show: Open) -> None:
    page = started(show())
    seen = []
    for _ in range(12):
        page.clock.run_for(500)
        seen.append(tuple(routes(page)))
    assert len(set(seen)) >= 6
    assert all(re.fullmatch(r"(M[-.\d ]+([LQ][-.\d ]+)+z?)?", route) for route in seen[0])
    page.keyboard.press("n")
    page.clock.run_for(1_000)
    held = routes(page)
    page.clock.run_for(5_000)
    assert routes(page) == held
    assert "scale(1 1)" in turned(page)
    page.clock.run_for(60_000)
    while page.inner_text("#word") != "HOLD" or "RIGHT" not in page.inner_text("#side"):
        page.clock.run_for(1_000)
    assert "scale(-1 1)" in turned(page), "the right side is the mirror's"


def test_an_effort_has_its_arrow(show: Open) -> None:
    page = started(show("ninety-front-pails-rails"))
    page.keyboard.press("n")
    arrows = {}
    while (word := page.inner_text("#word")) != "SETTLE":
        arrows[word] = [page.locator(f"#figure .{kind}").first.is_visible() for kind in ("uh", "vh")]
        page.clock.run_for(4_500)
    assert arrows["STRETCH"] == [False, False]
    assert arrows["PUSH"] == [True, False]
    assert arrows["PULL"] == [False, True]


def test_nothing_moves_for_who_wants_it_so(show: Open) -> None:
    page = started(show(reduced_motion="reduce"))
    page.clock.run_for(1_000)
    assert not page.locator("#figure").is_visible()
    before = page.inner_html("#drawing")
    assert before.count("<path") > 20
    assert routes(page) == []
    page.clock.run_for(3_000)
    assert page.inner_html("#drawing") == before


# ---- pain, and the result ----


def test_what_hurts_is_skipped_and_in_the_result_which_the_command_takes(show: Open, run: Run) -> None:
    page = started(show("half-kneeling-hip-flexor", reduced_motion="reduce"))
    page.keyboard.press("n")
    page.clock.run_for(10_000)
    page.keyboard.press("h")
    assert page.inner_text("#hurting-question") == "How much does it hurt, 0 to 10? 0 resumes."
    assert page.locator("#skip").is_disabled()
    page.keyboard.press("3")
    assert page.inner_text("#advice") == "3 of 10. What then?"
    page.keyboard.press("4")
    assert page.inner_text("#advice") == (
        "4 of 10 is too much (at most 3 here): leave this one for today, and stop if it does not ease."
    )
    page.clock.run_for(20_000)
    page.keyboard.press("3")
    assert page.eval_on_selector("#hurt-side", "it => it.selectedOptions[0].text") == "left"
    page.select_option("#hurt-place", label="knee")
    page.select_option("#hurt-side", label="right")
    page.focus("#hurt-side")
    page.keyboard.press("n")  # chooses in the list, not the answer of that key
    page.click("#skip")
    assert texts(page)[:2] == ["SWITCH", "RIGHT\N{NO-BREAK SPACE}▶"]
    page.clock.run_for(120_000)
    assert page.inner_text("#steps").splitlines() == [
        "! Half-kneeling hip flexor stretch, left: hurt",
        "✓ Half-kneeling hip flexor stretch, right",
    ]
    command = r"hiproutine log half-kneeling-hip-flexor --result"
    assert re.fullmatch(rf"{command} 2026-11-23T06:00:00\.\d+Z/[\d.]+/[\d.]+/l10h3kr,r60", page.inner_text("#line"))
    page.select_option("#place", label="front")
    page.click("#after [data-score='1']")
    page.select_option("#pain-side", label="left")
    line = page.inner_text("#line")
    assert line.endswith("/l10h3kr,r60/p1fl")
    said = run(*line.split()[1:])
    assert said.lines[:3] == [
        "Logged for Mon 2026-11-23: Half-kneeling hip flexor stretch, 1 of 1 begun, 1:10 min of exercise.",
        "Logged for Mon 2026-11-23: hurt 3 of 10 in half-kneeling-hip-flexor, right, knee, chose skip.",
        "Logged for Mon 2026-11-23: pain 1 of 10 after a session, front of hip, left.",
    ]


def test_what_hurts_too_much_is_left_with_its_other_side(show: Open) -> None:
    page = started(show("half-kneeling-hip-flexor+glute-bridge", reduced_motion="reduce"))
    page.keyboard.press("n")
    page.clock.run_for(10_000)
    page.keyboard.press("h")
    page.keyboard.press("4")
    page.click("#skip")
    assert texts(page)[4] == EXERCISES["glute-bridge"].name


def test_what_hurts_can_become_shorter_or_easier(show: Open, run: Run) -> None:
    page = started(show("half-kneeling-hip-flexor", reduced_motion="reduce"))
    page.keyboard.press("n")
    page.clock.run_for(10_000)
    page.keyboard.press("h")
    assert page.locator("#answers button:enabled").count() == 0
    page.keyboard.press("2")
    assert page.inner_text("#answers").splitlines() == [
        "Easier: Edge-of-bed psoas stretch",
        "Shorter, half of what is left",
        "Next, leave the rest of it",
    ]
    page.keyboard.press("3")
    assert page.inner_text("#answers button:first-child") == "Easier: Edge-of-bed psoas stretch (advised)"
    page.keyboard.press("s")
    assert texts(page)[:3] == ["RESUME", "◀\N{NO-BREAK SPACE}LEFT", "3"]
    page.clock.run_for(3_000)
    assert texts(page)[:3] == ["HOLD", "◀\N{NO-BREAK SPACE}LEFT", "20"], "one of two sets, and 20 s of the first"
    page.clock.run_for(20_000)
    assert texts(page)[0] == "SWITCH"
    page.keyboard.press("n")
    page.clock.run_for(5_000)
    page.keyboard.press("h")
    page.keyboard.press("3")
    page.click("#easier")
    assert texts(page)[1] == "RIGHT\N{NO-BREAK SPACE}▶"
    assert texts(page)[4] == "Edge-of-bed psoas stretch"
    easier = EXERCISES["supine-edge-psoas"]
    assert page.inner_text("#words li:first-child") == with_side(easier.setup[0], easier, "right")
    assert "Let your right leg drop" in page.inner_text("#words li:first-child")
    page.clock.run_for(240_000)
    assert page.inner_text("#steps").splitlines() == [
        "! Half-kneeling hip flexor stretch, left: hurt",
        "! Half-kneeling hip flexor stretch, right: hurt",
        "✓ Edge-of-bed psoas stretch, right",
    ]
    line = page.inner_text("#line")
    assert line.endswith("/l30h3s,r5h3e1,r60")
    assert run(*line.split()[1:]).lines[:3] == [
        (
            "Logged for Mon 2026-11-23: Half-kneeling hip flexor stretch, Edge-of-bed psoas stretch, "
            "1 of 2 done, 1:35 min of exercise."
        ),
        "Logged for Mon 2026-11-23: hurt 3 of 10 in half-kneeling-hip-flexor, left, chose shorter.",
        "Logged for Mon 2026-11-23: hurt 3 of 10 in half-kneeling-hip-flexor, right, chose easier.",
    ]


def test_never_mind_goes_on_and_stopping_keeps_what_was_done(show: Open) -> None:
    page = started(show())
    page.keyboard.press("n")
    page.clock.run_for(5_000)
    for leave in ("0", "Escape"):
        page.keyboard.press("h")
        page.keyboard.press(leave)
        page.clock.run_for(100)
        assert page.inner_text("#word") == "RESUME"
    page.keyboard.press("h")
    page.keyboard.press("1")
    page.keyboard.press("0")
    page.click("#end")
    assert "/l5h10x,r0,l0,r0,b0,l0,r0" in page.inner_text("#line")


def test_what_hurts_before_anything_is_held_is_in_the_result(show: Open) -> None:
    page = started(show())
    page.keyboard.press("h")
    page.keyboard.press("7")
    page.click("#end")
    assert page.inner_text("#line").endswith("/l0h7x,r0,l0,r0,b0,l0,r0")
    assert not page.locator("#after").is_visible()


def test_without_anything_done_there_is_nothing_to_log(show: Open) -> None:
    page = started(show())
    page.keyboard.press("q")
    page.click("#stop-yes")
    assert page.inner_text("#sent") == "Nothing was practised, so there is nothing to log."
    assert not page.locator("#line").is_visible()


# ---- the screen stays on ----


def test_the_wake_lock_is_asked_for_and_given_back(show: Open) -> None:
    page = started(show(script=SPIES + LOCK))
    page.clock.run_for(100)
    assert page.evaluate("locks") == ["screen"]
    page.keyboard.press("q")
    page.click("#stop-yes")
    assert page.evaluate("locks") == ["screen", "released"]


def test_without_a_wake_lock_a_silent_video_plays(show: Open) -> None:
    page = show(script=SPIES + NO_LOCK, live=True)
    started(page)
    until(page, "awake.video && !awake.video.paused && awake.video.currentTime > 0")
    assert page.evaluate("[awake.video.loop, awake.video.src.slice(0, 20)]") == [True, "data:video/mp4;base64"[:20]]
    page.keyboard.press("q")
    page.click("#stop-yes")
    assert page.evaluate("awake.video.paused")


# ---- for everybody ----


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (TABLET, "dark")])
def test_nothing_is_in_the_way_of_anybody(show: Open, size: tuple[int, int], scheme: str) -> None:
    import axe_playwright_python

    axe = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
    page = show("kinstretch-beginner", size, live=True, color_scheme=scheme)
    page.evaluate(axe)

    def problems() -> list[str]:
        found = page.evaluate("axe.run({ resultTypes: ['violations'] })")["violations"]
        return [f"{each['id']}: {[node['html'][:120] for node in each['nodes']]}" for each in found]

    assert problems() == []
    started(page)
    assert problems() == []
    page.keyboard.press("h")
    page.keyboard.press("5")
    assert problems() == []
    page.click("#end")
    assert problems() == []


@pytest.mark.parametrize("size", [(320, 568), PHONE, (844, 390), TABLET, (1920, 1080)])
def test_everything_fits_the_screen(show: Open, size: tuple[int, int]) -> None:
    page = started(show("ninety-front-pails-rails", size))
    for _ in range(3):
        page.clock.run_for(500)
        for name in ("number", "pause", "next", "again", "hurts", "stop", "figure"):
            assert is_within(page, name, size), name
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= size[0]
        page.keyboard.press("k")
        assert (
            page.evaluate("element('phase').offsetHeight / parseFloat(getComputedStyle(element('phase')).fontSize)")
            < 1.5
        )
        page.keyboard.press("n")
    page.keyboard.press("h")
    page.keyboard.press("9")
    for name in ("skip", "end", "never-mind", "advice"):
        assert is_within(page, name, size), name


def is_within(page: "Page", name: str, size: tuple[int, int]) -> bool:
    """Whether an element is wholly on the screen, and a finger can hit it."""
    box = page.locator(f"#{name}").bounding_box()
    assert box
    fits = box["x"] >= 0 and box["x"] + box["width"] <= size[0] and box["y"] + box["height"] <= size[1]
    return fits and (name == "advice" or box["height"] >= 40)


@pytest.mark.parametrize("size", [PHONE, (844, 390), TABLET])
def test_the_set_up_can_be_read_without_scrolling(show: Open, size: tuple[int, int]) -> None:
    page = started(show("half-kneeling-hip-flexor", size))
    assert page.evaluate("[element('words').scrollHeight - element('words').clientHeight]") == [0]


# ---- on paper ----


@pytest.mark.parametrize("plan", ["four-everyday", "runners-set", LONGEST])
def test_the_handout_is_one_page_with_every_exercise(show: Open, plan: str) -> None:
    from pypdf import PdfReader

    page = show(plan, live=True)
    pages = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert len(pages) == 1
    assert [round(float(length) / 72 * 25.4) for length in pages[0].mediabox[2:]] == [210, 297]
    text = joined(normalize("NFKC", pages[0].extract_text()))
    exercises = {item.exercise for item in course_of(plan).session.items}
    for exercise in exercises:
        for words in (exercise.name, *exercise.setup, *exercise.stop_if, exercise.short or ""):
            assert joined(words) in text
    assert text.count("Stop if you feel") == len(exercises)
    assert "Tick what you did" in text
    assert "When not to practise" not in text
    drawn = page.evaluate("[...document.querySelectorAll('#handout .drawing svg')].map((svg) => svg.childElementCount)")
    assert len(drawn) == len(exercises)
    assert min(drawn) > 15


def joined(text: str) -> str:
    """Return a text without its breaks, which may be at hyphens."""
    return " ".join(text.split()).replace("- ", "-")


# ---- served ----


def test_a_served_page_sends_its_result(browser: "Browser") -> None:
    results: list[str] = []

    def take(text: str) -> tuple[str, bool]:
        results.append(text)
        return "Saved on your computer.", "/p" in text

    server = PageServer("127.0.0.1", page_of(SESSION, served=True), take)
    thread = Thread(target=server.serve, args=(60, 60), daemon=True)
    thread.start()
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(server.url)
    page.click("#begin")
    page.keyboard.press("n")
    until(page, "player.heldMs[0] > 200")
    page.keyboard.press("q")
    page.click("#stop-yes")
    until(page, "document.getElementById('sent').textContent === 'Saved on your computer.'")
    assert not page.locator("#line").is_visible()
    page.click("#after [data-score='3']")
    thread.join(20)
    assert not thread.is_alive()
    assert len(results) == 2
    assert results[1] == f"{results[0]}/p3"
    assert not page.locator("#after").is_visible()
    context.close()


def test_a_result_that_nobody_takes_can_be_logged_or_sent_again(browser: "Browser") -> None:
    server = PageServer("127.0.0.1", page_of(SESSION, served=True), lambda _: ("", True))
    thread = Thread(target=server.serve, args=(60, 60), daemon=True)
    thread.start()
    context = browser.new_context()
    page = context.new_page()
    page.goto(server.url)
    server.came.set()
    server.complete.set()
    thread.join(20)
    page.click("#begin")
    page.keyboard.press("n")
    until(page, "player.heldMs[0] > 200")
    page.keyboard.press("q")
    page.click("#stop-yes")
    until(page, "document.getElementById('sent').textContent.startsWith('It could not be sent')")
    assert page.locator("#retry").is_visible()
    assert page.inner_text("#line").startswith(f"hiproutine log {SESSION} --result ")
    context.close()
