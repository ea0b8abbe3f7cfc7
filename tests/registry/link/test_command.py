"""``wayout people link`` on a register at work."""

import json
import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl
from tests.cli.program import Program
from tests.registry.office import EMBASSY, PASSPHRASE, Office, rows_of

from wayout.registry.store.logbook import verify_log
from wayout.registry.vault.admission import Candidate
from wayout.registry.vault.passphrase import LOWEST_COST
from wayout.registry.vault.roles import Role

ROOT = Path(__file__).parents[3]
LINK = ("people", "link", "--reason", "a test")


def test_pairs_are_scored_and_kept_with_their_reasons(office: Office, program: Program) -> None:
    done = program(*LINK, *office.options(), "--json")
    assert done.code == 0
    counts = json.loads(done.out)
    with office.open() as register:
        pairs = register.pairs()
    assert (counts["records"], counts["new"], counts["anew"]) == (9, 9, True)
    assert pairs.height == counts["same"] + counts["ask"] + counts["different"] > 0
    families = {"Ahmad": "Ahmed", "Bibi": "Bibi"}
    for one, other in families.items():
        both = sorted((office.record("embassy", one), office.record("charity", other)))
        row = pairs.filter(left=both[0], right=both[1]).row(0, named=True)
        assert row["outcome"] in ("same", "ask")
        assert row["bits_given"] > 0


def test_an_answer_of_a_person_holds_when_linking_again(office: Office, program: Program) -> None:
    both = sorted((office.record("embassy", "Ahmad"), office.record("charity", "Ahmed")))
    with office.open() as register:
        body = {"left": both[0], "right": both[1], "score": 1.0}
        register.decide("different", body, "they are cousins", role=Role.REVIEWER, records=both)
    done = program(*LINK, *office.options())
    assert "records" in done.out
    with office.open() as register:
        outcome = register.pairs().filter(pl.col("left") == both[0], pl.col("right") == both[1])
    assert set(outcome["outcome"]) <= {"different"}


def _another_list(office: Office) -> None:
    rows = rows_of("hotline", [EMBASSY[0], EMBASSY[1]])
    with office.open() as register:
        register.add_list("hotline", date(2026, 8, 2), "hotline.csv", "third", rows)


def test_a_new_list_is_linked_without_linking_again(office: Office, program: Program) -> None:
    program(*LINK, *office.options())
    with office.open() as register:
        before, model = register.pairs(), register.linking()
    _another_list(office)
    counts = json.loads(program(*LINK, *office.options(), "--json").out)
    assert (counts["records"], counts["new"], counts["anew"]) == (11, 2, False)
    with office.open() as register:
        after, linking = register.pairs(), register.linking()
        (first, second) = [
            event.event.draft.body for event in register.log(Role.AUDITOR, "test", ("pairs-kept",))
        ][-2:]
    assert model is not None
    assert linking is not None
    assert (linking.model, len(linking.lists)) == (model.model, 3)
    assert first["model"] == second["model"] == model.version
    kept = after.join(before, on=["left", "right", "score"], how="semi")
    assert kept.height == before.height < after.height
    counts = json.loads(program(*LINK, *office.options(), "--json").out)
    assert (counts["new"], counts["anew"]) == (0, False)
    with office.open() as register:
        assert register.pairs().sort("left", "right").equals(after.sort("left", "right"))


def test_killed_while_it_writes_linking_loses_nothing(office: Office, program: Program) -> None:
    program(*LINK, *office.options())
    _another_list(office)
    with office.open() as register:
        before, linking = register.pairs(), register.linking()
    command = [sys.executable, "-m", "tests.registry.link.killed_child"]
    path = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src")))}
    ended = subprocess.run(
        [*command, office.url, str(office.folder / "people.keys")], cwd=ROOT, env=path, check=False
    )
    assert ended.returncode == -signal.SIGKILL
    with office.open() as register:
        assert register.pairs().equals(before)
        assert register.linking() == linking
    assert verify_log(office.url, office.folder / "people.keys").holds
    counts = json.loads(program(*LINK, *office.options(), "--json").out)
    assert (counts["new"], counts["anew"]) == (2, False)
    with office.open() as register:
        assert register.pairs().height > before.height


def test_a_request_is_matched_and_nothing_is_kept(
    office: Office, program: Program, tmp_path: Path
) -> None:
    request = tmp_path / "request.csv"
    request.write_text(
        "First Name,Last Name,Father,Date of Birth\nDaood,Zaki,Ahmad,2024-03-02\n", "utf-8"
    )
    match = ("people", "match", str(request), "--reason", "at the desk", *office.options())
    assert "wayout people link" in program(*match).err
    program(*LINK, *office.options())
    done = program(*match, "--json")
    daud = {office.record(source, "Daud") for source in ("embassy", "charity")}
    found = json.loads(done.out)
    assert daud <= {pair["record"] for pair in found if pair["score"] > -5}
    assert {pair["request"] for pair in found} == {"row 2"}
    assert "Zaki" not in program(*match).out
    with office.open() as register:
        assert len(register.record_ids()) == 9


def test_who_opens_some_lists_only_does_not_link(office: Office, program: Program) -> None:
    with office.open() as register:
        some = Candidate("eve", frozenset(Role), PASSPHRASE)
        register.members.admit(some, "some lists", sources=["embassy"], cost=LOWEST_COST)
        register.members.confirm("eve", "known")
    assert "every list" in program(*LINK, *office.options("eve")).err
