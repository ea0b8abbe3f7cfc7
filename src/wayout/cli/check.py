"""``wayout check``: everything that is wrong with a scenario, at once."""

import itertools
import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from wayout.cli.refusal import as_object, line_of
from wayout.cli.wording import counted, number
from wayout.errors import ScenarioError
from wayout.findings import Finding
from wayout.scenario.assembly import Loaded
from wayout.scenario.figures import Case
from wayout.scenario.folder import load
from wayout.scenario.model import Scenario


def check(
    scenario: Annotated[Path, typer.Argument(help="Folder or .xlsx book of the scenario.")],
    case: Annotated[
        Case, typer.Option("--case", help="Which value of the figures holds.")
    ] = Case.LIKELY,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object instead of lines.")
    ] = False,
) -> None:
    """Check a scenario and print all findings; exit 1 if one is an error."""
    loaded = load(scenario, case)
    if as_json:
        typer.echo(json.dumps(_object(scenario, case, loaded), ensure_ascii=False, indent=2))
    else:
        _print(loaded)
    if loaded.errors or loaded.scenario is None:
        raise typer.Exit(1)


def _object(path: Path, case: Case, loaded: Loaded) -> dict[str, object]:
    return {
        "scenario": path.name if loaded.scenario is None else loaded.scenario.name,
        "case": case.value,
        "errors": len(loaded.errors),
        "warnings": len(loaded.findings) - len(loaded.errors),
        "findings": as_object(ScenarioError("", loaded.findings))["findings"],
    }


def _file(finding: Finding) -> str:
    return finding.where.file


def _print(loaded: Loaded) -> None:
    """Print the findings grouped by file, then what was read and the counts."""
    console = Console(soft_wrap=True, highlight=False)
    for _, group in itertools.groupby(sorted(loaded.findings, key=_file), key=_file):
        for finding in group:
            console.print(line_of(finding))
        console.print()
    if loaded.scenario is not None:
        console.print(Text(_contents(loaded.scenario)))
    console.print(Text(_counts(loaded)))


def _counts(loaded: Loaded) -> str:
    errors = len(loaded.errors)
    warnings = len(loaded.findings) - errors
    return f"{counted(errors, 'error', 'errors')}, {counted(warnings, 'warning', 'warnings')}"


def _contents(scenario: Scenario) -> str:
    people = sum(row.size for row in scenario.parties) + sum(row.people for row in scenario.demand)
    return (
        f"{scenario.title}: {number(people)} people, "
        f"{counted(len(scenario.places), 'place', 'places')}, "
        f"{counted(len(scenario.links), 'link', 'links')}, "
        f"{counted(sum(fleet.number for fleet in scenario.fleets), 'vehicle', 'vehicles')} "
        f"({scenario.case} case)."
    )
