"""The planner's steps as a file of JSON lines: what a benchmark or a dashboard reads."""

import dataclasses
import json
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from wayout.errors import PlanError
from wayout.optimize.progress import Progress


class Journal:
    """A file with one line a step, written as it happens.

    Each line is the `Progress` of the step and ``elapsed``, the seconds since the file was opened.
    Raises PlanError when the file cannot be written.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._file = path.open("w", encoding="utf-8")
        except OSError as error:
            reason = error.strerror or str(error)
            raise PlanError(f"The progress log {path} cannot be written: {reason}.") from error
        self._began = time.monotonic()

    def take(self, progress: Progress) -> None:
        """Write a line."""
        step = dataclasses.asdict(progress)
        step["elapsed"] = round(time.monotonic() - self._began, 3)
        self._file.write(json.dumps(step) + "\n")
        self._file.flush()

    def __enter__(self) -> Self:
        """Keep the file open."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self._file.close()
