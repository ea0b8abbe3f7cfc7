"""The printed reference of every file, setting, column and code, made from the dataclasses.

``python -m wayout.scenario.reference > docs/reference/scenario.md`` writes it.
"""

import sys
from collections.abc import Sequence

from wayout.scenario.cells import MOST_CHARACTERS, number_text
from wayout.scenario.delimited import MOST_BYTES, MOST_ROWS
from wayout.scenario.faults import MEANINGS
from wayout.scenario.settings import SETTINGS
from wayout.scenario.tables import LARGEST, TABLES, Column, Kind, Table, columns_of

_HEAD = """\
# The scenario: files and columns

This page is generated from the program; `python -m wayout.scenario.reference` prints it.

A scenario is a folder with `scenario.toml` and tables of comma-separated values (UTF-8), or one
`.xlsx` book with a sheet for each file (`scenario`, `places`, `links` …). There must be
`scenario.toml`, `places.csv`, `links.csv`, and `parties.csv` or `demand.csv`.
Other files, such as a `README.md`, are left alone.

## How cells are written

- The first row names the columns, in any order. A column that is not there holds its default in
  every row, and a blank cell holds it in its row. What has no default must be written.
- **Numbers** have a point before decimals and nothing between thousands. They lie between 0 and
  {largest} unless something else is said. A number may also be the name of a figure of
  `figures.csv`; it then has the figure's low, likely or high value, as `--case` says, rounded to
  whole people or vehicles where it must be whole.
- **`unlimited`** may be written for limits that are known not to bind. A blank cell never means
  that where a capacity is needed, and neither does 0.
- **Times** are ISO 8601 with an offset from UTC and whole minutes: `2021-08-15T06:30+04:30`. They
  lie within five years of the start.
- **Yes or no** is written `yes` or `no`. **Lists** are words separated by spaces.
- A table has at most {rows} rows and {bytes} MiB, a cell at most {characters} characters.

"""

_BOOK = """\
## In a book

The sheet `scenario` has the columns `key` and `value`, one setting a row: `start`, `deadline`,
`weights.major.I` and so on. Several rows with the key `sources` make the list of sources. Times
are texts, because a spreadsheet's own dates have no offset. Formulas are refused: paste values.

"""


def reference_text() -> str:
    """The page as Markdown."""
    head = _HEAD.format(
        largest=f"{LARGEST:,.0f}",
        rows=f"{MOST_ROWS:,}",
        bytes=MOST_BYTES // 1024**2,
        characters=f"{MOST_CHARACTERS:,}",
    )
    tables = "".join(_table(table) for table in TABLES)
    return head + _settings() + tables + _BOOK + _codes()


def _grid(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "".join("| " + " | ".join(cells) + " |\n" for cells in lines) + "\n"


def _settings() -> str:
    rows = [
        (f"`{setting.key}`", setting.kind, setting.default or "must be there", setting.meaning)
        for setting in SETTINGS
    ]
    return "## scenario.toml\n\n" + _grid(("setting", "is", "default", "meaning"), rows)


def _table(table: Table) -> str:
    columns = columns_of(table)
    needed = "must be there" if table.required else "may be left out"
    rows = [
        (f"`{column.name}`", _type(column), column.unit or " ", _default(column), _meaning(column))
        for column in columns
    ]
    about = (table.row_type.__doc__ or "").replace("``", "`").strip()
    header = ("column", "holds", "unit", "default", "meaning")
    return f"## {table.file}\n\n{about}\nThe file {needed}.\n\n{_grid(header, rows)}"


def _type(column: Column) -> str:
    if column.choices is not None:
        return ", ".join(f"`{choice}`" for choice in column.choices)
    limit = " or `unlimited`" if column.may_be_unlimited else ""
    return column.kind.value + limit


def _default(column: Column) -> str:
    if column.required:
        return "must be written"
    if column.default_text is not None:
        return column.default_text
    if column.kind is Kind.YES_NO:
        return "yes" if column.default else "no"
    if isinstance(column.default, float | int):
        return number_text(column.default)
    return f"`{column.default}`"


def _meaning(column: Column) -> str:
    refers = f" A key of `{column.refers_to}`." if column.refers_to else ""
    bounds = ""
    if column.kind in (Kind.NUMBER, Kind.WHOLE) and (column.least, column.most) != (0, LARGEST):
        bounds = f" From {number_text(column.least)} to {number_text(column.most)}."
    return column.meaning + refers + bounds


def _codes() -> str:
    rows = [(f"`{fault}`", meaning) for fault, meaning in MEANINGS.items()]
    about = (
        "## Findings of reading\n\n"
        "`wayout check` prints every finding with its code, file, row, column, what is wrong and "
        "what to do.\nThese codes are about the files themselves; codes that begin with `S` are "
        "about what the scenario says.\n\n"
    )
    return about + _grid(("code", "stands for"), rows).rstrip("\n") + "\n"


if __name__ == "__main__":
    sys.stdout.write(reference_text())
