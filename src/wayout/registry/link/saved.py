"""What is learnt, as it is kept between one list and the next.

A saved model holds shares, odds and counts by field and level, and no word, number or identifier
of anybody: names and how common they are are taken from the rows each time.
"""

import json
from dataclasses import dataclass

import numpy as np

from wayout.errors import RegistryError
from wayout.registry.link.arrays import Doubles
from wayout.registry.link.levels import NUM_FIELDS, NUM_LEVELS
from wayout.registry.link.model import Model, Overlap
from wayout.registry.link.weights import Weights

VERSION = 1
"""Raised whenever fields, levels or the meaning of a figure change: then all is learnt anew."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model and how many records and lists it was learnt from."""

    model: Model
    num_records: int
    num_lists: int


def as_text(fitted: Fitted) -> str:
    """JSON from which ``of_text`` makes the very same model."""
    model = fitted.model
    value = {
        "version": VERSION,
        "num_records": fitted.num_records,
        "num_lists": fitted.num_lists,
        "weights": {name: table.tolist() for name, table in model.weights._asdict().items()},
        "match": model.match,
        "mate": model.mate,
        "overlap": model.overlap._asdict(),
    }
    return json.dumps(value, separators=(",", ":"), allow_nan=False)


def of_text(text: str) -> Fitted | None:
    """The model of a text; None if another version of this program made it.

    Raises RegistryError for what is no model.
    """
    try:
        value = json.loads(text)
        if value["version"] != VERSION:
            return None
        tables = {name: np.array(table, np.float64) for name, table in value["weights"].items()}
        overlap = Overlap(**{**value["overlap"], "prior": tuple(value["overlap"]["prior"])})
        model = Model(_weights(**tables), float(value["match"]), float(value["mate"]), overlap)
        return Fitted(model, int(value["num_records"]), int(value["num_lists"]))
    except (KeyError, TypeError, ValueError) as error:
        raise RegistryError("The saved model of linking cannot be read: link --again.") from error


def _weights(match: Doubles, stranger: Doubles, mate: Doubles, shared: Doubles) -> Weights:
    whole = (NUM_FIELDS, NUM_LEVELS)
    if not match.shape == stranger.shape == mate.shape == whole or shared.shape != (NUM_FIELDS,):
        raise ValueError("tables of another size")
    return Weights(match, stranger, mate, shared)
