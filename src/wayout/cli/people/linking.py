"""``wayout people link``: which rows of which lists are the same person."""

import json
from typing import Annotated

import typer

from wayout.cli.people.opening import Opening, ReasonOption, opens
from wayout.cli.wording import number
from wayout.registry.link.outcomes import Outcome
from wayout.registry.link.spark import OnSpark, session
from wayout.registry.linking import Linked
from wayout.registry.linking import link as linking


@opens
def link(
    at: Opening,
    reason: ReasonOption = "linking the lists",
    again: Annotated[
        bool, typer.Option("--again", help="Learn anew and link everything, not new lists only.")
    ] = False,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the pairs drawn to learn from.")] = 1,
    spark: Annotated[
        str,
        typer.Option("--spark", help="Compare on Spark: local[2], or spark://HOST:7077."),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")] = False,
) -> None:
    """Score every pair of rows that may be one person; nothing is merged that cannot be undone.

    Lists that were linked before are not linked again: what was learnt is kept, and only rows of
    new lists are compared, with everybody. Once there are half as many rows again, everything is.
    """
    with at.opened() as people:
        engine = OnSpark(session(spark)) if spark else None
        done = linking(people, reason, again=again, seed=seed, engine=engine)
        pairs = people.pairs()
    counts = {
        "records": done.num_records,
        "new": done.num_fresh,
        "anew": done.is_anew,
        **{str(outcome): pairs.filter(outcome=outcome.value).height for outcome in Outcome},
    }
    if as_json:
        typer.echo(json.dumps(counts))
        return
    typer.echo(
        f"{_what(done)}: {number(counts['same'])} pairs are the same person, "
        f"{number(counts['ask'])} are for people to answer (wayout people review), "
        f"{number(counts['different'])} look alike and are different."
    )


def _what(done: Linked) -> str:
    if done.is_anew:
        return f"{number(done.num_records)} records"
    return f"{number(done.num_fresh)} new records against {number(done.num_records)}"
