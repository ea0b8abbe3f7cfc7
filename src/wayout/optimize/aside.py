"""Finer bounds in a process of their own, while the search goes on.

A process can be ended at any moment, when the user stops or the gap is reached; a solver in a
thread would have to be waited for. It is asked for solutions only; what they prove is computed
here.
"""

import contextlib
import multiprocessing
import signal
from collections.abc import Sequence
from multiprocessing.connection import Connection

from wayout.errors import SolverError
from wayout.network.model import Network
from wayout.optimize.bound import Proved, certified_value
from wayout.optimize.linear import solve_linear
from wayout.optimize.relax.build import Aim, relax

Task = tuple[int, Aim]
"""A bucket length in minutes, and what is bounded."""


def _solve(connection: Connection, network: Network, tasks: Sequence[Task]) -> None:
    """The process: one solution after the other, until there is nobody to take them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(SolverError, OSError):
        for length, aim in tasks:
            connection.send((length, aim, solve_linear(relax(network, length, aim).program)))
    connection.close()


class Aside:
    """Solves relaxations one after the other; a context that ends it.

    Leaving it early loses what was not ready.
    """

    def __init__(self, network: Network, tasks: Sequence[Task]) -> None:
        self.network = network
        context = multiprocessing.get_context("spawn")
        self.connection, there = context.Pipe(duplex=False)
        arguments = (there, network, tuple(tasks))
        self.process = context.Process(target=_solve, args=arguments, daemon=True)
        self.process.start()
        there.close()

    def __enter__(self) -> "Aside":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.join()
        self.connection.close()

    def ready(self) -> Proved | None:
        """The next bound, or None while there is none."""
        try:
            if not self.connection.poll():
                return None
            length, aim, solution = self.connection.recv()
        except (EOFError, OSError):
            return None
        relaxation = relax(self.network, length, aim)
        return Proved(relaxation, solution, certified_value(relaxation, solution.y))
