"""``wayout verify``: replay a plan against every rule, and re-check its proof."""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from wayout.cli.refusal import as_object, line_of
from wayout.cli.wording import counted, number, whole_people
from wayout.errors import PlanError
from wayout.findings import Finding, errors_in
from wayout.optimize.proof import check as check_certificate
from wayout.plan.faults import Fault
from wayout.plan.feasible import Verdict, judge
from wayout.plan.folder import read
from wayout.plan.model import Bound
from wayout.scenario.model import Scenario


@dataclass(frozen=True, slots=True)
class Verification:
    """A plan's verdict and proof; ``verdict`` and ``bound`` are None where it cannot be read."""

    findings: tuple[Finding, ...]
    verdict: Verdict | None = None
    bound: Bound | None = None
    bound_certified: bool = False

    @property
    def accepted(self) -> bool:
        """Whether every rule holds and the proof, if there is one, is right."""
        return self.verdict is not None and not errors_in(self.findings)


def proof_of(scenario: Scenario, bound: Bound) -> tuple[bool, tuple[Finding, ...]]:
    """Whether the bound carries a proof that holds, and what is wrong with it."""
    if not bound.certificate:
        return False, ()
    findings = check_certificate(scenario, bound)
    return not errors_in(findings), findings


def verify_folder(folder: Path) -> Verification:
    """Judge the plan in a folder; a folder that cannot be read is refused with its findings."""
    try:
        plan, scenario = read(folder)
    except PlanError as error:
        findings = (item for item in error.findings if isinstance(item, Finding))
        return Verification(tuple(findings))
    verdict = judge(scenario, plan)
    certified, findings_of_proof = proof_of(scenario, plan.bound)
    findings_of_plan = (*verdict.findings, *findings_of_proof)
    return Verification(findings_of_plan, verdict, plan.bound, certified)


def object_of(result: Verification) -> dict[str, Any]:
    """What ``--json`` prints."""
    verdict, bound = result.verdict, result.bound
    return {
        "accepted": result.accepted,
        "findings": as_object(PlanError("", result.findings))["findings"],
        "people_safe_by_deadline": None if verdict is None else verdict.people_safe,
        "danger_hours": None if verdict is None else verdict.danger_hours,
        "bound_certified": result.bound_certified,
        "danger_hours_bound": None if bound is None else _finite(bound.danger_hours),
        "people_safe_bound": None if bound is None else _finite(bound.people_safe),
    }


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _summary(result: Verification) -> str:
    if not result.accepted:
        return f"Refused: {counted(len(result.findings), 'finding', 'findings')}."
    verdict, bound = result.verdict, result.bound
    if verdict is None or bound is None:
        return "Refused."
    safe = (
        f"Accepted: every rule holds. {number(verdict.people_safe)} of "
        f"{number(verdict.people_total)} people safe, "
        f"{number(verdict.danger_hours)} danger-hours."
    )
    if not result.bound_certified:
        return f"{safe}\nThe plan carries no proof of how good it could be at best."
    return (
        f"{safe}\nProof checked: at most {whole_people(bound.people_safe)} people, at least "
        f"{number(bound.danger_hours)} danger-hours."
    )


def verify(
    plan: Annotated[Path, typer.Argument(help="Folder of the plan.")],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object instead of words.")
    ] = False,
) -> None:
    """Replay a plan against every rule of execution and re-check the proof it carries.

    Needs nothing but the plan's folder. Exit code 0 when the plan is accepted, 1 when it is
    refused, 2 when the command was not understood.
    """
    result = verify_folder(plan)
    if as_json:
        typer.echo(json.dumps(object_of(result), ensure_ascii=False, indent=2))
    else:
        console = Console(soft_wrap=True, highlight=False)
        for finding in result.findings:
            console.print(line_of(finding))
        console.print(Text(_summary(result)))
        if any(finding.rule == Fault.MISSING for finding in result.findings):
            console.print(Text(f"Looked in {plan}."))
    if not result.accepted:
        raise typer.Exit(1)
