"""What is left of a capacity over time: add over a range of ticks, ask for the least of a range.

A *segment tree* with postponed additions (Bentley 1977; the bottom-up form is Al.Cash's "Efficient
and easy segment trees", 2015): both take time logarithmic in the number of ticks, where a plain
array would be walked to the horizon at every look.

A table has a row per capacity. Of a row of width ``4 n`` (n a power of two) the entries below
``2 n`` are the least of each node's ticks, node 1 the root; those from ``2 n`` on are what is still
to be added to the nodes below each node.
"""

import numpy as np

from wayout.network.timeline import Int
from wayout.optimize.dispatch.compiled import compiled

BEYOND = 1 << 40
"""What is left after the last tick: nothing is limited there."""


def slack_of(capacity: Int) -> Int:
    """The trees of capacities of which nothing is used yet; one row each, a column per tick."""
    rows, ticks = capacity.shape
    leaves = 1 << max(1, int(ticks - 1).bit_length())
    tree = np.zeros((rows, 4 * leaves), dtype=np.int64)
    tree[:, leaves : 2 * leaves] = BEYOND
    tree[:, leaves : leaves + ticks] = capacity
    level = leaves // 2
    while level >= 1:
        below = tree[:, 2 * level : 4 * level]
        tree[:, level : 2 * level] = np.minimum(below[:, ::2], below[:, 1::2])
        level //= 2
    return tree


@compiled
def _apply(tree: Int, row: int, node: int, change: int, leaves: int) -> None:
    tree[row, node] += change
    if node < leaves:
        tree[row, 2 * leaves + node] += change


@compiled
def _refresh(tree: Int, row: int, node: int, leaves: int) -> None:
    """Set right the least of all nodes above one."""
    node >>= 1
    while node >= 1:
        least = min(tree[row, 2 * node], tree[row, 2 * node + 1])
        tree[row, node] = least + tree[row, 2 * leaves + node]
        node >>= 1


@compiled
def change_slack(tree: Int, row: int, begins: int, ends: int, change: int) -> None:
    """Add ``change`` to the ticks ``[begins, ends)`` of a row."""
    leaves = tree.shape[1] // 4
    first, last = max(begins, 0) + leaves, min(ends, leaves) + leaves
    left, right = first, last
    if first >= last:
        return
    while left < right:
        if left & 1:
            _apply(tree, row, left, change, leaves)
            left += 1
        if right & 1:
            right -= 1
            _apply(tree, row, right, change, leaves)
        left >>= 1
        right >>= 1
    _refresh(tree, row, first, leaves)
    _refresh(tree, row, last - 1, leaves)


@compiled
def _above(tree: Int, row: int, node: int, leaves: int) -> int:
    """What is still to be added to a node from those above it."""
    total = 0
    node >>= 1
    while node >= 1:
        total += tree[row, 2 * leaves + node]
        node >>= 1
    return total


@compiled
def least_slack(tree: Int, row: int, begins: int, ends: int) -> int:
    """The least of the ticks ``[begins, ends)`` of a row; BEYOND when there are none."""
    leaves = tree.shape[1] // 4
    left, right = max(begins, 0) + leaves, min(ends, leaves) + leaves
    least = BEYOND
    while left < right:
        if left & 1:
            least = min(least, tree[row, left] + _above(tree, row, left, leaves))
            left += 1
        if right & 1:
            right -= 1
            least = min(least, tree[row, right] + _above(tree, row, right, leaves))
        left >>= 1
        right >>= 1
    return least
