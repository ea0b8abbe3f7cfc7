"""The register through its one door, on both kinds of database."""

from dataclasses import replace

import polars as pl
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from tests.registry.store.worlds import DAY, World, add, row, rows

from wayout.errors import AccessError, RegistryError
from wayout.registry.records import RECORD_SCHEMA
from wayout.registry.register import Deciding, Look, Role, SourceRow
from wayout.registry.store.tables import METADATA


def test_every_row_comes_back_as_it_was_read(world: World) -> None:
    world.create()
    with world.open() as register:
        receipt = add(register, 30)
        kept = register.source_rows(Role.CLERK, "checking", receipt.records)
    expected = [
        replace(item, record=replace(item.record, record=record))
        for item, record in zip(rows(30), receipt.records, strict=True)
    ]
    assert [item.row for item in kept] == expected
    assert [item.record for item in kept] == list(receipt.records)


def test_the_same_file_twice_changes_nothing(world: World) -> None:
    world.create()
    with world.open() as register:
        first = add(register, 30)
        again = add(register, 30)
        assert (again.is_new, again.records) == (False, first.records)
        assert register.record_ids() == first.records
        assert len(register.lists()) == 1


def test_a_list_whose_rows_fail_is_not_there_at_all(world: World) -> None:
    def broken() -> object:
        yield from rows(5)
        raise RegistryError("row 6 is broken")

    world.create()
    with world.open() as register:
        with pytest.raises(RegistryError, match="row 6 is broken"):
            register.add_list("embassy", DAY, "a.csv", "hash", broken())  # type: ignore[arg-type]
        assert register.record_ids() == ()
        assert add(register, 5).is_new


def test_records_are_a_table_of_the_schema(world: World) -> None:
    world.create()
    with world.open() as register:
        receipt = add(register, 30)
        table = register.records(Role.REVIEWER, "linking")
        some = register.records(Role.REVIEWER, "linking", [receipt.records[9], receipt.records[2]])
    assert table.schema == RECORD_SCHEMA
    assert table["record"].to_list() == list(receipt.records)
    assert table["given"].to_list() == [item.record.given for item in rows(30)]
    assert some["given"].to_list() == ["Synthetic9", "Synthetic2"]


def test_a_role_sees_its_columns_only(world: World) -> None:
    world.create()
    with world.open() as register:
        add(register, 12)
        planner = register.records(Role.PLANNER, "planning")
        gate = register.records(Role.GATE, "boarding")
    assert set(_filled(planner)) == {"record", "source", "needs", "place"}
    assert "phone" not in _filled(gate)
    assert gate["given"].null_count() == 0


def _filled(table: pl.DataFrame) -> list[str]:
    return [name for name in table.columns if table[name].null_count() < table.height]


def test_a_number_finds_its_people_however_it_is_spaced(world: World) -> None:
    world.create()
    with world.open() as register:
        add(register, 60)
        by_phone = register.find(Role.CLERK, "caller", Look(phone="+93700000041"))
        by_document = register.find(Role.CLERK, "caller", Look(document="p 00017"))
        nobody = register.find(Role.CLERK, "caller", Look("+93700000041", "P-00017"))
    assert by_phone["given"].to_list() == ["Synthetic41"]
    assert by_document["given"].to_list() == ["Synthetic17"]
    assert nobody.is_empty()


def test_decisions_come_back_in_order(world: World) -> None:
    world.create()
    with world.open() as register:
        a, b, c = add(register, 3).records
        first = register.decide(
            "same", {"score": 7.25, "left": a}, "same passport", role=Role.REVIEWER, records=(b, a)
        )
        others = register.decide_many(
            [
                Deciding("not-same", {"left": b, "right": c}, "brothers", (b, c)),
                Deciding("undo", {"of": first.number}, "wrong click"),
            ],
            role=Role.REVIEWER,
        )
        assert register.decisions() == (first, *others)
        assert register.decisions("undo") == (others[1],)
        assert register.decisions("sam") == ()
    assert [item.number for item in others] == [others[0].number, others[0].number + 1]


def test_the_newest_score_of_a_pair_counts(world: World) -> None:
    world.create()
    columns = {"left": ["a", "a"], "right": ["b", "c"], "score": [1.0, 2.0]}
    with world.open() as register:
        register.save_pairs(pl.DataFrame(columns), "linked", role=Role.REVIEWER)
        later = pl.DataFrame({"left": ["a"], "right": ["b"], "score": [5.0], "why": ["names"]})
        register.save_pairs(later, "linked again", role=Role.REVIEWER)
        scores = register.pairs().sort("right")
        register.save_pairs(later, "anew", role=Role.REVIEWER, replace=True)
        anew = register.pairs()
    assert scores["score"].to_list() == [5.0, 2.0]
    assert scores["why"].to_list() == ["names", None]
    assert anew.equals(later)


def test_columns_of_a_source_are_remembered(world: World) -> None:
    world.create()
    with world.open() as register:
        assert register.mapping("embassy") is None
        register.remember_mapping("embassy", {"نام": "given"})
        add(register, 3)
    with world.open() as register:
        assert register.mapping("embassy") == {"نام": "given"}


def test_an_erased_record_leaves_a_tombstone_only(world: World) -> None:
    world.create()
    with world.open() as register:
        gone, stays = add(register, 2).records
        register.decide(
            "same", {"left": gone}, "Synthetic0 said so", role=Role.CLERK, records=(gone,)
        )
        assert register.erase([gone, "unknown"], "asked for it") == 1
        assert register.erase([gone], "asked for it") == 0
        assert register.record_ids() == (stays,)
        assert register.records(Role.REVIEWER, "look", [gone]).is_empty()
        (decision,) = register.decisions()
        lines = register.log(Role.AUDITOR, "audit", ["erased"])
    assert (decision.reason, decision.records) == (None, (gone,))
    assert [line.event.draft.body["of"] for line in lines] == [[gone]]
    assert lines[0].reason == "asked for it"


def test_the_tables_are_what_the_migrations_make(world: World) -> None:
    world.create()
    with world.open() as register, register.desk.store.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_a_register_is_never_made_over_another(world: World, tmp_path: object) -> None:
    world.create()
    world.keyring = world.keyring.with_name("other.keys")
    with pytest.raises(RegistryError, match=r"never written over|a register in this database"):
        world.create()
    assert not world.keyring.exists()


def test_a_keyring_of_another_register_is_refused(world: World) -> None:
    world.create()
    other = World(f"sqlite:///{world.keyring}.db", world.keyring.with_name("other.keys"))
    other.create()
    world.keyring = other.keyring
    with pytest.raises(RegistryError, match="belongs to another register"):
        world.open()


def test_an_idle_register_locks_itself(world: World) -> None:
    world.create()
    register = world.open()
    add(register, 3)
    world.clock.forward(minutes=9)
    assert len(register.record_ids()) == 3
    world.clock.forward(minutes=11)
    with pytest.raises(AccessError, match="locked"):
        register.records(Role.REVIEWER, "linking")
    register.close()


def test_a_read_is_logged_with_its_role_reason_and_records(world: World) -> None:
    world.create()
    with world.open() as register:
        first = add(register, 3).records[0]
        register.records(Role.GATE, "boarding of flight 7", [first])
        (line,) = register.log(Role.AUDITOR, "audit", ["read"])
    draft = line.event.draft
    assert (draft.role, draft.author, line.reason) == (
        "gate",
        register.member.member,
        "boarding of flight 7",
    )
    assert (draft.body["of"], draft.body["num_records"]) == ([first], 1)


def test_a_reason_is_needed(world: World) -> None:
    world.create()
    with world.open() as register, pytest.raises(AccessError, match="Say why"):
        register.records(Role.GATE, " ")


def test_text_that_no_encoding_takes_is_kept(world: World) -> None:
    odd = replace(row(1), cells={"Name": "\ud800 NUL\x00 \u202e"})
    world.create()
    with world.open() as register:
        register.add_list("embassy", DAY, "a.csv", "hash", [odd])
        (kept,) = register.source_rows(Role.CLERK, "checking")
    assert kept.row.cells == odd.cells
    assert isinstance(kept.row, SourceRow)


def test_far_more_reading_than_usual_raises_an_alarm(world: World) -> None:
    world.create()
    for _ in range(3):
        world.clock.forward(days=1)
        with world.open() as register:
            if not register.lists():
                add(register, 150)
            register.records(Role.CLERK, "daily work", register.record_ids()[:40])
    world.clock.forward(days=1)
    with world.open() as register:
        for _ in range(3):
            register.records(Role.CLERK, "everything")
        alarms = register.log(Role.AUDITOR, "audit", ["alarm"])
    assert [line.event.draft.body["num_records"] for line in alarms] == [150]
