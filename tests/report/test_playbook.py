"""The playbook's files: the same bytes, nothing taken for markup, every order in the CSV."""

import csv
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path

from tests.contingency.test_losses_oracle import planned
from tests.oracle.cases import world_of

from wayout.contingency.effort import Effort
from wayout.contingency.losses import single_losses
from wayout.contingency.playbook import Play, plays_of
from wayout.contingency.study import figures_of
from wayout.report.playbook.content import book_of, entries
from wayout.report.playbook.web import html
from wayout.report.playbook.writing import HEADER, write_playbook
from wayout.scenario.model import Scenario

SEED = 8


@cache
def made() -> tuple[Scenario, tuple[Play, ...]]:
    scenario = world_of(SEED).scenario
    losses = single_losses(scenario)
    with ThreadPoolExecutor(1) as pool:
        effort = Effort(dispatches=1)
        return scenario, plays_of(scenario, planned(SEED), losses, pool, effort=effort)


def test_the_same_playbook_is_the_same_bytes(tmp_path: Path) -> None:
    scenario, plays = made()
    base = figures_of(planned(SEED))
    for folder in ("one", "two"):
        write_playbook(scenario, base, plays, tmp_path / folder)
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    orders = [f"orders-{number:02d}.csv" for number in range(1, len(plays) + 1)]
    assert names == sorted([*orders, "playbook.html", "playbook.pdf"])
    for name in names:
        first = (tmp_path / "one" / name).read_bytes()
        assert first == (tmp_path / "two" / name).read_bytes(), name
    assert (tmp_path / "one" / "playbook.pdf").read_bytes().startswith(b"%PDF")


def test_every_order_is_a_row_of_its_csv(tmp_path: Path) -> None:
    scenario, plays = made()
    write_playbook(scenario, figures_of(planned(SEED)), plays, tmp_path)
    for number, play in enumerate(plays, 1):
        text = (tmp_path / f"orders-{number:02d}.csv").read_text(encoding="utf-8")
        reader = csv.DictReader(text.splitlines())
        rows = list(reader)
        assert tuple(reader.fieldnames or ()) == HEADER
        assert len(rows) == len(entries(play.orders))
        departs = [row["depart"] for row in rows]
        assert departs == sorted(departs)


def test_a_scenario_cannot_write_markup_into_the_playbook(tmp_path: Path) -> None:
    scenario, plays = made()
    title = "<script>alert(1)</script> #panic()"
    hostile = scenario.replace(title=title)
    book = book_of(hostile, figures_of(planned(SEED)), plays)
    assert "<script>" not in html(book)
    assert "&lt;script&gt;" in html(book)
    write_playbook(hostile, figures_of(planned(SEED)), plays, tmp_path)


def test_a_play_without_orders_is_written_too(tmp_path: Path) -> None:
    scenario, plays = made()
    empty = replace(
        plays[0],
        orders=replace(plays[0].orders, cancelled=(), rerouted=(), added=(), reloaded=()),
        owners=(),
        places=(),
    )
    page, _ = write_playbook(scenario, figures_of(planned(SEED)), (empty,), tmp_path)
    assert "Order by order" not in page.read_text(encoding="utf-8")
