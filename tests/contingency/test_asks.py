"""What can be asked for, what it changes, and what it is worth where that is plain."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.contingency.towns import START, town

from wayout.contingency.achieving import achieved
from wayout.contingency.asks.amounts import Amounts
from wayout.contingency.asks.answers import AskStudy, document_of
from wayout.contingency.asks.ask import Ask, AskKind, granted
from wayout.contingency.asks.listing import asks_of
from wayout.contingency.asks.study import study_asks
from wayout.contingency.asks.worth import network_with, priced
from wayout.contingency.judging import accepted
from wayout.contingency.variants import factors_of
from wayout.optimize.bound import prove
from wayout.optimize.guide import levels
from wayout.optimize.relax.build import Aim
from wayout.scenario.checks import check_scenario
from wayout.scenario.folder import read, write
from wayout.scenario.model import Scenario
from wayout.scenario.windows import Target, Window

SMALL = Amounts(beds=5, staff=60, hour=60, day=60)


def named(scenario: Scenario, name: str) -> Ask:
    return next(ask for ask in asks_of(scenario, SMALL) if ask.name == name)


@pytest.fixture(scope="module")
def study() -> AskStudy:
    with ThreadPoolExecutor(1) as pool:
        return study_asks(town(), None, pool, amounts=SMALL, first=4)


def test_everything_that_there_is_can_be_asked_for() -> None:
    names = {ask.name for ask in asks_of(town(lead=30), SMALL)}
    assert names == {
        "vehicle:buses",
        "sooner:buses",
        "charter:camp",
        "gate_hour:gate",
        "staff:gate",
        "spot:stand",
        "beds:gate",
        "beds:camp",
        "beds:far",
        "opening:gate",
        "time:deadline",
    }


def test_a_place_that_opens_later_can_be_asked_for_sooner() -> None:
    late = Window(kind=Target.BEDS, what="far", ends=120, factor=0.0)
    way = Window(kind=Target.LINK, what="onward", ends=120, factor=0.0)
    scenario = town(windows=(late, way))
    sooner = named(scenario, "agreed_sooner:far").apply(scenario)
    for target, what in ((Target.BEDS, "far"), (Target.LINK, "onward")):
        factors = factors_of(sooner, target, what)
        assert not factors[:60].any()
        assert factors[60:].all()


def test_owners_are_named() -> None:
    assert named(town(), "vehicle:buses").owner == "Bus company"
    assert named(town(), "beds:far").owner == "the host of Far camp"


@pytest.mark.parametrize("name", [ask.name for ask in asks_of(town(lead=30), SMALL)])
def test_what_follows_from_an_ask_is_a_scenario_that_can_be_kept(name: str, tmp_path: Path) -> None:
    scenario = town(lead=30)
    changed = named(scenario, name).apply(scenario)
    assert check_scenario(changed) == check_scenario(scenario)
    write(changed, tmp_path)
    assert read(tmp_path).windows == changed.windows
    assert changed != scenario


@pytest.mark.parametrize("name", [ask.name for ask in asks_of(town(lead=30), SMALL)])
def test_a_plan_without_an_ask_is_a_plan_with_it(name: str) -> None:
    scenario = town(lead=30)
    plan = achieved(network_with(scenario, ()))
    assert plan is not None
    again = accepted(network_with(scenario, (named(scenario, name),)), plan)
    assert again is not None
    assert again.people_safe == plan.people_safe


def test_one_more_bus_is_worth_exactly_its_seats(study: AskStudy) -> None:
    """One bus saves ten of thirty and no plan saves more; so does each further one."""
    assert (study.base.people_held, int(study.base.people_ceiling)) == (10, 10)
    bus = next(answer for answer in study.answers if answer.ask.name == "vehicle:buses")
    assert bus.verified
    assert (bus.people.low, bus.people.high) == pytest.approx((10, 10))


def test_nothing_more_is_asked_for_than_helps(study: AskStudy) -> None:
    """With the gate open everybody walks out at once, and nothing else saves a minute."""
    first = study.first[0]
    assert first.ask.kind is AskKind.OPENING
    assert (first.people.low, first.people.high) == pytest.approx((20, 20))
    assert len(study.first) == 1


def test_a_price_alone_is_shown_as_such() -> None:
    """Of all asks only two are solved again; the others carry a price and say so."""
    with ThreadPoolExecutor(1) as pool:
        study = study_asks(town(), None, pool, amounts=SMALL, first=1, most=2)
    rows = document_of(study)["asks"]
    assert [row["verified"] for row in rows].count(True) == 2
    unverified = [row for row in rows if not row["verified"]]
    assert len(unverified) == len(asks_of(town(), SMALL)) - 2
    assert all(row["danger_hours"]["estimate"] is not None for row in unverified)


def test_what_to_ask_for_first_has_all_that_is_said_of_it_alone(study: AskStudy) -> None:
    document = document_of(study)
    alone = {row["ask"]: row for row in document["asks"]}
    assert document["first_ten"]
    for row in document["first_ten"]:
        assert row.keys() >= {"ask", "amount", "people", "danger_hours", "verified"}
        assert alone[row["ask"]].items() <= row.items()
        assert row["verified"]


def test_a_price_is_never_above_what_the_relaxation_says() -> None:
    """Any dual vector certifies: the priced floor of danger-hours is below the solved one."""
    scenario = town()
    least = prove(network_with(scenario, ()), levels(network_with(scenario, ()))[0], Aim.DANGER)
    compared = 0
    for ask in asks_of(scenario, SMALL):
        price = priced(scenario, ask, least)
        if price is not None:
            length = least.relaxation.grid.length
            solved = prove(network_with(scenario, (ask,)), length, Aim.DANGER).value
            assert price <= solved + 1e-6 * max(1.0, solved)
            compared += 1
    assert compared >= 4


def test_answers_do_not_depend_on_who_works_them_out(study: AskStudy) -> None:
    with ThreadPoolExecutor(3) as pool:
        again = study_asks(town(), None, pool, amounts=SMALL, first=4)
    assert json.dumps(document_of(again)) == json.dumps(document_of(study))


def test_a_later_deadline_is_granted_before_windows_are_rewritten() -> None:
    scenario = town()
    asks = (named(scenario, "gate_hour:gate"), named(scenario, "time:deadline"))
    changed = granted(scenario, asks)
    assert changed.deadline == scenario.deadline + 60
    assert check_scenario(changed) == check_scenario(scenario)
    assert changed.start == START
