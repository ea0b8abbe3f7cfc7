"""What the plan needs from others: vehicles by owner, beds by place, places that must stay open."""

from collections import defaultdict
from dataclasses import dataclass

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
    """Beds by place: the most people at once, when, and the limit."""
    rows = []
    rank = material.place_rank()
    peaks = {
        item.place: item
        for item in material.measures.occupancy
        if len(item.people) and int(item.people.max()) > 0
    }
    for place in sorted(peaks, key=lambda name: rank.get(name, len(rank))):
        given = material.places.get(place)
        if given is None or given.kind is PlaceKind.HOME:
            continue
        item = peaks[place]
        at = int(item.people.argmax())
        most = int(item.people[at])
        limit = "unlimited" if given.beds == UNLIMITED else amount(given.beds)
        arrives = [
            movement
            for movement in material.plan.movements
            if movement.destination == place and movement.people
        ]
        if not arrives:
            continue
        share = most / given.beds if given.beds not in (0.0, UNLIMITED) else 0.0
        rows.append(
            (
                Cell(given.title, Tone.INTERNAL) if not given.disclosed else given.title,
                str(given.kind),
                count(most),
                material.clock.moment(int(item.ticks[at])),
                limit,
                Cell(percent(share, 0), share=min(1.0, share)) if share else "\N{EN DASH}",
                material.clock.moment(min(movement.arrive for movement in arrives)),
                count(sum(movement.people for movement in arrives)),
            )
        )
    columns = (
        Column("Place", weight=2),
        Column("Kind", weight=0.8),
        Column("Most at once", True, 0.8),
        Column("When", weight=1.1),
        Column("Beds", True, 0.8),
        Column("Used", True, 0.6),
        Column("First arrival", weight=1.1),
        Column("People received", True, 0.9),
    )
    return Table("Beds by place", columns, tuple(rows))


def openings(material: Material) -> Table:
    """Gates, airfields, ports and crossings that must be open, and from when until when."""
    uses: dict[str, _Use] = {}
    busiest: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for movement in material.plan.movements:
        place = material.places.get(movement.origin)
        if place is not None and place.kind in _GATES and movement.people:
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
        Column("Open from", weight=1.1),
        Column("Open until", weight=1.1),
        Column("People who leave it", True, 0.9),
        Column("Busiest hour", True, 0.8),
        Column("Limit per hour", True, 0.8),
    )
    return Table("Gates and other places that must be open", columns, tuple(rows))


def flights(material: Material) -> Table:
    """Landings and sailings that need permission: vehicles with people into each place, by owner."""
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
