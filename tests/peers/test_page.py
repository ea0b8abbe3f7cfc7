"""The part of the benchmark page about peers, and its pictures, from outcomes made up here."""

import dataclasses
import itertools
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from benchmarks.peers.compare import OURS, Outcome, contestants, key_of, load, run_one, save
from benchmarks.peers.curves import pictures
from benchmarks.peers.one import PEERS
from benchmarks.peers.road import river_plain
from benchmarks.peers.section import section
from benchmarks.peers.svg import HEIGHT, Panel, log_ticks, nice_ticks
from tests.peers.worlds import ferry_world, network_of

from wayout.scenario.folder import write

OURS_THERE = Outcome(
    scenario="river-plain",
    peer=OURS,
    seconds=60.0,
    accepted=True,
    note="",
    wall=63.0,
    cpu=80.0,
    peak=0.5,
    used=60.0,
    people_safe=68_000,
    danger_hours=450.0,
    movements=900,
    people_total=70_000,
    people_bound=70_000.0,
    danger_bound=400.0,
    danger_idle=1_400.0,
    curve=[[1.0, None, 70_000.0, None, 390.0], [5.0, 60_000, 70_000.0, 500.0, 400.0]],
)
FLOW = dataclasses.replace(
    OURS_THERE, peer="min-cost-flow", danger_hours=420.0, optimum=410.0, curve=[], used=2.0
)
NOTHING = Outcome("river-plain", "highs-10", 60.0, False, "no solution", 61.0, 90.0, 2.0, 60.0)


def outcomes(*rows: Outcome) -> dict[str, Outcome]:
    return {key_of(row.scenario, row.peer): row for row in rows}


def test_every_contestant_but_ours_can_be_run() -> None:
    assert set(contestants("river-plain")) == {OURS, *PEERS}
    assert set(contestants("kabul-2021")) < set(contestants("river-plain"))


def test_gaps_are_distances_from_our_bound() -> None:
    text = section(outcomes(OURS_THERE, FLOW, NOTHING))
    assert "| **wayout** | 68,000 | 2.86 % | 450 | 5.00 % |" in text
    assert "| min-cost-flow | 68,000 | 2.86 % | 420 | 2.00 % |" in text
    assert re.search(r"\| highs-10 \| no plan \| – \| – \|.*no solution \|", text)


@pytest.mark.parametrize(("bound", "words"), [(410.0, "must be"), (410.1, "is above it")])
def test_a_bound_above_the_exact_flow_is_called_an_error(bound: float, words: str) -> None:
    ours = dataclasses.replace(OURS_THERE, danger_bound=bound)
    assert words in section(outcomes(ours, FLOW))


def test_nothing_is_said_while_nothing_was_measured() -> None:
    assert section({}) == ""
    assert pictures(outcomes(FLOW)) == {}


def test_the_picture_is_sound_and_names_everybody_with_a_plan() -> None:
    found = pictures(outcomes(OURS_THERE, FLOW, NOTHING))
    text = found["peers-river-plain.svg"]
    words = [item.text for item in ElementTree.fromstring(text).iter() if item.text]  # noqa: S314 it is ours
    assert {"Wayout", "bound", "min-cost-flow", "seconds", "danger-hours"} <= set(words)
    assert "highs-10" not in words


def test_labels_at_one_height_are_kept_apart() -> None:
    panel = Panel("", "", 10.0, 10.0)
    for number in range(6):
        panel.label(0.0, f"label{number}", "red")
    places = [float(y) for y in re.findall(r'y="([\d.]+)"[^>]*>label', panel.draw(0))]
    assert len(places) == 6
    assert all(b - a >= 13.9 for a, b in itertools.pairwise(places))
    assert max(places) <= HEIGHT


@pytest.mark.parametrize("most", [0.3, 7.0, 60.0, 14_325.0, 2.1e7])
def test_ticks_are_few_and_reach_the_end(most: float) -> None:
    ticks = nice_ticks(most)
    assert ticks[0] == 0
    assert ticks[-2] < most <= ticks[-1] * (1 + 1e-9)
    assert len(ticks) <= 7
    powers = log_ticks(most / 30, most)
    assert powers[0] <= most / 30
    assert powers[-1] >= most


def test_outcomes_are_kept_as_they_were(tmp_path: Path) -> None:
    rows = outcomes(OURS_THERE, FLOW, NOTHING)
    save(tmp_path / "peers.json", rows)
    assert load(tmp_path / "peers.json") == rows


def test_a_peer_runs_in_a_process_of_its_own_and_is_judged(tmp_path: Path) -> None:
    write(ferry_world(), tmp_path / "ferry")
    outcome = run_one("ferry", "first-come", 30.0, tmp_path)
    assert outcome.accepted, outcome.note
    assert outcome.people_safe == 10
    refused = run_one("ferry", "min-cost-flow", 30.0, tmp_path)
    assert not refused.accepted
    assert refused.people_safe is None
    assert refused.note == "It has vehicles."


def test_the_river_plain_can_be_planned_and_is_made_up() -> None:
    scenario = river_plain()
    assert sum(row.people for row in scenario.demand) == 70_000
    assert network_of(scenario).able.all()
    assert "made up" in scenario.title
