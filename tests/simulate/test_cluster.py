"""The same result wherever it is computed, also when a worker is lost in the middle."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from tests.simulate.worlds import flying

import wayout
from wayout.cli.executing import executor
from wayout.errors import WayoutError
from wayout.simulate.disruptions import Disruptions
from wayout.simulate.running import BLOCK
from wayout.simulate.study import Study, simulate

NUM = 40 * BLOCK
ROOT = Path(__file__).parents[2]
PLACES = os.pathsep.join((str(Path(wayout.__file__).parents[1]), str(ROOT)))
ENVIRONMENT = {**os.environ, "PYTHONPATH": PLACES}

pytestmark = [
    # Dask's own sockets and event loop are closed by the garbage collector after the client was
    # closed in good order; the warning would be blamed on whatever test runs then.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def played(workers: int = 1, cluster: str | None = None, **more: object) -> Study:
    world, plan = flying()
    with executor(workers, cluster) as pool:
        return simulate(
            world,
            plan,
            Disruptions(),
            pool,
            replications=NUM,
            seed=7,
            compared=False,
            **more,  # type: ignore[arg-type] # options by name
        )


def digests(found: Study) -> list[tuple[int, str, float]]:
    return [(one.replication, one.digest, one.danger_hours) for one in found.outcomes]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of Dask's command line, ended when the context is left."""
    command = (sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:])
    process = subprocess.Popen(
        command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


WORKER = ("--no-nanny", "--nthreads", "1", "--no-dashboard", "--memory-limit", "0")


@contextmanager
def cluster(num_workers: int) -> Iterator[tuple[str, Sequence[subprocess.Popen[bytes]]]]:
    """A scheduler and workers as processes of their own on this machine."""
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    with ExitStack() as stack:
        place = ("--host", "127.0.0.1", "--port", str(port), "--no-dashboard", "--no-show")
        stack.enter_context(started("dask_scheduler", *place))
        _await_port(port)
        workers = [
            stack.enter_context(started("dask_worker", address, *WORKER))
            for _ in range(num_workers)
        ]
        _await_workers(address, num_workers)
        yield address, workers


def _await_port(port: int) -> None:
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)


def _await_workers(address: str, num: int) -> None:
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(num)


def test_processes_and_a_cluster_with_a_lost_worker_give_the_same() -> None:
    expected = digests(played(1))
    assert [index for index, *_ in expected] == list(range(NUM))
    assert len({digest for _, digest, _ in expected}) > NUM / 2
    assert digests(played(2)) == expected
    killed: list[int] = []
    with cluster(2) as (address, workers):

        def observe(done: int, total: int) -> None:
            if done >= total // 10 and not killed:
                workers[0].send_signal(signal.SIGKILL)
                killed.append(done)

        assert digests(played(cluster=address, observe=observe)) == expected
        assert workers[0].wait() == -signal.SIGKILL
        assert workers[1].poll() is None
    assert killed


def test_a_cluster_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wayout.cli.executing.SECONDS_TO_CONNECT", 1)
    with pytest.raises(WayoutError, match=r"no Dask scheduler at tcp://127.0.0.1:"):
        played(cluster=f"tcp://127.0.0.1:{free_port()}")
