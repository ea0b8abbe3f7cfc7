"""The tables of a scenario, described by the dataclasses of their rows."""

import dataclasses
import functools
import types
import typing
from dataclasses import MISSING, dataclass
from enum import Enum, StrEnum
from typing import Any

from wayout.scenario.columns import UNLIMITED
from wayout.scenario.figures import Figure
from wayout.scenario.fleet import Fleet, VehicleType
from wayout.scenario.links import Berth, Link
from wayout.scenario.parties import Demand, Party
from wayout.scenario.places import Place, PlaceKind
from wayout.scenario.windows import Hazard, Window

LARGEST = 1e9
"""No count or measure of an evacuation is larger; more is a slip of the hand."""


class Kind(Enum):
    """What the cells of a column hold."""

    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    TIME = "time"
    YES_NO = "yes or no"
    CHOICE = "choice"
    WORDS = "words separated by spaces"


_RANGES = {
    ("places.csv", "lat"): (-90.0, 90.0),
    ("places.csv", "lon"): (-180.0, 180.0),
    ("figures.csv", "low"): (-LARGEST, LARGEST),
    ("figures.csv", "likely"): (-LARGEST, LARGEST),
    ("figures.csv", "high"): (-LARGEST, LARGEST),
}
"""Where numbers may be other than between 0 and ``LARGEST``."""

_LIMITS_WITHOUT_DEFAULT = {("berths.csv", "spots"), ("berths.csv", "movements_per_hour")}
"""Columns where ``unlimited`` may be written although it is not the default."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in files, its field in the model, and what its cells may hold."""

    table: str
    name: str
    field: str
    kind: Kind
    meaning: str
    unit: str
    default: Any
    default_text: str | None
    key: bool
    refers_to: str | None
    choices: type[StrEnum] | None

    @property
    def required(self) -> bool:
        """Whether the column has no default."""
        return self.default is MISSING

    @property
    def least(self) -> float:
        """Smallest number allowed."""
        return _RANGES.get((self.table, self.name), (0.0, LARGEST))[0]

    @property
    def most(self) -> float:
        """Largest number allowed (apart from ``unlimited``)."""
        return _RANGES.get((self.table, self.name), (0.0, LARGEST))[1]

    @property
    def may_be_unlimited(self) -> bool:
        """Whether ``unlimited`` may be written."""
        return self.default == UNLIMITED or (self.table, self.name) in _LIMITS_WITHOUT_DEFAULT

    @property
    def neutral(self) -> Any:
        """Stands in for an unreadable cell, so that the other cells can still be checked."""
        if not self.required:
            return self.default
        if self.choices is not None:
            return next(iter(self.choices))
        return {Kind.TEXT: "", Kind.WORDS: (), Kind.YES_NO: False, Kind.TIME: 0}.get(self.kind, 1)


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its file, the dataclass of its rows, and the field of the scenario it fills."""

    file: str
    row_type: type[Any]
    field: str
    required: bool = False

    @property
    def sheet(self) -> str:
        """Name of the table's sheet in a book."""
        return self.file.removesuffix(".csv")


TABLES = (
    Table("places.csv", Place, "places", required=True),
    Table("links.csv", Link, "links", required=True),
    Table("berths.csv", Berth, "berths"),
    Table("vehicles.csv", VehicleType, "vehicles"),
    Table("fleet.csv", Fleet, "fleets"),
    Table("parties.csv", Party, "parties"),
    Table("demand.csv", Demand, "demand"),
    Table("windows.csv", Window, "windows"),
    Table("hazards.csv", Hazard, "hazards"),
    Table("figures.csv", Figure, "figures"),
)
"""Every table, in the order in which the reference and a book show them."""

SETTINGS_FILE = "scenario.toml"
FIGURES = next(table for table in TABLES if table.file == "figures.csv")


def _kind(hint: Any, unit: str) -> tuple[Kind, type[StrEnum] | None]:
    if typing.get_origin(hint) is tuple:
        return Kind.WORDS, None
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        hint = next(part for part in typing.get_args(hint) if part is not type(None))
    if issubclass(hint, StrEnum):
        return Kind.CHOICE, hint
    if hint is int and unit == "time":
        return Kind.TIME, None
    kinds = {bool: Kind.YES_NO, int: Kind.WHOLE, float: Kind.NUMBER, str: Kind.TEXT}
    return kinds[hint], None


@functools.cache
def columns_of(table: Table) -> tuple[Column, ...]:
    """The columns of a table, in the order of its dataclass."""
    hints = typing.get_type_hints(table.row_type)
    columns = []
    for field in dataclasses.fields(table.row_type):
        data = field.metadata
        kind, choices = _kind(hints[field.name], data["unit"])
        columns.append(
            Column(
                table=table.file,
                name=data["name"] or field.name,
                field=field.name,
                kind=kind,
                meaning=data["meaning"],
                unit=data["unit"],
                default=field.default,
                default_text=data["default_text"],
                key=data["key"],
                refers_to=data["refers_to"],
                choices=choices,
            )
        )
    return tuple(columns)


def must_be_written(row: object, field: str) -> bool:
    """Whether a limit has to be written for this row even where it is unlimited.

    A missing capacity is never taken for "no limit"; the rows that need one depend on what the
    place or link is.
    """
    if isinstance(row, Place) and field == "beds":
        return row.kind not in (PlaceKind.HOME, PlaceKind.ASSEMBLY)
    if isinstance(row, Place) and field == "processing_per_hour":
        return row.kind is PlaceKind.GATE
    return isinstance(row, Link) and field == "people_per_hour" and row.self_moving
