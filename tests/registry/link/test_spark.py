"""Spark, really running: two workers of one machine find the pairs that this process finds.

Needs the extra ``spark`` and a Java; a session starts a Java machine and Python workers.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.registry.link.made import moderate

from wayout.registry.link.blocking import candidates
from wayout.registry.link.outcomes import table
from wayout.registry.link.run import linked
from wayout.registry.link.spark import SAFE, OnSpark, session

pytestmark = [
    pytest.mark.long,
    # Sockets and threads of Spark's own outlive what used them.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("spark")


@pytest.fixture(scope="module")
def spark(folder: Path) -> Iterator[Any]:
    pytest.importorskip("pyspark")
    running = session("local[2]", str(folder))
    yield running
    running.stop()


def test_spark_finds_and_scores_what_one_machine_does(spark: Any) -> None:
    made = moderate()
    world = made.linkage.world
    engine = OnSpark(spark, parts=5)
    assert np.array_equal(engine.candidates(world), candidates(world.people, world.table))
    found = linked(world, engine=engine)
    assert np.array_equal(found.pairs, made.linkage.pairs)
    assert table(found, made.names).equals(table(made.linkage, made.names))


def test_what_spark_lays_aside_says_nothing_of_anybody(spark: Any, folder: Path) -> None:
    """After the workers have exchanged keys and rows: no number of a document in any file."""
    assert dict(SAFE).items() <= dict(spark.sparkContext.getConf().getAll()).items()
    made = moderate()
    OnSpark(spark, parts=3).candidates(made.linkage.world)
    letters = made.linkage.world.people.document
    numbers = {bytes(row).rstrip(b"\0") for row in letters if row[0]}
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) > 100_000
    assert len(numbers) > 100
    for path in files:
        content = path.read_bytes()
        assert not [number for number in numbers if number in content], path.name
