"""Draws which room of the house imports which, from the code itself: `python docs/imports.py` writes docs/imports.svg.

A row imports what its marks stand under; a mark has the number of imports. Rooms are in the order of the contract in
pyproject.toml, so a mark left of the diagonal, which is drawn red, would break it.
"""

import ast
import tomllib
from collections import Counter
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_PACKAGE = "hiproutine"
_CELL, _LEFT, _TOP = 30, 150, 110
_STYLE = """
text { font: 13px system-ui, sans-serif; fill: #24292f } .grid { stroke: #d0d7de }
.same { fill: #eaeef2 } .mark { fill: #54aeff } .wrong { fill: #cf222e } .count { font-size: 11px }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .grid { stroke: #30363d } .same { fill: #21262d } .mark { fill: #1f6feb }
}"""


def rooms() -> list[str]:
    """The modules and packages below `hiproutine`, in the order of the contract."""
    contracts = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = next(each["layers"] for each in contracts["contracts"] if each["type"] == "layers")
    return [room.strip() for layer in layers for room in layer.split("|")]


def imports() -> Counter[tuple[str, str]]:
    """How often each room imports each other one, late imports and those for types included."""
    found: Counter[tuple[str, str]] = Counter()
    for path in sorted((_ROOT / _PACKAGE).rglob("*.py")):
        here = path.relative_to(_ROOT / _PACKAGE).parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            else:
                continue
            parts = [name.split(".") for name in names]
            found.update({(here, there[1]) for there in parts if there[0] == _PACKAGE and there[1] != here})
    return found


def picture(order: list[str], counts: Counter[tuple[str, str]]) -> str:
    """The matrix of imports as SVG."""
    width, height = _LEFT + _CELL * len(order) + 10, _TOP + _CELL * len(order) + 10
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}">']
    lines.append(f"<title>Imports between the rooms of {_PACKAGE}</title><style>{_STYLE}</style>")
    for number, room in enumerate(order):
        x, y = _LEFT + _CELL * number, _TOP + _CELL * number
        lines.append(f'<text x="{_LEFT - 8}" y="{y + 20}" text-anchor="end">{room}</text>')
        lines.append(f'<text transform="translate({x + 20} {_TOP - 8}) rotate(-60)">{room}</text>')
        lines.append(f'<rect class="same" x="{x}" y="{y}" width="{_CELL}" height="{_CELL}"/>')
        lines.append(f'<path class="grid" d="M{_LEFT} {y}H{width - 10}M{x} {_TOP}V{height - 10}"/>')
    for (importer, imported), count in sorted(counts.items()):
        row, column = order.index(importer), order.index(imported)
        x, y = _LEFT + _CELL * column + _CELL // 2, _TOP + _CELL * row + _CELL // 2
        kind = "mark" if column > row else "wrong"
        lines.append(f'<circle class="{kind}" cx="{x}" cy="{y}" r="11"/>')
        lines.append(f'<text class="count" x="{x}" y="{y + 4}" text-anchor="middle">{count}</text>')
    return "\n".join([*lines, "</svg>", ""])


if __name__ == "__main__":
    (_ROOT / "docs" / "imports.svg").write_text(picture(rooms(), imports()), encoding="utf-8")
