"""``wayout people import`` from a shell's side: a register on disk, lists in, twice."""

import csv
import io
import json
from pathlib import Path

import pytest

from wayout.cli.main import run
from wayout.registry.register import create, open_register
from wayout.registry.synthesize import synthesize
from wayout.registry.synthesize.writing import write
from wayout.registry.vault.passphrase import LOWEST_COST
from wayout.registry.vault.roles import Role

PASSPHRASE = "seven sleeping otters near the pier"  # noqa: S105 - of a register made for a test


class Desk:
    """A register in a folder, and a clerk who takes lists in."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys
        self.url, self.keyring = f"sqlite:///{folder / 'p.db'}", folder / "p.keys"
        self.passphrase = folder / "passphrase"
        self.passphrase.write_text(PASSPHRASE + "\n")
        self.opening = ["--register", self.url, "--keyring", str(self.keyring), "--user", "ada"]
        self.opening += ["--passphrase-file", str(self.passphrase)]
        create(self.url, self.keyring, "ada", PASSPHRASE, cost=LOWEST_COST)

    def call(self, *arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit, match=r"^[012]$") as ended:
            run(["people", *arguments])
        out, err = self.capsys.readouterr()
        return int(str(ended.value)), out, err

    def take(self, path: Path, *more: str, source: str = "embassy") -> tuple[int, str, str]:
        named = ["--source", source, "--as-of", "2021-08-01"]
        return self.call("import", str(path), *named, *self.opening, *more)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    return write(synthesize(80, 2, "hard", seed=3), tmp_path_factory.mktemp("made"))


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


def test_a_list_is_taken_in_once(desk: Desk, made: tuple[Path, ...]) -> None:
    code, out, err = desk.take(made[0])
    assert code == 0
    assert "taken in as list" in out
    assert "is taken for" in err
    code, out, _ = desk.take(made[0])
    assert code == 0
    assert "nothing changed" in out
    with open_register(desk.url, desk.keyring, "ada", PASSPHRASE) as register:
        (entry,) = register.lists()
        frame = register.records(Role.CLERK, "test")
        assert (
            entry.num_rows == frame.height == len(made[0].read_text("utf-8-sig").splitlines()) - 1
        )
        kept = register.source_rows(Role.CLERK, "test", register.record_ids()[:1])
        assert kept[0].row.cells["Remarks"] == "SYNTHETIC"
        assert kept[0].row.position.row == 2


def test_a_mapping_that_was_told_is_remembered_for_the_next_list(desk: Desk) -> None:
    first, second = desk.folder / "1.csv", desk.folder / "2.csv"
    first.write_text("Adı,Soyadı\nAmina,Karimi\n", "utf-8")
    second.write_text("Adı,Soyadı\nFatima,Noori\n", "utf-8")
    assert desk.take(first)[0] == 1
    assert desk.take(first, "--map", "Adı=given", "--map", "Soyadı=family")[0] == 0
    code, out, _ = desk.take(second, "--json")
    said = json.loads(out)
    assert code == 0
    assert {column["because"] for column in said["columns"]} == {"as the last time"}
    assert desk.take(second, source="another")[0] == 1


def test_guesses_have_to_be_confirmed(desk: Desk) -> None:
    path = desk.folder / "guess.csv"
    path.write_text("Telephone numbr,First Name\n+93701234567,Amina\n", "utf-8")
    code, _, err = desk.take(path)
    assert code == 1
    assert "was guessed: Telephone numbr" in err
    assert desk.take(path, "--yes")[0] == 0


def test_a_refused_list_changes_nothing_and_says_why(desk: Desk) -> None:
    path = desk.folder / "broken.csv"
    path.write_text('First Name,Last Name,DOB\n"Amina,Karimi,1990\nB,C,1991\n', "utf-8")
    code, out, err = desk.take(path)
    assert code == 1
    assert out == ""
    assert "error L11 broken.csv, row 2" in err
    with open_register(desk.url, desk.keyring, "ada", PASSPHRASE) as register:
        assert register.lists() == ()


def test_findings_go_to_a_file_that_no_spreadsheet_runs(desk: Desk) -> None:
    path, findings = desk.folder / "a.csv", desk.folder / "findings.csv"
    path.write_text("First Name,=1+1,DOB\nAmina,x,never\n", "utf-8")
    arguments = ["import", str(path), "--source", "s", "--as-of", "2021-08-01", "--check"]
    assert desk.call(*arguments, "--findings", str(findings))[0] == 0
    rows = list(csv.DictReader(io.StringIO(findings.read_text("utf-8"))))
    assert [(row["rule"], row["column"]) for row in rows] == [("L28", "'=1+1"), ("L32", "DOB")]


@pytest.mark.parametrize(
    ("more", "text"),
    [
        (["--map", "Name=colour"], "is not HEADER=FIELD"),
        (["--region", "XX"], "no country that telephones know"),
        (["--as-of", "1 August"], "Write a day as"),
    ],
)
def test_options_that_make_no_sense(desk: Desk, more: list[str], text: str) -> None:
    path = desk.folder / "a.csv"
    path.write_text("First Name\nAmina\n", "utf-8")
    code, _, err = desk.take(path, *more)
    assert code == 2
    assert text in " ".join(err.replace("│", " ").split())
