"""What a map has to show: places with coordinates, flows between them, and where they crowd."""

from collections.abc import Sequence
from dataclasses import dataclass

from wayout.report.atlas.view import View, fitted
from wayout.report.atlas.world import Degrees
from wayout.report.charts.drawing import cut
from wayout.scenario.links import Mode
from wayout.scenario.places import PlaceKind

_CROWDED = 24.0
"""Pixels under which two neighbours are too close to be told apart on a map of usual width."""
_LEAST_CROWD = 4
_MOST_MAPS = 4


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map; how many ``people`` pass it says how important it is."""

    place: str
    title: str
    kind: PlaceKind
    at: Degrees
    people: int
    disclosed: bool = True


@dataclass(frozen=True, slots=True)
class Flow:
    """People carried from one place to another by one mode; 0 for a link that is not used."""

    origin: str
    destination: str
    mode: Mode
    people: int


@dataclass(frozen=True, slots=True)
class Crowd:
    """Places too close together for this map; ``number`` is that of the map that shows them."""

    spots: tuple[Spot, ...]
    number: int

    @property
    def at(self) -> Degrees:
        """The middle of its places."""
        num = len(self.spots)
        return sum(spot.at[0] for spot in self.spots) / num, sum(
            spot.at[1] for spot in self.spots
        ) / num

    @property
    def heart(self) -> str:
        """The place among them that most people pass."""
        return max(self.spots, key=lambda spot: (spot.people, spot.place)).title

    @property
    def title(self) -> str:
        """``Hamid Karzai Airport and 5 more (map 2)``."""
        return f"{cut(self.heart, 34)} and {len(self.spots) - 1} more (map {self.number})"


@dataclass(frozen=True, slots=True)
class Panel:
    """One map: its number, all spots in it, those that crowd in one point, and its main place."""

    number: int
    spots: tuple[Spot, ...]
    crowds: tuple[Crowd, ...]
    heart: str = ""


def _groups(spots: Sequence[Spot], view: View) -> list[list[Spot]]:
    """Spots linked by steps shorter than what can be told apart."""
    left = list(spots)
    groups: list[list[Spot]] = []
    while left:
        group = [left.pop(0)]
        for member in group:
            x, y = view(member.at)
            near = [spot for spot in left if _distance(view(spot.at), (x, y)) < _CROWDED]
            left = [spot for spot in left if spot not in near]
            group += near
        groups.append(group)
    return groups


def _distance(one: Degrees, other: Degrees) -> float:
    return float(((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5)


def _crowded(spots: Sequence[Spot], width: float) -> list[tuple[Spot, ...]]:
    view = fitted([spot.at for spot in spots], width)
    groups = [group for group in _groups(spots, view) if len(group) >= _LEAST_CROWD]
    groups = [
        group
        for group in groups
        if len({spot.at for spot in group}) > 1 and len(group) < len(spots)
    ]
    return [
        tuple(group) for group in sorted(groups, key=lambda group: (-len(group), group[0].place))
    ]


def panels(spots: Sequence[Spot], width: float = 960.0) -> list[Panel]:
    """The maps to draw, the whole first; each crowd gets its own, as far as they are few."""
    made: list[Panel] = []
    queue: list[tuple[int, tuple[Spot, ...], str]] = [(1, tuple(spots), "")]
    given = 1
    while queue:
        number, members, heart = queue.pop(0)
        crowds: list[Crowd] = []
        for group in _crowded(members, width):
            if given < _MOST_MAPS:
                given += 1
                crowds.append(Crowd(group, given))
                queue.append((given, group, crowds[-1].heart))
        made.append(Panel(number, members, tuple(crowds), heart))
    return made
