"""A file layer for SQLite that fails on purpose: disk full, torn write, power-off.

Every file that SQLite opens goes through here. What was written but not yet flushed to the disk is
remembered; at a power-off a random part of it is undone, as a real disk's cache would lose it. The
layer is shared by both databases of a register, so that one counter runs through all writes.
"""

import random
from typing import Any

import apsw
from tests.registry.store import apsw_driver


class Disk:
    """Counts writes and flushes, and fails from the n-th on."""

    def __init__(self, kind: str, at: int, seed: int) -> None:
        self.kind, self.at = kind, at
        self.count = 0
        self.is_off = False
        self.chance = random.Random(seed)
        self.unflushed: dict[str, list[tuple[int, bytes, int]]] = {}

    def strikes(self) -> bool:
        """Whether the write that comes now is the one that fails."""
        if self.is_off:
            raise apsw.IOError("the power is off")
        self.count += 1
        return self.count == self.at

    def power_off(self, files: "list[FaultyFile]") -> None:
        """Lose a random part of what was not flushed; newest first, so that old bytes come back."""
        self.is_off = True
        for file in files:
            for offset, before, size in reversed(self.unflushed.pop(file.path, [])):
                if self.chance.random() < 0.5:
                    file.restore(offset, before, size)


class FaultyFile(apsw.VFSFile):
    """One open file."""

    def __init__(self, layer: "FaultyLayer", name: Any, flags: list[int]) -> None:
        super().__init__("", name, flags)
        self.layer, self.disk = layer, layer.disk
        self.path = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        layer.files.append(self)

    def _remember(self, offset: int, size: int) -> None:
        before = super().xRead(min(size, max(0, super().xFileSize() - offset)), offset)
        self.disk.unflushed.setdefault(self.path, []).append((offset, before, super().xFileSize()))

    def restore(self, offset: int, before: bytes, size: int) -> None:
        if before:
            super().xWrite(before, offset)
        if super().xFileSize() > size:
            super().xTruncate(size)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        if self.disk.strikes():
            if self.disk.kind == "full":
                raise apsw.FullError("the disk is full")
            self._remember(offset, len(data))
            if self.disk.kind == "torn":
                super().xWrite(data[: self.disk.chance.randrange(len(data) + 1)], offset)
            self.disk.power_off(self.layer.files)
            raise apsw.IOError("the power is off")
        self._remember(offset, len(data))
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:  # noqa: N802
        if self.disk.strikes():
            if self.disk.kind == "full":
                raise apsw.IOError("the disk cannot flush")
            self.disk.power_off(self.layer.files)
            raise apsw.IOError("the power is off")
        self.disk.unflushed.pop(self.path, None)
        super().xSync(flags)

    def xTruncate(self, size: int) -> None:  # noqa: N802
        if self.disk.is_off:
            raise apsw.IOError("the power is off")
        super().xTruncate(size)


class FaultyLayer(apsw.VFS):
    """The layer, under a name of its own."""

    def __init__(self, name: str, disk: Disk) -> None:
        self.name, self.disk = name, disk
        self.files: list[FaultyFile] = []
        super().__init__(name, "", maxpathname=0)

    def xOpen(self, name: Any, flags: list[int]) -> FaultyFile:  # noqa: N802
        return FaultyFile(self, name, flags)

    def xDelete(self, name: str, sync: bool) -> None:  # noqa: N802
        if self.disk.is_off:
            raise apsw.IOError("the power is off")
        super().xDelete(name, sync)

    def keyring(self, path: str) -> Any:
        """Opens a keyring through the layer."""
        return apsw_driver.opened(path, self.name)

    def register(self, path: str) -> apsw_driver.Connection:
        """Opens a register through the layer, as a driver for SQLAlchemy."""
        return apsw_driver.connect(path, self.name)
