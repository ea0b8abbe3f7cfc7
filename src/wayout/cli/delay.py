"""``wayout delay``: what waiting costs, and the date after which not everybody can be saved."""

import json
from datetime import datetime
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
from wayout.cli.wording import number, short_moment
from wayout.contingency.delay.answers import document_of
from wayout.contingency.delay.study import DATES, study_delay
from wayout.scenario.figures import Case
from wayout.scenario.folder import read
from wayout.scenario.model import Scenario

BAR = 24
"""Width of the bars that show how many can be saved."""


def delay(
    scenario: OfScenario,
    plan: Annotated[
        Path | None,
        typer.Option(
            "--plan", help="Folder of a plan of it, put into force at once.", show_default="none"
        ),
    ] = None,
    case: OfCase = Case.LIKELY,
    dates: Annotated[
        int, typer.Option(min=2, help="How many dates, evenly from the start to the deadline.")
    ] = DATES,
    one_case: Annotated[
        bool, typer.Option("--one-case", help="Leave out the curves of the other cases.")
    ] = False,
    workers: Workers = 0,
    cluster: Cluster = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """What waiting costs: people safe and danger-hours against the date of the decision.

    Before the date nobody moves, and each fleet needs as long after it as its from is after the
    start. With --plan the answer is kept in the plan's folder. Exit code 0 with an answer, 1 when
    the scenario or plan has errors, 2 when the command was not understood.
    """

    def work() -> dict[str, Any]:
        given, made = base_of(scenario, plan, case)
        cases = _cases(scenario, given, one_case=one_case)
        with executor(workers, cluster) as pool:
            study = study_delay(cases, pool, case=case, dates=dates, plan=made, tell=teller(quiet))
        return {"scenario": given.name, **document_of(study, given.start)}

    document = refusing(work, as_json=as_json)
    keep(plan, "delay", document)
    if as_json:
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        _show(document, page())


def _cases(path: Path, given: Scenario, *, one_case: bool) -> dict[Case, Scenario]:
    """The scenario in every case that differs from the others."""
    found = {given.case: given}
    for case in () if one_case else Case:
        other = read(path, case)
        if other.replace(case=given.case) != given:
            found[case] = other
    return {case: found[case] for case in Case if case in found}


def _show(document: dict[str, Any], console: Console) -> None:
    start = datetime.fromisoformat(document["dates"][0]["date"])
    console.print(Text(_no_return(document, start)))
    console.print()
    console.print(_curve(document, start))
    for case, curve in document["cases"].items():
        if case != document["case"]:
            console.print()
            console.print(Text(f"{case} case: {_no_return(curve, start)}"))
            console.print(_brief(curve, start))
    console.print()
    console.print(
        Text(
            "From … to … is proved: a plan holds the lower number of people and the higher one of "
            "danger-hours, a certified ceiling the other."
        )
    )


def _no_return(curve: dict[str, Any], start: datetime) -> str:
    found, total = curve["point_of_no_return"], number(curve["people_total"])
    until, proved = found["everyone_until"], found["not_everyone_from"]
    first = (
        f"A plan saves all {total} if it is in force by {_moment(until, start)}."
        if until
        else f"No plan in hand saves all {total}, whatever the date."
    )
    if proved:
        return f"{first} Put into force at {_moment(proved, start)} or later, no plan can."
    return f"{first} That none can is proved for no date."


def _moment(text: str, start: datetime) -> str:
    tick = int((datetime.fromisoformat(text) - start).total_seconds()) // 60
    return short_moment(tick, start)


def _curve(curve: dict[str, Any], start: datetime) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("in force at", no_wrap=True)
    table.add_column("people safe", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("danger-hours", justify="right", no_wrap=True)
    total = max(1, curve["people_total"])
    for row in curve["dates"]:
        danger = row["danger_hours"]
        table.add_row(
            short_moment(row["minute"], start),
            _range(row["people_low"], row["people_high"]),
            _bar(row["people_low"] / total, row["people_high"] / total),
            _range(danger["low"], danger["high"]),
        )
    return table


def _brief(curve: dict[str, Any], start: datetime) -> Table:
    """Every fifth date of another case."""
    dates = curve["dates"]
    return _curve({**curve, "dates": dates[:: max(1, len(dates) // 6)]}, start)


def _range(low: float, high: float) -> str:
    first, last = number(low), number(high)
    return first if first == last else f"{first} to {last}"


def _bar(low: float, high: float) -> str:
    """What a plan holds as full marks, what may be possible as light ones."""
    sure = int(low * BAR + 1e-9)
    maybe = max(sure, int(high * BAR + 1e-9))
    return "█" * sure + "░" * (maybe - sure) + " " * (BAR - maybe)
