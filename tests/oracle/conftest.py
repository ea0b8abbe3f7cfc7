"""The worlds of a run in chunks: 400 by default, 5,000 with ``--long``."""

import pytest
from tests.oracle.cases import CHUNK

NUM_WORLDS = 400
NUM_WORLDS_LONG = 5_000


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test per chunk of seeds, for the tests that ask for ``first_seed``."""
    if "first_seed" in metafunc.fixturenames:
        long = metafunc.config.getoption("--long")
        last = NUM_WORLDS_LONG if long else NUM_WORLDS
        metafunc.parametrize("first_seed", range(0, last, CHUNK))
