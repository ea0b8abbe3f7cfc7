"""The same answers from processes of their own: what is sent to them can be sent."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pytest
from tests.contingency.towns import START, town

from wayout.contingency.asks import answers
from wayout.contingency.asks.amounts import Amounts
from wayout.contingency.asks.study import study_asks
from wayout.contingency.delay.answers import document_of
from wayout.contingency.delay.study import study_delay
from wayout.scenario.figures import Case


@pytest.mark.long
def test_processes_and_threads_answer_alike() -> None:
    context = multiprocessing.get_context("spawn")
    found = []
    for pool in (ThreadPoolExecutor(1), ProcessPoolExecutor(2, mp_context=context)):
        with pool:
            asks = study_asks(town(), None, pool, amounts=Amounts(beds=5, day=60), first=3)
            delay = study_delay({Case.LIKELY: town()}, pool, dates=4)
        found.append((answers.document_of(asks), document_of(delay, START)))
    assert found[0] == found[1]
