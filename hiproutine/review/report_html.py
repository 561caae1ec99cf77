"""The report as one self-contained HTML page with inline charts, for printing on A4."""

from collections.abc import Iterator, Sequence
from html import escape

from hiproutine.review.overview import Chart, Section
from hiproutine.review.report import HONEST, TITLE, Report

_STYLE = """\
@page { size: A4; margin: 12mm; }
body { font: 9pt/1.3 system-ui, sans-serif; color: #111; max-width: 186mm; margin: 0 auto; padding: 4mm; }
@media print { body { padding: 0; } }
h1 { font-size: 14pt; margin: 0 0 2mm; }
h2 { font-size: 10.5pt; margin: 0; }
p { margin: 0 0 1mm; }
.note, footer { color: #444; font-size: 8pt; }
dl { display: grid; grid-template-columns: auto 1fr auto 1fr; gap: 0 3mm; margin: 0 0 3mm; }
dt { font-weight: bold; }
dd { margin: 0; }
main { columns: 2; column-gap: 8mm; }
section { break-inside: avoid; margin-bottom: 3.5mm; }
section.wide { column-span: all; margin-top: 3.5mm; }
table { border-collapse: collapse; width: 100%; font-size: 8pt; }
th, td { text-align: left; padding: 0 2mm 0 0; border-bottom: 0.2mm solid #ccc; vertical-align: top; }
td { font-variant-numeric: tabular-nums; }
svg { width: 100%; display: block; margin: 1mm 0; }
svg text { font: 8px system-ui, sans-serif; fill: #111; paint-order: stroke; stroke: #fff; stroke-width: 2px; }
footer { border-top: 0.2mm solid #888; padding-top: 1mm; }
.figures { display: grid; grid-template-columns: repeat(4, 1fr); gap: 3mm; break-before: page; margin-top: 4mm; }
figure { margin: 0; break-inside: avoid; text-align: center; font-size: 8pt; }
figure svg { height: 30mm; }
"""
# The series of a chart differ in lightness and outline, so that they also print in black and white.
_FILLS = ('fill="#1f5f8b" stroke="#1f5f8b"', 'fill="#d5e6f2" stroke="#1f5f8b"')
_HALF = 60
"""Tables with longer rows, in characters, take the full width, below the others."""


def page(report: Report, drawings: Sequence[tuple[str, str]] = (), tones: str = "") -> str:
    """The page, with named drawings of the exercises, made without a style sheet, on a sheet after it."""
    return "\n".join(_lines(report, drawings, tones))


def _lines(report: Report, drawings: Sequence[tuple[str, str]], tones: str) -> Iterator[str]:
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    yield f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{escape(TITLE)}</title>'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield f"<style>\n{_STYLE}{tones}</style>\n</head>\n<body>\n<h1>{escape(TITLE)}</h1>\n<dl>"
    for what, words in report.facts:
        yield f"<dt>{escape(what)}</dt><dd>{escape(words)}</dd>"
    yield "</dl>\n<main>"
    if not report.sections:
        yield "<p>Nothing was recorded.</p>"
    for section in sorted(report.sections, key=_wide):
        yield from _section(section)
    yield f"</main>\n<footer>{escape(HONEST)}</footer>"
    if drawings:
        yield '<div class="figures">'
        for name, drawing in drawings:
            yield f"<figure>{drawing.strip()}<figcaption>{escape(name)}</figcaption></figure>"
        yield "</div>"
    yield "</body>\n</html>"


def _wide(section: Section) -> bool:
    return sum(max(map(len, column)) for column in zip(section.heads, *section.rows, strict=True)) > _HALF


def _section(section: Section) -> Iterator[str]:
    wide = ' class="wide"' if _wide(section) else ""
    yield f"<section{wide}>\n<h2>{escape(section.heading)}</h2>"
    yield f'<p class="note">{escape(section.note)}</p>'
    if section.chart:
        yield from (_columns if section.chart.days else _bars)(section.chart, section.heading)
    yield f"<table>\n<tr>{''.join(f'<th>{escape(head)}</th>' for head in section.heads)}</tr>"
    for row in section.rows:
        yield f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>"
    yield "</table>\n</section>"


_WIDTH = 340
_HIGH = 60
_LEFT = 24
_ROW = 12
_DAY = 26
"""The room of a day's name."""


def _columns(picture: Chart, heading: str) -> Iterator[str]:
    """Yield a column chart over time, with the series side by side."""
    top = max([picture.top, *(value for each in picture.series for value in each.values if value is not None)])
    room = (_WIDTH - _LEFT) / max(1, len(picture.labels))
    wide = min(18.0, room * 0.8 / len(picture.series))
    yield _svg(heading, _HIGH + 26 if len(picture.series) > 1 else _HIGH + 16)
    for part in (0.0, 0.5, 1.0):
        y = 4 + _HIGH * (1 - part)
        yield f'<path d="M{_LEFT} {y:.1f}H{_WIDTH}" stroke="#ccc" stroke-width="0.5"/>'
        yield _text(_LEFT - 3, y + 3, f"{top * part:.0f}", "end")
    every = -(-len(picture.labels) // 9)
    for place, label in enumerate(picture.labels):
        for number, each in enumerate(picture.series):
            value = each.values[place]
            if value is not None:
                high = max(0.6, _HIGH * value / top)
                x = _LEFT + room * place + number * wide + 2
                yield _box(x, 4 + _HIGH - high, wide - 1, high, number)
        x = _LEFT + room * place + 2
        if place % every == 0 and x + _DAY <= _WIDTH:
            yield _text(x, _HIGH + 14, label[5:])
    if len(picture.series) > 1:
        for number, each in enumerate(picture.series):
            yield _box(_LEFT + 60 * number, _HIGH + 18, 8, 6, number)
            yield _text(_LEFT + 60 * number + 11, _HIGH + 24, each.name)
    yield "</svg>"


def _bars(picture: Chart, heading: str) -> Iterator[str]:
    """Yield a bar chart with a row per label, and the series side by side, each with its scale and marks."""
    top = max([picture.top, *(value or 0 for each in picture.series for value in each.values)])
    beside, gap = 84, 26
    wide = (_WIDTH - beside - gap * len(picture.series)) / len(picture.series)
    high = _ROW * (len(picture.labels) + 1)
    yield _svg(heading, high + 2)
    for place, label in enumerate(picture.labels):
        yield _text(0, _ROW * (place + 2) - 3, label)
    for number, each in enumerate(picture.series):
        left = beside + number * (wide + gap)
        yield _text(left, 9, each.name)
        for place, value in enumerate(each.values):
            length = wide * (value or 0) / top
            yield _box(left, _ROW * (place + 1) + 2, length, _ROW - 4, 0)
            words = f"{value or 0:.{0 if picture.unit == 'days' else 1}f}"
            yield _text(left + length + 2, _ROW * (place + 2) - 3, words)
        for mark in picture.marks:
            x = left + wide * mark / top
            yield f'<path d="M{x:.1f} {_ROW}V{high}" stroke="#b3541e" stroke-dasharray="2 1.5"/>'
            yield _text(x, 9, f"{mark}", "middle")
    yield "</svg>"


def _svg(heading: str, high: int) -> str:
    return f'<svg viewBox="0 0 {_WIDTH} {high}" role="img" aria-label="{escape(heading)}; the table has its numbers">'


def _box(x: float, y: float, wide: float, high: float, number: int) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}"'
    return f'<rect {place} {_FILLS[number]} stroke-width="0.8"/>'


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'
