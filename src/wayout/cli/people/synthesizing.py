"""``wayout people synthesize``: made-up lists of people, and the truth about them."""

from pathlib import Path
from typing import Annotated

import typer

from wayout.cli.wording import number, percent
from wayout.errors import RegistryError
from wayout.registry.synthesize import OVERLAP
from wayout.registry.synthesize import synthesize as draw
from wayout.registry.synthesize.names import Half
from wayout.registry.synthesize.rates import Setting
from wayout.registry.synthesize.writing import write


def synthesize(
    people: Annotated[int, typer.Option("--people", help="People, each on one list or more.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder to write.")],
    lists: Annotated[int, typer.Option("--lists", help="How many lists.")] = 5,
    overlap: Annotated[
        float, typer.Option("--overlap", help="Share of all records that repeat a person.")
    ] = OVERLAP,
    errors: Annotated[
        Setting, typer.Option("--errors", help="How bad the lists are.")
    ] = Setting.HARD,
    names: Annotated[
        Half, typer.Option("--names", help="Which names: those to tune on, to test on, or all.")
    ] = Half.ALL,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same people.")] = 1,
) -> None:
    """Write made-up lists of people who overlap, as CSV and XLSX, and the truth about them."""
    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        message = f"{output} is there already and not empty."
        raise RegistryError(f"{message} Name another folder with -o, or empty this one.")
    made = draw(people, lists, errors, names, seed, overlap)
    *files, truth = write(made, output)
    repeated = 1 - people / made.truth.height
    for path, found in zip(files, made.lists, strict=True):
        typer.echo(f"{path}  {number(found.records.height)} rows")
    typer.echo(
        f"{truth} says who is who: {number(people)} made-up people in "
        f"{number(made.people['household'].n_unique())} households, "
        f"{number(made.truth.height)} records, {percent(repeated)} of them repeat a person."
    )
