"""Chapters on what other commands found: real answers about a town, and damaged ones."""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from tests.contingency.towns import town
from tests.report import worlds
from tests.report.reading import pages_of, read, text_of

from wayout.cli.main import run
from wayout.plan.folder import read as read_plan
from wayout.plan.measures import measure
from wayout.report import renew
from wayout.report.charts.tornado import Bar, Tornado, tornado
from wayout.report.content.assemble import Content, content_of
from wayout.report.content.material import Material
from wayout.report.content.pieces import Tone
from wayout.report.content.what_if.reading import chapters_of
from wayout.report.content.what_if.secrets import daggered, told
from wayout.report.content.what_if.values import Ends
from wayout.report.document.pdf import data
from wayout.report.text import count, percent
from wayout.scenario.folder import write as write_scenario
from wayout.scenario.people import people_of

KEYS = ["losses", "asks", "delay", "simulation", "courses"]
Json = dict[str, Any]


def done(*arguments: object) -> None:
    """Run the program to its good end."""
    with pytest.raises(SystemExit) as ended:
        run([str(argument) for argument in arguments])
    assert not ended.value.code


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan's folder after all five commands; ``plain.html`` and ``plain.pdf`` are from before."""
    root = tmp_path_factory.mktemp("town")
    scenario, plan = root / "town", root / "plan"
    write_scenario(town(), scenario)
    done("plan", scenario, "-o", plan, "--work", "0", "-q")
    shutil.copy(plan / "report.html", root / "plain.html")
    shutil.copy(plan / "plan.pdf", root / "plain.pdf")
    alone = ("--workers", 1, "-q")
    done("contingency", scenario, "--plan", plan, "--pairs", *alone)
    done("ask", scenario, "--plan", plan, *alone)
    done("delay", scenario, "--plan", plan, "--dates", 4, *alone)
    done("simulate", plan, "-n", 20, *alone)
    changed = root / "gate-open"
    done("change", scenario, "--open", "gate", "-o", changed)
    done("plan", changed, "-o", root / "other", "--work", "0", "-q")
    done("compare", plan, root / "other", "--keep")
    return plan


@pytest.fixture
def folder(answered: Path, tmp_path: Path) -> Path:
    """A copy of the folder, to be damaged."""
    shutil.copytree(answered, tmp_path / "plan")
    return tmp_path / "plan"


def answer(folder: Path, command: str) -> Json:
    found: Json = json.loads((folder / "what-if" / f"{command}.json").read_text(encoding="utf-8"))
    return found


def content(folder: Path) -> Content:
    """The content of the report of a plan's folder."""
    plan, scenario = read_plan(folder)
    people = people_of(scenario)
    whole = content_of(scenario, people, plan, measure(scenario, plan, people))
    return replace(whole, what_if=chapters_of(folder, whole.material))


def page_of(folder: Path) -> str:
    return (folder / "report.html").read_text(encoding="utf-8")


def section(page: str, key: str) -> str:
    """The text of a section."""
    found = re.search(rf'<section id="{key}".*?</section>', page, re.DOTALL)
    assert found is not None
    return text_of(found.group())


def sections(page: str) -> list[str]:
    return re.findall(r'<section id="([a-z-]+)"', page)


def test_each_command_adds_its_chapter_after_the_risks(answered: Path) -> None:
    page = page_of(answered)
    order = sections(page)
    assert order[order.index("risks") + 1 : order.index("proof")] == KEYS
    assert all(f'href="#{key}"' in page for key in KEYS)
    parsed = read(page)
    assert (parsed.faults, parsed.open) == ([], [])
    done("verify", answered)


def test_a_plan_made_anew_has_none_of_them(folder: Path, answered: Path) -> None:
    done("plan", answered.parent / "town", "-o", folder, "--work", "0", "-q")
    assert not set(KEYS) & set(sections(page_of(folder)))


def test_documents_without_answers_are_byte_for_byte_those_of_plan(
    folder: Path, answered: Path
) -> None:
    shutil.rmtree(folder / "what-if")
    html, document = renew(folder)
    assert html.read_bytes() == (answered.parent / "plain.html").read_bytes()
    assert document.read_bytes() == (answered.parent / "plain.pdf").read_bytes()


def test_losses_are_shown_with_both_ends(answered: Path) -> None:
    shown, found = section(page_of(answered), "losses"), answer(answered, "contingency")
    assert f"{len(found['losses'])} single losses studied" in shown
    for row in found["losses"]:
        assert Ends(row["people_low"], row["people_high"]).whole.words in shown
        assert Ends(row["danger_low"], row["danger_high"]).words in shown
    assert "certified ceiling" in shown
    pair = found["worst_pair"]
    ends = Ends(pair["people_low"], pair["people_high"]).whole.words
    assert f"{pair['words']}: {ends} people safe." in shown


def test_asks_are_shown_with_interval_or_the_word_estimate(answered: Path) -> None:
    shown, found = section(page_of(answered), "asks"), answer(answered, "ask")
    assert found["first_ten"]
    for step in found["first_ten"]:
        danger = step["together"]["danger_hours"]
        assert step["words"] in shown
        assert Ends(danger["low"], danger["high"]).words in shown


def test_every_number_about_asks_has_its_interval_or_says_estimate(answered: Path) -> None:
    chapter, found = content(answered).what_if[1], answer(answered, "ask")
    first, each = chapter.tables
    proved = {("people", "People more"), ("danger_hours", "Danger-hours saved")}
    for table, rows, prefix in (
        (first, [step["together"] for step in found["first_ten"]], "All so far: "),
        (each, found["asks"], ""),
    ):
        heads = [column.head for column in table.columns]
        for name, head in proved:
            at = [
                index for index, one in enumerate(heads) if one.lower() == (prefix + head).lower()
            ]
            for row, source in zip(table.rows, rows, strict=True):
                ends = Ends(source[name]["low"], source[name]["high"])
                assert row[at[0]] == (ends.whole if name == "people" else ends).words
        others = [column for column in table.columns if column.numeric]
        assert sum("(estimate)" in column.head for column in others) == len(others) - 2


def test_delay_has_its_point_of_no_return_and_every_date(answered: Path) -> None:
    shown, found = section(page_of(answered), "delay"), answer(answered, "delay")
    assert "Point of no return" in shown
    for date in found["dates"]:
        assert Ends(date["people_low"], date["people_high"]).whole.words in shown
        assert Ends(**date["danger_hours"]).words in shown


def test_simulation_has_its_chance_with_the_interval(answered: Path) -> None:
    shown, found = section(page_of(answered), "simulation"), answer(answered, "simulate")
    chance = found["all_out_probability"]
    ends = f"{percent(chance['low'])} to {percent(chance['high'])}"
    interval = f"{percent(chance['estimate'])} (95 % interval {ends})"
    assert interval.replace("\N{NO-BREAK SPACE}", " ") in shown
    assert "All figures are estimates from 20 replications" in shown
    for name in ("p05", "p50", "p95"):
        assert count(found["danger_hours"][name]) in shown


def test_courses_have_their_ends_and_where_they_part(answered: Path) -> None:
    shown, found = section(page_of(answered), "courses"), answer(answered, "compare")
    assert len(found["plans"]) == 2
    for row in found["plans"]:
        assert row["people_safe_bound"] is not None
        assert Ends(row["people_safe"], row["people_safe_bound"]).whole.words in shown
        ends = Ends(min(row["danger_hours"], row["danger_hours_bound"]), row["danger_hours"])
        assert ends.words in shown
    assert all(note in shown for note in found["notes"])


def test_pdf_has_them_in_an_annex_and_decides_on_two_pages(answered: Path) -> None:
    whole = content(answered)
    answers = json.loads(data(whole))["annexes"]["answers"]
    assert [made["title"] for made in answers] == [one.heading.title for one in whole.what_if]
    assert all("var(--" not in chart["svg"] for made in answers for chart in made["charts"])
    begins, ends, headings = pages_of(whole)
    assert (begins, ends, min(headings)) == (1, 2, 3)


def test_same_answers_give_the_same_bytes(folder: Path) -> None:
    before = [path.read_bytes() for path in renew(folder)]
    assert [path.read_bytes() for path in renew(folder)] == before


def _without(found: Json) -> str:
    del found["losses"][0]["people_low"]
    return json.dumps(found)


def _turned(found: Json) -> str:
    found["losses"][0]["people_low"] = found["losses"][0]["people_high"] + 5
    return json.dumps(found)


def _worded(found: Json) -> str:
    found["base"]["danger_low"] = "many"
    return json.dumps(found)


def _infinite(found: Json) -> str:
    found["base"]["danger_high"] = float("inf")
    return json.dumps(found)


def _of_others(found: Json) -> str:
    found["base"]["people_total"] = 31
    return json.dumps(found)


DAMAGE: dict[str, tuple[Callable[[Json], str], str]] = {
    "cut": (lambda found: json.dumps(found)[:-9], "the file is not JSON"),
    "empty": (lambda found: "", "the file is not JSON"),
    "deep": (lambda found: "[" * 100_000, "the file is not JSON"),
    "list": (lambda found: "[1]", "the file is not one JSON object"),
    "missing": (_without, "losses 1, people_low is missing"),
    "turned": (_turned, "losses 1, people_low is above people_high"),
    "worded": (_worded, "base, danger_low is not a number"),
    "infinite": (_infinite, "base, danger_high is not finite"),
    "others": (_of_others, "it is about 31 people and the plan about 30"),
}


@pytest.mark.parametrize("name", list(DAMAGE))
def test_a_damaged_answer_says_so_and_the_rest_stands(name: str, folder: Path) -> None:
    damage, words = DAMAGE[name]
    before = {key: section(page_of(folder), key) for key in KEYS}
    path = folder / "what-if" / "contingency.json"
    path.write_text(damage(answer(folder, "contingency")), encoding="utf-8")
    renew(folder)
    shown = section(page_of(folder), "losses")
    assert f"what-if/contingency.json cannot be read: {words}." in shown
    assert "wayout contingency makes it anew" in shown
    assert {key: section(page_of(folder), key) for key in KEYS[1:]} == {
        key: before[key] for key in KEYS[1:]
    }


@pytest.mark.parametrize("command", ["contingency", "ask", "delay", "simulate", "compare"])
def test_an_empty_object_is_damage_in_every_answer(command: str, folder: Path) -> None:
    (folder / "what-if" / f"{command}.json").write_text("{}", encoding="utf-8")
    renew(folder)
    assert f"what-if/{command}.json cannot be read" in text_of(page_of(folder))


def test_at_most_fifteen_losses_are_shown(folder: Path) -> None:
    found = answer(folder, "contingency")
    row = found["losses"][0]
    found["losses"] = [
        {**row, "words": f"loss {at} <b>", "danger_high": row["danger_high"] + at}
        for at in range(40)
    ]
    (folder / "what-if" / "contingency.json").write_text(json.dumps(found), encoding="utf-8")
    chapter = chapters_of(folder, content(folder).material)[0]
    assert len(chapter.tables[0].rows) == 15
    assert chapter.tables[0].note == "25 more, none worse than the last."
    renew(folder)
    assert "loss 3 <b>" in section(page_of(folder), "losses")
    assert "loss 3 <b>" not in page_of(folder)


def test_words_that_name_what_must_not_be_known_are_marked() -> None:
    material: Material = worlds.content(worlds.planned(worlds.scenario())).material
    assert told("Glory Gate is lost", material).tone is Tone.INTERNAL
    assert told("link north-glory is cut", material).tone is Tone.INTERNAL
    assert told("glorious weather at Abbey Gate", material).tone is Tone.PLAIN
    assert daggered("Glory Gate is lost", material) == "\N{DAGGER} Glory Gate is lost"


@given(some.floats(0, 1e7), some.floats(0, 1e7), some.floats(300, 1000))
def test_dark_is_what_is_lost_for_certain(one: float, other: float, width: float) -> None:
    low, high = sorted((one, other))
    planned = 5e6
    drawn = tornado(Tornado("People", (Bar("x", low, high),), planned, planned, True), width)
    dark = re.findall(r'<rect [^>]*width="([\d.]+)"[^>]*class="bar"', drawn)
    light = re.findall(r'<rect [^>]*width="([\d.]+)"[^>]*class="area"', drawn)
    assert len(light) == 1
    assert len(dark) == (high < planned)
    if dark and high > low:
        ratio = (planned - high) / (high - low)
        assert float(dark[0]) - ratio * float(light[0]) == pytest.approx(0, abs=0.06 * (1 + ratio))


@given(some.floats(-1e9, 1e9), some.floats(0, 1e6))
def test_whole_people_lie_between_the_ends(low: float, width: float) -> None:
    whole = Ends(low, low + width).whole
    assert whole.low == int(whole.low)
    assert low - 1e-6 <= whole.low
    assert whole.high <= max(whole.low, low + width + 1e-6)
