"""The whole content of the report, gathered once for both outputs."""

from dataclasses import dataclass

from wayout.plan.measures import Measures
from wayout.plan.model import Plan
from wayout.report.content import (
    assumptions,
    decision,
    headline,
    limits,
    needs,
    results,
    timetable,
)
from wayout.report.content.material import Material
from wayout.report.content.pieces import Fact, Group, Item, Table
from wayout.report.content.what_if.chapter import Chapter
from wayout.scenario.model import Scenario
from wayout.scenario.people import People


@dataclass(frozen=True)
class Content:
    """What is said, in the order of the report. Charts are drawn from ``material``."""

    material: Material
    headline: str
    proof: str
    situation: str
    request: str
    deadline: decision.Deadline
    emergency: str
    facts: tuple[Fact, ...]
    proof_items: tuple[Item, ...]
    priorities: Table
    origins: Table
    waits: Table
    phases: Table
    bottlenecks: tuple[Item, ...]
    helps: Table
    safe_words: str
    no_way_out: Table
    left_behind: Table
    ceilings: Table
    stays: Table
    vehicles: Table
    vehicle_words: str
    beds: Table
    openings: Table
    permissions: Table
    hazards: Table
    departures: tuple[Group, ...]
    call_forward: tuple[Table, ...]
    figures: Table
    assumed: str
    policy: tuple[Fact, ...]
    sources: tuple[str, ...]
    glossary: tuple[tuple[str, str], ...]
    where_all: str
    what_if: tuple[Chapter, ...] = ()

    @property
    def title(self) -> str:
        """The scenario's title."""
        return self.material.scenario.title or self.material.scenario.name

    @property
    def internal_places(self) -> list[str]:
        """Places that must not be named outside the planning cell."""
        return [place.title for place in self.material.scenario.places if not place.disclosed]


def content_of(scenario: Scenario, people: People, plan: Plan, measures: Measures) -> Content:
    """Work out everything that the report says."""
    material = Material(scenario, people, plan, measures)
    return Content(
        material=material,
        headline=headline.headline(material),
        proof=headline.proof_sentence(material),
        situation=headline.situation(material),
        request=decision.request(material),
        deadline=decision.needed_by(material),
        emergency=decision.emergency_words(material),
        facts=headline.facts(material),
        proof_items=headline.proof_items(material),
        priorities=results.by_priority(material),
        origins=results.by_origin(material),
        waits=results.waits(material),
        phases=results.phases(material),
        bottlenecks=limits.bottlenecks(material),
        helps=limits.helps(material),
        safe_words=limits.safe_words(material),
        no_way_out=limits.no_way_out(material),
        left_behind=limits.left_behind(material),
        ceilings=limits.ceilings(material),
        stays=limits.stays(material),
        vehicles=needs.vehicles(material),
        vehicle_words=timetable.vehicle_sentence(material),
        beds=needs.beds(material),
        openings=needs.openings(material),
        permissions=needs.flights(material),
        hazards=decision.hazards(material),
        departures=timetable.departures(material),
        call_forward=timetable.call_forward(material),
        figures=assumptions.figures(material),
        assumed=assumptions.assumed_words(material),
        policy=assumptions.policy(material),
        sources=scenario.sources,
        glossary=assumptions.GLOSSARY,
        where_all=assumptions.not_listed(),
    )
