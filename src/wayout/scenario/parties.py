"""Parties that stay together, and demand: counts from which parties are drawn."""

from dataclasses import dataclass

from wayout.scenario.columns import column


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """People who travel only together. The identifier carries no name and no meaning."""

    party: str = column("Identifier without meaning.", key=True)
    size: int = column("People in it.", unit="people")
    place: str = column("Where they are at the start.", refers_to="places.csv")
    priority: str = column("Major I-V and minor A-E, as `III-D`.", default="V-E")
    stretchers: int = column("How many of them lie on a stretcher.", unit="people", default=0)
    wheelchairs: int = column("How many of them use a wheelchair.", unit="people", default=0)
    unaccompanied: bool = column(
        "Whether these are unaccompanied children.", unit="yes/no", default=False
    )
    ready_from: int = column(
        "Earliest departure.", unit="time", default=0, default_text="the scenario's start"
    )
    wanted_by: int | None = column(
        "When they asked to be safe; reported, not enforced.",
        unit="time",
        default=None,
        default_text="no wish",
    )
    safe_by: int | None = column(
        "Their own deadline: safety later than this does not count.",
        unit="time",
        default=None,
        default_text="the scenario's deadline",
    )
    may_go_to: tuple[str, ...] = column(
        "The only havens and refuges they may be brought to, transit included.",
        default=(),
        default_text="all",
        refers_to="places.csv",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """A count of people at a place, drawn into parties with the scenario's seed."""

    demand: str = column("Identifier.", key=True)
    place: str = column("Where they are at the start.", refers_to="places.csv")
    people: int = column("How many people.", unit="people")
    priority: str = column("Major I-V and minor A-E, as `III-D`.", default="V-E")
    sizes: str = column(
        "Share of parties by size: `1:0.3 2:0.2 4:0.5`; shares are scaled to 1.",
        default="1:1",
        default_text="everybody alone",
    )
    stretchers_per_1000: float = column(
        "Parties with one stretcher, per 1,000 parties.", default=0.0
    )
    wheelchairs_per_1000: float = column(
        "Parties with one wheelchair, per 1,000 parties.", default=0.0
    )
    unaccompanied_per_1000: float = column(
        "Parties that are unaccompanied children, per 1,000 parties.", default=0.0
    )
    ready_from: int = column(
        "When the first are ready.", unit="time", default=0, default_text="the scenario's start"
    )
    ready_until: int | None = column(
        "When the last are ready; parties become ready evenly in between.",
        unit="time",
        default=None,
        default_text="ready_from",
    )
    safe_by: int | None = column(
        "As in parties.csv.", unit="time", default=None, default_text="the scenario's deadline"
    )
    may_go_to: tuple[str, ...] = column(
        "As in parties.csv.", default=(), default_text="all", refers_to="places.csv"
    )
