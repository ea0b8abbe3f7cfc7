"""Queues of parties by place and class, as linked lists. Compiled."""

from wayout.network.timeline import Int
from wayout.optimize.dispatch.compiled import compiled


@compiled
def append(head: Int, tail: Int, follows: Int, place: int, group: int, party: int) -> None:
    """A party joins the queue of its place and class."""
    follows[party] = -1
    last = tail[place, group]
    if last < 0:
        head[place, group] = party
    else:
        follows[last] = party
    tail[place, group] = party


@compiled
def unlink(
    head: Int, tail: Int, follows: Int, place: int, group: int, before: int, party: int
) -> None:
    """A party leaves its queue; ``before`` is the one before it, -1 for none."""
    after = follows[party]
    if before < 0:
        head[place, group] = after
    else:
        follows[before] = after
    if after < 0:
        tail[place, group] = before
