"""Vehicles under orders: where each one is, and the way back that was booked with the way there.

A vehicle that is sent to a place with few spots would block its spot until somebody finds a use for
it, and the next one could only be called in when it has left. So a mission is booked there and
back: with the way there, a departure home after loading and a quarter of an hour. Leaving sooner or
to elsewhere replaces the way back that was booked.
"""

from dataclasses import dataclass

from benchmarks.peers.ledger import Ledger
from wayout.network.legs import Leg
from wayout.network.model import Network

PATIENCE = 15


@dataclass(slots=True)
class Vehicle:
    """A vehicle: where it is or goes to, from when it can leave, how and when it came."""

    fleet: int
    number: int
    place: int
    ready: int
    came_by: Leg | None = None
    arrived: int = 0
    back: tuple[int, int] | None = None
    heading_for: int | None = None

    @property
    def until(self) -> int | None:
        """When it leaves at the latest; None if that is open."""
        return None if self.back is None else self.back[1]


class Missions:
    """Sends vehicles, and keeps the ledger right."""

    def __init__(self, network: Network, ledger: Ledger) -> None:
        self.network = network
        self.ledger = ledger
        self._chosen = 0
        self.vehicles = [
            Vehicle(index, number, ledger.base[index], fleet.available_from)
            for index, fleet in enumerate(network.scenario.fleets)
            for number in range(1, fleet.number + 1)
        ]

    def can_leave(self, vehicle: Vehicle, index: int, tick: int) -> bool:
        """Whether it can leave over a leg now, in place of the way back that is booked."""
        self._set_back(vehicle, cancel=True)
        possible = self.ledger.may_run(self.network.legs[index], tick)
        self._set_back(vehicle, cancel=False)
        return possible

    def leave(self, vehicle: Vehicle, index: int, tick: int) -> None:
        """Leave over a leg, with no way back booked."""
        self._set_back(vehicle, cancel=True)
        self.ledger.book_vehicle(self.network.legs[index], tick)
        self._set_off(vehicle, index, tick)

    def fetch(self, vehicle: Vehicle, index: int, back: list[int], tick: int) -> bool:
        """Leave if the way back can be booked too, over one of the legs ``back``."""
        leg = self.network.legs[index]
        self._set_back(vehicle, cancel=True)
        latest = tick + leg.travel + leg.ground + PATIENCE
        found = self.ledger.may_run(leg, tick, latest) and self._book_both(leg, tick, back, latest)
        if found:
            self._set_off(vehicle, index, tick)
            vehicle.back = (self._chosen, latest)
        else:
            self._set_back(vehicle, cancel=False)
        return found

    def _book_both(self, leg: Leg, tick: int, back: list[int], latest: int) -> bool:
        self.ledger.book_vehicle(leg, tick, latest)
        for other in back:
            if self.ledger.may_run(self.network.legs[other], latest):
                self.ledger.book_vehicle(self.network.legs[other], latest)
                self._chosen = other
                return True
        self.ledger.book_vehicle(leg, tick, latest, cancel=True)
        return False

    def _set_back(self, vehicle: Vehicle, *, cancel: bool) -> None:
        if vehicle.back is not None:
            index, tick = vehicle.back
            self.ledger.book_vehicle(self.network.legs[index], tick, cancel=cancel)

    def _set_off(self, vehicle: Vehicle, index: int, tick: int) -> None:
        leg = self.network.legs[index]
        if vehicle.came_by is not None:
            self.ledger.free_spot(vehicle.came_by, vehicle.arrived, tick, vehicle.until)
        vehicle.place, vehicle.came_by, vehicle.back = leg.destination, leg, None
        vehicle.arrived = tick + leg.travel
        vehicle.ready = vehicle.arrived + leg.ground
        vehicle.heading_for = None
