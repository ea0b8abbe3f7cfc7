"""Pictures of value and bound over time: ours as lines, each peer as a dot where it ended."""

from benchmarks.peers.compare import OURS, ROAD_ONLY, SCENARIOS, Outcome, key_of
from benchmarks.peers.svg import Panel, drawing

COLOURS = {
    OURS: "#0b5fa5",
    "first-come": "#c2410c",
    "highs-60": "#15803d",
    "highs-10": "#65a30d",
    "cp-sat-60": "#7e22ce",
    "cp-sat-10": "#c026d3",
    "ccrp": "#92400e",
    "min-cost-flow": "#be123c",
}
BOUND = "#6b7280"
SAFE, SAFE_BOUND, DANGER, DANGER_BOUND = 1, 2, 3, 4
"""Columns of a curve; column 0 is seconds."""


def pictures(outcomes: dict[str, Outcome]) -> dict[str, str]:
    """SVG files by name, for every scenario that ours has planned."""
    found = {}
    for scenario in SCENARIOS:
        ours = outcomes.get(key_of(scenario, OURS))
        if ours is not None and ours.curve:
            found[f"peers-{scenario}.svg"] = _picture(scenario, ours, outcomes)
    return found


def _picture(scenario: str, ours: Outcome, outcomes: dict[str, Outcome]) -> str:
    peers = [
        outcomes[key]
        for peer in ROAD_ONLY
        if peer != OURS and (key := key_of(scenario, peer)) in outcomes
    ]
    peers = [peer for peer in peers if peer.people_safe is not None]
    ends = [ours.seconds, *(peer.used for peer in peers), float(ours.curve[-1][0] or 0)]
    total = float(ours.people_total or 1)
    safe = Panel(f"{scenario}: people safe", "people safe", max(ends), total)
    worst = max([ours.danger_hours or 1.0, *(peer.danger_hours or 0.0 for peer in peers)])
    bounds = [float(row[DANGER_BOUND] or 0) for row in ours.curve if row[DANGER_BOUND]]
    least = max(bounds, default=worst / 1000)
    danger = Panel(f"{scenario}: danger-hours", "danger-hours", max(ends), worst, least)
    _lines(safe, ours, SAFE, SAFE_BOUND)
    _lines(danger, ours, DANGER, DANGER_BOUND)
    for peer in peers:
        colour = COLOURS[peer.peer]
        for panel, value in ((safe, peer.people_safe), (danger, peer.danger_hours)):
            panel.mark(peer.used, float(value or 0), colour)
            panel.label(float(value or 0), peer.peer, colour)
    title = f"{scenario}: value and bound of Wayout over time, and what the peers reached"
    return drawing([safe, danger], title)


def _lines(panel: Panel, ours: Outcome, value: int, bound: int) -> None:
    for column, colour, words, dash in (
        (value, COLOURS[OURS], "Wayout", ""),
        (bound, BOUND, "bound", "6 3"),
    ):
        points = [
            (float(row[0] or 0), float(row[column] or 0))
            for row in ours.curve
            if row[column] is not None
        ]
        if points:
            panel.steps(points, colour, dash)
            panel.label(points[-1][1], words, colour)
