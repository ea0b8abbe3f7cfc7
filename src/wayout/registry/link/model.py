"""What is learnt from the lists: weights of evidence, and how common it is to be on two of them."""

from typing import NamedTuple

import numpy as np

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


def grown(model: Model, times: float) -> Model:
    """The model for so many times the rows that it was learnt from.

    A row has about as many matches and mates as before, among more rows: the odds of a pair before
    evidence fall with their number. If the new rows are of people who were there before, this
    errs on the side of asking a person.
    """
    less = float(np.log2(max(1.0, times)))
    prior = tuple(value - less if value else value for value in model.overlap.prior)
    overlap = model.overlap._replace(prior=prior)
    return Model(model.weights, model.match - less, model.mate - less, overlap)
