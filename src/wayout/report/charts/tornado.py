"""A tornado: one bar a loss, the worst on top, against the line of what is planned."""

from dataclasses import dataclass

from wayout.report.charts.drawing import Scale, box, cut, drawing, label, line, round_steps
from wayout.report.markup import Markup
from wayout.report.text import count, short

_LETTER = 5.6
"""Width of a small letter in pixels, on average."""

_FIGURES = 150.0
_NARROW = 560.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A loss and both ends of what is left."""

    label: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Tornado:
    """Bars against both ends of the base; ``more_is_better`` says which end a plan holds."""

    unit: str
    bars: tuple[Bar, ...]
    base_low: float
    base_high: float
    more_is_better: bool

    @property
    def planned(self) -> float:
        """What the base plan holds."""
        return self.base_low if self.more_is_better else self.base_high

    @property
    def millions(self) -> bool:
        """Whether figures are written in millions: all of a chart, or none."""
        return max(bar.high for bar in self.bars) >= 1e6


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where things stand: wide charts have names beside the bars, narrow ones above."""

    width: float
    narrow: bool

    @property
    def left(self) -> float:
        return 6.0 if self.narrow else min(360.0, self.width * 0.4)

    @property
    def right(self) -> float:
        return self.width - (104.0 if self.narrow else _FIGURES)

    @property
    def row(self) -> float:
        return 34.0 if self.narrow else 22.0

    def bar_top(self, index: int) -> float:
        """Upper edge of a bar."""
        return 26.0 + index * self.row + (17.0 if self.narrow else 4.0)


def tornado(shown: Tornado, width: float) -> Markup:
    """The chart at a width in pixels; its height follows from the number of bars."""
    frame = _Frame(width, width < _NARROW)
    bottom = 26.0 + len(shown.bars) * frame.row + 4
    value = _scale(shown, frame)
    at = value(shown.planned)
    anchor = "end" if at > (frame.left + frame.right) / 2 else "start"
    planned = f"as planned {count(shown.planned)}"
    return drawing(
        width,
        bottom + 22,
        f"{shown.unit} after each loss, the worst first",
        _axis(value, frame, bottom),
        [mark for index, bar in enumerate(shown.bars) for mark in _bar(shown, bar, index, frame)],
        _reference(at, bottom, len(shown.bars), frame),
        label(at, 13, planned, "small strong", anchor),
        description=_described(shown),
    )


def _scale(shown: Tornado, frame: _Frame) -> Scale:
    ends = [end for bar in shown.bars for end in (bar.low, bar.high)]
    high = max(*ends, shown.base_high, 1.0)
    return Scale(0.0, high, frame.left, frame.right)


def _axis(value: Scale, frame: _Frame, bottom: float) -> list[Markup]:
    marks: list[Markup] = []
    for step in round_steps(value.high, 3 if frame.narrow else 5):
        x = value(step)
        marks.append(line((x, 20), (x, bottom), "grid"))
        marks.append(
            label(x, bottom + 14, short(step), "tick small", "middle" if step else "start")
        )
    return marks


def _reference(at: float, bottom: float, num_bars: int, frame: _Frame) -> list[Markup]:
    """The line of what is planned; where names stand above the bars, only beside the bars."""
    if not frame.narrow:
        return [line((at, 18), (at, bottom), "deadline")]
    tops = [frame.bar_top(index) for index in range(num_bars)]
    return [line((at, top - 3), (at, top + 16), "deadline") for top in tops]


def _bar(shown: Tornado, bar: Bar, index: int, frame: _Frame) -> list[Markup]:
    """The certain change dark, the open part light with its two edges, name and figures."""
    value, top, height = _scale(shown, frame), frame.bar_top(index), 13.0
    proved, held = (bar.high, bar.low) if shown.more_is_better else (bar.low, bar.high)
    sure = sorted((value(proved), value(shown.planned)))
    worse = proved < shown.planned if shown.more_is_better else proved > shown.planned
    light = value(bar.low), value(bar.high)
    marks = [box(light[0], top, light[1] - light[0], height, "area")]
    if worse:
        marks.append(box(sure[0], top, sure[1] - sure[0], height, "bar"))
    for end, style in ((proved, "bound"), (held, "plan")):
        marks.append(line((value(end), top - 2), (value(end), top + height + 2), style))
    figures = _words(bar, shown.millions)
    marks.append(label(frame.width - 4, top + 10.5, figures, "small", "end"))
    if frame.narrow:
        marks.append(label(2, top - 5, cut(bar.label, int(frame.width / _LETTER)), "small"))
    else:
        name = cut(bar.label, int((frame.left - 14) / _LETTER))
        marks.append(label(frame.left - 8, top + 10.5, name, "small", "end"))
    return marks


def _words(bar: Bar, millions: bool) -> str:
    """Both ends, in millions where there is no room for more."""
    if millions:
        low, high = f"{bar.low / 1e6:,.2f}", f"{bar.high / 1e6:,.2f}"
        return f"{low}M" if low == high else f"{low} to {high}M"
    low, high = count(bar.low), count(bar.high)
    return low if low == high else f"{low} to {high}"


def _described(shown: Tornado) -> str:
    worst = shown.bars[0]
    figures = _words(worst, shown.millions)
    return f"The worst: {worst.label}, {figures}; as planned {count(shown.planned)}."
