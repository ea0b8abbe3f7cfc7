"""A small drawing: panels with axes, lines, marks and words, as SVG text."""

import html
import itertools
import math
from dataclasses import dataclass, field

WIDTH, HEIGHT = 460, 340
LEFT, RIGHT, TOP, BOTTOM = 74, 118, 34, 46
INK, FAINT = "#222222", "#d9d9d9"


def nice_ticks(most: float, wanted: int = 5) -> list[float]:
    """Round numbers from 0 to ``most`` or just beyond."""
    if most <= 0:
        return [0.0, 1.0]
    raw = most / wanted
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= raw * 0.999)
    return [step * number for number in range(math.ceil(most / step - 1e-9) + 1)]


def log_ticks(least: float, most: float) -> list[float]:
    """1, 2 and 5 times powers of ten, from at or below ``least`` to at or above ``most``."""
    powers = range(math.floor(math.log10(least)) - 1, math.ceil(math.log10(most)) + 2)
    values = [factor * 10.0**power for power in powers for factor in (1, 2, 5)]
    first = max(value for value in values if value <= least)
    last = min(value for value in values if value >= most)
    return [value for value in values if first <= value <= last]


def short(value: float) -> str:
    """A number for an axis: 12,000 as 12k."""
    for size, letter in ((1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:.4g}{letter}"
    return f"{value:.4g}"


@dataclass(slots=True)
class Panel:
    """Axes; ``x`` is seconds from 0. Labels at the right are kept apart.

    With ``least_y`` the other axis is logarithmic from about there, else it begins at 0.
    """

    title: str
    y_label: str
    most_x: float
    most_y: float
    least_y: float | None = None
    parts: list[str] = field(default_factory=list)
    labels: list[tuple[float, str, str]] = field(default_factory=list)

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a point is on the drawing."""
        across = LEFT + min(x, self.most_x) / self.most_x * (WIDTH - LEFT - RIGHT)
        return across, HEIGHT - BOTTOM - self._share(y) * (HEIGHT - TOP - BOTTOM)

    def _share(self, y: float) -> float:
        """How far up the axis a value is."""
        ticks = self._ticks()
        if self.least_y is None:
            return min(y, ticks[-1]) / ticks[-1]
        low, high = math.log(ticks[0]), math.log(ticks[-1])
        return (math.log(min(max(y, ticks[0]), ticks[-1])) - low) / max(1e-9, high - low)

    def _ticks(self) -> list[float]:
        if self.least_y is None:
            return nice_ticks(self.most_y)
        return log_ticks(self.least_y, self.most_y)

    def steps(self, points: list[tuple[float, float]], colour: str, dash: str = "") -> None:
        """A line that keeps its value until the next point, up to the end of the axis."""
        if not points:
            return
        path = "M{:.1f} {:.1f}".format(*self.at(*points[0]))
        for (_, before), (x, y) in itertools.pairwise(points):
            path += "L{:.1f} {:.1f}L{:.1f} {:.1f}".format(*self.at(x, before), *self.at(x, y))
        path += "L{:.1f} {:.1f}".format(*self.at(self.most_x, points[-1][1]))
        style = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"{style}/>'
        )

    def mark(self, x: float, y: float, colour: str) -> None:
        """A dot, and a thin line from it to the end of the axis."""
        across, up = self.at(x, y)
        end = self.at(self.most_x, y)[0]
        self.parts.append(
            f'<line x1="{across:.1f}" y1="{up:.1f}" x2="{end:.1f}" y2="{up:.1f}" '
            f'stroke="{colour}" stroke-width="1" stroke-dasharray="2 3"/>'
            f'<circle cx="{across:.1f}" cy="{up:.1f}" r="4" fill="{colour}"/>'
        )

    def label(self, y: float, words: str, colour: str) -> None:
        """Words at the right, near the height of ``y``."""
        self.labels.append((self.at(0, y)[1], words, colour))

    def draw(self, offset: int) -> str:
        """The panel, moved to the right."""
        inner = "".join([self._axes(), *self.parts, self._labels()])
        return f'<g transform="translate({offset} 0)">{inner}</g>'

    def _axes(self) -> str:
        bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
        parts = [_text(LEFT, 18, self.title, anchor="start", weight="bold")]
        for value in self._ticks():
            up = self.at(0, value)[1]
            parts.append(_line(LEFT, up, right, up, FAINT))
            parts.append(_text(LEFT - 6, up + 4, short(value), anchor="end"))
        for value in nice_ticks(self.most_x):
            if value <= self.most_x * 1.001:
                across = self.at(value, 0)[0]
                parts.append(_line(across, bottom, across, bottom + 4, INK))
                parts.append(_text(across, bottom + 17, short(value)))
        parts.append(_line(LEFT, bottom, right, bottom, INK))
        parts.append(_line(LEFT, TOP, LEFT, bottom, INK))
        parts.append(_text((LEFT + right) / 2, HEIGHT - 10, "seconds"))
        middle = (TOP + bottom) / 2
        words = _text(0, 0, self.y_label)
        parts.append(f'<g transform="translate(16 {middle:.0f}) rotate(-90)">{words}</g>')
        return "".join(parts)

    def _labels(self) -> str:
        """From the top down, each at least a line below the one before."""
        parts, lowest, apart = [], TOP - 6.0, 14.0
        ordered = sorted(self.labels)
        for number, (height, words, colour) in enumerate(ordered):
            room = HEIGHT - BOTTOM + 6 - apart * (len(ordered) - 1 - number)
            place = max(lowest + apart, min(height, room))
            across = WIDTH - RIGHT
            parts.append(_line(across + 2, height, across + 12, place, colour))
            parts.append(_text(across + 15, place + 4, words, anchor="start", colour=colour))
            lowest = place
        return "".join(parts)


def _line(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
        f'stroke="{colour}" stroke-width="1"/>'
    )


def _text(
    x: float,
    y: float,
    words: str,
    *,
    anchor: str = "middle",
    weight: str = "normal",
    colour: str = INK,
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-weight="{weight}" '
        f'fill="{colour}">{html.escape(words)}</text>'
    )


def drawing(panels: list[Panel], title: str) -> str:
    """Panels side by side, with a title for those who cannot see them."""
    width = WIDTH * len(panels)
    inner = "\n".join(panel.draw(WIDTH * number) for number, panel in enumerate(panels))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" '
        f'width="{width}" height="{HEIGHT}" role="img" font-family="sans-serif" font-size="12">'
        f"<title>{html.escape(title)}</title>"
        f'<rect width="{width}" height="{HEIGHT}" fill="white"/>\n{inner}\n</svg>\n'
    )
