"""``wayout simulate``: what breakdowns, weather, late buses and attacks do to a plan."""

import csv
import io
import json
import math
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from wayout.cli.executing import Cluster, Workers, executor
from wayout.cli.studies import FOLDER, AsJson, Quiet, keep, page, refusing, teller
from wayout.cli.wording import duration, moment, number, percent
from wayout.clock import MINUTES_PER_HOUR, text_of
from wayout.contingency.redispatching import plan_again
from wayout.errors import PlanError
from wayout.plan.feasible import judge
from wayout.plan.folder import read
from wayout.plan.model import Plan
from wayout.scenario.model import Scenario
from wayout.simulate.compiled import compiled
from wayout.simulate.disruptions import WORDS, Disruptions, Kind
from wayout.simulate.document import document_of
from wayout.simulate.reading import read_disruptions
from wayout.simulate.replanning import replanned_all
from wayout.simulate.running import job_of, trace
from wayout.simulate.statistics import Mean
from wayout.simulate.study import Effect, Margin, Study, simulate, study_of

NUM = 1000
REPLAN = "replan"
MOMENTS = 8
"""Points in time that the table of people out shows."""


def simulate_plan(
    plan: Annotated[Path, typer.Argument(help="Folder of the plan.")],
    replications: Annotated[
        int, typer.Option("--replications", "-n", min=1, help="How often it is played through.")
    ] = NUM,
    disruptions: Annotated[
        Path | None,
        typer.Option(help="TOML file with figures that differ from the defaults."),
    ] = None,
    off: Annotated[
        list[Kind] | None,
        typer.Option(help="A kind of disruption to leave out; may be given several times."),
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(min=0, help="Seed of all random numbers.", show_default="the plan's"),
    ] = None,
    every: Annotated[
        float | None,
        typer.Option(
            "--replan-every",
            min=1.0,
            help="Plan again after so many hours, from where everything is then, again and again.",
            show_default="the plan stays as it is",
        ),
    ] = None,
    replan: Annotated[
        bool,
        typer.Option(
            "--replan",
            help="Plan again at each disruption, policy.replan_hours after the last plan or later.",
        ),
    ] = False,
    compared: Annotated[
        bool,
        typer.Option(
            "--compare/--no-compare",
            help="Also play it without each kind of disruption, and with lighter loads.",
        ),
    ] = True,
    traced: Annotated[
        int | None,
        typer.Option(
            "--trace", min=0, help="Also write every departure of this replication as CSV."
        ),
    ] = None,
    workers: Workers = 0,
    cluster: Cluster = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Play a plan through again and again, with breakdowns, weather, no-shows and attacks.

    The plan stays as it is: late movements slip, missed connections wait, who is late queues; or,
    with --replan or --replan-every, it is made anew on the way, which takes longer.
    Same plan, figures and seed: same result, on one core or on a cluster. The answer is kept in the
    plan's folder. Exit code 0 with an answer, 1 when the plan or the file has errors, 2 when the
    command was not understood.
    """
    if replan and every is not None:
        raise typer.BadParameter("Give --replan or --replan-every, not both.")
    shown: list[tuple[Scenario, Study]] = []

    def work() -> dict[str, Any]:
        made, given = _accepted(plan)
        figures = Disruptions() if disruptions is None else read_disruptions(disruptions, given)
        figures = figures.without(*(off or ()))
        chosen = made.seed if seed is None else seed
        if not compiled.is_kept("running.run"):
            teller(quiet)("Compiling, once on this machine: about half a minute")
        with executor(workers, cluster) as pool, _bar(quiet or as_json) as observe:
            if every is None and not replan:
                study = simulate(
                    given,
                    made,
                    figures,
                    pool,
                    replications=replications,
                    seed=chosen,
                    compared=compared,
                    observe=observe,
                )
            else:
                began, job = time.monotonic(), job_of(given, made, figures, chosen)
                found = replanned_all(job, plan_again, every, replications, pool, observe)
                seconds = time.monotonic() - began
                study = study_of(made, found, policy=REPLAN, seed=chosen, seconds=seconds)
        if traced is not None:
            _write_trace(plan, given, made, figures, chosen, traced)
        shown.append((given, study))
        return {"scenario": given.name, "case": str(given.case), **document_of(study, figures)}

    document = refusing(work, as_json=as_json)
    keep(plan, "simulate", document)
    if as_json:
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        _show(*shown[0], page())


def _accepted(folder: Path) -> tuple[Plan, Scenario]:
    """A plan that can be executed: of any other, nothing could be said."""
    made, given = read(folder)
    verdict = judge(given, made)
    if not verdict.accepted:
        message = f"{folder} is no plan that can be executed: wayout verify {folder} shows why."
        raise PlanError(message, verdict.findings)
    return made, given


class _bar:  # noqa: N801 - a context manager, used like a function
    """A bar on standard error; quiet, it says nothing."""

    def __init__(self, quiet: bool) -> None:
        console = Console(stderr=True)
        columns = (TextColumn("replications"), BarColumn(), MofNCompleteColumn())
        quiet = quiet or not console.is_terminal
        self._progress = Progress(*columns, console=console, transient=True, disable=quiet)

    def __enter__(self) -> Callable[[int, int], None]:
        self._progress.start()
        task = self._progress.add_task("replications")
        return lambda done, total: self._progress.update(task, completed=done, total=total)

    def __exit__(self, *_: object) -> None:
        self._progress.stop()


def _write_trace(
    plan: Path, scenario: Scenario, made: Plan, figures: Disruptions, seed: int, replication: int
) -> None:
    """``what-if/trace-N.csv``: the departures of one replication."""
    departures = trace(job_of(scenario, made, figures, seed), replication)
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("movement", "vehicle", "link", "planned", "depart", "arrive", "people"))
    for one in departures:
        arrive = "" if one.arrive is None else text_of(one.arrive, scenario.start)
        times = (text_of(one.planned, scenario.start), text_of(one.depart, scenario.start), arrive)
        rows.writerow((one.movement, one.vehicle, one.link, *times, one.people))
    folder = plan / FOLDER
    folder.mkdir(exist_ok=True)
    (folder / f"trace-{replication}.csv").write_text(text.getvalue(), encoding="utf-8")


def _show(scenario: Scenario, study: Study, console: Console) -> None:
    console.print(_headline(scenario, study))
    console.print()
    console.print(_curve(scenario, study))
    if study.effects:
        console.print()
        console.print(_effects(study.effects))
    if study.margin is not None:
        console.print()
        console.print(Text(f"load margin   {_margin(study.margin)}"))
    num = number(len(study.outcomes))
    work = f"{num} replications in {duration(study.seconds)}, seed {study.seed}"
    console.print(Text(f"              All figures are estimates from {work}."))


def _interval(low: float, high: float) -> str:
    return f"95 % interval {percent(low)} to {percent(high)}"


def _headline(scenario: Scenario, study: Study) -> Table:
    """What there is to know at once, each figure with its interval."""
    safe, danger = study.people_safe, study.danger_hours
    deadline = moment(scenario.deadline, scenario.start)
    chance, kept = study.all_out, study.kept
    planned = f"planned {number(study.people_planned)} of {number(study.people_total)}"
    missed, cancelled = study.mean("missed"), study.mean("cancelled")
    middle, middle_danger = study.percentiles("safe")[1], study.percentiles("danger_hours")[1]
    table = Table.grid(padding=(0, 2))
    table.add_row(
        "all out",
        f"{percent(chance.estimate)} chance that everybody who comes is safe by {deadline} "
        f"({_interval(chance.low, chance.high)})",
    )
    table.add_row(
        "as planned",
        f"{percent(kept.estimate)} chance that nobody is left whom the plan brings out "
        f"({_interval(kept.low, kept.high)})",
    )
    table.add_row(
        "people safe",
        f"{number(safe.p50)} in the middle ({_between(middle)}), from {number(safe.p05)} (1 in 20 "
        f"is worse) to {number(safe.p95)} (1 in 20 is better); {planned}",
    )
    table.add_row(
        "danger-hours",
        f"{number(danger.p50)} in the middle ({_between(middle_danger)}), from "
        f"{number(danger.p05)} to {number(danger.p95)}",
    )
    table.add_row(
        "missed",
        f"{number(missed.estimate)} parties miss a connection on average ({_between(missed)}), "
        f"{number(cancelled.estimate)} vehicle movements do not take place "
        f"({_between(cancelled)})",
    )
    return table


def _between(found: Mean) -> str:
    """The interval in words; a few replications may not have one."""
    return f"95 % interval {_range(found)}"


def _curve(scenario: Scenario, study: Study) -> Table:
    table = Table(title="People safe by then", title_justify="left", box=None, padding=(0, 3, 0, 0))
    for name, justify in (
        ("by", "left"),
        ("1 in 20 worse", "right"),
        ("in the middle", "right"),
        ("1 in 20 better", "right"),
    ):
        table.add_column(name, justify=justify)  # type: ignore[arg-type] # rich's literal
    last = len(study.curve) - 1
    for hour in sorted({round(last * step / MOMENTS) for step in range(1, MOMENTS + 1)}):
        point = study.curve[hour]
        tick = min((hour + 1) * MINUTES_PER_HOUR, scenario.deadline)
        values = (number(value) for value in (point.p05, point.p50, point.p95))
        table.add_row(moment(tick, scenario.start), *values)
    return table


def _effects(effects: tuple[Effect, ...]) -> Table:
    title = "What each kind costs: without it, so many more would be out"
    table = Table(title=title, title_justify="left", box=None, padding=(0, 3, 0, 0))
    table.add_column("kind")
    table.add_column("people", justify="right")
    table.add_column("95 % interval", justify="right")
    table.add_column("danger-hours per 1,000 people", justify="right")
    table.add_column("95 % interval", justify="right")
    for effect in effects:
        found = (effect.left_behind, effect.danger_hours)
        cells = [cell for one in found for cell in (number(one.estimate), _range(one))]
        table.add_row(WORDS[effect.kind], *cells)
    return table


def _range(found: Mean) -> str:
    finite = math.isfinite(found.low) and math.isfinite(found.high)
    return f"{number(found.low)} to {number(found.high)}" if finite else "unknown"


def _margin(margin: Margin) -> str:
    share, found = margin.tried[-1]
    if margin.share is None:
        reached = f"loads {percent(share)} lighter bring that to {percent(found.estimate)}"
        return f"not enough by itself: {reached} ({_interval(found.low, found.high)})"
    if margin.share == 0:
        return "none needed: the plan holds in 19 of 20 replications as it is"
    found = next(chance for share, chance in margin.tried if share == margin.share)
    return (
        f"with loads {percent(margin.share)} lighter the plan holds in {percent(found.estimate)} "
        f"of replications ({_interval(found.low, found.high)})"
    )
