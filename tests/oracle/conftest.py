"""The worlds of a run in chunks: a few hundred by default, 5,000 with ``--long``.

Half of the long run are worlds of ``worlds.py``, half air bridges of ``chains.py``.
"""

import pytest
from tests.oracle.cases import CHUNK
from tests.oracle.chains import CHAINS

NUM_WORLDS, NUM_CHAINS = 150, 50
NUM_WORLDS_LONG, NUM_CHAINS_LONG = 2_500, 2_500


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test per chunk of seeds, for the tests that ask for ``first_seed``."""
    if "first_seed" in metafunc.fixturenames:
        long = metafunc.config.getoption("--long")
        worlds = NUM_WORLDS_LONG if long else NUM_WORLDS
        chains = NUM_CHAINS_LONG if long else NUM_CHAINS
        seeds = [*range(0, worlds, CHUNK), *range(CHAINS, CHAINS + chains, CHUNK)]
        metafunc.parametrize("first_seed", seeds)
