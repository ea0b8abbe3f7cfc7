"""Losses as data: what they multiply, what they cover, what survives them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contingency.test_losses_oracle import planned
from tests.contingency.towns import town
from tests.oracle.cases import world_of
from tests.oracle.exact import Goal, optimum
from tests.oracle.worlds import World

from wayout.contingency.alike import alike
from wayout.contingency.base import base_of
from wayout.contingency.bounding import Decided, ceiling
from wayout.contingency.case import examined
from wayout.contingency.covering import covers, greatest
from wayout.contingency.effort import Effort
from wayout.contingency.judging import judged
from wayout.contingency.losses import Kind, random_sets, single_losses
from wayout.contingency.outcomes import object_of, study_of
from wayout.contingency.surviving import plan_left, struck, survivors
from wayout.contingency.variants import Closure, Loss, factors_of, together
from wayout.network.model import build
from wayout.optimize.dispatch.timetable import timetable_of_plan
from wayout.scenario.people import people_of
from wayout.scenario.windows import Repeat, Target, Window

SEEDS = (3, 8, 12, 21)


@given(
    factor=st.floats(0.0, 1.0),
    begins=st.integers(0, 9),
    length=st.integers(1, 9),
    given_factor=st.floats(0.0, 1.0),
    daily=st.booleans(),
)
def test_a_loss_multiplies_what_the_windows_leave(
    factor: float, begins: int, length: int, given_factor: float, daily: bool
) -> None:
    scenario = world_of(3).scenario
    place = scenario.places[0].place
    repeat = Repeat.DAILY if daily else Repeat.NONE
    window = Window(
        kind=Target.PLACE, what=place, begins=2, ends=6, factor=given_factor, repeat=repeat
    )
    scenario = scenario.replace(windows=(window,))
    loss = Loss(
        "place", place, "", (Closure(Target.PLACE, place, factor, begins, begins + length),)
    )
    before = factors_of(scenario, Target.PLACE, place)
    after = factors_of(loss.apply(scenario), Target.PLACE, place)
    expected = before.copy()
    expected[begins : begins + length] *= factor
    np.testing.assert_array_equal(after, expected)


@pytest.mark.parametrize("seed", SEEDS)
def test_everything_is_lost_once_and_under_its_own_name(seed: int) -> None:
    scenario = world_of(seed).scenario
    losses = single_losses(scenario)
    kinds = [loss.kind for loss in losses]
    assert len({loss.name for loss in losses}) == len(losses)
    assert kinds.count(Kind.PLACE) == len(scenario.places)
    assert kinds.count(Kind.LINK) == len(scenario.links)
    assert kinds.count(Kind.BERTH) == len(scenario.berths)
    assert kinds.count(Kind.FLEET) == len(scenario.fleets)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_survives_a_loss_is_a_plan_of_the_variant(seed: int) -> None:
    """Here no bed and no spot binds at home, so that the judge accepts all that is left."""
    scenario, plan = world_of(seed).scenario, planned(seed)
    base = base_of(scenario, plan)
    for loss in single_losses(scenario):
        hit = struck(base, loss)
        left = survivors(base, hit)
        assert not (left.movements & hit).any()
        remains, verdict = judged(
            loss.apply(scenario), plan_left(base, scenario, left), base.people
        )
        assert verdict.accepted, (loss.name, verdict.findings)
        assert remains.people_safe <= plan.people_safe


def test_nothing_is_cut_where_nothing_is_struck() -> None:
    scenario, plan = world_of(3).scenario, planned(3)
    base = base_of(scenario, plan)
    left = survivors(base, np.zeros(len(plan.movements), dtype=np.bool_))
    assert plan_left(base, scenario, left).movements == plan.movements


@pytest.mark.parametrize("seed", SEEDS)
def test_a_place_covers_its_links_and_berths_and_a_type_its_fleets(seed: int) -> None:
    scenario = world_of(seed).scenario
    by_name = {loss.name: loss for loss in single_losses(scenario)}
    for link in scenario.links:
        for place in (link.origin, link.destination):
            assert covers(scenario, by_name[f"place:{place}"], by_name[f"link:{link.link}"])
            assert not covers(scenario, by_name[f"link:{link.link}"], by_name[f"place:{place}"])
    for berth in scenario.berths:
        assert covers(scenario, by_name[f"place:{berth.place}"], by_name[f"berth:{berth.berth}"])
    for fleet in scenario.fleets:
        kind = by_name[f"vehicle_type:{fleet.type}"]
        assert covers(scenario, kind, by_name[f"fleet:{fleet.fleet}"])
    kept = greatest(scenario, tuple(by_name.values()))
    assert all(loss.kind != Kind.LINK for loss in kept)
    for loss in by_name.values():
        assert any(covers(scenario, other, loss) for other in kept)


def test_a_berth_that_works_in_part_is_not_covered_by_one_that_is_shut() -> None:
    """What stands on a shut berth may stay on all its spots; in part, it must make room."""
    scenario = world_of(8).scenario
    berth = scenario.berths[0].berth
    shut, half = (
        Loss("berth", berth, "", (Closure(Target.BERTH, berth, factor, 0),))
        for factor in (0.0, 0.5)
    )
    assert not covers(scenario, shut, half)
    assert covers(scenario, half, half)


def test_a_later_or_shorter_loss_does_not_cover() -> None:
    scenario = world_of(3).scenario
    place = scenario.places[0].place

    def lost(begins: int, ends: int | None) -> Loss:
        return Loss("place", place, "", (Closure(Target.PLACE, place, 0.0, begins, ends),))

    assert covers(scenario, lost(0, None), lost(2, 5))
    assert not covers(scenario, lost(3, None), lost(2, 5))
    assert not covers(scenario, lost(0, 4), lost(2, 5))
    assert not covers(scenario, lost(0, 4), lost(2, None))


@pytest.mark.parametrize("seed", SEEDS)
def test_losses_that_come_to_the_same_leave_the_same(seed: int) -> None:
    world = world_of(seed)
    losses = single_losses(world.scenario)
    for position, first in enumerate(alike(world.scenario, people_of(world.scenario), losses)):
        assert first <= position
        if first != position:
            one, two = (
                optimum(World(seed, world.step, losses[i].apply(world.scenario)), Goal.PEOPLE_SAFE)
                for i in (first, position)
            )
            assert one.value == two.value, (losses[first].name, losses[position].name)


def test_a_type_with_one_fleet_is_that_fleet() -> None:
    world = world_of(8)
    losses = single_losses(world.scenario)
    same = alike(world.scenario, people_of(world.scenario), losses)
    names = [loss.name for loss in losses]
    for fleet in world.scenario.fleets:
        kind = [f.fleet for f in world.scenario.fleets if f.type == fleet.type]
        if kind == [fleet.fleet]:
            one, two = (
                names.index(f"fleet:{fleet.fleet}"),
                names.index(f"vehicle_type:{fleet.type}"),
            )
            assert same[one] == same[two]


def test_the_only_way_to_a_gate_is_the_gate() -> None:
    scenario = town().replace(windows=())
    losses = single_losses(scenario)
    same = alike(scenario, people_of(scenario), losses)
    names = [loss.name for loss in losses]
    position = {name: names[same[index]] for index, name in enumerate(names)}
    assert position["link:path"] == position["place:gate"]
    assert position["link:pass"] != position["place:gate"], "whoever is at the gate stays there"


def test_random_sets_are_seeded_and_hold_one_to_three() -> None:
    losses = single_losses(world_of(3).scenario)
    sets = random_sets(losses, 40, 7)
    assert sets == random_sets(losses, 40, 7)
    assert sets != random_sets(losses, 40, 8)
    sizes = {1 if loss.kind != "several" else loss.what.count(" and ") + 1 for loss in sets}
    assert sizes == {1, 2, 3}


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_decided_lowers_the_ceiling_but_never_below_the_plan(seed: int) -> None:
    world, plan = world_of(seed), planned(seed)
    network = build(world.scenario, people_of(world.scenario))
    timetable = timetable_of_plan(network, plan)
    free = ceiling(network, world.step)
    for minute in range(0, world.scenario.deadline + 1, world.step):
        held = ceiling(network, world.step, Decided(timetable.before(minute), minute))
        assert held.people <= free.people + 1e-6
        assert held.danger >= free.danger - 1e-6
        assert plan.people_safe <= held.people + 1e-6
        assert plan.danger_hours >= held.danger - 1e-6


@pytest.mark.parametrize("seed", SEEDS)
def test_a_repaired_plan_keeps_what_was_done_by_then(seed: int) -> None:
    world, plan = world_of(seed), planned(seed)
    base, minute = base_of(world.scenario, plan), world.scenario.deadline // 2
    for loss in single_losses(world.scenario, minute):
        outcome, repaired = examined(base, loss, Effort(dispatches=1), minute)
        if outcome.achieved == "no accepted plan found":
            continue
        hit = struck(base, loss)
        fixed = {
            (m.vehicle, m.link, m.depart, m.people)
            for m, lost in zip(plan.movements, hit, strict=True)
            if m.depart < minute and not lost
        }
        made = {(m.vehicle, m.link, m.depart, m.people) for m in repaired.movements}
        assert {m for m in fixed if m[3]} <= {m for m in made if m[2] < minute}, loss.name
        assert outcome.people_low <= outcome.people_high


def test_a_study_is_the_same_after_a_round_trip() -> None:
    from concurrent.futures import ThreadPoolExecutor

    from wayout.contingency.study import study

    world, plan = world_of(3), planned(3)
    losses = single_losses(world.scenario)[:3]
    with ThreadPoolExecutor(1) as pool:
        found = study(world.scenario, plan, losses, pool, effort=Effort(dispatches=1))
    assert study_of(object_of(found)) == found
    assert together(losses).apply(world.scenario).windows


def test_nobody_can_be_lost_twice_for_one_change() -> None:
    scenario, plan = world_of(3).scenario, planned(3)
    base = base_of(scenario, replace(plan, limits=()))
    for loss in single_losses(scenario):
        outcome, repaired = examined(base, loss, Effort(dispatches=1))
        net = plan.people_safe - repaired.people_safe
        assert sum(outcome.lost_by_priority.values()) == net
        assert sum(outcome.lost_by_place.values()) == net


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_struck_what_is_left_is_accepted(seed: int) -> None:
    """Also where no loss would strike just these movements; some plans are long, most short."""
    world, plan = world_of(seed), planned(seed)
    base, rng = base_of(world.scenario, plan), np.random.default_rng(seed)
    for share in (0.1, 0.3, 0.6):
        hit = rng.random(len(plan.movements)) < share
        left = survivors(base, hit)
        assert not (left.movements & hit).any()
        remains = plan_left(base, world.scenario, left)
        _, verdict = judged(world.scenario, remains, base.people)
        assert verdict.accepted, verdict.findings
