"""The page of codes and limits of lists, made from the code: run ``scripts/docs`` to write it."""

from wayout.registry.lists import limits
from wayout.registry.lists.faults import MEANINGS

_HEAD = """\
# Findings of lists

This page is generated from the program; `scripts/docs` writes it.

`wayout people import` says what it found in a list with one of these codes, the file and sheet, the
row as the file counts it, the column, and what to do; never what stands in the cell. An error means
that nothing was taken in; a warning, that the row is kept as it stands and was read as far as it
can be.

| code | what it says |
| --- | --- |
"""


def reference_text() -> str:
    """The page."""
    codes = "".join(f"| `{fault.value}` | {meaning} |\n" for fault, meaning in MEANINGS.items())
    return _HEAD + codes + _limits()


def _limits() -> str:
    rows = {
        "rows, all sheets together": f"{limits.MOST_ROWS:,}",
        "columns": f"{limits.MOST_COLUMNS}",
        "characters of a cell": f"{limits.MOST_CHARACTERS:,}",
        "characters of all cells together": f"{limits.MOST_TEXT:,}",
        "sheets": f"{limits.MOST_SHEETS}",
        "size of the file": f"{limits.MOST_FILE_BYTES // limits.MIB} MiB",
        "size of a part of a workbook, unpacked": f"{limits.MOST_UNPACKED // limits.MIB} MiB",
        "unpacked size by packed size": f"{limits.MOST_RATIO}",
        "memory of the process that reads": f"{limits.PROCESS_MEMORY // limits.MIB} MiB",
        "processor time of the process that reads": f"{limits.PROCESS_SECONDS} s",
    }
    table = "".join(f"| {what} | {most} |\n" for what, most in rows.items())
    return f"\n## Limits\n\n| what | most |\n| --- | --- |\n{table}"
