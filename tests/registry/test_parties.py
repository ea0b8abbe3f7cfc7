import json
import re
import zipfile
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cli.program import Program
from tests.registry.households.test_commands import merged, published
from tests.registry.office import Office, rows_of

from wayout.findings import Severity
from wayout.plan import folder as plan_folder
from wayout.plan.model import Bound, Loads, Movement, Plan
from wayout.registry.parties import KIND, export, party_name
from wayout.registry.records import Record
from wayout.registry.vault.roles import Role
from wayout.scenario.folder import read

ORDER = {
    "order": [
        ["h1", "I-C", 1, ["a", "b"], False],
        ["h2", "V-B", 2, ["c"], True],
        ["h3", "V-E", 3, ["d"], None],
        ["h4", "none", None, ["e"], False],
    ],
    "records": {"a": ["a", "a2"], "b": ["b"], "c": ["c"], "d": ["d"], "e": ["e"]},
}
RECORDS = pl.DataFrame(
    [
        ("a", "wheelchair", "Old Town"),
        ("a2", "stretcher", "Northtown"),
        ("b", "wheelchair", "northtown "),
        ("c", None, "Southtown"),
        ("d", None, None),
        ("e", None, "Southtown"),
    ],
    schema=["record", "needs", "place"],
    orient="row",
)
PLACES = {"northtown": "north", "southtown": "south"}


def test_parties_follow_the_published_order_without_those_not_eligible() -> None:
    made = export(ORDER, RECORDS, PLACES, "salt", "south")
    found = [
        (one.size, one.place, one.priority, one.stretchers, one.wheelchairs, one.unaccompanied)
        for one in made.parties
    ]
    assert found == [
        (2, "north", "I-C", 1, 1, False),
        (1, "south", "V-B", 0, 0, True),
        (1, "south", "V-E", 0, 0, False),
    ]
    assert made.persons[party_name("h1", "salt")] == (("a", "a2"), ("b",))
    assert [finding.severity for finding in made.findings] == [Severity.WARNING]


def test_nobody_is_left_out_without_a_word() -> None:
    made = export(ORDER, RECORDS, {"southtown": "south"}, "salt")
    rules = {(finding.rule, finding.severity) for finding in made.findings}
    assert ("place-not-in-scenario", Severity.ERROR) in rules
    assert ("household-without-place", Severity.ERROR) in rules


def test_two_places_are_a_warning() -> None:
    records = RECORDS.with_columns(
        place=pl.when(pl.col("record") == "b").then(pl.lit("Southtown")).otherwise("place")
    )
    made = export(ORDER, records, PLACES, "salt", "south")
    assert "household-at-two-places" in {finding.rule for finding in made.findings}


@given(st.text(), st.text(), st.text(), st.text())
def test_names_of_parties_are_the_same_only_for_the_same(a: str, b: str, s: str, t: str) -> None:
    assert re.fullmatch("[0-9a-hjkmnp-tv-z]{16}", party_name(a, s))
    if "".join((s, ":", a)) != "".join((t, ":", b)):
        assert party_name(a, s) != party_name(b, t)


@pytest.fixture
def scenario(tmp_path: Path, program: Program) -> Path:
    folder = tmp_path / "small"
    assert program("new", "small", "-o", folder).code == 0
    (folder / "demand.csv").unlink()
    return folder


def exported(office: Office, program: Program, scenario: Path) -> None:
    merged(office)
    published(office, program)
    options = office.options()
    done = program("people", "export-parties", scenario, *options, "--reason", "plan 1")
    assert done.code == 0, done.err


def test_parties_are_read_back_by_the_scenario(
    office: Office, program: Program, scenario: Path
) -> None:
    exported(office, program, scenario)
    found = {
        (one.size, one.place, one.priority, one.wheelchairs, one.unaccompanied)
        for one in read(scenario).parties
    }
    assert found == {
        (3, "northtown", "I-C", 1, False),
        (1, "southtown", "III-E", 0, False),
        (1, "southtown", "V-E", 0, False),
        (1, "southtown", "V-B", 0, True),
    }
    text = (scenario / "parties.csv").read_text(encoding="utf-8")
    assert not any(name in text for name in ("Ahmad", "Zaki", "GBR", "Council"))
    assert not any(record in text for record in office.records.values())


def test_two_exports_cannot_be_laid_side_by_side(
    office: Office, program: Program, scenario: Path
) -> None:
    exported(office, program, scenario)
    first = {one.party for one in read(scenario).parties}
    again = ("people", "export-parties", scenario, *office.options(), "--reason", "plan 2")
    assert "is there already" in program(*again).err
    assert program(*again, "--replace").code == 0
    assert not first & {one.party for one in read(scenario).parties}


def test_unknown_places_stop_the_export_and_can_be_named(
    office: Office, program: Program, scenario: Path
) -> None:
    merged(office)
    published(office, program)
    places = (scenario / "places.csv").read_text(encoding="utf-8")
    renamed = places.replace("Northtown", "Upper town").replace("northtown", "upper")
    (scenario / "places.csv").write_text(renamed, encoding="utf-8")
    links = (scenario / "links.csv").read_text(encoding="utf-8")
    (scenario / "links.csv").write_text(links.replace("northtown", "upper"), encoding="utf-8")
    base = ("people", "export-parties", scenario, *office.options(), "--reason", "a plan")
    refused = program(*base)
    assert refused.code == 1
    assert "place-not-in-scenario" in refused.err
    assert not (scenario / "parties.csv").exists()
    aliases = office.folder / "places.csv"
    aliases.write_text("stated,place\nNorthtown,upper\n", encoding="utf-8")
    assert program(*base, "--places", aliases).code == 0
    assert "upper" in {one.place for one in read(scenario).parties}


def planned(scenario: Path, folder: Path) -> Path:
    """Everybody of Northtown walks to the gate in one movement of a plan made by hand."""
    found = read(scenario)
    north = [row for row, one in enumerate(found.parties) if one.place == "northtown"]
    people = sum(found.parties[row].size for row in north)
    link = next(one for one in found.links if one.origin == "northtown")
    made = Movement("m1", "", "", link.link, "northtown", link.destination, 0, 60, people)
    plan = Plan(
        scenario_name=found.name,
        scenario_hash="",
        case="likely",
        objective="reach_safety",
        seed=1,
        movements=(made,),
        loads=Loads(np.zeros(len(north), dtype=np.int64), np.array(north)),
        bound=Bound(float(people), 0.0),
    )
    plan_folder.write(plan, found, folder)
    return folder


@pytest.fixture
def plan(office: Office, program: Program, scenario: Path, tmp_path: Path) -> Path:
    """The plan of the two lists."""
    exported(office, program, scenario)
    return planned(scenario, tmp_path / "plan")


def test_manifest_joins_names_back_and_is_logged(
    office: Office, program: Program, plan: Path
) -> None:
    done = program("manifest", plan, "m1", *office.options(), "--reason", "gate 1")
    assert done.code == 0, done.err
    for name in ("Bibi", "Daud Zaki", "1980-05-04"):
        assert name in done.out
    assert "Esmat" not in done.out
    with office.open() as register:
        lines = [str(line) for line in register.log(Role.AUDITOR, "look")]
    assert any("manifest m1: gate 1" in line for line in lines)


def test_manifest_as_pdf_and_xlsx(
    office: Office, program: Program, plan: Path, tmp_path: Path
) -> None:
    base = ("manifest", plan, "m1", *office.options(), "--reason", "gate 1")
    folder = tmp_path / "out"
    assert "--recipient" in program(*base, "-o", folder).err
    done = program(*base, "-o", folder, "--recipient", "gate sergeant")
    assert done.code == 0, done.err
    assert "3 rows" in done.err
    (book,), (document,) = folder.glob("*.xlsx"), folder.glob("*.pdf")
    assert document.read_bytes().startswith(b"%PDF")
    assert document.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(book) as archive:
        texts = archive.read("xl/sharedStrings.xml").decode()
    assert "Bibi" in texts
    assert "reference" in texts
    with office.open() as register:
        (item,) = register.exports.all()
    assert item.num_released == 1
    assert item.recipients == ("gate sergeant",)


def test_manifest_refuses_what_it_cannot_join(office: Office, program: Program, plan: Path) -> None:
    base = ("--reason", "gate 1", *office.options())
    assert "no movement m9" in program("manifest", plan, "m9", *base).err
    assert program("manifest", plan, "m1", *base, "--role", "planner").code == 0


def test_what_a_party_stands_for_is_kept_without_names(
    office: Office, program: Program, scenario: Path
) -> None:
    exported(office, program, scenario)
    with office.open() as register:
        (decision,) = register.decisions(KIND)
    assert len(decision.body["parties"]) == 4
    assert "Zaki" not in json.dumps(dict(decision.body))


def test_a_large_manifest_needs_a_second_person(
    office: Office, program: Program, scenario: Path, tmp_path: Path
) -> None:
    crowd = [
        Record("", "church", str(number), f"Synthetic{number}", place="Northtown")
        for number in range(60)
    ]
    with office.open() as register:
        rows = rows_of("church", crowd)
        register.add_list("church", date(2026, 8, 2), "church.csv", "0" * 64, rows)
    exported(office, program, scenario)
    folder = planned(scenario, tmp_path / "plan")
    base = ("manifest", folder, "m1", *office.options(), "--reason", "gate 1")
    refused = program(*base, "-o", tmp_path / "out", "--recipient", "gate sergeant")
    assert refused.code == 1
    assert "second person" in refused.err
    assert not (tmp_path / "out").exists()
    with office.open("ben") as register:
        (item,) = register.exports.all()
        register.exports.approve(item.export, Role.REVIEWER, "seen: 63 rows for the gate")
    done = program(*base, "-o", tmp_path / "out", "--export", item.export)
    assert done.code == 0, done.err
    assert len(list((tmp_path / "out").iterdir())) == 2
    again = program(*base, "-o", tmp_path / "again", "--export", item.export)
    assert again.code == 1
