"""A gate as a queue: the textbook's mean wait."""

import numpy as np
from tests.simulate.worlds import dealt, model, played, queueing

LOAD = 0.8
NUM = 20_000
BATCHES = 40


def test_a_gate_is_the_textbooks_queue() -> None:
    """Pollaczek and Khinchine: with one server and fixed service D, the mean wait is ρD ÷ 2(1 − ρ).

    People come as a Poisson process counted by the minute, the gate lets one a minute through: the
    number left after a minute follows X ← max(X + A − 1, 0), whose mean is ρ² ÷ 2(1 − ρ), and by
    Little's law the wait is ρ ÷ 2(1 − ρ) minutes, as with continuous time. Tested with Student's t
    over 40 batches at 4.5 standard errors, a false alarm in about 16,000 seeds; the seed is fixed.
    """
    rng = np.random.default_rng(1909)
    arrivals = np.cumsum(rng.exponential(1 / LOAD, NUM)).astype(np.int64) + 1
    scenario, plan = queueing(arrivals.tolist(), int(arrivals[-1]) + 2000)
    tables = model(scenario, plan)
    _, departures = played(tables, dealt(tables))
    left = {d.movement: d.depart for d in departures if d.link == "out"}
    assert len(left) <= NUM
    # Whoever queued leaves with those that left the line in the same minute: one a minute.
    minutes = sorted(d.depart for d in departures if d.link == "out" for _ in range(d.people))
    waits = np.array(minutes) - np.sort(arrivals)
    assert len(waits) == NUM
    assert (np.diff(minutes) >= 1).all()
    means = waits[NUM // 10 :].reshape(BATCHES, -1).mean(axis=1)
    error = means.std(ddof=1) / np.sqrt(BATCHES)
    assert abs(means.mean() - LOAD / (2 * (1 - LOAD))) < 4.5 * error
    assert error < 0.15  # else the comparison would say nothing about a mean of two minutes
