"""``wayout ask``, ``delay``, ``compare`` and ``change`` from the outside."""

import json
from pathlib import Path

from tests.cli.program import Program
from tests.contingency.towns import town

from wayout.scenario.folder import read, write


def test_ask_says_what_to_ask_for_and_keeps_it_with_the_plan(
    folder: Path, plan: Path, program: Program
) -> None:
    asked = program("ask", folder, "--plan", plan, "--workers", "1", "--json", "-q")
    assert asked.code == 0
    found = json.loads(asked.out)
    assert found["base"]["people_safe"] == {"low": 10, "high": 10}
    assert found["first_ten"][0]["ask"] == "opening:gate"
    assert found["first_ten"][0]["together"]["people"]["low"] == 20
    assert {"ask", "amount", "people", "danger_hours", "verified"} <= found["asks"][0].keys()
    assert json.loads((plan / "what-if" / "ask.json").read_text()) == found
    assert program("verify", plan).code == 0
    assert program("plan", folder, "-o", plan, "--work", "0", "-q").code == 0
    assert not (plan / "what-if" / "ask.json").exists()


def test_ask_in_words_calls_an_estimate_an_estimate(folder: Path, program: Program) -> None:
    asked = program("ask", folder, "--workers", "1", "--first", "1")
    assert asked.code == 0
    assert "Gate opened from the start" in asked.out
    assert "estimate" in asked.out
    assert "of whoever can hold Gate" in asked.out


def test_delay_says_until_when_a_plan_saves_everybody(
    folder: Path, plan: Path, program: Program
) -> None:
    opened = folder.parent / "open"
    assert program("change", folder, "--open", "gate", "-o", opened).code == 0
    delayed = program("delay", opened, "--workers", "1", "--dates", "6", "--json", "-q")
    found = json.loads(delayed.out)
    assert found["dates"][0]["people_low"] == 30
    assert found["point_of_no_return"]["not_everyone_from"] is not None
    words = program("delay", folder, "--plan", plan, "--workers", "1", "--dates", "3")
    assert "No plan in hand saves all 30" in words.out
    assert (plan / "what-if" / "delay.json").is_file()


def test_compare_puts_plans_of_two_scenarios_on_one_page(
    folder: Path, plan: Path, program: Program
) -> None:
    opened, other = folder.parent / "open", folder.parent / "plan-open"
    assert program("change", folder, "--open", "gate", "-o", opened).code == 0
    assert read(opened).title == "A town and a camp: gate open"
    assert program("plan", opened, "-o", other, "--work", "0", "-q").code == 0
    rows = json.loads(program("compare", plan, other, "--json").out)["plans"]
    assert [row["people_safe"] for row in rows] == [10, 30]
    assert [row["plan"] for row in rows] == ["plan", "plan-open"]
    words = program("compare", plan, other)
    assert words.code == 0
    assert "through Gate" in words.out
    assert "estimate" in words.out


def test_change_grants_asks_and_shuts_places(folder: Path, program: Program) -> None:
    made = folder.parent / "made"
    done = program("change", folder, "--ask", "vehicle:buses", "--close", "far", "-o", made)
    assert done.code == 0
    changed = read(made)
    assert changed.fleets[0].number == 2
    assert any(w.what == "far" and w.factor == 0 for w in changed.windows)


def test_change_names_the_nearest_place_or_ask(folder: Path, program: Program) -> None:
    made = folder.parent / "made"
    wrong = program("change", folder, "--open", "gatee", "-o", made)
    assert wrong.code == 1
    assert "Did you mean 'gate'?" in wrong.err
    wrong = program("change", folder, "--ask", "vehicle:bus", "-o", made)
    assert wrong.code == 1
    assert "Did you mean 'vehicle:buses'?" in wrong.err
    assert program("change", folder, "-o", made).code == 2
    assert program("change", folder, "--open", "gate", "-o", folder).code == 2


def test_a_plan_of_another_scenario_is_refused(folder: Path, plan: Path, program: Program) -> None:
    other = folder.parent / "other"
    write(town(people=20), other)
    refused = program("ask", other, "--plan", plan, "--workers", "1", "-q")
    assert refused.code == 1
    assert "is no plan of" in refused.err
    as_json = program("delay", other, "--plan", plan, "--workers", "1", "--json", "-q")
    assert as_json.code == 1
    assert "is no plan of" in json.loads(as_json.out)["error"]
