"""Compiles plain functions over arrays to machine code, keeping their types for the reader.

The compiled code is kept on disk, in a folder named for the sources that call each other: numba
looks only at a function's own file when it decides whether kept code is current.
"""

import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numba.core import cgutils, imputils, types
from numba.extending import intrinsic
from numba.np import arrayobj
from numpy.typing import NDArray

F = TypeVar("F", bound=Callable[..., object])
T = TypeVar("T")
A = TypeVar("A", bound=np.generic)

# Numba's own builders have no types.
_cgutils: Any = cgutils
_imputils: Any = imputils
_arrayobj: Any = arrayobj


class Compiler:
    """A decorator for the functions of some source files, which are compiled on first use.

    The result is kept on disk under ``name``; the global interpreter lock is released. Errors of
    division are those of numpy: infinity or nonsense, never an exception.
    """

    def __init__(self, name: str, sources: Iterable[Path]) -> None:
        digest = hashlib.sha256(numba.__version__.encode())
        for path in [*sorted(sources), Path(__file__)]:
            digest.update(path.read_bytes())
        home = os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()
        self.folder = Path(home) / "wayout" / f"{name}-{digest.hexdigest()[:16]}"

    def __call__(self, function: F) -> F:
        """Compile a function; numba reads the folder now, and other compilers set their own."""
        theirs = getattr(numba.config, "CACHE_DIR", "")
        setattr(numba.config, "CACHE_DIR", str(self.folder))  # noqa: B010 - numba has no type
        try:
            return cast(F, numba.njit(cache=True, nogil=True, error_model="numpy")(function))
        finally:
            setattr(numba.config, "CACHE_DIR", theirs)  # noqa: B010 - as above

    def is_kept(self, entry: str) -> bool:
        """Whether this machine has the code of ``module.function``, or will compile it first."""
        return any(self.folder.rglob(f"{entry}*.nbc"))


def _without_owner(context: Any, builder: Any, kind: Any, value: Any) -> Any:
    if isinstance(kind, types.Array):
        array = context.make_array(kind)(context, builder, value)
        array.meminfo = _cgutils.get_null_value(array.meminfo.type)
        return array._getvalue()
    if isinstance(kind, types.BaseTuple):
        items = zip(cast(Any, kind), _cgutils.unpack_tuple(builder, value), strict=True)
        lent_items = [_without_owner(context, builder, *item) for item in items]
        return context.make_tuple(builder, kind, lent_items)
    return value


@intrinsic
def _lent(typing: Any, value: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return _without_owner(context, builder, value, arguments[0])

    return value(value), generate


lent: Callable[[T], T] = cast(Any, _lent)
"""An array, or a tuple that holds some, whose references nobody counts.

For compiled functions, at their entry: counting is an atomic operation at every call that is handed
an array, and was two thirds of a dispatch's time. The caller's own array must live as long as what
is lent, so never lend one that was made in the function that lends it.
"""


@intrinsic
def _view(typing: Any, memory: Any, begins: Any, rows: Any, columns: Any) -> Any:
    kind = memory.copy(ndim=2)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        whole = context.make_array(memory)(context, builder, arguments[0])
        begin, *shape = (
            context.cast(builder, value, of, types.intp)
            for value, of in zip(arguments[1:], signature.args[1:], strict=True)
        )
        size = context.get_constant(types.intp, context.get_abi_sizeof(whole.data.type.pointee))
        part = context.make_array(kind)(context, builder)
        _arrayobj.populate_array(
            part,
            data=builder.gep(whole.data, [begin]),
            shape=shape,
            strides=[builder.mul(shape[1], size), size],
            itemsize=size,
            meminfo=whole.meminfo,
        )
        return _imputils.impl_ret_borrowed(context, builder, kind, part._getvalue())

    return kind(memory, begins, rows, columns), generate


view: Callable[[NDArray[A], int, int, int], NDArray[A]] = cast(Any, _view)
"""Rows and columns of a contiguous array of one dimension from an index on, as a view.

For compiled functions: a slice that is shaped anew costs ten times as much.
"""
