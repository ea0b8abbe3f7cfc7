"""How a dataclass field says what its column in a table is.

The dataclasses of this package are the only description of the tables: reading, writing, checking
and the printed reference all follow the metadata put here.
"""

from dataclasses import MISSING, field
from typing import Any

UNLIMITED = float("inf")
"""Written ``unlimited`` in a table: a limit that is known not to bind. Never the meaning of 0."""


def column(
    meaning: str,
    *,
    unit: str = "",
    name: str | None = None,
    default: Any = MISSING,
    default_text: str | None = None,
    key: bool = False,
    refers_to: str | None = None,
) -> Any:
    """A dataclass field that is a column.

    ``name`` is the column's name where it differs from the field's (``from`` is a Python word);
    ``default_text`` says in the reference what a blank means when it depends on the row;
    ``key`` marks the identifier of the row; ``refers_to`` names the table whose key it holds.
    """
    metadata = {
        "meaning": meaning,
        "unit": unit,
        "name": name,
        "default_text": default_text,
        "key": key,
        "refers_to": refers_to,
    }
    return field(default=default, metadata=metadata)
