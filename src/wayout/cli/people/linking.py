"""``wayout people link``: which rows of which lists are the same person."""

import json
from typing import Annotated

import typer

from wayout.cli.people.opening import (
    KEYRING,
    REGISTER,
    KeyringOption,
    PassphraseOption,
    ReasonOption,
    RegisterOption,
    UserOption,
    opened,
)
from wayout.cli.wording import number
from wayout.registry.link.answers import told_by
from wayout.registry.link.outcomes import Outcome, table
from wayout.registry.link.run import linked, told, world_of
from wayout.registry.link.words import Lexicon
from wayout.registry.review.verdicts import Standing, verdicts
from wayout.registry.vault.roles import Role


def link(
    user: UserOption,
    register: RegisterOption = REGISTER,
    keyring: KeyringOption = KEYRING,
    passphrase: PassphraseOption = None,
    reason: ReasonOption = "linking the lists",
    seed: Annotated[int, typer.Option(min=0, help="Seed of the pairs drawn to learn from.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")] = False,
) -> None:
    """Score every pair of rows that may be one person; nothing is merged that cannot be undone."""
    with opened(register, keyring, user, passphrase) as people:
        frame = people.records(Role.REVIEWER, reason)
        records = frame["record"].to_list()
        answers = told_by(
            (
                (pair.left, pair.right, verdict.standing is Standing.SAME)
                for pair, verdict in verdicts(people.decisions()).items()
                if verdict.standing in (Standing.SAME, Standing.DIFFERENT)
            ),
            {record: row for row, record in enumerate(records)},
        )
        linkage = told(linked(world_of(frame, Lexicon()), seed), answers)
        pairs = table(linkage, records, answers)
        people.save_pairs(pairs, reason, role=Role.REVIEWER, replace=True)
    counts = {
        "records": len(records),
        **{str(outcome): pairs.filter(outcome=outcome.value).height for outcome in Outcome},
    }
    if as_json:
        typer.echo(json.dumps(counts))
        return
    typer.echo(
        f"{number(counts['records'])} records: {number(counts['same'])} pairs are the same person, "
        f"{number(counts['ask'])} are for people to answer (wayout people review), "
        f"{number(counts['different'])} look alike and are different."
    )
