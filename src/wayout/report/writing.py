"""Writes both documents into a plan's folder."""

from dataclasses import replace
from pathlib import Path

from wayout.plan.folder import read
from wayout.plan.measures import Measures, measure
from wayout.plan.model import Plan
from wayout.report.content.assemble import content_of
from wayout.report.content.what_if.reading import chapters_of
from wayout.report.document.pdf import pdf
from wayout.report.web.page import page
from wayout.scenario.model import Scenario
from wayout.scenario.people import People, people_of

HTML_NAME = "report.html"
PDF_NAME = "plan.pdf"


def write(
    scenario: Scenario, people: People, plan: Plan, measures: Measures, folder: Path
) -> tuple[Path, Path]:
    """Write ``report.html`` and ``plan.pdf`` into a folder that exists; give their paths.

    Answers about the plan that lie in the folder become chapters. The same arguments and answers
    give the same bytes. Raises OSError if the folder cannot be written to.
    """
    content = content_of(scenario, people, plan, measures)
    content = replace(content, what_if=chapters_of(folder, content.material))
    html, document = folder / HTML_NAME, folder / PDF_NAME
    html.write_text(page(content), encoding="utf-8", newline="\n")
    document.write_bytes(pdf(content))
    return html, document


def renew(folder: Path) -> tuple[Path, Path]:
    """Write both documents of a plan's folder anew, with the answers that it holds by now.

    Raises
    ------
    PlanError
        With every finding, if the plan cannot be read.
    OSError
        If the folder cannot be written to.
    """
    plan, scenario = read(folder)
    people = people_of(scenario)
    return write(scenario, people, plan, measure(scenario, plan, people), folder)
