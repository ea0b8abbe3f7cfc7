"""Bring the tables of a register to the shape that this version needs."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from wayout.errors import RegistryError
from wayout.registry.store.engine import take_turn

_HERE = Path(__file__).parent / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def newest() -> str:
    """The shape that this version needs."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    return head or ""


def shape_of(connection: Connection) -> str | None:
    """The shape that the tables have; None: there are none."""
    return MigrationContext.configure(connection).get_current_revision()


def migrate(engine: Engine) -> None:
    """Run every step that is missing, in one transaction."""
    config = _config()
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        take_turn(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def check_shape(connection: Connection) -> None:
    """Raise RegistryError unless the tables have the shape that this version needs."""
    shape = shape_of(connection)
    if shape is None:
        raise RegistryError("There is no register here: make one with `wayout people init`.")
    if shape != newest():
        raise RegistryError(
            f"The register has the shape {shape}, this version needs {newest()}: make a backup, "
            "then run `wayout people migrate`."
        )
