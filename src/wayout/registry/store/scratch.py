"""A DuckDB that works on people in memory and never puts them on a disk.

DuckDB spills what does not fit into memory to files, in clear. Here it has no directory to spill
to, may open no file, and its settings are locked: a query that needs more memory fails instead.
"""

import duckdb

from wayout.errors import RegistryError

_SETTINGS = (
    "SET temp_directory = ''",
    "SET max_temp_directory_size = '0 KiB'",
    "SET enable_external_access = false",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
)


def in_memory(memory_limit: str = "4 GB", threads: int = 2) -> duckdb.DuckDBPyConnection:
    """A new connection; raises RegistryError if this DuckDB would spill in spite of it."""
    connection = duckdb.connect(":memory:")
    connection.execute(f"SET threads = {int(threads)}")
    connection.execute("SET memory_limit = ?", [memory_limit])
    for setting in _SETTINGS:
        connection.execute(setting)
    connection.execute("SET lock_configuration = true")
    check(connection)
    return connection


def check(connection: duckdb.DuckDBPyConnection) -> None:
    """Raise RegistryError unless a connection is one that cannot put people on a disk."""
    names = ("temp_directory", "enable_external_access", "lock_configuration")
    rows = connection.execute(
        "SELECT name, value FROM duckdb_settings() WHERE name IN (?, ?, ?)", names
    ).fetchall()
    if dict(rows) != dict(zip(names, ("", "false", "true"), strict=True)):
        raise RegistryError("This DuckDB may write people to a disk: it is not used.")
