"""How an error reaches the user: what is wrong and what to do, never a traceback."""

import json
from typing import Any

import typer
from rich.console import Console
from rich.text import Text

from wayout.errors import PlanError, RegistryError, ScenarioError, WayoutError
from wayout.findings import Finding, Severity

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow"}


def findings_of(error: WayoutError) -> tuple[Finding, ...]:
    """The findings that an error carries; none for most kinds."""
    carried = error.findings if isinstance(error, ScenarioError | PlanError | RegistryError) else ()
    return tuple(finding for finding in carried if isinstance(finding, Finding))


def line_of(finding: Finding) -> Text:
    """A finding for the terminal, its severity coloured; the text is that of ``str(finding)``."""
    text = Text(str(finding))
    text.stylize(STYLES[finding.severity], 0, len(finding.severity))
    return text


def tell(error: WayoutError) -> None:
    """Print every finding at once, then the error itself, to standard error."""
    console = Console(stderr=True, soft_wrap=True, highlight=False)
    findings = findings_of(error)
    for finding in findings:
        console.print(line_of(finding))
    console.print(Text(f"wayout: {error}"))


def as_object(error: WayoutError) -> dict[str, Any]:
    """The error as ``--json`` prints it: its text and the findings, cell by cell."""
    return {
        "error": str(error),
        "findings": [
            {
                "rule": finding.rule,
                "severity": str(finding.severity),
                "file": finding.where.file,
                "row": finding.where.row,
                "column": finding.where.column,
                "message": finding.message,
                "cure": finding.cure,
            }
            for finding in findings_of(error)
        ],
    }


def tell_json(error: WayoutError) -> None:
    """Print the error as the one object on standard output."""
    typer.echo(json.dumps(as_object(error), ensure_ascii=False, indent=2))
