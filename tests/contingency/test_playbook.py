"""Orders turn one plan into the other, and nobody concerned is left untold."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.contingency.test_losses_oracle import planned
from tests.oracle.cases import world_of

from wayout.contingency.base import base_of
from wayout.contingency.case import examined
from wayout.contingency.effort import Effort
from wayout.contingency.losses import Kind, single_losses
from wayout.contingency.playbook import orders_between, plays_of, trigger_of
from wayout.plan.model import Movement
from wayout.scenario.windows import Hazard, Target

QUICK = Effort(dispatches=1)


def key(movement: Movement) -> tuple[str, str, str, int, int]:
    return (
        movement.vehicle,
        movement.link,
        movement.destination,
        movement.depart,
        movement.people,
    )


@pytest.mark.parametrize("seed", [3, 8, 12, 21])
def test_orders_turn_the_plan_into_the_repaired_one(seed: int) -> None:
    world, plan = world_of(seed), planned(seed)
    base = base_of(world.scenario, plan)
    for loss in single_losses(world.scenario):
        _, repaired = examined(base, loss, QUICK)
        orders = orders_between(plan, repaired)
        made = {key(m) for m in plan.movements}
        made -= {key(m) for m in orders.cancelled}
        made -= {key(before) for before, _ in (*orders.rerouted, *orders.reloaded)}
        made |= {key(m) for m in orders.added}
        made |= {key(after) for _, after in (*orders.rerouted, *orders.reloaded)}
        assert made == {key(m) for m in repaired.movements}, loss.name
        for before, after in orders.rerouted:
            assert (before.vehicle, before.origin, before.depart) == (
                after.vehicle,
                after.origin,
                after.depart,
            )


def test_every_fleet_and_place_with_an_order_is_told() -> None:
    world, plan = world_of(8), planned(8)
    losses = single_losses(world.scenario)
    with ThreadPoolExecutor(1) as pool:
        plays = plays_of(world.scenario, plan, losses, pool, effort=QUICK)
    assert sorted(p.outcome.loss for p in plays) == sorted(loss.name for loss in losses)
    assert [p.outcome.people_low for p in plays] == sorted(p.outcome.people_low for p in plays)
    for play in plays:
        orders = play.orders
        changed = (*orders.cancelled, *orders.added, *(m for pair in orders.rerouted for m in pair))
        assert {row.about for row in play.owners} == {m.fleet for m in changed if m.fleet}
        ends = {place for m in changed for place in (m.origin, m.destination)}
        assert {row.about for row in play.places} == ends
        assert play.orders.first_minute is None or play.orders.first_minute >= 0


def test_orders_of_a_later_loss_leave_what_was_done_alone() -> None:
    world, plan = world_of(12), planned(12)
    minute = world.scenario.deadline // 2
    losses = single_losses(world.scenario, minute)
    with ThreadPoolExecutor(1) as pool:
        plays = plays_of(world.scenario, plan, losses, pool, effort=QUICK, decided=minute)
    base = base_of(world.scenario, plan)
    for play in plays:
        if play.outcome.achieved == "no accepted plan found":
            continue
        early = [m for m in play.orders.cancelled if m.depart < minute]
        late = {m.movement for m in plan.movements if m.arrive > minute or not m.people}
        assert {m.movement for m in early} <= late, play.outcome.loss
        assert all(m.depart >= minute for m in play.orders.added)
    assert base.plan is plan


def test_a_hazard_is_announced_with_its_rate_and_source() -> None:
    world = world_of(3)
    place = world.scenario.places[-1]
    hazard = Hazard(
        hazard="flood", kind=Target.PLACE, what=place.place, per_day=0.2, source="A survey"
    )
    scenario = world.scenario.replace(hazards=(hazard,))
    loss = next(loss for loss in single_losses(scenario) if loss.kind == Kind.HAZARD)
    words = trigger_of(scenario, loss)
    assert f"{place.title} is lost (hazard flood)" in words
    assert "0.2 times a day" in words
    assert "A survey" in words
