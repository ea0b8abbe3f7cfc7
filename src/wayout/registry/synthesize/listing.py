"""Which households are on which lists, and whom of them each list leaves out."""

from dataclasses import dataclass

from wayout.registry.synthesize.draws import Draw, Weighted
from wayout.registry.synthesize.people import Person

_EXTRA_LISTS = (0.74, 0.21, 0.05)
"""Of the households on more than one list: the shares on two, three and four."""

_STAYS = 0.93
"""Share of a household's members that a further list names."""

_SHRINK = 0.78
"""Each list is so much smaller than the one before it."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The members of one household that one list names, in their order there."""

    members: tuple[Person, ...]


def on_lists(
    homes: list[list[Person]], lists: int, overlap: float, draw: Draw
) -> list[list[Listed]]:
    """For each list its households; each household is on one list in full and maybe on others.

    ``overlap`` is the share of all records that repeat a person named already.
    """
    weights = Weighted([_SHRINK**rank for rank in range(lists)])
    extra = Weighted(_EXTRA_LISTS)
    repeated = _share_repeated(overlap)
    listed: list[list[Listed]] = [[] for _ in range(lists)]
    for members in homes:
        count = 2 + extra.index(draw) if draw.chance(repeated) else 1
        for turn, place in enumerate(_places(weights, min(count, lists), draw)):
            named = [person for person in members if turn == 0 or draw.chance(_STAYS)]
            if named:
                listed[place].append(Listed(tuple(named)))
    for households in listed:
        draw.shuffle(households)
    return listed


def _share_repeated(overlap: float) -> float:
    """Share of households on more than one list, so that ``overlap`` of the records are repeats.

    With r repeats per person, r / (1 + r) of the records are repeats.
    """
    repeats = overlap / (1 - overlap)
    each = sum((count + 1) * share for count, share in enumerate(_EXTRA_LISTS)) * _STAYS
    return min(repeats / each, 1.0)


def _places(weights: Weighted, count: int, draw: Draw) -> list[int]:
    """So many different lists, the larger ones more often."""
    places: list[int] = []
    while len(places) < count:
        place = weights.index(draw)
        if place not in places:
            places.append(place)
    return places
