"""Assemble the relaxation of a network on a grid."""

import math
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from wayout.network.model import Network
from wayout.network.timeline import Real
from wayout.optimize.certificate import UNIT_ROUNDOFF
from wayout.optimize.program import LinearProgram
from wayout.optimize.relax.columns import Columns, is_flat
from wayout.optimize.relax.families import FAMILIES
from wayout.optimize.relax.grid import Grid
from wayout.optimize.relax.rows import Block, Rows


class Aim(StrEnum):
    """What a relaxation bounds: people protected by the deadline, or danger-hours."""

    PEOPLE = "people"
    DANGER = "danger"


@dataclass(frozen=True, slots=True, eq=False)
class Relaxation:
    """A linear program whose optimum no executable plan beats.

    For ``PEOPLE`` the optimum is minus the people protected, counted from ``constant``; for
    ``DANGER`` it is what danger-hours change by, counted from ``constant`` (if nobody moves).
    """

    aim: Aim
    grid: Grid
    columns: Columns
    program: LinearProgram
    blocks: tuple[Block, ...]
    constant: float


def relax(network: Network, length: int, aim: Aim, *, cautious: bool = False) -> Relaxation:
    """Build the relaxation with buckets of ``length`` minutes.

    Any length is valid. Limits per slot and per day are kept best by a multiple of the slot that
    divides a day. What is built on a ``cautious`` grid bounds nothing; it is for guides.
    """
    grid = replace(_grid(network, length, aim), cautious=cautious)
    trim = aim is Aim.PEOPLE or is_flat(network)
    absorbing = network.protecting if aim is Aim.PEOPLE else network.haven
    columns, rows = Columns(network, grid, absorbing, trim=trim), Rows()
    for define in FAMILIES:
        define(columns, rows)
    lower, upper = np.concatenate(columns.boxes.lower), np.concatenate(columns.boxes.upper)
    cost = np.zeros(columns.boxes.num)
    flows = columns.flows
    cost[flows.column] = -flows.safe if aim is Aim.PEOPLE else flows.danger
    program = LinearProgram(
        cost,
        lower,
        upper,
        rows.matrix(columns.boxes.num),
        np.concatenate(rows.lower),
        np.concatenate(rows.upper),
    )
    return Relaxation(aim, grid, columns, program, tuple(rows.blocks), _constant(network, aim))


def _grid(network: Network, length: int, aim: Aim) -> Grid:
    """Buckets to the deadline or, for people, to the edge after which nobody becomes safe."""
    last = int(network.people.safe_by.max(initial=1))
    edge = (max(0, last) // length + 1) * length
    if aim is Aim.DANGER or edge >= network.horizon:
        return Grid(length, network.horizon)
    return Grid(length, edge, closed=False)


def _constant(network: Network, aim: Aim) -> float:
    people = network.people
    if aim is Aim.PEOPLE:
        return -float(people.size[network.protecting[people.place]].sum())
    total = math.fsum(danger_if_nobody_moves(network).tolist())
    return total - 16 * UNIT_ROUNDOFF * abs(total)


def danger_if_nobody_moves(network: Network) -> Real:
    """Weighted danger-hours of each party if it stayed where it starts."""
    people = network.people
    danger: Real = people.weight * people.size * network.danger_left[people.place, 0]
    return danger
