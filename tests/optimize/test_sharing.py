"""Where the movements of the far end bind, arrivals leave departures their share."""

from datetime import UTC, datetime

import numpy as np
from tests.optimize.searching import searching
from tests.optimize.test_waking import in_one

from wayout.optimize.portfolio import Kind
from wayout.scenario.columns import UNLIMITED
from wayout.scenario.fleet import Fleet, VehicleType
from wayout.scenario.links import Berth, Link, Mode
from wayout.scenario.model import Scenario
from wayout.scenario.parties import Party
from wayout.scenario.places import Place, PlaceKind

HOURS, TRAINS, SEATS = 72, 30, 10


def narrow() -> Scenario:
    """Thirty trains in the east; the west takes one arrival or departure an hour."""
    deadline = HOURS * 60
    return Scenario(
        name="narrow",
        title="Narrow",
        start=datetime(2022, 2, 24, tzinfo=UTC),
        deadline=deadline,
        end=deadline + 1440,
        places=(
            Place(place="east", kind=PlaceKind.STATION, beds=UNLIMITED),
            Place(place="west", kind=PlaceKind.HAVEN, beds=UNLIMITED),
        ),
        links=(Link(link="line", origin="east", destination="west", mode=Mode.RAIL, km=180),),
        berths=(
            Berth(berth="e", place="east", mode=Mode.RAIL, spots=TRAINS, movements_per_hour=20),
            Berth(berth="w", place="west", mode=Mode.RAIL, spots=UNLIMITED, movements_per_hour=1),
        ),
        vehicles=(
            VehicleType(
                type="train",
                mode=Mode.RAIL,
                seats=SEATS,
                km_per_hour=60,
                hours_per_day=24,
                load_minutes=10,
                unload_minutes=10,
            ),
        ),
        fleets=(Fleet(fleet="trains", type="train", number=TRAINS, base="east"),),
        parties=tuple(Party(party=f"p{i}", size=SEATS, place="east") for i in range(100)),
    )


def arrivals_by_day(kind: Kind) -> list[int]:
    """Trains with people that come in on each day, by a guide of the portfolio.

    Those that leave so late that no train could come back with people are left out.
    """
    search = searching(narrow(), 1440)
    network, world = search.network, search.world
    knobs = search.of_kind(0, kind).phases[0].knobs
    found = in_one(network, world, search.guide(knobs))
    depart = found.depart[np.unique(found.load_movement)]
    (travel,) = {leg.travel for leg in network.legs}
    early = depart[depart + 3 * travel <= network.horizon]
    days = np.bincount((early + travel) // 1440, minlength=HOURS // 24)
    return [int(day) for day in days]


def test_arrivals_leave_departures_half_of_a_day() -> None:
    # 24 movements are a block: at one an hour, a day.
    assert max(arrivals_by_day(Kind.ONWARD)) > 12
    assert max(arrivals_by_day(Kind.SHARING)) == 12
