import io

import pytest
from rich.console import Console

from wayout.cli.live import Board, Lines, Silence, board, view_for
from wayout.cli.standing import Standing, plain_line, sparkline
from wayout.optimize.progress import Progress
from wayout.scenario.policy import Objective


def known(danger: float = 120.0) -> Progress:
    return Progress(
        "improve",
        9.0,
        1000,
        people_safe=900,
        people_bound=950.7,
        danger_hours=danger,
        danger_bound=100.0,
        clear_minute=1320,
        clear_bound=1200,
        detail="round 3",
    )


def test_the_gap_of_danger_counts_from_nobody_moving() -> None:
    standing = Standing(Objective.REACH_SAFETY, idle_danger=500.0)
    standing.take(known(danger=120.0))
    assert standing.gap == pytest.approx(0.05)


def test_the_gap_of_clearing_counts_from_the_bound() -> None:
    standing = Standing(Objective.CLEAR_FAST)
    standing.take(known())
    assert standing.gap == pytest.approx(0.1)


def test_no_gap_before_value_and_bound_are_known() -> None:
    standing = Standing(Objective.REACH_SAFETY, idle_danger=500.0)
    standing.take(Progress("bound", 1.0, 1000))
    assert standing.gap is None
    assert standing.closeness == []


def test_the_sparkline_rises_to_a_full_bar_at_the_bound() -> None:
    assert sparkline([0.5, 0.75, 1.0]) == "▁▅█"
    assert sparkline([]) == ""
    assert len(sparkline([0.1] * 100, width=24)) == 24


def test_a_line_says_phase_people_value_and_gap() -> None:
    standing = Standing(Objective.REACH_SAFETY, idle_danger=500.0)
    standing.take(known())
    assert plain_line(standing, 12.3).strip() == (
        "12.3 s  improving the best one · 900 of 1,000 people safe, at most 950 possible · "
        "danger-hours 120 (proven least 100) · gap 5.0 % · round 3"
    )


def test_the_board_shows_the_same_as_the_line() -> None:
    standing = Standing(Objective.CLEAR_FAST)
    standing.take(known())
    out = io.StringIO()
    Console(file=out, width=100).print(board(standing, 12.3))
    text = out.getvalue()
    assert "900 of 1,000 people safe, at most 950 possible" in text
    assert "last arrival after 22.0 h (proven least 20.0 h)" in text
    assert "gap 10.0 %" in text
    assert "Ctrl-C" in text


def test_lines_are_few() -> None:
    out = io.StringIO()
    standing = Standing(Objective.REACH_SAFETY)
    standing.take(Progress("bound", 0.0, 10))
    with Lines(Console(file=out, width=200)) as lines:
        for step in range(120):
            lines.show(standing, step / 10)
    assert len(out.getvalue().splitlines()) == 3


def test_a_terminal_gets_a_board_a_log_gets_lines_and_quiet_gets_nothing() -> None:
    terminal = Console(file=io.StringIO(), force_terminal=True)
    log = Console(file=io.StringIO(), force_terminal=False)
    assert isinstance(view_for(terminal, quiet=False), Board)
    assert isinstance(view_for(log, quiet=False), Lines)
    assert isinstance(view_for(terminal, quiet=True), Silence)


def test_the_board_leaves_the_terminal_as_it_was() -> None:
    out = io.StringIO()
    standing = Standing(Objective.REACH_SAFETY, idle_danger=500.0)
    standing.take(known())
    console = Console(file=out, force_terminal=True, width=100)
    with Board(console) as view:
        view.show(standing, 1.0)
        view.say("Stopping.")
    assert "Stopping." in out.getvalue()
    assert out.getvalue().rstrip().endswith("\x1b[?25h") or "\x1b[?25h" in out.getvalue()
