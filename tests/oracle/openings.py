"""Windows of a tiny world: when places, links, berths and fleets are open, and how far."""

from tests.oracle.draft import DAY, LONG_STEP, Draft

from wayout.scenario.columns import UNLIMITED
from wayout.scenario.windows import Repeat, Target, Window


def draw_windows(draft: Draft) -> None:
    """Up to four windows, at most one for a target, on targets that have none."""
    targets = _targets(draft)
    taken = {(window.kind, window.what) for window in draft.windows}
    for _ in range(draft.dice.pick(0, 1, 1, 2, 3, 4)):
        kind = draft.dice.pick(*targets)
        if targets[kind]:
            what = draft.dice.pick(*targets[kind])
            if (kind, what) not in taken:
                draft.windows.append(new_window(draft, kind, what))
            taken.add((kind, what))


def _targets(draft: Draft) -> dict[Target, list[str]]:
    homes = {party.place for party in draft.parties}
    housed = [place.place for place in draft.places if place.beds < UNLIMITED]
    return {
        Target.PLACE: [place.place for place in draft.places],
        # Who is at home from the start cannot obey a limit that falls: nothing would be a plan.
        Target.BEDS: [place for place in housed if place not in homes],
        Target.LINK: [link.link for link in draft.links],
        Target.BERTH: [berth.berth for berth in draft.berths],
        Target.FLEET: [fleet.fleet for fleet in draft.fleets],
    }


def draw_windows_that_open_twice(draft: Draft) -> None:
    """Two windows for one target, mostly shut in both: it opens, shuts and opens again."""
    dice, targets = draft.dice, _targets(draft)
    for kind in (Target.PLACE, Target.LINK, Target.BERTH, Target.FLEET, Target.BEDS):
        if not targets[kind] or not dice.chance(0.18):
            continue
        what = dice.pick(*targets[kind])
        begins = 0 if dice.chance(0.5) else dice.number(1, 3)
        for _ in range(2):
            ends = begins + dice.number(1, 2)
            draft.windows.append(_half_of_two(draft, kind, what, (begins, ends)))
            begins = ends + dice.number(1, 3)


def _half_of_two(draft: Draft, kind: Target, what: str, steps: tuple[int, int]) -> Window:
    begins, ends = (draft.step * number for number in steps)
    factor = draft.dice.pick(0.0, 0.0, 0.0, 0.5)
    return Window(kind=kind, what=what, begins=begins, ends=ends, factor=factor)


def new_window(draft: Draft, kind: Target, what: str) -> Window:
    dice = draft.dice
    daily = draft.step == LONG_STEP and dice.chance(0.6)
    begins = draft.time(0, 4) if daily else draft.time(0, draft.num_steps - 2)
    most = (DAY if daily else draft.deadline) // draft.step
    ends = draft.time(begins // draft.step + 1, min(most, begins // draft.step + 4))
    return Window(
        kind=kind,
        what=what,
        begins=begins,
        ends=None if ends == draft.deadline else ends,
        factor=dice.pick(0.0, 0.0, 0.5, 0.6, 0.75, 2.0 if kind is not Target.FLEET else 0.5),
        repeat=Repeat.DAILY if daily else Repeat.NONE,
    )
