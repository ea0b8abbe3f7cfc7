"""``wayout book``: a scenario as one XLSX book, and a book as a folder."""

from pathlib import Path
from typing import Annotated

import typer

from wayout.scenario.book import write_book
from wayout.scenario.folder import BOOK_SUFFIX, read, write


def book(
    scenario: Annotated[Path, typer.Argument(help="Folder or .xlsx book of the scenario.")],
    output: Annotated[
        Path,
        typer.Option("-o", "--output", help="An .xlsx file for a book, or a folder."),
    ],
) -> None:
    """Turn a scenario's folder into one XLSX book, or a book into a folder."""
    found = read(scenario)
    if output.suffix.casefold() == BOOK_SUFFIX:
        write_book(found, output)
    elif output.exists() and (not output.is_dir() or any(output.iterdir())):
        message = f"{output} is there already and not empty; name a new folder."
        raise typer.BadParameter(message, param_hint="-o")
    else:
        write(found, output)
    typer.echo(f"{output} holds the scenario {found.name}.")
