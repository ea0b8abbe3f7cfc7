"""Run the planner beside the terminal, so that the view lives and Ctrl-C is heard at once."""

import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from types import FrameType, TracebackType
from typing import Self, TypeVar

Result = TypeVar("Result")
SECONDS_BETWEEN_LOOKS = 0.1
STOPPED_BY_SIGNAL = 130


class StopButton:
    """Ctrl-C: the first press asks the planner to stop, the second ends the program at once.

    ``on_press`` is called at the first press, ``on_abort`` just before the end at the second.
    """

    def __init__(self, on_press: Callable[[], None], on_abort: Callable[[], None]) -> None:
        self._asked = threading.Event()
        self._on_press = on_press
        self._on_abort = on_abort

    def asked(self) -> bool:
        """Whether the user asked to stop."""
        return self._asked.is_set()

    def _press(self, number: int, frame: FrameType | None) -> None:
        if self._asked.is_set():
            self._on_abort()
            # The planner may be deep in a solver's C++ code, where a normal exit would wait.
            os._exit(STOPPED_BY_SIGNAL)
        self._asked.set()
        self._on_press()

    def __enter__(self) -> Self:
        """Listen to Ctrl-C."""
        self._before = signal.signal(signal.SIGINT, self._press)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give Ctrl-C its usual meaning back."""
        signal.signal(signal.SIGINT, self._before)


def beside(call: Callable[[], Result], look: Callable[[float], None]) -> Result:
    """Run ``call`` in a thread of its own and hand back its result, or raise its error.

    Meanwhile ``look`` is called here with the seconds so far, ten times a second.
    """
    outcome: Future[Result] = Future()

    def run() -> None:
        try:
            outcome.set_result(call())
        except BaseException as error:  # it belongs to the caller, who waits in another thread
            outcome.set_exception(error)

    began = time.monotonic()
    threading.Thread(target=run, name="planner", daemon=True).start()
    while not wait([outcome], timeout=SECONDS_BETWEEN_LOOKS).done:
        look(time.monotonic() - began)
    return outcome.result()
