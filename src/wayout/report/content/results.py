"""What the plan achieves, by priority and by first place; phases; waits."""

import numpy as np

from wayout.report.content.material import Material
from wayout.report.content.pieces import Cell, Column, Table, Tone
from wayout.report.text import amount, count, percent, span, things

_MAJORS = {
    "I": "citizens",
    "II": "their immediate family",
    "III": "employees of the government",
    "IV": "others in imminent peril",
    "V": "everybody else eligible",
}
_MINORS = {
    "A": "pregnant women",
    "B": "unaccompanied children",
    "C": "aged and infirm",
    "D": "adults with children",
    "E": "other adults",
}


def priority_words(priority: str) -> str:
    """``III-D: employees of the government, adults with children``."""
    major, _, minor = priority.partition("-")
    words = [text for text in (_MAJORS.get(major), _MINORS.get(minor)) if text]
    return f"{priority}: {', '.join(words)}" if words else priority


def _share_cell(safe: int, total: int) -> Cell:
    share = safe / total if total else 1.0
    return Cell(percent(share), share=share)


def by_priority(material: Material) -> Table:
    """What each priority gets."""
    rows = []
    for item in material.measures.by_priority:
        hours = (
            "\N{EN DASH}"
            if item.mean_hours_to_safety is None
            else span(item.mean_hours_to_safety * 60)
        )
        last = (
            "\N{EN DASH}" if item.last_minute is None else material.clock.moment(item.last_minute)
        )
        rows.append(
            (
                priority_words(item.priority),
                amount(material.scenario.policy.weight(item.priority))
                if _known(material, item.priority)
                else "",
                count(item.people),
                count(item.safe),
                _share_cell(item.safe, item.people),
                hours,
                last,
            )
        )
    columns = (
        Column("Priority", weight=2.6),
        Column("Weight", True, 0.6),
        Column("People", True, 0.8),
        Column("Safe in time", True, 0.8),
        Column("Share", True, 0.8),
        Column("Mean time to safety", True, 1.1),
        Column("Last one safe", weight=1.2),
    )
    return Table("Results by priority", columns, tuple(rows))


def _known(material: Material, priority: str) -> bool:
    major, _, minor = priority.partition("-")
    return (
        major in material.scenario.policy.majors
        and (minor or "E") in material.scenario.policy.minors
    )


def by_origin(material: Material) -> Table:
    """What the people of each first place get."""
    rows = [
        (
            Cell(material.place_title(item.place), Tone.INTERNAL)
            if material.is_internal(item.place)
            else material.place_title(item.place),
            count(item.people),
            count(item.safe),
            count(item.left_behind),
            _share_cell(item.safe, item.people),
        )
        for item in material.measures.by_origin
        if item.people
    ]
    columns = (
        Column("Where they are at first", weight=2.4),
        Column("People", True),
        Column("Safe in time", True),
        Column("Not safe in time", True),
        Column("Share", True),
    )
    return Table("Results by first place", columns, tuple(rows))


def waits(material: Material) -> Table:
    """Hours people wait on the way."""
    rows = [
        (
            Cell(material.place_title(item.place), Tone.INTERNAL)
            if material.is_internal(item.place)
            else material.place_title(item.place),
            item.kind,
            count(item.people),
            span(item.mean_hours * 60),
            span(item.hours_95 * 60),
        )
        for item in material.measures.waits
    ]
    columns = (
        Column("Place", weight=2),
        Column("Kind"),
        Column("People", True),
        Column("Mean wait", True),
        Column("95 of 100 wait at most", True, 1.3),
    )
    return Table(
        "Waits before going on",
        columns,
        tuple(rows),
        "At a first place, from when they are ready until they set out.",
    )


def phases(material: Material) -> Table:
    """The operation in phases, derived from the flow of people into safety."""
    marks = phase_marks(material)
    rows = [_phase_row(material, name, begin, end, meaning) for name, begin, end, meaning in marks]
    columns = (
        Column("Phase", weight=1),
        Column("From", weight=1),
        Column("Until", weight=1),
        Column("People safe at its end", True, 1),
        Column("Movements", True, 0.8),
        Column("What happens", weight=3),
    )
    note = (
        "The main effort runs from the first to the last quarter of a day in which at "
        "least half as many people as in the best one become safe."
    )
    return Table("Phases, as the timetable has them", columns, tuple(rows), note)


def safe_at(material: Material, tick: int) -> int:
    """People safe at a tick."""
    curve = material.measures.safe_curve
    at = int(np.searchsorted(curve.ticks, tick, side="right")) - 1
    return int(curve.people[at]) if at >= 0 else 0


def _phase_row(
    material: Material, name: str, begin: int, end: int, meaning: str
) -> tuple[str, ...]:
    moves = sum(1 for movement in material.plan.movements if begin <= movement.depart < end)
    clock = material.clock
    return (
        name,
        clock.moment(begin),
        clock.moment(end),
        count(safe_at(material, end)),
        count(moves),
        meaning,
    )


def phase_marks(material: Material) -> list[tuple[str, int, int, str]]:
    """Name, begin, end and meaning of each phase; phases without extent are left out."""
    deadline, loaded = material.scenario.deadline, material.loaded
    if not loaded or not material.measures.people_safe:
        return [("Waiting", 0, deadline, "Nobody is brought to safety.")]
    first = min(movement.depart for movement in loaded)
    begin, end = _main_effort(material)
    begin = max(begin, first)
    curve = material.measures.safe_curve
    last = int(curve.ticks[int(np.searchsorted(curve.people, curve.people[-1]))])
    last_move = max(movement.arrive for movement in loaded)
    marks = [
        (
            "Preparation",
            0,
            first,
            f"Vehicles, places and people are made ready; nobody moves for {span(first)}.",
        ),
        (
            "Build-up",
            first,
            begin,
            "The first people are called forward; the chain of places fills.",
        ),
        (
            "Main effort",
            begin,
            end,
            f"{things(safe_at(material, end) - safe_at(material, begin), 'person', 'people')} "
            "become safe.",
        ),
        ("Run-down", end, last, "The last people are brought to safety."),
        ("Onward travel", last, last_move, "People who are safe already travel on."),
        (
            "Reserve",
            max(last, last_move),
            deadline,
            "Nothing is planned: time in hand before the deadline.",
        ),
    ]
    return [mark for mark in marks if mark[2] > mark[1]]


def _main_effort(material: Material) -> tuple[int, int]:
    step, deadline = 360, material.scenario.deadline
    if deadline < 4 * step:
        step = max(1, deadline // 8)
    curve = material.measures.safe_curve
    bins = np.bincount(
        (curve.ticks // step).astype(np.int64), weights=np.diff(curve.people, prepend=0)
    )
    busy = np.flatnonzero(bins >= bins.max() / 2)
    end = min(deadline, int(busy[-1] + 1) * step)
    last = int(curve.ticks[int(np.searchsorted(curve.people, curve.people[-1]))])
    return int(busy[0]) * step, min(end, last)
