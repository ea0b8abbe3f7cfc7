"""``wayout change``: another course of action, as a scenario of its own."""

from pathlib import Path
from typing import Annotated

import typer

from wayout.contingency.asks.ask import Ask, granted
from wayout.contingency.asks.listing import asks_of
from wayout.contingency.asks.openings import opening_of
from wayout.contingency.painting import repainted
from wayout.contingency.variants import factors_of
from wayout.errors import ScenarioError
from wayout.scenario.faults import nearest
from wayout.scenario.folder import read, write
from wayout.scenario.model import Scenario
from wayout.scenario.windows import Target


def change(
    scenario: Annotated[Path, typer.Argument(help="Folder or .xlsx book of the scenario.")],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="Folder for the changed scenario.")
    ],
    opened: Annotated[
        list[str] | None,
        typer.Option("--open", metavar="PLACE", help="A place to open that windows.csv shuts."),
    ] = None,
    shut: Annotated[
        list[str] | None, typer.Option("--close", metavar="PLACE", help="A place to do without.")
    ] = None,
    asks: Annotated[
        list[str] | None,
        typer.Option(
            "--ask", metavar="ASK", help="What to grant, by the name that wayout ask gives it."
        ),
    ] = None,
) -> None:
    """Write another course of action: the scenario with places opened, shut, or asks granted.

    Each option may be given several times. What comes out is a scenario like any other: plan it,
    and put the plans side by side with wayout compare.
    """
    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        message = f"{output} is there already and not empty; name a new folder."
        raise typer.BadParameter(message, param_hint="-o")
    given = read(scenario)
    changed = granted(given, _asked(given, asks or []))
    for place in opened or []:
        changed = _opened(changed, place)
    for place in shut or []:
        changed = _shut(changed, place)
    words = [*(asks or []), *(f"{p} open" for p in opened or []), *(f"no {p}" for p in shut or [])]
    if not words:
        raise typer.BadParameter("Name what to open, to close or to grant.", param_hint="--open")
    write(changed.replace(name=output.name, title=f"{given.title}: {', '.join(words)}"), output)
    typer.echo(f"{output} holds the scenario {output.name}. Next: wayout plan {output}")


def _asked(scenario: Scenario, names: list[str]) -> tuple[Ask, ...]:
    known = {ask.name: ask for ask in asks_of(scenario)}
    for name in names:
        if name not in known:
            raise ScenarioError(
                f"There is no ask '{name}'.{_hint(name, list(known))} wayout ask lists them."
            )
    return tuple(known[name] for name in names)


def _hint(name: str, known: list[str]) -> str:
    close = nearest(name, known)
    return f" Did you mean '{close}'?" if close else ""


def _require_place(scenario: Scenario, place: str) -> None:
    known = [row.place for row in scenario.places]
    if place not in known:
        raise ScenarioError(f"There is no place '{place}'.{_hint(place, known)}")


def _opened(scenario: Scenario, place: str) -> Scenario:
    _require_place(scenario, place)
    for part in opening_of(scenario, place):
        scenario = part.apply(scenario)
    return scenario


def _shut(scenario: Scenario, place: str) -> Scenario:
    """Shut to the last minute: one that ends at the deadline would be open at it."""
    _require_place(scenario, place)
    factors = factors_of(scenario, Target.PLACE, place)
    factors[:] = 0.0
    return repainted(scenario, Target.PLACE, place, factors, "Not used in this course of action")
