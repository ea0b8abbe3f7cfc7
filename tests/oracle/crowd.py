"""The people of a tiny world."""

from tests.oracle.draft import Dice, Draft

from wayout.scenario.parties import Party
from wayout.scenario.places import PlaceKind


def draw_parties(draft: Draft) -> None:
    dice = draft.dice
    classes = (dice.pick("I-A", "III-B"), "V-E")
    largest = max((kind.seats for kind in draft.types), default=4)
    present: dict[str, int] = {}
    most = 3 if draft.tiny else dice.pick(2, 3, 3, 4, 5, 6)
    for number in range(1, dice.number(2, most) + 1):
        starts = [place for place in draft.places if place.kind is not PlaceKind.REFUGE]
        homes = [place for place in starts if place.place.startswith("home")]
        others = [place for place in starts if not place.is_haven]
        place = dice.pick(*homes) if dice.chance(0.75) else dice.pick(*others)
        size = min(largest, dice.pick(1, 1, 2, 2, 3, 4))
        if present.get(place.place, 0) + size > place.beds:
            place = homes[0]
        present[place.place] = present.get(place.place, 0) + size
        draft.parties.append(
            new_party(draft, f"party{number}", size, place.place, dice.pick(*classes))
        )


def new_party(draft: Draft, name: str, size: int, place: str, priority: str) -> Party:
    dice = draft.dice
    ends = [
        place.place for place in draft.places if place.kind in (PlaceKind.HAVEN, PlaceKind.REFUGE)
    ]
    need = dice.pick(*["none"] * 9, "stretcher", "wheelchair", "children")
    return Party(
        party=name,
        size=size,
        place=place,
        priority=priority,
        stretchers=1 if need == "stretcher" else 0,
        wheelchairs=1 if need == "wheelchair" else 0,
        unaccompanied=need == "children",
        ready_from=draft.time(1, 4) if dice.chance(0.3) else 0,
        safe_by=draft.time(3, draft.num_steps) if dice.chance(0.2) else None,
        may_go_to=_destinations(dice, ends) if dice.chance(0.2) else (),
    )


def _destinations(dice: Dice, ends: list[str]) -> tuple[str, ...]:
    chosen = {dice.pick(*ends), ends[-1]} if dice.chance(0.3) else {dice.pick(*ends)}
    return tuple(sorted(chosen))
