"""``wayout playbook``: orders for the worst losses, ready to be issued."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from wayout.cli.executing import Cluster, Workers, executor
from wayout.cli.losing import FromTime, OfKinds, chosen_losses, minute_of
from wayout.cli.studies import AsJson, OfCase, OfScenario, Quiet, base_of, refusing, teller
from wayout.cli.wording import counted, number
from wayout.contingency.playbook import Play, plays_of
from wayout.contingency.study import figures_of, study
from wayout.errors import PlanError
from wayout.report.playbook.writing import write_playbook
from wayout.scenario.figures import Case

WORST = 10


def playbook(
    scenario: OfScenario,
    plan: Annotated[Path, typer.Option("--plan", help="Folder of the plan in force.")],
    output: Annotated[Path, typer.Option("--out", "-o", help="Folder for the playbook.")],
    worst: Annotated[
        int, typer.Option(min=1, help="For how many losses, the worst first.")
    ] = WORST,
    case: OfCase = Case.LIKELY,
    begins: FromTime = None,
    kinds: OfKinds = None,
    workers: Workers = 0,
    cluster: Cluster = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """For each of the worst losses: the sign that it is time, the orders, and who must be told.

    Writes playbook.html, playbook.pdf and one orders-NN.csv a loss. Exit code 0 when it was
    written, 1 when the scenario or plan has errors, 2 when the command was not understood.
    """
    tell = teller(quiet)

    def work() -> dict[str, Any]:
        given, made = base_of(scenario, plan, case)
        if made is None:
            raise PlanError("A playbook changes a plan: name its folder with --plan.")
        decided = minute_of(begins, given)
        losses = chosen_losses(given, decided, kinds)
        with executor(workers, cluster) as pool:
            tell(f"Studying {counted(len(losses), 'loss', 'losses')}")
            found = study(given, made, losses, pool, decided=decided)
            known = {loss.name: loss for loss in losses}
            chosen = [known[outcome.loss] for outcome in found.losses[:worst]]
            tell(f"Writing {counted(len(chosen), 'play', 'plays')}")
            plays = plays_of(given, made, chosen, pool, decided=decided)
        page, document = write_playbook(given, figures_of(made), plays, output)
        return {
            "html": str(page),
            "pdf": str(document),
            "plays": [_object(number, play) for number, play in enumerate(plays, 1)],
        }

    written = refusing(work, as_json=as_json)
    if as_json:
        typer.echo(json.dumps(written, ensure_ascii=False, indent=2))
    elif not quiet:
        _say(written)


def _object(position: int, play: Play) -> dict[str, Any]:
    orders = play.orders
    return {
        "loss": play.outcome.loss,
        "words": play.outcome.words,
        "trigger": play.trigger,
        "people_low": play.outcome.people_low,
        "people_high": play.outcome.people_high,
        "cancelled": len(orders.cancelled),
        "rerouted": len(orders.rerouted),
        "added": len(orders.added),
        "reloaded": len(orders.reloaded),
        "orders": f"orders-{position:02d}.csv",
    }


def _say(written: dict[str, Any]) -> None:
    for position, play in enumerate(written["plays"], 1):
        orders = f"{number(play['cancelled'])} cancelled, {number(play['rerouted'])} re-routed, "
        typer.echo(f"{position:>3}  {play['words']}: {orders}{number(play['added'])} added")
    typer.echo(f"written  {written['html']}\n         {written['pdf']}")
