"""``wayout people match``: who in the register the people of a file may be; nothing is kept."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from wayout.cli.people.importing import MapOption, refuse, region_of, told_of
from wayout.cli.people.opening import Opening, ReasonOption, opens
from wayout.cli.people.viewing import RoleOption
from wayout.registry.linking import index_of, requests_of
from wayout.registry.lists.reading import read
from wayout.registry.lists.understanding import Hints, Understood, understand
from wayout.registry.vault.roles import Role

STRONGEST = 3
"""Fields that are named of each pair."""


@opens
def match(
    at: Opening,
    path: Annotated[Path, typer.Argument(metavar="LIST", help="CSV, XLSX, ODS or PFIF file.")],
    reason: ReasonOption,
    role: RoleOption = Role.REVIEWER,
    source: Annotated[
        str, typer.Option("--source", help="Whose columns they are, if its lists are known.")
    ] = "desk",
    columns: MapOption = None,
    region: Annotated[
        str, typer.Option("--region", help="Country of numbers without one, as AF.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the pairs as JSON.")] = False,
) -> None:
    """Say for each row of a file who in the register it may be: a request, before it is taken in.

    Nothing is kept. Needs a register that was linked; what was learnt then is used as it is.
    """
    told, country = told_of(columns or []), region_of(region) or None
    raw = read(path)
    with at.opened() as people:
        hints = Hints(told, people.mapping(source) or {}, country, None)
        understood = understand(raw, source, datetime.now(UTC).date(), hints)
        refuse(understood)
        pairs = index_of(people, role, reason).match(requests_of(understood.rows))
    found = [_told(row) for row in pairs.iter_rows(named=True)]
    if as_json:
        typer.echo(json.dumps(found, indent=2))
    else:
        _show(understood, found)


def _told(row: dict[str, object]) -> dict[str, object]:
    """A pair: the request, whom it may be, how likely that is, and what speaks most for it."""
    names = sorted((row["left"], row["right"]), key=lambda name: not str(name).startswith("row "))
    bits = {
        name.removeprefix("bits_"): round(float(value), 1)
        for name, value in row.items()
        if name.startswith("bits_") and isinstance(value, float) and value
    }
    score = row["score"]
    assert isinstance(score, float)  # noqa: S101 - the table has a column of floats
    return {
        "request": names[0],
        "record": names[1],
        "outcome": row["outcome"],
        "score": round(score, 2),
        "explanation": bits,
    }


def _show(understood: Understood, found: list[dict[str, object]]) -> None:
    table = Table("request", "record", "outcome", "bits", "speaks most", box=None, pad_edge=False)
    for one in found:
        bits = one["explanation"]
        assert isinstance(bits, dict)  # noqa: S101 - made above
        most = sorted(bits.items(), key=lambda item: -abs(item[1]))[:STRONGEST]
        words = ", ".join(f"{name} {value:+.1f}" for name, value in most)
        cells = (one["request"], one["record"], one["outcome"], one["score"])
        table.add_row(*map(str, cells), words)
    Console(soft_wrap=True, highlight=False).print(table)
    met = {one["request"] for one in found if one["outcome"] != "different"}
    typer.echo(f"{len(met)} of {len(understood.rows)} requests may be somebody in the register.")
