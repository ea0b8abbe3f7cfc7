"""``python -m wayout`` is the same as ``wayout``."""

from wayout.cli.main import run

if __name__ == "__main__":
    run()
