"""T4, T6, T10, T14: what somebody with a place inside gets, or is made to give."""

import csv
import random
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import xlsxwriter
from sqlalchemy import Connection, delete, insert, select, update
from tests.eventlog.worlds import chained
from tests.registry.store.worlds import DAY, PASSPHRASE, World, add, rows

from wayout.errors import AccessError, RegistryError, SealError, WayoutError
from wayout.eventlog import store as log
from wayout.eventlog.store import EVENTS
from wayout.registry.entries import Look
from wayout.registry.register import Register, Role
from wayout.registry.release.cap import CAP_ROWS
from wayout.registry.release.exports import Export
from wayout.registry.release.files import hidden_in, safe, write
from wayout.registry.store.creating import recover
from wayout.registry.store.logbook import verify_log
from wayout.registry.store.tables import ROWS
from wayout.registry.vault.admission import Candidate
from wayout.registry.vault.keyring import Keyring
from wayout.registry.vault.passphrase import LOWEST_COST
from wayout.registry.vault.roles import FIELDS, OPENS, Sensitivity
from wayout.registry.vault.session import unlock


def _prepared(register: Register, records: tuple[str, ...], *recipients: str) -> Export:
    return register.exports.prepare(
        Role.CLERK,
        "for the gate",
        records,
        ["given", "family", "phone"],
        audience="the gate's shift leader",
        recipients=recipients or ("Gate 1",),
        expires=register.desk.clock() + timedelta(days=30),
    )


def _num_rows(paths: tuple[Path, ...]) -> int:
    return sum(len(_table(path)) for path in paths)


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_no_sequence_of_calls_exports_more_than_the_cap(world: World, tmp_path: Path) -> None:
    """T4: whatever one does alone, at most 50 rows leave in any 24 hours."""
    world.create()
    world.admit("bob", Role.REVIEWER)
    chance, out = random.Random(2), list[tuple[object, int]]()
    with world.open() as register, world.open("bob") as second:
        records = add(register, 80).records
        prepared = [_prepared(register, records[:3])]
        for step in range(60):
            world.clock.forward(hours=chance.choice([0, 0, 0, 1, 7]))
            register.desk._touched = second.desk._touched = world.clock()
            act = chance.random()
            if act < 0.4:
                count, copies = chance.randint(1, 60), chance.randint(1, 2)
                names = [f"Gate {n}" for n in range(copies)]
                prepared.append(_prepared(register, records[:count], *names))
            item = chance.choice(prepared)
            approved = act > 0.9
            if approved:
                second.exports.approve(item.export, Role.REVIEWER, "agreed")
            try:
                paths = register.exports.release(
                    item.export, Role.CLERK, "needed", tmp_path / f"{step}"
                )
            except WayoutError:
                continue
            if not approved:
                out.append((world.clock(), _num_rows(paths)))
    assert len(out) > 5
    for end, _ in out:
        window = [n for time, n in out if end - timedelta(hours=24) < time <= end]  # type: ignore[operator]
        assert sum(window) <= CAP_ROWS


def test_two_at_once_do_not_pass_the_cap_together(world: World, tmp_path: Path) -> None:
    world.create()
    with world.open() as register:
        records = add(register, 30).records
        exports = [_prepared(register, records).export for _ in range(4)]
    released: list[int] = []

    def run(number: int) -> None:
        with world.open() as mine:
            try:
                folder = tmp_path / f"{number}"
                paths = mine.exports.release(exports[number], Role.CLERK, "needed", folder)
                released.append(_num_rows(paths))
            except AccessError:
                pass

    threads = [threading.Thread(target=run, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert released == [30]


def test_above_the_cap_a_second_person_is_needed_each_time(world: World, tmp_path: Path) -> None:
    world.create()
    world.admit("bob", Role.REVIEWER)
    with world.open() as register, world.open("bob") as second:
        item = _prepared(register, add(register, 60).records)
        assert item.needs_second
        assert (item.num_rows, item.num_hidden) == (60, 9)
        with pytest.raises(AccessError, match="second person"):
            register.exports.release(item.export, Role.CLERK, "needed", tmp_path / "a")
        with pytest.raises(AccessError, match="by a second person"):
            register.exports.approve(item.export, Role.REVIEWER, "myself")
        shown = second.exports.approve(item.export, Role.REVIEWER, "agreed")
        assert (shown.num_rows, shown.audience) == (60, "the gate's shift leader")
        paths = register.exports.release(item.export, Role.CLERK, "needed", tmp_path / "b")
        assert _num_rows(paths) == 60
        with pytest.raises(AccessError, match="second person"):
            register.exports.release(item.export, Role.CLERK, "needed", tmp_path / "c")


def test_a_copy_in_memory_is_the_copy_that_is_written(world: World, tmp_path: Path) -> None:
    world.create()
    with world.open() as register:
        item = _prepared(register, add(register, 5).records)
        (copy,) = register.exports.release_in_memory(item.export, Role.CLERK, "needed")
        (path,) = register.exports.release(item.export, Role.CLERK, "needed", tmp_path / "a")
        assert register.exports.get(item.export).num_released == 2
    written = _table(path)
    assert [row["reference"] for row in written] == list(copy.references().values())
    assert [row["given"] for row in written] == [row[2] for row in copy.rows]


def test_an_export_has_only_columns_that_its_role_opens(world: World) -> None:
    world.create()
    with world.open() as register:
        records = add(register, 3).records
        later = world.clock() + timedelta(days=1)
        with pytest.raises(AccessError, match="does not open phone"):
            register.exports.prepare(
                Role.GATE,
                "boarding",
                records,
                ["given", "phone"],
                audience="gate",
                recipients=["Gate 1"],
                expires=later,
            )


def test_an_export_whose_time_is_over_is_overdue(world: World, tmp_path: Path) -> None:
    world.create()
    with world.open() as register:
        item = _prepared(register, add(register, 3).records)
        register.exports.release(item.export, Role.CLERK, "needed", tmp_path / "a")
        assert register.exports.overdue() == ()
        world.clock.forward(days=31)
    with world.open() as register:
        assert [late.export for late in register.exports.overdue()] == [item.export]
        with pytest.raises(AccessError, match="time is over"):
            register.exports.release(item.export, Role.CLERK, "needed", tmp_path / "b")
        register.exports.destroyed(item.export, Role.CLERK, "shredded")
        assert register.exports.overdue() == ()


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("with_references", [True, False])
def test_a_shuffled_excerpt_names_its_recipient(
    sqlite_world: World, tmp_path: Path, seed: int, with_references: bool
) -> None:
    """T4: twenty rows in any order, with the references or with the telephone numbers alone."""
    sqlite_world.create()
    names = [f"Partner {n}" for n in range(8)]
    chance = random.Random(seed)
    with sqlite_world.open() as register:
        sqlite_world.admit("bob", Role.REVIEWER)
        item = _prepared(register, add(register, 40).records, *names)
        with sqlite_world.open("bob") as second:
            second.exports.approve(item.export, Role.REVIEWER, "agreed")
        paths = register.exports.release(item.export, Role.CLERK, "needed", tmp_path / "out")
        leaked = chance.randrange(len(names))
        excerpt = chance.sample(_table(paths[leaked]), 20)
        if not with_references:
            excerpt = [{"phone": row["phone"], "given": row["given"]} for row in excerpt]
        matches = register.exports.trace(Role.REVIEWER, "a leak", excerpt)
    assert (matches[0].copy.recipient, matches[0].agreeing) == (names[leaked], 20)
    assert all(match.agreeing < 16 for match in matches[1:])


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_nothing_in_an_export_runs_or_hides(tmp_path: Path, kind: str) -> None:
    """T6: what a hostile list put into a cell stays text when a colleague opens the export."""
    evil = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "\r=1", "https://example.org"]
    path = tmp_path / f"out.{kind}"
    write(path, ["a"], [[cell] for cell in evil])
    if kind == "xlsx":
        assert hidden_in(path) == []
    else:
        cells = [row["a"] for row in _table(path)]
        assert not any(cell[:1] in "=+-@\t\r" for cell in cells)
        assert cells[0] == safe("=1+1") == "'=1+1"
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(RegistryError, match="never written over"):
        write(path, ["a"], [])


def test_what_hides_in_a_workbook_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "hiding.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet, other = book.add_worksheet("a"), book.add_worksheet("b")
    sheet.write_formula(0, 0, "=1+1")
    sheet.set_row(3, None, None, {"hidden": True})
    sheet.set_column(2, 2, None, None, {"hidden": True})
    other.hide()
    book.close()
    words = ["a hidden row", "a hidden column", "a formula", "a hidden sheet b"]
    assert hidden_in(path) == words


@pytest.mark.parametrize("role", Role)
def test_a_compelled_member_opens_what_his_role_opens(world: World, role: Role) -> None:
    """T10: every function tried by somebody who has this one role."""
    world.create()
    with world.open() as register:
        records = add(register, 6).records
    world.admit("bob", role)
    allowed = {name for group in OPENS[role] for name in FIELDS.get(group, ())}
    with world.open("bob") as bob:
        for claimed in Role:
            try:
                table = bob.records(claimed, "forced")
            except AccessError:
                continue
            assert claimed is role
            filled = {n for n in table.columns if table[n].null_count() < table.height}
            assert filled <= allowed | {"record", "source"}
        look = Look(phone="+93700000001")
        acts: list[tuple[Callable[[], object], set[Role]]] = [
            (lambda: bob.source_rows(role, "forced"), {Role.CLERK}),
            (lambda: bob.find(role, "forced", look), {Role.CLERK, Role.REVIEWER}),
            (lambda: bob.log(role, "forced"), {Role.AUDITOR}),
            (lambda: bob.erase(records[:1], "forced", role=role), {Role.CLERK}),
        ]
        for act, may in acts:
            if role in may:
                act()
            else:
                with pytest.raises(AccessError, match=r"role of"):
                    act()
        # Held by the keys, not only by the checks above.
        session = bob.desk.session
        held = {grant.sensitivity for grant in session.keyring.grants(bob.member.member)}
        assert held & set(Sensitivity) == set(OPENS[role])


def test_an_admin_cannot_invent_somebody_who_opens_people(world: World) -> None:
    """T10: admin and auditor together are below the quorum."""
    world.create()
    world.admit("boss", Role.ADMIN)
    with world.open("boss") as boss:
        puppet = Candidate("puppet", frozenset({Role.REVIEWER}), PASSPHRASE)
        boss.members.admit(puppet, "mine", cost=LOWEST_COST)
        assert boss.members.confirm("puppet", "mine") <= 1
    with world.open() as register:
        add(register, 3)
    with world.open() as register:
        register.members.rotate("routine")
    with world.open("puppet") as inside, pytest.raises(AccessError, match="None of your roles"):
        inside.records(Role.REVIEWER, "forced")


def test_under_duress_the_register_is_empty_and_auditors_know(world: World) -> None:
    duress = "another few plain words"
    world.create(duress_passphrase=duress)
    with world.open() as register:
        records = add(register, 5).records
    with world.open("ada", duress) as forced:
        assert forced.lists() == ()
        assert forced.record_ids() == ()
        assert forced.records(Role.CLERK, "forced", records).is_empty()
        assert forced.decisions() == ()
        assert forced.pairs().is_empty()
    with world.open() as register:
        assert len(register.record_ids()) == 5
        opened = register.log(Role.AUDITOR, "audit", ["session-opened"])
        public = [{**line.event.draft.body, "item": 0, "words": 0} for line in opened]
    assert [line.reason for line in opened] == ["opened", "under duress", "opened"]
    assert public[0] == public[1]
    assert len({len(str(line.event.draft.body["words"])) for line in opened}) == 1


def test_two_shares_bring_everything_back_and_it_is_logged(world: World) -> None:
    founded = world.create()
    with world.open() as register:
        records = add(register, 5).records
    candidate = Candidate("eve", frozenset(Role), PASSPHRASE)
    options = {"clock": world.clock, "cost": LOWEST_COST}
    with pytest.raises(AccessError, match="do not bring"):
        recover(world.url, world.keyring, founded.shares[:1], candidate, **options)  # type: ignore[arg-type]
    recover(world.url, world.keyring, founded.shares[1:], candidate, **options)  # type: ignore[arg-type]
    with world.open("eve") as register:
        assert register.records(Role.CLERK, "back", records)["given"].null_count() == 0
        lines = register.log(Role.AUDITOR, "audit", ["recovered-by-paper"])
        assert len(lines) == 1
        register.members.remove("ada", "lost her laptop")
        register.members.rotate("after it")
        assert register.records(Role.GATE, "boarding").height == 5
    with pytest.raises(AccessError, match="wrong"):
        world.open()


def test_who_was_removed_opens_nothing_new(world: World) -> None:
    world.create()
    world.admit("bob", Role.CLERK)
    with world.open("bob") as register:
        add(register, 5)
    stolen = world.keyring.with_name("stolen.keys")
    stolen.write_bytes(world.keyring.read_bytes())
    with world.open() as register:
        register.members.remove("bob", "left us")
        assert register.members.rotate("bob left") == 5
        later = add(register, 5, 100, "consulate").records
    old = unlock(Keyring.open(stolen), "bob", PASSPHRASE)
    with world.open() as register:
        wraps = register.desk.session.keyring.wraps(later)[later[0]]
        with register.desk.store.reading() as connection:
            row = connection.execute(select(ROWS).where(ROWS.c.record == later[0])).one()
    for compartment in {grant.compartment for grant in old.keyring.grants(old.me.member)}:
        envelope = old.envelope(compartment, Sensitivity)
        with pytest.raises(SealError, match=r"not yours|another key|altered"):
            envelope.open(later[0], Sensitivity.IDENTITY, row.identity, wraps)


def test_a_clerk_limited_to_a_source_sees_its_lists_only(world: World) -> None:
    world.create()
    with world.open() as register:
        mine = add(register, 4).records
        add(register, 4, 50, "consulate")
        candidate = Candidate("bob", frozenset({Role.CLERK}), PASSPHRASE)
        register.members.admit(candidate, "joined", sources=["embassy"], cost=LOWEST_COST)
        register.members.confirm("bob", "known")
    with world.open("bob") as bob:
        assert [entry.source for entry in bob.lists()] == ["embassy"]
        assert bob.record_ids() == mine
        assert bob.find(Role.CLERK, "caller", Look(phone="+93700000051")).is_empty()
        with pytest.raises(RegistryError, match="limited"):
            bob.add_list("new", DAY, "a.csv", "h", rows(1))


def _tamper(connection: Connection, how: str) -> None:
    """One way to change the past with SQL."""
    middle = 6
    entry = connection.execute(select(EVENTS).where(EVENTS.c.position == middle)).one()
    if how == "change":
        changed = bytes(entry.entry).replace(b"clerk", b"admin").replace(b"admin", b"gates", 1)
        connection.execute(update(EVENTS).where(EVENTS.c.position == middle).values(entry=changed))
    elif how == "delete":
        connection.execute(delete(EVENTS).where(EVENTS.c.position == middle))
    elif how == "insert":
        connection.execute(insert(EVENTS), [{**entry._asdict(), "position": 0, "token": "new"}])
    elif how == "swap":
        other = connection.execute(select(EVENTS).where(EVENTS.c.position == middle + 1)).one()
        for position, moved in ((middle, other), (middle + 1, entry)):
            values = {"entry": moved.entry, "kind": moved.kind}
            connection.execute(update(EVENTS).where(EVENTS.c.position == position).values(values))
    elif how == "truncate":
        connection.execute(delete(EVENTS).where(EVENTS.c.position >= middle))
        connection.execute(delete(log.CHECKPOINTS))
    else:
        drafts = [event.draft for event in log.events(connection)]
        del drafts[middle - 1]
        connection.execute(delete(EVENTS))
        connection.execute(delete(log.CHECKPOINTS))
        log.append_all(connection, drafts)
        assert len(chained(drafts)) == len(drafts)


@pytest.mark.parametrize("how", ["change", "delete", "insert", "swap", "truncate", "re-chain"])
def test_no_insider_with_sql_changes_the_past_unseen(world: World, how: str) -> None:
    """T14, on a real store: held against one checkpoint that was kept elsewhere."""
    world.create()
    with world.open() as register:
        records = add(register, 3).records
        for record in records:
            register.decide("seen", {"of": record}, "seen", role=Role.CLERK)
        note = register.checkpoint()
        register.records(Role.GATE, "boarding")
        store = register.desk.store
        assert verify_log(world.url, world.keyring, [note]).holds
        with store.engine.begin() as connection:
            _tamper(connection, how)
    found = verify_log(world.url, world.keyring, [note])
    assert not found.holds
    if how == "re-chain":
        assert [finding.rule for finding in found.findings] == ["log-rewritten"]
        assert verify_log(world.url, world.keyring).holds


def test_a_checkpoint_that_was_not_signed_here_is_told(sqlite_world: World) -> None:
    sqlite_world.create()
    with sqlite_world.open() as register:
        note = register.checkpoint()
    forged = note.replace("\nlink", "\nlink", 1)[:-6] + "AAAA=\n"
    rules = [f.rule for f in verify_log(sqlite_world.url, sqlite_world.keyring, [forged]).findings]
    assert rules == ["checkpoint-not-genuine"]


def test_a_refusal_is_logged(world: World) -> None:
    world.create()
    world.admit("bob", Role.GATE)
    with world.open("bob") as bob, pytest.raises(AccessError, match="is not yours"):
        bob.records(Role.CLERK, "curious")
    with world.open() as register:
        (line,) = register.log(Role.AUDITOR, "audit", ["refused"])
    assert line.event.draft.body["act"] == "read records"
