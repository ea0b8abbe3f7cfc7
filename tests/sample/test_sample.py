"""Samples: sound at every size, repeatable, and short of something where they are tight."""

import dataclasses
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayout.errors import ScenarioError
from wayout.network.model import build
from wayout.scenario.checks import check_scenario
from wayout.scenario.people import people_of
from wayout.scenario.sample import sample

SIZES = st.tuples(
    st.integers(1, 1_000_000), st.integers(3, 120), st.integers(1, 30), st.integers(0, 2**32)
)


@given(size=SIZES, tight=st.booleans())
@settings(max_examples=60, deadline=None)
def test_no_rule_is_broken_at_any_size(size: tuple[int, int, int, int], tight: bool) -> None:
    people, places, days, seed = size
    scenario = sample(people, places, days, seed, tight)
    assert [str(finding) for finding in check_scenario(scenario)] == []
    assert sum(row.people for row in scenario.demand) == people
    assert len(scenario.places) == places
    assert scenario.deadline == days * 1440
    assert len(scenario.fleets) <= 12
    assert len(scenario.links) <= 3 * places


@given(size=SIZES)
@settings(max_examples=30, deadline=None)
def test_tight_has_fewer_beds_than_people(size: tuple[int, int, int, int]) -> None:
    people, places, days, seed = size
    beds = sum(p.beds for p in sample(people, places, days, seed, tight=True).places if p.is_haven)
    assert beds < people
    ample = sample(people, places, days, seed)
    assert sum(p.beds for p in ample.places if p.is_haven) >= people


def test_tight_is_the_same_country_with_less_of_everything() -> None:
    ample, tight = sample(20_000, 60, 7, seed=3), sample(20_000, 60, 7, seed=3, tight=True)
    assert ample.demand == tight.demand
    assert [dataclasses.replace(k, people_per_hour=0) for k in ample.links] == [
        dataclasses.replace(k, people_per_hour=0) for k in tight.links
    ]
    vehicles, fewer = (sum(fleet.number for fleet in s.fleets) for s in (ample, tight))
    assert fewer < vehicles / 2


def test_the_same_arguments_give_the_same_scenario() -> None:
    assert sample(5_000, 30, 4, seed=9) == sample(5_000, 30, 4, seed=9)
    assert sample(5_000, 30, 4, seed=9) != sample(5_000, 30, 4, seed=10)


def test_says_that_it_is_made_up() -> None:
    scenario = sample(10, 3, 1, seed=1)
    assert scenario.title == "Synthetic sample: 10 people, 3 places, 1 day"
    assert "No place, number or vehicle of it is real" in scenario.description


@pytest.mark.parametrize(("people", "places", "days"), [(10, 3, 1), (800, 12, 2), (3_000, 40, 5)])
def test_everybody_has_a_way_out(people: int, places: int, days: int) -> None:
    scenario = sample(people, places, days, seed=5)
    assert build(scenario, people_of(scenario)).able.all()


def test_largest_sample_is_drawn_in_seconds() -> None:
    began = time.process_time()
    sample(1_000_000, 500, 30, seed=1)
    assert time.process_time() - began < 5.0


@pytest.mark.parametrize(
    ("size", "message"),
    [
        ((0, 3, 1, 1), r"people is 0\. Use a number from 1 to 10,000,000\."),
        ((10, 2, 1, 1), r"places is 2\. Use a number from 3 to 1,000\."),
        ((10, 3, 91, 1), r"days is 91\. Use a number from 1 to 90\."),
        ((10, 3, 1, -1), r"The seed is -1\. Use a whole number from 0 upwards\."),
    ],
)
def test_refuses_what_cannot_be_drawn(size: tuple[int, int, int, int], message: str) -> None:
    with pytest.raises(ScenarioError, match=message):
        sample(*size)
