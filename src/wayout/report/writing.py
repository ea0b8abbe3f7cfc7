"""Writes both documents into a plan's folder."""

from pathlib import Path

from wayout.plan.measures import Measures
from wayout.plan.model import Plan
from wayout.report.content.assemble import content_of
from wayout.report.document.pdf import pdf
from wayout.report.web.page import page
from wayout.scenario.model import Scenario
from wayout.scenario.people import People

HTML_NAME = "report.html"
PDF_NAME = "plan.pdf"


def write(
    scenario: Scenario, people: People, plan: Plan, measures: Measures, folder: Path
) -> tuple[Path, Path]:
    """Write ``report.html`` and ``plan.pdf`` into a folder that exists; give their paths.

    The same arguments give the same bytes. Raises OSError if the folder cannot be written to.
    """
    content = content_of(scenario, people, plan, measures)
    html, document = folder / HTML_NAME, folder / PDF_NAME
    html.write_text(page(content), encoding="utf-8", newline="\n")
    document.write_bytes(pdf(content))
    return html, document
