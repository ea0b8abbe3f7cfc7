"""What keeps the best possible from being better, and who has no way out at all."""

import numpy as np

from wayout.network.model import Network
from wayout.optimize.bound import Proved
from wayout.optimize.relax.rows import Block
from wayout.plan.model import BindingLimit, NoWayOut

SHARE = 0.1
"""A limit is priced as if it were this much larger."""

_IDENTIFIER = {
    "processing": ("places", "place"),
    "beds": ("places", "place"),
    "people_per_hour": ("links", "link"),
    "departures_per_hour": ("links", "link"),
    "hours_per_day": ("fleets", "fleet"),
    "vehicles": ("fleets", "fleet"),
    "spots": ("berths", "berth"),
    "movements": ("berths", "berth"),
}


def _worths(network: Network, proved: Proved) -> dict[tuple[str, int], tuple[float, int, int]]:
    """Per family and thing: worth of a tenth more, first and last bucket that has a price."""
    program, y = proved.relaxation.program, proved.solution.y
    worths: dict[tuple[str, int], tuple[float, int, int]] = {}
    for block in proved.relaxation.blocks:
        if block.family not in _IDENTIFIER or block.family in ("beds", "vehicles"):
            continue
        rows = slice(block.first, block.first + len(block.buckets))
        side = np.where(np.isfinite(program.row_upper[rows]), program.row_upper[rows], 0.0)
        _add(worths, block, np.maximum(0.0, -y[rows] * side * SHARE), np.array(block.buckets))
    _bed_worths(network, proved, worths)
    return worths


def _bed_worths(
    network: Network, proved: Proved, worths: dict[tuple[str, int], tuple[float, int, int]]
) -> None:
    """Beds are boxes of columns: their price is the reduced cost at the upper bound."""
    program, columns = proved.relaxation.program, proved.relaxation.columns
    reduced = program.cost - program.matrix.T @ proved.solution.y
    for place, housed in columns.housed.items():
        gain = np.maximum(0.0, -reduced[housed] * program.upper[housed] * SHARE)
        block = Block("beds", place, 0, tuple(range(len(housed))))
        _add(worths, block, gain, np.arange(len(housed)))


def _add(
    worths: dict[tuple[str, int], tuple[float, int, int]],
    block: Block,
    gain: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]",
    buckets: "np.ndarray[tuple[int, ...], np.dtype[np.int64]]",
) -> None:
    total = float(gain.sum())
    if total <= 1e-6:
        return
    priced = buckets[gain > total * 1e-3]
    before, first, last = worths.get((block.family, block.what), (0.0, 1 << 30, -1))
    key = (block.family, block.what)
    worths[key] = (before + total, min(first, int(priced.min())), max(last, int(priced.max())))


def binding_limits(
    network: Network, safest: Proved, least: Proved, most: int = 24
) -> tuple[BindingLimit, ...]:
    """Limits in the order of what a tenth more would be worth, by the relaxation's prices."""
    people, danger = _worths(network, safest), _worths(network, least)
    found = []
    for key in people.keys() | danger.keys():
        kind, index = key
        table, field = _IDENTIFIER[kind]
        what = str(getattr(getattr(network.scenario, table)[index], field))
        spans = [
            (w[key], p.relaxation.grid.length)
            for w, p in ((people, safest), (danger, least))
            if key in w
        ]
        begins = min(span[1] * length for span, length in spans)
        ends = min(network.horizon, max((span[2] + 1) * length for span, length in spans))
        worth = (people.get(key, (0.0,))[0], danger.get(key, (0.0,))[0])
        found.append(BindingLimit(kind, what, begins, ends, *worth))
    found.sort(
        key=lambda limit: (-limit.worth_danger_hours, -limit.worth_people, limit.kind, limit.what)
    )
    return tuple(found[:most])


def no_way_out(network: Network) -> tuple[NoWayOut, ...]:
    """People whom no timetable can bring to safety, by place and priority, with the reason."""
    people, scenario = network.people, network.scenario
    unable = np.flatnonzero(~network.able & ~network.protecting[people.place])
    counts: dict[tuple[int, int, str], int] = {}
    for party in unable:
        key = (int(people.place[party]), int(people.priority[party]), _reason(network, int(party)))
        counts[key] = counts.get(key, 0) + int(people.size[party])
    return tuple(
        NoWayOut(scenario.places[place].place, people.priorities[priority], number, reason)
        for (place, priority, reason), number in sorted(counts.items())
    )


def _reason(network: Network, party: int) -> str:
    people = network.people
    number = int(network.party_class[party])
    group, reach = network.classes[number], network.reach[number]
    place, size = int(people.place[party]), int(people.size[party])
    title = network.scenario.places[place].title
    minutes = int(reach.minutes[place])
    if minutes >= 1 << 39:
        needs = _needs(group.stretchers, group.wheelchairs, group.unaccompanied)
        return f"No way leads from {title} to a haven{needs}."
    if size > int(reach.widest_party[place]):
        widest = int(reach.widest_party[place])
        return f"Every way from {title} has a leg that takes at most {widest} people at once."
    return f"From {title} it takes at least {minutes} minutes: too long for their deadline."


def _needs(stretchers: bool, wheelchairs: bool, unaccompanied: bool) -> str:
    """The needs that narrow the ways, as the end of a sentence."""
    needs = [
        text
        for flag, text in (
            (stretchers, "takes a stretcher"),
            (wheelchairs, "takes a wheelchair"),
            (unaccompanied, "takes unaccompanied children"),
        )
        if flag
    ]
    return f" that {' and '.join(needs)}" if needs else " that they may enter"
