"""``wayout people import``: take a list in, every row of it, and say what could not be read."""

import csv
import io
import json
import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from wayout.cli.people.opening import Opening, may_open
from wayout.cli.people.showing_lists import as_object, show
from wayout.cli.wording import counted
from wayout.errors import RegistryError
from wayout.registry.entries import ListReceipt
from wayout.registry.lists.columns import FIELDS, NOTHING, Reason
from wayout.registry.lists.phones import is_region
from wayout.registry.lists.reading import read
from wayout.registry.lists.understanding import Hints, Understood, understand
from wayout.registry.register import Register
from wayout.registry.vault.roles import Role

_SURE = frozenset((Reason.TOLD, Reason.REMEMBERED, Reason.KNOWN, Reason.UNKNOWN))


class Dates(StrEnum):
    """In which order a list writes day and month."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


MapOption = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        help='What a column means: --map "Nom du chef=given"; once for each. '
        f"Fields: {', '.join(FIELDS)}, or {NOTHING}.",
    ),
]


@may_open
def import_list(
    at: Opening,
    path: Annotated[Path, typer.Argument(metavar="LIST", help="CSV, XLSX, ODS or PFIF file.")],
    source: Annotated[
        str, typer.Option("--source", help="Who made the list: always the same word.")
    ],
    as_of: Annotated[str, typer.Option("--as-of", help="Day on which it was true, as 2021-08-15.")],
    role: Annotated[
        Role, typer.Option("--role", help="Role in which it is taken in.")
    ] = Role.CLERK,
    columns: MapOption = None,
    region: Annotated[
        str, typer.Option("--region", help="Country of numbers without one, as AF.")
    ] = "",
    dates: Annotated[
        Dates | None, typer.Option("--dates", help="Order of day and month, if you know it.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Only say what would be read; open no register.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Do not ask whether columns are right.")
    ] = False,
    findings: Annotated[
        Path | None,
        typer.Option(
            "--findings", help="Write every finding to this CSV file; it names no person."
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object instead of lines.")
    ] = False,
) -> None:
    """Take a list of people in: every row is kept for ever as it stands, and read as far as it can.

    Shows which column is taken for what, which rows, columns and sheets are hidden, and, row by
    row, what could not be read. What was agreed is remembered for the source's next list. The same
    file a second time changes nothing.
    """
    day = _day(as_of)
    told, region = told_of(columns or []), region_of(region)
    day_first = None if dates is None else dates is Dates.DAY_FIRST
    raw = read(path)
    if check:
        understood = understand(raw, source, day, Hints(told, {}, region or None, day_first))
        _report(understood, findings, as_json)
        refuse(understood)
        return
    with at.opened() as people:
        hints = Hints(told, people.mapping(source) or {}, region or None, day_first)
        understood = understand(raw, source, day, hints)
        if not as_json:
            _report(understood, findings, as_json=False)
        refuse(understood)
        _agree(understood, yes)
        receipt = _take(people, understood, role)
    if as_json:
        _report(understood, findings, as_json=True, receipt=receipt)
    else:
        typer.echo(_answer(understood, receipt))


def _take(people: Register, understood: Understood, role: Role) -> ListReceipt:
    receipt = people.add_list(
        understood.source,
        understood.as_of,
        understood.file,
        understood.sha256,
        understood.rows,
        role=role,
    )
    if receipt.is_new:
        people.remember_mapping(understood.source, understood.mapping)
    return receipt


def _answer(understood: Understood, receipt: ListReceipt) -> str:
    if not receipt.is_new:
        return f"{understood.file} is in the register already; nothing changed."
    rows = counted(len(receipt.records), "row", "rows")
    return f"{rows} of {understood.file} taken in as list {receipt.entry.list_id}."


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter("Write a day as 2021-08-15.", param_hint="--as-of") from error


def region_of(text: str) -> str:
    """The country of an option, upper case; raises BadParameter for what is none."""
    if text and not is_region(text.upper()):
        message = f"{text} is no country that telephones know: write two letters, as AF or UA."
        raise typer.BadParameter(message, param_hint="--region")
    return text.upper()


def told_of(pairs: list[str]) -> dict[str, str]:
    """What the options say of columns; raises BadParameter for what is none."""
    told = {}
    for pair in pairs:
        header, _, field = pair.rpartition("=")
        if not header or field.strip() not in (*FIELDS, NOTHING):
            message = f"'{pair}' is not HEADER=FIELD with one of: {', '.join(FIELDS)}, {NOTHING}."
            raise typer.BadParameter(message, param_hint="--map")
        told[header.strip()] = field.strip()
    return told


def _agree(understood: Understood, yes: bool) -> None:
    """Ask a person at the terminal; elsewhere guesses must be confirmed by an option."""
    guessed = [column.header for column in understood.columns if column.reason not in _SURE]
    if yes:
        return
    if sys.stdin.isatty():
        typer.confirm("Are the columns right?", abort=True, err=True)
    elif guessed:
        named = ", ".join(guessed)
        message = f"What these columns mean was guessed: {named}. Nothing was taken in."
        raise RegistryError(f"{message} Say --yes if it is right, or --map HEADER=FIELD.")


def _report(
    understood: Understood,
    findings: Path | None,
    as_json: bool,
    receipt: ListReceipt | None = None,
) -> None:
    if findings is not None:
        findings.write_text(_table(understood), "utf-8")
    if as_json:
        typer.echo(json.dumps(as_object(understood, receipt), ensure_ascii=False, indent=2))
    else:
        show(understood, Console(stderr=True, soft_wrap=True, highlight=False))


def _table(understood: Understood) -> str:
    """Every finding as a row of a table."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["rule", "severity", "file", "row", "column", "message", "cure"])
    for found in understood.all_findings:
        where = found.where
        plain = [found.rule, found.severity.value, where.file, where.row, where.column]
        writer.writerow([*map(_safe, plain), found.message, found.cure])
    return text.getvalue()


def _safe(cell: object) -> object:
    """A header that a spreadsheet would run as a formula, as text (OWASP, CSV injection)."""
    risky = isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell
    return f"'{cell}" if risky else cell


def refuse(understood: Understood) -> None:
    """Raise RegistryError, with its findings, for a list that may not be taken in."""
    if understood.refused:
        message = f"{understood.file} was not taken in; nothing changed, and the file is as it was."
        raise RegistryError(message, understood.findings)
