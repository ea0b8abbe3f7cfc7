import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from wayout.eventlog.chain import Tree, is_included, leaf_of, proof_of, root_of

ENTRIES = st.lists(st.binary(max_size=8), max_size=70)


@given(ENTRIES)
def test_the_root_is_that_of_an_independent_program(entries: list[bytes]) -> None:
    judge = InmemoryTree(algorithm="sha256")
    for entry in entries:
        judge.append_entry(entry)
    assert root_of([leaf_of(entry) for entry in entries]) == judge.get_root()


def test_the_root_of_nothing_is_that_of_the_standard() -> None:
    """RFC 6962, section 2.1: the hash of an empty list is the hash of an empty string."""
    assert Tree().root == hashlib.sha256(b"").digest()


@given(ENTRIES, st.integers(0, 70))
def test_a_tree_goes_on_where_it_was_kept(entries: list[bytes], cut: int) -> None:
    leaves = [leaf_of(entry) for entry in entries]
    whole, begun = Tree(), Tree()
    for leaf in leaves:
        whole.add(leaf)
    for leaf in leaves[:cut]:
        begun.add(leaf)
    resumed = Tree.from_bytes(begun.size, begun.to_bytes())
    for leaf in leaves[cut:]:
        resumed.add(leaf)
    assert (resumed.size, resumed.root) == (whole.size, whole.root)


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=40), st.data())
def test_a_leaf_is_proven_and_no_other_is(entries: list[bytes], data: st.DataObject) -> None:
    leaves = [leaf_of(bytes([n]) + entry) for n, entry in enumerate(entries)]
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof, root = proof_of(leaves, index), root_of(leaves)
    assert is_included(leaves[index], index, len(leaves), proof, root)
    assert not is_included(leaf_of(b"another"), index, len(leaves), proof, root)
    for other in range(len(leaves)):
        if other != index:
            assert not is_included(leaves[other], index, len(leaves), proof, root)


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_a_place_that_is_not_there_is_not_proven(index: int, size: int) -> None:
    assert not is_included(leaf_of(b""), index, size, (), leaf_of(b""))
