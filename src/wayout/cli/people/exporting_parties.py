"""``wayout people export-parties``: households as parties of a scenario, with no name."""

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from wayout.cli.people.eligibility import latest
from wayout.cli.people.opening import Opening, ReasonOption, opens
from wayout.cli.people.viewing import RoleOption
from wayout.cli.refusal import line_of
from wayout.cli.wording import counted
from wayout.errors import RegistryError, ScenarioError
from wayout.findings import errors_in
from wayout.registry.parties import FILE, KIND, Export, body_of, export, known_places
from wayout.registry.vault.roles import Role
from wayout.scenario.delimited import read_grid, read_text
from wayout.scenario.folder import files_of, load
from wayout.scenario.model import Scenario

OTHER_FILES_OF_PEOPLE = "demand.csv"


@opens
def export_parties(
    at: Opening,
    scenario: Annotated[Path, typer.Argument(help="Folder of the scenario.")],
    reason: ReasonOption,
    role: RoleOption = Role.PLANNER,
    places: Annotated[
        Path | None,
        typer.Option("--places", help="CSV with columns stated and place: what lists call places."),
    ] = None,
    otherwise: Annotated[
        str, typer.Option("--otherwise", help="Place of households that no list places.")
    ] = "",
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace the parties that are there.")
    ] = False,
) -> None:
    """Write the households of the order last published as parties.csv of a scenario."""
    found = _scenario(scenario, replace=replace)
    known = known_places(found, _aliases(places))
    if otherwise and otherwise not in {place.place for place in found.places}:
        raise RegistryError(f"The scenario has no place {otherwise}; see its places.csv.")
    with at.opened() as at_work:
        order = latest(at_work)
        records = at_work.records(role, reason)
        salt = secrets.token_hex(16)
        made = export(order, records, known, salt, otherwise or None)
        _tell(made)
        body = body_of(made, salt, found.name, str(order["digest"]))
        at_work.decide(KIND, body, reason, role=role)
    (scenario / FILE).write_bytes(files_of(found.replace(parties=made.parties))[FILE])
    people = sum(party.size for party in made.parties)
    parties = counted(len(made.parties), "party", "parties")
    typer.echo(f"{scenario / FILE} holds {parties}, {counted(people, 'person', 'people')}.")
    if found.demand:
        typer.echo(f"{OTHER_FILES_OF_PEOPLE} has more people; see that nobody is counted twice.")


def _scenario(folder: Path, *, replace: bool) -> Scenario:
    """The scenario as far as it can be read: it need not have anybody in it yet."""
    if not folder.is_dir():
        raise ScenarioError(f"{folder} is no folder of a scenario.")
    loaded = load(folder)
    if loaded.scenario is None or not loaded.scenario.places:
        raise ScenarioError(f"{folder} has no places that can be read.", loaded.findings)
    if (folder / FILE).exists() and not replace:
        raise RegistryError(f"{folder / FILE} is there already; --replace replaces it.")
    return loaded.scenario


def _aliases(path: Path | None) -> Mapping[str, str]:
    """What lists call places, from a table with columns stated and place."""
    if path is None:
        return {}
    text, findings = read_text(path)
    grid = None
    if text is not None:
        grid, faults = read_grid(text, path.name)
        findings += faults
    if grid is None or grid.header != ["stated", "place"]:
        message = f"{path} cannot be used: it needs the columns stated and place."
        raise RegistryError(message, tuple(findings))
    return {cells[0]: cells[1] for cells in grid.rows if len(cells) == 2}


def _tell(made: Export) -> None:
    """Print what was found; raises RegistryError where somebody would be left out."""
    errors = errors_in(made.findings)
    if errors:
        message = "Nothing was written: some households have no place in the scenario."
        raise RegistryError(message, made.findings)
    console = Console(stderr=True, soft_wrap=True, highlight=False)
    for finding in made.findings:
        console.print(line_of(finding))
