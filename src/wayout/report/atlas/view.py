"""How a part of the world is laid on the page: Mercator, fitted to the places it has to show."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from wayout.report.atlas.world import Degrees, Extent

_POLAR = 82.0
_LEAST_DEGREES = 0.06


def mercator(lat: float) -> float:
    """Mercator's height of a latitude, in degrees at the equator; the poles are cut off."""
    bounded = max(-_POLAR, min(_POLAR, lat))
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(bounded) / 2)))


def latitude(height: float) -> float:
    """The latitude of a Mercator height."""
    return math.degrees(2 * math.atan(math.exp(math.radians(height))) - math.pi / 2)


def unwrapped(points: Sequence[Degrees]) -> list[Degrees]:
    """The points, longitudes moved by 360 so that they lie together, also across 180 degrees."""
    lons = sorted({point[0] % 360.0 for point in points})
    gaps = [(lons[0] + 360.0 - lons[-1], lons[0])]
    gaps += [(after - before, after) for before, after in pairwise(lons)]
    west = max(gaps)[1]
    moved = [(west + (lon - west) % 360.0, lat) for lon, lat in points]
    shift = (
        360.0 if (min(lon for lon, _ in moved) + max(lon for lon, _ in moved)) / 2 > 180 else 0.0
    )
    return [(lon - shift, lat) for lon, lat in moved]


@dataclass(frozen=True, slots=True)
class View:
    """A rectangle of the world on a rectangle of the page of ``width`` × ``height`` pixels."""

    west: float
    top: float
    scale: float
    width: float
    height: float

    def __call__(self, point: Degrees) -> tuple[float, float]:
        """Where a point lies on the page."""
        return (point[0] - self.west) * self.scale, (self.top - mercator(point[1])) * self.scale

    @property
    def extent(self) -> Extent:
        """What the view shows."""
        bottom = self.top - self.height / self.scale
        return Extent(
            self.west, latitude(bottom), self.west + self.width / self.scale, latitude(self.top)
        )


def fitted(
    points: Sequence[Degrees], width: float, shapes: tuple[float, float] = (0.4, 0.72)
) -> View:
    """A view of all points with a margin; its height lies between two shares of its width."""
    lons, heights = [lon for lon, _ in points], [mercator(lat) for _, lat in points]
    wide = max(_LEAST_DEGREES, (max(lons) - min(lons)) * 1.22)
    high = max(_LEAST_DEGREES * shapes[0], (max(heights) - min(heights)) * 1.3)
    share = max(shapes[0], min(shapes[1], high / wide))
    scale = min(width / wide, width * share / high)
    height = width * share
    middle = ((max(lons) + min(lons)) / 2, (max(heights) + min(heights)) / 2)
    return View(middle[0] - width / scale / 2, middle[1] + height / scale / 2, scale, width, height)
