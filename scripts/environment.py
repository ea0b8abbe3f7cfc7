"""Set up the project's own virtual environment, once, and again when the lock changed.

Called by the scripts beside it: ``python environment.py run`` (what wayout needs) or
``python environment.py develop`` (its tests as well). Uses the standard library only.
"""

import fcntl
import hashlib
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv"
PYTHON = HOME / "bin" / "python"
STAMP = HOME / "wayout.stamp"
EXTRAS = {"run": "", "develop": "[dev]"}


def fingerprint() -> str:
    """What the environment was made from: the lock, the project file and where the checkout is."""
    digest = hashlib.sha256(str(ROOT).encode())
    for name in ("requirements.lock", "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def current(purpose: str) -> bool:
    """Whether the environment serves the purpose; one for development also runs wayout."""
    try:
        made_for, made_from = STAMP.read_text(encoding="utf-8").split()
    except (OSError, ValueError):
        return False
    return PYTHON.exists() and made_from == fingerprint() and made_for in (purpose, "develop")


@contextmanager
def locked() -> Iterator[None]:
    """Only one process at a time sets up; others wait and then find it done."""
    with (ROOT / ".venv.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def works() -> bool:
    """Whether a usable environment is there; one from a moved checkout or a lost Python is not."""
    probe = [str(PYTHON), "-c", "import pip, sys; sys.exit(sys.version_info < (3, 11))"]
    return PYTHON.exists() and subprocess.run(probe, capture_output=True).returncode == 0


def pip(*arguments: str) -> None:
    """Run the environment's pip on exact versions; raises CalledProcessError with its output."""
    command = [str(PYTHON), "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input"]
    lock = ["--constraint", str(ROOT / "requirements.lock")]
    subprocess.run(
        [*command, "install", *lock, *arguments],
        check=True,
        text=True,
        stdout=sys.stderr,
        stderr=subprocess.PIPE,
    )


def install(purpose: str) -> None:
    """Make the environment and put the locked packages and wayout itself into it."""
    STAMP.unlink(missing_ok=True)
    if not works():
        venv.EnvBuilder(with_pip=True, clear=True).create(HOME)
    pip("setuptools")
    pip("--no-build-isolation", "--editable", f"{ROOT}{EXTRAS[purpose]}")
    STAMP.write_text(f"{purpose} {fingerprint()}\n", encoding="utf-8")


def ensure(purpose: str) -> None:
    """Set up if needed, and say so in one line."""
    if current(purpose):
        return
    with locked():
        if current(purpose):
            return
        version = ".".join(str(part) for part in sys.version_info[:2])
        print(f"wayout: setting up {HOME} (Python {version}), a minute or two …", file=sys.stderr)
        install(purpose)


def main() -> int:
    """Return 0 when the environment is ready, 1 when it could not be made."""
    try:
        ensure(sys.argv[1])
    except subprocess.CalledProcessError as error:
        print(error.stderr or "", file=sys.stderr, end="")
        print("wayout: the packages could not be installed; see above.", file=sys.stderr)
    except OSError as error:
        print(f"wayout: the environment could not be made: {error}", file=sys.stderr)
    else:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())
