"""``wayout people prioritise``, ``why`` and ``equity``: an order by rule, and its reasons."""

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from wayout.cli.people.opening import Opening, ReasonOption, opens
from wayout.cli.people.viewing import OnOption, RoleOption, TrustOption, day_of, view_in
from wayout.cli.wording import counted, number, percent
from wayout.errors import RegistryError
from wayout.registry.eligibility.equity import Group
from wayout.registry.eligibility.equity import equity as groups_of
from wayout.registry.eligibility.order import KIND, Order, Why, body_of, publish
from wayout.registry.eligibility.order import why as reason_of
from wayout.registry.eligibility.reading import read_rules
from wayout.registry.eligibility.rules import DEFAULT_TEXT
from wayout.registry.households.again import TRUST, order_again
from wayout.registry.households.view import records_of
from wayout.registry.register import Register
from wayout.registry.vault.roles import Role

JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def rules(
    output: Annotated[Path, typer.Option("-o", "--output", help="File to write.")] = Path(
        "rules.toml"
    ),
) -> None:
    """Write the rules to begin with: classes I to V and A to E; fill in citizens and employers."""
    if output.exists():
        raise RegistryError(f"{output} is there already; name another file with -o.")
    output.write_text(DEFAULT_TEXT, encoding="utf-8")
    typer.echo(f"{output} holds the rules to begin with. Fill in citizens and employers.")


@opens
def prioritise(
    at: Opening,
    rules: Annotated[Path, typer.Argument(help="The rules, a TOML file.")],
    reason: ReasonOption,
    role: RoleOption = Role.REVIEWER,
    trust: TrustOption = None,
    on: OnOption = "",
    only_show: Annotated[
        bool, typer.Option("--only-show", help="Show what would be; publish nothing.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Put all households in order by written rules, and publish the order with its reasons."""
    found, day = read_rules(rules), day_of(on)
    with at.opened() as opened_register:
        view = view_in(opened_register, role, reason, trust)
        order = publish(view.facts, found, day)
        if not only_show:
            body = {**body_of(order), TRUST: list(trust or ())}
            opened_register.decide(KIND, body, reason, role=role)
    if as_json:
        typer.echo(json.dumps(summary_of(order), ensure_ascii=False, indent=2))
        return
    _print_order(order)
    typer.echo("Nothing was published." if only_show else f"Published as {order.digest}.")


def summary_of(order: Order) -> dict[str, Any]:
    """What an order holds, in figures."""
    priorities = Counter(standing.priority for standing in order.standings)
    return {
        "digest": order.digest,
        "version": order.rules.version,
        "on": order.on.isoformat(),
        "households": len(order.standings),
        "people": len(order.rankings),
        "by_priority": dict(sorted(priorities.items())),
        "open_questions": sum(bool(ranking.open_rules) for ranking in order.rankings),
    }


def _print_order(order: Order) -> None:
    table = Table("priority", box=None, pad_edge=False)
    table.add_column("households", justify="right")
    table.add_column("people", justify="right")
    people: Counter[str] = Counter()
    households: Counter[str] = Counter()
    for standing in order.standings:
        households[standing.priority] += 1
        people[standing.priority] += len(standing.persons)
    for priority in sorted(households):
        table.add_row(priority, number(households[priority]), number(people[priority]))
    console = Console(soft_wrap=True, highlight=False)
    console.print(table)
    waiting = sum(bool(ranking.open_rules) for ranking in order.rankings)
    if waiting:
        asked = counted(waiting, "person", "people")
        console.print(Text(f"{asked} might rank higher if the lists said more: see why ID."))


@opens
def why(
    at: Opening,
    person: Annotated[str, typer.Argument(help="Identifier of a person or of one of its records.")],
    as_json: JsonOption = False,
) -> None:
    """Say why a person stands where it stands in the order last published."""
    with at.opened() as opened_register:
        body = latest(opened_register)
    named = next((one for one, records in body["records"].items() if person in records), person)
    found = reason_of(named, body)
    if found is None:
        raise RegistryError(f"{person} is not in the order of {body['on']}; was it added since?")
    if as_json:
        typer.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2))
    else:
        typer.echo(sentence_of(found))


def latest(register: Register) -> dict[str, Any]:
    """The body of the order last published; raises RegistryError if there is none."""
    published = register.decisions(KIND)
    if not published:
        raise RegistryError("No order was published yet: run wayout people prioritise first.")
    return dict(published[-1].body)


def sentence_of(found: Why) -> str:
    """The reason in plain words."""
    place = (
        "is not eligible"
        if found.place is None
        else f"is number {number(found.place)} of {number(found.num_places)} households"
    )
    lines = [
        f"The household {found.household} {place}, with priority {found.household_priority}.",
        f"The person {found.person} has priority {found.priority}: {found.major_rule} (major), "
        f"{found.minor_rule} (minor).",
        f"Rules {found.version}, ages on {found.on}, order {found.digest[:12]}.",
    ]
    if found.open_rules:
        lines.append(
            f"Not known, and could rank higher: {', '.join(found.open_rules)}. Ask the family."
        )
    return "\n".join(lines)


@opens
def equity(
    at: Opening,
    reason: ReasonOption,
    role: RoleOption = Role.REVIEWER,
    first: Annotated[
        float, typer.Option(min=0.01, max=1, help="Share of the people who are called first.")
    ] = 0.25,
    as_json: JsonOption = False,
) -> None:
    """Make the order last published again, and compare places, sexes, ages and sources in it."""
    with at.opened() as opened_register:
        body = latest(opened_register)
        records = records_of(opened_register.records(role, reason))
    order, facts = order_again(body, records)
    is_same = order.digest == body["digest"]
    groups = groups_of(facts, order, first)
    if as_json:
        content = {"same_order": is_same, "groups": [asdict(group) for group in groups]}
        typer.echo(json.dumps(content, ensure_ascii=False, indent=2))
        return
    said = "is the one published" if is_same else "differs: records that it rests on were erased"
    typer.echo(f"The order made again from the rules of {body['version']} {said}.")
    Console(soft_wrap=True, highlight=False).print(_table(groups, first))


def _table(groups: tuple[Group, ...], first: float) -> Table:
    table = Table("by", "group", box=None, pad_edge=False)
    for name in ("people", f"in first {first:.0%}", "rate", "of best"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for group in groups:
        table.add_row(
            group.kind,
            Text(group.value),
            number(group.num_people),
            number(group.num_first),
            percent(group.rate),
            percent(group.ratio),
            "below four fifths" if group.marked else "",
        )
    return table
