"""A program that links a register and is killed while it writes what it found.

Started with the register's URL and keyring.
"""

import os
import signal
import sys
from pathlib import Path

from tests.registry.office import PASSPHRASE

from wayout.registry import linking
from wayout.registry.register import open_register
from wayout.registry.store import pairing


def dying(*_: object) -> None:
    """In the transaction: the pairs are written, what made them is not."""
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    with open_register(sys.argv[1], Path(sys.argv[2]), "ada", PASSPHRASE) as register:
        setattr(pairing, "_keep", dying)  # noqa: B010 - the moment to be killed in
        linking.link(register, "about to be killed")
