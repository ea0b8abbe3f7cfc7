"""Guides that differ in kind, tried before any is varied."""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from wayout.network.model import Network
from wayout.optimize.knobs import BEDS_FOR, NEVER_AHEAD, Knobs, plain


class Kind(StrEnum):
    """Kinds of guides in the portfolio: by what they make of the relaxation."""

    PLAIN = "plain"
    COUNTING_ON = "counting on"
    PASSING = "passing"
    IN_TURN = "in turn"
    LOOSE = "loose"
    LOOSE_COUNTING_ON = "loose counting on"
    UNCAPPED = "uncapped"
    FULL_LOADS = "full loads"
    ONWARD = "onward"
    SHARING = "sharing"
    SHARING_AHEAD = "sharing, sent ahead"
    STRAYING = "straying"
    UNLED = "unled"
    IMPATIENT = "unled, impatient"
    GREEDY = "greedy"


@dataclass(frozen=True, slots=True)
class Manner:
    """How far away vehicles are sent ahead, and how long they wait at least for a fuller load."""

    ahead: int
    patience: int


AT_HAND = Manner(NEVER_AHEAD, 0)
MANNERS = (Manner(NEVER_AHEAD, 3000), Manner(360, 360), AT_HAND, Manner(360, 3000), Manner(0, 360))
"""What differs between plans for the fastest clearance: who is served last, the near or the far."""


def kinds_of(network: Network, source: int, *, coarse: bool) -> dict[Kind, Knobs]:
    """Guides that differ in kind: the relaxation as tie-break, as cap, and hardly at all."""
    simple, free = plain(network, source), 1e9
    uncapped = replace(simple, slack_own=free, slack_group=free)
    unled = replace(uncapped, slack_onward=free, dear=0.0, refuse=free)
    if coarse:
        # Runs of days say where to, hardly when: as caps they would leave most people behind.
        return {Kind.UNCAPPED: uncapped, Kind.UNLED: unled}
    easy, slot = np.ones(network.num_places), network.timeline.slot
    in_turn = replace(simple, march=slot, turns=True)
    loose = replace(simple, own=0.3, catch_up=20.0, slack_own=0.5)
    onward = replace(simple, slack_onward=1.0, catch_up=2.0, fill=0.97, idle=2.0)
    # Where the movements of the far ends bind, arrivals with people would take them all, and the
    # vehicles would stand there.
    sharing = replace(onward, loaded=0.5)
    return {
        Kind.PLAIN: simple,
        Kind.COUNTING_ON: replace(in_turn, ease=easy),
        Kind.PASSING: replace(in_turn, ease=easy, beds_for=0, stray=1.0),
        Kind.IN_TURN: replace(in_turn, slack_group=free),
        Kind.LOOSE: loose,
        Kind.LOOSE_COUNTING_ON: replace(loose, march=slot, turns=True, ease=0.5 * easy),
        Kind.UNCAPPED: uncapped,
        Kind.FULL_LOADS: replace(
            simple, fill=1.0, stray=0.0, slack_group=free, stock_slots=8, beds_for=BEDS_FOR[-1]
        ),
        Kind.ONWARD: onward,
        Kind.SHARING: sharing,
        Kind.SHARING_AHEAD: replace(sharing, ahead=0, catch_up=1000.0, late=0.0),
        Kind.STRAYING: replace(
            simple, slack_onward=6.0, stray=1.0, stock_slots=48, fill=0.3, patience=60
        ),
        Kind.UNLED: unled,
        Kind.IMPATIENT: replace(unled, patience=60),
        Kind.GREEDY: replace(unled, own=0.0, together=0.0, late=1.0, fill=0.3),
    }
