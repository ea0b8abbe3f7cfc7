"""What the plan needs from others: vehicles by owner, beds by place, places that must stay open."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from wayout.plan.measures import Load
from wayout.report.content.material import Material
from wayout.report.content.pieces import Cell, Column, Table, Tone
from wayout.report.text import amount, count, percent
from wayout.scenario.columns import UNLIMITED
from wayout.scenario.links import Mode
from wayout.scenario.places import PlaceKind

_GATES = (
    PlaceKind.GATE,
    PlaceKind.AIRFIELD,
    PlaceKind.PORT,
    PlaceKind.STATION,
    PlaceKind.ASSEMBLY,
    PlaceKind.STAGING,
)


@dataclass(slots=True)
class _Use:
    """What a fleet or place does in the plan, added up."""

    vehicles: set[str]
    first: int
    last: int
    departures: int = 0
    people: int = 0


def _add(uses: dict[str, _Use], key: str, vehicle: str, begin: int, end: int, carried: int) -> None:
    use = uses.setdefault(key, _Use(set(), begin, end))
    use.vehicles.add(vehicle)
    use.first, use.last = min(use.first, begin), max(use.last, end)
    use.departures += 1
    use.people += carried


def fleet_uses(material: Material) -> dict[str, _Use]:
    """Use of each fleet that moves, by fleet."""
    uses: dict[str, _Use] = {}
    for movement in material.plan.movements:
        if movement.vehicle:
            _add(
                uses,
                movement.fleet,
                movement.vehicle,
                movement.depart,
                movement.arrive,
                movement.people,
            )
    return uses


def vehicles(material: Material) -> Table:
    """Vehicles by owner, with the dates from and until which they are needed."""
    uses, clock = fleet_uses(material), material.clock
    known = [fleet.fleet for fleet in material.scenario.fleets]
    order = sorted(
        uses,
        key=lambda fleet: (
            _owner(material, fleet),
            known.index(fleet) if fleet in known else len(known),
        ),
    )
    rows = []
    for fleet in order:
        use, given = uses[fleet], material.fleets.get(fleet)
        base = material.place_title(given.base) if given else ""
        rows.append(
            (
                _owner(material, fleet),
                material.fleet_type(fleet),
                f"{count(len(use.vehicles))} of {count(given.number)}"
                if given
                else count(len(use.vehicles)),
                Cell(base, Tone.INTERNAL) if given and material.is_internal(given.base) else base,
                clock.moment(use.first),
                clock.moment(use.last),
                count(use.departures),
                count(use.people),
            )
        )
    columns = (
        Column("Owner", weight=1.6),
        Column("Vehicle", weight=1.5),
        Column("Used", True, 0.8),
        Column("Base", weight=1.4),
        Column("First departure", weight=1.1),
        Column("Last arrival", weight=1.1),
        Column("Movements", True, 0.8),
        Column("People", True, 0.7),
    )
    return Table("Vehicles by owner", columns, tuple(rows))


def _owner(material: Material, fleet: str) -> str:
    given = material.fleets.get(fleet)
    return (given.owner if given else "") or "owner not named"


def beds(material: Material) -> Table:
    """Beds by place that receives people: the tightest moment, and the limit at that moment."""
    rank, clock = material.place_rank(), material.clock
    limited = {load.what: load for load in material.measures.loads if load.kind == "beds"}
    rows = []
    for place, (first, received) in sorted(
        _arrivals(material).items(), key=lambda pair: rank.get(pair[0], len(rank))
    ):
        given = material.places.get(place)
        if given is None or given.kind is PlaceKind.HOME:
            continue
        most, at, limit = _fullest(material, place, limited.get(place))
        share = most / limit if limit not in (0.0, UNLIMITED) else 0.0
        rows.append(
            (
                Cell(given.title, Tone.INTERNAL) if not given.disclosed else given.title,
                str(given.kind),
                count(most),
                amount(limit),
                Cell(percent(share, 0), share=min(1.0, share)) if share else "\N{EN DASH}",
                clock.moment(at),
                clock.moment(first),
                count(received),
            )
        )
    columns = (
        Column("Place", weight=2),
        Column("Kind", weight=0.8),
        Column("People at once", True, 0.8),
        Column("Beds then", True, 0.8),
        Column("Used", True, 0.6),
        Column("When fullest", weight=1.1),
        Column("First arrival", weight=1.1),
        Column("People received", True, 0.9),
    )
    return Table("Beds by place", columns, tuple(rows))


def _arrivals(material: Material) -> dict[str, tuple[int, int]]:
    """First arrival of people, and people received, by place."""
    found: dict[str, tuple[int, int]] = {}
    for movement in material.loaded:
        first, received = found.get(movement.destination, (movement.arrive, 0))
        found[movement.destination] = (min(first, movement.arrive), received + movement.people)
    return found


def _fullest(material: Material, place: str, load: Load | None) -> tuple[int, int, float]:
    """People at the tightest moment, that moment, and the beds then."""
    if load is not None and len(load.used):
        share = np.divide(load.used, load.limit, out=np.zeros(len(load.used)), where=load.limit > 0)
        at = int(share.argmax())
        return int(load.used[at]), int(load.ticks[at]), float(load.limit[at])
    found = next((item for item in material.measures.occupancy if item.place == place), None)
    if found is None or not len(found.people):
        return 0, 0, UNLIMITED
    at = int(found.people.argmax())
    return int(found.people[at]), int(found.ticks[at]), UNLIMITED


def openings(material: Material) -> Table:
    """Gates, airfields, ports and crossings that must be open, and from when until when."""
    uses: dict[str, _Use] = {}
    busiest: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for movement in material.plan.movements:
        origin = material.places.get(movement.origin)
        if origin is not None and origin.kind in _GATES and movement.people:
            _add(
                uses,
                movement.origin,
                movement.vehicle,
                movement.depart,
                movement.depart,
                movement.people,
            )
            busiest[movement.origin][movement.depart // 60] += movement.people
    rank = material.place_rank()
    rows = []
    for place in sorted(uses, key=lambda name: rank.get(name, len(rank))):
        given, use = material.places[place], uses[place]
        limit = (
            "unlimited"
            if given.processing_per_hour == UNLIMITED
            else amount(given.processing_per_hour)
        )
        rows.append(
            (
                Cell(given.title, Tone.INTERNAL) if not given.disclosed else given.title,
                str(given.kind),
                material.clock.moment(use.first),
                material.clock.moment(use.last),
                count(use.people),
                count(max(busiest[place].values())),
                limit,
            )
        )
    columns = (
        Column("Place", weight=2),
        Column("Kind", weight=0.8),
        Column("Open from", weight=1.5),
        Column("Open until", weight=1.5),
        Column("People who leave it", True, 0.9),
        Column("Busiest hour", True, 0.8),
        Column("Limit per hour", True, 0.8),
    )
    return Table("Gates and other places that must be open", columns, tuple(rows))


def flights(material: Material) -> Table:
    """Arrivals by air, sea and rail that need permission, by place."""
    uses: dict[str, _Use] = {}
    for movement in material.plan.movements:
        if movement.vehicle and material.mode_of(movement) in (Mode.AIR, Mode.SEA, Mode.RAIL):
            _add(
                uses,
                movement.destination,
                movement.vehicle,
                movement.arrive,
                movement.arrive,
                movement.people,
            )
    rank = material.place_rank()
    rows = [
        (
            Cell(material.place_title(place), Tone.INTERNAL)
            if material.is_internal(place)
            else material.place_title(place),
            count(uses[place].departures),
            material.clock.moment(uses[place].first),
            material.clock.moment(uses[place].last),
        )
        for place in sorted(uses, key=lambda name: rank.get(name, len(rank)))
    ]
    columns = (Column("Place", weight=2), Column("Arrivals", True), Column("First"), Column("Last"))
    return Table("Permissions to land, to dock or to enter by rail", columns, tuple(rows))
