"""The order in which to ask, against the plain greedy choice that works everything out anew."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from wayout.contingency.asks.ask import Ask, AskKind
from wayout.contingency.asks.ordering import in_order
from wayout.contingency.asks.worth import Relaxed
from wayout.scenario.policy import Objective

Sets = dict[str, frozenset[int]]


def ask(name: str, kind: AskKind = AskKind.OPENING) -> Ask:
    return Ask(kind, name, name, "1", "somebody", ())


def covering(sets: Sets, asks: Sequence[Ask]) -> Relaxed:
    """Danger falls by one for each thing that is covered: worth less and less."""
    covered = frozenset[int]().union(*(sets[ask.what] for ask in asks)) if asks else frozenset()
    return Relaxed(0.0, 100.0 - len(covered))


def plain(sets: Sets, most: int) -> list[float]:
    """Gains of the greedy choice."""
    gains: list[float] = []
    covered: frozenset[int] = frozenset()
    for _ in range(most):
        best = max((len(items - covered) for items in sets.values()), default=0)
        if best == 0:
            break
        covered |= next(items for items in sets.values() if len(items - covered) == best)
        gains.append(best)
    return gains


@given(
    st.dictionaries(
        st.text("abcdef", min_size=1, max_size=3),
        st.frozensets(st.integers(0, 12)),
        min_size=1,
        max_size=9,
    )
)
def test_gains_are_those_of_a_greedy_choice_and_shrink(sets: Sets) -> None:
    asks = [ask(name) for name in sets]
    calls: list[int] = []

    def relax(wanted: Sequence[tuple[Ask, ...]]) -> list[Relaxed]:
        calls.append(len(wanted))
        return [covering(sets, chosen) for chosen in wanted]

    alone = [covering(sets, (one,)) for one in asks]
    found = list(in_order(asks, covering(sets, ()), alone, relax, Objective.REACH_SAFETY, most=5))
    gains = [choice.danger for choice in found]
    assert gains == sorted(gains, reverse=True)
    assert gains[:1] == plain(sets, 5)[:1]
    names = [choice.ask.name for choice in found]
    assert len(set(names)) == len(names)
    # Each choice is the best there was: nothing left covers more.
    for number, choice in enumerate(found):
        before = covering(sets, [c.ask for c in found[:number]]).danger
        best = max(
            before - covering(sets, [*(c.ask for c in found[:number]), one]).danger for one in asks
        )
        assert choice.danger == best


def test_what_can_be_had_again_is_asked_for_again() -> None:
    """A bus saves ten of the twenty-five, and again; the third saves five."""

    def relax(wanted: Sequence[tuple[Ask, ...]]) -> list[Relaxed]:
        return [Relaxed(0.0, max(0.0, 25.0 - 10.0 * len(chosen))) for chosen in wanted]

    buses = [ask("bus", AskKind.VEHICLE)]
    found = list(in_order(buses, relax([()])[0], relax([(buses[0],)]), relax, Objective.CLEAR_FAST))
    assert [choice.danger for choice in found] == [10.0, 10.0, 5.0]


def test_what_saves_nothing_is_not_asked_for() -> None:
    def relax(wanted: Sequence[tuple[Ask, ...]]) -> list[Relaxed]:
        return [Relaxed(5.0, 100.0 - 1e-9) for _ in wanted]

    asks = [ask("nothing")]
    base = Relaxed(5.0, 100.0)
    assert list(in_order(asks, base, relax([(asks[0],)]), relax, Objective.REACH_SAFETY)) == []
