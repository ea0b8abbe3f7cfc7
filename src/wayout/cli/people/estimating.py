"""``wayout people estimate``: how many there are, those on no list included, as a range."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from wayout.cli.people.opening import Opening, may_open
from wayout.cli.people.viewing import RoleOption, view_in
from wayout.cli.wording import number
from wayout.errors import RegistryError
from wayout.findings import Finding, Severity, Where
from wayout.registry.estimate.answer import Answer, ModelAnswer, Settings
from wayout.registry.estimate.estimating import estimate as answer_of
from wayout.registry.estimate.histories import Stratum, overlaps_in, sources_of, strata
from wayout.registry.estimate.reading import read_overlaps
from wayout.registry.estimate.resampling import Clerical
from wayout.registry.vault.roles import Role

MOST_CHECKED = 1_000_000


@may_open
def estimate(
    at: Opening,
    overlaps: Annotated[
        Path | None,
        typer.Option("--overlaps", help="CSV with a column of 0 and 1 for each list, and count."),
    ] = None,
    reason: Annotated[
        str, typer.Option("--reason", help="Why the register is read; kept in the log.")
    ] = "",
    role: RoleOption = Role.REVIEWER,
    source: Annotated[
        list[str] | None,
        typer.Option("--source", help="A list to use; once for each. Without it all of them."),
    ] = None,
    by: Annotated[
        Stratum | None, typer.Option("--by", help="Estimate each place, sex or nationality.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object instead of a table.")
    ] = False,
    precision: Annotated[
        str, typer.Option(help="Links checked by hand: right ones of those made, as 188/200.")
    ] = "",
    recall: Annotated[
        str, typer.Option(help="Links checked by hand: found ones of those due, as 150/180.")
    ] = "",
    family_size: Annotated[
        float, typer.Option(min=1, max=50, help="How many come to a list together on average.")
    ] = 1.0,
    hard_share: Annotated[
        float, typer.Option(min=0, max=0.9, help="Largest share of people hard to reach.")
    ] = Settings().hard_share,
    hard_factor: Annotated[
        float, typer.Option(min=0.01, max=0.5, help="Smallest factor of their odds to be listed.")
    ] = Settings().hard_factor,
    draws: Annotated[
        int, typer.Option(min=50, max=10_000, help="Tables drawn for the intervals.")
    ] = Settings().num_draws,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the draws.")] = 0,
) -> None:
    """Estimate how many people there are, those on no list included; exit 1 if it is refused.

    From a table with --overlaps, or else from the register, by household.
    """
    settings = Settings(
        seed=seed,
        num_draws=draws,
        family_size=family_size,
        hard_share=hard_share,
        hard_factor=hard_factor,
        clerical=clerical_of(precision, recall),
    )
    if overlaps is not None:
        show(answer_of(read_overlaps(overlaps), settings), as_json=as_json)
        return
    if not at.user or not reason:
        raise typer.BadParameter("Give a table with --overlaps, or --user and --reason.")
    with at.opened() as at_work:
        people = view_in(at_work, role, reason, None).facts
        dates = {entry.source: entry.as_of.isoformat() for entry in at_work.lists()}
    lists = tuple(source or sources_of(people))
    days = tuple(dates[name] for name in lists if name in dates)
    if by is None:
        show(answer_of(overlaps_in(people, lists), settings, days), as_json=as_json)
        return
    show_strata(
        {
            name: answer_of(overlaps_in(some, lists), settings, days)
            for name, some in strata(people, by).items()
        },
        as_json=as_json,
    )


def show_strata(answers: dict[str, Answer], *, as_json: bool) -> None:
    """Print an answer for each stratum; they are not added up, because their errors are not."""
    if as_json:
        content = {name: as_object(answer) for name, answer in answers.items()}
        typer.echo(json.dumps(content, ensure_ascii=False, indent=2))
        return
    for name, answer in answers.items():
        typer.echo(f"{name}: {number(answer.counted)} counted. {headline(answer)}")
        if answer.refused is not None:
            typer.echo(f"    {answer.refused}")


def clerical_of(precision: str, recall: str) -> Clerical | None:
    """The sample checked by hand, or None where none is given.

    Raises
    ------
    RegistryError
        With every finding, if a figure is missing or impossible.
    """
    if not precision and not recall:
        return None
    findings: list[Finding] = []
    right, made = _part("--precision", precision, findings)
    found, due = _part("--recall", recall, findings)
    if findings:
        raise RegistryError("The sample checked by hand cannot be used.", tuple(findings))
    return Clerical(right, made, found, due)


def _part(option: str, text: str, findings: list[Finding]) -> tuple[int, int]:
    parts = text.split("/")
    if len(parts) == 2 and all(part.isascii() and part.isdecimal() for part in parts):
        part, whole = (int(part[:8]) for part in parts)
        if part <= whole and 0 < whole <= MOST_CHECKED:
            return part, whole
    message = f"'{text[:40]}' is not so many of so many." if text else "It is missing."
    cure = "Write both figures with a stroke between them, as 188/200, for both options."
    findings.append(Finding("clerical-sample", Severity.ERROR, Where(option), message, cure))
    return 0, 1


def show(answer: Answer, *, as_json: bool) -> None:
    """Print an answer; raises typer.Exit with 1 where it is refused."""
    if as_json:
        typer.echo(json.dumps(as_object(answer), ensure_ascii=False, indent=2))
    else:
        _print(answer)
    if answer.refused is not None:
        raise typer.Exit(1)


def as_object(answer: Answer) -> dict[str, object]:
    """The answer as ``--json`` prints it: figures as whole people, null where there is none."""
    return {
        **asdict(answer),
        "low": _whole(answer.low),
        "high": _whole(answer.high),
        "models": [
            {
                **asdict(model),
                "low": _whole(model.low),
                "estimate": _whole(model.estimate),
                "high": _whole(model.high),
                "behind": round(max(model.behind, 0.0), 2),
            }
            for model in answer.models
        ],
    }


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)


def _print(answer: Answer) -> None:
    console = Console(soft_wrap=True, highlight=False)
    counted = f"{number(answer.counted)} people are on at least one of {len(answer.lists)} lists."
    console.print(Text(counted))
    console.print(Text(headline(answer), style="bold"))
    if answer.models:
        console.print(_table(answer.models))
    for warning in answer.warnings:
        console.print(Text(f"warning: {warning}"))


def headline(answer: Answer) -> str:
    """The range in a sentence."""
    if answer.low is None:
        return "How many there are in all cannot be estimated from these lists."
    if answer.high is None:
        return f"In all there are {number(answer.low)} or more; how many at most is not known."
    sentence = (
        f"In all there are {number(answer.low)} to {number(answer.high)}, so "
        f"{number(max(answer.low - answer.counted, 0))} to "
        f"{number(answer.high - answer.counted)} are on no list"
    )
    return f"{sentence}." if answer.known else f"{sentence}; the upper end is not certain."


def _table(models: tuple[ModelAnswer, ...]) -> Table:
    table = Table("model", box=None, pad_edge=False)
    for name in ("low", "estimate", "high", "behind by"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("in the range")
    for model in models:
        cells = [_people(value) for value in (model.low, model.estimate, model.high)]
        inside = "yes" if model.supported else "no"
        table.add_row(Text(model.model), *cells, f"{max(model.behind, 0):.1f}", inside)
    return table


def _people(value: float | None) -> str:
    return "unbounded" if value is None else number(value)
