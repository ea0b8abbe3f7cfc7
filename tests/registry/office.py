"""A register at work in a folder: two lists of synthetic people, two members, scored pairs.

The embassy states Ahmad with his wife Bibi and their child Daud, and Karim alone. The charity
states Ahmad (spelled otherwise) with Bibi, Daud with his uncle Esmat, and Farid, a child, alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

import polars as pl

from wayout.registry.entries import Position, SourceRow
from wayout.registry.records import Record
from wayout.registry.register import Register, create, open_register
from wayout.registry.vault.admission import Candidate
from wayout.registry.vault.passphrase import LOWEST_COST
from wayout.registry.vault.roles import Role

PASSPHRASE = "seven synthetic words for a test register"  # noqa: S105  # opens made-up data
EMBASSY = (
    Record(
        "",
        "embassy",
        "7",
        "Ahmad",
        "Zaki",
        "Gul",
        "m",
        1980,
        1,
        1,
        "default",
        nationality="GBR",
        place="Northtown",
        phone="+93701234567",
    ),
    Record(
        "",
        "embassy",
        "7",
        "Bibi",
        "Zaki",
        None,
        "f",
        1984,
        birth_precision="year",
        nationality="AFG",
        place="Northtown",
        needs="wheelchair",
    ),
    Record(
        "",
        "embassy",
        "7",
        "Daud",
        "Zaki",
        "Ahmad",
        "m",
        2024,
        3,
        2,
        "day",
        nationality="AFG",
        place="Northtown",
    ),
    Record(
        "",
        "embassy",
        None,
        "Karim",
        "Omar",
        None,
        "m",
        1970,
        birth_precision="year",
        nationality="AFG",
        place="Southtown",
        employer="British Council",
    ),
)
CHARITY = (
    Record("", "charity", "K1", "Ahmed", "Zaki", "Gul", "m", 1980, 5, 4, "day",
           nationality="GBR", place="Northtown"),
    Record("", "charity", "K1", "Bibi", "Zaky", None, "f", 1984, birth_precision="year",
           place="Northtown"),
    Record("", "charity", "K2", "Daud", "Zaki", "Ahmad", "m", 2024, 3, 2, "day",
           place="Southtown"),
    Record("", "charity", "K2", "Esmat", "Zaki", "Gul", "m", 1975, birth_precision="year",
           place="Southtown"),
    Record("", "charity", None, "Farid", None, None, "m", 2020, birth_precision="year",
           place="Southtown"),
)  # fmt: skip
SCORES = (("Ahmad", "Ahmed", 0.4), ("Bibi", "Bibi", 2.0), ("Daud", "Daud", 1.0))


@dataclass(frozen=True, slots=True)
class Office:
    """The files of a register, and its records by list and given name."""

    folder: Path
    records: dict[tuple[str, str], str]

    @property
    def url(self) -> str:
        return f"sqlite:///{self.folder / 'people.db'}"

    def open(self, user: str = "ada") -> Register:
        return open_register(self.url, self.folder / "people.keys", user, PASSPHRASE)

    def options(self, user: str = "ada") -> tuple[str, ...]:
        """What every command needs to open it."""
        files = (self.folder / "people.keys", self.folder / "passphrase")
        return (
            "--register", self.url, "--keyring", str(files[0]), "--user", user,
            "--passphrase-file", str(files[1]),
        )  # fmt: skip

    def record(self, source: str, given: str) -> str:
        return self.records[source, given]


def founded(folder: Path) -> Office:
    """Make the register, take both lists in, keep the scores, admit ben."""
    (folder / "passphrase").write_text(PASSPHRASE + "\n", encoding="utf-8")
    office = Office(folder, {})
    create(office.url, folder / "people.keys", "ada", PASSPHRASE, cost=LOWEST_COST)
    with office.open() as register:
        for source, rows in (("embassy", EMBASSY), ("charity", CHARITY)):
            taken = register.add_list(
                source, date(2026, 8, 1), f"{source}.csv", _hash(source), rows_of(source, rows)
            )
            names = [(source, str(row.given)) for row in rows]
            office.records.update(zip(names, taken.records, strict=True))
        pairs = [
            (office.record("embassy", one), office.record("charity", other), score, "ask", bits)
            for (one, other, score), bits in zip(SCORES, _BITS, strict=True)
        ]
        schema = ["left", "right", "score", "outcome", "explanation"]
        frame = pl.DataFrame(pairs, schema=schema, orient="row")
        register.save_pairs(frame, "linked by the test", role=Role.REVIEWER)
        ben = Candidate("ben", frozenset(Role), PASSPHRASE)
        register.members.admit(ben, "second reviewer", cost=LOWEST_COST)
    return office


_BITS = (
    {"given": 3.0, "family": 2.5},
    {"given": 4.0, "birth": 1.5},
    {"given": 5.0, "birth": 6.0},
)


def rows_of(source: str, records: Sequence[Record]) -> list[SourceRow]:
    """Records as import hands them over."""
    return [
        SourceRow(
            Position(f"{source}.csv", None, number),
            {"given": str(record.given)},
            record,
            _hash(f"{source}{number}"),
        )
        for number, record in enumerate(records, start=2)
    ]


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
