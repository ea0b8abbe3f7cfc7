"""What commands about losses share: which are studied, and from when things are lost."""

from datetime import datetime
from typing import Annotated

import typer

from wayout.clock import tick_of
from wayout.contingency.losses import Kind, single_losses
from wayout.contingency.variants import Loss
from wayout.errors import ScenarioError
from wayout.scenario.model import Scenario

FromTime = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="TIME",
        help="When things are lost, as 2021-08-23T06:00; what the plan moved by then is kept.",
        show_default="the start; hazards at their own time",
    ),
]
OfKinds = Annotated[
    list[Kind] | None,
    typer.Option("--kind", help="Only losses of this kind; may be repeated."),
]


def minute_of(text: str | None, scenario: Scenario) -> int:
    """The tick of ``--from``; without an offset it is in the scenario's.

    Raises
    ------
    ScenarioError
        If it is no time, or not one of the operation.
    """
    if text is None:
        return 0
    try:
        when = datetime.fromisoformat(text)
    except ValueError as error:
        raise ScenarioError(f"--from {text} is no time; write 2021-08-23T06:00.") from error
    if when.tzinfo is None:
        when = when.replace(tzinfo=scenario.start.tzinfo)
    tick = tick_of(when, scenario.start)
    if not 0 <= tick < scenario.deadline:
        raise ScenarioError(f"--from {text} is not between the start and the deadline.")
    return tick


def chosen_losses(scenario: Scenario, decided: int, kinds: list[Kind] | None) -> tuple[Loss, ...]:
    """Every single loss from a tick on, or those of the chosen kinds."""
    losses = single_losses(scenario, decided)
    return losses if not kinds else tuple(loss for loss in losses if loss.kind in kinds)
