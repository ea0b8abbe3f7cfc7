"""Where the plan is tight, what would help, and who cannot get out: in plain words."""

from wayout.plan.measures import Load
from wayout.report.content.material import Material
from wayout.report.content.pieces import Cell, Column, Item, Table, Tone
from wayout.report.text import amount, count, people, percent, span

KIND_NAMES = {
    "beds": "beds",
    "processing": "processing",
    "people_per_hour": "people on foot or in their own cars",
    "departures_per_hour": "departures",
    "spots": "parking spots",
    "movements": "landings and take-offs",
    "hours_per_day": "hours under way",
    "seats": "seats",
    "vehicles": "vehicles",
    "time": "time",
}
UNITS = {
    "beds": "people at once",
    "processing": "people per slot",
    "people_per_hour": "people per slot",
    "departures_per_hour": "departures per slot",
    "spots": "vehicles at once",
    "movements": "movements per slot",
    "hours_per_day": "hours per day",
}
_MEANINGS = {
    "beds": (
        "The place is full: nobody can be brought there until somebody leaves or more beds "
        "are set up."
    ),
    "processing": (
        "The place passes as many people as it can: more staff, lanes or hours there would "
        "let more through."
    ),
    "people_per_hour": "The way is as full of people as it may be: they wait at its beginning.",
    "departures_per_hour": "As many vehicles set out as the way allows.",
    "spots": (
        "Every parking spot is taken: vehicles wait elsewhere until one leaves. Faster "
        "loading helps as much as another spot."
    ),
    "movements": "The runway, pier or stand handles as many arrivals and departures as it can.",
    "hours_per_day": "The vehicles are under way as many hours a day as crews and upkeep allow.",
}
_HELP = {
    "beds": "more beds at {what}",
    "processing": "more processing at {what}",
    "people_per_hour": "more room on the way {what}",
    "departures_per_hour": "more departures on {what}",
    "spots": "more parking spots at {what}",
    "movements": "more landings and take-offs at {what}",
    "hours_per_day": "more crews (hours under way) for {what}",
    "seats": "more seats on {what}",
    "vehicles": "more vehicles of {what}",
    "time": "more time",
}


def kind_name(kind: str) -> str:
    """A kind of limit as a reader knows it."""
    return KIND_NAMES.get(kind, kind.replace("_", " "))


def _marked(material: Material, kind: str, what: str) -> str | Cell:
    title = material.title_of(kind, what)
    return Cell(title, Tone.INTERNAL) if material.is_internal(what) else title


def bottlenecks(material: Material) -> tuple[Item, ...]:
    """Bottlenecks in order: what, when, how tight, and what that means."""
    items: list[Item] = []
    for number, found in enumerate(material.measures.bottlenecks, start=1):
        when = f"from {material.clock.moment(found.first)} to {material.clock.moment(found.last)}"
        if found.first == found.last:
            when = f"at {material.clock.moment(found.first)}"
        items.append(
            Item(
                f"{number}. {kind_name(found.kind).capitalize()}: "
                f"{material.title_of(found.kind, found.what)}",
                f"At its limit {percent(found.share, 0)} of the time it was open, "
                f"{when}; on average "
                f"{percent(found.utilisation, 0)} used. {_MEANINGS.get(found.kind, '')}".rstrip(),
                Tone.INTERNAL if material.is_internal(found.what) else Tone.PLAIN,
            )
        )
    return tuple(items)


def lesser(material: Material, after: int) -> Table:
    """The bottlenecks that follow the first, as a table."""
    clock = material.clock
    rows = [
        (
            _marked(material, found.kind, found.what),
            kind_name(found.kind),
            percent(found.share, 0),
            percent(found.utilisation, 0),
            clock.moment(found.first),
            clock.moment(found.last),
        )
        for found in material.measures.bottlenecks[after:]
    ]
    columns = (
        Column("Where", weight=2),
        Column("What", weight=1.4),
        Column("At its limit, of its open time", True),
        Column("Used on average", True),
        Column("First"),
        Column("Last"),
    )
    return Table("Lesser bottlenecks", columns, tuple(rows))


def helps(material: Material) -> Table:
    """Binding limits as what would help most; estimates."""
    rows = [
        (
            _help_cell(material, limit.kind, limit.what),
            f"{material.clock.moment(limit.begins)} \N{EN DASH} "
            f"{material.clock.moment(limit.ends)}",
            count(limit.worth_people),
            count(limit.worth_danger_hours),
        )
        for limit in material.plan.limits
    ]
    return Table(
        "What would help most, in order: a tenth more of each limit that binds",
        (
            Column("Ask for", weight=2.4),
            Column("When it binds", weight=1.5),
            Column("More people safe", True, 0.8),
            Column("Fewer danger-hours", True, 0.9),
        ),
        tuple(rows),
        "Estimates from the prices of the relaxation, each taken alone: they say what "
        "to look at first, not what will be gained.",
    )


def _help_cell(material: Material, kind: str, what: str) -> str | Cell:
    pattern = _HELP.get(kind, "more " + kind_name(kind) + " at {what}")
    text = pattern.replace("{what}", material.title_of(kind, what))
    text = text[:1].upper() + text[1:]
    return Cell(text, Tone.INTERNAL) if material.is_internal(what) else text


def no_way_out(material: Material) -> Table:
    """People whom no timetable can save, and why."""
    rows = [
        (_marked(material, "place", item.place), item.priority, count(item.people), item.reason)
        for item in material.plan.no_way_out
    ]
    return Table(
        "People whom no timetable can bring to safety in time",
        (
            Column("Place", weight=1.2),
            Column("Priority", weight=0.5),
            Column("People", True, 0.5),
            Column("What keeps them", weight=3),
        ),
        tuple(rows),
    )


def left_behind(material: Material) -> Table:
    """People not safe at the deadline, where they are then."""
    rows = [
        (
            _marked(material, "place", item.place),
            item.priority,
            count(item.people),
            count(item.parties),
        )
        for item in material.measures.left_behind
    ]
    return Table(
        "Not safe at the deadline, by the place where they are then",
        (
            Column("Place", weight=2),
            Column("Priority"),
            Column("People", True),
            Column("Parties", True),
        ),
        tuple(rows),
    )


def peak_loads(material: Material) -> list[Load]:
    """Loads that are used at all, the tightest first; equal ones in the order of the measures."""
    used = [
        load for load in material.measures.loads if len(load.used) and float(load.used.max()) > 0
    ]
    return sorted(used, key=lambda load: -round(peak_share(load), 4))


def peak_share(load: Load) -> float:
    """Highest share of a limit in use while there was one."""
    open_now = load.limit > 0
    if not open_now.any():
        return 0.0
    return float((load.used[open_now] / load.limit[open_now]).max())


def load_table(material: Material, loads: list[Load]) -> Table:
    """Peak use of capacities, for those that have no chart."""
    rows = []
    for load in loads:
        at = int(load.used.argmax())
        rows.append(
            (
                _marked(material, load.kind, load.what),
                kind_name(load.kind),
                amount(float(load.used[at])),
                amount(float(load.limit[at])),
                Cell(percent(peak_share(load), 0), share=min(1.0, peak_share(load))),
                material.clock.moment(int(load.ticks[at])),
            )
        )
    return Table(
        "Highest use of every other capacity",
        (
            Column("Where", weight=2),
            Column("What", weight=1.2),
            Column("Highest use", True),
            Column("Limit then", True),
            Column("Tightest", True),
            Column("When"),
        ),
        tuple(rows),
    )


def ceilings(material: Material) -> Table:
    """The sanity check of airfields against the planning formula."""
    rows = [
        (
            _marked(material, "place", item.place),
            amount(item.spots),
            amount(round(item.payload, 1)),
            amount(round(item.open_hours, 1)),
            span(item.ground_hours * 60),
            count(item.people_per_day),
            count(item.best_day_people),
            material.clock.date(item.best_day * 1440),
        )
        for item in material.measures.station_ceilings
    ]
    return Table(
        "Airfields: what the planning formula allows in a day, and the plan's best day",
        (
            Column("Airfield", weight=2),
            Column("Spots", True),
            Column("People per departure", True),
            Column("Open hours", True),
            Column("Ground time", True),
            Column("Ceiling, people per day", True),
            Column("Plan's best day", True),
            Column("On"),
        ),
        tuple(rows),
        "Ceiling = spots × people per departure × open hours ÷ ground time × 0.85 "
        "(AFPAM 10-1403, formula 9.0).",
    )


def stays(material: Material) -> Table:
    """Stays beyond what hosts agreed to."""
    rows = [
        (
            _marked(material, "place", item.place),
            count(item.people),
            count(item.parties),
            count(item.people_hours),
        )
        for item in material.measures.overstays
    ]
    return Table(
        "Stays longer than the host agreed to",
        (
            Column("Place", weight=2),
            Column("People", True),
            Column("Parties", True),
            Column("People-hours beyond it", True),
        ),
        tuple(rows),
    )


def safe_words(material: Material) -> str:
    """Who is not safe, in a sentence."""
    behind = material.measures.people_total - material.measures.people_safe
    hopeless = sum(item.people for item in material.plan.no_way_out)
    if behind == 0:
        return "Nobody is left behind: everyone is safe by the deadline."
    text = f"{people(behind)} {'is' if behind == 1 else 'are'} not safe by the deadline."
    if hopeless:
        text += (
            f" For {count(hopeless)} of them there is no way out whatever the timetable; "
            "the limits named here keep them."
        )
    unproven = material.bound_people - material.measures.people_safe
    if unproven > 0:
        text += (
            f" A better timetable could save at most {count(unproven)} of them; the others "
            "need a limit to change."
        )
    elif not hopeless:
        text += " No timetable can change that: a limit has to change."
    return text
