"""``wayout people link`` on a register at work."""

import json

import polars as pl
from tests.cli.program import Program
from tests.registry.office import Office

from wayout.registry.vault.roles import Role

LINK = ("people", "link", "--reason", "a test")


def test_pairs_are_scored_and_kept_with_their_reasons(office: Office, program: Program) -> None:
    done = program(*LINK, *office.options(), "--json")
    assert done.code == 0
    counts = json.loads(done.out)
    with office.open() as register:
        pairs = register.pairs()
    assert counts["records"] == 9
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
