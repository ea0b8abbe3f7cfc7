"""What a scenario still has free while a timetable is being made, by its rules of execution.

Every peer books its departures here, so that none has to know the rules and no plan breaks them.
"""

import numpy as np

from wayout.network.legs import NO_BERTH, Leg
from wayout.network.model import Network
from wayout.network.timeline import NO_LIMIT, Int, Mask

DAY = 1440


class Ledger:
    """Free capacity by tick, slot and day; the rules that it keeps are named at the checks.

    A place or berth has room for an arrival only if it has room from then on to the end, counting
    whoever is there or on the way and has not been given a departure yet. With ``standing=False``
    beds and spots are not looked at: for plans whose later departures are known, to be judged when
    they are complete.
    """

    def __init__(self, network: Network, *, standing: bool = True) -> None:
        self.network = network
        self.standing = standing
        people = network.people
        start = np.bincount(people.place, weights=people.size, minlength=network.num_places)
        self.beds: Int = network.beds - start.astype(np.int64)[:, None]
        self.spots = network.berth_spots.copy()
        self.processing = network.processing.copy()
        self.link_people = network.link_people.copy()
        self.link_departures = network.link_departures.copy()
        self.berth_movements = network.berth_movements.copy()
        self.hours = network.hours.copy()
        self._housed: Mask = np.asarray(network.beds.min(axis=1) < NO_LIMIT // 2)
        places = {place.place: i for i, place in enumerate(network.scenario.places)}
        self.base = [places[fleet.base] for fleet in network.scenario.fleets]
        self._slot = network.timeline.slot

    def room(self, leg: Leg, depart: int) -> int:
        """Most people who may set out: seats (V1), P4, P5 at the destination, M6."""
        slot = depart // self._slot
        room = min(int(leg.seats[depart]), int(self.processing[leg.origin, slot]))
        if leg.by_self:
            room = min(room, int(self.link_people[leg.link, slot]))
        if room > 0 and self.standing and self._housed[leg.destination]:
            room = min(room, int(self.beds[leg.destination, depart + leg.travel :].min()))
        return max(0, room)

    def may_run(self, leg: Leg, depart: int, until: int | None = None) -> bool:
        """Whether a vehicle may set out: M2 to M5 and V3, M6, V4, V6 and V7.

        ``until`` is when it leaves its spot at the destination again; None: not decided.
        """
        if depart > self.network.horizon or not leg.possible[depart]:
            return False
        slot, arrive = depart // self._slot, depart + leg.travel
        return (
            self.link_departures[leg.link, slot] >= 1
            and self.hours[leg.fleet, depart // DAY] >= leg.travel
            and self._movement_free(leg.origin_berth, slot)
            and self._movement_free(leg.destination_berth, arrive // self._slot)
            and self._spot_free(leg, arrive, until)
        )

    def _movement_free(self, berth: int, slot: int) -> bool:
        return berth == NO_BERTH or bool(self.berth_movements[berth, slot] >= 1)

    def _spot_free(self, leg: Leg, arrive: int, until: int | None) -> bool:
        if leg.destination_berth == NO_BERTH or not self.standing:
            return True
        spots = self.spots[leg.destination_berth, arrive : self._spot_end(leg, arrive, until)]
        return len(spots) == 0 or bool(spots.min() >= 1)

    def _spot_end(self, leg: Leg, arrive: int, until: int | None) -> int | None:
        """The tick from which the spot at the destination is free again (V6)."""
        if self.base[leg.fleet] != leg.destination:
            return until
        return arrive + leg.ground if until is None else min(until, arrive + leg.ground)

    def book_people(self, leg: Leg, depart: int, people: int) -> None:
        """People set out: their bed at the origin is free, one at the destination is taken."""
        slot = depart // self._slot
        self.processing[leg.origin, slot] -= people
        if leg.by_self:
            self.link_people[leg.link, slot] -= people
        self.beds[leg.origin, depart:] += people
        self.beds[leg.destination, depart + leg.travel :] -= people

    def book_vehicle(
        self, leg: Leg, depart: int, until: int | None = None, *, cancel: bool = False
    ) -> None:
        """A vehicle sets out and stands at the destination ``until`` then; or it does not."""
        one = -1 if cancel else 1
        slot, arrive = depart // self._slot, depart + leg.travel
        self.link_departures[leg.link, slot] -= one
        self.hours[leg.fleet, depart // DAY] -= leg.travel * one
        if leg.origin_berth != NO_BERTH:
            self.berth_movements[leg.origin_berth, slot] -= one
        if leg.destination_berth != NO_BERTH:
            self.berth_movements[leg.destination_berth, arrive // self._slot] -= one
            end = self._spot_end(leg, arrive, until)
            self.spots[leg.destination_berth, arrive:end] -= one

    def free_spot(self, came_by: Leg, arrived: int, depart: int, until: int | None) -> None:
        """A vehicle leaves the spot that it had booked ``until`` then; where it was based, none."""
        if came_by.destination_berth != NO_BERTH:
            end = self._spot_end(came_by, arrived, until)
            self.spots[came_by.destination_berth, depart:end] += 1
