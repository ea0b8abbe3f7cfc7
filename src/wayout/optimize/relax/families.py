"""The constraint families of the relaxation, one function each with its inequality.

Notation as in ``docs/formulation.md``: ``x`` people on a leg, ``m`` departures of vehicles, ``S``
people free to leave a place, ``Q`` people surely present, ``V`` vehicles ready, ``z`` people who
leave their first place to no avail, ``b`` a bucket ``[T_b, T_b+1)``. Each docstring gives the
inequality and, in a phrase, why no executable plan breaks it.
"""

import numpy as np

from wayout.clock import MINUTES_PER_DAY
from wayout.network.timeline import NO_LIMIT, Int, Mask, Real
from wayout.optimize.relax.columns import SAFE, Columns
from wayout.optimize.relax.rows import Rows

INFINITE = float("inf")


def define_seats(columns: Columns, rows: Rows) -> None:
    """``Σ_k x[k,l,b] ≤ seats_max[l,b] · m[l,b]``: no more aboard than in its best minute."""
    moves, flows = columns.moves, columns.flows
    num_legs, num = len(columns.network.legs), columns.grid.num
    at = np.full((num_legs, num), -1, dtype=np.int64)
    at[moves.leg, moves.bucket] = np.arange(len(moves.leg))
    fleet = np.array([leg.fleet for leg in columns.network.legs], dtype=np.int64)
    aboard = np.flatnonzero(fleet[flows.leg] >= 0)
    move = at[flows.leg[aboard], flows.bucket[aboard]]
    used = np.unique(move)
    row_of = np.full(len(moves.leg), -1, dtype=np.int64)
    lower = np.full(len(used), -INFINITE)
    row_of[used] = rows.block("seats", -1, lower, 0.0, moves.bucket[used])
    rows.put(row_of[move], flows.column[aboard], 1.0)
    rows.put(row_of[used], moves.column[used], -moves.seats[used].astype(np.float64))


def define_people_stock(columns: Columns, rows: Rows) -> None:
    """``S[k,p,b] = S[k,p,b-1] + ready + Σ x(credit = b) − Σ x(left in b) − z``, ``S ≥ 0``.

    Departures are exact, arrivals credited at the earliest: nobody leaves before they came.
    """
    num_kinds, num_places, num = columns.people.shape
    supply = np.zeros((num_kinds, num_places, num))
    for kind, commodity in enumerate(columns.commodities):
        supply[kind] = commodity.supply
    _starts_in_havens(columns, supply)
    flat = supply.reshape(-1)
    block = rows.block("people", -1, flat, flat, np.tile(np.arange(num), num_kinds * num_places))
    row = block.reshape(columns.people.shape)
    rows.put(row, columns.people, 1.0)
    rows.put(row[:, :, 1:], columns.people[:, :, :-1], -1.0)
    exits = columns.exits
    rows.put(row[exits.commodity, exits.place, exits.bucket], exits.column, 1.0)
    flows = columns.flows
    ends = columns.ends[flows.leg]
    rows.put(row[flows.commodity, ends[:, 0], flows.bucket], flows.column, 1.0)
    into = np.where(columns.absorbing[ends[:, 1]], SAFE, flows.commodity)
    credited = flows.credit < num
    rows.put(
        row[into[credited], ends[credited, 1], flows.credit[credited]], flows.column[credited], -1.0
    )


def _starts_in_havens(columns: Columns, supply: Real) -> None:
    """People who start in safety are safe from the start: they belong to the last kind."""
    safe = columns.absorbing
    for kind in range(len(columns.commodities)):
        supply[-1][safe] += supply[kind][safe]
        supply[kind][safe] = 0.0


def define_beds(columns: Columns, rows: Rows) -> None:
    """``Q[p,b] = Q[p,b-1] + Σ x(certain = b) − Σ x(left in b) − z ≤ beds[p]``, ``Q`` free in sign.

    Who has certainly arrived and has not left is present at the bucket's last minute.
    """
    network, flows, num = columns.network, columns.flows, columns.grid.num
    people, exits = network.people, columns.exits
    present = np.bincount(people.place, weights=people.size, minlength=network.num_places)
    ends = columns.ends[flows.leg]
    for place, housed in columns.housed.items():
        start = np.zeros(num)
        start[0] = present[place]
        row = rows.block("beds", place, start, start)
        rows.put(row, housed, 1.0)
        rows.put(row[1:], housed[:-1], -1.0)
        out = ends[:, 0] == place
        rows.put(row[flows.bucket[out]], flows.column[out], 1.0)
        into = (ends[:, 1] == place) & (flows.certain < num)
        rows.put(row[flows.certain[into]], flows.column[into], -1.0)
        gone = exits.place == place
        rows.put(row[exits.bucket[gone]], exits.column[gone], 1.0)


def define_processing(columns: Columns, rows: Rows) -> None:
    """``Σ x(left p in b) ≤ Σ slots of b of processing[p]``, of slots in which anybody can."""
    network, flows = columns.network, columns.flows
    origin = columns.ends[:, 0]
    for place in range(network.num_places):
        if (network.processing[place] >= NO_LIMIT).all():
            continue
        useful = _useful_slots(columns, place)
        capacity = columns.grid.sums(
            np.where(useful, network.processing[place], 0), network.timeline.slot
        )
        row = _limit(rows, columns, "processing", place, capacity)
        mine = origin[flows.leg] == place
        rows.put(row[flows.bucket[mine]], flows.column[mine], 1.0)


def _limit(rows: Rows, columns: Columns, family: str, what: int, capacity: Int) -> Int:
    """Rows of a limit per slot; returns the row of each bucket (the row of its span of slots)."""
    grid, slot = columns.grid, columns.network.timeline.slot
    upper = np.where(capacity >= NO_LIMIT, INFINITE, capacity.astype(np.float64))
    row = rows.block(family, what, -INFINITE, upper, grid.first_of_spans(slot))
    return row[grid.spans(slot)]


def _useful_slots(columns: Columns, place: int) -> Mask:
    """Slots in which anybody can be at the place and, when trimmed, still reach safety."""
    network = columns.network
    slot, num = network.timeline.slot, network.timeline.num_slots
    starts = np.arange(num) * slot
    useful: Mask = starts + slot > network.first_present[place]
    if columns.trim and not columns.absorbing[place]:
        latest = [c.safe_by - int(c.minutes[place]) for c in columns.commodities]
        useful &= starts <= max(latest, default=network.horizon)
    return useful


def define_link_people(columns: Columns, rows: Rows) -> None:
    """``Σ x(set out by themselves over l in b) ≤ Σ slots of b of people_per_hour``."""
    network, flows = columns.network, columns.flows
    for index, leg in enumerate(network.legs):
        if not leg.by_self or (network.link_people[leg.link] >= NO_LIMIT).all():
            continue
        per_slot = np.where(_useful_slots(columns, leg.origin), network.link_people[leg.link], 0)
        capacity = columns.grid.sums(per_slot, network.timeline.slot)
        row = _limit(rows, columns, "people_per_hour", leg.link, capacity)
        mine = flows.leg == index
        rows.put(row[flows.bucket[mine]], flows.column[mine], 1.0)


def define_link_departures(columns: Columns, rows: Rows) -> None:
    """``Σ m(set out over l in b, either way) ≤ Σ slots of b of departures_per_hour``."""
    network, moves = columns.network, columns.moves
    link = np.array([leg.link for leg in network.legs], dtype=np.int64)
    for index in range(len(network.scenario.links)):
        if (network.link_departures[index] >= NO_LIMIT).all():
            continue
        capacity = columns.grid.sums(network.link_departures[index], network.timeline.slot)
        mine = link[moves.leg] == index
        row = _limit(rows, columns, "departures_per_hour", index, capacity)
        rows.put(row[moves.bucket[mine]], moves.column[mine], 1.0)


def define_vehicle_stock(columns: Columns, rows: Rows) -> None:
    """``V[f,p,b] = V[f,p,b-1] + new + Σ m(ready = b) − Σ m(left in b)``, ``V ≥ 0``.

    As for people: ready at the earliest, departures exact.
    """
    network, moves, grid, num = columns.network, columns.moves, columns.grid, columns.grid.num
    legs = [(leg.fleet, leg.origin, leg.destination) for leg in network.legs]
    ends = np.array(legs, dtype=np.int64).reshape(-1, 3)[moves.leg]
    places = {place.place: i for i, place in enumerate(network.scenario.places)}
    for (index, place), stock in columns.vehicles.items():
        fleet = network.scenario.fleets[index]
        new = np.zeros(num)
        if places[fleet.base] == place and fleet.available_from < grid.horizon:
            from_bucket = int(grid.free(np.array(max(0, fleet.available_from))))
            new[min(from_bucket, num - 1)] = fleet.number
        row = rows.block("vehicles", index, new, new)
        rows.put(row, stock, 1.0)
        rows.put(row[1:], stock[:-1], -1.0)
        out = (ends[:, 0] == index) & (ends[:, 1] == place)
        rows.put(row[moves.bucket[out]], moves.column[out], 1.0)
        into = (ends[:, 0] == index) & (ends[:, 2] == place) & (moves.ready < num)
        rows.put(row[moves.ready[into]], moves.column[into], -1.0)


def define_vehicle_hours(columns: Columns, rows: Rows) -> None:
    """``Σ (τ+g)·m + c[f,b-1] − c[f,b] ≤ minutes of f in b``, ``0 ≤ c ≤ n·max(τ+g)``.

    Duties ``[t, t+τ+g)`` of one vehicle are disjoint; at most one of them straddles an edge.
    """
    network, moves, grid = columns.network, columns.moves, columns.grid
    duties = [(g.fleet, g.travel + g.ground, g.ground) for g in network.legs]
    legs = np.array(duties, dtype=np.int64).reshape(-1, 3)
    edges = np.minimum(np.arange(grid.num + 1) * grid.length, network.horizon)
    for index, carry in columns.hour_carry.items():
        fleet = network.scenario.fleets[index]
        ground = int(legs[legs[:, 0] == index, 2].max(initial=0))
        until = network.horizon if fleet.available_until is None else fleet.available_until + ground
        inside = np.clip(edges, max(0, fleet.available_from), max(until, fleet.available_from))
        available = np.diff(inside) * float(fleet.number)
        row = rows.block("vehicle_hours", index, -INFINITE, available)
        mine = legs[moves.leg, 0] == index
        rows.put(
            row[moves.bucket[mine]], moves.column[mine], legs[moves.leg[mine], 1].astype(np.float64)
        )
        rows.put(row, carry, -1.0)
        rows.put(row[1:], carry[:-1], 1.0)


def define_utilisation(columns: Columns, rows: Rows) -> None:
    """``Σ over a day of τ·m ≤ n · hours_per_day``: minutes count on the day of departure.

    Where days do not consist of whole buckets, over the shortest run of days that does.
    """
    network, moves, grid = columns.network, columns.moves, columns.grid
    travels = [(leg.fleet, leg.travel) for leg in network.legs]
    legs = np.array(travels, dtype=np.int64).reshape(-1, 2)
    span, first = grid.spans(MINUTES_PER_DAY)[moves.bucket], grid.first_of_spans(MINUTES_PER_DAY)
    for index in range(len(network.scenario.fleets)):
        minutes = grid.sums(network.hours[index], MINUTES_PER_DAY).astype(np.float64)
        row = rows.block("hours_per_day", index, -INFINITE, minutes, first)
        mine = legs[moves.leg, 0] == index
        rows.put(row[span[mine]], moves.column[mine], legs[moves.leg[mine], 1].astype(np.float64))


def define_spots(columns: Columns, rows: Rows) -> None:
    """``Σ g·m(left p in b) − E[b] + E[b+1] ≤ ∫ spots over b``, ``0 ≤ E[b] ≤ spots(T_b − 1)·max g``.

    Each departure used ``g`` minutes of a spot just before it; the part before an edge belongs to
    vehicles that stand there at the edge. Fleets based at the place are left out: they may park
    elsewhere.
    """
    network, moves, grid = columns.network, columns.moves, columns.grid
    ground = np.array([leg.ground for leg in network.legs], dtype=np.int64)
    away = columns.berths_away
    for berth, carry in columns.spot_carry.items():
        mine = away[moves.leg, 0] == berth
        spots = network.berth_spots[berth]
        if not mine.any() or (spots >= NO_LIMIT).any():
            continue
        area = np.add.reduceat(spots[: grid.horizon], grid.starts).astype(np.float64)
        row = rows.block("spots", berth, -INFINITE, area)
        rows.put(row[moves.bucket[mine]], moves.column[mine], ground[moves.leg[mine]])
        rows.put(row, carry, -1.0)
        rows.put(row[:-1], carry[1:], 1.0)


def define_standing(columns: Columns, rows: Rows) -> None:
    """``W[b] = W[b−1] + Σ m(last in b) − Σ m(left in b) ≤ spots`` at the last minute of ``b``.

    ``last``: the bucket of the latest possible arrival. Who has surely come and has not left holds
    a spot; fleets based at the place are left out, as above.
    """
    moves, grid = columns.moves, columns.grid
    away = columns.berths_away
    for berth, standing in columns.standing.items():
        row = rows.block("standing", berth, np.zeros(grid.num), np.zeros(grid.num))
        rows.put(row, standing, 1.0)
        rows.put(row[1:], standing[:-1], -1.0)
        out = away[moves.leg, 0] == berth
        rows.put(row[moves.bucket[out]], moves.column[out], 1.0)
        into = (away[moves.leg, 1] == berth) & (moves.there < grid.num)
        rows.put(row[moves.there[into]], moves.column[into], -1.0)


def define_movements(columns: Columns, rows: Rows) -> None:
    """``Σ m(left in b) + Σ m(first in b) − C[b] + C[b−1] ≤ Σ slots of b of movements_per_hour``.

    ``first``: the bucket of the earliest possible arrival. Of those that may also arrive one bucket
    later ``C[b] ≤ Σ m(first in b, last in b + 1)`` do.
    """
    network, moves, grid = columns.network, columns.moves, columns.grid
    stops = [(leg.origin_berth, leg.destination_berth) for leg in network.legs]
    legs = np.array(stops, dtype=np.int64).reshape(-1, 2)
    for berth, later in columns.later_arrivals.items():
        capacity = grid.sums(network.berth_movements[berth], network.timeline.slot)
        row = _limit(rows, columns, "movements", berth, capacity)
        out = legs[moves.leg, 0] == berth
        rows.put(row[moves.bucket[out]], moves.column[out], 1.0)
        into = (legs[moves.leg, 1] == berth) & (moves.earliest < grid.num)
        rows.put(row[moves.earliest[into]], moves.column[into], 1.0)
        rows.put(row, later, -1.0)
        rows.put(row[1:], later[:-1], 1.0)
        link = rows.block("later_arrivals", berth, -INFINITE, np.zeros(grid.num))
        rows.put(link, later, 1.0)
        either = into & (moves.earliest < moves.certain)
        rows.put(link[moves.earliest[either]], moves.column[either], -1.0)


FAMILIES = (
    define_seats,
    define_people_stock,
    define_beds,
    define_processing,
    define_link_people,
    define_link_departures,
    define_vehicle_stock,
    define_vehicle_hours,
    define_utilisation,
    define_spots,
    define_standing,
    define_movements,
)
"""Every family, in the order in which rows are built: part of the certificate's meaning."""
