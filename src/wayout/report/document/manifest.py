"""Sets the manifest of one movement: the only document of Wayout with names in it."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from wayout.report.document.pdf import compiled
from wayout.report.markup import clean

COLUMNS = (
    ("reference", 2),
    ("party", 3),
    ("priority", 1),
    ("name", 4),
    ("father", 3),
    ("sex", 1),
    ("birth", 2),
    ("party's needs", 3),
    ("boarded", 1),
)
"""Heads of the columns and their relative widths."""


@dataclass(frozen=True, slots=True)
class Passenger:
    """One person of a manifest, as text. ``reference`` names the copy it is from."""

    reference: str
    party: str
    priority: str
    name: str
    father: str
    sex: str
    birth: str
    needs: str

    def cells(self) -> tuple[str, ...]:
        """The cells of its row; the last is left for a pen."""
        return (
            self.reference,
            self.party,
            self.priority,
            self.name,
            self.father,
            self.sex,
            self.birth,
            self.needs,
            "",
        )


@dataclass(frozen=True, slots=True)
class Manifest:
    """A movement and its people, for one recipient and until a day."""

    movement: str
    facts: tuple[tuple[str, str], ...]
    passengers: tuple[Passenger, ...]
    recipient: str
    reason: str
    destroy_by: str
    made: datetime


def manifest_pdf(manifest: Manifest) -> bytes:
    """The manifest as PDF; the same manifest gives the same bytes."""
    made = manifest.made.astimezone(UTC)
    content = {
        "movement": manifest.movement,
        "recipient": manifest.recipient,
        "reason": manifest.reason,
        "destroy_by": manifest.destroy_by,
        "date": [made.year, made.month, made.day, made.hour, made.minute],
        "facts": [list(fact) for fact in manifest.facts],
        "columns": [{"head": head, "weight": weight} for head, weight in COLUMNS],
        "rows": [list(passenger.cells()) for passenger in manifest.passengers],
    }
    text = clean(json.dumps(content, ensure_ascii=False, sort_keys=True))
    return compiled("manifest.typ", text, int(made.timestamp()))
