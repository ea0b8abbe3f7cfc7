from datetime import UTC, datetime

from wayout.report.charts.curve import SafeCurve, safe_curve
from wayout.report.charts.drawing import Scale, cut, path_of, round_steps, stairs
from wayout.report.charts.gantt import Run, VehicleRow, vehicle_chart
from wayout.report.charts.load import Load, coarse, load_chart
from wayout.report.text import Clock

CLOCK = Clock(datetime(2026, 3, 1, tzinfo=UTC))


def test_axis_steps_are_round() -> None:
    assert round_steps(124000, 5) == [0, 25000, 50000, 75000, 100000]
    assert round_steps(0, 5) == [0.0]


def test_stairs_hold_each_value_until_the_next() -> None:
    assert stairs([(0, 1), (5, 3)], 9) == [(0, 1), (5, 1), (5, 3), (9, 3)]


def test_scale_without_extent_stays_at_its_begin() -> None:
    assert Scale(3, 3, 10, 20)(3) == 10


def test_paths_have_one_decimal() -> None:
    assert path_of([(0, 1.04), (-0.01, 2.25)], closed=True) == "M0 1L0 2.2Z"


def test_cut_says_that_it_cut() -> None:
    assert cut("Ramstein and more", 10) == "Ramstein…"


def test_curve_writes_its_three_figures() -> None:
    made = safe_curve(SafeCurve(((0, 0), (60, 40)), 100, 50, 1440), CLOCK, 960, 300)
    for words in ("all 100", "best possible 50", "this plan 40", "deadline"):
        assert words in made


def test_curve_of_nobody_is_drawn() -> None:
    assert "<svg" in safe_curve(SafeCurve((), 0, 0, 1440), CLOCK, 360, 300)


def test_curve_shows_the_last_arrival_where_the_plan_clears_fast() -> None:
    curve = SafeCurve(((0, 0), (600, 9)), 9, 9, 1440, clear=600, clear_bound=540)
    made = safe_curve(curve, CLOCK, 960, 300).replace("\N{NO-BREAK SPACE}", " ")
    assert "all safe Sun 1 Mar 10:00" in made
    assert "earliest possible Sun 1 Mar 09:00" in made


def _load(num: int) -> Load:
    used = tuple(float(index % 7) for index in range(num))
    return Load("Gate", "people", tuple(range(0, num * 10, 10)), used, (6.0,) * num, num * 10)


def test_coarse_loads_keep_their_peak() -> None:
    load = coarse(_load(1000), 50)
    assert len(load.ticks) == 50
    assert load.peak == 6.0
    assert load.peak_share == 1.0


def test_shut_times_are_grey() -> None:
    load = Load("Gate", "people", (0, 60, 120), (0.0, 4.0, 0.0), (0.0, 5.0, 0.0), 180)
    assert load_chart(load, CLOCK).count('class="shut"') == 2


def test_limit_far_above_the_use_is_said_and_not_drawn() -> None:
    load = Load("Gate", "people", (0,), (4.0,), (5000.0,), 180)
    assert "limit 5k, above the chart" in load_chart(load, CLOCK)


def test_loaded_and_empty_runs_differ_without_colour() -> None:
    row = VehicleRow("bus-1", (Run(0, 60, True), Run(70, 130, False)))
    made = vehicle_chart("bus", [row], CLOCK, 1440)
    assert "fill:var(--plan)" in made
    assert "fill:var(--paper);stroke" in made
