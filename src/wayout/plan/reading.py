"""Tables of a plan as they are read: every cell that cannot be used becomes a finding."""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from wayout.clock import tick_of
from wayout.findings import Finding, Severity, Where
from wayout.plan.faults import Fault, fault
from wayout.plan.model import Loads, Movement
from wayout.plan.tables import LOAD_COLUMNS, MOVEMENT_COLUMNS, TIME
from wayout.scenario.delimited import read_grid, read_text
from wayout.scenario.people import People

FIRST_ROW = 2


def _check_header(header: list[str], wanted: tuple[str, ...], file: str) -> list[Finding]:
    findings = []
    for name in wanted:
        if header.count(name) != 1:
            message = f"Column {name} is {'not there' if name not in header else 'there twice'}."
            cure = f"The columns are {', '.join(wanted)}."
            findings.append(fault(Fault.COLUMN, Where(file, 1, name), message, cure))
    for name in header:
        if name not in wanted:
            cure = f"Delete it; the columns are {', '.join(wanted)}."
            message = "There is no such column."
            findings.append(fault(Fault.COLUMN, Where(file, 1, name), message, cure))
    return findings


Rows = list[dict[str, str]]


def _read_csv(path: Path, wanted: tuple[str, ...]) -> tuple[Rows, list[int], list[Finding]]:
    """Cells by column, the number of each row, and what keeps the file from being read."""
    text, findings = read_text(path)
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if text is None:
        return [], [], errors
    grid, faults = read_grid(text, path.name)
    if grid is None:
        return [], [], faults
    errors += _check_header(grid.header, wanted, path.name)
    if errors:
        return [], [], errors
    rows: Rows = []
    for number, cells in zip(grid.numbers, grid.rows, strict=True):
        if len(cells) != len(grid.header):
            message = f"The row has {len(cells)} cells, the header {len(grid.header)}."
            cure = "Write one cell for each column."
            errors.append(fault(Fault.CELL, Where(path.name, number), message, cure))
        else:
            rows.append(dict(zip(grid.header, cells, strict=True)))
    return rows, grid.numbers, errors


def _whole(text: str) -> int:
    if not (text.isascii() and text.removeprefix("-").isdigit()) or len(text) > 15:
        raise ValueError("not a whole number below 10^15")
    return int(text)


def _yes(text: str) -> bool:
    if text not in ("yes", "no"):
        raise ValueError("neither yes nor no")
    return text == "yes"


def _tick(start: datetime) -> Callable[[str], int]:
    def parse(text: str) -> int:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise ValueError("a time without offset")
        if (moment - start).total_seconds() % 60:
            raise ValueError("a time between two minutes")
        return tick_of(moment, start)

    return parse


class _Reader:
    """Turns cells into values and keeps a finding for each that cannot be."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []

    def value(self, parse: Callable[[str], Any], text: str, row: int, column: str) -> Any:
        try:
            return parse(text)
        except (ValueError, OverflowError) as error:
            where = Where(self.file, row, column)
            message = f"'{text[:40]}' is {_reason(error)}."
            cure = "Write a time as 2021-08-15T06:00+04:30, a whole number, or yes or no."
            self.findings.append(fault(Fault.CELL, where, message, cure))
            return None


def _reason(error: Exception) -> str:
    known = ("not a whole", "neither", "a time")
    text = str(error)
    return text if text.startswith(known) else "no time in ISO 8601 with an offset"


def read_movements_csv(path: Path, start: datetime) -> tuple[tuple[Movement, ...], list[Finding]]:
    """Movements of a CSV file, or what is wrong with it."""
    rows, numbers, findings = _read_csv(path, MOVEMENT_COLUMNS)
    if findings:
        return (), findings
    reader, tick = _Reader(path.name), _tick(start)
    movements = tuple(
        Movement(
            movement=row["movement"],
            vehicle=row["vehicle"],
            fleet=row["fleet"],
            link=row["link"],
            origin=row["from"],
            destination=row["to"],
            depart=reader.value(tick, row["depart"], number, "depart"),
            arrive=reader.value(tick, row["arrive"], number, "arrive"),
            people=reader.value(_whole, row["people"], number, "people"),
            emergency=reader.value(_yes, row["emergency"], number, "emergency"),
        )
        for row, number in zip(rows, numbers, strict=True)
    )
    return (movements, []) if not reader.findings else ((), reader.findings)


def _read_parquet(path: Path, schema: dict[str, Any]) -> tuple[pl.DataFrame | None, list[Finding]]:
    try:
        frame = pl.read_parquet(path, use_pyarrow=False)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        message = f"This is no Parquet file that can be read: {str(error).splitlines()[0][:120]}."
        cure = "Write it again, or delete it where a .csv file says the same."
        return None, [fault(Fault.UNREADABLE, Where(path.name), message, cure)]
    findings = _check_header(frame.columns, tuple(schema), path.name)
    if findings:
        return None, findings
    for name, kind in schema.items():
        if frame.schema[name] != kind or frame[name].null_count():
            message = f"The column is {frame.schema[name]} with {frame[name].null_count()} blanks."
            cure = f"Write it as {kind} without blanks."
            findings.append(fault(Fault.CELL, Where(path.name, None, name), message, cure))
    return (None, findings) if findings else (frame, [])


_MOVEMENT_SCHEMA: dict[str, Any] = {
    **dict.fromkeys(MOVEMENT_COLUMNS[:6], pl.String),
    "depart": TIME,
    "arrive": TIME,
    "people": pl.Int64,
    "emergency": pl.Boolean,
}
_LOAD_SCHEMA: dict[str, Any] = {"movement": pl.String, "party": pl.String, "people": pl.Int64}


def read_movements_parquet(
    path: Path, start: datetime
) -> tuple[tuple[Movement, ...], list[Finding]]:
    """Movements of a Parquet file, or what is wrong with it."""
    frame, findings = _read_parquet(path, _MOVEMENT_SCHEMA)
    if frame is None:
        return (), findings
    origin = int(start.timestamp() * 1000)
    since = {name: frame[name].cast(pl.Int64).to_numpy() - origin for name in ("depart", "arrive")}
    for name, milliseconds in since.items():
        for row in np.flatnonzero(milliseconds % 60_000).tolist():
            where = Where(path.name, row + FIRST_ROW, name)
            message, cure = "A time between two minutes.", "Write whole minutes from the start."
            findings.append(fault(Fault.CELL, where, message, cure))
    if findings:
        return (), findings
    columns = [frame[name].to_list() for name in MOVEMENT_COLUMNS[:6]]
    columns += [(since[name] // 60_000).tolist() for name in ("depart", "arrive")]
    columns += [frame["people"].to_list(), frame["emergency"].to_list()]
    return tuple(Movement(*row) for row in zip(*columns, strict=True)), []


def read_loads(
    path: Path, movements: tuple[Movement, ...], people: People
) -> tuple[Loads, list[Finding]]:
    """Loads of a CSV or Parquet file as indexes, or what is wrong with it."""
    nothing = Loads(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    frame, findings = _load_frame(path)
    if frame is None:
        return nothing, findings
    movement = _index(frame["movement"], [m.movement for m in movements])
    party = _index(frame["party"], people.party)
    size = frame["people"].to_numpy()
    findings = _unknown(path.name, frame, "movement", movement)
    findings += _unknown(path.name, frame, "party", party)
    known = party >= 0
    split = np.flatnonzero(known & (size != people.size[party] if len(people.size) else known))
    for row in split.tolist():
        message = (
            f"{size[row]:,} people of party '{frame['party'][row]}' are aboard; it has "
            f"{people.size[party[row]]:,}."
        )
        cure = "A party is on a movement whole or not at all (P1)."
        findings.append(
            fault(Fault.CELL, Where(path.name, row + FIRST_ROW, "people"), message, cure)
        )
    return (nothing, findings) if findings else (Loads(movement, party), [])


def _load_frame(path: Path) -> tuple[pl.DataFrame | None, list[Finding]]:
    if path.suffix == ".parquet":
        return _read_parquet(path, _LOAD_SCHEMA)
    rows, numbers, findings = _read_csv(path, LOAD_COLUMNS)
    reader = _Reader(path.name)
    columns = {
        "movement": [row["movement"] for row in rows],
        "party": [row["party"] for row in rows],
        "people": [
            reader.value(_whole, row["people"], number, "people")
            for row, number in zip(rows, numbers[: len(rows)], strict=True)
        ],
    }
    findings += reader.findings
    return (None, findings) if findings else (pl.DataFrame(columns, schema=_LOAD_SCHEMA), [])


def _index(names: pl.Series, known: Iterable[str]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Position of each name among the known ones, -1 where it is not; the first of equal ones."""
    table = pl.DataFrame({"name": pl.Series(list(known), dtype=pl.String)}).with_row_index("at")
    table = table.unique("name", keep="first", maintain_order=True)
    frame = pl.DataFrame({"name": names})
    found = frame.join(table, on="name", how="left", maintain_order="left")["at"]
    return found.cast(pl.Int64).fill_null(-1).to_numpy().astype(np.int64)


def _unknown(
    file: str, frame: pl.DataFrame, column: str, index: np.ndarray[Any, np.dtype[np.int64]]
) -> list[Finding]:
    findings = []
    for row in np.flatnonzero(index < 0).tolist():
        message = f"There is no {column} '{frame[column][row]}'."
        cure = f"Name a {column} of {'movements.csv' if column == 'movement' else 'the scenario'}."
        findings.append(fault(Fault.NAME, Where(file, row + FIRST_ROW, column), message, cure))
    return findings
