"""Registers with made-up people (SYNTHETIC), small and quick to open."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from wayout.findings import Finding, Severity, Where
from wayout.registry.records import Record
from wayout.registry.register import (
    ListReceipt,
    Position,
    Register,
    SourceRow,
    create,
    open_register,
)
from wayout.registry.vault.admission import Candidate, Founded
from wayout.registry.vault.passphrase import LOWEST_COST
from wayout.registry.vault.roles import Role

PASSPHRASE = "plain words for a test"  # noqa: S105 - opens made-up people only
DAY = date(2026, 8, 1)


@dataclass
class Clock:
    """A clock that stands still until it is told to go on."""

    time: datetime = datetime(2026, 8, 1, 6, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **duration: float) -> None:
        self.time += timedelta(**duration)


@dataclass
class World:
    """Where a register is, and how its members open it."""

    url: str
    keyring: Path
    clock: Clock = field(default_factory=Clock)
    options: dict[str, Any] = field(default_factory=dict)

    def create(self, roles: frozenset[Role] = frozenset(Role), **more: Any) -> Founded:
        return create(
            self.url,
            self.keyring,
            "ada",
            PASSPHRASE,
            roles=roles,
            clock=self.clock,
            cost=LOWEST_COST,
            **self.options,
            **more,
        )

    def open(self, user: str = "ada", passphrase: str = PASSPHRASE) -> Register:
        return open_register(
            self.url, self.keyring, user, passphrase, clock=self.clock, **self.options
        )

    def admit(self, name: str, *roles: Role, confirm: bool = True) -> None:
        """Admit somebody through ada; his passphrase is the common one."""
        with self.open() as register:
            candidate = Candidate(name, frozenset(roles), PASSPHRASE)
            register.members.admit(candidate, "joined", cost=LOWEST_COST)
            if confirm:
                register.members.confirm(name, "known to me")


def row(number: int, source: str = "embassy") -> SourceRow:
    """A made-up person; every field says so or follows from the number."""
    name = f"Synthetic{number}"
    record = Record(
        "",
        source,
        household=f"H{number // 3}",
        given=name,
        family="Testzai",
        birth_year=1950 + number % 60,
        birth_precision="year",
        phone=f"+93700{number:06d}",
        document=f"P-{number:05d}",
        nationality="AFG",
        place="Kabul",
        employer="Example Org" if number % 2 else None,
        needs="wheelchair" if number % 10 == 0 else None,
        note="SYNTHETIC",
    )
    finding = Finding("odd", Severity.WARNING, Where("list.csv", number + 2, "Doc"), "Odd.", "Ask.")
    cells = {"Name": name, "Phone": f"0700{number:06d}", "Remark": "SYNTHETIC, =1+1"}
    position = Position("list.csv", None, number + 2)
    findings = (finding,) if number % 4 == 0 else ()
    return SourceRow(position, cells, record, f"hash{number}", findings, number % 7 == 0)


def rows(count: int, start: int = 0, source: str = "embassy") -> Iterator[SourceRow]:
    return (row(number, source) for number in range(start, start + count))


def add(
    register: Register, count: int = 30, start: int = 0, source: str = "embassy"
) -> ListReceipt:
    return register.add_list(
        source, DAY, f"{source}.csv", f"{source}-{start}-{count}", rows(count, start, source)
    )


Make = Callable[[], World]
