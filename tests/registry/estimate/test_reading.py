from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.errors import RegistryError
from wayout.findings import Finding
from wayout.registry.estimate.overlaps import Overlaps, members_of
from wayout.registry.estimate.reading import read_overlaps


def written(folder: Path, text: str) -> Path:
    path = folder / "overlaps.csv"
    path.write_text(text, encoding="utf-8")
    return path


def rules_of(path: Path) -> set[tuple[str, int | None, str | None]]:
    with pytest.raises(RegistryError, match="cannot be used as it stands") as caught:
        read_overlaps(path)
    findings = [finding for finding in caught.value.findings if isinstance(finding, Finding)]
    assert all(finding.cure for finding in findings)
    return {(finding.rule, finding.where.row, finding.where.column) for finding in findings}


@given(st.integers(2, 5), st.data())
@settings(max_examples=40, deadline=None)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, num_lists: int, data: st.DataObject
) -> None:
    counts = data.draw(
        st.lists(st.integers(0, 10**6), min_size=2**num_lists - 1, max_size=2**num_lists - 1)
    )
    names = [f"list {position}" for position in range(num_lists)]
    lines = [",".join([*names, "count"])]
    for row, count in zip(members_of(num_lists), counts, strict=True):
        lines.append(",".join([*(str(int(on)) for on in row), str(count)]))
    path = written(tmp_path_factory.mktemp("table"), "\n".join(lines))
    if sum(counts) == 0:
        assert rules_of(path) == {("nobody-counted", 1, "count")}
        return
    found: Overlaps = read_overlaps(path)
    assert found.lists == tuple(names)
    assert found.counts.tolist() == counts


def test_every_fault_at_once(tmp_path: Path) -> None:
    text = "A,B,count\n1,0,5\n1,0,6\n0,2,7\n1,1,-3\n0,0,9\n1,1\n0,1,many\n"
    assert rules_of(written(tmp_path, text)) == {
        ("pattern-twice", 3, None),
        ("membership-not-0-or-1", 4, "B"),
        ("count-not-a-number", 5, "count"),
        ("row-of-people-on-no-list", 6, None),
        ("cells-in-row", 7, None),
        ("count-not-a-number", 8, "count"),
    }


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("A,B\n1,0\n", "no-count-column"),
        ("A,A,count\n1,0,5\n", "names-of-lists"),
        ("A,count\n1,5\n", "number-of-lists"),
        (",".join([*"ABCDEFGHIJK", "count"]) + "\n", "number-of-lists"),
        ("A,B,count\n1,0,0\n", "nobody-counted"),
    ],
)
def test_single_faults(tmp_path: Path, text: str, rule: str) -> None:
    assert rule in {found for found, _, _ in rules_of(written(tmp_path, text))}


def test_ten_lists_are_allowed(tmp_path: Path) -> None:
    header = ",".join([*"ABCDEFGHIJ", "count"])
    row = ",".join(["1"] * 10 + ["4"])
    assert read_overlaps(written(tmp_path, f"{header}\n{row}\n")).num_people == 4


def test_people_on_no_list_may_be_written_as_nought(tmp_path: Path) -> None:
    assert read_overlaps(written(tmp_path, "A,B,count\n0,0,0\n1,1,2\n")).num_people == 2
