"""The former place of what is in `history.making` and `recording`."""

from hiproutine.history.making import CORRECT_WITHIN, checked, import_name, new_id, pain, rest, video_note, void
from hiproutine.practice.recording import LATE_DAYS, REST_AHEAD_DAYS, REST_PAST_DAYS, logged

__all__ = [
    "CORRECT_WITHIN",
    "LATE_DAYS",
    "REST_AHEAD_DAYS",
    "REST_PAST_DAYS",
    "checked",
    "import_name",
    "logged",
    "new_id",
    "pain",
    "rest",
    "video_note",
    "void",
]
