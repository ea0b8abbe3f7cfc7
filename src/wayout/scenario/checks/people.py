"""Rules about parties and demand."""

import functools
import math
from collections.abc import Callable, Iterator

from wayout.findings import Finding
from wayout.scenario.checks.rows import names_figure, people_at_start, people_rows
from wayout.scenario.checks.wording import amount, error, listed, warning
from wayout.scenario.model import Scenario
from wayout.scenario.parties import Demand, Party
from wayout.scenario.places import PlaceKind
from wayout.scenario.policy import MAJORS, MINORS

MOST_IN_PARTY = 10_000
"""Most people in a party; more is a slip of the hand."""

PRIORITIES = frozenset({*MAJORS, *(f"{major}-{minor}" for major in MAJORS for minor in MINORS)})


@functools.lru_cache(maxsize=1024)
def sizes_in(text: str) -> tuple[tuple[int, float], ...] | None:
    """Sizes of parties and their shares, or None where the text is not such a list."""
    try:
        pairs = [part.split(":") for part in text.split()]
        sizes = tuple((int(size), float(share)) for size, share in pairs)
    except ValueError:
        return None
    shares = [share for _, share in sizes]
    sound = all(1 <= size <= MOST_IN_PARTY for size, _ in sizes)
    finite = all(math.isfinite(share) and share >= 0 for share in shares)
    return sizes if sound and finite and sum(shares) > 0 else None


def largest_party(row: Party | Demand) -> int:
    """People in the largest party of a row; 0 where there is none."""
    if isinstance(row, Party):
        return row.size
    sizes = [size for size, share in sizes_in(row.sizes) or () if share > 0]
    return min(max(sizes, default=0), row.people)


def check_somebody(scenario: Scenario) -> Iterator[Finding]:
    """S61: there are people."""
    if sum(people_at_start(scenario).values()) < 1:
        file = "parties.csv" if scenario.parties else "demand.csv"
        column = "size" if scenario.parties else "people"
        message = "There is nobody to evacuate."
        yield error("S61", file, None, column, message, "Write who is where at the start.")


def check_party_size(scenario: Scenario) -> Iterator[Finding]:
    """S62: a party has people; a demand too, unless a figure says none (warning)."""
    for index, party in enumerate(scenario.parties):
        if not 1 <= party.size <= MOST_IN_PARTY:
            message = f"Party '{party.party}' has {party.size:,} people."
            cure = f"Write 1 to {MOST_IN_PARTY:,}, or put a crowd into demand.csv."
            yield error("S62", "parties.csv", index, "size", message, cure)
    for index, demand in enumerate(scenario.demand):
        if demand.people < 1 and not names_figure(scenario, "demand.csv", index, "people"):
            message = f"Demand '{demand.demand}' has no people."
            cure = "Write how many, or delete the row."
            yield warning("S62", "demand.csv", index, "people", message, cure)


def check_sizes(scenario: Scenario) -> Iterator[Finding]:
    """S63: party sizes are a list of ``size:share``."""
    for index, demand in enumerate(scenario.demand):
        if sizes_in(demand.sizes) is None:
            message = f"'{demand.sizes[:60]}' is not a list of party sizes with their shares."
            cure = "Write size:share, separated by spaces, as in 1:0.3 2:0.2 4:0.5."
            yield error("S63", "demand.csv", index, "sizes", message, cure)


def check_priority(scenario: Scenario) -> Iterator[Finding]:
    """S64: a priority has a major and perhaps a minor class."""
    for file, index, row in people_rows(scenario):
        if row.priority not in PRIORITIES:
            message = f"There is no priority '{row.priority[:60]}'."
            cure = "Write a major I to V, a dash and a minor A to E, as in III-D."
            yield error("S64", file, index, "priority", message, cure)


def check_party_needs(scenario: Scenario) -> Iterator[Finding]:
    """S65: needs are those of the party's own people."""
    for index, party in enumerate(scenario.parties):
        needing = party.stretchers + party.wheelchairs
        if needing > party.size:
            message = (
                f"Party '{party.party}' has {party.size} people, but {needing} "
                "on stretchers or in wheelchairs."
            )
            cure = "Correct size, stretchers or wheelchairs."
            yield error("S65", "parties.csv", index, "stretchers", message, cure)


def check_demand_needs(scenario: Scenario) -> Iterator[Finding]:
    """S66: no more than all parties of a demand have a need."""
    for index, demand in enumerate(scenario.demand):
        for column in ("stretchers_per_1000", "wheelchairs_per_1000", "unaccompanied_per_1000"):
            value = getattr(demand, column)
            if value > 1000:
                message = f"{column} is {amount(value)}: more than all."
                yield error("S66", "demand.csv", index, column, message, "Write 1000 at most.")


def check_may_go_to(scenario: Scenario) -> Iterator[Finding]:
    """S67: ``may_go_to`` names havens and refuges."""
    kinds = {place.place: place.kind for place in scenario.places}
    sheltering = (PlaceKind.HAVEN, PlaceKind.REFUGE)
    for file, index, row in people_rows(scenario):
        wrong = [n for n in row.may_go_to if n in kinds and kinds[n] not in sheltering]
        if wrong:
            verb = "is no haven or refuge" if len(wrong) == 1 else "are no havens or refuges"
            message = f"{listed(wrong)} {verb}."
            cure = "Name only havens and refuges; the places on the way need no naming."
            yield error("S67", file, index, "may_go_to", message, cure)


def check_already_safe(scenario: Scenario) -> Iterator[Finding]:
    """S68: those who are in a haven at the start need no evacuation (warning)."""
    havens = {place.place for place in scenario.places if place.is_haven}
    for file, index, row in people_rows(scenario):
        if row.place in havens:
            message = f"They start in the haven '{row.place}' and are safe already."
            cure = "Correct their place, or leave the row out."
            yield warning("S68", file, index, "place", message, cure)


PEOPLE_TOGETHER_RULES: tuple[Callable[[Scenario], Iterator[Finding]], ...] = (
    check_somebody,
    check_may_go_to,
)

PEOPLE_RULES: tuple[Callable[[Scenario], Iterator[Finding]], ...] = (
    check_party_size,
    check_sizes,
    check_priority,
    check_party_needs,
    check_demand_needs,
    check_already_safe,
)
