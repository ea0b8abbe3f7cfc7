import json
import math

from tests.cli.worlds import made, plan, scenario

from wayout.cli.summary import limit_text, object_of, summary_of
from wayout.plan.model import Bound


def test_the_object_has_exactly_the_names_that_others_rely_on() -> None:
    assert list(object_of(made())) == [
        "scenario",
        "case",
        "objective",
        "people_total",
        "people_safe_by_deadline",
        "people_safe_bound",
        "danger_hours",
        "danger_hours_bound",
        "gap_people",
        "gap_danger",
        "clear_minute",
        "clear_minute_bound",
        "movements",
        "vehicles_used",
        "seconds",
        "seed",
        "stopped_by",
        "plan",
    ]
    assert list(object_of(made())["seconds"]) == [
        "read",
        "bound",
        "dispatch",
        "improve",
        "judge",
        "write",
    ]


def test_the_object_is_strict_json_even_when_a_bound_says_nothing() -> None:
    import dataclasses

    infinite = dataclasses.replace(plan(), bound=Bound(people_safe=math.inf, danger_hours=0.0))
    text = json.dumps(object_of(dataclasses.replace(made(), plan=infinite)), allow_nan=False)
    assert json.loads(text)["people_safe_bound"] is None


def test_the_words_say_what_matters() -> None:
    words = summary_of(made())
    assert "6 of 8 people (75.0 %) by Sat 14 Aug 2021 10:00 +04:30" in words
    assert "no timetable brings out more\n" in words
    assert "Sat 14 Aug 2021 02:05 +04:30, 2.1 h after the start" in words
    assert "76 (proven least 70, if nobody moved 400), gap 1.8 %" in words
    assert "people per hour on path" in words
    assert "2 at hill, priority V: no link leaves it." in words
    assert "plans/walk-out-likely/report.html" in words
    assert "wayout verify plans/walk-out-likely" in words


def test_a_limit_that_brings_nobody_out_is_worth_danger_hours() -> None:
    import dataclasses

    limit = dataclasses.replace(plan().limits[0], worth_people=0.2)
    assert limit_text(scenario(), limit, "reach_safety").endswith("about 11 fewer danger-hours")
