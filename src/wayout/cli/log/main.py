"""The commands of ``wayout log``."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from wayout.cli.people.opening import (
    KEYRING,
    REGISTER,
    KeyringOption,
    Opening,
    ReasonOption,
    RegisterOption,
    opens,
)
from wayout.cli.refusal import as_object, line_of
from wayout.cli.wording import counted
from wayout.errors import PlanError
from wayout.eventlog.event import text_of
from wayout.registry.store.logbook import verify_log
from wayout.registry.vault.roles import Role

log = typer.Typer(
    name="log",
    help="The record of what was done in the register: verify it, read it, keep checkpoints.",
    no_args_is_help=True,
)


@log.command()
def verify(
    checkpoints: Annotated[
        list[Path] | None,
        typer.Option("--checkpoint", help="A checkpoint that was kept elsewhere; once for each."),
    ] = None,
    register: RegisterOption = REGISTER,
    keyring: KeyringOption = KEYRING,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Recompute the log from its first entry; needs no passphrase.

    Without an older checkpoint that was kept elsewhere, a log that its owner wrote anew as a whole
    looks true. Exit code 1 if anything is wrong.
    """
    notes = [path.read_text("utf-8") for path in checkpoints or ()]
    found = verify_log(register, keyring, notes)
    if as_json:
        told = {
            "holds": found.holds,
            "entries": found.size,
            "root": found.root.hex(),
            "checkpoints": found.checkpoints,
            "findings": as_object(PlanError("", found.findings))["findings"],
        }
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        console = Console(soft_wrap=True, highlight=False)
        for finding in found.findings:
            console.print(line_of(finding))
        agreeing = counted(found.checkpoints, "checkpoint agrees", "checkpoints agree")
        verdict = "The log holds" if found.holds else "The log does not hold"
        typer.echo(f"{verdict}: {counted(found.size, 'entry', 'entries')}, {agreeing}.")
    if not found.holds:
        raise typer.Exit(1)


@log.command()
@opens
def checkpoint(
    at: Opening,
    output: Annotated[
        Path | None, typer.Option("--output", help="File to write it to instead of printing.")
    ] = None,
) -> None:
    """Sign a checkpoint of the log as it is now; give it to somebody who cannot reach the store."""
    with at.opened() as people:
        note = people.checkpoint()
    if output is None:
        typer.echo(note, nl=False)
    else:
        output.write_text(note, "utf-8")


@log.command()
@opens
def show(
    at: Opening,
    reason: ReasonOption,
    kinds: Annotated[
        list[str] | None, typer.Option("--kind", help="Only events of this kind; repeatable.")
    ] = None,
) -> None:
    """Print who did what, when, in which role and why; for auditors."""
    with at.opened() as people:
        names = {item.member.member: item.member.name for item in people.members.all()}
        lines = people.log(Role.AUDITOR, reason, tuple(kinds or ()))
    for line in lines:
        draft = line.event.draft
        who = names.get(draft.author, draft.author)
        why = "(erased)" if line.reason is None else line.reason
        what = f"{line.event.position} {text_of(draft.time)} {who} as {draft.role}"
        typer.echo(f"{what}: {draft.kind}: {why}")
