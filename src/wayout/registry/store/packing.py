"""A source row as the parts that are sealed, and back.

A part is JSON: for a class of fields the list of their values in the order of ``FIELDS``, for the
source everything about the row as it was read.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from wayout.findings import Finding, Severity, Where
from wayout.registry.entries import Position, SourceRow
from wayout.registry.records import RECORD_SCHEMA, Record
from wayout.registry.vault.roles import FIELDS, Sensitivity


def _json(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # Half a surrogate pair, which a broken file may hold, is kept as it is.
    return text.encode("utf-8", "surrogatepass")


def _value(data: bytes) -> Any:
    return json.loads(data.decode("utf-8", "surrogatepass"))


def parts_of(row: SourceRow) -> dict[Sensitivity, bytes]:
    """What is sealed of a row, by class; a class of which the row says nothing is left out."""
    parts = {Sensitivity.SOURCE: _json(_source(row))}
    for sensitivity, names in FIELDS.items():
        values = [getattr(row.record, name) for name in names]
        if any(value is not None for value in values):
            parts[sensitivity] = _json(values)
    return parts


def _source(row: SourceRow) -> list[Any]:
    position = row.position
    findings = [
        [f.rule, str(f.severity), f.where.file, f.where.row, f.where.column, f.message, f.cure]
        for f in row.findings
    ]
    where = [position.file, position.sheet, position.row]
    return [where, dict(row.cells), row.hash, findings, row.hidden]


def _finding(values: Sequence[Any]) -> Finding:
    rule, severity, file, row, column, message, cure = values
    return Finding(rule, Severity(severity), Where(file, row, column), message, cure)


def row_of(record: str, source: str, parts: Mapping[Sensitivity, bytes]) -> SourceRow:
    """The row whose parts these are; fields of a class that is missing are None."""
    where, cells, hash_, findings, hidden = _value(parts[Sensitivity.SOURCE])
    values = fields_of(parts)
    return SourceRow(
        Position(*where),
        cells,
        Record(record, source, **values),
        hash_,
        tuple(_finding(item) for item in findings),
        hidden,
    )


def fields_of(parts: Mapping[Sensitivity, bytes]) -> dict[str, Any]:
    """The fields of a record that these parts hold."""
    values: dict[str, Any] = {}
    for sensitivity, names in FIELDS.items():
        part = parts.get(sensitivity)
        if part is not None:
            values.update(zip(names, _value(part), strict=True))
    return values


def values_of(part: bytes) -> list[Any]:
    """The values of one part of fields, in the order of ``FIELDS``."""
    values: list[Any] = _value(part)
    return values


COLUMNS = tuple(RECORD_SCHEMA)
"""The columns of a table of records."""
