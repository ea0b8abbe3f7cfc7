"""What the repository promises about itself."""

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import requires
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import wayout

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
CODE = [
    *SOURCES,
    *sorted((ROOT / "tests").rglob("*.py")),
    *sorted((ROOT / "benchmarks").glob("*.py")),
]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
PAGES += sorted((ROOT / "scenarios").rglob("*.md"))
MOST_LINES = 450
MOST_LINES_OF_A_FUNCTION = 60
MACHINE_PATHS = ("/wor" + "k/", "../sha" + "red", ".lib" + "rary", "/ro" + "ot/", "/ho" + "me/")
TEXTS = (".py", ".md", ".toml", ".csv", ".json", ".lock", ".sh", ".typ", ".css", ".txt", ".js")


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def project() -> dict[str, Any]:
    """The project's own table of ``pyproject.toml``."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        told: dict[str, Any] = tomllib.load(file)["project"]
        return told


def test_no_file_is_long() -> None:
    num_lines = {
        relative(path): len(path.read_text(encoding="utf-8").splitlines()) for path in CODE
    }
    assert {name: num for name, num in num_lines.items() if num > MOST_LINES} == {}


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def num_body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body without the docstring: a signature may be as long as it has parameters."""
    body = function.body
    if ast.get_docstring(function) is not None and len(body) > 1:
        body = body[1:]
    return (body[-1].end_lineno or 0) - body[0].lineno + 1


def test_no_function_is_long() -> None:
    too_long = [
        f"{relative(path)}: {function.name}"
        for path in SOURCES
        for function in functions(path)
        if num_body_lines(function) > MOST_LINES_OF_A_FUNCTION
    ]
    assert too_long == []


def tracked_texts() -> list[Path]:
    skipped = {".git", ".venv", "build", "dist", "plans", "node_modules"}
    return [
        path
        for path in sorted(ROOT.rglob("*"))
        if path.is_file()
        and not skipped & set(path.relative_to(ROOT).parts)
        and not any(part.endswith((".egg-info", "_cache", "__pycache__")) for part in path.parts)
        and (path.suffix in TEXTS or path.parent.name in ("scripts", ".ci"))
    ]


def test_no_path_of_a_machine_is_written_anywhere() -> None:
    leaks = [
        f"{relative(path)}: {word}"
        for path in tracked_texts()
        for word in MACHINE_PATHS
        if word in path.read_text(encoding="utf-8", errors="replace")
    ]
    assert leaks == []


def test_nothing_is_left_over() -> None:
    left = [
        relative(path)
        for path in CODE
        if re.search(r"# *(TODO|FIXME|XXX|HACK)\b", path.read_text(encoding="utf-8"))
    ]
    assert left == []


def test_no_module_is_a_drawer_for_everything() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "misc"}
    assert [relative(path) for path in SOURCES if path.stem in drawers] == []


def test_the_changelog_begins_with_this_version() -> None:
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert newest is not None
    assert newest.group(1) == wayout.__version__
    assert project()["version"] == wayout.__version__


def closure(requirements: list[str]) -> set[str]:
    """Names of all packages that the requirements bring here, themselves included."""
    waiting = [Requirement(text) for text in requirements]
    asked: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        wanted = waiting.pop()
        name, extras = canonicalize_name(wanted.name), frozenset(wanted.extras)
        if (name, extras) in asked:
            continue
        asked.add((name, extras))
        for text in requires(name) or []:
            brought = Requirement(text)
            marker = brought.marker
            if marker is None or any(marker.evaluate({"extra": e}) for e in extras | {""}):
                waiting.append(brought)
    return {name for name, _ in asked}


def test_the_lock_has_every_dependency_and_nothing_else() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert [pin for pin in pins if not re.fullmatch(r"[a-z0-9-]+==[\w.]+", pin)] == []
    assert pins == sorted(pins)
    told = project()
    wanted = closure([*told["dependencies"], *told["optional-dependencies"]["dev"]])
    assert {pin.split("==")[0] for pin in pins} == wanted | {"setuptools"}


def links() -> list[tuple[str, str]]:
    """Page and target of every link that does not leave the repository."""
    return [
        (relative(page), target.split("#")[0])
        for page in PAGES
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
        if not re.match(r"[a-z]+:|#", target)
    ]


def test_every_link_of_the_documentation_leads_somewhere() -> None:
    lost = [
        (page, target)
        for page, target in links()
        if not (ROOT / page).parent.joinpath(target).exists()
    ]
    assert lost == []


def test_every_page_can_be_reached_from_the_index() -> None:
    linked = {(ROOT / page).parent.joinpath(target).resolve() for page, target in links()}
    pages = set((ROOT / "docs").rglob("*.md")) - {ROOT / "docs" / "index.md"}
    assert sorted(relative(page) for page in pages - linked) == []


@pytest.mark.parametrize("script", ["wayout", "test", "lint", "format", "bench", "docs"])
def test_every_script_can_be_run_and_is_explained(script: str) -> None:
    path = ROOT / "scripts" / script
    assert path.stat().st_mode & 0o111
    assert f"- `{script}" in (ROOT / "scripts" / "README.md").read_text(encoding="utf-8")
