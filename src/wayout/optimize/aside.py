"""Finer bounds in a process of their own, while the search goes on.

A process can be ended at any moment, when the user stops or the gap is reached; a solver in a
thread would have to be waited for. It is asked for solutions only; what they prove is computed
here.
"""

import contextlib
import multiprocessing
import signal
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Any, Self

from wayout.errors import SolverError
from wayout.network.model import Network, hurried
from wayout.optimize.bound import Clearance, Proved, certified_value, clearances, leaves_some
from wayout.optimize.linear import solve_linear
from wayout.optimize.relax.build import Aim, relax

Task = tuple[int, Aim]
"""A bucket length in minutes, and what is bounded."""


def _perform(connection: Connection, work: Callable[..., None]) -> None:
    """The process: it is told what to work on, and works until there is nobody to take it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(SolverError, OSError, EOFError):
        work(connection, *connection.recv())
    connection.close()


def _solve(connection: Connection, network: Network, tasks: Sequence[Task]) -> None:
    """One solution after the other."""
    for length, aim in tasks:
        connection.send((length, aim, solve_linear(relax(network, length, aim).program)))


def _clear(connection: Connection, network: Network, lengths: Sequence[int], known: int) -> None:
    """For the earliest clearance: each bound that is later than the last."""
    low = known - 1
    for length in lengths:
        for cleared in clearances(network, length, low, network.horizon):
            if cleared.proved is not None:
                connection.send((length, cleared.minute - 1, cleared.proved.solution))
                low = cleared.minute - 1


class _Process:
    """A process that sends what it finds; a context that ends it. What was not ready is lost.

    A process that does not come up, or is ended from outside, finds nothing, and that is all.
    """

    def __init__(self, work: Callable[..., None], *arguments: object) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, there = context.Pipe()
        # What is large is sent when nobody but the process holds the other end: handed over with
        # its start, it would be waited for without end where the process does not come up.
        self.process = context.Process(target=_perform, args=(there, work), daemon=True)
        self.process.start()
        there.close()
        with contextlib.suppress(OSError):
            self.connection.send(arguments)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.join()
        self.connection.close()

    def next(self) -> Any:  # what was sent, whatever the work
        """What was sent next, or None while there is none."""
        try:
            return self.connection.recv() if self.connection.poll() else None
        except (EOFError, OSError):
            return None


class Aside(_Process):
    """Solves relaxations one after the other."""

    def __init__(self, network: Network, tasks: Sequence[Task]) -> None:
        super().__init__(_solve, network, tuple(tasks))
        self.network = network

    def ready(self) -> Proved | None:
        """The next bound, or None while there is none."""
        sent = self.next()
        if sent is None:
            return None
        length, aim, solution = sent
        relaxation = relax(self.network, length, aim)
        return Proved(relaxation, solution, certified_value(relaxation, solution.y))


class ClearanceAside(_Process):
    """Looks for a later clearance bound than the one in hand, at one bucket length after another.

    ``known`` is the minute proved so far.
    """

    def __init__(self, network: Network, lengths: Sequence[int], known: int) -> None:
        super().__init__(_clear, network, tuple(lengths), known)
        self.network = network

    def ready(self) -> Clearance | None:
        """The next bound, or None while there is none."""
        sent = self.next()
        if sent is None:
            return None
        length, deadline, solution = sent
        relaxation = relax(hurried(self.network, deadline), length, Aim.PEOPLE)
        value = certified_value(relaxation, solution.y)
        if not leaves_some(self.network, value):
            return None
        return Clearance(deadline + 1, Proved(relaxation, solution, value))
