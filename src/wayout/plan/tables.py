"""Tables of a plan as they are written: CSV for people, Parquet for programs."""

import io
from collections.abc import Iterable
from datetime import datetime

import numpy as np
import polars as pl

from wayout.clock import text_of
from wayout.plan.measures import Occupancy
from wayout.plan.model import Loads, Movement
from wayout.scenario.delimited import text_of_grid
from wayout.scenario.people import People

MOVEMENTS_CSV = "movements.csv"
MOVEMENTS_PARQUET = "movements.parquet"
LOADS_CSV = "loads.csv"
LOADS_PARQUET = "loads.parquet"
OCCUPANCY_PARQUET = "occupancy.parquet"

MOVEMENT_COLUMNS = (
    "movement",
    "vehicle",
    "fleet",
    "link",
    "from",
    "to",
    "depart",
    "arrive",
    "people",
    "emergency",
)
LOAD_COLUMNS = ("movement", "party", "people")
TIME = pl.Datetime("ms", "UTC")


def _cells(movement: Movement, start: datetime) -> tuple[str, ...]:
    return (
        movement.movement,
        movement.vehicle,
        movement.fleet,
        movement.link,
        movement.origin,
        movement.destination,
        text_of(movement.depart, start),
        text_of(movement.arrive, start),
        str(movement.people),
        "yes" if movement.emergency else "no",
    )


def movements_csv(movements: tuple[Movement, ...], start: datetime) -> bytes:
    """The text of ``movements.csv``."""
    rows = (_cells(movement, start) for movement in movements)
    return text_of_grid([MOVEMENT_COLUMNS, *rows]).encode()


def _moments(ticks: Iterable[int], start: datetime) -> pl.Series:
    origin = int(start.timestamp() * 1000)
    return pl.Series([origin + 60_000 * tick for tick in ticks], dtype=pl.Int64).cast(TIME)


def _parquet(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd", statistics=True, row_group_size=1 << 18)
    return buffer.getvalue()


def movements_parquet(movements: tuple[Movement, ...], start: datetime) -> bytes:
    """The bytes of ``movements.parquet``; times are moments in UTC."""
    columns = {
        "movement": pl.Series([m.movement for m in movements], dtype=pl.String),
        "vehicle": pl.Series([m.vehicle for m in movements], dtype=pl.String),
        "fleet": pl.Series([m.fleet for m in movements], dtype=pl.String),
        "link": pl.Series([m.link for m in movements], dtype=pl.String),
        "from": pl.Series([m.origin for m in movements], dtype=pl.String),
        "to": pl.Series([m.destination for m in movements], dtype=pl.String),
        "depart": _moments([m.depart for m in movements], start),
        "arrive": _moments([m.arrive for m in movements], start),
        "people": pl.Series([m.people for m in movements], dtype=pl.Int64),
        "emergency": pl.Series([m.emergency for m in movements], dtype=pl.Boolean),
    }
    return _parquet(pl.DataFrame(columns))


def loads_parquet(loads: Loads, movements: tuple[Movement, ...], people: People) -> bytes:
    """The bytes of ``loads.parquet``."""
    names = pl.Series([m.movement for m in movements], dtype=pl.String)
    parties = pl.Series(people.party, dtype=pl.String)
    columns = {
        "movement": names.gather(loads.movement),
        "party": parties.gather(loads.party),
        "people": pl.Series(people.size[loads.party], dtype=pl.Int64),
    }
    return _parquet(pl.DataFrame(columns))


def occupancy_parquet(occupancy: tuple[Occupancy, ...], start: datetime) -> bytes:
    """The bytes of ``occupancy.parquet``: people present at a place from a time on."""
    empty = np.zeros(0, dtype=np.int64)
    places = [item.place for item in occupancy for _ in range(len(item.ticks))]
    ticks = np.concatenate([empty, *(item.ticks for item in occupancy)])
    people = np.concatenate([empty, *(item.people for item in occupancy)])
    columns = {
        "place": pl.Series(places, dtype=pl.String),
        "time": _moments(ticks.tolist(), start),
        "people": pl.Series(people, dtype=pl.Int64),
    }
    return _parquet(pl.DataFrame(columns))
