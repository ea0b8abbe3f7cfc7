"""The register's tables: identifiers, numbers and what is sealed; nothing of a person in clear.

A thief of these tables learns how many rows each list has, the padded size of each sealed part,
whether a row was hidden, and the few bits of the blind indexes.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Integer,
    LargeBinary,
    String,
    Table,
)

from wayout.eventlog.store import METADATA
from wayout.registry.vault.roles import Sensitivity

FACTS = Table(
    "facts",
    METADATA,
    Column("name", String(40), primary_key=True),
    Column("value", String(200), nullable=False),
)

SOURCES = Table(
    "sources",
    METADATA,
    Column("compartment", String(26), primary_key=True),
    Column("source_key", LargeBinary, nullable=False, unique=True),
    Column("label", LargeBinary, nullable=False),
    Column("mapping", LargeBinary),
)

LISTS = Table(
    "lists",
    METADATA,
    Column("list_id", String(26), primary_key=True),
    Column("number", BigInteger, nullable=False, unique=True),
    Column("compartment", String(26), nullable=False, index=True),
    Column("file_key", LargeBinary, nullable=False, unique=True),
    Column("num_rows", BigInteger, nullable=False),
    Column("label", LargeBinary, nullable=False),
)

ROWS = Table(
    "rows",
    METADATA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("record", String(26), nullable=False, unique=True),
    Column("list_id", String(26), nullable=False, index=True),
    Column("is_hidden", Boolean, nullable=False),
    Column("is_erased", Boolean, nullable=False),
    *(Column(sensitivity.value, LargeBinary) for sensitivity in Sensitivity),
    Column("phone_index", Integer, index=True),
    Column("document_index", Integer, index=True),
)

INDEX_PLANS = Table(
    "index_plans",
    METADATA,
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("phone_bits", Integer, nullable=False),
    Column("document_bits", Integer, nullable=False),
    Column("num_rows", BigInteger, nullable=False),
)

CONCERNS = Table(
    "concerns",
    METADATA,
    Column("item", String(26), primary_key=True),
    Column("record", String(26), primary_key=True, index=True),
)

PAIRS = Table(
    "pairs",
    METADATA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),
)

LINKINGS = Table(
    "linkings",
    METADATA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),
)

__all__ = [
    "CONCERNS",
    "FACTS",
    "INDEX_PLANS",
    "LINKINGS",
    "LISTS",
    "METADATA",
    "PAIRS",
    "ROWS",
    "SOURCES",
]
