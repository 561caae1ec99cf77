"""The self-checks: the list with past values, and one check step by step."""

from collections.abc import Callable
from datetime import date

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from hiproutine.catalogue.prescription import Phase
from hiproutine.coach import self_checks
from hiproutine.coach.screening import cautions
from hiproutine.coach.self_checks import SelfCheck
from hiproutine.day.context import Context
from hiproutine.day.runner import Runner
from hiproutine.day.today import Day
from hiproutine.history.past import Past
from hiproutine.history.records import YES_NO, Check
from hiproutine.practice.cues import PHASES
from hiproutine.practice.readout import big_number, big_word
from hiproutine.practice.self_check import Cues, Guide, so_far
from hiproutine.tui.keys import bindings
from hiproutine.tui.pages import Listing, Page, show
from hiproutine.tui.theme import NO_BREAK
from hiproutine.tui.widgets.big_text import BigText
from hiproutine.tui.widgets.footer import Footer
from hiproutine.tui.widgets.nav_bar import NavBar

_WHAT_FOR = (
    "For you to follow over time, no diagnosis. Less than 2 cm or a tenth of change may be chance.\n"
    "Enter does the marked one, step by step, left and right."
)

_INDENT = 2


class ChecksScreen(Page[None]):
    """List the self-checks available to this person, with their last values.

    `wrote` is called after a check was done.
    """

    CSS_PATH = "self_checks.tcss"

    def __init__(
        self,
        runner: Runner,
        wrote: Callable[[], None],
    ) -> None:
        super().__init__()
        self._runner = runner
        day = runner.day
        self._wrote = wrote
        self._within_reach = self_checks.within_reach(day.screened, day.settings.profile)

    def compose(self) -> ComposeResult:
        yield NavBar()
        yield Label("Self-checks", classes="title")
        with VerticalScroll(id="checks", can_focus=False):
            yield Static(_WHAT_FOR, classes="hint")
            yield Static(id="readings")
            yield Listing(*(Option("", id=each.id) for each in self._within_reach), compact=True)
        yield Footer()

    def on_mount(self) -> None:
        self._show()
        self.query_one(OptionList).focus()

    def _show(self) -> None:
        past = self._runner.read(date.max)
        day = past.today(self._runner.context.now())
        options = self.query_one(OptionList)
        width = max((len(each.name) for each in self._within_reach), default=0)
        for each in self._within_reach:
            options.replace_option_prompt(each.id, _row(each, width, past, day))
        readings = list(self_checks.readings(past, day))
        words = readings if self._within_reach else ["Your screening and what you have at hand leave none of them."]
        self.query_one("#readings", Static).update(Content("\n".join(words)))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        check = self._within_reach[event.option_index]
        screen = CheckScreen(self._runner.context, self._runner.day, check, self._runner.keep)
        show(self, screen, lambda _: self._done())

    def _done(self) -> None:
        self._wrote()
        self._show()


def _row(check: SelfCheck, width: int, past: Past, day: date) -> Content:
    when, lines = so_far(check, past, day)
    return Content.assemble(
        f"{check.name:<{width}}",
        (f"  {when}", "$foreground-muted"),
        *((f"\n{NO_BREAK * _INDENT}{line}", "$foreground-muted") for line in lines),
    )


class CheckScreen(Page[None]):
    """One check, side by side. Each answer is saved at once, so leaving loses nothing."""

    CSS_PATH = "self_checks.tcss"
    BINDINGS = bindings("self-check")
    LEADS_ELSEWHERE = False
    AUTO_FOCUS = ""  # the field would take keys that come before it is hidden

    def __init__(self, context: Context, day: Day, check: SelfCheck, keep: Callable[[Check], str | None]) -> None:
        super().__init__()
        self._keep = keep
        self._guide = Guide(check, day.catalogue.exercises, day.settings.manner, context.clock, self._write)
        self._careful = [
            f"Careful: {line}" for line in cautions(day.catalogue.exercises[check.like], day.screened.codes)
        ]
        self._sound = context.sound(day.settings, self.app.bell, lambda _: None)
        self._timer: Timer | None = None
        self._word, self._number = BigText(id="word"), BigText(id="number")

    def compose(self) -> ComposeResult:
        yield Label(classes="title")
        yield self._word
        yield self._number
        yield Static(id="say")
        yield Input(id="value", max_length=6, compact=True)
        yield Static(id="hint", classes="hint")
        yield Footer()

    def on_mount(self) -> None:
        self._react(self._guide.begin())

    def on_unmount(self) -> None:
        if not self._guide.over:
            self._sound.hush()
        self._sound.close()

    def on_screen_suspend(self) -> None:
        """Stop behind the palette."""
        if self._timer:
            self._timer.stop()

    def on_screen_resume(self) -> None:
        if self._guide.wait_ms:
            self._react(self._guide.again() + self._guide.begin())

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def tick(self) -> None:
        self._react(self._guide.tick())

    def _react(self, cues: Cues) -> None:
        if self._timer:
            self._timer.stop()
        if not self.is_attached:
            return
        self._sound.play(self._guide.player.timeline, cues)
        if self._guide.over:
            self.dismiss()
            return
        if wait_ms := self._guide.wait_ms:
            self._timer = self.set_timer(wait_ms / 1000, self.tick)
        self._show()
        self.refresh_bindings()

    def _show(self) -> None:
        guide, player, asked = self._guide, self._guide.player, self._guide.asked
        phase = () if asked else (PHASES[player.segment.phase].word.lower(),)
        getting_ready = player.segment.phase in (Phase.READY, Phase.SWITCH)
        name = f"{guide.check.name}, {guide.side} side" if guide.side else guide.check.name
        self.query_one(".title", Label).update(Content(" · ".join((name, *phase))))
        state = "-asking" if asked else "-ready" if getting_ready else "-hold"
        self.update_classes({each: each == state for each in ("-asking", "-ready", "-hold")})
        self._word.show("" if asked else big_word(player, None))
        self._number.show("" if asked else big_number(player, None))
        setup = "\n".join([*(f"{number}. {line}" for number, line in enumerate(guide.check.setup, 1)), *self._careful])
        self.query_one("#say", Static).update(
            Content(asked.question if asked else setup if getting_ready else guide.check.cue)
        )
        number = self.query_one("#value", Input)
        number.display = asked is not None and asked.unit != YES_NO
        if number.display and not number.has_focus:
            number.value = ""
            number.focus()
        elif not number.display:
            self.set_focus(None)
        hints = "y yes   n no" if asked and asked.unit == YES_NO else f"{asked.unit}, then Enter" if asked else ""
        self.query_one("#hint", Static).update(hints)

    def check_action(self, action: str, _: tuple[object, ...]) -> bool | None:
        asked = self._guide.asked
        if action == "answer":
            return asked is not None and asked.unit == YES_NO
        if action == "skip":
            return asked is not None
        return not asked if action in ("enough", "again") else True

    def action_enough(self) -> None:
        self._react(self._guide.enough())

    def action_again(self) -> None:
        self._react(self._guide.again())

    def action_answer(self, value: int) -> None:
        self._react(self._guide.answer(value))

    def action_skip(self) -> None:
        self._react(self._guide.answer(None))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        asked = self._guide.asked
        if asked is None or event.value != event.input.value:  # Enter twice: the first one was the answer
            return
        value = self_checks.answer(asked.unit, asked.most, event.value)
        if value is None:
            self.query_one("#hint", Static).update(f"a number of {asked.unit} such as 9.5, then Enter")
            return
        event.input.value = ""
        self._react(self._guide.answer(value))

    def _write(self, check: Check) -> None:
        if trouble := self._keep(check):
            self.notify(trouble, title="Not saved yet", severity="error", markup=False)
