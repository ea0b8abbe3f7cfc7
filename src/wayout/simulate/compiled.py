"""Compiles plain functions over arrays to machine code, keeping their types for the reader.

The compiled code is kept on disk, in a folder named for the engine's sources: numba looks only at
a function's own file when it decides whether kept code is current, and these functions call each
other across files.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., object])


def _cache_folder() -> Path:
    here = Path(__file__).parent
    sources = hashlib.sha256(numba.__version__.encode())
    for path in [*sorted((here / "engine").glob("*.py")), Path(__file__)]:
        sources.update(path.read_bytes())
    home = os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()
    return Path(home) / "wayout" / f"simulate-{sources.hexdigest()[:16]}"


FOLDER = _cache_folder()


def is_kept() -> bool:
    """Whether this machine has the compiled code, or will spend half a minute on it first."""
    return any(FOLDER.rglob("running.run*.nbc"))


def compiled(function: F) -> F:
    """Compile on first use and keep the result on disk; the global interpreter lock is released.

    Numba reads the folder when a function is decorated, and other packages set their own.
    """
    theirs = getattr(numba.config, "CACHE_DIR", "")
    setattr(numba.config, "CACHE_DIR", str(FOLDER))  # noqa: B010 - numba has no type for it
    try:
        return cast(F, numba.njit(cache=True, nogil=True, error_model="numpy")(function))
    finally:
        setattr(numba.config, "CACHE_DIR", theirs)  # noqa: B010 - as above
