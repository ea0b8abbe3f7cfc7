"""Everything the report is made from, with the look-ups that its parts share."""

from collections import defaultdict
from dataclasses import dataclass, field

from wayout.plan.measures import Measures
from wayout.plan.model import Movement, Plan
from wayout.report.text import Clock, listing
from wayout.scenario.fleet import Fleet, VehicleType
from wayout.scenario.links import Link, Mode
from wayout.scenario.model import Scenario
from wayout.scenario.people import People
from wayout.scenario.places import Place, PlaceKind

_LATE_KINDS = (PlaceKind.HAVEN, PlaceKind.REFUGE)


@dataclass(frozen=True)
class Material:
    """Scenario, people, plan and measures; unknown identifiers are shown as they are."""

    scenario: Scenario
    people: People
    plan: Plan
    measures: Measures
    clock: Clock = field(init=False)
    places: dict[str, Place] = field(init=False)
    links: dict[str, Link] = field(init=False)
    fleets: dict[str, Fleet] = field(init=False)
    types: dict[str, VehicleType] = field(init=False)

    def __post_init__(self) -> None:
        """Build the look-ups once."""
        scenario = self.scenario
        object.__setattr__(self, "clock", Clock(scenario.start))
        object.__setattr__(self, "places", {place.place: place for place in scenario.places})
        object.__setattr__(self, "links", {link.link: link for link in scenario.links})
        object.__setattr__(self, "fleets", {fleet.fleet: fleet for fleet in scenario.fleets})
        object.__setattr__(self, "types", {kind.type: kind for kind in scenario.vehicles})

    @property
    def bound_people(self) -> int:
        """The certified bound in whole people, never above the number there are."""
        return min(int(self.plan.bound.people_safe + 1e-6), self.measures.people_total)

    @property
    def loaded(self) -> list[Movement]:
        """Movements that carry people."""
        return [movement for movement in self.plan.movements if movement.people > 0]

    def place_title(self, place: str) -> str:
        """The printed name of a place."""
        known = self.places.get(place)
        return known.title if known else place

    def is_internal(self, place: str) -> bool:
        """Whether a place must not be named outside the planning cell."""
        known = self.places.get(place)
        return known is not None and not known.disclosed

    def fleet_type(self, fleet: str) -> str:
        """The printed name of a fleet's vehicle type."""
        known = self.fleets.get(fleet)
        kind = self.types.get(known.type) if known else None
        return (kind.name or kind.type) if kind else fleet

    def mode_of(self, movement: Movement) -> Mode:
        """How a movement travels; foot where its link is not known."""
        link = self.links.get(movement.link)
        return link.mode if link else Mode.FOOT

    def link_title(self, link: str) -> str:
        """``Abbey Gate to Hamid Karzai Airport, on foot``."""
        known = self.links.get(link)
        if known is None:
            return link
        way = "on foot" if known.mode is Mode.FOOT else f"by {known.mode}"
        return f"{self.place_title(known.origin)} to {self.place_title(known.destination)}, {way}"

    def berth_title(self, berth: str) -> str:
        """``Hamid Karzai Airport (C-17, A330)``: the place of a berth and whom it serves."""
        known = next((item for item in self.scenario.berths if item.berth == berth), None)
        if known is None:
            return berth
        names = [self.types[kind].name or kind for kind in known.types if kind in self.types]
        serves = listing(names, 2) if names else f"all {known.mode} vehicles"
        return f"{self.place_title(known.place)} ({serves})"

    def title_of(self, kind: str, what: str) -> str:
        """The printed name of what a limit, load or bottleneck is about."""
        if kind in ("spots", "movements"):
            return self.berth_title(what)
        if kind in ("people_per_hour", "departures_per_hour"):
            return self.link_title(what)
        if kind in ("hours_per_day", "vehicles", "seats") and what in self.fleets:
            return f"{what} ({self.fleet_type(what)})"
        return self.place_title(what) if what in self.places else what or "the whole operation"

    def people_through(self) -> dict[str, int]:
        """People who leave a place or arrive in it, whichever is more, by place."""
        leaving: dict[str, int] = defaultdict(int)
        arriving: dict[str, int] = defaultdict(int)
        for movement in self.plan.movements:
            leaving[movement.origin] += movement.people
            arriving[movement.destination] += movement.people
        return {place: max(leaving[place], arriving[place]) for place in {**leaving, **arriving}}

    def place_rank(self) -> dict[str, int]:
        """Places in the order people pass them: homes first, havens last; then as given."""
        kinds = {kind: rank for rank, kind in enumerate(PlaceKind)}
        ordered = sorted(
            enumerate(self.scenario.places),
            key=lambda pair: (pair[1].kind in _LATE_KINDS, kinds[pair[1].kind], pair[0]),
        )
        return {place.place: rank for rank, (_, place) in enumerate(ordered)}
