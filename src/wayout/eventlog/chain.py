"""Leaves, links and the Merkle tree of the log (RFC 6962, section 2.1)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

GENESIS = bytes(32)
"""The link before the first entry."""


def leaf_of(entry: bytes) -> bytes:
    """The leaf of an entry: its hash, kept apart from that of a node."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_of(left: bytes, right: bytes) -> bytes:
    """A node of the Merkle tree, and equally the link of a chain over the one before."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def link_of(before: bytes, entry: bytes) -> bytes:
    """The link of an entry after the link before it."""
    return node_of(before, leaf_of(entry))


@dataclass(frozen=True, slots=True)
class Head:
    """How long a log is and its last link."""

    size: int = 0
    link: bytes = GENESIS


class Tree:
    """The Merkle tree of leaves added one by one; holds one hash for each power of two.

    ``root`` after n leaves is the tree hash of section 2.1 over those n leaves.
    """

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[tuple[int, bytes]] = []

    def add(self, leaf: bytes) -> None:
        """Put a leaf at the end."""
        height, node = 0, leaf
        while self._peaks and self._peaks[-1][0] == height:
            node = node_of(self._peaks.pop()[1], node)
            height += 1
        self._peaks.append((height, node))
        self.size += 1

    def to_bytes(self) -> bytes:
        """The hashes that ``from_bytes`` continues from; the heights follow from the size."""
        return b"".join(node for _, node in self._peaks)

    @classmethod
    def from_bytes(cls, size: int, data: bytes) -> "Tree":
        """The tree of ``size`` leaves whose ``to_bytes`` this was."""
        tree = cls()
        tree.size = size
        heights = [bit for bit in range(size.bit_length() - 1, -1, -1) if size >> bit & 1]
        tree._peaks = [(h, data[32 * i : 32 * i + 32]) for i, h in enumerate(heights)]
        return tree

    @property
    def root(self) -> bytes:
        """The hash over all leaves so far."""
        if not self._peaks:
            return hashlib.sha256(b"").digest()
        node = self._peaks[-1][1]
        for _, left in reversed(self._peaks[:-1]):
            node = node_of(left, node)
        return node


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The Merkle root of leaves."""
    tree = Tree()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root


def _split(size: int) -> int:
    """The largest power of two below ``size``."""
    return 1 << ((size - 1).bit_length() - 1)


def proof_of(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The audit path of a leaf, nearest node first (RFC 6962, section 2.1.1); index from 0."""
    if len(leaves) <= 1:
        return ()
    middle = _split(len(leaves))
    if index < middle:
        return (*proof_of(leaves[:middle], index), root_of(leaves[middle:]))
    return (*proof_of(leaves[middle:], index - middle), root_of(leaves[:middle]))


def is_included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether a leaf is number ``index`` (from 0) of the ``size`` under a root (RFC 9162, 2.1.3.2).

    Needs the leaf, its path and a checkpoint's root: not the log.
    """
    if not 0 <= index < size:
        return False
    place, last, node = index, size - 1, leaf
    for other in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            node = node_of(other, node)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            node = node_of(node, other)
        place, last = place >> 1, last >> 1
    return last == 0 and node == root
