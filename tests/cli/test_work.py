import os
import signal
import threading
import time

import pytest

from wayout.cli.work import StopButton, beside
from wayout.errors import SolverError


def test_the_result_comes_back_and_the_view_is_called() -> None:
    looks: list[float] = []

    def call() -> str:
        time.sleep(0.35)
        return threading.current_thread().name

    assert beside(call, looks.append) == "planner"
    assert len(looks) >= 2
    assert looks == sorted(looks)


def test_an_error_of_the_call_is_raised_here() -> None:
    def call() -> None:
        raise SolverError("no answer")

    with pytest.raises(SolverError, match="no answer"):
        beside(call, lambda _: None)


def test_the_first_press_asks_and_gives_the_key_back_at_the_end() -> None:
    said: list[str] = []
    before = signal.getsignal(signal.SIGINT)
    with StopButton(lambda: said.append("stopping"), lambda: said.append("aborted")) as button:
        assert not button.asked()
        os.kill(os.getpid(), signal.SIGINT)
        assert button.asked()
    assert said == ["stopping"]
    assert signal.getsignal(signal.SIGINT) is before
