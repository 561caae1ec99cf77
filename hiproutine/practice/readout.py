"""What is shown large, to be read from the mat: one word and one number for every state of a session. Pure."""

from hiproutine.catalogue.prescription import Phase
from hiproutine.practice.breath import Moment, breath_of, moment
from hiproutine.practice.cues import CueKind, within
from hiproutine.practice.hurting import Hurting
from hiproutine.practice.player import Player
from hiproutine.practice.words import PHASES
from hiproutine.text import clock_length

HALFWAY_MS = 3_000
"""How long the middle of a hold is shown."""
# As wide as the words that they stand for, so that nothing around them has to be painted again.
_HALFWAY = {Phase.HOLD: "HALF", Phase.STRETCH: "HALFWAY"}


def breath_now(player: Player) -> Moment | None:
    """Where in a breath this is, while a hold that is counted in breaths goes on."""
    breath = breath_of(player.timeline, player.segment)
    goes_on = player.remaining_ms and not player.paused and not player.count_in_ms
    return moment(breath, player.remaining_ms) if breath and goes_on else None


def big_word(player: Player, hurting: Hurting | None) -> str:
    if hurting:
        return "HURTS?"
    if player.paused:
        return "PAUSED"
    if player.count_in_ms:
        return "GO ON"
    if breath := breath_now(player):
        return "IN" if breath.inward else "OUT"
    return _HALFWAY[player.segment.phase] if _just_halfway(player) else PHASES[player.segment.phase]


def big_number(player: Player, hurting: Hurting | None) -> str:
    """Seconds, or minutes and seconds from 100 s on, or breaths; each counted so that 0 is the end."""
    if hurting:
        return "1-10" if hurting.number is None else str(hurting.number)
    if player.count_in_ms:
        return _seconds(player.count_in_ms)
    if breath := breath_now(player):
        return str(breath.breaths)
    return clock_length(player.remaining_ms) if player.remaining_ms > 99_000 else _seconds(player.remaining_ms)


def small_word(player: Player, hurting: Hurting | None) -> str:
    """The same as the big word, and the phase, where there is no room for the big one."""
    word, phase = big_word(player, hurting), PHASES[player.segment.phase]
    return phase if word == phase else f"{word} {phase}"


def standing_word(player: Player, hurting: Hurting | None) -> str:
    """The phase, and why it stands still if it does: beside the big word, and not for what passes in a few seconds."""
    stands = hurting or player.paused or player.count_in_ms
    return small_word(player, hurting) if stands else PHASES[player.segment.phase]


def _seconds(ms: int) -> str:
    return str(-(-ms // 1000))


def _just_halfway(player: Player) -> bool:
    cues = () if player.finished else within(player.timeline, player.at)
    since_ms = (ahead_ms - player.remaining_ms for ahead_ms, cue in cues if cue.kind is CueKind.HALFWAY)
    return any(0 <= ms < HALFWAY_MS for ms in since_ms)
