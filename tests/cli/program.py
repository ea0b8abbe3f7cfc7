"""Run the program inside the test, as a shell would see it."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import wayout
from wayout.cli.main import run

COMMAND = (sys.executable, "-m", "wayout")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(wayout.__file__).parents[1])}
"""For a process of its own: finds wayout also where it is not installed."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How the program ended: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


class Program:
    """The program; calling it runs a command line to its end."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: object) -> Ended:
        """Run, for instance ``program("check", folder)``."""
        with pytest.raises(SystemExit) as ended:  # any exit code: that is what tests look at
            run([str(argument) for argument in arguments])
        out, err = self._capsys.readouterr()
        return Ended(int(ended.value.code or 0), out, err)
