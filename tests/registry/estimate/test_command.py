import json
from pathlib import Path

from tests.cli.program import Program
from tests.registry.estimate.published import ARTIFICIAL_3, UK_5
from tests.registry.office import Office

from wayout.registry.eligibility.facts import Facts
from wayout.registry.estimate.histories import Stratum, overlaps_in, sources_of, strata
from wayout.registry.estimate.overlaps import Overlaps

FACTS = (
    Facts("a", "h1", 0, ("a",), sources=("x", "y"), place="Kabul"),
    Facts("b", "h1", 1, ("b",), sources=("x",), place="Kabul"),
    Facts("c", "h2", 2, ("c",), sources=("z",)),
)


def written(overlaps: Overlaps, path: Path) -> Path:
    lines = [",".join([*overlaps.lists, "count"])]
    for row, count in zip(overlaps.members, overlaps.counts.tolist(), strict=True):
        if count:
            lines.append(",".join([*(str(int(on)) for on in row), str(count)]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_json_has_low_high_models_and_warnings(program: Program, tmp_path: Path) -> None:
    path = written(UK_5, tmp_path / "uk.csv")
    done = program("people", "estimate", "--overlaps", path, "--json", "--draws", "60")
    assert done.code == 0, done.err
    found = json.loads(done.out)
    assert 2744 < found["low"] < 11_175 < 22_991 < found["high"]
    assert found["known"] is True
    assert {"model", "low", "estimate", "high", "behind", "supported"} == set(found["models"][0])
    assert any("not independent" in warning for warning in found["warnings"])
    again = program("people", "estimate", "--overlaps", path, "--json", "--draws", "60")
    assert again.out == done.out


def test_unidentifiable_table_ends_with_one_and_says_why(program: Program, tmp_path: Path) -> None:
    path = written(ARTIFICIAL_3, tmp_path / "artificial.csv")
    done = program("people", "estimate", "--overlaps", path, "--json")
    assert done.code == 1
    found = json.loads(done.out)
    assert found["low"] is found["high"] is None
    assert "not identifiable" in found["refused"]
    plain = program("people", "estimate", "--overlaps", path)
    assert plain.code == 1
    assert "cannot be estimated" in plain.out


def test_linkage_sample_moves_the_range(program: Program, tmp_path: Path) -> None:
    """Links missed one time in four: the overlaps are larger than they look, the total smaller."""
    path = written(UK_5, tmp_path / "uk.csv")
    base = ("people", "estimate", "--overlaps", path, "--json", "--draws", "60")
    plain = json.loads(program(*base).out)
    sample = ("--precision", "490/500", "--recall", "375/500")
    moved = json.loads(program(*base, *sample).out)
    assert moved["high"] < plain["high"]
    assert any("precision 0.98 and recall 0.75" in text for text in moved["warnings"])


def test_impossible_samples_are_all_named(program: Program, tmp_path: Path) -> None:
    path = written(UK_5, tmp_path / "uk.csv")
    done = program("people", "estimate", "--overlaps", path, "--precision", "5/4")
    assert done.code == 1
    assert "--precision" in done.err
    assert "--recall" in done.err
    assert program("people", "estimate").code == 2


def test_overlaps_of_people() -> None:
    assert sources_of(FACTS) == ("x", "y", "z")
    table = overlaps_in(FACTS, ("x", "y"))
    assert table.counts.tolist() == [1, 0, 1]
    assert table.households is not None
    assert table.households.tolist() == [[1, 0, 1]]
    assert {name: len(some) for name, some in strata(FACTS, Stratum.PLACE).items()} == {
        "Kabul": 2,
        "not stated": 1,
    }


def test_from_the_register(office: Office, program: Program) -> None:
    base = ("people", "estimate", *office.options(), "--reason", "how many")
    done = program(*base, "--json")
    assert done.code == 1
    found = json.loads(done.out)
    assert found["lists"] == ["charity", "embassy"]
    assert found["counted"] == 9
    assert "shares nobody" in found["refused"]
    by_sex = program(*base, "--by", "sex")
    assert by_sex.code == 0
    assert "f: 2 counted." in by_sex.out
