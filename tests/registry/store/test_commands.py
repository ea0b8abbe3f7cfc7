"""The commands that keep a register, as somebody types them."""

import csv
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests.registry.store.worlds import add
from typer.testing import CliRunner, Result

from wayout.cli.main import app
from wayout.cli.people.founding import show_shares
from wayout.registry.register import create, open_register
from wayout.registry.vault.passphrase import LOWEST_COST

ADA, BOB = "plain words for ada here", "plain words for bob here"
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in an empty folder, as ada unless somebody else is named."""
    monkeypatch.chdir(tmp_path)
    for name, words in (("ada", ADA), ("bob", BOB)):
        (tmp_path / f"{name}.txt").write_text(words + "\n")

    def command(*words: str, who: str = "ada", code: int = 0, answer: str = "") -> Result:
        environment = {"WAYOUT_USER": who, "WAYOUT_PASSPHRASE_FILE": f"{who}.txt"}
        result = CliRunner().invoke(app, list(words), env=environment, input=answer)
        assert result.exit_code == code, (result.output, result.exception)
        return result

    return command


def _founded() -> tuple[str, ...]:
    # As `people init` does it, but with the least cost of a passphrase that is accepted.
    keyring = Path("people.keys")
    made = create("sqlite:///people.db", keyring, "ada", ADA, cost=LOWEST_COST)
    show_shares(made.shares, Path("shares"))
    with open_register("sqlite:///people.db", Path("people.keys"), "ada", ADA) as register:
        return add(register, 60).records


def test_shares_are_shown_once_and_kept_by_nobody(run: Run, tmp_path: Path) -> None:
    shown = run("people", "init").stdout
    shares = re.findall(r"needed\):\n(.+)", shown)
    assert [len(share.split()) for share in shares] == [33, 33, 33]
    for path in (tmp_path / "people.db", tmp_path / "people.keys"):
        assert not any(share.encode() in path.read_bytes() for share in shares)


def test_a_member_is_admitted_confirmed_and_removed(run: Run) -> None:
    _founded()
    words = ("--role", "gate", "--their-passphrase-file", "bob.txt", "--reason", "joined")
    run("people", "members", "add", "bob", *words)
    # ada holds the keys herself, so what she admits she has confirmed as well.
    assert "Handed 0 keys" in run("people", "members", "confirm", "bob", "--reason", "yes").stdout
    assert "bob: gate (confirmed" in run("people", "members", "list", who="bob").stdout
    run("people", "members", "remove", "bob", "--reason", "left us")
    assert "60 rows" in run("people", "members", "rotate", "--reason", "left us").stdout
    assert "bob: gate (removed" in run("people", "members", "list").stdout
    refused = run("people", "members", "list", who="bob", code=1)
    assert "wrong" in str(refused.exception)


def test_an_export_is_shown_approved_released_and_traced(run: Run, tmp_path: Path) -> None:
    records = _founded()
    words = ("--role", "reviewer", "--their-passphrase-file", "bob.txt", "--reason", "joined")
    run("people", "members", "add", "bob", *words)
    run("people", "members", "confirm", "bob", "--reason", "known")
    (tmp_path / "ids.txt").write_text("\n".join(records))
    what = ("--records", "ids.txt", "--column", "given", "--audience", "gate 2", "--to", "Day")
    why = ("--role", "clerk", "--reason", "flight 7")
    shown = run("people", "export", "prepare", *what, *why).stdout
    assert "60 rows, 9 of them hidden" in shown
    assert "a second person has to approve" in shown
    name = shown.split()[1]
    run("people", "export", "release", name, *why, "--output", "out", code=1)
    second = ("--role", "reviewer", "--reason", "agreed")
    run("people", "export", "approve", name, *second, who="bob", answer="n\n", code=1)
    run("people", "export", "approve", name, *second, who="bob", answer="y\n")
    run("people", "export", "release", name, *why, "--output", "out")
    (copy,) = (tmp_path / "out").iterdir()
    with copy.open(encoding="utf-8", newline="") as file:
        header, *table = list(csv.reader(file))
    assert (header[:3], len(table)) == (["reference", "destroy_by", "given"], 60)
    with (tmp_path / "leak.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *table[40:20:-1]])
    traced = run("people", "export", "trace", "leak.csv", "--role", "auditor", "--reason", "leak")
    assert "Day: 20 of 20 rows" in traced.stdout
    run("people", "export", "destroyed", name, *why)


def test_the_log_is_verified_and_a_change_is_told(run: Run, tmp_path: Path) -> None:
    _founded()
    run("log", "checkpoint", "--output", "mark.txt")
    assert "The log holds" in run("log", "verify", "--checkpoint", "mark.txt").stdout
    assert "list-added: list imported" in run("log", "show", "--reason", "audit").stdout
    with closing(sqlite3.connect(tmp_path / "people.db")) as connection:
        connection.execute("DELETE FROM events WHERE position = 3")
        connection.commit()
    told = run("log", "verify", "--checkpoint", "mark.txt", code=1).stdout
    assert "Entry 3 is missing" in told


def test_two_sheets_bring_a_member_back(run: Run) -> None:
    _founded()
    shares = ("--share", "shares/share-1.txt", "--share", "shares/share-3.txt")
    run("people", "recover", *shares, who="bob")
    assert "bob" in run("people", "members", "list", who="bob").stdout


def test_the_doctor_says_the_version_and_what_is_wrong(run: Run, tmp_path: Path) -> None:
    _founded()
    assert f"SQLite {sqlite3.sqlite_version}" in run("doctor").stdout
    (tmp_path / "people.keys").chmod(0o644)
    assert "chmod 600" in run("doctor", code=1).stdout


def test_an_erased_record_is_gone(run: Run) -> None:
    records = _founded()
    assert "Erased 1 record;" in run("people", "erase", records[0], "--reason", "asked").stdout
    assert "shape" in run("people", "migrate").stdout
    run("people", "reindex")
