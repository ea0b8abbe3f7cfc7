"""What is known while the planner works: value, bound and gap, in words and as a sparkline."""

from dataclasses import dataclass, field

from wayout.cli.wording import duration, number, percent, whole_people
from wayout.clock import hours
from wayout.optimize.progress import Progress
from wayout.scenario.policy import Objective

BARS = "▁▂▃▄▅▆▇█"
PLAIN_BARS = ".:-=+*#@"
DOING = {
    "read": "reading the scenario",
    "bound": "proving what is possible",
    "dispatch": "building timetables",
    "improve": "improving the best one",
    "judge": "replaying it against every rule",
    "write": "writing the plan",
}


@dataclass(slots=True)
class Standing:
    """The latest news of the planner and how close each plan came to the bound.

    ``idle_danger`` is the danger-hours if nobody moved, which the gap of danger is counted from.
    """

    objective: Objective
    idle_danger: float = 0.0
    latest: Progress = field(default_factory=lambda: Progress("read", 0.0, 0))
    closeness: list[float] = field(default_factory=list)

    def take(self, progress: Progress) -> None:
        """Keep the news; remember the gap whenever it changed."""
        self.latest = progress
        gap = self.gap
        if gap is not None and (not self.closeness or self.closeness[-1] != 1 - gap):
            self.closeness.append(1 - gap)

    @property
    def gap(self) -> float | None:
        """The objective's own gap, from 0 (proved best) to 1; None until value and bound exist.

        Danger counts from its bound to ``idle_danger``, the last arrival from its bound to
        twice that.
        """
        news = self.latest
        if self.objective is Objective.CLEAR_FAST:
            bound = news.clear_bound
            return _relative(news.clear_minute, bound, None if bound is None else 2 * bound)
        return _relative(news.danger_hours, news.danger_bound, self.idle_danger)


def _relative(value: float | None, bound: float | None, worst: float | None) -> float | None:
    """How far ``value`` is above ``bound``, as a share of how far ``worst`` is."""
    if value is None or bound is None or worst is None:
        return None
    return 0.0 if worst <= bound else min(max((value - bound) / (worst - bound), 0.0), 1.0)


def sparkline(closeness: list[float], width: int = 24, bars: str = BARS) -> str:
    """The last ``width`` values as bars: the lowest value is the lowest bar, 1 is a full one."""
    shown = closeness[-width:]
    if not shown:
        return ""
    floor = min(shown)
    reach = max(1 - floor, 1e-12)
    top = len(bars) - 1
    return "".join(bars[round(top * (value - floor) / reach)] for value in shown)


def people_line(news: Progress) -> str:
    """``118,200 of 124,000 safe, at most 123,400 possible``, as far as it is known."""
    if news.people_safe is None:
        safe = f"{number(news.people_total)} people"
    else:
        safe = f"{number(news.people_safe)} of {number(news.people_total)} people safe"
    if news.people_bound is None:
        return safe
    return f"{safe}, at most {whole_people(news.people_bound)} possible"


def value_line(standing: Standing) -> str:
    """The objective's value against its bound; empty until either is known."""
    news = standing.latest
    if standing.objective is Objective.CLEAR_FAST:
        value, bound, noun = news.clear_minute, news.clear_bound, "last arrival after"
        return _against(noun, _in_hours(value), _in_hours(bound))
    value_hours, bound_hours = news.danger_hours, news.danger_bound
    return _against(
        "danger-hours",
        None if value_hours is None else number(value_hours),
        None if bound_hours is None else number(bound_hours),
    )


def _in_hours(tick: int | None) -> str | None:
    return None if tick is None else f"{hours(tick):.1f} h"


def _against(noun: str, value: str | None, bound: str | None) -> str:
    known = [noun, value or "not known yet"] if value or bound else []
    if bound:
        known.append(f"(proven least {bound})")
    return " ".join(known)


def gap_text(standing: Standing) -> str:
    """``gap 2.1 %``; empty until it is known."""
    gap = standing.gap
    return "" if gap is None else f"gap {percent(gap)}"


def plain_line(standing: Standing, seconds: float) -> str:
    """One line for a log: elapsed time, phase, people, value, gap."""
    news = standing.latest
    phase = DOING.get(news.phase, news.phase)
    parts = [phase, people_line(news) if news.people_total else "", value_line(standing)]
    parts += [gap_text(standing), news.detail]
    return f"{duration(seconds):>10}  " + " · ".join(part for part in parts if part)
