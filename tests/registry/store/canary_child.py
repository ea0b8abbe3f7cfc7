"""A program that puts canaries through everything the register does, and then dies.

Started with the register's URL and keyring; the made-up names all begin with a rare prefix.
"""

import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl
from tests.registry.store.worlds import DAY, World, row

from wayout.findings import Finding, Severity, Where
from wayout.registry.register import Look, Register, Role, SourceRow
from wayout.registry.store import backing
from wayout.registry.store.scratch import in_memory
from wayout.registry.vault.backup import new_identity

CANARY = "Zqxvkjé"
NUMBER = "+93799887766"
COUNT = 1000


def people(count: int, start: int = 0) -> Iterator[SourceRow]:
    for number in range(start, start + count):
        plain, name = row(number), f"{CANARY}{number}"
        record = replace(
            plain.record,
            given=name,
            family=name,
            father=name,
            phone=NUMBER,
            email=f"{name}@example.org",
            document=f"{name}-1",
            place=name,
            employer=name,
            needs="wheelchair",
            threat=name,
            note=name,
        )
        finding = Finding("odd", Severity.WARNING, Where(name, 2, name), name, name)
        yield replace(plain, cells={name: name}, record=record, findings=(finding,))


def live(register: Register, folder: Path) -> None:
    """Import, look up, link, decide, erase, back up."""
    receipt = register.add_list(CANARY, DAY, f"{CANARY}.csv", "hash", people(COUNT), reason=CANARY)
    register.remember_mapping(CANARY, {CANARY: "given"})
    table = register.records(Role.REVIEWER, f"linking {CANARY}")
    duck = in_memory("200 MB")
    duck.register("people", table.to_arrow())
    duck.execute("SELECT given, count(*) FROM people GROUP BY ALL ORDER BY ALL").fetchall()
    register.find(Role.CLERK, CANARY, Look(phone=NUMBER))
    first, second, third = receipt.records[:3]
    pairs = pl.DataFrame(
        {"left": [first], "right": [second], "score": [1.0], "explanation": [CANARY]}
    )
    register.save_pairs(pairs, CANARY, role=Role.REVIEWER)
    register.decide("same", {"note": CANARY}, CANARY, role=Role.REVIEWER, records=(first,))
    register.erase([third], CANARY)
    recipients = [new_identity()[1], new_identity()[1]]
    backing.back_up(register.desk, folder / "backup", recipients, CANARY)
    backing.back_up_keyring(register.desk, folder / "keys", recipients, CANARY)
    register.log(Role.AUDITOR, CANARY)


def main(url: str, keyring: str, folder: str) -> None:
    register = World(url, Path(keyring)).open()
    live(register, Path(folder))

    def dying() -> Iterator[SourceRow]:
        yield from people(15_000, COUNT)
        os.kill(os.getpid(), signal.SIGKILL)

    register.add_list(CANARY, DAY, "second.csv", "second", dying())


if __name__ == "__main__":
    main(*sys.argv[1:])
