"""``wayout sample``: a synthetic scenario of any size."""

from pathlib import Path
from typing import Annotated

import typer

from wayout.errors import ScenarioError
from wayout.scenario.folder import write
from wayout.scenario.sample import sample as draw


def sample(
    people: Annotated[int, typer.Option("--people", help="People in it.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder to write.")],
    places: Annotated[int, typer.Option("--places", help="Places of all kinds, 3 or more.")] = 40,
    days: Annotated[int, typer.Option("--days", help="Days until the deadline.")] = 7,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same sample.")] = 1,
    tight: Annotated[
        bool, typer.Option("--tight", help="About a third of every resource that is needed.")
    ] = False,
) -> None:
    """Write a synthetic scenario of any size, for tests and for trying things out."""
    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        message = f"{output} is there already and not empty."
        raise ScenarioError(f"{message} Name another folder with -o, or empty this one.")
    scenario = draw(people, places, days, seed, tight)
    write(scenario, output)
    typer.echo(f"{output} holds {scenario.title[:1].lower()}{scenario.title[1:]}.")
