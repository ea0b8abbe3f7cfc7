"""Sealing, wrapping, passphrases, shares, certificates: each on both sides of its rule."""

import secrets
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayout.errors import AccessError, RegistryError, SealError
from wayout.registry.vault import admission, recovery
from wayout.registry.vault.blind import BlindIndex, Budget, allowed_bits, budget_for
from wayout.registry.vault.envelope import Envelope
from wayout.registry.vault.keypair import KeyPair, is_signed
from wayout.registry.vault.keyring import CLASSES, Keyring
from wayout.registry.vault.membership import RECOVERY, Certificate, Member, statement_of
from wayout.registry.vault.passphrase import (
    LOWEST_COST,
    Cost,
    check_strength,
    new_salt,
    suggestion,
    unlock_key,
)
from wayout.registry.vault.roles import FIELDS, OPENS, Role, Sensitivity
from wayout.registry.vault.sealing import new_key, padded, seal, unpadded, unseal, unwrap, wrap
from wayout.registry.vault.session import Session, unlock

WORDS = "plain words for a test"


@given(st.binary(max_size=300), st.text(max_size=10))
def test_what_is_sealed_opens_again(content: bytes, context: str) -> None:
    context = context.encode("utf-8", "replace").decode()
    key = new_key()
    assert unseal(key, seal(key, content, context), context) == content


@given(st.binary(max_size=70), st.data())
def test_no_bit_of_what_is_sealed_can_be_changed(content: bytes, data: st.DataObject) -> None:
    key = new_key()
    sealed = bytearray(seal(key, content, "row"))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(SealError, match="sealed"):
        unseal(key, bytes(sealed), "row")


def test_what_is_sealed_opens_in_its_own_place_only() -> None:
    key = new_key()
    sealed = seal(key, b"x", "row 1")
    with pytest.raises(SealError, match="altered or moved"):
        unseal(key, sealed, "row 2")


@given(st.binary(max_size=200))
def test_lengths_are_32_or_doublings_of_it(content: bytes) -> None:
    size = len(padded(content))
    assert unpadded(padded(content)) == content
    assert size >= 32
    assert size & (size - 1) == 0
    assert size > len(content)


def test_a_wrap_opens_with_its_key_context_and_epoch_only() -> None:
    outer, inner = new_key(), new_key()
    wrapped = wrap(outer, 3, inner, "a")
    assert len(wrapped) == 80
    assert unwrap(outer, wrapped, "a") == inner
    with pytest.raises(SealError, match="another key"):
        unwrap(new_key(), wrapped, "a")
    with pytest.raises(SealError, match="altered or moved"):
        unwrap(outer, wrapped, "b")
    with pytest.raises(SealError, match="altered or moved"):
        unwrap(outer, wrapped[:3] + b"\x04" + wrapped[4:], "a")


def test_rows_exchanged_between_records_do_not_open() -> None:
    keys = {name: {1: new_key()} for name in Sensitivity}
    envelope = Envelope("d", "c", keys)
    first, first_wraps = envelope.seal("r1", {Sensitivity.IDENTITY: b"Anna"})
    second, second_wraps = envelope.seal("r2", {Sensitivity.IDENTITY: b"Bob"})
    identity = Sensitivity.IDENTITY
    assert envelope.open("r1", identity, first[identity], first_wraps) == b"Anna"
    for record, sealed, wraps in (
        ("r1", second[identity], first_wraps),
        ("r1", second[identity], second_wraps),
        ("r2", first[identity], second_wraps),
    ):
        with pytest.raises(SealError, match="altered or moved"):
            envelope.open(record, identity, sealed, wraps)


def test_row_keys_move_to_a_new_epoch_and_the_rows_stay() -> None:
    keys = {name: {1: new_key()} for name in Sensitivity}
    sealed, wraps = Envelope("d", "c", keys).seal("r", {Sensitivity.CONTACT: b"+93"})
    later = {name: {**epochs, 2: new_key()} for name, epochs in keys.items()}
    fresh = Envelope("d", "c", later).rewrapped("r", wraps)
    only_new = Envelope("d", "c", {name: {2: epochs[2]} for name, epochs in later.items()})
    contact = sealed[Sensitivity.CONTACT]
    assert only_new.open("r", Sensitivity.CONTACT, contact, fresh) == b"+93"
    with pytest.raises(SealError, match="not yours"):
        only_new.open("r", Sensitivity.CONTACT, contact, wraps)


@pytest.mark.parametrize(
    "cost", [Cost(1, 2**16, 1), Cost(2, 1024, 1), Cost(3, 2**30, 1), Cost(99, 2**16, 1)]
)
def test_a_cost_that_a_hostile_file_asks_for_is_refused(cost: Cost) -> None:
    with pytest.raises(SealError, match="tampered"):
        unlock_key(WORDS, new_salt(cost))


def test_a_suggested_passphrase_is_strong_enough() -> None:
    check_strength(suggestion())
    for weak in ("short", "aaaaaaaaaaaaaaaaaaaa"):
        with pytest.raises(AccessError, match="passphrase"):
            check_strength(weak)


def test_any_two_shares_bring_the_secret_back_and_one_does_not() -> None:
    secret = recovery.new_secret()
    shares = recovery.shares_of(secret)
    for left, right in ((0, 1), (0, 2), (1, 2)):
        assert recovery.secret_of([shares[left], shares[right].upper()]) == secret
    other = recovery.shares_of(recovery.new_secret())
    for wrong in ([shares[0]], [shares[0], shares[0]], [shares[0], other[1]], ["word", "word"]):
        with pytest.raises(AccessError, match="do not bring the key back"):
            recovery.secret_of(wrong)


@pytest.mark.parametrize("num_rows", [0, 1, 3, 4, 100, 5_000, 50_000, 200_000, 10**6])
def test_indexes_keep_within_their_budget(num_rows: int) -> None:
    """CipherSweet: 2 ≤ rows / 2^bits, whatever is planned."""
    budget = budget_for(num_rows)
    assert budget.fits(num_rows)
    if num_rows >= 4:
        assert num_rows / 2**budget.total >= 2
    assert not Budget(9, allowed_bits(num_rows)).fits(num_rows)


def test_two_hundred_thousand_rows_have_sixteen_bits() -> None:
    assert budget_for(200_000) == Budget(8, 8)


def test_another_epoch_has_other_indexes() -> None:
    root = new_key()
    numbers = [f"+9370{n:07d}" for n in range(64)]
    first, second = (BlindIndex(root, epoch, Budget(8, 8)) for epoch in (1, 2))
    assert [first.phone(n) for n in numbers] != [second.phone(n) for n in numbers]
    assert max(first.phone(n) or 0 for n in numbers) < 256


def test_every_field_has_one_class() -> None:
    names = [name for group in FIELDS.values() for name in group]
    assert len(names) == len(set(names))


def test_no_role_opens_everything() -> None:
    assert all(OPENS[role] != frozenset(Sensitivity) for role in Role if role is not Role.CLERK)
    assert OPENS[Role.ADMIN] == OPENS[Role.AUDITOR] == frozenset()


@pytest.fixture
def founded(tmp_path: Path) -> tuple[Keyring, Session]:
    path = tmp_path / "a.keys"
    founder = admission.Candidate("ada", frozenset(Role), WORDS)
    admission.found(path, founder, LOWEST_COST)
    keyring = Keyring.open(path)
    return keyring, unlock(keyring, "ada", WORDS)


def _forged(session: Session, signer: str, pair: KeyPair) -> Certificate:
    """A certificate that makes its own key a reviewer."""
    everything = frozenset({"*"})
    member = Member("intruder00", "eve", frozenset({Role.REVIEWER}), everything, pair.public)
    statement = statement_of(member)
    return Certificate(statement, signer, pair.sign(statement))


@pytest.mark.parametrize("signer", [RECOVERY, "intruder00", "nobody"])
def test_nobody_makes_himself_a_member(founded: tuple[Keyring, Session], signer: str) -> None:
    keyring, session = founded
    pair = KeyPair(secrets.token_bytes(128))
    with keyring.change():
        keyring.put_member("intruder00", "eve", _forged(session, signer, pair))
    assert "intruder00" not in session.members()


def test_a_forged_grant_is_told(founded: tuple[Keyring, Session]) -> None:
    keyring, session = founded
    grant = keyring.grants(session.me.member)[0]
    with keyring.change():
        keyring.put_grant(replace(grant, signature=bytes(64)))
    with pytest.raises(SealError, match="forged"):
        unlock(keyring, "ada", WORDS)


def test_an_exchanged_root_is_told(founded: tuple[Keyring, Session], tmp_path: Path) -> None:
    keyring, _ = founded
    other = tmp_path / "other.keys"
    admission.found(other, admission.Candidate("ada", frozenset(Role), WORDS), LOWEST_COST)
    foreign = Keyring.open(other)
    with keyring.change():
        for name in ("constitution", "constitution-signature"):
            keyring.put_fact(name, foreign.fact(name) or b"")
    with pytest.raises((SealError, AccessError), match=r"exchanged|wrong"):
        unlock(keyring, "ada", WORDS)


def test_both_slots_look_alike(founded: tuple[Keyring, Session]) -> None:
    keyring, _ = founded
    first, second = keyring.slots("ada")
    assert len(first.sealed) == len(second.sealed)
    assert first.salt[:6] == second.salt[:6]


def test_a_wrong_passphrase_opens_nothing(founded: tuple[Keyring, Session]) -> None:
    keyring, _ = founded
    for name, words in (("ada", WORDS + "x"), ("nobody", WORDS)):
        with pytest.raises(AccessError, match="wrong"):
            unlock(keyring, name, words)


def test_a_locked_vault_forgets(founded: tuple[Keyring, Session]) -> None:
    _, session = founded
    session.lock()
    for act in (
        session.seed,
        lambda: session.sign(b""),
        lambda: session.epochs("register", "label"),
    ):
        with pytest.raises(AccessError, match="locked"):
            act()


def test_a_signature_is_of_its_content_only() -> None:
    pair = KeyPair(secrets.token_bytes(128))
    assert is_signed(pair.public.signing, b"a", pair.sign(b"a"))
    assert not is_signed(pair.public.signing, b"b", pair.sign(b"a"))


def test_a_destroyed_key_is_not_left_in_the_file(tmp_path: Path) -> None:
    """Deleting alone leaves the bytes in an SQLite file; the keyring overwrites them."""
    path = tmp_path / "a.keys"
    keyring = Keyring.create(path)
    secret = secrets.token_bytes(80)
    wraps = {f"r{n}": tuple(secrets.token_bytes(80) for _ in CLASSES) for n in range(300)}
    wraps["gone"] = (secret, *wraps["r0"][1:])
    with keyring.change():
        keyring.put_wraps(list(wraps.items()))
    assert secret in path.read_bytes()
    with keyring.change():
        assert keyring.destroy(["gone"], []) == 1
    files = [item.read_bytes() for item in tmp_path.iterdir()]
    assert not any(secret in data for data in files)
    assert any((wraps["r7"][0] or b"?") in data for data in files)
    keyring.close()


def test_a_keyring_is_never_written_over(founded: tuple[Keyring, Session]) -> None:
    keyring, _ = founded
    with pytest.raises(RegistryError, match="never written over"):
        Keyring.create(keyring.path)
    assert keyring.path.stat().st_mode & 0o077 == 0
