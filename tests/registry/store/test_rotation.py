"""Keys are changed in the middle of everything else, and everything else goes on."""

import random

import pytest
from tests.registry.store.worlds import World, add

from wayout.registry.register import Look, Role
from wayout.registry.vault.keyring import CLASSES
from wayout.registry.vault.sealing import epoch_of


def _life(world: World, steps: int, seed: int) -> None:
    """Random acts with rotations between; what was put in is held in a plain dictionary."""
    world.create()
    chance, people, decided = random.Random(seed), dict[str, str](), 0
    with world.open() as register:
        for step in range(steps):
            act = chance.choice(["add", "read", "find", "decide", "erase", "rotate"])
            if act == "add":
                receipt = add(register, 3, 10 * step, chance.choice(["embassy", "consulate"]))
                for place, record in enumerate(receipt.records):
                    people[record] = f"Synthetic{10 * step + place}"
            elif act == "rotate":
                assert register.members.rotate("in the middle") == len(people)
            elif act == "decide":
                register.decide("seen", {"step": step}, f"step {step}", role=Role.CLERK)
                decided += 1
            elif act == "erase" and people:
                record = chance.choice(sorted(people))
                assert register.erase([record], "asked for it") == 1
                del people[record]
            elif act == "find" and people:
                name = people[chance.choice(sorted(people))]
                look = Look(phone=f"+93700{int(name.removeprefix('Synthetic')):06d}")
                assert register.find(Role.CLERK, "caller", look)["given"].to_list() == [name]
            elif act == "read":
                table = register.records(Role.GATE, "boarding")
                assert dict(zip(table["record"], table["given"], strict=True)) == people
        reasons = [item.reason for item in register.decisions("seen")]
        assert len(reasons) == decided
        assert None not in reasons
        register.members.rotate("at the end")
        _only_newest(world, list(people))


def _only_newest(world: World, records: list[str]) -> None:
    """No row key is left under an epoch that is not the newest."""
    with world.open() as register:
        keyring = register.desk.session.keyring
        classes = {name.value for name in CLASSES}
        mine = keyring.grants(register.member.member)
        held = [(g.compartment, g.sensitivity) for g in mine if g.sensitivity in classes]
        assert len(held) == len(set(held))
        for wraps in keyring.wraps(records).values():
            assert all(epoch_of(wrap) >= 2 for wrap in wraps if wrap is not None)


def test_keys_change_in_the_middle_of_everything(world: World) -> None:
    _life(world, 30, seed=3)


@pytest.mark.long
def test_keys_change_in_the_middle_of_everything_for_long(sqlite_world: World) -> None:
    _life(sqlite_world, 2_000, seed=4)
