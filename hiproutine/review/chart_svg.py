"""Charts as one SVG picture, for light and dark backgrounds, told apart without colour too. Pure."""

import textwrap
from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from math import floor, log10

from hiproutine.review.overview import Chart, Section, headline

_WIDTH, _LEFT, _RIGHT = 720, 44, 56
_HIGH = 150
_ROW = 20
_LINE = 14
_MONTH = 34
"""The room of a month's name."""
_STEPS = 1, 2, 2.5, 3, 4, 5, 6, 8, 10
"""What a scale may have at its middle, times a power of ten."""
_CHARACTERS = 110
"""Of a line of a note."""
_LABEL, _NUMBER = 130, 36
"""Widths of a label and of a number beside a bar."""
_STYLE = """\
text { font: 11px system-ui, sans-serif; fill: #5b6167 } .head { font-size: 14px; font-weight: 600; fill: #182028 }
.back { fill: #f8f9fa } .rule { stroke: #cbcdd0 } .goal { stroke: #8a5a00; stroke-dasharray: 5 3 }
.track { fill: #dfe5ea } .curve { fill: none; stroke-width: 2 } .second { stroke-dasharray: 5 4 }
.minutes { fill: #00704a; stroke: #00704a } .stretching { fill: #005f99; stroke: #005f99 }
.strength { fill: #3c444c; stroke: #3c444c } .score { fill: #8a5a00; stroke: #8a5a00 }
.pain { fill: #a84300; stroke: #a84300 } .check { fill: #6a3fc0; stroke: #6a3fc0 } .curve { fill: none }
@media (prefers-color-scheme: dark) {
  text { fill: #9ea3a7 } .head { fill: #e8edf1 } .back { fill: #10151a } .rule { stroke: #3b4045 }
  .goal { stroke: #f5c451 } .track { fill: #212a33 }
  .minutes { fill: #52c99b; stroke: #52c99b } .stretching { fill: #6cc3f0; stroke: #6cc3f0 }
  .strength { fill: #c0c6cb; stroke: #c0c6cb } .score { fill: #f5c451; stroke: #f5c451 }
  .pain { fill: #f0934e; stroke: #f0934e } .check { fill: #b79df2; stroke: #b79df2 } .curve { fill: none }
}"""


def picture(sections: Sequence[Section]) -> str:
    """Return the charts of sections, one below the other."""
    y, parts = 16.0, []
    for section in sections:
        if section.chart:
            parts.append(f'<g transform="translate(0 {y:.0f})">')
            parts.append(f'<text class="head" x="{_LEFT}" y="14">{escape(headline(section))}</text>')
            parts += _drawn(section.chart, 28)
            y += 28 + _high(section.chart)
            note = textwrap.wrap(section.note, _CHARACTERS)
            parts += [_text(_LEFT, 28 + _high(section.chart) + _LINE * n, line) for n, line in enumerate(note)]
            parts.append("</g>")
            y += _LINE * len(note) + 24
    words = "; ".join(headline(section) for section in sections)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {y:.0f}" role="img">',
            f"<title>{escape(words)}</title>\n<style>\n{_STYLE}\n</style>",
            f'<rect class="back" width="{_WIDTH}" height="{y:.0f}"/>',
            *parts,
            "</svg>\n",
        ]
    )


def _high(chart: Chart) -> float:
    return _HIGH + 36 if chart.days else _ROW * (len(chart.labels) + 1) + 10


def _drawn(chart: Chart, y: float) -> Iterator[str]:
    return _over_time(chart, y) if chart.days else _sides(chart, y)


def _scale(top: float) -> float:
    """Return the end of a scale: at least `top`, with a round number in its middle."""
    power = 10.0 ** floor(log10(top / 2))
    return 2 * power * next(step for step in _STEPS if step * power >= top / 2 * (1 - 1e-9))


def _months(days: Sequence[date], each: float) -> Iterator[tuple[float, str]]:
    """Yield where a month begins, and its name; the first, of which a part is shown, gives way to the second."""
    starts = [place for place, day in enumerate(days) if place == 0 or day.month != days[place - 1].month]
    if len(starts) > 1 and (starts[1] - starts[0]) * each < _MONTH:
        del starts[0]
    free = 0.0
    for place in starts:
        if each * place >= free:
            yield each * place, f"{days[place]:%b}"
            free = each * place + _MONTH


def _over_time(chart: Chart, y: float) -> Iterator[str]:
    """Yield columns or curves, with a scale and the months."""
    top, room = _scale(chart.reach), _WIDTH - _LEFT - _RIGHT
    each = room / len(chart.labels)
    for part in (0.0, 0.5, 1.0):
        yield _rule("rule", _LEFT, y + _HIGH * (1 - part))
        yield _text(_LEFT - 6, y + _HIGH * (1 - part) + 4, f"{top * part:.3g}", "end")
    for number, series in enumerate(chart.series):
        known = [
            (_LEFT + each * (place + 0.5), y + _HIGH * (1 - value / top))
            for place, value in enumerate(series.values)
            if value is not None
        ]
        if chart.curve:
            points = " ".join(f"{x:.1f},{at:.1f}" for x, at in known)
            yield f'<polyline class="{chart.measure} curve{" second" * bool(number)}" points="{points}"/>'
        else:
            wide = max(1.0, each * 0.7)
            yield from (_box(chart.measure, x - wide / 2, at, wide, y + _HIGH - at) for x, at in known)
    if chart.goal is not None:
        at = y + _HIGH * (1 - chart.goal / top)
        yield _rule("goal", _LEFT, at)
        yield _text(_WIDTH - _RIGHT + 6, at + 4, f"goal {chart.goal:.0f}")
    for x, name in _months([*map(date.fromisoformat, chart.labels)], each):
        yield _text(_LEFT + x, y + _HIGH + 16, name)


def _sides(chart: Chart, y: float) -> Iterator[str]:
    """Yield a row for each label: the first series to the left of a middle, the second to the right."""
    top = chart.reach
    half = (_WIDTH - _LEFT - _RIGHT - _LABEL - 2 * _NUMBER) / 2 - 4
    middle = _LEFT + _LABEL + _NUMBER + half + 4
    for number, series in enumerate(chart.series):
        sign = 1 if number else -1
        yield _text(middle + sign * 6, y + 8, series.name, "start" if number else "end")
        for place, value in enumerate(series.values):
            at, length = y + _ROW * (place + 1), half * (value or 0) / top
            start = middle + 4 if number else middle - 4
            yield _box("track", start if number else start - half, at - 2, half, 8)
            yield _box(chart.measure, start if number else start - length, at - 2, length, 8)
            words = f"{value or 0:.0f}" if chart.unit == "days" else f"{value or 0:.1f}"
            yield _text(start + sign * (half + 6), at + 6, words, "start" if number else "end")
        if chart.goal is not None:
            x = middle + sign * (4 + half * chart.goal / top)
            yield f'<path class="goal" d="M{x:.1f} {y + 14:.1f}v{_ROW * len(chart.labels):.1f}"/>'
    for place, label in enumerate(chart.labels):
        yield _text(_LEFT, y + _ROW * (place + 1) + 6, label)


def _rule(kind: str, x: float, y: float) -> str:
    return f'<path class="{kind}" d="M{x:.1f} {y:.1f}H{_WIDTH - _RIGHT}"/>'


def _box(kind: str, x: float, y: float, wide: float, high: float) -> str:
    return f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" stroke="none"/>'


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'
