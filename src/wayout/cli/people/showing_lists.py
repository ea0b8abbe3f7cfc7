"""What an import shows: columns, counts, and findings gathered by kind. No name, no number."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from wayout.cli.wording import counted, number
from wayout.findings import Finding
from wayout.registry.entries import ListReceipt
from wayout.registry.lists.columns import letters_of
from wayout.registry.lists.understanding import Understood

_EXAMPLES = 5


def show(understood: Understood, console: Console) -> None:
    """Print the columns, the counts and the findings of a list."""
    if understood.columns:
        console.print(_columns(understood))
    hidden = f", {number(understood.num_hidden)} of them hidden" if understood.num_hidden else ""
    rows = counted(len(understood.rows), "row", "rows")
    console.print(Text(f"{understood.file}: {rows}{hidden}"))
    for line in gathered(understood.all_findings):
        console.print(Text(line))


def _columns(understood: Understood) -> Table:
    table = Table("column", "header", "is taken for", "because")
    for column in understood.columns:
        field = column.field or "kept as it stands"
        letter = letters_of(column.place)
        table.add_row(letter, Text(column.header), field, column.reason.value)
    return table


def _kind(finding: Finding) -> tuple[str, str, str, str]:
    where = finding.where
    return finding.rule, where.file, where.column or "", finding.message


def gathered(findings: Iterable[Finding]) -> list[str]:
    """One line a kind of finding: how often, in which rows first, and what to do."""
    lines = []
    for (rule, file, column, message), group in groupby(sorted(findings, key=_kind), key=_kind):
        same = list(group)
        rows = sorted(found.where.row for found in same if found.where.row is not None)
        named = ", ".join(str(row) for row in rows[:_EXAMPLES])
        more = ", …" if len(rows) > _EXAMPLES else ""
        place = f", column {column}" if column else ""
        count = f" ({counted(len(rows), 'row', 'rows')}: {named}{more})" if rows else ""
        first = same[0]
        lines.append(f"{first.severity} {rule} {file}{place}{count}: {message} {first.cure}")
    return lines


def as_object(understood: Understood, receipt: ListReceipt | None) -> dict[str, Any]:
    """The same for another program, every finding on its own."""
    return {
        "file": understood.file,
        "sha256": understood.sha256,
        "source": understood.source,
        "as_of": understood.as_of.isoformat(),
        "list": None if receipt is None else receipt.entry.list_id,
        "new": None if receipt is None else receipt.is_new,
        "rows": len(understood.rows),
        "hidden": understood.num_hidden,
        "columns": [
            {"header": column.header, "field": column.field, "because": column.reason.value}
            for column in understood.columns
        ],
        "findings": [
            {
                "rule": found.rule,
                "severity": found.severity.value,
                "file": found.where.file,
                "row": found.where.row,
                "column": found.where.column,
                "message": found.message,
                "cure": found.cure,
            }
            for found in understood.all_findings
        ],
    }
