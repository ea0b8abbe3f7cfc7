"""Whether a departure is wanted: by the relaxation, and by who could be aboard."""

from wayout.network.timeline import Real
from wayout.optimize.dispatch import state as booked
from wayout.optimize.dispatch import world as given
from wayout.optimize.dispatch.boarding import processing_left, waiting_for
from wayout.optimize.dispatch.capacity import due, spots_left
from wayout.optimize.dispatch.compiled import compiled
from wayout.optimize.dispatch.state import Guide
from wayout.optimize.dispatch.tables import Tables, element, entry
from wayout.optimize.dispatch.waking import NEVER, other_room

FULL = 1000
"""A full load in the units of DONE."""


@compiled
def short_of_people(
    world: Tables, state: Tables, guide: Guide, leg: int, people: int, now: int
) -> int:
    """The tick until which a departure is refused for having too few people; 0 if it is not.

    Enough is a share of the seats, or of all who are to come, or, in full, what is left of the
    place's processing in a slot.
    """
    place, ahead = entry(world, given.ORIGIN, leg), NEVER
    seats = element(world, given.SEATS, entry(world, given.FLEET, leg), now)
    if people >= guide.fill * seats:
        return 0
    if people >= guide.rest * seats and people == processing_left(world, state, place, now):
        return 0
    if entry(world, given.HAVEN, place) == 0:
        last = entry(world, given.LAST, leg) - entry(world, given.GROUND, leg)
        ahead = min(last, entry(state, booked.SINCE, place) + guide.patience)
        if now >= ahead or people >= guide.fill * entry(state, booked.TO_COME, place):
            return 0
    return min(ahead, other_room(world, guide, leg, now))


@compiled
def _falls_due(target: Real, length: int, row: int, tick: int, made: float) -> int:
    """No tick before the returned one has so many departures due; ``tick`` has not."""
    bucket = tick // length
    if bucket >= target.shape[1]:
        return NEVER
    before = target[row, bucket - 1] if bucket > 0 else 0.0
    if target[row, bucket] < made - 1e-9:
        return (bucket + 1) * length
    share = (made - before) / (target[row, bucket] - before)
    return max(tick + 1, bucket * length + int(share * length) - 2)


@compiled
def _ahead_until(world: Tables, state: Tables, guide: Guide, leg: int, now: int) -> int:
    """The tick until which a leg is ahead of what the relaxation wants of it; 0 if it is not."""
    group, done = guide.group[leg], entry(state, booked.DONE, leg) / FULL
    own = due(guide.target, guide.length, leg, now) - done
    if entry(world, given.HAVEN, entry(world, given.ORIGIN, leg)):
        if own < -guide.slack_onward:
            return _falls_due(guide.target, guide.length, leg, now, done - guide.slack_onward)
        return 0
    if own < -guide.slack_own:
        return _falls_due(guide.target, guide.length, leg, now, done - guide.slack_own)
    done = entry(state, booked.DONE_GROUP, group) / FULL
    if due(guide.group_target, guide.length, group, now) - done < -guide.slack_group:
        return _falls_due(guide.group_target, guide.length, group, now, done - guide.slack_group)
    return 0


@compiled
def _is_idle(world: Tables, state: Tables, guide: Guide, leg: int, now: int) -> bool:
    """Whether spots to spare are free where a leg begins."""
    berth, before = entry(world, given.ORIGIN_BERTH, leg), entry(world, given.GROUND, leg)
    return spots_left(state, berth, now - before, now) > guide.spare


@compiled
def refused_until(world: Tables, state: Tables, guide: Guide, leg: int, now: int) -> int:
    """The tick until which a leg is not wanted; 0 if it is.

    What is ahead of the relaxation is wanted all the same where spots are free and people for
    three full loads wait; what is too dear is not.
    """
    haven = entry(world, given.HAVEN, entry(world, given.ORIGIN, leg))
    bucket = min(now // guide.length, guide.penalty.shape[1] - 1)
    if haven == 0 and guide.penalty[leg, bucket] > guide.refuse:
        return (now // guide.length + 1) * guide.length
    until = _ahead_until(world, state, guide, leg, now)
    if until == 0 or haven:
        return until
    seats = element(world, given.SEATS, entry(world, given.FLEET, leg), now)
    if waiting_for(world, state, leg, now) < 3 * seats:
        return until
    return 0 if _is_idle(world, state, guide, leg, now) else now + 1


@compiled
def wanted_now(world: Tables, state: Tables, guide: Guide, leg: int, now: int) -> float:
    """How much the relaxation wants a leg now."""
    group = guide.group[leg]
    own = due(guide.target, guide.length, leg, now) - entry(state, booked.DONE, leg) / FULL
    together = (
        due(guide.group_target, guide.length, group, now)
        - entry(state, booked.DONE_GROUP, group) / FULL
    )
    penalty = guide.penalty[leg, min(now // guide.length, guide.penalty.shape[1] - 1)]
    wanted = guide.weights[0] * min(own, guide.catch_up) + guide.bias[leg]
    wanted += guide.weights[1] * min(together, guide.catch_up)
    return wanted - guide.weights[2] * penalty
