"""Change any one cell of a plan's tables: it is refused, or still true in every figure."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.plan.naive import replay
from tests.plan.worlds import flying_plan, flying_world, walking_plan, walking_world

from wayout.errors import PlanError
from wayout.plan.feasible import judge
from wayout.plan.folder import read, write
from wayout.plan.model import Plan
from wayout.plan.tables import LOAD_COLUMNS, LOADS_CSV, MOVEMENTS_CSV
from wayout.scenario.model import Scenario
from wayout.scenario.people import people_of

Table = list[list[str]]
TIMES = ("depart", "arrive")
WORLDS = {"walking": walking_world(), "flying": flying_world()}
PLANS = {"walking": walking_plan(WORLDS["walking"]), "flying": flying_plan(WORLDS["flying"])}


def exchanged(plan: Plan, scenario: Scenario, folder: Path) -> None:
    """Write the plan as somebody else would: CSV tables only."""
    write(plan, scenario, folder)
    for path in folder.glob("*.parquet"):
        path.unlink()
    people = people_of(scenario)
    rows = [list(LOAD_COLUMNS)]
    for movement, party in zip(plan.loads.movement, plan.loads.party, strict=True):
        name = plan.movements[int(movement)].movement
        rows.append([name, people.party[int(party)], str(people.size[int(party)])])
    save(rows, folder / LOADS_CSV)


def load(path: Path) -> Table:
    return list(csv.reader(io.StringIO(path.read_text())))


def save(table: Table, path: Path) -> None:
    path.write_text("".join(",".join(row) + "\n" for row in table))


def others(table: Table, row: int, column: int) -> Iterator[str]:
    """Values to put in a cell: its neighbours, other values of the column, and nonsense."""
    cell, name = table[row][column], table[0][column]
    yield from sorted({line[column] for line in table[1:]} - {cell})
    if name in TIMES:
        date, clock = cell.split("T")
        hour, minute = int(clock[:2]), int(clock[3:5])
        for step in (-60, -1, 1, 60):
            total = hour * 60 + minute + step
            if 0 <= total < 1440:
                yield f"{date}T{total // 60:02d}:{total % 60:02d}{clock[5:]}"
        yield f"2021-08-16{cell[10:]}"
        yield f"{cell[:-6]}+04:30"
        yield cell[:-6]
    elif name == "people":
        yield from (str(int(cell) + step) for step in (-1, 1, 100) if int(cell) + step >= 0)
        yield "-1"
    elif name == "emergency":
        yield "yes" if cell == "no" else "no"
    yield from (value for value in ("", "nonsense") if value != cell)


def is_refused(folder: Path) -> bool:
    """Whether the plan is refused; one that is not has to be true."""
    try:
        plan, scenario = read(folder)
    except PlanError as error:
        return bool(error.findings)
    if not judge(scenario, plan).accepted:
        return True
    naive = replay(scenario, plan)
    assert naive.obeys
    assert (naive.people_safe, naive.clear_minute) == (plan.people_safe, plan.clear_minute)
    assert naive.danger_hours == pytest.approx(plan.danger_hours)
    return False


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("file", [MOVEMENTS_CSV, LOADS_CSV])
def test_any_cell(world: str, file: str, tmp_path: Path) -> None:
    exchanged(PLANS[world], WORLDS[world], tmp_path)
    assert not is_refused(tmp_path)
    table = load(tmp_path / file)
    kept, tried = [], 0
    for row in range(1, len(table)):
        for column in range(len(table[0])):
            for value in others(table, row, column):
                changed = [list(line) for line in table]
                changed[row][column] = value
                save(changed, tmp_path / file)
                tried += 1
                if not is_refused(tmp_path):
                    kept.append((table[0][column], table[row][column], value))
    assert tried > 40
    # A movement without people may be called by any name that is free.
    assert {(name, value) for name, _, value in kept} <= {("movement", "nonsense")}


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("file", [MOVEMENTS_CSV, LOADS_CSV])
def test_any_row_lost_or_doubled(world: str, file: str, tmp_path: Path) -> None:
    exchanged(PLANS[world], WORLDS[world], tmp_path)
    table = load(tmp_path / file)
    for row in range(1, len(table)):
        save(table[:row] + table[row + 1 :], tmp_path / file)
        assert is_refused(tmp_path)
        save([*table, table[row]], tmp_path / file)
        assert is_refused(tmp_path)


@pytest.mark.parametrize(
    ("key", "old", "new"),
    [
        ("people_safe", '"people_safe": 9,', '"people_safe": 8,'),
        ("people_total", '"people_total": 9', '"people_total": 10'),
        ("danger_hours", '"danger_hours": 11.8', '"danger_hours": 11.7'),
        ("clear_minute", '"clear_minute": 180', '"clear_minute": 181'),
        ("gap_danger", '"gap_danger": 0.027', '"gap_danger": 0.026'),
        ("scenario_hash", '"scenario_hash": "', '"scenario_hash": "0'),
        ("bound", '"people_safe": 9.0', '"people_safe": 8.0'),
        ("case", '"case": "likely"', '"case": "high"'),
    ],
)
def test_any_figure_of_the_document(key: str, old: str, new: str, tmp_path: Path) -> None:
    write(PLANS["flying"], WORLDS["flying"], tmp_path)
    path = tmp_path / "plan.json"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    assert is_refused(tmp_path), key


def test_a_changed_scenario(tmp_path: Path) -> None:
    write(PLANS["flying"], WORLDS["flying"], tmp_path)
    path = tmp_path / "scenario" / "berths.csv"
    path.write_text(path.read_text().replace("apron,haven,air,2,", "apron,haven,air,3,"))
    assert is_refused(tmp_path)
