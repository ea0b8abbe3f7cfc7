"""Hostile, broken and odd files: a finding each, bounded memory, no crash, and no row lost."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from tests.registry.lists.evil import Evil
from tests.registry.lists.evil_books import BOOKS, MARKED_UP
from tests.registry.lists.evil_more import MORE
from tests.registry.lists.evil_texts import TEXTS
from tests.registry.lists.test_fuzzing import answered

import wayout
from wayout.findings import Severity
from wayout.registry.lists.faults import MEANINGS, Fault, Problem
from wayout.registry.lists.limits import PROCESS_MEMORY
from wayout.registry.lists.reading import RawList, assemble, read
from wayout.registry.lists.understanding import Understood, understand
from wayout.registry.lists.wire import End, HiddenColumns, Item, Row, Sheet, item_of

AS_OF = date(2021, 8, 1)
ALL = (*TEXTS, *BOOKS, *MARKED_UP)
SLOW = ("bomb", "million", "too-many", "shared-text-r", "pfif-very")
QUICK = tuple(evil for evil in ALL if not evil.name.startswith(SLOW))
"""Those that are not slow to build a second time."""


def understood(evil: Evil, folder: Path) -> Understood:
    path = folder / f"{evil.name}.{evil.ending}"
    path.write_bytes(evil.make())
    return understand(read(path), "source", AS_OF)


@pytest.mark.parametrize("evil", ALL, ids=lambda evil: evil.name)
def test_each_file_is_answered_with_its_finding(evil: Evil, tmp_path: Path) -> None:
    found = understood(evil, tmp_path)
    assert len(found.rows) == evil.rows
    codes = {finding.rule for finding in found.all_findings}
    if evil.code is not None:
        assert evil.code in codes
    assert found.refused == (evil.rows == 0 and evil.name not in ("only-a-header", "pfif-nobody"))


@pytest.mark.parametrize("evil", QUICK, ids=lambda evil: evil.name)
def test_every_finding_has_a_known_code_and_a_cure(evil: Evil, tmp_path: Path) -> None:
    for finding in understood(evil, tmp_path).all_findings:
        assert Fault(finding.rule) in MEANINGS
        assert finding.cure.endswith((".", '"'))
        assert finding.message


@pytest.mark.parametrize("evil", MORE, ids=lambda evil: evil.name)
def test_each_file_of_the_larger_corpus_is_answered(evil: Evil) -> None:
    found = answered(evil.make())
    assert len(found.rows) == evil.rows
    codes = {finding.rule for finding in found.all_findings}
    assert evil.code is None or evil.code in codes
    assert found.rows or found.findings
    for finding in found.all_findings:
        assert finding.cure.endswith((".", '"'))


@pytest.mark.long
@pytest.mark.parametrize("evil", MORE, ids=lambda evil: evil.name)
def test_the_larger_corpus_in_a_process_of_its_own(evil: Evil, tmp_path: Path) -> None:
    assert len(understood(evil, tmp_path).rows) == evil.rows


def test_the_corpus_has_two_hundred_different_files() -> None:
    names = {evil.name for evil in (*ALL, *MORE)}
    assert len(names) == len(ALL) + len(MORE) >= 200


READ_BOMBS = """
import resource, sys
from pathlib import Path
from tests.registry.lists.test_bad_input import ALL, understood

for evil in ALL:
    if evil.name.startswith("bomb"):
        understood(evil, Path(sys.argv[1]))
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def test_no_child_that_read_took_more_memory_than_it_may(tmp_path: Path) -> None:
    # In a process whose only children are those that read.
    command = [sys.executable, "-c", READ_BOMBS, str(tmp_path)]
    root = Path(__file__).parents[3]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root)
    assert 0 < int(done.stdout) * 1024 <= PROCESS_MEMORY


HUNGRY = """
import io, sys
from wayout.registry.lists import child
child.confine()
child.items_of = lambda file: iter([bytearray(2 ** 31)])
child.pass_on(io.BytesIO(), sys.stdout.buffer)
"""


def test_a_reader_that_wants_too_much_memory_says_so() -> None:
    environment = {"PYTHONPATH": str(Path(wayout.__file__).parents[1])}
    done = subprocess.run(
        [sys.executable, "-c", HUNGRY], env=environment, capture_output=True, check=True
    )
    problem = item_of(done.stdout)
    assert isinstance(problem, Problem)
    assert (problem.fault, problem.stops) == (Fault.TOO_MUCH, True)


@pytest.mark.parametrize(
    "items",
    [
        [],
        [Sheet(None), Row(1, ("First Name",)), Row(2, ("Amina",))],
        [Sheet(None), Row(1, ("First Name",)), End(2)],
        [Row(2, ("Amina",)), HiddenColumns((1,))],
    ],
)
def test_a_reader_that_breaks_off_loses_nothing_silently(items: list[Item]) -> None:
    raw = RawList("a.csv", "")
    assemble(raw, items)
    assert raw.stopped
    found = understand(raw, "source", AS_OF)
    assert found.refused
    assert not found.rows


NO_ITEMS = (b"", b"{}", b"[]", b'["sheet"]', b"[1]", b"[1,[[{}]]]", b"[1,[true]]", b'["x",1]')


@pytest.mark.parametrize("line", NO_ITEMS)
def test_words_that_are_no_items_are_refused(line: bytes) -> None:
    with pytest.raises(ValueError, match="no item of a list"):
        item_of(line)


def test_a_file_that_is_not_there_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        found = understand(read(path), "source", AS_OF)
        assert [finding.rule for finding in found.findings] == ["L01"]
        assert found.refused


def test_an_error_takes_nothing_in_and_a_warning_takes_everything(tmp_path: Path) -> None:
    for evil in ALL[:40]:
        found = understood(evil, tmp_path)
        errors = [f for f in found.all_findings if f.severity is Severity.ERROR]
        assert bool(errors) == found.refused
        assert not (errors and found.rows)
