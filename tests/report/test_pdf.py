import json
import re

import pytest
from tests.report import worlds
from tests.report.reading import pages_of

from wayout.report import pictures
from wayout.report.content.assemble import Content
from wayout.report.document.pdf import data, pdf, picture

WORLDS = {
    "nasty": lambda: worlds.planned(worlds.nasty()),
    "nobody": lambda: worlds.nobody_moves(worlds.scenario()),
    "one": lambda: worlds.with_movements(worlds.one_party(), 1),
    "off the map": lambda: worlds.planned(worlds.without_coordinates(worlds.scenario())),
    "pacific": lambda: worlds.planned(worlds.across_the_antimeridian()),
}


def test_decision_takes_the_first_two_pages(kabul: Content) -> None:
    begins, ends, headings = pages_of(kabul)
    assert (begins, ends) == (1, 2)
    assert min(headings) == 3


@pytest.mark.parametrize("name", list(WORLDS))
def test_decision_takes_two_pages_whatever_the_scenario(name: str) -> None:
    begins, ends, headings = pages_of(worlds.content(WORLDS[name]()))
    assert (begins, ends, min(headings)) == (1, 2, 3)


def test_it_is_a_document_dated_by_the_start(kabul_pdf: bytes) -> None:
    assert kabul_pdf.startswith(b"%PDF-")
    assert re.search(rb"/CreationDate\(D:20210813193000Z", kabul_pdf)


def test_same_plan_gives_the_same_bytes(kabul_pdf: bytes) -> None:
    assert pdf(worlds.content(worlds.planned(worlds.scenario()))) == kabul_pdf


def test_everything_reaches_typst_as_data() -> None:
    content = worlds.content(worlds.planned(worlds.nasty()))
    whole = json.loads(data(content))
    assert whole["meta"]["title"].startswith('<b>&"#image("x.png")</b> *bold* _x_ $1/0$')
    assert pdf(content).startswith(b"%PDF-")


def test_figures_equal_the_measures(kabul: Content) -> None:
    whole = json.loads(data(kabul))
    facts = {fact["label"]: fact["value"] for fact in whole["decision"]["facts"]}
    assert facts["Safe by the deadline"] == f"{kabul.material.measures.people_safe:,}"
    assert facts["Best possible"] == f"{kabul.material.bound_people:,}"


def test_decision_pages_hold_what_is_to_be_decided(kabul: Content) -> None:
    decision = json.loads(data(kabul))["decision"]
    assert decision["tables"]["vehicles"]["rows"]
    assert decision["tables"]["hazards"]["rows"]
    assert "Glory Gate" in decision["internal"]


def test_pictures_stand_alone(kabul: Content) -> None:
    made = picture(pictures.curve(kabul.material, 760, 250))
    assert "var(--" not in made
    assert "<style>" in made
