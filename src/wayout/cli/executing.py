"""Where a sweep's work is done: in this process, in several beside it, or on a Dask cluster.

with executor(workers, cluster) as pool:
    results = sweep(scenario, pool)

What comes back never depends on the choice: a sweep collects its tasks in their order, and each
task carries its own seed. On a cluster a worker that is lost has its task done again by another; a
process of this machine that is ended from outside ends the work with a word about it.
"""

import contextlib
import multiprocessing
import os
import signal
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor, ThreadPoolExecutor
from typing import TYPE_CHECKING, Annotated

import typer

from wayout.errors import WayoutError

if TYPE_CHECKING:
    from distributed import Client

SECONDS_TO_CONNECT = 20

Workers = Annotated[
    int,
    typer.Option(
        "--workers",
        min=0,
        help="Processes that share the work; 0 is one for every core. The result is the same.",
    ),
]
Cluster = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help="A Dask scheduler to work on instead, as tcp://host:8786. The result is the same.",
    ),
]


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0))


@contextlib.contextmanager
def executor(workers: int = 0, cluster: str | None = None) -> Iterator[Executor]:
    """An executor for a sweep, ended when the context is left.

    Raises
    ------
    WayoutError
        If the cluster is not there, has no workers, or Dask is not installed; if a process was
        ended from outside.
    """
    if cluster is not None:
        with _on_cluster(cluster) as pool:
            yield pool
        return
    num_processes = workers or cores()
    with _local(num_processes) as pool:
        try:
            yield pool
        except BrokenExecutor as error:
            message = (
                "A process that shared the work was ended from outside, perhaps for want of "
                "memory. Nothing was counted. Try again with fewer --workers."
            )
            raise WayoutError(message) from error
        except BaseException:
            # Whoever leaves early, by Ctrl-C or an error, does not wait for what is queued.
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _local(num_processes: int) -> Executor:
    """One worker is a thread, which costs nothing to start; more are processes."""
    if num_processes == 1:
        return ThreadPoolExecutor(1, thread_name_prefix="sweep")
    # Forking a process whose libraries run threads of their own may hang the child.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(num_processes, mp_context=context, initializer=_ignore_interrupt)


def _ignore_interrupt() -> None:
    """Ctrl-C reaches every process of the terminal; only the first one decides."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextlib.contextmanager
def _on_cluster(address: str) -> Iterator[Executor]:
    """The cluster's own executor: a task of a lost worker is given to another by the scheduler."""
    try:
        # An extra: who has no cluster need not install Dask.
        import distributed
    except ImportError as error:
        message = "Working on a cluster needs Dask. Install it with: pip install 'wayout[cluster]'."
        raise WayoutError(message) from error
    try:
        client = distributed.Client(address, timeout=SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        message = f"There is no Dask scheduler at {address}. Start one with: dask scheduler."
        raise WayoutError(message) from error
    with client:
        _require_workers(client, address)
        # Each task is a task of its own, even if another looks the same.
        yield client.get_executor(pure=False)


def _require_workers(client: "Client", address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=SECONDS_TO_CONNECT)
    except TimeoutError as error:
        message = (
            f"The Dask scheduler at {address} has no workers. Start some where wayout is "
            f"installed with: dask worker {address}."
        )
        raise WayoutError(message) from error
