"""The generated pages are as the code would write them."""

import pytest
from scripts.reference import FOLDER, PAGES

from wayout.cli.main import app
from wayout.cli.reference import commands, parameters, reference

COMMANDS = commands(app)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_page_is_current(name: str) -> None:
    """Run ``scripts/docs`` when this fails."""
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name]()


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_says_what_it_does(name: str) -> None:
    command = COMMANDS[name]
    assert command.__doc__
    for parameter in parameters(command):
        assert parameter.meaning.endswith("."), parameter.name


def test_the_readme_or_a_page_shows_every_command() -> None:
    page = reference(app)
    for name in COMMANDS:
        assert f"## {name}\n" in page
        shown = [path for path in FOLDER.parent.rglob("*.md") if path.name != "cli.md"]
        assert any(f"wayout {name}" in path.read_text(encoding="utf-8") for path in shown), name
