"""A plan as a folder that needs nothing else: its tables, its proof and its scenario.

    write(plan, scenario, Path("plans/kabul"))
    plan, scenario = read(Path("plans/kabul"))

The same plan gives the same bytes. ``docs/reference/plan-folder.md`` describes the files.
"""

import dataclasses
import itertools
from pathlib import Path

from wayout.errors import ScenarioError
from wayout.findings import Finding, Severity, Where
from wayout.plan import document as documents
from wayout.plan import tables
from wayout.plan.faults import Fault, fault, refusal
from wayout.plan.feasible import judge
from wayout.plan.measures import occupancy_of
from wayout.plan.model import Loads, Movement, Plan
from wayout.plan.reading import read_loads, read_movements_csv, read_movements_parquet
from wayout.scenario import folder as scenario_folder
from wayout.scenario.delimited import read_text
from wayout.scenario.figures import Case
from wayout.scenario.hashing import hash_of
from wayout.scenario.model import Scenario
from wayout.scenario.people import People, people_of

SCENARIO = "scenario"
WHAT_IF = "what-if"
"""Answers about the plan that other commands keep with it; reading takes no notice of them."""


def write(plan: Plan, scenario: Scenario, folder: Path, people: People | None = None) -> None:
    """Write a plan; files of an earlier plan in the folder are replaced, answers about it go.

    ``people`` are ``people_of(scenario)``, if they are known already.

    Raises
    ------
    OSError
        If the folder cannot be written.
    """
    everybody = people_of(scenario) if people is None else people
    folder.mkdir(parents=True, exist_ok=True)
    start, movements = scenario.start, plan.movements
    occupancy = occupancy_of(scenario, plan, everybody)
    files = {
        documents.FILE: documents.text_of(plan).encode(),
        tables.MOVEMENTS_CSV: tables.movements_csv(movements, start),
        tables.MOVEMENTS_PARQUET: tables.movements_parquet(movements, start),
        tables.LOADS_PARQUET: tables.loads_parquet(plan.loads, movements, everybody),
        tables.OCCUPANCY_PARQUET: tables.occupancy_parquet(occupancy, start),
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    (folder / tables.LOADS_CSV).unlink(missing_ok=True)
    for answer in (folder / WHAT_IF).glob("*.json"):
        answer.unlink()
    scenario_folder.write(scenario, folder / SCENARIO)


def read(folder: Path) -> tuple[Plan, Scenario]:
    """Read a plan and its scenario; values that the plan leaves out are judged and filled in.

    Raises
    ------
    PlanError
        With every finding, if a file is missing, damaged or contradicts another.
    """
    reader = _Reader(folder)
    document = reader.document()
    scenario = reader.scenario(document)
    if document is None or scenario is None:
        raise refusal(str(folder), reader.findings)
    people = people_of(scenario)
    movements = reader.movements(scenario)
    loads = None if movements is None else reader.loads(movements, people)
    if movements is None or loads is None:
        raise refusal(str(folder), reader.findings)
    plan = documents.plan_of(document, movements, loads, people.num_people)
    plan = _completed(plan, scenario, people, document)
    # A judged value that was changed changes the gaps too; the judge says that better.
    if document.has_other_gaps(plan) and judge(scenario, plan, people).accepted:
        document.report_gaps(plan)
    if document.findings:
        raise refusal(str(folder), document.findings)
    return plan, scenario


def _completed(
    plan: Plan, scenario: Scenario, people: People, document: documents.Document
) -> Plan:
    """The plan with what it leaves out: the scenario's own, and the judge's values."""
    plan = dataclasses.replace(
        plan,
        scenario_name=plan.scenario_name or scenario.name,
        scenario_hash=plan.scenario_hash or hash_of(scenario),
        case=plan.case or str(scenario.case),
        objective=plan.objective or str(scenario.policy.objective),
    )
    if document.has_values:
        return plan
    verdict = judge(scenario, plan, people, recorded=False)
    values = {key: getattr(verdict, key) for key in documents.JUDGED if key not in document.content}
    return dataclasses.replace(plan, **values)


class _Reader:
    """Reads file by file and keeps what is wrong with each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.findings: list[Finding] = []

    def document(self) -> documents.Document | None:
        """``plan.json``."""
        path = self.folder / documents.FILE
        if not path.is_file():
            self._missing(documents.FILE, "Name the folder of a plan.")
            return None
        text, findings = read_text(path)
        self._keep(findings)
        if text is None:
            return None
        document = documents.Document(text)
        self.findings += document.findings
        return None if document.findings else document

    def scenario(self, document: documents.Document | None) -> Scenario | None:
        """The plan's copy of its scenario, in the plan's case."""
        path = self.folder / SCENARIO
        if not path.is_dir():
            self._missing(SCENARIO, "Put the scenario's folder there under this name.")
            return None
        name = "" if document is None else document.text("case", "")
        if name and name not in [str(case) for case in Case]:
            cure = f"Write one of {', '.join(Case)}."
            where = Where(documents.FILE, None, "case")
            self.findings.append(fault(Fault.KEY, where, f"There is no case '{name}'.", cure))
            return None
        try:
            return scenario_folder.read(path, Case(name or Case.LIKELY))
        except ScenarioError as error:
            message = "The plan's copy of its scenario has errors."
            cure = f"Correct them: wayout check {SCENARIO} in the plan's folder lists them."
            self.findings.append(fault(Fault.SCENARIO, Where(SCENARIO), message, cure))
            self._keep([finding for finding in error.findings if isinstance(finding, Finding)])
            return None

    def movements(self, scenario: Scenario) -> tuple[Movement, ...] | None:
        """Movements of the CSV file, which the Parquet file, if there, has to repeat."""
        path = self.folder / tables.MOVEMENTS_CSV
        if not path.is_file():
            self._missing(path.name, f"Its columns are {', '.join(tables.MOVEMENT_COLUMNS)}.")
            return None
        movements, findings = read_movements_csv(path, scenario.start)
        twin = self.folder / tables.MOVEMENTS_PARQUET
        if not findings and twin.is_file():
            others, findings = read_movements_parquet(twin, scenario.start)
            if not findings:
                findings = _differences(movements, others)
        self._keep(findings)
        return None if findings else movements

    def loads(self, movements: tuple[Movement, ...], people: People) -> Loads | None:
        """Loads of whichever file is there, or of both if they agree."""
        paths = [self.folder / name for name in (tables.LOADS_PARQUET, tables.LOADS_CSV)]
        there = [path for path in paths if path.is_file()]
        if not there:
            self._missing("loads.csv", f"Its columns are {', '.join(tables.LOAD_COLUMNS)}.")
            return None
        read = [read_loads(path, movements, people) for path in there]
        findings = [finding for _, faults in read for finding in faults]
        loads = read[0][0]
        if not findings and len(read) > 1 and not _same(loads, read[1][0]):
            message = f"{there[1].name} and {there[0].name} differ."
            cure = "Delete the one that is out of date."
            findings.append(fault(Fault.DISAGREE, Where(there[1].name), message, cure))
        self._keep(findings)
        return None if findings else loads

    def _missing(self, name: str, cure: str) -> None:
        message = f"{name} is not there."
        self.findings.append(fault(Fault.MISSING, Where(name), message, cure))

    def _keep(self, findings: list[Finding]) -> None:
        self.findings += [item for item in findings if item.severity is Severity.ERROR]


def _same(first: Loads, second: Loads) -> bool:
    pairs = [
        sorted(zip(x.movement.tolist(), x.party.tolist(), strict=True)) for x in (first, second)
    ]
    return pairs[0] == pairs[1]


def _differences(movements: tuple[Movement, ...], others: tuple[Movement, ...]) -> list[Finding]:
    """Where the two tables of movements do not say the same."""
    findings = []
    cure = "Delete movements.parquet if the CSV file is right."
    for position, (one, other) in enumerate(itertools.zip_longest(movements, others)):
        if one != other:
            where = Where(tables.MOVEMENTS_CSV, position + 2)
            message = f"The row differs from row {position + 1} of {tables.MOVEMENTS_PARQUET}."
            findings.append(fault(Fault.DISAGREE, where, message, cure))
    return findings
