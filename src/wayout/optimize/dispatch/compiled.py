"""Compiles plain functions over arrays to machine code, keeping their types for the reader.

The compiled code is kept on disk, in a folder named for the dispatcher's sources: numba looks only
at a function's own file when it decides whether kept code is current, and these functions call
each other across files.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., object])


def _cache_folder() -> Path:
    sources = hashlib.sha256(numba.__version__.encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        sources.update(path.read_bytes())
    home = os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()
    return Path(home) / "wayout" / sources.hexdigest()[:16]


FOLDER = _cache_folder()
setattr(numba.config, "CACHE_DIR", str(FOLDER))  # noqa: B010 - numba has no type for it


def is_kept() -> bool:
    """Whether this machine has the compiled code, or will spend half a minute on it first."""
    return any(FOLDER.rglob("run.dispatch*.nbc"))


def compiled(function: F) -> F:
    """Compile on first use and keep the result on disk; the global interpreter lock is released."""
    return cast(F, numba.njit(cache=True, nogil=True, error_model="numpy")(function))
