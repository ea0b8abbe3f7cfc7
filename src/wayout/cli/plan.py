"""``wayout plan``: the command, its options and what it prints."""

import json
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from wayout.cli.journal import Journal
from wayout.cli.live import View, view_for
from wayout.cli.making import (
    Clock,
    Given,
    Made,
    Start,
    claim,
    default_folder,
    make,
    start_of,
    take,
)
from wayout.cli.refusal import tell_json
from wayout.cli.standing import Standing
from wayout.cli.summary import object_of, summary_of
from wayout.cli.wording import counted
from wayout.cli.work import StopButton, beside
from wayout.errors import PlanError, WayoutError
from wayout.optimize.progress import Budget, Observer, Progress, StopAsked
from wayout.scenario.figures import Case
from wayout.scenario.policy import Objective

DEFAULT_SECONDS = 60.0
STOPPING = "Stopping: the best plan so far is being kept. Press Ctrl-C again to end at once."
ABORTED = "Ended at once. No complete plan was written."


def plan(
    scenario: Annotated[Path, typer.Argument(help="Folder or .xlsx book of the scenario.")],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="Folder for the plan; an earlier plan in it is replaced.",
            show_default="plans/SCENARIO-CASE",
        ),
    ] = None,
    seconds: Annotated[
        float | None,
        typer.Option(
            "--time",
            min=0.1,
            help="Seconds of planning, at most.",
            show_default="60; no limit with --work",
        ),
    ] = None,
    gap: Annotated[
        float,
        typer.Option(
            min=0.0, max=1.0, help="Stop when this close to the proven best: 0.02 is 2 %."
        ),
    ] = 0.0,
    work: Annotated[
        int | None,
        typer.Option(
            min=0,
            help="Rounds of improvement, at most. The same scenario, seed and rounds give the same "
            "plan, byte for byte.",
        ),
    ] = None,
    case: Annotated[
        Case, typer.Option(help="Which value of the scenario's figures holds.")
    ] = Case.LIKELY,
    seed: Annotated[
        int | None,
        typer.Option(min=0, help="Seed of the planner's choices.", show_default="the scenario's"),
    ] = None,
    objective: Annotated[
        Objective | None,
        typer.Option(help="What to plan for.", show_default="the scenario's"),
    ] = None,
    start_from: Annotated[
        Path | None,
        typer.Option(
            "--start-from",
            help="Folder of a plan to go on from: the result is never worse where it is valid.",
        ),
    ] = None,
    keep_until: Annotated[
        str | None,
        typer.Option(
            "--keep-until",
            metavar="TIME",
            help="With --start-from: what departs before this time has happened and stays.",
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object instead of words.")
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print nothing but errors (and --json).")
    ] = False,
    journal: Annotated[
        Path | None,
        typer.Option(
            "--progress-log", help="Write every step of the planner to a file, as JSON lines."
        ),
    ] = None,
) -> None:
    """Plan a scenario: an executable timetable, its proof, and the plan in writing.

    Ctrl-C stops and keeps the best plan so far. Exit code 0 with a valid plan (also when not
    everybody can get out), 1 when the scenario has errors, 2 when the command was not understood.
    """
    budget = Budget(DEFAULT_SECONDS if seconds is None and work is None else seconds, gap, work)
    view = view_for(Console(stderr=True, highlight=False), quiet=quiet)
    clock = Clock()
    try:
        with clock.phase("read"):
            given = take(scenario, case, objective)
        if given.num_warnings:
            warnings = counted(given.num_warnings, "warning", "warnings")
            view.say(f"{warnings} about the scenario; wayout check {scenario} shows what they are.")
        if keep_until is not None and start_from is None:
            raise PlanError("--keep-until says how much stays of a plan: name it by --start-from.")
        start = None if start_from is None else start_of(given, start_from, keep_until)
        folder = output or default_folder(given.scenario)
        claim(folder)
        made = _watched(
            given, folder, clock, view, budget=budget, seed=seed, journal=journal, start=start
        )
    except WayoutError as error:
        if not as_json:
            raise
        tell_json(error)
        raise typer.Exit(1) from error
    if as_json:
        typer.echo(json.dumps(object_of(made), ensure_ascii=False, indent=2))
    elif not quiet:
        typer.echo(summary_of(made))


def _watched(
    given: Given,
    folder: Path,
    clock: Clock,
    view: View,
    *,
    budget: Budget,
    seed: int | None,
    journal: Path | None,
    start: Start | None,
) -> Made:
    """Make the plan beside a view of it, with Ctrl-C listened to."""
    standing = Standing(given.scenario.policy.objective, given.idle_danger)
    with ExitStack() as stack:
        observers: list[Observer] = [standing.take]
        if journal is not None:
            observers.append(stack.enter_context(Journal(journal)).take)
        stack.enter_context(view)

        def observe(progress: Progress) -> None:
            for observer in observers:
                observer(progress)

        def abort() -> None:
            stack.close()
            typer.echo(ABORTED, err=True)

        button = stack.enter_context(StopButton(lambda: view.say(STOPPING), abort))
        asked: StopAsked = button.asked
        return beside(
            lambda: make(
                given,
                folder,
                clock,
                budget=budget,
                seed=seed,
                observe=observe,
                stop_asked=asked,
                start=start,
            ),
            lambda elapsed: view.show(standing, elapsed),
        )
