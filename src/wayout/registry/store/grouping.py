"""Group commit: writes that come at the same time share one flush to the disk.

A confirmed write is a promise, so it waits for the disk (``synchronous=FULL``); a disk flushes some
hundred times a second at best. While one group is being written the next one gathers.
"""

import queue
import threading
from concurrent.futures import Future
from types import TracebackType
from typing import Self

from wayout.errors import StoreError
from wayout.eventlog.event import Event
from wayout.registry.store.writing import After, Job, Store, Work

LARGEST = 250


class GroupWriter:
    """A thread that writes what many threads hand to it; a context manager.

    A future is done once its write is on the disk, or raises what went wrong with this one.
    """

    def __init__(self, store: Store, after: After | None = None, largest: int = LARGEST) -> None:
        self._store, self._after, self._largest = store, after, largest
        self._jobs: queue.SimpleQueue[tuple[Job, Future[Event]] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="wayout writer")
        self._is_open = True
        self._thread.start()

    def __enter__(self) -> Self:
        """The writer."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write what is waiting, then stop."""
        self.close()

    def submit(self, token: str, work: Work) -> Future[Event]:
        """Hand a write over; raises StoreError after ``close``."""
        if not self._is_open:
            raise StoreError("Nothing was written: the writer is closed.")
        answer: Future[Event] = Future()
        self._jobs.put((Job(token, work), answer))
        return answer

    def close(self) -> None:
        """Write what is waiting, then stop."""
        self._is_open = False
        self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (first := self._jobs.get()) is not None:
            group, is_last = self._gather(first)
            self._write(group)
            if is_last:
                return

    def _gather(
        self, first: tuple[Job, Future[Event]]
    ) -> tuple[list[tuple[Job, Future[Event]]], bool]:
        """What is waiting by now, up to the largest group; whether the end was among it."""
        group = [first]
        while len(group) < self._largest:
            try:
                following = self._jobs.get_nowait()
            except queue.Empty:
                break
            if following is None:
                return group, True
            group.append(following)
        return group, False

    def _write(self, group: list[tuple[Job, Future[Event]]]) -> None:
        try:
            answers = self._store.write_group([job for job, _ in group], self._after)
        except Exception as error:  # the thread lives on, and everybody waiting is told
            answers = [error for _ in group]
        for (_, future), answer in zip(group, answers, strict=True):
            if isinstance(answer, Event):
                future.set_result(answer)
            else:
                future.set_exception(answer)
