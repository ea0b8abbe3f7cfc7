"""A list's file to rows, read in a process of its own that may break without harm.

What a hostile file can do at worst is stop that process: the list is refused, with a finding.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import wayout
from wayout.registry.lists.faults import Fault, Problem
from wayout.registry.lists.limits import MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS
from wayout.registry.lists.wire import End, HiddenColumns, Item, Row, Sheet, item_of

_CHILD = (sys.executable, "-P", "-m", "wayout.registry.lists.child")
_LONGEST_LINE = 8 * MOST_COLUMNS * MOST_CHARACTERS
_PIECE = 1024 * 1024


@dataclass
class RawSheet:
    """One sheet as read; a file without sheets has one without a name."""

    sheet: Sheet
    rows: list[Row] = field(default_factory=list)
    hidden_columns: tuple[int, ...] = ()
    problems: list[Problem] = field(default_factory=list)


@dataclass
class RawList:
    """A file as read: its name, the hash of its bytes, its sheets, and what was wrong with it."""

    file: str
    sha256: str
    sheets: list[RawSheet] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def stopped(self) -> bool:
        """Whether it could not be read to its end; then nothing of it must be used."""
        return any(problem.stops for problem in self.problems)


def read(path: Path) -> RawList:
    """Read a list's file; never raises for what is in it."""
    try:
        if not path.is_file():
            raise FileNotFoundError(f"{path} is no file")
        with path.open("rb") as file:
            raw = RawList(path.name, _hash(file))
            file.seek(0)
            assemble(raw, _items(file))
    except OSError as error:
        raw = RawList(path.name, "")
        message = f"The file cannot be opened: {error.strerror or 'there is no such file'}."
        raw.problems.append(Problem(Fault.NOT_A_FILE, message, "Look at its name.", stops=True))
    return raw


def _hash(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := file.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()


def _items(file: IO[bytes]) -> Iterator[Item]:
    """What the reading process says; one problem more if it ended before it was done."""
    environment = {"PYTHONPATH": str(Path(wayout.__file__).parents[1]), "PYTHONUTF8": "1"}
    with subprocess.Popen(  # noqa: S603 - our own program; the file is its input, not an argument
        _CHILD,
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment | {"PATH": os.defpath},
        close_fds=True,
    ) as process:
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        try:
            while line := process.stdout.readline(_LONGEST_LINE):
                yield item_of(line)
        except ValueError:
            yield _broken("The reading process said something that is no row.")
        finally:
            process.kill()


def _broken(message: str) -> Problem:
    cure = "Save the list as CSV and try again; do not open the file if you do not know the sender."
    return Problem(Fault.TOO_MUCH, message, cure, stops=True)


def assemble(raw: RawList, items: Iterable[Item]) -> None:
    """Put items in their places; says so if the end is missing or a row was lost."""
    rows, ended = 0, False
    for item in items:
        match item:
            case Sheet():
                raw.sheets.append(RawSheet(item))
            case Problem():
                _keep(raw, item)
                ended = ended or item.stops
            case End():
                ended = item.rows == rows
            case HiddenColumns():
                _last(raw).hidden_columns = item.columns
            case Row():
                rows += 1
                _last(raw).rows.append(item)
        if rows > MOST_ROWS + len(raw.sheets):
            message = f"There are more than {MOST_ROWS:,} rows."
            cure = "Divide the list into smaller ones."
            raw.problems.append(Problem(Fault.TOO_LARGE, message, cure, stops=True))
            break
    if not ended and not raw.stopped:
        raw.problems.append(_broken("Reading it took more memory or time than a list may take."))


def _last(raw: RawList) -> RawSheet:
    if not raw.sheets:
        raw.sheets.append(RawSheet(Sheet(None)))
    return raw.sheets[-1]


def _keep(raw: RawList, problem: Problem) -> None:
    """A problem of a sheet stays with it; what stops, or comes before any sheet, is the file's."""
    if problem.stops or not raw.sheets:
        raw.problems.append(problem)
    else:
        raw.sheets[-1].problems.append(problem)
