"""Compiles plain functions over arrays to machine code, keeping their types for the reader."""

from collections.abc import Callable
from typing import TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., object])


def compiled(function: F) -> F:
    """Compile on first use and keep the result on disk; the global interpreter lock is released."""
    return cast(F, numba.njit(cache=True, nogil=True)(function))
