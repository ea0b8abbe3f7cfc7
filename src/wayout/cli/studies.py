"""What the what-if commands share: the plan they start from, and where their answer is kept."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from wayout.cli.refusal import tell_json
from wayout.errors import PlanError, WayoutError
from wayout.plan.feasible import judge
from wayout.plan.folder import WHAT_IF, read
from wayout.plan.model import Plan
from wayout.report import renew
from wayout.scenario.figures import Case
from wayout.scenario.folder import read as read_scenario
from wayout.scenario.hashing import hash_of
from wayout.scenario.model import Scenario

OfScenario = Annotated[Path, typer.Argument(help="Folder or .xlsx book of the scenario.")]
OfCase = Annotated[Case, typer.Option(help="Which value of the scenario's figures holds.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of words.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Do not say what is being done.")]

FOLDER = WHAT_IF
WIDTH = 110
"""Columns of a page where the output is not a terminal."""


def base_of(scenario: Path, plan: Path | None, case: Case) -> tuple[Scenario, Plan | None]:
    """The scenario to study, and a plan of it.

    Raises
    ------
    ScenarioError
        With every finding, if the scenario cannot be planned.
    PlanError
        If the plan cannot be read, is refused by the judge, or is of another scenario or case.
    """
    given = read_scenario(scenario, case)
    if plan is None:
        return given, None
    made, _ = read(plan)
    if made.scenario_hash != hash_of(given):
        raise PlanError(
            f"{plan} is no plan of {scenario} in the {case} case: it was made for "
            f"'{made.scenario_name}', {made.case} case, as it was then. Plan again, or name the "
            f"plan's own copy: {plan / 'scenario'}."
        )
    verdict = judge(given, made)
    if not verdict.accepted:
        message = f"{plan} is no plan that can be executed: wayout verify {plan} shows why."
        raise PlanError(message, verdict.findings)
    return given, made


def keep(plan: Path | None, name: str, document: dict[str, Any]) -> None:
    """Write an answer into the plan's folder, and its report anew; nothing without a plan."""
    if plan is None:
        return
    folder = plan / FOLDER
    folder.mkdir(exist_ok=True)
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    (folder / f"{name}.json").write_text(text, encoding="utf-8")
    renew(plan)


def page() -> Console:
    """Standard output, wide enough for a table where it is no terminal."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=WIDTH)


def teller(quiet: bool) -> Callable[[str], None]:
    """Says on standard error what is being done."""

    def tell(words: str) -> None:
        if not quiet:
            typer.echo(f"{words} …", err=True)

    return tell


def refusing(work: Callable[[], dict[str, Any]], *, as_json: bool) -> dict[str, Any]:
    """Do the work; with ``--json`` an error is the one object on standard output."""
    try:
        return work()
    except WayoutError as error:
        if not as_json:
            raise
        tell_json(error)
        raise typer.Exit(1) from error
