from dataclasses import replace
from itertools import pairwise

import pytest
from tests.report import worlds

from wayout.report.content import decision, limits, lines, results, timetable
from wayout.report.content.assemble import Content
from wayout.report.content.pieces import Cell, Tone, text_of
from wayout.report.document.briefing import excerpt
from wayout.report.text import count
from wayout.scenario.figures import Figure
from wayout.scenario.windows import Hazard, Target


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_headline_has_the_measured_figures(kabul: Content) -> None:
    measures = kabul.material.measures
    assert plain(kabul.headline).startswith(
        f"{count(measures.people_safe)} of {count(measures.people_total)} people are "
        "safe by the deadline"
    )


def test_proof_names_the_bound_and_what_could_still_be_saved(kabul: Content) -> None:
    missing = kabul.material.bound_people - kabul.material.measures.people_safe
    assert f"at most {count(missing)} more could be saved" in kabul.proof


def test_headline_of_a_plan_that_saves_all() -> None:
    parts = worlds.planned(worlds.scenario())
    measures = replace(parts[3], people_safe=parts[3].people_total, clear_minute=1000)
    made = worlds.content((*parts[:3], measures))
    assert (
        plain(made.headline) == "All 5,500 people are safe by Sat 14 Aug 2021, 16:40 (UTC+04:30)."
    )
    assert made.safe_words == "Nobody is left behind: everyone is safe by the deadline."


def test_headline_of_nobody_and_of_one() -> None:
    assert worlds.content(worlds.nobody_moves(worlds.scenario())).headline.startswith(
        "This plan brings none of the"
    )
    one = worlds.content(worlds.planned(worlds.one_party()))
    assert one.headline.startswith("The one person is safe by")
    nobody = worlds.scenario().replace(demand=())
    assert "nobody to bring" in worlds.content(worlds.nobody_moves(nobody)).headline


def test_results_by_priority_equal_the_measures(kabul: Content) -> None:
    for item, row in zip(kabul.material.measures.by_priority, kabul.priorities.rows, strict=True):
        assert [text_of(cell) for cell in row[2:4]] == [count(item.people), count(item.safe)]


def test_phases_follow_each_other_from_start_to_deadline(kabul: Content) -> None:
    marks = results.phase_marks(kabul.material)
    assert marks[0][1] == 0
    assert marks[-1][2] == kabul.material.scenario.deadline
    assert all(before[2] == after[1] for before, after in pairwise(marks))


def test_decision_is_needed_a_lead_before_the_first_departure() -> None:
    given, people, plan, measures = worlds.planned(worlds.scenario())
    lead = Figure(figure=decision.LEAD_FIGURE, likely=0.25, source="Agreed")
    first = min(movement.depart for movement in plan.movements)
    made = worlds.content((given.replace(figures=(lead,)), people, plan, measures))
    assert made.deadline.by == made.material.clock.full(first - 15)
    assert decision.LEAD_FIGURE in made.deadline.derived
    assert "before the plan's own start" not in made.deadline.derived


def test_lead_is_said_to_be_assumed_where_no_figure_gives_it(kabul: Content) -> None:
    assert "assumed" in kabul.deadline.derived


def test_decision_before_the_start_is_said_to_be_late(kabul: Content) -> None:
    assert "before the plan's own start" in kabul.deadline.derived


def test_plan_that_moves_nobody_needs_no_decision_time() -> None:
    made = worlds.content(worlds.nobody_moves(worlds.scenario()))
    assert "moves nobody" in made.deadline.by
    assert "which limits to change" in made.request


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        (Target.PLACE, "hkia"),
        (Target.LINK, "hkia-doha"),
        (Target.FLEET, "lift"),
        (Target.BEDS, "doha"),
        (Target.BERTH, "ramp"),
    ],
)
def test_hazards_count_the_people_who_depend_on_it(kabul: Content, kind: Target, what: str) -> None:
    assert decision.exposure(kabul.material, Hazard(hazard="h", kind=kind, what=what)) > 0


def test_hazard_after_the_last_movement_touches_nobody(kabul: Content) -> None:
    deadline = kabul.material.scenario.deadline
    late = Hazard(hazard="h", kind=Target.PLACE, what="hkia", begins=deadline, ends=deadline + 5)
    assert decision.exposure(kabul.material, late) == 0


def test_emergency_loading_is_never_silent(kabul: Content) -> None:
    assert "not allowed" in kabul.emergency
    given = worlds.scenario()
    allowed = given.replace(policy=replace(given.policy, emergency_seats=True))
    made = worlds.content(worlds.planned(allowed))
    assert "Accepting the plan accepts this" in made.emergency


def test_call_forward_adds_up(kabul: Content) -> None:
    total = sum(item.people for item in kabul.material.measures.call_forward)
    last = [text_of(cell) for table in kabul.call_forward for cell in table.rows[-1][1:]]
    assert sum(int(text.replace(",", "")) for text in last) == total


def test_departures_by_place_add_up(kabul: Content) -> None:
    moved = sum(movement.people for movement in kabul.material.plan.movements)
    told = [
        int(group.remark.split(", ", 1)[1].split("\N{NO-BREAK SPACE}")[0].replace(",", ""))
        for group in kabul.departures
    ]
    assert sum(told) == moved


def test_few_departures_are_listed_and_many_added_up_by_day(kabul: Content) -> None:
    captions = {}
    for group in kabul.departures:
        num = int(group.remark.split()[0])
        captions[num > 60] = group.tables[0].caption
    assert captions == {
        False: "Every departure",
        True: "Departures by day, destination and fleet",
    }


def test_annex_lines_carry_everybody(kabul: Content) -> None:
    moved = sum(movement.people for movement in kabul.material.plan.movements)
    told = [line[2].rstrip("*") for block in lines.by_place(kabul.material) for line in block.lines]
    assert sum(int(text.replace(",", "")) for text in told if text) == moved


def test_annex_by_vehicle_has_every_movement(kabul: Content) -> None:
    rows = [line for block in lines.by_vehicle(kabul.material) for line in block.lines if line[1]]
    moves = [movement for movement in kabul.material.plan.movements if movement.vehicle]
    assert len(rows) == len(moves)


def test_vehicles_are_ordered_by_number(kabul: Content) -> None:
    titles = [block.title.split(",")[0] for block in lines.by_vehicle(kabul.material)]
    assert titles == sorted(titles, key=lambda title: int(title.rpartition("-")[2]))


def test_bottlenecks_keep_their_order_and_their_meaning(kabul: Content) -> None:
    found = kabul.material.measures.bottlenecks
    assert len(kabul.bottlenecks) == len(found)
    for number, (item, bottleneck) in enumerate(zip(kabul.bottlenecks, found, strict=True), 1):
        assert item.head.startswith(f"{number}. {limits.kind_name(bottleneck.kind).capitalize()}")
        assert "At its limit" in item.text


def test_binding_limits_are_called_estimates(kabul: Content) -> None:
    assert "Estimates" in kabul.helps.note
    assert len(kabul.helps.rows) == len(kabul.material.plan.limits)


def test_assumed_figures_are_marked(kabul: Content) -> None:
    marks = [row[6] for row in kabul.figures.rows]
    assert marks == [Cell("assumed", Tone.ASSUMED), "read"]


def test_undisclosed_places_are_marked_in_tables(kabul: Content) -> None:
    cells = [row[0] for row in kabul.openings.rows]
    assert Cell("Glory Gate", Tone.INTERNAL) in cells


def test_beds_take_the_limit_of_the_tightest_moment(kabul: Content) -> None:
    load = next(
        item
        for item in kabul.material.measures.loads
        if item.what == "hkia" and item.kind == "beds"
    )
    row = next(row for row in kabul.beds.rows if text_of(row[0]) == "Kabul airport")
    assert text_of(row[2]) == count(float(load.used.max()))


def test_excerpts_say_what_they_leave_out(kabul: Content) -> None:
    cut = excerpt(kabul.figures, 1, (0, 2), "annex E")
    assert len(cut.rows) == 1
    assert cut.note == "1 more in annex E."


def test_vehicle_sentence_without_vehicles() -> None:
    made = worlds.content(worlds.nobody_moves(worlds.scenario()))
    assert timetable.vehicle_sentence(made.material) == "No vehicle moves in this plan."
