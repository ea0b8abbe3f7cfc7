"""Writes a playbook: ``playbook.html``, ``playbook.pdf`` and the orders of each play as CSV."""

import csv
import io
import json
from dataclasses import asdict
from datetime import UTC
from pathlib import Path

from wayout.clock import text_of
from wayout.contingency.outcomes import Figures
from wayout.contingency.playbook import Orders, Play
from wayout.report.document.pdf import compiled, table
from wayout.report.markup import clean
from wayout.report.playbook.content import LABELS, Book, Page, book_of, entries
from wayout.report.playbook.web import html
from wayout.scenario.model import Scenario

HTML_NAME = "playbook.html"
PDF_NAME = "playbook.pdf"
HEADER = (
    "order",
    "vehicle",
    "fleet",
    "link",
    "from",
    "to",
    "depart",
    "arrive",
    "people",
    "instead_to",
    "instead_people",
)
MOST_PRINTED = 150
"""Orders of the first hours that are printed on paper; all are in the CSV."""


def orders_csv(orders: Orders, scenario: Scenario) -> str:
    """Every order as a row, times with their offset."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for _, order, movement, before in entries(orders):
        writer.writerow(
            (
                LABELS[order],
                movement.vehicle,
                movement.fleet,
                movement.link,
                movement.origin,
                movement.destination,
                text_of(movement.depart, scenario.start),
                text_of(movement.arrive, scenario.start),
                movement.people,
                "" if before is None else before.destination,
                "" if before is None else before.people,
            )
        )
    return text.getvalue()


def _printed(page: Page) -> dict[str, object]:
    first = table(page.first)
    left = len(page.first.rows) - MOST_PRINTED
    if left > 0:
        first["rows"] = table(page.first)["rows"][:MOST_PRINTED]  # type: ignore[index]
        first["note"] = f"{left:,} more of them in orders-{page.number:02d}.csv."
    return {
        "number": page.number,
        "title": page.title,
        "trigger": page.trigger,
        "words": page.words,
        "facts": [asdict(fact) for fact in page.facts],
        "tables": [table(page.owners), table(page.places), table(page.left_out), first],
        "orders": f"orders-{page.number:02d}.csv",
    }


def playbook_pdf(book: Book, scenario: Scenario) -> bytes:
    """The book as PDF; the same book gives the same bytes, dated by the scenario's start."""
    start = scenario.start.astimezone(UTC)
    content = {
        "title": book.title,
        "scenario": book.scenario,
        "case": book.case,
        "zone": book.zone,
        "lead": book.lead,
        "date": [start.year, start.month, start.day, start.hour, start.minute],
        "overview": table(book.overview),
        "pages": [_printed(page) for page in book.pages],
    }
    text = clean(json.dumps(content, ensure_ascii=False, sort_keys=True))
    return compiled("playbook.typ", text, int(scenario.start.timestamp()))


def write_playbook(
    scenario: Scenario, base: Figures, plays: tuple[Play, ...], folder: Path
) -> tuple[Path, Path]:
    """Write the playbook into a folder, which is made if it is not there; give HTML and PDF.

    The same arguments give the same bytes. Raises OSError if the folder cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    book = book_of(scenario, base, plays)
    page, document = folder / HTML_NAME, folder / PDF_NAME
    page.write_text(html(book), encoding="utf-8", newline="\n")
    document.write_bytes(playbook_pdf(book, scenario))
    for number, play in enumerate(plays, 1):
        text = orders_csv(play.orders, scenario)
        (folder / f"orders-{number:02d}.csv").write_text(text, encoding="utf-8", newline="\n")
    return page, document
