"""T14 of the threat model: whoever can write to the store cannot change the past unseen."""

import random

import pytest
from tests.eventlog.worlds import ORIGIN, chained, checkpoint, draft, edited, rewritten

from wayout.eventlog.checkpoint import Checkpoint
from wayout.eventlog.verify import Entry, verify

ENTRIES = chained([draft(number) for number in range(30)])
CHECKPOINTS = [checkpoint(ENTRIES, size) for size in (8, 16, 30)]
NUM_EDITS = 10_000


def test_an_honest_log_holds() -> None:
    found = verify(ENTRIES, CHECKPOINTS, ORIGIN)
    assert found.holds
    assert (found.size, found.checkpoints) == (30, 3)
    assert (found.root, found.link) == (CHECKPOINTS[2].root, CHECKPOINTS[2].link)


def test_an_empty_log_holds() -> None:
    assert verify([], [checkpoint([], 0)]).holds


def test_a_log_that_went_on_holds() -> None:
    longer = chained([draft(number) for number in range(45)])
    assert verify(longer, CHECKPOINTS, ORIGIN).holds


def test_no_edit_of_a_row_escapes() -> None:
    chance = random.Random(7)
    missed = 0
    for _ in range(NUM_EDITS // 2):
        changed = edited(ENTRIES, chance)
        missed += verify(changed, CHECKPOINTS[-1:], ORIGIN).holds and changed != ENTRIES
    assert missed == 0


def test_no_log_that_was_chained_anew_escapes() -> None:
    chance = random.Random(8)
    missed = 0
    for _ in range(NUM_EDITS // 2):
        changed = rewritten(ENTRIES, chance)
        missed += verify(changed, CHECKPOINTS[-1:], ORIGIN).holds and changed != ENTRIES
    assert missed == 0


def test_a_chain_alone_cannot_tell_that_it_was_made_anew() -> None:
    """Why checkpoints have to be kept elsewhere: without one, the owner's new log looks true."""
    assert verify(rewritten(ENTRIES, random.Random(1)), [], ORIGIN).holds


def test_one_older_checkpoint_is_enough_for_what_it_covers() -> None:
    chance = random.Random(9)
    for _ in range(300):
        changed = rewritten(ENTRIES, chance)
        unlike = next(
            (n for n, (a, b) in enumerate(zip(ENTRIES, changed, strict=False)) if a != b), 30
        )
        assert verify(changed, CHECKPOINTS[:1], ORIGIN).holds == (unlike >= 8)


def test_the_stretch_of_a_change_is_told() -> None:
    drafts = [draft(number) for number in range(30)]
    drafts[11] = draft(99)
    found = verify(chained(drafts), CHECKPOINTS, ORIGIN)
    assert "one of 9 to 16 was changed" in found.findings[0].message


def test_a_log_that_was_cut_off_is_told() -> None:
    found = verify(ENTRIES[:20], CHECKPOINTS, ORIGIN)
    assert [finding.rule for finding in found.findings] == ["log-cut-off"]


def test_one_changed_entry_is_one_finding() -> None:
    entry = ENTRIES[4]
    changed = [*ENTRIES]
    changed[4] = Entry(5, entry.entry + b" ", entry.link, *_columns(entry))
    rules = [finding.rule for finding in verify(changed, [], ORIGIN).findings]
    assert rules == ["chain-broken", "entry-unreadable"]


def _columns(entry: Entry) -> tuple[str, str, str, str]:
    return entry.token, entry.time, entry.author, entry.kind


def test_a_checkpoint_of_another_log_proves_nothing() -> None:
    mark = CHECKPOINTS[0]
    other = Checkpoint("wayout/other", mark.size, mark.root, mark.link, mark.time)
    found = verify(ENTRIES, [other], ORIGIN)
    assert [finding.rule for finding in found.findings] == ["checkpoint-of-another-log"]


@pytest.mark.parametrize("position", [0, -4])
def test_what_was_put_before_the_first_entry_is_found(position: int) -> None:
    first = ENTRIES[0]
    extra = Entry(position, first.entry, first.link, *_columns(first))
    assert not verify([extra, *ENTRIES], CHECKPOINTS, ORIGIN).holds
