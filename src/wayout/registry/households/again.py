"""A published order made again: from what it says of persons and households, and the records.

Rows never change, so the facts of that day follow from the rows that it names, whatever lists,
links and answers came since. A row that was erased is gone, and then the order may differ.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wayout.errors import RegistryError
from wayout.registry.eligibility.facts import Facts
from wayout.registry.eligibility.order import Order, publish
from wayout.registry.eligibility.reading import parse_rules
from wayout.registry.households.facts import facts_of
from wayout.registry.records import Record
from wayout.registry.survivor import survivor_of

TRUST = "trust"


def order_again(
    body: Mapping[str, Any], records: Mapping[str, Record]
) -> tuple[Order, tuple[Facts, ...]]:
    """The order of a publication's body, and the people in it.

    ``records`` are all, in order of arrival.

    Raises
    ------
    RegistryError
        If the rules in it cannot be read.
    """
    rules, findings = parse_rules(body["rules"])
    if rules is None:
        raise RegistryError("The published rules can no longer be read.", tuple(findings))
    household = {person: row[0] for row in body["order"] for person in row[3]}
    survivors = []
    for person, named in body["records"].items():
        left = [records[record] for record in named if record in records]
        if left:
            survivors.append(survivor_of(person, left, tuple(body[TRUST])))
    arrival = {record: position for position, record in enumerate(records)}
    first = {one.person: arrival[one.records[0].record] for one in survivors}
    survivors.sort(key=lambda one: first[one.person])
    facts = facts_of(survivors, household, first, frozenset(body["torn"]))
    return publish(facts, rules, date.fromisoformat(body["on"])), facts
