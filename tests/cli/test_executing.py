"""Where sweeps are computed."""

import os

import pytest

from wayout.cli.executing import cores, executor
from wayout.errors import WayoutError


def test_one_worker_is_this_process() -> None:
    with executor(1) as pool:
        assert pool.submit(os.getpid).result() == os.getpid()


def test_several_workers_are_others() -> None:
    assert cores() >= 1
    with executor(2) as pool:
        pids = {pool.submit(os.getpid).result() for _ in range(4)}
    assert os.getpid() not in pids


def test_a_process_that_is_lost_is_said() -> None:
    with pytest.raises(WayoutError, match=r"ended from outside"), executor(2) as pool:
        pool.submit(os._exit, 9).result()
