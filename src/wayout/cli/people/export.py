"""``wayout people export``: what leaves the register, shown before it does."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from wayout.cli.people.opening import Opening, ReasonOption, opens
from wayout.cli.wording import counted
from wayout.registry.release.cap import CAP_ROWS
from wayout.registry.release.exports import Export
from wayout.registry.release.files import Kind
from wayout.registry.vault.roles import Role

export = typer.Typer(
    name="export",
    help="Hand people out: prepare, look, have a second person approve, release, trace.",
    no_args_is_help=True,
)

ExportArgument = Annotated[str, typer.Argument(help="The export's identifier.")]
RoleOption = Annotated[Role, typer.Option("--role", help="The role in which you do this.")]
RecordsOption = Annotated[
    Path, typer.Option("--records", help="File with one record's identifier a line.")
]
ColumnsOption = Annotated[list[str], typer.Option("--column", help="A column; once for each.")]
AudienceOption = Annotated[str, typer.Option("--audience", help="Who will read it, and where.")]
RecipientsOption = Annotated[
    list[str], typer.Option("--to", help="A recipient; once for each. Every copy is marked.")
]
DaysOption = Annotated[int, typer.Option("--days", min=1, help="Days until it is destroyed.")]
FolderOption = Annotated[Path, typer.Option("--output", help="Folder for the copies.")]
KindOption = Annotated[Kind, typer.Option("--format", help="Kind of file.")]


def _show(item: Export) -> None:
    """What an export is, before anybody decides about it."""
    hidden = f"{item.num_hidden} of them hidden in the list they came from"
    typer.echo(
        f"Export {item.export}\n"
        f"  {counted(item.num_rows, 'row', 'rows')}, {hidden}\n"
        f"  columns: {', '.join(item.columns)}\n"
        f"  audience: {item.audience}\n"
        f"  copies for: {', '.join(item.recipients)}\n"
        f"  to be destroyed by {item.expires:%Y-%m-%d %H:%M} UTC"
    )
    if item.needs_second:
        typer.echo(f"  above {CAP_ROWS} rows in all: a second person has to approve it.")


@export.command()
@opens
def prepare(
    at: Opening,
    role: RoleOption,
    records: RecordsOption,
    columns: ColumnsOption,
    audience: AudienceOption,
    recipients: RecipientsOption,
    reason: ReasonOption,
    days: DaysOption = 7,
) -> None:
    """Say what is to be handed out, and see how much that is; nothing is written yet."""
    wanted = [line.strip() for line in records.read_text("utf-8").splitlines() if line.strip()]
    expires = datetime.now(UTC) + timedelta(days=days)
    with at.opened() as people:
        item = people.exports.prepare(
            role,
            reason,
            wanted,
            columns,
            audience=audience,
            recipients=recipients,
            expires=expires,
        )
    _show(item)


@export.command()
@opens
def show(
    at: Opening,
    export_id: ExportArgument,
) -> None:
    """Show what an export is, as whoever approves it has to see it."""
    with at.opened() as people:
        _show(people.exports.get(export_id))


@export.command()
@opens
def approve(
    at: Opening,
    export_id: ExportArgument,
    role: RoleOption,
    reason: ReasonOption,
) -> None:
    """Approve one release of somebody else's export; it is shown first and asked about."""
    with at.opened() as people:
        _show(people.exports.get(export_id))
        typer.confirm("Approve this export?", default=False, abort=True, err=True)
        people.exports.approve(export_id, role, reason)
    typer.echo("Approved, for one release.")


@export.command()
@opens
def release(
    at: Opening,
    export_id: ExportArgument,
    role: RoleOption,
    reason: ReasonOption,
    folder: FolderOption,
    kind: KindOption = "csv",
) -> None:
    """Write one marked copy for each recipient."""
    with at.opened() as people:
        paths = people.exports.release(export_id, role, reason, folder, kind)
        recipients = people.exports.get(export_id).recipients
    for path, recipient in zip(paths, recipients, strict=True):
        typer.echo(f"{path}: for {recipient} only")


@export.command()
@opens
def destroyed(
    at: Opening,
    export_id: ExportArgument,
    role: RoleOption,
    reason: ReasonOption,
) -> None:
    """Keep on record that every copy of an export was destroyed."""
    with at.opened() as people:
        people.exports.destroyed(export_id, role, reason)
    typer.echo("Kept on record.")


@export.command()
@opens
def trace(
    at: Opening,
    excerpt: Annotated[Path, typer.Argument(help="A CSV file with rows that leaked.")],
    role: RoleOption,
    reason: ReasonOption,
) -> None:
    """Tell whose copy an excerpt came from, whatever the order of its rows."""
    with excerpt.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with at.opened() as people:
        matches = people.exports.trace(role, reason, rows)
    for match in matches:
        typer.echo(
            f"{match.copy.recipient}: {match.agreeing} of {match.judged} rows "
            f"(export {match.copy.export})"
        )
    if not matches:
        typer.echo("No copy fits.")
        raise typer.Exit(1)
