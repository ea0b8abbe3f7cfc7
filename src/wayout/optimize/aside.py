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


def _solve(connection: Connection, network: Network, length: int, aims: Sequence[Aim]) -> None:
    """The process: one solution after the other, until there is nobody to take them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(SolverError, OSError):
        for aim in aims:
            connection.send((aim, solve_linear(relax(network, length, aim).program)))
    connection.close()


class Aside:
    """Solves the relaxations of several aims at one bucket length; a context that ends it.

    Leaving it early loses what was not ready.
    """

    def __init__(self, network: Network, length: int, aims: Sequence[Aim]) -> None:
        self.network, self.length = network, length
        context = multiprocessing.get_context("spawn")
        self.connection, there = context.Pipe(duplex=False)
        arguments = (there, network, length, tuple(aims))
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
            aim, solution = self.connection.recv()
        except (EOFError, OSError):
            return None
        relaxation = relax(self.network, self.length, aim)
        return Proved(relaxation, solution, certified_value(relaxation, solution.y))
