"""``wayout contingency`` and ``wayout playbook`` from the outside."""

import json
from pathlib import Path

from tests.cli.program import Program

from wayout.contingency.outcomes import study_of


def test_contingency_ranks_every_loss_and_keeps_it_with_the_plan(
    folder: Path, plan: Path, program: Program
) -> None:
    asked = program(
        "contingency", folder, "--plan", plan, "--pairs", "--workers", "1", "--json", "-q"
    )
    assert asked.code == 0, asked.err
    found = json.loads(asked.out)
    assert found["base"]["people_low"] == 10
    kinds = {row["kind"] for row in found["losses"]}
    assert {"place", "link", "fleet", "vehicle_type"} <= kinds
    fields = {"loss", "kind", "people_low", "people_high", "danger_low", "danger_high", "seconds"}
    assert fields | {"lost_by_priority"} <= found["losses"][0].keys()
    worst = found["losses"][0]
    assert (worst["people_low"], worst["people_high"]) == (0, 0)
    assert sum(worst["lost_by_priority"].values()) == 10
    pair = found["worst_pair"]
    assert pair["people_low"] == 0
    assert pair["complete"]
    assert json.loads((plan / "what-if" / "contingency.json").read_text()) == found
    assert len(study_of(found).losses) == len(found["losses"])
    assert program("verify", plan).code == 0


def test_contingency_in_words_says_what_is_proved(
    folder: Path, plan: Path, program: Program
) -> None:
    asked = program(
        "contingency", folder, "--plan", plan, "--workers", "1", "--random", "5", "--kind", "fleet"
    )
    assert asked.code == 0, asked.err
    assert "The worst first" in asked.out
    assert "is withdrawn" in asked.out
    assert "no plan does" in asked.out
    assert "5 random sets" in asked.out


def test_two_workers_answer_as_one(folder: Path, plan: Path, program: Program) -> None:
    def asked(workers: str) -> list[dict[str, object]]:
        answer = program(
            "contingency", folder, "--plan", plan, "--workers", workers, "--json", "-q"
        )
        rows: list[dict[str, object]] = json.loads(answer.out)["losses"]
        return [{key: row[key] for key in row if key != "seconds"} for row in rows]

    assert asked("2") == asked("1")


def test_a_time_that_cannot_be_is_refused(folder: Path, program: Program) -> None:
    for time, words in (("noon", "is no time"), ("1999-01-01T00:00", "is not between")):
        refused = program("contingency", folder, "--from", time, "-q")
        assert refused.code == 1
        assert words in refused.err


def test_playbook_writes_orders_and_says_whom_to_tell(
    folder: Path, plan: Path, program: Program
) -> None:
    out = folder.parent / "playbook"
    made = program(
        "playbook", folder, "--plan", plan, "--out", out, "--worst", "2", "--workers", "1", "--json"
    )
    assert made.code == 0, made.err
    plays = json.loads(made.out)["plays"]
    assert len(plays) == 2
    assert plays[0]["trigger"].startswith("It is ")
    text = (out / "playbook.html").read_text(encoding="utf-8")
    assert "Issue when:" in text
    assert "Places to tell" in text
    assert (out / "playbook.pdf").read_bytes().startswith(b"%PDF")
    assert (out / "orders-01.csv").read_text(encoding="utf-8").startswith("order,vehicle")
