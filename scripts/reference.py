"""Write the reference pages that are made from the code; with ``--check``, only compare."""

import sys
from collections.abc import Callable
from pathlib import Path

from wayout.cli.main import app
from wayout.cli.reference import reference
from wayout.registry.lists.reference import reference_text as lists_text
from wayout.scenario.checks.reference import reference_text as rules_text
from wayout.scenario.reference import reference_text
from wayout.simulate.reference import reference_text as disruptions_text

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"
PAGES: dict[str, Callable[[], str]] = {
    "cli.md": lambda: reference(app),
    "disruptions.md": disruptions_text,
    "findings-of-lists.md": lists_text,
    "rules-of-scenarios.md": rules_text,
    "scenario.md": reference_text,
}


def stale() -> list[str]:
    """The pages that are not as the code would write them."""
    return [
        name
        for name, text in PAGES.items()
        if not (FOLDER / name).exists() or (FOLDER / name).read_text(encoding="utf-8") != text()
    ]


def main() -> int:
    """Write what is stale, or with ``--check`` name it and return 1."""
    names = stale()
    for name in names:
        print(f"docs/reference/{name}")
        if "--check" not in sys.argv:
            (FOLDER / name).write_text(PAGES[name](), encoding="utf-8")
    return int(bool(names) and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
