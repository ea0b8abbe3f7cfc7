"""A program that decides without end and says after each decision that it was acknowledged.

Started with the register's URL, its keyring and its first record; killed from outside.
"""

import sys
from pathlib import Path

from tests.registry.store.worlds import World, add

from wayout.registry.register import Role


def main(url: str, keyring: str, start: str) -> None:
    with World(url, Path(keyring)).open() as register:
        print("ready", flush=True)
        number = int(start)
        while True:
            receipt = add(register, 2, number)
            print(f"list {receipt.entry.list_id}", flush=True)
            record = receipt.records[0]
            made = register.decide("seen", {"number": number}, "seen", role=Role.CLERK)
            print(f"decision {made.number}", flush=True)
            register.erase([record], "asked for it")
            print(f"erased {record}", flush=True)
            number += 2


if __name__ == "__main__":
    main(*sys.argv[1:])
