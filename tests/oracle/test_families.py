"""The bound's tests can fail: each family of the relaxation, broken on purpose, is noticed."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from tests.oracle.cases import world_of
from tests.oracle.chains import CHAINS
from tests.oracle.test_bound import beaten, certified
from tests.oracle.worlds import World

from wayout.errors import SolverError
from wayout.optimize.relax import build, families
from wayout.optimize.relax.columns import Columns
from wayout.optimize.relax.rows import Rows

Define = Callable[[Columns, Rows], None]
Breaking = Callable[[Rows, int, int], None]
"""Changes what a family added: its entries and its blocks of rows from these positions on."""

MOST_WORLDS = 150
"""Of each generator, until the break has to be noticed."""


def less_room(rows: Rows, _entries: int, blocks: int) -> None:
    """Every limit is one unit lower."""
    for block in range(blocks, len(rows.upper)):
        rows.upper[block] = np.maximum(rows.upper[block] - 1.0, 0.0)


def half_the_minutes(rows: Rows, _entries: int, blocks: int) -> None:
    """Every limit of minutes is half as high."""
    for block in range(blocks, len(rows.upper)):
        rows.upper[block] = rows.upper[block] * 0.5


def half_the_seats(rows: Rows, entries: int, _blocks: int) -> None:
    """Negative coefficients, the seats of a departure, count half."""
    for piece in range(entries, len(rows.value)):
        rows.value[piece] = np.where(rows.value[piece] < 0, 0.5, 1.0) * rows.value[piece]


def some_do_not_arrive(rows: Rows, _entries: int, _blocks: int) -> None:
    """The entries put last are the arrivals: a tenth of them get lost."""
    rows.value[-1] = rows.value[-1] * 0.9


def one_more_is_there(rows: Rows, _entries: int, blocks: int) -> None:
    """Where nobody starts, one person or vehicle is counted who does not exist."""
    for block in range(blocks, len(rows.upper)):
        if rows.lower[block][0] == 0.0:
            for side in (rows.lower[block], rows.upper[block]):
                side[0] += 1.0


def one_vehicle_less(rows: Rows, _entries: int, blocks: int) -> None:
    """Fleets of which one vehicle never comes."""
    for block in range(blocks, len(rows.upper)):
        for side in (rows.lower[block], rows.upper[block]):
            side[:] = np.maximum(side - 1.0, 0.0)


BREAKS: dict[Define, Breaking] = {
    families.define_seats: half_the_seats,
    families.define_people_stock: some_do_not_arrive,
    families.define_beds: one_more_is_there,
    families.define_processing: less_room,
    families.define_link_people: less_room,
    families.define_link_departures: less_room,
    families.define_vehicle_stock: one_vehicle_less,
    families.define_vehicle_hours: half_the_minutes,
    families.define_utilisation: half_the_minutes,
    families.define_spots: half_the_minutes,
    families.define_standing: one_more_is_there,
    families.define_movements: less_room,
}


def broken(define: Define, breaking: Breaking) -> Define:
    def define_wrongly(columns: Columns, rows: Rows) -> None:
        entries, blocks = len(rows.value), len(rows.upper)
        define(columns, rows)
        breaking(rows, entries, blocks)

    return define_wrongly


def some_worlds() -> Iterator[World]:
    for number in range(MOST_WORLDS):
        yield world_of(number)
        yield world_of(CHAINS + number)


def test_every_family_is_broken_once() -> None:
    assert set(BREAKS) == set(families.FAMILIES)


@pytest.mark.parametrize("define", families.FAMILIES, ids=lambda define: define.__name__)
def test_a_broken_family_is_noticed(define: Define, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = broken(define, BREAKS[define])
    replaced = tuple(wrong if family is define else family for family in families.FAMILIES)
    monkeypatch.setattr(build, "FAMILIES", replaced)
    assert any(noticed(world) for world in some_worlds())


def noticed(world: World) -> bool:
    """A program without a solution denies even the plan in which nobody moves."""
    try:
        return bool(beaten(world, certified(world, world.step)))
    except SolverError:
        return True
