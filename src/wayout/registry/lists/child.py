"""The process that reads a hostile file: little memory and time, no file, only words come out.

It gets the file as its standard input and writes lines (``wire``) to its standard output. Started
by ``reading`` as ``python -m wayout.registry.lists.child``.
"""

import resource
import sys
from typing import IO

from wayout.registry.lists.faults import Fault, Unreadable
from wayout.registry.lists.formats import items_of
from wayout.registry.lists.limits import MIB, MOST_TEXT, PROCESS_MEMORY, PROCESS_SECONDS
from wayout.registry.lists.wire import End, Row, line_of

_LIMITS = {
    resource.RLIMIT_AS: PROCESS_MEMORY,
    resource.RLIMIT_CPU: PROCESS_SECONDS,
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_NPROC: 0,
}


def confine() -> None:
    """Give up what reading does not need: memory, time, writing files, starting programs."""
    for kind, limit in _LIMITS.items():
        _, hard = resource.getrlimit(kind)
        most = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (most, most))


def pass_on(file: IO[bytes], out: IO[bytes]) -> None:
    """Every item of the file as a line; at the end how many rows there were, if all were read."""
    rows = text = 0
    try:
        for item in items_of(file):
            line = line_of(item)
            if isinstance(item, Row):
                rows += 1
                text += sum(len(cell) for cell in item.cells if isinstance(cell, str))
                _refuse_too_much(text)
            out.write(line)
        out.write(line_of(End(rows)))
    except Unreadable as stop:
        out.write(line_of(stop.problem))
    except (MemoryError, RecursionError):
        message = "Reading it took more memory than a list may take."
        unreadable = Unreadable(Fault.TOO_MUCH, message, "Divide the list into smaller ones.")
        out.write(line_of(unreadable.problem))
    out.flush()


def _refuse_too_much(text: int) -> None:
    """A short text that many cells share is long when every cell has it."""
    if text > MOST_TEXT:
        message = f"All cells together have more than {MOST_TEXT // MIB} million characters."
        raise Unreadable(Fault.TOO_LARGE, message, "Divide the list into smaller ones.")


if __name__ == "__main__":
    confine()
    pass_on(sys.stdin.buffer, sys.stdout.buffer)
