"""What the rules of execution say about one tick, slot, place or movement of a scenario.

Written from ``docs/rules.md`` alone, for the oracle: nothing here is shared with the judge or the
planner. Factors and rates are taken at their decimal value, so that 0.6 of 10 is exactly 6.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil, floor, isinf

from wayout.scenario.fleet import Fleet, VehicleType
from wayout.scenario.links import Berth, Link, Mode
from wayout.scenario.model import Scenario
from wayout.scenario.parties import Party
from wayout.scenario.places import Place, PlaceKind
from wayout.scenario.windows import Repeat, Target, Window

DAY = 1440


def exact(value: float) -> Fraction:
    """The decimal number that was written, not its nearest binary fraction."""
    return Fraction(str(value)).limit_denominator(1_000_000)


@dataclass(frozen=True, slots=True)
class Move:
    """One possible movement in time; ``empty`` goes against its link."""

    link: str
    origin: str
    destination: str
    depart: int
    arrive: int
    empty: bool = False


@dataclass(frozen=True)
class Rules:
    """A scenario, asked what a rule allows. ``step`` is the grid of departures in minutes."""

    scenario: Scenario
    step: int

    @cached_property
    def ticks(self) -> range:
        """The grid, from the start to the deadline, both included."""
        return range(0, self.scenario.deadline + 1, self.step)

    @cached_property
    def places(self) -> dict[str, Place]:
        return {place.place: place for place in self.scenario.places}

    @cached_property
    def links(self) -> dict[str, Link]:
        return {link.link: link for link in self.scenario.links}

    @cached_property
    def types(self) -> dict[str, VehicleType]:
        return {kind.type: kind for kind in self.scenario.vehicles}

    @cached_property
    def _windows(self) -> dict[tuple[Target, str], list[tuple[int, int, Fraction]]]:
        spans: dict[tuple[Target, str], list[tuple[int, int, Fraction]]] = {}
        for window in self.scenario.windows:
            spans.setdefault((window.kind, window.what), []).extend(self._spans(window))
        return spans

    def _spans(self, window: Window) -> Iterator[tuple[int, int, Fraction]]:
        last = self.scenario.deadline
        ends = last if window.ends is None else window.ends
        later = range(0, last + 1, DAY) if window.repeat is Repeat.DAILY else range(1)
        for shift in later:
            yield window.begins + shift, ends + shift, exact(window.factor)

    def factor(self, kind: Target, what: str, tick: int) -> Fraction:
        for begins, ends, factor in self._windows.get((kind, what), []):
            if begins <= tick < ends:
                return factor
        return Fraction(1)

    def shut(self, kind: Target, what: str, tick: int) -> bool:
        return self.factor(kind, what, tick) == 0

    def limit(self, kind: Target, what: str, per_hour: float, slot: int) -> int | None:
        """Most in a slot: the hourly rate over the slot's ticks, rounded down; None: no limit."""
        if isinf(per_hour):
            return None
        length = self.scenario.policy.slot_minutes
        ticks = range(slot * length, (slot + 1) * length)
        open_minutes = sum((self.factor(kind, what, tick) for tick in ticks), Fraction(0))
        return floor(open_minutes * exact(per_hour) / 60)

    def slot(self, tick: int) -> int:
        return tick // self.scenario.policy.slot_minutes

    def beds(self, place: str, tick: int) -> int | None:
        """P5."""
        beds = self.places[place].beds
        return None if isinf(beds) else floor(exact(beds) * self.factor(Target.BEDS, place, tick))

    def spots(self, berth: Berth, tick: int) -> int | None:
        """V6: a berth with factor 0 keeps its spots; what stands there may stay."""
        factor = self.factor(Target.BERTH, berth.berth, tick) or Fraction(1)
        return None if isinf(berth.spots) else floor(exact(berth.spots) * factor)

    def seats(self, fleet: Fleet, tick: int) -> int:
        """V1."""
        seats = self.scenario.seats(self.types[fleet.type])
        return floor(seats * self.factor(Target.FLEET, fleet.fleet, tick))

    def stay(self, place: str) -> int:
        """P2: minutes before a party that arrived may go on."""
        return ceil(exact(self.places[place].min_stay_hours) * 60)

    def berth(self, place: str, kind: VehicleType) -> Berth | None:
        """V5: the berth a type uses at a place."""
        there = [
            row for row in self.scenario.berths if row.place == place and row.mode is kind.mode
        ]
        own = [row for row in there if kind.type in row.types]
        rest = [row for row in there if not row.types]
        return next(iter(own + rest), None)

    def may_stop(self, place: str, kind: VehicleType) -> bool:
        """V5."""
        berth = self.berth(place, kind)
        if berth is None:
            return kind.mode is Mode.ROAD
        return kind.runway_m <= berth.runway_m and kind.draught_m <= berth.depth_m

    def may_carry(self, link: Link, kind: VehicleType) -> bool:
        """M3."""
        in_range = link.km is None or link.km <= kind.range_km
        return (
            link.mode is kind.mode and in_range and (not link.open_to or kind.type in link.open_to)
        )

    def minutes(self, link: Link, kind: VehicleType) -> int | None:
        """M2."""
        if link.minutes is not None:
            return link.minutes
        if link.km is None or kind.km_per_hour is None:
            return None
        return ceil(exact(link.km) * 60 / exact(kind.km_per_hour))

    def walks(self) -> Iterator[Move]:
        """Movements of people by themselves."""
        for link in self.scenario.links:
            if link.self_moving and link.minutes is not None:
                yield from self._moves(link, link.minutes, empty=False)

    def rides(self, fleet: Fleet) -> Iterator[Move]:
        """Movements of a vehicle of the fleet, as far as no other movement matters."""
        kind = self.types[fleet.type]
        until = self.scenario.deadline if fleet.available_until is None else fleet.available_until
        for link in self.scenario.links:
            minutes = self.minutes(link, kind)
            ends = (link.origin, link.destination)
            if (
                minutes is None
                or not self.may_carry(link, kind)
                or not all(self.may_stop(end, kind) for end in ends)
            ):
                continue
            for empty in (False, True) if link.return_empty else (False,):
                for move in self._moves(link, minutes, empty=empty):
                    if (
                        move.depart >= fleet.available_from
                        and move.arrive <= until
                        and self._flies(fleet, kind, move)
                    ):
                        yield move

    def _flies(self, fleet: Fleet, kind: VehicleType, move: Move) -> bool:
        """V3 and the second half of V7."""
        if self.shut(Target.FLEET, fleet.fleet, move.depart):
            return False
        for place, tick in ((move.origin, move.depart), (move.destination, move.arrive)):
            berth = self.berth(place, kind)
            if berth is not None and self.shut(Target.BERTH, berth.berth, tick):
                return False
        return True

    def _moves(self, link: Link, minutes: int, *, empty: bool) -> Iterator[Move]:
        """M2, M4, M5."""
        origin, destination = (
            (link.destination, link.origin) if empty else (link.origin, link.destination)
        )
        for depart in self.ticks:
            arrive = depart + minutes
            if arrive > self.scenario.deadline:
                return
            shut = any(self.shut(Target.LINK, link.link, tick) for tick in range(depart, arrive))
            if (
                shut
                or self.shut(Target.PLACE, origin, depart)
                or self.shut(Target.PLACE, destination, arrive)
            ):
                continue
            yield Move(link.link, origin, destination, depart, arrive, empty)

    def may_enter(self, party: Party, place: str) -> bool:
        """P3."""
        ends = self.places[place].kind in (PlaceKind.HAVEN, PlaceKind.REFUGE)
        return not ends or not party.may_go_to or place in party.may_go_to

    def may_walk(self, party: Party, link: str) -> bool:
        """P6 for people by themselves."""
        needs = party.stretchers > 0 or party.wheelchairs > 0 or party.unaccompanied
        return self.links[link].assisted or not needs

    def safe_by(self, party: Party) -> int:
        last = self.scenario.deadline
        return last if party.safe_by is None else min(party.safe_by, last)

    def counts_as_safe(self, place: str) -> bool:
        """A haven, or a refuge that does not expire."""
        found = self.places[place]
        return found.is_haven or (found.kind is PlaceKind.REFUGE and found.expires is None)

    def weight(self, party: Party) -> Fraction:
        return party.size * exact(self.scenario.policy.weight(party.priority))

    def danger(self, place: str, begins: int, ends: int) -> Fraction:
        """Rate times minutes for one person who is at a place during ``[begins, ends)``."""
        found = self.places[place]
        turn = ends if found.expires is None else min(max(found.expires, begins), ends)
        before = exact(found.danger) * (turn - begins)
        return before + exact(found.danger_after_expiry) * (ends - turn)
