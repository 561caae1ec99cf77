"""The table of keys: the bindings of every page, the footer, the help page and the palette follow from it.

Keys such as `?`, Esc, z, / and v mean the same on every page; practice and self-checks have their own rules.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from textual.binding import ActiveBinding, Binding, BindingType
from textual.screen import Screen

from hiproutine.history.records import TOO_EASY, TOO_HARD
from hiproutine.practice.hurting import STEPS, TAKES
from hiproutine.practice.pain_prompt import CONFIRM, DIGITS, DROP, ERASE
from hiproutine.practice.words import KEYS

GROUPS = SESSION, AFAR, EDIT, PAIN, VIDEO, LIST, GO, PAGE = (
    "Session", "With a presenter or a headset", "Edit", "Pain", "Video", "Move and choose", "Go to", "Everywhere",
)  # fmt: skip
"""Headings of the help page, in their order."""

BACK, HELP = 8, 9
"""Ranks of the two keys at the right end of the footer, which always stay."""
MOST = 7
"""Maximum keys in a footer."""


class Key(NamedTuple):
    """A key and its action in one place."""

    keys: str
    """Textual's names, separated by commas, the one to show first; empty for a command of the palette alone."""
    action: str
    """The action of the binding, with `{key}` for the key that was pressed."""
    words: str
    """A word or two for the footer and the palette."""
    help: str
    """A phrase for the help page."""
    group: str
    rank: int = 0
    """Priority in the footer, 1 first; 0 keeps it out."""
    display: str = ""
    """Display of the keys, instead of their names."""
    priority: bool = False
    """Whether it precedes the keys of the focused widget."""
    command: bool = False
    """Whether the palette lists it, too."""


_UP = Key("up,k", "cursor_up", "Up", "Mark the row above", LIST)
_DOWN = Key("down,j", "cursor_down", "Down", "Mark the row below", LIST)
_ENTER_BACK = Key("enter", "back", "Back", "Close this page", PAGE)
_CHECKS = Key("C", "app.checks", "Self-checks", "Self-checks, every two weeks", GO, command=True)
_STILL = Key("space", "still", "Still", "Stop the figure, or let it move again", LIST)
_NOTE_PAIN = Key(CONFIRM, "settle", "Note it", "Note how much it hurts, and where, as typed", PAIN, 1)
_HOW_MUCH = "How much it hurts now, 0 to 10; right after it the letters that it names say where"
_CODE_HELP = "Show the address of that video as a QR code"

TABLE: Mapping[str, tuple[Key, ...]] = {
    # ---- pages ----
    "today": (
        _NOTE_PAIN,
        Key(CONFIRM, "app.start", "Start", "Start the session", SESSION, 1, command=True),
        Key(CONFIRM, "app.resume", "Resume", "Resume the unfinished session", SESSION, 1, command=True),
        Key("n", "app.anew", "Start new", "Start today's session, not the unfinished one", SESSION, 2, command=True),
        Key("e", "edit", "Edit", "Show the keys that change the session, and hide them again", EDIT, 3),
        Key("m", "app.only_today", "Minutes", "Minutes, focus, floor, equipment of today", SESSION, 4, command=True),
        Key("c", "app.choose", "Choose", "Choose another routine for today", SESSION, 6, command=True),
        Key("p", "app.programme", "Programme", "Begin a programme of some weeks, or end it", SESSION, command=True),
        Key("w", "why", "Why", "Why this session: reasons, and what was omitted", SESSION),
        Key("o", "card", "Card", "The card that a note names", SESSION),
        Key("v", "app.video", "Video", "Open the video that goes best with the marked exercise", VIDEO, 5),
        Key("s", "swap", "Swap", "Swap the marked exercise for the next best; goes round", EDIT),
        Key("d,delete", "drop", "Drop", "Omit the marked exercise today", EDIT),
        Key("a", "add", "Add", "Add an exercise, found by typing", EDIT),
        Key("K,shift+up", "move('up')", "Up", "Move the marked exercise up", EDIT),
        Key("J,shift+down", "move('down')", "Down", "Move the marked exercise down", EDIT),
        Key("less_than_sign", "dose('less')", "Less", "One step of its dose less", EDIT),
        Key("greater_than_sign", "dose('more')", "More", "One step of its dose more", EDIT),
        Key("u", "level_up", "Level up", "Take the step up that is offered; again takes it back", EDIT),
        Key(
            DROP,
            "undo",
            "Undo",
            "Take back a number, a change, or what was noted last: pain, what hurt, an off day",
            EDIT,
        ),
        Key("y", "plan_less", "Plan less", "Plan less of the exercise that you omitted twice", EDIT),
        Key("x", "off", "Off today", "An easier session: a bad night, a flare, a period", PAIN),
        _CHECKS,
        Key("t", "app.sound", "Sound", "Test or change the sound", GO),
        Key("f5", "afar", "Start", "Start the session, or resume the unfinished one", AFAR),
        Key("q", "app.quit", "Quit", "Leave hiproutine", PAGE, BACK),
    ),
    "library": (
        Key("f2", "filter", "Filter", "Show only what fits", LIST, 2),
        Key("f3", "clear", "Clear", "Clear all filters", LIST, 3),
        Key("f4", "tab('videos')", "Videos", "The videos alone", LIST, 4),
        Key("f4", "tab('everything')", "Everything", "Everything, not the videos alone", LIST, 4),
        Key("v,f5", "video", "Video", "Open the best video of the marked entry", VIDEO, 5),
        Key("slash", "search", "Search", "To the search field, where letters search", LIST, 2),
        Key("down", "move('cursor_down')", "Down", "Mark the row below", LIST),
        Key("up", "move('cursor_up')", "Up", "Mark the row above", LIST),
        Key("pagedown", "move('page_down')", "Page down", "Mark a row a page below", LIST),
        Key("pageup", "move('page_up')", "Page up", "Mark a row a page above", LIST),
        Key("Q", "code", "QR code", _CODE_HELP, VIDEO),
        _STILL,
    ),
    "card": (
        Key("enter,s", "practise", "Do this now", "Practise it now", SESSION, 1),
        Key("enter,s", "begin", "Begin", "Begin this programme today", SESSION, 1),
        Key("p", "preview", "Preview", "Every cue with its time, before you practise it", SESSION, 2),
        Key("v", "video(1)", "Video", "Open the video that goes best with it", VIDEO, 3),
        Key(",".join(DIGITS[1:]), "video({key})", "Video", "Open the video of that number", VIDEO, display="1-9"),
        Key("y", "copy(1)", "Copy link", "Copy the address of that video", VIDEO),
        Key("Q", "code(1)", "QR code", _CODE_HELP, VIDEO),
        Key("w", "watched", "Watched", "Mark the video as watched today, or as not watched", VIDEO, 4),
        Key("n", "note", "Note", "Write a note on the video", VIDEO, 5),
        Key("e", "edit", "Edit", "Edit it, in a file of yours", EDIT, 6),
        Key("c", "copy_entry", "Copy", "Copy it under another id, and edit that", EDIT),
        Key("H", "hide", "Hide", "Hide it; the end of the Library shows it again", EDIT),
        Key("tab", "app.focus_next", "Link", "Mark the next link; Enter opens it", LIST),
        _STILL,
    ),
    "rehearsal": (Key("enter,s", "practise", "Do this now", "Practise it now", SESSION, 1),),
    "progress": (
        Key("a", "log", "Add", "Write down a session of the marked day", EDIT, 2),
        Key("r", "rest", "Rest", "Make the marked day a rest day", EDIT, 3),
        Key("z", "undo", "Undo", "Take back what was written down last; asks once", EDIT, 4),
        Key("t", "tables", "Tables", "Tables instead of charts, and back", LIST, 5),
        Key("s", "measure", "Sessions", "Shade the days by sessions, or by minutes again", LIST),
        Key("pageup", "page(-1)", "Scroll", "Scroll up", LIST),
        Key("pagedown", "page(1)", "Scroll", "Scroll down", LIST),
        _CHECKS,
    ),
    "self-check": (
        Key("space", "enough", "Continue", "Begin now, or end the time here", SESSION, 1),
        Key("a", "again", "Again", "This side again", SESSION, 2),
        Key("y", "answer(1)", "Yes", "Yes", SESSION, 3),
        Key("n", "answer(0)", "No", "No", SESSION, 4),
        Key("tab", "skip", "Skip", "Leave this question without an answer", SESSION, 5, priority=True),
    ),
    "sound": (
        Key("enter", "play", "Play every cue", "Play every cue, and say which program answered", SESSION, 1),
        Key("m", "mode", "Change sound", "Voice and tones, tones alone, the bell, or nothing", EDIT, 2),
        Key("plus,equals_sign,up", "louder(1)", "Louder", "Louder by 10 %", EDIT, 3),
        Key("minus,down", "louder(-1)", "Softer", "Softer by 10 %", EDIT, 4),
        Key("t", "back", "Back", "Close this page", PAGE),
    ),
    "safety": (
        Key("enter", "read", "Read on", "Read on", SESSION, 1, priority=True),
        Key("enter", "agree", "I have read this", "I have read this", SESSION, 1, priority=True),
        Key("up,k", "scroll(-1)", "Up", "Scroll up", LIST),
        Key("down,j", "scroll(1)", "Down", "Scroll down", LIST),
    ),
    "settings": (
        Key("z", "undo", "Undo", "Take back the last change", EDIT, 4),
        Key("S", "app.set_up", "Set up again", "What the first run asked, all of it", GO, 5),
    ),
    "first run": (
        Key("n", "none", "None of these", "None of these is true", SESSION, 1),
        Key("y", "confirm", "These are true", "What is ticked is true", SESSION, 1),
        Key("enter", "next", "Next", "To the next page", SESSION, 1),
        Key("enter", "none_left", "Next", "To the next page: none of these is true", SESSION),
        Key("enter", "start", "Start", "Start this session", SESSION, 1),
        Key("f5", "afar", "Start", "Start this session", AFAR),
        Key("enter", "done", "Done", "Close this page", SESSION, 1),
        Key("enter", "remind", "Remind", "Say which keys answer this page", PAGE),
        Key("n", "remind_ticked", "Remind", "Say that something is ticked", PAGE),
        Key("right,down", "choose(1)", "Choose", "Choose the next number", LIST, 2, display="←→"),
        Key("left,up", "choose(-1)", "Choose", "Choose the number before", LIST),
        Key("space", "tick", "Tick", "Tick the marked row, or take its tick away", LIST, 2),
        Key("u", "unsure", "Not sure", "Not sure of the marked row: the careful answer counts", LIST, 3),
        Key("y", "answer('y')", "Yes", "Yes", SESSION, 1),
        Key("n", "answer('n')", "No", "No", SESSION, 2),
        Key("u", "answer('u')", "Not sure", "Not sure: the careful answer counts", SESSION, 3),
        Key("1", "answer('1')", "First", "The first third of a pregnancy", SESSION),
        Key("2", "answer('2')", "Second", "The second third of a pregnancy", SESSION),
        Key("3", "answer('3')", "Third", "The last third of a pregnancy", SESSION),
        Key("c", "change", "Change the answer", "Back to the page whose answer stops practice", SESSION, 1),
        Key("o", "card", "Warning signs", "The card with the warning signs", PAIN, 2),
        Key("p", "programme", "Programme", "Read about the programmes, and begin one", SESSION, 3),
        Key("w", "why", "Why", "Why this session: reasons, and what was omitted", SESSION, 2),
        Key("T,f6", "today", "Today", "To Today, without starting", GO, 4),
        Key("s", "skip", "Skip", "Leave this page without an answer: nothing of it changes", PAGE, 5),
    ),
    "practice": (
        Key("space", "pause", "Pause", KEYS["pause"], SESSION, 1),
        Key("space", "resume", "Resume", "Resume after a count-in of 3 s", SESSION, 1),
        Key("n,right", "next", "Next", KEYS["next"], SESSION, 2),
        Key("p,left", "previous", "Again", KEYS["previous"], SESSION, 3),
        Key("plus,equals_sign,up", "adjust(1)", "Longer", KEYS["longer"], SESSION),
        Key("minus,down", "adjust(-1)", "Shorter", KEYS["shorter"], SESSION),
        Key("h", "hurt", "Hurts", KEYS["hurt"], PAIN, 4),
        Key("m", "minutes", "Minutes", KEYS["minutes"], SESSION),
        Key("u", f"felt('{TOO_EASY}')", "Too easy", KEYS["easy"], SESSION),
        Key("d", f"felt('{TOO_HARD}')", "Too hard", KEYS["hard"], SESSION),
        Key("f", "floor", "Big", "Only the phase and the time, as large as they get", SESSION, 5),
        Key("F", "app.figure", "Figure", "Hide the figure, or show it; this is remembered", SESSION),
        Key("t", "sound", "Sound", "Pause, and test or change the sound", SESSION),
        Key("v", "video", "Video", "Pause, and open the video of this exercise", VIDEO),
        Key("y", "copy", "Copy link", "Copy the address of that video", VIDEO),
        Key("Q", "code", "QR code", f"Pause; {_CODE_HELP[0].lower()}{_CODE_HELP[1:]}", VIDEO),
        Key(
            "pagedown,media_track_next",
            "onward",
            "Next",
            "Next side or exercise; resumes, if it is paused",
            AFAR,
            display="pagedown",
        ),
        Key("pageup,media_track_previous", "again", "Again", KEYS["previous"], AFAR, display="pageup"),
        Key(
            "full_stop,b,f5,enter,escape,media_play,media_pause,media_play_pause",
            "pause_or_go_on",
            "Pause",
            "Pause, and resume",
            AFAR,
            display=". b F5 enter esc",
        ),
        Key("q", "stop", "Stop", KEYS["stop"], SESSION, BACK),
        # Answers to its questions; only those of the open one can be used.
        Key(
            ",".join(DIGITS),
            "answer('{key}')",
            "Number",
            "How much it hurts, or how many minutes are left",
            PAIN,
            2,
            display="digits",
        ),
        Key(CONFIRM, f"answer('{CONFIRM}')", "Take", "Take the number; then the marked choice", PAIN, 3),
        Key(
            ",".join(STEPS),
            "change('{key}')",
            "Change",
            "It hurts: one more or less; then mark another choice",
            AFAR,
            display="pagedown pageup",
        ),
        Key(
            ",".join(TAKES[1:]),
            "take('{key}')",
            "Take it",
            "It hurts: take the number; then the marked choice; after forward or back esc, too",
            AFAR,
            display=". F5",
        ),
        Key("e", "answer('e')", "Easier", "It hurts: an easier variant for the rest of it", PAIN, 3),
        Key("s", "answer('s')", "Shorter", "It hurts: half of what is left", PAIN, 4),
        Key("n", "answer('n')", "Next", "It hurts: the next side or exercise", PAIN, 5),
        Key("l", "answer('l')", "Later", "Stop here: leave it for later", SESSION, 2),
        Key("q", "answer('q')", "Stop", "Stop here, and keep what was done", SESSION, BACK),
        Key(
            "escape",
            "answer('escape')",
            "Resume",
            "Resume, and change nothing; takes the answer after a presenter's keys",
            SESSION,
            1,
        ),
        Key("question_mark,f1", "keys", "Help", KEYS["help"], PAGE, HELP),
    ),
    "done": (
        _NOTE_PAIN,
        Key(f"{CONFIRM},escape,q", "back", "Done", "Back to Today", PAGE, 1),
        Key("f5", "afar", "Done", "Back to Today", AFAR),
        Key("o", "card", "Card", "The warning signs", PAIN),
        Key(
            "u", f"felt('{TOO_EASY}')", "Too easy", "The last exercise was too easy; a step up comes sooner", SESSION, 3
        ),
        Key(
            "d", f"felt('{TOO_HARD}')", "Too hard", "The last exercise was too hard; next time a step less", SESSION, 4
        ),
        Key(DROP, "undo", "Undo", "Erase the number, or take back the pain just noted", PAIN, 5),
    ),
    # ---- dialogs ----
    "add exercise": (
        Key("down", "move(1)", "Down", "Mark the row below", LIST),
        Key("up", "move(-1)", "Up", "Mark the row above", LIST),
    ),
    "filters": (
        Key("space", "tick", "Tick", "Tick the marked row, or take its tick away", LIST),
        Key("f3,x", "clear", "Clear", "Clear all filters", LIST),
    ),
    "marks": (
        Key("space,right", "tick(1)", "Tick", "Tick the marked row, or give it more weight", LIST),
        Key("left", "tick(-1)", "Less", "Give it less weight", LIST),
    ),
    "against pain": (
        Key("enter", "choose_eased", "Like this", "Practise it like this", SESSION),
        Key("a", "choose_whole", "Anyway", "Practise all of it anyway", SESSION),
    ),
    "unsaved": (
        Key("r", "retry", "Try again", "Try again to save it", SESSION),
        Key("w", "write", "Write to another file", "Write it to another file", SESSION),
        Key("l", "leave", "Leave without it", "Leave without it", SESSION),
        Key("escape,q", "back", "Stay", "Stay", PAGE, BACK),
    ),
    "code": (_ENTER_BACK, Key("y", "copy", "Copy link", "Copy the address", VIDEO)),
    "question": (Key("y", "dismiss(True)", "Yes", "Yes", SESSION), Key("n", "back", "No", "No", SESSION)),
    "reading": (_ENTER_BACK,),
    "why": (Key("enter", "names", "Names", "Name what is omitted, or only count it", LIST),),
    # ---- parts of pages ----
    "list": (
        Key("enter", "select", "Choose", "Choose the marked row; a click does the same", LIST, 1),
        _UP,
        _DOWN,
    ),
    "search": (Key("enter", "submit", "Card", "Open the card of the marked entry", LIST, 1),),
    "setting rows": (
        Key("right,plus,equals_sign", "step(1)", "Change", "The next value", EDIT, 1, display="←→"),
        Key("left,minus", "step(-1)", "Change", "The value before", EDIT),
        Key("enter", "select", "Choose", "Every choice, where there are many", EDIT, 2),
        Key("delete,backspace", "reset", "Default", "Back to the default", EDIT, 3),
        _UP,
        _DOWN,
    ),
    "session row": (
        Key("i", "card", "Card", "The whole card of the marked exercise", SESSION),
        Key("down,j", "app.focus_next", "Down", "Mark the next exercise", LIST),
        Key("up,k", "app.focus_previous", "Up", "Mark the exercise before", LIST),
    ),
    "link": (Key("enter", "open", "Open", "Open the marked link", LIST),),
    "heatmap": (
        Key("enter", "open", "Day", "The sessions of the marked day", SESSION, 1),
        Key("left", "move(-7)", "Week back", "Mark the day a week before", LIST),
        Key("right", "move(7)", "Week on", "Mark the day a week after", LIST),
        Key("up,k", "move(-1)", "Day back", "Mark the day before", LIST),
        Key("down,j", "move(1)", "Day on", "Mark the day after", LIST),
        Key("end", "today", "Today", "Mark today", LIST),
    ),
    "pain": (
        Key(",".join(DIGITS), "typed('{key}')", "Pain", _HOW_MUCH, PAIN, display="0-9"),
        Key(ERASE, f"typed('{ERASE}')", "Erase", "Erase the last digit of a pain score", PAIN),
    ),
    # ---- everywhere ----
    "app": (
        Key("T,f6", "today", "Today", "Back to Today", GO, command=True),
        Key("l,f7", "library", "Library", "Browse and search all exercises and videos", GO, command=True),
        Key("g,f8", "progress", "Progress", "What you did so far; write it down by hand", GO, command=True),
        Key("comma,f9", "settings", "Settings", "Everything that can be set, and your profile", GO, command=True),
        Key("slash", "search", "Search", "Search the Library", GO),
        Key("", "set_up", "Set up again", "Minutes, what is at hand, what is stiff, conditions", GO, command=True),
        Key("", "screening", "Screening", "The questions that remove what is not for you", GO, command=True),
        Key("", "sound", "Sound", "What is heard and how loud, and every cue to try", GO, command=True),
        Key("", "safety", "Safety", "General information, warning signs, when to stop", GO, command=True),
        Key("", "change_theme", "Theme", "Choose other colours", GO, command=True),
        Key("ctrl+p", "command_palette", "Commands", "Every command, found by typing", PAGE, priority=True),
        Key("ctrl+z", "suspend_process", "Suspend", "Back to the shell; fg returns", PAGE),
        Key("ctrl+q", "quit", "Quit", "Leave hiproutine", PAGE, priority=True, command=True),
    ),
    "page": (
        Key("escape,q", "back", "Back", "Close this page", PAGE, BACK),
        Key("question_mark,f1", "app.keys", "Help", KEYS["help"], PAGE, HELP, command=True),
    ),
}
"""The keys of each place: pages, dialogs, parts of pages, every page, the app."""

PAGES = tuple(key for key in TABLE["app"] if key.action in ("today", "library", "progress", "settings"))
"""The keys of the pages that the bar of each page names."""

LEADING = frozenset(key.action for key in TABLE["app"] if key.group == GO and key.keys)
"""Actions of the app that lead from any page to another."""


def bindings(place: str) -> list[BindingType]:
    """Return the bindings of a place; their ids lead back to the table."""
    return [
        Binding(
            one or key.keys,
            key.action.replace("{key}", one),
            key.words,
            show=bool(key.rank),
            priority=key.priority,
            tooltip=key.help,
            id=_id(place, key),
        )
        for key in TABLE[place]
        if key.keys
        for one in (key.keys.split(",") if "{key}" in key.action else [""])
    ]


def _id(place: str, key: Key) -> str:
    return f"{place}: {key.action}"


class Usable(NamedTuple):
    """A usable key, with the names that reach it."""

    key: Key
    names: tuple[str, ...]

    @property
    def display(self) -> str:
        """Display of its first name, for the footer."""
        return self.key.display or shown(self.names[0])

    @property
    def displays(self) -> str:
        """Display of all its names, for the help page."""
        return self.key.display or " ".join(map(shown, self.names))


def usable(screen: Screen[Any]) -> Iterator[Usable]:
    """Yield the usable keys of a screen in the order of the table, without those that a focused text field consumes.

    A screen may have other `key_words` than the table, by actions, as for an answer that is marked.
    """
    focused = screen.focused
    words: Mapping[str, str] = getattr(screen, "key_words", {})
    found: dict[str | None, set[str]] = {}
    for name, active in screen.active_bindings.items():
        if not (focused and focused.check_consume_key(name, _character(name))):
            found.setdefault(active.binding.id, set()).add(name)
    for place, keys in TABLE.items():
        for key in keys:
            reached = found.get(_id(place, key), ())
            if names := tuple(name for name in key.keys.split(",") if name in reached):
                yield Usable(key._replace(words=words.get(key.action, key.words)), names)


def offered(screen: Screen[Any]) -> Iterator[tuple[Key, ActiveBinding]]:
    """Yield the usable keys of a screen with their bindings, for the palette: without moves, digits, a presenter's.

    What is typed into a text field is no key there, but a command all the same.
    """
    found = {active.binding.id: active for active in screen.active_bindings.values() if active.enabled}
    for place, keys in TABLE.items():
        for key in keys:
            if key.group not in (LIST, AFAR) and "{key}" not in key.action and (active := found.get(_id(place, key))):
                yield key, active


def reaches(screen: Screen[Any], key: Key) -> str:
    """Return the first name of a key that a focused text field does not consume."""
    names, focused = key.keys.split(","), screen.focused
    return next(
        (name for name in names if not (focused and focused.check_consume_key(name, _character(name)))), names[0]
    )


def commands(*places: str) -> Iterator[Key]:
    """Yield the commands of the palette from some places."""
    return (key for place in places for key in TABLE[place] if key.command)


_SHOWN = {
    "question_mark": "?", "comma": ",", "slash": "/", "plus": "+", "minus": "-", "equals_sign": "=",
    "less_than_sign": "<", "greater_than_sign": ">", "escape": "esc", "delete": "del", "up": "↑", "down": "↓",
    "left": "←", "right": "→", "shift+up": "shift+↑", "shift+down": "shift+↓",
}  # fmt: skip


def shown(name: str) -> str:
    """Return the usual spelling of a key."""
    return _SHOWN.get(name) or (name.upper() if name[0] == "f" and name[1:].isdigit() else name)


def _character(name: str) -> str | None:
    """Return the character that a key types, if any."""
    word = _SHOWN.get(name, name)
    return word if len(word) == 1 and word.isascii() else " " if name == "space" else None
