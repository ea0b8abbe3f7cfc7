from hypothesis import given
from hypothesis import strategies as st

from wayout.registry.link.clusters import NEVER, clusters

EDGES = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 7), st.floats(-10, 10)).filter(
        lambda edge: edge[0] != edge[1]
    ),
    unique_by=lambda edge: (min(edge[:2]), max(edge[:2])),
)
HOMES = st.lists(st.integers(-1, 2), min_size=8, max_size=8)


def test_what_speaks_for_is_united() -> None:
    assert clusters(3, [(0, 1, 5.0)], [-1] * 3) == [0, 0, 2]


def test_strangers_are_not_chained_through_one_doubtful_link() -> None:
    # 0 and 1 are one, 2 and 3 are one; 1 and 2 look alike a little, and nothing else does.
    edges = [(0, 1, 9.0), (2, 3, 9.0), (1, 2, 1.0)]
    assert clusters(4, edges, [-1] * 4) == [0, 0, 2, 2]


def test_two_members_of_one_household_are_never_one() -> None:
    edges = [(0, 2, 9.0), (1, 2, 8.0)]
    assert clusters(3, edges, [4, 4, -1]) == [0, 1, 0]


def test_what_a_reviewer_called_different_stays_apart() -> None:
    edges = [(0, 1, 9.0), (1, 2, 9.0), (0, 2, NEVER)]
    found = clusters(3, edges, [-1] * 3)
    assert found[0] != found[2]


@given(EDGES, HOMES)
def test_persons_never_hold_two_of_one_household(
    edges: list[tuple[int, int, float]], homes: list[int]
) -> None:
    found = clusters(8, edges, homes)
    stated = [(person, home) for person, home in zip(found, homes, strict=True) if home >= 0]
    assert len(stated) == len(set(stated))
    assert all(found[person] == person <= row for row, person in enumerate(found))


@given(EDGES, HOMES)
def test_the_bits_inside_a_person_speak_for_him(
    edges: list[tuple[int, int, float]], homes: list[int]
) -> None:
    found = clusters(8, edges, homes)
    for person in set(found):
        rows = [row for row in range(8) if found[row] == person]
        inside = [bits for one, other, bits in edges if one in rows and other in rows]
        missing = len(rows) * (len(rows) - 1) // 2 - len(inside)
        assert len(rows) == 1 or sum(inside) - 2 * missing > 0
