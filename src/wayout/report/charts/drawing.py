"""The pieces charts are made of: a linear scale, paths, text, the frame of a drawing."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wayout.report.markup import Child, Markup, element, number

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear map from ``[low, high]`` to ``[begin, end]`` on the page."""

    low: float
    high: float
    begin: float
    end: float

    def __call__(self, value: float) -> float:
        """Where a value lies on the page; a scale without extent puts everything at its begin."""
        if self.high == self.low:
            return self.begin
        return self.begin + (value - self.low) / (self.high - self.low) * (self.end - self.begin)


def round_steps(high: float, wanted: int) -> list[float]:
    """Round values from 0 to at most ``high``, at most ``wanted`` steps of equal length."""
    if high <= 0:
        return [0.0]
    size = 10.0 ** math.floor(math.log10(high / wanted))
    step = next(size * by for by in (1, 2, 2.5, 5, 10, 20) if high <= size * by * wanted)
    return [step * index for index in range(int(high / step + 1e-9) + 1)]


def path_of(points: Iterable[Point], *, closed: bool = False) -> str:
    """Path data through points."""
    text = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return f"M{text}Z" if closed else f"M{text}"


def stairs(points: Sequence[Point], end: float) -> list[Point]:
    """Corners of a step curve: each value holds until the next begins, the last to ``end``."""
    corners: list[Point] = []
    for index, (x, y) in enumerate(points):
        until = points[index + 1][0] if index + 1 < len(points) else max(end, x)
        if corners and corners[-1][1] == y:
            corners[-1] = (until, y)
            continue
        corners += [(x, y), (until, y)]
    return corners


def label(x: float, y: float, text: str, style: str = "", anchor: str = "start") -> Markup:
    """A line of text with its baseline at ``y``."""
    return element(
        "text",
        text,
        x=x,
        y=y,
        class_=style or None,
        text_anchor=None if anchor == "start" else anchor,
    )


def line(start: Point, end: Point, style: str) -> Markup:
    """A straight line."""
    return element("path", d=path_of((start, end)), class_=style)


def box(x: float, y: float, width: float, height: float, style: str) -> Markup:
    """A rectangle."""
    return element("rect", x=x, y=y, width=max(0.0, width), height=max(0.0, height), class_=style)


def drawing(
    width: float, height: float, title: str, *children: Child, description: str = ""
) -> Markup:
    """An SVG with its title and description for readers who do not see it."""
    head = [element("title", title)]
    if description:
        head.append(element("desc", description))
    return element(
        "svg",
        head,
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=float(width),
        height=float(height),
        role="img",
        class_="chart",
    )


def text_width(text: str, size: float) -> float:
    """About how wide a text is at most, in whatever font it is set; wide scripts count double."""
    return sum(0.62 if ord(letter) < 0x2E80 else 1.1 for letter in text) * size


def cut(text: str, most: int) -> str:
    """The text, shortened with an ellipsis to at most so many letters."""
    return (
        text if len(text) <= most else text[: most - 1].rstrip(" ,.;(") + "\N{HORIZONTAL ELLIPSIS}"
    )
