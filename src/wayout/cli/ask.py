"""``wayout ask``: what one more of everything is worth, and what to ask for first."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from wayout.cli.executing import Cluster, Workers, executor
from wayout.cli.studies import (
    AsJson,
    OfCase,
    OfScenario,
    Quiet,
    base_of,
    keep,
    page,
    refusing,
    teller,
)
from wayout.cli.wording import number
from wayout.contingency.asks.answers import document_of
from wayout.contingency.asks.study import FIRST, MOST, study_asks
from wayout.scenario.figures import Case

MOST_SHOWN = 25


def ask(
    scenario: OfScenario,
    plan: Annotated[
        Path | None,
        typer.Option(
            "--plan",
            help="Folder of a plan of it: the better the plan, the narrower the intervals.",
            show_default="a quick one is made",
        ),
    ] = None,
    case: OfCase = Case.LIKELY,
    first: Annotated[int, typer.Option(min=1, help="How many asks to put in order.")] = FIRST,
    most: Annotated[
        int,
        typer.Option(
            min=1, help="How many asks to solve again; of more, only the prices are shown."
        ),
    ] = MOST,
    workers: Workers = 0,
    cluster: Cluster = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """What one more of everything is worth, and the first things to ask for, and from whom.

    Every vehicle, gate hour, team, spot, bed, charter and day is solved again; its worth is an
    interval from a certified ceiling and a plan, and an estimate. With --plan the answer is kept in
    the plan's folder. Exit code 0 with an answer, 1 when the scenario or plan has errors, 2 when
    the command was not understood.
    """

    def work() -> dict[str, Any]:
        given, made = base_of(scenario, plan, case)
        with executor(workers, cluster) as pool:
            study = study_asks(given, made, pool, first=first, most=most, tell=teller(quiet))
        return {"scenario": given.name, "case": str(given.case), **document_of(study)}

    document = refusing(work, as_json=as_json)
    keep(plan, "ask", document)
    if as_json:
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        _show(document, page())


def _show(document: dict[str, Any], console: Console) -> None:
    base = document["base"]
    people, danger = base["people_safe"], base["danger_hours"]
    total = number(base["people_total"])
    console.print(Text(f"As it stands  {_range(people)} of {total} people safe"))
    console.print(Text(f"              {_range(danger)} danger-hours"))
    console.print()
    console.print(_order(document["first_ten"]))
    console.print()
    console.print(_worths(document["asks"][:MOST_SHOWN]))
    rest = len(document["asks"]) - MOST_SHOWN
    if rest > 0:
        console.print(Text(f"{rest} more, worth no more than the last: --json lists them all."))
    console.print()
    console.print(
        Text(
            "From … to … is proved: a plan holds the lower end, a certified ceiling the upper one. "
            "An estimate is the difference of two relaxations, in danger-hours saved. A price was "
            "not solved again."
        )
    )


def _order(steps: list[dict[str, Any]]) -> Table:
    table = Table(title="What to ask for first", title_justify="left", box=None, pad_edge=False)
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("ask, and whom to ask")
    table.add_column("adds about\n(estimate)", justify="right", no_wrap=True)
    table.add_column("all so far:\npeople more", justify="right", no_wrap=True)
    table.add_column("\ndanger-hours saved", justify="right", no_wrap=True)
    for place, step in enumerate(steps, 1):
        together = step["together"]
        table.add_row(
            str(place),
            Text(f"{step['words']}\n  of {step['from']}"),
            number(step["adds"]["danger_hours"]["estimate"]),
            _range(together["people"]),
            _range(together["danger_hours"]),
        )
    if not steps:
        table.add_row("", "Nothing that can be asked for helps.", "", "", "")
    return table


def _worths(asks: list[dict[str, Any]]) -> Table:
    table = Table(title="Each by itself", title_justify="left", box=None, pad_edge=False)
    table.add_column("ask")
    table.add_column("about\n(estimate)", justify="right", no_wrap=True)
    table.add_column("\npeople more", justify="right", no_wrap=True)
    table.add_column("\ndanger-hours saved", justify="right", no_wrap=True)
    for row in asks:
        danger = row["danger_hours"]
        estimate = number(danger["estimate"] or 0)
        table.add_row(
            Text(row["words"]),
            estimate if row["verified"] else f"{estimate} (price)",
            _range(row["people"]),
            _range(danger),
        )
    return table


def _range(interval: dict[str, Any]) -> str:
    """``3 to 5``; one number where both ends are the same."""
    low, high = number(interval["low"]), number(interval["high"])
    return low if low == high else f"{low} to {high}"
