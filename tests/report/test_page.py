import re
from itertools import pairwise

import pytest
from tests.report import worlds
from tests.report.reading import read, text_of

from wayout.report.content.assemble import Content
from wayout.report.text import count
from wayout.report.web.page import page

WORLDS = {
    "little": lambda: worlds.planned(worlds.scenario()),
    "nasty": lambda: worlds.planned(worlds.nasty()),
    "nobody": lambda: worlds.nobody_moves(worlds.scenario()),
    "one": lambda: worlds.with_movements(worlds.one_party(), 1),
    "off the map": lambda: worlds.planned(worlds.without_coordinates(worlds.scenario())),
    "pacific": lambda: worlds.planned(worlds.across_the_antimeridian()),
}


@pytest.mark.parametrize("name", list(WORLDS))
def test_every_element_is_closed_in_its_parent(name: str) -> None:
    parsed = read(page(worlds.content(WORLDS[name]())))
    assert parsed.faults == []
    assert parsed.open == []


def test_nothing_is_loaded(kabul_page: str) -> None:
    loading = {"script", "link", "img", "iframe", "object", "embed", "use", "image"}
    for tag, attributes in read(kabul_page).starts:
        assert "src" not in attributes
        assert tag not in loading - {"script"}
        target = attributes.get("href") or "#"
        assert target.startswith("#")
    addresses = set(re.findall(r"https?://[^\s\"'<)]+", kabul_page))
    assert addresses == {"http://www.w3.org/2000/svg"}
    assert "url(" not in kabul_page
    assert "@import" not in kabul_page


def test_links_lead_to_sections(kabul_page: str) -> None:
    starts = read(kabul_page).starts
    known = {attributes["id"] for _, attributes in starts if attributes.get("id")}
    targets = {attributes["href"] for _, attributes in starts if attributes.get("href")}
    assert {f"#{name}" for name in known} >= targets


def test_identifiers_are_unique(kabul_page: str) -> None:
    found = [attributes["id"] for _, attributes in read(kabul_page).starts if "id" in attributes]
    assert len(found) == len(set(found))


def test_figures_equal_the_measures(kabul: Content, kabul_page: str) -> None:
    text, measures = text_of(kabul_page), kabul.material.measures
    for number in (
        measures.people_total,
        measures.people_safe,
        kabul.material.bound_people,
        measures.people_total - measures.people_safe,
        measures.danger_hours,
    ):
        assert count(number) in text


def test_pictures_have_titles_and_tables_have_scopes(kabul_page: str) -> None:
    starts = read(kabul_page).starts
    pictures = sum(tag == "svg" for tag, _ in starts)
    titles = sum(tag == "title" for tag, _ in starts)
    assert pictures > 10
    assert titles == pictures + 1
    assert all(attributes.get("scope") for tag, attributes in starts if tag == "th")
    assert sum(tag == "table" for tag, _ in starts) == sum(tag == "caption" for tag, _ in starts)


def test_headings_do_not_skip_a_level(kabul_page: str) -> None:
    levels = [int(tag[1]) for tag, _ in read(kabul_page).starts if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_language_viewport_and_themes_are_set(kabul_page: str) -> None:
    assert '<html lang="en">' in kabul_page
    assert "width=device-width" in kabul_page
    assert "prefers-color-scheme:dark" in kabul_page
    assert "@media print" in kabul_page


def test_wide_tables_scroll_in_their_own_box(kabul_page: str) -> None:
    tables = kabul_page.count("<table>")
    assert tables == len(re.findall(r'<div class="scroll"[^>]*><table>', kabul_page))


def test_undisclosed_places_are_marked(kabul_page: str) -> None:
    assert "Planning cell edition, not for release: it names Glory Gate" in text_of(kabul_page)
    assert kabul_page.count("mark internal") > 3


def test_marks_disappear_where_every_place_may_be_named() -> None:
    given = worlds.scenario()
    places = tuple(place for place in given.places if place.disclosed)
    links = tuple(link for link in given.links if "glory" not in link.link)
    demand = tuple(item for item in given.demand if item.place != "north")
    limited = given.replace(places=places, links=links, demand=demand)
    assert "not for release" not in text_of(page(worlds.content(worlds.planned(limited))))


def test_nasty_names_stay_text() -> None:
    made = page(worlds.content(worlds.planned(worlds.nasty())))
    assert "<b>&" not in made
    assert "\u202e" not in made
    assert '<b>&"#image("x.png")</b> *bold*' in text_of(made)
    assert "\u06a9\u0627\u0628\u0644" in made


def test_without_coordinates_the_page_says_that_there_is_no_map() -> None:
    made = page(worlds.content(WORLDS["off the map"]()))
    assert "There is no map: no place of this scenario has coordinates." in text_of(made)


def test_complete_timetable_is_said_to_be_elsewhere(kabul_page: str) -> None:
    assert "movements.csv" in text_of(kabul_page)


def test_same_plan_gives_the_same_bytes(kabul_page: str) -> None:
    assert page(worlds.content(worlds.planned(worlds.scenario()))) == kabul_page


def test_hash_is_printed(kabul: Content, kabul_page: str) -> None:
    assert kabul.material.plan.scenario_hash in kabul_page
