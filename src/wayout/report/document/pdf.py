"""Sets ``plan.pdf``. Everything from the scenario reaches typst as data, never as source text."""

import json
import re
from dataclasses import asdict
from datetime import UTC

import typst

from wayout.plan.model import Plan
from wayout.report import pictures
from wayout.report.content import lines
from wayout.report.content.assemble import Content
from wayout.report.content.material import Material
from wayout.report.content.pieces import Cell, Table, Tone
from wayout.report.content.what_if.chapter import Chapter, Chart
from wayout.report.document.briefing import decision_tables, points, words
from wayout.report.markup import Markup, clean
from wayout.report.palette import LIGHT
from wayout.report.web.page import resource

Json = dict[str, object]
_FONT = "Libertinus Serif"


def _cell(cell: str | Cell) -> Json:
    if isinstance(cell, Cell):
        return {"text": cell.text, "tone": str(cell.tone)}
    return {"text": cell, "tone": str(Tone.PLAIN)}


def table(content: Table) -> Json:
    """A table as the template reads it."""
    return {
        "caption": content.caption,
        "columns": [asdict(column) for column in content.columns],
        "rows": [[_cell(cell) for cell in row] for row in content.rows],
        "note": content.note,
    }


def picture(svg: Markup) -> str:
    """An SVG that stands alone: with its style, and colours in place of variables."""
    values = {**LIGHT, "chart-font": _FONT}

    def value(found: re.Match[str]) -> str:
        return values[found.group(1)]

    style = f"<style>{resource('chart.css')}</style>"
    whole = svg.replace(">", f">{style}", 1)
    return re.sub(r"var\(--([a-z0-9-]+)\)", value, whole)


def _meta(plan: Plan, content: Content) -> Json:
    start = content.material.scenario.start.astimezone(UTC)
    return {
        "title": content.title,
        "scenario": plan.scenario_name,
        "case": plan.case,
        "objective": plan.objective.replace("_", " "),
        "seed": plan.seed,
        "hash": plan.scenario_hash,
        "zone": content.material.clock.zone,
        "date": [start.year, start.month, start.day, start.hour, start.minute],
    }


def _decision(content: Content) -> Json:
    return {
        "headline": words(content.headline),
        "proof": words(content.proof),
        "situation": words(content.situation),
        "request": words(content.request),
        "by": content.deadline.by,
        "derived": words(content.deadline.derived),
        "emergency": words(content.emergency),
        "safe": words(content.safe_words),
        "assumed": words(content.assumed),
        "internal": words(", ".join(content.internal_places)),
        "facts": [asdict(fact) for fact in content.facts],
        "curve": picture(pictures.curve(content.material, 760, 250)),
        "bottlenecks": points(content.bottlenecks, 4),
        "answers": [chapter.heading.title for chapter in content.what_if],
        "tables": {name: table(part) for name, part in decision_tables(content).items()},
    }


def _maps(material: Material) -> list[Json]:
    """The map of the operation at full width, further ones for two side by side."""
    made = [*pictures.maps(material, 760)[:1], *pictures.maps(material, 500)[1:]]
    return [{"svg": picture(one.svg), "caption": pictures.map_caption(one)} for one in made]


def _answer(chapter: Chapter) -> Json:
    return {
        "title": chapter.heading.title,
        "lead": chapter.lead,
        "charts": [_chart(chart, 760) for chart in chapter.charts],
        "small": [_chart(chart, 380) for chart in chapter.small],
        "items": [asdict(item) for item in chapter.items],
        "tables": [table(part) for part in chapter.tables],
    }


def _chart(chart: Chart, width: float) -> Json:
    return {"svg": picture(chart.draw(width)), "caption": chart.caption}


def _annexes(content: Content) -> Json:
    material = content.material
    places = sorted(material.scenario.places, key=lambda place: place.place)
    parts = (content.phases, content.vehicles, content.beds, content.openings, content.permissions)
    more = (content.hazards, content.helps, content.no_way_out, content.left_behind)
    return {
        "maps": _maps(material),
        "operation": [table(part) for part in (*parts, *more) if part.rows],
        "strips": picture(pictures.strips(material, 760))
        if material.measures.vehicles_used
        else "",
        "codes": [
            [place.place, place.title, "" if place.disclosed else "not for release"]
            for place in places
        ],
        "places": [asdict(block) for block in lines.by_place(material)],
        "vehicles": [asdict(block) for block in lines.by_vehicle(material)],
        "calls": [table(part) for part in content.call_forward],
        "figures": table(content.figures),
        "policy": [asdict(fact) for fact in content.policy],
        "sources": list(content.sources),
        "proof": [asdict(item) for item in content.proof_items],
        "glossary": [list(row) for row in content.glossary],
        "where": content.where_all,
        "answers": [_answer(chapter) for chapter in content.what_if],
    }


def data(content: Content) -> str:
    """Everything the template shows, as JSON."""
    whole = {
        "meta": _meta(content.material.plan, content),
        "decision": _decision(content),
        "annexes": _annexes(content),
    }
    return clean(json.dumps(whole, ensure_ascii=False, sort_keys=True))


def pdf(content: Content) -> bytes:
    """The document; the same content gives the same bytes, dated by the scenario's start."""
    return compiled("plan.typ", data(content), int(content.material.scenario.start.timestamp()))


def compiled(template: str, content: str, timestamp: int) -> bytes:
    """A template of this package set with JSON as its data, dated by seconds since 1970."""
    made = typst.compile(
        resource(template).encode(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"data": content},
        timestamp=timestamp,
    )
    if not isinstance(made, bytes):
        raise TypeError("typst gave no single document")
    return made
