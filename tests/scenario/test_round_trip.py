"""What is written is read again, to the byte and to the last number."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from tests.scenario.strategies import scenarios

from wayout.scenario.assembly import Loaded
from wayout.scenario.book import book_bytes, write_book
from wayout.scenario.faults import MEANINGS
from wayout.scenario.figures import Case
from wayout.scenario.folder import files_of, load, read, write
from wayout.scenario.hashing import hash_of
from wayout.scenario.model import Scenario
from wayout.scenario.template import write_template

SLOW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],  # to shrink a whole scenario takes many minutes
)
CODES = {str(fault) for fault in MEANINGS}


def faults(loaded: Loaded) -> list[str]:
    return [str(finding) for finding in loaded.findings if finding.rule in CODES]


@SLOW
@given(scenarios())
def test_a_folder_holds_the_whole_scenario(scenario: Scenario) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write(scenario, Path(folder))
        loaded = load(Path(folder), scenario.case)
        assert faults(loaded) == []
        assert loaded.scenario == scenario
        assert files_of(loaded.scenario) == files_of(scenario)


@SLOW
@given(scenarios())
def test_a_book_holds_the_whole_scenario(scenario: Scenario) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        write_book(scenario, path)
        loaded = load(path, scenario.case)
        assert faults(loaded) == []
        assert loaded.scenario == scenario
        assert book_bytes(loaded.scenario) == path.read_bytes()


def test_a_canonical_folder_is_reproduced_byte_for_byte(tmp_path: Path) -> None:
    write_template("town", tmp_path / "town")
    write(read(tmp_path / "town"), tmp_path / "first")
    write(read(tmp_path / "first"), tmp_path / "second")
    first = {path.name: path.read_bytes() for path in (tmp_path / "first").iterdir()}
    second = {path.name: path.read_bytes() for path in (tmp_path / "second").iterdir()}
    assert first == second
    assert "people-north" in first["demand.csv"].decode()


def test_columns_of_defaults_and_empty_tables_are_left_out(tmp_path: Path) -> None:
    write_template("town", tmp_path / "town")
    scenario = read(tmp_path / "town")
    write(scenario, tmp_path / "out")
    header = (tmp_path / "out" / "places.csv").read_text().split("\n", 1)[0]
    assert header == "place,kind,name,lat,lon,beds,processing_per_hour"
    assert not (tmp_path / "out" / "hazards.csv").exists()
    write(scenario.replace(windows=()), tmp_path / "out")
    assert not (tmp_path / "out" / "windows.csv").exists()


def test_a_figure_takes_the_value_of_the_case(tmp_path: Path) -> None:
    write_template("town", tmp_path / "town")
    people = [read(tmp_path / "town", case).demand[0].people for case in Case]
    assert people == [450, 600, 900]


def test_a_changed_number_no_longer_names_its_figure(tmp_path: Path) -> None:
    write_template("town", tmp_path / "town")
    scenario = read(tmp_path / "town")
    fewer = scenario.demand[1:]
    write(scenario.replace(demand=fewer), tmp_path / "out")
    assert "people-north" not in (tmp_path / "out" / "demand.csv").read_text()


def test_the_hash_depends_on_content_and_case_alone(tmp_path: Path) -> None:
    write_template("town", tmp_path / "town")
    scenario = read(tmp_path / "town")
    write(scenario, tmp_path / "elsewhere")
    assert hash_of(read(tmp_path / "elsewhere")) == hash_of(scenario)
    assert hash_of(scenario.replace(name="other")) == hash_of(scenario)
    assert hash_of(scenario.replace(seed=2)) != hash_of(scenario)
    assert hash_of(read(tmp_path / "town", Case.HIGH)) != hash_of(scenario)
    assert len(hash_of(scenario)) == 64
