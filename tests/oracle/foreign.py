"""Plans as somebody else would write them, and what the page about the plan folder makes of them.

Neither the writer nor the reader shares code with ``wayout.plan``: files are written and read with
Python's own ``csv`` from ``docs/reference/plan-folder.md``. The rules are those of the replay
minute by minute in ``tests/plan/naive.py``.
"""

import csv
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import numpy as np
from tests.plan.naive import Result, replay

from wayout.plan.model import Bound, Loads, Movement, Plan
from wayout.scenario import folder as scenario_folder
from wayout.scenario.model import Scenario

Row = dict[str, str]
Tables = tuple[list[Row], list[Row]]
"""The rows of ``movements.csv`` and of ``loads.csv``."""

OFFSETS = (timedelta(0), timedelta(hours=4, minutes=30), timedelta(hours=-3))
REFUSED = Result(False, 0, 0.0, None)


def tables_of(scenario: Scenario, plan: Plan, rng: np.random.Generator) -> Tables:
    """A plan in somebody else's words: other identifiers, other offsets, other order of rows."""
    names = [f"sortie {number}" for number in rng.permutation(len(plan.movements)).tolist()]

    def written(tick: int) -> str:
        zone = timezone(OFFSETS[int(rng.integers(len(OFFSETS)))])
        return (scenario.start + timedelta(minutes=tick)).astimezone(zone).isoformat("T", "minutes")

    movements = [
        {
            "movement": name,
            "vehicle": move.vehicle,
            "fleet": move.fleet,
            "link": move.link,
            "from": move.origin,
            "to": move.destination,
            "depart": written(move.depart),
            "arrive": written(move.arrive),
            "people": str(move.people),
            "emergency": "yes" if move.emergency else "no",
        }
        for name, move in zip(names, plan.movements, strict=True)
    ]
    pairs = zip(plan.loads.movement.tolist(), plan.loads.party.tolist(), strict=True)
    loads = [
        {
            "movement": names[movement],
            "party": scenario.parties[party].party,
            "people": str(scenario.parties[party].size),
        }
        for movement, party in pairs
    ]
    return _shuffled(movements, rng), _shuffled(loads, rng)


def _shuffled(rows: list[Row], rng: np.random.Generator) -> list[Row]:
    return [rows[position] for position in rng.permutation(len(rows)).tolist()]


MOVEMENT_COLUMNS = (
    "depart", "arrive", "movement", "link", "from", "to", "fleet", "vehicle", "emergency", "people",
)  # fmt: skip
LOAD_COLUMNS = ("party", "movement", "people")


def write(scenario: Scenario, tables: Tables, folder: Path) -> None:
    """The least that a plan folder must have."""
    folder.mkdir()
    (folder / "plan.json").write_text("{}")
    scenario_folder.write(scenario, folder / "scenario")
    files = (("movements.csv", MOVEMENT_COLUMNS), ("loads.csv", LOAD_COLUMNS))
    for (name, columns), rows in zip(files, tables, strict=True):
        with (folder / name).open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def replayed(scenario: Scenario, tables: Tables) -> Result:
    """What the written rules make of the tables."""
    movements, loads = tables
    made = [_movement(scenario, row) for row in movements]
    position = {move.movement: number for number, move in enumerate(made)}
    parties = {party.party: number for number, party in enumerate(scenario.parties)}
    try:
        pairs = [(position[row["movement"]], parties[row["party"]]) for row in loads]
    except KeyError:
        return REFUSED
    if any(int(row["people"]) != scenario.parties[parties[row["party"]]].size for row in loads):
        return REFUSED
    columns = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    aboard = Loads(columns[:, 0].copy(), columns[:, 1].copy())
    plan = Plan("", "", "", "", 0, tuple(made), aboard, Bound(0.0, 0.0))
    return replay(scenario, plan)


def _movement(scenario: Scenario, row: Row) -> Movement:
    times = (
        datetime.fromisoformat(row[column]) - scenario.start for column in ("depart", "arrive")
    )
    depart, arrive = (int(time.total_seconds()) // 60 for time in times)
    return Movement(
        movement=row["movement"],
        vehicle=row["vehicle"],
        fleet=row["fleet"],
        link=row["link"],
        origin=row["from"],
        destination=row["to"],
        depart=depart,
        arrive=arrive,
        people=int(row["people"]),
        emergency=row["emergency"] == "yes",
    )


def _shifted(row: Row, minutes: int, *columns: str) -> Row:
    times = {c: datetime.fromisoformat(row[c]) + timedelta(minutes=minutes) for c in columns}
    return row | {c: time.isoformat("T", "minutes") for c, time in times.items()}


def _a_minute_moved(rows: list[Row], at: int, rng: np.random.Generator) -> list[Row]:
    minutes = int(rng.choice([-2, -1, 1, 2, 10, -10]))
    return [*rows[:at], _shifted(rows[at], minutes, "depart", "arrive"), *rows[at + 1 :]]


def _a_time_wrong(rows: list[Row], at: int, rng: np.random.Generator) -> list[Row]:
    column = ("depart", "arrive")[int(rng.integers(2))]
    return [*rows[:at], _shifted(rows[at], int(rng.choice([-1, 1])), column), *rows[at + 1 :]]


def _another(column: str) -> Callable[[list[Row], int, np.random.Generator], list[Row]]:
    """A cell taken from another row."""

    def changed(rows: list[Row], at: int, rng: np.random.Generator) -> list[Row]:
        other = rows[int(rng.integers(len(rows)))]
        return [*rows[:at], rows[at] | {column: other[column]}, *rows[at + 1 :]]

    return changed


def _gone(rows: list[Row], at: int, _: np.random.Generator) -> list[Row]:
    return rows[:at] + rows[at + 1 :]


def _twice(rows: list[Row], at: int, _: np.random.Generator) -> list[Row]:
    return [*rows, rows[at]]


def _turned(rows: list[Row], at: int, _: np.random.Generator) -> list[Row]:
    ends = {"from": rows[at]["to"], "to": rows[at]["from"]}
    return [*rows[:at], rows[at] | ends, *rows[at + 1 :]]


OF_MOVEMENTS = (
    _a_minute_moved,
    _a_minute_moved,
    _a_minute_moved,
    _a_time_wrong,
    _another("vehicle"),
    _another("people"),
    _another("emergency"),
    _another("link"),
    _gone,
    _twice,
    _turned,
)
OF_LOADS = (_another("movement"), _another("party"), _gone, _twice)


def altered(tables: Tables, rng: np.random.Generator) -> Tables:
    """Tables with one row written wrongly, or only otherwise."""
    movements, loads = tables
    if loads and rng.random() < 0.25:
        change = OF_LOADS[int(rng.integers(len(OF_LOADS)))]
        return movements, change(loads, int(rng.integers(len(loads))), rng)
    alter = OF_MOVEMENTS[int(rng.integers(len(OF_MOVEMENTS)))]
    return alter(movements, int(rng.integers(len(movements))), rng), loads
