"""What becomes of people: safe by when, by priority and by origin, late, left behind."""

import math

import numpy as np

from wayout.clock import MINUTES_PER_DAY, MINUTES_PER_HOUR
from wayout.plan.feasible.replay import Replay
from wayout.plan.feasible.safety import NEVER, Outcome
from wayout.plan.measures.figures import (
    CallForward,
    Late,
    LeftBehind,
    OriginOutcome,
    PriorityOutcome,
    SafeCurve,
)
from wayout.plan.measures.stays import Stays
from wayout.scenario.people import People


def safe_curve(people: People, outcome: Outcome) -> SafeCurve:
    """People safe over time."""
    safe = outcome.safe_from < NEVER
    ticks, inverse = np.unique(outcome.safe_from[safe], return_inverse=True)
    sums = np.zeros(len(ticks), dtype=np.int64)
    np.add.at(sums, inverse.reshape(-1), people.size[safe])
    if len(ticks) == 0 or ticks[0] > 0:
        ticks, sums = np.append(0, ticks), np.append(0, sums)
    return SafeCurve(ticks.astype(np.int64), np.cumsum(sums))


def by_priority(people: People, outcome: Outcome) -> tuple[PriorityOutcome, ...]:
    """Outcomes in the order of priorities."""
    found = []
    safe = outcome.safe_from < NEVER
    for index, priority in enumerate(people.priorities):
        mine = people.priority == index
        size, saved = people.size[mine], people.size[mine & safe]
        when = outcome.safe_from[mine & safe]
        num = int(saved.sum())
        mean = float((when * saved).sum() / num / MINUTES_PER_HOUR) if num else None
        found.append(
            PriorityOutcome(
                priority=priority,
                people=int(size.sum()),
                safe=num,
                danger_hours=math.fsum(outcome.danger[mine].tolist()),
                mean_hours_to_safety=mean,
                last_minute=int(when.max()) if num else None,
            )
        )
    return tuple(found)


def by_origin(replay: Replay, outcome: Outcome) -> tuple[OriginOutcome, ...]:
    """Outcomes of the people of each first place."""
    people = replay.people
    num = len(replay.scenario.places)
    safe = outcome.safe_from < NEVER
    total = np.bincount(people.place, weights=people.size, minlength=num)
    saved = np.bincount(people.place[safe], weights=people.size[safe], minlength=num)
    return tuple(
        OriginOutcome(place.place, int(all_), int(out), int(all_ - out))
        for place, all_, out in zip(replay.scenario.places, total, saved, strict=True)
        if all_
    )


def left_behind(replay: Replay, outcome: Outcome, stays: Stays) -> tuple[LeftBehind, ...]:
    """People who are not safe, by where they are at the deadline and by priority."""
    people = replay.people
    at = people.place.copy()
    final = ~stays.went_on
    at[stays.party[final]] = stays.place[final]
    lost = np.flatnonzero(outcome.safe_from == NEVER)
    width = max(1, len(people.priorities))
    keys, inverse = np.unique(at[lost] * width + people.priority[lost], return_inverse=True)
    num = np.zeros(len(keys), dtype=np.int64)
    np.add.at(num, inverse.reshape(-1), people.size[lost])
    parties = np.bincount(inverse.reshape(-1), minlength=len(keys))
    return tuple(
        LeftBehind(
            place=replay.scenario.places[key // width].place,
            priority=people.priorities[key % width],
            people=count,
            parties=groups,
        )
        for key, count, groups in zip(keys.tolist(), num.tolist(), parties.tolist(), strict=True)
    )


def call_forward(replay: Replay, stays: Stays) -> tuple[CallForward, ...]:
    """People who leave their first place, by place and day."""
    people = replay.people
    rows = np.flatnonzero(stays.at_start & stays.went_on)
    num_days = replay.scenario.deadline // MINUTES_PER_DAY + 1
    keys = stays.place[rows] * num_days + stays.ends[rows] // MINUTES_PER_DAY
    different, inverse = np.unique(keys, return_inverse=True)
    num = np.zeros(len(different), dtype=np.int64)
    np.add.at(num, inverse.reshape(-1), people.size[stays.party[rows]])
    parties = np.bincount(inverse.reshape(-1), minlength=len(different))
    return tuple(
        CallForward(replay.scenario.places[key // num_days].place, key % num_days, count, groups)
        for key, count, groups in zip(
            different.tolist(), num.tolist(), parties.tolist(), strict=True
        )
    )


def late(people: People, outcome: Outcome) -> tuple[Late, ...]:
    """Parties that are safe later than they asked for, by priority."""
    found = []
    wish = people.wanted_by
    for index, priority in enumerate(people.priorities):
        mine = (people.priority == index) & (wish >= 0) & (outcome.safe_from > wish)
        if not mine.any():
            continue
        never = mine & (outcome.safe_from == NEVER)
        delayed = mine & ~never
        size = people.size[delayed]
        hours = (outcome.safe_from[delayed] - wish[delayed]) / MINUTES_PER_HOUR
        found.append(
            Late(
                priority=priority,
                people=int(people.size[mine].sum()),
                parties=int(mine.sum()),
                never=int(people.size[never].sum()),
                mean_hours_late=float((hours * size).sum() / size.sum()) if len(size) else None,
            )
        )
    return tuple(found)
