"""``wayout contingency``: what every loss would cost, from both sides."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from wayout.cli.executing import Cluster, Workers, executor
from wayout.cli.losing import FromTime, OfKinds, chosen_losses, minute_of
from wayout.cli.studies import (
    AsJson,
    OfCase,
    OfScenario,
    Quiet,
    base_of,
    keep,
    page,
    refusing,
    teller,
)
from wayout.cli.wording import counted, number, whole_people
from wayout.contingency.effort import BOUNDS_ONLY
from wayout.contingency.losses import random_sets
from wayout.contingency.outcomes import Outcome, Study, WorstPair, object_of, study_of
from wayout.contingency.pairs import worst_pair
from wayout.contingency.study import ceilings_of, rank, study, swept
from wayout.optimize.progress import Budget
from wayout.optimize.solve import solve
from wayout.scenario.figures import Case

MOST_SHOWN = 20
DETAILED = 5
SECONDS = 30.0
SEED = 1
LEGEND = (
    "Of each pair of figures the first is held by a plan that the judge accepts, the second is "
    "proved: no plan does better. 'lost' counts people safe in the base plan and not in the "
    "repaired one."
)


def contingency(
    scenario: OfScenario,
    plan: Annotated[
        Path | None,
        typer.Option(
            "--plan",
            help="Folder of a plan of it: the better the plan, the narrower the intervals.",
            show_default="one is made in --time",
        ),
    ] = None,
    case: OfCase = Case.LIKELY,
    seconds: Annotated[
        float, typer.Option("--time", min=0.1, help="Seconds for the base plan without --plan.")
    ] = SECONDS,
    begins: FromTime = None,
    kinds: OfKinds = None,
    repair: Annotated[
        int, typer.Option(min=0, help="Plan anew thoroughly for this many of the worst.")
    ] = 0,
    pairs: Annotated[
        bool, typer.Option("--pairs", help="Find the worst double loss, with its certificate.")
    ] = False,
    random: Annotated[
        int,
        typer.Option(min=0, help="Also bound this many random sets of up to three losses."),
    ] = 0,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the random sets.")] = SEED,
    most: Annotated[int, typer.Option(min=1, help="How many losses to show.")] = MOST_SHOWN,
    workers: Workers = 0,
    cluster: Cluster = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """What is lost with each hazard, place, link, berth, fleet and vehicle type, the worst first.

    Each loss is an interval: a repaired plan that the judge accepts, and a certified ceiling. With
    --plan the answer is kept in the plan's folder. Exit code 0 with an answer, 1 when the scenario
    or plan has errors, 2 when the command was not understood.
    """
    tell = teller(quiet)

    def work() -> dict[str, Any]:
        given, made = base_of(scenario, plan, case)
        decided = minute_of(begins, given)
        if made is None:
            tell(f"Planning for {seconds:g} s")
            made = solve(given, budget=Budget(seconds)).plan
        losses = chosen_losses(given, decided, kinds)
        with executor(workers, cluster) as pool:
            tell(f"Studying {counted(len(losses), 'loss', 'losses')}")
            found = study(given, made, losses, pool, repair=repair, decided=decided)
            pair = None
            if pairs:
                tell("Looking for the worst pair")
                pair = worst_pair(given, made, losses, pool, decided=decided)
            sampled: tuple[Outcome, ...] = ()
            if random:
                tell(f"Bounding {counted(random, 'random set', 'random sets')}")
                sets = random_sets(losses, random, seed)
                known = ceilings_of(sets, losses, found.losses)
                bounded = swept(given, made, sets, pool, BOUNDS_ONLY, decided, known=known)
                sampled = rank(bounded)
        whole = Study(found.scenario, decided, found.base, found.losses, pair, sampled)
        return object_of(whole)

    document = refusing(work, as_json=as_json)
    keep(plan, "contingency", document)
    if as_json:
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        _show(study_of(document), page(), most)


def _show(found: Study, console: Console, most: int) -> None:
    base = found.base
    safe = f"{number(base.people_low)} to {whole_people(base.people_high)}"
    console.print(Text(f"As planned    {safe} of {number(base.people_total)} people safe"))
    danger = f"{number(base.danger_low)} to {number(base.danger_high)}"
    console.print(Text(f"              {danger} danger-hours"))
    console.print()
    console.print(_ranking(found, most))
    rest = len(_alike(found)) - most
    if rest > 0:
        console.print(Text(f"{rest} more, none worse than the last: --most or --json shows them."))
    console.print()
    console.print(_for_whom(found))
    if found.worst_pair is not None:
        console.print()
        console.print(Text("\n".join(_pair(found.worst_pair))))
    if found.sampled:
        console.print()
        console.print(Text(_sampled(found)))
    console.print()
    console.print(Text(LEGEND))


def _ranking(found: Study, most: int) -> Table:
    table = Table(title="The worst first", title_justify="left", box=None, pad_edge=False)
    table.add_column("")
    table.add_column("if this is lost", ratio=5)
    table.add_column("people safe", justify="right", ratio=3)
    table.add_column("lost", justify="right", ratio=1)
    table.add_column("million danger-hours", justify="right", ratio=2)
    table.add_column("how it is mended", ratio=4)
    for place, (row, *others) in enumerate(_alike(found)[:most], 1):
        also = ", ".join(other.loss for other in others)
        table.add_row(
            str(place),
            Text(f"{row.words}; the same: {also}" if also else row.words),
            f"{number(row.people_low)} to {whole_people(row.people_high)}",
            number(sum(row.lost_by_priority.values())),
            f"{row.danger_low / 1e6:,.2f} to {row.danger_high / 1e6:,.2f}",
            Text(_mended(row)),
        )
    return table


def _alike(found: Study) -> list[list[Outcome]]:
    """Outcomes in order; those that come to the same together."""

    def figures(row: Outcome) -> tuple[object, ...]:
        return row.people_low, row.people_high, row.danger_low, row.danger_high, row.steps

    groups: dict[tuple[object, ...], list[Outcome]] = {}
    for row in found.losses:
        groups.setdefault(figures(row), []).append(row)
    return list(groups.values())


def _mended(row: Outcome) -> str:
    steps = row.steps
    if not steps.cancelled and not steps.added:
        return row.achieved
    return f"{row.achieved}: {number(steps.cancelled)} cancelled, {number(steps.added)} added"


def _for_whom(found: Study) -> Table:
    table = Table(title="Lost for whom", title_justify="left", box=None, pad_edge=False)
    table.add_column("if this is lost", ratio=3)
    table.add_column("priority", ratio=2)
    table.add_column("from", ratio=4)
    for row, *_ in _alike(found)[:DETAILED]:
        table.add_row(Text(row.words), _most_of(row.lost_by_priority), _most_of(row.lost_by_place))
    return table


def _most_of(lost: dict[str, int]) -> Text:
    """The largest losses; whoever gains is left to --json."""
    ordered = sorted(lost.items(), key=lambda item: (-item[1], item[0]))
    return Text(", ".join(f"{name} {number(num)}" for name, num in ordered[:5] if num > 0) or "–")


def _pair(pair: WorstPair) -> list[str]:
    return [
        f"Worst pair    {pair.words}",
        f"              {number(pair.people_low)} to {whole_people(pair.people_high)} people safe",
        f"              Whatever two are lost, a plan brings out {number(pair.floor_people)} or "
        f"more (least sure: {' with '.join(pair.floor_losses)}).",
        f"              Of {number(pair.num_pairs)} pairs {number(pair.num_covered)} lose no more "
        f"than another, {number(pair.num_bounded)} were bounded and dispatched; for each of the "
        "rest a plan reaches that ceiling.",
    ]


def _sampled(found: Study) -> str:
    low = sorted(row.people_low for row in found.sampled)
    high = sorted(row.people_high for row in found.sampled)
    middle, worst = len(low) // 2, found.sampled[0]
    return (
        f"{counted(len(low), 'random set', 'random sets')} of up to three losses: half of them "
        f"leave {number(low[middle])} to {whole_people(high[middle])} people safe or fewer; the "
        f"worst, {worst.what}, {number(worst.people_low)} to {whole_people(worst.people_high)}."
    )
