"""Rows sealed class by class, each class under a random key of its own that is wrapped.

The parts of a row are bytes here; what they mean is the register's business.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from wayout.errors import SealError
from wayout.registry.vault.keyring import CLASSES, Wraps
from wayout.registry.vault.roles import Sensitivity
from wayout.registry.vault.sealing import epoch_of, new_key, seal, unseal, unwrap, wrap

Epochs = Mapping[int, bytes]
"""A compartment's keys by epoch."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """The keys at hand of one list's compartment, by class and epoch."""

    deployment: str
    compartment: str
    keys: Mapping[Sensitivity, Epochs]

    def _row(self, record: str, sensitivity: Sensitivity) -> str:
        return f"{self.deployment}:row:{record}:{sensitivity}"

    def _key(self, record: str, sensitivity: Sensitivity) -> str:
        return f"{self.deployment}:key:{self.compartment}:{record}:{sensitivity}"

    def seal(
        self, record: str, parts: Mapping[Sensitivity, bytes]
    ) -> tuple[dict[Sensitivity, bytes], Wraps]:
        """Seal the parts of a new row; gives them sealed, and the wraps for the keyring."""
        sealed: dict[Sensitivity, bytes] = {}
        wraps: list[bytes | None] = [None] * len(CLASSES)
        for place, sensitivity in enumerate(CLASSES):
            content = parts.get(sensitivity)
            if content is None:
                continue
            epoch = max(self.keys[sensitivity])
            key = new_key()
            sealed[sensitivity] = seal(key, content, self._row(record, sensitivity))
            context = self._key(record, sensitivity)
            wraps[place] = wrap(self.keys[sensitivity][epoch], epoch, key, context)
        return sealed, tuple(wraps)

    def open(
        self, record: str, sensitivity: Sensitivity, sealed: bytes, wraps: Wraps | None
    ) -> bytes:
        """Open one part of a row; raises SealError if its key is gone or anything was altered."""
        wrapping = None if wraps is None else wraps[CLASSES.index(sensitivity)]
        if wrapping is None:
            raise SealError(f"The key of record {record}, {sensitivity}, is gone: it was erased.")
        outer = self.keys.get(sensitivity, {}).get(epoch_of(wrapping))
        if outer is None:
            raise SealError(f"Record {record}, {sensitivity}, is not yours to open.")
        key = unwrap(outer, wrapping, self._key(record, sensitivity))
        return unseal(key, sealed, self._row(record, sensitivity))

    def rewrapped(self, record: str, wraps: Wraps) -> Wraps:
        """The same row keys under the newest epoch of each class at hand."""
        fresh: list[bytes | None] = list(wraps)
        for place, sensitivity in enumerate(CLASSES):
            wrapping, keys = wraps[place], self.keys.get(sensitivity)
            if wrapping is None or not keys or epoch_of(wrapping) == max(keys):
                continue
            context = self._key(record, sensitivity)
            key = unwrap(keys[epoch_of(wrapping)], wrapping, context)
            fresh[place] = wrap(keys[max(keys)], max(keys), key, context)
        return tuple(fresh)
