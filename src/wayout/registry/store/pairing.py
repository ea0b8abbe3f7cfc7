"""Scored pairs: sealed as whole tables, because who may be whom is as telling as a name."""

import io
from collections.abc import Sequence

import polars as pl
from sqlalchemy import Connection, delete, func, insert, select

from wayout.errors import RegistryError
from wayout.registry.entries import PAIR_SCHEMA
from wayout.registry.store.desk import Act, Desk
from wayout.registry.store.tables import PAIRS
from wayout.registry.vault.roles import Common, Role

BATCH = 200_000


def save(desk: Desk, role: Role, frame: pl.DataFrame, reason: str, *, replace: bool) -> None:
    """Keep scored pairs beside the earlier ones, or in place of them all."""
    for name, kind in PAIR_SCHEMA.items():
        if frame.schema.get(name) != kind:
            raise RegistryError(f"A table of pairs needs the column {name} of type {kind}.")

    def work(connection: Connection, _: Sequence[str]) -> None:
        if replace:
            connection.execute(delete(PAIRS))
        last = connection.execute(select(func.max(PAIRS.c.number))).scalar() or 0
        for number, part in enumerate(frame.iter_slices(BATCH), start=last + 1):
            row = {"number": number, "sealed": _sealed(desk, part, number)}
            connection.execute(insert(PAIRS), [row])

    body = {"num_pairs": frame.height, "replaces": int(replace)}
    desk.write((Act("pairs-kept", role, body, reason),), work)


def _sealed(desk: Desk, frame: pl.DataFrame, number: int) -> bytes:
    content = io.BytesIO()
    frame.write_parquet(content, compression="zstd")
    return desk.session.seal_common(Common.LINKS, content.getvalue(), f"pairs:{number}")


def load(desk: Desk) -> pl.DataFrame:
    """The newest score of each pair, in the order in which the pairs came."""
    if desk.session.decoy:
        return pl.DataFrame(schema=PAIR_SCHEMA)
    with desk.store.reading() as connection:
        rows = connection.execute(select(PAIRS).order_by(PAIRS.c.number)).all()
    frames = [pl.DataFrame(schema=PAIR_SCHEMA)]
    for row in rows:
        context = f"pairs:{row.number}"
        content = desk.session.unseal_common(Common.LINKS, bytes(row.sealed), context)
        frames.append(pl.read_parquet(io.BytesIO(content)))
    pairs = pl.concat(frames, how="diagonal_relaxed")
    return pairs.unique(["left", "right"], keep="last", maintain_order=True)
