"""The program ``wayout``: its commands, and how an error leaves it."""

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

import wayout
from wayout.cli.ask import ask
from wayout.cli.book import book
from wayout.cli.change import change
from wayout.cli.check import check
from wayout.cli.compare import compare_plans
from wayout.cli.contingency import contingency
from wayout.cli.delay import delay
from wayout.cli.doctor import doctor
from wayout.cli.log.main import log
from wayout.cli.manifest import manifest
from wayout.cli.new import new
from wayout.cli.people.main import people
from wayout.cli.plan import plan
from wayout.cli.playbook import playbook
from wayout.cli.refusal import tell
from wayout.cli.sample import sample
from wayout.cli.simulate import simulate_plan
from wayout.cli.verify import verify
from wayout.errors import WayoutError

app = typer.Typer(
    name="wayout",
    help="Plan the evacuation of people: who gets out, by which way, to which safe place, by when, "
    "and how far that is from the best possible.",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _tell_version(asked: bool) -> None:
    if asked:
        typer.echo(f"wayout {wayout.__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_tell_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Options that come before a command."""


for command in (plan, check, verify, new, book, sample, manifest, doctor):
    app.command()(command)
app.command()(change)
app.command()(contingency)
app.command()(playbook)
app.command()(ask)
app.command()(delay)
app.command("compare")(compare_plans)
app.command("simulate")(simulate_plan)
app.add_typer(people)
app.add_typer(log)


def run(arguments: Sequence[str] | None = None) -> None:
    """Run the program, on the process's own arguments if none are given; always raises SystemExit.

    The exit code is 0 when it did what was asked, 1 when it refused, 2 when it did not understand.
    """
    try:
        app(args=arguments, prog_name="wayout")
    except WayoutError as error:
        tell(error)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        typer.echo(f"wayout: {where}{error.strerror or error}.", err=True)
    sys.exit(1)
