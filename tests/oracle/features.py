"""What a world may have that makes planning hard, and the same world without it.

A feature changes the optimum of a world if the world without it has another one. That is how the
census (``census.py``) tells worlds that have a feature from worlds in which it matters.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.oracle.grid import Rules
from tests.oracle.worlds import World

from wayout.scenario.columns import UNLIMITED
from wayout.scenario.links import Berth, Mode
from wayout.scenario.model import Scenario
from wayout.scenario.places import PlaceKind
from wayout.scenario.windows import Repeat, Target, Window


@dataclass(frozen=True, slots=True)
class Feature:
    """``without`` gives the scenario without the feature; the same one if it has none."""

    name: str
    without: Callable[[Scenario], Scenario]


def in_place(feature: Feature, world: World) -> bool:
    return feature.without(world.scenario) != world.scenario


def freed(feature: Feature, world: World) -> World:
    return replace(world, scenario=feature.without(world.scenario))


def _lasting_refuges(scenario: Scenario) -> Scenario:
    """They expire when nothing is counted any more, and are no havens for that."""
    late = max(scenario.end, scenario.deadline) + 1
    places = (
        replace(place, expires=late)
        if place.expires is not None and place.expires < late
        else place
        for place in scenario.places
    )
    return scenario.replace(places=tuple(places))


def _no_windows(scenario: Scenario) -> Scenario:
    return scenario.replace(windows=())


def _opening_once(scenario: Scenario) -> Scenario:
    """Of the windows of a target that opens twice only the first, and that once."""
    count = Counter((window.kind, window.what) for window in scenario.windows)
    kept: list[Window] = []
    seen = set()
    for window in scenario.windows:
        target = (window.kind, window.what)
        if target in seen and count[target] > 1:
            continue
        seen.add(target)
        comes_back = window.repeat is Repeat.DAILY and window.begins + 1440 <= scenario.deadline
        kept.append(replace(window, repeat=Repeat.NONE) if comes_back else window)
    return scenario.replace(windows=tuple(kept))


def _fleets_from_the_start(scenario: Scenario) -> Scenario:
    fleets = (replace(fleet, available_from=0) for fleet in scenario.fleets)
    return scenario.replace(fleets=tuple(fleets))


def _fleets_to_the_end(scenario: Scenario) -> Scenario:
    fleets = (replace(fleet, available_until=None) for fleet in scenario.fleets)
    return scenario.replace(fleets=tuple(fleets))


def _with_berths(scenario: Scenario, freed_berths: set[str]) -> Scenario:
    """Those berths without limits."""
    berths = (
        replace(berth, spots=UNLIMITED, movements_per_hour=UNLIMITED)
        if berth.berth in freed_berths
        else berth
        for berth in scenario.berths
    )
    return scenario.replace(berths=tuple(berths))


def _ample_airfields(scenario: Scenario) -> Scenario:
    """Where two places or more have few spots or slots for aircraft: none has."""
    scarce = [berth for berth in scenario.berths if berth.mode is Mode.AIR and _is_scarce(berth)]
    if len({berth.place for berth in scarce}) < 2:
        return scenario
    return _with_berths(scenario, {berth.berth for berth in scarce})


def _is_scarce(berth: Berth) -> bool:
    return min(berth.spots, berth.movements_per_hour) < UNLIMITED


def _own_berths(scenario: Scenario) -> Scenario:
    """Types that share spots get as many spots of their own."""
    rules = Rules(scenario, 1)
    users: dict[str, set[str]] = defaultdict(set)
    for fleet in scenario.fleets:
        for place in scenario.places:
            berth = rules.berth(place.place, rules.types[fleet.type])
            if berth is not None and not berth.types and _is_scarce(berth):
                users[berth.berth].add(fleet.type)
    own = tuple(
        replace(berth, berth=f"{berth.berth}-{kind}", types=(kind,))
        for berth in scenario.berths
        for kind in sorted(users[berth.berth])[1:]
    )
    return scenario.replace(berths=scenario.berths + own)


def _spots_at_bases(scenario: Scenario) -> Scenario:
    """Spots without limit where a fleet has more vehicles than its base has spots for them."""
    rules = Rules(scenario, 1)
    tight = set()
    for fleet in scenario.fleets:
        berth = rules.berth(fleet.base, rules.types[fleet.type])
        if berth is not None and berth.spots < fleet.number:
            tight.add(berth.berth)
    berths = (
        replace(berth, spots=UNLIMITED) if berth.berth in tight else berth
        for berth in scenario.berths
    )
    return scenario.replace(berths=tuple(berths))


def _only_the_deadline(scenario: Scenario) -> Scenario:
    parties = (
        replace(party, safe_by=None)
        if party.safe_by is not None and party.safe_by < scenario.deadline
        else party
        for party in scenario.parties
    )
    return scenario.replace(parties=tuple(parties))


def _no_stays(scenario: Scenario) -> Scenario:
    places = (replace(place, min_stay_hours=0.0) for place in scenario.places)
    return scenario.replace(places=tuple(places))


def _anywhere(scenario: Scenario) -> Scenario:
    parties = (replace(party, may_go_to=()) for party in scenario.parties)
    return scenario.replace(parties=tuple(parties))


def _all_day(scenario: Scenario) -> Scenario:
    types = (replace(kind, hours_per_day=24.0) for kind in scenario.vehicles)
    return scenario.replace(vehicles=tuple(types))


def _no_needs(scenario: Scenario) -> Scenario:
    parties = (
        replace(party, stretchers=0, wheelchairs=0, unaccompanied=False)
        for party in scenario.parties
    )
    return scenario.replace(parties=tuple(parties))


def _ready_at_once(scenario: Scenario) -> Scenario:
    parties = (replace(party, ready_from=0) for party in scenario.parties)
    return scenario.replace(parties=tuple(parties))


def _all_the_beds(scenario: Scenario) -> Scenario:
    """Beds without limit, windows of beds included."""
    places = (replace(place, beds=UNLIMITED) for place in scenario.places)
    kept = (window for window in scenario.windows if window.kind is not Target.BEDS)
    return scenario.replace(places=tuple(places), windows=tuple(kept))


def _wide_gates(scenario: Scenario) -> Scenario:
    places = (replace(place, processing_per_hour=UNLIMITED) for place in scenario.places)
    return scenario.replace(places=tuple(places))


def _no_refuge(scenario: Scenario) -> Scenario:
    """A refuge that lasts is a place like others."""
    places = (
        replace(place, kind=PlaceKind.STAGING, danger_per_hour=place.danger)
        if place.kind is PlaceKind.REFUGE and place.expires is None
        else place
        for place in scenario.places
    )
    return scenario.replace(places=tuple(places))


FEATURES = (
    Feature("refuge that expires", _lasting_refuges),
    Feature("refuge that lasts", _no_refuge),
    Feature("windows", _no_windows),
    Feature("windows that open twice", _opening_once),
    Feature("fleet that comes late", _fleets_from_the_start),
    Feature("fleet that leaves early", _fleets_to_the_end),
    Feature("several scarce airfields", _ample_airfields),
    Feature("types that share spots", _own_berths),
    Feature("fleet larger than its base's spots", _spots_at_bases),
    Feature("parties' own deadlines", _only_the_deadline),
    Feature("minimum stays", _no_stays),
    Feature("permitted havens", _anywhere),
    Feature("hours a day", _all_day),
    Feature("needs", _no_needs),
    Feature("parties ready later", _ready_at_once),
    Feature("beds", _all_the_beds),
    Feature("processing", _wide_gates),
)


def modes_of_longest_chain(world: World, loads: list[tuple[int, str]]) -> int:
    """Most different modes on the way of one party; ``loads`` are pairs of party and link."""
    links = {link.link: link.mode for link in world.scenario.links}
    travelled: dict[int, set[Mode]] = defaultdict(set)
    for party, link in loads:
        travelled[party].add(links[link])
    return max((len(modes) for modes in travelled.values()), default=0)
