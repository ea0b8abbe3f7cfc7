"""The operations that ship read without a finding in every case, and are written canonically."""

from pathlib import Path

import pytest

from wayout.scenario import folder
from wayout.scenario.figures import Case
from wayout.scenario.people import people_of

SCENARIOS = Path(__file__).parents[2] / "scenarios"
OPERATIONS = (
    "solomon-1991",
    "kabul-2021",
    "kabul-2021-early",
    "kabul-2021-tight",
    "raahat-2015",
    "kuwait-1990",
    "kuwait-1990-tight",
    "frequent-wind-1975",
    "frequent-wind-1975-tight",
    "dynamo-1940",
    "dynamo-1940-tight",
    "easter-parade-1949",
    "easter-parade-1949-tight",
    "lebanon-2006",
    "lebanon-2006-tight",
    "libya-2011",
    "libya-2011-tight",
    "sudan-2023",
    "sudan-2023-tight",
    "ukraine-rail-2022",
    "ukraine-rail-2022-tight",
)
PEOPLE = {
    "solomon-1991": (14_000, 14_325, 16_000),
    "kabul-2021": (70_000, 124_000, 200_000),
    "kabul-2021-early": (70_000, 124_000, 200_000),
    "kabul-2021-tight": (124_000, 198_400, 250_000),
    "raahat-2015": (4_500, 5_600, 9_960),
    "kuwait-1990": (100_000, 112_161, 170_000),
    "kuwait-1990-tight": (112_161, 170_000, 192_450),
    "frequent-wind-1975": (4_970, 7_368, 17_368),
    "frequent-wind-1975-tight": (4_970, 7_368, 17_368),
    "dynamo-1940": (175_000, 338_226, 378_226),
    "dynamo-1940-tight": (239_997, 378_226, 398_226),
    "easter-parade-1949": (113_000, 129_400, 141_000),
    "easter-parade-1949-tight": (160_000, 160_000, 160_000),
    "lebanon-2006": (47_500, 60_050, 180_000),
    "lebanon-2006-tight": (60_050, 130_950, 213_700),
    "libya-2011": (157_785, 219_700, 278_430),
    "libya-2011-tight": (219_700, 296_490, 373_960),
    "sudan-2023": (9_600, 13_350, 23_700),
    "sudan-2023-tight": (13_350, 21_360, 28_200),
    "ukraine-rail-2022": (1_300_000, 2_000_000, 2_500_000),
    "ukraine-rail-2022-tight": (2_000_000, 2_700_000, 3_400_000),
}


@pytest.mark.parametrize("case", list(Case))
@pytest.mark.parametrize("name", OPERATIONS)
def test_reads_without_a_finding(name: str, case: Case) -> None:
    loaded = folder.load(SCENARIOS / name, case)
    assert loaded.findings == ()
    assert loaded.scenario is not None
    assert people_of(loaded.scenario).num_people == PEOPLE[name][list(Case).index(case)]


def without_comments(text: str) -> str:
    """Settings without the lines that are comments."""
    return "".join(line for line in text.splitlines(True) if not line.startswith("#"))


@pytest.mark.parametrize("name", OPERATIONS)
def test_is_canonical_apart_from_comments(name: str, tmp_path: Path) -> None:
    folder.write(folder.read(SCENARIOS / name), tmp_path / name)
    written = {file.name: file for file in (tmp_path / name).iterdir()}
    shipped = {file.name: file for file in (SCENARIOS / name).iterdir() if file.name != "README.md"}
    assert written.keys() == shipped.keys()
    for file, path in written.items():
        text = shipped[file].read_bytes().decode()
        expected = without_comments(text) if file == "scenario.toml" else text
        assert path.read_bytes().decode() == expected, file


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_figure_is_used_and_sourced(name: str) -> None:
    scenario = folder.read(SCENARIOS / name)
    used = {reference.figure for reference in scenario.references}
    assert {figure.figure for figure in scenario.figures} == used
    assert all(len(figure.source) > 10 for figure in scenario.figures)
    assert {figure.confidence for figure in scenario.figures} <= {
        "read",
        "second-hand",
        "derived",
        "assumed",
    }
