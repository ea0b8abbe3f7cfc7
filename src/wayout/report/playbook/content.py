"""What the playbook says: words, facts and tables of each play."""

from dataclasses import dataclass

from wayout.contingency.outcomes import Figures
from wayout.contingency.playbook import Orders, Play, Told
from wayout.plan.model import Movement
from wayout.report.content.pieces import Column, Fact, Row, Table
from wayout.report.text import Clock, count, people, things
from wayout.scenario.model import Scenario

LABELS = {"cancel": "cancel", "reroute": "re-route", "add": "add", "load": "change load"}


@dataclass(frozen=True, slots=True)
class Page:
    """One play in writing; ``first`` are the orders of the first hours."""

    number: int
    title: str
    trigger: str
    words: str
    facts: tuple[Fact, ...]
    owners: Table
    places: Table
    first: Table
    all_orders: Table
    left_out: Table


@dataclass(frozen=True, slots=True)
class Book:
    """The playbook: what it is of, and its plays, the worst first."""

    title: str
    scenario: str
    case: str
    zone: str
    lead: str
    pages: tuple[Page, ...]
    overview: Table


MOST_LISTED = 1000
"""Orders of a play that the page lists; all are in its CSV."""

FIRST_HOURS = 48
"""Orders that are printed with the play, counted from the first."""

_ORDER_COLUMNS = (
    Column("departs", weight=1.4),
    Column("order", weight=1.2),
    Column("vehicle", weight=2.0),
    Column("from", weight=1.5),
    Column("to", weight=1.5),
    Column("people", numeric=True, weight=0.8),
    Column("instead of", weight=1.5),
)


def _line(clock: Clock, order: str, movement: Movement, instead: str = "") -> Row:
    return (
        clock.moment(movement.depart),
        LABELS[order],
        movement.vehicle or "on foot or by own means",
        movement.origin,
        movement.destination,
        count(movement.people),
        instead,
    )


def entries(orders: Orders) -> list[tuple[int, str, Movement, Movement | None]]:
    """All orders by departure: what, the movement, and what it is instead of."""
    rows: list[tuple[int, str, Movement, Movement | None]] = []
    rows += [(m.depart, "cancel", m, None) for m in orders.cancelled]
    rows += [(new.depart, "reroute", new, old) for old, new in orders.rerouted]
    rows += [(m.depart, "add", m, None) for m in orders.added]
    rows += [(new.depart, "load", new, old) for old, new in orders.reloaded]
    return sorted(rows, key=lambda row: (row[0], row[2].vehicle, row[2].link, row[1]))


def _lines(clock: Clock, orders: Orders, until: int | None) -> tuple[Row, ...]:
    rows = []
    for tick, order, movement, before in entries(orders):
        if until is not None and tick >= until:
            break
        instead = ""
        if before is not None:
            instead = before.destination if order == "reroute" else people(before.people)
        rows.append(_line(clock, order, movement, instead))
    return tuple(rows)


def _told(caption: str, head: str, told: tuple[Told, ...]) -> Table:
    columns = (
        Column(head, weight=2.4),
        Column("which", weight=1.6),
        Column("cancelled", numeric=True),
        Column("re-routed", numeric=True),
        Column("added", numeric=True),
    )
    rows: tuple[Row, ...] = tuple(
        (row.who, row.about, count(row.cancelled), count(row.rerouted), count(row.added))
        for row in told
    )
    return Table(caption, columns, rows)


def _facts(play: Play, base: Figures, clock: Clock) -> tuple[Fact, ...]:
    outcome, orders = play.outcome, play.orders
    first = orders.first_minute
    return (
        Fact("people safe", count(outcome.people_low), f"as planned {count(base.people_low)}"),
        Fact("at most", count(int(outcome.people_high)), "proved: no plan does better"),
        Fact("cancelled", count(len(orders.cancelled)), "movements"),
        Fact("re-routed", count(len(orders.rerouted)), "movements"),
        Fact("added", count(len(orders.added)), "movements"),
        Fact("first order", "none" if first is None else clock.moment(first), "departure"),
    )


def _words(play: Play, base: Figures) -> str:
    outcome, orders = play.outcome, play.orders
    lost = base.people_low - outcome.people_low
    change = f"costs {people(lost)}" if lost > 0 else "costs nobody their way out"
    parts = [
        f"With these orders the loss {change}; no plan brings out more than "
        f"{people(int(outcome.people_high))}.",
        f"Cancel {things(len(orders.cancelled), 'movement')}, re-route {len(orders.rerouted):,}, "
        f"add {len(orders.added):,}; {len(orders.reloaded):,} more go with other people aboard.",
    ]
    return " ".join(parts)


def _left_out(play: Play) -> Table:
    columns = (Column("who", weight=2.0), Column("people fewer", numeric=True))
    rows: list[Row] = []
    for names in (play.outcome.lost_by_priority, play.outcome.lost_by_place):
        ordered = sorted(names.items(), key=lambda item: (-item[1], item[0]))
        rows += [(name, count(number)) for name, number in ordered if number > 0]
    note = "Net, against the plan in force: by priority, then by first place."
    return Table("Who is not brought out any more", columns, tuple(rows), note if rows else "")


def _every_order(number: int, rows: tuple[Row, ...]) -> Table:
    left = len(rows) - MOST_LISTED
    note = f"{count(left)} more in orders-{number:02d}.csv." if left > 0 else ""
    return Table("Every order", _ORDER_COLUMNS, rows[:MOST_LISTED], note)


def page_of(number: int, play: Play, base: Figures, clock: Clock) -> Page:
    """One play in writing."""
    first = play.orders.first_minute or 0
    day = _lines(clock, play.orders, first + FIRST_HOURS * 60)
    title = play.outcome.words[:1].upper() + play.outcome.words[1:]
    caption = f"Orders of the first {FIRST_HOURS} hours"
    return Page(
        number=number,
        title=title,
        trigger=play.trigger,
        words=_words(play, base),
        facts=_facts(play, base, clock),
        owners=_told("Owners to tell", "owner", play.owners),
        places=_told("Places to tell", "place", play.places),
        first=Table(caption, _ORDER_COLUMNS, day),
        all_orders=_every_order(number, _lines(clock, play.orders, None)),
        left_out=_left_out(play),
    )


def book_of(scenario: Scenario, base: Figures, plays: tuple[Play, ...]) -> Book:
    """The whole playbook."""
    clock = Clock(scenario.start)
    pages = tuple(page_of(n, play, base, clock) for n, play in enumerate(plays, 1))
    columns = (
        Column("", weight=0.4),
        Column("if this is lost", weight=4.0),
        Column("people safe", numeric=True, weight=1.2),
        Column("at most", numeric=True, weight=1.2),
        Column("orders", numeric=True),
    )
    rows: tuple[Row, ...] = tuple(
        (
            str(page.number),
            page.title,
            count(play.outcome.people_low),
            count(int(play.outcome.people_high)),
            count(len(entries(play.orders))),
        )
        for page, play in zip(pages, plays, strict=True)
    )
    lead = (
        f"The plan in force brings {people(base.people_low)} of {people(base.people_total)} to "
        "safety. For each of the losses below, this book holds the orders that change that plan "
        "into the best one found without what is lost. Each changed plan was replayed against "
        "every rule. Issue a play when its sign is confirmed, not before."
    )
    return Book(
        title=scenario.title,
        scenario=scenario.name,
        case=str(scenario.case),
        zone=clock.zone,
        lead=lead,
        pages=pages,
        overview=Table("The plays", columns, rows),
    )
