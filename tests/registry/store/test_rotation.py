"""Keys are changed in the middle of everything else, and everything else goes on."""

import random

import pytest
from sqlalchemy import text
from tests.registry.store.worlds import World, add

from wayout.errors import AccessError, SealError
from wayout.eventlog.checkpoint import read, signed
from wayout.registry.register import Look, Role
from wayout.registry.store.logbook import verify_log
from wayout.registry.vault.keyring import CLASSES
from wayout.registry.vault.roles import Common
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


def test_after_a_rotation_old_and_new_checkpoints_hold_and_stale_ones_do_not(world: World) -> None:
    world.create()
    with world.open() as register:
        before = register.checkpoint()
        stale = register.desk.session.logbook()
        old_key = register.desk.session.constitution.log_key
        register.members.rotate("yearly")
        after = register.checkpoint()
        forged = signed(read(after), old_key, stale.sign)
    assert verify_log(world.url, world.keyring, [before, after]).holds
    found = verify_log(world.url, world.keyring, [forged])
    assert [finding.rule for finding in found.findings] == ["checkpoint-not-genuine"]


def test_a_key_of_the_log_that_nobody_signed_is_refused(world: World) -> None:
    world.create()
    with world.open() as register:
        register.members.rotate("yearly")
        keyring = register.desk.session.keyring
        with keyring.change():
            keyring.put_fact("logbook:2:signature", bytes(64))
    with pytest.raises(SealError, match="the one before did not sign"):
        verify_log(world.url, world.keyring)


def test_reasons_given_before_and_after_are_for_auditors(world: World) -> None:
    world.create()
    world.admit("bob", Role.AUDITOR)
    world.admit("eve", Role.CLERK)
    with world.open() as register:
        register.records(Role.REVIEWER, "asked before")
        register.members.rotate("yearly")
        register.records(Role.REVIEWER, "asked after")
    with world.open("bob") as auditor:
        reasons = [line.reason for line in auditor.log(Role.AUDITOR, "audit", ("read",))]
        assert reasons == ["asked before", "asked after"]
    with world.open("eve") as clerk, pytest.raises(AccessError, match="None of your roles"):
        clerk.desk.session.pair_of(Common.JOURNAL)


def test_indexes_under_another_key_find_the_same_and_the_old_key_is_gone(world: World) -> None:
    world.create()
    with world.open() as register, world.open() as other:
        receipt = add(register, 40)
        columns = text("SELECT phone_index, document_index FROM rows ORDER BY number")
        with register.desk.store.reading() as connection:
            old = connection.execute(columns).all()
        register.members.rotate("yearly")
        with register.desk.store.reading() as connection:
            assert connection.execute(columns).all() != old
        grants = register.desk.session.keyring.grants()
        assert {g.epoch for g in grants if g.sensitivity == Common.INDEX} == {2}
        look = Look(phone="+93700000007")
        for session in (register, other):
            found = session.find(Role.CLERK, "caller", look)
            assert found["given"].to_list() == ["Synthetic7"]
            again = add(session, 40)
            assert (again.is_new, again.entry.list_id) == (False, receipt.entry.list_id)
        assert add(other, 5, start=100).is_new
        assert other.checkpoint()
    assert verify_log(world.url, world.keyring).holds


@pytest.mark.long
def test_keys_change_in_the_middle_of_everything_for_long(sqlite_world: World) -> None:
    _life(sqlite_world, 2_000, seed=4)
