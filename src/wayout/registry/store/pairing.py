"""Scored pairs: sealed as whole tables, because who may be whom is as telling as a name."""

import io
import json
from collections.abc import Sequence
from typing import Any

import polars as pl
from sqlalchemy import Connection, delete, func, insert, select

from wayout.errors import RegistryError
from wayout.registry.entries import PAIR_SCHEMA, Linking
from wayout.registry.store.desk import Act, Desk, json_bytes
from wayout.registry.store.tables import LINKINGS, PAIRS
from wayout.registry.vault.roles import Common, Role

BATCH = 200_000


def save(
    desk: Desk,
    role: Role,
    frame: pl.DataFrame,
    reason: str,
    *,
    replace: bool,
    linking: Linking | None = None,
) -> None:
    """Keep scored pairs beside the earlier ones, or in place of them all; all of it or nothing.

    ``linking`` is what the pairs were made by; it is kept in the same transaction.
    """
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
        if linking is not None:
            _keep(desk, connection, linking)

    body: dict[str, Any] = {"num_pairs": frame.height, "replaces": int(replace)}
    if linking is not None:
        body |= {"model": linking.version, "num_lists": len(linking.lists)}
    desk.write((Act("pairs-kept", role, body, reason),), work)


def _keep(desk: Desk, connection: Connection, linking: Linking) -> None:
    """One row more of what linking knows; the last one counts."""
    number = (connection.execute(select(func.max(LINKINGS.c.number))).scalar() or 0) + 1
    content = json_bytes({"model": linking.model, "lists": list(linking.lists)})
    sealed = desk.session.seal_common(Common.LINKS, content, f"linking:{number}")
    connection.execute(insert(LINKINGS), [{"number": number, "sealed": sealed}])


def last_linking(desk: Desk) -> Linking | None:
    """What linking knew when it last ran; None: it never ran."""
    if desk.session.decoy:
        return None
    query = select(LINKINGS).order_by(LINKINGS.c.number.desc()).limit(1)
    with desk.store.reading() as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        return None
    context = f"linking:{row.number}"
    kept = json.loads(desk.session.unseal_common(Common.LINKS, bytes(row.sealed), context))
    return Linking(kept["model"], tuple(kept["lists"]))


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
