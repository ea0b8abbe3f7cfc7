"""Windows from factors: the factors come back, no two windows hold at once, reasons stay."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.contingency.towns import town

from wayout.contingency.painting import repainted
from wayout.contingency.variants import factors_of
from wayout.network.timeline import Real
from wayout.scenario.checks import check_scenario
from wayout.scenario.model import Scenario
from wayout.scenario.windows import Repeat, Target, Window

FACTORS = st.lists(
    st.tuples(st.sampled_from([0.0, 0.3, 1.0]), st.integers(1, 90)), min_size=1, max_size=8
)


def factors(scenario: Scenario, pieces: list[tuple[float, int]]) -> Real:
    """Pieces one after the other, the rest as it is by itself."""
    painted = np.ones(len(factors_of(scenario, Target.LINK, "road")))
    at = 0
    for factor, minutes in pieces:
        painted[at : at + minutes] = factor
        at += minutes
    return painted


@given(FACTORS)
def test_the_factors_come_back_and_the_windows_never_overlap(
    pieces: list[tuple[float, int]],
) -> None:
    scenario = town()
    wanted = factors(scenario, pieces)
    changed = repainted(scenario, Target.LINK, "road", wanted)
    assert (factors_of(changed, Target.LINK, "road") == wanted).all()
    assert not [finding for finding in check_scenario(changed) if finding.rule == "S15"]
    others = [w for w in changed.windows if w.what != "road"]
    assert others == list(scenario.windows)


def test_what_does_not_change_keeps_its_reason() -> None:
    night = Window(kind=Target.LINK, what="road", begins=0, ends=60, factor=0.0, reason="Night")
    scenario = town(windows=(night,))
    wanted = factors_of(scenario, Target.LINK, "road")
    wanted[60:90] = 0.5
    changed = repainted(scenario, Target.LINK, "road", wanted, "Rain")
    mine = [w for w in changed.windows if w.what == "road"]
    assert [(w.begins, w.ends, w.factor, w.reason) for w in mine] == [
        (0, 60, 0.0, "Night"),
        (60, 90, 0.5, "Rain"),
    ]


def test_a_window_up_to_the_deadline_moves_with_it() -> None:
    """Whatever holds until the deadline is written without an end, as a planner would."""
    scenario = town()
    wanted = np.ones(len(factors_of(scenario, Target.LINK, "road")))
    wanted[60 : scenario.deadline] = 0.0
    changed = repainted(scenario, Target.LINK, "road", wanted)
    later = changed.replace(deadline=scenario.deadline + 60)
    assert not factors_of(later, Target.LINK, "road")[60 : later.deadline].any()


def test_daily_windows_are_written_out() -> None:
    night = Window(
        kind=Target.LINK, what="road", begins=0, ends=30, factor=0.0, repeat=Repeat.DAILY
    )
    scenario = town(deadline=3000, windows=(night,))
    was = factors_of(scenario, Target.LINK, "road")
    changed = repainted(scenario, Target.LINK, "road", was)
    assert (factors_of(changed, Target.LINK, "road") == was).all()
    assert [w.begins for w in changed.windows if w.what == "road"] == [0, 1440, 2880]
