"""Rules M1 to M6: what a movement by itself must obey."""

import numpy as np

from wayout.plan.feasible.breaches import Breaches
from wayout.plan.feasible.calendar import Int, Mask, Real
from wayout.plan.feasible.overuse import Use, add_slots
from wayout.plan.feasible.replay import UNKNOWN, Replay
from wayout.scenario.links import SELF, Link
from wayout.scenario.windows import Target


def check_known(replay: Replay, breaches: Breaches) -> None:
    """M1: link, fleet, vehicle and ends are the scenario's; identifiers are unique."""
    columns, movements = replay.movements, replay.plan.movements
    unknown = np.flatnonzero(columns.link == UNKNOWN)
    breaches.add_rows(
        "M1",
        unknown,
        lambda i: f"{replay.name(i)} uses link '{movements[i].link}', which is not there.",
        "Name a link of links.csv.",
        column="link",
    )
    half = np.flatnonzero(~columns.by_self & (columns.fleet == UNKNOWN))
    breaches.add_rows(
        "M1",
        half,
        lambda i: f"{replay.name(i)} names fleet '{movements[i].fleet}', which is not there.",
        "Name the vehicle's fleet, or neither fleet nor vehicle for people by themselves.",
        column="fleet",
    )
    nameless = np.flatnonzero((columns.fleet >= 0) & (columns.vehicle == 0))
    breaches.add_rows(
        "M1",
        nameless,
        lambda i: (
            f"{replay.name(i)} names vehicle '{movements[i].vehicle}'; fleet "
            f"'{movements[i].fleet}' has {movements[i].fleet}-1 to "
            f"{movements[i].fleet}-{replay.fleet_of(i).number}."
        ),
        "Name one of these vehicles.",
        column="vehicle",
    )
    _check_ends(replay, breaches)
    _check_unique(replay, breaches)


def _check_ends(replay: Replay, breaches: Breaches) -> None:
    columns, movements = replay.movements, replay.plan.movements
    strange = np.flatnonzero((columns.link >= 0) & ~replay.on_link)
    breaches.add_rows(
        "M1",
        strange,
        lambda i: (
            f"{replay.name(i)} goes from '{movements[i].origin}' to '{movements[i].destination}'; "
            f"its link leads from '{replay.link_of(i).origin}' "
            f"to '{replay.link_of(i).destination}'."
        ),
        "Write the ends of the link.",
        column="from",
    )
    back = np.flatnonzero(replay.swapped)
    one_way = np.array([not link.return_empty for link in replay.scenario.links] + [False])
    refused = back[columns.by_self[back] | one_way[columns.link[back]]]
    breaches.add_rows(
        "M1",
        refused,
        lambda i: (
            f"{replay.name(i)} goes back over link '{movements[i].link}'; only vehicles may, "
            "and only where return_empty is yes."
        ),
        "Use another link, or allow the return in links.csv.",
        column="link",
    )


def _check_unique(replay: Replay, breaches: Breaches) -> None:
    first: dict[str, int] = {}
    again = [i for i, m in enumerate(replay.plan.movements) if first.setdefault(m.movement, i) != i]
    blank = [i for i, m in enumerate(replay.plan.movements) if not m.movement]
    breaches.add_rows(
        "M1",
        np.array(blank, dtype=np.int64),
        lambda _: "The movement has no identifier.",
        "Give each movement an identifier of its own.",
        column="movement",
    )
    breaches.add_rows(
        "M1",
        np.array(again, dtype=np.int64),
        lambda i: f"'{replay.plan.movements[i].movement}' names an earlier movement too.",
        "Give each movement an identifier of its own.",
        column="movement",
    )


def _travel(replay: Replay) -> Int:
    """Minutes each movement should take; -1 where that is not known."""
    columns, scenario = replay.movements, replay.scenario
    width = len(scenario.fleets) + 1
    keys = columns.link * width + np.where(columns.fleet >= 0, columns.fleet, width - 1)
    different, inverse = np.unique(keys, return_inverse=True)
    travel = np.full(len(different), UNKNOWN, dtype=np.int64)
    for position, key in enumerate(different.tolist()):
        if key >= 0:
            fleet = key % width
            vehicle = None if fleet == width - 1 else replay.types[scenario.fleets[fleet].type]
            travel[position] = replay.travel(scenario.links[key // width], vehicle)
    each: Int = travel[inverse.reshape(-1)]
    return each


def check_time(replay: Replay, breaches: Breaches) -> None:
    """M2: within start and deadline; the travel time is the link's."""
    columns, deadline = replay.movements, replay.scenario.deadline
    breaches.add_rows(
        "M2",
        np.flatnonzero(columns.depart < 0),
        lambda i: f"{replay.name(i)} departs at {_depart(replay, i)}, before the start.",
        "Depart at the scenario's start or later.",
        column="depart",
    )
    breaches.add_rows(
        "M2",
        np.flatnonzero(columns.arrive > deadline),
        lambda i: (
            f"{replay.name(i)} arrives at {_arrive(replay, i)}, after the deadline "
            f"{replay.at(deadline)}."
        ),
        "Arrive by the deadline.",
        column="arrive",
    )
    travel = _travel(replay)
    taken = columns.arrive - columns.depart
    usable = (columns.link >= 0) & (columns.by_self | (columns.fleet >= 0))
    wrong = usable & ((travel < 1) | (taken != travel))
    breaches.add_rows(
        "M2",
        np.flatnonzero(wrong),
        lambda i: f"{replay.name(i)} takes {taken[i]:,} minutes; {_expected(int(travel[i]))}.",
        "Correct depart or arrive, or the link's minutes, km or block speed.",
        column="arrive",
    )
    breaches.add_rows(
        "M2",
        np.flatnonzero(~usable & (taken < 1)),
        lambda i: f"{replay.name(i)} arrives no later than it departs.",
        "Arrive at least a minute after the departure.",
        column="arrive",
    )


def _depart(replay: Replay, movement: int) -> str:
    return replay.at(replay.plan.movements[movement].depart)


def _arrive(replay: Replay, movement: int) -> str:
    return replay.at(replay.plan.movements[movement].arrive)


def _expected(travel: int) -> str:
    if travel == UNKNOWN:
        return "the link gives neither minutes nor a length and speed"
    return f"the link takes {travel:,}"


def _why_closed(replay: Replay, link: Link, fleet: int) -> str:
    """Why a fleet (or people by themselves, -1) may not use a link; empty if it may."""
    if fleet == UNKNOWN:
        return "" if link.self_moving else f"'{SELF}' is not in its open_to"
    vehicle = replay.types[replay.scenario.fleets[fleet].type]
    if vehicle.mode is not link.mode:
        return f"it is for {link.mode} and the type '{vehicle.type}' travels by {vehicle.mode}"
    if link.open_to and vehicle.type not in link.open_to:
        return f"the type '{vehicle.type}' is not in its open_to"
    if link.km is not None and link.km > vehicle.range_km:
        return f"it is {link.km:g} km long and the range of '{vehicle.type}' {vehicle.range_km:g}"
    return ""


def check_open_to(replay: Replay, breaches: Breaches) -> None:
    """M3: the link is open to the vehicle's type or to people by themselves; within range."""
    columns, scenario = replay.movements, replay.scenario
    usable = (columns.link >= 0) & (columns.by_self | (columns.fleet >= 0))
    width = len(scenario.fleets) + 1
    keys = columns.link * width + columns.fleet + 1
    reasons = {}
    for key in np.unique(keys[usable]).tolist():
        reason = _why_closed(replay, scenario.links[key // width], key % width - 1)
        if reason:
            reasons[key] = reason
    closed = usable & np.isin(keys, np.array(sorted(reasons), dtype=np.int64))
    breaches.add_rows(
        "M3",
        np.flatnonzero(closed),
        lambda i: (
            f"{replay.name(i)} may not use link '{replay.plan.movements[i].link}': "
            f"{reasons[int(keys[i])]}."
        ),
        "Use a link that is open to it.",
        column="link",
    )


def check_link_shut(replay: Replay, breaches: Breaches) -> None:
    """M4: no tick on the way lies in a window of the link with factor 0."""
    columns = replay.movements
    for index, link in enumerate(replay.scenario.links):
        if not replay.calendar.differs(Target.LINK, link.link):
            continue
        shut_before = np.append(0, np.cumsum(replay.calendar.shut(Target.LINK, link.link)))
        rows = np.flatnonzero(replay.timed & (columns.link == index))
        shut = shut_before[columns.arrive[rows]] > shut_before[columns.depart[rows]]
        breaches.add_rows(
            "M4",
            rows[shut],
            lambda i: (
                f"{replay.name(i)} is on link '{replay.plan.movements[i].link}' between "
                f"{_depart(replay, i)} and {_arrive(replay, i)} while it is shut."
            ),
            "Move it out of the link's window.",
            column="depart",
        )


def check_place_shut(replay: Replay, breaches: Breaches) -> None:
    """M5: the origin is not shut at the departure, the destination not at the arrival."""
    columns = replay.movements
    ends = (
        (columns.origin, columns.depart, "departs from", "depart"),
        (columns.destination, columns.arrive, "arrives at", "arrive"),
    )
    for index, place in enumerate(replay.scenario.places):
        if not replay.calendar.differs(Target.PLACE, place.place):
            continue
        shut = replay.calendar.shut(Target.PLACE, place.place)
        for end, tick, verb, column in ends:
            rows = np.flatnonzero(replay.timed & (end == index))
            _add_shut(replay, breaches, rows[shut[tick[rows]]], tick, (verb, place.place, column))


def _add_shut(
    replay: Replay, breaches: Breaches, rows: Int, tick: Int, words: tuple[str, str, str]
) -> None:
    verb, place, column = words
    breaches.add_rows(
        "M5",
        rows,
        lambda i: (
            f"{replay.name(i)} {verb} '{place}' at {replay.at(int(tick[i]))}, when it is shut."
        ),
        "Move it out of the place's window.",
        column=column,
    )


def check_link_capacity(replay: Replay, breaches: Breaches) -> None:
    """M6: people by themselves and vehicle departures per link and slot."""
    columns, calendar = replay.movements, replay.calendar
    vehicles = np.ones(len(columns.depart), dtype=np.int64)
    # What a movement says and what its parties sum up to may differ (P1); the larger is counted.
    people = np.maximum(columns.people, replay.carried)
    for index, link in enumerate(replay.scenario.links):
        here = replay.timed & (columns.link == index)
        if np.isfinite(link.people_per_hour):
            limit = calendar.per_slot(Target.LINK, link.link, link.people_per_hour)
            what = f"people set out by themselves on link '{link.link}'"
            _check_slots(replay, breaches, here & columns.by_self, people, limit, what)
        if np.isfinite(link.departures_per_hour):
            limit = calendar.per_slot(Target.LINK, link.link, link.departures_per_hour)
            what = f"vehicles set out on link '{link.link}'"
            _check_slots(replay, breaches, here & ~columns.by_self, vehicles, limit, what)


def _check_slots(
    replay: Replay, breaches: Breaches, rows: Mask, amount: Int, limit: Real, what: str
) -> None:
    slots = replay.movements.depart[rows] // replay.calendar.slot_minutes
    used = np.bincount(slots, weights=amount[rows], minlength=len(limit))
    add_slots("M6", replay, breaches, Use(what, used.astype(np.float64), limit))
