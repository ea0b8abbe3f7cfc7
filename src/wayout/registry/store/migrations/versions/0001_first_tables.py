"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_SEALED = ("identity", "contact", "documents", "medical", "whereabouts", "source")


def upgrade() -> None:
    """Make the log's tables and the register's."""
    _log()
    _lists()
    _rows()
    _beside()


def _log() -> None:
    op.create_table(
        "events",
        sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("token", sa.String(40), nullable=False, unique=True),
        sa.Column("time", sa.String(20), nullable=False),
        sa.Column("author", sa.String(40), nullable=False, index=True),
        sa.Column("kind", sa.String(40), nullable=False, index=True),
        sa.Column("entry", sa.LargeBinary, nullable=False),
        sa.Column("link", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "checkpoints",
        sa.Column("size", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("peaks", sa.LargeBinary, nullable=False),
    )


def _lists() -> None:
    op.create_table(
        "facts",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("value", sa.String(200), nullable=False),
    )
    op.create_table(
        "sources",
        sa.Column("compartment", sa.String(26), primary_key=True),
        sa.Column("source_key", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("label", sa.LargeBinary, nullable=False),
        sa.Column("mapping", sa.LargeBinary),
    )
    op.create_table(
        "lists",
        sa.Column("list_id", sa.String(26), primary_key=True),
        sa.Column("number", sa.BigInteger, nullable=False, unique=True),
        sa.Column("compartment", sa.String(26), nullable=False, index=True),
        sa.Column("file_key", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("num_rows", sa.BigInteger, nullable=False),
        sa.Column("label", sa.LargeBinary, nullable=False),
    )


def _rows() -> None:
    op.create_table(
        "rows",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("record", sa.String(26), nullable=False, unique=True),
        sa.Column("list_id", sa.String(26), nullable=False, index=True),
        sa.Column("is_hidden", sa.Boolean, nullable=False),
        sa.Column("is_erased", sa.Boolean, nullable=False),
        *(sa.Column(name, sa.LargeBinary) for name in _SEALED),
        sa.Column("phone_index", sa.Integer, index=True),
        sa.Column("document_index", sa.Integer, index=True),
    )


def _beside() -> None:
    op.create_table(
        "index_plans",
        sa.Column("epoch", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("phone_bits", sa.Integer, nullable=False),
        sa.Column("document_bits", sa.Integer, nullable=False),
        sa.Column("num_rows", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "concerns",
        sa.Column("item", sa.String(26), primary_key=True),
        sa.Column("record", sa.String(26), primary_key=True, index=True),
    )
    op.create_table(
        "pairs",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
