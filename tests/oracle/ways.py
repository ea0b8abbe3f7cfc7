"""Links of a tiny world."""

from tests.oracle.draft import Draft

from wayout.scenario.columns import UNLIMITED
from wayout.scenario.links import SELF, Link, Mode
from wayout.scenario.places import Place


def new_link(draft: Draft, origin: Place, destination: Place, mode: Mode) -> Link:
    dice = draft.dice
    minutes = draft.time(1, dice.pick(1, 2, 3))
    open_to = _open_to(draft, mode)
    by_self = SELF in open_to or (not open_to and mode is Mode.FOOT)
    by_speed = not by_self and dice.chance(0.3)
    return Link(
        link=f"way{len(draft.links) + 1}",
        origin=origin.place,
        destination=destination.place,
        mode=mode,
        km=2.0 * minutes if by_speed or (not by_self and dice.chance(0.3)) else None,
        minutes=None if by_speed else minutes,
        people_per_hour=draft.some_rate(0.8, 2, 6) if by_self else UNLIMITED,
        departures_per_hour=draft.some_rate(0.2, 1, 2) if mode is not Mode.FOOT else UNLIMITED,
        open_to=open_to,
        assisted=dice.chance(0.4),
        return_empty=dice.chance(0.85),
        danger_per_hour=_link_danger(draft, origin, mode),
    )


def _open_to(draft: Draft, mode: Mode) -> tuple[str, ...]:
    """Mostly blank; else some types of the mode and now and then people in their own cars."""
    types = tuple(kind.type for kind in draft.types if kind.mode is mode)
    own_cars = mode is Mode.ROAD and draft.dice.chance(0.25 if types else 0.7)
    if own_cars:
        return (*types, SELF)
    return (types[0],) if types and draft.dice.chance(0.15) else ()


def _link_danger(draft: Draft, origin: Place, mode: Mode) -> float | None:
    """Drawn; on a coarse grid never above the rate of the place that is left."""
    default = 0.0 if mode in (Mode.SEA, Mode.AIR) else 1.0
    drawn = draft.dice.pick(None, None, 0.5, 0.0, 1.5)
    if draft.step == 1:
        return drawn
    return min(default if drawn is None else drawn, origin.danger)
