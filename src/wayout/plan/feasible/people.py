"""Rules P1 to P6: what each party must find on its way."""

import math

import numpy as np

from wayout.findings import Where
from wayout.plan.feasible.breaches import FIRST_ROW, LOADS, Breaches
from wayout.plan.feasible.calendar import Int, Mask
from wayout.plan.feasible.overuse import Use, add_slots, add_ticks, groups
from wayout.plan.feasible.replay import Replay
from wayout.scenario.places import Place, PlaceKind
from wayout.scenario.windows import Target


def check_whole(replay: Replay, breaches: Breaches) -> None:
    """P1: parties travel whole, and a movement's people are the sum of its parties."""
    _check_loads(replay, breaches)
    columns, carried = replay.movements, replay.carried
    breaches.add_rows(
        "P1",
        np.flatnonzero(columns.people != carried),
        lambda i: (
            f"{replay.name(i)} counts {columns.people[i]:,} people; its parties have "
            f"{carried[i]:,}."
        ),
        "Write the sum of the sizes of its parties.",
        column="people",
    )
    aboard = (columns.people != 0) | (carried != 0)
    breaches.add_rows(
        "P1",
        np.flatnonzero(replay.swapped & aboard),
        lambda i: f"{replay.name(i)} goes back over its link with people aboard.",
        "Take them off: a return is empty.",
        column="people",
    )
    breaches.add_rows(
        "P1",
        np.flatnonzero(columns.by_self & (carried == 0)),
        lambda i: f"{replay.name(i)} has neither vehicle nor people.",
        "Delete it, or name its parties in loads.",
        column="people",
    )


def _check_loads(replay: Replay, breaches: Breaches) -> None:
    loads = replay.plan.loads
    num_movements, num_parties = len(replay.plan.movements), replay.people.num_parties
    lost = (loads.movement < 0) | (loads.movement >= num_movements)
    lost |= (loads.party < 0) | (loads.party >= num_parties)
    breaches.add_rows(
        "P1",
        np.flatnonzero(lost),
        lambda _: "The movement or the party of this load is not there.",
        "Name a movement of movements.csv and a party of the scenario.",
        file=LOADS,
    )
    known = np.flatnonzero(~lost)
    keys = loads.movement[known] * max(num_parties, 1) + loads.party[known]
    _, first = np.unique(keys, return_index=True)
    again = np.ones(len(known), dtype=np.bool_)
    again[first] = False
    breaches.add_rows(
        "P1",
        known[again],
        lambda i: (
            f"Party '{replay.people.party[int(loads.party[i])]}' is on movement "
            f"'{replay.plan.movements[int(loads.movement[i])].movement}' twice."
        ),
        "Delete one of the two rows.",
        file=LOADS,
    )


def stay_minutes(place: Place) -> int:
    """Least minutes of a stay at a place, rounded up."""
    return math.ceil(round(place.min_stay_hours * 60, 9))


def check_chain(replay: Replay, breaches: Breaches) -> None:
    """P2: each party goes on from where it is, when it is there, ready and free to go."""
    steps, columns, people = replay.steps, replay.movements, replay.people
    depart, origin = columns.depart[steps.movement], columns.origin[steps.movement]
    stays = np.array([stay_minutes(place) for place in replay.scenario.places] + [0])
    reached, since = np.zeros_like(origin), np.zeros_like(depart)
    reached[1:] = columns.destination[steps.movement[:-1]]
    since[1:] = columns.arrive[steps.movement[:-1]]
    earliest = since + stays[reached]
    reached[steps.first] = people.place[steps.party[steps.first]]
    earliest[steps.first] = people.ready_from[steps.party[steps.first]]
    titles = [place.place for place in replay.scenario.places] + ["a place that is not there"]

    def party(step: int) -> str:
        movement = replay.plan.movements[int(steps.movement[step])].movement
        return f"Party '{people.party[int(steps.party[step])]}' leaves on '{movement}'"

    # A place that is not there has its own finding (M1).
    elsewhere = np.flatnonzero((origin != reached) & (origin >= 0))
    for step in _shown(breaches, "P2", steps.row, elsewhere):
        message = (
            f"{party(step)} from '{titles[origin[step]]}', but is at '{titles[reached[step]]}'."
        )
        _add_load(breaches, "P2", int(steps.row[step]), message, "Let it leave from there.")
    early = np.flatnonzero(depart < earliest)
    for step in _shown(breaches, "P2", steps.row, early):
        message = (
            f"{party(step)} at {replay.at(int(depart[step]))}; it can leave "
            f"'{titles[reached[step]]}' at {replay.at(int(earliest[step]))} at the earliest."
        )
        cure = "Let it leave later: after its arrival and stay, and not before ready_from."
        _add_load(breaches, "P2", int(steps.row[step]), message, cure)


def check_may_go_to(replay: Replay, breaches: Breaches) -> None:
    """P3: a party with ``may_go_to`` enters no other haven or refuge."""
    steps, people = replay.steps, replay.people
    shelters = (PlaceKind.HAVEN, PlaceKind.REFUGE)
    allowed = np.array(
        [
            [
                not names or p.kind not in shelters or p.place in names
                for p in replay.scenario.places
            ]
            + [True]
            for names in people.destination_sets
        ],
        dtype=np.bool_,
    ).reshape(len(people.destination_sets), len(replay.scenario.places) + 1)
    destination = replay.movements.destination[steps.movement]
    refused = np.flatnonzero(~allowed[people.destinations[steps.party], destination])
    for step in _shown(breaches, "P3", steps.row, refused):
        party = int(steps.party[step])
        names = " ".join(people.destination_sets[int(people.destinations[party])])
        place = replay.scenario.places[int(destination[step])].place
        message = f"Party '{people.party[party]}' enters '{place}'; it may only go to {names}."
        cure = "Bring it elsewhere, or widen its may_go_to."
        _add_load(breaches, "P3", int(steps.row[step]), message, cure)


def _shown(breaches: Breaches, rule: str, row: Int, steps: Int) -> list[int]:
    """Steps in the order of the loads; those beyond what is shown are only counted."""
    return breaches.first_of(rule, steps[np.argsort(row[steps], kind="stable")])


def _add_load(breaches: Breaches, rule: str, row: int, message: str, cure: str) -> None:
    breaches.add(rule, Where(LOADS, row + FIRST_ROW), message, cure)


def check_processing(replay: Replay, breaches: Breaches) -> None:
    """P4: people who leave a place in a slot, by whatever movement."""
    columns, calendar = replay.movements, replay.calendar
    leaving = np.maximum(columns.people, replay.carried)
    rows = np.flatnonzero(replay.timed & (columns.origin >= 0))
    for index, members in groups(columns.origin[rows], len(replay.scenario.places)):
        place = replay.scenario.places[index]
        if np.isfinite(place.processing_per_hour):
            here = rows[members]
            limit = calendar.per_slot(Target.PLACE, place.place, place.processing_per_hour)
            slots = columns.depart[here] // calendar.slot_minutes
            used = np.bincount(slots, weights=leaving[here], minlength=len(limit))
            what = f"people leave '{place.place}'"
            add_slots("P4", replay, breaches, Use(what, used.astype(np.float64), limit))


def people_present(replay: Replay, place: int, arriving: Int, departing: Int) -> Int:
    """People at a place at each tick ``0 … deadline``, after the events of that tick.

    ``arriving`` and ``departing`` are the steps that end and begin there.
    """
    steps, people, columns = replay.steps, replay.people, replay.movements
    change = np.zeros(replay.scenario.deadline + 1, dtype=np.int64)
    size = people.size[steps.party]
    np.add.at(change, columns.arrive[steps.movement[arriving]], size[arriving])
    np.subtract.at(change, columns.depart[steps.movement[departing]], size[departing])
    change[0] += people.size[people.place == place].sum()
    return np.cumsum(change)


def check_beds(replay: Replay, breaches: Breaches) -> None:
    """P5: people present at every tick, after the events of that tick."""
    steps, columns, scenario = replay.steps, replay.movements, replay.scenario
    counted = np.flatnonzero(replay.timed[steps.movement])
    num = len(scenario.places)
    ends = columns.destination[steps.movement[counted]]
    begins = columns.origin[steps.movement[counted]]
    arriving = {place: counted[members] for place, members in groups(ends, num)}
    departing = {place: counted[members] for place, members in groups(begins, num)}
    nobody = np.zeros(0, dtype=np.int64)
    for index, place in enumerate(scenario.places):
        if not np.isfinite(place.beds):
            continue
        present = people_present(
            replay, index, arriving.get(index, nobody), departing.get(index, nobody)
        )
        limit = replay.calendar.per_tick(Target.BEDS, place.place, place.beds)
        use = Use(f"people at '{place.place}'", present.astype(np.float64), limit)
        cure = "Bring fewer people there, or bring them on sooner."
        add_ticks("P5", replay, breaches, use, cure)


def check_needs(replay: Replay, breaches: Breaches) -> None:
    """P6: stretchers, wheelchairs and unaccompanied children find what they need."""
    people = replay.people
    children = people.size * people.unaccompanied
    needs = (
        ("stretchers", people.stretchers, "stretchers"),
        ("wheelchairs", people.wheelchairs, "wheelchairs"),
        ("unaccompanied children", children, "escorts"),
    )
    assisted = np.array([link.assisted for link in replay.scenario.links] + [True])
    alone = replay.movements.by_self & ~assisted[replay.movements.link]
    for what, amount, attribute in needs:
        aboard = replay.sum_over_parties(amount)
        _check_aboard(replay, breaches, aboard, (what, attribute))
        refused = np.flatnonzero(alone & (aboard > 0))
        _add_alone(replay, breaches, refused, what)


def _check_aboard(replay: Replay, breaches: Breaches, aboard: Int, words: tuple[str, str]) -> None:
    what, attribute = words
    limits = [int(getattr(replay.types[fleet.type], attribute)) for fleet in replay.scenario.fleets]
    limit = replay.per_item(limits, replay.movements.fleet, default=0)
    on_vehicle: Mask = replay.movements.fleet >= 0
    breaches.add_rows(
        "P6",
        np.flatnonzero(on_vehicle & (aboard > limit)),
        lambda i: (
            f"{replay.name(i)} carries {aboard[i]:,} {what}; '{replay.type_of(i).type}' "
            f"takes {limit[i]:,}."
        ),
        "Put them on a vehicle that can take them.",
        column="vehicle",
    )


def _add_alone(replay: Replay, breaches: Breaches, rows: Int, what: str) -> None:
    breaches.add_rows(
        "P6",
        rows,
        lambda i: (
            f"{replay.name(i)} has {what}; people by themselves get no help on link "
            f"'{replay.link_of(i).link}'."
        ),
        "Use a vehicle, or a link with assisted.",
        column="link",
    )
