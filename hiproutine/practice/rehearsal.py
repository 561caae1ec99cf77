"""A session's cues as lines of text, with the time of each: what will be seen, heard and said. Pure."""

from collections.abc import Iterator

from hiproutine.practice import cues, words
from hiproutine.practice.timeline import Timeline


def lines(line: Timeline) -> Iterator[str]:
    for at_ms, cue in cues.scheduled(line):
        minutes, seconds = divmod(at_ms // 1000, 60)
        tone = f"  [{cue.kind}]" if cues.NOTES[cue.kind] else ""
        speech = cues.spoken(line, cue)
        said = f'  says "{speech.text}"' if speech else ""
        yield f"{minutes:02}:{seconds:02}  {words.cue_words(line, cue)}{tone}{said}"
