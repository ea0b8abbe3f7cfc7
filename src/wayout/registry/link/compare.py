"""Pairs of records → on which level each field agrees, and how rare what they share is."""

from typing import NamedTuple

import numpy as np

from wayout.registry.link.arrays import Floats, Ints, Levels, Words
from wayout.registry.link.compiled import compiled
from wayout.registry.link.distance import distance
from wayout.registry.link.prepare import People
from wayout.registry.link.words import WordTable

TIGHT = np.float32(0.17)
"""Two spellings of one name are at most this far apart; measured on the tuning half."""
LOOSE = np.float32(0.33)
"""Beyond this two words are different; between, a slip of the pen."""


class Shares(NamedTuple):
    """How common values are: share of the records that say the field."""

    given: Floats
    given_core: Floats
    family: Floats
    family_core: Floats
    father: Floats
    father_core: Floats
    place: Floats
    place_core: Floats


class Agreement(NamedTuple):
    """A row a pair: the level of each field, and −log2 of the chance to share the value."""

    levels: Levels
    rarity: Floats
    """Of given, family, father, place; 0 where they do not agree."""


@compiled
def _apart(one: int, other: int, table: WordTable) -> float:
    if one == other:
        return 0.0
    return distance(
        table.sounds[one],
        table.sounds[other],
        table.length[one],
        table.length[other],
        table.bare[one],
        table.bare[other],
    )


@compiled
def _count(words: Ints) -> int:
    number = 0
    while number < len(words) and words[number] >= 0:
        number += 1
    return number


@compiled
def _name(
    one: Ints, other: Ints, table: WordTable, whole: Floats, core: Floats
) -> tuple[int, float]:
    """Level of two names, and the rarity of the words that they share.

    Words are paired nearest first.
    """
    num_one, num_other = _count(one), _count(other)
    if num_one == 0 or num_other == 0:
        return 0, 0.0
    num_short = min(num_one, num_other)
    free_one, free_other = np.ones(num_one, np.bool_), np.ones(num_other, np.bool_)
    apart = np.empty((num_one, num_other), np.float32)
    for i in range(num_one):
        for j in range(num_other):
            apart[i, j] = _apart(one[i], other[j], table)
    tight, loose, exact, rarity = 0, 0, 0, 0.0
    for _ in range(num_short):
        least, at_one, at_other = np.float32(9.0), 0, 0
        for i in range(num_one):
            for j in range(num_other):
                if free_one[i] and free_other[j] and apart[i, j] < least:
                    least, at_one, at_other = apart[i, j], i, j
        free_one[at_one], free_other[at_other] = False, False
        if least > LOOSE:
            break
        if one[at_one] == other[at_other]:
            exact += 1
            rarity -= np.log2(whole[one[at_one]])
        else:
            rarity -= np.log2(max(core[one[at_one]], core[other[at_other]]))
        if least <= TIGHT:
            tight += 1
        else:
            loose += 1
    if tight + loose == 0:
        return 1, 0.0
    if tight + loose < num_short:
        return 2, rarity
    if loose > 0:
        return 3, rarity
    if num_one != num_other:
        return 4, rarity
    return (6 if exact == num_short else 5), rarity


@compiled
def _holds(inside: Ints, wanted: Ints, table: WordTable) -> bool:
    """Whether the first word of one name is among the words of another."""
    if wanted[0] < 0:
        return False
    for word in inside:  # noqa: SIM110 - numba compiles no generators
        if word >= 0 and _apart(word, wanted[0], table) <= TIGHT:
            return True
    return False


@compiled
def _birth(years: tuple[int, int], months: tuple[int, int], days: tuple[int, int]) -> int:
    one, other = years
    if one == 0 or other == 0:
        return 0
    gap = abs(one - other)
    whole = months[0] > 0 and months[1] > 0 and days[0] > 0 and days[1] > 0
    same = whole and months[0] == months[1] and days[0] == days[1]
    if gap == 0:
        if same:
            return 1
        if whole and months[0] == days[1] and months[1] == days[0]:
            return 2
        if not whole:
            if months[0] > 0 and months[1] > 0 and months[0] != months[1]:
                return 5
            return 3
        return 4 if months[0] == months[1] or days[0] == days[1] else 5
    if same and (gap <= 2 or _one_digit(one, other)):
        return 6
    if gap == 1:
        return 7
    if gap == 2:
        return 8
    return 9 if gap <= 10 else 10


@compiled
def _one_digit(one: int, other: int) -> bool:
    wrong = 0
    while one > 0 or other > 0:
        if one % 10 != other % 10:
            wrong += 1
        one //= 10
        other //= 10
    return wrong == 1


@compiled
def _edits(one: Words, other: Words) -> int:
    """0 for equal, 1 for one letter changed, dropped, added or two exchanged, 2 for more."""
    num_one, num_other = len(one), len(other)
    while num_one > 0 and one[num_one - 1] == 0:
        num_one -= 1
    while num_other > 0 and other[num_other - 1] == 0:
        num_other -= 1
    if abs(num_one - num_other) > 1:
        return 2
    start = 0
    while start < min(num_one, num_other) and one[start] == other[start]:
        start += 1
    if start == num_one and start == num_other:
        return 0
    tail = 0
    while (
        tail < min(num_one, num_other) - start
        and one[num_one - 1 - tail] == other[num_other - 1 - tail]
    ):
        tail += 1
    left_one, left_other = num_one - start - tail, num_other - start - tail
    if max(left_one, left_other) <= 1:
        return 1
    swapped = left_one == 2 and left_other == 2
    if swapped and one[start] == other[start + 1] and one[start + 1] == other[start]:
        return 1
    return 2


@compiled
def _digits(number: int) -> Words:
    digits = np.zeros(12, np.uint8)
    place = 11
    while number > 0 and place >= 0:
        digits[place] = 1 + number % 10
        number //= 10
        place -= 1
    return digits[place + 1 :]


@compiled
def _plain(one: int, other: int) -> int:
    if one == 0 or other == 0:
        return 0
    return 2 if one == other else 1


@compiled
def _phone(one: int, other: int) -> int:
    level = _plain(one, other)
    if level == 1 and _edits(_digits(one), _digits(other)) == 1:
        return 3
    return level


@compiled
def _document(one: Words, other: Words) -> int:
    if one[0] == 0 or other[0] == 0:
        return 0
    edits = _edits(one, other)
    if edits == 0:
        return 2
    return 3 if edits == 1 else 1


@compiled
def agreement(
    left: People, right: People, one: Ints, other: Ints, table: WordTable, shares: Shares
) -> Agreement:
    """Levels and rarity of the pairs (``one[k]`` of ``left``, ``other[k]`` of ``right``)."""
    levels = np.zeros((len(one), 11), np.uint8)
    rarity = np.zeros((len(one), 4), np.float32)
    for pair in range(len(one)):
        i, j = one[pair], other[pair]
        given, family, father = left.given[i], left.family[i], left.father[i]
        given_2, family_2, father_2 = right.given[j], right.family[j], right.father[j]
        row, rare = levels[pair], rarity[pair]
        row[0], rare[0] = _name(given, given_2, table, shares.given, shares.given_core)
        row[1], rare[1] = _name(family, family_2, table, shares.family, shares.family_core)
        row[2], rare[2] = _name(father, father_2, table, shares.father, shares.father_core)
        if row[0] == 1 and _holds(family, given_2, table) and _holds(family_2, given, table):
            row[0] = 7
        if row[1] <= 1:
            found = (
                _holds(father, family_2, table)
                or _holds(father_2, family, table)
                or _holds(given, family_2, table)
                or _holds(given_2, family, table)
            )
            row[1] = 7 if found else row[1]
        row[3] = _plain(left.sex[i], right.sex[j])
        row[4] = _birth(
            (left.year[i], right.year[j]),
            (left.month[i], right.month[j]),
            (left.day[i], right.day[j]),
        )
        row[5] = _phone(left.phone[i], right.phone[j])
        row[6] = _document(left.document[i], right.document[j])
        row[7] = _plain(left.email[i], right.email[j])
        row[8], rare[3] = _name(
            left.place[i], right.place[j], table, shares.place, shares.place_core
        )
        row[9] = _plain(left.nationality[i], right.nationality[j])
        row[10] = _plain(left.employer[i], right.employer[j])
    return Agreement(levels, rarity)
