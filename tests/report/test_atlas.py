import itertools
from collections.abc import Sequence

import pytest
from tests.report import worlds

from wayout.report import pictures
from wayout.report.atlas.clipping import clip_line, clip_ring
from wayout.report.atlas.labels import Rectangle, Wanted, overlap, place_labels
from wayout.report.atlas.spots import panels
from wayout.report.atlas.view import fitted, latitude, mercator, unwrapped
from wayout.report.atlas.world import Extent, world
from wayout.report.content.assemble import Content

SQUARE = Extent(0, 0, 10, 10)


def test_rings_are_cut_to_the_rectangle() -> None:
    assert clip_ring([(-5, 5), (5, 5), (5, -5), (-5, -5)], SQUARE) == [
        (0, 0),
        (0, 5),
        (5, 5),
        (5, 0),
    ]


def test_lines_are_cut_into_the_pieces_inside() -> None:
    line = [(-5.0, 5.0), (5.0, 5.0), (5.0, 15.0), (8.0, 15.0), (8.0, 5.0)]
    assert clip_line(line, SQUARE) == [[(0, 5), (5, 5), (5, 10)], [(8, 10), (8, 5)]]


def test_longitudes_lie_together_across_180_degrees() -> None:
    moved = unwrapped([(178.0, -17.0), (-172.0, -14.0)])
    assert abs(moved[0][0] - moved[1][0]) == pytest.approx(10.0)


def test_longitudes_elsewhere_stay_as_they_are() -> None:
    points = [(-77.5, 39.0), (69.2, 34.5)]
    assert [value for point in unwrapped(points) for value in point] == pytest.approx(
        [value for point in points for value in point]
    )


@pytest.mark.parametrize("lat", [-60.0, 0.0, 34.5])
def test_mercator_is_undone_by_latitude(lat: float) -> None:
    assert latitude(mercator(lat)) == pytest.approx(lat)


def test_view_holds_its_points() -> None:
    points = [(7.6, 49.4), (69.2, 34.6), (51.3, 25.1)]
    view = fitted(points, 960)
    assert all(0 < view(point)[0] < view.width for point in points)
    assert all(0 < view(point)[1] < view.height for point in points)


def test_one_point_has_a_view() -> None:
    view = fitted([(10.0, 10.0)], 960)
    assert view((10.0, 10.0)) == pytest.approx((view.width / 2, view.height / 2))


def test_world_has_land_borders_and_names() -> None:
    earth = world()
    assert len(earth.land) > 1000
    assert "Afghanistan" in {country.name for country in earth.countries}


def test_no_coast_runs_along_180_degrees() -> None:
    for shape in world().coast:
        for before, after in itertools.pairwise(shape.points):
            assert not (abs(before[0]) >= 179.99 and abs(after[0]) >= 179.99)


def _rectangles(wanted: Sequence[Wanted]) -> list[Rectangle]:
    taken: list[Rectangle] = []
    place_labels(wanted, taken, (0, 0, 400, 300))
    return taken


def test_labels_never_overlap() -> None:
    wanted = [Wanted(200 + 3 * index, 150, f"Place number {index}") for index in range(30)]
    taken = _rectangles(wanted)
    assert len(taken) > 8
    assert not any(overlap(one, other) for one, other in itertools.combinations(taken, 2))


def test_labels_without_room_are_left_to_the_key() -> None:
    wanted = [Wanted(200, 150, "The same place") for _ in range(200)]
    placed = place_labels(wanted, [], (0, 0, 400, 300))
    assert placed.count(None) > 100


def test_crowded_places_get_a_map_of_their_own(kabul: Content) -> None:
    made = panels(pictures.spots(kabul.material))
    assert [panel.number for panel in made] == [1, 2]
    assert {spot.place for spot in made[1].spots} == {"centre", "north", "abbey", "glory", "hkia"}


def test_maps_show_places_flows_and_what_is_not_for_release(kabul: Content) -> None:
    whole, city = pictures.maps(kabul.material, 960)
    assert "Ramstein" in whole.svg
    assert "5 places" not in whole.svg
    assert "Glory Gate \N{EM DASH} not for release" in city.svg
    assert 'class="air route"' in city.svg


def test_narrow_maps_say_how_many_places_crowd(kabul: Content) -> None:
    assert "5 places (map 2)" in pictures.maps(kabul.material, 360)[0].svg


def test_pacific_map_has_land_on_both_sides() -> None:
    content = worlds.content(worlds.planned(worlds.across_the_antimeridian()))
    svg = pictures.maps(content.material, 960)[0].svg
    assert 'class="coast"' in svg
    longitudes = [spot.at[0] for spot in pictures.spots(content.material)]
    assert max(longitudes) - min(longitudes) < 20


def test_without_coordinates_there_is_no_map() -> None:
    content = worlds.content(worlds.planned(worlds.without_coordinates(worlds.scenario())))
    assert pictures.maps(content.material, 960) == []
