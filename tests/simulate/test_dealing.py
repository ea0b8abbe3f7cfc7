"""What replications are dealt: repeatable, kind by kind, at the rates asked for."""

import numpy as np
import pytest
from tests.plan.worlds import flying_plan, flying_world
from tests.simulate.worlds import model

from wayout.errors import ScenarioError
from wayout.scenario.model import Scenario
from wayout.scenario.windows import Hazard, Target
from wayout.simulate.dealing import Dealer
from wayout.simulate.disruptions import FIGURES, NOTHING, Disruptions, Kind
from wayout.simulate.reading import disruptions_of


def world() -> Scenario:
    hazard = Hazard(hazard="lost", kind=Target.BERTH, what="ramp", begins=100, ends=900, per_day=2)
    return flying_world().replace(hazards=(hazard,))


def dealer(disruptions: Disruptions, seed: int = 3) -> Dealer:
    return Dealer(model(world(), flying_plan(world())), disruptions, seed)


def test_the_same_seed_deals_the_same() -> None:
    one, other = dealer(Disruptions()).deal(17), dealer(Disruptions()).deal(17)
    for name in ("turn", "repair", "way", "absent", "walk_in", "closure", "closure_factor"):
        assert np.array_equal(getattr(one, name), getattr(other, name))


def test_another_replication_is_dealt_something_else() -> None:
    hands = {tuple(dealer(Disruptions()).deal(i).turn.tolist()) for i in range(40)}
    assert len(hands) > 10


@pytest.mark.parametrize("kind", list(Kind))
def test_a_kind_switched_off_leaves_the_others_alone(kind: Kind) -> None:
    columns = {
        Kind.BREAKDOWN: "repair",
        Kind.LONGER_TURN: "turn",
        Kind.LATE_WAY: "way",
        Kind.NO_SHOW: "absent",
        Kind.WALK_IN: "walk_in",
    }
    for replication in range(30):
        whole = dealer(Disruptions()).deal(replication)
        less = dealer(Disruptions().without(kind)).deal(replication)
        for other, name in columns.items():
            if other is not kind:
                assert np.array_equal(getattr(whole, name), getattr(less, name))
            else:
                assert not getattr(less, name).any()
        kept = {tuple(row) for row in less.closure.tolist()}
        assert kept <= {tuple(row) for row in whole.closure.tolist()}


def test_nothing_at_all() -> None:
    deal = dealer(NOTHING).deal(0)
    for drawn in (deal.turn, deal.repair, deal.way, deal.absent, deal.walk_in):
        assert not drawn.any()
    assert len(deal.closure) == 0


def test_a_hazard_happens_at_its_rate_and_within_its_time() -> None:
    figures = Disruptions(off=frozenset(set(Kind) - {Kind.CLOSURE}))
    num = 2000
    begins = [row[0] for i in range(num) for row in dealer(figures).deal(i).closure.tolist()]
    ends = {row[1] for i in range(50) for row in dealer(figures).deal(i).closure.tolist()}
    assert ends == {900}
    assert min(begins) >= 100
    # 1 − exp(−2 × 800 ÷ 1440) of the replications; 4.5 standard errors, a fixed seed.
    chance = 1 - np.exp(-2 * 800 / 1440)
    assert abs(len(begins) / num - chance) < 4.5 * np.sqrt(chance * (1 - chance) / num)


def test_figures_of_a_file() -> None:
    text = (
        "[breakdown.air]\nchance = 0.5\n[closure.per_day]\nlost = 0\n[policy]\nhold_minutes = 5\n"
    )
    figures = disruptions_of(text, world())
    assert (figures["breakdown.air.chance"], figures["policy.hold_minutes"]) == (0.5, 5.0)
    assert figures.rate_of("lost", 2.0) == 0.0
    assert figures["no_show.chance"] == FIGURES["no_show.chance"].default


def test_every_fault_of_a_file_at_once() -> None:
    text = '[breakdown.air]\nchanse = 0.5\n[no_show]\nchance = 1.5\n[walk_in]\nchance = "much"\n'
    with pytest.raises(ScenarioError, match=r"disruptions.toml cannot be used") as refused:
        disruptions_of(text, world())
    lines = [str(finding) for finding in refused.value.findings]
    assert len(lines) == 3
    assert "Write breakdown.air.chance." in lines[0]
    assert "from 0 to 1" in lines[1]
    with pytest.raises(ScenarioError, match=r"cannot be used"):
        disruptions_of("[breakdown", world())
    with pytest.raises(ScenarioError, match=r"cannot be used"):
        disruptions_of("[closure.per_day]\nother = 1\n", world())
