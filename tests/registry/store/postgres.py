"""A private PostgreSQL for one test run: its own folder, its own socket, nobody else's data."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg


def binaries() -> Path | None:
    """Where the newest installed server's programs are; None: there are none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    return found[-1].parent if found else None


def _version(path: Path) -> int:
    return int(path.parts[-3])


def _as_nobody_special() -> dict[str, str]:
    """The server refuses to run as root: it gets the user of Debian's package then."""
    if os.geteuid() != 0:
        return {}
    pwd.getpwnam("postgres")
    return {"user": "postgres", "group": "postgres"}


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; ``url`` makes a fresh database in it."""

    folder: Path
    programs: Path

    def url(self, name: str) -> str:
        with psycopg.connect(
            host=str(self.folder), user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def control(self, *words: str) -> None:
        subprocess.run(
            [self.programs / "pg_ctl", "-D", self.folder / "data", "-w", *words],
            check=True,
            capture_output=True,
            cwd="/",
            **_as_nobody_special(),  # type: ignore[call-overload]
        )

    def seconds(self) -> float:
        """Processor seconds of the server and of its processes that have ended (proc(5))."""
        main = (self.folder / "data" / "postmaster.pid").read_text("ascii").splitlines()[0]
        fields = Path(f"/proc/{main}/stat").read_text("ascii").rpartition(") ")[2].split()
        return sum(int(ticks) for ticks in fields[11:15]) / os.sysconf("SC_CLK_TCK")

    def start(self) -> None:
        options = f"-c listen_addresses='' -k {self.folder} -c max_connections=40"
        self.control("-l", str(self.folder / "log"), "-o", options, "start")


@contextmanager
def running() -> Iterator[Server]:
    """A new server with fsync on, stopped and deleted at the end."""
    programs = binaries()
    assert programs is not None
    folder = Path(tempfile.mkdtemp(prefix="wayout-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    command = [programs / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "-N"]
    subprocess.run(
        command,
        check=True,
        capture_output=True,
        cwd="/",
        **_as_nobody_special(),  # type: ignore[call-overload]
    )
    server = Server(folder, programs)
    server.start()
    try:
        yield server
    finally:
        server.control("-m", "immediate", "stop")
        shutil.rmtree(folder)
