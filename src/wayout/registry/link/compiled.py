"""Compiles plain functions over arrays to machine code, keeping their types for the reader.

The compiled code is kept on disk, in a folder named for the sources of this package: numba looks
only at a function's own file when it decides whether kept code is current, and these functions
call each other across files.
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
    return Path(home) / "wayout" / f"link-{sources.hexdigest()[:16]}"


_FOLDER = str(_cache_folder())


def compiled(function: F) -> F:
    """Compile on first use and keep the result on disk; the global interpreter lock is released.

    Numba reads the folder when a function is decorated, and other packages set their own.
    """
    theirs = getattr(numba.config, "CACHE_DIR", "")
    setattr(numba.config, "CACHE_DIR", _FOLDER)  # noqa: B010 - numba has no type for it
    try:
        return cast(F, numba.njit(cache=True, nogil=True)(function))
    finally:
        setattr(numba.config, "CACHE_DIR", theirs)  # noqa: B010 - as above
