"""What is learnt from the lists: weights of evidence, and how common it is to be on two of them."""

from typing import NamedTuple

from wayout.registry.link.weights import Weights


class Overlap(NamedTuple):
    """How often two households are one family, before any evidence.

    ``prior`` is in log2 odds, by the kind of the pair of households: from 0 to 2 rows that have no
    stated household, and 3 more if both are of one list. ``present`` is the chance that a member
    of a family that is on another list is there too, ``twice`` the same if one list has it twice.
    """

    prior: tuple[float, ...]
    present: float
    twice: float
    mates: float
    """How many others of the household a row has on average."""


class Model(NamedTuple):
    """All that is needed to score a pair."""

    weights: Weights
    match: float
    """log2 odds of any pair of rows to be one person."""
    mate: float
    """log2 odds of any pair of rows to be two members of one household."""
    overlap: Overlap
