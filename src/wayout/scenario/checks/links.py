"""Rules about links and berths."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from wayout.findings import Finding
from wayout.scenario.checks.ways import Berths, can_use, fits, is_open_to, minutes_over
from wayout.scenario.checks.wording import error, listed, warning
from wayout.scenario.links import SELF, Berth, Link, Mode
from wayout.scenario.model import Scenario

_FILE = "links.csv"


def check_loops(scenario: Scenario) -> Iterator[Finding]:
    """S31: a link leads from one place to another."""
    for index, link in enumerate(scenario.links):
        if link.origin == link.destination:
            message = f"Link '{link.link}' leads from '{link.origin}' to itself."
            yield error("S31", _FILE, index, "to", message, "Correct its to, or delete it.")


def check_length(scenario: Scenario) -> Iterator[Finding]:
    """S32: a link has minutes or km; minutes where people move by themselves."""
    for index, link in enumerate(scenario.links):
        if link.minutes is not None:
            continue
        if link.self_moving:
            message = f"People move by themselves over '{link.link}', but it has no minutes."
            cure = f"Write their travel time, or take '{SELF}' off open_to."
            yield error("S32", _FILE, index, "minutes", message, cure)
        elif link.km is None:
            message = f"Link '{link.link}' has neither minutes nor km."
            yield error("S32", _FILE, index, "minutes", message, "Write one of the two.")


def check_time(scenario: Scenario) -> Iterator[Finding]:
    """S33: a link takes a minute at least (rule M2)."""
    for index, link in enumerate(scenario.links):
        if takes_no_time(link):
            column = "minutes" if link.minutes is not None else "km"
            message = f"Link '{link.link}' takes no time."
            cure = "Write 1 minute or more; join two places that are one."
            yield error("S33", _FILE, index, column, message, cure)


def takes_no_time(link: Link) -> bool:
    """Whether a link is travelled in 0 minutes."""
    return link.minutes <= 0 if link.minutes is not None else link.km is not None and link.km <= 0


def _on_cycles(links: list[Link]) -> set[str]:
    """Places that lie on a cycle, or between two: trim ends until none is left."""
    onward, back = defaultdict(list), defaultdict(list)
    for link in links:
        onward[link.origin].append(link.destination)
        back[link.destination].append(link.origin)
    places = set(onward) | set(back)
    for ways, against in ((onward, back), (back, onward)):
        missing = Counter({place: len([p for p in ways[place] if p in places]) for place in places})
        ends = [place for place in sorted(places) if missing[place] == 0]
        while ends:
            end = ends.pop()
            places.discard(end)
            for place in against[end]:
                missing[place] -= 1
                if missing[place] == 0 and place in places:
                    ends.append(place)
    return places


def check_cycles(scenario: Scenario) -> Iterator[Finding]:
    """S34: no round trip takes no time at all."""
    timeless = [
        (index, link)
        for index, link in enumerate(scenario.links)
        if takes_no_time(link) and link.origin != link.destination
    ]
    places = _on_cycles([link for _, link in timeless])
    on_cycle = [(i, k) for i, k in timeless if k.origin in places and k.destination in places]
    if on_cycle:
        names = listed(link.link for _, link in on_cycle)
        message = f"One can go round for ever in no time over {names}."
        cure = "Write their minutes."
        yield error("S34", _FILE, on_cycle[0][0], "minutes", message, cure)


def check_link_usable(scenario: Scenario) -> Iterator[Finding]:
    """S35: some vehicle type, or people by themselves, can use a link."""
    berths = Berths(scenario)
    for index, link in enumerate(scenario.links):
        if link.self_moving or (link.minutes is None and link.km is None):
            continue
        if not any(can_use(link, vehicle, berths) for vehicle in scenario.vehicles):
            message = (
                f"No vehicle type can use link '{link.link}'{_reason(scenario, link, berths)}."
            )
            cure = "Correct its mode, open_to, km or berths, or delete it."
            yield warning("S35", _FILE, index, "mode", message, cure)


def _reason(scenario: Scenario, link: Link, berths: Berths) -> str:
    """Why no type can use a link, as far as one reason holds for all of them."""
    suitable = [vehicle for vehicle in scenario.vehicles if is_open_to(link, vehicle)]
    if not suitable:
        return ": none of the types it is open to travels by " + link.mode
    if all(link.km is not None and link.km > vehicle.range_km for vehicle in suitable):
        return ": it is longer than their range"
    if all(minutes_over(link, vehicle) is None for vehicle in suitable):
        return ": it has no minutes and they have no km_per_hour"
    for place in (link.origin, link.destination):
        if not any(berths.can_stop(place, vehicle) for vehicle in suitable):
            return f": none of them can stop at '{place}'"
    return ""


def check_berth_there(scenario: Scenario) -> Iterator[Finding]:
    """S41: where rail, sea or air links end there is a berth of their mode (rule V5)."""
    types = {vehicle.type: vehicle.mode for vehicle in scenario.vehicles}
    served = {(berth.place, berth.mode) for berth in scenario.berths}
    served.update(
        (b.place, types[name]) for b in scenario.berths for name in b.types if name in types
    )
    places = {place.place for place in scenario.places}
    reported = set()
    for index, link in enumerate(scenario.links):
        if link.mode in (Mode.FOOT, Mode.ROAD) or (link.open_to == (SELF,)):
            continue
        for column, place in (("from", link.origin), ("to", link.destination)):
            stop = (place, link.mode)
            if place in places and stop not in served and stop not in reported:
                reported.add(stop)
                message = f"Link '{link.link}' needs a berth for {link.mode} at '{place}'."
                cure = "Write one in berths.csv; its spots and movements_per_hour may be unlimited."
                yield error("S41", _FILE, index, column, message, cure)


def _rivals(berth: Berth, other: Berth) -> str | None:
    """What two berths of one place both claim, if anything."""
    if bool(berth.types) != bool(other.types):
        return None
    if not berth.types:
        return f"mode {berth.mode}" if berth.mode is other.mode else None
    shared = sorted(set(berth.types) & set(other.types))
    return f"type {shared[0]}" if shared else None


def check_berth_rivals(scenario: Scenario) -> Iterator[Finding]:
    """S42: a type has one berth at a place (rule V5)."""
    earlier: dict[str, list[Berth]] = defaultdict(list)
    for index, berth in enumerate(scenario.berths):
        for other in earlier[berth.place]:
            claim = _rivals(berth, other)
            if claim is not None:
                message = (
                    f"Berths '{other.berth}' and '{berth.berth}' of '{berth.place}' "
                    f"both serve {claim}."
                )
                cure = "Join them, or list other vehicle types in each."
                yield error("S42", "berths.csv", index, "types", message, cure)
                break
        earlier[berth.place].append(berth)


def check_berth_mode(scenario: Scenario) -> Iterator[Finding]:
    """S43: a berth serves vehicles of its mode, and foot has none."""
    types = {vehicle.type: vehicle.mode for vehicle in scenario.vehicles}
    for index, berth in enumerate(scenario.berths):
        if berth.mode is Mode.FOOT:
            message = f"Berth '{berth.berth}' is for people on foot, who need none."
            cure = "Correct its mode, or limit people by processing_per_hour of the place."
            yield error("S43", "berths.csv", index, "mode", message, cure)
        for name in berth.types:
            if types.get(name, berth.mode) is not berth.mode:
                message = f"'{name}' travels by {types[name]}, but the berth is for {berth.mode}."
                cure = "Correct the berth's mode, or take the type off the list."
                yield error("S43", "berths.csv", index, "types", message, cure)


def check_berth_fits(scenario: Scenario) -> Iterator[Finding]:
    """S44: some type that a berth serves has runway and water enough there (warning)."""
    for index, berth in enumerate(scenario.berths):
        served = [
            vehicle
            for vehicle in scenario.vehicles
            if (vehicle.type in berth.types if berth.types else vehicle.mode is berth.mode)
        ]
        if served and not any(fits(berth, vehicle) for vehicle in served):
            short = all(berth.runway_m < vehicle.runway_m for vehicle in served)
            column, what = ("runway_m", "runway") if short else ("depth_m", "water")
            message = f"No vehicle type has {what} enough at berth '{berth.berth}'."
            cure = f"Correct {column} here, or the need in vehicles.csv."
            yield warning("S44", "berths.csv", index, column, message, cure)


LINK_WAY_RULES: tuple[Callable[[Scenario], Iterator[Finding]], ...] = (check_link_usable,)

LINK_RULES: tuple[Callable[[Scenario], Iterator[Finding]], ...] = (
    check_loops,
    check_length,
    check_time,
    check_cycles,
    check_berth_there,
    check_berth_rivals,
    check_berth_mode,
    check_berth_fits,
)
