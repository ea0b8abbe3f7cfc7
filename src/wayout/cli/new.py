"""``wayout new``: a small commented scenario to begin with."""

from pathlib import Path
from typing import Annotated

import typer

from wayout.scenario.template import write_template


def new(
    name: Annotated[str, typer.Argument(help="Name of the scenario.")],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="Folder to write; the name if not given."),
    ] = None,
) -> None:
    """Write a small commented scenario that can be planned and edited."""
    folder = Path(name) if output is None else output
    write_template(name, folder)
    typer.echo(f"{folder} holds a new scenario. Edit its tables, then run: wayout check {folder}")
