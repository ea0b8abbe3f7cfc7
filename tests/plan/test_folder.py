"""The plan folder: nothing lost, the same bytes, and every fault named."""

import dataclasses
import math
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.plan.test_mutations import exchanged
from tests.plan.worlds import flying_plan, flying_world, walking_plan, walking_world

from wayout.errors import PlanError
from wayout.findings import Finding
from wayout.plan.feasible import judge
from wayout.plan.folder import read, write
from wayout.plan.model import BindingLimit, Bound, Loads, Movement, NoWayOut, Plan
from wayout.scenario.model import Scenario

FLYING = flying_world()
FLY = flying_plan(FLYING)

words = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8)
numbers = st.floats(allow_nan=False, allow_infinity=False)
movements = st.lists(
    st.builds(
        Movement,
        movement=words,
        vehicle=st.one_of(st.just(""), words),
        fleet=words,
        link=words,
        origin=words,
        destination=words,
        depart=st.integers(-5000, 100_000),
        arrive=st.integers(-5000, 100_000),
        people=st.integers(-5, 10**12),
        emergency=st.booleans(),
    ),
    max_size=5,
    unique_by=lambda m: m.movement,
).map(tuple)
values = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=5)
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(words.filter(lambda key: key not in ("number", "array")), inner),
    ),
    max_leaves=6,
)
bounds = st.builds(
    Bound,
    people_safe=st.one_of(numbers, st.just(math.inf)),
    danger_hours=numbers,
    clear_minute=st.one_of(st.none(), st.integers(0, 10**6)),
    certificate=st.dictionaries(words, values, max_size=3),
)
limits = st.lists(
    st.builds(
        BindingLimit,
        kind=words,
        what=words,
        begins=st.integers(),
        ends=st.integers(),
        worth_people=numbers,
        worth_danger_hours=numbers,
    ),
    max_size=3,
).map(tuple)
lost = st.lists(
    st.builds(NoWayOut, place=words, priority=words, people=st.integers(), reason=st.text()),
    max_size=3,
).map(tuple)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Plans of any content that a folder can hold, true or not."""
    moves = draw(movements)
    pairs = st.tuples(st.integers(0, max(0, len(moves) - 1)), st.integers(0, 2))
    rows = draw(st.lists(pairs, max_size=6)) if moves else []
    table = np.array(rows, dtype=np.int64).reshape(-1, 2)
    return Plan(
        scenario_name=draw(words),
        scenario_hash=draw(words),
        case="likely",
        objective=draw(words),
        seed=draw(st.integers()),
        movements=moves,
        loads=Loads(table[:, 0].copy(), table[:, 1].copy()),
        bound=draw(bounds),
        people_total=draw(st.integers(0, 10**9)),
        people_safe=draw(st.integers(0, 10**9)),
        danger_hours=draw(numbers),
        danger_hours_if_nobody_moves=draw(numbers),
        clear_minute=draw(st.one_of(st.none(), st.integers(0, 10**9))),
        stopped_by=draw(st.text(max_size=5)),
        limits=draw(limits),
        no_way_out=draw(lost),
    )


def equal(first: Plan, second: Plan) -> bool:
    """Whether two plans are the same; loads are arrays and compared by content."""
    blank = Loads(np.zeros(0, np.int64), np.zeros(0, np.int64))
    return (
        dataclasses.replace(first, loads=blank) == dataclasses.replace(second, loads=blank)
        or _fields(first) == _fields(second)
    ) and all(
        np.array_equal(getattr(first.loads, name), getattr(second.loads, name))
        for name in ("movement", "party")
    )


def _fields(plan: Plan) -> dict[str, Any]:
    return {
        field.name: getattr(plan, field.name)
        for field in dataclasses.fields(plan)
        if field.name != "loads"
    }


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(plan=plans())
def test_round_trip(plan: Plan, tmp_path: Path) -> None:
    folder = tmp_path / "plan"
    write(plan, FLYING, folder)
    before = bytes_of(folder)
    again, scenario = read(folder)
    assert scenario == FLYING
    assert equal(plan, again)
    write(again, scenario, folder)
    assert bytes_of(folder) == before


@pytest.mark.parametrize("world", [walking_world(), flying_world()])
def test_written_plans_are_accepted(world: Scenario, tmp_path: Path) -> None:
    plan = (walking_plan if world.name == "walking" else flying_plan)(world)
    write(plan, world, tmp_path)
    again, scenario = read(tmp_path)
    assert judge(scenario, again).findings == ()


def test_the_place_of_the_folder_does_not_matter(tmp_path: Path) -> None:
    write(FLY, FLYING, tmp_path / "a")
    write(FLY, FLYING, tmp_path / "b" / "c")
    assert bytes_of(tmp_path / "a") == bytes_of(tmp_path / "b" / "c")


def test_certificates_keep_their_arrays(tmp_path: Path) -> None:
    arrays = {"dual": np.array([[0.1, -np.inf], [np.nan, 1e-300]]), "rows": np.arange(5)}
    plan = dataclasses.replace(FLY, bound=Bound(9.0, 0.0, None, {"all": [arrays, 0.1]}))
    write(plan, FLYING, tmp_path)
    kept = read(tmp_path)[0].bound.certificate["all"]
    assert kept[1] == 0.1
    for name, array in arrays.items():
        assert kept[0][name].dtype == array.dtype
        np.testing.assert_array_equal(kept[0][name], array)


def test_occupancy_is_where_people_are(tmp_path: Path) -> None:
    write(FLY, FLYING, tmp_path)
    rows = pl.read_parquet(tmp_path / "occupancy.parquet").with_columns(pl.col("time").dt.hour())
    assert rows.filter(pl.col("place") == "haven")["people"].to_list() == [4, 7, 9]
    assert rows.filter(pl.col("place") == "field")["people"].to_list() == [9, 5, 2, 0]


def test_a_plan_made_elsewhere(tmp_path: Path) -> None:
    """Nothing but {}, two CSV tables and the scenario: what is left out is filled in."""
    exchanged(FLY, FLYING, tmp_path)
    (tmp_path / "plan.json").write_text("{}")
    plan, scenario = read(tmp_path)
    assert judge(scenario, plan).findings == ()
    assert (plan.people_safe, plan.clear_minute) == (9, 180)
    assert plan.scenario_hash == FLY.scenario_hash
    assert plan.bound == Bound(9.0, 0.0)


def _rewrite(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text()
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1))


FAULTS: list[tuple[str, str, str, str, str]] = [
    ("movements.csv", "00:50+00:00", "00:50", "D05", "movements.csv, row 3, column depart"),
    ("movements.csv", "00:50+00:00", "00:50:30+00:00", "D05", "column depart"),
    ("movements.csv", "2021-08-15T00:50", "soon", "D05", "column depart"),
    ("movements.csv", ",4,no", ",4.5,no", "D05", "column people"),
    ("movements.csv", ",4,no", ",four,no", "D05", "column people"),
    ("movements.csv", ",4,no", ",٤,no", "D05", "column people"),
    ("movements.csv", ",4,no", ",4,maybe", "D05", "column emergency"),
    ("movements.csv", ",4,no", ",4", "D05", "movements.csv, row 3"),
    ("movements.csv", "fleet", "flet", "D04", "column fleet"),
    ("movements.csv", "people,emergency", "people,people", "D04", "column people"),
    ("movements.csv", ",", ";", "", "movements.csv"),
    ("loads.csv", "2,a,4", "2,a,3", "D05", "loads.csv, row 2, column people"),
    ("loads.csv", "2,a,4", "2,z,4", "D06", "loads.csv, row 2, column party"),
    ("loads.csv", "2,a,4", "9,a,4", "D06", "loads.csv, row 2, column movement"),
    ("loads.csv", "people", "persons", "D04", "column people"),
    ("plan.json", "{", "", "D02", "plan.json"),
    ("plan.json", '"seed": 0', '"seed": "0"', "D03", "column seed"),
    ("plan.json", '"seed": 0', '"seed": true', "D03", "column seed"),
    ("plan.json", '"seed": 0', '"sed": 0', "D03", "column sed"),
    ("plan.json", '"format": 1', '"format": 2', "D03", "column format"),
    ("plan.json", '"danger_hours": 11', '"danger_hours": NaN, "x": 11', "D03", "column x"),
    ("plan.json", '"limits": []', '"limits": [{"kind": 1}]', "D03", "column limits[0]"),
    ("plan.json", '"certificate": {}', '"certificate": []', "D03", "bound.certificate"),
    ("plan.json", '"case": "likely"', '"case": "worst"', "D03", "column case"),
    ("plan.json", '"people_safe": 9.0', '"people_safe": "9"', "D03", "bound.people_safe"),
    ("scenario/links.csv", "300", "far", "D08", "scenario"),
]


@pytest.mark.parametrize(("file", "old", "new", "code", "where"), FAULTS)
def test_faults_are_named(
    file: str, old: str, new: str, code: str, where: str, tmp_path: Path
) -> None:
    exchanged(FLY, FLYING, tmp_path)
    text = (tmp_path / file).read_text()
    assert old in text
    count = -1 if old == "," else 1
    (tmp_path / file).write_text(text.replace(old, new, count))
    with pytest.raises(PlanError, match="cannot be read") as caught:
        read(tmp_path)
    findings = [item for item in caught.value.findings if isinstance(item, Finding)]
    assert any(code in item.rule and where in str(item.where) for item in findings), findings
    assert all(item.message and item.cure for item in findings)


@pytest.mark.parametrize("name", ["plan.json", "movements.csv", "loads.csv", "scenario"])
def test_files_that_are_not_there(name: str, tmp_path: Path) -> None:
    exchanged(FLY, FLYING, tmp_path)
    path = tmp_path / name
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    with pytest.raises(PlanError, match="1 fault") as caught:
        read(tmp_path)
    assert [item.rule for item in caught.value.findings if isinstance(item, Finding)] == ["D01"]


def test_tables_that_differ(tmp_path: Path) -> None:
    write(FLY, FLYING, tmp_path)
    _rewrite(tmp_path, "movements.csv", ",4,no", ",5,no")
    with pytest.raises(PlanError, match="1 fault") as caught:
        read(tmp_path)
    (finding,) = caught.value.findings
    assert "D07 movements.csv, row 3" in str(finding)
    exchanged(FLY, FLYING, tmp_path)
    text = (tmp_path / "loads.csv").read_text()
    write(FLY, FLYING, tmp_path)
    (tmp_path / "loads.csv").write_text(text.replace("2,a,4\n", ""))
    with pytest.raises(PlanError, match="1 fault") as caught:
        read(tmp_path)
    (finding,) = caught.value.findings
    assert "D07 loads.csv" in str(finding)


@pytest.mark.parametrize("name", ["movements.parquet", "loads.parquet"])
@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + bytes(100) + b"PAR1"])
def test_damaged_parquet(name: str, content: bytes, tmp_path: Path) -> None:
    write(FLY, FLYING, tmp_path)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(PlanError, match="1 fault"):
        read(tmp_path)


def test_parquet_with_other_columns(tmp_path: Path) -> None:
    write(FLY, FLYING, tmp_path)
    path = tmp_path / "loads.parquet"
    frame = pl.read_parquet(path)
    for changed in (frame.drop("party"), frame.with_columns(pl.col("people").cast(pl.Float64))):
        changed.write_parquet(path)
        with pytest.raises(PlanError, match="1 fault"):
            read(tmp_path)


def test_an_earlier_plan_is_replaced(tmp_path: Path) -> None:
    exchanged(FLY, FLYING, tmp_path)
    walking = walking_world()
    write(walking_plan(walking), walking, tmp_path)
    plan, scenario = read(tmp_path)
    assert scenario == walking
    assert judge(scenario, plan).accepted
