"""Rows of lists for the tests of linking."""

from dataclasses import astuple
from typing import Any

import polars as pl

from wayout.registry.link.run import world_of
from wayout.registry.link.scoring import World
from wayout.registry.link.words import Lexicon
from wayout.registry.records import RECORD_SCHEMA, Record


def frame(*rows: Record) -> pl.DataFrame:
    """Rows as a table."""
    return pl.DataFrame([astuple(row) for row in rows], RECORD_SCHEMA, orient="row")


def row(record: str, source: str = "one", **said: Any) -> Record:
    """A row that says only what is given."""
    return Record(record, source, **said)


def world(*rows: Record) -> World:
    """Rows ready to be compared."""
    return world_of(frame(*rows), Lexicon())
