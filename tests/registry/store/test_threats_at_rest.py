"""T1, T5, T12: what a taker of files gets. Machines off, a dump, a backup."""

import base64
import gzip
import io
import random
import signal
import subprocess
import sys
import unicodedata
import zipfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from sqlalchemy import text
from tests.registry.store.canary_child import CANARY, NUMBER
from tests.registry.store.unpacking import unpacked
from tests.registry.store.worlds import DAY, World, add, row

from wayout.errors import RegistryError, SealError
from wayout.registry.register import Role, SourceRow
from wayout.registry.store import backing
from wayout.registry.store.lookup import budget
from wayout.registry.vault.backup import new_identity

_ROOT = Path(__file__).parents[3]


def _encodings(word: str) -> set[bytes]:
    """A word as it may lie in a file: ten ways."""
    folded = unicodedata.normalize("NFD", word)
    found = {
        spelt.encode(code)
        for spelt in (word, word.upper(), word.lower(), folded)
        for code in ("utf-8", "utf-16-le", "utf-16-be")
    }
    found.add(word.encode().hex().encode())
    found.add(word.encode("unicode_escape"))
    # Base64 in its three alignments; the ends depend on the neighbours and are left out.
    for shift in range(3):
        code = base64.b64encode(b"\x00" * shift + word.encode() + b"\x00" * 3)
        found.add(code[4 if shift else 0 : -4][1:-3])
    return found


def _hits(folders: list[Path], words: list[str]) -> list[str]:
    """Files in which one of the words lies, however it is written."""
    patterns = [pattern for word in words for pattern in _encodings(word)]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [
        path.name
        for path in files
        if any(_holds(data, patterns) for data in unpacked(_content(path)))
    ]


def _content(path: Path) -> bytes:
    """A file's bytes; none where a running server has renamed it since it was listed."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _holds(data: bytes, patterns: list[bytes]) -> bool:
    return any(pattern in data for pattern in patterns)


def _packings() -> list[bytes]:
    """A canary in every way in which a file can hold it packed."""
    word = f"junk {CANARY} junk".encode()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a/b.txt", word)
    table = io.BytesIO()
    pl.DataFrame({"a": [CANARY] * 50}).write_parquet(table, compression="zstd")
    whole = [gzip.compress(word), zlib.compress(word), archive.getvalue(), table.getvalue()]
    return [*whole, *(b"page" * 30 + data + b"after" for data in whole), gzip.compress(whole[2])]


def test_the_sweep_finds_what_is_packed(tmp_path: Path) -> None:
    for number, data in enumerate(_packings()):
        assert CANARY.encode() not in data or b"PAR1" in data
        (tmp_path / f"{number}").write_bytes(data)
    assert len(_hits([tmp_path], [CANARY])) == len(_packings())


def test_the_sweep_finds_what_is_there(tmp_path: Path) -> None:
    """The judge of the next test, judged."""
    for number, encoded in enumerate(sorted(_encodings(CANARY))):
        (tmp_path / f"{number}").write_bytes(b"junk" + encoded + b"junk")
    (tmp_path / "base64").write_bytes(base64.b64encode(b"ab" + CANARY.encode() + b"0123"))
    assert len(_hits([tmp_path], [CANARY])) == len(_encodings(CANARY)) + 1


def test_no_name_is_in_any_file_after_a_crash(
    world: World, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """T1: a thousand canaries through everything, then kill -9 in the middle of an import."""
    world.create()
    home = tmp_path / "home"
    home.mkdir()
    environment = {
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": f"{_ROOT}:{_ROOT / 'src'}",
        "HOME": str(home),
        "TMPDIR": str(home),
    }
    command = [sys.executable, "-m", "tests.registry.store.canary_child"]
    arguments = [world.url, str(world.keyring), str(tmp_path / "copies")]
    (tmp_path / "copies").mkdir()
    ended = subprocess.run(
        [*command, *arguments],
        env=environment,
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    folders = [tmp_path]
    if world.url.startswith("postgresql"):
        folders.append(request.getfixturevalue("server").folder)
    assert _hits(folders, [CANARY, NUMBER]) == []
    with world.open() as register:
        assert len(register.record_ids()) == 999


def _named(count: int, seed: int) -> Iterator[SourceRow]:
    """People whose names are as unequally common as names are, of all lengths."""
    chance = random.Random(seed)
    names = [
        "".join(chance.choice("abdehiklmnorsuyz") for _ in range(chance.randint(3, 14)))
        for _ in range(300)
    ]
    weights = [1 / rank for rank in range(1, 301)]
    for number, name in enumerate(chance.choices(names, weights, k=count)):
        plain = row(number)
        yield replace(plain, record=replace(plain.record, given=name, note=None))


def _attack(world: World, count: int) -> tuple[float, float]:
    """How many names a thief guesses from what he sees, and how many without seeing anything.

    He is given more than a census: the true names of every second row, to learn what sizes and
    indexes go with which name; he guesses the others.
    """
    world.create()
    with world.open() as register:
        people = list(_named(count, seed=5))
        register.add_list("embassy", DAY, "a.csv", "hash", people)
        query = (
            "SELECT length(identity), length(contact), length(documents), length(source), "
            "phone_index, document_index, is_hidden FROM rows ORDER BY number"
        )
        with register.desk.store.reading() as connection:
            seen = [tuple(item) for item in connection.execute(text(query))]
            bits, num_rows = budget(connection)
    assert bits.total > 0
    assert bits.fits(num_rows)
    names = [person.record.given or "" for person in people]
    known, baseline = names[::2], Counter(names[::2]).most_common(1)[0][0]
    rates = []
    for chosen in ((0, 1, 2, 3, 6), (4,), (5,), tuple(range(7))):
        learnt: dict[tuple[object, ...], Counter[str]] = defaultdict(Counter)
        for item, name in zip(seen[::2], known, strict=True):
            learnt[tuple(item[place] for place in chosen)][name] += 1
        right = 0
        for item, name in zip(seen[1::2], names[1::2], strict=True):
            counts = learnt.get(tuple(item[place] for place in chosen))
            right += name == (counts.most_common(1)[0][0] if counts else baseline)
        rates.append(right / len(names[1::2]))
    return max(rates), sum(name == baseline for name in names[1::2]) / len(names[1::2])


def test_a_dump_hardly_helps_to_guess_names(sqlite_world: World) -> None:
    """T5: right guesses are at most one in a hundred more than without the dump."""
    guessed, baseline = _attack(sqlite_world, 4_000)
    assert baseline > 0.05
    assert guessed <= baseline + 0.01


@pytest.mark.long
def test_a_large_dump_hardly_helps_to_guess_names(sqlite_world: World) -> None:
    guessed, baseline = _attack(sqlite_world, 100_000)
    print(f"T5 among 100,000: guessed {guessed:.4f}, without the dump {baseline:.4f}")
    assert guessed <= baseline + 0.01


def test_ciphertexts_exchanged_in_the_store_do_not_open(world: World) -> None:
    world.create()
    with world.open() as register:
        first, second = add(register, 2).records
        with register.desk.store.engine.begin() as connection:
            query = text("SELECT identity FROM rows WHERE record = :record")
            parts = [
                connection.execute(query, {"record": record}).scalar_one()
                for record in (second, first)
            ]
            change = text("UPDATE rows SET identity = :part WHERE record = :record")
            for record, part in zip((first, second), parts, strict=True):
                connection.execute(change, {"part": part, "record": record})
        with pytest.raises(SealError, match="altered or moved"):
            register.records(Role.GATE, "boarding")


def _backed_up(world: World, folder: Path) -> tuple[str, tuple[str, ...], bytes]:
    """A register with a backup; the age identity, the records, and the key of checkpoints."""
    world.create()
    (identity, recipient), (_, other) = new_identity(), new_identity()
    with world.open() as register:
        records = add(register, 12).records
        backing.back_up(register.desk, folder, [recipient, other], "weekly")
        return identity, records, register.desk.session.constitution.log_key


def test_what_was_erased_after_a_backup_stays_erased(world: World, tmp_path: Path) -> None:
    """T10 and T12: an old backup of the data with the keyring of today."""
    identity, records, key = _backed_up(world, tmp_path / "backup")
    with world.open() as register:
        register.erase(records[:3], "asked for it")
        expected = register.records(Role.REVIEWER, "before")
    restored = World(f"sqlite:///{tmp_path / 'restored.db'}", world.keyring, world.clock)
    backing.restore(tmp_path / "backup", restored.url, identity, key)
    with restored.open() as register:
        with pytest.raises(SealError, match="was erased"):
            register.records(Role.REVIEWER, "after", records[:3])
        rest = register.records(Role.REVIEWER, "after", records[3:])
    assert rest.equals(expected)


def test_a_backup_comes_back_to_another_kind_of_database(
    sqlite_world: World, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    identity, records, key = _backed_up(sqlite_world, tmp_path / "backup")
    url = request.getfixturevalue("server").url("restored")
    backing.restore(tmp_path / "backup", url, identity, key)
    with World(url, sqlite_world.keyring, sqlite_world.clock).open() as register:
        assert register.record_ids() == records
        assert register.records(Role.GATE, "boarding")["given"].null_count() == 0
    with pytest.raises(RegistryError, match="already"):
        backing.restore(tmp_path / "backup", url, identity, key)


def test_a_backup_without_the_keyring_says_no_name(world: World, tmp_path: Path) -> None:
    identity, _, key = _backed_up(world, tmp_path / "backup")
    backing.restore(tmp_path / "backup", f"sqlite:///{tmp_path / 'r.db'}", identity, key)
    data = (tmp_path / "r.db").read_bytes()
    assert b"Synthetic" not in data
    assert b"+93700" not in data


def test_a_backup_with_one_byte_changed_is_refused(sqlite_world: World, tmp_path: Path) -> None:
    identity, _, key = _backed_up(sqlite_world, tmp_path / "backup")
    chance = random.Random(4)
    for path in sorted((tmp_path / "backup").iterdir()):
        content = path.read_bytes()
        for _ in range(12):
            place = chance.randrange(len(content) - 1)
            changed = bytearray(content)
            changed[place] ^= 1 << chance.randrange(8)
            if path.suffix == ".sig" and changed.lower() == content:
                continue  # the same hexadecimal digit, written large
            path.write_bytes(changed)
            target = tmp_path / "never.db"
            with pytest.raises((SealError, ValueError), match=r"."):
                backing.restore(tmp_path / "backup", f"sqlite:///{target}", identity, key)
            target.unlink(missing_ok=True)
        path.write_bytes(content)
    backing.restore(tmp_path / "backup", f"sqlite:///{tmp_path / 'r.db'}", identity, key)


def test_a_backup_needs_two_recipients(sqlite_world: World, tmp_path: Path) -> None:
    sqlite_world.create()
    recipient = new_identity()[1]
    with sqlite_world.open() as register, pytest.raises(RegistryError, match="two recipients"):
        backing.back_up(register.desk, tmp_path / "b", [recipient, recipient], "weekly")
    with sqlite_world.open() as register, pytest.raises(RegistryError, match="no recipient"):
        backing.back_up(register.desk, tmp_path / "c", [recipient, "age1x"], "weekly")


def test_a_keyring_comes_back_from_its_own_backup(sqlite_world: World, tmp_path: Path) -> None:
    identity, _, key = _backed_up(sqlite_world, tmp_path / "backup")
    (identity, recipient), (_, other) = new_identity(), new_identity()
    with sqlite_world.open() as register:
        kept = backing.back_up_keyring(register.desk, tmp_path / "k", [recipient, other], "weekly")
    sqlite_world.keyring.unlink()
    backing.restore_keyring(kept, sqlite_world.keyring, identity, key)
    with sqlite_world.open() as register:
        assert register.records(Role.GATE, "boarding").height == 12
