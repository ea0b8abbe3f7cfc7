"""Linking what a register holds: everything once, and from then on what is new against the rest.

Rows are opened and prepared each time, since nothing readable is kept; that takes time in
proportion to all rows, and little of it. Learning and scoring, which take nearly all, are done for
new rows only, until the register has outgrown its model.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
import polars as pl

from wayout.errors import AccessError, RegistryError
from wayout.registry.entries import Linking, SourceRow
from wayout.registry.link.answers import told_by
from wayout.registry.link.index import Index
from wayout.registry.link.model import grown
from wayout.registry.link.more import linked_more, table_of_more
from wayout.registry.link.outcomes import table
from wayout.registry.link.run import Engine, linked, told, world_of
from wayout.registry.link.saved import Fitted, as_text, of_text
from wayout.registry.link.scoring import Told, World
from wayout.registry.link.words import Lexicon
from wayout.registry.records import RECORD_SCHEMA
from wayout.registry.register import Register
from wayout.registry.review.verdicts import Standing, verdicts
from wayout.registry.vault.membership import EVERY_LIST
from wayout.registry.vault.roles import Role

OUTGROWN = 1.5
"""Times the rows that the model was learnt from, at which everything is linked anew."""


@dataclass(frozen=True, slots=True)
class Linked:
    """What a linking did: rows, how many of them were new to it, and whether it learnt anew."""

    num_records: int
    num_fresh: int
    is_anew: bool


def link(
    register: Register,
    reason: str,
    *,
    again: bool = False,
    seed: int = 1,
    engine: Engine | None = None,
) -> Linked:
    """Link the lists that were not linked yet, or everything if ``again`` or outgrown; keep it.

    ``engine`` is where everything is linked if everything is; new lists are linked here.

    What is kept is kept in one transaction: after a crash the register is as it was before, and
    linking again does the same. Raises AccessError for a member who does not open every list.
    """
    if EVERY_LIST not in register.member.compartments:
        raise AccessError("Linking compares all lists: somebody who opens every list does it.")
    lists = register.list_of()
    frame = by_list(register.records(Role.REVIEWER, reason), lists)
    every = tuple(dict.fromkeys(frame["source"]))
    kept = None if again else register.linking()
    fitted = None if kept is None else of_text(kept.model)
    if kept is None or fitted is None or outgrown(fitted, frame.height, len(every)):
        return _anew(register, frame, every, reason, seed, engine)
    return _more(register, frame, every, reason, kept, fitted)


def outgrown(fitted: Fitted, num_records: int, num_lists: int) -> bool:
    """Whether a model was learnt from too little: too few rows, or one list of several."""
    lonely = fitted.num_lists < 2 <= num_lists
    return lonely or num_records >= OUTGROWN * max(1, fitted.num_records)


def by_list(frame: pl.DataFrame, lists: dict[str, str]) -> pl.DataFrame:
    """Records with their list as the source: two lists of one source may name one person."""
    return frame.with_columns(pl.col("record").replace_strict(lists).alias("source"))


def _answers(register: Register, records: list[str]) -> Told:
    """What people have answered so far."""
    settled = (Standing.SAME, Standing.DIFFERENT)
    found = verdicts(register.decisions()).items()
    said = [
        (pair.left, pair.right, verdict.standing is Standing.SAME)
        for pair, verdict in found
        if verdict.standing in settled
    ]
    return told_by(said, {record: row for row, record in enumerate(records)})


def _anew(
    register: Register,
    frame: pl.DataFrame,
    every: tuple[str, ...],
    reason: str,
    seed: int,
    engine: Engine | None,
) -> Linked:
    records = frame["record"].to_list()
    answers = _answers(register, records)
    linkage = told(linked(world_of(frame, Lexicon()), seed, engine), answers)
    fitted = Fitted(linkage.model, frame.height, len(every))
    register.save_pairs(
        table(linkage, records, answers),
        reason,
        role=Role.REVIEWER,
        replace=True,
        linking=Linking(as_text(fitted), every),
    )
    return Linked(frame.height, frame.height, is_anew=True)


def _more(
    register: Register,
    frame: pl.DataFrame,
    every: tuple[str, ...],
    reason: str,
    kept: Linking,
    fitted: Fitted,
) -> Linked:
    records = frame["record"].to_list()
    answers = _answers(register, records)
    fresh = ~frame["source"].is_in(list(kept.lists)).to_numpy()
    model = grown(fitted.model, frame.height / max(1, fitted.num_records))
    linkage = linked_more(world_of(frame, Lexicon()), fresh, model, answers)
    register.save_pairs(
        table_of_more(linkage, register.pairs(), records, answers),
        reason,
        role=Role.REVIEWER,
        linking=Linking(kept.model, every),
    )
    return Linked(frame.height, int(np.count_nonzero(fresh)), is_anew=False)


def requests_of(rows: Sequence[SourceRow]) -> pl.DataFrame:
    """Rows of a file as a table of records, each called by its place in the file."""
    each = [asdict(row.record) | {"record": f"row {row.position.row}"} for row in rows]
    return pl.DataFrame(each, schema=RECORD_SCHEMA)


def index_of(register: Register, role: Role, reason: str) -> Index:
    """Everybody of a register in memory, to be matched against; raises if nothing was linked."""
    kept = register.linking()
    fitted = None if kept is None else of_text(kept.model)
    if fitted is None:
        raise RegistryError("Nothing was linked yet: run `wayout people link` first.")
    frame, lexicon = by_list(register.records(role, reason), register.list_of()), Lexicon()
    world: World = world_of(frame, lexicon)
    model = grown(fitted.model, frame.height / max(1, fitted.num_records))
    return Index(world, model, frame["record"].to_list(), lexicon)
