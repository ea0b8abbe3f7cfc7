"""The sections of the page, in order."""

from wayout.plan.measures import Load
from wayout.report import pictures
from wayout.report.content import limits
from wayout.report.content.assemble import Content
from wayout.report.content.pieces import Cell, Column, Table, Tone
from wayout.report.content.what_if.chapter import Chapter
from wayout.report.markup import Markup, element
from wayout.report.text import count, listing, percent, things
from wayout.report.web.parts import (
    both,
    facts,
    figure,
    folded,
    group,
    items,
    section,
    some,
    table,
)

_WIDE, _NARROW, _SMALL = 960.0, 360.0, 330.0
_CHARTS_A_GROUP = 9
_BOTTLENECKS = 8
_LOAD_GROUPS = (
    ("Gates and processing", ("processing",)),
    ("Ramps, quays and runways", ("spots", "movements")),
    ("Beds", ("beds",)),
    ("Ways", ("people_per_hour", "departures_per_hour")),
    ("Crews and vehicles", ("hours_per_day",)),
)


def achieves(content: Content) -> Markup:
    """The curve against the bound, and the results."""
    material = content.material
    picture = both(pictures.curve(material, _WIDE, 380), pictures.curve(material, _NARROW, 330))
    caption = (
        "People in safety over time. The dashed line is the certified bound: no plan "
        "brings more people to safety by the deadline."
    )
    return section(
        "achieves",
        "What the plan achieves",
        "",
        figure(caption, picture),
        some(content.priorities),
        some(content.origins),
        folded("Waits on the way", "how long people wait before they go on", table(content.waits))
        if content.waits.rows
        else "",
    )


def where(content: Content) -> Markup:
    """The maps, and the table of places."""
    material = content.material
    wide, narrow = pictures.maps(material, _WIDE), pictures.maps(material, _NARROW)
    drawn = [
        both(
            figure(pictures.map_caption(large), large.svg),
            figure(pictures.map_caption(small), small.svg),
        )
        for large, small in zip(wide, narrow, strict=True)
    ]
    without = [
        place.title for place in material.scenario.places if place.lat is None or place.lon is None
    ]
    if not wide:
        lead = "There is no map: no place of this scenario has coordinates."
    else:
        lead = (
            f"Not on the map, for want of coordinates: {listing(without, 12)}." if without else ""
        )
    credit = element(
        "p",
        "Coastlines and borders: Natural Earth, public domain. They imply no opinion "
        "on any border.",
        class_="note",
    )
    places = _places(content)
    return section(
        "where",
        "Where",
        lead,
        drawn,
        credit if wide else "",
        folded(places.caption, things(len(places.rows), "place"), table(places)),
    )


def _places(content: Content) -> Table:
    material = content.material
    through, rank = material.people_through(), material.place_rank()
    rows = [
        (
            Cell(place.title, Tone.INTERNAL) if not place.disclosed else place.title,
            str(place.kind),
            count(through.get(place.place, 0)),
            "" if place.lat is None or place.lon is None else f"{place.lat:.2f}, {place.lon:.2f}",
        )
        for place in sorted(material.scenario.places, key=lambda place: rank[place.place])
    ]
    columns = (
        Column("Place", weight=3),
        Column("Kind"),
        Column("People who pass it", True),
        Column("Latitude, longitude", True),
    )
    return Table("Every place", columns, tuple(rows))


def not_safe(content: Content) -> Markup:
    """Who is not safe in time and why."""
    return section(
        "not-safe",
        "Who is not safe",
        content.safe_words,
        some(content.no_way_out),
        some(content.left_behind),
        some(content.stays),
    )


def tight(content: Content) -> Markup:
    """Bottlenecks in order, and what would help."""
    found = content.bottlenecks
    rest = limits.lesser(content.material, _BOTTLENECKS)
    lead = "Bottlenecks in order: the capacities that are most of their open time at their limit."
    if not found:
        lead = "No capacity is at its limit for long enough to be called a bottleneck."
    return section(
        "tight",
        "What limits the plan",
        lead,
        items(found[:_BOTTLENECKS], "items ordered") if found else "",
        folded(rest.caption, f"{len(rest.rows)} more", table(rest)) if rest.rows else "",
        some(content.helps),
        some(content.ceilings),
    )


def _small(content: Content, load: Load) -> Markup:
    material = content.material
    share = limits.peak_share(load)
    secret = material.is_internal(load.what)
    caption = element(
        "span",
        element("b", element("bdi", material.title_of(load.kind, load.what))),
        element("span", f" {limits.kind_name(load.kind)}, up to {percent(share, 0)} of the limit"),
        element("span", " not for release", class_="mark internal") if secret else "",
    )
    return figure(caption, pictures.load(material, load), style="small")


def loads(content: Content) -> Markup:
    """Small multiples of gates, ramps and beds, and a table of the rest."""
    found = limits.peak_loads(content.material)
    shown: list[Load] = []
    blocks: list[Markup] = []
    for title, kinds in _LOAD_GROUPS:
        chosen = [load for load in found if load.kind in kinds][:_CHARTS_A_GROUP]
        shown += chosen
        if chosen:
            charts = [_small(content, load) for load in chosen]
            blocks += [element("h3", title), element("div", charts, class_="multiples")]
    rest = [load for load in found if not any(load is other for other in shown)]
    remaining = limits.load_table(content.material, rest)
    lead = (
        "Dark line: in use. Dashes: the limit. Grey: shut. The tightest first."
        if blocks
        else "No capacity with a limit is used."
    )
    return section(
        "loads",
        "How full it gets",
        lead,
        blocks,
        folded(remaining.caption, things(len(rest), "capacity", "capacities"), table(remaining))
        if rest
        else "",
    )


def needs(content: Content) -> Markup:
    """What others have to give."""
    return section(
        "needs",
        "What it needs",
        content.emergency,
        some(content.vehicles),
        some(content.beds),
        some(content.openings),
        some(content.permissions),
    )


def when(content: Content) -> Markup:
    """Phases, vehicles, departures, call-forward."""
    material = content.material
    rows = pictures.fleet_rows(material)
    charts = pictures.vehicle_charts(material)
    blocks: list[Markup] = []
    if rows:
        strips = both(pictures.strips(material, _WIDE), pictures.strips(material, _NARROW))
        caption = (
            "Vehicles under way, by fleet. Dark: with people. Light: empty. Dashes: all "
            "the fleet has."
        )
        blocks += [element("h3", "Vehicles"), figure(caption, strips)]
    for fleet, chart in charts.items():
        remark = (
            f"{things(len(rows[fleet]), 'vehicle')}, "
            f"{things(sum(len(row.runs) for row in rows[fleet]), 'movement')}"
        )
        if chart is None:
            inner = element(
                "p", "Too many vehicles for a chart of each; movements.csv has every one."
            )
        else:
            box = element(
                "div",
                chart,
                class_="scroll chartbox",
                tabindex="0",
                role="region",
                aria_label=f"Timetable of {fleet}",
            )
            inner = figure("Filled bars carry people, hollow bars run empty.", box)
        blocks.append(folded(f"{fleet}: {material.fleet_type(fleet)}", remark, inner))
    return section(
        "when",
        "When: phases and timetable",
        content.vehicle_words,
        some(content.phases),
        blocks,
        element("h3", "Departures by place") if content.departures else "",
        [group(part) for part in content.departures],
        element("h3", "Call-forward") if content.call_forward else "",
        [table(part) for part in content.call_forward],
        element("p", content.where_all, class_="note"),
    )


def risks(content: Content) -> Markup:
    """Hazards."""
    lead = (
        ""
        if content.hazards.rows
        else "The scenario names no hazards. That does not mean that there are none."
    )
    return section("risks", "What may go wrong", lead, some(content.hazards))


def proof(content: Content) -> Markup:
    """How to read the proof."""
    return section("proof", "How to read the proof", "", items(content.proof_items))


def assumptions(content: Content) -> Markup:
    """Figures, policy and sources."""
    sources = [element("li", source) for source in content.sources]
    return section(
        "assumptions",
        "Assumptions and sources",
        content.assumed,
        facts(content.policy, "policy"),
        some(content.figures),
        [element("h3", "Sources"), element("ul", sources, class_="sources")] if sources else "",
    )


def glossary(content: Content) -> Markup:
    """Words explained."""
    rows = [
        element("div", element("dt", word), element("dd", meaning))
        for word, meaning in content.glossary
    ]
    return section("glossary", "Glossary", "", element("dl", rows, class_="glossary"))


def what_if(chapter: Chapter) -> Markup:
    """What another command found about the plan."""
    charts = [
        figure(chart.caption, both(chart.draw(_WIDE), chart.draw(_NARROW)))
        for chart in chapter.charts
    ]
    small = [figure(chart.caption, chart.draw(_SMALL), style="small") for chart in chapter.small]
    return section(
        chapter.heading.key,
        chapter.heading.title,
        chapter.lead,
        charts,
        element("div", small, class_="multiples") if small else "",
        items(chapter.items) if chapter.items else "",
        [table(part) for part in chapter.tables],
    )


def sections_of(content: Content) -> list[tuple[str, str, Markup]]:
    """Identifier, short name and markup of each section; answers follow the risks."""
    made = [(key, short, make(content)) for key, short, make in SECTIONS]
    answers = [
        (chapter.heading.key, chapter.heading.short, what_if(chapter))
        for chapter in content.what_if
    ]
    return made[:_ANSWERS_AFTER] + answers + made[_ANSWERS_AFTER:]


SECTIONS = (
    ("achieves", "Results", achieves),
    ("where", "Map", where),
    ("not-safe", "Who is not safe", not_safe),
    ("tight", "Limits", tight),
    ("loads", "Loads", loads),
    ("needs", "Needs", needs),
    ("when", "Timetable", when),
    ("risks", "Risks", risks),
    ("proof", "Proof", proof),
    ("assumptions", "Assumptions", assumptions),
    ("glossary", "Glossary", glossary),
)
_ANSWERS_AFTER = 1 + [key for key, _, _ in SECTIONS].index("risks")
