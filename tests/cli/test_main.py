import subprocess
from pathlib import Path

import pytest
from tests.cli.program import COMMAND, ENVIRONMENT, Program

import wayout


def test_the_version(program: Program) -> None:
    ended = program("--version")
    assert (ended.code, ended.out) == (0, f"wayout {wayout.__version__}\n")


def test_python_dash_m_is_the_same_program() -> None:
    command = [*COMMAND, "--version"]
    ended = subprocess.run(command, capture_output=True, text=True, check=True, env=ENVIRONMENT)
    assert ended.stdout == f"wayout {wayout.__version__}\n"


@pytest.mark.parametrize("command", ["plan", "check", "new", "book", "sample", "verify"])
def test_every_command_has_help(program: Program, command: str) -> None:
    ended = program(command, "--help")
    assert ended.code == 0
    assert f"wayout {command}" in ended.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("plan",),
        ("plan", "x", "--gap", "2"),
        ("plan", "x", "--time", "0"),
        ("plan", "x", "--case", "worst"),
        ("plan", "x", "--nonsense"),
        ("nonsense",),
    ],
)
def test_what_is_not_understood_ends_with_2(program: Program, arguments: tuple[str, ...]) -> None:
    ended = program(*arguments)
    assert ended.code == 2
    assert ended.out == ""
    assert "Traceback" not in ended.err


def test_a_file_that_cannot_be_read_is_told_in_a_line(program: Program, tmp_path: Path) -> None:
    ended = program("book", tmp_path, "-o", tmp_path / "no" / "folder" / "x.xlsx")
    assert ended.code == 1
    assert "Traceback" not in ended.err
